#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <csv.h>

#include <nps/status.h>

#include "invalid.h"
#include "message.h"
#include "text.h"

/* So few answers may all be low by chance. */
#define ENOUGH_ANSWERS 7

void invalid_start(invalid_answers *started, const nps_scale *scale, const char *rejects)
{
    *started = (invalid_answers){.scale = scale};
    if (rejects == NULL) return;
    started->rejects = output_open(rejects);
    fputs("file,row,column,value,reason\n", output_stream(started->rejects));
}

static void count_value(invalid_answers *to, const cell *value)
{
    size_t i = 0;
    while (i < to->value_count &&
           (to->values[i].length != value->length || memcmp(to->values[i].bytes, value->bytes, value->length) != 0)) {
        i++;
    }
    if (i == INVALID_VALUES || value->length > INVALID_LENGTH) return;
    if (i == to->value_count) {
        to->value_count++;
        memcpy(to->values[i].bytes, value->bytes, value->length);
        to->values[i].length = value->length;
    }
    to->values[i].count++;
}

static void count_number(invalid_answers *to, double number)
{
    if (to->numbers == 0 || number < to->lowest) to->lowest = number;
    if (to->numbers == 0 || number > to->highest) to->highest = number;
    to->numbers++;
}

void invalid_list(invalid_answers *to, const row *from, size_t column, const char *reason)
{
    if (to->rejects == NULL) return;
    FILE *list = output_stream(to->rejects);
    const char *name = from->names[column];
    const cell *value = &from->cells[column];
    csv_fwrite(list, from->file, strlen(from->file));
    fprintf(list, ",%" PRIu64 ",", from->number);
    csv_fwrite(list, name, strlen(name));
    fputc(',', list);
    csv_fwrite(list, value->bytes, value->length);
    fprintf(list, ",%s\n", reason);
}

void invalid_take(invalid_answers *to, const row *from, size_t column)
{
    const cell *value = &from->cells[column];
    double number;
    bool is_number = parse_number(value->bytes, &number), is_whole = is_number && number == floor(number);
    if (to->total == 0) {
        text first = {0};
        char place[32];
        snprintf(place, sizeof place, " row %" PRIu64, from->number);
        text_append(&first, from->file, strlen(from->file));
        text_append(&first, place, strlen(place));
        to->first = first.bytes;
    }
    to->total++;
    count_value(to, value);
    if (is_whole) count_number(to, number);
    invalid_list(to, from, column, is_whole ? "off the scale" : is_number ? "not a whole number" : "not a number");
}

static const char *scale_text(const nps_scale *scale)
{
    static char buffer[16];
    snprintf(buffer, sizeof buffer, "%d-%d", scale->lowest, scale->highest);
    return buffer;
}

static void note_invalid(const invalid_answers *of)
{
    text values = {0};
    uint64_t named = 0;
    for (size_t i = 0; i < of->value_count; i++) {
        char count[32];
        const char *quoted = shown(of->values[i].bytes, of->values[i].length);
        snprintf(count, sizeof count, " %" PRIu64 " times, ", of->values[i].count);
        text_append(&values, quoted, strlen(quoted));
        text_append(&values, of->values[i].count > 1 ? count : ", ", of->values[i].count > 1 ? strlen(count) : 2);
        named += of->values[i].count;
    }
    if (named < of->total) text_append(&values, "others, ", 8);
    note("%" PRIu64
         " invalid answer%s on the scale %s: %sthe first at %s; --missing takes such as no answer, --rejects "
         "lists them",
         of->total, of->total > 1 ? "s" : "", scale_text(of->scale), values.bytes, of->first);
    text_free(&values);
}

/* The shortest of the usual scales that holds all answers from lowest to highest; false where none does. */
static bool fitting_scale(double lowest, double highest, const char **name, nps_scale *scale)
{
    static const char *const names[] = {"1-5", "1-7", "0-10"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        *name = names[i];
        if (nps_scale_preset(names[i], scale) != NPS_OK) return false;
        if (lowest >= scale->lowest && highest <= scale->highest) return true;
    }
    return false;
}

/*
 * Answers of another scale are counted without complaint, and wrongly: 7 of 1-7 is the best, and passive on 0-10. Two
 * signs tell: many numbers off the scale, or none at all in its upper part.
 */
static void note_wrong_scale(const invalid_answers *of, const nps_tally *total)
{
    const char *name;
    nps_scale fitting;
    double lowest = of->lowest, highest = of->highest;
    bool any = of->numbers > 0;
    for (int i = 0; i <= of->scale->highest - of->scale->lowest; i++) {
        double answer = of->scale->lowest + i;
        if (total->level[i] == 0) continue;
        if (!any || answer < lowest) lowest = answer;
        if (!any || answer > highest) highest = answer;
        any = true;
    }
    uint64_t numbers = nps_tally_responses(total) + of->numbers;
    bool fits = any && fitting_scale(lowest, highest, &name, &fitting);
    bool many_off = of->numbers > numbers / 20;
    if (numbers < ENOUGH_ANSWERS) return;
    if (many_off && !fits) {
        note("the answers run from %.15g to %.15g, on the scale %s: libnps takes scales of at most 11 whole numbers",
             lowest, highest, scale_text(of->scale));
    } else if (fits && (many_off || fitting.highest < of->scale->highest)) {
        note("the answers run from %.15g to %.15g, on the scale %s: is it --scale %s?", lowest, highest,
             scale_text(of->scale), name);
    }
}

void invalid_tell(invalid_answers *of, const nps_tally *total)
{
    if (of->total > 0) note_invalid(of);
    note_wrong_scale(of, total);
    free(of->first);
    *of = (invalid_answers){.scale = of->scale, .rejects = of->rejects};
}

void invalid_close(invalid_answers *closed)
{
    if (closed->rejects != NULL) output_close(closed->rejects);
    closed->rejects = NULL;
}
