# shellcheck shell=sh disable=SC2016,SC2034,SC2154
# nps trend: periods, gaps, rolling windows, control limits, tests of the reference, groups, formats, usage.

survey=$root/examples/data/survey.csv

# columns FILE NAME...: these columns of a CSV without quoted commas, without the header.
columns()
{
    from=$1
    shift
    awk -F, -v names="$*" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; n = split(names, wanted, " "); next }
        { for (i = 1; i <= n; i++) printf "%s%s", $at[wanted[i]], i < n ? " " : "\n" }' "$from"
}

# part FILE NAME: an object of that name in JSON, the first one, without objects in it.
part() { sed -n "s/.*\"$2\": {\\([^{}]*\\)}.*/{\\1}/p" "$1" | head -n 1 >part.json; }

# labels FILE: "label responses" of each period of JSON.
labels() { sed -n 's/.*"label": "\([^"]*\)"[^{]*"responses": \([0-9]*\),.*/\1 \2/p' "$1"; }

# The survey by month, counted by awk: a row begins with its date; the score is the sixth cell, in the digits of three
# scripts, empty or NA where there is none, once 11.
awk -F, '
    function digits(cell, i) {
        split("٠ ١ ٢ ٣ ٤ ٥ ٦ ٧ ٨ ٩", arabic, " "); split("۰ ۱ ۲ ۳ ۴ ۵ ۶ ۷ ۸ ۹", persian, " ")
        split("０ １ ２ ３ ４ ５ ６ ７ ８ ９", full, " ")
        for (i = 1; i <= 10; i++) { gsub(arabic[i], i - 1, cell); gsub(persian[i], i - 1, cell); gsub(full[i], i - 1, cell) }
        return cell
    }
    /^2025-[0-9][0-9]-[0-9][0-9],/ {
        month = substr($1, 1, 7); score = digits($6); seen[month] = 1
        if (score == "" || score == "NA") missing[month]++
        else if (score + 0 > 10) invalid[month]++
        else if (score + 0 >= 9) promoters[month]++
        else if (score + 0 >= 7) passives[month]++
        else detractors[month]++
    }
    END {
        for (m in seen) {
            n = promoters[m] + passives[m] + detractors[m]
            printf "%s %d %d %d %d %d %d %.9f\n", m, n, promoters[m], passives[m], detractors[m], missing[m], invalid[m],
                100 * (promoters[m] - detractors[m]) / n
        }
    }' "$survey" | sort >expected
nps trend "$survey" --time date --every month --format csv -q
columns out label responses promoters passives detractors missing invalid nps |
    awk '{ $8 = sprintf("%.9f", $8); print }' >actual
test_that "survey: by month, as awk counts" cmp -s actual expected
equals "survey: months" "$(wc -l <expected | tr -d ' ')" 6
equals "survey: starts" "$(columns out start | tr '\n' ' ')" \
    "2025-01-01 2025-02-01 2025-03-01 2025-04-01 2025-05-01 2025-06-01 "
nps trend "$survey" --time date --every quarter --format csv -q
awk '{ q = ($1 < "2025-04" ? "2025-Q1" : "2025-Q2"); n[q] += $2; p[q] += $3; d[q] += $5 }
    END { for (q in n) print q, n[q], p[q], d[q] }' expected | sort >quarters
columns out label responses promoters detractors >actual
test_that "survey: by quarter" cmp -s actual quarters

# What is told of a period is what nps score tells of its rows, by any method, plain and weighted.
sed 's/^date,/month,/; s/^\(2025-[0-9][0-9]\)-[0-9][0-9],/\1,/' "$survey" >months.csv
for given in '--method score' '--method skewed' '--method adjusted-wald' '--method agresti-min' '--method bonett-price' \
    '--method wald' '--method t' '--method likelihood' '--method jeffreys' '--method bootstrap' '-w weight' \
    '-w weight --method jeffreys --level .8'; do
    # shellcheck disable=SC2086
    nps score months.csv --by month $given --format csv -q
    tr -d '"' <out | sed 's/^month,//; s/^2025-[0-9]*,//' >expected
    # shellcheck disable=SC2086
    nps trend "$survey" --time date --every month $given --format csv -q
    sed 's/^label,start,//; s/^2025-[0-9]*,[^,]*,//; s/,rolling_responses.*//' out | sed 's/\(,[^,]*\)\{9\}$//' >actual
    sed -n 's/,rolling_responses.*//; s/^label,start,//; 1p' out >header
    { cat header; sed 1d actual; } >all
    test_that "periods are those of nps score, $given" cmp -s all expected
done
equals "periods: so many of each" "$(wc -l <expected | tr -d ' ')" 7

