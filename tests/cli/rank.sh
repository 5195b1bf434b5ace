# shellcheck shell=sh disable=SC2154
# nps rank: a leaderboard that does not reward luck.

# Every list of tests/reference/rank.csv, through rows of answers.
wrong=
rows=0
sed 1d "$root/tests/reference/rank.csv" | cut -d, -f1,3 | sort -u >lists
while IFS=, read -r id samples; do
    printf '%s\n' "$samples" | tr ';' '\n' | awk -F/ 'BEGIN { print "score,by" } {
        for (i = 0; i < $1; i++) print "0," NR; for (i = 0; i < $2; i++) print "7," NR; for (i = 0; i < $3; i++) print "9," NR }' >list.csv
    nps rank list.csv --by by --format csv
    rows=$((rows + 1))
    sed 1d out | sort -t, -k2,2 | tr -d '"' >ranked
    grep "^$id," "$root/tests/reference/rank.csv" >expected
    # csv: rank,by,responses,nps,lower,upper,shrinkage,shrunken,shrunken_standard_error,...,versus_rest (12)
    paste -d, ranked expected | awk -F, '{
        n = split($0, f, ","); o = n - 10
        check(f[4], f[o + 3]); check(f[7], f[o + 5]); check(f[8], f[o + 6]); check(f[9], f[o + 7]); check(f[12], f[o + 8])
    }
    function check(a, e) { d = a - e; if (a == "" || d > 1e-9 || -d > 1e-9) bad = 1 }
    END { exit bad || !NR }' || wrong="$wrong $id"
done <lists
equals "rank: all $rows lists of the reference" "$wrong" ""
test_that "rank: there are lists" test "$rows" -ge 5

# Three answers at +100 beside 300 at +80; alone, and among 40 others.
awk 'BEGIN { print "score,agent"; for (i = 0; i < 3; i++) print "10,lucky"
    for (i = 0; i < 300; i++) print (i < 255 ? 10 : i < 285 ? 7 : 0) ",good" }' >luck.csv
nps rank luck.csv --by agent --format csv
equals "rank: luck does not lead one good agent" "$(cut -d, -f2 out | tr '\n' ' ')" "agent good lucky "
awk 'BEGIN { for (a = 0; a < 40; a++) for (i = 0; i < 50; i++) print (i < 20 + a % 20 ? 10 : i < 40 ? 8 : 2) ",a" a }' | cat luck.csv - >many.csv
nps rank many.csv --by agent --format csv
equals "rank: nor among many" "$(sed -n 2p out | cut -d, -f2 | tr -d '"')" good
test_that "rank: and is not even near" test "$(awk -F, '/lucky/ { print $1 }' out)" -gt 1

survey=$root/examples/data/survey.csv
nps rank "$survey" --by region --best 3 --format json -q
equals "rank: probabilities add up to the best" \
    "$(grep -o '"best_probability": [^,]*' out | awk '{ sum += $2 } END { printf "%.9f", sum }')" 3.000000000
equals "rank: ranks are in order" "$(grep -o '"rank": [0-9]*' out | cut -d' ' -f2 | tr '\n' ' ')" "1 2 3 4 5 6 7 8 "
equals "rank: what it tells" "$(field out command)/$(field out adjust)/$(field out best)" '"rank"/"holm"/3'
# Each against the rest is what compare says.
for weights in "" "-w weight"; do
    # shellcheck disable=SC2086
    nps compare "$survey" --by region $weights --format json -q
    grep '"key"' out | sed 's/.*"key": {"region": \([^}]*\)}.*"versus_rest": \({[^}]*}\).*/\1 \2/' | sort >compared
    # shellcheck disable=SC2086
    nps rank "$survey" --by region $weights --format json -q
    grep '"key"' out | sed 's/.*"key": {"region": \([^}]*\)}.*"versus_rest": \({[^}]*}\).*/\1 \2/' | sort >ranked
    test_that "rank: versus rest as compare has it $weights" cmp -s compared ranked
done
nps rank "$survey" --by region --format csv -q
whole=$(sed -n 2,3p out)
nps rank "$survey" --by region --top 2 --format csv -q
equals "rank: --top cuts the list, not the estimate" "$(sed -n 2,3p out)" "$whole"
nps rank "$survey" --by region --top 1 --bottom 1 --format csv -q
equals "rank: --bottom" "$(cut -d, -f1 out | tr '\n' ' ')" "rank 1 8 "
nps rank "$survey" --by region --min-n 60 --format csv -q
equals "rank: hidden ones have no rank" "$(grep -c 'true$' out)/$(grep -c '^,' out)" 2/2
nps tally "$survey" --by region -q -o survey.nps
nps rank survey.nps --format csv -q
cp out state
nps rank "$survey" --by region --format csv -q
test_that "rank: a state as its rows" cmp -s out state
prints "rank: the table says how far true scores lie apart" "true scores differ by about 6 points (standard deviation), around a mean of +35" \
    rank "$survey" --by region --format table -q
test_that "rank: and who stands out" grep -q '^told apart from the rest: ' out
test_that "rank: no blanks at line ends" test "$(grep -c ' $' out)" -eq 0
prints "rank: nothing but luck" "the scores differ no more than by luck" rank "$survey" --by agent --format table -q
nps rank "$survey" --by region --format jsonl -q
equals "rank: json lines" "$(wc -l <out | tr -d ' ')" 8
prints "rank: markdown" "| rank | region |" rank "$survey" --by region --format md -q
printf 'score,by\n9,a\n3,a\n,b\n' >one.csv
nps rank one.csv --by by --format json -q
grep '"by": "a"' out >a.json
equals "rank: one has nobody beside it" "$(field a.json rank)/$(field a.json shrinkage)/$(sed 's/.*"versus_rest"//' a.json >b.json; field b.json nps)" 1/1/null
grep '"by": "b"' out >b.json
equals "rank: without answers there is no rank" "$(field b.json rank)" null
refuses "rank: without segments" 2 "nothing to rank: name the segments with --by" rank "$survey" -q
refuses "rank: permutation of weights" 2 "takes whole counts only" rank "$survey" --by region -w weight --method permutation -q
