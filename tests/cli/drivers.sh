# shellcheck shell=sh disable=SC2016,SC2034,SC2154
# nps drivers: the references, R on real and on invented answers, segments, words, faults, formats, usage.

ratings=$root/examples/data/ratings.csv
five=staff,speed,price,website,range
reference=$root/tests/reference/drivers

# rating NAME [FILE]: what JSON tells of a rating of all rows, in rating.json without penalty and reward, which are in
# penalty.json and reward.json.
rating()
{
    grep -F "{\"name\": \"$1\", \"mean\"" "${2:-out}" | head -n 1 >line.json
    sed 's/, "penalty".*//' line.json >rating.json
    sed 's/.*"penalty": //; s/, "reward".*//' line.json >penalty.json
    sed 's/.*"reward": //' line.json >reward.json
}

# numbers TOLERANCE FILE NAME=VALUE...: these fields of a file.
numbers()
{
    tolerance=$1 file=$2 pairs=
    shift 2
    for pair in "$@"; do printf '%s %s\n' "$(field "$file" "${pair%%=*}")" "${pair#*=}"; done |
        awk -v t="$tolerance" '
            {
                a = $1 == "null" ? "" : $1; e = $2 == "null" ? "" : $2; d = a - e; size = e < 0 ? -e : e
                if (size < 1) size = 1
                if ($1 == "" || (a == "") != (e == "") || d > t * size || -d > t * size) { print "# is " $1 ", not " $2; bad = 1 }
            }
            END { exit bad }'
}

names_first() { sed -n 's/^ *"first": //p' out | grep -o '"name": "[^"]*"' | cut -d'"' -f4 | tr '\n' ' '; }

# tests/reference/drivers: R's lm, weights of importance as lm has them; answers of simulated, missing, weighted and
# single are from 0 to 10. swiss is not on a scale.
rows=0 wrong=
for run in 'simulated,listwise,' 'missing,listwise,' 'missing,pairwise,' weighted,listwise,weight 'single,listwise,'; do
    IFS=, read -r dataset missing weight <<END
$run
END
    columns=$(head -n 1 "$reference/$dataset.csv" | tr ',' '\n' | grep '^q' | paste -sd, -)
    # shellcheck disable=SC2046
    nps drivers "$reference/$dataset.csv" --score answer --drivers "$columns" --format json -q \
        $([ "$missing" = pairwise ] && echo --pairwise) ${weight:+-w "$weight"}
    # shellcheck disable=SC2034
    while IFS=, read -r set how by n r2 name mean correlation coefficient se t p vif relative shapley tolerance; do
        [ "$set,$how,$by" = "$run" ] || continue
        rows=$((rows + 1))
        rating "$name"
        numbers 1e-9 rating.json mean="$mean" correlation="$correlation" coefficient="$coefficient" \
            standard_error="${se:-null}" t="${t:-null}" p="${p:-null}" vif="$vif" relative_weight="$relative" \
            shapley="$shapley" || wrong="$wrong $run/$name"
        numbers 1e-9 out r_squared="$r2" ${n:+n=$n} || wrong="$wrong $run"
    done <"$reference/expected.csv"
done
equals "reference: what is wrong" "$wrong" ""
equals "reference: ratings" "$rows" 17

# examples/data/ratings.csv in R: m <- lm(score ~ staff + speed + price + website + range), rows without NA; hc1 by
# solve(X'X) X' diag(e^2) X solve(X'X) n / (n - 6); summary(m), confint(m).
nps drivers "$ratings" --drivers $five --format json
test_that "sample: nothing to note" is_empty err
test_that "sample: the fit" numbers 1e-9 out n=748 r_squared=0.692471557116748 adjusted_r_squared=0.690399263027238 \
    f=334.156990854786 df=742 intercept=-0.6945207164140544 intercept_standard_error=0.2361976396030917
rating staff
test_that "sample: staff" numbers 1e-9 rating.json coefficient=0.8605641068646722 standard_error=0.0483035595325723 \
    t=17.815749298648942 lower=0.765736189112822 upper=0.955392024616523
rating website
test_that "sample: website" numbers 1e-9 rating.json coefficient=0.0186946480545747 standard_error=0.0446695356360282 \
    p=0.675695369033642 lower=-0.068999076637707 upper=0.106388372746857
equals "sample: rows" "$(sed -n 's/^ *"rows": //p' out)" '{"complete": 748, "incomplete": 123, "unanswered": 29, "zero_weight": 0},'
# awk: cells that are empty in rows with a score.
awk -F, 'NR > 1 && $3 != "" { for (i = 4; i <= 8; i++) m[i] += $i == "" } END { print m[4], m[5], m[6], m[7], m[8] }' \
    "$ratings" >expected
equals "sample: missing ratings" \
    "$(for name in staff speed price website range; do rating $name; field rating.json missing; done | paste -sd' ' -)" \
    "$(cat expected)"
# The weights add up to R^2, and so do the Shapley values.
for name in relative_weight shapley; do
    near "sample: $name add up" "$(sed -n "s/^ *{\"name\".*\"$name\": \([^,]*\),.*/\1/p" out | awk '{ s += $1 } END { printf "%.15g", s }')" \
        0.692471557116748 1e-9
