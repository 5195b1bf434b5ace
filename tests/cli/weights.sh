# shellcheck shell=sh disable=SC2016,SC2154
# nps weights: the reference, real files, rows as they stood, reports, each fault.
rm -f no.csv


designs=$root/tests/reference/design

# apart FILE COLUMN COLUMN: the largest relative distance of two columns.
apart() { awk -F, -v a="$2" -v b="$3" 'NR > 1 { d = ($a - $b) / $b; if (d < 0) d = -d; if (d > m) m = d } END { print (NR > 1 ? m + 0 : 9) }' "$1"; }

# targets ROW...: a CSV of margins in t.csv.
targets() { { printf 'margin,category,total\n'; printf '%s\n' "$@"; } >t.csv; }

# The reference: raked, and post-stratified by age as cells of one column.
nps weights "$designs/rake.csv" -s answer -w weight --targets "$designs/rake_targets.csv" --column new -o raked.csv --format json
cp out report.json
near "reference: raked" "$(apart raked.csv 8 5)" 0 1e-8
near "reference: effective size" "$(field report.json effective_n)" 133.4202366888701 1e-7 # rake_expected.csv
near "reference: design effect" "$(field report.json design_effect)" 1.124267230538596 1e-9
near "reference: the score told" "$(sed -n '/"after": {"resp/p' report.json >a.json; field a.json nps)" 5.421172799625963 1e-8
nps score raked.csv -s answer -w new --format json
near "reference: and that nps score finds" "$(total out nps)" 5.421172799625963 1e-8
near "reference: with its effective size" "$(total out effective_n)" 133.4202366888701 1e-7
cut -d, -f1-7 raked.csv >before
test_that "reference: all columns are as they were" cmp -s before "$designs/rake.csv"
{ echo age,total; grep ^age, "$designs/rake_targets.csv" | cut -d, -f2,3; } >cells.csv
nps weights "$designs/rake.csv" -s answer -w weight --targets cells.csv --column new -q
near "reference: post-stratified" "$(apart out 8 6)" 0 1e-12
cp out poststratified.csv
nps score poststratified.csv -s answer -w new --format json
near "reference: the score of these" "$(total out nps)" 5.725140275832538 1e-8
near "reference: its effective size" "$(total out effective_n)" 140.6277966723898 1e-7
# Weights in full: they read back as the sums that the report was made of, to the last digit.
nps score raked.csv -s answer -w new --format json
equals "reference: weights in full" "$(total out nps)" "$(field a.json nps)"

nps weights "$designs/rake.csv" -s answer -w weight --targets "$designs/rake_targets.csv" --column new --total 1 -q
equals "total: what they add up to" "$(awk -F, 'NR > 1 { sum += $8 } END { printf "%.9f", sum }' out)" 1.000000000
# Shares of two margins that add up to 1 and 100.
targets age,18-34,.31 age,35-54,.36 age,55+,.33 sex,f,51 sex,m,49
nps weights "$designs/rake.csv" -s answer -w weight --targets t.csv --column new --total 1500 -q
near "total: shares will do" "$(apart out 8 5)" 0 1e-8
nps weights "$designs/rake.csv" -s answer -w weight --targets "$designs/rake_targets.csv" --column new --lowest .6 --highest 1.6 -o bounded.csv --format json
near "bounds: lowest" "$(field out smallest)" 0.6 1e-12
near "bounds: highest" "$(field out largest)" 1.6 1e-12
awk -F, 'NR > 1 { sum[$1] += $8; sum[$2] += $8; n[$8 / 10]++ } END { for (c in sum) print c, sum[c] }' bounded.csv | sort >sums
near "bounds: the margins hold" "$(awk '$1 == "f" { print $2 }' sums)" 765 1e-6
near "bounds: both of them" "$(awk '$1 == "55+" { print $2 }' sums)" 495 1e-6
equals "bounds: how many stand there" "$(field out at_bounds)" "$(awk -F, 'NR > 1 { w = $8 / 10; n += w < .6 + 1e-9 || w > 1.6 - 1e-9 } END { print n }' bounded.csv)"

