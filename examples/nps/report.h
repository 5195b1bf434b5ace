/* A state told to people and programs, in the format asked for. */
#ifndef REPORT_H
#define REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "options.h"
#include "result.h"
#include "state.h"
#include "text.h"

typedef struct report {
    const options *given;
    const state *of;
    bool counts_only; /* from --counts: there is no scale, no histogram and no mean */
    result total;
    size_t *order; /* of the segments that are told */
    size_t told;
    bool begins_with_total; /* the order does, as programs are told of a cube */
} report;

/* Prints a state that was arranged on standard output. Returns the exit status: are there too many invalid answers, is
 * the score high enough. */
int report_print(const options *given, const state *of, bool counts_only);

/* Exit 3 where --max-invalid is passed over, else 0. */
int report_check_invalid(const options *given, const state *of);
int report_check_invalid_of(const options *given, const state *of, const char *name); /* which of several */

/* Notes that a score has no interval because its survey design leaves no degrees of freedom. name: of one of several
 * samples, else NULL. */
void report_note_df(const result *of, const char *name);

/* Notes a name of a segment that is not UTF-8. */
void report_check_names(const state *of);

/* The formats. */
void report_table(const report *printed);
void report_markdown(const report *printed);
void report_csv(const report *printed);
void report_json(const report *printed);
void report_json_lines(const report *printed);

/* The parts of the CSV: names of the key's columns and a segment's key, each with a comma at its end; names of a
 * result's columns, and a result. */
void report_csv_dimensions(const report *printed);
void report_csv_key(const report *printed, size_t index);
void report_csv_titles(const report *printed);
void report_csv_result(const report *printed, const result *of);

/* Of --invited, --invitations and --account: for people, titles of columns and their cells, the same number of both. */
#define EXTRAS_MOST 4
#define EXTRA_SIZE  80
size_t report_extra_titles(const report *printed, const char *between, char titles[EXTRAS_MOST][EXTRA_SIZE]);
void report_extra_cells(const result *of, const char *between, char cells[EXTRAS_MOST][EXTRA_SIZE]);

/* For people, n/a where it is undefined: the score as +40; the effective size; the bounds of the interval as whole
 * points, with as many decimals as it takes to keep a width from vanishing (where undefined, the upper one is empty).
 */
void report_score(const result *of, char score[8]);
/* Detractors, passives, promoters: whole percentages that add up, and to the score as shown; with weights, with a
 * decimal.
 */
void report_shares(const result *of, char shares[3][8]);
void report_effective(const result *of, char effective[32]);
void report_bounds(const result *of, char lower[16], char upper[16]);

#endif
