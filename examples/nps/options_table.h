/* The table of options, which serves parsing and help. */
#ifndef OPTIONS_TABLE_H
#define OPTIONS_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "options.h"

#define OPTIONS_MOST 128

enum option_kind { OPTION_SET, OPTION_TEXT, OPTION_FLAG, OPTION_COUNT, OPTION_HELP };

/* A name may stand in several rows, for different commands. */
typedef struct option_row {
    const char *name;
    char letter;
    const char *argument; /* NULL: takes none */
    const char *help;
    uint32_t commands;
    bool for_rows;                         /* means nothing where no rows are read */
    void (*set)(options *to, char *value); /* of OPTION_SET */
    enum option_kind keeps;
    size_t field; /* of the next three: where in options its const char *, bool or uint64_t is */
} option_row;

/* Sets what a row of the table sets; fail()s on a value that is not understood. Not of OPTION_HELP. */
void option_take(const option_row *taken, options *to, char *value);

extern const option_row option_rows[];
extern const size_t option_count;

#endif
