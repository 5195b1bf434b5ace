#include "commands.h"
#include "message.h"

int run_trend(const options *given)
{
    fail(STATUS_USAGE, "%s: not yet", given->command);
}
