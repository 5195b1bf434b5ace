# shellcheck shell=sh disable=SC2154
# What files may look like: delimiters, marks, line ends, quotes, JSON lines, columns by name and number, cells.

# counts NAME "responses,promoters,passives,detractors,missing,invalid" ARGUMENT...
counts()
{
    name=$1 wanted=$2
    shift 2
    nps score --format csv -q "$@"
    equals "$name" "$status $(sed -n '2p' out | cut -d, -f1-6)" "0 $wanted"
}

for delimiter in ',' ';' '	' '|'; do
    printf 'id%sscore%s"a,;|b"\n1%s9%s"x, y"\n2%s3%sz\n' "$delimiter" "$delimiter" "$delimiter" "$delimiter" \
        "$delimiter" "$delimiter" >delimited.csv
    counts "delimiter found: '$delimiter'" 2,1,0,1,0,0 delimited.csv
done
printf '"a;b;c|d|e",score\n1,9\n' >quoted_header.csv
counts "delimiters in quotes do not count" 1,1,0,0,0,0 quoted_header.csv
printf 'id:score\n1:9\n' >colon.csv
counts "delimiter given" 1,1,0,0,0,0 -d : colon.csv
printf 'a,b;c,d;score\n1,2;3,4;9\n' >both.csv
counts "delimiter given over the one found" 1,1,0,0,0,0 -d ';' both.csv
counts "delimiter tab by name" 1,1,0,0,0,0 -d tab "$(printf 'id\tscore\n1\t9\n' >tab.csv; echo tab.csv)"

printf '\357\273\277score,b\r\n9,1\r\n\r\n3,2\r\n\r\n' >windows.csv
counts "BOM and CRLF" 2,1,0,1,0,0 windows.csv
printf '\357\273\277"score",b\n9,1\n' >quoted_bom.csv
counts "BOM before a quote" 1,1,0,0,0,0 quoted_bom.csv
printf 'score,b\r9,1\r3,2' >mac.csv
counts "CR alone, no line end at the end" 2,1,0,1,0,0 mac.csv
printf 'score\n9\n\n3\n\n\n' >one_column.csv
counts "an empty line is an empty cell where there is one column, but not at the end" 2,1,0,1,1,0 one_column.csv
printf 'a,score\n"x\ny, ""z""",9\n"5"" screen",3\n5" screen,8\n' >quotes.csv
counts "quotes" 3,1,1,1,0,0 quotes.csv
printf 'score\r\n9\r\n\r\n3\r\n' >one_column_crlf.csv
counts "CRLF is one line end" 2,1,0,1,1,0 one_column_crlf.csv
printf '\n\nscore,b\n9,1\n' >late.csv
counts "empty lines before the header" 1,1,0,0,0,0 late.csv
printf ' padded ,"  quoted  "\n9,3\n' >padded.csv
counts "a header is trimmed" 1,1,0,0,0,0 padded.csv -s padded
counts "a quoted header matches exactly" 1,0,0,1,0,0 padded.csv -s '  quoted  '
counts "a quoted header matches trimmed" 1,0,0,1,0,0 padded.csv -s quoted
counts "a column by number" 1,0,0,1,0,0 padded.csv -s 2
printf '2,9\n10,3\n' >numbers.csv
counts "a name goes before a number" 1,1,0,0,0,0 numbers.csv -s 2
for name in score SCORE nps Nps Rating; do
    printf 'id,%s\n1,9\n' "$name" >default.csv
    counts "default column $name" 1,1,0,0,0,0 default.csv
done

