/* Earned growth, from four figures: nps outcomes --revenue-before. */
#include "platform.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <nps/status.h>

#include "apportion.h"
#include "grid.h"
#include "message.h"
#include "outcomes.h"
#include "output.h"
#include "result_json.h"
#include "rounded.h"
#include "speaker.h"

#define USUAL_LEVEL 0.95
#define DECIMALS    1
#define SUM_MOST    1e12 /* per cent beyond which parts are not made to add up */
#define PARTS       3
#define PART_COUNT  5

enum { KEPT, EARNED, BOUGHT };

typedef struct growth {
    const options *given;
    bool has_bought;
    nps_earned_growth_result found;
    double shown[PARTS], earned_growth, all; /* in per cent, rounded so that they add up */
} growth;

bool outcomes_ask_growth(const options *given)
{
    return !isnan(given->revenue_before) || !isnan(given->revenue_kept) || !isnan(given->revenue_earned) ||
           !isnan(given->revenue_bought);
}

static void check(const options *given)
{
    static const char whole[] = "earned growth is of these figures alone, from";
    const char *missing = isnan(given->revenue_before)   ? "before"
                          : isnan(given->revenue_kept)   ? "kept"
                          : isnan(given->revenue_earned) ? "earned"
                                                         : NULL;
    if (given->outcome != NULL) fail(STATUS_USAGE, "--outcome and --revenue-before: give one or the other");
    if (given->file_count > 0) fail(STATUS_USAGE, "%s --revenue-before on: leave the files out", whole);
    if (given->row_option != NULL) {
        fail(STATUS_USAGE, "%s --revenue-before on: --%s is about rows, leave it out", whole, given->row_option);
    }
    if (missing != NULL) {
        fail(STATUS_USAGE,
             "--revenue-%s is not given: earned growth takes --revenue-before, --revenue-kept and "
             "--revenue-earned",
             missing);
    }
    if (given->chart != NULL) fail(STATUS_USAGE, "--chart: there is no picture of earned growth");
    if (given->level != USUAL_LEVEL) fail(STATUS_USAGE, "--level is about intervals: earned growth has none");
    if (given->max_invalid < 100) fail(STATUS_USAGE, "--max-invalid is about answers: earned growth has none");
}

/* From the whole down to its parts. */
static void round_parts(growth *to)
{
    const nps_earned_growth_result *found = &to->found;
    const double scale = 100 * apportion_scale(DECIMALS), unit = apportion_scale(DECIMALS);
    const double both[] = {scale * found->earned_growth, scale * found->bought};
    const double parts[] = {scale * found->retention, scale * found->new_earned};
    int64_t two[2];
    to->shown[KEPT] = 100 * found->retention;
    to->shown[EARNED] = 100 * found->new_earned;
    to->shown[BOUGHT] = 100 * found->bought;
    to->earned_growth = 100 * found->earned_growth;
    to->all = 100 * found->growth;
    if (fmax(fabs(to->all), to->shown[KEPT]) > SUM_MOST) return;
    int64_t all = apportion_round(to->all, DECIMALS);
    apportion(both, 2, all, two);
    to->all = (double)all / unit;
    to->earned_growth = (double)two[0] / unit;
    to->shown[BOUGHT] = (double)two[1] / unit;
    apportion(parts, 2, two[0] + (int64_t)scale, two);
    to->shown[KEPT] = (double)two[0] / unit;
    to->shown[EARNED] = (double)two[1] / unit;
}

static char *percent(double number, bool sign, char buffer[ROUNDED_SIZE])
{
    if (fabs(number) > SUM_MOST) {
        snprintf(buffer, ROUNDED_SIZE, sign ? "%+.6g%%" : "%.6g%%", number);
        return buffer;
    }
    if (sign) {
        rounded_signed(number, DECIMALS, buffer);
    } else {
        rounded_number(number, NAN, DECIMALS, buffer);
    }
    return strcat(buffer, "%");
}

