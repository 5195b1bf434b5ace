# shellcheck shell=sh disable=SC2016,SC2034,SC2154
# nps compare: differences of two samples, segments, benchmarks; the words; usage.

# object NAME: the object of that name in the output, on a line of its own.
object() { sed -n "s/.*\"$1\": {\\([^}]*\\)}.*/{\\1}/p" out | head -n 1; }

# of OBJECT NAME: a field of that object.
of() { object "$1" >object.json; field object.json "$2"; }

# agree PAIR...: each "actual expected" is the same to nine digits; nothing and null are the same.
agree()
{
    printf '%s\n' "$@" | awk '
        function number(x) { return x == "null" ? "" : x }
        {
            split($0, pair, " "); a = number(pair[1]); e = number(pair[2]); d = a - e; t = 1e-8 * (e < 0 ? 1 - e : 1 + e)
            if ((a == "") != (e == "") || d > t || -d > t) { print "# is " $1 ", not " $2; bad = 1 }
        }
        END { exit bad }'
}

# told NAME TEXT ARGUMENT...: the table of this comparison has the text, which is the whole of a line.
told()
{
    name=$1 text=$2
    shift 2
    nps compare "$@" --format table
    if [ "$status" -eq 0 ] && grep -qxF -e "$text" out; then pass "$name"; else fail "$name" "wanted exit 0 and the line: $text"; fi
}

# Two samples: tests/reference/differences.csv, all rows of whole counts.
rows=0 wrong=
while IFS=, read -r id fd fp fr td tp tr method level estimate lower upper statistic df p rest; do
    case $id$fd$fp$fr$td$tp$tr in *[!0-9]*) continue ;; esac
    nps compare --counts "$fr,$fp,$fd" --counts "$tr,$tp,$td" --method "$method" --level "${level:-.95}" --format json
    object difference >object.json
    rows=$((rows + 1))
    agree "$(field object.json nps) $estimate" "$(field object.json lower) $lower" "$(field object.json upper) $upper" \
        "$(field object.json statistic) $statistic" "$(field object.json df) $df" "$(field object.json p) $p" \
        "$(field object.json p_adjusted) $p" || wrong="$wrong $id/$method"
done <"$root/tests/reference/differences.csv"
equals "differences: rows of the reference that are wrong" "$wrong" ""
test_that "differences: all rows were read" [ "$rows" -ge 80 ]

rows=0 wrong=
while IFS=, read -r id fd fp fr td tp tr margin method lower upper p rest; do
    case $id in *[!0-9]*) continue ;; esac
    nps compare --counts "$fr,$fp,$fd" --counts "$tr,$tp,$td" --method "$method" --equivalence "$margin" --format json
    object equivalence >object.json
    rows=$((rows + 1))
    agree "$(field object.json margin) $margin" "$(field object.json statistic_lower) $lower" \
        "$(field object.json statistic_upper) $upper" "$(field object.json p) $p" || wrong="$wrong $id/$method"
done <"$root/tests/reference/equivalence.csv"
equals "equivalence: rows of the reference that are wrong" "$wrong" ""
equals "equivalence: rows" "$rows" 10

rows=0 wrong=
while IFS=, read -r id d p r points method statistic probability rest; do
    case $id$d$p$r$method in *[!0-9]*score) continue ;; *score) ;; *) continue ;; esac
    nps compare --counts "$r,$p,$d" --benchmark "$points" --format json
    object benchmark >object.json
    rows=$((rows + 1))
    agree "$(field object.json points) $points" "$(field object.json statistic) $statistic" \
        "$(field object.json p) $probability" || wrong="$wrong $id"
done <"$root/tests/reference/one_sample.csv"
equals "benchmark: rows of the reference that are wrong" "$wrong" ""
equals "benchmark: rows" "$rows" 25

# "d/p/r;d/p/r" to a CSV with columns segment, which is a, b, ..., and score.
samples_csv()
{
    printf '%s\n' "$1" | tr ';' '\n' | awk -F/ '
        BEGIN { print "segment,score" }
        {
            name = substr("abcdef", NR, 1)
            for (i = 0; i < $1 + $2 + $3; i++) print name "," (i < $1 ? 0 : i < $1 + $2 ? 7 : 10)
        }'
}
rows=0 wrong=
while IFS=, read -r id samples method estimate statistic df p rest; do
    [ "$method" = cmh ] || continue
    samples_csv "$samples" >omnibus.csv
    nps compare omnibus.csv --by segment --format json
    object omnibus >object.json
    rows=$((rows + 1))
    agree "$(field object.json statistic) $statistic" "$(field object.json df) $df" "$(field object.json p) $p" ||
        wrong="$wrong $id"
done <"$root/tests/reference/homogeneity.csv"
equals "omnibus: rows of the reference that are wrong" "$wrong" ""
equals "omnibus: rows" "$rows" "$(grep -c ',cmh,' "$root/tests/reference/homogeneity.csv")"

