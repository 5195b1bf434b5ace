# shellcheck shell=sh disable=SC2154
# Files that are broken, or mean harm: one clear line, the right exit, bounded memory.

refuses "no such file" 1 'gone.csv: cannot be opened: No such file' score gone.csv
mkdir -p folder.csv
refuses "a directory" 1 'folder.csv: cannot be read' score folder.csv
printf '' >empty.csv
refuses "an empty file" 1 'empty.csv: empty: there is no header' score empty.csv
printf '\n\r\n\n' >lines_only.csv
refuses "empty lines only" 1 'lines_only.csv: empty' score lines_only.csv
printf 'region,answer\nn,9\n' >nameless.csv
refuses "no column for the answer" 2 'no column is named score, nps or rating: name the answer with -s; the first of 2: "region", "answer"' score nameless.csv
refuses "no such column: the nearest are named" 2 'nameless.csv: no column "Answers"; the nearest of 2: "answer", "region"' score nameless.csv -s Answers
refuses "no such column to segment by" 2 'no column "regions"; the nearest of 2: "region"' score nameless.csv -s answer -b regions
refuses "no such column number" 2 'no column "3"' score nameless.csv -s 3
printf 'score,NPS\n9,9\n' >two.csv
refuses "two columns for the answer" 2 'the answer could be column 1 ("score") or column 2 ("NPS")' score two.csv
prints "two columns for the answer: one is named" '1,1,0,0' score two.csv -s NPS --format csv
printf 'score,a,a\n9,1,2\n' >double.csv
refuses "a column named twice" 2 '"a" could be column 2 ("a") or column 3 ("a"): give its number' score double.csv -b a
prints "a column named twice does no harm where it is not wanted" '1,1,0,0' score double.csv --format csv

printf 'score,b\n9,1\n8,\000\n' >nul.csv
refuses "NUL bytes" 1 'nul.csv: row 3 has a NUL byte' score nul.csv
printf '\377\376s\000c\000o\000r\000e\000\n\0009\000\n\000' >utf16.csv
refuses "UTF-16" 1 'UTF-16' score utf16.csv
head -c 5000 "$NPS" >binary.csv
refuses "a binary file" 1 'a binary file' score binary.csv

printf 'score,comment\n9,fine\n8,"open\n7,x\n' >open.csv
refuses "a quote that is not closed: where it began" 1 'open.csv: row 3, column 2 "comment": a quote is not closed' score open.csv
printf 'score,comment\n9,"said "hi" to me"\n' >inner.csv
refuses "a quote inside quotes" 1 'inner.csv: row 2, column 2 "comment": text after a closing quote' score inner.csv
printf 'comment,score\n"5" disk,9\nx,8\n"ok",7\n' >swallow.csv
refuses "a quote that would swallow rows" 1 'swallow.csv: row 2, column 1' score swallow.csv
{ printf 'score,comment\n9,"'; awk 'BEGIN { for (i = 0; i < 300000; i++) print "many words on a line of text" }'; } >runaway.csv
refuses "a quote that is not closed does not eat memory" 1 'row 2, column 2 "comment": a cell of more than 1048576 bytes' score runaway.csv
{ printf 'score,comment\n9,x\n8,'; head -c 10000000 /dev/zero | tr '\000' x; printf '\n'; } >large.csv
refuses "a cell of 10 MB" 1 'large.csv: row 3, column 2 "comment": a cell of more than 1048576 bytes' score large.csv
{ printf 'score,comment\n8,'; head -c 1000000 /dev/zero | tr '\000' x; printf '\n'; } >largest.csv
prints "a cell of 1 MB" '1,0,1,0' score largest.csv --format csv --by comment
head -c 10000000 large.csv | tail -c 9000000 | tr -d '\n' >header.csv
refuses "a header of 9 MB" 1 'row 1, column 1' score header.csv
awk 'BEGIN { for (i = 0; i < 70000; i++) printf "c,"; print "score" }' >wide.csv
refuses "a header of 70000 columns" 1 'the header has more than 65536 columns' score wide.csv
{ printf '{"score": "'; head -c 3000000 /dev/zero | tr '\000' 9; printf '"}\n'; } >large.jsonl
refuses "a line of JSON of 3 MB" 1 'large.jsonl: row 1: a line of more than 1048576 bytes' score large.jsonl
{ printf '{"score": '; head -c 100000 /dev/zero | tr '\000' '['; } >deep.jsonl
refuses "JSON nested deep" 1 'deep.jsonl: row 1: not JSON' score deep.jsonl

printf 'score,b\n9,1\n8\n' >short.csv
refuses "a row with too few cells" 1 'short.csv: row 3 has 1 cells, the header has 2' score short.csv
printf 'score,b\n\n9,1,2\n' >longer.csv
refuses "a row with too many cells, numbered with the empty lines" 1 'longer.csv: row 3 has 3 cells, the header has 2' score longer.csv

for weight in -1 nan inf 1e400 0x10 abc '' ' '; do
    printf 'score,w\n9,1\n9,"%s"\n' "$weight" >weight.csv
    refuses "weight '$weight'" 1 'weight.csv: row 3, column "w": the weight is "' score weight.csv -w w
done
printf 'score,w\n9,"1,5"\n' >comma.csv
refuses "a weight with a comma" 1 'the weight is "1,5": write decimals with a point' score comma.csv -w w
printf 'score,w\n9,1\n,-1\nNA,\n11,x\n' >unread.csv
prints "the weight of a row without an answer is not looked at" '1,1,0,0,2,1' score unread.csv -w w --format csv -q
printf 'score,w\n9,1e300\n' >huge.csv
refuses "a weight beyond 2^64" 1 'the weight is "1e300"' score huge.csv -w w

# Names that would drive the terminal.
printf 'score,r\n9,"\033[31mred\033]0;title\007"\n9,"a\nb\r"\n9,\342\200\256evil\n9,\302\233x\n' >escape.csv
nps score escape.csv --by r --format table
equals "control characters do not reach the terminal" "$(tr -d '\012\040-\176' <out | wc -c | tr -d ' ')" 0
test_that "they are shown as escapes" has out '\x1b[31mred'
test_that "and so are line ends" has out 'a\nb\x0d'
test_that "and bidirectional controls" has out '\u202eevil'
printf '\033[2Jx,score\n1,9\n' >escape_header.csv
nps score escape_header.csv -s none
test_that "nor in messages" lacks err "$(printf '\033')"

# Answers of another scale.
answers 1 2 3 4 5 6 7 7 6 5 >seven.csv
notes "answers 1-7 on 0-10 draw a note with the range" 'the answers run from 1 to 7, on the scale 0-10: is it --scale 1-7?' score seven.csv
answers 1 2 3 4 5 5 5 4 >five.csv
notes "answers 1-5 on 0-10" 'from 1 to 5, on the scale 0-10: is it --scale 1-5?' score five.csv
answers 0 3 5 8 9 10 10 7 >ten.csv
notes "answers 0-10 on 1-5" 'from 0 to 10, on the scale 1-5: is it --scale 0-10?' score ten.csv --scale 1-5
answers 10 35 50 80 90 100 100 70 >hundred.csv
notes "answers 0-100" 'from 10 to 100, on the scale 0-10: libnps takes scales of at most 11' score hundred.csv
nps score ten.csv
equals "answers of the scale draw none" "$(cat err)" ""
answers 1 2 3 >few.csv
nps score few.csv
equals "nor do few answers" "$(cat err)" ""
nps score seven.csv -q
equals "nor with -q" "$(cat err)" ""
