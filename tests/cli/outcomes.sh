# shellcheck shell=sh disable=SC2016,SC2034,SC2154
# nps outcomes: R on invented and on real answers, weights, segments, yes and no, words, hostile cells, earned growth,
# usage. `numbers` is that of drivers.sh.

ratings=$root/examples/data/ratings.csv

# part NAME [FILE]: an estimate of all answers in JSON: all, detractors, passives, promoters, or an answer: part.json.
part()
{
    case $1 in
    [0-9]*) sed -n "s/^ *{\"answer\": $1, \\(.*\\)}.*/\\1/p" "${2:-out}" >part.json ;;
    *) sed -n "s/^ *\"$1\": {\\(.*\\)},*\$/\\1/p" "${2:-out}" >part.json ;;
    esac
}

# R: d <- read.csv("ratings.csv", na.strings = ""), rows with a score; t.test of each class, t.test(promoters,
# detractors), cor.test(score, spend).
nps outcomes "$ratings" --outcome spend --format json
test_that "means: nothing to note" is_empty err
cp out spend.json
equals "means: no rate" "$(field out is_rate)" false
test_that "means: the head" has out '"level": 0.95, "weighted": false, "rows": 900, "is_rate": false,'
while read -r name n mean variance error lower upper; do
    part "$name"
    test_that "means: $name" numbers 1e-12 part.json n="$n" missing=0 mean="$mean" variance="$variance" \
        standard_error="$error" lower="$lower" upper="$upper" effective_n="$n"
done <<'END'
detractors 241 114.047925311203 5908.91528401106 4.95159779066756 104.293784533516 123.80206608889
passives 321 142.185140186916 7970.63422818341 4.98303484082446 132.381492656719 151.988787717113
promoters 309 169.345792880259 10613.6146770479 5.86073950651807 157.813639169185 180.877946591333
all 871 144.035396096441 8797.13118946936 3.17805535017961 137.797844448036 150.272947744846
END
part difference
test_that "means: the difference" numbers 1e-10 part.json difference=55.2978675690556 lower=40.2267808642936 upper=70.3689542738176 \
    statistic=7.20732242720114 df=546.977628902959 p=1.90470845922051e-12
part correlation
test_that "means: the correlation" numbers 1e-12 part.json n=871 correlation=0.247424406034724 lower=0.184021397795767 \
    upper=0.308776957319952 statistic=7.52783759639007 df=869 p=1.29045735916261e-13
part 2
test_that "means: of one answer" numbers 1e-12 part.json n=6 mean=97.9633333333333 lower=56.2123298259722 upper=139.714336840695
part 8
test_that "means: of another" numbers 1e-12 part.json n=190 mean=150.287315789474 lower=137.501261476713 upper=163.073370102234
part 1
test_that "means: of one person" numbers 1e-12 part.json n=1 mean=88.14 variance=null lower=null upper=null
part 0
test_that "means: of nobody" numbers 1e-12 part.json n=0 missing=0 mean=null effective_n=null
equals "means: an entry for each answer" "$(grep -c '{"answer": ' out)" 11
equals "means: the score is that of nps score" "$(sed -n 's/^ "total"/"total"/p' out)" \
    "$(nps score "$ratings" --format json -q; sed -n 's/^ "total"/"total"/p' out)"
equals "means: nothing between segments" "$(sed -n 's/^ "between": //p' spend.json)" 'null}'
nps outcomes "$ratings" --outcome spend --level .9 --format json
part all
# qt(.95, 870)
near "level: the interval" "$(field part.json upper)" "$(awk 'BEGIN { printf "%.12g", 144.035396096441 + 1.646606963577 * 3.17805535017961 }')" 1e-8

# prop.test(x, n, correct = FALSE), which is Wilson's; Newcombe's (1998) method 10 from these; cor.test of 0 and 1.
nps outcomes "$ratings" --outcome renewed --yes yes --no no --format json
test_that "rates: nothing to note" is_empty err
cp out renewed.json
equals "rates: a rate" "$(field out is_rate)" true
while read -r name n missing mean lower upper; do
    part "$name"
    test_that "rates: $name" numbers 1e-12 part.json n="$n" missing="$missing" mean="$mean" lower="$lower" upper="$upper"