# A real survey by day and week, counted by awk. The weeks of December 2018 begin on 3, 10, 17, 24 and 31.
english=$SHARED/data/r_survey_2018_english.csv
if [ -f "$english" ]; then
    tr -d '\r' <"$english" | awk -F, 'NR > 1 {
        day = substr($2, 1, 10); score = $NF; date = substr(day, 9) + 0
        week = day > "2018-12-30" ? "2019-W01" : "2018-W" (49 + int((date - 3) / 7))
        seen[day] = seen[week] = 1
        if (score == "" || score == "NA") next
        n[day]++; n[week]++
        if (score > 8) { p[day]++; p[week]++ }
        if (score < 7) { d[day]++; d[week]++ }
    }
    END { for (k in seen) printf "%s %d %d %d\n", k, n[k], p[k], d[k] }' | sort >both
    for unit in day week; do
        nps trend "$english" -s Qrecommend --scale 1-10 --time Qtime --every $unit --format csv
        columns out label responses promoters detractors >actual
        grep "$([ $unit = day ] && echo '^....-..-' || echo W)" both >expected
        test_that "R survey 2018: by $unit, as awk counts" cmp -s actual expected
    done
    equals "R survey 2018: days" "$(grep -c -v W both)" 27
    equals "R survey 2018: weeks" "$(grep W both | cut -d' ' -f1 | tr '\n' ' ')" \
        "2018-W49 2018-W50 2018-W51 2018-W52 2019-W01 "
else
    skip "real survey by day" "there is no $english"
fi

# "t:d/p/r;..." to rows, t days after 2018-01-01; half days are made whole by counting them twice.
waves_csv()
{
    printf '%s\n' "$1" | tr ';' '\n' | awk -F'[:/]' -v double="$2" '
        BEGIN { print "when,score" }
        {
            day = sprintf("2018-01-%02d", 1 + double * $1)
            for (i = 0; i < $2 + $3 + $4; i++) print day "," (i < $2 ? 3 : i < $2 + $3 ? 7 : 10)
        }'
}

# tests/reference/trend.csv: the three tests.
rows=0 wrong='' last=''
while IFS=, read -r id waves method level estimate se lower upper statistic p tolerance source; do
    [ "$id" != id ] || continue
    double=1
    case $waves in *.5:*) double=2 ;; esac
    if [ "$waves/$level" != "$last" ]; then
        waves_csv "$waves" $double >waves.csv
        nps trend waves.csv --time when --every day --level "${level:-.95}" --format json
        last=$waves/$level
    fi
    rows=$((rows + 1))
    case $method in
        linear-by-linear) part out linear_by_linear ;;
        mann-kendall) part out mann_kendall ;;
        slope) part out slope ;;
    esac
    # What is in points a day is twice as much in points of the reference's unit, where that was doubled.
    printf '%s\n' "$(field part.json statistic) $statistic 1" "$(field part.json p) $p 1" \
        "$(field part.json points_per_period) $estimate $double" "$(field part.json standard_error) $se $double" \
        "$(field part.json lower) $lower $double" "$(field part.json upper) $upper $double" |
        awk -v t="$tolerance" 'NF == 3 { d = $1 * $3 - $2; if (d < 0) d = -d; n++; if (!(d <= t * ($2 * $2 > 1 ? ($2 < 0 ? -$2 : $2) : 1))) bad = 1 }
            END { exit bad || n < 2 }' || wrong="$wrong $id/$method"
done <"$root/tests/reference/trend.csv"
equals "reference: rows that are wrong" "$wrong" ""
equals "reference: rows" "$rows" 18
# The words are those of the numbers: row 1 moves, p .016, slope 4.50 from .88 to 8.12; row 4 does not, p .77.
waves_csv '1:30/40/30;2:28/40/32;3:27/38/35;4:24/40/36;5:25/35/40;6:20/36/44' 1 >waves.csv
prints "words: it moves" 'the score rises over these 6 days (linear-by-linear p = .016): +4.5 points a day, 95% interval +0.9 .. +8.1' \
    trend waves.csv --time when --every day --format table
prints "words: at another level" 'no rise or fall is told apart from luck over these 6 days (linear-by-linear p = .016): +4.5 points a day, 99% interval -0.3 .. +9.3' \
    trend waves.csv --time when --every day --format table --level .99
waves_csv '1:10/10/10;2:5/10/15;3:5/10/15;4:20/5/15;5:1/1/8' 1 >waves.csv
prints "words: it does not" 'no rise or fall is told apart from luck over these 5 days (linear-by-linear p = .77): +5.6 points a day, 95% interval -4.6 .. +15.8' \
    trend waves.csv --time when --every day --format table
waves_csv '1:30/40/30;2:32/40/28;3:35/38/27;4:36/40/24;5:35/40/25;6:44/36/20' 1 >waves.csv
prints "words: it falls" 'the score falls over these 6 days' trend waves.csv --time when --every day --format table

