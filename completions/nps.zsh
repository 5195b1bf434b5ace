#compdef nps

_nps() {
  local -a commands rows report
  commands=(
    'score:the score, its interval and counts'
    'tally:count answers into a state'
    'merge:add states up and tell the score'
  )
  rows=(
    '(-s --score)'{-s+,--score=}'[the answers]:column:'
    '*'{-b+,--by=}'[a result for each value of these columns too]:columns:'
    '(-w --weight)'{-w+,--weight=}'[weights of the answers]:column:'
    '--scale=[the scale and its cut points]:scale:(0-10 1-10 1-7 1-5)'
    '--missing=[more cells that mean no answer]:tokens:'
    '--labels[take answers such as "10 - Extremely likely"]'
    '*--where=[only such rows]:column=value:'
    '(-d --delimiter)'{-d+,--delimiter=}'[between cells]:character:'
    '--rejects=[write a CSV of the invalid answers]:file:_files'
  )
  report=(
    '--method=[of the interval]:method:(score skewed adjusted-wald agresti-min bonett-price wald t likelihood jeffreys bootstrap)'
    '--level=[confidence level]:level:(0.9 0.95 0.99)'
    '--format=[of the output]:format:(table json jsonl csv md)'
    '--fail-under=[exit 4 when the score is below]:points:'
  )
  local -a all=(
    '--max-invalid=[exit 3 when more answers are invalid]:percent:'
    '(-q --quiet)'{-q,--quiet}'[no progress, no notes]'
    '(-h --help)'{-h,--help}'[help]'
  )
  local -a output=(
    '(-o --output)'{-o+,--output=}'[the state goes to this file]:file:_files -g "*.nps"'
  )

  if (( CURRENT == 2 )); then
    _describe command commands
    _arguments '--help[help]' '--version[version]'
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
    score) _arguments $rows $report $all '--counts=[instead of files]:promoters,passives,detractors:' '*:file:_files' ;;
    tally) _arguments $rows $all $output '--kind=[of survey]:kind:(relational transactional)' '*:file:_files' ;;
    merge) _arguments $report $all $output '--mixed[merge different kinds]' '*:state:_files -g "*.nps"' ;;
  esac
}

_nps "$@"
