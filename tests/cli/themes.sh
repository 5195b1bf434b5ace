# shellcheck shell=sh disable=SC2016,SC2034,SC2154
# nps themes: an awk model of the shares, nps compare and nps score for the rest, segments, words, hostile cells, usage.

ratings=$root/examples/data/ratings.csv

# theme_model FILE SCORE THEMES WEIGHT SEPARATOR: of a CSV without quotes, its columns by number, WEIGHT 0 where all are
# 1: a line "theme,mentions,share,with,without,contribution,score" for each theme that is mentioned with an answer,
# sorted; (none) of answers without one.
theme_model()
{
    awk -F, -v OFS=, -v s="$2" -v t="$3" -v w="$4" -v separator="$5" '
        NR == 1 || $s !~ /^([0-9]|10)$/ { next }
        {
            x = ($s >= 9) - ($s <= 6); weight = w ? $w + 0 : 1; W += weight; S += weight * x
            split("", seen); m = 0; count = split($t, parts, separator)
            for (i = 1; i <= count; i++) {
                gsub(/^[ \t]+|[ \t]+$/, "", parts[i])
                if (parts[i] == "" || parts[i] in seen) continue
                seen[parts[i]] = 1; name[++m] = parts[i]
            }
            if (m == 0) name[++m] = "(none)"
            for (i = 1; i <= m; i++) {
                n[name[i]]++; of[name[i]] += weight; sum[name[i]] += weight * x; part[name[i]] += weight * x / m
            }
        }
        END {
            for (a in n) {
                with = of[a] > 0 ? sprintf("%.15g", 100 * sum[a] / of[a]) : ""
                without = W - of[a] > 1e-9 ? sprintf("%.15g", 100 * (S - sum[a]) / (W - of[a])) : ""
                printf "%s,%d,%.15g,%s,%s,%.15g,%.15g\n", a, n[a], of[a] / W, with, without, 100 * part[a] / W, 100 * S / W
            }
        }' "$1" | sort
}

# The CSV in `out`, of nps themes without --by, as the model has it: what is mentioned with an answer.
theme_lines() { sed 's/"//g; s/^,/(none),/' "${1:-out}" | awk -F, -v OFS=, 'NR > 1 && $2 > 0 { print $1, $2, $3, $4, $5, $16, $19 }' | sort; }

# theme_alike: model and theme_lines, in `expected` and `actual`, are the same to 1e-9.
theme_alike()
{
    [ "$(wc -l <expected)" -gt 0 ] && paste -d, expected actual | awk -F, '
        NF != 14 || $1 != $8 { print "# " $0; bad = 1 }
        { for (i = 2; i <= 7; i++) { d = $i - $(i + 7); if (d > 1e-9 || d < -1e-9 || ($i == "") != ($(i + 7) == "")) { print "# " $0; bad = 1 } } }
        END { exit bad }'
}

# theme NAME [FILE]: what JSON tells of a theme of all answers: theme.json.
theme() { grep -F "{\"theme\": \"$1\"" "${2:-out}" | head -n 1 >theme.json; }

nps themes "$ratings" --themes reasons --format csv
test_that "sample: nothing to note" is_empty err
theme_lines >actual
theme_model "$ratings" 3 9 0 ';' >expected
test_that "sample: as the model has it" theme_alike
equals "sample: themes" "$(wc -l <actual | tr -d ' ')" 9
test_that "sample: first the lowest contribution" awk -F, 'NR > 2 && $16 < last { bad = 1 } NR > 1 { last = $16 } END { exit bad }' out
test_that "sample: contributions add up to the score" awk -F, '
    NR > 1 { s += $16 } END { d = s - $19; exit !(d < 1e-9 && -d < 1e-9) }' out
# The impact is the score less what it were without these answers; and its bounds are those of the difference, shared.
test_that "sample: impacts" awk -F, '
    NR > 1 && $5 != "" { d = $13 - ($19 - $5); e = $14 - $3 * $7; f = $15 - $3 * $8; n++
      if (d * d + e * e + f * f > 1e-18) bad = 1 } END { exit bad || n != 9 }' out
