# shellcheck shell=sh disable=SC2034,SC2154
# nps panel: an awk model of the panel, late and repeated rows, zones, hostile ids, formats, usage.

customers=$root/examples/data/customers.csv

# The model: what it is asked for is its last argument.
# panel_model FILE SINCE UNTIL BEFORE FALL WHAT: seconds, "" for none; FILE without quotes, its columns date, customer,
# -, -, score. WHAT: latest: respondents, promoters, passives, detractors, at risk; rows: repeated, nameless, timeless,
# answers, respondents; pairs: a line "before,after" for each who answered in either; movers, risks: people in the order
# of the list, a line "customer,before,seconds,answer,seconds,risks" each.
panel_model()
{
    awk -F, -v since="$2" -v until="$3" -v before="$4" -v fall="$5" -v what="$6" '
        # Days since 1970 by the month number 0 = March.
        function days(y, m, d) {
            if (m < 3) { y--; m += 12 }
            return 365 * y + int(y / 4) - int(y / 100) + int(y / 400) + int((153 * (m - 3) + 2) / 5) + d - 719469
        }
        function seconds(time,    at, clock, zone, rest) {
            at = 86400 * days(substr(time, 1, 4) + 0, substr(time, 6, 2) + 0, substr(time, 9, 2) + 0)
            rest = substr(time, 12)
            if (rest == "") return at
            clock = substr(rest, 1, 2) * 3600 + substr(rest, 4, 2) * 60
            rest = substr(rest, 6)
            if (substr(rest, 1, 1) == ":") { clock += substr(rest, 2, 2); rest = substr(rest, 4) }
            zone = substr(rest, 2, 2) * 3600 + substr(rest, 5, 2) * 60
            return at + clock + (rest == "" || rest == "Z" ? 0 : substr(rest, 1, 1) == "-" ? zone : -zone)
        }
        function class(answer) { return answer < 7 ? 1 : answer < 9 ? 2 : 3 }
        # The place of the latest answer of c from a to b, or 0. A time of "" is none.
        function latest(c, a, b,    i, found) {
            for (i = 1; i <= n[c]; i++) {
                if ((a == "" || t[c, i] >= a) && (b == "" || t[c, i] <= b) && (!found || t[c, i] > t[c, found])) found = i
            }
            return found
        }
        function person(c, i, j, risks,    drop) {
            drop = i ? s[c, i] - s[c, j] : 0
            printf "%d %d %.0f %s,%s,%s,%d,%.0f,%s\n", s[c, j], -drop, -t[c, j], c, i ? s[c, i] : "", \
                i ? sprintf("%.0f", t[c, i]) : "", s[c, j], t[c, j], risks
        }
        NR == 1 || $5 !~ /^([0-9]|10)$/ { next }
        $2 == "" { nameless++; next }
        $1 == "" { timeless++; next }
        {
            time = seconds($1)
            if (($2, time) in place) {
                repeated++
                i = place[$2, time]
                if ($5 + 0 < s[$2, i]) s[$2, i] = $5 + 0
                next
            }
            i = ++n[$2]; place[$2, time] = i; t[$2, i] = time; s[$2, i] = $5 + 0; answers++
        }
        END {
            for (c in n) {
                respondents++
                j = latest(c, since, until)
                if (what == "latest" || what == "risks") {
                    if (!j) continue
                    count[class(s[c, j])]++
                    i = latest(c, "", t[c, j] - 1)
                    risks = class(s[c, j]) == 1 ? "detractor" : ""
                    if (i && class(s[c, j]) < class(s[c, i])) risks = risks (risks == "" ? "" : " ") "class"
                    if (i && fall && s[c, i] - s[c, j] >= fall) risks = risks (risks == "" ? "" : " ") "fall"
                    if (risks != "") at_risk++
                    if (risks != "" && what == "risks") person(c, i, j, risks)
                } else if (what == "pairs" || what == "movers") {
                    i = latest(c, since, before)
                    j = latest(c, before + 1, until)
                    if (what == "pairs" && (i || j)) print (i ? s[c, i] : "") "," (j ? s[c, j] : "")
                    if (what == "movers" && i && j && class(s[c, i]) != class(s[c, j])) person(c, i, j, "")
                }
            }
            if (what == "latest") print count[1] + count[2] + count[3], count[3] + 0, count[2] + 0, count[1] + 0, at_risk + 0
            if (what == "rows") print repeated + 0, nameless + 0, timeless + 0, answers, respondents
        }' "$1" | if [ "$6" = movers ] || [ "$6" = risks ]; then sort -k1,1n -k2,2n -k3,3n -k4 | sed 's/^[^ ]* [^ ]* [^ ]* //'; else cat; fi
}

