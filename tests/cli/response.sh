# shellcheck shell=sh disable=SC2154
# --invited and --invitations, and the ends of the scale.

# 6 responses (2 promoters, 1 passive, 3 detractors), 2 missing.
printf 'score,by\n10,x\n9,x\n8,x\n0,y\n0,y\n6,y\n,x\n,y\n' >asked.csv
nps score asked.csv --invited 12 --format json
equals "invited" "$(total out invited)" 12
equals "invited: the rate" "$(total out response_rate)" 0.5
# (2 - 3 - 6) / 12 and (2 - 3 + 6) / 12
near "invited: at worst" "$(total out worst_case)" -58.333333333333336 1e-13
near "invited: at best" "$(total out best_case)" 41.666666666666664 1e-13
near "ends: lowest" "$(total out lowest_share)" 0.33333333333333331 1e-16
near "ends: highest" "$(total out highest_share)" 0.16666666666666666 1e-16
nps score asked.csv --format json
equals "not invited: no such keys" "$(grep -c response_rate out)" 0
nps score asked.csv --invited rows --by by --format json
grep '"by": "y"' out >y.json
equals "invited rows: of a segment" "$(field y.json invited)/$(field y.json response_rate)" 4/0.75
equals "invited rows: at worst and best" "$(field y.json worst_case)/$(field y.json best_case)" -100/-50
nps score asked.csv --invited 20 --by by --format json
grep '"by": "y"' out >y.json
equals "invited: of a segment nobody knows" "$(field y.json invited)/$(field y.json response_rate)" null/null
printf 'by;invited\nx;8\ny;10\nz;2\n' >invitations.csv
notes "invitations: who is not there" '1 line is for no segment of the answers, such as "z": 2 invitations that count in the total only' \
    score asked.csv --by by --invitations invitations.csv --format json
equals "invitations: the total" "$(total out invited)/$(total out response_rate)" 20/0.3
grep '"by": "x"' out >x.json
equals "invitations: a segment" "$(field x.json response_rate)" 0.375
nps score asked.csv --by by --invitations invitations.csv --format csv -q
equals "invitations: csv" "$(sed -n 2p out | cut -d, -f19-20)" 8,0.375
prints "invitations: the table" "37.5%" score asked.csv --by by --invitations invitations.csv --format table -q
prints "ends: the table" "0: 33.3%, 10: 16.7% of the answers" score asked.csv --format table
# Weighted: rate 0.5 of 6 of 12; the score is that of the weights.
printf 'score,w\n10,3\n0,1\n' >weighted.csv
nps score weighted.csv -w w --invited 4 --format json
equals "invited: weighted" "$(total out nps)/$(total out worst_case)/$(total out best_case)" 50/-25/75
equals "ends: weighted" "$(total out lowest_share)/$(total out highest_share)" 0.25/0.75
printf 'score\n\n\n' >nobody.csv
nps score nobody.csv --invited 5 --format json -q
equals "invited: nobody answered" "$(total out response_rate)/$(total out worst_case)/$(total out best_case)" 0/-100/100

refuses "invited: fewer than answered" 2 "--invited 5: more than that responded" score asked.csv --invited 5
refuses "invited: what?" 2 "expected how many were invited, or rows" score asked.csv --invited some
refuses "invitations without segments" 2 "is about segments: name them with --by" score asked.csv --invitations invitations.csv
refuses "invited twice" 2 "give one of them" score asked.csv --by by --invited 20 --invitations invitations.csv
printf 'by,invited\nx,many\n' >bad.csv
refuses "invitations: a number" 1 'bad.csv: row 2, column "invited": "many"' score asked.csv --by by --invitations bad.csv
printf 'by,invited\nx,9\nx,9\n' >bad.csv
refuses "invitations: twice" 1 'bad.csv: row 3, column "invited": "9": a second line for "x"' score asked.csv --by by --invitations bad.csv
printf 'by,invited\nx,1\ny,9\n' >bad.csv
refuses "invitations: fewer than answered" 1 'bad.csv: row 2, column "invited": "1": more than that responded in "x"' score asked.csv --by by --invitations bad.csv
printf 'by,invited\nx,0\nx,9\n' >bad.csv
refuses "invitations: none, but answers" 1 'row 2, column "invited": "0": more than that responded' score asked.csv --by by --invitations bad.csv
for number in -1 2.5 nan 1e17 ''; do
    printf 'by,invited\nx,%s\n' "$number" >bad.csv
    refuses "invitations: $number" 1 'expected how many were invited, a whole number' score asked.csv --by by --invitations bad.csv
done
printf 'region,invited\nx,9\n' >bad.csv
refuses "invitations: another column" 2 'bad.csv: no column "by"' score asked.csv --by by --invitations bad.csv
refuses "invitations: rows of JSON" 1 'rows.jsonl: expected a CSV' score asked.csv --by by --invitations "$(echo '{"by": "x"}' >rows.jsonl; echo rows.jsonl)"
refuses "invitations and answers from standard input" 2 '- is given 2 times' score - --by by --invitations -
refuses "invited rows of counts" 2 '--counts has no rows' score --counts 1,2,3 --invited rows
# What a message says of a hidden segment must not be how many responded.
nps score asked.csv --by by --min-n 100 --invited 5 --format csv
equals "invited: a hidden total is not held against it" "$status" 0
test_that "invited: nor told" lacks err "6"

