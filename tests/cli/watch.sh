# shellcheck shell=sh disable=SC2154
# nps watch: looks after every answer. Numbers from tests/reference/sequential.csv; rows of alerts from an oracle below.

# in_order N1 ANSWER1 N2 ANSWER2 ...: a column of answers, one class after the other
in_order() { echo score; while [ $# -gt 0 ]; do awk -v n="$1" -v a="$2" 'BEGIN { while (n-- > 0) print a }'; shift 2; done; }

# Each reference sample in an order that keeps its score on one side of the benchmark, where no alert is wanted.
# shellcheck disable=SC2034
{
    read -r header
    checked=0
    while IFS=, read -r id detractors passives promoters kind level lower upper benchmark log_e tol source; do
        n=$((detractors + passives + promoters))
        case $kind,$level in
        e-value,*) ;;
        interval,0.95) benchmark=$((promoters >= detractors ? -99 : 99)) ;;
        *) continue ;;
        esac
        if awk -v b="$benchmark" -v n="$n" -v s="$((promoters - detractors))" 'BEGIN { exit !(100 * s >= b * n) }'; then
            in_order "$promoters" 9 "$passives" 7 "$detractors" 0 >order.csv
            set -- --alert below
        else
            in_order "$detractors" 0 "$passives" 7 "$promoters" 9 >order.csv
            set -- --alert above
        fi
        nps watch order.csv --benchmark "$benchmark" "$@" --format json -q
        equals "watch: reference $id $kind, no alert" "$status $(field out alert) $(field out responses)" "0 null $n"
        if [ "$kind" = interval ]; then
            near "watch: reference $id, lower" "$(field out lower)" "$lower" 1e-7
            near "watch: reference $id, upper" "$(field out upper)" "$upper" 1e-7
        else
            near "watch: reference $id, benchmark $benchmark" "$(field out log_e_value)" "$log_e" 1e-8
            near "watch: reference $id, p" "$(field out p)" "$(awk -v w="$log_e" 'BEGIN { print (w > 0 ? exp(-w) : 1) }')" 1e-5
        fi
        checked=$((checked + 1))
    done
} <"$root/tests/reference/sequential.csv"
equals "watch: all reference rows were read" "$checked" "$(grep -c -e ',e-value,' -e ',interval,0.95,' "$root/tests/reference/sequential.csv")"

# The oracle: without passives the e-value is that of Krichevsky and Trofimov, a product over the answers of
# (promoters + 1/2) / (n + 1) / y or (detractors + 1/2) / (n + 1) / (1 - y), y = (1 + benchmark / 100) / 2; at benchmark
# 0 passives change nothing. It looks after every answer, as the definition has it.
# random SEED COUNT PROMOTERS PASSIVES: answers of a generator of our own, so that all awks agree
random()
{
    awk -v x="$1" -v n="$2" -v p="$3" -v q="$4" 'BEGIN {
        print "score"
        while (n-- > 0) {
            for (i = 0; i < 3; i++) x = (x * 1103 + 12345) % 1048573
            u = x / 1048573
            print (u < p ? 9 : u < p + q ? 8 : u < p + q + .02 ? "" : u < p + q + .03 ? 11 : 2)
        }
    }'
}
# oracle FILE BENCHMARK SIDE LEVEL: "responses row" of the alert, or nothing
oracle()
{
    awk -v b="$2" -v side="$3" -v level="$4" 'BEGIN { y = (1 + b / 100) / 2 }
        NR == 1 || $1 == "" || $1 == 11 { next }
        { n++ }
        $1 == 9 { w += log((r + .5) / (r + d + 1) / y); r++ }
        $1 == 2 { w += log((d + .5) / (r + d + 1) / (1 - y)); d++ }
        { at = 100 * (r - d) < b * n ? "below" : 100 * (r - d) > b * n ? "above" : "" }
        at != "" && (side == "either" || side == at) && w >= -log(1 - level) { print n, NR, at; exit }' "$1"
}
alerts=0
for seed in 1 2 3 4 5 6 7 8; do
    for case in "0 .45 .2 below .95" "0 .3 .3 either .95" "-20 .5 0 below .9" "30 .55 0 above .99" "85 .8 0 either .5" "-95 .03 0 above .8"; do
        # shellcheck disable=SC2086
        set -- $case
        random "$seed$seed" 1500 "$2" "$3" >random.csv
        expected=$(oracle random.csv "$1" "$4" "$5")
        nps watch random.csv --benchmark "$1" --alert "$4" --level "$5" --format json -q
        actual=$(sed -n 's/.*"alert": {"file": "random.csv", "row": \([0-9]*\), "responses": \([0-9]*\), "side": "\([a-z]*\)"}.*/\2 \1 \3/p' out)
        equals "watch: the alert of seed $seed, $case, is where the oracle has it" "$status $actual" \
            "$([ -n "$expected" ] && echo 4 || echo 0) $expected"
        [ -z "$expected" ] || alerts=$((alerts + 1))
    done
