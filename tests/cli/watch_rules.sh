# shellcheck shell=sh disable=SC2034,SC2154
# nps watch --rules: tests/reference through the command, waves and baselines, words, files of rules, usage.

# wave DETRACTORS PASSIVES PROMOTERS [CELL]: rows of a file with the column score; with a cell before it.
wave()
{
    awk -v d="$1" -v p="$2" -v r="$3" -v cell="${4:+$4,}" 'BEGIN {
        for (i = 0; i < d; i++) print cell i % 7
        for (i = 0; i < p; i++) print cell 7 + i % 2
        for (i = 0; i < r; i++) print cell 9 + i % 2 }'
}
wave_csv() { echo score; wave "$@"; }

# rules RULE,POINTS,LEVEL,SIGMAS,LEAST,ANYTIME...: rules.csv; each is called by its number.
rules()
{
    echo rule,points,level,sigmas,least,anytime,name >rules.csv
    printf '%s\n' "$@" | awk '{ print $0 ",r" NR }' >>rules.csv
}

# finding NUMBER: what the last wave in the JSON tells of that rule, in rule.json.
finding() { tail -n 1 out | awk '{ gsub(/\{"name"/, "\n&"); print }' | grep "^{\"name\": \"r$1\"" >rule.json; }

# told NUMBER FIELD
told() { finding "$1"; field rule.json "$2"; }

# equal_to TOLERANCE PAIR...: each "actual expected" is the same to that, or to that part of it above 1.
equal_to()
{
    tolerance=$1
    shift
    printf '%s\n' "$@" | awk -v t="$tolerance" '
        { d = $1 - $2; size = $2 < 0 ? -$2 : $2; if (size < 1) size = 1
          if (NF != 2 || $1 !~ /[0-9]/ || d > t * size || -d > t * size) { print "# is " $1 ", not " $2; bad = 1 } }
        END { exit bad }'
}
above() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a + 0 > b + 0) }'; }
half() { awk -v p="$1" -v s="$2" -v high="$3" 'BEGIN { printf "%.17g", (s > 0) == high ? p / 2 : 1 - p / 2 }'; }
plus() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.12f", a + b }'; }
one_sided() { awk -v l="$1" 'BEGIN { printf "%.15g", (1 + l) / 2 }'; }

# Below and above: the score interval of level 2 L - 1; a rule of that level fires from its bounds on, and not before.
rows=0 wrong=''
while IFS=, read -r id d p r method level lower upper tol source; do
    case $d$p$r in *.*) continue ;; esac
    if [ "$method" != score ] || [ "$((d + p + r))" -gt 20000 ]; then continue; fi
    l=$(one_sided "$level")
    wave_csv "$d" "$p" "$r" >wave.csv
    set --
    above 99.99 "$upper" && set -- "$@" "below,$(plus "$upper" .001),$l,,," "below,$(plus "$upper" -.001),$l,,,"
    above "$lower" -99.99 && set -- "$@" "above,$(plus "$lower" -.001),$l,,," "above,$(plus "$lower" .001),$l,,,"
    rules "$@"
    nps watch wave.csv --rules rules.csv --format json -q
    for number in 1 2 3 4; do
        [ "$number" -le $# ] || break
        rows=$((rows + 1))
        finding "$number"
        equal_to "$tol" "$(field rule.json lower) $lower" "$(field rule.json upper) $upper" || wrong="$wrong $id/$level/$number"
        expected=$([ $((number % 2)) -eq 1 ] && echo '"fired"' || echo '"none"')
        [ "$(field rule.json outcome)" = "$expected" ] || wrong="$wrong $id/$level/$number:outcome"
    done
    [ "$status" -eq 4 ] || wrong="$wrong $id/$level:exit"
done <"$root/tests/reference/intervals.csv"
equals "watch rules: below and above: rows of the reference that are wrong" "$wrong" ""
test_that "watch rules: rows were read" [ "$rows" -gt 150 ]

# And their p: one-sided, of the score test.
rows=0 wrong=''
while IFS=, read -r id d p r benchmark method statistic two tol source; do
    case $d$p$r in *.*) continue ;; esac
    [ "$method" = score ] || continue
    wave_csv "$d" "$p" "$r" >wave.csv
    rules "below,$benchmark,.975,,," "above,$benchmark,.975,,,"
    nps watch wave.csv --rules rules.csv --format json -q
    rows=$((rows + 1))
    equal_to 1e-9 "$(told 1 statistic) $statistic" "$(told 2 statistic) $statistic" "$(told 1 p) $(half "$two" "$statistic" 0)" \
        "$(told 2 p) $(half "$two" "$statistic" 1)" "$(told 1 threshold) $benchmark" || wrong="$wrong $id"
    equals "watch rules: benchmark $id $benchmark: exit" "$status" "$(above .05 "$two" && echo 4 || echo 0)"
done <"$root/tests/reference/one_sample.csv"
equals "watch rules: p of below and above: rows of the reference that are wrong" "$wrong" ""
equals "watch rules: rows" "$rows" 25

