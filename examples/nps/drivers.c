#include "platform.h"

#include "commands.h"
#include "message.h"

int run_drivers(const options *given)
{
    (void)given;
    fail(STATUS_USAGE, "not yet");
}
