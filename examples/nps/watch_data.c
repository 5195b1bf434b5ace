/* The watch for programs. */
#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <csv.h>

#include "result_json.h"
#include "watch.h"

static void print_cell(const char *bytes)
{
    if (bytes != NULL) csv_fwrite(stdout, bytes, strlen(bytes));
}

static void print_number(double number)
{
    char buffer[32];
    printf(",%s", isnan(number) ? "" : format_number(number, buffer));
}

void watch_csv_line(const watch *told, const watch_numbers *of)
{
    if (told->last_line == 0) {
        printf("file,row,responses,missing,invalid,nps,lower,upper,log_e_value,p,alert\n");
    }
    print_cell(told->file);
    putchar(',');
    if (told->responses > 0) printf("%" PRIu64, told->row);
    printf(",%" PRIu64 ",%" PRIu64 ",%" PRIu64, told->responses, told->counted.missing, told->counted.invalid);
    print_number(of->score);
    print_number(of->lower);
    print_number(of->upper);
    print_number(of->log_e_value);
    print_number(of->p);
    printf(",%s\n", told->alert != NULL ? told->alert : "");
}

static void write_place(json_writer *to, const watch *told)
{
    writer_field(to, "file");
    if (told->responses == 0) {
        writer_null(to);
        writer_field(to, "row");
        writer_null(to);
        return;
    }
    writer_text(to, told->file, strlen(told->file));
    writer_count_field(to, "row", told->row);
}

static void write_numbers(json_writer *to, const watch_numbers *of)
{
    writer_number_field(to, "nps", of->score);
    writer_number_field(to, "lower", of->lower);
    writer_number_field(to, "upper", of->upper);
    writer_number_field(to, "log_e_value", of->log_e_value);
    writer_number_field(to, "p", of->p);
}

void watch_json_line(const watch *told, const watch_numbers *of)
{
    json_writer to = {.out = stdout};
    writer_open(&to, '{');
    write_place(&to, told);
    writer_count_field(&to, "responses", told->responses);
    writer_count_field(&to, "missing", told->counted.missing);
    writer_count_field(&to, "invalid", told->counted.invalid);
    write_numbers(&to, of);
    writer_field(&to, "alert");
    if (told->alert != NULL) {
        writer_text(&to, told->alert, strlen(told->alert));
    } else {
        writer_null(&to);
    }
    writer_close(&to, '}');
    putchar('\n');
}

static void write_alert(json_writer *to, const watch *told)
{
    writer_field(to, "alert");
    if (told->alert == NULL) {
        writer_null(to);
        return;
    }
    writer_open(to, '{');
    write_place(to, told);
    writer_count_field(to, "responses", told->responses);
    writer_text_field(to, "side", told->alert);
    writer_close(to, '}');
}

void watch_json(const watch *told, const watch_numbers *of)
{
    json_writer to = {.out = stdout};
    json_begin(&to, told->given->command);
    json_scale(&to, &told->given->scale);
    writer_line(&to);
    writer_number_field(&to, "level", told->given->level);
    writer_number_field(&to, "benchmark", told->given->benchmark);
    writer_count_field(&to, "rows", nps_tally_total(&told->counted));
    writer_line(&to);
    write_alert(&to, told);
    writer_line(&to);
    writer_count_field(&to, "responses", told->responses);
    writer_count_field(&to, "promoters", nps_tally_promoters(&told->counted));
    writer_count_field(&to, "passives", nps_tally_passives(&told->counted));
    writer_count_field(&to, "detractors", nps_tally_detractors(&told->counted));
    writer_count_field(&to, "missing", told->counted.missing);
    writer_count_field(&to, "invalid", told->counted.invalid);
    write_numbers(&to, of);
    writer_close(&to, '}');
    putchar('\n');
}
