/* What libFuzzer calls; each fuzz_*.c has one. replay.c calls it with files, without libFuzzer. */
#ifndef TEST_FUZZ_H
#define TEST_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Stops the program where a promise is broken, with or without NDEBUG. */
#define MUST(condition)                     \
    do {                                    \
        if (!(condition)) __builtin_trap(); \
    } while (0)

#endif