cp out sample.csv
nps themes "$ratings" --themes reasons --format json
cp out sample.json
test_that "sample: the head" has out '"method": "mover", "level": 0.95, "weighted": false, "rows": 900, "adjust": "holm",'
equals "sample: answers without a theme stand apart" "$(grep -c '{"theme": null' out)/$(grep -c '^ "without_theme": {"theme": null, "mentions": 267,' out)" 1/1
equals "sample: the score is that of nps score" "$(sed -n 's/^ "total"/"total"/p' out)" \
    "$(nps score "$ratings" --format json -q; sed -n 's/^ "total"/"total"/p' out)"

# The difference: that of two files, who mentions it and who does not, as nps compare has it.
for method in mover score adjusted-wald welch; do
    nps themes "$ratings" --themes reasons --method $method --adjust none --format json
    cp out all.json
    for name in 'rude staff' 'good range'; do
        awk -F, -v name="$name" 'NR == 1 || index("; " $9 ";", "; " name ";")' "$ratings" >with.csv
        awk -F, -v name="$name" 'NR == 1 || !index("; " $9 ";", "; " name ";")' "$ratings" >without.csv
        nps compare without.csv with.csv --method $method --format json -q
        sed -n 's/.*"difference": \({[^}]*}\).*/\1/p' out | sed 's/, "p_adjusted".*//' >expected
        theme "$name" all.json
        sed 's/.*"difference": \({[^}]*}\).*/\1/; s/, "p_adjusted".*//' theme.json >actual
        test_that "difference: $method, $name" cmp -s actual expected
        test_that "difference: was there" has expected '"p": '
    done
done
nps themes "$ratings" --themes reasons --level .8 --adjust none --format json
theme 'good range'
nps compare without.csv with.csv --level .8 --format json -q
near "difference: --level" "$(field theme.json lower)" "$(sed -n '/"difference"/p' out >difference.json; sed 's/.*"difference": //' difference.json >d.json; field d.json lower)" 1e-9

# Holm (1979): in the order of p, times how many are left, and never less than the one before. Without (none).
for adjust in holm bh none; do
    nps themes "$ratings" --themes reasons --by agent --adjust $adjust --format csv -q
    sed 's/"//g' out | awk -F, -v OFS=, 'NR > 1 && $2 != "" && $12 != "" { print $1, $12, $13 }' | sort -t, -k1,1 -k2,2g >looks
    test_that "adjust: $adjust" awk -F, -v how=$adjust '
        function check(  i, worst, e, d) {
            worst = how == "bh" ? 1 : 0
            for (i = 1; i <= n; i++) e[i] = p[i]
            if (how == "holm") for (i = 1; i <= n; i++) { e[i] = p[i] * (n - i + 1); if (e[i] > 1) e[i] = 1; if (e[i] < worst) e[i] = worst; worst = e[i] }
            if (how == "bh") for (i = n; i >= 1; i--) { e[i] = p[i] * n / i; if (e[i] > worst) e[i] = worst; worst = e[i] }
            for (i = 1; i <= n; i++) { d = e[i] - a[i]; if (d > 1e-12 || d < -1e-12) { print "# " a[i] " is not " e[i]; bad = 1 } }
            total += n; n = 0
        }
        $1 != last { check(); last = $1 }
        { p[++n] = $2; a[n] = $3 }
        END { check(); exit bad || total < 28 }' looks
done
equals "adjust: (none) takes no part" "$(sed -n 's/^ "without_theme".*"p_adjusted": \([^,]*\),.*/\1/p' sample.json)" null

# Where each answer has one theme, its contribution is the score of as many answers, all others of which are passive.
awk 'BEGIN {
    print "score,why"
    for (i = 0; i < 40; i++) print (i % 3 == 0 ? 10 : i % 3 == 1 ? 8 : 3) ",a"
    for (i = 0; i < 25; i++) print (i % 5 == 0 ? 2 : 9) ",b"
    for (i = 0; i < 15; i++) print (i % 4 == 0 ? 9 : 5) ","
}' >single.csv
nps themes single.csv --themes why --format json
theme a
cp theme.json a.json
theme b
# a: 14 promoters, 13 detractors; b: 20 and 5; without: 4 and 11; of 80.
nps score --counts 14,53,13 --format json
near "contribution: of a" "$(field a.json contribution)" 1.25 1e-12
near "contribution: its lower bound" "$(field a.json contribution_lower)" "$(total out lower)" 1e-9
near "contribution: its upper bound" "$(field a.json contribution_upper)" "$(total out upper)" 1e-9
nps score --counts 20,55,5 --format json
near "contribution: of b" "$(field theme.json contribution)" 18.75 1e-12
near "contribution: its bounds" "$(field theme.json contribution_lower)" "$(total out lower)" 1e-9

