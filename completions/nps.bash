# bash completion for nps

_nps_words()
{
    case $1 in
    score)
        echo "--score --by --weight --strata --cluster --fpc --lonely --account --scale --missing --labels --where
            --delimiter --rejects --counts --fold --cube --min-n --top --bottom --invited --invitations --method
            --level --format --chart --max-invalid --fail-under --quiet --help"
        ;;
    tally)
        echo "--score --by --weight --strata --cluster --fpc --scale --missing --labels --where --delimiter --rejects
            --kind --output --max-invalid --quiet --help"
        ;;
    merge)
        echo "--lonely --fold --cube --min-n --top --bottom --invited --invitations --method --level --format --chart
            --mixed --output --max-invalid --fail-under --quiet --help"
        ;;
    compare)
        echo "--score --by --weight --strata --cluster --fpc --lonely --scale --missing --labels --where --delimiter
            --rejects --counts --min-n --pairwise --adjust --benchmark --benchmarks --equivalence --method --level
            --format --max-invalid --quiet --help"
        ;;
    rank)
        echo "--score --by --weight --scale --missing --labels --where --delimiter --rejects --min-n --top --bottom
            --best --adjust --method --level --format --chart --max-invalid --quiet --help"
        ;;
    drivers)
        echo "--score --by --weight --drivers --levels --rating-scale --rating-missing --explain --pairwise --robust
            --low --high --scale --missing --labels --where --delimiter --rejects --level --format --chart
            --max-invalid --quiet --help"
        ;;
    themes)
        echo "--score --by --weight --themes --separator --scale --missing --labels --where --delimiter --rejects
            --adjust --method --level --format --chart --max-invalid --quiet --help"
        ;;
    outcomes)
        echo "--score --by --weight --outcome --outcome-missing --yes --no --revenue-before --revenue-kept
            --revenue-earned --revenue-bought --scale --missing --labels --where --delimiter --rejects --level --format
            --chart --max-invalid --quiet --help"
        ;;
    weights)
        echo "--score --weight --targets --total --lowest --highest --column --scale --missing --labels --where
            --delimiter --rejects --output --format --max-invalid --quiet --help"
        ;;
    pairs)
        echo "--before --after --scale --missing --labels --where --delimiter --rejects --method --level --format
            --max-invalid --quiet --help"
        ;;
    trend)
        echo "--score --by --weight --time --time-format --utc-offset --every --rolling --baseline --scale --missing
            --labels --where --delimiter --rejects --method --level --format --chart --max-invalid --quiet --help"
        ;;
    explain)
        echo "--score --by --weight --time --time-format --utc-offset --from --to --scale --missing --labels --where
            --delimiter --rejects --level --format --chart --max-invalid --quiet --help"
        ;;
    panel)
        echo "--score --respondent --time --time-format --utc-offset --as-of --since --before --every --rolling
            --movers --at-risk --fall --top --scale --missing --labels --where --delimiter --rejects --level --format --max-invalid --quiet
            --help"
        ;;
    report)
        echo "--score --by --weight --time --time-format --utc-offset --every --rolling --baseline --respondent --fall
            --drivers --levels --rating-scale --rating-missing --explain --pairwise --low --high --themes --separator
            --outcome --outcome-missing --yes --no --scale --missing --labels --where --delimiter --rejects --level
            --output --title --max-invalid --quiet --help"
        ;;
    watch)
        echo "--score --scale --missing --labels --where --delimiter --rejects --benchmark --alert --rules --against
            --time --time-format --utc-offset --every --baseline --level --format --max-invalid --quiet --help"
        ;;
    plan)
        echo "--margin --detect --n --power --promoters --detractors --population --ratio --design-effect --level
            --format --quiet --help"
        ;;
    audit)
        echo "--n --promoters --detractors --method --level --format --quiet --help"
        ;;
    *)
        echo "score tally merge compare pairs trend explain panel rank drivers themes outcomes weights watch report plan audit --help
            --version"
        ;;
    esac
}

_nps()
{
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} words
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        words=$(_nps_words)
    else
        case $before in
        --format) words="table json jsonl csv md" ;;
        --method)
            case ${COMP_WORDS[1]} in
            compare | rank | themes) words="mover score adjusted-wald welch permutation" ;;
            pairs) words="score wald t null-variance" ;;
            *) words="score skewed adjusted-wald agresti-min bonett-price wald t likelihood jeffreys bootstrap" ;;
            esac
            ;;
        --adjust) words="holm hochberg bh by none" ;;
        --lonely) words="fail remove certainty adjust average" ;;
        --invited) words="rows" ;;
        --every) words="day week month quarter year" ;;
        --explain) words="answer class" ;;
        --alert) words="below above either" ;;
        --scale) words="0-10 1-10 1-7 1-5" ;;
        --kind) words="relational transactional" ;;
        --level) words="0.9 0.95 0.99" ;;
        *)
            case $word in
            -*) words=$(_nps_words "${COMP_WORDS[1]}") ;;
            *) return ;; # files, by -o default
            esac
            ;;
        esac
    fi
    while IFS= read -r words; do COMPREPLY+=("$words"); done < <(compgen -W "$words" -- "$word")
}

complete -o default -F _nps nps
