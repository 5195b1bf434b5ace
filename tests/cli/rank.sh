# shellcheck shell=sh disable=SC2016,SC2034,SC2154
# nps rank: the reference, who leads, the rest, hidden and empty segments, ends of the list, formats, usage.

# "d/p/r;d/p/r" to a CSV with columns segment, which is a, b, ..., and score.
ranked_csv()
{
    printf '%s\n' "$1" | tr ';' '\n' | awk -F/ '
        BEGIN { print "segment,score" }
        {
            name = substr("abcdef", NR, 1)
            for (i = 0; i < $1 + $2 + $3; i++) print name "," (i < $1 ? 0 : i < $1 + $2 ? 7 : 10)
        }'
}

# alike TOLERANCE PAIR...: each "actual expected" is the same to that, or to that part of it above 1; nothing is null.
alike()
{
    tolerance=$1
    shift
    printf '%s\n' "$@" | awk -v t="$tolerance" '
        {
            split($0, pair, " "); a = pair[1] == "null" ? "" : pair[1]; e = pair[2] == "null" ? "" : pair[2]
            d = a - e; size = e < 0 ? -e : e; if (size < 1) size = 1
            if ((a == "") != (e == "") || d > t * size || -d > t * size) { print "# is " a ", not " e; bad = 1 }
        }
        END { exit bad }'
}

# key NAME [FILE]: what is told of that segment, in line.json, and of its rest, in versus.json.
key()
{
    grep -F "\"segment\": \"$1\"}" "${2:-out}" >key.json
    sed 's/, "versus_rest".*//' key.json >line.json
    sed 's/.*"versus_rest": //' key.json >versus.json
}

# tests/reference/rank.csv. The interval is that of include/nps/rank.h, from the reference's own standard errors s and
# shrinkages B: tau2 = s^2 (1 - B) / B, variance (1 - B) s^2 + B^2 / sum 1 / (s^2 + tau2).
rows=0 wrong='' last=''
awk -F, -v OFS=, 'NR > 1 {
    n++; id[n] = $1; row[n] = $0; s[n] = $5 * $5; b[n] = $6; t[n] = s[n] * (1 - b[n]) / b[n]
    sum[$1] += 1 / (s[n] + t[n]); shrunken[n] = $7
}
END {
    for (i = 1; i <= n; i++) {
        margin = 1.959963984540054 * sqrt((1 - b[i]) * s[i] + b[i] * b[i] / sum[id[i]])
        lower = shrunken[i] - margin; upper = shrunken[i] + margin
        print row[i], sprintf("%.15g", lower < -100 ? -100 : lower), sprintf("%.15g", upper > 100 ? 100 : upper)
    }
}' "$root/tests/reference/rank.csv" >rank_reference.csv
while IFS=, read -r id index samples score se shrinkage shrunken shrunken_se rest tolerance source lower upper; do
    if [ "$samples" != "$last" ]; then
        ranked_csv "$samples" >rank.csv
        nps rank rank.csv --by segment --format jsonl
        last=$samples
    fi
    key "$(echo abcdef | cut -c"$index")"
    rows=$((rows + 1))
    alike "$tolerance" "$(field line.json nps) $score" "$(field line.json shrinkage) $shrinkage" \
        "$(field line.json shrunken) $shrunken" "$(field line.json shrunken_standard_error) $shrunken_se" \
        "$(field line.json shrunken_lower) $lower" "$(field line.json shrunken_upper) $upper" \
        "$(field versus.json nps) $rest" || wrong="$wrong $id/$index"
done <rank_reference.csv
equals "rank: rows of the reference that are wrong" "$wrong" ""
equals "rank: rows" "$rows" 17

# tests/reference/homogeneity.csv has how much these differ: pooled score, tau2, and the mean with tau2.
rows=0 wrong=
while IFS=, read -r id samples method estimate statistic df p rest; do
    case $method in pooled | tau2 | random-effects-mean) ;; *) continue ;; esac
    ranked_csv "$samples" >rank.csv
    nps rank rank.csv --by segment --format json
    rows=$((rows + 1))
    alike 1e-9 "$(field out "$([ "$method" = random-effects-mean ] && echo mean || echo "$method")") $estimate" ||
        wrong="$wrong $id/$method"
done <"$root/tests/reference/homogeneity.csv"
equals "rank: heterogeneity of the reference that is wrong" "$wrong" ""
test_that "rank: heterogeneity was read" [ "$rows" -eq 15 ]

