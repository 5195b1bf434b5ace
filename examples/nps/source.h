/* One input file, read a piece at a time. */
#ifndef SOURCE_H
#define SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SOURCE_PIECE ((size_t)128 * 1024)

enum source_kind { SOURCE_CSV, SOURCE_JSONL, SOURCE_STATE };

typedef struct source {
    const char *name; /* for messages */
    int file;
    bool ended, grows;
    bool marked;   /* it began with a byte order mark, which is passed over */
    size_t length; /* bytes in the piece */
    char piece[SOURCE_PIECE];
} source;

/* Opens a file, "-" for standard input, and reads its first piece. fail()s when it cannot be read. */
source *source_open(const char *path);

/* The same of one that may be growing still: pieces are what is there by now, the first one at least a whole line. */
source *source_follow(const char *path);

void source_close(source *closed);

/* Reads the next piece, whole but for the last, or what there is of one that grows. False at the end of the file. */
bool source_next(source *from);

/* What the first piece looks like: a state's magic, then .jsonl or .ndjson or a brace, else CSV. */
enum source_kind source_kind_of(const source *file);

/* The bytes of all these files together, 0 where one of them is not a plain file. */
uint64_t source_total_size(char *const *paths, size_t count);

#endif