# people_of CSV: "customer,before,seconds,answer,seconds,risks" of a list of people, as the model prints them.
people_of()
{
    awk -F, '
        function days(y, m, d) {
            if (m < 3) { y--; m += 12 }
            return 365 * y + int(y / 4) - int(y / 100) + int(y / 400) + int((153 * (m - 3) + 2) / 5) + d - 719469
        }
        function seconds(time) {
            if (time == "") return ""
            return sprintf("%.0f", 86400 * days(substr(time, 1, 4) + 0, substr(time, 6, 2) + 0, substr(time, 9, 2) + 0) + \
                substr(time, 12, 2) * 3600 + substr(time, 15, 2) * 60 + substr(time, 18, 2))
        }
        NR > 1 { gsub("\"", "", $9); print $1 "," $2 "," seconds($3) "," $5 "," seconds($6) "," $9 }' "$1"
}

# utc DATE-TIME: Unix seconds
utc() { panel_model "$(printf 'date,customer,,,score\n%s,a,,,0\n' "$1" >one.csv; echo one.csv)" "" "" "" "" risks | cut -d, -f5; }

equals "panel: the model tells time" "$(utc 1970-01-01) $(utc 2000-02-29T12:00:01Z) $(utc 2024-12-31T23:30-05:00) $(utc '2025-01-01 00:00+03:30')" \
    "0 951825601 1735705800 1735677000"

# windows NAME SINCE UNTIL BEFORE FALL OPTION...: all that the model knows, against the command's own.
windows()
{
    name=$1 since=$2 until=$3 before=$4 fall=$5
    shift 5
    nps panel "$customers" --respondent customer --time date "$@" --format json -q
    equals "panel: $name: the latest answers" \
        "$(total out responses) $(total out promoters) $(total out passives) $(total out detractors) $(field out at_risk_count)" \
        "$(panel_model "$customers" "$since" "$until" "" "$fall" latest)"
    panel_model "$customers" "$since" "$until" "" "$fall" risks >expected
    nps panel "$customers" --respondent customer --time date "$@" --at-risk --format csv -q
    people_of out >actual
    test_that "panel: $name: people at risk, in their order" cmp -s actual expected
    [ -n "$before" ] || return 0
    { echo before,after; panel_model "$customers" "$since" "$until" "$before" "" pairs; } >columns.csv
    nps panel "$customers" --respondent customer --time date "$@" --format csv -q
    mv out actual
    nps pairs columns.csv --before before --after after --format csv -q
    test_that "panel: $name: the change is that of nps pairs" cmp -s actual out
    nps panel "$customers" --respondent customer --time date "$@" --format json -q
    tr -d '\n' <out | sed 's/.*"pairs": {"until": "[^"]*", \("n": .*\)}, "movers_count".*/\1/' >actual
    nps pairs columns.csv --before before --after after --format json -q
    tr -d '\n' <out | sed 's/.* \("n": .*\)}$/\1/' >expected
    test_that "panel: $name: in JSON too" cmp -s actual expected
    panel_model "$customers" "$since" "$until" "$before" "" movers >expected
    nps panel "$customers" --respondent customer --time date "$@" --movers --format csv -q
    people_of out >actual
    test_that "panel: $name: movers, in their order" cmp -s actual expected
    nps panel "$customers" --respondent customer --time date "$@" --format json -q
    equals "panel: $name: how many moved" "$(field out movers_count)" "$(wc -l <expected | tr -d ' ')"
}

windows "all" "" "" "" ""
windows "fall by 2" "" "" "" 2 --fall 2
windows "fall by 5" "" "" "" 5 --fall 5
windows "before a day" "" "" "$(utc 2025-09-30T23:59:59Z)" "" --before 2025-09-30
windows "before a quarter" "" "" "$(utc 2025-03-31T23:59:59Z)" "" --before 2025-Q1
windows "before a second" "" "" "$(utc 2025-06-30T11:12:13Z)" "" --before 2025-06-30T11:12:13Z
windows "before the second of an answer" "" "" "$(utc 2025-11-14T05:49Z)" "" --before 2025-11-14T05:49Z
for day in 2024-07-01 2024-09-15 2024-12-31 2025-05-17 2025-10-31; do
    windows "as of $day" "" "$(utc "${day}T23:59:59Z")" "" 3 --as-of "$day" --fall 3
