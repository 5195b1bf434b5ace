#!/usr/bin/env Rscript
# Writes tests/reference/design/more.csv and more_expected.csv: designs that the simulated ones do not have, and what R's
# survey package 4.1.1 says of them. Usage: Rscript design.R, in any directory.
suppressMessages(library(survey))
options(survey.ultimate.cluster = FALSE)
set.seed(20240229)
here <- dirname(normalizePath(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))))
target <- file.path(here, "..", "design")

draw <- function(n) sample(0:10, n, TRUE, c(2, 1, 1, 2, 2, 4, 4, 9, 12, 11, 14))
# strata: PSUs of each; people: at most this many answers in a PSU.
simulate <- function(psus, people, fpc, weights = function(n) round(rgamma(n, 2, 0.5), 3) + 0.01) {
  rows <- lapply(seq_along(psus), function(h) {
    sizes <- sample(people, psus[h], TRUE)
    data.frame(stratum = h, psu = rep(seq_len(psus[h]), sizes), fpc = fpc[h])
  })
  rows <- do.call(rbind, rows)
  rows$answer <- draw(nrow(rows))
  rows$weight <- weights(nrow(rows))
  rows$domain <- sample(c("a", "b", "c"), nrow(rows), TRUE, c(5, 3, 2))
  rows
}

data <- list()

# Answers of weight 0, a PSU of nothing else, and a stratum of nothing else.
zero <- simulate(c(4, 5, 3, 2), 2:6, c(30, 25, 12, 9))
zero$weight[sample(nrow(zero), 12)] <- 0
zero$weight[(zero$stratum == 1 & zero$psu == 2) | zero$stratum == 4] <- 0
data$zero <- zero

# Every PSU of one mind; the third stratum as a whole.
one <- simulate(c(4, 3, 3), 2:5, c(20, 20, 20))
one$answer <- ifelse(one$stratum == 3, 10, c(3, 8, 9, 10)[(one$psu + one$stratum) %% 4 + 1])
data$one_class <- one

# Domains: c is not in stratum 3, b in one PSU of stratum 2 only, a in one answer of stratum 4.
domains <- simulate(c(5, 4, 4, 3), 3:6, c(40, 18, 31, 12))
domains$domain[domains$stratum == 3 & domains$domain == "c"] <- "a"
domains$domain[domains$stratum == 2 & domains$psu > 1 & domains$domain == "b"] <- "c"
domains$domain[domains$stratum == 4] <- c("a", rep("b", sum(domains$stratum == 4) - 1))
data$domains <- domains

# Strata of one PSU: 2 of many, 4 its whole population. `single` has such strata without clusters.
data$lonely_psus <- simulate(c(4, 1, 3, 1), 2:5, c(40, 7, 10, 1))
data$lonely_more <- simulate(c(1, 3, 1, 1, 4), 2:4, c(11, 9, 1, 5, 4))
data$single <- simulate(c(9, 1, 6, 1, 1), 1, c(50, 8, 6, 1, 3))

# Weights from 1e-9 to 1e9, in all classes.
data$mixed <- simulate(c(5, 4, 6), 2:5, c(50, 40, 60), function(n) 10^sample(c(-9, -6, 0, 3, 9), n, TRUE) * (1:n))

# A plain sample, and one of equal weights that add up to its size.
data$plain <- transform(simulate(20, 1, 100), weight = 1)

specs <- list(
  weights = list(~1, NULL, FALSE), strata = list(~1, ~stratum, FALSE), clusters = list(~psu, NULL, FALSE),
  "strata+clusters" = list(~psu, ~stratum, FALSE), "strata+fpc" = list(~1, ~stratum, TRUE),
  "strata+clusters+fpc" = list(~psu, ~stratum, TRUE)
)
# Without strata PSUs are numbered through, as where the numbers are unique in the whole; with them nest = TRUE tells
# PSU 1 of one stratum from that of another. Of designs without clusters the population is of people.
estimate <- function(rows, spec, lonely, domain) {
  options(survey.lonely.psu = lonely)
  rows$x <- (rows$answer >= 9) - (rows$answer <= 6)
  rows$promoter <- as.numeric(rows$answer >= 9)
  rows$detractor <- as.numeric(rows$answer <= 6)
  if (is.null(spec[[2]])) rows$psu <- rows$stratum * 1000 + rows$psu
  design <- svydesign(spec[[1]], strata = spec[[2]], weights = ~weight, data = rows, nest = !is.null(spec[[2]]),
    fpc = if (spec[[3]]) ~fpc)
  if (domain != "") design <- design[rows$domain == domain, ]
  mean <- svymean(~x, design, deff = "replace")
  population <- suppressWarnings(svymean(~x, design, deff = TRUE))
  shares <- coef(svymean(~ promoter + detractor, design))
  w <- weights(design)
  x <- design$variables$x
  v <- sum(w * (x - coef(mean))^2) / sum(w)
  c(100 * coef(mean), 100 * SE(mean), degf(design), shares, deff(mean), deff(population), v / SE(mean)^2)
}

text <- function(x) ifelse(is.finite(x), sprintf("%.17g", x), "")
out <- "dataset,spec,lonely,domain,score,se,df,promoter_share,detractor_share,deff,deff_fpc,n_eff,error"
add <- function(name, spec, lonely, domain) {
  numbers <- tryCatch(estimate(data[[name]], specs[[spec]], lonely, domain), error = function(e) {
    stopifnot(grepl("has only one PSU", conditionMessage(e)))
    NULL
  })
  cells <- if (is.null(numbers)) c(rep("", 8), "SINGULAR") else c(text(numbers), "")
  out <<- c(out, paste(c(name, spec, lonely, domain, cells), collapse = ","))
}
for (name in c("zero", "one_class", "mixed"))
  for (spec in setdiff(names(specs), "strata+fpc")) add(name, spec, "fail", "")
for (domain in c("", "a", "b", "c"))
  for (spec in setdiff(names(specs), "strata+fpc")) add("domains", spec, "fail", domain)
for (lonely in c("fail", "remove", "certainty", "adjust", "average")) {
  for (name in c("lonely_psus", "lonely_more"))
    for (spec in c("strata+clusters", "strata+clusters+fpc"))
      for (domain in c("", "a", "c")) add(name, spec, lonely, domain)
  for (spec in c("strata", "strata+fpc")) for (domain in c("", "a")) add("single", spec, lonely, domain)
}
add("plain", "weights", "fail", "")
add("plain", "strata+fpc", "fail", "")
writeLines(out, file.path(target, "more_expected.csv"))

rows <- do.call(rbind, lapply(names(data), function(name) {
  d <- data[[name]]
  paste(name, d$stratum, d$psu, sprintf("%.17g", d$weight), d$fpc, d$domain, d$answer, sep = ",")
}) |> lapply(function(x) data.frame(x)))
writeLines(c("dataset,stratum,psu,weight,fpc,domain,answer", rows$x), file.path(target, "more.csv"))
