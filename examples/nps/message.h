/* What the command says on stderr, one line each, and how it ends. */
#ifndef MESSAGE_H
#define MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

enum exit_status {
    STATUS_DONE = 0,
    STATUS_FAILED = 1,  /* input or output */
    STATUS_USAGE = 2,   /* arguments, a column that is not there among them */
    STATUS_INVALID = 3, /* more invalid answers than --max-invalid */
    STATUS_GATE = 4     /* the score is below --fail-under */
};

#if defined(__GNUC__)
#define MESSAGE_FORMAT(text, first) __attribute__((format(printf, text, first)))
#else
#define MESSAGE_FORMAT(text, first)
#endif

/* Prints one line and exits. */
_Noreturn void fail(int status, const char *format, ...) MESSAGE_FORMAT(2, 3);

/* Prints one line. */
void complain(const char *format, ...) MESSAGE_FORMAT(1, 2);

/* Prints one line, unless -q was given. */
void note(const char *format, ...) MESSAGE_FORMAT(1, 2);
void message_quiet(bool quiet);
bool message_is_quiet(void);

/* A value from the input for use in a message: in quotes, control characters escaped, cut when long. The last eight
 * results stay valid. */
const char *shown(const char *bytes, size_t length);

/* malloc and realloc that fail() when there is no memory. */
void *allocate(size_t size);
void *reallocate(void *pointer, size_t size);
char *copy_text(const char *bytes, size_t length);

#endif
