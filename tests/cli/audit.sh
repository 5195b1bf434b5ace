# shellcheck shell=sh disable=SC2154
# nps audit: how often each interval is right. Numbers from tests/reference/audit.csv.

# line METHOD: the line of a method
line() { grep -F "\"method\": \"$1\"" out >line.json; }
# shellcheck disable=SC2034
{
    read -r header
    checked=0 asked=
    while IFS=, read -r id n detractors passives promoters method level coverage width below above tol tol_width source; do
        if [ "$asked" != "$id $level" ]; then
            nps audit -n "$n" --promoters "$promoters" --detractors "$detractors" --level "$level" --format json
            asked="$id $level"
            equals "audit: reference $id $level, ten methods" "$(grep -c '"method"' out)" 10
        fi
        line "$method"
        near "audit: reference $id $level $method, coverage" "$(field line.json coverage)" "$coverage" 1e-10
        near "audit: reference $id $level $method, width" "$(field line.json width)" "$width" 1e-7
        near "audit: reference $id $level $method, below" "$(field line.json miss_below)" "$below" 1e-10
        near "audit: reference $id $level $method, above" "$(field line.json miss_above)" "$above" 1e-10
        checked=$((checked + 1))
    done
} <"$root/tests/reference/audit.csv"
equals "audit: all reference rows were read" "$checked" "$(($(wc -l <"$root/tests/reference/audit.csv") - 1))"

nps audit -n 10 --promoters .5 --detractors .2 --format json
test_that "audit: begins like all" has out '{"schema": "nps/1", "command": "audit", "version": "'
test_that "audit: what was asked" has out '"n": 10, "level": 0.95, "promoters": 0.5,'
tr -d '\n' <out >whole.jsonl
prints "audit: the whole object is JSON" '"invalid": 0' score whole.jsonl -s n --format json -q
# reference row 1: the score interval covers .94724
prints "audit: table" 'score             94.72%' audit -n 10 --promoters .5 --detractors .2 --format table
test_that "audit: table, what it is of" has out '95% intervals from 10 answers, where 50% are promoters, 20% detractors: score +30'
equals "audit: table, methods in the order of the library" "$(awk '/%/ && NF == 5 { printf "%s ", $1 }' out)" \
    'score skewed adjusted-wald agresti-min bonett-price wald t likelihood jeffreys bootstrap '
nps audit -n 10 --promoters .5 --detractors .2 --format csv
equals "audit: csv" "$(head -n 1 out) $(wc -l <out | tr -d ' ')" 'method,coverage,width,miss_below,miss_above 11'
nps audit -n 10 --promoters .5 --detractors .2 --format jsonl
equals "audit: jsonl" "$(wc -l <out | tr -d ' ')" 10
prints "audit: and JSON" '"missing": 0, "invalid": 10' score "$(cp out line.jsonl; echo line.jsonl)" -s coverage --format json -q
prints "audit: md" '| score | 94.72% |' audit -n 10 --promoters .5 --detractors .2 --format md
# reference row 2
nps audit -n 10 --promoters .5 --detractors .2 --method wald --format csv
equals "audit: one method alone" "$(sed 1d out | cut -d, -f1)" wald
prints "audit: everybody a promoter" 'wald             100.00%    0.00%    0.00%     0.00' audit -n 5 --promoters 1 --detractors 0 --format table
# Equal tails of a posterior never reach its end.
test_that "audit: and an interval that never holds them" has out 'jeffreys           0.00%    0.00%  100.00%'
prints "audit: one answer" 'intervals from 1 answer,' audit -n 1 --promoters .5 --detractors .2 --format table
prints "audit: 1 - promoters - detractors may be rounded" 'score' audit -n 3 --promoters .9 --detractors .1 --format csv
prints "audit: a million answers" 'wald,0.9499' audit -n 1000000 --promoters .5 --detractors .2 --method wald --format csv
nps audit -n 1000 --promoters .5 --detractors .2 --method wald --format csv
equals "audit: no note where it is quick" "$(cat err)" ""
nps audit -n 1001 --promoters .99 --detractors 0 --format csv
test_that "audit: a note where it takes long" has err 'take long for so many answers; --method asks for one alone'

refuses "audit: no size" 2 'give one with -n' audit --promoters .5 --detractors .2
refuses "audit: size 0" 2 'a whole number from 1' audit -n 0 --promoters .5 --detractors .2
refuses "audit: size above a million" 2 'at most 1000000' audit -n 1000001 --promoters .5 --detractors .2
refuses "audit: no shares" 2 '--promoters and --detractors' audit -n 10
refuses "audit: one share" 2 '--promoters and --detractors' audit -n 10 --promoters .5
refuses "audit: shares above 1" 2 'add up to more than 1' audit -n 10 --promoters .5 --detractors .6
refuses "audit: a negative share" 2 'a share as a fraction' audit -n 10 --promoters -.5 --detractors .6
refuses "audit: a share that is none" 2 'a share as a fraction' audit -n 10 --promoters nan --detractors .6
refuses "audit: a file" 2 'takes no files' audit nine.csv -n 10 --promoters .5 --detractors .2
refuses "audit: method" 2 'expected score, skewed' audit -n 10 --promoters .5 --detractors .2 --method exact
refuses "audit: level" 2 'expected a fraction' audit -n 10 --promoters .5 --detractors .2 --level 95
if [ -c /dev/full ]; then
    for format in table json jsonl csv md; do
        status=0
        # shellcheck disable=SC2086
        ${NPS_WRAPPER:-} "$NPS" audit -n 3 --promoters .5 --detractors .2 --format "$format" >/dev/full 2>err || status=$?
        equals "audit: a full disk, $format" "$status $(wc -l <err | tr -d ' ')" "1 1"
    done
else
    skip "audit: a full disk" "there is no /dev/full"
fi