# three_forms FROM... -- TO...: all at once against rows, against a state, and as waves: the same findings, and exit.
three_forms()
{
    wave_csv "$1" "$2" "$3" >from.csv
    wave_csv "$4" "$5" "$6" >to.csv
    { echo when,score; wave "$1" "$2" "$3" 2024; wave "$4" "$5" "$6" 2025; } >waves.csv
    nps tally from.csv -o from.nps -q
    nps watch waves.csv --rules rules.csv --time when --every year --format json -q
    forms="$status $(sed -n '$s/.*"baseline_nps"/"baseline_nps"/p' out)"
    nps watch to.csv --rules rules.csv --against from.nps --format json -q
    [ "$status $(sed -n '$s/.*"baseline_nps"/"baseline_nps"/p' out)" = "$forms" ] || return 1
    nps watch to.csv --rules rules.csv --against from.csv --format json -q
    [ "$status $(sed -n '$s/.*"baseline_nps"/"baseline_nps"/p' out)" = "$forms" ]
}

# Drop and rise by more than 0: the MOVER interval of level 2 L - 1, and its p.
rows=0 wrong='' fired=0
while IFS=, read -r id fd fp fr d p r method level estimate lower upper statistic df two tol tol_p source; do
    case $fd$fp$fr$d$p$r in *.* | ????????????????????*) continue ;; esac
    [ "$method" = mover ] || continue
    l=$(one_sided "$level")
    rules "drop,,$l,,," "rise,0,$l,,,"
    three_forms "$fd" "$fp" "$fr" "$d" "$p" "$r" || wrong="$wrong $id:forms"
    rows=$((rows + 1))
    equal_to "$tol" "$(told 1 estimate) $estimate" "$(told 1 lower) $lower" "$(told 1 upper) $upper" "$(told 2 estimate) $estimate" \
        "$(told 2 lower) $lower" "$(told 2 upper) $upper" || wrong="$wrong $id"
    equal_to "$tol_p" "$(told 1 statistic) $statistic" "$(told 1 p) $(half "$two" "$statistic" 0)" "$(told 2 p) $(half "$two" "$statistic" 1)" ||
        wrong="$wrong $id:p"
    expected=0
    above 0 "$upper" || above "$lower" 0 && expected=4
    [ "$status" -eq "$expected" ] || wrong="$wrong $id:exit"
    [ "$expected" -eq 0 ] || fired=$((fired + 1))
done <"$root/tests/reference/differences.csv"
equals "watch rules: drop and rise: rows of the reference that are wrong" "$wrong" ""
test_that "watch rules: rows, some of which fire" [ "$rows" -eq 19 ] && [ "$fired" -gt 3 ]

# By more than so many points: one side of an equivalence test each.
rows=0 wrong=''
while IFS=, read -r id fd fp fr d p r margin method low high two tol source; do
    [ "$method" = mover ] || continue
    rules "drop,$margin,,,," "rise,$margin,,,,"
    three_forms "$fd" "$fp" "$fr" "$d" "$p" "$r" || wrong="$wrong $id:forms"
    rows=$((rows + 1))
    equal_to "$tol" "$(told 1 statistic) $low" "$(told 2 statistic) $high" "$(told 1 threshold) -$margin" "$(told 2 threshold) $margin" ||
        wrong="$wrong $id"
    # The p of the equivalence is the larger one of both that the change is smaller.
    larger=$(awk -v a="$(told 1 p)" -v b="$(told 2 p)" 'BEGIN { printf "%.17g", 1 - (a < b ? a : b) }')
    equal_to 1e-8 "$larger $two" || wrong="$wrong $id:p"
done <"$root/tests/reference/equivalence.csv"
equals "watch rules: points of drop and rise: rows of the reference that are wrong" "$wrong" ""
equals "watch rules: rows" "$rows" 5

# Limits.
rows=0 wrong='' fired=0
while IFS=, read -r name from to sigmas allowance decision score lower upper distance limit rest; do
    rules "limits,,,$sigmas,,"
    # shellcheck disable=SC2046
    three_forms $(echo "$from/$to" | tr / ' ') || wrong="$wrong $name/$to:forms"
    rows=$((rows + 1))
    # shellcheck disable=SC2059
    equal_to 1e-12 "$(told 1 lower) $(printf %.17g "$lower")" "$(told 1 upper) $(printf %.17g "$upper")" \
        "$(told 1 estimate) $(printf %.17g "$score")" || wrong="$wrong $name/$to"
    case $limit in 0) expected='0 "none" null' ;; -1) expected='4 "fired" "low"' ;; *) expected='4 "fired" "high"' ;; esac
    [ "$status $(told 1 outcome) $(told 1 side)" = "$expected" ] || wrong="$wrong $name/$to:outcome"
    [ "$limit" -eq 0 ] || fired=$((fired + 1))
done <<END_OF_WAVES
$(awk -F, 'NR > 1 && $2 $3 !~ /[.e]/ && $3 != "0/0/0" && NR % 3 == 1 && !seen[$2, $3, $4]++ {
    split($2 "/" $3, n, "/"); if (n[1] + n[2] + n[3] + n[4] + n[5] + n[6] <= 20000) print }' "$root/tests/reference/monitor.csv")
