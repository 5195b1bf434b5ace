/* nps score: the score of files of answers, of states, or of three counts. */
#include "platform.h"

#include <nps/status.h>

#include "collect.h"
#include "commands.h"
#include "message.h"
#include "report.h"

/* Three classes are a scale of three answers: -1, 0 and 1. */
static void take_counts(const options *given, state *out)
{
    static const nps_scale classes = {-1, 1, -1, 1};
    if (given->file_count > 0) fail(STATUS_USAGE, "--counts takes the place of files: give one or the other");
    if (given->row_option != NULL) fail(STATUS_USAGE, "--%s is about rows: not with --counts", given->row_option);
    state_start(out, &classes, given->kind, false, NULL, 0);
    require(nps_tally_add(&out->tally, -1, given->detractors), "--counts");
    require(nps_tally_add(&out->tally, 0, given->passives), "--counts");
    require(nps_tally_add(&out->tally, 1, given->promoters), "--counts");
}

int run_score(const options *given)
{
    state counted;
    if (given->has_counts) {
        take_counts(given, &counted);
    } else {
        options_need_files(given);
        collect(given, true, true, &counted);
    }
    int status = report_print(given, &counted, given->has_counts);
    state_free(&counted);
    return status;
}
