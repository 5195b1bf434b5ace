/* The columns that a command wants, and where a file has them. */
#ifndef COLUMNS_H
#define COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#define COLUMNS_MOST 128

/* Wanted columns by the name or number that the user gave; NULL for "whichever holds the answer". */
typedef struct columns {
    size_t count;
    bool is_list; /* two of them, names and numbers: see header_find_list */
    const char *names[COLUMNS_MOST];
} columns;

/* The place of a column among those wanted, made when it is new. */
size_t columns_want(columns *wanted, const char *name);

/* A file's header. */
typedef struct header {
    const char *file;
    size_t count;
    char **names;
    char delimiter;   /* of CSV */
    const char *line; /* the line that it is, where lines are kept */
    size_t line_length;
} header;

/*
 * Which column of the file a name means: the name exactly, then with blanks around it trimmed, then a number from 1;
 * for NULL the only one named score, nps or rating in any case. fail()s, with the nearest names, when there is none
 * or more than one.
 */
size_t header_find(const header *searched, const char *name);

/*
 * The same for one of the two columns of a list, whose names may be in any case; in a file of two columns, whatever
 * they are called, the first are the names. fail()s where a number stands for the name of a column: there is no header.
 */
size_t header_find_list(const header *searched, const columns *wanted, size_t index);

/* The end of find's failure, for readers that find no column by themselves. */
_Noreturn void header_fail(const header *searched, const char *name);

#endif
