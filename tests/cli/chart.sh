# shellcheck shell=sh disable=SC2016,SC2034,SC2154
# Pictures: their formats, what they show, fonts, files that cannot be written. Skipped where they are not built.

refuses "pictures: a format that is not known" 2 '--chart "a.gif": expected a file whose name ends in .svg, .png or .pdf' \
    score "$survey" --chart a.gif
refuses "pictures: no format" 2 '--chart "svg": expected a file' rank "$survey" --by region --chart svg
refuses "pictures: an ending alone" 2 '--chart ".svg": expected a file' score "$survey" --chart .svg
refuses "pictures: of periods: a format that is not known" 2 '--chart "a.gif": expected a file' \
    trend "$survey" --time date --every month --chart a.gif
refuses "pictures: of a change: no format" 2 '--chart "png": expected a file' \
    explain "$survey" --time date --by region --from 2025-Q1 --to 2025-Q2 --chart png
refuses "pictures: not of a tally" 2 'is not an option of nps tally' tally "$survey" --chart a.svg -o a.nps

# picture_tests: all others.
picture_tests()
{
    # Formats, by their first and last bytes.
    for format in svg png pdf; do
        nps score "$survey" --by region --format csv -q --chart "region.$format"
        equals "pictures: $format: nothing is said" "$status$(cat err)" 0
        mv out with.csv
        nps score "$survey" --by region --format csv -q
        test_that "pictures: $format: the output is the same" cmp -s with.csv out
    done
    equals "pictures: PNG: its signature" "$(head -c 8 region.png | od -An -tx1 | tr -d ' \n')" 89504e470d0a1a0a
    equals "pictures: PNG: 1600 pixels wide" "$(head -c 20 region.png | tail -c 4 | od -An -tx1 | tr -d ' \n')" 00000640
    equals "pictures: PNG: its end" "$(tail -c 8 region.png | head -c 4)" IEND
    equals "pictures: PDF: its signature" "$(head -c 5 region.pdf)" %PDF-
    equals "pictures: PDF: its end" "$(tail -n 1 region.pdf)" %%EOF
    nps score "$survey" --by region --format csv -q --chart region.SVG
    test_that "pictures: an ending in capitals" cmp -s region.svg region.SVG
    rm region.SVG # the same file as region.svg where names have no case
    nps score "$survey" --by region --format csv -q --chart region.svg

    # The same bytes, at another time and in other surroundings.
    sleep 1.1
    for format in svg png pdf; do
        LC_ALL=C.UTF-8 nps score "$survey" --by region --format csv -q --chart "again.$format"
        test_that "pictures: $format: the same bytes twice" cmp -s "region.$format" "again.$format"
    done
    LC_ALL=C
    nps tally "$survey" --by region -o pictured.nps -q
    nps score pictured.nps --format csv -q --chart state.svg
    test_that "pictures: of a state as of its rows" cmp -s region.svg state.svg
    nps merge pictured.nps --format csv -q --chart state.svg
    test_that "pictures: of a merge too" cmp -s region.svg state.svg
    nps rank "$survey" --by region --format csv -q --chart rows.svg
    nps rank pictured.nps --format csv -q --chart state.svg
    test_that "pictures: a leaderboard of a state as of its rows" cmp -s rows.svg state.svg
    nps score "$survey" --by region,channel --cube --format csv -q --chart programs.svg
    nps score "$survey" --by region,channel --cube --format table -q --chart people.svg
    test_that "pictures: of a cube whatever the format" cmp -s programs.svg people.svg

    # What is drawn where nothing is told.
    answers '' NA >unanswered.csv
    notes "pictures: no answers" 'there is no answer' score unanswered.csv --format csv --chart none.svg
    test_that "pictures: no answers: there is one" has none.svg '</svg>'
    printf 'segment,score\na,\n' >unanswered.csv
    notes "pictures: no answers to rank" 'there is no answer' rank unanswered.csv --by segment --format csv --chart none.svg
    prints "pictures: one segment to rank" 'São Paulo",1,100' \
        rank "$survey" --where respondent=10001 --by region --format csv -q --chart one.svg
    prints "pictures: all of it hidden" true score "$survey" --by region --min-n 5000 --format csv -q --chart hidden.pdf

    # At most 60 rows.
    awk 'BEGIN { print "segment,score"; for (i = 100; i < 175; i++) for (j = 0; j < 4; j++) print i "," 7 + j }' >many.csv
    notes "pictures: the first 60" 'the picture has the first 60: 15 more are not drawn' \
        score many.csv --by segment --format csv --chart many.svg
    notes "pictures: the first 60 of a leaderboard" 'the picture has the first 60: 15 more are not drawn' \
        rank many.csv --by segment --format csv --chart many.svg
    nps score many.csv --by segment --format csv -q --chart many.svg
    equals "pictures: notes can be kept quiet" "$status$(cat err)" 0

    # Files that cannot be written, and those that stay as they are.
    refuses "pictures: no such directory" 1 'gone/a.svg: cannot be written: No such file' score "$survey" -q --chart gone/a.svg
    mkdir -p directory.png
    refuses "pictures: a directory" 1 'directory.png: cannot be written' score "$survey" -q --chart directory.png
    if [ -c /dev/full ]; then
        ln -sf /dev/full full.pdf
        refuses "pictures: a full disk" 1 '/dev/full: cannot be written: No space left' score "$survey" -q --chart full.pdf
    else
        skip "pictures: a full disk" "there is no /dev/full"
    fi
    cp region.png kept.png
    refuses "pictures: nothing to draw" 1 'gone.csv: cannot be opened' score gone.csv --chart kept.png
    test_that "pictures: the old one stays" cmp -s kept.png region.png
    equals "pictures: nothing half written is left" "$(find . -name '*.tmp')" ""

    picture_periods
    picture_changes
    picture_fonts
    if command -v python3 >/dev/null; then picture_contents; else skip "pictures: what they show" "there is no python3"; fi
}

