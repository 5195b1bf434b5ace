# shellcheck shell=sh disable=SC2016,SC2034,SC2154
# nps explain: the reference in all forms of input, weights, intervals, numbers that add up as shown, words, usage.

survey=$root/examples/data/survey.csv
change=$root/tests/reference/change.csv

# example ID: the rows of an example of the reference, as before.csv, after.csv and, with dates, dated.csv.
example()
{
    rm -f before.csv after.csv dated.csv
    awk -F, -v id="$1" '
        function rows(column, file, date,    class, i) {
            for (class = 1; class <= 3; class++) {
                for (i = 0; i < $(column + class - 1); i++) {
                    print $2 "," answer[class] >file
                    print date "," $2 "," answer[class] >"dated.csv"
                }
            }
        }
        BEGIN {
            split("2,7,10", answer, ",")
            print "segment,score" >"before.csv"; print "segment,score" >"after.csv"
            print "date,segment,score" >"dated.csv"
        }
        $1 == id && $2 != "TOTAL" { rows(3, "before.csv", "2018-03-31"); rows(6, "after.csv", "2018-04-01") }' "$change"
}

# agrees_with_reference ID: the CSV in `out` has the numbers of the reference, within its tolerance.
agrees_with_reference()
{
    awk -F, -v id="$1" '
        function near(a, e, t) { return (a == "") == (e == "") && a - e <= t && e - a <= t }
        function check(name, a, e) {
            if (!near(a, e, tolerance)) { print "# " segment ": " name " is " a ", not " e; bad = 1 }
        }
        FNR == 1 { file++; for (i = 1; i <= NF; i++) place[file, $i] = i; next }
        file == 1 { if ($1 == id) { wanted[$2] = $0; count++ }; next }
        {
            segment = $place[2, "total"] == "true" ? "TOTAL" : $1
            split(wanted[segment], e, ","); tolerance = e[place[1, "tol"]]; found++
            if (!(segment in wanted)) { print "# no segment " segment; bad = 1 }
            n = split("from_share to_share from_nps to_nps rate mix", names, " ")
            for (i = 1; i <= n; i++) check(names[i], $place[2, names[i]], e[place[1, names[i]]])
            check("from_responses", $place[2, "from_responses"], e[3] + e[4] + e[5])
            check("to_responses", $place[2, "to_responses"], e[6] + e[7] + e[8])
            check("effect", $place[2, "effect"], e[place[1, "rate"]] + e[place[1, "mix"]])
            if (segment == "TOTAL") {
                check("change", $place[2, "effect"], e[place[1, "change"]])
                check("promoters", $place[2, "promoters_part"], e[place[1, "promoters_part"]])
                check("detractors", $place[2, "detractors_part"], e[place[1, "detractors_part"]])
            }
        }
        END { exit bad || found != count || count < 3 }' "$change" out
}

for id in 1 2 3; do
    example $id
    nps explain before.csv after.csv --by segment --format csv
    cp out two.csv
    test_that "reference $id: two files" agrees_with_reference $id
    nps explain dated.csv --by segment --time date --from 2018-Q1 --to 2018-Q2 --format csv
    test_that "reference $id: periods of one file" agrees_with_reference $id
    nps explain dated.csv --by segment --time date --from 2018-03 --to 2018-04-01 --format csv
    test_that "reference $id: periods of two sorts" cmp -s out two.csv
    nps tally before.csv --by segment -o before.nps
    nps tally after.csv --by segment -o after.nps
    nps explain before.nps after.nps --format csv
    test_that "reference $id: states" cmp -s out two.csv
    nps explain before.nps after.csv --by segment --format csv
    # --by is about rows, and a state beside them has its own columns.
    test_that "reference $id: a state and rows" cmp -s out two.csv
    nps_input before.csv explain - after.csv --by segment --format csv
    test_that "reference $id: standard input" cmp -s out two.csv
    awk -F, -v OFS=, '{ print $0, 3 }' before.csv | sed '1s/3$/w/' >before_w.csv
    awk -F, -v OFS=, '{ print $0, 0.25 }' after.csv | sed '1s/0.25$/w/' >after_w.csv
    nps explain before_w.csv after_w.csv --by segment -w w --format csv
    test_that "reference $id: weights that are all the same" agrees_with_reference $id
    nps explain before.csv after.csv --by segment --format json
    awk -F, -v id=$id '$1 == id && $2 == "TOTAL"' "$change" >total_row.csv
    n=15
    for name in change promoters_part detractors_part; do
        near "reference $id: JSON $name" "$(field out $name)" "$(cut -d, -f$n total_row.csv)" 1e-10
        n=$((n + 1))
    done
    near "reference $id: JSON rate" "$(sed -n 's/^ "rate": \([^,]*\),.*/\1/p' out)" "$(cut -d, -f13 total_row.csv)" 1e-10
    near "reference $id: JSON mix" "$(sed -n 's/^ "mix": \([^,]*\),.*/\1/p' out)" "$(cut -d, -f14 total_row.csv)" 1e-10
    sed -n 's/.*"difference": \({[^}]*}\).*/\1/p' out >difference.json
    nps compare before.csv after.csv --format json
    test_that "reference $id: JSON difference is that of nps compare" \
        grep -qF -e "\"difference\": $(cat difference.json)" out
