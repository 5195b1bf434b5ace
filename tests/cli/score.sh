# shellcheck shell=sh disable=SC2154
# nps score: counts, score, interval, segments, weights, and the five formats.

# 3 promoters, 2 passives, 4 detractors, one blank, one invalid: 100 (3 - 4) / 9.
cat >small.csv <<'EOF'
id,region,score,w
1,north,10,1
2,north,9,1
3,north,8,2
4,south,9,0.5
5,south,7,1
6,south,0,1
7,south,6,1
8,north,,1
9,south,11,1
10,,3,1.25
11,,5,1.25
EOF

nps score small.csv --format json -q
equals "score: exit" "$status" 0
equals "score: quiet is quiet" "$(cat err)" ""
equals "score: responses" "$(total out responses)" 9
equals "score: promoters" "$(total out promoters)" 3
equals "score: passives" "$(total out passives)" 2
equals "score: detractors" "$(total out detractors)" 4
equals "score: missing" "$(total out missing)" 1
equals "score: invalid" "$(total out invalid)" 1
equals "score: rows" "$(field out rows)" 11
equals "score: mean" "$(total out mean)" "6.333333333333333"
equals "score: the score has the fewest digits that round-trip" "$(total out nps)" "-11.11111111111111"
equals "score: rounded" "$(total out rounded)" "-11"
equals "score: histogram" "$(total out histogram)" "[1, 0, 0, 1, 0, 1, 1, 1, 1, 2, 1]"
# 100 sqrt((7/9 - 1/81) / 9) = 100 sqrt(62) / 27
near "score: standard error" "$(total out standard_error)" 29.1629921259697 1e-12
near "score: promoter share" "$(total out promoter_share)" 0.333333333333 1e-12
equals "score: weighted is false" "$(field out weighted)" false
equals "score: level" "$(field out level)" 0.95
test_that "score: keys and their order" has out '{"schema": "nps/1", "command": "score", "version": "'
test_that "score: scale" has out '"scale": {"lowest": 0, "highest": 10, "detractor_max": 6, "promoter_min": 9},'
test_that "score: groups are always there" has out '"groups": []}'
sed -n 's/.*"total": {\(.*\)}.*/\1/p' out | grep -o '"[a-z_]*":' | tr -d '":\n' >keys
equals "score: keys of a result" "$(cat keys)" \
    "responsespromoterspassivesdetractorsmissinginvalidmeannpsroundedlowerupperstandard_errorpromoter_sharepassive_sharedetractor_sharelowest_sharehighest_sharehistogram"

# Segments: north 2 promoters and 1 passive; south 1, 1, 2; no region 2 detractors.
nps score small.csv --by region --format json -q
equals "by: one line a group" "$(grep -c '"key": {' out)" 3
equals "by: in the order of the keys" "$(sed -n 's/.*"key": {"region": \([^}]*\)}.*/\1/p' out | tr '\n' ' ')" \
    'null "north" "south" '
test_that "by: north" has out '"key": {"region": "north"}, "responses": 3, "promoters": 2, "passives": 1, "detractors": 0, "missing": 1, "invalid": 0,'
test_that "by: south" has out '"key": {"region": "south"}, "responses": 4, "promoters": 1, "passives": 1, "detractors": 2, "missing": 0, "invalid": 1,'
equals "by: the total is that of all" "$(total out nps)" "-11.11111111111111"
prints "by: several columns" '{"key": {"region": "north", "id": "1"}, "responses": 1' \
    score small.csv --by region,id --format json -q
prints "by: a column by name and by number" '"north","north",3,2,1,0' score small.csv -b region -b 2 --format csv -q

# Weights: promoters 1 + 1 + .5, detractors 1 + 1 + 1.25 + 1.25, all 10: 100 (2.5 - 4.5) / 10.
nps score small.csv -w w --format json -q
equals "weights: weighted is true" "$(field out weighted)" true
equals "weights: score" "$(total out nps)" -20
equals "weights: counts are not weighted" "$(total out promoters)" 3
equals "weights: sum" "$(total out weight)" 10
# (sum w)^2 / sum w^2 = 100 / (5 * 1 + 4 + .25 + 2 * 1.5625) = 100 / 12.375; sum of w * answer / sum of w = 62.5 / 10
near "weights: effective n" "$(total out effective_n)" 8.0808080808 1e-9
near "weights: design effect" "$(total out design_effect)" 1.11375 1e-12
near "weights: mean" "$(total out mean)" 6.25 1e-12

# 16 digits of 9.95 are 9.949999999999999, 17 of 0.1 are 0.10000000000000001.
prints "numbers are as short as they can be" '"weight": 9.95,' score "$(printf 'score,w\n9,9.95\n' >short_w.csv; echo short_w.csv)" -w w --format json
# 109400 / 2746 as Python writes it
prints "numbers have 17 digits where they must" '"nps": 39.839766933721776,' score --counts 1436,968,342 --format json