# alike NAME COMMAND...: draws it in each format: nothing is said, the output is as without, the same bytes twice.
alike()
{
    of=$1
    shift
    nps "$@" --format csv -q
    mv out without.csv
    for format in svg png pdf; do
        nps "$@" --format csv -q --chart "first.$format"
        equals "pictures: of $of: $format: nothing is said" "$status$(cat err)" 0
        test_that "pictures: of $of: $format: the output is the same" cmp -s without.csv out
        LC_ALL=C.UTF-8 nps "$@" --format md -q --chart "second.$format"
        test_that "pictures: of $of: $format: the same bytes in another format and locale" \
            cmp -s "first.$format" "second.$format"
    done
    LC_ALL=C
    equals "pictures: of $of: PNG: its signature" "$(head -c 8 first.png | od -An -tx1 | tr -d ' \n')" 89504e470d0a1a0a
    equals "pictures: of $of: PDF: its signature" "$(head -c 5 first.pdf)" %PDF-
    test_that "pictures: of $of: SVG: its end" has first.svg '</svg>'
}

# waves COUNTS...: a CSV of promoters/passives/detractors of months from January on, 0/0/0 of one without answers.
waves()
{
    printf '%s\n' "$@" | awk -F/ 'BEGIN { print "date,score" }
        { for (c = 1; c <= 3; c++) for (i = 0; i < $c; i++) printf "2025-%02d-01,%d\n", NR, c == 1 ? 10 : c == 2 ? 7 : 0 }'
}

picture_periods()
{
    alike "periods" trend "$survey" --time date --every week --rolling 3 --baseline 4
    mv first.svg weeks.svg
    sleep 1.1
    nps trend "$survey" --time date --every week --rolling 3 --baseline 4 --format csv -q --chart weeks_again.svg
    test_that "pictures: of periods: the same bytes at another time" cmp -s weeks.svg weeks_again.svg
    printf 'date,score\n2025-03-01,\n' >untold.csv
    notes "pictures: of periods without answers" 'there is no answer' \
        trend untold.csv --time date --every month --format csv --chart untold.svg
    test_that "pictures: of periods without answers: there is one" has untold.svg '</svg>'
    printf 'date,score\n,9\n' >untold.csv
    notes "pictures: of no period" 'no row has a time' trend untold.csv --time date --every month --format csv --chart no_period.svg
    test_that "pictures: of no period: there is one" has no_period.svg '</svg>'
    refuses "pictures: of periods: no such directory" 1 'gone/a.svg: cannot be written: No such file' \
        trend "$survey" --time date --every month -q --chart gone/a.svg
    # Days of 30 years: what is told of several is drawn once.
    awk 'BEGIN { print "when,score"; for (i = 0; i < 10000; i++) for (j = 0; j < 3; j++) print 86400 * i "," (i * 7 + j * 5) % 11 }' >days.csv
    nps trend days.csv --time when --every day --rolling 90 --format csv -q --chart days.svg
    equals "pictures: of 10,000 days" "$status$(cat err)" 0
    test_that "pictures: of 10,000 days: in less than half a megabyte" [ "$(wc -c <days.svg)" -lt 500000 ]
}