done
# The priority is the weight times the room up to 5, and the order is its.
for name in staff speed price website range; do
    rating $name
    printf '%s %s %s %s %s %s\n' "$(field rating.json priority)" "$(field rating.json relative_weight)" \
        "$(field rating.json mean)" "$(field rating.json room)" "$(field rating.json rank)" $name
done >priorities
test_that "sample: priorities" awk '
    { room = (5 - $3) / 4; d = $1 - $2 * room; e = $4 - room; if (d * d > 1e-20 || e * e > 1e-20) bad = 1 } END { exit bad }' priorities
equals "sample: ranks" "$(sort -rg priorities | cut -d' ' -f5 | tr '\n' ' ')" "1 2 3 4 5 "
equals "sample: the first three" "$(names_first)" "$(sort -rg priorities | cut -d' ' -f6 | head -n 3 | tr '\n' ' ')"
test_that "sample: how sure the order is" awk '
    { while (match($0, /"ahead_of_next": [0-9.]+/)) { p = substr($0, RSTART + 17, RLENGTH - 17); n++; if (p < .5 || p > 1) bad = 1
      $0 = substr($0, RSTART + RLENGTH) } } END { exit bad || n != 3 }' out
equals "sample: the score is of the complete rows" "$(total out responses)/$(total out missing)" 748/0
near "sample: and so" "$(total out nps)" "$(awk -F, '$3 != "" && $4 != "" && $5 != "" && $6 != "" && $7 != "" && $8 != "" && NR > 1 { n++; s += ($3 >= 9) - ($3 <= 6) } END { printf "%.12g", 100 * s / n }' "$ratings")" 1e-9

nps drivers "$ratings" --drivers $five --robust --format json
for pair in staff=0.0484631634492010 speed=0.0398438547268586 price=0.0463171394727283 website=0.0459322630034370 range=0.0504671878720404; do
    rating "${pair%=*}"
    test_that "robust: ${pair%=*}" numbers 1e-9 rating.json standard_error="${pair#*=}"
done
nps drivers "$ratings" --drivers $five --level .9 --format json
rating staff
# qt(.95, 742) = 1.646901 to seven digits
near "level: the interval" "$(field rating.json upper)" "$(awk 'BEGIN { print 0.8605641068646722 + 1.646901 * 0.0483035595325723 }')" 1e-6

# The class: coefficients are points.
nps drivers "$ratings" --drivers $five --explain class --format json
test_that "class: the fit" numbers 1e-9 out r_squared=0.591558980692022 intercept=-309.1475469400946 df=742
near "class: the mean of the classes is the score" "$(field out answer_mean)" "$(total out nps)" 1e-9
rating staff
test_that "class: points" numbers 1e-9 rating.json coefficient=33.98173608525497 standard_error=2.29851250484303 \
    lower=29.46937391422538 upper=38.49409825628455 t=14.784229371671678
nps drivers "$ratings" --drivers $five --explain class --format table
test_that "class: the table" grep -qE '^ *1\* +speed .* \+29\.2 ' out
test_that "class: said" has out 'points of NPS (95% interval '

# Penalty and reward: lm on ten indicators.
nps drivers "$ratings" --drivers $five --low 2 --high 5 --format json
while read -r name side share coefficient se lower upper; do
    rating "$name"
    test_that "contrasts: $side of $name" numbers 1e-9 "$side.json" share="$share" coefficient="$coefficient" \
        standard_error="$se" lower="$lower" upper="$upper"
done <<'END'
staff penalty 0.0588235294117647 -1.648280974500099 0.1895424322204942 -2.0203884045358613 -1.2761735444643376
staff reward 0.3516042780748663 1.110220150859190 0.0988257877575844 0.9162065494036828 1.3042337523146967
price reward 0.0962566844919786 0.590807464517920 0.1555198860440735 0.2854926891540874 0.8961222398817534
website penalty 0.0815508021390374 -0.234375570372202 0.1637330589149771 -0.5558143482278683 0.0870632074834642
website reward 0.2540106951871658 0.176992257181206 0.1055694182168953 -0.0302603587257247 0.3842448730881359
END
rating staff
test_that "contrasts: the ratings themselves are as before" numbers 1e-9 rating.json coefficient=0.8605641068646722
nps drivers "$ratings" --drivers $five --low 2 --high 5 --robust --format json
rating staff
test_that "contrasts: robust" numbers 1e-9 penalty.json coefficient=-1.648280974500099 standard_error=0.1919987195496396
nps drivers "$ratings" --drivers $five --low 2 --high 5 --format table
equals "contrasts: the head of their table" "$(sed -n '8p' out | sed 's/  */ /g')" \
    "rating to 2 penalty 95% interval from 5 reward 95% interval"
