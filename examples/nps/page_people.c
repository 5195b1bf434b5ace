/* Who moved, and who is at risk. */
#include "platform.h"

#include <inttypes.h>

#include "page.h"
#include "page_html.h"
#include "rounded.h"

#define PEOPLE_MOST 25

static void write_list(page *to, const people *list, const char *title)
{
    people first = *list;
    char count[ROUNDED_SIZE];
    grid table = {0};
    if (list->count == 0) return;
    if (first.count > PEOPLE_MOST) first.count = PEOPLE_MOST;
    text_say(&to->body, "<h3>%s: %s", title, rounded_count(list->count, count));
    if (first.count < list->count) text_say(&to->body, ", the first %d", PEOPLE_MOST);
    text_say(&to->body, "</h3>\n");
    panel_grid(&to->people, &first, &table);
    html_grid(&to->body, &table);
}

void page_people(page *to)
{
    text sentence = {0};
    grid table = {0};
    if (!to->has_people) return;
    html_heading(&to->body, "people", "Respondents");
    panel_say_latest(&to->people, &sentence);
    html_sentence(&to->body, &sentence);
    if (to->people.has_pairs && nps_pairs_responses(&to->people.pairs.people) > 0) {
        pairs_say_verdict(&to->people.pairs, &sentence);
        text_say(&sentence, ", before and since the end of %s", to->people.given->before);
        html_sentence(&to->body, &sentence);
        pairs_transitions(&to->people.pairs, &table);
        html_grid(&to->body, &table);
        write_list(to, &to->people.movers, "In another class");
    }
    panel_say_at_risk(&to->people, &sentence);
    html_sentence(&to->body, &sentence);
    write_list(to, &to->people.at_risk, "At risk");
    text_free(&sentence);
}