# The rest is the same as in a comparison, plain and weighted: each versus_rest to the last digit.
survey=$root/examples/data/survey.csv
for weight in '' '-w weight'; do
    for adjust in holm bh none; do
        # shellcheck disable=SC2086
        nps compare "$survey" --by region,channel $weight --adjust $adjust --format jsonl -q
        sed 's/"responses.*"versus_rest"/"versus_rest"/' out | sort >expected
        # shellcheck disable=SC2086
        nps rank "$survey" --by region,channel $weight --adjust $adjust --format jsonl -q
        sed 's/"rank.*"versus_rest"/"versus_rest"/' out | sort >actual
        test_that "rest: as nps compare has it, --adjust $adjust $weight" cmp -s actual expected
        equals "rest: all segments $weight" "$(wc -l <actual | tr -d ' ')" 32
    done
done
for method in mover score adjusted-wald welch; do
    nps compare "$survey" --by region --method $method --format jsonl -q
    sed 's/"responses.*"versus_rest"/"versus_rest"/' out | sort >expected
    nps rank "$survey" --by region --method $method --format jsonl -q
    sed 's/"rank.*"versus_rest"/"versus_rest"/' out | sort >actual
    test_that "rest: --method $method" cmp -s actual expected
done
nps score "$survey" --by region -w weight --level .9 --format jsonl -q
sed 's/^{"key": \({[^}]*}\), \(.*\)}$/\1 \2/' out | sort >expected
nps rank "$survey" --by region -w weight --level .9 --format jsonl -q
sed 's/^{"key": \({[^}]*}\), "rank": [0-9]*, \(.*\), "shrinkage".*/\1 \2/' out | sort >actual
test_that "results are those of nps score" cmp -s actual expected

# Luck does not lead: 3 answers at +100 against 300 at +80 (270 promoters, 30 detractors), and 200 at +20 and +50 each.
ranked_csv '0/0/3;30/0/270;60/40/100;30/40/130' >luck.csv
nps score luck.csv --by segment --format csv
equals "luck: it leads a plain list" "$(awk -F, 'NR > 1 && $8 > best { best = $8; name = $1 } END { print name }' out | tr -d '"')" a
nps rank luck.csv --by segment --format csv
equals "luck: it does not lead" "$(cut -d, -f1-3 out | tr '\n' ' ')" "rank,segment,responses 1,b,300 2,a,3 3,d,200 4,c,200 "
# Nor among 40 others of 50 answers, at -40 to +72.
awk 'BEGIN { for (a = 0; a < 40; a++) for (i = 0; i < 50; i++) print "n" a "," (i < 20 + a % 20 ? 10 : i < 40 ? 8 : 2) }' |
    cat luck.csv - >many.csv
nps rank many.csv --by segment --format csv
equals "luck: nor among many" "$(sed -n 2p out | cut -d, -f2)" b
test_that "luck: it is not near" [ "$(awk -F, '$2 == "a" { print $1 }' out)" -gt 2 ]
nps rank luck.csv --by segment --format table
test_that "luck: the table" grep -qE '^ +2  a +3  \+100 +\+[0-9]+ ' out
nps rank luck.csv --by segment --format json
equals "luck: ranks in JSON" "$(sed -n 's/.*"segment": "\(.\)"}, "rank": \([0-9]*\),.*/\1\2/p' out | tr '\n' ' ')" "b1 a2 d3 c4 "
# The probabilities of being best add up to how many are best; all are best where that many are asked for.
for best in 1 2 3; do
    nps rank luck.csv --by segment --best $best --format jsonl
    near "best: probabilities of the best $best add up" \
        "$(sed -n 's/.*"best_probability": \([^,]*\),.*/\1/p' out | awk '{ s += $1 } END { print s }')" $best 1e-6
