# shellcheck shell=sh disable=SC2154
# Pictures of ratings, reasons and outcomes: what they show, and that names are clear of each other. Uses alike() and
# shapes() of chart.sh. Skipped where pictures are not built.

ratings="$root/examples/data/ratings.csv"
columns=staff,speed,price,website,range

refuses "pictures: of themes: no format" 2 '--chart "svg": expected a file' themes "$ratings" --themes reasons --chart svg
refuses "pictures: of outcomes: no format" 2 '--chart "png": expected a file' outcomes "$ratings" --outcome spend --chart png
refuses "pictures: of ratings: no format" 2 '--chart "a.gif": expected a file' drivers "$ratings" --drivers $columns --chart a.gif

# many_ratings COUNT: a CSV of 600 answers with so many ratings of names of several scripts and lengths.
many_ratings()
{
    awk -v count="$1" '
        function next_number() { seed = (seed * 16807) % 2147483647; return seed / 2147483647 }
        BEGIN {
            seed = 11
            split("staff,رفتار کارکنان,配送速度,how easily things are found in the shop on the corner,سرعت تحویل,价格", names, ",")
            printf "score"
            for (j = 1; j <= count; j++) printf ",%s %d", names[1 + j % 6], j
            print ""
            for (i = 0; i < 600; i++) {
                mood = next_number(); sum = 0; line = ""
                for (j = 1; j <= count; j++) {
                    rating = int(1 + 4 * (0.4 * mood + 0.6 * next_number()) + j % 5 / 4)
                    if (rating > 5) rating = 5
                    line = line "," rating
                    sum += (rating - 3) / j
                }
                score = int(5 + 6 * (mood - 0.5) + sum + 3 * next_number())
                print (score < 0 ? 0 : score > 10 ? 10 : score) line
            }
        }'
}
# ratings_of FILE: the columns of its ratings.
ratings_of() { head -n 1 "$1" | cut -d, -f2-; }

# picture_parts FILE: a line for each bar, point of the map, interval, and outline of a name on the map; the legend is
# not among them, which is 13 wide.
picture_parts()
{
    shapes "$1" | awk '
        { width = $5 - $3; height = $6 - $4 }
        $1 == "fill" && height > 17.5 && height < 18.5 && $2 != "#ffffff" { print "bar", $2, $3, $4, $5, $6 }
        $1 == "fill" && height > 11.5 && height < 12.5 && width > 11.5 && width < 12.5 { print "point", $2, ($3 + $5) / 2, ($4 + $6) / 2 }
        $1 == "stroke" && $2 == "#222222" && height == 0 && ++intervals > 1 { print "interval", $2, $3, $4, $5 }
        $1 == "stroke" && $2 == "#ffffff" && width > 2 && height > 2 { print "name", $2, $3, $4, $5, $6 }'
}
parts_of() { grep -c "^$1 " parts; }

# Names on a map: not on each other, not on a point, not beyond the plot; awk over picture_parts.
names_are_clear()
{
    awk '
        $1 == "name" { n++; left[n] = $3; top[n] = $4; right[n] = $5; bottom[n] = $6 }
        $1 == "point" { m++; x[m] = $3; y[m] = $4 }
        END {
            for (i = 1; i <= n; i++) {
                if (left[i] < 20 || right[i] > 780) exit 1
                for (j = i + 1; j <= n; j++) {
                    if (left[i] < right[j] && left[j] < right[i] && top[i] < bottom[j] && top[j] < bottom[i]) exit 1
                }
                for (j = 1; j <= m; j++) {
                    if (x[j] > left[i] && x[j] < right[i] && y[j] > top[i] && y[j] < bottom[i]) exit 1
                }
            }
            exit n == 0
        }' parts
}

picture_drivers()
{
    alike "ratings" drivers "$ratings" --drivers $columns --by region --low 2 --high 4
    refuses "pictures: of ratings: no such directory" 1 'gone/a.svg: cannot be written: No such file' \
        drivers "$ratings" --drivers $columns -q --chart gone/a.svg
    many_ratings 22 >many_ratings.csv
    nps drivers many_ratings.csv --drivers "$(ratings_of many_ratings.csv)" --format csv -q --chart first.svg
    LC_ALL=C.UTF-8 nps drivers many_ratings.csv --drivers "$(ratings_of many_ratings.csv)" --format table -q --chart second.svg
    test_that "pictures: of ratings: names of any script, the same bytes in another locale" cmp -s first.svg second.svg
    many_ratings 64 >more_ratings.csv
    notes "pictures: of ratings: the first 60" 'the picture has the first 60: 4 more are not drawn' \
        drivers more_ratings.csv --drivers "$(ratings_of more_ratings.csv)" --format csv --chart more.svg
    head -n 4 many_ratings.csv >few_ratings.csv
    notes "pictures: of ratings without a fit" 'too few' \
        drivers few_ratings.csv --drivers "$(ratings_of many_ratings.csv)" --format csv --chart no_fit.svg
    test_that "pictures: of ratings without a fit: there is one" has no_fit.svg '</svg>'
}

