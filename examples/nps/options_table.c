/* The options: what each is called, who takes it, and what it sets. */
#include <float.h>
#include <math.h>
#include <string.h>

#include <nps/calendar.h>
#include <nps/compare.h>
#include <nps/design.h>
#include <nps/drivers.h>
#include <nps/interval.h>
#include <nps/status.h>
#include <nps/tally.h>

#include "chart.h"
#include "message.h"
#include "options_table.h"
#include "text.h"
#include "times.h"

#define FOR_REASONS  (FOR_DRIVERS | FOR_THEMES | FOR_OUTCOMES)
#define FOR_SEGMENTS (FOR_SCORE | FOR_TALLY | FOR_COMPARE | FOR_RANK | FOR_TREND | FOR_EXPLAIN | FOR_PAGE | FOR_REASONS)
#define FOR_DESIGNS  (FOR_SCORE | FOR_TALLY | FOR_COMPARE)
#define FOR_ANSWERS  (FOR_SEGMENTS | FOR_WATCH | FOR_WEIGHTS | FOR_PANEL)
#define FOR_ROWS     (FOR_ANSWERS | FOR_PAIRS)
#define FOR_REPORT   (FOR_SCORE | FOR_MERGE)
#define FOR_CHARTS   (FOR_REPORT | FOR_RANK | FOR_TREND | FOR_EXPLAIN | FOR_REASONS)
#define FOR_TIMES    (FOR_TREND | FOR_EXPLAIN | FOR_PANEL | FOR_PAGE | FOR_WATCH)
#define FOR_PERIODS  (FOR_TREND | FOR_PAGE | FOR_WATCH | FOR_PANEL)
#define FOR_LEVELS \
    (FOR_REPORT | FOR_COMPARE | FOR_PAIRS | FOR_PLAN | FOR_WATCH | FOR_AUDIT | FOR_RANK | FOR_TIMES | FOR_REASONS)
#define FOR_RESULTS (FOR_LEVELS | FOR_WEIGHTS)
#define FOR_ALL     (FOR_RESULTS | FOR_TALLY)

_Noreturn static void fail_value(const char *option, const char *value, const char *expected)
{
    fail(STATUS_USAGE, "--%s %s: %s", option, shown(value, strlen(value)), expected);
}

/* Cuts up a list in place, as the arguments are the program's own, and adds its names to those that are there: at most
 * `most` in all, none twice. Returns how many there are then. */
static size_t split_names(const char *option, char *value, const char **names, size_t count, size_t most)
{
    for (char *name = value, *rest; name != NULL; name = rest) {
        rest = strchr(name, ',');
        if (rest == name || *name == '\0') fail(STATUS_USAGE, "--%s: a name is empty", option);
        if (count == most) fail(STATUS_USAGE, "--%s: at most %zu columns", option, most);
        if (rest != NULL) *rest++ = '\0';
        for (size_t i = 0; i < count; i++) {
            if (strcmp(name, names[i]) == 0) fail_value(option, name, "named twice");
        }
        names[count++] = name;
    }
    return count;
}

static void set_by(options *to, char *value)
{
    to->by_count = (int32_t)split_names("by", value, to->by, (size_t)to->by_count, NPS_MAX_DIMENSIONS);
}

static void set_drivers(options *to, char *value)
{
    to->driver_count = split_names("drivers", value, to->drivers, to->driver_count, RATINGS_MOST);
}

static void set_rating_scale(options *to, char *value)
{
    char *dash = *value == '\0' ? NULL : strchr(value + 1, '-');
    if (dash != NULL) *dash = '\0';
    if (dash == NULL || !parse_number(value, &to->rating_lowest) || !parse_number(dash + 1, &to->rating_highest) ||
        to->rating_lowest >= to->rating_highest) {
        fail_value("rating-scale", value, "expected LOWEST-HIGHEST, such as 1-5");
    }
}