# Cells of two columns: each weight is the cell's total over how many are in it.
printf 'score,sex,age\n9,f,old\n3,f,old\n10,m,old\n7,m,\n,f,old\n12,m,old\n6,f,young\n' >small.csv
printf 'sex,age,total\nf,old,3\nm,old,5\nm,,1\nf,young,.25\n' >small_cells.csv
nps weights small.csv --targets small_cells.csv -q
equals "cells: total over count" "$(cut -d, -f4 out | tr '\n' ' ')" "weight 1.5 1.5 5 1   0.25 "
notes "cells: an invalid answer is told of" '1 invalid answer on the scale 0-10: "12"' weights small.csv --targets small_cells.csv
nps weights small.csv --targets small_cells.csv -o w.csv --format json -q
test_that "cells: JSON" has out '{"category": ["m", null], "responses": 1, "before": 0.2, "target": 0.10810810810810811, "after": 0.10810810810810811}'
nps weights small.csv --targets small_cells.csv --rejects rejects.csv -q
equals "cells: rejects" "$(tail -n 1 rejects.csv | tr -d '"')" "small.csv,7,score,12,off the scale"
nps weights small.csv --targets small_cells.csv --max-invalid 10 -q
equals "cells: too many invalid" "$status/$(tail -n 1 err)" "3/nps: 16.7% of the answers are invalid, more than --max-invalid 10"
# A base weight of 0 stays, and needs no target.
printf 'score,a,w\n9,x,2\n3,x,1\n9,nobody,0\n' >zero.csv
targets a,x,6
nps weights zero.csv -w w --targets t.csv -q
equals "base: 0 stays 0" "$(cut -d, -f4 out | tr '\n' ' ')" "weight 4 2 0 "

# Rows as they stood: semicolons, quotes, line breaks, a mark, CRLF; rows without an answer get an empty cell.
printf '\357\273\277id;score;"a;b";text\r\n1;9;x;"two\nlines"\r\n2;;y;"say ""hi"""\r\n3;0;y;"quoted for nothing"\r\n4;7; y ; edge\r\n' >odd.csv
targets 'a;b,x,1' 'a;b,y,3'
cp t.csv odd_targets.csv
nps weights odd.csv --targets odd_targets.csv -q
printf '\357\273\277id;score;"a;b";text;weight\r\n1;9;x;"two\nlines";1\r\n2;;y;"say ""hi""";\r\n3;0;y;"quoted for nothing";1.5\r\n4;7; y ; edge;1.5\r\n' >wanted.csv
test_that "as it was: bytes" cmp -s out wanted.csv
nps_input odd.csv weights - --targets odd_targets.csv -q
test_that "as it was: from standard input" cmp -s out wanted.csv
status=0
# shellcheck disable=SC2002
cat odd.csv | "$NPS" weights - --targets odd_targets.csv -q >out 2>err || status=$?
test_that "as it was: from a pipe" cmp -s out wanted.csv
if mkfifo pipe 2>/dev/null; then
    cat odd.csv >pipe &
    nps weights pipe --targets odd_targets.csv -q
    wait
    test_that "as it was: from a named pipe" cmp -s out wanted.csv
fi
nps_input odd_targets.csv weights odd.csv --targets - -q
test_that "as it was: targets from standard input" cmp -s out wanted.csv
cp odd.csv same.csv
nps weights same.csv --targets odd_targets.csv -o same.csv -q
test_that "as it was: onto itself" cmp -s same.csv wanted.csv
nps weights odd.csv odd.csv --targets odd_targets.csv -q
equals "two files: one header" "$(grep -c . out)/$(grep -c weight out)" 11/1
nps weights odd.csv --targets odd_targets.csv --where id!=4 -q
equals "--where leaves rows out" "$(grep -c '^4' out)/$(sed -n 5p out | cut -d';' -f5 | tr -d '\r')" 0/3
nps weights odd.csv --targets odd_targets.csv --column 'w;"x"' -q
equals "--column is quoted where it must be" "$(head -n 1 out | sed 's/^...//' | tr -d '\r')" 'id;score;"a;b";text;"w;""x"""'
# Blank lines are none, a last line may lack its end, and lines may end in CR alone.
targets a,x,1 a,y,3
printf '\nscore,a\n\n9,x\n\n\n3,y\n7,y' >blank.csv
nps weights blank.csv --targets t.csv -q
equals "blank lines" "$(tr '\n' '|' <out)" "score,a,weight|9,x,1|3,y,1.5|7,y,1.5|"
printf 'score,a\r9,x\r3,y\r7,y\r' >cr.csv
nps weights cr.csv --targets t.csv -q
equals "lines that end in CR" "$(tr '\r' '|' <out)" "score,a,weight|9,x,1|3,y,1.5|7,y,1.5|"
nps weights blank.csv cr.csv --targets t.csv -q
equals "lines end as those of the first file" "$(tr '\n\r' '|!' <out)" "score,a,weight|9,x,0.5|3,y,0.75|7,y,0.75|9,x,0.5|3,y,0.75|7,y,0.75|"
# One column: an empty line is an empty answer, and is kept.
printf 'score\n9\n\n3\n\n' >single.csv
targets score,9,1 score,3,2
nps weights single.csv --targets t.csv -q
equals "one column" "$(tr '\n' '|' <out)" "score,weight|9,1|,|3,2|"
# A row of more than one piece of the file (128 KB), in quotes, and cells over the pieces' edges.
awk 'BEGIN { print "score,a,text"; for (i = 0; i < 3; i++) { printf "%d,x,\"", 8 + i; for (j = 0; j < 30000; j++) printf "0123\"\"5\n"; print "\"" } }' >long.csv
targets a,x,3
nps weights long.csv --targets t.csv -q
sed 's/^",1$/"/; s/,weight$//' out >before
test_that "long rows" cmp -s before long.csv
equals "long rows: weights" "$(grep -c '^",1$' out)" 3