done
test_that "watch: the oracle saw alerts and none" test "$alerts" -gt 10 -a "$alerts" -lt 48

# All detractors against 0: C(2n, n) / 2^n is 14.4 at 6, 26.8 at 7. Then a row that is none: it is not read.
in_order 7 0 >seven.csv
printf '0\nx,y,z\n' >>seven.csv
nps watch seven.csv --benchmark 0 --format json
equals "watch: an alert is exit 4, and the rest is not read" "$status" 4
test_that "watch: json, alert" has out '"alert": {"file": "seven.csv", "row": 8, "responses": 7, "side": "below"},'
test_that "watch: json, counts" has out '"responses": 7, "promoters": 0, "passives": 0, "detractors": 7, "missing": 0, "invalid": 0, "nps": -100, "lower": -100,'
test_that "watch: json, begins like all" has out '{"schema": "nps/1", "command": "watch", "version": "'
test_that "watch: json, what was asked" has out '"level": 0.95, "benchmark": 0, "rows": 7,'
# log(26.8125)
near "watch: json, e-value" "$(field out log_e_value)" 3.28886819669 1e-10
test_that "watch: the alert is told on stderr too" has err 'nps: alert at answer 7 (row 8): the score is below 0: '
nps watch seven.csv --benchmark 0 --format table
equals "watch: table, exit" "$status" 4
equals "watch: table, its lines" "$(awk 'NF && $1 ~ /^[0-9]/ { print $1 }' out | tr '\n' ' ')" '1 2 5 7 7 '
test_that "watch: table, in words" has out 'alert at answer 7 (row 8): the score is below 0: 95% confidence sequence -100 to -'
test_that "watch: table, e-value" has out ', e-value 26.8'
test_that "watch: table, counts" has out '7 rows: 7 responses, 0 missing, 0 invalid'
equals "watch: table, nothing on stderr" "$(cat err)" ""
nps watch seven.csv --benchmark 0 --format csv
equals "watch: csv" "$(cut -d, -f1-6,11 out | tr '\n' ' ')" \
    'file,row,responses,missing,invalid,nps,alert "seven.csv",2,1,0,0,-100, "seven.csv",3,2,0,0,-100, "seven.csv",6,5,0,0,-100, "seven.csv",8,7,0,0,-100,below '
nps watch seven.csv --benchmark 0 --format jsonl
equals "watch: jsonl" "$(wc -l <out | tr -d ' ') $(grep -c '"alert": null' out)" '4 3'
cp out line.jsonl
prints "watch: jsonl can be read" '4,0,1,3,' score line.jsonl -s responses --format csv -q
nps watch seven.csv --benchmark 0 --format md
test_that "watch: md" has out '| 5 | -100 | -100 .. '
nps watch seven.csv --benchmark 0 --alert above -q
equals "watch: the other side" "$status" 1
in_order 7 9 >up.csv
nps watch up.csv --benchmark 0 --alert above --format table
test_that "watch: above" has out 'alert at answer 7 (row 8): the score is above 0: 95% confidence sequence +'
nps watch up.csv --benchmark 0 --alert either --format csv -q
equals "watch: either" "$status" 4
nps watch up.csv --benchmark 0 --format table
equals "watch: below is what it looks for" "$status" 0
test_that "watch: but what is known is said" has out 'no alert after 7 answers: the score is above 0: 95% confidence sequence +'
test_that "watch: and which side the e-value speaks for" has out 'e-value 26.8 above'
in_order 3 9 2 0 >unsure.csv
prints "watch: not sure" 'no alert after 5 answers: not distinguishable from 0: 95% confidence sequence -' watch unsure.csv --benchmark 0 --format table