static void set_explains(options *to, char *value)
{
    to->explains = strcmp(value, "class") == 0 ? NPS_DRIVERS_CLASS : NPS_DRIVERS_ANSWER;
    if (to->explains == NPS_DRIVERS_ANSWER && strcmp(value, "answer") != 0) {
        fail_value("explain", value, "expected answer, or class: detractor -1, passive 0, promoter 1");
    }
}

static void set_lonely(options *to, char *value)
{
    if (nps_lonely(value, strlen(value), &to->lonely) == NPS_OK) return;
    fail_value("lonely", value, "expected fail, remove, certainty, adjust or average");
}

static void set_min_n(options *to, char *value)
{
    if (!parse_count(value, &to->min_n)) fail_value("min-n", value, "expected a whole number, 0 to hide nothing");
}

static void set_invited(options *to, char *value)
{
    to->invited_rows = strcmp(value, "rows") == 0;
    if (to->invited_rows) return;
    if (!parse_count(value, &to->invited) || to->invited == 0) {
        fail_value("invited", value, "expected how many were invited, or rows: each row is one of them");
    }
}

static void set_time_format(options *to, char *value)
{
    /* strptime would ask for the time zone of this machine. */
    if (strstr(value, "%s") != NULL) fail_value("time-format", value, "Unix seconds are read without a format");
    to->time_format = value;
}

static void set_every(options *to, char *value)
{
    if (nps_calendar_unit(value, strlen(value), &to->every) == NPS_OK) return;
    fail_value("every", value, "expected day, week, month, quarter or year");
}

static void set_utc_offset(options *to, char *value)
{
    if (!times_read_offset(value, &to->utc_offset)) {
        fail_value("utc-offset", value, "expected how far local time is ahead of UTC, such as +03:30, -05:00 or Z");
    }
}

static void set_scale(options *to, char *value)
{
    if (nps_scale_parse(value, strlen(value), &to->scale) != NPS_OK) {
        fail_value("scale", value,
                   "expected 0-10, 1-10, 1-7, 1-5 or LOWEST-HIGHEST:DETRACTOR_MAX:PROMOTER_MIN, at most 11 answers");
    }
}

static void set_labels(options *to, char *value)
{
    (void)value;
    to->parse_flags |= NPS_PARSE_LABELS;
}

static void set_where(options *to, char *value)
{
    char *sign = strchr(value, '='), *end = sign;
    bool equal = sign == NULL || sign == value || sign[-1] != '!';
    if (!equal) end--;
    if (sign == NULL || end == value) fail_value("where", value, "expected COLUMN=VALUE or COLUMN!=VALUE");
    if (to->filter_count == FILTERS_MOST) fail_value("where", value, "at most 16 conditions");
    *end = '\0';
    to->filters[to->filter_count++] = (filter){.column = value, .value = sign + 1, .equal = equal};
}

static void set_delimiter(options *to, char *value)
{
    bool tab = strcmp(value, "tab") == 0 || strcmp(value, "\\t") == 0;
    if (!tab && (strlen(value) != 1 || strchr("\"\r\n", *value) != NULL)) {
        fail_value("delimiter", value, "expected one character, or tab");
    }
    to->delimiter = tab ? '\t' : *value;
}

static void set_method(options *to, char *value)
{
    if (nps_interval_method(value, strlen(value), &to->method) != NPS_OK) {
        fail_value("method", value,
                   "expected score, skewed, adjusted-wald, agresti-min, bonett-price, wald, t, likelihood, jeffreys or "
                   "bootstrap");
    }
    to->has_method = true;
}

static void set_level(options *to, char *value)
{
    if (!parse_number(value, &to->level) || to->level <= 0 || to->level >= 1) {
        fail_value("level", value, "expected a fraction above 0 and below 1, such as 0.95");
    }
}

static void set_format(options *to, char *value)
{
    static const char *const names[] = {"table", "json", "jsonl", "csv", "md"};
    for (int i = 0; i < FORMAT_DEFAULT; i++) {
        if (strcmp(value, names[i]) == 0) {
            to->format = (enum output_format)i;
            return;
        }
    }
    fail_value("format", value, "expected table, json, jsonl, csv or md");
}