# The sample data: Persian and Chinese names, a category that is no value.
survey=$root/examples/data/survey.csv
{ echo margin,category,total
  for r in Berlin Nairobi "São Paulo" اصفهان تهران 上海 北京; do echo "region,$r,10"; done; echo "region,,10"
  echo channel,email,40; echo channel,chat,20; echo channel,sms,10; echo channel,phone,10; } >survey_targets.csv
nps weights "$survey" --targets survey_targets.csv -w weight --column raked -o survey_raked.csv --format csv -q
near "sample data: every share is met" "$(awk -F, 'NR > 1 { d = $5 - $6; if (d < 0) d = -d; if (d > m) m = d } END { print m + 0 }' out)" 0 1e-9
equals "sample data: the report" "$(sed -n '1p;9p' out)" "margin,category,responses,before,target,after
$(sed -n 9p out | sed 's/^region,,10,/region,,10,/')"
nps score survey_raked.csv -w raked --by region --format json -q
near "sample data: regions weigh alike" "$(grep '"region": "上海"' out >r.json; field r.json weight)" 10 1e-8
near "sample data: no value too" "$(grep '"region": null' out >r.json; field r.json weight)" 10 1e-8
nps score survey_raked.csv --where raked= --format json -q
equals "sample data: no weight without an answer" "$(total out responses)/$(total out missing)/$(total out invalid)" 0/58/1
# Some comments have line breaks: a row ends where its quotes do.
tr -d '\r' <survey_raked.csv | awk '{ q += gsub(/"/, "\""); if (q % 2 == 0) sub(/,[^,]*$/, ""); print }' >before
tr -d '\r' <"$survey" >expected
test_that "sample data: as it was" cmp -s before expected
LC_ALL=C.UTF-8 nps weights "$survey" --targets survey_targets.csv -w weight --column raked -o survey_raked.csv --format table -q
test_that "sample data: the table" grep -q "^region   $(printf '\342\201\250')تهران$(printf '\342\201\251')  *132 .* 12.5%  12.5%$" out
test_that "sample data: the table, no value" grep -qE '^region   \(no value\) +10 .* 12.5%$' out
test_that "sample data: no blanks at the ends of lines" test -z "$(grep ' $' out)"

