/* Output that is there whole or not at all. */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <stdio.h>

/* A file that takes its name only when it is complete: until then it stands beside it under a temporary one, which is
 * removed if the program ends early. What exists and is no plain file (/dev/null, a pipe) is written to directly. */
typedef struct output output;

output *output_open(const char *path);
FILE *output_stream(output *file);
void output_close(output *closed);

/* How many columns the terminal has, 80 where standard output is none. */
size_t output_width(void);

/* Flushes standard output and fail()s when something written to it was lost. */
void output_end(void);

#endif
