# shellcheck shell=sh disable=SC2154
# Survey designs: nps score, tally, merge and compare with --strata, --cluster, --fpc and --lonely.

designs=$root/tests/reference/design

# Every row of expected.csv (R survey 4.1 svymean), by the options that its spec names.
wrong=
rows=0
sed 1d "$designs/expected.csv" >rows.csv
while IFS=, read -r set spec lonely score se df promoters detractors deff deff_fpc effective error tol; do
    options=
    case $spec in weights*) options="--cluster row" ;; esac # each answer a cluster of its own
    case $spec in *strata*) options="$options --strata stratum" ;; esac
    case $spec in *clusters*) options="$options --cluster unit" ;; esac
    case $spec in *fpc*) options="$options --fpc fpc" ;; esac
    awk -F, 'NR == 1 { print $0 ",unit,row" } NR > 1 { print $0 "," $1 "/" $2 "," NR }' "$designs/$set.csv" >set.csv
    # shellcheck disable=SC2086
    nps score set.csv -s answer -w weight $options --lonely "$lonely" --format json
    rows=$((rows + 1))
    if [ -n "$error" ]; then
        [ "$status" -eq 1 ] && has err "one unit only" || wrong="$wrong $set/$spec/$lonely"
        continue
    fi
    sed -n '/"total"/p' out >total.json
    awk -v a="$(field total.json nps) $(field total.json standard_error) $(field total.json df)
        $(field total.json promoter_share) $(field total.json detractor_share) $(field total.json design_effect)
        $(field total.json effective_n)" -v e="$score $se $df $promoters $detractors $deff $effective" 'BEGIN {
        if (split(a, x, /[ \n]+/) != 7 || split(e, y, / /) != 7) exit 1
        for (i = 1; i <= 7; i++) { d = x[i] - y[i]; t = 1e-10 * (y[i] < 0 ? -y[i] : y[i]); if (d > t || -d > t) exit 1 }
    }' || wrong="$wrong $set/$spec/$lonely:$deff_fpc$tol"
done <rows.csv
equals "designs: all $rows rows of R's svymean" "$wrong" ""
test_that "designs: there are rows" test "$rows" -ge 30

# Every row of more_expected.csv (R survey 4.1.1 svymean, of subset() for a domain): one run for each design, by domain.
# Where R refuses the whole for a stratum of one unit, so does the run; R's answers for domains without one are left.
wrong=
rows=0
last=
sed 1d "$designs/more_expected.csv" >rows.csv
while IFS=, read -r set spec lonely domain score se df promoters detractors deff deff_fpc effective error; do
    if [ "$set/$spec/$lonely" != "$last" ]; then
        last=$set/$spec/$lonely
        options=
        case $spec in weights*) options="--cluster row" ;; esac
        case $spec in *strata*) options="$options --strata stratum" ;; esac
        case $spec in *clusters*) options="$options --cluster unit" ;; esac
        case $spec in *fpc*) options="$options --fpc fpc" ;; esac
        awk -F, -v set="$set" 'NR == 1 { print $0 ",unit,row" } $1 == set { print $0 "," $2 "/" $3 "," NR }' \
            "$designs/more.csv" >set.csv
        # shellcheck disable=SC2086
        nps score set.csv -s answer -w weight $options --lonely "$lonely" --by domain --format json
        [ -n "$error" ] && [ -n "$domain" ] && wrong="$wrong $last/order"
    fi
    if [ "$status" -eq 1 ] && [ "$lonely" = fail ]; then
        [ -z "$domain" ] && { [ -n "$error" ] && has err "one unit only" || wrong="$wrong $last"; }
        continue
    fi
    rows=$((rows + 1))
    if [ -z "$domain" ]; then sed -n '/"total"/p' out >one.json; else grep "\"domain\": \"$domain\"" out >one.json; fi
    awk -v a="$(field one.json nps) $(field one.json standard_error) $(field one.json df)
        $(field one.json promoter_share) $(field one.json detractor_share) $(field one.json design_effect)
        $(field one.json effective_n)" -v e="$score,$se,$df,$promoters,$detractors,$deff,$effective" 'BEGIN {
        if (split(a, x, /[ \n]+/) != 7 || split(e, y, ",") != 7) exit 1
        for (i = 1; i <= 7; i++) {
            if (y[i] == "" || x[i] == "null") { if (y[i] != "" || x[i] != "null") exit 1; continue }
            d = x[i] - y[i]; t = 1e-10 * (y[i] < 0 ? -y[i] : y[i]); if (d > t || -d > t) exit 1
        }
    }' || wrong="$wrong $last/$domain:$deff_fpc"
