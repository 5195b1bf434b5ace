#compdef nps

_nps() {
  local -a commands reading answers segments rows results report compare
  commands=(
    'score:the score, its interval and counts'
    'tally:count answers into a state'
    'merge:add states up and tell the score'
    'compare:whether scores differ'
    'pairs:how the same people changed'
    'trend:the score by period: does it move?'
    'explain:why the score moved'
    'panel:the latest answer of each respondent, movers, people at risk'
    'rank:a leaderboard that does not reward luck'
    'drivers:which ratings drive the answer, and where to begin'
    'themes:what each reason does to the score'
    'outcomes:what answers are worth'
    'weights:rake answers to known totals'
    'watch:look after every answer'
    'report:one page with all of it'
    'plan:how many answers it takes'
    'audit:how often each interval is right'
  )
  answers=(
    '(-s --score)'{-s+,--score=}'[the answers]:column:'
  )
  segments=(
    '*'{-b+,--by=}'[a result for each value of these columns too]:columns:'
    '(-w --weight)'{-w+,--weight=}'[weights of the answers]:column:'
  )
  reading=(
    '--scale=[the scale and its cut points]:scale:(0-10 1-10 1-7 1-5)'
    '--missing=[more cells that mean no answer]:tokens:'
    '--labels[take answers such as "10 - Extremely likely"]'
    '*--where=[only such rows]:column=value:'
    '(-d --delimiter)'{-d+,--delimiter=}'[between cells]:character:'
    '--rejects=[write a CSV of the invalid answers]:file:_files'
  )
  rows=($answers $segments $reading)
  local -a designs=(
    '--strata=[strata of a survey design]:column:'
    '--cluster=[its primary sampling units]:column:'
    '--fpc=[units in the population of the stratum]:column:'
  )
  local -a lonely=(
    '--lonely=[strata with one unit]:what:(fail remove certainty adjust average)'
  )
  local -a hide=(
    '--min-n=[hide segments with fewer responses]:number:'
  )
  local -a ends=(
    '--top=[the best only]:number:'
    '--bottom=[the worst only]:number:'
  )
  local -a told=(
    $hide $ends $lonely
    '--fold=[smaller segments become one]:number:'
    '--cube[all margins too]'
    '--invited=[how many were asked, or rows]:number:(rows)'
    '--invitations=[a CSV of how many were asked]:file:_files'
  )
  local -a format=(
    '--format=[of the output]:format:(table json jsonl csv md)'
  )
  local -a chart=(
    '--chart=[a picture: .svg, .png or .pdf]:file:_files -g "*.(svg|png|pdf)"'
  )
  local -a times=(
    '--time=[when each answer was given]:column:'
    '--time-format=[how times are written, as for strptime]:format:'
    '--utc-offset=[local time]:offset:'
  )
  local -a every=(
    '--every=[how long a period is]:unit:(day week month quarter year)'
  )
  local -a periods=(
    $every
    '--baseline=[the first so many periods]:number:'
  )
  local -a rolling=(
    '--rolling=[the pooled score of so many periods]:number:'
  )
  local -a people=(
    '--respondent=[who gave the answer]:column:'
    '--fall=[at risk is also who fell by so much]:number:'
  )
  local -a ratings=(
    '--drivers=[the ratings]:columns:'
    '--levels=[ratings are these words, lowest first]:words:'
    '--rating-scale=[of the ratings]:scale:(1-5 1-7 1-10 0-10)'
    '--rating-missing=[more cells that mean not rated]:tokens:'
    '--explain=[the answer, or its class]:what:(answer class)'
    '--pairwise[each correlation from all rows that have both]'
    '--low=[penalty and reward: ratings up to this are low]:rating:'
    '--high=[ratings from this on are high]:rating:'
  )
  local -a reasons=(
    '--themes=[the reasons, several in a cell]:column:'
    '--separator=[between two of them]:text:'
  )
  local -a worth=(
    '--outcome=[what came of it]:column:'
    '--outcome-missing=[more cells that mean not known]:tokens:'
    '--yes=[cells that mean yes]:tokens:'
    '--no=[cells that mean no]:tokens:'
  )
  local -a growth=(
    '--revenue-before=[of the first period]:revenue:'
    '--revenue-kept=[of the second, from customers of the first]:revenue:'
    '--revenue-earned=[from new customers by recommendation]:revenue:'
    '--revenue-bought=[from other new customers]:revenue:'
  )
  results=(
    '--level=[confidence level]:level:(0.9 0.95 0.99)'
    $format
  )
  local -a interval=(
    '--method=[of the interval]:method:(score skewed adjusted-wald agresti-min bonett-price wald t likelihood jeffreys bootstrap)'
  )
  report=(
    $interval
    $results
    $chart
    '--fail-under=[exit 4 when the score is below]:points:'
  )
  local -a differences=(
    '--method=[of the difference]:method:(mover score adjusted-wald welch permutation)'
    '--adjust=[p-values for how many there are]:method:(holm hochberg bh by none)'
  )
  compare=(
    $differences $hide $lonely
    '*--counts=[instead of files]:promoters,passives,detractors:'
    '--pairwise[each segment with each other]'
    '--benchmark=[is the score another one than this?]:points:'
    '--benchmarks=[a CSV of names and points]:file:_files'
    '--equivalence=[the same to within this many points?]:margin:'
  )
  local -a shares=(
    '(-n --n)'{-n+,--n=}'[answers]:number:'
    '--promoters=[share of the population]:share:'
    '--detractors=[share of the population]:share:'
  )
  local -a plan=(
    '--margin=[how many answers for this margin of error?]:points:'
    '--detect=[how many to see this difference?]:points:'
    '--power=[probability of seeing the difference]:power:(0.8 0.9)'
    '--population=[people who could answer]:number:'
    '--ratio=[size of the second group over the first]:ratio:'
    '--design-effect=[of weights or clusters]:effect:'
  )
  local -a basic=(
    '(-q --quiet)'{-q,--quiet}'[no progress, no notes]'
    '(-h --help)'{-h,--help}'[help]'
  )
  local -a all=(
    '--max-invalid=[exit 3 when more answers are invalid]:percent:'
    $basic
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
    score) _arguments $rows $designs $report $told $all '--account=[the mean of these accounts too]:column:' \
      '--counts=[instead of files]:promoters,passives,detractors:' '*:file:_files' ;;
    tally) _arguments $rows $designs $all $output '--kind=[of survey]:kind:(relational transactional)' '*:file:_files' ;;
    compare) _arguments $rows $designs $results $compare $all '*:file:_files' ;;
    trend) _arguments $rows $times $periods $rolling $interval $results $chart $all '*:file:_files' ;;
    explain) _arguments $rows $times $results $chart $all '--from=[the period before]:label:' \
      '--to=[the period after]:label:' '*:file:_files' ;;
    panel) _arguments $answers $reading $times $every $rolling $people $results $all '--as-of=[answers up to then]:time:' \
      '--since=[answers from then on]:time:' '--before=[who moved since then]:time:' '--movers[list who moved]' \
      '--at-risk[list who is at risk]' '--top=[so many people of a list]:number:' '*:file:_files' ;;
    report) _arguments $rows $times $periods $rolling $people $ratings $reasons $worth $all '--level=[confidence level]:level:(0.9 0.95 0.99)' \
      '(-o --output)'{-o+,--output=}'[the page]:file:_files -g "*.html"' '--title=[of the page]:text:' '*:file:_files' ;;
    rank) _arguments $rows $results $chart $differences $hide $ends $all '--best=[how many are the best]:number:' '*:file:_files' ;;
    drivers) _arguments $rows $ratings $results $chart $all '--robust[intervals of any distribution]' '*:file:_files' ;;
    themes) _arguments $rows $reasons $results $chart $differences $all '*:file:_files' ;;
    outcomes) _arguments $rows $worth $growth $results $chart $all '*:file:_files' ;;
    weights) _arguments $answers $reading $format $all '(-w --weight)'{-w+,--weight=}'[weights to begin with]:column:' \
      '--targets=[a CSV of margin, category, total]:file:_files' '--total=[what the weights add up to]:number:' \
      '--lowest=[no weight below so many times the mean]:factor:' \
      '--highest=[no weight above so many times the mean]:factor:' '--column=[the column that is written]:name:' \
      '(-o --output)'{-o+,--output=}'[the rows with their weights]:file:_files -g "*.csv"' '*:file:_files' ;;
    pairs) _arguments $reading $results $all '--before=[the first answer]:column:' '--after=[the second answer]:column:' \
      '--method=[of the change]:method:(score wald t null-variance)' '*:file:_files' ;;
    watch) _arguments $answers $reading $times $periods $results $all '--benchmark=[the score to hold]:points:' \
      '--rules=[a CSV of rules]:file:_files' '--against=[what drops are held against]:file:_files' \
      '--alert=[when to exit 4]:side:(below above either)' '*:file:_files' ;;
    plan) _arguments $plan $shares $results $basic ;;
    audit) _arguments $shares $interval $results $basic ;;
    merge) _arguments $report $told $all $output '--mixed[merge different kinds]' '*:state:_files -g "*.nps"' ;;
  esac
}

_nps "$@"
