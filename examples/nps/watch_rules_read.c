/* A file of rules. */
#include "platform.h"

#include <stdlib.h>
#include <string.h>

#include <nps/status.h>

#include "message.h"
#include "rows.h"
#include "source.h"
#include "state.h"
#include "text.h"
#include "watch_rules.h"

enum { RULE, NAME, POINTS, LEVEL, SIGMAS, LEAST, ANYTIME, COLUMN_COUNT };

static const char *const column_names[COLUMN_COUNT] = {"rule", "name", "points", "level", "sigmas", "least", "anytime"};

typedef struct reader {
    columns wanted;
    bool has[COLUMN_COUNT];
    size_t place[COLUMN_COUNT];
    const options *given;
    watch_rules *into;
} reader;

bool watch_rule_is_relative(const nps_rule *of)
{
    return of->rule != NPS_RULE_BELOW && of->rule != NPS_RULE_ABOVE;
}

/* Without blanks around. */
static cell trimmed(const char *bytes)
{
    cell inner = {.bytes = bytes + strspn(bytes, " \t")};
    inner.length = strlen(inner.bytes);
    while (inner.length > 0 && strchr(" \t", inner.bytes[inner.length - 1]) != NULL) inner.length--;
    return inner;
}

/* The columns that the file has; others are mistakes, and would be passed over in silence. */
static void take_header(void *user, const header *read)
{
    reader *to = user;
    for (size_t i = 0; i < read->count; i++) {
        size_t column = 0;
        cell name = trimmed(read->names[i]);
        while (column < COLUMN_COUNT && (strlen(column_names[column]) != name.length ||
                                         memcmp(name.bytes, column_names[column], name.length) != 0)) {
            column++;
        }
        if (column == COLUMN_COUNT) {
            fail(STATUS_USAGE,
                 "%s: %s is no column of rules: expected rule, name, points, level, sigmas, least, anytime", read->file,
                 shown(read->names[i], strlen(read->names[i])));
        }
        if (to->has[column]) fail(STATUS_USAGE, "%s: there are two columns %s", read->file, column_names[column]);
        to->has[column] = true;
    }
    for (size_t column = 0; column < COLUMN_COUNT; column++) {
        if (to->has[column] || column == RULE) to->place[column] = columns_want(&to->wanted, column_names[column]);
    }
}

/* An empty cell leaves the default. */
static bool read_cell(const reader *from, const row *of, int column, double *number)
{
    static const char mend[] = "expected a number, or an empty cell";
    if (!from->has[column]) return false;
    const cell *read = &of->cells[from->place[column]];
    if (trimmed(read->bytes).length == 0) return false;
    if (parse_number(read->bytes, number)) return true;
    row_fail(of, from->place[column], NULL, strchr(read->bytes, ',') != NULL ? "write decimals with a point" : mend);
}

static void check_number(const reader *from, const row *of, int column, bool fits, const char *expected)
{
    if (!fits) row_fail(of, from->place[column], NULL, expected);
}

static void read_points(const reader *from, const row *of, nps_rule *out)
{
    bool given = read_cell(from, of, POINTS, &out->points);
    if (!watch_rule_is_relative(out)) {
        if (!given) row_fail(of, from->place[RULE], NULL, "this rule takes points: give them in the column points");
        check_number(from, of, POINTS, out->points > -100 && out->points < 100, "expected points inside -100 to 100");
    } else if (given) {
        check_number(from, of, POINTS, out->rule != NPS_RULE_LIMITS, "limits take sigmas, not points");
        check_number(from, of, POINTS, out->points >= 0 && out->points < 200, "expected points from 0, below 200");
    }
}

static void read_numbers(const reader *from, const row *of, nps_rule *out)
{
    double anytime = 0;
    bool is_limits = out->rule == NPS_RULE_LIMITS;
    read_points(from, of, out);
    if (read_cell(from, of, LEVEL, &out->level)) {
        check_number(from, of, LEVEL, !is_limits, "limits take sigmas, not a level");
        check_number(from, of, LEVEL, out->level > 0.5 && out->level < 1, "expected a fraction above 0.5 and below 1");
    } else if (!is_limits) {
        out->level = from->given->level;
        if (out->level <= 0.5) fail(STATUS_USAGE, "--level %.15g: rules take one above 0.5", out->level);
    }
    if (read_cell(from, of, SIGMAS, &out->sigmas)) {
        check_number(from, of, SIGMAS, is_limits, "only limits take sigmas");
        check_number(from, of, SIGMAS, out->sigmas > 0, "expected a number above 0");
    }
    if (read_cell(from, of, LEAST, &out->least)) {
        check_number(from, of, LEAST, out->least >= 0, "expected a number of answers, 0 or more");
    }
    if (read_cell(from, of, ANYTIME, &anytime)) {
        check_number(from, of, ANYTIME, anytime == 0 || anytime == 1, "expected 0 or 1");
        check_number(from, of, ANYTIME, anytime == 0 || !is_limits, "limits hold for one look: leave it empty or 0");
    }
    out->anytime = anytime == 1;
}

static void take_rule(void *user, const row *from)
{
    reader *to = user;
    watch_rules *into = to->into;
    cell rule = trimmed(from->cells[to->place[RULE]].bytes), name = rule;
    watch_rule read = {.rule = {.struct_size = sizeof read.rule}};
    if (nps_monitor_rule_number(rule.bytes, rule.length, &read.rule.rule) != NPS_OK) {
        row_fail(from, to->place[RULE], NULL, "expected below, above, drop, rise or limits");
    }
    read_numbers(to, from, &read.rule);
    if (to->has[NAME]) name = trimmed(from->cells[to->place[NAME]].bytes);
    if (name.length == 0) name = rule;
    read.name = copy_text(name.bytes, name.length);
    read.length = name.length;
    into->rules = reallocate(into->rules, (into->count + 1) * sizeof *into->rules);
    into->rules[into->count++] = read;
}

void watch_rules_read(const options *given, watch_rules *out)
{
    reader from = {.given = given, .into = out};
    *out = (watch_rules){0};
    source *file = source_open(given->rules);
    if (source_kind_of(file) != SOURCE_CSV) fail(STATUS_FAILED, "%s: expected a CSV of rules", file->name);
    rows_read_csv_lines(file, &from.wanted, '\0', take_header, take_rule, &from);
    if (out->count == 0) fail(STATUS_FAILED, "%s: there is no rule below the header", file->name);
    source_close(file);
}

void watch_rules_free(watch_rules *freed)
{
    for (size_t i = 0; i < freed->count; i++) free(freed->rules[i].name);
    free(freed->rules);
    *freed = (watch_rules){0};
}
