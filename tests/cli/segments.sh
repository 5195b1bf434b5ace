# shellcheck shell=sh disable=SC2154
# --min-n, --fold, --cube, --top, --bottom and --account.

survey=$root/examples/data/survey.csv

# awk's counts of the answers 0 to 10, whatever their digits: those that nps itself takes as such are in its histogram,
# so only plain ones are looked at here: region Berlin has no others.
nps score "$survey" --by region --min-n 60 --format csv -q
equals "min-n: two are hidden" "$(grep -c ',true$' out)" 2
equals "min-n: and six shown" "$(grep -c ',false$' out)" 6
test_that "min-n: nothing of a hidden one is told" grep -qE '^"Nairobi",+true$' out
shown=$(awk -F, 'NR > 1 { sum += $2 } END { print sum }' out)
nps score "$survey" --format csv -q
total=$(sed -n 2p out | cut -d, -f1)
test_that "min-n: what is hidden has as many together" test "$((total - shown))" -ge 60

nps score "$survey" --by region --min-n 60 --format json -q
grep '"region": "Nairobi"' out >hidden.json
equals "min-n: JSON says so" "$(field hidden.json suppressed)" true
equals "min-n: and nothing else" "$(sed 's/.*"suppressed": true//' hidden.json | grep -oE '": [^,}]*' | sort -u)" '": null'
grep '"region": "Berlin"' out >shown.json
equals "min-n: what is shown has no such key" "$(grep -c suppressed shown.json)" 0
equals "min-n: what is shown is as ever" "$(field shown.json responses)" "$(awk -F, '$4 == "Berlin" && $6 ~ /^[0-9]+$/ && $6 <= 10' "$survey" | wc -l | tr -d ' ')"
prints "min-n: the table says how many" "2 of 8 segments are hidden: fewer than 60 responses, or needed to keep such from being worked out" \
    score "$survey" --by region --min-n 60 --format table -q
test_that "min-n: no blanks at line ends" test "$(grep -c ' $' out)" -eq 0
nps score "$survey" --by region --min-n 1 --format csv -q
equals "min-n 1 hides nothing" "$(grep -c ',true$' out)" 0
printf 'score,by\n9,a\n,b\n10,c\n' >empty.csv
nps score empty.csv --by by --min-n 1 --format csv -q
equals "min-n 1: but segments without responses" "$(awk -F, 'NR > 1 { print $1, $2, $NF }' out | tr -d '"' | tr '\n' ';')" "a 1 false;b  true;c 1 false;"
nps score empty.csv --by by --format csv -q
test_that "min-n: no such column without it" lacks out suppressed
nps score "$survey" --by region --min-n 100000 --format json -q
equals "min-n: a total too small is hidden too" "$(total out nps)$(total out responses)$(field out rows)" nullnullnull
equals "min-n: all are" "$(grep -c '"suppressed": true' out)" 9

# A row or column total less what is shown in it never leaves fewer than N hidden.
awk 'BEGIN { srand(11); print "a,b,score"
    for (i = 0; i < 900; i++) printf "a%d,b%d,%d\n", 6 * rand() * rand(), 5 * rand() * rand(), 11 * rand() }' >table.csv
nps score table.csv --by a,b --min-n 12 --cube --format csv -q
awk -F, 'NR > 1 { gsub(/"/, ""); key = $1 "," $2; n[key] = $3; hidden[key] = $NF == "true"; rows[$1]; columns[$2] }
    END {
        for (r in rows) { line(r, "", 1) }
        for (c in columns) { line("", c, 0) }
        exit bad
    }
    function line(r, c, by_row,    i, key, top, sum, any) {
        top = by_row ? r ",(all)" : "(all)," c
        if (hidden[top]) return
        for (key in n) {
            split(key, i, ",")
            if (i[by_row ? 2 : 1] == "(all)" || (by_row ? i[1] != r : i[2] != c)) continue
            if (hidden[key]) any++; else sum += n[key]
        }
        if (any == 1 || (any > 1 && n[top] - sum < 12)) bad = 1
    }' out
equals "min-n: no line of a cube gives a segment away" "$?" 0
test_that "min-n: there is something to hide" grep -q 'true$' out
nps score table.csv --by a,b --min-n 12 --format csv -q
grep 'true$' out | cut -d, -f1,2 >flat
nps score table.csv --by a,b --min-n 12 --cube --format csv -q
grep 'true$' out | grep -v '(all)' | cut -d, -f1,2 >cube
test_that "min-n: without the cube its margins count as known" cmp -s flat cube

