/* nps weights: rakes answers to known totals, and writes the rows with their weights. */
#include "platform.h"

#include "commands.h"
#include "message.h"

int run_weights(const options *given)
{
    options_need_files(given);
    fail(STATUS_USAGE, "not there yet");
}