done <rows.csv
equals "designs: all $rows rows of R's domains" "$wrong" ""
test_that "designs: there are rows of domains" test "$rows" -ge 90

strata=$designs/clusters_strata.csv
full="-s answer -w weight --strata stratum --cluster psu --fpc fpc"

# Ten parts merge to what the whole gives, and the state is the same to the byte.
awk 'NR == 1 { for (i = 0; i < 10; i++) print > ("design" i ".csv"); next }
     { print > ("design" NR * 7 % 10 ".csv") }' "$strata"
# shellcheck disable=SC2086
for i in 0 1 2 3 4 5 6 7 8 9; do nps tally "design$i.csv" $full -q -o "design$i.nps"; done
nps merge design[0-9].nps --format json -o design.nps
cp out merged.json
# shellcheck disable=SC2086
nps score "$strata" $full --format json
test_that "designs: ten parts merge to the whole" cmp -s out merged.json
nps score design.nps --format json
test_that "designs: a state is scored" cmp -s out merged.json
# shellcheck disable=SC2086
nps tally "$strata" $full -q -o whole.nps
test_that "designs: the state is the same to the byte" cmp -s whole.nps design.nps

# Without weights: plain answers of a stratified sample.
nps score "$strata" -s answer --strata stratum --format json
equals "designs: strata alone, n" "$(total out weight)" 150
equals "designs: strata alone, df" "$(total out df)" 147
nps score "$strata" -s answer --strata stratum --format csv
equals "designs: csv has df" "$(head -n 1 out | tr ',' '\n' | grep -c '^df$')" 1
prints "designs: the table tells the design" "survey design: 3 strata, 18 clusters, df 15, design effect 1.338" \
    score "$strata" -s answer -w weight --strata stratum --cluster psu --format table

# A domain: one segment of a design, which was drawn as a whole.
if [ -d "$SHARED/data" ]; then
    nps score "$SHARED/data/sfo_2017.csv" -s NETPRO --missing 11 -w WEIGHT --strata STRATA --cluster RUNID --by BAREA \
        --format json
    # R survey 4.1.1: svydesign(id = ~RUNID, strata = ~STRATA, weights = ~WEIGHT, nest = TRUE), rows with an answer
    # only; svymean, and svymean of subset(design, BAREA == "E").
    near "designs: SFO, standard error" "$(total out standard_error)" 1.52468433354959 1e-12
    near "designs: SFO, design effect" "$(total out design_effect)" 1.32680024657603 1e-12
    equals "designs: SFO, df" "$(total out df)" 208
    grep '"BAREA": "E"' out >segment.json
    near "designs: SFO, area E" "$(field segment.json nps)" 46.85714285714285 1e-12
    near "designs: SFO, area E, standard error" "$(field segment.json standard_error)" 3.66270882657854 1e-12
    near "designs: SFO, area E, design effect" "$(field segment.json design_effect)" 0.51333839084794 1e-12
    equals "designs: SFO, area E, df" "$(field segment.json df)" 13
    # The same with id = ~GATE, and subset(design, BAREA == "G").
    nps score "$SHARED/data/sfo_2017.csv" -s NETPRO --missing 11 -w WEIGHT --strata STRATA --cluster GATE --by BAREA \
        --format json
    near "designs: SFO by gates, score" "$(total out nps)" 40.3984355117074 1e-12
    near "designs: SFO by gates, standard error" "$(total out standard_error)" 1.58655186920229 1e-12
    near "designs: SFO by gates, design effect" "$(total out design_effect)" 1.43666072065527 1e-12
    near "designs: SFO by gates, effective size" "$(total out effective_n)" 1910.68076166793 1e-9
    equals "designs: SFO by gates, df" "$(total out df)" 126
    grep '"BAREA": "G"' out >segment.json
    near "designs: SFO by gates, area G" "$(field segment.json nps)" 30.9656945055146 1e-12
    near "designs: SFO by gates, area G, standard error" "$(field segment.json standard_error)" 4.20578697629292 1e-12
    near "designs: SFO by gates, area G, design effect" "$(field segment.json design_effect)" 2.21165026881168 1e-12
    equals "designs: SFO by gates, area G, df" "$(field segment.json df)" 19