# By hand, exact fractions of Python: answers 10 price; 0 price and speed; 9 speed, price and staff; 8 none; 3 none:
#   from fractions import Fraction as F
#   price: mentions 3, share F(3, 5), with F(100, 3), without F(-100, 2), contribution 100 * (1 - F(1, 2) + F(1, 3)) / 5
#   speed: 2, F(2, 5), 0, 0, 100 * (-F(1, 2) + F(1, 3)) / 5;  staff: 1, F(1, 5), 100, F(-100, 4), 100 * F(1, 3) / 5
#   none: 2, F(2, 5), F(-100, 2), F(100, 3), F(-100, 5);  score 0
cat >hand.csv <<'END'
score,why
10,price
0,price; speed
9,speed;price ;  staff
8,
3,
,price; gone
11,price
nps themes hand.csv --themes why --format csv -q
theme_lines >actual
cat >expected <<'END'
(none),2,0.4,-50,33.333333333333333,-20,0
price,3,0.6,33.333333333333333,-50,16.666666666666667,0
speed,2,0.4,0,0,-3.3333333333333333,0
staff,1,0.2,100,-25,6.6666666666666667,0
test_that "by hand" theme_alike
equals "by hand: what no answer mentions is told, with nothing" "$(sed -n 's/^gone,//p' out | cut -d, -f1-2)" "0,0"
nps themes hand.csv --themes why --format json -q
equals "by hand: rows" "$(field out rows)/$(total out responses)/$(total out missing)/$(total out invalid)" 7/5/1/1
theme gone
equals "by hand: undefined is null" "$(field theme.json with)/$(field theme.json impact)/$(field theme.json p)" null/null/null
theme price
near "by hand: the impact" "$(field theme.json impact)" 50 1e-12

# Mentioned twice counts once; blanks and empty pieces are passed over; upper and lower case are two.
printf 'score,why\n10,"a;a; a ;;"\n0,;b;\n9,A\n3,"\t"\n8," ; "\n' >pieces.csv
nps themes pieces.csv --themes why --format csv
equals "pieces" "$(cut -d, -f1,2 out | tail -n +2 | sort | tr '\n' ' ')" ",2 A,1 a,1 b,1 "
for separator in '|' ' / ' ', ' '--' '、'; do
    awk -F, -v OFS=, -v separator="$separator" 'NR == 1 { print "score", "reasons"; next } { gsub(/; /, separator, $9); print $3, "\"" $9 "\"" }' "$ratings" >other.csv
    nps themes other.csv --themes reasons --separator "$separator" --format csv
    test_that "separator: $separator" cmp -s out sample.csv
done
awk -F, -v OFS=, 'NR == 1 { print "score", "reasons"; next } { gsub(/; /, ", ", $9); print $3, "\"" $9 "\"" }' "$ratings" >commas.csv
notes "separator: a hint" "no cell of themes has the separator \";\", but $(awk -F, 'NR > 1 && $9 ~ /;/' "$ratings" | wc -l | tr -d ' ') have \",\": is it --separator ','?" \
    themes commas.csv --themes reasons --format csv
nps themes commas.csv --themes reasons --separator ', ' --format csv
test_that "separator: no hint where it is right" is_empty err
printf 'score,why\n1,NA\n10,N/A\n9,null\n8,a\n' >absent.csv
nps themes absent.csv --themes why --format csv
equals "cells that are NA and the like have no theme" "$(cut -d, -f1,2 out | tail -n +2 | sort | tr '\n' ' ')" ",3 a,1 "