static void set_chart(options *to, char *value)
{
    chart_check(value);
    to->chart = value;
}

static void set_max_invalid(options *to, char *value)
{
    if (!parse_number(value, &to->max_invalid) || to->max_invalid < 0 || to->max_invalid > 100) {
        fail_value("max-invalid", value, "expected a percentage from 0 to 100");
    }
}

static void set_fail_under(options *to, char *value)
{
    if (!parse_number(value, &to->fail_under) || to->fail_under < -100 || to->fail_under > 100) {
        fail_value("fail-under", value, "expected points from -100 to 100");
    }
    to->has_fail_under = true;
}

static void set_counts(options *to, char *value)
{
    size_t most = to->chosen & FOR_COMPARE ? COUNTS_MOST : 1;
    if (to->counts_count == most) fail(STATUS_USAGE, "--counts: at most %zu of them", most);
    class_counts *read = &to->counts[to->counts_count++];
    uint64_t *const counts[3] = {&read->promoters, &read->passives, &read->detractors};
    char *part = value, *rest;
    bool complete = false;
    for (int i = 0; i < 3; i++, part = rest) {
        rest = strchr(part, ',');
        if ((rest != NULL) != (i < 2)) break;
        if (rest != NULL) *rest++ = '\0';
        if (!parse_count(part, counts[i])) break;
        complete = i == 2;
    }
    if (!complete) fail(STATUS_USAGE, "--counts: expected PROMOTERS,PASSIVES,DETRACTORS: three whole numbers");
}

static void set_kind(options *to, char *value)
{
    uint64_t number;
    if (strcmp(value, "relational") == 0) {
        to->kind = NPS_KIND_RELATIONAL;
    } else if (strcmp(value, "transactional") == 0) {
        to->kind = NPS_KIND_TRANSACTIONAL;
    } else if (parse_count(value, &number) && number <= UINT32_MAX) {
        to->kind = (uint32_t)number;
    } else {
        fail_value("kind", value, "expected relational, transactional or a number");
    }
}

static double read_number(const char *option, const char *value, double least, double most, const char *expected)
{
    double number;
    if (!parse_number(value, &number) || number < least || number > most) fail_value(option, value, expected);
    return number;
}

static void set_low(options *to, char *value)
{
    to->low = read_number("low", value, -DBL_MAX, DBL_MAX, "expected a number: ratings up to it are low");
}

static void set_high(options *to, char *value)
{
    to->high = read_number("high", value, -DBL_MAX, DBL_MAX, "expected a number: ratings from it on are high");
}

static void set_revenue_before(options *to, char *value)
{
    to->revenue_before = read_number("revenue-before", value, DBL_MIN, DBL_MAX, "expected a number above 0");
}

static double read_revenue(const char *option, const char *value)
{
    return read_number(option, value, 0, DBL_MAX, "expected a number, 0 or more");
}

static void set_revenue_kept(options *to, char *value)
{
    to->revenue_kept = read_revenue("revenue-kept", value);
}

static void set_revenue_earned(options *to, char *value)
{
    to->revenue_earned = read_revenue("revenue-earned", value);
}

static void set_revenue_bought(options *to, char *value)
{
    to->revenue_bought = read_revenue("revenue-bought", value);
}

static void set_separator(options *to, char *value)
{
    if (*value == '\0') fail_value("separator", value, "expected what stands between two themes, such as ;");
    to->separator = value;
}

static void set_difference(options *to, char *value)
{
    to->has_method = true;
    if (nps_difference_method(value, strlen(value), &to->method) == NPS_OK) return;
    fail_value("method", value, "expected mover, score, adjusted-wald, welch or permutation");
}

static void set_paired(options *to, char *value)
{
    if (nps_paired_method(value, strlen(value), &to->method) == NPS_OK) return;
    fail_value("method", value, "expected score, wald, t or null-variance");
}

