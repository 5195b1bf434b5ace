#include "design_rows.h"

static const nps_key null = {.type = NPS_KEY_NULL};

/* Everything that asks for memory, on a design made with a counting allocator. */
static nps_design *filled(const nps_allocator *allocator, int64_t strata)
{
    const int spec = USE_STRATA | USE_CLUSTERS | USE_POPULATIONS;
    nps_design *design = new_design(spec, allocator);
    for (int64_t i = 0; i < 40 * strata; i++) {
        const design_row row = {strata * 100 - i % strata, i % 7, (char)('a' + i % 3), (int32_t)(i % 11), 1.5, 50};
        ck_status(add_row(design, spec, &row), NPS_OK);
    }
    return design;
}

/* A key that needs a piece of memory of its own. */
static nps_key long_key(void)
{
    static char bytes[70000];
    return (nps_key){.type = NPS_KEY_BYTES, .bytes = bytes, .length = sizeof bytes};
}

static int add_new(nps_design *design, const nps_design *other)
{
    const nps_key key = long_key();
    (void)other;
    return nps_design_add(design, &null, &null, &key, 9, 1);
}

static int set_new_population(nps_design *design, const nps_design *other)
{
    const nps_key key = long_key();
    (void)other;
    return nps_design_set_population(design, &key, 9);
}

static int copy(nps_design *design, const nps_design *other)
{
    nps_design *made = NULL;
    (void)other;
    int status = nps_design_copy(design, &made);
    ck_assert((status == NPS_OK) == (made != NULL));
    nps_design_free(made);
    return status;
}

static int sort(nps_design *design, const nps_design *other)
{
    (void)other;
    return nps_design_sort(design);
}

static int estimate(nps_design *design, const nps_design *other)
{
    nps_design_result result = {.struct_size = sizeof result};
    (void)other;
    return nps_design_estimate(design, NULL, NPS_LONELY_FAIL, &result);
}

static int segments(nps_design *design, const nps_design *other)
{
    nps_segments *made = NULL;
    (void)other;
    int status = nps_design_segments(design, &made);
    ck_assert((status == NPS_OK) == (made != NULL));
    nps_segments_free(made);
    return status;
}

static const struct {
    int (*call)(nps_design *, const nps_design *);
    int changes;
} hungry[] = {{add_new, 1}, {set_new_population, 1}, {nps_design_merge, 1}, {nps_design_subtract, 1}, {copy, 0},
              {sort, 0},    {estimate, 0},           {segments, 0}};

/* The nth request fails, for every n: an error, or done without; nothing lost, nothing changed. */
START_TEST(memory_fails)
{
    nps_design *other = filled(NULL, 9);
    int64_t refused = 1, failed = 0;
    for (int64_t n = 0; refused; n++) {
        nps_allocator allocator;
        test_memory memory;
        test_memory_start(&memory, -1, &allocator);
        nps_design *design = filled(&allocator, 4);
        if (hungry[_i].call == nps_design_subtract) {
            ck_status(nps_design_merge(design, other), NPS_OK);
            ck_status(add_new(design, NULL), NPS_OK);
        }
        snapshot before = take(design);
        uint64_t held = memory.bytes;
        memory.requests = 0;
        memory.fail_at = n;
        int status = hungry[_i].call(design, other);
        refused = memory.requests > n;
        memory.fail_at = -1;
        failed += status != NPS_OK;
        ck_assert(status == NPS_OK || (status == NPS_ERR_MEMORY && refused));
        if (!hungry[_i].changes && hungry[_i].call != sort) ck_assert_uint_eq(memory.bytes, held);
        ck_assert(unchanged(design, before) == (status != NPS_OK || !hungry[_i].changes));
        nps_design_free(design);
        ck_assert_uint_eq(memory.blocks, 0);
        ck_assert_uint_eq(memory.bytes, 0);
    }
    ck_assert_int_gt(failed, 0);
    nps_design_free(other);
}
END_TEST

START_TEST(memory_fails_at_first)
{
    for (int64_t n = 0;; n++) {
        nps_allocator allocator;
        test_memory memory;
        nps_design *design = NULL;
        test_memory_start(&memory, n, &allocator);
        const nps_design_options given = {.struct_size = sizeof given, .allocator = &allocator};
        int status = nps_design_new(&given, &design);
        nps_design_free(design);
        ck_assert_uint_eq(memory.blocks, 0);
        if (status == NPS_OK) {
            ck_assert_int_eq(n, 3);
            break;
        }
        ck_status(status, NPS_ERR_MEMORY);
        ck_assert_ptr_null(design);
    }
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_loop_test(tcase, memory_fails, 0, sizeof hungry / sizeof *hungry);
    tcase_add_test(tcase, memory_fails_at_first);
}

int main(void)
{
    return test_main("design_memory", add);
}
