/* Two samples, before and after: which files they are, and whether their scores compare. */
#ifndef WAVES_H
#define WAVES_H

#include "options.h"
#include "state.h"

/* The names of two files without their directories, unless it takes them to tell the two apart. */
void waves_name_files(const options *given, const char *names[2]);

/* fail()s where the two are on different scales, or one alone is weighted; notes where they are of different kinds. */
void waves_check_alike(const state *from, const state *to, const char *const names[2]);

#endif
