/* nps tally: counts files of answers into a state, for nps merge and nps score. */
#include "platform.h"

#include "collect.h"
#include "commands.h"
#include "message.h"
#include "report.h"

int run_tally(const options *given)
{
    state counted;
    options_need_files(given);
    if (given->output == NULL) fail(STATUS_USAGE, "no file for the state: give one with -o");
    collect(given, true, false, &counted);
    state_write(&counted, given->output);
    int status = report_check_invalid(given, &counted);
    state_free(&counted);
    return status;
}
