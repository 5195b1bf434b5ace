/* The JSON that programs read: keys and their order are stable. */
#include "platform.h"

#include <stdio.h>

#include <nps/interval.h>
#include <nps/status.h>

#include "report.h"
#include "result_json.h"

static void write_segment(json_writer *to, const report *printed, size_t index)
{
    result segment;
    result_segment(printed->of, index, printed->given, &segment);
    writer_open(to, '{');
    json_key(to, printed->of, index);
    json_result(to, &segment, printed->counts_only);
    writer_close(to, '}');
}

void report_json(const report *printed)
{
    json_writer to = {.out = stdout};
    json_begin(&to, "score"); /* a merged state reads as if its rows had been scored at once */
    json_scale(&to, printed->counts_only ? NULL : &printed->of->scale);
    writer_line(&to);
    writer_text_field(&to, "method", nps_interval_method_name(printed->given->method));
    writer_number_field(&to, "level", printed->given->level);
    writer_field(&to, "weighted");
    writer_bool(&to, printed->of->is_weighted);
    json_rows(&to, &printed->total);
    writer_line(&to);
    json_result_field(&to, "total", &printed->total, printed->counts_only);
    writer_line(&to);
    writer_field(&to, "groups");
    writer_open(&to, '[');
    for (size_t i = 0; i < printed->told; i++) {
        writer_line(&to);
        write_segment(&to, printed, printed->order[i]);
    }
    writer_close(&to, ']');
    writer_close(&to, '}');
    putchar('\n');
}

/* A line for each segment, or for the total, whose key is empty, where there are none. */
void report_json_lines(const report *printed)
{
    if (printed->of->segments == NULL) {
        json_writer to = {.out = stdout};
        writer_open(&to, '{');
        json_key(&to, printed->of, 0);
        json_result(&to, &printed->total, printed->counts_only);
        writer_close(&to, '}');
        putchar('\n');
    }
    for (size_t i = 0; i < printed->told; i++) {
        json_writer to = {.out = stdout};
        write_segment(&to, printed, printed->order[i]);
        putchar('\n');
    }
}
