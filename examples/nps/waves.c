#include "platform.h"

#include <string.h>

#include "message.h"
#include "waves.h"

void waves_name_files(const options *given, const char *names[2])
{
    for (size_t i = 0; i < 2; i++) {
        const char *file = given->files[i], *slash = strrchr(file, '/');
        names[i] = strcmp(file, "-") == 0 ? "standard input" : slash != NULL ? slash + 1 : file;
    }
    if (strcmp(names[0], names[1]) != 0) return;
    for (size_t i = 0; i < 2; i++) names[i] = given->files[i];
}

void waves_check_alike(const state *from, const state *to, const char *const names[2])
{
    if (!nps_scale_equal(&from->scale, &to->scale)) {
        fail(STATUS_FAILED, "%s and %s are on different scales: their scores do not compare", names[0], names[1]);
    }
    if (from->is_weighted != to->is_weighted) {
        fail(STATUS_FAILED, "%s is %s, but %s is %s: their scores do not compare", names[0], state_sort(from), names[1],
             state_sort(to));
    }
    if (from->kind != to->kind && from->kind != NPS_KIND_NONE && to->kind != NPS_KIND_NONE) {
        note("%s and %s are of different kinds, such as relational and transactional: they differ for that alone",
             names[0], names[1]);
    }
}
