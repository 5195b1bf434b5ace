// The same from C++.
#include <cstdint>
#include <cstdio>
#include <nps.h>
#include <vector>

int main()
{
    const std::vector<std::uint8_t> answers = {10, 10, 9, 9, 10, 10, 8, 7, 7, 2};
    nps_tally tally;
    double points = 0;
    if (nps_tally_init(&tally, nullptr) != NPS_OK) return 1;
    if (nps_tally_add_u8(&tally, answers.data(), answers.size()) != NPS_OK) return 1;
    if (nps_score(&tally, &points) != NPS_OK) return 1;
    std::printf("%g %s\n", points, nps_version_string());
    return 0;
}
