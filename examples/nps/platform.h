/* What of POSIX and its neighbours the command uses. Included before everything else. */
#ifndef PLATFORM_H
#define PLATFORM_H

#define _XOPEN_SOURCE    700
#define _DEFAULT_SOURCE  1 /* TIOCGWINSZ on glibc */
#define _DARWIN_C_SOURCE 1 /* and on macOS */

#endif