else
    skip "designs: SFO" "there is no $SHARED/data"
fi

# A domain within one unit has no degrees of freedom: a score, and no interval.
printf 'score,unit,by\n9,a,x\n3,a,x\n10,b,y\n9,c,y\n2,c,y\n' >few.csv
nps score few.csv --cluster unit --by by --format json
grep '"by": "x"' out >segment.json
equals "designs: few units" "$(field segment.json nps)/$(field segment.json df)/$(field segment.json lower)" 0/0/null
equals "designs: few units, the whole" "$(total out df)" 2
for method in t wald; do
    nps score few.csv --cluster unit --by by --method $method --format json
    grep '"by": "x"' out >segment.json
    equals "designs: few units, $method" "$(field segment.json lower)" null
done
nps score few.csv --cluster unit --by by --format csv
equals "designs: csv has as many cells in every row" "$(awk -F, '{ print NF }' out | sort -u | wc -l | tr -d ' ')" 1
for format in table md; do
    nps score few.csv --cluster unit --by by --format $format
    test_that "designs: few units, $format" awk '/nan/ { bad = 1 } /^(\| )?x / && /n\/a.*n\/a/ { found = 1 }
        END { exit bad || !found }' out
done

# No degrees of freedom in the whole.
printf 'score,s\n9,a\n3,b\n10,c\n' >ones.csv
notes "designs: no degrees of freedom" "leaves no degrees of freedom, and so there is no interval" \
    score ones.csv --strata s --lonely average --format table
test_that "designs: what was chosen for strata of one unit is told" has out "3 strata of one unit: --lonely average"
test_that "designs: what is not known is n/a" lacks out nan
prints "designs: no degrees of freedom, compared" "no degrees of freedom, no difference to tell" \
    compare ones.csv few.csv --cluster 1 --where score=9 --lonely remove --format table
equals "designs: and no difference" "$(grep -c '^change.*n/a' out)" 1
prints "designs: no degrees of freedom, benchmark" "no degrees of freedom, nothing to hold against the benchmark" \
    compare ones.csv --strata s --lonely remove --benchmark 10 --format table
printf 'name,points\nus,10\nthem,20\n' >list.csv
prints "designs: no degrees of freedom, benchmarks" "no degrees of freedom, no place among the benchmarks" \
    compare ones.csv --strata s --lonely remove --benchmarks list.csv --format table

# All of the population: no sampling error is left, whatever the method.
printf 'score,s,n\n9,a,2\n3,a,2\n10,b,2\n9,b,2\n' >census.csv
for method in score skewed adjusted-wald agresti-min bonett-price wald t likelihood jeffreys; do
    nps score census.csv --strata s --fpc n --method $method --format json
    near "designs: census, $method, lower" "$(total out lower)" 50 2e-5
    near "designs: census, $method, upper" "$(total out upper)" 50 2e-5
done
equals "designs: census, standard error" "$(total out standard_error)" 0

# What is wrong is named.
printf 'score,weight,s,u,n\n9,1,a,1,5\n8,1,a,2,5\n3,1,b,1,4\n7,1,b,2,6\n,,,,\n' >rows.csv
refuses "designs: another population" 1 'rows.csv: row 5, column "n": the population is "6": but 4 in an earlier row of stratum "b"' \
    score rows.csv --strata s --fpc n
printf 'score,s,u,n\n9,a,1,1\n8,a,2,1\n' >full.csv
refuses "designs: more units than there are" 1 'stratum "a" has 2 units in the sample, more than the 1 that --fpc says' \
    score full.csv --strata s --fpc n
