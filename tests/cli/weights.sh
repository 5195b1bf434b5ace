# shellcheck shell=sh disable=SC2154
# nps weights: rakes a file.

designs=$root/tests/reference/design

# apart FILE COLUMN COLUMN: the largest relative distance of two columns.
apart() { awk -F, -v a="$2" -v b="$3" 'NR > 1 { d = ($a - $b) / $b; if (d < 0) d = -d; if (d > m) m = d } END { print (NR > 1 ? m + 0 : 9) }' "$1"; }

nps weights "$designs/rake.csv" -s answer -w weight --targets "$designs/rake_targets.csv" --column new -o raked.csv --format json
near "weights: raked as the reference" "$(apart raked.csv 8 5)" 0 1e-8
equals "weights: converged" "$(field out converged)" true
near "weights: effective size" "$(field out effective_n)" 133.4202366888701 1e-7 # rake_expected.csv
near "weights: design effect" "$(field out design_effect)" 1.124267230538596 1e-9
near "weights: the score that they give" "$(field out nps_after)" 5.421172799625963 1e-8
nps score raked.csv -s answer -w new --format json
near "weights: and that score finds" "$(total out nps)" 5.421172799625963 1e-8
{ echo age,total; grep ^age, "$designs/rake_targets.csv" | cut -d, -f2,3; } >cells.csv
nps weights "$designs/rake.csv" -s answer -w weight --targets cells.csv --column new -q
near "weights: poststratified as the reference" "$(apart out 8 6)" 0 1e-12
cut -d, -f1-7 out >before
test_that "weights: all columns are as they were" cmp -s before "$designs/rake.csv"
nps weights "$designs/rake.csv" -s answer -w weight --targets "$designs/rake_targets.csv" --column new --total 1 -q
equals "weights: --total" "$(awk -F, 'NR > 1 { sum += $8 } END { printf "%.9f", sum }' out)" 1.000000000
nps weights "$designs/rake.csv" -s answer -w weight --targets "$designs/rake_targets.csv" --column new --lowest .6 --highest 1.6 -o bounded.csv --format json
near "weights: --lowest" "$(field out smallest)" 0.6 1e-12
near "weights: --highest" "$(field out largest)" 1.6 1e-12
awk -F, 'NR > 1 { sum[$1] += $8; sum[$2] += $8 } END { for (c in sum) print c, sum[c] }' bounded.csv | sort >sums
near "weights: within bounds the margins hold" "$(awk '$1 == "f" { print $2 }' sums)" 765 1e-6
near "weights: both of them" "$(awk '$1 == "55+" { print $2 }' sums)" 495 1e-6

# Odd files come out as they went in: semicolons, quotes, line breaks, a mark, CRLF; rows without an answer get none.
printf '\357\273\277id;score;"a;b";text\r\n1;9;x;"two\nlines"\r\n2;;y;"say ""hi"""\r\n3;0;y;plain\r\n4;7;y;" edge "\r\n' >odd.csv
printf 'margin,category,total\na;b,x,1\na;b,y,3\n' >odd_targets.csv
nps weights odd.csv --targets odd_targets.csv -q
printf 'id;score;"a;b";text;weight\n1;9;x;"two\nlines";1\n2;;y;"say ""hi""";\n3;0;y;plain;1.5\n4;7;y;" edge ";1.5\n' >wanted.csv
test_that "weights: odd cells" cmp -s out wanted.csv
nps_input odd.csv weights - --targets odd_targets.csv -q
test_that "weights: from standard input" cmp -s out wanted.csv
status=0
# shellcheck disable=SC2002
cat odd.csv | "$NPS" weights - --targets odd_targets.csv -q >out 2>err || status=$?
test_that "weights: from a pipe" cmp -s out wanted.csv
nps weights odd.csv odd.csv --targets odd_targets.csv -q
equals "weights: two files are one" "$(grep -c . out)/$(grep -c weight out)" 11/1
nps weights odd.csv --targets odd_targets.csv --where id!=4 -q
equals "weights: --where leaves rows out" "$(grep -c '^4' out)/$(sed -n 5p out | cut -d';' -f5)" 0/3
prints "weights: the table" "a;b     x         1   33.3%   25.0%  25.0%" weights odd.csv --targets odd_targets.csv -o w.csv --format table
notes "weights: what came of it" "3 answers, worth 2.9 (design effect 1.031)" weights odd.csv --targets odd_targets.csv

survey=$root/examples/data/survey.csv
{ echo margin,category,total
  for r in Berlin Nairobi "São Paulo" اصفهان تهران 上海 北京; do echo "region,$r,10"; done; echo "region,,10"
  echo channel,email,40; echo channel,chat,20; echo channel,sms,10; echo channel,phone,10; } >survey_targets.csv