test_that "contrasts: a line" grep -qE '^staff +6% +-1\.65 +-2\.02 \.\. -1\.28 +35% +\+1\.11 +\+0\.92 \.\. \+1\.30$' out
# website hurts no more than it helps: neither is clear, and nothing is hygiene.
test_that "contrasts: no hygiene" lacks out hygiene
# Half a point less for a low rating of a, nothing for a high one; b is noise.
awk 'BEGIN {
    print "score,a,b"
    for (i = 0; i < 600; i++) { a = 1 + i % 5; b = 1 + int(i / 5) % 5; print (a <= 2 ? 4 : 8) + (i * 7) % 3 "," a "," b }
}' >hygiene.csv
nps drivers hygiene.csv --drivers a,b --low 2 --high 5 --format table
test_that "contrasts: hygiene" grep -q '^hygiene: a: low ratings' out
nps drivers hygiene.csv --drivers a,b --low 2 --high 3 --format json
test_that "contrasts: none in between" has err 'a and b are low or high in all rows'
equals "contrasts: then they are not told" "$(field out contrast_fault)" '"collinear ratings"'
rating a
test_that "contrasts: null, but for why" numbers 1e-9 penalty.json coefficient=null p=null
test_that "contrasts: and the ratings are" numbers 1e-9 out n=600
nps drivers hygiene.csv --drivers a,b --low 0 --high 5 --format json
rating a
equals "contrasts: none is low" "$(field penalty.json fault)/$(field penalty.json coefficient)" '"constant"/null'
test_that "contrasts: but some are high" [ "$(field reward.json coefficient)" != null ]

# Pairwise: no intervals.
nps drivers "$ratings" --drivers $five --pairwise --format json
# x: all rows. r <- cor(x, use = "pairwise"); b <- solve(r[set, set], r[set, "y"]); sum(b * r[set, "y"])
test_that "pairwise: R^2" numbers 1e-9 out r_squared=0.6906550142315484 df=null
rating speed
test_that "pairwise: speed" numbers 1e-9 rating.json standardised=0.41627082655616843 standard_error=null lower=null \
    relative_weight_lower=null priority_standard_error=null
test_that "pairwise: how sure the order is, is not known" grep -q '^ *"first": .*"ahead_of_next": null' out
nps drivers "$ratings" --drivers $five --pairwise --format table
test_that "pairwise: said" has out '; how sure this order is, --pairwise cannot tell'
equals "pairwise: no intervals" "$(head -n 1 out | sed 's/  */ /g; s/^ //; s/ $//')" '# rating mean r effect importance'

# Segments: each is the run on its rows, but for what is invalid, which is of all rows.
nps drivers "$ratings" --drivers $five --by region --low 2 --high 5 --format csv
mv out by.csv
for region in north south west; do
    nps drivers "$ratings" --drivers $five --where region=$region --low 2 --high 5 --rating-scale 1-5 --format csv
    tail -n +2 out | cut -d, -f1-3,5- >expected
    sed -n "s/^\"*$region\"*,//p" by.csv | cut -d, -f1-3,5- >actual
    test_that "segments: $region is as with --where" cmp -s actual expected
    test_that "segments: $region is there" lines_of actual 5
done
nps drivers "$ratings" --drivers $five --by region --low 2 --high 5 --format json
sed -n '/^ *"n"/,/^ *"total"/p' out >actual
nps drivers "$ratings" --drivers $five --low 2 --high 5 --format json
sed -n '/^ *"n"/,/^ *"total"/p' out >expected
test_that "segments: the total is as without" cmp -s actual expected
nps drivers "$ratings" --drivers $five --by region --format table
test_that "segments: the table" grep -qE '^north +247 +66\.4% +speed [0-9>]+%' out
test_that "segments: what the percentages are" grep -qx 'beside a rating of a segment: the probability of being ahead of the next one there' out
nps drivers "$ratings" --drivers staff,speed --by region --pairwise --format table
test_that "segments: pairwise there are none" lacks out 'beside a rating'
equals "segments: two ratings" "$(grep '^region' out | sed 's/  */ /g')" 'region n R^2 first second'
nps drivers "$ratings" --drivers $five --by region,agent --format csv
equals "segments: CSV" "$(wc -l <out | tr -d ' ')/$(head -n 1 out | cut -d, -f1-6)" 61/region,agent,name,n,missing,invalid
# Faults of segments: c has one row too few, d rates one thing alike, e is collinear, f has one answer; g is fine.
awk 'BEGIN {
    print "g,score,a,b"
    for (i = 0; i < 5; i++) print "c," i + 3 "," i % 3 "," i % 2
    for (i = 0; i < 30; i++) {
        a = 1 + i % 5; b = 1 + (i * 7) % 4; s = (i * 5) % 11
        if (i < 3) print "b," s "," a "," b
        print "d," s "," a ",2"; print "e," s "," a "," a * 2; print "f,7," a "," b; print "g," s "," a "," b
    }
}' >faults.csv
nps drivers faults.csv --drivers a,b --by g --format json
test_that "segments: no note of their faults" is_empty err
equals "segments: their faults" "$(sed -n 's/.*"key": {"g": "\(.\)"}.*"f_p": [^,]*,.*"fault": \([^,]*\), "contrast_fault.*/\1 \2/p' out | tr '\n' ';')" \
    'b "too few rows";c null;d null;e "collinear ratings";f "constant answers";g null;'
equals "segments: a constant rating there" \
    "$(grep -F '"g": "d"}' out | grep -o '"fault": [a-z"]*, "penalty"' | tr '\n' ' ')" '"fault": null, "penalty" "fault": "constant", "penalty" '
nps drivers faults.csv --drivers a,b --by g --format table
test_that "segments: why b has none" grep -qx 'b: 3 complete rows are too few for 2 ratings, which take 4' out
test_that "segments: what d leaves out" grep -qx 'd: left out: b, which is 2 in all rows' out
test_that "segments: why e has none" grep -qx 'e: a and b determine one another' out
test_that "segments: why f has none" grep -qx 'f: all answers are the same: there is nothing to explain' out
test_that "segments: no fit in the table" grep -qE '^e +30 +n/a +no fit$' out

