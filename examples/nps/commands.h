/* The subcommands. Each returns the exit status. */
#ifndef COMMANDS_H
#define COMMANDS_H

#include "options.h"

int run_score(const options *given);
int run_tally(const options *given);
int run_merge(const options *given);
int run_compare(const options *given);
int run_pairs(const options *given);
int run_rank(const options *given);
int run_weights(const options *given);
int run_trend(const options *given);
int run_explain(const options *given);
int run_drivers(const options *given);
int run_themes(const options *given);
int run_outcomes(const options *given);
int run_panel(const options *given);
int run_page(const options *given);
int run_watch(const options *given);
int run_plan(const options *given);
int run_audit(const options *given);

#endif