nps compare "$survey" --by region --min-n 60 --format json -q
grep '"region": "Nairobi"' out >hidden.json
equals "min-n: compare hides too" "$(field hidden.json suppressed)" true
equals "min-n: and compares nothing" "$(sed 's/.*"versus_rest"//' hidden.json | grep -o '"nps": [^,]*')" '"nps": null'
prints "min-n: compare's table" "hidden" compare "$survey" --by region --min-n 60 --format table -q

# Folding: of the one column, and of the last of several.
nps score "$survey" --by region --fold 70 --format csv -q
equals "fold: what is small is one" "$(grep -c '^"(other)"' out)" 1
equals "fold: nobody is lost" "$(awk -F, 'NR > 1 { sum += $2 } END { print sum }' out)" "$total"
nps score "$survey" --by region,channel --fold 20 --format json -q
test_that "fold: each region has its own" has out '"key": {"region": "Berlin", "channel": "(other)"}'
nps score "$survey" --by region,channel --cube --format csv -q
equals "cube: margins and the whole" "$(grep -c '^"(all)","(all)"' out)/$(grep -c '^"(all)"' out)/$(grep -c '"(all)"' out)" 1/5/13

# Best and worst.
nps score "$survey" --by region --top 2 --bottom 1 --format csv -q
equals "top and bottom" "$(cut -d, -f1 out | tr -d '"\n')" "regionNairobiSão Pauloاصفهان"
nps score "$survey" --by region --bottom 20 --format csv -q
equals "bottom: no more than there are" "$(wc -l <out | tr -d ' ')" 9
nps score "$survey" --by region --top 8 --bottom 8 --format csv -q
equals "top and bottom: nobody twice" "$(wc -l <out | tr -d ' ')" 9
nps score "$survey" --by region --top 8 --min-n 60 --format csv -q
equals "top: of those that are shown" "$(grep -c true out)/$(wc -l <out | tr -d ' ')" 0/7

# Accounts: A 10 9 3 (33.33), B 9 (100), C 0 7 (-50): mean 27.78, standard deviation 75.15, over sqrt 3: 43.39.
printf 'score,account,by\n10,A,x\n9,A,x\n3,A,x\n9,B,x\n0,C,y\n7,C,y\n8,,y\n,C,y\n' >accounts.csv
nps score accounts.csv --account account --by by --format json
test_that "account: what is in none is told" has err "1 answer is in no account, and no part of the mean of accounts"
cp out told
sed -n '/"total"/p' out | sed 's/.*"accounts": //' >accounts.json
equals "account: how many" "$(field accounts.json count)" 3
near "account: the mean" "$(field accounts.json nps)" 27.777777777777779 1e-12
near "account: its standard error" "$(field accounts.json standard_error)" 43.390276 1e-5
near "account: the pool beside it" "$(sed -n '/"total"/p' told | sed 's/"accounts".*//' >pool.json; field pool.json nps)" 14.285714285714286 1e-12
grep '"by": "y"' out | sed 's/.*"accounts": //' >accounts.json
equals "account: one has no interval" "$(field accounts.json count)/$(field accounts.json nps)/$(field accounts.json lower)" 1/-50/null
nps score accounts.csv --account account --by by --format csv -q
equals "account: csv" "$(sed -n 2p out | cut -d, -f19,20)" "2,66.66666666666667"

for option in --cube "--fold 3" "--min-n 3" "--top 3" "--bottom 3"; do
    # shellcheck disable=SC2086
    refuses "$option without segments" 2 "is about segments: name them with --by" score "$survey" -q $option
done
refuses "top of a cube" 2 "not for a --cube" score "$survey" -q --by region --cube --top 1
refuses "accounts of a cube" 2 "--account goes with plain segments" score accounts.csv --by by --cube --account account
nps score "$survey" --by region --min-n 0 --format csv -q
cp out zero
nps score "$survey" --by region --format csv -q
test_that "min-n 0: as without" cmp -s out zero
refuses "min-n: no number" 2 "expected a whole number, 0 to hide nothing" score "$survey" --by region --min-n x
nps tally "$survey" --by region -q -o survey.nps
nps merge survey.nps --min-n 60 --format csv -q
cp out merged
nps score "$survey" --by region --min-n 60 --format csv -q
test_that "min-n: a state as its rows" cmp -s out merged