done

# Standard errors by the delta method with numerical derivatives: each wave is one multinomial sample of segment by
# class, and rate and mix are functions of its nine proportions.
example 1
nps explain before.csv after.csv --by segment --format json
awk -F, '
    function effect(which,    g, w0, w1, r0, r1, t0, t1, sum) {
        for (g = 0; g < 3; g++) { t0 += p[0, g, 2] - p[0, g, 0]; t1 += p[1, g, 2] - p[1, g, 0] }
        for (g = 0; g < 3; g++) {
            w0 = p[0, g, 0] + p[0, g, 1] + p[0, g, 2]; w1 = p[1, g, 0] + p[1, g, 1] + p[1, g, 2]
            r0 = (p[0, g, 2] - p[0, g, 0]) / w0; r1 = (p[1, g, 2] - p[1, g, 0]) / w1
            sum += which == 0 ? (w0 + w1) / 2 * (r1 - r0) : (w1 - w0) * ((r0 + r1) / 2 - (t0 + t1) / 2)
        }
        return 100 * sum
    }
    BEGIN { g = 0 }
    $1 == 1 && $2 != "TOTAL" {
        for (t = 0; t < 2; t++) for (c = 0; c < 3; c++) { p[t, g, c] = $(3 + 3 * t + c); n[t] += p[t, g, c] }
        g++
    }
    END {
        for (k in p) { split(k, at, SUBSEP); p[k] /= n[at[1]] }
        h = 1e-5
        for (which = 0; which < 2; which++) {
            variance = 0
            for (t = 0; t < 2; t++) {
                mean = square = 0
                for (g = 0; g < 3; g++) for (c = 0; c < 3; c++) {
                    kept = p[t, g, c]
                    p[t, g, c] = kept + h; up = effect(which)
                    p[t, g, c] = kept - h; down = effect(which)
                    p[t, g, c] = kept
                    d = (up - down) / (2 * h)
                    mean += kept * d; square += kept * d * d
                }
                variance += (square - mean * mean) / n[t]
            }
            printf "%.12g\n", sqrt(variance)
        }
    }' "$change" >errors