END_OF_WAVES
equals "watch rules: limits: rows of the reference that are wrong" "$wrong" ""
test_that "watch rules: rows, some of which fire" [ "$rows" -gt 30 ] && [ "$fired" -gt 1 ]
rules limits,,,,,
three_forms 200 300 500 86 104 210
equals "watch rules: 3 sigmas unless said otherwise" "$(told 1 sigmas)" 3

# At any time: the confidence sequence of level L, and the e-value.
rows=0 wrong=''
while IFS=, read -r id d p r kind level lower upper benchmark log_e tol source; do
    if [ "$kind" != interval ] || above .51 "$level"; then continue; fi
    wave_csv "$d" "$p" "$r" >wave.csv
    rules "below,0,$level,,,1" "above,10,$level,,,1"
    nps watch wave.csv --rules rules.csv --format json -q
    rows=$((rows + 1))
    for number in 1 2; do
        equal_to 1e-7 "$(told $number lower) $lower" "$(told $number upper) $upper" || wrong="$wrong $id"
    done
    expected=0
    above 0 "$upper" || above "$lower" 10 && expected=4
    [ "$status" -eq "$expected" ] || wrong="$wrong $id:exit"
done <"$root/tests/reference/sequential.csv"
equals "watch rules: at any time: rows of the reference that are wrong" "$wrong" ""
test_that "watch rules: rows were read" [ "$rows" -gt 10 ]
# Of drop and rise: the sequence of the sample at (1 + L) / 2 less the score interval of the baseline at L.
wave_csv 20 30 50 >from.csv
wave_csv 60 30 10 >to.csv
nps score from.csv --level .9 --format json -q
from="$(total out lower) $(total out upper)"
rules "above,0,.95,,,1"
nps watch to.csv --rules rules.csv --format json -q
bounds=$(echo "$from $(told 1 lower) $(told 1 upper)" | awk '{ printf "%.12f %.12f", $3 - $2, $4 - $1 }')
rules "drop,20,.9,,,1"
nps watch to.csv --rules rules.csv --against from.csv --format json -q
test_that "watch rules: drop at any time" equal_to 1e-9 "$(told 1 lower) ${bounds% *}" "$(told 1 upper) ${bounds#* }"
equals "watch rules: without a p" "$(told 1 statistic) $(told 1 p) $(told 1 outcome) $(told 1 anytime)" 'null null "fired" true'

# Weighted states are looked at with their weights.
awk 'BEGIN { print "score,w"; for (i = 0; i < 60; i++) print (i % 3 == 0 ? 10 : i % 3 == 1 ? 8 : 2) "," (i % 3 == 0 ? .5 : 2) }' >weighted.csv
nps tally weighted.csv -w w -o weighted.nps -q
nps score weighted.nps --level .9 --format json -q
weighted="$(total out nps) $(total out lower) $(total out upper) $(total out effective_n)"
rules "below,0,.95,,," "below,0,.95,,49," "below,0,.95,,50,"
nps watch weighted.nps --rules rules.csv --format json -q
# shellcheck disable=SC2086
set -- $weighted
test_that "watch rules: a weighted state" equal_to 1e-12 "$(told 1 estimate) $1" "$(told 1 lower) $2" "$(told 1 upper) $3"
# (20 / 2 + 40 2)^2 / (20 / 4 + 40 4) = 49.09
equals "watch rules: its effective size is held against the least" "$(told 2 outcome) $(told 3 outcome)" '"fired" "few"'
prints "watch rules: which is told" 'not looked at: r1: effective size 49.09, below 50' \
    watch weighted.nps --rules "$(rules "below,0,,,50,"; echo rules.csv)" --format table
