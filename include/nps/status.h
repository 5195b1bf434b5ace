/*
 * status.h: what a call answers.
 *
 * A function that can fail returns int: NPS_OK, or one of the negative codes below. The numbers are fixed for ever.
 * When a call fails, no object and no out-parameter has changed, unless its comment says that it tells where.
 */
#ifndef NPS_STATUS_H
#define NPS_STATUS_H

#include <nps/export.h>

NPS_BEGIN_DECLS

#define NPS_OK              0
#define NPS_ERR_ARGUMENT    (-1)  /* a null pointer, an unknown method or flag, a level outside (0, 1) */
#define NPS_ERR_MEMORY      (-2)  /* the allocator gave nothing */
#define NPS_ERR_RANGE       (-3)  /* a value outside what the function is defined for */
#define NPS_ERR_EMPTY       (-4)  /* no answers: no score */
#define NPS_ERR_SCALE       (-5)  /* states on different scales or of different kinds, or an impossible scale */
#define NPS_ERR_OVERFLOW    (-6)  /* a count or a sum would no longer fit */
#define NPS_ERR_UNDERFLOW   (-7)  /* taking back more than is there */
#define NPS_ERR_FORMAT      (-8)  /* bytes or text that are not what they should be: truncated, altered, foreign */
#define NPS_ERR_VERSION     (-9)  /* a format of a later version */
#define NPS_ERR_TYPE        (-10) /* a column or a state of a type that does not serve here */
#define NPS_ERR_BUFFER      (-11) /* the caller's buffer is too small */
#define NPS_ERR_SINGULAR    (-12) /* a variance or an inverse that does not exist */
#define NPS_ERR_CONVERGENCE (-13) /* an iteration ended before its tolerance */
#define NPS_ERR_NOT_FOUND   (-14) /* no such key, name or index */
#define NPS_ERR_LIMIT       (-15) /* larger than this build handles */

/* What a status means, in a sentence without a full stop. Any number is taken. A static string. Since: 0.1.0 */
NPS_API const char *nps_strerror(int status);

/* The name of a status, such as "NPS_ERR_RANGE", or "NPS_ERR_UNKNOWN". A static string. Since: 0.1.0 */
NPS_API const char *nps_error_name(int status);

NPS_END_DECLS

#endif
