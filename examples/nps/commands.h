/* The subcommands. Each returns the exit status. */
#ifndef COMMANDS_H
#define COMMANDS_H

#include "options.h"

int run_score(const options *given);
int run_tally(const options *given);
int run_merge(const options *given);

#endif
