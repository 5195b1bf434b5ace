# shellcheck shell=sh disable=SC2154
# nps plan. Margins, their sizes, and power from tests/reference/plan.csv; what it lacks from closed forms beside.

# shellcheck disable=SC2034
{
    read -r header
    checked=0
    while IFS=, read -r id quantity promoters detractors to_p to_d level power margin difference population n n_to ratio value exact tol source; do
        set -- --level "$level" --format json
        [ -z "$promoters" ] || set -- "$@" --promoters "$promoters" --detractors "$detractors"
        [ -z "$population" ] || set -- "$@" --population "$population"
        case $quantity in
        n-for-margin)
            nps plan --margin "$margin" "$@"
            equals "plan: reference $id, $quantity" "$(field out n)" "$value"
            near "plan: reference $id, exact" "$(field out exact)" "$exact" 1e-8
            checked=$((checked + 1))
            ;;
        margin-for-n)
            nps plan -n "$n" "$@"
            near "plan: reference $id, $quantity" "$(field out margin)" "$value" 1e-9
            checked=$((checked + 1))
            ;;
        esac
    done
} <"$root/tests/reference/plan.csv"
equals "plan: all reference rows of margins were read" "$checked" 12

# (z + z_power)^2 2 v / difference^2, z of .975 and .8 (mpmath): 6279.1038, and with n = 6279 the power is below .8.
nps plan --detect 5 --format json
test_that "plan: detect" has out '"per_group": 6280, "per_group_to": 6280, "per_group_exact": 6279.1'
test_that "plan: detect, what it rests on" has out '"difference": 5, "power": 0.8,'
test_that "plan: begins like all" has out '{"schema": "nps/1", "command": "plan", "version": "'
test_that "plan: what was not asked is null" has out '"n": null, "exact": null, "margin": null,'
test_that "plan: assumptions" has out '"level": 0.95, "promoters": null, "detractors": null, "variance": 1, "population": null, "ratio": 1, "design_effect": 1}'
prints "plan: a difference down is one up" '"per_group": 6280, "per_group_to": 6280,' plan --detect -5 --format json
# The same with v = .7 - .09, design effect 1.4 and (1 + 1 / 2) for 2: 4021.7660
prints "plan: ratio, shares, design effect" '"per_group": 4022, "per_group_to": 8044, "per_group_exact": 4021.7' \
    plan --detect 5 --ratio 2 --promoters .5 --detractors .2 --design-effect 1.4 --format json
test_that "plan: shares are told" has out '"promoters": 0.5, "detractors": 0.2, "variance": 0.6'
nps plan -n 200 --detect 5 --format json
# Phi(-z + .5) + Phi(-z - .5) (mpmath)
near "plan: power" "$(field out power)" 0.0790975 1e-7
equals "plan: power, no margin" "$(field out margin)" null
nps plan -n 200 --format json
# Bisection on the power function (mpmath)
near "plan: detectable" "$(field out difference)" 28.0158178701358 1e-9
# reference row 3
near "plan: and the margin" "$(field out margin)" 13.859038243496779 1e-9
nps plan --margin 10 --detect 8 --power .9 --format json
equals "plan: both told" "$(field out n)" 385
# as above with z of .9: 3283.6
test_that "plan: both told, detect" has out '"per_group": 3284, "per_group_to": 3284,'

prints "plan: in words" '385 answers give a margin of error of 10 points at 95%' plan --margin 10 --format table
test_that "plan: nothing known" has out 'nothing known of the shares'
prints "plan: a population" '639 answers of 2000 people give a margin of error of 5 points at 95%' \
    plan --margin 5 --promoters .5 --detractors .2 --population 2000 --format table
test_that "plan: shares in words" has out 'shares: 50% promoters, 20% detractors; answers, not invitations'
prints "plan: groups in words" 'two groups of 6,280 answers each see a difference of 5 points with a power of 80% at 95%' plan --detect -5 --format table
prints "plan: unequal groups in words" 'groups of 4,022 and 8,044 answers see a difference of 5 points' \
    plan --detect 5 --ratio 2 --promoters .5 --detractors .2 --design-effect 1.4 --format table
