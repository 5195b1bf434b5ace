# shellcheck shell=sh disable=SC2016,SC2034,SC2154
# nps report: one page that needs nothing else. Its figures are those of the other commands; the page holds them, once, and
# nothing of the input is taken for HTML.

refuses "report: no file" 2 'no file' report -o page.html
refuses "report: no page" 2 'where to? Name the page with -o OUT.html' report "$survey"
refuses "report: times without a use" 2 '--time goes with --every' report "$survey" --time date -o page.html
refuses "report: periods without times" 2 '--every is about times' report "$survey" --every month -o page.html
refuses "report: rolling without periods" 2 '--rolling and --baseline are about periods' report "$survey" --rolling 2 -o page.html
refuses "report: respondents without times" 2 'when did they answer?' report "$survey" --respondent respondent -o page.html
refuses "report: falls without respondents" 2 'who answered?' report "$survey" --fall 2 -o page.html
refuses "report: respondents from a pipe" 2 'reads the rows twice' report - --respondent respondent --time date -o page.html
refuses "report: no format" 2 'is not an option of nps report' report "$survey" --format json -o page.html
refuses "report: a directory that is not there" 1 'cannot be written' report "$survey" -o nowhere/page.html -q

# page ARGUMENT...: makes page.html and page.txt, its text a line an element.
page()
{
    rm -f page.html
    nps report "$@" -o page.html -q
    [ ! -e page.html ] || sed -e 's/<svg.*//' -e 's/<[^>]*>/\n/g' page.html >page.txt
}
says() { grep -qF -e "$1" page.txt; }

page "$survey" --by region,channel --time date --every month --rolling 3 --title 'Spring <b>&"wave"</b>'
equals "report: done, and silent" "$status$(cat out err)" 0
test_that "report: it ends" [ "$(tail -n 1 page.html)" = '</html>' ]
test_that "report: the title is text" has page.html '<title>Spring &lt;b&gt;&amp;&quot;wave&quot;&lt;/b&gt;</title>'
test_that "report: the heading is text" has page.html '<h1>Spring &lt;b&gt;&amp;&quot;wave&quot;&lt;/b&gt;</h1>'
for section in score look answers trend change by-1 by-2 method; do
    equals "report: section $section, once" "$(grep -c "id=\"$section\"" page.html)" 1
