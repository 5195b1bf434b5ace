# shellcheck shell=sh disable=SC2154
# Real surveys, whose results were published or counted by others; see README.md beside them.

data=$SHARED/data
if [ -d "$data" ]; then
    nps score "$data/sfo_2017.csv" -s NETPRO --missing 11 --by BAREA --format json
    equals "SFO 2017: counts" "$(total out promoters)/$(total out passives)/$(total out detractors)" 1436/968/342
    near "SFO 2017: score" "$(total out nps)" 39.8398 5e-5
    equals "SFO 2017: missing" "$(total out missing)" 85
    equals "SFO 2017: nothing invalid" "$(total out invalid)" 0
    equals "SFO 2017: segments" "$(sed -n 's/.*"BAREA": "\([^"]*\)".*/\1/p' out | tr -d '\n')" ABCDEFG
    # tests/reference/intervals.csv: 342, 968, 1436, score, 0.95
    near "SFO 2017: lower" "$(total out lower)" 37.189417105495787 1e-9
    near "SFO 2017: upper" "$(total out upper)" 42.418841416838299 1e-9
    notes "SFO 2017: 11 is counted and named as invalid" '84 invalid answers on the scale 0-10: "11" 84 times' \
        score "$data/sfo_2017.csv" -s NETPRO --format json
    equals "SFO 2017: invalid" "$(total out invalid)" 84
    equals "SFO 2017: then missing" "$(total out missing)" 1
    equals "SFO 2017: never promoters" "$(total out promoters)" 1436
    nps score "$data/sfo_2017.csv" -s NETPRO --missing 11 -w WEIGHT --format json
    near "SFO 2017: weighted" "$(total out nps)" 40.398 5e-4
    # tests/reference/sequential.csv: 342, 968, 1436, benchmark 40 and level 0.95
    nps watch "$data/sfo_2017.csv" -s NETPRO --missing 11 --benchmark 40 --format json -q
    equals "SFO 2017: no alert at 40" "$status" 0
    near "SFO 2017: e-value against 40" "$(field out log_e_value)" -3.9065308658661706 1e-9
    near "SFO 2017: confidence sequence, lower" "$(field out lower)" 34.79938993236617 1e-9
    near "SFO 2017: confidence sequence, upper" "$(field out upper)" 44.717678490988951 1e-9
    # Counted by awk: the column's cells hold no commas, but others before it do, so only whole files are compared.
    nps score "$data/r_survey_2018_english.csv" -s Qrecommend --scale 1-10 --format json
    equals "R survey 2018: counts" "$(total out promoters)/$(total out passives)/$(total out detractors)" 2308/579/131
    near "R survey 2018: score" "$(total out nps)" 72.1339 5e-5
    equals "R survey 2018: as published" "$(total out rounded)" 72
    nps score "$data/carpentries_longterm_2017.csv" -s Likely-To-Recommend --format json
    equals "Carpentries 2017: counts" "$(total out promoters)/$(total out passives)/$(total out detractors)" 215/118/69
    near "Carpentries 2017: score" "$(total out nps)" 36.318 5e-4
else
    skip "real surveys" "there is no $data"
fi