prints "plan: the second group is rounded up" 'groups of 5 and 7 answers' plan -n 5 --ratio 1.3 --format table
prints "plan: -n in words" '200 answers give a margin of error of 13.9 points at 95%' plan -n 200 --format table
test_that "plan: -n in words, groups" has out 'two groups of 200 answers each see a difference of 28 points with a power of 80% at 95%'
prints "plan: power in words" 'see a difference of 5 points with a power of 7.91% at 95%' plan -n 200 --detect 5 --format table
prints "plan: a power that rounds to all" 'a power of more than 99.9%' plan -n 5000 --detect 40 --format table
prints "plan: one answer" '1 answer gives a margin of error of 100 points' plan -n 1 --format table
test_that "plan: one answer, two groups" has out 'see no difference with a power of 80%'
prints "plan: everybody" '50 answers of 50 people give a margin of error of 0 points' plan -n 50 --population 50 --format table
prints "plan: md" '- 385 answers give' plan --margin 10 --format md
nps plan --margin 10 --format csv
equals "plan: csv" "$(cat out)" "$(printf 'n,exact,margin,per_group,per_group_to,per_group_exact,difference,power,level,promoters,detractors,variance,population,ratio,design_effect\n385,%s,10,,,,,,0.95,,,1,,1,1' "$(sed -n 's/^385,\([^,]*\),.*/\1/p' out)")"
nps plan --margin 10 --format jsonl
equals "plan: jsonl is one line" "$(wc -l <out | tr -d ' ')" 1
prints "plan: and JSON" '"responses": 0' score "$(cp out line.jsonl; echo line.jsonl)" -s n --format json -q

refuses "plan: nothing asked" 2 'give --margin, --detect or -n' plan
refuses "plan: power alone" 2 'give --margin, --detect or -n' plan --power .8
refuses "plan: a file" 2 'takes no files' plan nine.csv --margin 10
refuses "plan: margin and -n" 2 'leave --margin out, or -n' plan --margin 10 -n 100
refuses "plan: all three" 2 'leave --margin out, or -n' plan --margin 10 -n 100 --detect 5
refuses "plan: power of a margin" 2 '--power is about --detect or -n' plan --margin 10 --power .8
refuses "plan: power of what tells it" 2 'tell the power' plan -n 100 --detect 5 --power .8
refuses "plan: ratio of a margin" 2 '--ratio is about two groups' plan --margin 10 --ratio 2
refuses "plan: population of a difference" 2 '--population is about the margin' plan --detect 5 --population 100
refuses "plan: population of a power" 2 '--population is about the margin' plan -n 50 --detect 5 --population 100
refuses "plan: more than all" 2 'more answers than --population 50' plan -n 51 --population 50
refuses "plan: promoters alone" 2 '--promoters alone says too little: give --detractors too' plan --margin 10 --promoters .5
refuses "plan: detractors alone" 2 '--detractors alone says too little: give --promoters too' plan --margin 10 --detractors .5
refuses "plan: shares above 1" 2 'add up to more than 1' plan --margin 10 --promoters .6 --detractors .5
refuses "plan: percentages" 2 'a share as a fraction' plan --margin 10 --promoters 60 --detractors 20
refuses "plan: one class" 2 'of one class there is nothing to plan' plan --margin 10 --promoters 1 --detractors 0
refuses "plan: no class" 2 'of one class there is nothing to plan' plan --margin 10 --promoters 0 --detractors 0
refuses "plan: power below chance" 2 'ask for more' plan --detect 5 --power .05
refuses "plan: power of 1" 2 'a fraction above 0 and below 1' plan --detect 5 --power 1
refuses "plan: margin 0" 2 'points above 0' plan --margin 0
refuses "plan: margin 101" 2 'points above 0' plan --margin 101
refuses "plan: detect 0" 2 'not 0' plan --detect 0
refuses "plan: detect 201" 2 'not 0' plan --detect 201
refuses "plan: n 0" 2 'a whole number from 1' plan -n 0
refuses "plan: n below 0" 2 'a whole number from 1' plan -n -5
refuses "plan: n beyond 2^53" 2 'at most 2^53' plan -n 9007199254740993
refuses "plan: a margin too small" 2 '--margin: more answers than 2^53' plan --margin 1e-300
refuses "plan: a difference too small" 2 '--detect: more answers than 2^53' plan --detect 1e-300
refuses "plan: a ratio too large" 2 'more answers than 2^53' plan -n 5 --ratio 1e300
refuses "plan: ratio 0" 2 'a number above 0' plan --detect 5 --ratio 0
refuses "plan: design effect 0" 2 'a number above 0' plan --detect 5 --design-effect 0
refuses "plan: a design effect too large" 2 'more answers than 2^53' plan --margin 5 --design-effect 1e300
refuses "plan: population 0" 2 'a number of people from 1' plan --margin 5 --population 0
