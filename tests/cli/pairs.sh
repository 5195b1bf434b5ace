# shellcheck shell=sh disable=SC2154
# nps pairs: the same people twice. Numbers from tests/reference/pairs.csv.

# people COUNT BEFORE AFTER: so many rows
people() { awk -v n="$1" -v b="$2" -v a="$3" 'BEGIN { while (n-- > 0) print b "," a }'; }

# table N11 ... N33: detractors answer 6, passives 7, promoters 10.
table()
{
    echo before,after
    for before in 6 7 10; do
        for after in 6 7 10; do
            people "$1" "$before" "$after"
            shift
        done
    done
}

# part FILE NAME: what stands in the braces of a field.
part() { sed -n "s/.*\"$2\": {\\([^}]*\\)}.*/{\\1}/p" "$1" | head -n 1; }

# same NAME FIELD EXPECTED: a field of part.json; where nothing is expected, null.
same()
{
    actual=$(field part.json "$2")
    if [ -z "$3" ]; then equals "$1: $2" "$actual" null; else near "$1: $2" "$actual" "$3" 1e-7; fi
}

# shellcheck disable=SC2034
{
    read -r header
    checked=0
    while IFS=, read -r id n11 n12 n13 n21 n22 n23 n31 n32 n33 method level estimate lower upper statistic df p tol source; do
        table "$n11" "$n12" "$n13" "$n21" "$n22" "$n23" "$n31" "$n32" "$n33" >table.csv
        name="pairs: reference $id $method $level"
        case $method in
        stuart | bhapkar | bowker)
            nps pairs table.csv --before before --after after --format json
            part out "$method" >part.json
            ;;
        *)
            nps pairs table.csv --before before --after after --method "$method" --level "${level:-0.95}" --format json
            part out difference >part.json
            same "$name" nps "$estimate"
            same "$name" lower "$lower"
            same "$name" upper "$upper"
            ;;
        esac
        same "$name" statistic "$statistic"
        same "$name" df "$df"
        same "$name" p "$p"
        checked=$((checked + 1))
    done
} <"$root/tests/reference/pairs.csv"
equals "pairs: all reference rows were read" "$checked" 70

cat >pairs.csv <<'END'
id,spring,autumn,region
1,9,10,a
2,6,9,a
3,7,7,a
4,10,3,b
5,8,,b
6,,2,b
7,NA,,b
8,11,9,b
9,9,x,a
END
nps pairs pairs.csv --before spring --after autumn --format json -q
equals "pairs: exit" "$status" 0
equals "pairs: quiet is quiet" "$(cat err)" ""
test_that "pairs: begins like all" has out '{"schema": "nps/1", "command": "pairs", "version": "'
test_that "pairs: scale" has out '"scale": {"lowest": 0, "highest": 10, "detractor_max": 6, "promoter_min": 9},'
test_that "pairs: method, level, rows" has out '"method": "score", "level": 0.95, "rows": 9,'
test_that "pairs: counts" has out '"n": 4, "only_before": 1, "only_after": 1, "missing": 1, "invalid": 2,'
test_that "pairs: before" has out '"before": {"responses": 4, "promoters": 2, "passives": 1, "detractors": 1, "missing": 0, "invalid": 0, "mean": 8, "nps": 25, "rounded": 25,'
test_that "pairs: after" has out '"after": {"responses": 4, "promoters": 2, "passives": 1, "detractors": 1, "missing": 0, "invalid": 0, "mean": 7.25, "nps": 25,'
test_that "pairs: table" has out '"table": [[0, 0, 1], [0, 1, 0], [1, 0, 1]],'
test_that "pairs: movers" has out '"movers": {"better": 1, "worse": 1, "same_class": 2, "higher": 2, "lower": 1, "same_answer": 1},'
test_that "pairs: who answered once" has out '"once": {"before": {"responses": 1, "promoters": 0, "passives": 1,'
tr -d '\n' <out >whole.jsonl
prints "pairs: the whole object is JSON" '"responses": 1' score whole.jsonl -s n --format json -q
nps pairs pairs.csv --before spring --after autumn --format jsonl -q
equals "pairs: jsonl is one line" "$(wc -l <out | tr -d ' ')" 1
prints "pairs: and JSON" '"responses": 1' score "$(cp out line.jsonl; echo line.jsonl)" -s n --format json -q
nps pairs pairs.csv --before spring --after autumn --format csv -q
equals "pairs: csv, counts" "$(cut -d, -f1-6 out | tr '\n' ' ')" 'n,only_before,only_after,missing,invalid,before_nps 4,1,1,1,2,25 '
equals "pairs: csv, table" "$(cut -d, -f28-36 out | tail -n 1)" 0,0,1,0,1,0,1,0,1
equals "pairs: csv, as many cells in both lines" "$(awk -F, '{ print NF }' out | sort -u)" 36
prints "pairs: md" '| passives | 0 | 1 | 0 |' pairs pairs.csv --before spring --after autumn --format md -q
notes "pairs: invalid answers of both columns are noted" '2 invalid answers on the scale 0-10: "11", "x", the first at pairs.csv row 9' \
    pairs pairs.csv --before spring --after autumn
