/* What drives the answer, which reasons are given, and what came of it. */
#include "platform.h"

#include <math.h>
#include <string.h>

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

void page_reasons(page *to)
{
    write_drivers(to);
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

size_t page_look_at_reasons(page *to, text *list)
{
    return look_at_drivers(to, list);
}
