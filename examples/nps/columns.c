#include "platform.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "columns.h"
#include "message.h"
#include "text.h"

#define NOT_FOUND     SIZE_MAX
#define NEAREST_SHOWN 3
#define COMPARED      64 /* bytes of a name that the distance looks at */

size_t columns_want(columns *wanted, const char *name)
{
    for (size_t i = 0; i < wanted->count; i++) {
        const char *other = wanted->names[i];
        if (name == other || (name != NULL && other != NULL && strcmp(name, other) == 0)) return i;
    }
    if (wanted->count == COLUMNS_MOST) fail(STATUS_USAGE, "more than %d columns are named", COLUMNS_MOST);
    wanted->names[wanted->count] = name;
    return wanted->count++;
}

typedef bool name_match(const char *column, const char *name);

static bool same_exactly(const char *column, const char *name)
{
    return strcmp(column, name) == 0;
}

static bool same_trimmed(const char *column, const char *name)
{
    column += strspn(column, " \t");
    name += strspn(name, " \t");
    size_t length = strlen(column), name_length = strlen(name);
    while (length > 0 && strchr(" \t", column[length - 1]) != NULL) length--;
    while (name_length > 0 && strchr(" \t", name[name_length - 1]) != NULL) name_length--;
    return length == name_length && strncmp(column, name, length) == 0;
}

static bool is_answer(const char *column, const char *name)
{
    (void)name;
    return strcasecmp(column, "score") == 0 || strcasecmp(column, "nps") == 0 || strcasecmp(column, "rating") == 0;
}

static size_t find_only(const header *searched, const char *name, name_match *matches)
{
    size_t found = NOT_FOUND;
    for (size_t i = 0; i < searched->count; i++) {
        if (!matches(searched->names[i], name)) continue;
        if (found != NOT_FOUND) {
            fail(STATUS_USAGE, "%s: %s could be column %zu (%s) or column %zu (%s): give its number", searched->file,
                 name != NULL ? shown(name, strlen(name)) : "the answer", found + 1,
                 shown(searched->names[found], strlen(searched->names[found])), i + 1,
                 shown(searched->names[i], strlen(searched->names[i])));
        }
        found = i;
    }
    return found;
}

size_t header_find(const header *searched, const char *name)
{
    size_t found = NOT_FOUND;
    uint64_t number;
    if (name == NULL) {
        found = find_only(searched, name, is_answer);
    } else {
        found = find_only(searched, name, same_exactly);
        if (found == NOT_FOUND) found = find_only(searched, name, same_trimmed);
        if (found == NOT_FOUND && parse_count(name, &number) && number >= 1 && number <= searched->count) {
            found = (size_t)number - 1;
        }
    }
    if (found == NOT_FOUND) header_fail(searched, name);
    return found;
}

static bool same_but_for_case(const char *column, const char *name)
{
    column += strspn(column, " \t");
    size_t length = strlen(name);
    return strncasecmp(column, name, length) == 0 && column[length + strspn(column + length, " \t")] == '\0';
}

size_t header_find_list(const header *searched, const columns *wanted, size_t index)
{
    size_t found[2];
    for (size_t i = 0; i < 2; i++) found[i] = find_only(searched, wanted->names[i], same_but_for_case);
    if (found[index] != NOT_FOUND) return found[index];
    if (searched->count != 2) header_fail(searched, wanted->names[index]);
    size_t other = found[1 - index], column = other == NOT_FOUND ? index : 1 - other;
    double number;
    if (parse_number(searched->names[column], &number)) {
        fail(STATUS_USAGE, "%s: the first row is to name the columns: %s, %s", searched->file, wanted->names[0],
             wanted->names[1]);
    }
    return column;
}

/* Edits that turn one name into the other, case aside (Levenshtein 1966). */
static size_t distance(const char *a, const char *b)
{
    size_t row[COMPARED + 1], b_length = strlen(b);
    if (b_length > COMPARED) b_length = COMPARED;
    for (size_t j = 0; j <= b_length; j++) row[j] = j;
    for (size_t i = 0; i < COMPARED && a[i] != '\0'; i++) {
        size_t diagonal = row[0]++;
        for (size_t j = 0; j < b_length; j++) {
            bool same = tolower((unsigned char)a[i]) == tolower((unsigned char)b[j]);
            size_t best = diagonal + !same;
            if (row[j] + 1 < best) best = row[j] + 1;
            if (row[j + 1] + 1 < best) best = row[j + 1] + 1;
            diagonal = row[j + 1];
            row[j + 1] = best;
        }
    }
    return row[b_length];
}

/* The columns whose names are nearest, or the first ones where nothing was named. */
static size_t nearest(const header *searched, const char *name, size_t *found)
{
    size_t count = 0, distances[NEAREST_SHOWN];
    for (size_t i = 0; i < searched->count; i++) {
        size_t far = name != NULL ? distance(searched->names[i], name) : 0, at = count;
        while (at > 0 && far < distances[at - 1]) at--;
        if (at == NEAREST_SHOWN) continue;
        if (count < NEAREST_SHOWN) count++;
        for (size_t j = count - 1; j > at; j--) {
            found[j] = found[j - 1];
            distances[j] = distances[j - 1];
        }
        found[at] = i;
        distances[at] = far;
    }
    return count;
}

_Noreturn void header_fail(const header *searched, const char *name)
{
    size_t near[NEAREST_SHOWN], count = nearest(searched, name, near);
    text names = {0};
    for (size_t i = 0; i < count; i++) {
        const char *column = searched->names[near[i]];
        const char *quoted = shown(column, strlen(column));
        if (i > 0) text_append(&names, ", ", 2);
        text_append(&names, quoted, strlen(quoted));
    }
    if (name == NULL) {
        fail(STATUS_USAGE, "%s: no column is named score, nps or rating: name the answer with -s; the first of %zu: %s",
             searched->file, searched->count, names.bytes);
    } else {
        fail(STATUS_USAGE, "%s: no column %s; the nearest of %zu: %s", searched->file, shown(name, strlen(name)),
             searched->count, names.bytes);
    }
}
