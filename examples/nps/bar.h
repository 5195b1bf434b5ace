/* The three classes of a result as a bar on a terminal. */
#ifndef BAR_H
#define BAR_H

#include <stddef.h>

#define BAR_LEAST 12
#define BAR_MOST  40
#define BAR_TITLE "detractors | passives | promoters"

/* The classes differ in their sign, so that colour only helps. */
typedef struct bar_style {
    const char *signs[3], *colours[3], *plain;
} bar_style;

/* What the terminal can show. */
bar_style bar_choose_style(void);

/* Fills `width` columns; shares NaN: with blanks. */
void bar_print(double detractor_share, double promoter_share, size_t width, const bar_style *with);

/* A bar of one sort, `share` of the width long; returns how many columns it leaves. */
size_t bar_print_length(double share, size_t width, const bar_style *with);

/* One line: which sign is which class. */
void bar_print_legend(const bar_style *with);

#endif