# Two files.
cat >before.csv <<'EOF2'
region,score,w
north,10,1
north,9,2
south,3,1
south,,1
south,12,1
EOF2
cat >after.csv <<'EOF2'
region,score,w
north,10,1
north,6,1
south,9,.5
south,x,1
EOF2
nps compare before.csv after.csv --format json -q
equals "two files: exit" "$status" 0
equals "two files: quiet is quiet" "$(cat err)" ""
test_that "two files: head" has out '"scale": {"lowest": 0, "highest": 10, "detractor_max": 6, "promoter_min": 9},'
test_that "two files: method, level, rows" has out '"method": "mover", "level": 0.95, "weighted": false, "rows": 9,'
test_that "two files: from" has out '"from": {"responses": 3, "promoters": 2, "passives": 0, "detractors": 1, "missing": 1, "invalid": 1,'
test_that "two files: to" has out '"to": {"responses": 3, "promoters": 2, "passives": 0, "detractors": 1, "missing": 0, "invalid": 1,'
equals "two files: difference" "$(of difference nps)" 0
sed -n 's/.*"difference": {\(.*\)}.*/\1/p' out | grep -o '"[a-z_]*":' | tr -d '":\n' >keys
equals "two files: keys of a difference" "$(cat keys)" "npslowerupperstatisticdfpp_adjustedmethod"
test_that "two files: no equivalence that was not asked for" lacks out equivalence
nps compare before.csv after.csv -w w --format json -q
# before (1 + 2 - 1) / 4, after (1 + .5 - 1) / 2.5
equals "two files: weights" "$(of from nps)/$(of to nps)" "50/20"
near "two files: weighted difference" "$(of difference nps)" -30 1e-12
equals "two files: weights are told of" "$(field out weighted)" true
prints "two files: where" '"rows": 4,' compare before.csv after.csv --where region=north --format json
nps_input after.csv compare before.csv - --format csv -q
test_that "two files: one from standard input" has out 'before.csv,"standard input",3,33.3'
nps compare after.csv before.csv --rejects rejects.csv --format csv
equals "two files: rejects of both" "$(cut -d, -f1-4 rejects.csv | tr -d '"' | tr '\n' ' ')" \
    'file,row,column,value after.csv,5,score,x before.csv,6,score,12 '
test_that "two files: a note on each" [ "$(grep -c '1 invalid answer' err)" -eq 2 ]
nps compare before.csv after.csv --max-invalid 24 -q
equals "two files: too many invalid in one" "$status" 3
test_that "two files: which one" has err 'before.csv: 25% of the answers are invalid'
test_that "two files: and in the other" has err 'after.csv: 25% of the answers are invalid'
nps compare before.csv after.csv --max-invalid 25 -q
equals "two files: not too many" "$status" 0
mkdir -p a b && cp before.csv a/x.csv && cp after.csv b/x.csv
prints "two files: names that tell them apart" 'a/x.csv,b/x.csv,3,' compare a/x.csv b/x.csv --format csv -q
prints "two files: names without directories" 'before.csv,x.csv,3,' compare before.csv b/x.csv --format csv -q
printf 'score\n' >nobody.csv
notes "two files: no answers in one" 'there is no answer in nobody.csv, and so no difference' \
    compare before.csv nobody.csv --format json
equals "two files: no answers, null" "$(of difference nps)$(of difference p)$(of to nps)" nullnullnull
told "two files: no answers, words" 'no answers, no difference to tell' before.csv nobody.csv -q

# States.
nps tally before.csv -o before.nps -q
nps tally after.csv -o after.nps -q
nps tally after.csv --by region -o after_by.nps -q
nps tally before.csv --by region -o before_by.nps -q
nps tally before.csv -w w -o before_w.nps -q
nps tally before.csv --kind relational -o before_r.nps -q
nps tally after.csv --kind transactional -o after_t.nps -q
nps compare before.csv after.csv --format json -q
mv out rows.json
nps compare before.nps after.nps --format json
test_that "states: as their rows" cmp -s out rows.json
nps compare before.nps after_by.nps --format json
test_that "states: with segments, their total" cmp -s out rows.json
nps compare before.nps after.csv -s score --format json -q
test_that "states: a state and rows" cmp -s out rows.json
nps compare before.csv --by region --format json -q
mv out rows.json
nps compare before_by.nps --format json
test_that "states: segments as those of their rows" cmp -s out rows.json
refuses "states: about rows" 2 '--where is about rows, but before.nps is a state' compare before.nps after.nps --where a=b
refuses "states: weighted and not" 1 'before_w.nps is weighted, but after.nps is not weighted' compare before_w.nps after.nps
notes "states: kinds" 'of different kinds' compare before_r.nps after_t.nps
printf 'score\n5\n4\n' >five.csv
nps tally five.csv --scale 1-5 -o five.nps
refuses "states: scales" 1 'on different scales' compare five.nps after.nps
refuses "states: one without segments" 2 'nothing to compare it with' compare before.nps
prints "states: one without segments and a benchmark" '"points": 10,' compare before.nps --benchmark 10 --format json