done
nps rank luck.csv --by segment --best 9 --format jsonl
equals "best: more than there are" "$(sed -n 's/.*"best_probability": \([^,]*\),.*/\1/p' out | tr '\n' ' ')" "1 1 1 1 "
# Two normal shrunken scores: P(first > second) = Phi((m1 - m2) / sqrt(s1^2 + s2^2)), for rows 1 and 3 of id 1 alone.
ranked_csv '20/30/50;30/20/10' >two.csv
nps rank two.csv --by segment --format jsonl
key a
m1=$(field line.json shrunken) s1=$(field line.json shrunken_standard_error) p1=$(field line.json best_probability)
key b
m2=$(field line.json shrunken) s2=$(field line.json shrunken_standard_error)
# Phi by a midpoint sum of the density from -12, a million steps.
near "best: of two" "$p1" "$(awk -v m="$m1" -v n="$m2" -v s="$s1" -v t="$s2" 'BEGIN {
    z = (m - n) / sqrt(s * s + t * t); h = (z + 12) / 1000000
    for (i = 0; i < 1000000; i++) { x = -12 + (i + .5) * h; sum += exp(-x * x / 2) }
    printf "%.12f", sum * h / sqrt(2 * atan2(0, -1)) }')" 1e-7
equals "best: asked for, told" "$(nps rank two.csv --by segment --best 2 --format json; field out best)" 2

# Segments without answers, and only one with any.
printf 'segment,score\na,10\na,3\na,9\nb,\nc,12\n' >one.csv
nps rank one.csv --by segment --format json -q
equals "one: ranks" "$(sed -n 's/.*"segment": "\(.\)"}, "rank": \([0-9nul]*\),.*/\1\2/p' out | tr '\n' ' ')" "a1 bnull cnull "
equals "one: it is its own mean" "$(field out mean)/$(field out tau2)" "$(field out pooled)/0"
key a
equals "one: shrunken to itself" "$(field line.json shrunken)/$(field versus.json nps)/$(field versus.json p_adjusted)/$(field line.json best_probability)" \
    "$(field line.json nps)/null/null/1"
key b
equals "none: nulls" "$(sed 's/.*"shrinkage"/"shrinkage"/' key.json)" \
    '"shrinkage": null, "shrunken": null, "shrunken_standard_error": null, "shrunken_lower": null, "shrunken_upper": null, "best_probability": null, "versus_rest": {"nps": null, "lower": null, "upper": null, "statistic": null, "df": null, "p": null, "p_adjusted": null, "method": "mover"}},'
nps rank one.csv --by segment --format csv -q
equals "none: empty cells" "$(sed -n 3p out)" ",b,0,,,,,,,,,,,,,,,,"
nps rank one.csv --by segment --format table -q
test_that "one: said" has out 'one segment with answers: there is nothing to compare it with'
test_that "one: the last lines are without rank" grep -qE '^ +c +0 +n/a$' out
test_that "one: no blanks at the ends of lines" test -z "$(grep ' $' out)"
printf 'segment,score\n' >nobody.csv
notes "nobody: a note" 'there is no answer, and so no score' rank nobody.csv --by segment --format json
equals "nobody: no groups" "$(field out mean)$(field out tau2)$(sed -n 's/.*"groups": //p' out)" 'nullnull[]}'
printf 'segment,score,w\na,9,0\nb,10,0\n' >weightless.csv
notes "nobody: without weights" 'there is no answer with a weight' rank weightless.csv --by segment -w w --format json
prints "nobody: said" 'no answers, nothing to rank' rank nobody.csv --by segment --format table

# Nothing between the segments (row 3 of the reference): all get the mean, each is as likely as any to be best, and the
# order is that of the lower bounds of their score intervals.
ranked_csv '200/300/500;190/310/500;210/280/510' >same.csv
nps rank same.csv --by segment --format csv
equals "same: the mean for all" "$(cut -d, -f8 out | uniq | wc -l | tr -d ' ')" 2
equals "same: as likely as any" "$(awk -F, 'NR > 1 { print $NF }' out | cut -c1-8 | uniq)" 0.333333
equals "same: by the lower bound" "$(awk -F, 'NR > 1 { print $5 }' out | sort -rg | head -n 1)" "$(sed -n 2p out | cut -d, -f5)"
nps rank same.csv --by segment --format table
test_that "same: said" has out 'nothing tells the segments apart: they differ no more than by luck, and the best guess for each is the mean, +30'
test_that "same: nobody is told apart" has out 'none of them is told apart from the rest'