# Words.
words='Strongly disagree,Disagree,Neutral,Agree,Strongly agree'
printf 'score,a,b\n' >words.csv
printf 'score,a,b\n' >numbers.csv
awk 'BEGIN {
    split("Strongly disagree,disagree, NEUTRAL ,agree,Strongly Agree", w, ",")
    for (i = 0; i < 60; i++) {
        a = 1 + (i * i) % 5; b = 1 + (i * 3 + int(i / 7)) % 5; s = (a + 2 * b + i) % 11
        print s "," w[a] "," w[b] >>"words.csv"; print s "," a "," b >>"numbers.csv"
    }
}'
nps drivers words.csv --drivers a,b --levels "$words" --format json
sed 's/"invalid": 0/&/' out >expected
nps drivers numbers.csv --drivers a,b --rating-scale 1-5 --format json
test_that "levels: as numbers on their scale" cmp -s out expected
test_that "levels: nothing said" is_empty err
printf '5,agree,perhaps\n6,NA,Agree\n7,-,Agree\n8,Neutral,3\n,Never,Agree\n' >>words.csv
nps drivers words.csv --drivers a,b --levels "$words" --rating-missing - --rejects rejects.csv --format json
equals "levels: rejects" "$(tail -n +2 rejects.csv)" '"words.csv",62,"b","perhaps",not a word of --levels
"words.csv",65,"b","3",not a word of --levels'
equals "levels: one line on it" "$(cat err)" \
    'nps: note: 2 ratings are invalid and taken as missing, the first at words.csv row 62, column "b": "perhaps"; --rating-missing takes such as not rated, --rejects lists them'
rating b
equals "levels: they are missing" "$(field rating.json missing)/$(field rating.json invalid)" 2/2
rating a
equals "levels: tokens are missing" "$(field rating.json missing)/$(field rating.json invalid)" 2/0
equals "levels: rows" "$(sed -n 's/^ *"rows": //p' out)" '{"complete": 60, "incomplete": 4, "unanswered": 1, "zero_weight": 0},'
refuses "levels: a word twice" 2 '--levels "agree": named twice' drivers words.csv --drivers a --levels 'Agree,no, agree '
refuses "levels: an empty word" 2 'a word is empty' drivers words.csv --drivers a --levels 'Agree,,no'
refuses "levels: one word" 2 'two words or more' drivers words.csv --drivers a --levels Agree
refuses "levels: and a scale" 2 'leave --rating-scale out' drivers words.csv --drivers a --levels 'no,yes' --rating-scale 1-2
# A level may be a word that means missing otherwise.
printf 'score,a\n1,None\n2,None\n3,Some\n9,Some\n10,All\n9,All\n' >none.csv
nps drivers none.csv --drivers a --levels None,Some,All --format json
equals "levels: None is one" "$(field out n)" 6

# Cells of numbers.
cat >cells.csv <<'END'
score,a,b
1,1,2
3,2.5,1
4, 3 ,4
9,4,3
10,5,5
8,4,"4,5"
7,x,3
6,6,2
5,NaN,2
4,null,1
3,N/A,2
2,0,1
11,9,9
,7,1
8,1e101,3
END
nps drivers cells.csv --drivers a,b --rating-scale 1-5 --rating-missing 0,6 --rejects rejects.csv --format json
equals "cells: rejects" "$(cut -d, -f2- rejects.csv | tail -n +2)" '7,"b","4,5",not a number
8,"a","x",not a number
14,"score","11",off the scale
16,"a","1e101",too large'
equals "cells: rows" "$(sed -n 's/^ *"rows": //p' out)" '{"complete": 5, "incomplete": 8, "unanswered": 2, "zero_weight": 0},'
rating a
equals "cells: a" "$(field rating.json missing)/$(field rating.json invalid)" 7/2
test_that "cells: told" has err '3 ratings are invalid and taken as missing, the first at cells.csv row 7, column "b": "4,5"; --rating-missing'
equals "cells: answers" "$(sed -n 's/^ *"answers": //p' out)" '{"responses": 13, "missing": 1, "invalid": 1},'
nps drivers cells.csv --drivers a,b --rating-scale 1-5 --rejects rejects.csv --format json -q
test_that "cells: off the scale of ratings" grep -qx '"cells.csv",9,"a","6",off the scale of ratings' rejects.csv
test_that "cells: 0 as well" grep -qx '"cells.csv",13,"a","0",off the scale of ratings' rejects.csv
test_that "cells: quiet" is_empty err
nps drivers cells.csv --drivers a,b --rating-missing 0,6 --format table -q
test_that "ends: what was there" grep -qx 'ratings ran from 1 to 5, which are taken for the ends of their scale' out
nps drivers cells.csv --drivers a,b --rating-missing 0,6 --rating-scale 0-5 --format table -q
test_that "ends: given" lacks out 'ratings ran'
nps drivers cells.csv --drivers a,b --rating-scale 1-5 --max-invalid 5 -q
equals "too many invalid answers" "$status" 3

