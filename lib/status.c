#include <nps/status.h>

/* By the negated status: the numbers run from 0 without a gap. */
static const struct {
    const char *name, *meaning;
} statuses[] = {
    {"NPS_OK", "no error"},
    {"NPS_ERR_ARGUMENT", "a null pointer or an argument that the function does not know"},
    {"NPS_ERR_MEMORY", "out of memory"},
    {"NPS_ERR_RANGE", "a value outside the range that the function is defined for"},
    {"NPS_ERR_EMPTY", "no answers, so there is no score"},
    {"NPS_ERR_SCALE", "an impossible scale, or states of different scales or kinds"},
    {"NPS_ERR_OVERFLOW", "a count or a sum is too large"},
    {"NPS_ERR_UNDERFLOW", "more is taken back than is there"},
    {"NPS_ERR_FORMAT", "the bytes or the text are truncated, altered or of another format"},
    {"NPS_ERR_VERSION", "the format is of a later version"},
    {"NPS_ERR_TYPE", "a column or a state of the wrong type"},
    {"NPS_ERR_BUFFER", "the buffer is too small"},
    {"NPS_ERR_SINGULAR", "a variance or an inverse does not exist"},
    {"NPS_ERR_CONVERGENCE", "an iteration ended before its tolerance"},
    {"NPS_ERR_NOT_FOUND", "no such key, name or index"},
    {"NPS_ERR_LIMIT", "larger than this build handles"},
};

#define STATUSES ((int)(sizeof statuses / sizeof statuses[0]))

static int known(int status)
{
    return status <= 0 && status > -STATUSES;
}

const char *nps_strerror(int status)
{
    return known(status) ? statuses[-status].meaning : "unknown status";
}

const char *nps_error_name(int status)
{
    return known(status) ? statuses[-status].name : "NPS_ERR_UNKNOWN";
}
