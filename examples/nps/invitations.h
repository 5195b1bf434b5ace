/* How many were asked. */
#ifndef INVITATIONS_H
#define INVITATIONS_H

#include "options.h"
#include "state.h"

/* --invited and --invitations, into a state that was arranged. Does nothing where neither was given. */
void invitations_take(state *of, const options *given);

#endif