rules drop,,,,,
nps watch weighted.csv --rules rules.csv --against weighted.nps --format json -q
near "watch rules: a weighted baseline" "$(told 1 estimate)" "$(plus 0 "${1#-}")" 1e-9

# Waves: three of 100 answers, at +30, +30 and -10.
{ echo when,score; wave 20 30 50 2025-01-05; wave 20 30 50 2025-02-05; wave 45 20 35 2025-03-05; echo ,9; echo 2025-03-07,; echo 2025-03-07,11; } >months.csv
rules "below,20,,,," "drop,5,,,," "limits,,,3,," "drop,,,,101," "above,25,,,30,"
nps watch months.csv --rules rules.csv --time when --every month --format csv -q
equals "watch rules: waves: outcomes" "$(awk -F, 'NR > 1 { print $1 "/" $9 ":" $16 $17 }' out | tr '\n' ' ')" \
    '2025-01/r1:none 2025-01/r2:"no baseline" 2025-01/r3:"no baseline" 2025-01/r4:"no baseline" 2025-01/r5:none 2025-02/r1:none 2025-02/r2:none 2025-02/r3:none 2025-02/r4:few 2025-02/r5:none 2025-03/r1:firedlow 2025-03/r2:firedlow 2025-03/r3:firedlow 2025-03/r4:few 2025-03/r5:none '
equals "watch rules: waves: what they are held against" "$(awk -F, 'NR > 1 && !seen[$1]++ { print $2, $3, $4, $5, $6, $7, $8 }' out | tr '\n' ' ')" \
    "2025-01-01 100 0 0 30 0  2025-02-01 100 0 0 30 100 30 2025-03-01 100 1 1 -10 200 30 "
equals "watch rules: waves: exit" "$status $(cut -c1-44 err)" "4 nps: alert in 2025-03: r1: NPS -10, at most "
nps watch months.csv --rules rules.csv --time when --every month --baseline 1 --format csv -q
equals "watch rules: --baseline 1" "$(awk -F, 'NR > 1 && !seen[$1]++ { print $7 }' out | tr '\n' ' ')" "0 100 100 "
nps watch months.csv --rules rules.csv --time when --every month --baseline 2 --format csv -q
equals "watch rules: --baseline 2" "$(awk -F, 'NR > 1 && !seen[$1]++ { print $7 }' out | tr '\n' ' ')" "0 0 200 "
nps watch months.csv --rules rules.csv --time when --every month --baseline 9 --format csv -q
equals "watch rules: a baseline that is never full" "$(awk -F, 'NR > 1 { print $16 }' out | grep -c '"no baseline"')" 9
nps watch months.csv --rules rules.csv --time when --every month --against from.csv --format csv -q
equals "watch rules: waves against a file" "$(awk -F, 'NR > 1 && !seen[$1]++ { print $7, $8 }' out | tr '\n' ' ')" "100 30 100 30 100 30 "
# An alert of an earlier wave is listed, and does not decide.
{ cat months.csv; wave 20 30 50 2025-04-05; } >later.csv
nps watch later.csv --rules rules.csv --time when --every month --format table -q
equals "watch rules: earlier alerts do not decide" "$status" 0
equals "watch rules: earlier alerts are listed" "$(awk '/^2025/ { print $1, $3, /ALERT/ }' out | tr '\n' ' ')" \
    "2025-03 r1 1 2025-03 r2 1 2025-03 r3 1 2025-04 r1 0 2025-04 r2 0 2025-04 r3 0 2025-04 r4 0 2025-04 r5 0 "
test_that "watch rules: no alert, in words" grep -qxF 'no alert in 2025-04' out
test_that "watch rules: what was not looked at" grep -qxF 'not looked at: r4: 100 answers, fewer than 101' out
test_that "watch rules: what is not sure" grep -q '^not sure: r5: NPS +30, but it may be as low as +1[0-9]: not surely above 25$' out
test_that "watch rules: what it is held against" grep -qxF 'drop, rise and limits are held against all months before: NPS +17, 300 answers' out
prints "watch rules: the first month" 'held against the first month: NPS +30, 100 answers' \
    watch later.csv --rules rules.csv --time when --every month --baseline 1 --format table -q
prints "watch rules: the first 2 months" 'held against the first 2 months: NPS +30, 200 answers' \
    watch later.csv --rules rules.csv --time when --every month --baseline 2 --format table -q
prints "watch rules: a file" 'held against from.csv: NPS +30, 100 answers' watch later.csv --rules rules.csv --against from.csv --format table -q
printf '2025-05-05,\n' >>later.csv
nps watch later.csv --rules rules.csv --time when --every month --format table -q
equals "watch rules: a last wave without answers" "$status $(grep -c 'no answers' out)" "0 10"
sed -n '1,101p' months.csv >first.csv
nps watch first.csv --rules rules.csv --time when --every month --format table -q
equals "watch rules: a first wave has no baseline" "$status $(grep -c 'no baseline' out) $(grep -c 'nothing yet to hold it against' out)" "0 3 3"

# The formats. The bounds are those of nps score and nps compare at --level .9; the limits 30 +- 300 sqrt(.61 / 100).
for format in table md csv json jsonl; do
    nps watch months.csv --rules rules.csv --time when --every month --format $format -q
    mv out $format.out
    case $format in table | md) expected='' ;; *) expected='nps: alert in 2025-03: r1: NPS -10, at most +5: below 20; r2: fell by 40 from +30 to -10, by at least 23: more than 5; r3: NPS -10, below the control limits +7 .. +53 around +30' ;; esac
    equals "watch rules: $format: exit and what stderr says" "$status $(cat err)" "4 $expected"
done
equals "watch rules: table" "$(cat table.out)" 'month      n  name  rule      level     found  surely
2025-03  100  r1    below 20  95%         -10  at most +5    ALERT
2025-03  100  r2    drop 5    95%         -40  at most -23   ALERT
2025-03  100  r3    limits    3 sigmas    -10  +7 .. +53     ALERT
2025-03  100  r4    drop      95%         n/a  too few
2025-03  100  r5    above 25  95%         -10  at least -24

alert in 2025-03: r1: NPS -10, at most +5: below 20
alert in 2025-03: r2: fell by 40 from +30 to -10, by at least 23: more than 5
alert in 2025-03: r3: NPS -10, below the control limits +7 .. +53 around +30
not looked at: r4: 100 answers, fewer than 101
drop, rise and limits are held against all months before: NPS +30, 200 answers
303 rows: 301 responses, 1 missing, 1 invalid'
test_that "watch rules: md" grep -qxF '| 2025-03 | 100 | r3 | limits | 3 sigmas | -10 | +7 ... +53 | ALERT |' md.out
equals "watch rules: md: sentences are paragraphs" "$(grep -c . md.out) $(grep -cx '' md.out)" "13 6"
equals "watch rules: csv: columns" "$(head -n 1 csv.out)" \
    period,start,responses,missing,invalid,nps,baseline_responses,baseline_nps,name,rule,points,level,sigmas,least,anytime,outcome,side,estimate,threshold,lower,upper,statistic,p
