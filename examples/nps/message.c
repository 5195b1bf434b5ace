#include "platform.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "message.h"
#include "progress.h"
#include "text.h"

#define SHOWN_COUNT 8
#define SHOWN_WIDTH 60

static bool quiet_run;

static void print_line(const char *label, const char *format, va_list arguments)
{
    progress_clear();
    fprintf(stderr, "nps: %s", label);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
}

_Noreturn void fail(int status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    print_line("", format, arguments);
    va_end(arguments);
    exit(status);
}

void complain(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    print_line("", format, arguments);
    va_end(arguments);
}

void note(const char *format, ...)
{
    if (quiet_run) return;
    va_list arguments;
    va_start(arguments, format);
    print_line("note: ", format, arguments);
    va_end(arguments);
}

void message_quiet(bool quiet)
{
    quiet_run = quiet;
}

bool message_is_quiet(void)
{
    return quiet_run;
}

const char *shown(const char *bytes, size_t length)
{
    static text results[SHOWN_COUNT];
    static size_t next;
    text *result = &results[next++ % SHOWN_COUNT];
    result->length = 0;
    text_append(result, "\"", 1);
    text_append_escaped(result, bytes, length, SHOWN_WIDTH, TEXT_ESCAPE_TERMINAL);
    text_append(result, "\"", 1);
    return result->bytes;
}

void *reallocate(void *pointer, size_t size)
{
    void *result = realloc(pointer, size);
    if (result == NULL) fail(STATUS_FAILED, "out of memory");
    return result;
}

void *allocate(size_t size)
{
    return reallocate(NULL, size);
}

char *copy_text(const char *bytes, size_t length)
{
    char *copy = allocate(length + 1);
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}