picture_driver_contents()
{
    # In the order of rank bars are as long as the weights, and intervals end where these do, from the dark line at 0.
    nps drivers "$ratings" --drivers $columns --format csv -q --chart drivers.svg
    picture_parts drivers.svg >parts
    zero=$(shapes drivers.svg | awk '$1 == "stroke" && $2 == "#595959" && $3 == $5 && !n++ { print $3 }')
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
        NR > 1 { printf "%d %.6f %.6f %.6f %.6f\n", $at["rank"], $at["relative_weight"], $at["relative_weight_lower"],
            $at["relative_weight_upper"], $at["mean"] }' out | sort -n >wanted
    awk 'NR == 1 { first = $2 } { printf "%.2f %.2f %.2f\n", $2 / first, $3 / first, $4 / first }' wanted >lengths
    awk -v zero="$zero" '
        $1 == "bar" { bar[++n] = $5 - zero }
        $1 == "interval" { lower[++m] = $3 - zero; upper[m] = $5 - zero }
        END { for (i = 1; i <= n; i++) printf "%.2f %.2f %.2f\n", bar[i] / bar[1], lower[i] / bar[1], upper[i] / bar[1] }' parts >drawn
    test_that "pictures: of ratings: bars and intervals are as long as the weights" cmp -s lengths drawn
    equals "pictures: of ratings: the first three are marked" "$(awk '$1 == "bar" { printf "%s ", $2 }' parts)" \
        "#0072b2 #0072b2 #0072b2 #6aa5cf #6aa5cf "
    # On the map a point is as far right as the mean, and as far up as the weight: as parts of the way to the second one.
    awk '{ mean[NR] = $5; weight[NR] = $2 }
        END { for (i = 3; i <= NR; i++) printf "%.2f %.2f\n", (mean[i] - mean[1]) / (mean[2] - mean[1]),
            (weight[i] - weight[1]) / (weight[3] - weight[1]) }' wanted >places
    awk '$1 == "point" { x[++n] = $3; y[n] = $4 }
        END { for (i = 3; i <= n; i++) printf "%.2f %.2f\n", (x[i] - x[1]) / (x[2] - x[1]), (y[i] - y[1]) / (y[3] - y[1]) }' parts >drawn
    test_that "pictures: of ratings: points of the map are where the numbers are" cmp -s places drawn
    equals "pictures: of ratings: each point has a name" "$(parts_of point) $(parts_of name)" "5 5"
    test_that "pictures: of ratings: names are clear of each other" names_are_clear

    nps drivers many_ratings.csv --drivers "$(ratings_of many_ratings.csv)" --format csv -q --chart many_drivers.svg
    picture_parts many_drivers.svg >parts
    equals "pictures: of 22 ratings: each has a bar, an interval, a point and a name" \
        "$(parts_of bar) $(parts_of interval) $(parts_of point) $(parts_of name)" "22 22 22 22"
    test_that "pictures: of 22 ratings: names are clear of each other" names_are_clear
    picture_parts more.svg >parts
    equals "pictures: of 64 ratings: 60 are drawn" "$(parts_of bar) $(parts_of point)" "60 60"
    test_that "pictures: of 64 ratings: names are clear of each other" names_are_clear

    nps drivers "$ratings" --drivers staff --format csv -q --chart one.svg
    picture_parts one.svg >parts
    equals "pictures: of one rating: a bar, and no map" "$(parts_of bar) $(parts_of interval) $(parts_of point)" "1 1 0"
    nps drivers "$ratings" --drivers $columns --pairwise --format csv -q --chart pairwise.svg
    picture_parts pairwise.svg >parts
    equals "pictures: of ratings, pairwise: no interval" "$(parts_of bar) $(shapes pairwise.svg | grep -c '^stroke #222222')" "5 0"
    picture_parts no_fit.svg >parts
    equals "pictures: of ratings without a fit: nothing is drawn" "$(wc -l <parts)" 0
    # Lower ratings of `wait` go with higher answers: on the map its mean is counted from the other end, 1 + 5 - 2.
    awk 'BEGIN { print "score,wait,staff"
        for (i = 0; i < 300; i++) { w = 1 + i % 3; s = 2 + i % 4; print (10 - 2 * w + int(i * 7 % 5 / 2)) "," w "," s } }' >reversed.csv
    nps drivers reversed.csv --drivers wait,staff --rating-scale 1-5 --format csv -q --chart reversed.svg
    picture_parts reversed.svg >parts
    equals "pictures: of a rating whose lowest is the best: it is on the right" "$(awk '
        $1 == "bar" { length_of[++n] = $5 - $3 }
        $1 == "point" { x[++m] = $3 }
        END { print (length_of[1] > length_of[2]) == (x[1] > x[2]) }' parts)" 1
}