picture_changes()
{
    alike "a change" explain "$survey" --by region,channel --time date --from 2025-Q1 --to 2025-Q2
    mv first.svg change.svg
    refuses "pictures: of a change: no such directory" 1 'gone/a.svg: cannot be written: No such file' \
        explain "$survey" --by region --time date --from 2025-Q1 --to 2025-Q2 -q --chart gone/a.svg
    printf 'region,score\nBerlin,\n' >untold.csv
    rm -f untold.png
    refuses "pictures: of no change" 1 'no answer, and so no change to explain' \
        explain untold.csv "$survey" --by region -q --chart untold.png
    test_that "pictures: of no change: no file" [ ! -e untold.png ]
    # Two files; one segment, which stays as it is.
    printf 'shop,score\na,9\na,9\n' >before.csv
    cp before.csv after.csv
    prints "pictures: of a change that is none" 'a,' explain before.csv after.csv --by shop --format csv -q --chart nothing.svg
}

# only_fonts DIRECTORY: a configuration with no fonts but these.
only_fonts()
{
    printf '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>%s</dir><cachedir>%s</cachedir></fontconfig>' \
        "$1" "$T/font_cache" >fonts.conf
    FONTCONFIG_FILE=$T/fonts.conf
    export FONTCONFIG_FILE
}

picture_fonts()
{
    # The survey has names in Latin, Persian and Chinese letters.
    complete=yes
    for letter in 0627 06af 4e0a; do
        if [ -z "$(fc-list ":charset=$letter" family 2>/dev/null)" ]; then complete=no; fi
    done
    if [ $complete = yes ]; then
        nps score "$survey" --by region --format csv --chart letters.svg
        test_that "pictures: Persian and Chinese letters are there" lacks err 'no glyph'
        nps rank "$survey" --by region,channel --format csv --chart letters.svg
        test_that "pictures: and in names of several parts" lacks err 'no glyph'
        nps explain "$survey" --by region,channel --time date --from 2025-Q1 --to 2025-Q2 --format csv --chart letters.svg
        test_that "pictures: and in what explains a change" lacks err 'no glyph'
        nps trend "$survey" --by region --time date --every day --format csv --rolling 3 --chart letters.svg
        test_that "pictures: of periods: all letters are there" lacks err 'no glyph'
    else
        skip "pictures: Persian and Chinese letters are there" "no font here has them"
    fi
    latin=$(fc-list ':family=DejaVu Sans' file 2>/dev/null | sed -n 's/: *$//p' | grep -i '/DejaVuSans\.ttf$' | head -n 1)
    if [ -n "$latin" ]; then
        mkdir -p latin no_fonts
        cp "$latin" latin
        only_fonts "$T/latin"
        # Two characters in each of two names.
        notes "pictures: letters that no font has" 'note: 4 characters have no glyph in the fonts here, and are boxes in the picture' \
            score "$survey" --by region --format csv --chart boxes.svg
        only_fonts "$T/no_fonts"
        refuses "pictures: no fonts" 1 'there is no font here to draw letters with: install one' score "$survey" -q --chart empty.svg
        test_that "pictures: no fonts, no file" [ ! -e empty.svg ]
        unset FONTCONFIG_FILE
    else
        skip "pictures: letters that no font has" "there is no DejaVu Sans"
    fi
}