# Weights.
awk -F, -v OFS=, 'NR == 1 { print $0, "w"; next } { print $0, NR % 7 / 4 }' "$ratings" >weighted.csv
nps themes weighted.csv --themes reasons -w w --format csv
theme_lines >actual
theme_model weighted.csv 3 9 13 ';' >expected
test_that "weights: as the model has it" theme_alike
nps themes weighted.csv --themes reasons -w w --format json
equals "weights: the score is that of nps score" "$(sed -n 's/^ "total"/"total"/p' out)" \
    "$(nps score weighted.csv -w w --format json -q; sed -n 's/^ "total"/"total"/p' out)"
test_that "weights: said" has out '"weighted": true'
awk -F, -v OFS=, 'NR == 1 { print $0, "w"; next } { print $0, 1 }' "$ratings" >ones.csv
nps themes ones.csv --themes reasons -w w --format csv
theme_lines >actual
theme_lines sample.csv >expected
test_that "weights: of 1 change nothing" theme_alike
awk 'NR == 1 { print; next } { print; print }' "$ratings" >twice.csv
awk -F, -v OFS=, 'NR == 1 { print $0, "w"; next } { print $0, 2 }' "$ratings" >twos.csv
nps themes twice.csv --themes reasons --format csv
cut -d, -f1,3-6,13,16,19 out >expected
nps themes twos.csv --themes reasons -w w --format csv
cut -d, -f1,3-6,13,16,19 out >actual
test_that "weights: of 2 are rows twice, but for what n tells" cmp -s actual expected
awk -F, -v OFS=, 'NR == 1 { print $0, "w"; next } { print $0, NR % 2 }' "$ratings" >halves.csv
awk 'NR % 2 == 1' "$ratings" >half.csv
nps themes halves.csv --themes reasons -w w --format csv
cut -d, -f1,3-6,16,19 out >actual
nps themes half.csv --themes reasons --format csv
cut -d, -f1,3-6,16,19 out >expected
test_that "weights: of 0 take no part" awk -F, '
    NR == FNR { e[$1] = $0; next }
    { split(e[$1], a, ","); for (i = 2; i <= 7; i++) { d = a[i] - $i; if (d > 1e-9 || d < -1e-9) bad = 1 } n++ }
    END { exit bad || n != 10 }' expected actual
for weight in -1 1e30 nan x '1,5' ''; do
    printf 'score;why;w\n10;a;%s\n' "$weight" >bad.csv
    refuses "weights: \"$weight\"" 1 "bad.csv: row 2, column \"w\"" themes bad.csv --themes why -w w
done
printf 'score,why,w\n,a,x\n10,a,1\n' >blank.csv
nps themes blank.csv --themes why -w w --format csv
equals "weights: without an answer there is none to read" "$status" 0

# Segments: each as a run over its rows alone.
for region in north south west; do
    nps themes "$ratings" --themes reasons --where region=$region --format json
    sed -n 's/^ {"theme"/{"theme"/p' out | sed 's/,$//; s/]$//' >expected
    sed -n 's/^ "without_theme": //p' out | sed 's/,$//' >expected_none
    sed -n 's/^ "total": {\(.*\)},$/\1/p' out >expected_total
    nps themes "$ratings" --themes reasons --by region --format json
    grep -F "{\"key\": {\"region\": \"$region\"}" out | sed 's/\]}$//' >group.json
    sed 's/.*"themes": \[//; s/\], "without_theme".*//; s/}, {"theme"/}\n{"theme"/g' group.json >actual
    test_that "segments: $region" cmp -s actual expected
    sed 's/.*"without_theme": //; s/},*$//' group.json >actual
    equals "segments: $region, without a theme" "$(sed 's/},*$//' actual)" "$(sed 's/}$//' expected_none)"
    test_that "segments: $region, its score" has group.json "$(cat expected_total)"
done
nps themes "$ratings" --themes reasons --by region --format json
sed '/"groups"/,$d' out >actual
sed '/"groups"/,$d' sample.json >expected
test_that "segments: the total is the same" cmp -s actual expected
nps themes "$ratings" --themes reasons --by region,agent --format csv
equals "segments: two columns" "$(head -n 1 out | cut -d, -f1-4)/$(cut -d, -f1,2 out | tail -n +2 | sort -u | wc -l | tr -d ' ')" "region,agent,theme,mentions/12"
test_that "segments: each adds up" awk -F, '
    NR > 1 { s[$1 $2] += $18; score[$1 $2] = $21 } END { for (i in s) { d = s[i] - score[i]; n++; if (d > 1e-9 || d < -1e-9) bad = 1 } exit bad || n != 12 }' out
