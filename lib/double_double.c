/* The functions of double_double_internal.h for what is compiled for size. */
#define NPSI_DD_LINKAGE extern
#include "double_double_internal.h"