# The words: reference id 1. a +22, c +33 and d -57 from the rest; tau2 from its first row: 61 (1 - B) / B = 805.6, its root 28.4.
ranked_csv '20/30/50;35/40/45;10/25/40;30/20/10' >words.csv
nps rank words.csv --by segment --format table
test_that "words: how much they differ" has out 'true scores differ by about 28 points (standard deviation) around a mean of +12'
test_that "words: what the order is" has out 'the order is that of the shrunken scores: each is drawn towards the mean'
test_that "words: who stands out" has out 'told apart from the rest: c (+33), a (+22), d (-57)'
test_that "words: rows" has out '355 rows: 355 responses, 0 missing, 0 invalid'
equals "words: header" "$(head -n 1 out | sed 's/  */ /g')" "rank segment n NPS shrunken 95% interval vs rest adj. p best"
nps rank words.csv --by segment --adjust none --level .9 --best 2 --format table
equals "words: header of others" "$(head -n 1 out | sed 's/  */ /g')" "rank segment n NPS shrunken 90% interval vs rest p best 2"
test_that "words: not adjusted" has out 'one at a time, told apart from the rest: '
# The table rounds what the CSV has.
nps rank words.csv --by segment --format csv
awk -F, 'NR > 1 { printf "%d %s %d %+.0f %+.0f %+.0f .. %+.0f %+.0f\n", $1, $2, $3, $4, $8, $10, $11, $12 }' out >expected
nps rank words.csv --by segment --format table
sed -n '2,/^$/p' out | sed '/^$/d; s/^ *//; s/  */ /g' | cut -d' ' -f1-9 >actual
equals "words: the table tells what the CSV does" "$(cat actual)" "$(cat expected)"

# The ends of the list; the estimate is of all.
nps rank "$survey" --by region,channel --format jsonl -q
mv out all.jsonl
nps rank "$survey" --by region,channel --top 3 --format jsonl -q
test_that "ends: top" [ "$(head -n 3 all.jsonl)" = "$(cat out)" ]
nps rank "$survey" --by region,channel --bottom 2 --format jsonl -q
test_that "ends: bottom" [ "$(tail -n 2 all.jsonl)" = "$(cat out)" ]
nps rank "$survey" --by region,channel --top 3 --bottom 2 --format jsonl -q
test_that "ends: both" [ "$(head -n 3 all.jsonl; tail -n 2 all.jsonl)" = "$(cat out)" ]
nps rank "$survey" --by region,channel --top 30 --bottom 9 --format jsonl -q
test_that "ends: they overlap" cmp -s out all.jsonl
nps rank one.csv --by segment --top 5 --format csv -q
equals "ends: of those with a rank" "$(cut -d, -f2 out | tr '\n' ' ')" "segment a "
nps rank "$survey" --by region --top 2 --format json -q
equals "ends: tau2 of all" "$(field out tau2)" "$(nps rank "$survey" --by region --format json -q; field out tau2)"
notes "ends: a note" '3 of 32 segments are shown' rank "$survey" --by region,channel --top 3 --format csv

# States: as their rows.
nps rank "$survey" --by region,channel --format json -q
mv out rows.json
nps tally "$survey" --by region,channel -o ranked.nps -q
nps rank ranked.nps --format json
test_that "states: as rows" cmp -s out rows.json
nps rank "$survey" --by region -w weight --format json -q
mv out rows.json
nps tally "$survey" --by region -w weight -o ranked_w.nps -q
nps rank ranked_w.nps --format json
test_that "states: weighted" cmp -s out rows.json
head -n 400 "$survey" >first.csv
{ head -n 1 "$survey"; tail -n +401 "$survey"; } >second.csv
nps rank first.csv second.csv --by region -w weight --format json -q
test_that "states: rows in two files" cmp -s out rows.json
nps tally first.csv --by region -w weight -o first_w.nps -q
nps tally second.csv --by region -w weight -o second_w.nps -q
nps rank first_w.nps second_w.nps --format json
test_that "states: two of them" cmp -s out rows.json
nps tally "$survey" -o total.nps -q
refuses "states: without segments" 2 'nothing to rank: name the segments with --by' rank total.nps
refuses "states: about rows" 2 '--where is about rows, but ranked.nps is a state' rank ranked.nps --where a=b
nps_input ranked.nps rank - --format csv
test_that "states: from standard input" grep -q '^1,' out

# Hidden segments: 4 of c are too few, and d goes with it, for the total less the others would tell c. Both stay out of
# the estimate.
ranked_csv '20/30/50;35/40/45;1/1/2;3/4/5' >hide.csv
nps rank hide.csv --by segment --min-n 10 --format json
mv out hidden.json
equals "hidden: order" "$(sed -n 's/.*"segment": "\(.\)"}, "rank": \([0-9nul]*\),.*/\1\2/p' hidden.json | tr '\n' ' ')" "a1 b2 cnull dnull "
test_that "hidden: marked" [ "$(grep -c '"suppressed": true' hidden.json)" -eq 2 ]
ranked_csv '20/30/50;35/40/45' >shown.csv
nps rank shown.csv --by segment --format json
for name in pooled mean tau2; do
    equals "hidden: $name of the others" "$(field hidden.json $name)" "$(field out $name)"