# Rolling windows are the pooled answers of so many periods, which is not the mean of their scores; with gaps.
cat >gaps.csv <<'END'
when,score,w,team
2018-02-10,10,1,a
2018-02-11,9,2,b
2018-02-12,3,.5,a
2018-03-01,10,1,b
2018-06-30,0,1,a
2018-06-30,7,3,b
2018-06-30,8,1,a
2018-06-30,9,.25,b
2018-07-01,,1,a
2018-08-01,10,1,b
END
nps trend gaps.csv --time when --every month --rolling 3 --format csv
equals "gaps: each month has a row" "$(columns out label responses | tr '\n' ';')" \
    "2018-02 3;2018-03 1;2018-04 0;2018-05 0;2018-06 4;2018-07 0;2018-08 1;"
equals "gaps: no answers, no score" "$(columns out nps lower upper | sed -n 3p)" '  '
# 3+1+0, 1+0+0, 0+0+4, 0+4+0, 4+0+1; 100 (3 - 1) / 4, 100, 0 (1 - 1), 0, 100 (2 - 1) / 5.
equals "rolling: counts" "$(columns out rolling_responses | tr '\n' ';')" ';;4;1;4;4;5;'
equals "rolling: scores" "$(columns out rolling_nps | tr '\n' ';')" ';;50;100;0;0;20;'
columns out rolling_lower rolling_upper | sed -n 7p >actual
nps score --counts 2,2,1 --format csv
columns out lower upper >expected
test_that "rolling: the interval is that of the pooled counts" cmp -s actual expected
columns out lower upper >expected
# The survey, with windows of every length: the sums of awk over the months.
rolls()
{
    columns out label promoters passives detractors rolling_responses rolling_nps | awk -v w="$1" '
        {
            p[NR] = $2; s[NR] = $3; d[NR] = $4; ps = ss = ds = 0
            for (i = NR - w + 1; i <= NR; i++) { ps += p[i]; ss += s[i]; ds += d[i] }
            if (NR < w) { if (NF > 4) bad = 1; next }
            diff = $6 - 100 * (ps - ds) / (ps + ss + ds)
            if ($5 != ps + ss + ds || diff > 1e-9 || diff < -1e-9) bad = 1
        }
        END { exit bad || NR != 6 }'
}
for window in 1 2 3 5 6; do
    nps trend "$survey" --time date --every month --rolling $window --format csv -q
    test_that "rolling: pooled by awk, $window" rolls $window
done
nps trend "$survey" --time date --every month --rolling 1 --format json -q
equals "rolling 1 is the period itself" \
    "$(sed -n 's/.*"start": "[^"]*", \(.*\), "rolling": {\(.*\)}, "control".*/\1/p' out)" \
    "$(sed -n 's/.*"start": "[^"]*", \(.*\), "rolling": {\(.*\)}, "control".*/\2/p' out)"
# Weighted, with weights that binary fractions hold: by awk.
nps trend gaps.csv --time when --every month --rolling 2 -w w --format csv
rounded_columns() { columns out "$1" | awk '{ if (NF > 0) printf "%.10f", $1; printf ";" }'; }
equals "weighted: scores" "$(rounded_columns nps)" \
    "$(awk 'BEGIN { printf "%.10f;%.10f;;;%.10f;;%.10f;", 100 * (3 - .5) / 3.5, 100, 100 * (.25 - 1) / 5.25, 100 }')"
# 4 of 4.5, less .5; 1; nothing; .25 - 1 of 5.25, twice; 1.
equals "weighted: rolling" "$(rounded_columns rolling_nps)" \
    "$(awk 'BEGIN { r = 100 * (.25 - 1) / 5.25; printf ";%.10f;%.10f;;%.10f;%.10f;%.10f;", 100 * 3.5 / 4.5, 100, r, r, 100 }')"
test_that "weighted: columns" grep -q '^label,start,.*,weight,effective_n,design_effect,answer_0,' out
# Doubled weights say the same of scores, times and limits.
awk -F, -v OFS=, 'NR > 1 { $3 = 2 * $3 } { print }' gaps.csv >twice.csv
nps trend gaps.csv --time when --every month -w w --format json
sed 's/"weight": [^,]*,//g' out >expected
nps trend twice.csv --time when --every month -w w --format json
sed 's/"weight": [^,]*,//g' out >actual
test_that "weighted: the unit of the weights does not matter" cmp -s actual expected
printf 'when,score,w\n2018-01-01,9,0\n2018-01-02,8,1\n2018-01-03,0,1\n' >zero.csv
nps trend zero.csv --time when --every day -w w --format csv
equals "weighted: weight 0 is no answer" "$(columns out responses nps | tr '\n' ';')" '1 ;1 0;1 -100;'