equals "watch rules: csv: a cell for each" "$(awk -F, '{ print NF }' csv.out | sort -u) $(wc -l <csv.out | tr -d ' ')" "23 16"
equals "watch rules: csv: what a rule took" "$(sed -n '3,6p' csv.out | cut -d, -f9-15 | tr '\n' ' ')" "r2,drop,5,0.95,,0,0 r3,limits,,,3,0,0 r4,drop,0,0.95,,101,0 r5,above,25,0.95,,30,0 "
equals "watch rules: json" "$(head -n 4 json.out | tr -d '\n')" \
    '{"schema": "nps/1", "command": "watch", "version": "0.1.0", "scale": {"lowest": 0, "highest": 10, "detractor_max": 6, "promoter_min": 9}, "level": 0.95, "rows": 303, "alert": true, "waves": ['
equals "watch rules: json: waves" "$(sed -n 's/.*"label": "\([^"]*\)", "start": "\([^"]*\)", "responses": \([0-9]*\).*/\1 \2 \3/p' json.out | tr '\n' ' ')" \
    "2025-01 2025-01-01 100 2025-02 2025-02-01 100 2025-03 2025-03-01 100 "
equals "watch rules: jsonl: the same waves" "$(cat jsonl.out)" "$(sed -n '/"label"/s/^ //p' json.out | sed '$s/]}$//; s/},$/}/')"
equals "watch rules: json: a rule without numbers" "$(sed -n '$s/.*\({"name": "r4".*\), {"name": "r5".*/\1/p' json.out)" \
    '{"name": "r4", "rule": "drop", "points": 0, "level": 0.95, "sigmas": null, "least": 101, "anytime": false, "outcome": "few", "side": null, "estimate": null, "threshold": null, "lower": null, "upper": null, "statistic": null, "p": null}'
nps watch from.csv --rules "$(rules "below,-50,,,,"; echo rules.csv)" --format csv -q
equals "watch rules: without periods, no period" "$(head -n 1 out | cut -d, -f1) $status $(cat err)" "responses 0 "
nps watch from.csv --rules rules.csv --format json -q
test_that "watch rules: no alert in JSON" has out '"alert": false'
nps watch weighted.nps from.csv --rules rules.csv -q
equals "watch rules: states and rows together" "$status" 1

# In words: rounded numbers keep their order, in random samples. LINE of the words, and numbers beside them.
checked=0 wrong=''
x=7
next() { x=$(((x * 1103 + 12345) % 1048573)); }
for round in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24; do
    next; n=$((20 + x % 400)); next; d=$((x % (n / 2))); next; r=$((x % (n / 2)))
    next; m=$((20 + x % 2000)); next; fd=$((x % (m / 2))); next; fr=$((x % (m / 2)))
    next; mark=$((x % 160 - 80)); next; points=$((x % 40))
    rules "below,$mark,,,," "above,$mark,,,," "below,$(((200 * (r - d) + n) / 2 / n)),.6,,," "above,$((100 * (r - d) / n)).4,.55,,," \
        "drop,,,,," "rise,,,,," "drop,$points.5,.8,,," "rise,$points,.7,,," "limits,,,1,," "limits,,,2.5,," "drop,,.51,,," "rise,,.51,,,"
    wave_csv "$d" "$((n - d - r))" "$r" >to.csv
    wave_csv "$fd" "$((m - fd - fr))" "$fr" >from.csv
    nps watch to.csv --rules rules.csv --against from.csv --format csv -q
    mv out numbers.csv
    nps watch to.csv --rules rules.csv --against from.csv --format table -q
    mv out words.txt
    wrong="$wrong$(awk -F, -v words=words.txt '
        function bad(why) { printf " %s:%s", $7, why }
        function number(string) { sub(/,$/, "", string); sub(/:$/, "", string); return string + 0 }
        BEGIN {
            while ((getline line < words) > 0) {
                if (match(line, /^(alert|not sure): r[0-9]+: /)) {
                    name = substr(line, 1, RLENGTH - 2); sub(/.*: /, "", name)
                    said[name] = substr(line, RLENGTH + 1); verdict[name] = line ~ /^alert/ ? "fired" : "near"
                } else if (split(line, cell, " ") > 4 && cell[2] ~ /^r[0-9]+$/) {
                    row[cell[2]] = line
                }
            }
        }
        NR == 1 { next }
        {
            fired = $14 == "fired"; low = $8 == "below" || $8 == "drop"
            near = !fired && $8 != "limits" && (low ? $16 < $17 : $16 > $17)
            if (verdict[$7] != (fired ? "fired" : near ? "near" : "")) { bad("verdict"); next }
            if (($7 in row) == 0) { bad("row"); next }
            if (fired != (row[$7] ~ /ALERT/)) bad("alert")
            count = split(row[$7], cell, " ")
            at = $8 == "limits" ? 6 : (cell[3] == $8 && cell[4] ~ /%/) ? 5 : 6
            found = cell[at]
            if (found - $16 > .5 || $16 - found > .5) bad("found")
            if ($8 == "limits") {
                if (fired != (found < cell[at + 1] || found > cell[at + 3])) bad("limits of the row")
            } else {
                if (cell[at + 3] - (low ? $19 : $18) > .5 || (low ? $19 : $18) - cell[at + 3] > .5) bad("bound of the row")
                if (fired != (low ? cell[at + 3] + 0 < $17 : cell[at + 3] + 0 > $17)) bad("side of the row")
                if (low ? found + 0 > cell[at + 3] + 0 : found + 0 < cell[at + 3] + 0) bad("order of the row")
            }
            if (!fired && !near) next
            count = split(said[$7], word, " ")
            if ($8 == "below" || $8 == "above") {
                score = number(word[2]); bound = fired ? number(word[5]) : number(word[10])
                if (fired && word[4] != (low ? "most" : "least")) bad("most")
                if (!fired && word[8] != (low ? "high" : "low")) bad("high")
                if (low ? score > bound : score < bound) bad("score and bound")
                if (low ? score >= $9 : score <= $9) bad("score and points")
                if (fired == (low ? bound >= $9 : bound <= $9)) bad("bound and points")
                if (word[count] != $9 + 0) bad("points")
            } else if ($8 == "limits") {
                if (word[3] != ($16 < $18 ? "below" : "above")) bad("side")
                if (word[3] == "below" ? number(word[2]) >= word[7] + 0 : number(word[2]) <= word[9] + 0) bad("limits")
            } else {
                by = number(word[3])
                if (word[1] != (low ? "fell" : "rose")) bad("verb")
                moved = word[7] - word[5]; if (low) moved = -moved
                if (moved - by > 1 || by - moved > 1) bad("move")
                if (by <= $9) bad("move and points")
                if (fired && number(word[11]) > by) bad("at least " word[11] " of " by)
                if (fired && number(word[11]) <= $9) bad("at least")
                if ($9 == 0 && said[$7] ~ /more than/) bad("more than 0")
                if ($9 > 0 && said[$7] !~ /more than/) bad("more than")
            }
        }' numbers.csv)"
    checked=$((checked + $(grep -c -e '^alert' -e '^not sure' words.txt)))