nps themes weighted.csv --themes reasons --by agent -w w --format jsonl
grep -F '"agent": "Dana"' out | sed 's/"key": {[^}]*}/"key": {}/' >actual
nps themes weighted.csv --themes reasons --where agent=Dana -w w --format jsonl
test_that "segments: weighted lines" cmp -s actual out
printf 'score,why,g\n10,a,\n1,b,x\n' >nokey.csv
nps themes nokey.csv --themes why --by g --format json
test_that "segments: no value" has out '{"key": {"g": null}'
awk 'BEGIN { print "score,why,a,b,c,d,e,f,g"; print "10,x,1,2,3,4,5,6,7" }' >eight.csv
prints "segments: six columns" '1,2,3,4,5,6,x,1,1' themes eight.csv --themes why --by a,b,c,d,e,f --format csv
refuses "segments: seven" 2 'at most 6 columns with --themes' themes eight.csv --themes why --by a,b,c,d,e,f,g

# However the rows come: in another order, in two files, as JSON lines.
{ head -n 1 "$ratings"; tail -n +2 "$ratings" | sort; } >sorted.csv
nps themes sorted.csv --themes reasons --format csv
test_that "rows: sorted" cmp -s out sample.csv
head -n 300 "$ratings" >first.csv
{ head -n 1 "$ratings"; tail -n +301 "$ratings"; } >second.csv
nps themes second.csv first.csv --themes reasons --format csv
test_that "rows: in two files" cmp -s out sample.csv
awk -F, 'NR > 1 { printf "{\"score\": %s, \"reasons\": \"%s\"}\n", $3 == "" ? "null" : $3, $9 }' "$ratings" >rows.jsonl
nps themes rows.jsonl --themes reasons --format csv
test_that "rows: JSON lines" cmp -s out sample.csv
nps themes "$ratings" --themes 9 --score 3 --format csv
test_that "rows: columns by number" cmp -s out sample.csv
nps_input "$ratings" themes - --themes reasons --format csv
test_that "rows: standard input" cmp -s out sample.csv
nps themes "$ratings" --themes reasons --format jsonl
equals "lines: one for each theme" "$(wc -l <out | tr -d ' ')/$(grep -c '^{"key": {}, "theme": ' out)/$(grep -c '"theme": null' out)" 9/9/1
test_that "lines: the score" grep -qE '"nps": 7.807118254879449}$' out

# Nothing to tell.
printf 'score,why\n' >empty.csv
nps themes empty.csv --themes why --format json -q
equals "empty: themes" "$(sed -n 's/^ "themes": //p' out)/$(sed -n 's/^ "without_theme": //p' out)/$(total out nps)" "[],/null,/null"
notes "empty: a note" 'there is no answer, and so no score' themes empty.csv --themes why --format csv
equals "empty: the head of the CSV" "$(wc -l <out | tr -d ' ')/$(cut -d, -f1-3 out)" "1/theme,mentions,share"
prints "empty: the table" 'no answers, and so no score' themes empty.csv --themes why --format table
nps themes empty.csv --themes why --by why --format jsonl -q
equals "empty: segments" "$status/$(cat out)" 0/
: >nothing.csv
nps themes nothing.csv --themes why --format csv
test_that "empty: no header at all" [ "$status" -ne 0 ]
printf 'score,why\n,a\n,b; c\n' >unanswered.csv
prints "no answers: the table" 'no answers, and so no score' themes unanswered.csv --themes why --format table
prints "no answers: rows" '2 rows: 0 responses, 2 missing, 0 invalid' themes unanswered.csv --themes why --format table
printf 'score,why\n10,\n3,\n' >themeless.csv
prints "no themes" 'no answer mentions a theme' themes themeless.csv --themes why --format table
test_that "no themes: the score stands" grep -qE '^\(none\) +2 +100% +0 +n/a +n/a +0\.0$' out
printf 'score,why\n10,a\n3,a\n9,a\n' >everybody.csv
prints "mentioned by all" 'all answers mention it, so that there are no others to hold them against' themes everybody.csv --themes why --format table
printf 'score,why,w\n10,a,0\n' >zero.csv
notes "no weight" 'there is no answer with a weight, and so no score' themes zero.csv --themes why -w w --format json
printf 'score,why\n10,a\n10,b\n9,a;b\n' >alike.csv
nps themes alike.csv --themes why --format json
theme a
equals "all of one class: bounds are numbers" "$(field theme.json nps)/$(field theme.json lower | grep -c '^-[0-9]')" 0/1