# Control limits and CUSUM, once more by awk from the counts, after monitor.h: around the score c of the baseline,
# 3 standard errors 100 sqrt(v / n) with v = P + D - (P - D)^2 of the baseline.
controls()
{
    columns out detractors passives promoters control_lower control_upper limit cusum since label | tr -s ' ' >rows
    awk -v base="$1" '
        function near(a, b) { return a - b < 1e-9 && b - a < 1e-9 }
        NR == FNR {
            if (base == 0 || FNR <= base) { d0 += $1; s0 += $2; p0 += $3 }
            n0 = d0 + s0 + p0
            next
        }
        {
            P = p0 / n0; D = d0 / n0; c = 100 * (P - D); v = P + D - (P - D) * (P - D)
            n = $1 + $2 + $3; score = 100 * ($3 - $1) / n; se = 100 * sqrt(v / n); x = (score - c) / se
            lower = c - 3 * se; if (lower < -100) lower = -100
            upper = c + 3 * se; if (upper > 100) upper = 100
            limit = score < lower ? -1 : score > upper
            label[FNR] = $NF
            if (low == 0) low_since = FNR
            if (high == 0) high_since = FNR
            low = low - x - .5; if (low < 0) low = 0
            high = high + x - .5; if (high < 0) high = 0
            signal = low > 5 && low >= high ? -1 : high > 5 ? 1 : 0
            since = signal < 0 ? label[low_since] : signal > 0 ? label[high_since] : ""
            if (!near($4, lower) || !near($5, upper) || $6 != limit || $7 != signal) { print "# " $0; bad = 1 }
            if (signal != 0) { signals++; if ($8 != since) bad = 1 }
            if (limit != 0) limits++
        }
        END { print signals + 0, limits + 0 > "signals"; exit bad }' rows rows
}
# Ten days at 20/40/40, then ten at 24/40/36, a drop of 8 points that no limit sees; and one at 60/20/20 that it does.
days=$(awk 'BEGIN { for (t = 0; t < 10; t++) printf "%d:20/40/40;", t; for (; t < 20; t++) printf "%d:24/40/36;", t; print "20:60/20/20" }')
waves_csv "$days" 1 >shift.csv
for base in 0 5 10; do
    # shellcheck disable=SC2046
    nps trend shift.csv --time when --every day --format csv $([ $base -eq 0 ] || echo "--baseline $base")
    test_that "control: by awk, baseline $base" controls $base
done
equals "control: the CUSUM signals, one day is outside" "$(awk '{ print ($1 > 2) "/" $2 }' signals)" 1/1
prints "control: since when, by words" \
    'since about 2018-01-11 the score lies below that of the first 10 days together (CUSUM)' \
    trend shift.csv --time when --every day --baseline 10 --format table
test_that "control: who is outside" has out \
    'outside of the control limits: 2018-01-21 (below); 3 standard errors around +20, the score of the first 10 days together'
test_that "control: it is marked" grep -qE '^2018-01-21 .* below$' out
nps trend shift.csv --time when --every day --baseline 10 --format json
equals "control: JSON" "$(sed -n 's/.*"label": "2018-01-21".*"limit": \([-0-9]*\),.*"cusum": \([-0-9]*\), "since": \(.*\)}}.*/\1 \2 \3/p' out)" '-1 -1 "2018-01-11"'
near "control: centre" "$(field out centre)" 20 1e-12
# A shift that is over: ten days low, then ten far above, so that the lower sum is back at nothing.
over=$(awk 'BEGIN { for (t = 0; t < 4; t++) printf "%d:200/400/400;", t; for (; t < 9; t++) printf "%d:300/400/300;", t; for (; t < 13; t++) printf "%d:200/400/400;", t; for (; t < 16; t++) printf "%d:170/400/430;", t; printf "%d:200/400/400", t }')
waves_csv "$over" 1 >over.csv
nps trend over.csv --time when --every day --format csv --baseline 4
test_that "control: by awk, a shift that ends" controls 4
nps trend over.csv --time when --every day --format csv
test_that "control: by awk, of all" controls 0
# A day without answers between changes neither sum, and has no limits.
{ cat shift.csv; echo 2018-01-25,10; } >hole.csv
nps trend hole.csv --time when --every day --baseline 10 --format json
equals "control: of a day without answers" "$(sed -n 's/.*"label": "2018-01-23".*"control": {\(.*\), "cusum_low".*/\1/p' out)" \
    '"lower": null, "upper": null, "distance": null, "limit": null'
# Nothing in the baseline.
printf 'when,score\n2018-01-01,\n2018-01-02,9\n2018-01-03,3\n' >late.csv
nps trend late.csv --time when --every day --baseline 1 --format json
equals "control: none without a baseline" "$(field out centre)$(grep -c '"control": null' out)" null3
prints "control: and why" 'no control limits: there are no answers in the first day' \
    trend late.csv --time when --every day --baseline 1 --format table