static void row(grid *to, const char *name, double number, bool sign, const char *what)
{
    char cell[ROUNDED_SIZE];
    grid_text(to, name);
    grid_text(to, percent(number, sign, cell));
    grid_text(to, what);
}

static void say(const growth *of, text *to)
{
    char earned[ROUNDED_SIZE], kept[ROUNDED_SIZE], new_earned[ROUNDED_SIZE], all[ROUNDED_SIZE], bought[ROUNDED_SIZE];
    text_say(to,
             "earned growth is %s: %s of the first period's revenue was kept, and %s came from new customers by "
             "recommendation",
             percent(of->earned_growth, true, earned), percent(of->shown[KEPT], false, kept),
             percent(of->shown[EARNED], false, new_earned));
    if (!of->has_bought) return;
    text_say(to, "; with %s from other new customers growth in all is %s", percent(of->shown[BOUGHT], false, bought),
             percent(of->all, true, all));
}

static void print_table(const growth *of)
{
    const options *given = of->given;
    grid lines = {0};
    speaker to = {speaker_print, &given, {0}};
    grid_column(&lines, "earned growth", false);
    grid_column(&lines, "of before", true);
    grid_column(&lines, "", false);
    row(&lines, "net revenue retention", of->shown[KEPT], false, "from customers of the first period");
    row(&lines, "earned", of->shown[EARNED], false, "from new customers by recommendation");
    row(&lines, "earned growth", of->earned_growth, true, "both, less 100%");
    if (of->has_bought) {
        row(&lines, "bought", of->shown[BOUGHT], false, "from other new customers");
        row(&lines, "growth", of->all, true, "earned growth and bought");
    }
    grid_print(&lines, given->format);
    if (given->format != FORMAT_MARKDOWN) putchar('\n');
    say(of, &to.sentence);
    speaker_free(&to);
}

static const char *const names[PART_COUNT] = {"retention", "new_earned", "earned_growth", "bought", "growth"};

static void take_numbers(const nps_earned_growth_result *of, double numbers[PART_COUNT])
{
    const double all[PART_COUNT] = {of->retention, of->new_earned, of->earned_growth, of->bought, of->growth};
    memcpy(numbers, all, sizeof all);
}

static void print_json(const growth *of)
{
    json_writer to = {.out = stdout, .one_line = of->given->format == FORMAT_JSONL};
    double numbers[PART_COUNT];
    take_numbers(&of->found, numbers);
    json_begin(&to, "outcomes");
    writer_field(&to, "earned_growth");
    writer_open(&to, '{');
    for (int i = 0; i < PART_COUNT; i++) writer_number_field(&to, names[i], numbers[i]);
    writer_close(&to, '}');
    writer_close(&to, '}');
    putchar('\n');
}

static void print_csv(const growth *of)
{
    grid lines = {0};
    double numbers[PART_COUNT];
    take_numbers(&of->found, numbers);
    for (int i = 0; i < PART_COUNT; i++) grid_column(&lines, names[i], true);
    for (int i = 0; i < PART_COUNT; i++) grid_number(&lines, numbers[i]);
    grid_print(&lines, FORMAT_CSV);
}

void outcomes_growth(const options *given)
{
    check(given);
    growth told = {.given = given, .has_bought = !isnan(given->revenue_bought)};
    told.found.struct_size = sizeof told.found;
    int status = nps_earned_growth(given->revenue_before, given->revenue_kept, given->revenue_earned,
                                   told.has_bought ? given->revenue_bought : 0, &told.found);
    if (status == NPS_ERR_RANGE) fail(STATUS_USAGE, "the revenues are too far apart: their ratio is no number");
    require(status, "earned growth");
    round_parts(&told);
    if (given->format == FORMAT_JSON || given->format == FORMAT_JSONL) {
        print_json(&told);
    } else if (given->format == FORMAT_CSV) {
        print_csv(&told);
    } else {
        print_table(&told);
    }
    output_end();
}