done
nps compare hide.csv --by segment --format jsonl
key a
expected=$(field versus.json nps)
key a hidden.json
equals "hidden: the rest is of all" "$(field versus.json nps)" "$expected"
nps rank hide.csv --by segment --min-n 10 --format csv
equals "hidden: CSV" "$(sed -n '4,$p' out)" ",c,,,,,,,,,,,,,,,,,,true
,d,,,,,,,,,,,,,,,,,,true"
nps rank hide.csv --by segment --min-n 10 --format table
test_that "hidden: table" grep -qE '^ +c  hidden$' out
test_that "hidden: said" has out '2 segments are hidden: fewer than 10 responses, or what would give such away'
nps rank hide.csv --by segment --min-n 10 --top 9 --format csv -q
equals "hidden: not among the best" "$(cut -d, -f2 out | tr '\n' ' ')" "segment a b "
nps rank hide.csv --by segment --min-n 1000 --format json
equals "hidden: all" "$(field out rows)$(field out mean)" nullnull

# Formats.
nps rank "$survey" --by region,channel --format csv -q
equals "CSV: header" "$(head -n 1 out)" \
    "rank,region,channel,responses,nps,lower,upper,shrinkage,shrunken,shrunken_standard_error,shrunken_lower,shrunken_upper,versus_rest,rest_lower,rest_upper,statistic,df,p,p_adjusted,best_probability"
equals "CSV: ranks" "$(tail -n +2 out | cut -d, -f1 | tr '\n' ' ')" "$(seq 32 | tr '\n' ' ')"
test_that "CSV: in order" awk -F, 'NR > 2 && $9 > last { bad = 1 } { last = $9 } END { exit bad }' out
nps rank "$survey" --by region -w weight --format csv -q
test_that "CSV: weighted" grep -q '^rank,region,responses,effective_n,nps,' out
nps rank "$survey" --by region -w weight --format md -q
equals "Markdown: header" "$(head -n 1 out)" "| rank | region | n | eff. n | NPS | shrunken | 95% interval | vs rest | adj. p | best |"
test_that "Markdown: words" has out 'true scores differ by about'
test_that "Markdown: interval" grep -qF ' ... ' out
nps rank "$survey" --by region --format json -q
test_that "JSON: head" has out '"method": "mover", "level": 0.95, "weighted": false, "rows": 800, "adjust": "holm", "best": 1,'
equals "JSON: keys" "$(sed -n '/"key"/{p;q;}' out | grep -o '"[a-z_]*":' | tr -d '":\n')" \
    "keyregionrankresponsespromoterspassivesdetractorsmissinginvalidmeannpsroundedlowerupperstandard_errorpromoter_sharepassive_sharedetractor_sharehistogramshrinkageshrunkenshrunken_standard_errorshrunken_lowershrunken_upperbest_probabilityversus_restnpslowerupperstatisticdfpp_adjustedmethod"
test_that "JSON: no value is null" has out '{"key": {"region": null}, "rank": '
if command -v python3 >/dev/null; then
    test_that "JSON: it parses" python3 -c 'import json; json.load(open("out"))'
fi
LC_ALL=C.UTF-8 nps rank "$survey" --by region --format table -q
test_that "table: right to left is kept apart" grep -q "$(printf '\342\201\250')اصفهان$(printf '\342\201\251')" out
test_that "table: lines fit 80 columns" awk '/^$/ { exit bad } length($0) > 120 { bad = 1 }' out
LC_ALL=C

# Usage.
refuses "usage: no segments" 2 'nothing to rank: name the segments with --by' rank "$survey" -q
refuses "usage: no file" 2 'no file' rank --by region
refuses "usage: best" 2 '--best "0": expected a whole number from 1' rank "$survey" --by region --best 0
refuses "usage: method" 2 '--method "wald": expected mover, score, adjusted-wald, welch or permutation' \
    rank "$survey" --by region --method wald
refuses "usage: permutation of weights" 2 'takes whole counts only' rank "$survey" --by region -w weight --method permutation -q
nps rank one.csv --by segment --max-invalid 10 -q
equals "usage: too many invalid" "$status" 3
