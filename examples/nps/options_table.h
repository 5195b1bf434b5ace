/* The table of options, which serves parsing and help. */
#ifndef OPTIONS_TABLE_H
#define OPTIONS_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "options.h"

#define OPTIONS_MOST 128

/* A name may stand in several rows, for different commands. */
typedef struct option_row {
    const char *name;
    char letter;
    const char *argument; /* NULL: takes none */
    const char *help;
    uint32_t commands;
    bool for_rows; /* means nothing where no rows are read */
    void (*set)(options *to, char *value);
} option_row;

extern const option_row option_rows[];
extern const size_t option_count;

#endif
