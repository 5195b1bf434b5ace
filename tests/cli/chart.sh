# shellcheck shell=sh disable=SC2016,SC2034,SC2154
# Pictures: their formats, what they show, fonts, files that cannot be written. Skipped where they are not built.

refuses "pictures: a format that is not known" 2 '--chart "a.gif": expected a file whose name ends in .svg, .png or .pdf' \
    score "$survey" --chart a.gif
refuses "pictures: no format" 2 '--chart "svg": expected a file' rank "$survey" --by region --chart svg
refuses "pictures: an ending alone" 2 '--chart ".svg": expected a file' score "$survey" --chart .svg
refuses "pictures: not of a tally" 2 'is not an option of nps tally' tally "$survey" --chart a.svg -o a.nps

# picture_tests: all others.
picture_tests()
{
    # fontconfig keeps a little until the end.
    printf 'leak:libfontconfig\n' >leaks
    LSAN_OPTIONS=suppressions=$T/leaks:print_suppressions=0
    export LSAN_OPTIONS

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

    picture_fonts
    if command -v python3 >/dev/null; then picture_contents; else skip "pictures: what they show" "there is no python3"; fi
    unset LSAN_OPTIONS
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
    numbers = [float(n) for n in re.findall(r"-?\d+\.?\d*", at.get("d", ""))]
    for kind in "fill", "stroke":
        ink = re.search(r"\b" + kind + r":\s*rgb\(([\d.]+)%,\s*([\d.]+)%,\s*([\d.]+)%\)", style)
        if ink and numbers:
            x, y = numbers[0::2], numbers[1::2]
            colour = "".join("%02x" % round(float(part) * 2.55) for part in ink.groups())
            print(kind, "#" + colour, min(x), min(y), max(x), max(y))
PYTHON
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
    # Everything is inside of the picture.
    nps score many.csv --by segment --format csv -q --chart many.svg
    for file in region rows many parts; do
        test_that "pictures: $file.svg: nothing leaves the page" python3 -c '
import re, sys
text = open(sys.argv[1]).read()
width, height = map(float, re.search(r"viewBox=\"0 0 ([\d.]+) ([\d.]+)\"", text).groups())
uses = re.findall(r"<use [^>]* x=\"([-\d.]+)\" y=\"([-\d.]+)\"", text)
assert uses and all(20 <= float(x) <= width - 20 and 10 <= float(y) <= height - 10 for x, y in uses)' "$file.svg"
    done
}

nps score --counts 1,1,1 --chart probe.svg --format csv
if [ "$status" -eq 2 ] && has err 'built without pictures'; then
    refuses "pictures: not built: what would mend it" 2 'install pango and cairo' score "$survey" --chart a.svg
    skip "pictures" "the command was built without them"
else
    picture_tests
fi