# The table: shown contributions add up to the score as shown; (none) is the last of them.
nps themes "$ratings" --themes reasons --format table
sed -n '/^slow/,/^total/p; /^total/q' out | awk '{ print $NF }' >shown
test_that "table: it adds up" awk '{ if (last != "") s += last; last = $1 } END { d = s - last; exit !(NR == 10 && d < 1e-6 && -d < 1e-6) }' shown
test_that "table: lines" grep -qE '^slow delivery +96 +11\.0% +-51 +\+15 +-7\.3 +-8\.7 \.\. -5\.7 +< \.0001 +-4\.4$' out
equals "table: the end" "$(sed -n '/^(none)/,/^total/p' out | cut -c1-6 | tr '\n' ' ')" "(none) total  "
test_that "table: no wider than a terminal" awk '/^$/ { exit } length > 80 { bad = 1 } END { exit bad }' out
for region in north south west; do
    nps themes "$ratings" --themes reasons --by region --format table
    sed -n "/^$region: /,/^total/p" out | sed '1,2d' | awk '{ print $NF }' >shown
    test_that "table: $region adds up" awk '{ if (last != "") s += last; last = $1 } END { d = s - last; exit !(NR == 10 && d < 1e-6 && -d < 1e-6) }' shown
done
test_that "table: of a segment" has out 'south: NPS +15, n 285'
# Thirds do not add up when each is rounded: 3 x 33.3.
printf 'score,why\n10,a;b;c\n' >thirds.csv
nps themes thirds.csv --themes why --format table
equals "table: thirds" "$(awk '/^[abc]  / { print $NF }' out | sort -r | tr '\n' ' ')$(awk '/^total/ { print $NF }' out)" "+33.4 +33.3 +33.3 +100.0"

# Words.
test_that "words: nothing takes anything off" has out 'no theme takes anything off the score'
nps themes "$ratings" --themes reasons --format table
test_that "words: what costs most" has out 'slow delivery takes most off the score: -4.4 points (95% interval -5.9 to -3.1); without the 96 answers that mention it the score would be +15.1 in place of +7.8 (impact -7.3, 95% interval -8.7 to -5.7): more than chance (adjusted p < .0001)'
test_that "words: what lifts most" has out 'friendly staff adds most to the score: +5.5 points (95% interval +3.8 to +7.4); without the 227 answers'
test_that "words: several in one answer" has out 'counts for each in equal parts: what they add is the score, while their impacts overlap'
test_that "words: no cause" has out 'not what causes what'
test_that "words: rows" has out '900 rows: 871 responses, 29 missing, 0 invalid; 267 without a theme'
prints "words: chance" 'that may be chance (adjusted p = ' themes hand.csv --themes why --format table -q
prints "words: not adjusted" '(p = ' themes hand.csv --themes why --format table -q --adjust none
prints "words: one answer" 'without the 1 answer that mentions it' themes pieces.csv --themes why --format table -q
prints "words: an interval is for one look" 'an interval is for one look; p allows for all 8 (holm)' \
    themes "$ratings" --themes reasons --where region=south --format table
prints "words: weights" 'n counts answers, all else is of their weights' themes weighted.csv --themes reasons -w w --format table