done
equals "watch rules: words that contradict the numbers" "$wrong" ""
test_that "watch rules: there were words" [ "$checked" -gt 80 ]

# single WORDS FROM TO RULE OPTION...: one sentence
single()
{
    # shellcheck disable=SC2086
    wave_csv $2 >from.csv
    # shellcheck disable=SC2086
    wave_csv $3 >to.csv
    rules "$4"
    nps watch to.csv --rules rules.csv --against from.csv --format table -q
    test_that "watch rules: in words: $1" has out "$1"
}
single 'not sure: r1: fell by 10 from +30 to +20, but a fall is not sure' '20 30 50' '25 30 45' drop,,,,,
single 'not sure: r1: fell by 10 from +30 to +20, but a fall of more than 2.5 is not sure' '20 30 50' '25 30 45' drop,2.5,,,,
single 'not sure: r1: rose by 10 from +20 to +30, but a rise is not sure' '25 30 45' '20 30 50' rise,,,,,
single 'alert: r1: rose by 60 from -30 to +30, by at least ' '50 30 20' '20 30 50' rise,,,,,
single 'alert: r1: NPS +30, above the control limits -50 .. -10 around -30' '500 300 200' '20 30 50' 'limits,,,2.5,,'
# 100 (0.501 - 0.25) = 25.1 and 100 (0.505 - 0.25) = 25.5: whole points would fall by 1 and not by 0.
single 'fell by 0.4 from +26 to +25' '250 245 505' '2500 2490 5010' drop,,.51,,,
# From 25.4 to -12.4 by 37.8, of which 37.7 is sure: neither is 38 then.
single 'fell by 37.8 from +25 to -12, by at least 37.7' '373 0 627' '562 0 438' drop,,.51,,,
# 0 +- 2.55 sqrt(1 / 100) against 26: whole points would be the same.
single 'alert: r1: NPS +26.0, above the control limits -25.5 .. +25.5 around 0' '500 0 500' '37 0 63' 'limits,,,2.55,,'
single 'no alert' '20 30 50' '20 30 50' drop,,,,,
nps watch to.csv --rules rules.csv --against from.csv --format table -q
test_that "watch rules: no change: a rule that is far says nothing more" lacks out 'r1:'
# A score of 100 / 3 above 33.
single 'not sure: r1: NPS +33.3, but it may be as low as ' '20 30 50' '0 2 1' above,33,,,,

# --level is of rules that give none.
wave_csv 20 30 50 >from.csv
rules "below,0,,,," "below,0,.99,,,"
nps watch from.csv --rules rules.csv --level .8 --format json -q
equals "watch rules: --level" "$(told 1 level) $(told 2 level)" "0.8 0.99"
nps score from.csv --level .6 --format json -q
lower=$(total out lower)
nps watch from.csv --rules rules.csv --level .8 --format json -q
near "watch rules: --level leaves 1 - level on one side" "$(told 1 lower)" "$lower" 1e-9

