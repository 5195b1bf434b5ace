/* Numbers as people are told them: rounded, but never so far that they say what the exact ones do not. */
#ifndef ROUNDED_H
#define ROUNDED_H

#include <stdbool.h>
#include <stdint.h>

#include <nps/tally.h>

#include "text.h"

#define ROUNDED_SIZE 32 /* what each of the buffers below must hold */

/* A number with so many decimals, or with as many more as it takes to stay on its side of `mark` (NaN: none). */
char *rounded_number(double number, double mark, int decimals, char *buffer);

/* The same in points, with a sign: +12, -3.4, 0. */
char *rounded_points(double points, double mark, int decimals, char *buffer);

/* The bounds of an interval, which stays on its side of `mark` and keeps its width; "n/a" and "" where undefined. */
void rounded_bounds(double lower, double upper, double mark, char *lower_words, char *upper_words);

/* With a sign and just so many decimals; never -0, and "n/a" where it is undefined. */
char *rounded_signed(double number, int decimals, char *buffer);

/* Whether so many decimals leave a number on its side of a mark. */
bool rounded_is_true(double number, double mark, int decimals);

/* "= .034", on its side of 1 - level; "< .0001", "n/a". */
char *rounded_p(double p, double level, char *buffer);

/* A probability: 87%, but 0% and 100% only where it is; "n/a" */
char *rounded_chance(double chance, char *buffer);

/* A share in percent with so many decimals, without the sign: 35.1; 0 and 100 only where it is, else <0.1 and >99.9;
 * "n/a" */
char *rounded_share(double share, int decimals, char *buffer);

/* 1,204 */
char *rounded_count(uint64_t count, char *buffer);

/* "2,831 rows: 2,746 responses, 85 missing, 0 invalid" */
void rounded_rows(const nps_tally *counts, text *to);

/* What stands between two bounds: an ellipsis, where the terminal has it. */
const char *rounded_between(void);

#endif