# Weights.
awk -F, 'NR == 1 { print $0 ",w" } NR > 1 { print $0 "," 1 + NR % 3 }' "$ratings" >weighted.csv
awk -F, 'NR == 1 { print } NR > 1 { for (i = 0; i <= NR % 3; i++) print }' "$ratings" >repeated.csv
nps drivers repeated.csv --drivers $five --format json
rating speed
coefficient=$(field rating.json coefficient) r2=$(field out r_squared) score=$(total out nps)
nps drivers weighted.csv --drivers $five -w w --format json
rating speed
test_that "weights: as rows repeated, but for how sure" numbers 1e-12 rating.json coefficient="$coefficient"
test_that "weights: R^2" numbers 1e-12 out r_squared="$r2"
near "weights: the score too" "$(total out nps)" "$score" 1e-9
test_that "weights: rows are not weighted" numbers 1e-12 out n=748
test_that "weights: but the effective size is" awk -v e="$(field out effective_n)" 'BEGIN { exit !(e > 500 && e < 748) }'
printf 'score,a,w\n1,1,1\n5,x,0\n6,3,2\n9,4,1\n8,5,1\n,3,\n' >weights.csv
nps drivers weights.csv --drivers a -w w --format json
equals "weights: 0" "$(sed -n 's/^ *"rows": //p' out)" '{"complete": 4, "incomplete": 0, "unanswered": 1, "zero_weight": 1},'
test_that "weights: the ratings of such a row are not looked at" is_empty err
for weight in '' -1 x 1e30; do
    printf 'score,a,w\n1,1,%s\n5,3,1\n6,3,2\n9,4,1\n' "$weight" >bad.csv
    refuses "weights: \"$weight\"" 1 "bad.csv: row 2, column \"w\": the weight is \"$weight\": " drivers bad.csv --drivers a -w w
done

# Faults of all rows.
awk 'BEGIN {
    print "score,a,b,c,d,five,none,w"
    for (i = 0; i < 40; i++) { a = 1 + i % 5; b = 1 + (i * 7) % 4; print (i * 5) % 11 "," a "," b "," a + b "," (i * 3) % 7 ",5,,1" }
}' >all.csv
refuses "faults: collinear" 1 'a, b and c determine one another, so that what each does cannot be told: leave one of them out of --drivers' \
    drivers all.csv --drivers a,b,d,c
refuses "faults: two the same" 1 'a and 2 determine one another' drivers all.csv --drivers a,2,d
notes "faults: constant" 'left out: five, which is 5 in all rows' drivers all.csv --drivers a,five,d --format json
rating five
equals "faults: constant, in JSON" "$(field rating.json mean)/$(field rating.json coefficient)/$(field rating.json rank)/$(field rating.json fault)" '5/null/null/"constant"'
nps drivers all.csv --drivers a,d --format json
mv out expected
nps drivers all.csv --drivers a,five,d --format json -q
rating a
mv rating.json actual
rating a expected
test_that "faults: the others are as without it" cmp -s actual rating.json
notes "faults: nobody rated" 'no row has an answer and every rating: there is no fit' drivers all.csv --drivers a,none --format json
equals "faults: then all is null" "$(field out n)/$(field out r_squared)/$(field out fault)/$(sed -n 's/^ *"first": //p' out)" '0/null/"no rows"/[],'
notes "faults: nobody rated, pairwise" 'left out: none, which nobody rated' drivers all.csv --drivers a,d,none --pairwise --format json
prints "faults: only one rating" 'the rating is the same in all rows: there is no fit' drivers all.csv --drivers five --format table
test_that "faults: a table says it once" is_empty err
printf 'score,a,b\n1,1,2\n2,2,1\n3,4,4\n' >few.csv
notes "faults: too few" '3 complete rows are too few for 2 ratings, which take 4: there is no fit' drivers few.csv --drivers a,b --format json
test_that "faults: too few, and no fit" numbers 1e-9 out n=3 r_squared=null
rating a
test_that "faults: but a mean and a correlation" numbers 1e-9 rating.json mean=2.333333333333333 correlation=0.9819805060619655 coefficient=null
nps drivers few.csv --drivers a,b --format table -q
test_that "faults: too few, in the table" grep -qx '3 complete rows are too few for 2 ratings, which take 4: there is no fit' out
printf 'score,a\n7,1\n7,2\n7,3\n7,4\n' >same.csv
notes "faults: all answers the same" 'all answers are the same: there is nothing to explain: there is no fit' drivers same.csv --drivers a
printf 'score,a\n9,1\n10,2\n9,3\n10,4\n' >class.csv
notes "faults: of one class" 'all answers are of one class' drivers class.csv --drivers a --explain class
nps drivers class.csv --drivers a --format json
test_that "faults: which the answers are not" is_empty err
printf 'score,a\n' >empty.csv
notes "empty: no rows" 'no row has an answer and every rating: there is no fit' drivers empty.csv --drivers a --format json
notes "empty: by segment" 'no row has an answer' drivers empty.csv --drivers a --by score --format json
equals "empty: no groups" "$(sed -n 's/^ *"groups": //p' out)" '[]}'
prints "empty: the table" 'no row has an answer' drivers empty.csv --drivers a --format table
test_that "empty: rows" grep -qx '0 of 0 rows with an answer are complete' out
: >nothing.csv
nps drivers nothing.csv --drivers a
test_that "empty: not even a header" [ "$status" -ne 0 ]
# Answers that the rating tells to the last digit: t is infinite, which JSON cannot say.
printf 'score,a\n1,1\n2,2\n3,3\n4,4\n5,5\n' >line.csv
nps drivers line.csv --drivers a --format json
near "a line: R^2" "$(field out r_squared)" 1 1e-12
test_that "a line: no infinities" lacks out inf
nps drivers line.csv --drivers a --format table
test_that "a line: the table" grep -qE '^ *1 +a +3\.00 +\+1\.00 ' out

