/* Sentences that are said one by one, to whoever wants them. */
#ifndef SPEAKER_H
#define SPEAKER_H

#include "options.h"
#include "text.h"

typedef void say_function(void *user, const char *sentence);

typedef struct speaker {
    say_function *say;
    void *user;
    text sentence; /* begun, and to be said next */
} speaker;

/* Says the sentence, where there is any, and begins another one. */
void speaker_end(speaker *of);
void speaker_free(speaker *freed);

/* What prints below a table; user: points to a `const options *`. */
void speaker_print(void *user, const char *sentence);

#endif