# A total that is too small: nothing of it is told, whoever asks.
nps score "$survey" --by kind --min-n 1000 --fail-under -100 --format table
equals "min-n: no gate for a hidden total" "$status" 4
test_that "min-n: which is told" has err "the total is hidden, with fewer than --min-n 1000 responses: no score to hold against --fail-under -100"
test_that "min-n: not how many rows" lacks out 800
test_that "min-n: no sentence on the ends of the scale" lacks out "of the answers"
test_that "min-n: the table of a hidden total" has out "2 of 2 segments are hidden: fewer than 1,000 responses, as has the total"
test_that "min-n: three times hidden" test "$(grep -c ' hidden$' out)" -eq 3
for kind in "" --pairwise "--benchmark 30"; do
    for format in table md csv json jsonl; do
        # shellcheck disable=SC2086
        nps compare "$survey" --by kind --min-n 1000 $kind --format "$format"
        cat out err >all
        sed -e 's/"version": "[^"]*"//' -e 's/row 413//' all | grep -oE '741|800|476|265|35\.0|3[0-9]\.[0-9]{3}' >numbers
        equals "min-n: compare ${kind:-with the rest} of a hidden total, $format" "$status$(cat numbers)" 0
    done
done
nps compare "$survey" --by kind --min-n 1000 --benchmark 30 --format json -q
equals "min-n: compare, JSON" "$(field out rows)/$(total out suppressed)/$(total out nps)" null/true/null
notes "min-n: compare says so" "fewer than --min-n 1000 responses: all of it is hidden" compare "$survey" --by kind --min-n 1000

# What is hidden takes no part in a comparison: it is that of the others alone.
nps score "$survey" --by region --min-n 70 --format csv -q
equals "min-n: which" "$(grep 'true$' out | cut -d, -f1 | tr -d '"\n')" Nairobi
nps compare "$survey" --by region --min-n 70 --format json -q
grep '"omnibus"' out >hidden.json
cp out hiding
nps compare "$survey" --by region --where 'region!=' --where 'region!=Nairobi' --format json -q
grep '"omnibus"' out >without.json
equals "min-n: the omnibus test is of what is shown" "$(field hidden.json statistic)/$(field hidden.json p)" "$(field without.json statistic)/$(field without.json p)"
# Holm (1979): the smallest of m is multiplied by m, and six are shown.
sed -n 's/.*"versus_rest".*"p": \([0-9.e-]*\), "p_adjusted": \([0-9.e-]*\),.*/\1 \2/p' hiding | sort -g | head -n 1 >least
near "min-n: p is adjusted for what is shown" "$(cut -d' ' -f2 least)" "$(awk '{ p = 6 * $1; print p < 1 ? p : 1 }' least)" 1e-6
nps compare "$survey" --by region --min-n 70 --pairwise --format table -q
test_that "min-n: a table of pairs" test "$(grep -cE 'above|below|unclear' out)" -eq 15
test_that "min-n: no n/a in it" lacks out n/a
equals "min-n: hidden segments are named once" "$(grep -c Nairobi out)" 1
test_that "min-n: compare says how many" has out "2 of 8 segments are hidden: fewer than 70 responses, or needed to keep such from being worked out"
nps compare "$survey" --by region --min-n 70 --pairwise --format csv -q
equals "min-n: pairs in CSV" "$(grep -c ',true$' out)/$(grep -c ',false$' out)" 13/15
nps compare "$survey" --by region --min-n 70 --benchmark 45 --format csv -q
equals "min-n: a benchmark in CSV" "$(grep -c ',true$' out)/$(grep -c ',false$' out)" 2/6
refuses "min-n: two files" 2 "--min-n is about segments" compare "$survey" "$survey" --min-n 5
refuses "min-n: a benchmark for the total" 2 "--min-n is about segments" compare "$survey" --benchmark 30 --min-n 5 -q
refuses "min-n: counts" 2 "--min-n is about segments" compare --counts 3,2,1 --counts 2,2,2 --min-n 5
refuses "min-n: score of counts" 2 "--min-n is about segments" score --counts 3,2,1 --min-n 5
nps tally "$survey" -q -o total.nps
refuses "min-n: a state without segments" 2 "--min-n is about segments: name them with --by of nps tally" merge total.nps --min-n 5

