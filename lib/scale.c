#include <nps/scale.h>

#include <string.h>

#include <nps/status.h>

static const nps_scale standard = {0, 10, 6, 9};

static const struct {
    const char *name;
    nps_scale scale;
} presets[] = {
    {"0-10", {0, 10, 6, 9}},
    {"1-10", {1, 10, 6, 9}},
    {"1-7", {1, 7, 4, 6}},
    {"1-5", {1, 5, 3, 5}},
};

void nps_scale_standard(nps_scale *out)
{
    if (out != NULL) *out = standard;
}

static int find_preset(const char *name, size_t length, nps_scale *out)
{
    for (size_t i = 0; i < sizeof presets / sizeof presets[0]; i++) {
        if (strlen(presets[i].name) != length || memcmp(presets[i].name, name, length) != 0) continue;
        *out = presets[i].scale;
        return NPS_OK;
    }
    return NPS_ERR_NOT_FOUND;
}

int nps_scale_preset(const char *name, nps_scale *out)
{
    if (name == NULL || out == NULL) return NPS_ERR_ARGUMENT;
    return find_preset(name, strlen(name), out);
}

/* Reads a whole number at *at and steps over it. Whatever does not fit an int8_t stays too large or too small. */
static int read_number(const char **at, const char *end, int *number)
{
    int negative = *at < end && **at == '-';
    const char *digit = *at + negative;
    int value = 0;
    if (digit == end || *digit < '0' || *digit > '9') return 0;
    for (; digit < end && *digit >= '0' && *digit <= '9'; digit++)
        if (value <= -INT8_MIN) value = 10 * value + (*digit - '0');
    *number = negative ? -value : value;
    *at = digit;
    return 1;
}

int nps_scale_parse(const char *text, size_t length, nps_scale *out)
{
    static const char after[] = {'-', ':', ':'};
    int numbers[4];
    if (text == NULL || out == NULL) return NPS_ERR_ARGUMENT;
    if (find_preset(text, length, out) == NPS_OK) return NPS_OK;
    const char *at = text, *end = text + length;
    for (int i = 0; i < 4; i++) {
        if (i > 0 && (at == end || *at++ != after[i - 1])) return NPS_ERR_FORMAT;
        if (!read_number(&at, end, &numbers[i])) return NPS_ERR_FORMAT;
    }
    if (at != end) return NPS_ERR_FORMAT;
    for (int i = 0; i < 4; i++)
        if (numbers[i] < INT8_MIN || numbers[i] > INT8_MAX) return NPS_ERR_SCALE;
    nps_scale scale = {(int8_t)numbers[0], (int8_t)numbers[1], (int8_t)numbers[2], (int8_t)numbers[3]};
    if (nps_scale_check(&scale) != NPS_OK) return NPS_ERR_SCALE;
    *out = scale;
    return NPS_OK;
}

int nps_scale_check(const nps_scale *scale)
{
    if (scale == NULL) return NPS_ERR_ARGUMENT;
    int ordered = scale->lowest <= scale->detractor_max && scale->detractor_max < scale->promoter_min &&
                  scale->promoter_min <= scale->highest;
    return ordered && scale->highest - scale->lowest < NPS_MAX_LEVELS ? NPS_OK : NPS_ERR_SCALE;
}

int nps_scale_equal(const nps_scale *a, const nps_scale *b)
{
    return a != NULL && b != NULL && memcmp(a, b, sizeof *a) == 0;
}

int32_t nps_classify(const nps_scale *scale, int32_t answer)
{
    if (scale == NULL) scale = &standard;
    if (nps_scale_check(scale) != NPS_OK || answer < scale->lowest || answer > scale->highest) return NPS_OFF_SCALE;
    if (answer >= scale->promoter_min) return NPS_PROMOTER;
    return answer <= scale->detractor_max ? NPS_DETRACTOR : NPS_PASSIVE;
}