# One rating: tests/reference/drivers has it as `single`, with p = .73.
nps drivers "$reference/single.csv" --score answer --drivers q1 --format table
test_that "one: said" grep -qx 'the rating is not told apart from chance (F test, p = .73): where to begin cannot be said from these rows' out
test_that "one: nothing is to begin with" lacks out 'begin with'

# What is said of the sample.
nps drivers "$ratings" --drivers $five --format table
mv out table
test_that "said: begin" grep -qE '^begin with speed \(ahead of staff with probability [0-9>]+%\), then staff \(of price: [0-9>]+%\), then price' table
test_that "said: R^2" grep -qx 'together the ratings go with 69.2% of the variance of the answer (adjusted for how many they are: 69.0%)' table
test_that "said: the first" grep -qx 'one more point in speed, the other ratings the same, goes with +0.78 in the answer (95% interval +0.70 to +0.86)' table
test_that "said: no cause" grep -q '^this tells what goes together, not what causes what' table
test_that "said: rows" grep -qx '748 of 871 rows with an answer are complete, 29 without an answer' table
test_that "said: --pairwise is not needed" lacks table '--pairwise'
equals "table: marks" "$(sed -n '2,6p' table | awk '{ print $1 }' | tr '\n' ' ')" "1* 2* 3* 4 5 "
# The parts add up to R^2 as shown.
equals "table: importance adds up" "$(sed -n '2,6p' table | grep -o '[0-9.]*%' | tr -d % | awk '{ s += $1 } END { print s }')" 69.2
test_that "table: 80 columns" awk 'length($0) > 80 && NR < 7 { bad = 1 } END { exit bad }' table
test_that "table: no blanks at the ends of lines" test -z "$(sed -n '1,6p' table | grep ' $')"
test_that "said: nobody else is among the first" lacks table 'might be among'
# Four ratings that are exchangeable: by symmetry each is ahead of another with probability 1/2.
awk 'BEGIN {
    print "score,a,b,c,d"
    for (i = 0; i < 81; i++) {
        a = i % 3; b = int(i / 3) % 3; c = int(i / 9) % 3; d = int(i / 27)
        for (e = 0; e <= 2; e += 2) print a + b + c + d + e "," a + 1 "," b + 1 "," c + 1 "," d + 1
    }
}' >alike.csv
nps drivers alike.csv --drivers a,b,c,d --format table
test_that "said: alike" grep -qE '^begin with . \(ahead of . with probability 50%\), then . \(of .: 50%\), then . \(of .: 50%\)$' out
test_that "said: the fourth might be among the first as well" \
    grep -qE '^. \(50%\) might be among the first 3 as well: in brackets the probability of being ahead of .$' out
# A rating whose lowest is the best.
awk -F, -v OFS=, 'NR > 1 && $4 != "" { $4 = 6 - $4 } { print }' "$ratings" >reversed.csv
nps drivers reversed.csv --drivers $five --format table
test_that "said: reversed" grep -qx 'lower ratings go with higher answers in staff: the lowest is taken for the best there' out
test_that "said: the order is the same" grep -qE '^begin with speed \(ahead of staff' out
# Most rows lack a rating.
awk -F, -v OFS=, 'NR > 1 && NR % 5 { $7 = "" } { print }' "$ratings" >sparse.csv
nps drivers sparse.csv --drivers $five --format table
test_that "said: few are complete" grep -qE '^[0-9]+ of 871 rows with an answer are complete, 29 without an answer; most often missing is website \([0-9]+\); --pairwise would use all of them, without intervals$' out

# Names.
printf 'score,a rather long name of a rating that does not end,%s\n' 'کیفیت پاسخ‌گویی کارکنان,服务质量' >names.csv
awk -F, 'NR > 1 && $3 != "" { print $3 "," $4 "," $5 "," $6 }' "$ratings" >>names.csv
LC_ALL=C.UTF-8 nps drivers names.csv --drivers 2,3,4 --format table
test_that "names: numbers are names too" grep -qE '^ *1\* +[34] ' out
LC_ALL=C.UTF-8 nps drivers names.csv --drivers 'a rather long name of a rating that does not end,کیفیت پاسخ‌گویی کارکنان,服务质量' --format table
test_that "names: right to left is kept apart" grep -q "$(printf '\342\201\250')کیفیت" out
test_that "names: Chinese" grep -q '服务质量 ' out
test_that "names: long ones are cut" grep -q 'a rather .*\.\.\.' out
nps drivers names.csv --drivers 'a rather long name of a rating that does not end,کیفیت پاسخ‌گویی کارکنان,服务质量' --format md
test_that "names: whole in Markdown" has out 'a rather long name of a rating that does not end'
LC_ALL=C