done
windows "since" "$(utc 2025-06-01)" "" "$(utc 2025-09-30T23:59:59Z)" "" --since 2025-06 --before 2025-Q3
windows "since and as of" "$(utc 2025-02-03)" "$(utc 2025-11-16T23:59:59Z)" "$(utc 2025-08-31T23:59:59Z)" 1 \
    --since 2025-W06 --as-of 2025-W46 --before 2025-08 --fall 1
windows "the year's end in Tehran" "" "$(utc 2024-12-31T23:59:59+03:30)" "" "" --as-of 2024-12-31T23:59:59+03:30
nps panel "$customers" --respondent customer --time date --format json -q
equals "panel: rows that add nothing" "$(for name in repeated nameless timeless answers respondents; do field out $name; done | tr '\n' ' ')" \
    "$(panel_model "$customers" "" "" "" "" rows) "
equals "panel: the rows add up" "$(field out rows)" \
    "$(($(field out missing) + $(field out invalid) + $(field out nameless) + $(field out timeless) + $(field out repeated) + $(field out answers)))"
equals "panel: what JSON begins with" "$(head -n 5 out | tr -d '\n')" \
    '{"schema": "nps/1", "command": "panel", "version": "0.1.0", "scale": {"lowest": 0, "highest": 10, "detractor_max": 6, "promoter_min": 9}, "level": 0.95, "since": null, "until": null, "rows": 608, "missing": 8, "invalid": 1, "nameless": 2, "timeless": 1, "repeated": 14, "respondents": 170, "answers": 582, "first": "2024-07-01T00:00:00Z", "last": "2025-12-31T00:00:00Z",'
test_that "panel: what was not asked for is null" has out '"periods": null'
test_that "panel: no pairs without --before" has out '"pairs": null'
test_that "panel: nor movers" has out '"movers_count": null, "movers": null'
nps panel "$customers" --respondent customer --time date
test_that "panel: rows without a time are noted" has err 'note: 1 row has no time'
test_that "panel: answers without a respondent too" has err 'note: 2 answers have no respondent, and are left out'
test_that "panel: and what is invalid" has err '1 invalid answer on the scale 0-10: "12"'

# The interval of the latest answers is that of so many answers.
nps panel "$customers" --respondent customer --time date --level .8 --format json -q
set -- "$(total out promoters),$(total out passives),$(total out detractors)" "$(total out lower) $(total out upper)"
nps score --counts "$1" --level .8 --format json
equals "panel: interval and --level" "$2" "$(total out lower) $(total out upper)"

# Late, repeated and shuffled rows, JSON lines, and the rows in several files: the same output to the byte.
outputs()
{
    for format in table md csv json; do
        nps panel "$@" --respondent customer --time date --before 2025-Q3 --format $format -q
        cat out
        nps panel "$@" --respondent customer --time date --movers --before 2025-Q3 --format $format -q
        cat out
    done
}
outputs "$customers" >expected
{ head -n 1 "$customers"; sed 1d "$customers" | awk '{ print (NR * 7919) % 1009 " " $0 }' | sort -n | cut -d' ' -f2-; } >shuffled.csv
outputs shuffled.csv >actual
test_that "panel: shuffled rows make the same panel" cmp -s actual expected
{ head -n 1 "$customers"; sed 1d "$customers" | sed -n '1!G;h;$p'; } >reversed.csv
outputs reversed.csv >actual
test_that "panel: reversed rows too" cmp -s actual expected
sed -n '1,300p' "$customers" >first.csv
{ head -n 1 "$customers"; sed 1,300d "$customers"; } >second.csv
outputs second.csv first.csv >actual
test_that "panel: rows in two files too" cmp -s actual expected
awk -F, 'NR > 1 { printf "{\"date\": \"%s\", \"customer\": \"%s\", \"score\": \"%s\"}\n", $1, $2, $5 }' "$customers" >customers.jsonl
outputs customers.jsonl >actual
test_that "panel: JSON lines too" cmp -s actual expected
nps panel "$customers" "$customers" --respondent customer --time date --before 2025-Q3 --movers --format csv -q
mv out actual
nps panel "$customers" --respondent customer --time date --before 2025-Q3 --movers --format csv -q
test_that "panel: rows that come twice count once" cmp -s actual out
nps_input "$customers" panel - --respondent customer --time date --format csv -q
mv out actual
nps panel "$customers" --respondent customer --time date --format csv -q
test_that "panel: standard input" cmp -s actual out
nps panel "$customers" --respondent 2 --time 1 -s 5 --format csv -q
test_that "panel: columns by number" cmp -s actual out

