#include "platform.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nps/codec.h>
#include <nps/status.h>

#include "message.h"
#include "source.h"

static const char byte_order_mark[] = "\xEF\xBB\xBF";

static source *open_file(const char *path, bool grows)
{
    bool standard = strcmp(path, "-") == 0;
    int file = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) fail(STATUS_FAILED, "%s: cannot be opened: %s", path, strerror(errno));
    source *opened = allocate(sizeof *opened);
    opened->name = standard ? "standard input" : path;
    opened->file = file;
    opened->ended = false;
    opened->grows = grows;
    opened->length = 0;
    return opened;
}

static void read_more(source *from)
{
    ssize_t taken;
    do {
        taken = read(from->file, from->piece + from->length, SOURCE_PIECE - from->length);
    } while (taken < 0 && errno == EINTR);
    if (taken < 0) fail(STATUS_FAILED, "%s: cannot be read: %s", from->name, strerror(errno));
    from->length += (size_t)taken;
    from->ended = taken == 0;
}

static size_t mark_length(const source *from)
{
    return from->length >= 3 && memcmp(from->piece, byte_order_mark, 3) == 0 ? 3 : 0;
}

/* Whether the first line that has anything is there to its end; within quotes of CSV no line ends. */
static bool has_line(const source *from)
{
    size_t i = mark_length(from);
    while (i < from->length && isspace((unsigned char)from->piece[i])) i++;
    bool quoted = false, json = i < from->length && from->piece[i] == '{';
    for (; i < from->length; i++) {
        char byte = from->piece[i];
        if ((byte == '\r' || byte == '\n') && !quoted) return true;
        if (byte == '"' && !json) quoted = !quoted;
    }
    return false;
}

static source *start(source *opened)
{
    do {
        read_more(opened);
    } while (!opened->ended && opened->length < SOURCE_PIECE && !(opened->grows && has_line(opened)));
    size_t mark = mark_length(opened);
    opened->marked = mark > 0;
    opened->length -= mark;
    memmove(opened->piece, opened->piece + mark, opened->length);
    return opened;
}

source *source_open(const char *path)
{
    return start(open_file(path, false));
}

source *source_follow(const char *path)
{
    return start(open_file(path, true));
}

void source_close(source *closed)
{
    if (closed->file != STDIN_FILENO) close(closed->file);
    free(closed);
}

bool source_next(source *from)
{
    from->length = 0;
    while (!from->ended && from->length < SOURCE_PIECE && !(from->grows && from->length > 0)) read_more(from);
    return from->length > 0;
}

static bool has_suffix(const char *name, const char *suffix)
{
    size_t length = strlen(name), suffix_length = strlen(suffix);
    return length > suffix_length && strcasecmp(name + length - suffix_length, suffix) == 0;
}

enum source_kind source_kind_of(const source *file)
{
    int32_t type;
    int status = nps_codec_type(file->piece, file->length, &type);
    if (status == NPS_OK || status == NPS_ERR_VERSION || has_suffix(file->name, ".nps")) return SOURCE_STATE;
    if (has_suffix(file->name, ".jsonl") || has_suffix(file->name, ".ndjson")) return SOURCE_JSONL;
    size_t first = 0;
    while (first < file->length && isspace((unsigned char)file->piece[first])) first++;
    return first < file->length && file->piece[first] == '{' ? SOURCE_JSONL : SOURCE_CSV;
}

uint64_t source_total_size(char *const *paths, size_t count)
{
    uint64_t total = 0;
    for (size_t i = 0; i < count; i++) {
        struct stat file;
        if (stat(paths[i], &file) != 0 || !S_ISREG(file.st_mode)) return 0;
        total += (uint64_t)file.st_size;
    }
    return total;
}
