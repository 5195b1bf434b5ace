/* The parts of JSON that several commands share. Keys and their order are stable. */
#ifndef RESULT_JSON_H
#define RESULT_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include <nps/compare.h>

#include "json_writer.h"
#include "result.h"
#include "state.h"

/* Opens the object: schema, command and version, then a new line. */
void json_begin(json_writer *to, const char *name);

/* "scale"; NULL: null. */
void json_scale(json_writer *to, const nps_scale *scale);

/* "key" of a segment; of a state without segments an empty one. */
void json_key(json_writer *to, const state *of, size_t index);
void json_key_value(json_writer *to, const state *of, size_t index); /* without the name */

/* The fields of a difference. */
void json_difference(json_writer *to, const nps_difference *of, double p_adjusted, const char *method);

/* "rows" of a total; null where it is hidden. */
void json_rows(json_writer *to, const result *total);

/* The fields of a result; of a hidden one the same, all null, after "suppressed": true. counts_only: from --counts,
 * without a mean and a histogram. */
void json_result(json_writer *to, const result *of, bool counts_only);
/* A result as an object of this name. */
void json_result_field(json_writer *to, const char *name, const result *of, bool counts_only);

#endif
