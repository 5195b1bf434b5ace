# shellcheck shell=sh disable=SC2154
# Times in cells, as nps trend reads them: every form, with and without a zone, and what is none.

# period_of CELL UNIT OPTION...: the label of the period that the cell falls in; nothing where it has no time.
period_of()
{
    cell=$(printf '%s' "$1" | sed 's/"/""/g') unit=$2
    shift 2
    printf 'score,when\n9,"%s"\n' "$cell" >time.csv
    nps trend time.csv --time when --every "$unit" --format csv "$@"
    [ "$status" -eq 0 ] && sed -n '2s/,.*//p' out
}

# Each line: the period, the unit, options or -, the cell. What falls in which period can be read off the cell; Unix
# seconds are those of date -u -d @SECONDS, ISO weeks those of date +%G-W%V.
cases=0
while IFS='|' read -r expected unit given cell; do
    [ -n "$unit" ] || continue
    cases=$((cases + 1))
    [ "$given" != - ] || given=
    # shellcheck disable=SC2086
    equals "times: '$cell' $given" "$(period_of "$cell" "$unit" $given)" "$expected"
done <<'CASES'
2018-03-05|day|-|2018-03-05
2018-03-05|day|-|20180305
2018-03-05|day|-|  2018-03-05	
2018-03-05|day|-|2018-03-05T16:57:58Z
2018-03-05|day|-|2018-03-05t16:57:58z
2018-03-05|day|-|2018-03-05 16:57:58 Z
2018-03-05|day|-|2018-03-05 16:57:58
2018-03-05|day|-|2018-03-05 16:57
2018-03-05|day|-|2018-03-05T1657
2018-03-05|day|-|20180305T165758Z
2018-03-05|day|-|2018-03-05T16:57:58.123456789Z
2018-03-05|day|-|2018-03-05T16:57:58,5Z
2018-03-05|day|-|2018-03-05T23:59:59.999Z
2018-03-05|day|-|2018-03-05T00:00:00Z
2018-03-05|day|-|2018-03-05T00:00
2018-03-06|day|-|2018-03-05T24:00
2018-03-06|day|-|2018-03-05T24:00:00Z
2016-12-31|day|-|2016-12-31T23:59:60Z
2016|year|-|2016-12-31T23:59:60.5Z
2017|year|-|2017-01-01T00:00:00Z
2018-03-04|day|-|2018-03-05T03:29:59+03:30
2018-03-05|day|-|2018-03-05T03:30:00+03:30
2018-03-04|day|-|2018-03-05T03:29:59 +0330
2018-03-05|day|-|2018-03-05T03:30:00+0330
2018-03-04|day|-|2018-03-05T02:59+03
2018-03-05|day|-|2018-03-05T03:00+03
2018-03-05|day|-|2018-03-05T18:59:59-05:00
2018-03-06|day|-|2018-03-05T19:00:00-05:00
2018-03-05|day|-|2018-03-05T23:59:59+00:00
2018-03-05|day|--utc-offset +03:30|2018-03-05T00:00
2018-03-05|day|--utc-offset +03:30|2018-03-05T23:59:59
2018-03-05|day|--utc-offset +03:30|2018-03-05
2018-03-05|day|--utc-offset +03:30|2018-03-05T20:29:59Z
2018-03-06|day|--utc-offset +03:30|2018-03-05T20:30:00Z
2018-03-06|day|--utc-offset +0330|2018-03-05T20:30:00Z
2018-03-05|day|--utc-offset +3|2018-03-05T20:59:59Z
2018-03-06|day|--utc-offset +03|2018-03-05T21:00:00Z
2018-03-06|day|--utc-offset +3:30|2018-03-05T20:30:00Z
2018-03-04|day|--utc-offset -05:00|2018-03-05T04:59:59Z
2018-03-05|day|--utc-offset -05:00|2018-03-05T05:00:00Z
2018-03-05|day|--utc-offset -05:00|2018-03-05
2018-03-05|day|--utc-offset Z|2018-03-05T23:59:59Z
2018-03-04|day|--utc-offset -05:00|2018-03-05T00:00+03:30
2018-02|month|--utc-offset -05:00|2018-03-01T04:59:59Z
2018|year|--utc-offset +23:59|2017-12-31T00:01:00Z
2018-03|month|-|2018-03
2018-03-01|day|-|2018-03
2018-01-01|day|-|2018-Q1
2018-10-01|day|-|2018-Q4
2018-03-05|day|-|2018-W10
2018-W10|week|-|2018-03-05
2018-W10|week|-|2018-03-11
2018-W09|week|-|2018-03-04
2018-12-31|day|-|2019-W01
2019-W01|week|-|2018-12-31
2018-W52|week|-|2018-12-30
2020-W53|week|-|2021-01-03
2011-W52|week|-|2012-01-01
2018-01-01|day|-|2018
2018-Q1|quarter|-|2018-03-31
2018-Q2|quarter|-|2018-04-01
2018|year|-|2018
2018-01-01|day|--utc-offset +03:30|2018
2020-02-29|day|-|2020-02-29
0218-03-05|day|-|0218-03-05
-0043-03-15|day|-|-0043-03-15
-0043|year|-|-0043
9999-12-31|day|-|9999-12-31T23:59:59Z
-9999-01-01|day|-|-9999-01-01
1970-01-01|day|-|0
1970-01-01|day|-|1
1969-12-31|day|-|-1
1970-01-01|day|-|-0
1970-01-01|day|-|86399
1970-01-02|day|-|86400
1970-01-01|day|-|86399.999
1969-12-31|day|-|-0.5
1969-12-31|day|-|-86400
1969-12-30|day|-|-86400.001
1969-12-31|day|-|-86400.000
2018-03-05|day|-|1520269078
2018-03-05|day|-|1520269078.25
2286-11-20|day|-|9999999999
9999-12-31|day|-|253402300799
2018-03-06|day|--utc-offset +08:00|1520269078
2018-03-05|day|--time-format %d/%m/%Y|05/03/2018
2018-03-05|day|--time-format %d/%m/%Y|5/3/2018
2018-05-03|day|--time-format %m/%d/%Y|05/03/2018
2018-03-05|day|--time-format %d/%m/%Y|  05/03/2018 
2018-03-05|day|--time-format %d/%m/%Y --utc-offset +03:30|05/03/2018
2018-03-05|day|--time-format %d/%m/%Y.%H:%M --utc-offset -05:00|05/03/2018.23:59
2018-03-05|day|--time-format %Y-%m-%dT%H:%M:%S%z|2018-03-05T03:30:00+0330
2018-03-04|day|--time-format %Y-%m-%dT%H:%M:%S%z|2018-03-05T03:29:59+0330
2018-03-04|day|--time-format %Y-%m-%dT%H:%M:%S%z --utc-offset -05:00|2018-03-05T04:59:59+0000
2016-12-31|day|--time-format %Y-%m-%dT%H:%M:%S|2016-12-31T23:59:60
2018-03-01|day|--time-format %m/%Y|03/2018
2018-03-05|day|--time-format %Y%m%d|20180305
1969-01-01|day|--time-format %d/%m/%y|01/01/69
2068-01-01|day|--time-format %d/%m/%y|01/01/68
|day|-|yesterday
|day|-|2018-02-29
|day|-|2018-02-30
|day|-|2018-13-01
|day|-|2018-00-01
|day|-|2018-03-00
|day|-|2018-3-5
|day|-|05/03/2018
|day|-|2018/03/05
|day|-|2018-03-05T
|day|-|2018-03-05 4pm
|day|-|2018-03-05T16
|day|-|2018-03-05T25:00
|day|-|2018-03-05T24:01
|day|-|2018-03-05T24:00:60
|day|-|2018-03-05T16:60
|day|-|2018-03-05T16:57:61
|day|-|2018-03-05T16:57:
|day|-|2018-03-05T16:57:58.
|day|-|2018-03-05T16:57:58+3
|day|-|2018-03-05T16:57:58+24:00
|day|-|2018-03-05T16:57:58+03:60
|day|-|2018-03-05T16:57:58+03:
|day|-|2018-03-05T16:57:58ZZ
|day|-|2018-03-05T16:57:58Z and more
|day|-|2018-03-05  16:57
|day|-|2018-03T16:57
|day|-|2018-W54
|day|-|2018-W53
|day|-|2018-Q5
|day|-|2018-Q0
|day|-|20181399
|day|-|20180230
|day|-|2018.5
|day|-|-20180305
|day|-|1e9
|day|-|0x10
|day|-|.5
|day|-|1.
|day|-|--5
|day|-|+5
|day|-|- 5
|day|-|9999999999999999
|day|-|253402300800
|day|-|10000-01-01
|day|--utc-offset +00:01|9999-12-31T23:59:59Z
|day|-|-9999-01-01T00:00+00:01
|day|-|2018-03-05T16:57:58Z2018-03-05
|day|-|２０１８-03-05
|day|-|NA
|day|-|"
|day|--time-format %d/%m/%Y|2018-03-05
|day|--time-format %d/%m/%Y|05/03/2018 and more
|day|--time-format %d/%m/%Y|31/02/2018
|day|--time-format %d/%m/%Y|1520269078
CASES
equals "times: cases" "$cases" 154

