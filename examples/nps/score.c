/* nps score: the score of files of answers, of states, or of three counts. */
#include "platform.h"

#include "arrange.h"
#include "collect.h"
#include "commands.h"
#include "invitations.h"
#include "report.h"

int run_score(const options *given)
{
    state counted;
    bool counts = given->counts_count > 0;
    arrange_check(given);
    if (counts) {
        collect_counts(given, 0, &counted);
    } else {
        options_need_files(given);
        collect(given, true, true, &counted);
    }
    invitations_read(&counted, given);
    arrange(&counted, given);
    int status = report_print(given, &counted, counts);
    state_free(&counted);
    return status;
}