static void set_adjust(options *to, char *value)
{
    if (nps_adjust_method(value, strlen(value), &to->adjust) == NPS_OK) return;
    fail_value("adjust", value, "expected holm, hochberg, bh, by or none");
}

static void set_benchmark(options *to, char *value)
{
    to->benchmark = read_number("benchmark", value, -100, 100, "expected points between -100 and 100");
    if (fabs(to->benchmark) == 100) fail_value("benchmark", value, "expected points between -100 and 100");
    to->has_benchmark = true;
}

static void set_equivalence(options *to, char *value)
{
    to->equivalence = read_number("equivalence", value, DBL_MIN, 199.999, "expected a margin above 0 and below 200");
}

static void set_alert(options *to, char *value)
{
    static const char *const names[] = {"below", "above", "either"};
    for (int i = 0; i <= ALERT_EITHER; i++) {
        if (strcmp(value, names[i]) == 0) {
            to->alert = (enum alert_side)i;
            to->has_alert = true;
            return;
        }
    }
    fail_value("alert", value, "expected below, above or either");
}

static void set_margin(options *to, char *value)
{
    to->margin = read_number("margin", value, DBL_MIN, 100, "expected points above 0, at most 100");
}

static void set_detect(options *to, char *value)
{
    to->detect = read_number("detect", value, -200, 200, "expected a difference in points, not 0, -200 to 200");
    if (to->detect == 0) fail_value("detect", value, "expected a difference in points, not 0, -200 to 200");
}

static void set_power(options *to, char *value)
{
    static const char expected[] = "expected a fraction above 0 and below 1, such as 0.8";
    to->power = read_number("power", value, DBL_MIN, 1, expected);
    if (to->power == 1) fail_value("power", value, expected);
}

static void set_total(options *to, char *value)
{
    to->total = read_number("total", value, DBL_MIN, DBL_MAX, "expected a number above 0");
}

static void set_lowest(options *to, char *value)
{
    to->lowest = read_number("lowest", value, 0, 1, "expected a fraction of the mean weight, from 0 to 1");
}

static void set_highest(options *to, char *value)
{
    to->highest = read_number("highest", value, 1, DBL_MAX, "expected a multiple of the mean weight, 1 or more");
}

static double read_share(const char *option, const char *value)
{
    return read_number(option, value, 0, 1, "expected a share as a fraction, from 0 to 1");
}

static void set_promoters(options *to, char *value)
{
    to->promoter_share = read_share("promoters", value);
}

static void set_detractors(options *to, char *value)
{
    to->detractor_share = read_share("detractors", value);
}

static void set_population(options *to, char *value)
{
    to->population = read_number("population", value, 1, DBL_MAX, "expected a number of people from 1");
}

static void set_ratio(options *to, char *value)
{
    to->ratio = read_number("ratio", value, DBL_MIN, DBL_MAX, "expected a number above 0");
}

static void set_design_effect(options *to, char *value)
{
    to->design_effect = read_number("design-effect", value, DBL_MIN, DBL_MAX, "expected a number above 0");
}

static void set_quiet(options *to, char *value)
{
    (void)to;
    (void)value;
    message_quiet(true);
}

/* What most options do: keep a text, be on, or be a number from 1. */
#define CALL(set)    set, OPTION_SET, 0
#define TEXT(field)  NULL, OPTION_TEXT, offsetof(options, field)
#define FLAG(field)  NULL, OPTION_FLAG, offsetof(options, field)
#define COUNT(field) NULL, OPTION_COUNT, offsetof(options, field)

void option_take(const option_row *taken, options *to, char *value)
{
    void *field = (unsigned char *)to + taken->field;
    if (taken->set != NULL) {
        taken->set(to, value);
    } else if (taken->keeps == OPTION_TEXT) {
        *(const char **)field = value;
    } else if (taken->keeps == OPTION_FLAG) {
        *(bool *)field = true;
    } else if (!parse_count(value, (uint64_t *)field) || *(uint64_t *)field == 0) {
        fail_value(taken->name, value, "expected a whole number from 1");
    }
}