done
test_that "report: no people without respondents" lacks page.html 'id="people"'
equals "report: nothing from outside, and no script" \
    "$(grep -cE -e '<(script|link|iframe|object|img)' -e '(src|href)="[^#]' -e 'url\([^#]' page.html)" 0
test_that "report: a browser may fetch nothing" has page.html "default-src 'none'"
cp page.html first.html
sleep 1.1
LC_ALL=C.UTF-8 nps report "$survey" --by region,channel --time date --every month --rolling 3 \
    --title 'Spring <b>&"wave"</b>' -o page.html -q
test_that "report: the same bytes at another time, in another locale" cmp -s first.html page.html

# The figures, as the other commands have them.
nps score "$survey" --format json -q
test_that "report: the score" says "$(total out rounded | awk '{ printf "%+d", $1 }')"
test_that "report: how many answered" says "Net Promoter Score of $(total out responses) responses"
test_that "report: what is missing" says '800 rows: 741 responses, 58 missing, 1 invalid'
nps trend "$survey" --time date --every month --rolling 3 --format md -q
sed -n 's/^| 2025-06 | \([0-9]*\) .*/\1/p' out >n
test_that "report: the last month" says "$(cat n)"
test_that "report: the last two months" says 'From 2025-05 to 2025-06'
nps explain "$survey" --by region --time date --from 2025-05 --to 2025-06 --format md -q
test_that "report: the change, in the words of explain" says "$(grep -o 'up [0-9.]* points' out)"
nps rank "$survey" --by region --format table -q
test_that "report: who stands out, as rank has it" says '25 points below the rest'
test_that "report: one is told apart" grep -q '(-25)' out
# 74 of 741 answers lie 25.1 points below the rest: 2.5 points of the total.
test_that "report: what it would bring" says 'the total would be 2.5 higher'
test_that "report: the method" says 'Tango 1998'
test_that "report: the scale" says 'promoters give 9 or more, detractors 6 or less'

if command -v python3 >/dev/null; then
    cat >wellformed.py <<'PYTHON'
import sys
from html.parser import HTMLParser

VOID = {"meta", "br"}
class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.ids, self.uses = [], [], []
    def handle_starttag(self, tag, attributes):
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attributes:
            if name == "id":
                self.ids.append(value)
            if name in ("href", "xlink:href"):
                self.uses.append(value)
            if name in ("clip-path", "mask", "fill") and value.startswith("url("):
                self.uses.append(value[4:-1].strip("\"'"))
    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()
    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, (tag, self.open[-3:], self.getpos())
        self.open.pop()

page = Page()
page.feed(open(sys.argv[1], encoding="utf-8").read())
page.close()
assert not page.open, page.open
assert len(page.ids) == len(set(page.ids)), "an id stands twice"
assert all(use[0] == "#" and use[1:] in set(page.ids) for use in page.uses), "a reference leads nowhere"
PYTHON
    test_that "report: well-formed, ids once, references kept" python3 wellformed.py first.html
fi

# Input is text.
printf 'date,<i>seg</i>,score\n' >hostile.csv
awk 'BEGIN { for (i = 0; i < 40; i++) print "2025-01-03,<script>alert(1)</script>," i % 11 "\n2025-02-03,\"a&b\"\"\",9" }' \
    >>hostile.csv
printf '2025-01-04,\033[31mred\xff,3\n2025-01-04,\xe2\x80\xaeevil,3\n' >>hostile.csv
page hostile.csv --by '<i>seg</i>' --time date --every month
equals "report: hostile names" "$status" 0
equals "report: no name is HTML" "$(grep -cE '<(script|i>)' page.html)" 0
test_that "report: they are shown" has page.html '&lt;script&gt;alert(1)&lt;/script&gt;'
equals "report: no control characters, no overrides" "$(LC_ALL=C grep -c "$(printf '\033\\|\342\200\256\\|\377')" page.html)" 0
if command -v python3 >/dev/null; then
    test_that "report: well-formed with these" python3 wellformed.py page.html
fi

# What to look at first.
awk 'BEGIN { print "score"; for (i = 0; i < 400; i++) print i % 4 < 2 ? 10 : i % 4 == 2 ? 8 : 3 }' >calm.csv
page calm.csv
test_that "report: nothing stands out" says 'Nothing stands out'
equals "report: no trend without times" "$(grep -c 'id="trend"' page.html)" 0
printf 'score\n10\n3\n' >few.csv
page few.csv
test_that "report: few answers" says 'Few answers: the interval of the score is'
awk 'BEGIN { print "score"; for (i = 0; i < 400; i++) print i % 4 < 2 ? 10 : i % 4 == 2 ? "" : 3 }' >gaps.csv
page gaps.csv
test_that "report: who did not answer" says '25% of the rows have no answer'
awk 'BEGIN { print "score"; for (i = 0; i < 400; i++) print i % 4 < 2 ? 10 : i % 40 == 2 ? 77 : 3 }' >wild.csv
page wild.csv --max-invalid 1
equals "report: too many invalid answers: exit 3, and the page is there" "$status$(tail -n 1 page.html)" '3</html>'
test_that "report: invalid answers" says 'of the answers are off the scale or no numbers'
printf 'score\n\n\n' >none.csv
printf 'date,score\n2025-01-01,\n' >none_time.csv
page none.csv
equals "report: no answers" "$status" 0
test_that "report: no answers: it is said" says 'There is no answer, and so no score'
page none_time.csv --time date --every month
equals "report: no answers in any period" "$status" 0
awk 'BEGIN { print "date,score"
    for (m = 1; m <= 12; m++) for (i = 0; i < 100; i++) printf "2025-%02d-03,%d\n", m, i < 90 - 4 * m ? 10 : 2 }' >fall.csv
