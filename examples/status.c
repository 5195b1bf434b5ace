#include <nps/status.h>
#include <nps/tally.h>
#include <stdio.h>

/* Prints the score, or why there is none. */
static void report(const nps_tally *tally)
{
    double points;
    int status = nps_score(tally, &points);
    if (status == NPS_OK)
        printf("%.1f\n", points);
    else
        printf("no score: %s (%s)\n", nps_strerror(status), nps_error_name(status));
}

int main(void)
{
    nps_tally tally;
    nps_tally_init(&tally, NULL);
    report(&tally);
    nps_tally_add(&tally, 10, 3);
    nps_tally_add(&tally, 2, 1);
    report(&tally);

    int status = nps_tally_remove(&tally, 2, 5); /* there is only one */
    printf("remove: %s\n", nps_error_name(status));
    report(&tally); /* as before */
}
