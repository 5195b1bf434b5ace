/* The sentences below a table: which ones, in which order, and how they are laid out. */
#include "platform.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "arrange.h"
#include "compare.h"
#include "compare_words.h"
#include "output.h"
#include "rounded.h"

#define NAME_WIDTH   40
#define STAND_OUTS   10 /* segments, or pairs, that are told of */
#define BETWEEN_KEYS " / "

static enum text_escape escape_for(const options *given)
{
    return given->format == FORMAT_MARKDOWN ? TEXT_ESCAPE_MARKDOWN : TEXT_ESCAPE_TERMINAL;
}

/* Brackets are not parted: (p = .012) */
static size_t word_length(const char *word)
{
    size_t bracket = strcspn(word, ")");
    return *word == '(' && word[bracket] == ')' ? bracket + strcspn(word + bracket, " ") : strcspn(word, " ");
}

/* Between words, so that lines end at the terminal's edge and not in a word. */
static void print_wrapped(const text *sentence, size_t width)
{
    size_t column = 0;
    for (const char *word = sentence->bytes; *word != '\0';) {
        size_t length = word_length(word), taken = text_width(word, length);
        if (column > 0 && column + 1 + taken > width) {
            putchar('\n');
            column = 0;
        } else if (column > 0) {
            putchar(' ');
            column++;
        }
        fwrite(word, 1, length, stdout);
        column += taken;
        word += length + strspn(word + length, " ");
    }
    putchar('\n');
}

void compare_say(const options *given, text *sentence)
{
    if (sentence->length == 0) return;
    bool markdown = given->format == FORMAT_MARKDOWN;
    if (!markdown && isatty(STDOUT_FILENO)) {
        print_wrapped(sentence, output_width());
    } else {
        printf("%s%s\n", markdown ? "\n" : "", sentence->bytes);
    }
    sentence->length = 0;
}

static void print_sentence(const comparison *of, text *sentence)
{
    compare_say(of->given, sentence);
}

/* A name that runs from right to left must not reorder what stands beside it. */
void compare_text_name(const options *given, const char *bytes, size_t length, text *to)
{
    bool has_utf8 = text_user_has_utf8() || given->format == FORMAT_PAGE; /* and pictures */
    bool isolated = has_utf8 && text_is_right_to_left(bytes, length);
    if (isolated) text_append(to, "\u2068", strlen("\u2068"));
    text_append_escaped(to, bytes, length, NAME_WIDTH, escape_for(given));
    if (isolated) text_append(to, "\u2069", strlen("\u2069"));
}

void compare_name(const options *given, const state *counted, size_t index, text *to)
{
    text part = {0};
    for (int32_t i = 0; i < counted->dimensions; i++) {
        if (i > 0) text_append(to, BETWEEN_KEYS, strlen(BETWEEN_KEYS));
        state_segment_name(counted, index, i, &part);
        compare_text_name(given, part.bytes, part.length, to);
    }
    text_free(&part);
}

static void write_stand_out(const comparison *of, const contrast *told, text *sentence)
{
    text name = {0}, other = {0};
    compare_name(of->given, of->sides[0], told->to, &name);
    if (of->kind == COMPARE_BENCHMARK) {
        result segment;
        result_segment(of->sides[0], told->to, of->given, &segment);
        words_benchmark(sentence, of, told, &segment, name.bytes);
    } else if (of->kind == COMPARE_PAIRS) {
        compare_name(of->given, of->sides[0], told->from, &other);
        words_segment(sentence, of, told, name.bytes, other.bytes);
    } else {
        words_segment(sentence, of, told, name.bytes, "the rest");
    }
    print_sentence(of, sentence);
    text_free(&name);
    text_free(&other);
}

static size_t print_stand_outs(const comparison *of, text *sentence)
{
    size_t count = 0;
    for (size_t i = 0; i < of->count; i++) {
        enum verdict verdict = verdict_of(&of->contrasts[i], of->given->level);
        if (verdict != VERDICT_ABOVE && verdict != VERDICT_BELOW) continue;
        if (count++ < STAND_OUTS) write_stand_out(of, &of->contrasts[i], sentence);
    }
    if (count > STAND_OUTS) {
        char more[64];
        snprintf(more, sizeof more, "and %zu more: see their verdicts above", count - STAND_OUTS);
        text_append(sentence, more, strlen(more));
        print_sentence(of, sentence);
    }
    return count;
}

/* Where an interval leaves out 0 and the verdict is unclear, or the score is above, it is told why. */
static void print_adjustment(const comparison *of, text *sentence)
{
    bool lost = false;
    size_t looks = 0;
    for (size_t i = 0; i < of->count; i++) {
        lost = lost || verdict_is_lost(&of->contrasts[i], of->given->level);
        looks += verdict_of(&of->contrasts[i], of->given->level) != VERDICT_NONE;
    }
    if (!lost) return;
    char buffer[128];
    snprintf(buffer, sizeof buffer, "an interval is for one look; p and verdict allow for all %zu (%s)", looks,
             nps_adjust_method_name(of->given->adjust));
    text_append(sentence, buffer, strlen(buffer));
    print_sentence(of, sentence);
}

static void print_hidden(const comparison *of, text *sentence)
{
    arrange_say_hidden(of->sides[0], of->given, sentence);
    print_sentence(of, sentence);
}

void compare_say_rows(const comparison *of)
{
    for (int i = 0; i < 2 && of->sides[i] != NULL && !of->counts_only; i++) {
        text sentence = {0};
        if (of->results[i].suppressed) continue;
        if (of->kind == COMPARE_TWO) {
            compare_text_name(of->given, of->names[i], strlen(of->names[i]), &sentence);
            text_append(&sentence, ": ", 2);
        }
        rounded_rows(&of->results[i].counts, &sentence);
        print_sentence(of, &sentence);
        text_free(&sentence);
    }
}

void compare_sentences(const comparison *printed, int decimals)
{
    text sentence = {0};
    size_t told_apart;
    text_append(&sentence, "", 0);
    if (printed->given->format != FORMAT_MARKDOWN) putchar('\n');
    switch (printed->kind) {
    case COMPARE_TWO:
        words_two(&sentence, printed, decimals);
        print_sentence(printed, &sentence);
        words_equivalence(&sentence, printed);
        break;
    case COMPARE_BENCHMARK:
        words_benchmark(&sentence, printed, &printed->overall, &printed->results[0], NULL);
        print_sentence(printed, &sentence);
        print_stand_outs(printed, &sentence);
        print_adjustment(printed, &sentence);
        break;
    case COMPARE_LIST:
        words_standing(&sentence, printed);
        break;
    default:
        told_apart = print_stand_outs(printed, &sentence);
        words_omnibus(&sentence, printed, told_apart);
        print_sentence(printed, &sentence);
        print_adjustment(printed, &sentence);
    }
    print_sentence(printed, &sentence);
    if (printed->kind != COMPARE_TWO) print_hidden(printed, &sentence);
    compare_say_rows(printed);
    text_free(&sentence);
}
