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
refuses "min-n 0" 2 "expected a whole number from 1" score "$survey" --by region --min-n 0
nps tally "$survey" --by region -q -o survey.nps
nps merge survey.nps --min-n 60 --format csv -q
cp out merged
nps score "$survey" --by region --min-n 60 --format csv -q
test_that "min-n: a state as its rows" cmp -s out merged
