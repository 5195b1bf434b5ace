#include "platform.h"

#include <math.h>
#include <string.h>

#include "drivers_fields.h"

/* A fit that leaves nothing over makes an infinite t. */
static double defined(double number)
{
    return isinf(number) ? (double)NAN : number;
}

static size_t copy_fields(const driver_field *fields, size_t count, driver_field *out)
{
    for (size_t i = 0; i < count; i++) out[i] = (driver_field){fields[i].name, defined(fields[i].number)};
    return count;
}

size_t driver_fields(const driver_report *of, const driver_group *group, size_t rating, driver_field *out)
{
    const double unit = drivers_unit(of->given);
    const nps_driver *told = &group->drivers[rating];
    const nps_driver_weight *weight = &group->weights[rating];
    const nps_driver_priority *priority = &group->priorities[rating];
    const driver_field fields[] = {
        {"mean", told->mean},
        {"correlation", told->correlation},
        {"coefficient", unit * told->coefficient},
        {"standard_error", unit * told->standard_error},
        {"t", told->t},
        {"p", told->p},
        {"vif", told->vif},
        {"relative_weight", weight->weight},
        {"shapley", group->shapley[rating]},
        {"deviation", told->deviation},
        {"lower", unit * told->lower},
        {"upper", unit * told->upper},
        {"standardised", told->standardised},
        {"relative_weight_standard_error", weight->standard_error},
        {"relative_weight_lower", weight->lower},
        {"relative_weight_upper", weight->upper},
        {"room", priority->room},
        {"priority", priority->priority},
        {"priority_standard_error", priority->standard_error},
        {"rank", priority->rank > 0 ? priority->rank : (double)NAN},
    };
    return copy_fields(fields, sizeof fields / sizeof fields[0], out);
}

size_t contrast_fields(const driver_report *of, const nps_driver *told, driver_field *out)
{
    const double unit = drivers_unit(of->given);
    const driver_field fields[] = {
        {"share", told->mean},
        {"coefficient", unit * told->coefficient},
        {"standard_error", unit * told->standard_error},
        {"t", told->t},
        {"p", told->p},
        {"lower", unit * told->lower},
        {"upper", unit * told->upper},
    };
    return copy_fields(fields, sizeof fields / sizeof fields[0], out);
}

const char *driver_fault_name(int32_t fault)
{
    return fault == NPS_DRIVER_CONSTANT ? "constant" : fault == NPS_DRIVER_COLLINEAR ? "collinear" : NULL;
}

const char *driver_trouble_name(enum driver_trouble trouble)
{
    static const char *const names[] = {
        [DRIVERS_NOBODY] = "no rows",
        [DRIVERS_TOO_FEW] = "too few rows",
        [DRIVERS_CONSTANT_ANSWERS] = "constant answers",
        [DRIVERS_CONSTANT_RATINGS] = "constant ratings",
        [DRIVERS_COLLINEAR] = "collinear ratings",
        [DRIVERS_INCONSISTENT] = "inconsistent correlations",
    };
    return names[trouble];
}