/* In the order of the help. */
const option_row option_rows[] = {
    {"score", 's', "COLUMN", "the answers [a column named score, nps or rating]", FOR_ANSWERS, true, TEXT(score)},
    {"before", 0, "COLUMN", "each person's first answer", FOR_PAIRS, true, TEXT(before)},
    {"after", 0, "COLUMN", "the same person's second answer", FOR_PAIRS, true, TEXT(after)},
    {"by", 'b', "COLUMN,...", "a result for each value of these columns too", FOR_SEGMENTS, true, CALL(set_by)},
    {"weight", 'w', "COLUMN", "weights of the answers", FOR_SEGMENTS, true, TEXT(weight)},
    {"weight", 'w', "COLUMN", "weights to begin with, such as a design's [all 1]", FOR_WEIGHTS, true, TEXT(weight)},
    {"targets", 0, "FILE", "a CSV of margin,category,total, or of cells: columns, then total", FOR_WEIGHTS, false,
     TEXT(targets)},
    {"total", 0, "T", "what the weights add up to; targets may be shares then [as the targets]", FOR_WEIGHTS, false,
     CALL(set_total)},
    {"lowest", 0, "F", "no weight below F times the mean [0]", FOR_WEIGHTS, false, CALL(set_lowest)},
    {"highest", 0, "F", "no weight above F times the mean [no bound]", FOR_WEIGHTS, false, CALL(set_highest)},
    {"column", 0, "NAME", "of the column that is written [weight]", FOR_WEIGHTS, false, TEXT(column)},
    {"strata", 0, "COLUMN", "strata of a survey design", FOR_DESIGNS, true, TEXT(strata)},
    {"cluster", 0, "COLUMN", "its primary sampling units, told apart within their stratum", FOR_DESIGNS, true,
     TEXT(cluster)},
    {"fpc", 0, "COLUMN", "units in the population of the row's stratum", FOR_DESIGNS, true, TEXT(fpc)},
    {"lonely", 0, "WHAT", "strata with one unit: fail, remove, certainty, adjust, average [fail]",
     FOR_SCORE | FOR_MERGE | FOR_COMPARE, false, CALL(set_lonely)},
    {"time", 0, "COLUMN", "when each answer was given: ISO 8601 or Unix seconds", FOR_TIMES, true, TEXT(time)},
    {"time-format", 0, "FORMAT", "how times are written, as strptime takes it, such as %d/%m/%Y", FOR_TIMES, true,
     CALL(set_time_format)},
    {"utc-offset", 0, "OFFSET", "local time, for periods and for times without a zone, such as +03:30 [UTC]", FOR_TIMES,
     true, CALL(set_utc_offset)},
    {"every", 0, "UNIT", "periods: day, week, month, quarter or year", FOR_PERIODS, true, CALL(set_every)},
    {"rolling", 0, "N", "the pooled score of each N periods too", FOR_TREND | FOR_PAGE, false, COUNT(rolling)},
    {"rolling", 0, "N", "with --every: answers of the last N periods only [all so far]", FOR_PANEL, false,
     COUNT(rolling)},
    {"baseline", 0, "N", "control limits from the first N periods [all]", FOR_TREND | FOR_PAGE, false, COUNT(baseline)},
    {"from", 0, "LABEL", "with --time: the period before, such as 2018-Q1 or 2018-03", FOR_EXPLAIN, true, TEXT(from)},
    {"to", 0, "LABEL", "with --time: the period after", FOR_EXPLAIN, true, TEXT(to)},
    {"respondent", 0, "COLUMN", "who gave the answer", FOR_PANEL | FOR_PAGE, true, TEXT(respondent)},
    {"as-of", 0, "TIME", "answers up to then [all]", FOR_PANEL, true, TEXT(as_of)},
    {"since", 0, "TIME", "answers from then on [all]", FOR_PANEL, true, TEXT(since)},
    {"before", 0, "TIME", "who moved since then, as pairs", FOR_PANEL, true, TEXT(before)},
    {"movers", 0, NULL, "with --before: list who is in another class since", FOR_PANEL, false, FLAG(movers)},
    {"at-risk", 0, NULL, "list detractors, and who fell to a lower class", FOR_PANEL, false, FLAG(at_risk)},
    {"fall", 0, "N", "at risk is also who fell by N or more", FOR_PANEL | FOR_PAGE, false, COUNT(fall)},
    {"drivers", 0, "COLUMN,...", "the ratings", FOR_DRIVERS | FOR_PAGE, true, CALL(set_drivers)},
    {"levels", 0, "WORD,...", "ratings are these words, lowest first, which count 1, 2, ... [numbers]",
     FOR_DRIVERS | FOR_PAGE, true, TEXT(levels)},
    {"rating-scale", 0, "LOWEST-HIGHEST", "of the ratings, such as 1-5; others are invalid [what is there]",
     FOR_DRIVERS | FOR_PAGE, true, CALL(set_rating_scale)},
    {"rating-missing", 0, "TOKEN,...", "more cells that mean: not rated", FOR_DRIVERS | FOR_PAGE, true,
     TEXT(rating_missing)},
    {"explain", 0, "WHAT", "the answer, or its class: -1, 0, 1 [answer]", FOR_DRIVERS | FOR_PAGE, false,
     CALL(set_explains)},
    {"pairwise", 0, NULL, "each correlation from all rows that have both; no intervals", FOR_DRIVERS | FOR_PAGE, false,
     FLAG(pairwise)},
    {"robust", 0, NULL, "intervals that trust neither equal variances nor the normal distribution", FOR_DRIVERS, false,
     FLAG(robust)},
    {"low", 0, "V", "with --high: penalty and reward: ratings up to V are low", FOR_DRIVERS | FOR_PAGE, false,
     CALL(set_low)},
    {"high", 0, "V", "with --low: ratings from V on are high", FOR_DRIVERS | FOR_PAGE, false, CALL(set_high)},
    {"themes", 0, "COLUMN", "the reasons, several in a cell", FOR_THEMES | FOR_PAGE, true, TEXT(themes)},
    {"separator", 0, "TEXT", "between two of them [;]", FOR_THEMES | FOR_PAGE, true, CALL(set_separator)},
    {"outcome", 0, "COLUMN", "what came of it: a number, or yes and no", FOR_OUTCOMES | FOR_PAGE, true, TEXT(outcome)},
    {"outcome-missing", 0, "TOKEN,...", "more cells that mean: not known", FOR_OUTCOMES | FOR_PAGE, true,
     TEXT(outcome_missing)},
    {"yes", 0, "TOKEN,...", "with --no: cells that mean yes, 1", FOR_OUTCOMES | FOR_PAGE, true, TEXT(yes)},
    {"no", 0, "TOKEN,...", "with --yes: cells that mean no, 0", FOR_OUTCOMES | FOR_PAGE, true, TEXT(no)},
    {"revenue-before", 0, "R", "earned growth, instead of files: revenue of the first period", FOR_OUTCOMES, false,
     CALL(set_revenue_before)},
    {"revenue-kept", 0, "R", "revenue of the second from customers of the first", FOR_OUTCOMES, false,
     CALL(set_revenue_kept)},
    {"revenue-earned", 0, "R", "from new customers who were recommended to come", FOR_OUTCOMES, false,
     CALL(set_revenue_earned)},
    {"revenue-bought", 0, "R", "from other new customers [0]", FOR_OUTCOMES, false, CALL(set_revenue_bought)},
    {"account", 0, "COLUMN", "the mean of these accounts' scores too", FOR_SCORE, true, TEXT(account)},
    {"scale", 0, "SCALE", "0-10, 1-10, 1-7, 1-5 or LOW-HIGH:DETRACTOR_MAX:PROMOTER_MIN [0-10]", FOR_ROWS, true,
     CALL(set_scale)},
    {"missing", 0, "TOKEN,...", "more cells that mean: no answer", FOR_ROWS, true, TEXT(missing)},
    {"labels", 0, NULL, "take answers such as \"10 - Extremely likely\"", FOR_ROWS, true, CALL(set_labels)},
    {"where", 0, "COLUMN=VALUE", "only such rows; != too; all of several hold", FOR_ROWS, true, CALL(set_where)},
    {"delimiter", 'd', "CHARACTER", "between cells, or tab [found in the header]", FOR_ROWS, true, CALL(set_delimiter)},
    {"rejects", 0, "FILE", "write a CSV of the invalid answers", FOR_ROWS, true, TEXT(rejects)},
    {"counts", 0, "PROMOTERS,PASSIVES,DETRACTORS", "instead of files", FOR_SCORE, false, CALL(set_counts)},
    {"counts", 0, "PROMOTERS,PASSIVES,DETRACTORS", "instead of a file; twice: before, then after", FOR_COMPARE, false,
     CALL(set_counts)},
    {"fold", 0, "N", "with --by: segments with fewer responses become one, (other)", FOR_REPORT, false, COUNT(fold)},
    {"cube", 0, NULL, "with --by: all margins of these columns too", FOR_REPORT, false, FLAG(cube)},
    {"min-n", 0, "N", "with --by: hide segments with fewer responses, and what would give them away",
     FOR_REPORT | FOR_COMPARE | FOR_RANK, false, CALL(set_min_n)},
    {"top", 0, "K", "with --by: the K best only", FOR_REPORT | FOR_RANK, false, COUNT(top)},
    {"bottom", 0, "K", "with --by: the K worst only; with --top both", FOR_REPORT | FOR_RANK, false, COUNT(bottom)},
    {"top", 0, "K", "the first K people of a list only", FOR_PANEL, false, COUNT(top)},
    {"best", 0, "K", "the probability of being among the K best [1]", FOR_RANK, false, COUNT(best)},
    {"invited", 0, "N", "how many were asked, or rows: each row is one; for the response rate", FOR_REPORT, false,
     CALL(set_invited)},
    {"invitations", 0, "FILE", "a CSV of the columns of --by and of invited", FOR_REPORT, false, TEXT(invitations)},
    {"pairwise", 0, NULL, "with --by: each segment with each other, not with the rest", FOR_COMPARE, false,
     FLAG(pairwise)},
    {"adjust", 0, "METHOD", "p-values for how many there are: holm, hochberg, bh, by, none [holm]",
     FOR_COMPARE | FOR_RANK | FOR_THEMES, false, CALL(set_adjust)},
    {"benchmark", 0, "POINTS", "is the score another one than this?", FOR_COMPARE, false, CALL(set_benchmark)},
    {"benchmark", 0, "POINTS", "the score to hold", FOR_WATCH, false, CALL(set_benchmark)},
    {"benchmarks", 0, "FILE", "a CSV of names and points: where among them is the score?", FOR_COMPARE, false,
     TEXT(benchmarks)},
    {"equivalence", 0, "MARGIN", "are two scores the same to within this many points?", FOR_COMPARE, false,
     CALL(set_equivalence)},
    {"rules", 0, "FILE", "a CSV of rules: rule,name,points,level,sigmas,least,anytime; see the manual", FOR_WATCH,
     false, TEXT(rules)},
    {"against", 0, "FILE", "with --rules: what drop, rise and limits are held against, rows or a state", FOR_WATCH,
     false, TEXT(against)},
    {"baseline", 0, "N", "with --rules: hold them against the first N periods [all before]", FOR_WATCH, false,
     COUNT(baseline)},
    {"alert", 0, "SIDE", "exit 4 when the score is below the benchmark, above, or either [below]", FOR_WATCH, false,
     CALL(set_alert)},
    {"margin", 0, "POINTS", "how many answers for this margin of error?", FOR_PLAN, false, CALL(set_margin)},
    {"detect", 0, "POINTS", "how many answers a group to see this difference?", FOR_PLAN, false, CALL(set_detect)},
    {"n", 'n', "N", "what do so many answers (a group) tell?", FOR_PLAN, false, COUNT(size)},
    {"n", 'n', "N", "answers in a sample", FOR_AUDIT, false, COUNT(size)},
    {"power", 0, "P", "probability of seeing the difference [0.8]", FOR_PLAN, false, CALL(set_power)},
    {"promoters", 0, "SHARE", "of the population, a fraction [not known]", FOR_PLAN, false, CALL(set_promoters)},
    {"detractors", 0, "SHARE", "of the population, a fraction [not known]", FOR_PLAN, false, CALL(set_detractors)},
    {"promoters", 0, "SHARE", "of the population, a fraction", FOR_AUDIT, false, CALL(set_promoters)},
    {"detractors", 0, "SHARE", "of the population, a fraction", FOR_AUDIT, false, CALL(set_detractors)},
    {"population", 0, "N", "people who could answer [more than can be counted]", FOR_PLAN, false, CALL(set_population)},
    {"ratio", 0, "R", "size of the second group over that of the first [1]", FOR_PLAN, false, CALL(set_ratio)},
    {"design-effect", 0, "D", "of weights or clusters [1]", FOR_PLAN, false, CALL(set_design_effect)},
    {"method", 0, "NAME",
     "interval: score, skewed, adjusted-wald, agresti-min, bonett-price, wald, t, likelihood, jeffreys, bootstrap "
     "[score]",
     FOR_REPORT | FOR_TREND, false, CALL(set_method)},
    {"method", 0, "NAME", "of the difference: mover, score, adjusted-wald, welch, permutation [mover]",
     FOR_COMPARE | FOR_RANK | FOR_THEMES, false, CALL(set_difference)},
    {"method", 0, "NAME", "of the change: score, wald, t, null-variance [score]", FOR_PAIRS, false, CALL(set_paired)},
    {"method", 0, "NAME", "one method alone [all]", FOR_AUDIT, false, CALL(set_method)},
    {"level", 0, "P", "confidence level [0.95]", FOR_LEVELS & ~FOR_WATCH, false, CALL(set_level)},
    {"level", 0, "P", "confidence level; with --rules of those that give none [0.95]", FOR_WATCH, false,
     CALL(set_level)},
    {"format", 0, "FORMAT", "table, json, jsonl, csv or md [table on a terminal, else csv]", FOR_RESULTS & ~FOR_PAGE,
     false, CALL(set_format)},
    {"chart", 0, "FILE", "a picture of it too: FILE.svg, FILE.png or FILE.pdf", FOR_CHARTS, false, CALL(set_chart)},
    {"kind", 0, "KIND", "relational, transactional or a number [0: not said]", FOR_TALLY, false, CALL(set_kind)},
    {"mixed", 0, NULL, "merge even relational with transactional answers", FOR_MERGE, false, FLAG(mixed)},
    {"output", 'o', "OUT.nps", "the state goes to this file", FOR_TALLY | FOR_MERGE, false, TEXT(output)},
    {"output", 'o', "OUT.csv", "the rows with their weights [standard output]", FOR_WEIGHTS, false, TEXT(output)},
    {"output", 'o', "OUT.html", "the page", FOR_PAGE, false, TEXT(output)},
    {"title", 0, "TEXT", "of the page [the file's name]", FOR_PAGE, false, TEXT(title)},
    {"max-invalid", 0, "PERCENT", "exit 3 when more of the answers are invalid [100]", FOR_ROWS | FOR_MERGE, false,
     CALL(set_max_invalid)},
    {"fail-under", 0, "POINTS", "exit 4 when the score is below", FOR_REPORT, false, CALL(set_fail_under)},
    {"quiet", 'q', NULL, "no progress, no notes", FOR_ALL, false, CALL(set_quiet)},
    {"help", 'h', NULL, "this text", FOR_ALL, false, NULL, OPTION_HELP, 0},
};

const size_t option_count = sizeof option_rows / sizeof option_rows[0];
