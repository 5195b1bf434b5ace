/* The numbers of a rating as programs read them: what JSON and CSV have in common. */
#ifndef DRIVERS_FIELDS_H
#define DRIVERS_FIELDS_H

#include <stddef.h>
#include <stdint.h>

#include "drivers.h"

#define DRIVER_FIELDS 20

/* NaN where it is undefined. */
typedef struct driver_field {
    const char *name;
    double number;
} driver_field;

/* Always the same ones in the same order; how many. */
size_t driver_fields(const driver_report *of, const driver_group *group, size_t rating, driver_field *out);
/* Of a penalty or a reward. */
size_t contrast_fields(const driver_report *of, const nps_driver *told, driver_field *out);

/* NULL where there is none. */
const char *driver_fault_name(int32_t fault);
const char *driver_trouble_name(enum driver_trouble trouble);

#endif
