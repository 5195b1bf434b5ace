/* A row for each rating, of each segment where there are any. */
#include "platform.h"

#include <math.h>
#include <stdio.h>

#include "compare.h"
#include "drivers.h"
#include "drivers_fields.h"
#include "grid.h"

static void contrast_columns(grid *to, const driver_report *of)
{
    static const char *const sides[] = {"penalty", "reward"};
    driver_field fields[DRIVER_FIELDS];
    char title[64];
    for (size_t side = 0; side < 2 && of->total.contrasts != NULL; side++) {
        size_t count = contrast_fields(of, &of->total.contrasts[side], fields);
        for (size_t i = 0; i < count; i++) {
            snprintf(title, sizeof title, "%s_%s", sides[side], fields[i].name);
            grid_column(to, title, true);
        }
    }
}

static void columns(grid *to, const driver_report *of)
{
    static const char *const counts[] = {"n", "missing", "invalid"};
    driver_field fields[DRIVER_FIELDS];
    size_t count = driver_fields(of, &of->total, 0, fields);
    compare_key_columns(to, &of->taken, "");
    grid_column(to, "name", false);
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) grid_column(to, counts[i], true);
    for (size_t i = 0; i < count; i++) grid_column(to, fields[i].name, true);
    contrast_columns(to, of);
    grid_column(to, "r_squared", true);
    grid_column(to, "fault", false);
}

static void write_row(grid *to, const driver_report *of, const driver_group *group, size_t rating)
{
    driver_field fields[DRIVER_FIELDS];
    size_t count = driver_fields(of, group, rating, fields);
    bool is_total = group->segment == RESULT_TOTAL;
    const char *fault = driver_fault_name(group->faults[rating]);
    if (!is_total) compare_key_cells(to, &of->taken, group->segment, false);
    grid_text(to, of->names[rating]);
    grid_count(to, group->drivers[rating].n);
    grid_count(to, group->missing[rating]);
    grid_number(to, is_total ? (double)of->invalid[rating] : (double)NAN);
    for (size_t i = 0; i < count; i++) grid_number(to, fields[i].number);
    for (size_t side = 0; side < 2 && group->contrasts != NULL; side++) {
        count = contrast_fields(of, &group->contrasts[2 * rating + side], fields);
        for (size_t i = 0; i < count; i++) grid_number(to, fields[i].number);
    }
    grid_number(to, group->fit.r_squared);
    grid_text(to, fault != NULL ? fault : "");
}

void drivers_csv(const driver_report *printed)
{
    grid lines = {0};
    columns(&lines, printed);
    for (size_t i = 0; i < printed->group_count; i++) {
        for (size_t j = 0; j < printed->count; j++) write_row(&lines, printed, &printed->groups[i], j);
    }
    for (size_t j = 0; j < printed->count && printed->taken.segments == NULL; j++) {
        write_row(&lines, printed, &printed->total, j);
    }
    grid_print(&lines, FORMAT_CSV);
}
