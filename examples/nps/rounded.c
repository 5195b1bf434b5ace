#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rounded.h"
#include "text.h"

#define DECIMALS_MOST 9

static int side(double number, double mark)
{
    return (number > mark) - (number < mark);
}

static bool keeps_side(double number, const char *words, double mark)
{
    return side(strtod(words, NULL), mark) == side(number, mark);
}

bool rounded_is_true(double number, double mark, int decimals)
{
    char words[ROUNDED_SIZE];
    snprintf(words, sizeof words, "%.*f", decimals, number);
    return keeps_side(number, words, mark);
}

static char *print_number(double number, int decimals, bool sign, char *buffer)
{
    snprintf(buffer, ROUNDED_SIZE, sign ? "%+.*f" : "%.*f", decimals, number);
    if (strtod(buffer, NULL) == 0) snprintf(buffer, ROUNDED_SIZE, "%.*f", decimals, 0.0);
    return buffer;
}

static char *print_beside(double number, double mark, int decimals, bool sign, char *buffer)
{
    while (!keeps_side(number, print_number(number, decimals, sign, buffer), mark) && decimals < DECIMALS_MOST) {
        decimals++;
    }
    return buffer;
}

char *rounded_signed(double number, int decimals, char *buffer)
{
    return isnan(number) ? strcpy(buffer, "n/a") : print_number(number, decimals, true, buffer);
}

char *rounded_number(double number, double mark, int decimals, char *buffer)
{
    return print_beside(number, mark, decimals, false, buffer);
}

char *rounded_points(double points, double mark, int decimals, char *buffer)
{
    return print_beside(points, mark, decimals, true, buffer);
}

void rounded_bounds(double lower, double upper, double mark, char *lower_words, char *upper_words)
{
    strcpy(lower_words, "n/a");
    strcpy(upper_words, "");
    for (int decimals = 0; !isnan(lower) && decimals <= DECIMALS_MOST; decimals++) {
        print_number(lower, decimals, true, lower_words);
        print_number(upper, decimals, true, upper_words);
        bool has_width = strcmp(lower_words, upper_words) != 0 || lower >= upper;
        if (has_width && keeps_side(lower, lower_words, mark) && keeps_side(upper, upper_words, mark)) break;
    }
}

char *rounded_p(double p, double level, char *buffer)
{
    char number[ROUNDED_SIZE];
    double threshold = round((1 - level) * 1e12) / 1e12; /* .05, which 1 - .95 is not */
    if (isnan(p)) {
        strcpy(buffer, "n/a");
    } else if (p < 1e-4) {
        snprintf(buffer, ROUNDED_SIZE, threshold > 1e-4 ? "< .0001" : "= %.3g", p);
    } else if (p >= 0.995) {
        strcpy(buffer, p == 1 ? "= 1" : "> .99");
    } else {
        rounded_number(p, threshold, p >= 0.095 ? 2 : p >= 0.0095 ? 3 : 4, number);
        snprintf(buffer, ROUNDED_SIZE, "= %.28s", number + 1); /* without the 0 before the point */
    }
    return buffer;
}

char *rounded_chance(double chance, char *buffer)
{
    if (isnan(chance)) {
        strcpy(buffer, "n/a");
    } else if (chance < 0.005) {
        strcpy(buffer, chance > 0 ? "<1%" : "0%");
    } else if (chance > 0.995) {
        strcpy(buffer, chance < 1 ? ">99%" : "100%");
    } else {
        snprintf(buffer, ROUNDED_SIZE, "%.0f%%", 100 * chance);
    }
    return buffer;
}

char *rounded_share(double share, int decimals, char *buffer)
{
    double least = pow(10, -decimals), percent = 100 * share;
    if (isnan(share)) {
        strcpy(buffer, "n/a");
    } else if (share == 0 || share == 1) {
        strcpy(buffer, share == 0 ? "0" : "100");
    } else if (percent < least / 2) {
        snprintf(buffer, ROUNDED_SIZE, "<%.*f", decimals, least);
    } else if (percent > 100 - least / 2) {
        snprintf(buffer, ROUNDED_SIZE, ">%.*f", decimals, 100 - least);
    } else {
        snprintf(buffer, ROUNDED_SIZE, "%.*f", decimals, percent);
    }
    return buffer;
}

char *rounded_count(uint64_t count, char *buffer)
{
    char digits[ROUNDED_SIZE], *end = buffer;
    int length = snprintf(digits, sizeof digits, "%" PRIu64, count);
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0) *end++ = ',';
        *end++ = digits[i];
    }
    *end = '\0';
    return buffer;
}

void rounded_rows(const nps_tally *counts, text *to)
{
    char rows[ROUNDED_SIZE], responses[ROUNDED_SIZE], missing[ROUNDED_SIZE], invalid[ROUNDED_SIZE], line[160];
    int length =
        snprintf(line, sizeof line, "%s rows: %s responses, %s missing, %s invalid",
                 rounded_count(nps_tally_total(counts), rows), rounded_count(nps_tally_responses(counts), responses),
                 rounded_count(counts->missing, missing), rounded_count(counts->invalid, invalid));
    text_append(to, line, (size_t)length);
}

const char *rounded_between(void)
{
    return text_user_has_utf8() ? " \u2026 " : " .. ";
}
