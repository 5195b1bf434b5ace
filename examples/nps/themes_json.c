/* The JSON that programs read: keys and their order are stable. */
#include "platform.h"

#include <math.h>
#include <stdio.h>

#include <nps/compare.h>

#include "result_json.h"
#include "themes.h"

/* Without the brackets around it. */
static void write_theme(json_writer *to, const theme_report *of, const nps_theme *told)
{
    const nps_difference difference = {sizeof difference, told->difference, told->lower, told->upper,
                                       told->statistic,   told->df,         told->p};
    writer_field(to, "theme");
    if (theme_is_none(told)) {
        writer_null(to);
    } else {
        writer_text(to, told->theme.bytes, told->theme.length);
    }
    writer_count_field(to, "mentions", told->mentions);
    writer_number_field(to, "share", told->share);
    writer_number_field(to, "with", told->with);
    writer_number_field(to, "without", told->without);
    writer_field(to, "difference");
    writer_open(to, '{');
    json_difference(to, &difference, told->p_adjusted, nps_difference_method_name(of->given->method));
    writer_close(to, '}');
    writer_number_field(to, "impact", told->impact);
    writer_number_field(to, "impact_lower", told->impact_lower);
    writer_number_field(to, "impact_upper", told->impact_upper);
    writer_number_field(to, "contribution", told->contribution);
    writer_number_field(to, "contribution_lower", told->contribution_lower);
    writer_number_field(to, "contribution_upper", told->contribution_upper);
}

static void write_themes(json_writer *to, const theme_report *of, const theme_group *group, bool in_lines)
{
    const nps_theme *none = NULL;
    writer_field(to, "themes");
    writer_open(to, '[');
    for (size_t i = 0; i < group->count; i++) {
        const nps_theme *told = &group->themes[i];
        if (theme_is_none(told)) {
            none = told;
            continue;
        }
        if (in_lines) writer_line(to);
        writer_open(to, '{');
        write_theme(to, of, told);
        writer_close(to, '}');
    }
    writer_close(to, ']');
    if (in_lines) writer_line(to);
    writer_field(to, "without_theme");
    if (none == NULL) {
        writer_null(to);
        return;
    }
    writer_open(to, '{');
    write_theme(to, of, none);
    writer_close(to, '}');
}

static void write_head(json_writer *to, const theme_report *of)
{
    const options *given = of->given;
    json_begin(to, "themes");
    json_scale(to, &given->scale);
    writer_line(to);
    writer_text_field(to, "method", nps_difference_method_name(given->method));
    writer_number_field(to, "level", given->level);
    writer_field(to, "weighted");
    writer_bool(to, given->weight != NULL);
    json_rows(to, &of->total.told);
    writer_text_field(to, "adjust", nps_adjust_method_name(given->adjust));
    writer_line(to);
}

void themes_json(const theme_report *printed)
{
    json_writer to = {.out = stdout};
    write_head(&to, printed);
    json_result_field(&to, "total", &printed->total.told, false);
    writer_line(&to);
    write_themes(&to, printed, &printed->total, true);
    writer_line(&to);
    writer_field(&to, "groups");
    writer_open(&to, '[');
    for (size_t i = 0; i < printed->group_count; i++) {
        const theme_group *group = &printed->groups[i];
        writer_line(&to);
        writer_open(&to, '{');
        json_key(&to, &printed->keys, group->segment);
        json_result(&to, &group->told, false);
        write_themes(&to, printed, group, false);
        writer_close(&to, '}');
    }
    writer_close(&to, ']');
    writer_close(&to, '}');
    putchar('\n');
}

static void write_lines(const theme_report *of, const theme_group *group)
{
    for (size_t i = 0; i < group->count; i++) {
        json_writer to = {.out = stdout};
        writer_open(&to, '{');
        json_key(&to, &of->keys, group->segment);
        write_theme(&to, of, &group->themes[i]);
        writer_number_field(&to, "nps", group->told.score);
        writer_close(&to, '}');
        putchar('\n');
    }
}

/* A line for each theme, of each segment where there are any. */
void themes_json_lines(const theme_report *printed)
{
    if (printed->given->by_count == 0) write_lines(printed, &printed->total);
    for (size_t i = 0; i < printed->group_count; i++) write_lines(printed, &printed->groups[i]);
}