# shapes FILE: a line for each shape of an SVG that cairo wrote: what fills or strokes it, as #rrggbb, and the bounds of
# its points: left, top, right, bottom. Letters are not among them.
shapes()
{
    python3 - "$1" <<'PYTHON'
import re
import sys
import xml.etree.ElementTree as tree


def inside(at):
    for child in at:
        name = child.tag.split("}")[1]
        if name in ("path", "rect"):
            yield child
        if name not in ("defs", "symbol"):
            yield from inside(child)


for at in inside(tree.parse(sys.argv[1]).getroot()):
    style = " ".join(f"{key}:{value};" for key, value in at.items())
    line = re.sub(r"M [-\d.]+ [-\d.]+\s*(?=M|$)", "", at.get("d", "").strip())  # from where nothing is drawn
    numbers = [float(n) for n in re.findall(r"-?\d+\.?\d*", line)]
    for kind in "fill", "stroke":
        ink = re.search(r"\b" + kind + r":\s*rgb\(([\d.]+)%,\s*([\d.]+)%,\s*([\d.]+)%\)", style)
        if ink and numbers:
            x, y = numbers[0::2], numbers[1::2]
            colour = "".join("%02x" % round(float(part) * 2.55) for part in ink.groups())
            print(kind, "#" + colour, min(x), min(y), max(x), max(y))
PYTHON
}

# inside_page FILE: whether all letters of an SVG are inside of its page.
inside_page()
{
    python3 -c '
import re, sys
text = open(sys.argv[1]).read()
width, height = map(float, re.search(r"viewBox=\"0 0 ([\d.]+) ([\d.]+)\"", text).groups())
uses = re.findall(r"<use [^>]* x=\"([-\d.]+)\" y=\"([-\d.]+)\"", text)
assert uses and all(20 <= float(x) <= width - 20 and 10 <= float(y) <= height - 10 for x, y in uses)' "$1"
}

picture_contents()
{
    for file in region rows none many one; do
        test_that "pictures: $file.svg is XML" \
            python3 -c 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])' "$file.svg"
    done
    printf '"a<b>&""\001",score\nx,9\n' >named.csv
    nps score named.csv --by 'a<b>&"'"$(printf '\001')" --format csv -q --chart named.svg
    equals "pictures: a title with signs of XML" "$(python3 -c '
import xml.dom.minidom
print(xml.dom.minidom.parse("named.svg").getElementsByTagName("title")[0].firstChild.data)')" \
        'Net Promoter Score by a<b>&"\x01'

    # Of 50 promoters, 30 passives and 20 detractors: where the parts of the bar begin, of its width. Signs of the legend
    # are 13 wide.
    nps score --counts 50,30,20 --format csv -q --chart parts.svg
    shapes parts.svg >parts
    equals "pictures: parts of the bar" "$(awk '
        $1 == "fill" && $5 - $3 > 14 {
            if ($2 == "#d55e00") left = $3
            if ($2 == "#bdbdbd") passives = $3
            if ($2 == "#0072b2") { promoters = $3; right = $5 }
        }
        END { printf "%.3f %.3f", (passives - left) / (right - left), (promoters - left) / (right - left) }' parts)" \
        "0.200 0.500"
    # The dot of a score of 0 is on the dark line of the scale, one of 100 on the last line, one of -100 on the first.
    for counts in 0,10,0:1 10,0,0:3 0,0,10:2; do
        nps score --counts "${counts%:*}" --format csv -q --chart dot.svg
        shapes dot.svg >dots
        test_that "pictures: the dot of ${counts%:*}" awk -v which="${counts#*:}" '
            $1 == "stroke" && $3 == $5 && ($2 == "#dddddd" || $2 == "#595959") {
                if (first == "" || $3 < first) first = $3
                if (last == "" || $3 > last) last = $3
                if ($2 == "#595959") zero = $3
            }
            $1 == "fill" && $2 == "#222222" { dot = ($3 + $5) / 2 }
            END { is = which == 1 ? zero : which == 2 ? first : last; exit !(dot - is < 0.1 && is - dot < 0.1) }' dots
    done
    # Swapped, the score and its interval are the mirror image: what is left of the middle of the scale is right of it.
    for counts in 50,30,20 20,30,50; do
        nps score --counts $counts --format csv -q --chart mirror.svg
        shapes mirror.svg | awk '
            $1 == "stroke" && $3 == $5 && ($2 == "#dddddd" || $2 == "#595959") {
                if (first == "" || $3 < first) first = $3
                if (last == "" || $3 > last) last = $3
            }
            $1 == "stroke" && $2 == "#222222" && $3 == $5 { ends[++n] = $3 }
            $1 == "fill" && $2 == "#222222" { dot = ($3 + $5) / 2 }
            END {
                middle = (first + last) / 2
                printf "%.0f %.0f %.0f", ends[n - 1] - middle, dot - middle, ends[n] - middle
            }' >"mirror_$counts"
    done
    equals "pictures: mirrored" "$(cat mirror_50,30,20)" "$(awk '{ print -$3, -$2, -$1 }' mirror_20,30,50)"

    # As many strong dots, and as many faint ones, as the adjusted p says; one of each is in the legend. The mean is dashed.
    nps rank "$survey" --by region --format csv -q --chart rows.svg
    shapes rows.svg >rows
    for sort in '<:#0072b2' '>=:#6aa5cf'; do
        equals "pictures: dots with p ${sort%:*} .05" "$(grep -c "^fill ${sort#*:}" rows)" \
            "$(awk -F, -v less="${sort%:*}" 'NR > 1 { n += ($(NF - 1) < 0.05) == (less == "<") } END { print n + 1 }' out)"
    done
    test_that "pictures: the mean is dashed" has rows.svg dasharray
    picture_period_contents
    picture_change_contents
    # Everything is inside of the picture.
    nps score many.csv --by segment --format csv -q --chart many.svg
    for file in region rows many parts weeks days marks change nothing no_period; do
        test_that "pictures: $file.svg: nothing leaves the page" inside_page "$file.svg"
    done
}

