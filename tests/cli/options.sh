# shellcheck shell=sh disable=SC2154
# Arguments, exits, rejects, and output that fails.

refuses "no command" 2 'nps --help'
refuses "an unknown command" 2 '"scores" is not a command' scores
refuses "no file" 2 'no file' score
for command in score tally merge compare pairs watch plan audit; do
    prints "$command --help" "Usage: nps $command" "$command" --help
    refuses "$command: an unknown option" 2 '"--nonsense" is not an option of nps' "$command" --nonsense
done
prints "--help" "nps score" --help
prints "--version" "nps $(awk '/^#define NPS_VERSION_/ && NF == 3 { v = v (v ? "." : "") $3 } END { print v }' "$root/include/nps/version.h") (" --version
refuses "an option without its value" 2 '--score needs a value' score --score
refuses "a short option without its value" 2 '-s needs a value' score -s
prints "an option cut short" '1,1,0,0' score --form csv "$(answers 9 >nine.csv; echo nine.csv)"
prints "options after files" '1,1,0,0' score nine.csv --format csv
printf 'score\n9\n' >./-dash.csv
prints "a file after --" '1,1,0,0' score --format csv -- -dash.csv

refuses "scale" 2 'expected 0-10, 1-10, 1-7, 1-5' score nine.csv --scale 1-12
refuses "method" 2 'expected score, skewed' score nine.csv --method exact
refuses "level 95" 2 'expected a fraction' score nine.csv --level 95
refuses "level 1" 2 'expected a fraction' score nine.csv --level 1
refuses "format" 2 'expected table, json' score nine.csv --format xml
refuses "delimiter" 2 'expected one character' score nine.csv -d ::
refuses "where" 2 'expected COLUMN=VALUE' score nine.csv --where score
refuses "where without a column" 2 'expected COLUMN=VALUE' score nine.csv --where '!=3'
refuses "where: no such column" 2 'no column "regio"' score nine.csv --where regio=x
refuses "by: an empty name" 2 'a name is empty' score nine.csv --by a,,b
refuses "by: nine columns" 2 'at most 8' score nine.csv --by 1,2,3,4,5,6,7,8,9
refuses "by: a column twice" 2 '"a": named twice' score nine.csv --by a,b -b a
refuses "counts: two" 2 'three whole numbers' score --counts 1,2
refuses "counts: a fraction" 2 'three whole numbers' score --counts 1,2,3.5
refuses "counts: negative" 2 'three whole numbers' score --counts 1,2,-3
refuses "counts and a file" 2 'the place of files' score --counts 1,2,3 nine.csv
refuses "counts and a row option" 2 '--by is about rows' score --counts 1,2,3 --by x
refuses "counts that are too many" 1 '--counts' score --counts 9223372036854775807,9223372036854775807,1
refuses "max-invalid" 2 'percentage from 0 to 100' score nine.csv --max-invalid 101
refuses "fail-under" 2 'points from -100 to 100' score nine.csv --fail-under 101
refuses "kind" 2 'expected relational' tally nine.csv -o x.nps --kind sometimes
refuses "tally without -o" 2 'give one with -o' tally nine.csv
refuses "options of another command" 2 'not an option of nps score' score nine.csv -o x
refuses "bootstrap with weights" 2 'bootstrap takes whole counts' score "$(printf 'score,w\n9,.5\n3,.7\n' >boot.csv; echo boot.csv)" -w w --method bootstrap
for method in score skewed adjusted-wald agresti-min bonett-price wald t likelihood jeffreys bootstrap; do
    prints "method $method" "\"method\": \"$method\"" score --counts 5,3,2 --method "$method" --format json
done

# 3 of 10 answers are invalid; missing ones are no answers.
answers 9 9 9 9 9 9 9 11 12 x NA NA >invalid.csv
nps score invalid.csv --max-invalid 30 -q
equals "max-invalid: not above" "$status" 0
nps score invalid.csv --max-invalid 29.9 --format json -q
equals "max-invalid: above is exit 3" "$status" 3
equals "max-invalid: the result is told all the same" "$(total out nps)" 100
test_that "max-invalid: and why" has err 'more than --max-invalid 29.9'
nps tally invalid.csv --max-invalid 0 -o invalid.nps -q
equals "max-invalid: tally too" "$status" 3
nps score --counts 6,2,2 --fail-under 40 -q
equals "fail-under: the score itself is enough" "$status" 0
nps score --counts 6,2,2 --fail-under 40.1 --format json
equals "fail-under: exit 4" "$status" 4
equals "fail-under: the result is told all the same" "$(total out nps)" 40
test_that "fail-under: and why" has err 'below --fail-under 40.1'
nps score --counts 2,2,6 --fail-under -40 -q
equals "fail-under: below zero" "$status" 0
nps score --counts 0,0,0 --fail-under -100 -q
equals "fail-under: no score is exit 4" "$status" 4
nps score invalid.csv --max-invalid 0 --fail-under 100 -q
equals "invalid goes before the gate" "$status" 3

notes "invalid answers are named" '3 invalid answers on the scale 0-10: "11", "12", "x", the first at invalid.csv row 9' score invalid.csv
printf 'id,score\n1,9\n2,8.5\n3,"a,""b"""\n4,11\n5,\n' >rejects_in.csv
nps score rejects_in.csv --rejects rejects.csv -q
cat >expected.csv <<'EOF'
file,row,column,value,reason
"rejects_in.csv",3,"score","8.5",not a whole number
"rejects_in.csv",4,"score","a,""b""",not a number
"rejects_in.csv",5,"score","11",off the scale
EOF
test_that "rejects" cmp -s rejects.csv expected.csv
nps score nine.csv --rejects rejects.csv
equals "rejects: none is a header alone" "$(cat rejects.csv)" file,row,column,value,reason
echo before >rejects.csv
nps score short.csv --rejects rejects.csv
equals "rejects: a run that fails leaves the old file" "$(cat rejects.csv)" before
equals "rejects: and nothing beside it" "$(ls rejects.csv*)" rejects.csv
nps score nine.csv --rejects /dev/null
test_that "rejects: a device stays one" test ! -f /dev/null
refuses "rejects: a directory that is not there" 1 'no/rejects.csv: cannot be written' score nine.csv --rejects no/rejects.csv
ln -s rejects.csv rejects.link
nps score rejects_in.csv --rejects rejects.link -q
test_that "rejects: a link stays one" test -L rejects.link
test_that "rejects: and leads to the list" cmp -s rejects.csv expected.csv

# Output that is lost is a failure.
if [ -c /dev/full ]; then
    for format in table json jsonl csv md; do
        status=0
        # shellcheck disable=SC2086
        ${NPS_WRAPPER:-} "$NPS" score nine.csv --format "$format" >/dev/full 2>err || status=$?
        equals "a full disk, $format" "$status $(wc -l <err | tr -d ' ')" "1 1"
    done
else
    skip "a full disk" "there is no /dev/full"
fi
status=0
# shellcheck disable=SC2086
${NPS_WRAPPER:-} "$NPS" score nine.csv --format csv 2>err >&- || status=$?
equals "standard output closed" "$status" 1
mkfifo pipe
: <pipe &
status=0
# shellcheck disable=SC2086
${NPS_WRAPPER:-} "$NPS" score nine.csv --by 1 --format csv 2>err >pipe || status=$?
wait
case $status in
0) skip "a reader that went away" "it had read before" ;;
*) equals "a reader that went away" "$status $(grep -c 'cannot be written' err)" "1 1" ;;
esac
rm -f pipe
