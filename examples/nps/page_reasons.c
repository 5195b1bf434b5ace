/* What drives the answer, which reasons are given, and what came of it. */
#include "platform.h"

#include <math.h>
#include <string.h>

#include "compare.h"
#include "page.h"
#include "page_html.h"
#include "rounded.h"

static void write_sentence(void *user, const char *said)
{
    page *to = user;
    text sentence = {0};
    text_append(&sentence, said, strlen(said));
    html_sentence(&to->body, &sentence);
    text_free(&sentence);
}

static void write_invalid(page *to, uint64_t invalid, const char *one, const char *several)
{
    text sentence = {0};
    char count[ROUNDED_SIZE];
    if (invalid == 0) return;
    text_say(&sentence, "%s %s invalid, and taken as missing", rounded_count(invalid, count),
             invalid == 1 ? one : several);
    html_sentence(&to->body, &sentence);
    text_free(&sentence);
}

static void write_drivers(page *to)
{
    const driver_report *of = &to->drivers;
    uint64_t invalid = 0;
    grid table = {0};
    if (!to->has_drivers) return;
    html_heading(&to->body, "drivers", "What drives the answer");
    if (chart_is_built && of->total.has_fit) chart_drivers(of, page_picture(to));
    drivers_grid(of, &table);
    html_grid(&to->body, &table);
    if (of->total.has_contrasts) {
        text_say(&to->body, "<h3>Penalty and reward</h3>\n");
        drivers_contrast_grid(of, &table);
        html_grid(&to->body, &table);
    }
    drivers_say(of, &of->total, write_sentence, to);
    drivers_say_rows(of, &of->total, write_sentence, to);
    for (size_t i = 0; i < of->count; i++) invalid += of->invalid[i];
    write_invalid(to, invalid, "rating is", "ratings are");
}

static void write_themes(page *to)
{
    const theme_report *of = &to->themes;
    grid table = {0};
    if (!to->has_themes) return;
    html_heading(&to->body, "reasons", "Reasons");
    if (of->total.told.has_score && of->total.count > 0) {
        if (chart_is_built) chart_themes(of, page_picture(to));
        themes_grid(of, &of->total, &table);
        html_grid(&to->body, &table);
    }
    themes_say(of, &of->total, write_sentence, to);
    themes_say_rows(of, &of->total, write_sentence, to);
}

static void write_outcomes(page *to)
{
    const outcome_report *of = &to->outcomes;
    grid table = {0};
    if (!to->has_outcomes) return;
    html_heading(&to->body, "outcomes", "What it is worth");
    if (of->total.all.n > 0) {
        if (chart_is_built) chart_outcomes(of, page_picture(to));
        outcomes_grid(of, &table);
        html_grid(&to->body, &table);
        outcomes_answer_grid(of, &table);
        html_grid(&to->body, &table);
    }
    outcomes_say(of, &of->total, write_sentence, to);
    outcomes_say_rows(of, write_sentence, to);
}

void page_reasons(page *to)
{
    write_drivers(to);
    write_themes(to);
    write_outcomes(to);
}

static size_t look_at_drivers(const page *of, text *list)
{
    const driver_report *drivers = &of->drivers;
    text sentence = {0};
    if (!of->has_drivers || !drivers_have_order(&of->given, &drivers->total)) return 0;
    if (drivers->total.ranked > 1) text_say(&sentence, "of the ratings, ");
    drivers_say_first(drivers, &drivers->total, &sentence);
    size_t found = sentence.length > 0;
    html_item(list, &sentence);
    text_free(&sentence);
    return found;
}

static size_t look_at_themes(const page *of, text *list)
{
    text sentence = {0};
    if (of->has_themes) themes_say_cost(&of->themes, &of->themes.total, &sentence);
    size_t found = sentence.length > 0;
    html_item(list, &sentence);
    text_free(&sentence);
    return found;
}

static size_t look_at_outcomes(const page *of, text *list)
{
    const outcome_report *outcomes = &of->outcomes;
    const char *name = of->given.outcome;
    text sentence = {0};
    if (!of->has_outcomes || !(outcomes->total.difference.p < 1 - of->given.level)) return 0;
    compare_text_name(&of->given, name, strlen(name), &sentence);
    text_say(&sentence, ": ");
    outcomes_say_difference(outcomes, &outcomes->total, &sentence);
    html_item(list, &sentence);
    text_free(&sentence);
    return 1;
}

size_t page_look_at_reasons(page *to, text *list)
{
    return look_at_drivers(to, list) + look_at_themes(to, list) + look_at_outcomes(to, list);
}
