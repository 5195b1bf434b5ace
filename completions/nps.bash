# bash completion for nps

_nps_words()
{
    case $1 in
    score)
        echo "--score --by --weight --scale --missing --labels --where --delimiter --rejects --counts --method --level
            --format --max-invalid --fail-under --quiet --help"
        ;;
    tally)
        echo "--score --by --weight --scale --missing --labels --where --delimiter --rejects --kind --output
            --max-invalid --quiet --help"
        ;;
    merge)
        echo "--method --level --format --mixed --output --max-invalid --fail-under --quiet --help"
        ;;
    compare)
        echo "--score --by --weight --scale --missing --labels --where --delimiter --rejects --counts --pairwise --adjust
            --benchmark --benchmarks --equivalence --method --level --format --max-invalid --quiet --help"
        ;;
    pairs)
        echo "--before --after --scale --missing --labels --where --delimiter --rejects --method --level --format
            --max-invalid --quiet --help"
        ;;
    watch)
        echo "--score --scale --missing --labels --where --delimiter --rejects --benchmark --alert --level --format
            --max-invalid --quiet --help"
        ;;
    plan)
        echo "--margin --detect --n --power --promoters --detractors --population --ratio --design-effect --level
            --format --quiet --help"
        ;;
    audit)
        echo "--n --promoters --detractors --method --level --format --quiet --help"
        ;;
    *)
        echo "score tally merge compare pairs watch plan audit --help --version"
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
            compare) words="mover score adjusted-wald welch permutation" ;;
            pairs) words="score wald t null-variance" ;;
            *) words="score skewed adjusted-wald agresti-min bonett-price wald t likelihood jeffreys bootstrap" ;;
            esac
            ;;
        --adjust) words="holm hochberg bh by none" ;;
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