# Formats.
nps drivers "$ratings" --drivers $five --format json
equals "JSON: keys of a rating" "$(grep '^ *{"name"' out | head -n 1 | grep -o '"[a-z_]*":' | tr -d '":' | paste -sd' ' -)" \
    "name mean correlation coefficient standard_error t p vif relative_weight shapley deviation lower upper standardised relative_weight_standard_error relative_weight_lower relative_weight_upper room priority priority_standard_error rank n missing invalid lowest highest fault penalty reward"
equals "JSON: in the order given" "$(grep -o '^ *{"name": "[^"]*"' out | cut -d'"' -f4 | paste -sd, -)" $five
nps drivers "$ratings" --drivers $five --format jsonl
equals "JSON lines: a line for each rating" "$(grep -c '^{"key": {}, "name": "' out)/$(wc -l <out | tr -d ' ')" 5/5
nps drivers "$ratings" --drivers $five --by region --format jsonl
equals "JSON lines: of each segment" "$(grep -c '^{"key": {"region": "west"}, "name": "' out)/$(wc -l <out | tr -d ' ')" 5/15
if command -v python3 >/dev/null; then
    nps drivers faults.csv --drivers a,b --by g --low 1 --high 4 --format json -q
    test_that "JSON: it parses" python3 -c 'import json; json.load(open("out"))'
fi
nps drivers "$ratings" --drivers $five --format csv
equals "CSV: header" "$(head -n 1 out)" \
    "name,n,missing,invalid,mean,correlation,coefficient,standard_error,t,p,vif,relative_weight,shapley,deviation,lower,upper,standardised,relative_weight_standard_error,relative_weight_lower,relative_weight_upper,room,priority,priority_standard_error,rank,r_squared,fault"
mv out plain.csv
nps drivers "$ratings" --drivers $five --low 2 --high 5 --format csv
equals "CSV: with penalty and reward" "$(head -n 1 out | cut -d, -f25-)" \
    "penalty_share,penalty_coefficient,penalty_standard_error,penalty_t,penalty_p,penalty_lower,penalty_upper,reward_share,reward_coefficient,reward_standard_error,reward_t,reward_p,reward_lower,reward_upper,r_squared,fault"
nps drivers "$ratings" --drivers $five --format md
test_that "Markdown: the table" grep -qE '^\| 1\\\* \| speed \|' out
test_that "Markdown: said" has out 'begin with speed'
# The same rows as JSON lines, in two files, and from standard input.
awk -F, 'NR == 1 { split($0, name, ",") } NR > 1 {
    printf "{"; for (i = 3; i <= 8; i++) printf "%s\"%s\": %s", (i > 3 ? ", " : ""), name[i], $i == "" ? "null" : $i; print "}"
}' "$ratings" >ratings.jsonl
nps drivers ratings.jsonl --drivers $five --format csv
test_that "input: JSON lines" cmp -s out plain.csv
head -n 400 "$ratings" >first.csv
{ head -n 1 "$ratings"; tail -n +401 "$ratings"; } >second.csv
nps drivers first.csv second.csv --drivers $five --format csv
test_that "input: two files" cmp -s out plain.csv
nps_input "$ratings" drivers - --drivers $five --format csv
test_that "input: standard input" cmp -s out plain.csv
nps tally "$ratings" -o state.nps -q
refuses "input: a state" 1 'a state, which has no rows: nps drivers takes the rows themselves' drivers state.nps --drivers a

# Usage.
columns() { seq "$1" | sed 's/^/q/' | paste -sd, -; }
refuses "usage: no file" 2 'no file' drivers --drivers a
refuses "usage: no ratings" 2 'which ratings? name their columns with --drivers' drivers "$ratings"
refuses "usage: no such column" 2 'no column "staf"' drivers "$ratings" --drivers staf
refuses "usage: twice" 2 'named twice' drivers "$ratings" --drivers staff,staff
refuses "usage: 65 ratings" 2 'at most 64' drivers "$ratings" --drivers "$(columns 65)"
refuses "usage: the answer" 2 '--drivers "score": that is the column of the answers, no rating' drivers "$ratings" -s score --drivers staff,score
refuses "usage: the weight" 2 'that is the column of the weights' drivers all.csv -w w --drivers a,w
refuses "usage: low alone" 2 '--low without --high' drivers "$ratings" --drivers staff --low 2
refuses "usage: high alone" 2 '--high without --low' drivers "$ratings" --drivers staff --high 2
refuses "usage: low above high" 2 'expected the low ratings below the high ones' drivers "$ratings" --drivers staff --low 3 --high 3
refuses "usage: 33 ratings" 2 '--low and --high take at most 32 ratings, not 33' drivers "$ratings" --drivers "$(columns 33)" --low 1 --high 2
refuses "usage: robust, 17 ratings" 2 '--robust takes at most 16 ratings, not 17' drivers "$ratings" --drivers "$(columns 17)" --robust
refuses "usage: robust and pairwise" 2 'leave one out' drivers "$ratings" --drivers staff --robust --pairwise
refuses "usage: explain" 2 'expected answer, or class' drivers "$ratings" --drivers staff --explain score
refuses "usage: rating-scale" 2 'expected LOWEST-HIGHEST' drivers "$ratings" --drivers staff --rating-scale 5
refuses "usage: rating-scale from high to low" 2 'expected LOWEST-HIGHEST' drivers "$ratings" --drivers staff --rating-scale 5-1