page fall.csv --time date --every month
test_that "report: a fall comes first" says 'The score falls over these 12 months'

# Other input: a pipe, a state, weights, respondents.
nps_input "$survey" report - --by region -o page.html -q
equals "report: standard input" "$status" 0
nps tally "$survey" --by region -o page.nps -q
nps report page.nps -o state.html --title x -q
nps report "$survey" --by region -o rows.html --title x -q
test_that "report: of a state as of its rows" cmp -s state.html rows.html
refuses "report: a state has no times" 1 'page.nps' report page.nps --time date --every month -o page.html
page "$survey" -w weight --by region
test_that "report: weights are told of" says 'Answers are weighted'
nps score "$survey" -w weight --format json -q
test_that "report: the weighted score" says "$(total out rounded | awk '{ printf "%+d", $1 }')"
nps tally "$survey" -w weight --strata region --where "region!=" -o design.nps -q
refuses "report: no survey designs" 1 'a survey design' report design.nps -o page.html
page "$root/examples/data/customers.csv" --by segment --time date --every month --respondent customer --fall 3
equals "report: respondents" "$status" 0
nps panel "$root/examples/data/customers.csv" --respondent customer --time date --at-risk --fall 3 --format csv -q
test_that "report: as many at risk as panel has" says "At risk: $(($(wc -l <out) - 1))"
test_that "report: the first of them" says "$(sed -n '2s/,.*//p' out)"

# What drives the answer, reasons, and what answers are worth.
ratings="$root/examples/data/ratings.csv"
refuses "report: ratings from a pipe" 2 '--drivers reads the rows twice' report - --drivers staff -o page.html
refuses "report: themes from a pipe" 2 '--themes reads the rows twice' report "$survey" - --themes comment -o page.html
refuses "report: outcomes from a pipe" 2 '--outcome reads the rows twice' report - --outcome spend -o page.html
refuses "report: a scale of no ratings" 2 'which ratings? name their columns with --drivers' \
    report "$ratings" --rating-scale 1-5 -o page.html
refuses "report: pairwise of no ratings" 2 'which ratings?' report "$ratings" --pairwise -o page.html
refuses "report: low ratings without high ones" 2 '--low without --high' report "$ratings" --drivers staff --low 2 -o page.html
refuses "report: a separator of no themes" 2 '--separator is about reasons' report "$ratings" --separator , -o page.html
refuses "report: words for no outcome" 2 'name their column with --outcome' report "$ratings" --yes yes --no no -o page.html
refuses "report: yes without no" 2 '--yes without --no' report "$ratings" --outcome renewed --yes yes -o page.html
refuses "report: a state has no ratings" 2 "--drivers is about rows" report page.nps --drivers staff -o page.html
refuses "report: no such rating" 2 'no column "stuff"' report "$ratings" --drivers stuff -o page.html

page "$ratings" --by region --drivers staff,speed,price,website,range --low 2 --high 4 --themes reasons \
    --outcome renewed --yes yes --no no
equals "report: reasons: done, and silent" "$status$(cat out err)" 0
equals "report: reasons: the sections and their order" \
    "$(grep -o 'id="\(by-1\|drivers\|reasons\|outcomes\|method\)"' page.html | tr -d '\n')" \
    'id="by-1"id="drivers"id="reasons"id="outcomes"id="method"'
if command -v python3 >/dev/null; then
    test_that "report: reasons: well-formed, ids once, references kept" python3 wellformed.py page.html
