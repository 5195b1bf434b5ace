# shellcheck shell=sh disable=SC2154
# The man page, the completions and the help tell of the same options.

man=$root/docs/man/nps.1
cat "$root/docs/nps.md" "$root/docs/nps-time.md" "$root/docs/nps-reasons.md" >pages.md
for command in score tally merge compare pairs trend explain panel rank drivers themes outcomes weights watch report plan audit; do
    nps "$command" --help
    sed -n 's/^ .*\(--[a-z-]*\).*/\1/p' out | sort >"$command.options"
    missing=
    while read -r option; do
        word=${option#--}
        grep -qE -e "^\.(It|Op) .*Fl -$word( |\$)" "$man" || missing="$missing nps.1:$option"
        grep -qE -e "\`(-[a-z], )?${option}[\` ]" pages.md || missing="$missing pages:$option"
        for shell in bash zsh fish; do
            grep -qE -e "(--|-l )$word([^a-z-]|\$)" "$root/completions/nps.$shell" || missing="$missing $shell:$option"
        done
    done <"$command.options"
    equals "every option of $command is in the man page, the docs and the completions" "$missing" ""
done
sort -u ./*.options >all.options
for shell in bash zsh fish; do
    grep -v '^set ' "$root/completions/nps.$shell" | grep -oE -e '(--|-l )[a-z][a-z-]+' | sed 's/^-l /--/' | sort -u |
        grep -vxF -e --version | comm -23 - all.options >extra
    equals "completions/nps.$shell names no other option" "$(cat extra)" ""
done
if command -v mandoc >/dev/null; then
    equals "nps.1 is clean" "$(mandoc -Tlint -W style "$man" 2>&1 | grep -v "referenced manual not found")" ""
else
    skip "nps.1 is clean" "there is no mandoc"
fi

# The survey that comes with the command.
survey=$root/examples/data/survey.csv
nps score "$survey" --by region --format csv -q
equals "examples/data: nothing but one answer is off the scale" \
    "$(nps score "$survey" --format csv -q; sed -n 2p out | cut -d, -f6)" 1
nps score "$survey" --by region --format csv -q
equals "examples/data: seven regions, and rows without one" "$(wc -l <out | tr -d ' ')" 9
if command -v python3 >/dev/null; then
    for name in survey panel customers ratings; do
        python3 "$root/examples/data/make_$name.py" >"$name.csv"
        test_that "examples/data: the script makes $name.csv" cmp -s "$name.csv" "$root/examples/data/$name.csv"
    done
else
    skip "examples/data: the scripts make the files" "there is no python3"
fi
