#include <nps/version.h>
#include <stdio.h>

int main(void)
{
    const int32_t compiled = 10000 * NPS_VERSION_MAJOR + 100 * NPS_VERSION_MINOR + NPS_VERSION_PATCH;
    fprintf(stderr, "libnps %s, %s\n", nps_version_string(), nps_features());
    if (nps_version_number() < compiled)
        puts("the library is older than the headers: functions may be missing");
    else
        puts("the library has all that the headers promise");
}