# A real survey of some hundred columns, raked by sex and age: rows that have an answer and both.
if [ -d "$SHARED/data" ]; then
    sfo=$SHARED/data/sfo_2017.csv
    targets Q20GENDER,1,480 Q20GENDER,2,500 Q20GENDER,4,20 Q19AGE,2,180 Q19AGE,3,230 Q19AGE,4,190 Q19AGE,5,170 Q19AGE,6,150 Q19AGE,7,80
    set -- -s NETPRO --missing 11 --where Q20GENDER!=0 --where Q20GENDER!=3 --where Q19AGE!=1 --where Q19AGE!=8 \
        --where Q19AGE!=0 --where Q19AGE!= --where Q20GENDER!=
    nps weights "$sfo" "$@" --targets t.csv --column RAKED -o sfo.csv --format json
    cp out report.json
    equals "SFO 2017: done" "$status" 0
    sed 's/,[^,]*$//' sfo.csv | tr -d '\r' >before
    # The same rows by awk: the columns of sex and age count from the right, where no cell has quotes.
    tr -d '\r' <"$sfo" | awk -F, 'NR == 1 { n = NF; for (i = 1; i <= NF; i++) { if ($i == "Q20GENDER") g = NF - i; if ($i == "Q19AGE") a = NF - i }; print; next }
        { s = $(NF - g); y = $(NF - a); if (s != 0 && s != 3 && s != "" && y != "" && y != 0 && y != 1 && y != 8) print }' >expected
    test_that "SFO 2017: rows as they were" cmp -s before expected
    equals "SFO 2017: lines end as they did" "$(tr -cd '\r' <sfo.csv | wc -c)" "$(wc -l <sfo.csv)"
    # The margins, and that weights are products: w(sex, age) w(1, 3) = w(sex, 3) w(1, age). Both hold of one set only.
    tr -d '\r' <sfo.csv | awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) { if ($i == "Q20GENDER") g = NF - i; if ($i == "Q19AGE") a = NF - i }; next }
        $NF != "" {
            s = $(NF - g); y = $(NF - a); sum["s" s] += $NF; sum["y" y] += $NF
            if ((s, y) in w && w[s, y] != $NF) bad = 1
            w[s, y] = $NF
        }
        END {
            split("s1 480 s2 500 s4 20 y2 180 y3 230 y4 190 y5 170 y6 150 y7 80", t, " ")
            for (i = 1; i < 18; i += 2) { d = sum[t[i]] / t[i + 1] - 1; if (d < 0) d = -d; if (d > 1e-9) { print "# " t[i] " is off by " d; bad = 1 } }
            for (c in w) { split(c, k, SUBSEP); d = w[c] * w[1, 3] / (w[k[1], 3] * w[1, k[2]]) - 1; if (d > 1e-9 || -d > 1e-9) bad = 1; cells++ }
            exit bad || cells < 15
        }'
    equals "SFO 2017: raked" $? 0
    nps score sfo.csv -s NETPRO --missing 11 -w RAKED --format json -q
    near "SFO 2017: the score told" "$(total out nps)" "$(sed -n '/"after": {"resp/p' report.json >a.json; field a.json nps)" 1e-9
    near "SFO 2017: what they add up to" "$(total out weight)" 1000 1e-6
else
    skip "SFO 2017" "there is no $SHARED/data"
fi

