/* nps: the Net Promoter Score on the command line. A thin program over libnps: it reads, calls, and prints. */
#include "platform.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <nps/version.h>

#include "commands.h"
#include "message.h"
#include "options.h"
#include "output.h"
#include "text.h"

static const command commands[] = {
    {"score", "[OPTION...] FILE...", "The score, its interval and counts: overall, and by segment with --by.",
     FOR_SCORE, run_score},
    {"tally", "[OPTION...] FILE... -o OUT.nps", "Counts answers into a state, a small file that merges exactly.",
     FOR_TALLY, run_tally},
    {"merge", "[OPTION...] IN.nps... [-o OUT.nps]", "Adds states up and tells the score.", FOR_MERGE, run_merge},
    {"compare", "[OPTION...] BEFORE AFTER | FILE... --by COLUMN | FILE... --benchmark POINTS",
     "Whether scores differ: two files, segments, or a benchmark.", FOR_COMPARE, run_compare},
    {"pairs", "[OPTION...] FILE... --before COLUMN --after COLUMN", "How the same people's answers changed.", FOR_PAIRS,
     run_pairs},
    {"trend", "[OPTION...] FILE... --time COLUMN --every UNIT",
     "The score by day, week, month, quarter or year: does it move?", FOR_TREND, run_trend},
    {"explain", "[OPTION...] BEFORE AFTER --by COLUMN | FILE... --by COLUMN --time COLUMN --from LABEL --to LABEL",
     "Why the score moved: who scores otherwise, and who else answers.", FOR_EXPLAIN, run_explain},
    {"panel", "[OPTION...] FILE... --respondent COLUMN --time COLUMN",
     "The latest answer of each respondent, who moved, and who is at risk.", FOR_PANEL, run_panel},
    {"rank", "[OPTION...] FILE... --by COLUMN", "A leaderboard that does not reward luck.", FOR_RANK, run_rank},
    {"drivers", "[OPTION...] FILE... --drivers COLUMN,...", "Which ratings drive the answer, and where to begin.",
     FOR_DRIVERS, run_drivers},
    {"themes", "[OPTION...] FILE... --themes COLUMN", "What each reason does to the score.", FOR_THEMES, run_themes},
    {"outcomes", "[OPTION...] FILE... --outcome COLUMN | --revenue-before R --revenue-kept R --revenue-earned R",
     "What answers are worth: an outcome by class; earned growth.", FOR_OUTCOMES, run_outcomes},
    {"weights", "[OPTION...] FILE... --targets FILE [-o OUT.csv]",
     "Rakes answers to known totals, and writes the rows with their weights.", FOR_WEIGHTS, run_weights},
    {"watch", "[OPTION...] FILE... --benchmark POINTS | FILE... --rules FILE",
     "Looks after every answer, or by rules, and tells when the score is worse.", FOR_WATCH, run_watch},
    {"report", "[OPTION...] FILE... -o OUT.html", "One page with the score, segments, trend and what to look at first.",
     FOR_PAGE, run_page},
    {"plan", "--margin POINTS | --detect POINTS | -n N [OPTION...]", "How many answers it takes.", FOR_PLAN, run_plan},
    {"audit", "-n N --promoters SHARE --detractors SHARE [OPTION...]", "How often each interval is right.", FOR_AUDIT,
     run_audit},
};

#define COMMAND_COUNT (sizeof commands / sizeof commands[0])

static int print_help(void)
{
    printf("Usage: nps COMMAND [OPTION...] FILE...\n"
           "The Net Promoter Score of survey answers, with an honest interval.\n\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++) printf("  nps %-8s %s\n", commands[i].name, commands[i].purpose);
    printf("\nFILE is CSV with a header, .jsonl, or a state (.nps); - is standard input.\n"
           "nps COMMAND --help tells the options, nps --version the version.\n");
    output_end();
    return STATUS_DONE;
}

static int print_version(void)
{
    printf("nps %s (%s)\n", nps_version_string(), nps_features());
    output_end();
    return STATUS_DONE;
}

/* A file opened later must not get the number of a standard stream that the caller had closed. */
static void hold_standard_streams(void)
{
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++) {
        if (fcntl(stream, F_GETFD) < 0) (void)open("/dev/null", O_RDONLY);
    }
}

int main(int argument_count, char **arguments)
{
    hold_standard_streams();
    signal(SIGPIPE, SIG_IGN); /* so that a write that fails is told of */
    text_start();
    if (argument_count < 2) fail(STATUS_USAGE, "no command; see nps --help");
    const char *name = arguments[1];
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) return print_help();
    if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0) return print_version();
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(name, commands[i].name) != 0) continue;
        options given;
        options_read(&commands[i], argument_count - 1, arguments + 1, &given);
        return commands[i].run(&given);
    }
    fail(STATUS_USAGE, "%s is not a command; see nps --help", shown(name, strlen(name)));
}
