/* What to work on first: what matters most to the answer and is furthest from as good as can be. */
#include <nps.h>
#include <stdio.h>

/* The answer, a being 10, and ratings from 1 to 5 of four things. */
#define RATINGS 4
static const char *names[RATINGS] = {"staff", "speed", "price", "shop"};
static const char *rows[] = {
    "84335", "95434", "85455", "54344", "64224", "74423", "84524", "63334", "a5454", "85344", "64244", "a5425",
    "85545", "52435", "54113", "64144", "95424", "a5445", "a4434", "95425", "a5434", "94435", "85335", "85535",
    "64355", "54324", "63354", "a5545", "85444", "63334", "74425", "54325", "53333", "74445", "95435", "74345",
    "a5433", "a4434", "84343", "54124", "75234", "85245", "63252", "85323", "74335", "74434", "84244", "64335",
    "63434", "52214", "73223", "84423", "a5433", "94335", "53244", "a5545", "85455", "a5355", "63333", "94335",
    "55313", "64335", "74324", "74345", "84435", "a5425", "63344", "75355", "75434", "54325",
};

int main(void)
{
    static const double lowest[RATINGS] = {1, 1, 1, 1}, highest[RATINGS] = {5, 5, 5, 5};
    nps_drivers_options options = {.struct_size = sizeof options, .ratings = RATINGS};
    nps_drivers *drivers;
    nps_drivers_fit fit = {.struct_size = sizeof fit};
    nps_driver columns[RATINGS];
    nps_driver_weight weights[RATINGS];
    nps_driver_priority priorities[RATINGS];
    double ahead[RATINGS * RATINGS];
    int by_rank[RATINGS];

    if (nps_drivers_new(&options, &drivers) != NPS_OK) return 1;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double ratings[RATINGS];
        for (int j = 0; j < RATINGS; j++) ratings[j] = rows[i][1 + j] - '0';
        double answer = rows[i][0] == 'a' ? 10 : rows[i][0] - '0';
        if (nps_drivers_add(drivers, answer, ratings, 1) != NPS_OK) return 1;
    }
    if (nps_drivers_regression(drivers, NULL, &fit, columns) != NPS_OK) return 1;
    if (nps_drivers_relative_weights(drivers, NULL, weights) != NPS_OK) return 1;
    if (nps_drivers_priorities(drivers, NULL, lowest, highest, priorities, ahead) != NPS_OK) return 1;

    printf("%.0f rows, R^2 %.2f\n\n", (double)fit.n, fit.r_squared);
    printf("       mean  correlation  coefficient  relative weight\n");
    for (int j = 0; j < RATINGS; j++) {
        printf("%-5s  %.2f  %11.2f  %5.2f +- %.2f  %.2f (%.2f to %.2f)\n", names[j], columns[j].mean,
               columns[j].correlation, columns[j].coefficient, columns[j].upper - columns[j].coefficient,
               weights[j].weight, weights[j].lower, weights[j].upper);
        by_rank[priorities[j].rank - 1] = j;
    }
    printf("\nWork on %s first, then on %s: room of %.0f%% and %.0f%%.\n", names[by_rank[0]], names[by_rank[1]],
           100 * priorities[by_rank[0]].room, 100 * priorities[by_rank[1]].room);
    for (int rank = 1; rank < RATINGS; rank++)
        printf("That %s comes before %s has a probability of %.3f.\n", names[by_rank[0]], names[by_rank[rank]],
               ahead[by_rank[0] * RATINGS + by_rank[rank]]);
    nps_drivers_free(drivers);
    return 0;
}