notes "control: a longer baseline than there is" '--baseline 9: there are 3 days only, so it is all of them' \
    trend late.csv --time when --every day --baseline 9 --format csv
notes "rolling: more than there is" '--rolling 9: there are 3 days only, so none is shown' \
    trend late.csv --time when --every day --rolling 9 --format table
test_that "rolling: then without a column" lacks out rolling
equals "rolling: nor one in JSON" "$(nps trend late.csv --time when --every day --rolling 9 --format json -q; grep -c '"rolling": null' out)/$(field out window)" 3/9

# Midnight is where one stands; weeks begin on Monday, and those at the year's end belong to the year of Thursday.
printf 'when,score\n2018-12-30T22:00:00Z,10\n2018-12-30T23:30:00Z,0\n2018-12-31T02:00:00Z,9\n2020-12-31T23:59:59Z,9\n2021-01-03T23:59:59Z,8\n2021-01-04T00:00:00Z,7\n' >midnight.csv
head -n 4 midnight.csv >dawn.csv
for pair in 'Z 2018-12-30_2;2018-12-31_1;' '+00:30 2018-12-30_1;2018-12-31_2;' '+03:30 2018-12-31_3;' \
    '-05:00 2018-12-30_3;' '+02 2018-12-31_3;'; do
    nps trend dawn.csv --time when --every day --utc-offset "${pair%% *}" --format json
    equals "offset ${pair%% *}" "$(labels out | tr ' \n' '_;')" "${pair#* }"