# 26.8125 is an alert at 1 / (1 - .96268) = 26.795, and none yet at 1 / (1 - .96272) = 26.824.
in_order 7 0 >just.csv
nps watch just.csv --benchmark 0 --level .96268 --format json -q
equals "watch: just enough" "$status" 4
nps watch just.csv --benchmark 0 --level .96272 --format json -q
equals "watch: just not enough" "$status" 0

# The upper bound lies just below the benchmark when the alert comes, and must not be shown as it. A promoter,
# a passive and a detractor in turn score 0; against 8 it takes so many answers that one moves the bound by little.
awk 'BEGIN { print "score"; for (i = 0; i < 5000; i++) print substr("973", i % 3 + 1, 1) }' >close.csv
nps watch close.csv --benchmark 8 --format table -q
equals "watch: an alert comes" "$status" 4
test_that "watch: the bound shown lies below the benchmark" has out ' to +7.9'

printf 'score\n7\n' >level.csv
prints "watch: on the benchmark there is no side, whatever the level" 'no alert after 1 answer: not distinguishable from 0' \
    watch level.csv --benchmark 0 --level 1e-300 --alert either --format table

# Several files, one after the other; the state of affairs; what is missing and invalid.
in_order 4 0 >first.csv
printf 'score\n\n11\n0\n0\n0\n0\n' >second.csv
nps watch first.csv second.csv --benchmark 0 --format json
test_that "watch: the row is that of the second file" has out '"alert": {"file": "second.csv", "row": 6, "responses": 7, "side": "below"}'
test_that "watch: missing and invalid are counted" has out '"responses": 7, "promoters": 0, "passives": 0, "detractors": 7, "missing": 1, "invalid": 1,'
test_that "watch: invalid answers are noted" has err '1 invalid answer on the scale 0-10: "11", the first at second.csv row 3'
test_that "watch: the file is named" has err 'alert at answer 7 ("second.csv" row 6)'
nps watch first.csv second.csv --benchmark 0 --format csv -q --max-invalid 10
equals "watch: too many invalid goes before the alert" "$status" 3
nps watch first.csv second.csv --benchmark 0 --format csv -q --max-invalid 20 --rejects rejects.csv
equals "watch: not too many" "$status" 4
equals "watch: rejects are complete at an alert" "$(tail -n 1 rejects.csv)" '"second.csv",3,"score","11",off the scale'
nps watch gone.csv --benchmark 0
equals "watch: no such file" "$status" 1
nps watch first.csv gone.csv --benchmark 0 -q
equals "watch: no such file, later" "$status" 1
prints "watch: labels, scale, missing, where" '"responses": 1, "promoters": 1, "passives": 0, "detractors": 0, "missing": 1, "invalid": 1' \
    watch "$(printf 'a,b\n5 - yes,x\n0,x\n7,x\n1,y\n' >more.csv; echo more.csv)" -s a --labels --scale 1-5 --missing 7 --where b=x --benchmark 0 --format json -q
for format in table json jsonl csv md; do
    notes "watch: no answers, $format" 'there is no answer' watch "$(printf 'score\nNA\n' >none.csv; echo none.csv)" --benchmark 0 --format "$format"
done

