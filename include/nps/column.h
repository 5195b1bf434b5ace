/*
 * column.h: a batch of values, described without copying it.
 *
 * The layout is that of the Apache Arrow columnar format (version 1): a validity bitmap with the least significant bit
 * first, offsets into the bytes of strings, codes into a dictionary. All memory stays the caller's and is only read.
 */
#ifndef NPS_COLUMN_H
#define NPS_COLUMN_H

#include <stddef.h>
#include <stdint.h>

#include <nps/export.h>

NPS_BEGIN_DECLS

#define NPS_TYPE_I8         1
#define NPS_TYPE_I16        2
#define NPS_TYPE_I32        3
#define NPS_TYPE_I64        4
#define NPS_TYPE_U8         5
#define NPS_TYPE_U16        6
#define NPS_TYPE_U32        7
#define NPS_TYPE_U64        8
#define NPS_TYPE_F32        9
#define NPS_TYPE_F64        10
#define NPS_TYPE_BOOL       11 /* one bit a value, least significant first */
#define NPS_TYPE_UTF8       12 /* int32_t offsets */
#define NPS_TYPE_LARGE_UTF8 13 /* int64_t offsets */
#define NPS_TYPE_DICTIONARY 14 /* codes of index_type into the column `dictionary` */

/* Fill it with zeros first; a field that does not apply stays zero. */
typedef struct nps_column {
    int32_t type;            /* NPS_TYPE_* */
    int32_t index_type;      /* dictionary: the integer type of its codes */
    uint32_t flags;          /* text read as answers: NPS_PARSE_*; where there is a dictionary, in that */
    uint32_t reserved;       /* 0 */
    uint64_t length;         /* rows */
    uint64_t offset;         /* rows of values, offsets and validity to pass over first, as in Arrow */
    const void *values;      /* the numbers or bits; the bytes of all strings; the dictionary's codes */
    const void *offsets;     /* strings: where each begins, and one more for the end of the last */
    uint64_t value_bytes;    /* strings: the size of values, which offsets must keep to; 0: not known, not checked */
    const uint8_t *validity; /* a bit a row, 0 where there is no value; NULL: a value in every row */
    const struct nps_column *dictionary; /* the values that the codes stand for; not a dictionary itself */
} nps_column;

/*
 * NPS_OK when the description is sound: a known type, the pointers that it needs, offsets that do not run backwards or
 * past value_bytes, codes inside the dictionary. Every function that takes a column checks as much of this as it needs
 * to stay inside the memory described. Otherwise NPS_ERR_ARGUMENT (a null pointer, a length or offset that cannot be),
 * NPS_ERR_TYPE, or NPS_ERR_FORMAT (offsets or codes). *row, where row is not NULL, then tells the first row at fault (0
 * when it is no row's fault). Reads every row. Any thread. Since: 0.1.0
 */
NPS_API int nps_column_check(const nps_column *column, uint64_t *row);

NPS_END_DECLS

#endif