# Names.
printf 'score,why\n10,قیمت خوب\n3,价格太高; قیمت خوب\n9,"a|b*c"\n2,<b>\n8,"x\033[31my\n"\n' >names.csv
LC_ALL=C.UTF-8
nps themes names.csv --themes why --format table
LC_ALL=C
isolate=$(printf '\342\201\250') isolate_end=$(printf '\342\201\251')
test_that "names: from right to left stand apart" has out "${isolate}قیمت خوب$isolate_end"
equals "names: each Chinese sign takes two columns" "$(grep -c '^价格太高      1 ' out)" 1
nps themes names.csv --themes why --format table
test_that "names: without isolates in C" lacks out "$isolate"
test_that "names: no control characters" has out 'x\x1b[31my'
nps themes names.csv --themes why --format md
test_that "names: Markdown" has out '| a\|b\*c |'
test_that "names: no HTML" lacks out '<b>'
nps themes names.csv --themes why --format json
test_that "names: in JSON" has out '"theme": "价格太高"'
awk 'BEGIN { print "score,why"; s = "a very long name of a theme that goes on and on and on"; print "10," s; print "3," s " and on" }' >long.csv
nps themes long.csv --themes why --format table
test_that "names: long ones are cut" awk 'NR <= 4 && length > 80 { bad = 1 } END { exit bad }' out
printf 'score,why\n10,\377\n' >bytes.csv
notes "names: not UTF-8" 'is not UTF-8' themes bytes.csv --themes why --format csv
nps themes "$ratings" --themes reasons --by region --format md
equals "Markdown: tables" "$(grep -c '^| --- |' out)" 4
test_that "Markdown: with the interval of what they add" has out '| slow delivery | 96 | 11.0% | -51 | +15 | -7.3 | -8.7 ... -5.7 | \< .0001 | -4.4 | -5.9 ... -3.1 |'

# Cells that are not as they should be.
awk 'BEGIN { printf "score,why\n10,"; for (i = 0; i < 255; i++) printf "t%d;", i; print "" }' >most.csv
nps themes most.csv --themes why --format csv
equals "many themes: 255" "$(wc -l <out | tr -d ' ')" 256
awk 'BEGIN { printf "score,why\n10,"; for (i = 0; i < 256; i++) printf "t%d;", i; print "" }' >more.csv
refuses "many themes: 256" 1 'more.csv: row 2, column "why"' themes more.csv --themes why
test_that "many themes: why" has err 'expected at most 255 themes'
notes "invalid answers" '1 invalid answer on the scale 0-10: "11"' themes hand.csv --themes why --format csv
nps themes hand.csv --themes why --format csv -q --rejects rejected.csv
equals "invalid answers: listed" "$(sed -n 2p rejected.csv)" '"hand.csv",8,"score","11",off the scale'
nps themes hand.csv --themes why --format csv -q --max-invalid 10
equals "invalid answers: too many" "$status" 3
prints "scale" '"promoter_min": 5' themes "$ratings" --score staff --scale 1-5 --themes reasons --format json

# Pictures.
if nps score "$ratings" --chart theme.svg --format csv -q && [ "$status" -eq 0 ]; then
    nps themes "$ratings" --themes reasons --chart theme.svg --format csv
    test_that "picture" grep -q '<svg' theme.svg
    test_that "picture: the same numbers" cmp -s out sample.csv
else
    skip "picture" "nps was built without"
fi

# Usage.
refuses "usage: no themes" 2 'which reasons? name their column with --themes' themes "$ratings"
refuses "usage: no file" 2 'no file: give some' themes --themes reasons
refuses "usage: no such column" 2 'reason' themes "$ratings" --themes reason
refuses "usage: the answers" 2 'that is the column of the answers' themes "$ratings" --themes score --score score
refuses "usage: the weights" 2 'that is the column of the weights' themes "$ratings" --themes reasons -w reasons
refuses "usage: no separator" 2 '--separator "": expected' themes "$ratings" --themes reasons --separator ''
refuses "usage: method" 2 'expected mover, score, adjusted-wald, welch or permutation' themes "$ratings" --themes reasons --method wald
refuses "usage: adjust" 2 'expected holm, hochberg, bh, by or none' themes "$ratings" --themes reasons --adjust x
refuses "usage: an option of others" 2 'is not an option of nps themes' themes "$ratings" --themes reasons --top 3
refuses "usage: permutation of weights" 2 'permutation takes whole counts only' themes weighted.csv --themes reasons -w w --method permutation
refuses "usage: standard input twice" 2 'standard input can be read once' themes - - --themes reasons
prints "permutation: of few" '"method": "permutation"' themes hand.csv --themes why --method permutation --format json -q
nps tally "$ratings" -o state.nps -q
refuses "usage: a state has no rows" 1 'which has no rows: nps themes takes the rows themselves' themes state.nps --themes reasons
