#include "platform.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "message.h"
#include "output.h"
#include "text.h"

#define WIDTH_USUAL 80

struct output {
    FILE *stream;
    char *path, *temporary; /* temporary NULL: written to directly */
    output *next;
};

static output *unfinished;

static void remove_unfinished(void)
{
    for (output *file = unfinished; file != NULL; file = file->next) unlink(file->temporary);
}

_Noreturn static void fail_output(const char *path)
{
    fail(STATUS_FAILED, "%s: cannot be written: %s", path, strerror(errno));
}

/* Through symbolic links, so that they stay what they are. */
static char *real_path(const char *path)
{
    char *resolved = realpath(path, NULL);
    return resolved != NULL ? resolved : copy_text(path, strlen(path));
}

output *output_open(const char *path)
{
    static bool registered;
    struct stat existing;
    output *file = allocate(sizeof *file);
    bool direct = stat(path, &existing) == 0 && !S_ISREG(existing.st_mode);
    *file = (output){.path = real_path(path)};
    if (direct) {
        file->stream = fopen(path, "w");
        if (file->stream == NULL) fail_output(path);
        return file;
    }

    char number[32];
    snprintf(number, sizeof number, ".%" PRIdMAX ".tmp", (intmax_t)getpid());
    text name = {0};
    text_append(&name, file->path, strlen(file->path));
    text_append(&name, number, strlen(number));
    file->temporary = name.bytes;
    int descriptor = open(file->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0) fail_output(path);
    if (!registered) atexit(remove_unfinished);
    registered = true;
    file->next = unfinished;
    unfinished = file;
    file->stream = fdopen(descriptor, "w");
    if (file->stream == NULL) fail_output(path);
    return file;
}

FILE *output_stream(output *file)
{
    return file->stream;
}

void output_close(output *closed)
{
    bool written = fflush(closed->stream) == 0 && !ferror(closed->stream);
    if (written && closed->temporary != NULL) written = fsync(fileno(closed->stream)) == 0;
    if (fclose(closed->stream) != 0 || !written) fail_output(closed->path);
    if (closed->temporary != NULL) {
        if (rename(closed->temporary, closed->path) != 0) fail_output(closed->path);
        output **link = &unfinished;
        while (*link != closed) link = &(*link)->next;
        *link = closed->next;
    }
    free(closed->path);
    free(closed->temporary);
    free(closed);
}

size_t output_width(void)
{
    struct winsize size;
    bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? size.ws_col : WIDTH_USUAL;
}

void output_end(void)
{
    if (fflush(stdout) != 0 || ferror(stdout)) fail_output("standard output");
}