# Periods: the last row of each as its end has it, one by one.
periods_match()
{
    nps panel "$customers" --respondent customer --time date "$@" --format csv -q
    mv out periods.csv
    sed 1d periods.csv | while IFS=, read -r label since until rest; do
        since=${since%Z} until=${until%Z}
        nps panel "$customers" --respondent customer --time date ${since:+--since "${since}Z"} ${until:+--as-of "${until}Z"} --format csv -q
        [ "$(sed -n 2p out | cut -d, -f3-)" = "$rest" ] || echo "$label"
    done
}
equals "panel: each quarter is as of its end" "$(periods_match --every quarter)" ""
equals "panel: quarters" "$(sed 1d periods.csv | cut -d, -f1-3 | tr '\n' ' ')" \
    "2024-Q3,,2024-09-30T23:59:59Z 2024-Q4,,2024-12-31T23:59:59Z 2025-Q1,,2025-03-31T23:59:59Z 2025-Q2,,2025-06-30T23:59:59Z 2025-Q3,,2025-09-30T23:59:59Z 2025-Q4,,2025-12-31T23:59:59Z "
equals "panel: and of the months before it" "$(periods_match --every month --rolling 3 --since 2024-10-15 --as-of 2025-04-10)" ""
equals "panel: months of --rolling, cut by --since and --as-of" "$(sed 1d periods.csv | cut -d, -f1-3 | sed -n '1p;3,4p;7p' | tr '\n' ' ')" \
    "2024-10,2024-10-15T00:00:00Z,2024-10-31T23:59:59Z 2024-12,2024-10-15T00:00:00Z,2024-12-31T23:59:59Z 2025-01,2024-11-01T00:00:00Z,2025-01-31T23:59:59Z 2025-04,2025-02-01T00:00:00Z,2025-04-10T23:59:59Z "
