#include "platform.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "bar.h"
#include "text.h"

static const bar_style ascii_style = {.signs = {"-", ".", "+"}, .colours = {"", "", ""}, .plain = ""};
static const bar_style unicode_style = {.signs = {"\u2591", "\u2592", "\u2588"}, .colours = {"", "", ""}, .plain = ""};

bar_style bar_choose_style(void)
{
    bar_style chosen = text_user_has_utf8() ? unicode_style : ascii_style;
    const char *no_colour = getenv("NO_COLOR");
    if (!isatty(STDOUT_FILENO) || (no_colour != NULL && *no_colour != '\0')) return chosen;
    chosen.colours[0] = "\033[31m";
    chosen.colours[1] = "\033[33m";
    chosen.colours[2] = "\033[32m";
    chosen.plain = "\033[0m";
    return chosen;
}

/* Where each class ends is rounded, not how long it is: so the parts add up to the whole. */
void bar_print(double detractor_share, double promoter_share, size_t width, const bar_style *with)
{
    const double ends[3] = {detractor_share, 1 - promoter_share, 1};
    size_t drawn = 0;
    for (int class = 0; !isnan(detractor_share) && class < 3; class ++) {
        size_t end = (size_t)(ends[class] * (double)width + 0.5);
        bool coloured = end > drawn;
        if (coloured) fputs(with->colours[class], stdout);
        for (; drawn < end; drawn++) fputs(with->signs[class], stdout);
        if (coloured) fputs(with->plain, stdout);
    }
    printf("%*s", (int)(width - drawn), "");
}

size_t bar_print_length(double share, size_t width, const bar_style *with)
{
    size_t end = isnan(share) ? 0 : (size_t)(share * (double)width + 0.5);
    for (size_t drawn = 0; drawn < end; drawn++) fputs(with->signs[2], stdout);
    return width - end;
}

void bar_print_legend(const bar_style *with)
{
    printf("%s detractors  %s passives  %s promoters\n", with->signs[0], with->signs[1], with->signs[2]);
}