picture_themes()
{
    alike "themes" themes "$ratings" --themes reasons --by region
    refuses "pictures: of themes: no such directory" 1 'gone/a.svg: cannot be written: No such file' \
        themes "$ratings" --themes reasons -q --chart gone/a.svg
    printf 'score,why\n,slow\n' >unanswered.csv
    notes "pictures: of themes without answers" 'there is no answer' \
        themes unanswered.csv --themes why --format csv --chart unthemed.svg
    test_that "pictures: of themes without answers: there is one" has unthemed.svg '</svg>'
    # 40 themes of several scripts; the last ones do most.
    awk 'BEGIN {
        split("slow,رفتار بد,配送太慢,the parcel was left in the rain in front of the door of somebody else", names, ",")
        print "score,why"
        for (i = 0; i < 1200; i++) { t = i % 40; print ((i * 7 + int(i / 40)) % 40 < t ? 10 : i % 3 ? 2 : 8) "," names[1 + t % 4] " " t }
    }' >forty_themes.csv
    nps themes forty_themes.csv --themes why --format csv -q --chart forty_themes.svg
    LC_ALL=C.UTF-8 nps themes forty_themes.csv --themes why --format table -q --chart again.svg
    test_that "pictures: of 40 themes: the same bytes in another locale" cmp -s forty_themes.svg again.svg
}

picture_theme_contents()
{
    # An answer's 100, 0 or -100, shared evenly by its themes, over all answers: in the order of the table, which has
    # answers without a theme last; as parts of the longest bar, with its side of the dark line at 0.
    nps themes "$ratings" --themes reasons --format csv -q --chart themes.svg
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        $at["score"] != "" {
            points = $at["score"] >= 9 ? 100 : $at["score"] >= 7 ? 0 : -100
            all++; count = split($at["reasons"], themes, "; ")
            for (i = 1; i <= count; i++) adds[themes[i]] += points / count
            if (count == 0) adds["(none)"] += points
        }
        END { for (theme in adds) printf "%d %.4f\n", theme == "(none)", adds[theme] / all }' "$ratings" |
        sort -k1,1n -k2,2n | awk '{ adds[NR] = $2; if ($2 ^ 2 > longest ^ 2) longest = $2 }
            END { for (i = 1; i <= NR; i++) printf "%.2f\n", adds[i] / (longest < 0 ? -longest : longest) }' >wanted
    picture_parts themes.svg >parts
    zero=$(shapes themes.svg | awk '$1 == "stroke" && $2 == "#595959" && $3 == $5 && !n++ { print $3 }')
    awk -v zero="$zero" '
        $1 == "bar" { middle = ($3 + $5) / 2; bar[++n] = middle < zero ? $3 - zero : $5 - zero; if (bar[n] ^ 2 > longest ^ 2) longest = bar[n] }
        END { for (i = 1; i <= n; i++) printf "%.2f\n", bar[i] / (longest < 0 ? -longest : longest) }' parts >drawn
    test_that "pictures: of themes: bars are as long as the contributions" cmp -s wanted drawn
    # What the interval leaves on one side of 0 is dark.
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        { low = $at["contribution_lower"]; high = $at["contribution_upper"]
            print ($at["theme"] == ""), (low > 0 ? "#0072b2" : high < 0 ? "#d55e00" : $at["contribution"] < 0 ? "#eba87a" : "#6aa5cf") }' out |
        sort -s -k1,1n | awk '{ print $2 }' >wanted
    awk '$1 == "bar" { print $2 }' parts >drawn
    test_that "pictures: of themes: what may be nothing is pale" cmp -s wanted drawn
    # 23 of the 40, and one bar for the others; all add up.
    picture_parts forty_themes.svg >parts
    equals "pictures: of 40 themes: 24 rows, of which 23 have an interval" "$(parts_of bar) $(parts_of interval)" "24 23"
    picture_parts unthemed.svg >parts
    equals "pictures: of themes without answers: nothing is drawn" "$(wc -l <parts)" 0
}