done <<'END'
detractors 214 27 0.537383177570093 0.470509609692022 0.602938300942701
passives 288 33 0.763888888888889 0.711567152061875 0.809263577794735
promoters 274 35 0.912408759124088 0.8729802196581 0.940433303864499
all 776 95 0.753865979381443 0.722356834500392 0.782874062810226
END
part difference
test_that "rates: the difference" numbers 1e-12 part.json difference=0.375025581553994 lower=0.298526667020396 upper=0.447533851348897 df=null
part correlation
test_that "rates: the correlation" numbers 1e-12 part.json n=776 correlation=0.301339558698436 lower=0.235965408891687 \
    upper=0.363998408441253 statistic=8.79221370152812 df=774
nps outcomes "$ratings" --outcome renewed --yes yes --no no --level .9 --format json
part difference
test_that "rates: --level" numbers 1e-12 part.json lower=0.311041794659509 upper=0.436200594155753
# 1 and 0 are yes and no; in other words too, several of them.
for words in '1 0' 'true,ja false,nein'; do
    yes=${words% *} no=${words#* }
    awk -F, -v OFS=, -v yes="${yes#*,}" -v no="${no%,*}" 'NR > 1 { $10 = $10 == "yes" ? yes : $10 == "no" ? no : "" } 1' "$ratings" >words.csv
    nps outcomes words.csv --outcome renewed --yes "$yes" --no "$no" --format json
    test_that "rates: $yes and $no" cmp -s out renewed.json
done
awk -F, -v OFS=, 'NR > 1 { $10 = $10 == "yes" ? 1 : $10 == "no" ? 0 : "" } 1' "$ratings" >binary.csv
nps outcomes binary.csv --outcome renewed --format json
test_that "rates: numbers that are all 0 or 1" cmp -s out renewed.json
awk -F, -v OFS=, 'NR == 2 { $10 = 2 } 1' binary.csv >two.csv
nps outcomes two.csv --outcome renewed --format json
equals "rates: not with a 2 among them" "$(field out is_rate)" false
printf 'score,y\n10,yes\n9,yes\n0,no\n' >sure.csv
nps outcomes sure.csv --outcome y --yes yes --no no --format json
part promoters
# Wilson of 2 of 2: 1 / (1 + z^2 / 2), z = 1.95996398454005
near "rates: all of them" "$(field part.json lower)" "$(awk 'BEGIN { printf "%.12g", 1 / (1 + 1.95996398454005 ^ 2 / 2) }')" 1e-11
equals "rates: to the end" "$(field part.json upper)" 1

# Weights. R: m = sum(w y) / sum(w), n_eff = sum(w)^2 / sum(w^2), v = sum(w (y - m)^2) / sum(w) * n_eff / (n_eff - 1),
# se = sqrt(n / (n - 1) * sum(w^2 (y - m)^2)) / sum(w), m + qt(c(.025, .975), n_eff - 1) * se.
awk -F, -v OFS=, 'NR == 1 { print $0, "w"; next } { print $0, NR % 7 / 4 }' "$ratings" >weighted.csv
nps outcomes weighted.csv --outcome spend -w w --format json
while read -r name n effective mean variance error lower upper; do
    part "$name"
    test_that "weights: $name" numbers 1e-12 part.json n="$n" effective_n="$effective" mean="$mean" variance="$variance" \
        standard_error="$error" lower="$lower" upper="$upper"
done <<'END'
detractors 206 166.726699834163 112.413751763047 6046.59913533921 5.79743040903719 100.967411421575 123.860092104518
promoters 266 215.149253731343 170.45052688172 10908.2570307045 7.06698492980963 156.520768539714 184.380285223727
all 750 605.950898416652 145.013601532567 9341.00266883443 3.90801277051808 137.338682075975 152.688520989159
END
part correlation
test_that "weights: the correlation" numbers 1e-12 part.json correlation=0.237360512580185 lower=0.160749535744115 \
    upper=0.311128458283188 statistic=6.00484106017294 df=603.950898416652
equals "weights: of 0" "$(field out zero_weight)" "$(awk -F, 'NR > 1 && $13 == 0 && $3 != ""' weighted.csv | wc -l | tr -d ' ')"
equals "weights: the score is that of nps score" "$(sed -n 's/^ "total"/"total"/p' out)" \
    "$(nps score weighted.csv -w w --format json -q; sed -n 's/^ "total"/"total"/p' out)"
awk -F, -v OFS=, 'NR == 1 { print $0, "w"; next } { print $0, 1 }' "$ratings" >ones.csv
nps outcomes ones.csv --outcome spend -w w --format csv
cut -d, -f1-20 out >actual
nps outcomes "$ratings" --outcome spend --format csv
cut -d, -f1-20 out >expected
test_that "weights: of 1 change nothing" cmp -s actual expected
for weight in -1 1e30 nan x ''; do
    printf 'score;y;w\n10;1;%s\n' "$weight" >bad.csv
    refuses "weights: \"$weight\"" 1 'bad.csv: row 2, column "w"' outcomes bad.csv --outcome y -w w
done
printf 'score,y,w\n,1,x\n10,1,1\n' >blank.csv
nps outcomes blank.csv --outcome y -w w --format csv
equals "weights: without an answer there is none to read" "$status" 0

# Segments: each as a run over its rows alone; and R's cor.test of the agents' scores and mean minutes.
nps outcomes "$ratings" --outcome minutes --by agent --format json
cp out agents.json
part between
test_that "segments: between" numbers 1e-12 part.json n=4 correlation=0.0727928134123832 lower=-0.955114286889203 \
    upper=0.966278805885449 statistic=0.103218413734151 df=2 p=0.927207186587617
grep -F '{"key": {"agent": "Amir"}' out | sed 's/.*"correlation": {\(.*\)}}.*/\1/' >part.json
test_that "segments: Amir's correlation" numbers 1e-12 part.json correlation=-0.443471433762446 lower=-0.546774598652553 upper=-0.326869225816638
grep -F '{"key": {"agent": "Dana"}' out | sed 's/.*"difference": {\([^}]*\)}.*/\1/' >part.json
test_that "segments: Dana's difference" numbers 1e-12 part.json difference=-2.88982456140351 lower=-4.07841901506847 \
    upper=-1.70123010773855 p=4.4363509782892e-06
for agent in Amir Bea Chen Dana; do
    nps outcomes "$ratings" --outcome minutes --where agent=$agent --format jsonl
    sed 's/"key": {}, //; s/"invalid": 0, "zero_weight"/"invalid": null, "zero_weight"/' out >expected
    grep -F "{\"key\": {\"agent\": \"$agent\"}" agents.json | sed "s/^ //; s/\"key\": {[^}]*}, //; s/},\$/}/; s/}\\],*\$/}/" >actual
    test_that "segments: $agent" cmp -s actual expected
done
nps outcomes "$ratings" --outcome minutes --format json
sed '/"groups"/,$d' out >expected
sed '/"groups"/,$d' agents.json >actual
test_that "segments: the total is the same" cmp -s actual expected
nps outcomes weighted.csv --outcome spend -w w --by region,agent --format csv
equals "segments: two columns" "$(head -n 1 out | cut -d, -f1-4)/$(grep -c ',all,' out)" "region,agent,answers,n/12"
printf 'score,y,g\n10,1,a\n9,2,a\n,3,b\n8,,b\n7,5,c\n0,7,d\n' >few.csv
nps outcomes few.csv --outcome y --by g --format json
part between
equals "segments: between those with an outcome" "$(field part.json n)" 3
printf 'score,y,g\n10,1,a\n9,2,a\n' >alone.csv
nps outcomes alone.csv --outcome y --by g --format json
part between
equals "segments: one has nothing between" "$(field part.json n)/$(field part.json correlation)" 1/null

# However the rows come.
nps outcomes "$ratings" --outcome renewed --yes yes --no no --format json
{ head -n 1 "$ratings"; tail -n +2 "$ratings" | sort; } >sorted.csv
nps outcomes sorted.csv --outcome renewed --yes yes --no no --format json
test_that "rows: sorted" cmp -s out renewed.json
head -n 300 "$ratings" >first.csv
{ head -n 1 "$ratings"; tail -n +301 "$ratings"; } >second.csv
nps outcomes second.csv first.csv --outcome renewed --yes yes --no no --format json
test_that "rows: in two files" cmp -s out renewed.json
awk -F, 'NR > 1 { printf "{\"score\": %s, \"renewed\": %s}\n", $3 == "" ? "null" : $3, $10 == "" ? "null" : "\"" $10 "\"" }' "$ratings" >rows.jsonl
nps outcomes rows.jsonl --outcome renewed --yes yes --no no --format json
test_that "rows: JSON lines" cmp -s out renewed.json
nps_input "$ratings" outcomes - --outcome 10 --yes yes --no no --format json
sed 's/"name": "10"/"name": "renewed"/' out >actual
test_that "rows: a column by number" cmp -s actual renewed.json
nps outcomes "$ratings" --outcome spend --format jsonl
equals "lines: one of all" "$(wc -l <out | tr -d ' ')/$(grep -c '^{"key": {}, "responses": 871' out)" 1/1
nps outcomes "$ratings" --outcome spend --by region --format jsonl
equals "lines: one for each segment" "$(sed -n 's/^{"key": {"region": "\(.*\)"}, "resp.*/\1/p' out | tr '\n' ' ')" "north south west "
nps outcomes "$ratings" --outcome spend --format csv
equals "CSV: rows" "$(cut -d, -f1 out | tr '\n' ' ')" "answers all detractors passives promoters 0 1 2 3 4 5 6 7 8 9 10 "
equals "CSV: columns" "$(awk -F, '{ print NF }' out | sort -u)" 24
near "CSV: as JSON has it" "$(awk -F, '$1 == "promoters" { print $4 }' out)" 169.345792880259 1e-11
equals "CSV: what is of all alone" "$(awk -F, '$1 == "promoters" { print $10 $22 } $1 == "all" { print ($10 > 55) ($22 > 7) }' out | tr -d '\n')" 11

# Cells: missing as of answers, and more of them; invalid ones are counted, noted and listed.
cat >cells.csv <<'END'
score,y
10,yes
9,no
3,
2,NA
1,n/k
0,maybe
8,YES
,perhaps
11,yes
END
nps outcomes cells.csv --outcome y --yes yes --no no --outcome-missing n/k,unknown --rejects rejected.csv --format json
equals "cells: counts" "$(sed -n 's/^ "all": {"n": \([0-9]*\), "missing": \([0-9]*\),.*/\1 \2/p' out)" "2 5"
equals "cells: invalid" "$(sed -n 's/^ "outcome": .*"invalid": \([0-9]*\),.*/\1/p' out)" 2
test_that "cells: noted" has err '2 outcomes are invalid and taken as not known, the first at cells.csv row 7: "maybe"; --yes and --no take several'
equals "cells: listed" "$(tail -n +2 rejected.csv | tr '\n' ' ')" \
    '"cells.csv",7,"y","maybe",neither yes nor no "cells.csv",8,"y","YES",neither yes nor no "cells.csv",10,"score","11",off the scale '
notes "cells: words without --yes" '--yes and --no take words' outcomes cells.csv --outcome y --format csv
prints "cells: --no NA" '"missing": 4,' outcomes cells.csv --outcome y --yes yes --no no,NA --outcome-missing n/k --format json -q
printf 'score;y\n10; 5 \n9;1,5\n8;1e101\n7;inf\n6;nan\n5;0x10\n4;-1e100\n3;12.5\n2;$3\n' >numbers.csv
nps outcomes numbers.csv --outcome y --rejects rejected.csv --format csv -q
equals "cells: numbers" "$(awk -F, '$1 == "all" { print $2, $3 }' out)/$(tail -n +2 rejected.csv | cut -d, -f2- | tr '\n' ' ')" \
    '3 6/3,"y","1,5",not a number 4,"y","1e101",too large 5,"y","inf",not a number 6,"y","nan",not a number 7,"y","0x10",not a number 10,"y","$3",not a number '
nps outcomes cells.csv --outcome y --yes yes --no no --format csv -q --max-invalid 5
equals "cells: too many invalid answers" "$status" 3

# Nothing to tell, or little.
printf 'score,y\n' >empty.csv
nps outcomes empty.csv --outcome y --format json -q
part all
test_that "empty: all is null" numbers 1e-9 part.json n=0 mean=null lower=null
prints "empty: the table" 'no answers, and so nothing to tell' outcomes empty.csv --outcome y --format table
nps outcomes empty.csv --outcome y --by score --format jsonl -q
equals "empty: segments" "$status/$(cat out)" 0/
printf 'score,y\n10,\n3,NA\n' >unknown.csv
notes "no outcome: a note" 'no answer has an outcome' outcomes unknown.csv --outcome y --format json
prints "no outcome: the table" 'no answer has an outcome' outcomes unknown.csv --outcome y --format table
printf 'score,y\n1,\n2,NA\n2,\n5,\n9,1\n10,2\n' >detractors.csv
nps outcomes detractors.csv --outcome y --format json
part detractors
test_that "no outcome: of a class, counted" numbers 1e-9 part.json n=0 missing=4 mean=null
printf 'score,y\n3,1\n2,5\n1,6\n' >low.csv
prints "no promoters" 'no promoter has an outcome: there is no difference to tell' outcomes low.csv --outcome y --format table
printf 'score,y\n7,4\n8,5\n' >middle.csv
prints "passives alone" 'no detractor or promoter has an outcome' outcomes middle.csv --outcome y --format table
printf 'score,y\n10,5\n9,5\n2,5\n1,5\n' >same.csv
prints "all the same" ': how sure that is cannot be said' outcomes same.csv --outcome y --format table
nps outcomes same.csv --outcome y --format json
part correlation
test_that "all the same: no correlation" numbers 1e-9 part.json n=4 correlation=null p=null
printf 'score,y\n10,2\n9,2\n2,0\n1,0\n' >apart.csv
nps outcomes apart.csv --outcome y --scale 0-10:8:9 --format json
part passives
test_that "a scale without passives" numbers 1e-9 part.json n=0 missing=0 mean=null
test_that "no infinity in JSON" lacks out inf

# The table, and what stands below it.
nps outcomes "$ratings" --outcome renewed --yes yes --no no --format table
test_that "table: a rate" grep -qE '^promoters +274 +35 +91\.2% +87\.3 \.\. 94\.0$' out
test_that "table: the difference" grep -qE '^promoters - detractors +\+37\.5 +\+29\.9 \.\. \+44\.8 +< \.0001$' out
test_that "table: by answer" grep -qE '^ +10 +157 +22 +89\.8% +84\.1 \.\. 93\.6$' out
test_that "table: no wider than a terminal" awk 'NR < 20 && length > 80 { bad = 1 } END { exit bad }' out
test_that "words: rates" has out 'renewed: promoters 91.2% (95% interval 87.3 to 94.0), detractors 53.7% (95% interval 47.1 to 60.3)'
test_that "words: the difference" has out 'promoters less detractors: +37.5 points (95% interval +29.9 to +44.8, p < .0001), more than chance'
test_that "words: the correlation" has out 'higher answers go with a higher rate of renewed: correlation +0.30 (95% interval +0.24 to +0.36, p < .0001)'
test_that "words: no cause" has out 'not what causes what'
test_that "words: rows" has out '900 rows: 871 responses, 29 missing, 0 invalid; 95 without an outcome'
nps outcomes "$ratings" --outcome minutes --by agent --format table
test_that "table: means have the digits that they are worth" grep -qE '^promoters +309 +0 +7\.78 +7\.45 \.\. 8\.12 +2\.97$' out
test_that "table: segments" grep -qE '^Dana +217 +0 +\+8 +10\.90 +-2\.89 +-0\.38 +-0\.49 \.\. -0\.26$' out
test_that "table: segments are no wider than a terminal" awk 'NR < 14 && length > 80 { bad = 1 } END { exit bad }' out
test_that "words: means" has out 'promoters less detractors: -3.05 (95% interval -3.58 to -2.51, p < .0001), more than chance'
test_that "words: falls" has out 'higher answers go with lower minutes: correlation -0.39'
test_that "words: between" has out 'between the 4 segments, NPS and minutes: correlation +0.07 (95% interval -0.96 to +0.97, p = .93), not told apart from none'
prints "words: invalid" '5 without an outcome, of which 3 invalid' outcomes cells.csv --outcome y --yes yes --no no --format table -q
prints "words: weights" 'n counts answers, all else is of their weights' outcomes weighted.csv --outcome spend -w w --format table
prints "words: chance" 'not told apart from none' outcomes few.csv --outcome y --format table
nps outcomes "$ratings" --outcome spend --by region --format md
test_that "Markdown" has out '| promoters | 309 | 0 | 169 | 158 ... 181 | 103 |  |'
equals "Markdown: two tables" "$(grep -c '^| --- |' out)" 2
# The size of the numbers is the caller's.
awk -F, 'NR == 1 { print "score,y"; next } $3 != "" { print $3 "," $11 * 1e-12 }' "$ratings" >small.csv
awk -F, 'NR == 1 { print "score,y"; next } $3 != "" { printf "%s,%.0f\n", $3, $11 * 1e20 }' "$ratings" >large.csv
prints "numbers: small ones" 'promoters 1.69346e-10 (95% interval 1.57814e-10 to 1.80878e-10)' outcomes small.csv --outcome y --format table
prints "numbers: large ones" 'promoters 1.69346e+22 (95% interval 1.57814e+22 to 1.80878e+22)' outcomes large.csv --outcome y --format table
printf 'score,y,ماه\n10,1,الف\n3,2,上海\n9,5,الف\n' >names.csv
LC_ALL=C.UTF-8
nps outcomes names.csv --outcome y --by ماه --format table
LC_ALL=C
test_that "names: from right to left stand apart" has out "$(printf '\342\201\250')الف$(printf '\342\201\251')"
equals "names: each Chinese sign takes two columns" "$(grep -c '^上海  1 ' out)" 1
nps outcomes names.csv --outcome ماه --yes الف --no 上海 --format json
equals "names: as yes and no" "$(field out is_rate)/$(sed -n 's/^ "all": {"n": \([0-9]*\),.*/\1/p' out)" true/3

# Pictures.
if nps score "$ratings" --chart outcome.svg --format csv -q && [ "$status" -eq 0 ]; then
    nps outcomes "$ratings" --outcome spend --chart outcome.svg --format json
    test_that "picture" grep -q '<svg' outcome.svg
    test_that "picture: the same numbers" cmp -s out spend.json
else
    skip "picture" "nps was built without"
fi

# Earned growth: 94 + 12 - 100 = 6, and 5 bought, of 100.
nps outcomes --revenue-before 100 --revenue-kept 94 --revenue-earned 12 --revenue-bought 5 --format json
equals "growth: JSON" "$(sed -n 's/^ "earned_growth": //p' out)" '{"retention": 0.94, "new_earned": 0.12, "earned_growth": 0.06, "bought": 0.05, "growth": 0.11}}'
nps outcomes --revenue-before 100 --revenue-kept 94 --revenue-earned 12 --format csv
equals "growth: CSV" "$(tr '\n' ' ' <out)" "retention,new_earned,earned_growth,bought,growth 0.94,0.12,0.06,0,0.06 "
nps outcomes --revenue-before 100 --revenue-kept 94 --revenue-earned 12 --format jsonl
equals "growth: a line" "$(wc -l <out | tr -d ' ')" 1
nps outcomes --revenue-before 250 --revenue-kept 200.5 --revenue-earned 20 --revenue-bought 60 --format table
# (200.5 + 20) / 250 - 1 = -.118; 60 / 250 = .24
test_that "growth: the table" grep -qE '^earned growth +-11\.8%' out
test_that "growth: in words" has out "earned growth is -11.8%: 80.2% of the first period's revenue was kept, and 8.0% came from new customers by recommendation; with 24.0% from other new customers growth in all is +12.2%"
nps outcomes --revenue-before 3 --revenue-kept 1 --revenue-earned 1 --format table
test_that "growth: it adds up as shown" awk '
    /^net/ { k = $4 } /^earned  / { e = $2 } /^earned growth +[-+]/ { g = $3 } END { d = k + e - 100 - g; exit !(d < 1e-6 && -d < 1e-6 && k > 0) }' out
prints "growth: of next to nothing" '1e+302%' outcomes --revenue-before 1e-300 --revenue-kept 1 --revenue-earned 0 --format table
prints "growth: Markdown" '| earned growth | +6.0% |' outcomes --revenue-before 100 --revenue-kept 94 --revenue-earned 12 --format md
for left in before kept earned; do
    # shellcheck disable=SC2046
    refuses "growth: without $left" 2 "--revenue-$left is not given" outcomes $(for name in before kept earned; do [ $name = $left ] || echo "--revenue-$name 10"; done)
done
refuses "growth: only bought" 2 '--revenue-before is not given' outcomes --revenue-bought 5
growth='--revenue-before 100 --revenue-kept 94 --revenue-earned 12'
# shellcheck disable=SC2086
{
    refuses "growth: a file" 2 'leave the files out' outcomes "$ratings" $growth
    refuses "growth: an outcome" 2 '--outcome and --revenue-before: give one or the other' outcomes $growth --outcome spend
    refuses "growth: rows" 2 '--by is about rows' outcomes $growth --by region
    refuses "growth: a picture" 2 'there is no picture of earned growth' outcomes $growth --chart growth.svg
    refuses "growth: a level" 2 'earned growth has none' outcomes $growth --level .9
    refuses "growth: invalid answers" 2 'earned growth has none' outcomes $growth --max-invalid 5
}
refuses "growth: nothing before" 2 'expected a number above 0' outcomes --revenue-before 0 --revenue-kept 1 --revenue-earned 1
refuses "growth: below nothing" 2 'expected a number, 0 or more' outcomes --revenue-before 1 --revenue-kept -1 --revenue-earned 1
refuses "growth: no number" 2 'expected a number' outcomes --revenue-before 1 --revenue-kept x --revenue-earned 1
refuses "growth: too far apart" 2 'too far apart' outcomes --revenue-before 1e-300 --revenue-kept 1e300 --revenue-earned 1

# Usage.
refuses "usage: nothing" 2 'what came of the answers? name the column with --outcome; for earned growth' outcomes "$ratings"
refuses "usage: no file" 2 'no file: give some' outcomes --outcome spend
refuses "usage: no such column" 2 'spending' outcomes "$ratings" --outcome spending
refuses "usage: yes alone" 2 '--yes without --no: which cells mean no?' outcomes "$ratings" --outcome renewed --yes yes
refuses "usage: no alone" 2 '--no without --yes: which cells mean yes?' outcomes "$ratings" --outcome renewed --no no
refuses "usage: both at once" 2 '"ja" is both --yes and --no' outcomes "$ratings" --outcome renewed --yes yes,ja --no ja
refuses "usage: no word" 2 '--yes: there is no word' outcomes "$ratings" --outcome renewed --yes '' --no no
refuses "usage: the answers" 2 'that is the column of the answers' outcomes "$ratings" --outcome score -s score
refuses "usage: the weights" 2 'that is the column of the weights' outcomes "$ratings" --outcome spend -w spend
refuses "usage: an option of others" 2 'is not an option of nps outcomes' outcomes "$ratings" --outcome spend --adjust holm
refuses "usage: standard input twice" 2 'standard input can be read once' outcomes - - --outcome spend
nps tally "$ratings" -o state.nps -q
refuses "usage: a state has no rows" 1 'which has no rows: nps outcomes takes the rows themselves' outcomes state.nps --outcome spend

# A real survey: enjoyment of R from 1 to 5, by t.test and cor.test.
if [ -d "$SHARED/data" ]; then
    nps outcomes "$SHARED/data/r_survey_2018_english.csv" --score Qrecommend --scale 1-10 --outcome Qr_enjoyment --format json
    test_that "R survey 2018: nothing to note" is_empty err
    part promoters
    test_that "R survey 2018: promoters" numbers 1e-12 part.json n=2308 mean=4.74913344887348 lower=4.72906316958066 upper=4.76920372816631
    part difference
    test_that "R survey 2018: the difference" numbers 1e-11 part.json lower=1.43989461029739 upper=1.82936465386179 \
        statistic=16.6034153537006 df=132.855179141788
    part correlation
    test_that "R survey 2018: the correlation" numbers 1e-12 part.json n=3018 correlation=0.631173733721611 \
        lower=0.609213637681164 upper=0.652166529367922 statistic=44.6893003233289
else
    skip "outcomes of a real survey" "there is no $SHARED/data"
fi
