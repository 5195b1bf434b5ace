#include "platform.h"

#include "commands.h"
#include "message.h"

int run_outcomes(const options *given)
{
    (void)given;
    fail(STATUS_USAGE, "not yet");
}
