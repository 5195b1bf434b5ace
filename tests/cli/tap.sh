# shellcheck shell=sh disable=SC2154
# Helpers of the tests. A test is one line of TAP.

passed=0 failed=0 skipped=0
status=0

# nps ARGUMENT...: runs the program; its output is then in `out` and `err`, its exit in $status.
nps()
{
    status=0
    # shellcheck disable=SC2086
    ${NPS_WRAPPER:-} "$NPS" "$@" >out 2>err </dev/null || status=$?
}

# nps_input FILE ARGUMENT...: the same with a standard input.
nps_input()
{
    input=$1
    shift
    status=0
    # shellcheck disable=SC2086
    ${NPS_WRAPPER:-} "$NPS" "$@" >out 2>err <"$input" || status=$?
}

pass()
{
    passed=$((passed + 1))
    echo "ok $((passed + failed + skipped)) - $1"
}

fail()
{
    failed=$((failed + 1))
    echo "not ok $((passed + failed + skipped)) - $1"
    shift
    for line in "$@" "exit $status" "stderr: $(head -c 600 err)" "stdout: $(head -c 600 out)"; do
        printf '%s\n' "$line" | sed 's/^/# /'
    done
}

skip()
{
    skipped=$((skipped + 1))
    echo "ok $((passed + failed + skipped)) - $1 # SKIP $2"
}

# test_that NAME COMMAND...: passes when the command does.
test_that()
{
    name=$1
    shift
    if "$@"; then pass "$name"; else fail "$name" "failed: $*"; fi
}

has() { grep -qF -e "$2" "$1"; }
lacks() { ! grep -qF -e "$2" "$1"; }
is_empty() { [ ! -s "$1" ]; }
lines_of() { [ "$(wc -l <"$1")" -eq "$2" ]; }

# prints NAME TEXT ARGUMENT...: the run succeeds and its output has the text.
prints()
{
    name=$1 text=$2
    shift 2
    nps "$@"
    if [ "$status" -eq 0 ] && has out "$text"; then pass "$name"; else fail "$name" "wanted exit 0 and: $text"; fi
}

# notes NAME TEXT ARGUMENT...: the run succeeds, and says the text on stderr.
notes()
{
    name=$1 text=$2
    shift 2
    nps "$@"
    if [ "$status" -eq 0 ] && has err "$text"; then pass "$name"; else fail "$name" "wanted exit 0 and a note: $text"; fi
}

# refuses NAME STATUS TEXT ARGUMENT...: nothing on stdout, one line on stderr that has the text, that exit. What the
# program held when it gave up is no leak.
refuses()
{
    name=$1 wanted=$2 text=$3
    shift 3
    ASAN_OPTIONS=detect_leaks=0
    export ASAN_OPTIONS
    nps "$@"
    unset ASAN_OPTIONS
    if [ "$status" -eq "$wanted" ] && is_empty out && lines_of err 1 && has err "$text"; then
        pass "$name"
    else
        fail "$name" "wanted exit $wanted, no output, and one line with: $text"
    fi
}

# field FILE NAME: a field of the first JSON object in which it stands. For numbers, null and flat lists.
field() { sed -n "s/.*\"$2\": \\(\\[[^]]*\\]\\|[^,}]*\\).*/\\1/p" "$1" | head -n 1; }

# total FILE NAME: the same, of the total.
total() { sed -n '/"total"/p' "$1" >total.json; field total.json "$2"; }

# equals NAME ACTUAL EXPECTED
equals() { if [ "$2" = "$3" ]; then pass "$1"; else fail "$1" "is: $2" "not: $3"; fi; }

# near NAME ACTUAL EXPECTED TOLERANCE
near()
{
    if awk -v a="$2" -v e="$3" -v t="$4" 'BEGIN { d = a - e; exit !(a != "" && d <= t && -d <= t) }'; then
        pass "$1"
    else
        fail "$1" "is: $2" "not: $3 within $4"
    fi
}

# answers NUMBER...: a CSV with a column score of these.
answers() { printf 'score\n'; printf '%s\n' "$@"; }

finish()
{
    echo "1..$((passed + failed + skipped))"
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ]
}
