/* How the score moves, and what moved it last. */
#include "platform.h"

#include <string.h>

#include "page.h"
#include "page_html.h"
#include "rounded.h"

void page_trend(page *to)
{
    text sentence = {0};
    grid table = {0};
    if (!to->has_periods) return;
    html_heading(&to->body, "trend", "Trend");
    if (chart_is_built && to->moves.count > 0) chart_trend(&to->moves, page_picture(to));
    trend_say_moves(&to->moves, rounded_between(), &sentence);
    html_sentence(&to->body, &sentence);
    trend_say_since(&to->moves, &sentence);
    html_sentence(&to->body, &sentence);
    trend_say_limits(&to->moves, &sentence);
    html_sentence(&to->body, &sentence);
    text_free(&sentence);
    if (to->moves.count == 0) return;
    trend_grid(&to->moves, &table);
    html_grid(&to->body, &table);
}

static void say_change(const explained *of, text *body)
{
    static void (*const sayings[])(const explained *, text *) = {
        explain_say_effects,
        explain_say_classes,
        explain_say_segments,
        explain_say_absent,
    };
    text sentence = {0};
    for (size_t i = 0; i < sizeof sayings / sizeof sayings[0]; i++) {
        sayings[i](of, &sentence);
        html_sentence(body, &sentence);
    }
    text_free(&sentence);
}

void page_change(page *to)
{
    text sentence = {0};
    if (!to->has_change || to->by == 0) return;
    text_say(&to->body, "<h2 id=\"change\">From %s to %s</h2>\n", to->waves[0], to->waves[1]);
    explain_say_change(&to->columns[0].change, &sentence);
    html_sentence(&to->body, &sentence);
    text_free(&sentence);
    for (int32_t i = 0; i < to->by; i++) {
        const explained *found = &to->columns[i].change;
        grid table = {0};
        size_t length;
        const char *name = state_dimension(&to->columns[i].segments, 0, &length);
        text_say(&to->body, "<h3>By ");
        html_text(&to->body, name, length);
        text_say(&to->body, "</h3>\n");
        if (chart_is_built) chart_explain(found, page_picture(to));
        say_change(found, &to->body);
        explain_grid(found, &table);
        html_grid(&to->body, &table);
    }
}
