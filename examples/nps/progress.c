#include "platform.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "message.h"
#include "progress.h"

#define FIRST_SECONDS 1.0
#define EVERY_SECONDS 0.2

static struct {
    bool wanted, drawn;
    uint64_t total, bytes, rows;
    double started, next;
} run;

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void progress_start(uint64_t total_bytes)
{
    run.wanted = !message_is_quiet() && isatty(STDERR_FILENO);
    run.total = total_bytes;
    run.started = seconds_now();
    run.next = run.started + FIRST_SECONDS;
}

static void draw(double elapsed)
{
    double megabytes = 1e-6 * (double)run.bytes, rate = megabytes / elapsed;
    fprintf(stderr, "\r\033[K%" PRIu64 " rows, %.0f MB, %.0f MB/s", run.rows, megabytes, rate);
    if (run.total > run.bytes) {
        fprintf(stderr, ", %.0f%%, %.0f s left", 100 * (double)run.bytes / (double)run.total,
                (1e-6 * (double)run.total - megabytes) / rate);
    }
    fflush(stderr);
    run.drawn = true;
}

void progress_advance(uint64_t bytes, uint64_t rows)
{
    run.bytes += bytes;
    run.rows += rows;
    if (!run.wanted) return;
    double now = seconds_now();
    if (now < run.next) return;
    run.next = now + EVERY_SECONDS;
    draw(now - run.started);
}

void progress_clear(void)
{
    if (run.drawn) fputs("\r\033[K", stderr);
    run.drawn = false;
}