# Zero in five scripts, and ten in two: all of tests/reference/parse.csv is tested with the library.
printf 'score\n۹\n٩\n９\n۱۰\n१०\n〇\n9.0\n8.5\nNA\nnull\n 7 \n10/10\n' >digits.csv
counts "digits of other scripts" 8,6,1,1,2,2 digits.csv
printf 'score\n10 - Extremely likely\n7 (so so)\n0\n' >labels.csv
counts "labels are invalid unless asked for" 1,0,0,1,0,2 labels.csv
counts "labels" 3,1,1,1,0,0 labels.csv --labels
printf 'score\n9\n11\n-1\nrefused\n 99 \n' >tokens.csv
counts "missing tokens" 1,1,0,0,2,2 tokens.csv --missing 11,refused
counts "missing tokens with blanks around the cell" 1,1,0,0,1,3 tokens.csv --missing 99
counts "an answer may be named missing" 0,0,0,0,1,4 tokens.csv --missing ,9,
counts "scale 1-7: promoters from 6, detractors to 4" 4,1,1,2,0,1 --scale 1-7 "$(answers 1 4 5 7 8 >seven.csv; echo seven.csv)"
counts "scale by its cut points" 4,2,1,1,0,1 --scale 1-7:3:5 "$(answers 1 4 5 7 8 >seven.csv; echo seven.csv)"
counts "scale -5 to 5" 3,1,1,1,0,1 --scale -5-5:1:4 "$(answers -5 2 5 6 >signed.csv; echo signed.csv)"

cat >where.csv <<'EOF'
score,region,kind
9,north,a
8,north,b
3,south,a
2,,a
EOF
counts "where" 2,1,1,0,0,0 where.csv --where region=north
counts "where not" 2,0,0,2,0,0 where.csv --where region!=north
counts "where: all hold" 1,1,0,0,0,0 where.csv --where region=north --where kind!=b
counts "where: an empty cell" 1,0,0,1,0,0 where.csv --where region=
counts "where: by number" 1,0,1,0,0,0 where.csv --where 3=b
counts "where: none left" 0,0,0,0,0,0 where.csv --where region=west

printf '{"score": 9, "r": "a", "n": null}\n{"score": "8", "r": "b"}\n\n{"r": "a", "score": 3.0}\n{"score": 8.5}\n{"score": null}\n{"r": true, "score": "\\u06f9"}' >lines.jsonl
counts "jsonl" 4,2,1,1,1,1 lines.jsonl
nps score lines.jsonl --by r --format csv -q
equals "jsonl: a key that is absent is no value" "$(cut -d, -f1,2 out | tr '\n' ' ')" '"r",responses ,0 "a",2 "b",1 "true",1 '
counts "jsonl: where" 1,0,1,0,0,0 lines.jsonl --where r=b
cp lines.jsonl lines.txt
counts "jsonl: known by its brace" 4,2,1,1,1,1 lines.txt
counts "jsonl and csv as one" 6,3,1,2,1,1 lines.jsonl delimited.csv -s score
refuses "jsonl: not JSON" 1 'bad.jsonl: row 2: not JSON' score "$(printf '{"score": 9}\n{"score": 9\n' >bad.jsonl; echo bad.jsonl)"
refuses "jsonl: not an object" 1 'list.jsonl: row 1: not a JSON object' score "$(echo '[9]' >list.jsonl; echo list.jsonl)"
refuses "jsonl: a list is no value" 1 'nested.jsonl: row 1: "score" holds a list' score "$(echo '{"score": [9]}' >nested.jsonl; echo nested.jsonl)"
refuses "jsonl: no such key" 2 'no column "scored"; the nearest of 3: "score"' score lines.jsonl -s scored
refuses "jsonl: empty" 1 'empty.jsonl: empty' score "$(printf '' >empty.jsonl; echo empty.jsonl)"

counts "several files are one" 6,3,1,2,1,1 lines.jsonl delimited.csv
printf 'score,x\n9,1\n' >first.csv
printf 'y,score\n1,3\n' >second.csv
counts "columns are found by name in each file" 2,1,0,1,0,0 first.csv second.csv
refuses "a file that lacks a column is named" 2 'second.csv: no column "x"' score first.csv second.csv --by x
nps_input first.csv score - --format csv -q
equals "standard input" "$(sed -n 2p out | cut -d, -f1-6)" 1,1,0,0,0,0
nps_input lines.jsonl score - --format csv -q
equals "standard input: jsonl" "$(sed -n 2p out | cut -d, -f1-6)" 4,2,1,1,1,1

# A row across the pieces in which the file is read, of any length.
awk 'BEGIN { print "note,score"; for (i = 0; i < 3000; i++) { printf "\"%0*d\n,\"\"\",%d\n", i % 400 + 1, i, i % 11 } }' >long.csv
# 3000 answers 0..10 in turn: 272 rounds and 8 more
counts "rows longer and shorter than a piece" 3000,544,545,1911,0,0 long.csv