# scale: of the lines of an upright scale from -100 to 100 in `marks`, sets bottom and top; awk of the tests below.
scale='$1 == "stroke" && $2 == "#dddddd" && $4 == $6 { if (top == "" || $4 < top) top = $4; if ($4 > bottom) bottom = $4 }
    function points(y) { return -100 + 200 * (bottom - y) / (bottom - top) }'

picture_period_contents()
{
    # All promoters, as many of each, all detractors, nobody, 50 of 100 promoters and 20 detractors, nobody, the first again.
    waves 1/0/0 30/40/30 0/0/1 0/0/0 50/30/20 0/0/0 1/0/0 30/40/30 >marks.csv
    nps trend marks.csv --time date --every month --format csv -q --chart marks.svg
    shapes marks.svg >marks
    equals "pictures: of periods: the dots are at the scores" "$(awk "$scale"'
        $1 == "fill" && $2 == "#0072b2" { dot[++n] = ($4 + $6) / 2; at[n] = ($3 + $5) / 2 }
        END { for (i = 2; i <= n; i++) printf "%.0f ", points(dot[i]); print n - 1 }' marks)" \
        "$(awk -F, 'NR > 1 && $10 != "" { printf "%.0f ", $10; n++ } END { print n }' out)"
    # Months, not days, are evenly spaced; those without answers take their place.
    equals "pictures: of periods: evenly spaced" "$(awk '
        $1 == "fill" && $2 == "#0072b2" { at[++n] = ($3 + $5) / 2 }
        END { for (i = 2; i <= n; i++) printf "%.2f ", 7 * (at[i] - at[2]) / (at[n] - at[2]) }' marks)" \
        "0.00 1.00 2.00 4.00 6.00 7.00 "
    # The interval of the fifth month stands alone; one area more is in the legend, one is of three months, one of two.
    equals "pictures: of periods: an interval" "$(awk "$scale"'
        $1 == "fill" && $2 == "#d2e4f1" { low[++n] = $6; high[n] = $4 }
        END { printf "%.1f %.1f %d", points(low[3]), points(high[3]), n }' marks)" "$(awk -F, '$1 == "2025-05" { printf "%.1f %.1f 4", $12, $13 }' out)"
    test_that "pictures: of periods: no rolling score" lacks marks '#e69f00'
    nps trend marks.csv --time date --every month --rolling 8 --format csv -q --chart rolling.svg
    shapes rolling.svg >rolling
    equals "pictures: of periods: a rolling score of all is a dot" "$(awk "$scale"'
        $1 == "fill" && $2 == "#e69f00" { printf "%.1f", points(($4 + $6) / 2) }' rolling)" \
        "$(awk -F, '$1 == "2025-08" { printf "%.1f", $(NF - 7) }' out)"
    # A ring around each month that is outside of the limits, and one in the legend; the bar above is from the month
    # since which it is lower to the last one.
    waves 60/20/20 60/20/20 58/22/20 60/20/20 40/30/30 40/30/30 30/30/40 30/30/40 >falls.csv
    nps trend falls.csv --time date --every month --baseline 4 --format csv -q --chart falls.svg
    shapes falls.svg >falls
    equals "pictures: of periods: rings" "$(grep -c '^stroke #d55e00' falls)" \
        "$(awk -F, 'NR > 1 && $(NF - 2) != 0 { n++ } END { print n + 1 }' out)"
    test_that "pictures: of periods: there is something to ring" [ "$(grep -c '^stroke #d55e00' falls)" -gt 1 ]
    equals "pictures: of periods: lower since" "$(awk '
        $1 == "fill" && $2 == "#d55e00" { from = $3; to = $5 }
        $1 == "fill" && $2 == "#0072b2" && to && !(($3 + $5) / 2 in seen) { seen[($3 + $5) / 2] = 1; at[++n] = ($3 + $5) / 2 }
        END { for (i = 1; i <= n; i++) if (at[i] > from && at[i] < to) printf "2025-%02d ", i }' falls)" \
        "$(awk -F, 'NR > 1 { label[NR] = $1; since = $NF } END { for (i = 2; i <= NR; i++) if (label[i] >= since) printf "%s ", label[i] }' out)"
    # Groups are one picture, of all.
    nps trend "$survey" --time date --every week --rolling 3 --baseline 4 --by region --format csv -q --chart groups.svg
    for file in weeks groups; do shapes $file.svg | grep -v '#ffffff' >$file; done
    test_that "pictures: of periods: all groups together" cmp -s weeks groups
}

