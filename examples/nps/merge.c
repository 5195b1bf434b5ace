/* nps merge: adds states up, and tells the result as nps score would have told it of all their rows. */
#include "platform.h"

#include "collect.h"
#include "commands.h"
#include "report.h"

int run_merge(const options *given)
{
    state merged;
    options_need_files(given);
    collect(given, false, true, &merged);
    if (given->output != NULL) state_write(&merged, given->output);
    int status = report_print(given, &merged, false);
    state_free(&merged);
    return status;
}