# Attacks: whoever subtracts what is shown from the total has the sum of two segments or more, and of N responses.
awk 'BEGIN {
    for (file = 0; file < 12; file++) {
        srand(file); name = "attack" file ".csv"; print "a,score,w" > name
        for (i = 0; i < 250; i++) printf "a%d,%s,%d\n", (4 + file) * rand() * rand(), rand() < .1 ? "" : int(11 * rand()), 4 * rand() > name
    }
}'
bad=
for file in 0 1 2 3 4 5 6 7 8 9 10 11; do
    for n in 2 5 20 60; do
        nps score "attack$file.csv" --format csv -q
        cut -d, -f1 out | tail -n 1 >all
        nps score "attack$file.csv" --by a --min-n $n --format csv -q
        awk -F, -v n=$n -v all="$(cat all)" 'NR == 1 { next }
            $NF == "true" { hidden++; for (i = 2; i < NF; i++) if ($i != "") exit bad = 1; next }
            { shown += $2; if ($2 < n) exit bad = 1 }
            END { exit bad || hidden == 1 || (hidden > 0 && all - shown < n) }' out || bad="$bad $file/$n"
    done
done
equals "min-n: attacks that tell something" "$bad" ""

# Nothing depends on the order of the rows.
{ head -n 1 table.csv; tail -n +2 table.csv | sort -t, -k3 -r; } >turned.csv
for given in "--min-n 12" "--cube --min-n 12" "--fold 12" "--top 3 --bottom 3" "--account b"; do
    for format in json csv table md; do
        # shellcheck disable=SC2086
        nps score table.csv --by a $given --format "$format" -q
        cp out first
        # shellcheck disable=SC2086
        nps score turned.csv --by a $given --format "$format" -q
        test_that "$given: rows in another order, $format" cmp -s first out
    done
done

# States: as their rows. The state that is written stays whole.
nps tally "$survey" --by region,channel -q -o cells.nps
for given in "--min-n 12" "--cube --min-n 12" "--fold 12" "--top 3 --bottom 3" "--fold 5 --min-n 30"; do
    for format in json csv table md jsonl; do
        # shellcheck disable=SC2086
        nps score "$survey" --by region,channel $given --format "$format" -q
        cp out scored
        # shellcheck disable=SC2086
        nps merge cells.nps $given --format "$format" -q -o written.nps
        test_that "$given: merge, $format" cmp -s scored out
    done
    test_that "$given: the merged state is whole" cmp -s cells.nps written.nps
done
nps tally "$survey" --by region -w weight -q -o weighted.nps
nps merge weighted.nps --min-n 70 --format csv -q
cp out merged
nps score "$survey" --by region -w weight --min-n 70 --format csv -q
test_that "min-n: a weighted state as its rows" cmp -s out merged
equals "min-n: as many cells in every line, weighted" "$(awk -F, '{ print NF }' out | sort -u | wc -l | tr -d ' ')" 1
nps score "$survey" --by region -w weight --strata channel --min-n 70 --account agent --invited 900 --format csv -q
equals "min-n: of a design, with all there is" "$(awk -F, '{ print NF }' out | sort -u | wc -l | tr -d ' ')/$(grep -c 'true$' out)" 1/2
refuses "fold: a design" 2 "--fold: not with a survey design" score "$survey" --by region --strata channel --fold 5

# Leaders: the order is that of the scores, by awk over what is told of all.
nps score "$survey" --by region,channel --format csv -q
tail -n +2 out | sort -t, -k10,10gr -k3,3gr | head -n 3 | cut -d, -f1,2 >wanted
tail -n +2 out | sort -t, -k10,10gr -k3,3gr | tail -n 2 | cut -d, -f1,2 >>wanted
nps score "$survey" --by region,channel --top 3 --bottom 2 --format csv
tail -n +2 out | cut -d, -f1,2 >ends
test_that "top and bottom: in the order of the scores" cmp -s wanted ends
test_that "top and bottom: a note" has err "5 of 32 segments are shown"
nps score "$survey" --by region,channel --top 3 --bottom 2 --format jsonl -q
equals "top and bottom: JSON lines, and quiet" "$(wc -l <out | tr -d ' ')/$(cat err)" "5/"

# The table: what does not fit beside stands below, and no line is longer than the terminal.
awk 'BEGIN { srand(3); print "by,firm,score,w"
    for (i = 0; i < 300; i++) printf "segment %d,f%d,%d,%.1f\n", 5 * rand(), 20 * rand(), 11 * rand(), .5 + rand() }' >firms.csv
