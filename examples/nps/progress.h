/* A line on stderr about work that takes longer than a second, where stderr is a terminal. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdint.h>

/* The bytes that there are to read; 0: not known. */
void progress_start(uint64_t total_bytes);

void progress_advance(uint64_t bytes, uint64_t rows);

/* Takes the line away, if there is one. */
void progress_clear(void);

#endif