# The report.
targets a,x,1 a,y,3
nps weights blank.csv --targets t.csv -o w.csv --format json
test_that "report: JSON" has out '"rows": 3, "responses": 3, "rounds": 1, "converged": true, "distance": 0,'
test_that "report: JSON, weights" has out '"smallest": 0.75, "largest": 1.125, "at_bounds": 0,'
test_that "report: JSON, margins" has out '{"margin": "a", "categories": ['
test_that "report: JSON, a category" has out '{"category": "y", "responses": 2, "before": 0.6666666666666666, "target": 0.75, "after": 0.75}'
# 9 of 1, 3 and 7 of 1.5: 100 (1 - 1.5) / 4; before 0. Kish: 16 / 5.5, and 3 times 5.5 / 16.
equals "report: scores" "$(sed -n '/"before": {"resp/p' out >a.json; field a.json nps)/$(sed -n '/"after": {"resp/p' out >a.json; field a.json nps)" "0/-12.5"
near "report: effective n" "$(field out effective_n)" 2.909090909090909 1e-12
near "report: design effect" "$(field out design_effect)" 1.03125 1e-12
if command -v python3 >/dev/null; then
    test_that "report: JSON parses" python3 -c 'import json; json.load(open("out"))'
fi
nps weights blank.csv --targets t.csv -o w.csv --format jsonl
equals "report: JSON lines" "$(cat out)" '{"margin": "a", "category": "x", "responses": 1, "before": 0.3333333333333333, "target": 0.25, "after": 0.25}
{"margin": "a", "category": "y", "responses": 2, "before": 0.6666666666666666, "target": 0.75, "after": 0.75}'
nps weights blank.csv --targets t.csv -o w.csv --format csv
equals "report: CSV" "$(cat out)" 'margin,category,responses,before,target,after
a,x,1,0.3333333333333333,0.25,0.25
a,y,2,0.6666666666666666,0.75,0.75'
nps weights blank.csv --targets t.csv -o w.csv --format md
equals "report: Markdown" "$(cat out)" '| margin | category | n | before | target | after |
| --- | --- | ---: | ---: | ---: | ---: |
| a | x | 1 | 33.3% | 25.0% | 25.0% |
| a | y | 2 | 66.7% | 75.0% | 75.0% |

3 answers, effective n 2.9, design effect 1.031; 1 round; weights from 0.75 to 1.12 times the mean; NPS 0.0 before, -12.5 after'
nps weights blank.csv --targets t.csv -o w.csv --format table
equals "report: table" "$(cat out)" 'margin  category  n  before  target  after
a       x         1   33.3%   25.0%  25.0%
a       y         2   66.7%   75.0%  75.0%

3 answers, effective n 2.9, design effect 1.031; 1 round
weights from 0.75 to 1.12 times the mean
NPS 0.0 before, -12.5 after'
nps weights blank.csv --targets t.csv -o w.csv --format table --highest 1.125
test_that "report: bounds" has out 'weights from 0.75 to 1.12 times the mean, 2 at a bound'
notes "report: a note beside the rows" '3 answers, effective n 2.9, design effect 1.031; 1 round; weights from 0.75' weights blank.csv --targets t.csv
nps weights blank.csv --targets t.csv -q
equals "report: quiet" "$(cat err)" ""

# Each fault by name, and nothing half done.
printf 'score,w,a\n9,1,x\n3,1,y\n' >two.csv
targets a,x,1
refuses "fault: no target" 1 'two.csv: row 3, column "a": "y" has no total in t.csv: give it one, or leave such rows out with --where' \
    weights two.csv --targets t.csv
printf 'sex,age,total\nf,old,3\nm,old,5\nf,young,1\n' >no_cell.csv
refuses "fault: no target of a cell" 1 'small.csv: row 5, column "sex" and "age": "m", (no value) has no total in no_cell.csv' \
    weights small.csv --targets no_cell.csv -q
targets a,x,1 a,y,1 a,z,1
refuses "fault: nobody" 1 't.csv: row 4: nobody with an answer and a weight is in "z" of "a": merge it with another category' \
    weights two.csv --targets t.csv
targets a,x,1 a,x,1 a,y,1
refuses "fault: twice" 1 't.csv: row 3: "x" of "a" is there twice: give it one total' weights two.csv --targets t.csv
targets a,x,1 a,y,1 w,1,3
refuses "fault: sums differ" 1 't.csv: the totals of "a" add up to 2, those of "w" to 3: make them agree, or take them as shares with --total' \
    weights two.csv --targets t.csv
# y is to have .9 of all weight and is half of the rows: 1.8 times the mean.
targets a,x,1 a,y,9
refuses "fault: highest" 1 't.csv: row 3: to meet its total, "y" of "a" needs weights of 1.8 times the mean, and --highest is 1.5: raise it' \
    weights two.csv --targets t.csv --highest 1.5
refuses "fault: lowest" 1 't.csv: row 2: to meet its total, "x" of "a" needs weights of 0.2 times the mean, and --lowest is 0.5: lower it' \
    weights two.csv --targets t.csv --lowest .5
printf 'score,a,b\n9,x,p\n3,y,q\n' >tied.csv
targets a,x,1 a,y,1 b,p,1.5 b,q,.5
refuses "fault: contradiction" 1 'off its total: the margins contradict one another; merge it with another category, or leave a margin out' \
    weights tied.csv --targets t.csv
refuses "fault: contradiction within bounds" 1 'the margins contradict one another with this --highest' \
    weights tied.csv --targets t.csv --highest 2
targets a,x,1 a,y,-1
refuses "fault: a negative total" 1 't.csv: row 3, column "total": "-1": expected a number above 0' weights two.csv --targets t.csv
targets a,x,1 a,y,0
refuses "fault: a total of 0" 1 'where nobody is, leave the category out' weights two.csv --targets t.csv
targets a,x,1 a,y,one
refuses "fault: a total that is none" 1 't.csv: row 3, column "total": "one": expected a number' weights two.csv --targets t.csv
targets a,x,1 'a,y,"1,5"'
refuses "fault: a decimal comma" 1 'write decimals with a point' weights two.csv --targets t.csv
targets ,x,1
refuses "fault: no margin" 1 't.csv: row 2, column "margin": "": expected a column of the data' weights two.csv --targets t.csv
printf 'margin,category\na,x\n' >t.csv
refuses "fault: no totals" 2 "expected the columns margin, category, total; or, for cells, columns of the data and then total" \
    weights two.csv --targets t.csv
printf 'a,a,total\nx,x,1\n' >t.csv
refuses "fault: a column twice" 2 't.csv: there are two columns "a"' weights two.csv --targets t.csv
printf 'a,,total\nx,x,1\n' >t.csv
refuses "fault: a column without a name" 2 't.csv: column 2 has no name' weights two.csv --targets t.csv
printf '1,2,3,4,5,6,7,8,9,total\n' >t.csv
refuses "fault: too many columns" 2 't.csv: cells of more than 8 columns' weights two.csv --targets t.csv
printf 'a,total\n' >t.csv
refuses "fault: no row" 1 't.csv: there is no total below the header' weights two.csv --targets t.csv
printf '{"a": 1}\n' >t.jsonl
refuses "fault: targets that are no CSV" 1 't.jsonl: expected a CSV of totals' weights two.csv --targets t.jsonl
refuses "fault: targets that are not there" 1 'nix.csv: cannot be opened' weights two.csv --targets nix.csv
printf '\nmargin,category,total\n\na,x,1\na,y,1\n' >t.csv
prints "targets: blank lines" '3,1,y,1' weights two.csv --targets t.csv --column new -q
printf 'Margin;Category;Total\na;x;1\na;y;1\n' >t.csv
prints "targets: semicolons, and names in any case" '3,1,y,1' weights two.csv --targets t.csv --column new -q
targets aa,x,1
refuses "fault: no such column" 2 'two.csv: no column "aa"; the nearest of 3: "a"' weights two.csv --targets t.csv
targets a,x,1 a,y,1
refuses "fault: the column is there" 2 'two.csv: there is a column "w" already: name another with --column, or drop it' \
    weights two.csv --targets t.csv --column w -o no.csv
refuses "fault: a column without a name" 2 '--column: expected a name' weights two.csv --targets t.csv --column ''
refuses "fault: weights too large" 1 'two.csv: row 2: its weight of 5e+29 is too large: choose another --total' \
    weights two.csv --targets t.csv --total 1e30 -o no.csv
refuses "fault: weights too small" 1 'is too small: choose another --total' weights two.csv --targets t.csv --total 1e-30 -o no.csv
printf 'score,a,w\n9,x,1\n' >other.csv
refuses "fault: another header" 1 'other.csv: column 2 is "a", in two.csv it is "w": they cannot become one file' \
    weights two.csv other.csv --targets t.csv
refuses "fault: another delimiter" 1 'odd.csv: cells are parted by ";", in two.csv by ",": they cannot become one file' \
    weights two.csv odd.csv --targets t.csv
refuses "fault: more columns" 1 'two.csv has 3 columns, blank.csv has 2: they cannot become one file' weights blank.csv two.csv --targets t.csv
printf 'score,w,a\n9,1,x\n3,1,y,z\n' >ragged.csv
refuses "fault: a row too long" 1 'ragged.csv: row 3 has 4 cells, the header has 3' weights ragged.csv --targets t.csv -o no.csv
test_that "fault: nothing is half done" test ! -e no.csv
for base in '-1:expected a number of 0 or more, below 2^64' '1e20:expected a number of 0 or more, below 2^64' \
    'many:expected a number from 0' '"1,5":write decimals with a point' ':give every answer one'; do
    printf 'score,w,a\n9,%s,x\n3,1,y\n' "${base%%:*}" >bad.csv
    refuses "fault: a base weight: ${base%%:*}" 1 "bad.csv: row 2, column \"w\": the weight is" weights bad.csv -w w --targets t.csv
    test_that "fault: a base weight, what would mend it" has err "${base#*:}"
done
printf 'score,w,a\n9,0,x\n3,0,y\n' >bad.csv
refuses "fault: no weight at all" 1 'no answer has a weight above 0' weights bad.csv -w w --targets t.csv
printf 'score,a\n,x\n' >bad.csv
refuses "fault: no answer" 1 'there is no answer, and so nobody to weight' weights bad.csv --targets t.csv
printf '{"score": 9, "a": "x"}\n' >rows.jsonl
refuses "fault: JSON lines" 1 'rows.jsonl: nps weights reads CSV, and writes it' weights rows.jsonl --targets t.csv
nps tally two.csv -o two.nps
refuses "fault: a state" 1 'two.nps: nps weights reads CSV' weights two.nps --targets t.csv
refuses "fault: no targets" 2 "Name a file with --targets" weights two.csv
refuses "fault: no file" 2 'no file' weights --targets t.csv
refuses "fault: standard input twice" 2 '- is given 2 times: standard input can be read once' weights - - --targets t.csv
refuses "fault: standard input for both" 2 '- is given 2 times' weights - --targets -
refuses "fault: bounds that cannot be" 2 '--highest ".5": expected a multiple of the mean weight, 1 or more' \
    weights two.csv --targets t.csv --highest .5