picture_change_contents()
{
    # The numbers of both effects in the table, but for those that are 0, as long as the steps from the first dot to the
    # last; signs of the legend come first.
    nps explain "$survey" --by region --time date --from 2025-Q1 --to 2025-Q2 --format table -q --chart steps.svg
    awk '/ → | to /{ if ($1 ~ /%/) exit; print }' out >steps.table
    shapes steps.svg >steps
    awk '$1 != "total" { for (i = 2; i >= 1; i--) if ($(NF - i) != 0) printf "%.1f\n", $(NF - i) }' steps.table >wanted
    awk -v change="$(awk '$1 == "total" { print $NF }' steps.table)" '
        $1 == "fill" && ($2 == "#0072b2" || $2 == "#6aa5cf") && ++signs[$2] > 1 { step[++n] = $5 - $3 }
        $1 == "fill" && ($2 == "#d55e00" || $2 == "#eba87a") && ++signs[$2] > 1 { step[++n] = $3 - $5 }
        $1 == "fill" && $2 == "#222222" { dot[++dots] = ($3 + $5) / 2 }
        END { for (i = 1; i <= n; i++) printf "%.1f\n", step[i] * change / (dot[2] - dot[1]) }' steps >drawn
    test_that "pictures: of a change: there are steps" [ "$(wc -l <wanted)" -gt 8 ]
    test_that "pictures: of a change: steps are as long as their numbers" cmp -s wanted drawn
    # More segments than there is room for: the rest is one row, and all still adds up.
    awk 'BEGIN { print "shop,score"; for (i = 0; i < 40; i++) for (j = 0; j < 5 + i % 7; j++) print i "," (i * j) % 11 }' >before.csv
    awk 'BEGIN { print "shop,score"; for (i = 0; i < 40; i++) for (j = 0; j < 5 + i % 5; j++) print i "," (i * j + i) % 11 }' >after.csv
    nps explain before.csv after.csv --by shop --format csv -q --chart forty.svg
    shapes forty.svg >forty
    equals "pictures: of a change: 40 segments are at most 13 rows, and add up" "$(awk '
        $1 == "fill" && ($2 == "#0072b2" || $2 == "#6aa5cf") && ++signs[$2] > 1 { n++; sum += $5 - $3 }
        $1 == "fill" && ($2 == "#d55e00" || $2 == "#eba87a") && ++signs[$2] > 1 { n++; sum -= $5 - $3 }
        $1 == "fill" && $2 == "#222222" { dot[++dots] = ($3 + $5) / 2 }
        END { print (n <= 26 && n > 13), (sum - (dot[2] - dot[1]) < 0.5 && sum - (dot[2] - dot[1]) > -0.5) }' forty)" "1 1"
}

nps score --counts 1,1,1 --chart probe.svg --format csv
if [ "$status" -eq 2 ] && has err 'built without pictures'; then
    refuses "pictures: not built: what would mend it" 2 'install pango and cairo' score "$survey" --chart a.svg
    skip "pictures" "the command was built without them"
else
    picture_tests
fi
