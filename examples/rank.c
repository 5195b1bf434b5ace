#include <nps/rank.h>
#include <nps/status.h>
#include <stdio.h>

/* Five agents: who is really good? The first has three answers, all promoters. */
int main(void)
{
    static const char *const agents[] = {"Amira", "Bo", "Chidi", "Darya", "Elif"};
    static const nps_sample samples[] = {
        {0, 0, 3, 2}, {15, 30, 255, 299}, {30, 60, 110, 199}, {45, 50, 55, 149}, {2, 4, 6, 11},
    };
    const nps_rank_options options = {.struct_size = sizeof options, .adjust = NPS_ADJUST_HOLM, .best = 1};
    nps_heterogeneity between = {.struct_size = sizeof between};
    nps_ranked ranked[5];

    int status = nps_rank(samples, 5, &options, ranked, &between);
    if (status != NPS_OK) {
        fprintf(stderr, "%s\n", nps_strerror(status));
        return 1;
    }
    for (uint64_t rank = 1; rank <= 5; rank++) {
        for (int i = 0; i < 5; i++) {
            if (ranked[i].rank != rank) continue;
            printf("%d %-5s NPS %+4.0f, shrunken %+3.0f (%+.0f to %+.0f), best with probability %.2f\n", (int)rank,
                   agents[i], ranked[i].score, ranked[i].shrunken, ranked[i].lower, ranked[i].upper, ranked[i].best);
        }
    }
    printf("mean %+.0f\n", between.mean);
}
