#include "platform.h"

#include <string.h>

#include "compare.h"
#include "speaker.h"

void speaker_end(speaker *of)
{
    if (of->sentence.length > 0) of->say(of->user, of->sentence.bytes);
    of->sentence.length = 0;
}

void speaker_free(speaker *freed)
{
    speaker_end(freed);
    text_free(&freed->sentence);
}

void speaker_print(void *user, const char *sentence)
{
    const options *const *given = user;
    text line = {0};
    text_append(&line, sentence, strlen(sentence));
    compare_say(*given, &line);
    text_free(&line);
}