nps pairs pairs.csv --before spring --after autumn --rejects rejects.csv -q
equals "pairs: rejects" "$(sed 1d rejects.csv | tr '\n' ' ')" '"pairs.csv",9,"spring","11",off the scale "pairs.csv",10,"autumn","x",not a number '
prints "pairs: missing" '"n": 4, "only_before": 1, "only_after": 2, "missing": 1, "invalid": 1,' \
    pairs pairs.csv --before spring --after autumn --missing 11 --format json -q
prints "pairs: where" '"n": 3, "only_before": 0, "only_after": 0, "missing": 0, "invalid": 1,' \
    pairs pairs.csv --before spring --after autumn --where region=a --format json -q
prints "pairs: scale" '"n": 1, "only_before": 1, "only_after": 1, "missing": 1, "invalid": 5,' \
    pairs pairs.csv --before spring --after autumn --scale 0-8:3:7 --format json -q
printf 'spring;autumn\n10 - yes;7 (so so)\n' >labels.csv
prints "pairs: labels, delimiter, numbers of columns" '"n": 1,' \
    pairs labels.csv --before 1 --after 2 --labels -d ';' --format json
printf '{"spring": 9, "autumn": 3}\n{"spring": 9, "autumn": null}\n' >pairs.jsonl
prints "pairs: several files, one JSON lines" '"n": 5, "only_before": 2,' \
    pairs pairs.csv pairs.jsonl --before spring --after autumn --format json -q
nps_input pairs.csv pairs - --before spring --after autumn --format csv -q
equals "pairs: standard input" "$(tail -n 1 out | cut -d, -f1)" 4
nps pairs pairs.csv --before spring --after autumn --max-invalid 20 -q
equals "pairs: max-invalid" "$status" 3
test_that "pairs: max-invalid: the result is told all the same" has out '4,1,1,1,2,25'
nps pairs pairs.csv --before spring --after autumn --max-invalid 25 -q
equals "pairs: max-invalid, 2 of 8" "$status" 0

# Reference table 6: 950 people, 7.16 points, 3.30 to 11.12, p .00031; before -23, after -16 or so.
table 120 45 30 38 210 66 12 41 388 >table.csv
prints "pairs: in words, a change" 'up 7 points among 950 who answered twice, 95% interval +3 to +11: a real change (p = .0003)' \
    pairs table.csv --before before --after after --format table
prints "pairs: and back" 'down 7 points among 950 who answered twice, 95% interval -11 to -3: a real change (p = .0003)' \
    pairs table.csv --before after --after before --format table
test_that "pairs: table, transitions" has out 'passives                45       210         41'
test_that "pairs: table, movers" has out 'class: 91 better, 141 worse, 718 the same'
test_that "pairs: table, rows" has out '950 rows: 0 missing both times, 0 invalid'
# Reference table 1
prints "pairs: in words, none" ' among 124 who answered twice, 95% interval -9 to +14: not distinguishable from no change (p = .67)' \
    pairs "$(table 20 5 3 6 30 10 2 8 40 >one.csv; echo one.csv)" --before before --after after --format table