for given in "--account firm" "--invited rows" "--account firm --invited rows" "-w w --account firm --invited rows"; do
    # shellcheck disable=SC2086
    nps score firms.csv --by by $given --format table
    equals "table of $given: 80 columns" "$status$(awk 'length > 80' out)" 0
done
equals "table: options apart" "$(grep -cE '^by +rate  worst \.\. best  accounts  mean of accounts$' out)" 1
nps score firms.csv --by by --account firm --format table
test_that "table: options beside" grep -qE '^by +n .* NPS  95% interval  accounts  mean of accounts$' out
nps score firms.csv --by by --account firm --min-n 1000 --format table -q
test_that "table: options of what is hidden" test "$(grep -c ' hidden$' out)" -eq 6
prints "account: Markdown" '| NPS | 95% interval | missing | invalid | accounts | mean of accounts |' score firms.csv --by by --account firm --format md
prints "min-n: Markdown says how many" '2 of 8 segments are hidden: fewer than 70 responses' score "$survey" --by region --min-n 70 --format md -q
equals "min-n: Markdown of a hidden one" "$(grep -c '^| Nairobi | hidden | | | | | | | |$' out)" 1
if [ -n "$utf8" ]; then
    LC_ALL=$utf8
    nps score "$survey" --by region --min-n 75 --format table -q
    LC_ALL=C
    test_that "min-n: Persian names are isolated and line up" has out "$(printf '\342\201\250اصفهان\342\201\251      hidden')"
    test_that "min-n: and those that are shown" has out "$(printf '\342\201\250تهران\342\201\251          132  ')"
fi
nps score "$survey" --by kind --cube --format table -q
equals "cube: a table has one total" "$(grep -cE '^(total|\(all\)) ' out)" 1

# Accounts with weights: f 3/4 (50), g 0/1 (-100): mean -25, half their distance 75 each way: sd 106.07, over sqrt 2: 75.
printf 'score,firm,w\n10,f,3\n0,f,1\n3,g,2\n' >pair.csv
nps score pair.csv --account firm -w w --format json -q
sed -n '/"total"/p' out | sed 's/.*"accounts": //' >accounts.json
near "account: weighted" "$(field accounts.json nps)" -25 1e-12
near "account: weighted, standard error" "$(field accounts.json standard_error)" 75 1e-12
# An account with answers in two segments is one account of the whole.
printf 'score,firm,by\n10,f,x\n0,f,y\n9,g,y\n' >across.csv
nps score across.csv --account firm --by by --format csv -q
equals "account: one of several segments" "$(cut -d, -f19,20 out | tail -n 2 | tr '\n' ' ')" "1,100 2,0 "
nps score across.csv --account firm --by by --format json -q
sed -n '/"total"/p' out | sed 's/.*"accounts": //' >accounts.json
equals "account: is one of the whole" "$(field accounts.json count)/$(field accounts.json nps)" 2/50
nps score across.csv --account firm --by by --min-n 2 --format json -q
equals "account: hidden with all else" "$(grep '"by": "x"' out | grep -o '"accounts".*}}')" '"accounts": {"count": null, "nps": null, "standard_error": null, "lower": null, "upper": null}}'
refuses "account: bootstrap" 2 "--method bootstrap takes whole counts only" score across.csv --account firm --method bootstrap
refuses "account: a state" 2 "--account is about rows" score cells.nps --account firm
refuses "account: no such column" 2 'across.csv: no column "company"' score across.csv --account company
refuses "account: counts" 2 "--account is about rows" score --counts 1,2,3 --account firm
refuses "account: eight columns" 2 "at most 7 columns with --account" score across.csv --account firm --by a,b,c,d,e,f,g,h
refuses "fold: with accounts" 2 "--account goes with plain segments, not with --fold" score across.csv --account firm --by by --fold 2
nps score "$survey" --by region --strata channel --min-n 70 --format json -q
test_that "min-n: a hidden part of a design has all fields too" grep -qE '"region": "Nairobi"\}, "suppressed": true,.*"weight": null, "effective_n": null, "design_effect": null, "df": null\}' out
nps compare "$survey" --by kind --min-n 1000 --benchmark 30 --format table -q
equals "min-n: compare's table says hidden and no more" "$(grep -cE '^(relational|transactional|total) +hidden$' out)" 3
