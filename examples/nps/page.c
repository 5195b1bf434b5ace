#include "commands.h"
#include "message.h"

int run_page(const options *given)
{
    fail(STATUS_USAGE, "%s: not yet", given->command);
}
