# shellcheck shell=sh disable=SC2154
# The table: what lines up, and what terminals can show.

printf 'score,region\n9,Berlin\n10,تهران\n3,上海\n8,São Paulo\n9,\n' >names.csv
nps score names.csv --by region --format table
test_that "table: without UTF-8, signs of ASCII" has out '- detractors  . passives  + promoters'
test_that "table: an interval without UTF-8" has out ' .. '
test_that "table: no value" has out '(no value)'
test_that "table: rows, responses, missing, invalid" has out '5 rows: 5 responses, 0 missing, 0 invalid'
test_that "table: names stay as they are" has out 'تهران'
test_that "table: without UTF-8, no isolates" lacks out "$(printf '\342\201\250')"

# In a UTF-8 locale, where there is one.
utf8=$(locale -a 2>/dev/null | grep -i -m 1 -x -e 'c.utf-\{0,1\}8' -e 'en_us.utf-\{0,1\}8')
if [ -n "$utf8" ]; then
    LC_ALL=$utf8
    nps score names.csv --by region --format table
    LC_ALL=C
    test_that "table: with UTF-8, blocks" has out '█'
    test_that "table: with UTF-8, an ellipsis" has out ' … '
    test_that "table: Persian names are isolated" has out "$(printf '\342\201\250تهران\342\201\251 ')"
    test_that "table: others are not" lacks out "$(printf '\342\201\250上海')"
    # Each Chinese sign takes two columns: 上海 takes 4, (no value) 10, then two blanks.
    test_that "table: wide names take two columns a sign" has out '上海        1  ░'
    test_that "table: accents take none" has out 'São Paulo   1  ▒'
    printf 'score,r\n9,Cafe\314\201\n9,Cafes\n' >combining.csv
    LC_ALL=$utf8
    nps score combining.csv --by r --format table
    LC_ALL=C
    test_that "table: nor do combining signs" has out "$(printf 'Cafe\314\201   1  ')"
else
    skip "table: with UTF-8" "there is no such locale"
fi
test_that "table: no colours but on a terminal" lacks out "$(printf '\033')"

printf 'score,r\n9,%s\n' "$(printf '%0100d' 0)" >name.csv
prints "table: a long name is cut" '0000000000000000000000000...  1  ' score name.csv --by r --format table
prints "table: a bar of one class" '++++++++++++++++++++++++++++++++++++++++' score happy.csv --format table
prints "table: zero has no sign" '    0  ' score --counts 1,1,1 --format table
# 40 and about 1.96 * 100 sqrt((.8 - .4^2) / 1e9) = .00496 on either side
prints "table: narrow intervals keep their width" '+39.995 .. +40.005' score --counts 600000000,200000000,200000000 --format table
prints "table: weights show the effective n" 'eff. n' score small.csv -w w -q --format table