# The machine's own time zone is no part of it.
for zone in America/New_York Asia/Tehran UTC0 XXX-14; do
    TZ=$zone
    export TZ
    equals "times: TZ=$zone" "$(period_of 2018-03-05T00:00 day)/$(period_of 05/03/2018 day --time-format %d/%m/%Y)" \
        "2018-03-05/2018-03-05"
done
unset TZ

# What has no time is counted, told of, and listed; --where comes first, and columns go by number too.
cat >odd.csv <<'END'
score,when,team
9,2018-03-05,a
10,,a
8,  ,a
7,soon,a
6,2018-02-30,a
,never,a
11,31/12/2018,a
3,2018-03-06,b
2,later,b
END
nps trend odd.csv --time when --every day --format json --rejects list.csv
equals "odd: exit" "$status" 0
test_that "odd: empty cells" has err '2 rows have no time'
test_that "odd: no times, and the first" has err \
    '5 cells are no time, the first at odd.csv row 5: "soon"; --time-format tells how times are written, --rejects lists them'
# Answers without a time: 10, 8, 7, 6, 2. Missing and invalid ones are no answers.
equals "odd: untimed" "$(field out untimed)" 5
equals "odd: all are in the total" "$(total out responses)/$(total out missing)/$(total out invalid)" 7/1/1
equals "odd: periods" "$(sed -n 's/.*"label": "\([^"]*\)".*"responses": \([0-9]*\), .*"rolling".*/\1 \2/p' out | tr '\n' ';')" \
    '2018-03-05 1;2018-03-06 1;'
equals "odd: rejects" "$(cut -d, -f2- list.csv | tr -d '"')" "row,column,value,reason
5,when,soon,not a time
6,when,2018-02-30,not a time
7,when,never,not a time
8,score,11,off the scale
8,when,31/12/2018,not a time
10,when,later,not a time"
nps trend odd.csv --time when --every day --format json --where team=b
test_that "odd: --where" has err '1 cell is no time, the first at odd.csv row 10: "later"'
notes "odd: with a format" '6 cells are no time, the first at odd.csv row 2: "2018-03-05"; --rejects lists them' \
    trend odd.csv --time 2 --every day --time-format %d/%m/%Y
equals "odd: the one that is" "$(sed -n '2s/,.*//p' out)" 2018-12-31
printf '{"score": 9, "when": "2018-03-05"}\n{"score": 8, "when": 1520269078}\n{"score": 7, "when": null}\n{"score": 6}\n' >times.jsonl
nps trend times.jsonl --time when --every day --format csv
equals "JSON lines: text and numbers" "$(sed -n '2,$p' out | cut -d, -f1,3)" 2018-03-05,2
test_that "JSON lines: null and absent" has err '2 rows have no time'
nps trend odd.csv --time when --every day --format json -q
test_that "odd: quiet" is_empty err

# Offsets that are none.
for offset in 3:5 +24 +25:00 +03:60 03:30 + x +3:3 +333 'Z ' '' +03:30:00; do
    refuses "offset '$offset'" 2 'expected how far local time is ahead of UTC, such as +03:30, -05:00 or Z' \
        trend odd.csv --time when --every day --utc-offset "$offset"
done
refuses "unit" 2 '--every "days": expected day, week, month, quarter or year' trend odd.csv --time when --every days
refuses "format of Unix seconds" 2 'Unix seconds are read without a format' \
    trend odd.csv --time when --every day --time-format %s
