#include <nps.h>
#include <stdio.h>
#include <string.h>

/* Answers with the reasons that people gave. */
static const struct {
    int answer;
    const char *reasons;
} given[] = {{9, "staff"},
             {3, "price; delivery"},
             {10, "staff; range"},
             {6, "delivery"},
             {8, "price"},
             {10, "staff"},
             {2, "delivery"},
             {9, "range"},
             {7, ""},
             {10, "staff; delivery"},
             {5, "price"},
             {9, "staff"},
             {4, "delivery; price"},
             {10, "range"},
             {8, "staff; price"},
             {6, "delivery"},
             {9, "staff; range"},
             {10, ""},
             {7, "price"},
             {1, "delivery"}};

int main(void)
{
    nps_segments_options options = {.struct_size = sizeof options};
    nps_themes_options wanted = {.struct_size = sizeof wanted, .adjust = NPS_ADJUST_HOLM};
    nps_segments *answers;
    nps_theme themes[8];
    size_t count;
    if (nps_themes_new(&options, &answers) != NPS_OK) return 1;
    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        nps_themes_add_text(answers, NULL, given[i].reasons, strlen(given[i].reasons), ";", 1, given[i].answer, 1);
    if (nps_themes_estimate(answers, NULL, &wanted, themes, 8, &count) != NPS_OK) return 1;

    double sum = 0;
    printf("theme     n  with  without  impact  adjusted p  contribution\n");
    for (size_t i = 0; i < count; i++) {
        const nps_theme *theme = &themes[i];
        int is_none = theme->theme.type == NPS_KEY_NULL;
        printf("%-8.*s  %d  %+4.0f  %+7.0f  %+6.1f  ", is_none ? 6 : (int)theme->theme.length,
               is_none ? "(none)" : theme->theme.bytes, (int)theme->mentions, theme->with, theme->without,
               theme->impact);
        if (is_none)
            printf("%10s", "");
        else
            printf("%10.3f", theme->p_adjusted);
        printf("  %+12.1f\n", theme->contribution);
        sum += theme->contribution;
    }
    printf("the score, which the contributions add up to: %+.1f\n", sum);
    nps_segments_free(answers);
}