nps weights "$survey" --targets survey_targets.csv -w weight --column raked -o survey_raked.csv --format csv -q
near "weights: sample data, every share is met" "$(awk -F, 'NR > 1 { d = $5 - $6; if (d < 0) d = -d; if (d > m) m = d } END { print m + 0 }' out)" 0 1e-9
nps score survey_raked.csv -w raked --by region --format json -q
near "weights: sample data, regions weigh alike" "$(grep '"region": "上海"' out >r.json; field r.json weight)" 10 1e-8

if [ -d "$SHARED/data" ]; then
    sfo=$SHARED/data/sfo_2017.csv
    awk 'BEGIN { print "margin,category,total" } { print }' >sfo_targets.csv <<END
Q20GENDER,0,.01
Q20GENDER,1,.45
Q20GENDER,2,.45
Q20GENDER,3,.01
Q20GENDER,4,.08
END
    nps weights "$sfo" -s NETPRO --missing 11 --targets sfo_targets.csv --column RAKED --total 1 -q
    if [ "$status" -eq 0 ]; then
        equals "weights: SFO, all columns and one" "$(head -n 1 out | tr ',' '\n' | wc -l)" "$(($(head -n 1 "$sfo" | tr ',' '\n' | wc -l) + 1))"
        equals "weights: SFO, as many lines" "$(wc -l <out)" "$(wc -l <"$sfo")"
        cp out sfo.csv
        nps score sfo.csv -s NETPRO --missing 11 -w RAKED --by Q20GENDER --format json -q
        near "weights: SFO, a margin" "$(grep '"Q20GENDER": "1"' out >r.json; field r.json weight)" .45 1e-9
    else
        fail "weights: SFO"
    fi
else
    skip "weights: SFO" "there is no $SHARED/data"
fi

# Each fault by name.
printf 'score,w,a\n9,1,x\n3,1,y\n' >two.csv
targets() { printf 'margin,category,total\n'; printf '%s\n' "$@"; }
targets a,x,1 >t.csv
refuses "weights: no target" 1 'two.csv: row 3, column "a": "y" has no total in t.csv: give it one, or leave such rows out with --where' \
    weights two.csv --targets t.csv
targets a,x,1 a,y,1 a,z,1 >t.csv
refuses "weights: nobody" 1 't.csv: row 4: nobody with an answer and a weight is in "z" of "a"' weights two.csv --targets t.csv
targets a,x,1 a,y,-1 >t.csv
refuses "weights: a negative total" 1 't.csv: row 3: the total of "y" is -1: expected a number above 0' weights two.csv --targets t.csv
targets a,x,1 a,x,1 a,y,1 >t.csv
refuses "weights: twice" 1 't.csv: row 3: "x" of "a" is there twice' weights two.csv --targets t.csv
targets a,x,1 a,y,1 w,1,3 >t.csv
refuses "weights: sums differ" 1 'the totals of "a" add up to 2, those of "w" to 3' weights two.csv --targets t.csv
targets a,x,1 a,y,9 >t.csv
refuses "weights: bounds" 1 'within --lowest and --highest the weights of "y" of "a" cannot add up' weights two.csv --targets t.csv --highest 1.5
printf 'score,a,b\n9,x,p\n3,y,q\n' >tied.csv
targets a,x,1 a,y,1 b,p,1.5 b,q,.5 >t.csv
refuses "weights: contradiction" 1 "the margins contradict one another" weights tied.csv --targets t.csv
targets a,x,1 a,y,one >t.csv
refuses "weights: a total that is none" 1 't.csv: row 3, total: "one": expected a number' weights two.csv --targets t.csv
printf 'margin,category\na,x\n' >t.csv
refuses "weights: no totals" 2 "expected the columns margin, category, total" weights two.csv --targets t.csv
targets nix,x,1 >t.csv
refuses "weights: no such column" 2 'no column "nix"' weights two.csv --targets t.csv
targets a,x,1 a,y,1 >t.csv
refuses "weights: the column is there" 2 'there is a column "w" already: name another with --column' weights two.csv --targets t.csv --column w -o no.csv
test_that "weights: nothing is half done" test ! -e no.csv
printf 'score,w,a\n9,-1,x\n3,1,y\n' >bad.csv
refuses "weights: a negative weight" 1 'bad.csv: row 2, column "w": the weight is "-1"' weights bad.csv -w w --targets t.csv
refuses "weights: no targets" 2 "Name a file with --targets" weights two.csv
printf 'score,a,w\n9,x,1\n' >other.csv
refuses "weights: another header" 1 "its header is not that of two.csv" weights two.csv other.csv --targets t.csv -o no.csv
printf '{"score": 9, "a": "x"}\n' >rows.jsonl
refuses "weights: JSON lines" 1 "reads and writes CSV" weights rows.jsonl --targets t.csv