picture_outcomes()
{
    alike "outcomes" outcomes "$ratings" --outcome spend --by region
    mv first.svg spend.svg
    alike "a rate" outcomes "$ratings" --outcome renewed --yes yes --no no
    refuses "pictures: of outcomes: no such directory" 1 'gone/a.svg: cannot be written: No such file' \
        outcomes "$ratings" --outcome spend -q --chart gone/a.svg
    awk 'BEGIN { print "score,paid,shop"; for (i = 0; i < 280; i++) print i % 11 "," i "," i % 70 }' >shops.csv
    notes "pictures: of outcomes: the first 60 groups" 'the picture has the first 60: 10 more are not drawn' \
        outcomes shops.csv --outcome paid --by shop --format csv --chart shops.svg
    printf 'score,paid\n9,\n' >unpaid.csv
    notes "pictures: of no outcome" 'no answer has an outcome' outcomes unpaid.csv --outcome paid --format csv --chart unpaid.svg
    test_that "pictures: of no outcome: there is one" has unpaid.svg '</svg>'
    printf 'score,paid\n9,5\n9,5\n3,5\n' >same.csv
    nps outcomes same.csv --outcome paid --format csv -q --chart same.svg
    equals "pictures: of outcomes that are all the same" "$status$(cat err)" 0
    printf 'score,paid\n9,2e90\n9,5e90\n3,-1e90\n3,-4e90\n' >large.csv
    nps outcomes large.csv --outcome paid --format csv -q --chart large.svg
    equals "pictures: of outcomes that are very large" "$status$(cat err)" 0
}

picture_outcome_contents()
{
    # By class: the share of yes, and its interval by Wilson (1927), on a scale from the dark line, 0, to the last, 100.
    nps outcomes "$ratings" --outcome renewed --yes yes --no no --format csv -q --chart rate.svg
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        $at["score"] != "" && $at["renewed"] != "" {
            class = $at["score"] >= 9 ? 1 : $at["score"] >= 7 ? 2 : 3
            n[class]++; yes[class] += $at["renewed"] == "yes"
        }
        END {
            z2 = 1.959964 ^ 2
            for (i = 1; i <= 3; i++) {
                p = yes[i] / n[i]; middle = (p + z2 / 2 / n[i]) / (1 + z2 / n[i])
                half = sqrt(z2 * (p * (1 - p) / n[i] + z2 / 4 / n[i] ^ 2)) / (1 + z2 / n[i])
                printf "%.0f %.0f %.0f\n", 100 * (middle - half), 100 * p, 100 * (middle + half)
            }
        }' "$ratings" >wanted
    shapes rate.svg | awk '
        $1 == "stroke" && $3 == $5 && $2 == "#595959" && $6 - $4 > 100 { zero = $3 }
        $1 == "stroke" && $3 == $5 && $2 == "#dddddd" && $3 > last { last = $3 }
        $1 == "fill" && $5 - $3 > 12.5 && $5 - $3 < 13.5 && $6 - $4 > 12.5 && ($2 == "#0072b2" || $2 == "#595959" || $2 == "#d55e00") {
            x[++n] = ($3 + $5) / 2; y[n] = ($4 + $6) / 2
        }
        $1 == "stroke" && $4 == $6 && $5 - $3 < 400 { low[$4] = $3; high[$4] = $5 }
        function percent(at) { return 100 * (at - zero) / (last - zero) }
        END { for (i = 1; i <= n; i++) for (at in low) if (at - y[i] < 1 && y[i] - at < 1)
            printf "%.0f %.0f %.0f\n", percent(low[at]), percent(x[i]), percent(high[at]) }' >drawn
    test_that "pictures: of a rate: dots and intervals of the classes" cmp -s wanted drawn
    # Two dots a region, one for each class, and one for each answer that was given.
    equals "pictures: of outcomes: two dots for each group" "$(shapes spend.svg | awk '
        $1 == "fill" && $5 - $3 > 8.5 && $5 - $3 < 9.5 && ($2 == "#0072b2" || $2 == "#d55e00") { n++ } END { print n }')" 6
    equals "pictures: of outcomes: a dot for each answer" "$(shapes spend.svg | awk '
        $1 == "fill" && $5 - $3 > 8.5 && $5 - $3 < 9.5 && ($2 == "#6aa5cf" || $2 == "#bdbdbd" || $2 == "#eba87a") { n++ } END { print n }')" \
        "$(awk -F, 'NR > 1 && $3 != "" && !seen[$3]++ { n++ } END { print n }' "$ratings")"
    equals "pictures: of no outcome: nothing is drawn" "$(shapes unpaid.svg | grep -vc '#ffffff')" 0
}

picture_reasons()
{
    picture_drivers
    picture_themes
    picture_outcomes
    if command -v python3 >/dev/null; then
        picture_driver_contents
        picture_theme_contents
        picture_outcome_contents
        for file in drivers many_drivers more one pairwise no_fit reversed themes forty_themes unthemed rate spend shops unpaid same large; do
            test_that "pictures: $file.svg: nothing leaves the page" inside_page "$file.svg"
        done
    else
        skip "pictures: of ratings, reasons and outcomes: what they show" "there is no python3"
    fi
}

nps score --counts 1,1,1 --chart probe.svg --format csv
if [ "$status" -eq 2 ] && has err 'built without pictures'; then
    skip "pictures: of ratings, reasons and outcomes" "the command was built without them"
else
    picture_reasons
fi