done
equals "offset: in seconds" "$(field out utc_offset)" 7200
nps trend midnight.csv --time when --every week --format json
equals "weeks: at the year's end" "$(labels out | grep -v ' 0$' | tr '\n' ';')" "2018-W52 2;2019-W01 1;2020-W53 2;2021-W01 1;"
# 52 weeks in 2019, 53 in 2020, and one at each side.
equals "weeks: all of them" "$(labels out | wc -l | tr -d ' ')" 107
equals "weeks: starts" "$(sed -n 's/.*"label": "2020-W53", "start": "\([^"]*\)".*/\1/p' out)" 2020-12-28
nps trend midnight.csv --time when --every year --utc-offset -01:00 --format csv
equals "years" "$(columns out label responses | tr '\n' ';')" "2018 3;2019 0;2020 1;2021 2;"

# One period, one answer, none, no times.
printf 'when,score\n2018-03-05,9\n2018-03-05,3\n' >one.csv
nps trend one.csv --time when --every day --format json
equals "one: no tests" "$(sed -n 's/.*"trend": \(.*\),$/\1/p' out)" \
    '{"linear_by_linear": {"statistic": null, "p": null}, "slope": {"points_per_period": null, "standard_error": null, "lower": null, "upper": null, "statistic": null, "p": null}, "mann_kendall": {"statistic": null, "p": null}}'
equals "one: its period" "$(labels out)" "2018-03-05 2"
prints "one: said" 'answers in one day: a trend takes two or more' trend one.csv --time when --every day --format table
prints "one: several periods, but answers in one" 'answers in one day: a trend takes two or more' \
    trend zero.csv --time when --every day -w w --where score=8 --format table
printf 'when,score\n,9\nsoon,3\n' >timeless.csv
notes "no times: a note" 'no row has a time, and so there is no day' trend timeless.csv --time when --every day --format json
equals "no times: no periods" "$(sed -n 's/.*"periods": //p' out)" '[],'
equals "no times: counted all the same" "$(field out untimed)/$(total out responses)/$(field out rows)" 2/2/2
nps trend timeless.csv --time when --every day --format csv -q
test_that "no times: CSV is a header" lines_of out 1
nps trend timeless.csv --time when --every day --format jsonl -q
test_that "no times: no line" is_empty out
prints "no times: said" 'no answer with a time: there is nothing to tell' trend timeless.csv --time when --every day --format table
test_that "no times: the table has them" grep -qE '^\(no time\) +2 .* 0 ' out
printf 'when,score\n' >nobody.csv
nps trend nobody.csv --time when --every day --format table
equals "nobody: exit" "$status" 0
printf 'when,score\n2018-01-01,\n2018-01-03,\n' >silent.csv
notes "silent: a note" 'there is no answer, and so no score' trend silent.csv --time when --every day --rolling 2 --format json
equals "silent: periods all the same" "$(labels out | tr '\n' ';')" "2018-01-01 0;2018-01-02 0;2018-01-03 0;"
equals "silent: no limits" "$(grep -c '"control": null' out)" 3
prints "silent: said" 'no answer with a time: there is nothing to tell' trend silent.csv --time when --every day --format table
# What has no time is no part of any period, but of the total; the lines of the table add up to it.
printf 'when,score\n2018-01-01,9\n,0\n,0\n2018-01-02,10\n' >some.csv
nps trend some.csv --time when --every day --format table
test_that "some: a line of its own" grep -qE '^\(no time\) +2 .* -100 ' out
test_that "some: in the total" grep -qE '^total +4 .* 0 ' out
nps trend some.csv --time when --every day --format json
near "some: not in the baseline" "$(field out centre)" 100 1e-12

# A typo in a year would be as many rows as there are days since.
printf 'when,score\n0218-03-05,9\n2018-03-05,9\n2018-03-05,10\n' >typo.csv
refuses "range: named" 1 '0218-03-05 (1 row) to 2018-03-05 (2 rows): 657,438 days, more than 10,000: mend the times that are wrong, leave such rows out with --where, or take a longer --every' \
    trend typo.csv --time when --every day
nps trend typo.csv --time when --every year --format csv
equals "range: years are few" "$(wc -l <out | tr -d ' ')" 1802
printf 'when,score\n1990-08-16,9\n2017-12-31,9\n' >most.csv # 10,000 days: date -d '1990-08-16 + 9999 days'
nps trend most.csv --time when --every day --format csv
equals "range: 10,000 are not too many" "$status/$(wc -l <out | tr -d ' ')" 0/10001
printf 'when,score\n1990-08-15,9\n2017-12-31,9\n' >most.csv
refuses "range: one more is" 1 '10,001 days, more than 10,000' trend most.csv --time when --every day

# Groups: the same periods for all, tests as of their rows alone, p adjusted over them by Holm.
nps trend "$survey" --time date --every month --by channel --rolling 2 --format json -q
mv out groups.json
nps trend "$survey" --time date --every month --rolling 2 --format json -q
sed '/"groups"/,$d' out >expected
sed '/"groups"/,$d' groups.json >actual
test_that "groups: the whole is the same" cmp -s actual expected
for channel in chat email phone sms; do
    sed -n "/{\"key\": {\"channel\": \"$channel\"}/,/}\\]}/p" groups.json | sed 1d | sed 's/}\]}.*/}/; s/,$//' | sed 1d >actual
    nps trend "$survey" --time date --every month --where channel=$channel --rolling 2 --format json -q
    sed -n '/"periods"/,/}\]/p' out | sed 1d | sed 's/}\],.*/}/; s/,$//' >expected
    test_that "groups: periods of $channel" cmp -s actual expected
    sed -n "s/.*{\"channel\": \"$channel\"}, \"untimed\": 0, \"centre\": \\(.*\\)/\\1/p" groups.json |
        sed 's/, "p_adjusted": [^}]*//' >actual
    sed -n 's/^ "centre": \(.*\)/\1/p' out >expected
    test_that "groups: tests of $channel" cmp -s actual expected
    test_that "groups: and there are some" grep -q '"points_per_period": -*[0-9]' actual
done
# Holm: the i-th smallest of m times m - i + 1, never below the one before, at most 1.
holm()
{
    sed -n 's/.*"linear_by_linear": {"statistic": [^,]*, "p": \([^,]*\), "p_adjusted": \([^}]*\)}.*/\1 \2/p' groups.json |
        sort -g | awk '{ p[NR] = $1; a[NR] = $2 }
            END {
                for (i = 1; i <= NR; i++) {
                    x = p[i] * (NR - i + 1); if (x > 1) x = 1; if (x < last) x = last; last = x
                    if (x - a[i] > 1e-12 || a[i] - x > 1e-12) bad = 1
                }
                exit bad || NR != 4
        }'
}
test_that "groups: Holm by awk" holm
# Two groups that are the same, row 1 of the reference: both p are twice .0161.
waves_csv '1:30/40/30;2:28/40/32;3:27/38/35;4:24/40/36;5:25/35/40;6:20/36/44' 1 |
    awk 'NR == 1 { print $0 ",team"; next } { print $0 ",a"; print $0 ",b" }' >same.csv
nps trend same.csv --time when --every day --by team --format json
sed -n 's/.*"p_adjusted": \([^}]*\)}.*/\1/p' out >both
near "groups: Holm of two that are the same" "$(sed -n 1p both)" 0.03226231404341986 1e-12
equals "groups: the second" "$(sed -n 2p both)" "$(sed -n 1p both)"
nps trend gaps.csv --time when --every month --by team,w --format csv
equals "groups: each has all periods" "$(sed 1d out | cut -d, -f1,2 | sort | uniq -c | awk '{ print $1 }' | sort -u)" 7
equals "groups: CSV begins with the key" "$(head -n 1 out | cut -d, -f1-5)" '"team","w",label,start,responses'
nps trend gaps.csv --time when --every month --by team --format jsonl
equals "groups: JSON lines" "$(grep -c '^{"key": {"team": "[ab]"}, "label": "2018-' out)" 14
equals "groups: in order" "$(sed -n 's/.*"team": "\(.\)".*"label": "\([^"]*\)".*"responses": \([0-9]*\), "prom.*"rolling".*/\1 \2 \3/p' out | sed -n '1p;5p;8p;14p' | tr '\n' ';')" \
    "a 2018-02 2;a 2018-06 2;b 2018-02 1;b 2018-08 1;"
printf 'team,when,score\nb,2018-01-01,9\n,2018-01-02,3\nb,,3\nc,,3\nb,2018-01-03,1\n' >teams.csv
nps trend teams.csv --time when --every day --by team --format json -q
equals "groups: no value, and no time" "$(sed -n 's/.*{"team": \([^}]*\)}, "untimed": \([0-9]*\),.*/\1 \2/p' out | tr '\n' ';')" 'null 0;"b" 1;"c" 1;'
nps trend teams.csv --time when --every day --by team --format table -q
test_that "groups: n/a without a trend" grep -qE '^c +0 +n/a +n/a +n/a +n/a$' out
test_that "groups: n is what has a time" grep -qE '^b +2 +0 ' out
test_that "groups: said" has out "no group's rise or fall is told apart from luck; p is linear-by-linear, adjusted for 1 group (holm)"
# One of two falls hard: 20 a day at +100, then at -100.
awk 'BEGIN { print "team,when,score"; for (i = 0; i < 80; i++) print (i % 2 ? "up,down" : "steady") ",2018-01-0" 1 + int(i / 20) "," (i % 2 && i >= 40 ? 0 : 10) }' |
    sed 's/up,down/falling/' >falls.csv
prints "groups: who moves" 'groups that move: falling (down); p is linear-by-linear, adjusted for 2 groups (holm)' \
    trend falls.csv --time when --every day --by team --format table

# Where the tests part ways, words keep them apart. Row 1 of the reference at .985: p .0161 is not below .015, and the
# slope's .0147 is.
prints "words: the slope alone leaves out 0" \
    'no rise or fall is told apart from luck over these 6 days (linear-by-linear p = .016): +4.50 points a day, 98.5% interval +0.01 .. +8.99, which leaves out 0: the two weigh the days differently' \
    trend same.csv --time when --every day --where team=a --level .985 --format table

# Rows in any order, in any number of files.
{ head -n 1 gaps.csv; sed 1d gaps.csv | sort -r; } >turned.csv
nps trend gaps.csv --time when --every month --rolling 2 --by team --format json
mv out expected
nps trend turned.csv --time when --every month --rolling 2 --by team --format json
test_that "rows in another order" cmp -s out expected
{ head -n 1 gaps.csv; sed -n 8,11p gaps.csv; } >part1.csv
head -n 7 gaps.csv >part2.csv
nps trend part1.csv part2.csv --time when --every month --rolling 2 --by team --format json
test_that "rows in two files" cmp -s out expected
nps_input gaps.csv trend - --time when --every month --rolling 2 --by team --format json
test_that "rows from standard input" cmp -s out expected
# Mirrored answers turn signs around.
awk -F, -v OFS=, 'NR > 1 { $2 = $2 > 8 ? 0 : $2 > 6 ? $2 : 10 } { print }' waves.csv >mirrored.csv
nps trend waves.csv --time when --every day --format json
signs() { part out "$1"; field part.json "$2"; }
numbers="$(signs slope points_per_period) $(signs slope p) $(signs mann_kendall statistic) $(signs linear_by_linear statistic)"
nps trend mirrored.csv --time when --every day --format json
mirrored="$(signs slope points_per_period) -$(signs slope p) $(signs mann_kendall statistic) $(signs linear_by_linear statistic)"
equals "mirror: signs turn around" "$mirrored" "$(echo "$numbers" | sed 's/[^ ]* */-&/g; s/--//g')"

# Formats.
nps trend gaps.csv --time when --every month --rolling 2 --format json
test_that "JSON: head" has out '"method": "score", "level": 0.95, "weighted": false, "rows": 10, "every": "month", "utc_offset": 0, "window": 2, "baseline": null, "untimed": 0,'
equals "JSON: keys of a period" "$(sed -n '/"2018-03"/p' out | sed 's/"rolling": {[^}]*}/"rolling":/; s/"responses.*"histogram": \[[^]]*\]/"RESULT":/' | grep -o '"[a-zA-Z_]*":' | tr -d '":' | tr '\n' ' ')" \
    "label start RESULT rolling control lower upper distance limit cusum_low cusum_high cusum since "
equals "JSON: a line a period" "$(grep -c '^ {"label": ' out)" 7
test_that "JSON: no groups" has out ' "groups": []}'
if command -v python3 >/dev/null; then
    test_that "JSON: it parses" python3 -c 'import json; json.load(open("out"))'
    test_that "JSON: with groups" python3 -c 'import json; json.load(open("groups.json"))'
fi
sed -n 's/^ \({"label".*}\)[],]*$/\1/p' out | sed 's/\],*$//' >expected
nps trend gaps.csv --time when --every month --rolling 2 --format jsonl
sed 's/^{"key": {}, /{/' out >actual
test_that "JSON lines: the same" cmp -s actual expected
nps trend gaps.csv --time when --every month --rolling 2 --format csv
equals "CSV: header" "$(head -n 1 out)" \
    "label,start,responses,promoters,passives,detractors,missing,invalid,mean,nps,rounded,lower,upper,standard_error,promoter_share,passive_share,detractor_share,lowest_share,highest_share,answer_0,answer_1,answer_2,answer_3,answer_4,answer_5,answer_6,answer_7,answer_8,answer_9,answer_10,rolling_responses,rolling_nps,rolling_lower,rolling_upper,control_lower,control_upper,limit,cusum,since"
test_that "CSV: as many cells in each row" awk -F, 'NF != 39 { bad = 1 } END { exit bad }' out
nps trend gaps.csv --time when --every month --rolling 2 --format md
equals "Markdown: header" "$(head -n 1 out)" "| month | n | detractors | passives | promoters | NPS | 95% interval | rolling 2 |"
equals "Markdown: an empty month" "$(sed -n 5p out)" "| 2018-04 | 0 | 0 | 0 | 0 | n/a | n/a | +100 |"
test_that "Markdown: words apart" awk '/^no rise/ { found = last == "" } { last = $0 } END { exit !found }' out
nps trend gaps.csv --time when --every month --by team --format md
test_that "Markdown: groups" has out '| team | n | NPS | points a month | 95% interval | adj. p |'
nps trend shift.csv --time when --every day --format table --rolling 7 --baseline 10
test_that "table: columns" grep -qE '^day +n +NPS +95% interval  rolling 7  limits$' out
test_that "table: bars" grep -qE '^2018-01-21 +100  -+\.+\++ +-40 +-[0-9]+ \.\. -[0-9]+ +\+5  below$' out
test_that "table: legend" has out '- detractors  . passives  + promoters'
test_that "table: no blanks at the ends of lines" test -z "$(grep ' $' out)"
test_that "table: fits 80 columns" awk '/^$/ { exit bad } length($0) > 80 { bad = 1 } END { exit bad }' out
equals "table: lines are as long as each other" "$(sed -n '8,21p' out | awk '{ print length($0) }' | sort -u | wc -l | tr -d ' ')" 1
LC_ALL=C.UTF-8 nps trend "$survey" --time date --every month --by region --format table -q
test_that "table: bars in UTF-8" has out '░░'
test_that "table: right to left is kept apart" grep -q "$(printf '\342\201\250')اصفهان$(printf '\342\201\251')" out
LC_ALL=C
nps trend shift.csv --time when --every day --format table
printf 'when,score\n2018-01-01,9\n2018-01-05,8\n' >apart.csv
prints "table: of five, two have answers" 'over these 2 days with answers' trend apart.csv --time when --every day --format table
nps trend shift.csv --time when --every day --format table
test_that "table: the bars have a title where there is room" has out 'detractors | passives | promoters'

# Usage.
refuses "usage: no time" 2 'name the column with --time' trend gaps.csv --every month
refuses "usage: no unit" 2 'how long is a period? --every day, week, month, quarter or year' trend gaps.csv --time when
refuses "usage: no file" 2 'no file' trend --time when --every day
refuses "usage: no such column" 2 'no column "date"' trend gaps.csv --time date --every day
refuses "usage: rolling" 2 '--rolling "0": expected a whole number from 1' trend gaps.csv --time when --every day --rolling 0
refuses "usage: baseline" 2 '--baseline "all": expected a whole number from 1' trend gaps.csv --time when --every day --baseline all
refuses "usage: too many columns" 2 '--by: at most 7 columns with --every' \
    trend gaps.csv --time when --every day --by a,b,c,d,e,f,g,h
refuses "usage: bootstrap of weights" 2 '--method bootstrap takes whole counts only' \
    trend gaps.csv --time when --every month -w w --method bootstrap
refuses "usage: designs" 2 '"--strata" is not an option of nps trend' trend gaps.csv --time when --every day --strata team
nps tally gaps.csv -o gaps.nps -q
refuses "usage: a state" 1 'gaps.nps: a state, which has no times: give the rows that were counted' \
    trend gaps.nps --time when --every day
printf 'when,score\n2018-01-01,9\n2018-01-01,12\n' >invalid.csv
nps trend invalid.csv --time when --every day --max-invalid 5 --format json -q
equals "usage: too many invalid" "$status" 3
