#include <nps/accounts.h>

#include <stddef.h>

#include <nps/status.h>

int nps_accounts(const nps_sample *accounts, size_t count, nps_accounts_result *out)
{
    (void)accounts;
    (void)count;
    (void)out;
    return NPS_ERR_ARGUMENT;
}

int nps_accounts_sample(const nps_sample *accounts, size_t count, double level, nps_sample *out)
{
    (void)accounts;
    (void)count;
    (void)level;
    (void)out;
    return NPS_ERR_ARGUMENT;
}