# Many ratings: 64 of 300 rows, 22 for Shapley, 9 for robust penalty and reward.
awk 'BEGIN {
    srand(7); printf "score"; for (j = 1; j <= 64; j++) printf ",q%d", j; print ""
    for (i = 0; i < 300; i++) { printf "%d", 11 * rand(); for (j = 1; j <= 64; j++) printf ",%d", 1 + 5 * rand(); print "" }
}' >wide.csv
notes "many: no Shapley values" 'Shapley values are of at most 20 ratings, not 64' drivers wide.csv --drivers "$(columns 64)" --format json
rating q64
test_that "many: the rest is there" numbers 1e-9 rating.json shapley=null n=300
test_that "many: with weights" [ "$(field rating.json relative_weight)" != null ]
notes "many: robust contrasts" 'intervals of penalty and reward are of at most 8 ratings, not 9' \
    drivers wide.csv --drivers "$(columns 9)" --robust --low 1 --high 5 --format json
nps drivers wide.csv --drivers "$(columns 9)" --low 1 --high 5 --format json
rating q3
mv penalty.json expected
nps drivers wide.csv --drivers "$(columns 9)" --robust --low 1 --high 5 --format json -q
rating q3
test_that "many: are the classical ones then" cmp -s penalty.json expected

# Real surveys. Rows by R's complete.cases, coefficients by its lm on the same rows.
if [ -d "$SHARED/data" ]; then
    set=Q7ART,Q7FOOD,Q7STORE,Q7SIGN,Q7WALKWAYS,Q7SCREENS,Q7WIFI,Q9RESTROOM,Q10SAFE
    nps drivers "$SHARED/data/sfo_2017.csv" --score NETPRO --missing 11 --rating-missing 0,6,Blank --drivers $set --by BAREA --format json
    test_that "SFO 2017: nothing is invalid" is_empty err
    test_that "SFO 2017: the fit" numbers 1e-9 out n=1498 r_squared=0.3504295949889977 intercept=1.459137111170125
    equals "SFO 2017: rows" "$(sed -n 's/^ *"rows": //p' out)" '{"complete": 1498, "incomplete": 1248, "unanswered": 85, "zero_weight": 0},'
    rating Q10SAFE
    test_that "SFO 2017: Q10SAFE" numbers 1e-9 rating.json coefficient=0.461629355691731 standard_error=0.051862069871523
    rating Q7STORE
    test_that "SFO 2017: Q7STORE" numbers 1e-9 rating.json coefficient=0.068049647881517 p=0.279521137696890
    grep -F '"BAREA": "A"' out >group.json
    test_that "SFO 2017: area A" numbers 1e-9 group.json n=384 r_squared=0.3701032510135642
    nps drivers "$SHARED/data/sfo_2017.csv" --score NETPRO --missing 11 --rating-missing 0,6,Blank --drivers $set -w WEIGHT --format json
    rating Q10SAFE
    test_that "SFO 2017: weighted" numbers 1e-9 rating.json coefficient=0.442758050405572 standard_error=0.051877201517281
    test_that "SFO 2017: weighted, the fit" numbers 1e-9 out r_squared=0.3453587796905469
    nps drivers "$SHARED/data/sfo_2017.csv" --score NETPRO --missing 11 --rating-missing 0,6,Blank --drivers $set --explain class --format json
    rating Q9RESTROOM
    test_that "SFO 2017: points" numbers 1e-9 rating.json coefficient=12.5952883359443 standard_error=1.9140675845482
    more=Q7INFODOWN,Q7INFOUP,Q7ROADS,Q7PARK,Q7AIRTRAIN,Q7LTPARKING,Q7RENTAL,Q7ALL,Q9BOARDING,Q9AIRTRAIN,Q9RENTAL,Q9FOOD,Q9ALL
    nps drivers "$SHARED/data/sfo_2017.csv" --score NETPRO --missing 11 --rating-missing 0,6,Blank --drivers $set,$more --format json -q
    test_that "SFO 2017: all ratings" numbers 1e-9 out n=414 r_squared=0.5659443597723606
    rating Q7ALL
    test_that "SFO 2017: Q7ALL" numbers 1e-9 rating.json coefficient=0.774957715473713 t=4.741139508966342 shapley=null

    set='Skills-Advance-Career,Motivated-Seek-Knowledge,Made-Analyses-Reproducible,Received-Professional-Recognition,Improved Coding Practices,Improved-Research-Productivity,Gained-Confidence-With-Data'
    nps drivers "$SHARED/data/carpentries_longterm_2017.csv" --score Likely-To-Recommend --levels "$words" --drivers "$set" --format json
    test_that "Carpentries 2017: nothing is invalid" is_empty err
    test_that "Carpentries 2017: the fit" numbers 1e-9 out n=396 r_squared=0.3354165735271207
    rating Improved-Research-Productivity
    test_that "Carpentries 2017: productivity" numbers 1e-9 rating.json mean=3.48232323232323 coefficient=0.404561773763211 \
        standard_error=0.140887808883462 p=0.0043091380150361
    nps drivers "$SHARED/data/carpentries_longterm_2017.csv" --score Likely-To-Recommend --drivers "$set" --format json
    test_that "Carpentries 2017: words are no numbers" has err '--levels words as numbers'
else
    skip "drivers of real surveys" "there is no $SHARED/data"
fi
