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
