/* nps merge: adds states up, and tells the result as nps score would have told it of all their rows. */
#include "platform.h"

#include "arrange.h"
#include "collect.h"
#include "commands.h"
#include "invitations.h"
#include "report.h"

int run_merge(const options *given)
{
    state merged;
    options_need_files(given);
    arrange_check(given);
    collect(given, false, true, &merged);
    if (given->output != NULL) state_write(&merged, given->output);
    invitations_read(&merged, given);
    arrange(&merged, given);
    int status = report_print(given, &merged, false);
    state_free(&merged);
    return status;
}
