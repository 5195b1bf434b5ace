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

source *source_open(const char *path)
{
    bool standard = strcmp(path, "-") == 0;
    int file = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) fail(STATUS_FAILED, "%s: cannot be opened: %s", path, strerror(errno));
    source *opened = allocate(sizeof *opened);
    opened->name = standard ? "standard input" : path;
    opened->file = file;
    opened->ended = false;
    if (source_next(opened) && opened->length >= 3 && memcmp(opened->piece, byte_order_mark, 3) == 0) {
        opened->length -= 3;
        memmove(opened->piece, opened->piece + 3, opened->length);
    }
    return opened;
}

void source_close(source *closed)
{
    if (closed->file != STDIN_FILENO) close(closed->file);
    free(closed);
}

bool source_next(source *from)
{
    from->length = 0;
    while (!from->ended && from->length < SOURCE_PIECE) {
        ssize_t taken = read(from->file, from->piece + from->length, SOURCE_PIECE - from->length);
        if (taken < 0 && errno == EINTR) continue;
        if (taken < 0) fail(STATUS_FAILED, "%s: cannot be read: %s", from->name, strerror(errno));
        from->length += (size_t)taken;
        from->ended = taken == 0;
    }
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
