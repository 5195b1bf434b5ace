# shellcheck shell=sh disable=SC2154
# nps tally and nps merge: a thousand machines as one.

# 5000 rows, seeded; every kind of cell.
awk 'BEGIN {
    srand(7); print "id,region,channel,score,w"
    for (i = 0; i < 5000; i++) {
        r = int(rand() * 9); s = int(rand() * 12); if (s == 11) s = rand() < .5 ? "" : "x"
        printf "%d,%s,%s,%s,%.6f\n", i, r ? "r" r : "", rand() < .5 ? "a" : "b", s, rand() * 3
    }
}' >whole.csv
# part0.csv to part9.csv, each with the header, of uneven lengths.
awk 'NR == 1 { for (i = 0; i < 10; i++) print > ("part" i ".csv"); next }
     { print > ("part" int(9.999 * (NR % 97) * (NR % 89) / (96 * 88)) ".csv") }' whole.csv

# merges NAME ARGUMENT...: ten tallies merged tell what the whole tells, in every format.
merges()
{
    merged=$1
    shift
    for i in 0 1 2 3 4 5 6 7 8 9; do nps tally "part$i.csv" "$@" -q -o "part$i.nps"; done
    for format in json table csv jsonl md; do
        nps score whole.csv "$@" -q --format "$format"
        cp out whole.out
        nps merge part[0-9].nps -q --format "$format" -o merged.nps
        test_that "merge: $merged: $format" cmp -s out whole.out
    done
    nps score merged.nps -q --format json
    cp out merged.out
    nps score whole.csv "$@" -q --format json
    test_that "merge: $merged: score of the merged state" cmp -s out merged.out
    nps tally whole.csv "$@" -q -o whole.nps
    test_that "merge: $merged: the state is the same to the byte" cmp -s merged.nps whole.nps
    nps merge part9.nps part1.nps -q -o a.nps
    nps merge part[0-8].nps -q -o b.nps
    nps merge part[2-8].nps -q -o c.nps
    nps merge c.nps part0.nps a.nps -q -o tree.nps
    test_that "merge: $merged: in any order" cmp -s tree.nps whole.nps
}
merges "counts"
merges "segments" --by region
merges "weights" -w w
merges "weighted segments" --by region,channel -w w
merges "another scale" --by channel --scale 1-10

nps tally whole.csv -q -o same.nps
equals "tally says nothing" "$status$(cat out err)" 0
nps_input same.nps score - --format csv -q
equals "a state from standard input" "$(sed -n 2p out | cut -d, -f1)" "$(nps score whole.csv --format csv -q; sed -n 2p out | cut -d, -f1)"
nps merge same.nps same.nps -o same.nps -q
equals "merge into one of its own inputs" "$status" 0
nps score same.nps --format csv -q
doubled=$(sed -n 2p out | cut -d, -f1)
nps score whole.csv --format csv -q
equals "and all is there twice" "$doubled" "$((2 * $(sed -n 2p out | cut -d, -f1)))"
test_that "no temporary file stays" test -z "$(find . -name '*.tmp')"

nps tally whole.csv --kind relational -q -o relational.nps
nps tally whole.csv --kind transactional -q -o transactional.nps
nps tally whole.csv --kind 7 -q -o seven.nps
refuses "relational and transactional" 1 'relational.nps is relational, but transactional.nps is transactional: --mixed' merge relational.nps transactional.nps
refuses "a kind of one's own" 1 'seven.nps is of kind 7' merge seven.nps relational.nps
refuses "no kind is a kind too" 1 'whole.nps is of no kind' merge "$(nps tally whole.csv -q -o whole.nps; echo whole.nps)" relational.nps
nps merge relational.nps transactional.nps --mixed -q --format csv -o mixed.nps
equals "--mixed" "$status $(sed -n 2p out | cut -d, -f1)" "0 $doubled"
nps merge relational.nps relational.nps -q --format csv
equals "one kind" "$status $(sed -n 2p out | cut -d, -f1)" "0 $doubled"
refuses "what is mixed stays mixed" 1 'mixed.nps is of no kind' merge mixed.nps relational.nps

nps tally whole.csv --by region -q -o region.nps
nps tally whole.csv --by channel -q -o channel.nps
nps tally whole.csv -w w -q -o weighted.nps
nps tally whole.csv --scale 1-10 -q -o scale.nps
refuses "by different columns" 1 'region.nps is by "region", but channel.nps is by "channel"' merge region.nps channel.nps
refuses "segments and none" 1 'region.nps is by "region", but whole.nps is by nothing' merge region.nps whole.nps
refuses "weighted and not" 1 'whole.nps is not weighted, but weighted.nps is weighted' merge whole.nps weighted.nps
refuses "another scale" 1 'whole.nps and scale.nps are on different scales' merge whole.nps scale.nps
refuses "merge of rows" 1 'whole.csv: not a state: nps tally makes one' merge whole.nps whole.csv
refuses "tally of a state" 1 'whole.nps: a state already' tally whole.nps -o x.nps
refuses "score of both" 1 'states and rows together' score whole.csv whole.nps
refuses "row options on a state" 2 '--by is about rows, but whole.nps is a state' score whole.nps --by region

size=$(wc -c <region.nps)
for cut in 0 1 15 16 40 $((size / 2)) $((size - 1)); do
    head -c "$cut" region.nps >cut.nps
    refuses "a state cut at $cut bytes" 1 'cut.nps: ' merge cut.nps
done
{ cat region.nps; printf x; } >longer.nps
refuses "a state with a byte too many" 1 'longer.nps: ' merge longer.nps
for at in 0 5 17 60 $((size / 2)) $((size - 2)); do
    { head -c "$at" region.nps; printf '\251'; tail -c +$((at + 2)) region.nps; } >altered.nps
    refuses "a state altered at byte $at" 1 'altered.nps: ' merge altered.nps
done
refuses "a state where there is no directory" 1 'no/x.nps: cannot be written' tally whole.csv -q -o no/x.nps
cp whole.nps kept.nps
nps tally short.csv -q -o kept.nps
test_that "a tally that fails leaves the old state" cmp -s kept.nps whole.nps
