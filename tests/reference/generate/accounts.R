#!/usr/bin/env Rscript
# Writes ../accounts.csv: accounts as R's survey package sees them. Every answer is a row, every account a cluster drawn
# with replacement, every weight 1 / answers of the account. Run it in this directory.
suppressPackageStartupMessages(library(survey))

cases <- list(
  "two accounts" = list(c(1, 2, 7), c(3, 3, 4)),
  "one answer each" = list(c(1, 0, 0), c(0, 1, 0), c(0, 0, 1), c(0, 0, 1)),
  "a giant and three others" = list(c(80, 60, 360), c(2, 0, 0), c(1, 1, 1), c(0, 3, 1)),
  "equal sizes" = list(c(1, 1, 2), c(0, 2, 2), c(3, 0, 1), c(0, 0, 4), c(2, 2, 0)),
  "opposites" = list(c(5, 0, 0), c(0, 0, 3)),
  "no promoters" = list(c(5, 1, 0), c(2, 3, 0), c(1, 0, 0)),
  "next to all promoters" = list(c(0, 1, 99), c(0, 0, 7), c(0, 0, 250)),
  "ends only" = list(c(5, 0, 4), c(2, 0, 3), c(1, 0, 8)),
  "all passives" = list(c(0, 5, 0), c(0, 1, 0)),
  "all promoters" = list(c(0, 0, 5), c(0, 0, 2), c(0, 0, 1)),
  "all detractors" = list(c(4, 0, 0), c(9, 0, 0)),
  "equal scores" = list(c(1, 1, 1), c(3, 0, 3), c(0, 7, 0)),
  "equal thirds" = list(c(1, 0, 2), c(3, 0, 6), c(0, 2, 1), c(4, 4, 10), c(5, 2, 11))
)
set.seed(20260101)
for (k in c(2, 3, 5, 8, 13, 40, 120)) {
  for (spread in c(3, 60)) {
    name <- sprintf("%d accounts, to %d answers", k, spread)
    cases[[name]] <- lapply(seq_len(k), function(i) {
      share <- rexp(3) + c(0, .2, .5)
      as.vector(rmultinom(1, sample(spread, 1), share / sum(share)))
    })
  }
}

digits <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))

cat("name,accounts,answers,score,se,detractors,passives,promoters,n_eff,df,kish,ratio_95,ratio_80\n", file = "../accounts.csv")
for (name in names(cases)) {
  counts <- cases[[name]]
  rows <- do.call(rbind, lapply(seq_along(counts), function(i) {
    data.frame(account = i, x = rep(c(-1, 0, 1), counts[[i]]), w = 1 / sum(counts[[i]]))
  }))
  design <- svydesign(id = ~account, weights = ~w, data = rows)
  estimate <- svymean(~x, design)
  shares <- coef(svymean(~I(x == -1) + I(x == 0) + I(x == 1), design))[c(2, 4, 6)]
  spread <- as.numeric(vcov(estimate))
  answer <- sum(shares[c(1, 3)]) - (shares[3] - shares[1])^2
  if (spread < 1e-28) { # equal scores, but for rounding
    spread <- 0
    n_eff <- NA
  } else {
    n_eff <- answer / spread
  }
  n <- nrow(rows)
  df <- degf(design)
  ratio <- function(level) (qt((1 + level) / 2, n - 1) / qt((1 + level) / 2, df))^2
  packed <- paste(sapply(counts, paste, collapse = "/"), collapse = ";")
  cat(paste(c(
    name |> gsub(pattern = ",", replacement = ""), packed, n, digits(100 * coef(estimate)), digits(100 * sqrt(spread)),
    digits(shares), digits(n_eff), df, digits(sum(rows$w)^2 / sum(rows$w^2)), digits(ratio(.95)), digits(ratio(.80))
  ), collapse = ","), "\n", sep = "", file = "../accounts.csv", append = TRUE)
}