refuses "designs: more clusters than there are" 1 'stratum "a" has 2 units in the sample, more than the 1 that --fpc says' \
    score full.csv --strata s --cluster u --fpc n
refuses "designs: more answers than there are" 1 "a stratum has more units in the sample than --fpc says" \
    score full.csv --fpc n
nps tally full.csv --strata s --fpc n -q -o full.nps
refuses "designs: more units than there are, by a state" 1 "a stratum has more units in the sample than --fpc says" \
    score full.nps
printf 'score,n\n9,8\n8,9\n' >two.csv
refuses "designs: one population without strata" 1 'the population is "9": but 8 in an earlier row, and without --strata' \
    score two.csv --fpc n

# Strata of one unit are named: a, c and e, whose population is one; nobody answered in f.
printf 'score,s,u,n\n9,a,1,9\n3,b,1,9\n10,b,2,9\n2,c,1,9\n7,d,1,9\n8,d,1,9\n6,d,2,9\n9,e,1,1\n,f,1,9\n' >lonely.csv
refuses "designs: lonely strata" 1 'strata "a", "c" and "e" have one unit only' score lonely.csv --strata s
refuses "designs: lonely strata, but for one that is whole" 1 'strata "a" and "c" have one unit only' \
    score lonely.csv --strata s --fpc n
sed 's/6,d,2/6,d,1/' lonely.csv >lonelier.csv
refuses "designs: lonely clusters" 1 'strata "a", "c", "d" and 1 more have one unit only' \
    score lonelier.csv --strata s --cluster u
refuses "designs: one lonely stratum" 1 'stratum "c" has one unit only' score lonely.csv --strata s --where s!=a --fpc n
refuses "designs: no stratum but one" 1 "there is one unit only" score lonely.csv --cluster u --where u=1
nps tally lonely.csv --strata s -q -o lonely.nps
refuses "designs: lonely strata of a state" 1 "3 of 5 strata have one unit only" merge lonely.nps
nps score lonely.nps --lonely adjust -q --format json
cp out state.json
nps score lonely.csv --strata s --lonely adjust -q --format json
test_that "designs: --lonely with a state" cmp -s out state.json
printf 'score,s,u,n\n9,a,1,x\n' >text.csv
refuses "designs: a population that is none" 1 'row 2, column "n": the population is "x"' score text.csv --fpc n
printf 'score,s,u,n\n9,,1,1\n' >no.csv
refuses "designs: no stratum" 1 'row 2, column "s": the stratum is ""' score no.csv --strata s
refuses "designs: no cluster" 1 'row 2, column "s": the cluster is ""' score no.csv --cluster s
printf 'score,w,s\n9,1,a\n8,-1,a\n' >negative.csv
refuses "designs: a negative weight" 1 'row 3, column "w": the weight is "-1"' score negative.csv -w w --strata s
nps score rows.csv --strata s --format json
equals "designs: a row without an answer is no part of the sample" "$(total out missing)/$(total out df)" 1/2
refuses "designs: --lonely" 2 "expected fail, remove, certainty, adjust or average" score rows.csv --strata s --lonely x
refuses "designs: --lonely without a design" 2 "--lonely is about survey designs" score rows.csv -w weight --lonely adjust
refuses "designs: --lonely with counts" 2 "--lonely is about survey designs" score --counts 1,2,3 --lonely adjust
refuses "designs: --lonely with two files" 2 "--lonely is about survey designs" compare rows.csv rows.csv --lonely adjust
refuses "designs: --fold" 2 "--fold: not with a survey design" score rows.csv --strata s --by u --fold 3
refuses "designs: bootstrap of plain answers" 2 "takes whole counts only" score rows.csv --strata s --method bootstrap
refuses "designs: permutation of plain answers" 2 "takes whole counts only" \
    compare rows.csv rows.csv --strata s --method permutation
