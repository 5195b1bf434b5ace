#include "platform.h"

#include "commands.h"
#include "message.h"

int run_themes(const options *given)
{
    (void)given;
    fail(STATUS_USAGE, "not yet");
}
