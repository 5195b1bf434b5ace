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
prints "designs: the table tells the design" "survey design: 3 strata, 18 clusters, 15 degrees of freedom, design effect 1.338" \
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
else
    skip "designs: SFO" "there is no $SHARED/data"
fi

# A domain within one unit has no degrees of freedom: a score, and no interval.
printf 'score,unit,by\n9,a,x\n3,a,x\n10,b,y\n9,c,y\n2,c,y\n' >few.csv
nps score few.csv --cluster unit --by by --format json
grep '"by": "x"' out >segment.json
equals "designs: few units" "$(field segment.json nps)/$(field segment.json df)/$(field segment.json lower)" 0/0/null
equals "designs: few units, the whole" "$(total out df)" 2

# What is wrong is named.
printf 'score,weight,s,u,n\n9,1,a,1,5\n8,1,a,2,5\n3,1,b,1,4\n7,1,b,2,6\n,,,,\n' >rows.csv
refuses "designs: another population" 1 'rows.csv: row 5, column "n": the population is "6": an earlier row of the same stratum has 4' \
    score rows.csv --strata s --fpc n
printf 'score,s,u,n\n9,a,1,1\n8,a,2,1\n' >full.csv
refuses "designs: more units than there are" 1 "more units in the sample than --fpc says" score full.csv --strata s --fpc n
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
refuses "designs: bootstrap" 2 "takes whole counts only" score "$strata" -s answer -w weight --strata stratum --method bootstrap
refuses "designs: segments against one another" 2 "are not independent" compare "$strata" -s answer --cluster psu --by stratum
refuses "designs: seven dimensions" 2 "at most 6 columns with a survey design" \
    score rows.csv --strata s --by score,weight,s,u,n,1,2
nps tally rows.csv -q -o plain.nps
nps tally rows.csv --strata s -q -o strata.nps
nps tally rows.csv --strata s --cluster u -q -o clusters.nps
nps tally rows.csv -w weight -q -o weights.nps
refuses "designs: only like is merged" 1 "of a survey design" merge strata.nps weights.nps
refuses "designs: weighted or not" 1 "weighted" merge strata.nps plain.nps
refuses "designs: clusters or none" 1 "has clusters" merge clusters.nps strata.nps

# Two designs: z of MOVER on the samples that their intervals are made of.
nps compare "$designs/clusters.csv" "$strata" -s answer -w weight --strata stratum --cluster psu --format json
near "designs: compared" "$(sed -n '/"difference"/p' out >d.json; field d.json nps)" -12.743634689721522 1e-9 # 7.732640544657008 - 20.47627523437853
nps compare "$strata" -s answer -w weight --strata stratum --cluster psu --benchmark 0 --format json
test_that "designs: against a benchmark" test "$status" -eq 0