refuses "designs: bootstrap" 2 "takes whole counts only" score "$strata" -s answer -w weight --strata stratum --method bootstrap
refuses "designs: segments against one another" 2 "are not independent" compare "$strata" -s answer --cluster psu --by stratum
refuses "designs: pairwise" 2 "are not independent" compare "$strata" -s answer --cluster psu --by stratum --pairwise
nps tally "$strata" -s answer --cluster psu --by stratum -q -o segments.nps
refuses "designs: segments of a state" 2 "are not independent" compare segments.nps
refuses "designs: --fold of a state" 2 "--fold: not with a survey design" merge segments.nps --fold 3
refuses "designs: a state's bootstrap" 2 "takes whole counts only" merge segments.nps --method bootstrap
refuses "designs: a ranked state" 2 "are not independent" rank segments.nps
refuses "designs: seven dimensions" 2 "at most 6 columns with a survey design" \
    score rows.csv --strata s --by score,weight,s,u,n,1,2
nps tally rows.csv -q -o plain.nps
nps tally rows.csv --strata s -q -o strata.nps
nps tally rows.csv --strata s --cluster u -q -o clusters.nps
nps tally rows.csv -w weight -q -o weights.nps
refuses "designs: only like is merged" 1 'strata.nps is of a survey design without clusters, but weights.nps is weighted' \
    merge strata.nps weights.nps
refuses "designs: nor with plain answers" 1 'plain.nps is not weighted, but strata.nps is of a survey design' \
    merge plain.nps strata.nps
refuses "designs: clusters or none" 1 'clusters.nps is of a survey design with clusters, but strata.nps is of a survey' \
    merge clusters.nps strata.nps
sed 's/,5$/,50/' full.csv | sed 's/1$/7/' >other.csv
nps tally other.csv --strata s --fpc n -q -o other.nps
refuses "designs: states of other populations" 1 "full.nps and other.nps give a stratum different populations" \
    merge full.nps other.nps
nps tally rows.csv --strata s --kind relational -q -o relational.nps
refuses "designs: of different kinds" 1 "--mixed merges them" merge strata.nps relational.nps
nps merge strata.nps relational.nps --mixed -q --format json
equals "designs: --mixed" "$status $(total out responses)" "0 8"

# By segments, in parts: the same in every format.
merge_segments()
{
    for i in 0 1 2 3 4 5 6 7 8 9; do nps tally "design$i.csv" "$@" -q -o "design$i.nps"; done
    nps merge design[0-9].nps -q -o design.nps --format table
    for format in json jsonl csv md table; do
        nps score "$strata" "$@" --format $format
        cp out whole.out
        nps merge design[0-9].nps --format $format
        test_that "designs: by segments, ten parts, $format" cmp -s out whole.out
    done
    nps tally "$strata" "$@" -q -o whole.nps
    test_that "designs: by segments, the same to the byte" cmp -s whole.nps design.nps
}
# shellcheck disable=SC2086
merge_segments $full --by stratum

# A cube's margins are domains, as R has them above; a hidden segment tells nothing, and has as many cells.
awk -F, 'NR == 1 || $1 == "domains"' "$designs/more.csv" >domains.csv
of="domains.csv -s answer -w weight --strata stratum --cluster psu"
# shellcheck disable=SC2086
nps score $of --by domain --format json
grep '"domain": "[abc]"' out | tr -d ']}' | sed 's/,$//' >plain.json
# shellcheck disable=SC2086
nps score $of --by stratum,domain --cube --format json
grep '"key": {"domain": "[abc]"' out | tr -d ']}' | sed 's/,$//' >margins.json
test_that "designs: margins of a cube" cmp -s plain.json margins.json
test_that "designs: three margins" lines_of margins.json 3
grep '"key": {}' out | tr -d ']}' | sed 's/.*"responses"/"responses"/;s/,$//' >grand.json
sed -n '/"total"/p' out | tr -d ']}' | sed 's/.*"responses"/"responses"/;s/,$//' >total.json
test_that "designs: the grand total" cmp -s grand.json total.json
# shellcheck disable=SC2086
nps score $of --by domain --min-n 20 --format csv
equals "designs: hidden, cells" "$(awk -F, '{ print NF }' out | sort -u | wc -l | tr -d ' ')" 1
# shellcheck disable=SC2086
nps score $of --by domain --min-n 20 --format json
grep '"domain": "c"' out >segment.json
equals "designs: hidden" "$(field segment.json standard_error)/$(field segment.json df)" null/null
test_that "designs: hidden segments have a df all the same" has segment.json '"df": null'

