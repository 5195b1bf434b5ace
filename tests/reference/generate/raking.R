# Checks ../raking.csv and ../design/rake.csv against R survey, for those problems that have no bounds:
# Rscript raking.R, in this directory, with the packages survey and MASS. Prints the largest relative differences, and
# stops where one is above 1e-9.
suppressPackageStartupMessages(library(survey))

split1 <- function(text, by) strsplit(text, by, fixed = TRUE)[[1]]

read_problem <- function(line) {
  parts <- strsplit(split1(line$rows, " "), "*", fixed = TRUE)
  keys <- as.data.frame(do.call(rbind, strsplit(sapply(parts, `[`, 1), ",", fixed = TRUE)), stringsAsFactors = FALSE)
  data <- data.frame(base = as.numeric(sapply(parts, `[`, 2)), weight = as.numeric(split1(line$weights, " ")))
  margins <- list()
  for (text in split1(line$margins, "|")) {
    sides <- split1(text, "=")
    columns <- as.integer(split1(sides[1], ";")) + 1
    name <- paste0("m", length(margins))
    data[[name]] <- do.call(paste, c(keys[columns], sep = "/"))
    targets <- do.call(rbind, strsplit(split1(sides[2], " "), ":", fixed = TRUE))
    margins[[name]] <- setNames(data.frame(targets[, 1], as.numeric(targets[, 2])), c(name, "Freq"))
  }
  if (!is.na(line$total))
    margins <- lapply(margins, function(m) { m$Freq <- m$Freq * line$total / sum(m$Freq); m })
  data <- data[data$base > 0, ]
  for (name in names(margins)) data[[name]] <- factor(data[[name]], levels = margins[[name]][[name]])
  list(data = data, margins = margins)
}

worst <- c(rake = 0, postStratify = 0, calibrate = 0)
compare <- function(how, design, expected) {
  difference <- max(abs(weights(design) / expected - 1))
  worst[how] <<- max(worst[how], difference)
  if (!(difference < 1e-9)) stop(how, " differs by ", difference)
}

check <- function(name, problem) {
  data <- problem$data
  margins <- problem$margins
  # rake stops by its tolerance times the sum of the base weights, and calibrate starts from factor 1.
  data$base <- data$base * sum(margins[[1]]$Freq) / sum(data$base)
  design <- svydesign(ids = ~1, weights = ~base, data = data)
  formulas <- lapply(names(margins), function(m) as.formula(paste0("~", m)))
  compare("rake", rake(design, formulas, margins, control = list(maxit = 20000, epsilon = 1e-16)), data$weight)
  if (length(margins) == 1) compare("postStratify", postStratify(design, formulas[[1]], margins[[1]]), data$weight)
  totals <- unlist(lapply(margins, function(m) setNames(m$Freq, paste0(names(m)[1], m[[1]]))))
  names(totals) <- sub("^m[0-9]+\\.", "", names(totals))
  all_of <- as.formula(paste("~", paste(names(margins), collapse = " + ")))
  matrix <- model.matrix(all_of, data)
  totals <- c("(Intercept)" = sum(margins[[1]]$Freq), totals)[colnames(matrix)]
  if (qr(matrix)$rank < ncol(matrix) || max(data$base) / min(data$base) > 1e3) return(invisible())
  calibrated <- tryCatch(
    calibrate(design, all_of, totals, calfun = "raking", epsilon = 1e-12, maxit = 500), warning = function(w) NULL)
  if (is.null(calibrated)) cat("no calibration:", name, "\n") else compare("calibrate", calibrated, data$weight)
}

lines <- read.csv("../raking.csv", stringsAsFactors = FALSE)
lines <- lines[lines$lowest == 0 & lines$highest == 0, ]
for (i in seq_len(nrow(lines))) check(lines$name[i], read_problem(lines[i, ]))

answers <- read.csv("../design/rake.csv", stringsAsFactors = TRUE)
targets <- read.csv("../design/rake_targets.csv", stringsAsFactors = FALSE)
margin <- function(name) setNames(targets[targets$margin == name, 2:3], c(name, "Freq"))
design <- svydesign(ids = ~1, weights = ~weight, data = answers)
compare("rake", rake(design, list(~age, ~sex), list(margin("age"), margin("sex")),
                     control = list(maxit = 1000, epsilon = 1e-13)), answers$raked)
compare("postStratify", postStratify(design, ~age, margin("age")), answers$poststratified)
cat(nrow(lines), "problems\n")
print(worst)