# The sample data.
nps watch "$root/examples/data/customers.csv" --rules "$root/examples/data/rules.csv" --time date --every quarter --format csv -q
equals "watch rules: examples/data: what fires" "$status $(awk -F, '$17 == "low" || $18 == "low" { print $1 }' out | sort | uniq -c | awk '{ print $1, $2 }')" "4 3 2025-Q4"
nps watch "$root/examples/data/customers.csv" --rules "$root/examples/data/rules.csv" --time date --every quarter --format table -q
equals "watch rules: the table has 80 columns at most" "$(sed '/^$/,$d' out | awk 'length > 80')" ""
nps watch "$root/examples/data/customers.csv" --rules "$root/examples/data/rules.csv" --time date --every quarter --where segment=small --where segment!=x --format table -q
equals "watch rules: --where" "$status" 0

# Files of rules. Blanks around, the order of columns, a mark, CR LF, other delimiters are fine.
printf '\357\273\277 points ; rule ;name\r\n 20 ; below ;x\r\n;drop;\r\n' >rules.csv
nps watch from.csv --rules rules.csv --against from.csv --format csv -q
equals "watch rules: a file from a spreadsheet" "$status $(sed 1d out | cut -d, -f7-9 | tr '\n' ' ')" "0 x,below,20 drop,drop,0 "
printf 'rule,points,name\nbelow,90,"a,""b"""\nbelow,90,نرخ\nbelow,90,"x\033[1my"\nbelow,90,| *b* |\n' >rules.csv
nps watch from.csv --rules rules.csv --format csv -q
test_that "watch rules: names in CSV" has out '"a,""b""",below,90'
nps watch from.csv --rules rules.csv --format json -q
test_that "watch rules: names in JSON" has out '"name": "a,\"b\""'
equals "watch rules: names on stderr are one line" "$(wc -l <err | tr -d ' ') $(grep -c 'x\\x1b\[1my: NPS' err)" "1 1"
nps watch from.csv --rules rules.csv --format md -q
test_that "watch rules: names in md" has out 'alert: \| \*b\* \|: NPS +30'
nps_input rules.csv watch from.csv --rules - --format csv -q
equals "watch rules: rules from standard input" "$status $(wc -l <out | tr -d ' ')" "4 5"
nps_input from.csv watch - --rules rules.csv --format csv -q
equals "watch rules: answers from standard input" "$status $(wc -l <out | tr -d ' ')" "4 5"
rules drop,,,,,
nps_input from.csv watch to.csv --rules rules.csv --against - --format csv -q
equals "watch rules: the baseline from standard input" "$status $(sed -n 2p out | cut -d, -f5)" "0 100"

# no_rules NAME STATUS MESSAGE LINE...: a file of these is refused.
no_rules()
{
    name=$1 wanted=$2 message=$3
    shift 3
    printf '%s\n' "$@" >bad.csv
    refuses "watch rules: $name" "$wanted" "$message" watch from.csv --rules bad.csv --against from.csv
}
no_rules "an unknown column" 2 'bad.csv: "percent" is no column of rules: expected rule, name, points, level, sigmas, least, anytime' rule,percent drop,3
no_rules "two columns of one name" 2 'bad.csv: there are two columns points' rule,points,points drop,3,4
no_rules "no column of rules" 2 'bad.csv: no column "rule"' name,points a,3
no_rules "an unknown rule" 1 'bad.csv: row 3, column "rule": "falls": expected below, above, drop, rise or limits' rule drop falls
no_rules "no rule" 1 'bad.csv: row 2, column "rule": "": expected below, above, drop, rise or limits' rule,points ,3
no_rules "missing points" 1 'bad.csv: row 2, column "rule": "below": this rule takes points: give them in the column points' rule,points below,
no_rules "missing points, and no column" 1 'this rule takes points: give them in the column points' rule above
no_rules "points of 100" 1 'row 2, column "points": "100": expected points inside -100 to 100' rule,points below,100
no_rules "points below 0" 1 'column "points": "-1": expected points from 0, below 200' rule,points drop,-1
no_rules "points of 200" 1 'expected points from 0, below 200' rule,points rise,200
no_rules "no number" 1 'column "points": "few": expected a number, or an empty cell' rule,points below,few
no_rules "a decimal comma" 1 'column "points": "3,5": write decimals with a point' rule,points 'below,"3,5"'
no_rules "limits with points" 1 'column "points": "3": limits take sigmas, not points' rule,points limits,3
no_rules "limits with a level" 1 'column "level": "0.9": limits take sigmas, not a level' rule,level limits,0.9
no_rules "limits at any time" 1 'limits hold for one look: leave it empty or 0' rule,anytime limits,1
no_rules "sigmas of 0" 1 'column "sigmas": "0": expected a number above 0' rule,sigmas limits,0
no_rules "sigmas of a drop" 1 'column "sigmas": "3": only limits take sigmas' rule,sigmas drop,3
no_rules "level .5" 1 'column "level": ".5": expected a fraction above 0.5 and below 1' rule,level drop,.5
no_rules "level 95" 1 'expected a fraction above 0.5 and below 1' rule,level drop,95
no_rules "least below 0" 1 'column "least": "-3": expected a number of answers, 0 or more' rule,least drop,-3
no_rules "anytime 2" 1 'column "anytime": "2": expected 0 or 1' rule,anytime drop,2
no_rules "no rows" 1 'bad.csv: there is no rule below the header' rule,points
no_rules "a short row" 1 'bad.csv: row 2 has 1 cells, the header has 2' rule,points drop
: >bad.csv
refuses "watch rules: an empty file" 1 'bad.csv: empty: there is no header' watch from.csv --rules bad.csv
printf 'rule,points\nbelow,\0003\n' >bad.csv
refuses "watch rules: a binary file" 1 'bad.csv: row 2' watch from.csv --rules bad.csv
printf '{"rule": "drop"}\n' >bad.jsonl
refuses "watch rules: JSON lines" 1 'bad.jsonl: expected a CSV of rules' watch from.csv --rules bad.jsonl
refuses "watch rules: a state" 1 'weighted.nps: expected a CSV of rules' watch from.csv --rules weighted.nps
refuses "watch rules: a directory" 1 '.: cannot be read: Is a directory' watch from.csv --rules .
refuses "watch rules: no such file" 1 'nope.csv: cannot be opened' watch from.csv --rules nope.csv