# Reference table 3
prints "pairs: in words, the same" 'no change among 18 who answered twice, 95% interval -35 to +35: not distinguishable from no change (p = 1)' \
    pairs "$(table 5 0 0 0 6 0 0 0 7 >one.csv; echo one.csv)" --before before --after after --format table
# 5 / 700 = 0.71 +- about 1.96 * 100 sqrt(7 / 700) / sqrt(700) = 0.74: a lower bound below 0 that would round to it.
prints "pairs: a bound near 0 keeps its side" 'up 1 point among 700 who answered twice, 95% interval -0.' \
    pairs "$(table 100 6 0 1 200 0 0 0 393 >one.csv; echo one.csv)" --before before --after after --format table
prints "pairs: a method without interval" 'up 7 points among 950 who answered twice: a real change (p = .000' \
    pairs table.csv --before before --after after --format table --method null-variance
awk 'NR == 1 { print; next } { print $0 "\n" $0 }' table.csv >double.csv
prints "pairs: a small p" 'a real change (p < .0001)' pairs double.csv --before before --after after --format table
nps pairs table.csv --before before --after after --format table
equals "pairs: the table is 80 columns at most" "$(awk 'length > 80 && !/who answered twice/' out)" ""

printf 'a,b\n9,\n,3\n' >once.csv
notes "pairs: nobody answered twice" 'nobody answered both times' pairs once.csv --before a --after b --format json
test_that "pairs: nobody: null" has out '"difference": {"nps": null, "lower": null, "upper": null, "statistic": null, "df": null, "p": null, "p_adjusted": null, "method": "score"}'
prints "pairs: nobody: table" 'nobody answered both times' pairs once.csv --before a --after b --format table -q
prints "pairs: nobody: md" '| only before | 1 | +100 |' pairs once.csv --before a --after b --format md -q
prints "pairs: a header only" 'nobody answered both times' pairs "$(echo a,b >one.csv; echo one.csv)" --before a --after b --format table -q
printf 'a,b\n9,3\n' >single.csv
notes "pairs: t of one person" '--method t cannot tell of so few' pairs single.csv --before a --after b --method t --format table
for format in table json jsonl csv md; do
    nps pairs single.csv --before a --after b --method t --format "$format" -q
    equals "pairs: t of one person, $format" "$status" 0
done

refuses "pairs: no file" 2 'no file' pairs --before a --after b
refuses "pairs: no columns" 2 '--before and --after' pairs single.csv
refuses "pairs: one column" 2 '--before and --after' pairs single.csv --before a
refuses "pairs: the same column" 2 'the same column' pairs single.csv --before a --after a
refuses "pairs: the same column by number" 2 'the same column' pairs single.csv --before a --after 1
refuses "pairs: no such column" 2 'single.csv: no column "c"; the nearest' pairs single.csv --before a --after c
refuses "pairs: no such method" 2 'expected score, wald, t or null-variance' pairs single.csv --before a --after b --method mover
refuses "pairs: --by" 2 'not an option of nps pairs' pairs single.csv --before a --after b --by a
nps tally single.csv -s a -o single.nps -q
refuses "pairs: a state" 1 'single.nps: a state, which has no rows' pairs single.nps --before a --after b
refuses "pairs: a short row" 1 'short.csv: row 3 has 1 cells' pairs short.csv --before score --after b
refuses "pairs: NUL bytes" 1 'NUL byte' pairs nul.csv --before score --after b
if [ -c /dev/full ]; then
    for format in table json jsonl csv md; do
        status=0
        # shellcheck disable=SC2086
        ${NPS_WRAPPER:-} "$NPS" pairs single.csv --before a --after b --format "$format" >/dev/full 2>err || status=$?
        equals "pairs: a full disk, $format" "$status $(wc -l <err | tr -d ' ')" "1 1"
    done
else
    skip "pairs: a full disk" "there is no /dev/full"
fi
