#include "platform.h"

#include "commands.h"
#include "message.h"

int run_compare(const options *given)
{
    fail(STATUS_USAGE, "nps %s is not there yet", given->command);
}
