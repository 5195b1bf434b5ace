#include <nps/scale.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    static const char *const cells[] = {"10", "۹", "９．０", "10 - Extremely likely", "8.5", "11", " N/A ", ""};
    static const char *const classes[] = {"detractor", "passive", "promoter"};
    nps_scale scale;
    nps_scale_standard(&scale);
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        int32_t answer;
        nps_parse_answer(&scale, cells[i], strlen(cells[i]), NPS_PARSE_LABELS, &answer);
        if (answer == NPS_MISSING)
            printf("\"%s\" is missing\n", cells[i]);
        else if (answer == NPS_INVALID)
            printf("\"%s\" is invalid\n", cells[i]);
        else
            printf("\"%s\" is %d, a %s\n", cells[i], (int)answer, classes[nps_classify(&scale, answer) + 1]);
    }
}