# A segment that the file does not have: neither its rate nor the total's is known.
printf 'by,invited\nx,8\n' >some.csv
notes "invitations: a segment that is not there" 'no line for 1 of 2 segments, such as "y"' score asked.csv --by by --invitations some.csv --format json
equals "invitations: then the total is not known" "$(total out invited)/$(total out response_rate)/$(total out worst_case)" null/null/null
grep '"by": "y"' out >y.json
equals "invitations: nor the segment" "$(field y.json invited)/$(field y.json response_rate)" null/null
grep '"by": "x"' out >x.json
equals "invitations: but the other" "$(field x.json invited)/$(field x.json response_rate)" 8/0.375
# Of what --where leaves out nobody is counted.
nps score asked.csv --by by --where by=x --invitations invitations.csv --format json
equals "invitations: with --where" "$(total out invited)/$(total out response_rate)" 8/0.375
test_that "invitations: which is told" has err '2 lines are for no segment of the answers, such as "y": 12 invitations that are left out'

# Folded and summed up as the segments are: x is 10 9 8, y is 0 0 6, z is 5; a, b and a.
printf 'by,c,score\nx,a,10\nx,a,9\nx,b,8\ny,a,0\ny,a,0\ny,b,6\nz,a,5\n' >cells.csv
printf 'by,c,invited\nx,a,4\nx,b,2\ny,a,2\ny,b,10\nz,a,1\n' >cells_invited.csv
nps score cells.csv --by by,c --invitations cells_invited.csv --cube --format csv
cut -d, -f1-3,20-21 out | tr -d '"' >rates
equals "invitations: margins of a cube" "$(grep '(all)' rates | tr '\n' ' ')" \
    "(all),(all),7,19,0.3684210526315789 (all),a,5,7,0.7142857142857143 (all),b,2,12,0.16666666666666666 x,(all),3,6,0.5 y,(all),3,12,0.25 z,(all),1,1,1 "
nps score cells.csv --by by,c --invitations cells_invited.csv --fold 2 --format csv
cut -d, -f1-3,20-21 out | tr -d '"' >rates
equals "invitations: folded" "$(tail -n +2 rates | tr '\n' ' ')" \
    "x,a,2,4,0.5 x,(other),1,2,0.5 y,a,2,2,1 y,(other),1,10,0.1 z,(other),1,1,1 "
grep -v '^y,b' cells_invited.csv >some.csv
nps score cells.csv --by by,c --invitations some.csv --cube --format csv -q
cut -d, -f1-3,20-21 out | tr -d '"' >rates
equals "invitations: a margin over what is not known is not" "$(grep '(all)' rates | tr '\n' ' ')" \
    "(all),(all),7,, (all),a,5,7,0.7142857142857143 (all),b,2,, x,(all),3,6,0.5 y,(all),3,, z,(all),1,1,1 "
nps score cells.csv --by by,c --cube --invited 20 --format csv
equals "invited: the whole of a cube is the total" "$(cut -d, -f1,2,20,21 out | tr -d '"' | grep 20 | tr '\n' ' ')" "(all),(all),20,0.35 "

# The rows of a state were asked too.
nps tally asked.csv --by by -o asked.nps
for given in "--invited rows" "--invitations invitations.csv" "--invited 12"; do
    for format in json csv table md; do
        # shellcheck disable=SC2086
        nps score asked.csv --by by $given --format "$format" -q
        cp out scored
        # shellcheck disable=SC2086
        nps merge asked.nps $given --format "$format" -q
        test_that "$given: merge, $format" cmp -s scored out
    done
done
nps score asked.csv --by by --invited rows --format jsonl -q
equals "invited: JSON lines" "$(sed -n '/"x"/p' out >x.json; field x.json invited)" 4
# Hidden with all else: y has 3 of 4, and so has x.
nps score asked.csv --by by --invited rows --min-n 4 --format json -q
equals "invited: not of what is hidden" "$(grep '"by": "x"' out | grep -o '"invited".*')" '"invited": null, "response_rate": null, "worst_case": null, "best_case": null},'
prints "invited: Markdown" '| 3 | 0 | 1 | 2 | +67 | -27 ... +94 | 1 | 0 | 75.0% | +25 ... +75 |' score asked.csv --by by --invited rows --format md -q
printf 'score,w\n10,0\n0,0\n' >zero.csv
nps score zero.csv -w w --invited 4 --format json -q
equals "invited: weights of 0 only" "$(total out invited)/$(total out response_rate)/$(total out worst_case)" 4/0.5/null
# 999 of 1000 is not 100%, and 1 of 10000 not 0%.
prints "invited: nearly all is not all" '99.97%' score --counts 9997,0,0 --invited 10000 --format table
prints "invited: nearly none is not none" '0.003%' score --counts 3,0,0 --invited 100000 --format table

# Of a survey design as of weights: 2 of 4 invited, 3 to 1 in weight.
printf 'score,w,s\n10,3,a\n0,1,a\n' >designed.csv
nps score designed.csv -w w --strata s --invited 4 --format json -q
equals "invited: a survey design" "$(total out nps)/$(total out worst_case)/$(total out best_case)" 50/-25/75
equals "ends: a survey design" "$(total out lowest_share)/$(total out highest_share)" 0.25/0.75
printf 'score\n1\n5\n5\n4\n' >five.csv
prints "ends: of another scale" "1: 25.0%, 5: 50.0% of the answers" score five.csv --scale 1-5 --format table
prints "ends: weighted, in the table" "0: 25.0%, 10: 75.0% of the answers, weighted" score weighted.csv -w w --format table
nps score --counts 1,2,3 --format json
equals "ends: of counts nobody knows" "$(total out lowest_share)/$(total out highest_share)" null/null
nps score --counts 1,2,3 --format table
test_that "ends: nor the table" lacks out "of the answers"
printf "score\n" >unanswered.csv
nps score unanswered.csv --format json -q
equals "ends: no answers" "$(total out lowest_share)/$(total out highest_share)" null/null