# Segments. a 20/30/50, b 35/40/45, c 10/25/40, d 30/20/10 (detractors, passives, promoters), e without answers, f of one.
{
    samples_csv '20/30/50;35/40/45;10/25/40;30/20/10'
    printf 'e,\ne,NA\nf,7\n'
} >segments.csv
nps compare segments.csv --by segment --format json
equals "segments: groups" "$(sed -n 's/.*"key": {"segment": "\([^"]*\)"}.*/\1/p' out | tr -d '\n')" abcdef
equals "segments: adjusted by Holm" "$(field out adjust)" '"holm"'
# a against b, c, d and f: 75 detractors, 86 passives, 95 promoters
sed -n '/"segment": "a"/s/.*"versus_rest": //p' out >a.json
cp out segments.json
nps compare --counts 95,86,75 --counts 50,30,20 --format json
for name in nps lower upper statistic p; do
    equals "segments: $name of one against the rest" "$(field a.json $name)" "$(of difference $name)"
done
test_that "segments: the rest has all but the segment" agree "$(field a.json nps) 22.1875"
equals "segments: none of nothing" "$(sed -n '/"segment": "e"/s/.*"versus_rest": //p' segments.json)" \
    '{"nps": null, "lower": null, "upper": null, "statistic": null, "df": null, "p": null, "p_adjusted": null, "method": "mover"}},'
test_that "segments: total" has segments.json '"total": {"responses": 356,'
# The definitions of the adjustments, slow and obvious.
for method in holm hochberg bh by none; do
    nps compare segments.csv --by segment --adjust $method --format csv
    tail -n +2 out | awk -F, -v method=$method '
        $11 != "" { p[n++] = $11; q[n - 1] = $12 }
        END {
            for (i = 0; i < n; i++) c += 1 / (i + 1)
            for (i = 0; i < n; i++) {
                best = method == "holm" ? 0 : 1
                for (j = 0; j < n; j++) {
                    below = 0; upto = 0
                    for (k = 0; k < n; k++) { below += p[k] < p[j]; upto += p[k] <= p[j] }
                    h = (n - below) * p[j]; if (h > 1) h = 1
                    s = p[j] * n / upto * (method == "by" ? c : 1)
                    if (method == "holm" && p[j] <= p[i] && h > best) best = h
                    if (method == "hochberg" && p[j] >= p[i] && h < best) best = h
                    if ((method == "bh" || method == "by") && p[j] >= p[i] && s < best) best = s
                }
                if (method == "none") best = p[i]
                d = best - q[i]; if (d > 1e-12 || -d > 1e-12) bad = 1
            }
            exit bad || n != 5
        }'
    equals "segments: --adjust $method" $? 0
done
nps compare segments.csv --by segment --format jsonl
equals "segments: jsonl, a line each" "$(wc -l <out | tr -d ' ')" 6
test_that "segments: jsonl" has out '{"key": {"segment": "a"}, "responses": 100, "promoters": 50,'
nps compare segments.csv --by segment --format csv
equals "segments: CSV header" "$(head -n 1 out)" \
    "segment,responses,nps,lower,upper,difference,difference_lower,difference_upper,statistic,df,p,p_adjusted,method"
equals "segments: CSV of nothing" "$(grep '^e,' out)" "e,0,,,,,,,,,,,mover"
nps compare segments.csv --by segment --method welch --format csv
equals "segments: welch of one answer" "$(grep '^f,' out | cut -d, -f1-3,6-)" "f,1,0,,,,,,,,welch"
test_that "segments: welch has df" awk -F, '$1 == "a" && $10 > 100 { found = 1 } END { exit !found }' out

# squeezed: table lines of segments as far as the difference's interval, without blanks to line up.
squeezed() { sed -n '2,/^$/p' out | sed '/^$/d;/^total/d;s/  */ /g' | cut -d' ' -f1-"$1"; }

nps compare segments.csv --by segment --format csv
awk -F, '
    function whole(x) { return sprintf("%+.0f", x) + 0 == 0 ? "0" : sprintf("%+.0f", x) }
    NR > 1 && $3 != "" { print $1, $2, whole($3), whole($4), "..", whole($5), whole($6), whole($7), "..", whole($8) }' out >expected
nps compare segments.csv --by segment --format table
squeezed 10 | sed '/^e/d' >table
equals "segments: the table tells what the CSV does" "$(cat table)" "$(cat expected)"
equals "segments: the header" "$(head -n 1 out | sed 's/  */ /g')" "segment n NPS 95% interval vs rest 95% interval adj. p verdict"
equals "segments: a line of nothing" "$(grep '^e' out | sed 's/  */ /g')" "e 0 n/a n/a n/a n/a n/a n/a"
test_that "segments: the total" grep -q '^total *356  +14 ' out
test_that "segments: rows" has out '358 rows: 356 responses, 2 missing, 0 invalid'
test_that "segments: no blanks at the ends of lines" test -z "$(grep ' $' out)"
nps compare segments.csv --by segment --level .9 --adjust none --format table
test_that "segments: level and p" grep -q '^segment .*90% interval .*90% interval  *p  verdict$' out

# Two segments are each other's rest: tests/reference/differences.csv, 9 and its mirror image; p = 2.5e-7.
samples_csv '30/20/10;10/25/40' >pair.csv
told "segments: words of one above" 'b stands 73 points above the rest, 95% interval +47 to +96 (adjusted p < .0001)' pair.csv --by segment
test_that "segments: words of one below" has out 'a stands 73 points below the rest, 95% interval -96 to -47 (adjusted p < .0001)'
test_that "segments: verdicts" test "$(awk '/^$/ { exit } /^[ab] / { print $NF }' out | tr '\n' ' ')" = "below above "
told "segments: p that is not adjusted" 'b stands 73 points above the rest, 95% interval +47 to +96 (p < .0001)' pair.csv --by segment --adjust none
# homogeneity.csv, 5, 3 and 4: p = .049529, .95, .051
told "omnibus: they differ" 'the segments differ (p < .0001)' pair.csv --by segment
told "omnibus: they differ, nobody stands out" 'the segments differ (p = .0495), but no single one stands out' omnibus.csv --by segment
test_that "segments: what p allows for" has out 'an interval is for one look; p and verdict allow for all 5 (holm)'
samples_csv '200/300/500;190/310/500;210/280/510' >alike.csv
told "omnibus: nothing says so" 'nothing says that the segments differ (p = .95)' alike.csv --by segment
samples_csv '0/0/10;3/4/8;1/5/9' >nearly.csv
told "omnibus: nothing for certain" 'nothing says that the segments differ (p = .051)' nearly.csv --by segment --method score

samples_csv '20/30/50' >one.csv
nps compare one.csv --by segment --format json
equals "one segment: exit" "$status" 0
equals "one segment: no rest" "$(of versus_rest nps)$(of versus_rest p)" nullnull
equals "one segment: no omnibus test" "$(object omnibus)" '{"method": "cmh", "statistic": null, "df": null, "p": null}'
told "one segment: words" 'fewer than two segments have answers: there is nothing to compare' one.csv --by segment
printf 'segment,score\n' >none.csv
notes "no segments" 'there is no answer, and so no score' compare none.csv --by segment --format json
test_that "no segments: JSON" has out '"groups": [],'
for format in table csv md jsonl; do
    nps compare none.csv --by segment --format $format -q
    equals "no segments: $format" "$status" 0
    nps compare none.csv --by segment --pairwise --format $format -q
    equals "no segments, pairwise: $format" "$status" 0
done
notes "no answers, a benchmark" 'and so no score' compare none.csv --benchmark 10 --format json
equals "no answers, a benchmark: null" "$(of benchmark p)$(of benchmark difference)" nullnull

# Weights: those of 2 count as much as answers that are there twice, but no more people answered.
awk 'NR == 1 { print $0 ",w" } NR > 1 { print $0 "," (NR % 2 ? 2 : 1) }' pair.csv >weighted.csv
nps compare weighted.csv --by segment -w w --format json
equals "weights: told of" "$(field out weighted)" true
nps score weighted.csv --by segment -w w --format json
sed -n 's/.*"segment": "\([ab]\)".* "nps": \([-0-9.e]*\),.*/\2/p' out >scores
nps compare weighted.csv --by segment -w w --format csv
test_that "weights: the rest is the other segment" agree \
    "$(sed -n 2p out | cut -d, -f7) $(awk '{ s = NR == 1 ? $1 : s - $1 } END { printf "%.15g", s }' scores)"
equals "weights: CSV tells the effective size" "$(head -n 1 out | cut -d, -f1-4)" segment,responses,effective_n,nps
nps compare weighted.csv --by segment -w w --format table
test_that "weights: the table tells the effective size" grep -q 'eff. n' out

# Pairs: c to d is the reference's 9 the other way round.
nps compare segments.csv --by segment --pairwise --format csv
equals "pairwise: each with each" "$(wc -l <out | tr -d ' ')" 16
equals "pairwise: header" "$(head -n 1 out)" \
    "from_segment,to_segment,difference,difference_lower,difference_upper,statistic,df,p,p_adjusted,method"
grep '^c,d,' out | tr , ' ' >line
read -r _ _ estimate lower upper statistic p rest <line
test_that "pairwise: one of them" agree "$estimate -73.333333333333333" "$lower -95.972580808252032" \
    "$upper -46.695461452543657" "$statistic -5.155657023784656" "$p 2.5274314042876617e-7"
equals "pairwise: nothing with nothing" "$(grep '^a,e,' out)" "a,e,,,,,,,,mover"
nps compare segments.csv --by segment --pairwise --format json
test_that "pairwise: JSON" has out '{"from": {"segment": "c"}, "to": {"segment": "d"}, "nps": -73.3333333333333'
test_that "pairwise: groups have no rest" lacks out versus_rest
test_that "pairwise: omnibus" has out '"omnibus": {"method": "cmh"'
nps compare segments.csv --by segment --pairwise --format jsonl
equals "pairwise: jsonl" "$(wc -l <out | tr -d ' ')" 15
told "pairwise: words" 'b stands 73 points above a, 95% interval +47 to +96 (p < .0001)' pair.csv --by segment --pairwise
test_that "pairwise: segments above" grep -q '^total *135 ' out
awk 'BEGIN { print "s,score"; for (i = 0; i < 1415; i++) print i ",9" }' >many.csv
told "pairwise: they differ, no pair stands out" 'the segments differ (p = .0495), but no single pair stands out' \
    omnibus.csv --by segment --pairwise
refuses "pairwise: a million pairs" 2 'choose some with --where' compare many.csv --by s --pairwise
awk 'BEGIN { print "s,score"; for (i = 1; i < 14; i++) for (j = 0; j < 60; j++) print i "," (i % 2 ? 0 : 10) }' >many.csv
told "segments: of many that stand out ten are told" 'and 3 more: see their verdicts above' many.csv --by s

# A benchmark: one_sample.csv, 19 (40, p = .904), 18 (0), 26 is fractional; 38: p = .17.
told "benchmark: words, above" '39.8 is above the benchmark of 0 (p < .0001)' --counts 1436,968,342 --benchmark 0
told "benchmark: words, neither" '39.8 cannot be told from the benchmark of 40 (p = .90)' --counts 1436,968,342 --benchmark 40
told "benchmark: words, below" '30 is below the benchmark of 99 (p < .0001)' --counts 50,30,20 --benchmark 99
told "benchmark: words, a score that looks the same" '33.3333 cannot be told from the benchmark of 33.333 (p > .99)' \
    --counts 3,2,1 --benchmark 33.333
test_that "benchmark: no line for segments" lacks out total
nps compare --counts 50,30,20 --benchmark 25 --method score --format json
test_that "benchmark: method, and no scale" has out '"scale": null,'
test_that "benchmark: the method is the score test" has out '"method": "score"'
test_that "benchmark: no groups" lacks out groups
equals "benchmark: p of one is not adjusted" "$(of benchmark p)" "$(of benchmark p_adjusted)"
nps compare --counts 50,30,20 --benchmark 25 --format jsonl
test_that "benchmark: jsonl" has out '{"key": {}, "responses": 100,'
nps compare --counts 50,30,20 --benchmark 25 --format csv
equals "benchmark: CSV" "$(cut -d, -f1,2,5,6 out)" "responses,nps,benchmark,difference
100,30,25,5"
nps compare segments.csv --by segment --benchmark 25 --format json
# one_sample.csv, 5: 20, 30, 50 against 25
sed -n 's/.*"segment": "a".*"benchmark": {\([^}]*\)}.*/\1/p' out >a.json
test_that "benchmark: a segment" agree "$(field a.json statistic) 0.62922145666688222" "$(field a.json p) 0.52920408351646564"
test_that "benchmark: adjusted" awk -v p="$(field a.json p)" -v q="$(field a.json p_adjusted)" 'BEGIN { exit !(q > p) }' </dev/null
test_that "benchmark: the total too" has out ' "benchmark": {"points": 25,'
nps compare segments.csv --by segment --benchmark 25 --format table
test_that "benchmark: words of a segment" has out 'd, at -33.3, is below the benchmark of 25 (adjusted p < .0001)'
nps compare after_by.nps --benchmark 10 --format csv
equals "benchmark: the segments of a state" "$(cut -d, -f1 out | tr '\n' ' ')" "region north south "
prints "benchmark: any number of files as one" '"responses": 6,' compare before.csv after.csv --benchmark 10 --format json -q

# A list of them.
printf 'Points,NAME\n0,Zero\n38,"Thirty, eight"\n40,=Forty\n95,Best\n' >list.csv
nps compare --counts 1436,968,342 --benchmarks list.csv --format csv
equals "list: in the order of the file" "$(cut -d, -f1 out | tr '\n' ' ')" 'name Zero "Thirty =Forty Best '
tr -d '"' <out | sed 's/Thirty, eight/T/' >lines
for line in "T 1.366055713587466 0.17192147710864805" "=Forty -0.12020288501353054 0.90432243243809118"; do
    read -r name statistic p <<EOF2
$line
EOF2
    test_that "list: $name" agree "$(sed -n "s/^$name,[^,]*,[^,]*,\([^,]*\),.*/\1/p" lines) $statistic" \
        "$(sed -n "s/^$name,[^,]*,[^,]*,[^,]*,\([^,]*\),.*/\1/p" lines) $p"
done
nps compare --counts 1436,968,342 --benchmarks list.csv --format json
equals "list: standing" "$(object standing)" '{"rank": 3, "of": 5, "best": 2, "worst": 4}'
test_that "list: JSON" has out '{"name": "Thirty, eight", "points": 38, "difference": 1.8397'
nps compare --counts 1436,968,342 --benchmarks list.csv --format jsonl
equals "list: jsonl" "$(wc -l <out | tr -d ' ')" 4
told "list: words" '39.8 stands 3rd of 5; allowing for chance, anywhere from 2nd to 4th' --counts 1436,968,342 --benchmarks list.csv
equals "list: the table from the highest to the lowest" "$(sed -n '2,6s/  .*//p' out | tr '\n' '/')" \
    'Best/=Forty/(this score)/Thirty, eight/Zero/'
printf 'points,name\n-99,a\n99,b\n' >far.csv
told "list: a place for certain" '39.8 stands 2nd of 3, and no other place is likely' --counts 1436,968,342 --benchmarks far.csv
told "list: no answers" 'no answers, no place among the benchmarks' --counts 0,0,0 --benchmarks far.csv -q
printf 'Company\tNPS\nAcme\t20\n' >tabs.csv
prints "list: two columns of any name" 'Acme,20,10,' compare --counts 50,30,20 --benchmarks tabs.csv --format csv
printf 'NPS,Name\n20,Acme\n' >turned.csv
prints "list: the column that is no name is points" 'Acme,20,10,' compare --counts 50,30,20 --benchmarks turned.csv --format csv
printf 'Acme,20\nBolt,30\n' >headless.csv
refuses "list: no header" 2 'the first row is to name the columns: name, points' compare --counts 5,3,2 --benchmarks headless.csv
printf 'id,company,nps\n1,Acme,20\n' >three.csv
refuses "list: three columns of other names" 2 'three.csv: no column "points"' compare --counts 5,3,2 --benchmarks three.csv
for points in 100 -100 1e9 nan inf '' x 0x10; do
    printf 'name,points\nA,1\nB,%s\n' "$points" >bad.csv
    refuses "list: points \"$points\"" 1 "bad.csv: row 3, column \"points\": \"$points\": expected points between" \
        compare --counts 5,3,2 --benchmarks bad.csv
done
printf 'name;points\nA;1,5\n' >bad.csv
refuses "list: a decimal comma" 1 'row 2, column "points": "1,5": write decimals with a point' compare --counts 5,3,2 --benchmarks bad.csv
printf 'name,points\n,1\n' >bad.csv
refuses "list: no name" 1 'row 2, column "name": "": expected a name' compare --counts 5,3,2 --benchmarks bad.csv
printf 'name,points\n' >bad.csv
refuses "list: nothing in it" 1 'there is no benchmark' compare --counts 5,3,2 --benchmarks bad.csv
: >bad.csv
refuses "list: an empty file" 1 'bad.csv: empty' compare --counts 5,3,2 --benchmarks bad.csv
refuses "list: no file" 1 'absent.csv' compare --counts 5,3,2 --benchmarks absent.csv
refuses "list: a state" 1 'expected a CSV of names and points' compare --counts 5,3,2 --benchmarks before.nps
printf '{"name": "A", "points": 3}\n' >list.jsonl
refuses "list: JSON lines" 1 'expected a CSV of names and points' compare --counts 5,3,2 --benchmarks list.jsonl

# Words of two samples, by the rows of differences.csv (in brackets), as DETRACTORS, PASSIVES, PROMOTERS there. Sizes:
# (1.95996 + 0.84162)^2 (v + v') / difference^2, rounded up.
told "words: up, not told (1)" 'up 19 points, 95% interval -20 to +57: not yet distinguishable from no change (p = .34); were it real, 286 answers a wave would tell, 4 times in 5' \
    --counts 12,7,12 --counts 15,13,8
told "words: down, not told (1)" 'down 19 points, 95% interval -57 to +20: not yet distinguishable from no change (p = .34); were it real, 286 answers a wave would tell, 4 times in 5' \
    --counts 15,13,8 --counts 12,7,12
told "words: one point, thousands (6)" 'down 1 point, 95% interval -8 to +6: not yet distinguishable from no change (p = .77); were it real, 94,493 answers a wave would tell, 4 times in 5' \
    --counts 500,310,190 --counts 500,300,200
told "words: up, real (10)" 'up 35 points, 95% interval +8 to +58: a real change (p = .012)' --counts 50,25,25 --counts 35,10,5
told "words: down, real (10)" 'down 35 points, 95% interval -58 to -8: a real change (p = .012)' --counts 35,10,5 --counts 50,25,25
told "words: a bound is not rounded to 0 (2)" 'up 21.7 points, 95% interval +0.2 to +42.1: a real change (p = .048)' \
    --counts 45,40,35 --counts 50,30,20
nps compare --counts 50,25,25 --counts 35,10,5 --level .9881 --format table
test_that "words: p is not rounded to the level (10)" grep -q '^up 35.* 98.81% interval .*: a real change (p = .01186)$' out
nps compare --counts 50,25,25 --counts 35,10,5 --level .99999 --format table
test_that "words: a level is not rounded to all" grep -q '99.999% interval' out
told "words: the same score (11)" 'the same score, 95% interval -64 to +64: nothing says that it changed (p = 1)' \
    --counts 3,3,3 --counts 4,4,4
nps compare --counts 2,0,1 --counts 4,0,2 --format table
test_that "words: the same score of other counts" grep -q '^the same score, .*: nothing says that it changed (p = 1)$' out
told "words: as far as it goes (7)" 'up 200 points, 95% interval +122 to +200: a real change (p < .0001)' --counts 0,0,10 --counts 10,0,0
told "words: no interval (2)" 'up 22 points: not yet distinguishable from no change (p = .053); were it real, 213 answers a wave would tell, 4 times in 5' \
    --counts 45,40,35 --counts 50,30,20 --method permutation
told "words: no variance (8)" 'up 100 points: a real change (p < .0001)' --counts 0,10,0 --counts 8,0,0 --method welch
# Counts with 3/4, 3/2, 3/4 more: 25 and 99.501, standard error 37.5 but for the second's 0.3: 74.5 +- 73.5
told "words: the score and its interval on two sides of 0" 'down 0.2 points, 95% interval +1.0 to +148.0: the two contradict each other, for there are too few answers for this method' \
    --counts 1,0,0 --counts 999,0,1 --method adjusted-wald
told "words: too small for any survey" 'up 0.0002 points, 95% interval -0.0228 to +0.0232: not yet distinguishable from no change (p = .99); were it real, it would be too small for any survey to tell' \
    --counts 40000000,30000000,30000000 --counts 40000100,30000000,29999900
told_size() { equals "$1" "$(sed -n 's/.*were it real, \([0-9,]*\) answers a wave.*/\1/p' out)" "$2"; }
# With 3/4, 3/2, 3/4 more the variance is 1/2; the other 0.24: 7.849 * 0.74 / 0.4^2 = 36.3
nps compare --counts 3,0,0 --counts 3,2,0 --format table
told_size "words: one class only has a size too" 37
nps compare --counts 12,7,12 --counts 1500,1300,800 --format table
told_size "words: enough answers in one wave only (1)" 286
# Each answer twice, with weights 1 and 3: design effect 62 * 310 / 124^2 = 1.25, and 1.25 * 285.4998 = 356.9
for wave in 12/7/12 8/13/15; do
    samples_csv $wave | awk 'NR == 1 { print $0 ",w" } NR > 1 { print $0 ",1"; print $0 ",3" }' >"wave_${wave%%/*}.csv"
done
nps compare wave_12.csv wave_8.csv -w w --format table
told_size "words: weights need more answers (1)" 357
nps compare --counts 12,7,12 --counts 15,13,8 --method welch --format json
of from lower >bound
nps score --counts 12,7,12 --format json
equals "the interval of a sample is the one that nps score tells, whatever the method" "$(cat bound)" "$(total out lower)"
# equivalence.csv, 1 and 2; the 90% interval of 2 is 1 of differences.csv
nps compare --counts 500,310,190 --counts 500,300,200 --equivalence 10 --format table
test_that "words: equivalent" grep -q '^the same to within 10 points (p = .0047): the 90% interval .* lies inside$' out
nps compare --counts 500,310,190 --counts 500,300,200 --equivalence 7 --format table
test_that "words: a bound inside the margin is not rounded to it" grep -q 'the 90% interval -6[.][0-9]* to +.* lies inside$' out
told "words: not equivalent" 'cannot be called the same to within 25 points (p = .39): the 90% interval -14 to +52 does not lie inside' \
    --counts 12,7,12 --counts 15,13,8 --equivalence 25
nps compare --counts 3,3,3 --counts 4,4,4 --equivalence 1 --level .5 --format table
test_that "words: a margin of one, and no interval at a level of 0" grep -q 'to within 1 point (p = .[0-9]*)$' out
# 152 and 183 of 500: 37 - 30 is not 6
nps compare --counts 276,100,124 --counts 283,117,100 --format table
equals "table: scores that would not add up have a decimal" "$(awk '/^from|^to|^change/ { print $(NF > 5 ? 3 : 2) }' out | tr '\n' ' ')" \
    "+30.4 +36.6 +6.2 "

# All formats of two samples.
nps compare --counts 12,7,12 --counts 15,13,8 --equivalence 25 --format csv
equals "CSV: header" "$(head -n 1 out)" \
    "from,to,from_responses,from_nps,to_responses,to_nps,difference,difference_lower,difference_upper,statistic,df,p,p_adjusted,method,margin,statistic_lower,statistic_upper,p_lower,p_upper,p_equivalence"
equals "CSV: one line" "$(wc -l <out | tr -d ' ')" 2
equals "CSV: as many cells as titles" "$(sed -n 2p out | tr ',' '\n' | wc -l | tr -d ' ')" 20
nps compare --counts 12,7,12 --counts 15,13,8 --equivalence 25 --format jsonl
equals "jsonl: one line" "$(wc -l <out | tr -d ' ')" 1
test_that "jsonl: what is in it" has out '{"from": {"responses": 31,'
test_that "jsonl: equivalence" has out '"equivalence": {"margin": 25,'
nps compare --counts 12,7,12 --counts 15,13,8 --format md
test_that "Markdown: rows" has out '| to | 36 | +19 |'
test_that "Markdown: the sentence is a paragraph" has out 'up 19 points, 95% interval -20 to +57'
nps compare --counts 12,7,12 --counts 15,13,8
test_that "not a terminal: CSV" has out 'from,to,from_responses'
nps compare --counts 3,3,3 --counts 4,4,4 --equivalence 199 --format json
test_that "JSON: no infinite number" lacks out inf

# Usage.
refuses "usage: nothing" 2 'no file: give some' compare
refuses "usage: one file" 2 'nothing to compare it with: give a second file, --by, or --benchmark' compare before.csv -q
refuses "usage: three files" 2 '3 files without --by: give two' compare before.csv after.csv before.csv
refuses "usage: counts once" 2 'give it twice, before and after, or a --benchmark' compare --counts 1,2,3
refuses "usage: counts three times" 2 'at most 2' compare --counts 1,2,3 --counts 1,2,3 --counts 1,2,3
refuses "usage: counts and a file" 2 'the place of files' compare --counts 1,2,3 --counts 1,2,3 before.csv
refuses "usage: counts and by" 2 '--by is about rows: not with --counts' compare --counts 1,2,3 --counts 1,2,3 --by region
refuses "usage: counts twice and a benchmark" 2 'give --counts once' compare --counts 1,2,3 --counts 1,2,3 --benchmark 3
refuses "usage: pairwise of two files" 2 'give the columns that make them with --by' compare before.csv after.csv --pairwise
refuses "usage: pairwise of counts" 2 'with --by' compare --counts 1,2,3 --counts 1,2,3 --pairwise
refuses "usage: pairwise of one file" 2 'nothing to compare it with' compare before.csv --pairwise -q
refuses "usage: pairwise and a benchmark" 2 'not with --benchmark' compare before.csv --by region --pairwise --benchmark 3
refuses "usage: pairwise and a list" 2 'not with --benchmarks' compare before.csv --pairwise --benchmarks list.csv
refuses "usage: equivalence of segments" 2 'give two files without --by' compare before.csv --by region --equivalence 3
refuses "usage: equivalence and a benchmark" 2 'not with --benchmark' compare before.csv --benchmark 3 --equivalence 3
refuses "usage: equivalence by welch" 2 '--method mover or score' compare before.csv after.csv --equivalence 3 --method welch
refuses "usage: a benchmark by welch" 2 'goes with --method score only' compare before.csv --benchmark 3 --method welch
refuses "usage: a benchmark by mover, said out loud" 2 'goes with --method score only' compare before.csv --benchmark 3 --method mover
refuses "usage: a benchmark and a list" 2 'one or the other' compare before.csv --benchmark 3 --benchmarks list.csv
refuses "usage: a list and segments" 2 'leave out --by' compare before.csv --by region --benchmarks list.csv
refuses "usage: standard input twice" 2 'standard input can be read once' compare - -
refuses "usage: standard input twice, a list" 2 'standard input can be read once' compare - --benchmarks -
refuses "usage: benchmark 100" 2 'expected points between' compare before.csv --benchmark 100
refuses "usage: margin 0" 2 'expected a margin' compare before.csv after.csv --equivalence 0
refuses "usage: adjust" 2 'expected holm' compare before.csv --by region --adjust bonferroni
refuses "usage: method" 2 'expected mover' compare before.csv after.csv --method t
refuses "usage: weights that are not whole" 2 'permutation takes whole counts only' \
    compare weighted.csv --by segment -w w --method permutation
refuses "usage: too many for permutation" 2 'at most 2000 answers a side' \
    compare --counts 2001,0,0 --counts 1,2,3 --method permutation
refuses "usage: welch of one answer" 2 'needs two answers or more in each sample' compare --counts 1,0,0 --counts 1,2,3 --method welch
refuses "usage: no such column" 2 'no column "regio"' compare before.csv --by regio
prints "welch of one answer among segments" 'null' compare segments.csv --by segment --method welch --format json

# Names.
{
    printf 'place,score\n'
    for _ in 1 2 3 4 5 6 7 8 9; do printf '"a,""|*\n\033[31m",10\nتهران,10\n上海市浦东新区的门店,1\n"",3\n'; done
} >names.csv
nps compare names.csv --by place --format table
test_that "names: no control character gets out" lacks out "$(printf '\033')"
test_that "names: in words" has out 'a,"|*\n\x1b[31m stands '
test_that "names: none" has out '(no value) stands '
nps compare names.csv --by place --format md
test_that "names: Markdown" has out '| a,"\|\*\n\x1b\[31m | 9 |'
test_that "names: Markdown, in words" has out 'a,"\|\*\n\x1b\[31m stands '
nps compare names.csv --by place --format csv
test_that "names: CSV" has out '"a,""|*'
nps compare names.csv --by place --format json
test_that "names: JSON" has out '{"place": "a,\"|*\n\u001B[31m"}'
test_that "names: JSON of none" has out '{"place": null}'
LC_ALL=C.UTF-8
nps compare names.csv --by place --format table
LC_ALL=C
test_that "names: what runs from right to left is isolated" has out '⁨تهران⁩ stands '
test_that "names: intervals as people write them" has out ' … '
awk 'BEGIN { print "place,score"; for (i = 0; i < 40; i++) { n = "North "; for (j = 0; j < 8; j++) n = n "and further north "; print n (i % 2) "," (i % 2 ? 3 : 10) } }' >long.csv
nps compare long.csv --by place --format table
test_that "names: the table fits 80 columns" awk '/^$/ { exit } length > 80 { bad = 1 } END { exit bad }' out

# The survey of San Francisco airport by boarding area: shares and scores are tested in data.sh.
if [ -d "$SHARED/data" ]; then
    survey=$SHARED/data/sfo_2017.csv
    nps compare "$survey" -s NETPRO --missing 11 --by BAREA --format json
    equals "SFO: segments" "$(grep -c versus_rest out)" 7
    # G: 88, 243, 294; the others 254, 725, 1142
    sed -n 's/.*"BAREA": "G".*"versus_rest": {\([^}]*\)}.*/\1/p' out >g.json
    near "SFO: G against the rest" "$(field g.json nps)" "$(awk 'BEGIN { printf "%.12f", 20600 / 625 - 88800 / 2121 }')" 1e-9
    near "SFO: adjusted by Holm, of seven" "$(field g.json p_adjusted)" \
        "$(awk -v p="$(field g.json p)" 'BEGIN { printf "%.15g", 7 * p }')" 1e-12
    told "SFO: one stands out, all together do not" 'G stands 9 points below the rest, 95% interval -15 to -3 (adjusted p = .033)' \
        "$survey" -s NETPRO --missing 11 --by BAREA
    test_that "SFO: words of all" grep -q '^taken together, the segments do not differ for certain (p = ' out
    nps compare "$survey" -s NETPRO --missing 11 --by BAREA --format json
    equals "SFO: degrees of freedom" "$(of omnibus df)" 6
    nps compare "$survey" -s NETPRO --missing 11 --by BAREA -w WEIGHT --pairwise --format csv
    equals "SFO: pairs" "$(wc -l <out | tr -d ' ')" 22
else
    skip "SFO compared by boarding area" "there is no $SHARED/data"
fi
