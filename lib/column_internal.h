/* Columns read a piece at a time, in the form in which states count: one code a row. */
#ifndef NPSI_COLUMN_INTERNAL_H
#define NPSI_COLUMN_INTERNAL_H

#include <nps/column.h>
#include <nps/scale.h>

/* Codes 0 to 10 are answers less the scale's lowest; then these two. The order is that of the counts in nps_tally:
 * level[11], missing, invalid. */
#define NPSI_CODE_MISSING 11
#define NPSI_CODE_INVALID 12
#define NPSI_CODES        13

static inline int npsi_type_is_text(int32_t type)
{
    return type == NPS_TYPE_UTF8 || type == NPS_TYPE_LARGE_UTF8;
}

/* Type, pointers, length: what can be said without reading rows. NPS_ERR_ARGUMENT or NPS_ERR_TYPE. */
int npsi_column_open(const nps_column *column);

/* Codes of rows first .. first + count - 1 of an opened column. NPS_ERR_FORMAT: an offset or a dictionary code that
 * leads outside. */
int npsi_column_codes(const nps_column *column, const nps_scale *scale, uint64_t first, size_t count, uint8_t *codes);

/* Values as doubles, NaN where a row is not valid. Number types and bool only, else NPS_ERR_TYPE. */
int npsi_column_doubles(const nps_column *column, uint64_t first, size_t count, double *values);

/* One row of text: *bytes NULL where the row is not valid. UTF-8 types only. NPS_ERR_FORMAT. */
int npsi_column_text(const nps_column *column, uint64_t row, const char **bytes, size_t *length);

/* One row of integers, bool or dictionary codes, which are inside the dictionary, else NPS_ERR_FORMAT. *valid 0 where
 * there is no value. NPS_ERR_RANGE: above INT64_MAX. Other types: NPS_ERR_TYPE. */
int npsi_column_integer(const nps_column *column, uint64_t row, int64_t *value, int *valid);

/* The same for a block of rows, as the values stand: what is above INT64_MAX is negative, codes may lead outside the
 * dictionary, and where valid[i] is 0 the value means nothing. Other types: NPS_ERR_TYPE. */
int npsi_column_integers(const nps_column *column, uint64_t first, size_t count, int64_t *values, uint8_t *valid);

/* The code of one answer that nps_tally_add would take. */
int npsi_answer_code(const nps_scale *scale, int32_t answer);

#endif