# However the input is cut into pieces: one byte at a time, or all at once; with what makes CSV hard.
{
    printf '\357\273\277"a note",score\r\n'
    random 11 400 .3 .2 | awk 'NR > 1 { printf "\"line %d\r\nand \"\"more\"\"\",%s\r\n", NR, $1 } NR % 50 == 0 { printf "\r\n" }'
} >hard.csv
nps watch hard.csv --benchmark 20 --format csv -q
whole=$(sed 's/^"[^"]*"//' out) wanted=$status
equals "watch: the hard file raises an alert" "$wanted" 4
dd if=hard.csv bs=1 2>err.dd | {
    status=0
    # shellcheck disable=SC2086
    ${NPS_WRAPPER:-} "$NPS" watch - --benchmark 20 --format csv -q >out 2>err || status=$?
    echo "$status" >exited
    cat >/dev/null
}
equals "watch: a byte at a time is the same" "$(cat exited) $(sed 's/^"[^"]*"//' out)" "$wanted $whole"
for format in table json jsonl; do
    nps_input hard.csv watch - --benchmark 20 --format "$format" -q
    cp out whole
    dd if=hard.csv bs=7 2>err.dd | {
        # shellcheck disable=SC2086
        ${NPS_WRAPPER:-} "$NPS" watch - --benchmark 20 --format "$format" -q >out 2>err
        cat >/dev/null
    }
    test_that "watch: in pieces of 7, $format" cmp -s out whole
done

# Growing input: a line is looked at as soon as it is whole, though the writer goes on living.
# shows COUNT: waits until there are so many lines
shows() { tries=0; while [ "$(wc -l <out)" -lt "$1" ] && [ $tries -lt 200 ]; do sleep 0.1; tries=$((tries + 1)); done; lines_of out "$1"; }
for kind in csv jsonl; do
    if [ $kind = csv ]; then head='score
' one=0; else head='' one='{"note": "a \"quote", "score": 0}'; fi
    rm -f grow.$kind
    mkfifo grow.$kind
    : >out
    # shellcheck disable=SC2086
    ${NPS_WRAPPER:-} "$NPS" watch grow.$kind --benchmark 0 --format csv >out 2>err &
    watching=$!
    exec 4<>grow.$kind # both ways, so that it does not wait for a reader that failed
    printf '%s%s\n%s' "$head" "$one" "$one" >&4
    test_that "watch: $kind, one whole line is told while the pipe is open" shows 2
    sleep 0.2
    test_that "watch: $kind, half a line is not" lines_of out 2
    printf '\n%s\n%s\n' "$one" "$one" >&4
    test_that "watch: $kind, the next ones are" shows 3
    printf '%s\n%s\n%s\n' "$one" "$one" "$one" >&4
    status=0 tries=0
    while kill -0 $watching 2>/dev/null && [ $tries -lt 200 ]; do sleep 0.1; tries=$((tries + 1)); done
    kill $watching 2>/dev/null || :
    wait $watching || status=$?
    equals "watch: $kind, the alert ends it while the pipe is open" "$status $(tail -n 1 out | cut -d, -f3,11)" '4 7,below'
    exec 4>&-
done

refuses "watch: no file" 2 'no file' watch --benchmark 0
refuses "watch: no benchmark" 2 'give one with --benchmark' watch first.csv
refuses "watch: benchmark 100" 2 'points between -100 and 100' watch first.csv --benchmark 100
refuses "watch: benchmark nan" 2 'points between -100 and 100' watch first.csv --benchmark nan
refuses "watch: alert" 2 'expected below, above or either' watch first.csv --benchmark 0 --alert up
refuses "watch: --by" 2 'not an option of nps watch' watch first.csv --benchmark 0 --by x
refuses "watch: --weight" 2 'not an option of nps watch' watch first.csv --benchmark 0 --weight x
refuses "watch: no such column" 2 'no column "x"' watch first.csv --benchmark 0 -s x
nps tally first.csv -o first.nps -q
refuses "watch: a state" 1 'first.nps: a state, which has no rows: nps watch takes the rows themselves' watch first.nps --benchmark 0
refuses "watch: an empty file" 1 'empty.csv: empty' watch empty.csv --benchmark 0
refuses "watch: NUL bytes" 1 'NUL byte' watch binary.csv --benchmark 0
refuses "watch: a runaway quote" 1 'a cell of more than 1048576 bytes' watch runaway.csv --benchmark 99 --format json
refuses "watch: a header of 70000 columns" 1 'more than 65536 columns' watch wide.csv --benchmark 0
nps watch happy.csv --benchmark 99.99999999999999 --alert below --format json -q
equals "watch: a benchmark at the end of the scale" "$status" 0
nps watch seven.csv --benchmark -99.99999999999999 --alert above --format json -q
equals "watch: and at the other" "$status" 1
if [ -c /dev/full ]; then
    for format in table json jsonl csv md; do
        status=0
        # shellcheck disable=SC2086
        ${NPS_WRAPPER:-} "$NPS" watch unsure.csv --benchmark 0 --format "$format" >/dev/full 2>err || status=$?
        equals "watch: a full disk, $format" "$status $(wc -l <err | tr -d ' ')" "1 1"
    done
else
    skip "watch: a full disk" "there is no /dev/full"
fi
