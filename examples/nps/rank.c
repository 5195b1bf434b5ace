/* nps rank: a leaderboard that does not reward luck. */
#include "platform.h"

#include "commands.h"
#include "message.h"

int run_rank(const options *given)
{
    options_need_files(given);
    fail(STATUS_USAGE, "not there yet");
}
