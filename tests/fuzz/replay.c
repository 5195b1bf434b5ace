/* Runs a fuzz entry over the files named: the corpus is replayed in the ordinary tests. */
#include <stdio.h>
#include <stdlib.h>

#include "fuzz.h"

static int replay(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) return 0;
    long size = ftell(file);
    uint8_t *bytes = size < 0 ? NULL : malloc(size > 0 ? (size_t)size : 1);
    rewind(file);
    int whole = bytes != NULL && fread(bytes, 1, (size_t)size, file) == (size_t)size;
    if (whole) (void)LLVMFuzzerTestOneInput(bytes, (size_t)size);
    free(bytes);
    fclose(file);
    return whole;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (replay(argv[i])) continue;
        fprintf(stderr, "replay: cannot read %s\n", argv[i]);
        return EXIT_FAILURE;
    }
    printf("replay: %d files\n", argc - 1);
    return argc > 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