rules "drop,,,,," "below,20,,,,"
refuses "watch rules: nothing to hold them against" 2 'drop, rise and limits compare: give what with in --against, or periods with --time and --every' watch from.csv --rules rules.csv
refuses "watch rules: --benchmark" 2 '--benchmark and --rules: give one or the other' watch from.csv --rules rules.csv --benchmark 20
refuses "watch rules: --alert, its default too" 2 '--alert is about --benchmark: the rules have sides' watch from.csv --rules rules.csv --alert below
refuses "watch rules: --baseline without periods" 2 '--baseline is about periods: give --every' watch from.csv --rules rules.csv --baseline 3
refuses "watch rules: --baseline and --against" 2 '--baseline and --against: give one or the other' watch months.csv --rules rules.csv --time when --every month --baseline 3 --against from.csv
refuses "watch rules: --baseline 0" 2 '--baseline "0": expected a whole number from 1' watch from.csv --rules rules.csv --baseline 0
refuses "watch rules: --every without --time" 2 '--every is about times: name their column with --time' watch months.csv --rules rules.csv --every month
refuses "watch rules: --time without --every" 2 '--time goes with --every: how long is a wave?' watch months.csv --rules rules.csv --against from.csv --time when
refuses "watch rules: --utc-offset without --time" 2 '--time-format and --utc-offset are about times' watch months.csv --rules rules.csv --against from.csv --utc-offset +3
refuses "watch rules: --level .5" 2 '--level 0.5: rules take one above 0.5' watch from.csv --rules rules.csv --against from.csv --level .5
refuses "watch rules: a state has no times" 1 'from.nps: a state, which has no times' watch from.nps --rules rules.csv --time when --every month
refuses "watch rules: nor rows" 2 '--where is about rows, but from.nps is a state' watch from.nps --rules rules.csv --where a=b --against from.csv
refuses "watch rules: no answers to hold them against" 1 'empty.csv: there is no answer to hold others against' watch from.csv --rules rules.csv --against "$(echo score >empty.csv; echo empty.csv)"
refuses "watch rules: standard input twice" 2 '- is given 2 times' watch - --rules -
refuses "watch rules: and twice more" 2 '--rules - and --against -: standard input can be read once' watch from.csv --rules - --against -
answers 1 5 >five.csv
nps tally five.csv --scale 1-5 -o five.nps
refuses "watch rules: another scale" 1 'from.csv and five.nps are on different scales: their scores do not compare' watch from.csv --rules rules.csv --against five.nps -q
refuses "watch: --every without --rules" 2 'go with --rules' watch from.csv --benchmark 20 --every month
refuses "watch: --utc-offset without --rules" 2 'go with --rules' watch from.csv --benchmark 20 --utc-offset +3
rules "below,90,,,,"
nps watch months.csv --rules rules.csv --max-invalid 0 --format csv -q
equals "watch rules: too many invalid answers come before an alert" "$status" 3
nps watch months.csv --rules rules.csv --time score --every month --time-format %Y-%m-%d --format csv -q
equals "watch rules: no row has a time" "$status $(wc -l <out | tr -d ' ')" "0 1"
notes "watch rules: no row has a time: a note for programs" 'no row has a time, and so there is no wave to look at' \
    watch from.csv --rules rules.csv --time score --every month --time-format %Y-%m-%d --format json
prints "watch rules: no row has a time, in words" 'no row has a time, and so there is no wave to look at' \
    watch from.csv --rules rules.csv --time score --every month --time-format %Y-%m-%d --format table -q
nps watch empty.csv --rules rules.csv --format table -q
equals "watch rules: no answers at all" "$status $(grep -c 'not looked at: r1: no answers' out)" "0 1"
if [ -c /dev/full ]; then
    for format in table md csv json jsonl; do
        status=0
        # shellcheck disable=SC2086
        ${NPS_WRAPPER:-} "$NPS" watch from.csv --rules rules.csv --format "$format" -q >/dev/full 2>err || status=$?
        equals "watch rules: a full disk, $format" "$status $(wc -l <err | tr -d ' ')" "1 1"
    done
else
    skip "watch rules: a full disk" "there is no /dev/full"
fi