nps panel "$customers" --respondent customer --time date --every quarter --format jsonl -q
equals "panel: a line a period" "$(sed -n 's/^{"label": "\([^"]*\)", "since": null, .*"at_risk": [0-9]*}$/\1/p' out | tr '\n' ' ')" "2024-Q3 2024-Q4 2025-Q1 2025-Q2 2025-Q3 2025-Q4 "
nps panel "$customers" --respondent customer --time date --every quarter --format json -q
equals "panel: periods in JSON" "$(grep -c '{"label": "202' out)" 6
equals "panel: the last is the total" "$(sed -n 's/.*"label": "2025-Q4".*"until": "[^"]*", \(.*\), "at_risk": .*/\1/p' out)" \
    "$(sed -n 's/.*"total": {\(.*\)},$/\1/p' out)"
printf 'who,when,score\na,2024-11-05,9\na,2025-02-01,3\nb,2025-02-01,10\n' >gap.csv
nps panel gap.csv --respondent who --time when --every month --format csv
equals "panel: months without answers are there" "$(sed 1d out | cut -d, -f1,4-7,13 | tr '\n' ' ')" "2024-11,1,1,0,0,0 2024-12,1,1,0,0,0 2025-01,1,1,0,0,0 2025-02,2,1,0,1,1 "
nps panel gap.csv --respondent who --time when --every month --rolling 2 --format csv
equals "panel: and empty where no answer is so young" "$(sed 1d out | cut -d, -f1,4-7,9 | tr '\n' ' ')" "2024-11,1,1,0,0,100 2024-12,1,1,0,0,100 2025-01,0,0,0,0, 2025-02,2,1,0,1,0 "
prints "panel: rolling, in words" 'each respondent counts once, by the latest answer in the month and the one before' \
    panel gap.csv --respondent who --time when --every month --rolling 2 --format table
prints "panel: rolling 1" 'by the latest answer in the month' panel gap.csv --respondent who --time when --every month --rolling 1 --format table
prints "panel: rolling 12" 'by the latest answer in the month and the 11 before' panel gap.csv --respondent who --time when --every month --rolling 12 --format table

# A day's last second is local: 20:29:59 UTC in Tehran. Answers without a zone are local too.
printf 'who,when,score\na,2025-01-01T20:29:59Z,9\na,2025-01-01T20:30:00Z,3\nb,2025-01-02,10\nb,2025-01-01T23:59:59,5\n' >zones.csv
nps panel zones.csv --respondent who --time when --as-of 2025-01-01 --format json
equals "panel: the end of the day in UTC" "$(total out detractors) $(total out promoters) $(field out until)" '2 0 "2025-01-01T23:59:59Z"'
nps panel zones.csv --respondent who --time when --as-of 2025-01-01 --utc-offset +03:30 --format json
equals "panel: the end of the day in Tehran" "$(total out detractors) $(total out promoters) $(field out until)" '1 1 "2025-01-01T23:59:59+03:30"'
nps panel zones.csv --respondent who --time when --utc-offset +03:30 --at-risk --format csv
equals "panel: times are told as local ones" "$(sed -n 2p out | cut -d, -f1-6)" "a,9,2025-01-01T23:59:59+03:30,promoter,3,2025-01-02T00:00:00+03:30"
nps panel zones.csv --respondent who --time when --every day --utc-offset +03:30 --format csv
equals "panel: and so are days" "$(sed 1d out | cut -d, -f1,4-7 | tr '\n' ' ')" "2025-01-01,2,1,0,1 2025-01-02,2,1,0,1 "
prints "panel: a time that ends no day is told in full" '2025-01-01T20:30:00Z  ' panel zones.csv --respondent who --time when --as-of 2025-01-01T20:30Z --format table
printf 'who;when;score\na;05/03/2025;9\na;04/02/2025;3\n' >format.csv
prints "panel: --time-format; not of options" '"promoters": 1' panel format.csv --respondent who --time when --time-format %d/%m/%Y --as-of 2025-03-05 --format json
printf 'who,when,score\na,1735689600,9\na,1735689601,3\n' >unix.csv
prints "panel: Unix seconds" '"detractors": 1' panel unix.csv --respondent who --time when --format json

# Two answers at one time: the lower one. Blank, missing and invalid answers are none.
printf 'who,when,score\na,2025-01-01,9\na,2025-01-01,4\na,2025-01-01,7\nb,2025-01-01,8\nb,2025-02-01,\nb,2025-02-02,NA\nb,2025-02-03,11\nb,2025-02-04,?\nc,2025-01-01,10\nc,2025-01-01,10\n' >same.csv
nps panel same.csv --respondent who --time when --missing '?' --format json -q
equals "panel: of two answers at one time the lower; none is no answer" \
    "$(total out histogram) $(field out repeated) $(field out missing) $(field out invalid)" "[0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1] 3 3 1"
printf 'who,when,score\na,2025-01-01,5\na,2025-02-01,4\nb,2025-01-01,4 - no\n' >five.csv
nps panel five.csv --respondent who --time when --scale 1-5 --labels --at-risk --format csv -q
equals "panel: scale and labels" "$(sed 1d out | tr '\n' ' ')" \
    'a,5,2025-01-01T00:00:00Z,promoter,4,2025-02-01T00:00:00Z,passive,-1,class '
printf 'who,when,score\na,2025-01-01,9\na,2025-02-01,8\nb,2025-01-01,6\nc,2025-01-01,10\nc,2025-02-01,9\nd,2025-01-01,3\nd,2025-02-01,9\ne,2025-01-01,8\ne,2025-03-01,6\n' >few.csv
nps panel few.csv --respondent who --time when --fall 1 --at-risk --format csv
equals "panel: why people are at risk" "$(sed 1d out | awk -F, '{ print $1 ":" $9 }' | tr '\n' ' ')" 'e:"detractor class fall" b:detractor a:"class fall" c:fall '
nps panel few.csv --respondent who --time when --fall 1 --at-risk --format table
for line in 'e             8  2025-01-01    6  2025-03-01  detractor, was passive, fell by 2' 'b                              6  2025-01-01  detractor' \
    'a             9  2025-01-01    8  2025-02-01  passive, was promoter, fell by 1' 'c            10  2025-01-01    9  2025-02-01  promoter, fell by 1' \
    'at risk on 2025-03-01: 4 of 5, among them 2 detractors, 2 in a lower class than at the answer before and 3 who fell by 1 or more' \
    '9 answers of 5 respondents, 2025-01-01 to 2025-03-01'; do
    test_that "panel: people at risk: $line" grep -qxF "$line" out
done
nps panel few.csv --respondent who --time when --before 2025-01 --movers --format table
for line in 'e             8  2025-01-01    6  2025-03-01  detractor, was passive' 'd             3  2025-01-01    9  2025-02-01  promoter, was detractor' \
    '3 of 4 who answered by 2025-01-31 and later moved: 1 to a higher class, 2 to a lower one'; do
    test_that "panel: movers: $line" grep -qxF "$line" out
done
equals "panel: movers are told in CSV with their classes" \
    "$(nps panel few.csv --respondent who --time when --before 2025-01 --movers --format csv; sed 1d out | cut -d, -f1,4,7,8 | tr '\n' ' ')" \
    "e,passive,detractor,-2 a,promoter,passive,-1 d,detractor,promoter,6 "
nps panel few.csv --respondent who --time when --before 2025-01 --movers --format jsonl
equals "panel: and in JSON lines" "$(sed -n 3p out)" \
    '{"respondent": "d", "before": 3, "before_time": "2025-01-01T00:00:00Z", "before_class": "detractor", "answer": 9, "time": "2025-02-01T00:00:00Z", "class": "promoter", "change": 6}'
nps panel few.csv --respondent who --time when --at-risk --format jsonl
equals "panel: people at risk in JSON lines, without an answer before" "$(sed -n 2p out)" \
    '{"respondent": "b", "before": null, "before_time": null, "before_class": null, "answer": 6, "time": "2025-01-01T00:00:00Z", "class": "detractor", "change": null, "risks": ["detractor"]}'
nps panel few.csv --respondent who --time when --at-risk --top 2 --format table
equals "panel: --top is noted" "$(cat err)" "nps: note: 2 of 3 people are listed"
equals "panel: --top lists the first" "$(cut -c1 out | sed -n '2,4p' | tr '\n' ' ')" "e b  "
test_that "panel: --top: the sentence is of all" has out 'at risk on 2025-03-01: 3 of 5, among them 2 detractors and 2 in a lower class'
nps panel few.csv --respondent who --time when --at-risk --top 2 --format json -q
equals "panel: --top in JSON" "$(field out at_risk_count) $(grep -c '"risks"' out)" "3 2"
nps panel few.csv --respondent who --time when --before 2025-01 --movers --top 9 --format csv
equals "panel: --top above all" "$(wc -l <out | tr -d ' ') $(cat err)" "4 "
nps panel few.csv --respondent who --time when --where score!=6 --format csv
equals "panel: --where" "$(sed 1d out | cut -d, -f3-6,15)" "4,2,2,0,7"

# The summary.
nps panel "$customers" --respondent customer --time date --before 2025-Q3 --format table -q
for text in 'as of         n  ' '2025-09-30  167  ' '2025-12-31  170  ' 'both times: before  69  ' 'passives                12        16          7' \
    'class: 10 better, 29 worse, 30 the same' 'down 41 points among 69 who answered twice' 'at risk on 2025-12-31: 58 of 170, among them 35 detractors and 44 in a lower class' \
    '582 answers of 170 respondents, 2024-07-01 to 2025-12-31; left out: 2 without a respondent, 1 without a time, 14 repeated' \
    '608 rows: 599 responses, 8 missing, 1 invalid'; do
    test_that "panel: summary: $text" has out "$text"
done
equals "panel: the tables have 80 columns at most" "$(sed '/^down/,$d' out | awk 'length > 80')" ""
nps panel "$customers" --respondent customer --time date --at-risk --fall 3 --format table -q
equals "panel: so has a list" "$(sed '/^at risk/,$d' out | awk 'length > 80')" ""
test_that "panel: in which nothing is cut" lacks out ...
nps panel "$customers" --respondent customer --time date --before 2025-Q3 --format md -q
test_that "panel: md" grep -qxF '| 2025-09-30 | 167 | 16 | 82 | 69 | +32 | +22 ... +41 | 41 |' out
equals "panel: md: a sentence is a paragraph" "$(grep -B1 '^down' out | head -n 1)" ""
nps panel "$customers" --respondent customer --time date --before 2025-Q3 --format jsonl -q
equals "panel: all on one line" "$(wc -l <out | tr -d ' ')" 1
mv out whole
nps panel "$customers" --respondent customer --time date --before 2025-Q3 --format json -q
test_that "panel: which is the JSON" [ "$(tr -d '\n' <out | sed 's/\[ {/[{/g')" = "$(tr -d '\n' <whole)" ]
prints "panel: the object is JSON" '"responses": 1' score whole -s repeated --scale 10-20:12:16 --format json -q

# Ids that hurt: quotes, commas, a line end, other scripts, ESC, not UTF-8, and 10,000 bytes; none is cut for programs.
long=$(awk 'BEGIN { for (i = 0; i < 1000; i++) printf "0123456789" }')
printf 'who,when,score\n"a,""b""",2025-01-01,3\n"two\nlines",2025-01-01,3\nعلی رضا,2025-01-01,3\n上海,2025-01-01,3\n"x\033[31m",2025-01-01,3\nx\377y,2025-01-01,3\n| *md* <b>,2025-01-01,3\n%s,2025-01-01,3\n=1+1,2025-01-01,3\n' "$long" >hostile.csv
nps panel hostile.csv --respondent who --time when --at-risk --format csv -q
test_that "panel: an id of 10,000 bytes" has out "$long,,,,3,"
test_that "panel: quotes and commas" has out '"a,""b""",,,,3,2025-01-01T00:00:00Z,detractor,,detractor'
test_that "panel: a line end" [ "$(grep -A1 '^"two$' out | tail -n 1 | cut -c1-7)" = 'lines",' ]
test_that "panel: Persian and Chinese" grep -q '^"علی رضا",' out
equals "panel: in the order of their bytes" "$(grep -c . out) $(sed -n 2p out | cut -c1-4)" "11 0123"
nps panel hostile.csv --respondent who --time when --at-risk --format json -q
test_that "panel: JSON: quotes" has out '"respondent": "a,\"b\""'
test_that "panel: JSON: a line end" has out '"two\nlines"'
test_that "panel: JSON: what is not UTF-8" has out "x$(printf '\357\277\275')y"
LC_ALL=C.UTF-8 nps panel hostile.csv --respondent who --time when --at-risk --format table -q
equals "panel: table: no control character" "$(tr -d '\n' <out | tr -d ' -~' | LC_ALL=C tr -d '\200-\377')" ""
test_that "panel: table: ESC is shown" has out 'x\x1b[31m'
test_that "panel: table: a long id is cut" has out 6...
nps panel hostile.csv --respondent who --time when --at-risk --format md -q
test_that "panel: md: signs are escaped" has out '\| \*md\* \<b\>'

# Nothing to tell.
printf 'who,when,score\n' >none.csv
for format in table md csv json jsonl; do
    for list in '' '--before 2025' '--before 2025 --movers' '--at-risk' '--every month'; do
        # shellcheck disable=SC2086
        nps panel none.csv --respondent who --time when $list --format $format -q
        equals "panel: no rows, $format $list" "$status $(cat err)" "0 "
    done
done
prints "panel: no rows, in words" 'no answers, and so nobody is at risk' panel none.csv --respondent who --time when --format table
prints "panel: no rows: null" '"first": null, "last": null,' panel none.csv --respondent who --time when --format json
notes "panel: nobody answered both times" 'nobody answered both times' panel gap.csv --respondent who --time when --before 2025-02-01 --as-of 2025-02-02
prints "panel: nobody answered both times, movers" 'nobody answered both by 2025-02-01 and later' panel gap.csv --respondent who --time when --before 2025-02-01 --movers --format table -q
printf 'who,when,score\na,2024-11-05,9\na,2025-02-01,10\n' >still.csv
prints "panel: nobody moved" 'none of 1 who answered by 2024-12-31 and later moved to another class' panel still.csv --respondent who --time when --before 2024 --movers --format table
prints "panel: nobody is at risk" 'at risk on 2025-02-01: 0 of 1' panel still.csv --respondent who --time when --format table
prints "panel: the last year of all" '"until": null' panel still.csv --respondent who --time when --as-of 9999 --format json
prints "panel: and the first" '"since": "-9999-01-01T00:00:00Z"' panel still.csv --respondent who --time when --since -9999 --format json
printf 'who,when,score\na,9999-12-31,9\nb,-9999-01-01,9\na,9998-12-30,3\n' >ends.csv
nps panel ends.csv --respondent who --time when --every year --rolling 9000 --since 9997 --format csv
equals "panel: periods up to the end" "$(sed 1d out | cut -d, -f1,3,4 | tr '\n' ' ')" "9997,9997-12-31T23:59:59Z,0 9998,9998-12-31T23:59:59Z,1 9999,,1 "
nps panel ends.csv --respondent who --time when --every year --rolling 3 --as-of -9999 --format csv
equals "panel: and from the beginning" "$(sed 1d out | cut -d, -f1-4)" "-9999,,-9999-12-31T23:59:59Z,1"

set -- panel few.csv --respondent who --time when
refuses "panel: no file" 2 'no file: give some, or -' panel --respondent who --time when
refuses "panel: no respondent" 2 'who answered? name the column with --respondent' panel few.csv --time when
refuses "panel: no time" 2 'when did they answer? name the column with --time' panel few.csv --respondent who
refuses "panel: no such column" 2 'no column "whom"; the nearest of 3: "who"' panel few.csv --respondent whom --time when
refuses "panel: a file that is not there" 1 'nope.csv: cannot be opened' panel nope.csv --respondent who --time when
refuses "panel: standard input twice" 2 '- is given 2 times' panel - - --respondent who --time when
refuses "panel: movers without --before" 2 '--movers: since when? give --before' "$@" --movers
refuses "panel: two lists" 2 '--movers and --at-risk: one list at a time' "$@" --movers --at-risk --before 2025-01
refuses "panel: --top without a list" 2 '--top is about a list: give --movers or --at-risk' "$@" --top 3
refuses "panel: --top 0" 2 '--top "0": expected a whole number from 1' "$@" --at-risk --top 0
refuses "panel: a fall of 0" 2 '--fall "0": expected a whole number from 1' "$@" --fall 0
refuses "panel: a fall beyond the scale" 2 '--fall 11: no answer can fall by more than 10 on this scale' "$@" --fall 11
refuses "panel: a fall beyond another scale" 2 'no answer can fall by more than 4 on this scale' "$@" --fall 5 --scale 1-5
refuses "panel: no time at all" 2 '--before "soon": expected a time such as 2018-03-05, 2018-03-05T16:57Z or 2018-03' "$@" --before soon
refuses "panel: a day that is not" 2 '--as-of "2025-02-30": expected a time' "$@" --as-of 2025-02-30
refuses "panel: since after as-of" 2 '--since 2026 is after --as-of 2025: there is no time between them' "$@" --since 2026 --as-of 2025
refuses "panel: nothing after --before" 2 '--before 2025: nothing comes after it; give a time before --as-of' "$@" --before 2025 --as-of 2025-06
refuses "panel: nothing after all time" 2 '--before 9999: nothing comes after it' "$@" --before 9999
refuses "panel: nothing before --before" 2 '--before 2024: nothing comes before it; give a time after --since' "$@" --before 2024 --since 2025
refuses "panel: --rolling without periods" 2 '--rolling is about periods: give --every' "$@" --rolling 3
refuses "panel: periods and pairs" 2 '--before and --every: give one or the other' "$@" --every month --before 2025-01
refuses "panel: periods and people" 2 '--at-risk lists people as of one time: leave --every out' "$@" --every month --at-risk
refuses "panel: no such unit" 2 'expected day, week, month, quarter or year' "$@" --every fortnight
printf 'who,when,score\na,1900-01-01,9\na,2025-01-01,3\n' >far.csv
refuses "panel: too many periods" 1 '1900-01-01T00:00:00Z to 2025-01-01T00:00:00Z: more than 10,000 days: mend the times that are wrong, or take a longer --every' \
    panel far.csv --respondent who --time when --every day
refuses "panel: --by" 2 '"--by" is not an option of nps panel' "$@" --by who
nps tally few.csv -o few.nps -q
refuses "panel: a state" 1 'few.nps: a state, which has no rows: nps panel takes the rows themselves' panel few.nps --respondent who --time when
nps panel same.csv --respondent who --time when --max-invalid 20 --format csv -q
equals "panel: too many invalid answers" "$status $(cat err)" "3 nps: 25% of the answers are invalid, more than --max-invalid 20"
test_that "panel: which are told all the same" lines_of out 2
nps panel same.csv --respondent who --time when --max-invalid 25 -q
equals "panel: as many as allowed" "$status" 0
printf 'who,when,score\na,soon,9\na,2025-01-01,x\n' >rejects_in.csv
nps panel rejects_in.csv --respondent who --time when --rejects rejects.csv -q
equals "panel: rejects" "$(sed 1d rejects.csv | tr '\n' ' ')" '"rejects_in.csv",2,"when","soon",not a time "rejects_in.csv",3,"score","x",not a number '
if [ -c /dev/full ]; then
    for format in table md csv json jsonl; do
        for list in '' --at-risk; do
            status=0
            # shellcheck disable=SC2086
            ${NPS_WRAPPER:-} "$NPS" "$@" $list --format "$format" -q >/dev/full 2>err || status=$?
            equals "panel: a full disk, $format $list" "$status $(wc -l <err | tr -d ' ')" "1 1"
        done
    done
else
    skip "panel: a full disk" "there is no /dev/full"
fi
nps panel --help
for option in --respondent --as-of --since --before --movers --at-risk --fall --top --every --rolling; do
    test_that "panel: help tells of $option" has out "  $option"
done
