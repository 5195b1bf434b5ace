#include "platform.h"

#include <string.h>
#include <strings.h>

#include "chart.h"
#include "message.h"

bool chart_format_of(const char *path, enum chart_format *format)
{
    static const char *const ends[] = {".svg", ".png", ".pdf"};
    size_t length = strlen(path);
    for (int i = CHART_SVG; i <= CHART_PDF; i++) {
        size_t end = strlen(ends[i]);
        if (length <= end || strcasecmp(path + length - end, ends[i]) != 0) continue;
        *format = (enum chart_format)i;
        return true;
    }
    return false;
}

void chart_check(const char *path)
{
    enum chart_format format;
    if (!chart_format_of(path, &format)) {
        fail(STATUS_USAGE, "--chart %s: expected a file whose name ends in .svg, .png or .pdf",
             shown(path, strlen(path)));
    }
    if (!chart_is_built) {
        fail(STATUS_USAGE, "--chart: this command was built without pictures: install pango and cairo for development "
                           "(Debian: libpango1.0-dev), and build it again");
    }
}
