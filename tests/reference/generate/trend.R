#!/usr/bin/env Rscript
# Writes ../trend_kendall.csv: S and its p of waves with ties in times and in scores, as R's cor.test has them, and the
# correlation of times and answers, from a row for every answer. Run it in this directory.
set.seed(20260302)

digits <- function(x) sprintf("%.17g", x)

random_waves <- function(k, times, size) {
  waves <- lapply(seq_len(k), function(i) as.vector(rmultinom(1, size + sample(0:size, 1), c(.3, .3, .4))))
  list(time = if (times) sample(k, k, replace = TRUE) else sample(k), waves = waves)
}

cases <- list()
for (k in c(3, 5, 8, 13, 30, 49, 50, 80)) {
  for (tied in c(FALSE, TRUE)) {
    for (size in c(2, 40)) {
      cases[[length(cases) + 1]] <- random_waves(k, tied, size)
    }
  }
}

cat("waves,answers,correlation,s,p\n", file = "../trend_kendall.csv")
for (case in cases) {
  score <- sapply(case$waves, function(x) (x[3] - x[1]) / sum(x))
  pairs <- outer(case$time, case$time, function(a, b) sign(b - a)) * outer(score, score, function(a, b) sign(b - a))
  s <- sum(pairs) / 2
  tied <- anyDuplicated(case$time) > 0 || anyDuplicated(score) > 0
  exact <- length(score) < 50 && !tied
  p <- suppressWarnings(cor.test(case$time, score, method = "kendall", exact = exact, continuity = TRUE)$p.value)
  if (s == 0) p <- 1 # cor.test takes the 1 of continuity from 0, too
  rows <- do.call(rbind, lapply(seq_along(score), function(i) {
    data.frame(time = case$time[i], x = rep(c(-1, 0, 1), case$waves[[i]]))
  }))
  packed <- paste(case$time, sapply(case$waves, paste, collapse = "/"), sep = ":", collapse = ";")
  cat(paste(c(packed, nrow(rows), digits(cor(rows$time, rows$x)), s, digits(p)), collapse = ","), "\n",
    sep = "", file = "../trend_kendall.csv", append = TRUE
  )
}
