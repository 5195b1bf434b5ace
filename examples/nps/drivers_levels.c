/* Ratings that are words. */
#include "platform.h"

#include <stdlib.h>
#include <string.h>

#include "drivers.h"
#include "message.h"

static char lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
}

/* Small and capital letters of ASCII are the same: what else is depends on the language. */
static bool is_same(const char *word, const char *bytes, size_t length)
{
    size_t i = 0;
    while (i < length && word[i] != '\0' && lower(word[i]) == lower(bytes[i])) i++;
    return i == length && word[i] == '\0';
}

static const char *trim(const char *bytes, size_t *length)
{
    while (*length > 0 && strchr(" \t", *bytes) != NULL) {
        bytes++;
        --*length;
    }
    while (*length > 0 && strchr(" \t", bytes[*length - 1]) != NULL) --*length;
    return bytes;
}

size_t levels_find(const level_words *of, const char *bytes, size_t length)
{
    bytes = trim(bytes, &length);
    for (size_t i = 0; i < of->count; i++) {
        if (is_same(of->words[i], bytes, length)) return i + 1;
    }
    return 0;
}

void levels_start(level_words *started, const char *list)
{
    *started = (level_words){0};
    if (list == NULL) return;
    started->bytes = copy_text(list, strlen(list));
    for (char *word = started->bytes, *rest; word != NULL; word = rest) {
        rest = strchr(word, ',');
        if (rest != NULL) *rest++ = '\0';
        size_t length = strlen(word);
        const char *begin = trim(word, &length);
        word[(size_t)(begin - word) + length] = '\0';
        if (length == 0) fail(STATUS_USAGE, "--levels: a word is empty");
        if (levels_find(started, begin, length) > 0) {
            fail(STATUS_USAGE, "--levels %s: named twice", shown(begin, length));
        }
        started->words = reallocate(started->words, (started->count + 1) * sizeof *started->words);
        started->words[started->count++] = begin;
    }
    if (started->count < 2) fail(STATUS_USAGE, "--levels: expected two words or more, lowest first");
}

void levels_free(level_words *freed)
{
    free(freed->bytes);
    free(freed->words);
}