# All promoters: the score interval is ((n - z^2) / (n + z^2), 1).
answers 9 10 9 10 9 10 9 10 9 10 >happy.csv
nps score happy.csv --format json
near "all promoters: lower" "$(total out lower)" 44.4934400274 1e-9
equals "all promoters: upper" "$(total out upper)" 100
prints "all promoters: the table shows an interval that is no point" '+44 .. +100' score happy.csv --format table
prints "all promoters, many: neither is it rounded to one" '+99.' \
    score --counts 100000,0,0 --format table
prints "wald: its known failure is shown as it is" '"lower": 100, "upper": 100' \
    score happy.csv --method wald --format json
nps score happy.csv --level 0.99 --format json
# z = 2.5758293035489 (mpmath)
near "level: lower at .99" "$(total out lower)" 20.2291813390184 1e-9

answers NA NULL >none.csv
nps score none.csv --format json
equals "no answers: exit" "$status" 0
equals "no answers: null" "$(total out nps)" null
equals "no answers: no interval" "$(total out lower)" null
equals "no answers: rounded" "$(total out rounded)" null
equals "no answers: missing are counted" "$(total out missing)" 2
test_that "no answers: a note" has err "no answer"
prints "no answers: table" "n/a" score none.csv --format table
prints "no answers: md" '| 0 | 0 | 0 | 0 | n/a | n/a | 2 | 0 |' score none.csv --format md
prints "no answers: csv" "0,0,0,0,2,0,,,,,,,,," score none.csv --format csv
printf 'score\n' >header.csv
notes "a header only: a note" "no answer" score header.csv

nps score --counts 1436,968,342 --format json
near "counts: score" "$(total out nps)" 39.839766933721777 1e-13
# tests/reference/intervals.csv: 342, 968, 1436, score, 0.95
near "counts: lower" "$(total out lower)" 37.189417105495787 1e-9
near "counts: upper" "$(total out upper)" 42.418841416838299 1e-9
equals "counts: no histogram" "$(total out histogram)" null
equals "counts: no mean" "$(total out mean)" null
equals "counts: no scale" "$(field out scale)" null
# 3 - 4 of 8
nps score --counts 3,1,4 --format json
equals "counts: a half goes away from zero" "$(total out rounded)" -13
equals "counts: and is exact" "$(total out nps)" -12.5

prints "jsonl: a line for the total" '{"key": {}, "responses": 9,' score small.csv --format jsonl -q
nps score small.csv --by region --format jsonl -q
equals "jsonl: a line for each segment" "$(wc -l <out | tr -d ' ')" 3
nps score small.csv --by region --format csv -q
equals "csv: header" "$(head -n 1 out | cut -d, -f1-9)" '"region",responses,promoters,passives,detractors,missing,invalid,mean,nps'
equals "csv: histogram" "$(head -n 1 out | cut -d, -f19-29)" \
    answer_0,answer_1,answer_2,answer_3,answer_4,answer_5,answer_6,answer_7,answer_8,answer_9,answer_10
test_that "csv: a segment without a value" has out ',2,0,0,2,0,0,4,-100,-100,'
equals "csv: every line has as many cells" "$(awk -F, '{ print NF }' out | sort -u | tr '\n' ' ')" "29 "
equals "csv: is the default into a file" "$(nps score small.csv -q; head -c 9 out)" responses
nps score small.csv --by region --format md -q
test_that "md: header" has out '| region | n | detractors | passives | promoters | NPS | 95% interval | missing | invalid |'
test_that "md: a segment" has out '| south | 4 | 2 | 1 | 1 | -25 |'
test_that "md: total" has out '| **total** | 9 | 4 | 2 | 3 | -11 |'
printf 'score,r\n9,a|b*<i>\n' >pipe.csv
prints "md: what Markdown would take for a sign is escaped" '| a\|b\*\<i\> | 1 |' score pipe.csv --by r --format md

# Our own JSON, read back by a JSON parser: as JSON lines it must be objects.
printf 'score,r\n9,"a ""b"" \\ c"\n9,"tab\there"\n9,سلام\n9,"a\nb"\n9,caf\351\n' >odd.csv
nps score odd.csv --by r --format jsonl -q
cp out odd.jsonl
prints "json: names of all kinds make JSON that can be read" '"responses": 5' \
    score odd.jsonl -s responses --format json -q
nps score odd.csv --by r --format json -q
tr -d '\n' <out >whole.jsonl
prints "json: the whole object too" '"responses": 1' score whole.jsonl -s rows --format json -q
notes "a name that is not UTF-8 draws a note" 'not UTF-8' score odd.csv --by r