fi
# In the words of the commands, each of which is a paragraph; the first letter is a capital here.
sed -e 's/&lt;/</g' -e 's/&gt;/>/g' page.txt >page.plain
mv page.plain page.txt
for command in "drivers --drivers staff,speed,price,website,range --low 2 --high 4" "themes --themes reasons" \
    "outcomes --outcome renewed --yes yes --no no"; do
    # shellcheck disable=SC2086
    nps ${command%% *} "$ratings" ${command#* } --format md -q
    grep -v -e '^|' -e '^$' out | sed 's/^.//' >sentences
    missed=0
    while read -r sentence; do says "$sentence" || missed=$((missed + 1)); done <sentences
    test_that "report: ${command%% *}: there are sentences" [ "$(wc -l <sentences)" -ge 5 ]
    equals "report: ${command%% *}: all of its sentences" $missed 0
    # The first row of the first table.
    row=$(sed -n 3p out | tr ' ' '\n' | grep -E '^[-+]?[0-9]*\.[0-9]+%?$')
    missed=0
    for cell in $row; do says "$cell" || missed=$((missed + 1)); done
    equals "report: ${command%% *}: the numbers of a row" $missed 0
done
# What to look at first, above all sections.
look=$(sed -n '/What to look at first/,/^Answers$/p' page.txt)
for line in 'Of the ratings, begin with ' 'takes most off the score' 'Renewed: promoters less detractors: +'; do
    test_that "report: to look at first: $line" [ "${look#*"$line"}" != "$look" ]
done
for source in 'Johnson 2000' 'shared evenly by its themes' 'Wilson (1927)'; do
    test_that "report: the method: $source" says "$source"
done
page "$ratings" --drivers staff,speed --pairwise --explain class --outcome spend
test_that "report: pairwise: it says that there are no intervals" says 'without intervals'
test_that "report: the method of means" says "Welch's (1947)"
equals "report: no themes without the option" "$(grep -c 'id="reasons"' page.html)" 0
page "$ratings" --by region
equals "report: none of these without their options" "$(grep -cE 'id="(drivers|reasons|outcomes)"' page.html)" 0

# Luck: nothing of it is to be looked at.
awk 'BEGIN { print "score,staff,why,paid"; for (i = 0; i < 400; i++) print (i % 4 < 2 ? 10 : i % 4 == 2 ? 8 : 3) "," 1 + int(i / 4) % 5 ",t" int(i / 20) % 4 "," int(i / 4) % 9 }' >luck.csv
page luck.csv --drivers staff --themes why --outcome paid
test_that "report: reasons that are luck: nothing stands out" says 'Nothing stands out'
# No fit, no themes, no outcomes, no answers.
printf 'score,staff,why,paid\n9,3,,\n' >single.csv
page single.csv --drivers staff --themes why --outcome paid
equals "report: reasons of one answer" "$status" 0
test_that "report: no fit: it is said" says 'there is no fit'
test_that "report: no theme: it is said" says 'o answer mentions a theme'
test_that "report: no outcome: it is said" says 'o answer has an outcome'
printf 'score,staff,why,paid\n,3,slow,4\n' >silent.csv
page silent.csv --drivers staff --themes why --outcome paid
equals "report: reasons without answers" "$status" 0
# Names are text.
printf 'score,<b>staff</b>,why,<i>paid</i>\n' >tagged.csv
awk 'BEGIN { for (i = 0; i < 200; i++) print i % 11 "," 1 + i % 5 ",<script>alert(1)</script>; a&b," i }' >>tagged.csv
page tagged.csv --drivers '<b>staff</b>' --themes why --outcome '<i>paid</i>'
equals "report: reasons with hostile names" "$status$(grep -cE '<(script|i>|b>)' page.html)" 00
if command -v python3 >/dev/null; then test_that "report: well-formed with these" python3 wellformed.py page.html; fi
awk 'BEGIN { print "score,staff"; for (i = 0; i < 100; i++) print i % 11 "," (i < 3 ? "good" : 1 + i % 5) }' >worded.csv
page worded.csv --drivers staff
test_that "report: ratings that are none: it is said" says '3 ratings are invalid, and taken as missing'