near "intervals: standard error of rate" "$(field out rate_standard_error)" "$(sed -n 1p errors)" 1e-6
near "intervals: standard error of mix" "$(field out mix_standard_error)" "$(sed -n 2p errors)" 1e-6
for name in rate mix; do
    estimate=$(sed -n "s/^ \"$name\": \\([^,]*\\),.*/\\1/p" out) error=$(field out ${name}_standard_error)
    for side in -1:lower 1:upper; do
        near "intervals: ${side#*:} bound of $name" "$(field out "${name}_${side#*:}")" \
            "$(awk -v e="$estimate" -v s="$error" -v k="${side%:*}" 'BEGIN { printf "%.12g", e + k * 1.959963984540054 * s }')" 1e-6
    done
done
nps explain before.csv after.csv --by segment --format json --level .9
near "intervals: at another level" "$(field out rate_upper)" \
    "$(awk -v s="$(sed -n 1p errors)" 'BEGIN { printf "%.12g", 3.25 + 1.6448536269514722 * s }')" 1e-6

# Weights: sums of them are the sizes. The rows of the survey, by awk: columns 1, 4, 6 and 7, which hold no commas; some
# answers are in Persian, Arabic or wide digits.
LC_ALL=C awk -F, '
    BEGIN {
        split("۰ ۱ ۲ ۳ ۴ ۵ ۶ ۷ ۸ ۹ ٠ ١ ٢ ٣ ٤ ٥ ٦ ٧ ٨ ٩ ０ １ ２ ３ ４ ５ ６ ７ ８ ９", digits, " ")
    }
    /^2025-/ { for (i = 0; i < 30; i++) gsub(digits[i + 1], i % 10, $6); gsub(/"/, "", $4); a = $6 + 0 }
    $1 ~ /^2025-/ && $6 ~ /^([0-9]|10)$/ {
        t = substr($1, 6, 2) + 0 > 3; w[t, $4] += $7; n[t, $4]++; total[t] += $7; seen[$4]
        r[t, $4] += $7 * ((a > 8) - (a < 7)); score[t] += $7 * ((a > 8) - (a < 7))
    }
    END {
        for (g in seen) {
            w0 = w[0, g] / total[0]; w1 = w[1, g] / total[1]; r0 = r[0, g] / w[0, g]; r1 = r[1, g] / w[1, g]
            rate = 50 * (w0 + w1) * (r1 - r0)
            mix = 50 * (w1 - w0) * (r0 + r1 - score[0] / total[0] - score[1] / total[1])
            printf "%s,%d,%d,%.12g,%.12g,%.12g,%.12g,%.12g,%.12g\n", g, n[0, g], n[1, g], w0, w1, 100 * r0, 100 * r1, rate, mix
        }
    }' "$survey" | sort >expected
nps explain "$survey" --by region -w weight --time date --from 2025-Q1 --to 2025-Q2 --format csv -q
grep 'false$' out | cut -d, -f1-9 | tr -d '"' | sort >actual
test_that "weights: by awk" awk -F, '
    NR == FNR { e[FNR] = $0; next }
    {
        n = split(e[FNR], want, ","); if (want[1] != $1 || n != NF) bad = 1
        for (i = 2; i <= n; i++) { d = $i - want[i]; if (d > 1e-9 || d < -1e-9) { print "# " $0 " not " e[FNR]; bad = 1 } }
    }
    END { exit bad || FNR != 8 }' expected actual
nps tally "$survey" --by region -w weight --where kind=relational -o relational.nps -q
nps tally "$survey" --by region -w weight --where kind=transactional -o transactional.nps -q
nps explain relational.nps transactional.nps --format csv
cp out states.csv
for kind in relational transactional; do
    cut -d, -f1-8 "$survey" | grep "^date\|^2025.*,$kind\$" >$kind.csv
done
nps explain relational.csv transactional.csv --by region -w weight --format csv -q
test_that "weights: states as rows" cmp -s out states.csv
nps explain relational.csv transactional.csv --by region -w weight --format table -q
test_that "weights: said" grep -qx 'n counts answers, share is of their weights' out

# What is shown adds up: many surveys by a generator with a seed, weighted so that few rows give any score. Markdown has
# the cells of the table without the blanks.
adds_up()
{
    awk -F ' *[|] *' '
        function units(cell) { sub(/^[+]/, "", cell); return sprintf("%.0f", cell * 10) + 0 }
        function share(cell) { return cell == "<0.1" ? 0 : cell == ">99.9" ? 1000 : units(cell) }
        /^\|/ {
            cell = $4; gsub(/\\/, "", cell); gsub(/&lt;/, "<", cell); gsub(/&gt;/, ">", cell); sub(/%/, "", cell)
            split(cell, shares, " to "); split($5, scores, " to ")
        }
        /^\| s[0-9]/ {
            rate += units($6); mix += units($7); both += units($8); from += share(shares[1]); to += share(shares[2])
            if (units($6) + units($7) != units($8)) { print "# a row: " $0; bad = 1 }
            size = units($8) < 0 ? -units($8) : units($8)
            if (segments++ > 0 && size > last) { print "# not sorted: " $0; bad = 1 }
            last = size
        }
        /^\| total/ {
            totals++
            if (rate != units($6) || mix != units($7) || both != units($8)) { print "# a column: " $0; bad = 1 }
            if (units($6) + units($7) != units($8)) { print "# the totals: " $0; bad = 1 }
            if (units(scores[2]) - units(scores[1]) != units($8)) { print "# the change: " $0; bad = 1 }
            if (from != 1000 || to != 1000) { print "# shares: " from ", " to; bad = 1 }
        }
        END { exit bad || totals != 1 || segments < 2 }' "$1"
}
wrong='' count=0
while [ $count -lt 60 ]; do
    count=$((count + 1))
    awk -v seed=$count '
        BEGIN {
            srand(seed); segments = 2 + int(9 * rand())
            for (t = 0; t < 2; t++) {
                file = t ? "random_to.csv" : "random_from.csv"
                print "segment,score,w" >file
                for (g = 0; g < segments; g++) {
                    if (g > 1 && rand() < 0.1) continue
                    scale = rand() < 0.2 ? 0.01 : 1; better = 4 * rand()
                    for (i = 0; i < 3 + int(6 * rand()); i++) {
                        print "s" g "," int(6 + better + (10 - 6 - better) * rand() - (rand() < 0.3 ? 6 : 0)) "," \
                            sprintf("%.3f", scale * (0.1 + rand())) >file
                    }
                }
            }
        }'
    nps explain random_from.csv random_to.csv --by segment -w w --format md -q
    adds_up out || wrong="$wrong $count"
    mv out random.md
    nps explain random_from.csv random_to.csv --by segment -w w --format table -q
    # The same cells: names, counts, shares, scores and effects, in their order.
    sed -n '/^$/q; 3,$p' random.md | sed 's/\\//g; s/&lt;/</g; s/&gt;/>/g; s/|/ /g; s/  */ /g; s/^ //; s/ $//; /^--- /d' |
        grep '^s\|^total' >cells
    sed -n '/^$/q; 2,$p' out | sed 's/  */ /g; s/ $//' | grep '^s\|^total' | cmp -s - cells || wrong="$wrong ${count}t"
done
equals "adds up: surveys that do not" "$wrong" ""

# A change that is there: example 1 with 32 times the answers. By hand from the reference: A 2.25 and -2.475, B -1.5 and
# 0, C 2.5 and -3.275, in sum 3.25 and -5.75: 32 + 1 tenths of the first and -58 of the second make -25.
grow()
{
    cp "$1" "$3"
    for i in $(seq "$2"); do
        nps merge "$3" "$3" -o grown.nps -q
        mv grown.nps "$3"
    done
}
nps tally before.csv --by segment -o before.nps
nps tally after.csv --by segment -o after.nps
grow before.nps 5 before_32.nps
grow after.nps 5 after_32.nps
nps explain before_32.nps after_32.nps --format table
sed -n '1,/^$/p' out | sed '/^$/d; s/  */ /g' >table
equals "words: the table" "$(head -n 5 table)" "segment n share NPS score mix both
B 9,600 to 9,600 30.0 to 30.0% +10.0 to +5.0 -1.5 0.0 -1.5
C 6,400 to 9,600 20.0 to 30.0% -20.0 to -10.0 +2.5 -3.3 -0.8
A 16,000 to 12,800 50.0 to 40.0% +40.0 to +45.0 +2.3 -2.5 -0.2
total 32,000 to 32,000 100 to 100% +19.0 to +16.5 +3.3 -5.8 -2.5"
# The standard errors above over the root of 32.
awk 'NR == 1 { e = 3.25 } NR == 2 { e = -5.75 } { z = 1.959963984540054 * $1 / sqrt(32); printf "%+.1f to %+.1f\n", e - z, e + z }' errors >bounds
test_that "words: a real change" grep -q '^from +19.0 to +16.5, down 2.5 points, 95% interval .*: a real change (p ' out
test_that "words: the effects" grep -qxF -e "of it +3.3 because segments score otherwise (95% interval $(sed -n 1p bounds)) and -5.8 because other people answered (95% interval $(sed -n 2p bounds))" out
test_that "words: classes" grep -qx 'by class -1.0 because fewer are promoters and -1.5 because more are detractors' out
test_that "words: parts" grep -qx 'the largest parts: B -1.5, C -0.8, A -0.2; a single part has no interval, and a small one may be chance' out
test_that "words: nobody is new" lacks out 'answered before'
equals "words: bounds of the table" "$(sed -n 6p table)/$(sed -n 7p table)" \
    "95% from $(sed 's/ to .*//' bounds | tr '\n' ' ')$(sed -n 's/.*95% interval \([^ ]*\) to \([^ :]*\): a real.*/\1/p' out)/95% to $(sed 's/.* to //' bounds | tr '\n' ' ')$(sed -n 's/.*95% interval \([^ ]*\) to \([^ :]*\): a real.*/\2/p' out)"
nps explain after_32.nps before_32.nps --format table
test_that "words: the other way" has out 'by class +1.0 because more are promoters and +1.5 because fewer are detractors'
test_that "words: the other way, effects" has out 'of it -3.'

# A change that may be none is called so, and nothing is told of its parts but what is certain of itself.
nps explain before.csv after.csv --by segment --format table
test_that "chance: said first" grep -q '^from +19.0 to +16.5, down 2.5 points, 95% interval .*: not yet distinguishable from no change (p = .47)' out
test_that "chance: the mix is certain" grep -q '^even so, the -5.8 because other people answered (95% interval -8.0 to -3.5) is distinguishable from none; the rest may be chance$' out
test_that "chance: no classes" lacks out 'by class'
test_that "chance: no parts" lacks out 'the largest parts'
nps explain before.csv before.csv --by segment --format table
test_that "chance: the same" grep -q '^from +19.0 to +19.0, the same score, .*: nothing says that it changed (p = 1)$' out
test_that "chance: nothing to tell of the same" lacks out 'may be chance'
example 3
nps explain before.csv after.csv --by segment --format table
test_that "chance: nothing is certain" grep -qx 'what each segment did to it may be chance' out
test_that "chance: who is new is no chance" grep -qx \
    'answered after only: new; answered before only: old (no score to compare: all mix)' out
test_that "chance: absent" grep -qE '^new +0 to 15 +0\.0 to 20\.0% +n/a to \+33\.3 +0\.0 +\+0\.9 +\+0\.9$' out
grep -v ^old before.csv >kept.csv
nps explain kept.csv after.csv --by segment --format table
test_that "chance: only new ones" grep -qx 'answered after only: new (no score to compare: all mix)' out
nps explain after.csv kept.csv --by segment --format table
test_that "chance: only gone ones" grep -qx 'answered before only: new (no score to compare: all mix)' out
example 2
nps explain before.csv after.csv --by segment --format table
test_that "words: nothing of one sort" has out 'of it nothing because segments score otherwise (95% interval'
example 1
{ cat before.csv; for i in 1 2 3 4 5 6 7 8; do echo "gone $i,0"; done; } >gone.csv
nps explain gone.csv after.csv --by segment --format table
test_that "words: many are gone" grep -qx \
    'answered before only: gone 1, gone 2, gone 3, gone 4, gone 5, gone 6 and 2 more (no score to compare: all mix)' out

# Where an interval is narrower than what one decimal shows, there are more of them, and all still adds up.
example 3
nps tally before.csv --by segment -o before.nps
nps tally after.csv --by segment -o after.nps
grow before.nps 22 many_before.nps
grow after.nps 22 many_after.nps
nps explain many_before.nps many_after.nps --format csv
awk -F, '$NF == "true" { printf "%s %s %s %s %s %s\n", $11, $12, $14, $15, $17, $18 }' out >exact
nps explain many_before.nps many_after.nps --format md
awk -F ' *[|] *' '
    NR == FNR { split($0, b, " "); next }
    /^\| total/ {
        decimals = length($8) - index($8, ".")
        if (decimals < 2 || $6 < b[1] || $6 > b[2] || $7 < b[3] || $7 > b[4] || $8 < b[5] || $8 > b[6]) bad = 1
        sum = sprintf("%.0f", 1e6 * ($6 + $7 - $8)); if (sum != 0) bad = 1
        found = 1
    }
    END { exit bad || !found }' exact out && ok=true || ok=false
test_that "decimals: as many as the intervals need" "$ok"

# Names of all sorts, the survey's own, and no value.
LC_ALL=C.UTF-8 nps explain "$survey" --by region --time date --from 2025-Q1 --to 2025-Q2 --format table -q
isolate=$(printf '\342\201\250') end=$(printf '\342\201\251')
test_that "names: Chinese" grep -qE '^上海         64 →  54  17\.3 → 14\.6%  \+40\.6 → \+24\.1   -2\.6  \+0\.1   -2\.5$' out
test_that "names: Persian, kept apart" grep -qE "^${isolate}اصفهان$end       35 →  39   9\\.4 → 10\\.5%  \\+20\\.0 →  \\+5\\.1   -1\\.5  -0\\.3   -1\\.8\$" out
test_that "names: no value" grep -qE '^\(no value\)    7 →   3 ' out
test_that "names: no blanks at the ends of lines" test -z "$(grep ' $' out)"
test_that "names: periods" grep -qx '2025-Q1: 396 rows: 370 responses, 26 missing, 0 invalid' out
LC_ALL=C
nps explain "$survey" --by region,channel --time date --from 2025-Q1 --to 2025-Q2 --format table -q
equals "names: two columns" "$(head -n 1 out | sed 's/  */ /g')/$(grep -c '^total ' out)" "region channel n share NPS score mix both/1"
nps explain "$survey" --by region --time date --from 2025-Q1 --to 2025-Q2 --format json -q
test_that "names: no value is null" has out '{"key": {"region": null}, "from_share": '
test_that "names: of the periods" grep -qF '"names": ["2025-Q1", "2025-Q2"]' out

# Periods: rows of others, of no time, zones, formats, conditions.
printf '%s\n' when,segment,score '2018-03-31T23:30:00Z,a,10' '2018-02-01,a,10' '2018-04-02,a,0' '2019-04-02,a,0' \
    ',a,5' 'soon,a,5' '2018-02-03,b,7' '2018-05-05,b,eleven' '2018-05-06,b,' >times.csv
notes "periods: what is no time" '1 cell is no time, the first at times.csv row 7: "soon"' \
    explain times.csv --by segment --time when --from 2018-Q1 --to 2018-Q2 --format csv --rejects rejects.csv
test_that "periods: what has no time" has err '1 row has no time'
test_that "periods: what is no answer" has err '"eleven"'
equals "periods: rejects" "$(cut -d, -f2 rejects.csv | tr '\n' ' ')" "row 7 9 "
equals "periods: rows" "$(cut -d, -f1-3 out | tr '\n' ' ')" "segment,from_responses,to_responses a,2,1 b,1,0 ,3,1 "
nps explain times.csv --by segment --time when --from 2018-Q1 --to 2018-Q2 --format csv --utc-offset +03:30 -q
equals "periods: local time" "$(cut -d, -f1-3 out | tr '\n' ' ')" "segment,from_responses,to_responses a,1,2 b,1,0 ,2,2 "
nps explain times.csv --by segment --time when --from 2018-Q1 --to 2018-Q2 --format csv --where segment=a -q
equals "periods: conditions" "$(cut -d, -f1-3 out | tr '\n' ' ')" "segment,from_responses,to_responses a,2,1 ,2,1 "
nps explain times.csv --by segment --time when --from 2018-Q1 --to 2018-Q2 --max-invalid 10 --format json -q
equals "periods: too many invalid" "$status" 3
test_that "periods: which has too many" has err '2018-Q2: 50% of the answers are invalid'
printf 'when,segment,score\n31/03/2018,a,10\n01/04/2018,a,0\n' >format.csv
nps explain format.csv --by segment --time when --time-format %d/%m/%Y --from 2018-03 --to 2018-04 --format csv
equals "periods: a format" "$(sed -n 2p out | cut -d, -f1-7)" "a,1,1,1,1,100,-100"
# All in one segment, whose change is all rate.
equals "periods: one segment" "$(sed -n 2p out | cut -d, -f8-10)" "-200,0,-200"
head -n 400 "$survey" >first.csv
{ head -n 1 "$survey"; tail -n +401 "$survey"; } >second.csv
nps explain "$survey" --by region --time date --from 2025-Q1 --to 2025-Q2 --format csv -q
mv out whole.csv
nps explain first.csv second.csv --by region --time date --from 2025-Q1 --to 2025-Q2 --format csv -q
test_that "periods: of two files" cmp -s out whole.csv
test_that "periods: the total is marked" test "$(awk -F, '$NF == "true"' out)" = "$(tail -n 1 out)"

# Formats.
example 3
nps explain before.csv after.csv --by segment --format csv
equals "CSV: header" "$(head -n 1 out)" \
    "segment,from_responses,to_responses,from_share,to_share,from_nps,to_nps,rate,mix,effect,rate_lower,rate_upper,rate_standard_error,mix_lower,mix_upper,mix_standard_error,difference_lower,difference_upper,p,promoters_part,detractors_part,total"
equals "CSV: absent" "$(grep ^new out | cut -d, -f1-6)/$(grep ^old out | cut -d, -f1-8)" "new,0,15,0,0.2,/old,15,0,0.2,0,0,,0"
equals "CSV: by key" "$(cut -d, -f1 out | tr '\n' ' ')" "segment kept new old  "
nps explain before.csv after.csv --by segment --format json
equals "JSON: head" "$(sed -n '1,3p' out | sed 's/"version": "[^"]*"/VERSION/')" '{"schema": "nps/1", "command": "explain", VERSION,
 "scale": {"lowest": 0, "highest": 10, "detractor_max": 6, "promoter_min": 9},
 "level": 0.95, "weighted": false, "rows": 150,'
equals "JSON: keys" "$(sed -n '6,$p' out | grep -o '^ "[a-z_]*":' | tr -d '": \n')" \
    "changeratemixpromoters_partdifferencenamesgroups"
equals "JSON: of a segment" "$(grep '"new"' out | grep -o '"[a-z_]*":' | tr -d '":\n')" \
    "keysegmentfrom_shareto_sharefrom_npsto_npsratemixfrom_responsesto_responses"
test_that "JSON: undefined" has out '"from_share": 0, "to_share": 0.2, "from_nps": null, '
if command -v python3 >/dev/null; then
    test_that "JSON: it parses" python3 -c 'import json; json.load(open("out"))'
fi
grep -o '{"key".*"to_responses": [0-9]*}' out >groups
nps explain before.csv after.csv --by segment --format jsonl
test_that "JSON lines: a segment each" cmp -s out groups
nps explain before.csv after.csv --by segment --format md
equals "Markdown: header" "$(head -n 1 out)" "| segment | n | share | NPS | score | mix | both |"
test_that "Markdown: words" has out 'not yet distinguishable from no change'
nps explain before.csv after.csv --by segment --format table --level .9
test_that "table: level" grep -q '^90% from ' out
printf '{"segment":"a","score":10}\n{"segment":"b","score":0}\n' >before.jsonl
printf '{"segment":"a","score":9}\n{"segment":"b","score":8}\n' >after.jsonl
nps explain before.jsonl after.jsonl --by segment --format csv
equals "JSON lines: as input" "$(tail -n 1 out | cut -d, -f1-10)" ",2,2,1,1,0,50,50,0,50"
printf 'segment,score\na,10\nb,\n' >unanswered.csv
nps explain unanswered.csv unanswered.csv --by segment --format csv
equals "nobody of a segment: in neither" "$(sed -n 3p out | cut -d, -f1-10)" "b,0,0,0,0,,,0,0,0"
nps explain unanswered.csv unanswered.csv --by segment --format table
test_that "nobody of a segment: neither new nor gone" lacks out 'only'

# Usage.
example 1
nps tally before.csv --by segment -o before.nps
nps tally after.csv --by segment --scale 1-10 -o scale.nps
nps tally after.csv -o plain.nps
nps tally after_w.csv --by segment -w w -o weighted.nps
sed 1s/segment/region/ after.csv >region.csv
nps tally region.csv --by region -o region.nps
nps tally "$survey" --by region --strata channel -w weight -o design.nps -q
refuses "usage: no file" 2 'no file' explain --by segment
refuses "usage: no segments" 2 'before.csv: no segments to explain the change by: name them with --by' \
    explain before.csv after.csv
refuses "usage: no segments of periods" 2 'no segments to explain the change by: name them with --by' \
    explain dated.csv --time date --from 2018-Q1 --to 2018-Q2
refuses "usage: no segments of a state" 2 'plain.nps: no segments' explain before.nps plain.nps
refuses "usage: one file" 2 'one file: give two, before and after, or its periods with --time, --from and --to' \
    explain before.csv --by segment
refuses "usage: three files" 2 '3 files: give two' explain before.csv after.csv after.csv --by segment
refuses "usage: --from alone" 2 '--from without --to' explain dated.csv --by segment --time date --from 2018-Q1
refuses "usage: --to alone" 2 '--to without --from' explain dated.csv --by segment --time date --to 2018-Q1
refuses "usage: no times" 2 'name the column of times with --time' explain dated.csv --by segment --from 2018-Q1 --to 2018-Q2
refuses "usage: times of two files" 2 '--time tells periods apart: say which ones with --time, --from and --to' \
    explain dated.csv dated.csv --by segment --time date
refuses "usage: a format of no times" 2 '--time-format tells periods apart' \
    explain before.csv after.csv --by segment --time-format %Y
refuses "usage: a zone of no times" 2 '--utc-offset tells periods apart' \
    explain before.csv after.csv --by segment --utc-offset +1
refuses "usage: no period" 2 '--to "2018-Q5": expected a period such as 2018-03-05, 2018-W10, 2018-03, 2018-Q1 or 2018' \
    explain dated.csv --by segment --time date --from 2018-Q1 --to 2018-Q5
refuses "usage: the same period" 2 '--from and --to are both 2018-Q1: give two periods' \
    explain dated.csv --by segment --time date --from 2018-Q1 --to 2018-Q1
for pair in '2018 2018-Q2' '2018-03 2018' '2018-Q1 2018-01-01' '2018-W13 2018-03'; do
    refuses "usage: overlap: $pair" 2 'overlap: give two periods that do not' \
        explain dated.csv --by segment --time date --from "${pair% *}" --to "${pair#* }"
done
refuses "usage: a period without rows" 2 \
    '--to 2018-Q3: no row is of that period: their times run from 2018-03-31 to 2018-04-01' \
    explain dated.csv --by segment --time date --from 2018-Q1 --to 2018-Q3
refuses "usage: no times at all" 2 '--from 2018-Q1: no row has a time' \
    explain dated.csv --by segment --time segment --from 2018-Q1 --to 2018-Q2 -q
printf 'date,segment,score\n2018-01-01,a,1\n2018-04-01,a,\n' >blank.csv
refuses "usage: a period without answers" 2 '--to 2018-Q2: no answer in that period, and so no change to explain' \
    explain blank.csv --by segment --time date --from 2018-Q1 --to 2018-Q2
printf 'segment,score,w\na,1,0\n' >weightless.csv
refuses "usage: a file without answers" 1 'weightless.csv: no answer with a weight, and so no change to explain' \
    explain weightless.csv after_w.csv --by segment -w w
printf 'segment,score,w\na,1,1e16\n' >heavy.csv
refuses "usage: weights beyond all counts" 1 'add up to more than 10^15' explain heavy.csv after_w.csv --by segment -w w
refuses "usage: scales" 1 'before.nps and scale.nps are on different scales' explain before.nps scale.nps -q
refuses "usage: weighted and not" 1 'before.nps is not weighted, but weighted.nps is weighted' explain before.nps weighted.nps
refuses "usage: other columns" 1 'before.nps is by "segment", but region.nps is by "region": their segments do not compare' \
    explain before.nps region.nps
refuses "usage: rows of a state" 2 '--by is about rows, but before.nps is a state' explain before.nps before.nps --by segment
refuses "usage: periods of a state" 1 'before.nps: a state, which has no rows' \
    explain before.nps --by segment --time date --from 2018-Q1 --to 2018-Q2
refuses "usage: a survey design" 2 'design.nps: segments of one survey design are not independent of one another' \
    explain design.nps design.nps
refuses "usage: columns of a survey design" 2 'is not an option of nps explain' \
    explain before.csv after.csv --by segment --strata segment
refuses "usage: margins" 2 'segments.nps: the state holds margins' \
    explain "$root/tests/golden/0.1.0/segments.nps" "$root/tests/golden/0.1.0/segments.nps"
refuses "usage: standard input twice" 2 '- is given 2 times' explain - - --by segment
refuses "usage: a method" 2 'is not an option of nps explain' explain before.csv after.csv --by segment --method score