# What follows is made of R's n_eff and shares in expected.csv: the counts n_eff (t(n - 1) / t(df))^2 times the shares,
# in 40 digits with mpmath; the score interval by the bisection of tests/reference/generate/interval.py, and MOVER's
# bounds from the two intervals, d - sqrt((b - lower_b)^2 + (upper_a - a)^2) and its mirror image.
cp "$designs/clusters.csv" from.csv
cp "$strata" to.csv
both="from.csv to.csv -s answer -w weight --strata stratum --cluster psu"
# shellcheck disable=SC2086
nps compare $both --format json
sed -n '/"from"/p' out >from.json
sed -n '/"to"/p' out >to.json
sed -n '/"difference"/p' out >d.json
near "designs: from, lower" "$(field from.json lower)" -2.6733347350686069 1e-9
near "designs: from, upper" "$(field from.json upper)" 41.340104938868008 1e-9
near "designs: to, lower" "$(field to.json lower)" -9.6364159241730324 1e-9
near "designs: to, upper" "$(field to.json upper)" 24.597293674493953 1e-9
near "designs: difference" "$(field d.json nps)" -12.74363468972151 1e-9
near "designs: difference, lower" "$(field d.json lower)" -39.891074947604843 1e-9
near "designs: difference, upper" "$(field d.json upper)" 15.897611214171093 1e-9
# shellcheck disable=SC2086
nps compare $both --level .9 --format json
sed -n '/"difference"/p' out >d.json
near "designs: difference at .9, lower" "$(field d.json lower)" -35.250496561926226 1e-9
near "designs: difference at .9, upper" "$(field d.json upper)" 10.774819057753207 1e-9
# The bound of the 90% interval is the margin whose p is .05.
# shellcheck disable=SC2086
nps compare $both --equivalence 35.250496561926226 --format json
sed -n '/"equivalence"/p' out >d.json
near "designs: equivalence goes with the interval" "$(field d.json p)" .05 1e-9
# Student's t takes the degrees of freedom itself, so the counts are n_eff times the shares: statistic d / sqrt(v_a /
# (n_a - 1) + v_b / (n_b - 1)), Satterthwaite's df from 11 and 15.
# shellcheck disable=SC2086
nps compare $both --method welch --format json
sed -n '/"difference"/p' out >d.json
near "designs: welch, df" "$(field d.json df)" 22.619515714415949 1e-9
near "designs: welch, statistic" "$(field d.json statistic)" -0.9605683697725705 1e-9
# score -+ t(14) sqrt(v / (n_eff - 1))
nps score "$designs/clus_api1.csv" -s answer -w weight --cluster psu --method t --format json
near "designs: t, lower" "$(total out lower)" -82.028054928245578 1e-9
near "designs: t, upper" "$(total out upper)" -33.81893960727353 1e-9
# (score - 20) / sqrt(variance of the score when it is 20), by interval.py's score_statistic
nps compare "$strata" -s answer -w weight --strata stratum --cluster psu --benchmark 20 --by stratum --format json
sed -n '/"benchmark"/p' out >d.json
near "designs: against a benchmark" "$(field d.json statistic)" -1.4108215918961668 1e-9
nps tally "$strata" -s answer -w weight --strata stratum --cluster psu -q -o to.nps
nps compare to.nps --benchmark 20 --format json
near "designs: a state against a benchmark" "$(sed -n '/"benchmark"/p' out >d.json; field d.json statistic)" \
    -1.4108215918961668 1e-9
nps tally "$strata" -s answer -w weight -q -o weights.nps
nps compare "$designs/clusters.csv" to.nps -s answer -w weight --strata stratum --cluster psu --format json
near "designs: rows and a state" "$(sed -n '/"difference"/p' out >d.json; field d.json lower)" -39.891074947604843 1e-9
nps tally "$strata" -s answer -q -o plain.nps
refuses "designs: with plain answers" 1 "plain.nps is not weighted, but to.nps is of a survey design" compare plain.nps to.nps
