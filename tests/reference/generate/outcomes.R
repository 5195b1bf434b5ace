#!/usr/bin/env Rscript
# Writes ../outcomes.csv: means, rates, differences and correlations of outcomes as R 4.2.2 has them: t.test, prop.test,
# cor.test of rows without weights. With weights: standard errors by the survey package 4.1.1, correlations by cov.wt,
# shares by prop.test of the effective size; the rest by its formula. Newcombe's limits are made of two of prop.test's,
# and his p is where they reach 0. Run it in this directory.
suppressMessages(library(survey))
set.seed(20260301)

digits <- function(x) ifelse(is.finite(x), sprintf("%.17g", x), ifelse(is.na(x), "", sprintf("%s", x)))
kish <- function(w) sum(w)^2 / sum(w^2)

estimate <- function(y, w, method, level) {
  n <- length(y)
  size <- kish(w)
  plain <- all(w == 1)
  mean <- sum(w * y) / sum(w)
  if (method == "rate") {
    variance <- mean * (1 - mean)
    error <- sqrt(variance / size)
    bounds <- suppressWarnings(prop.test(size * mean, size, conf.level = level, correct = FALSE))$conf.int
  } else if (n == 1) {
    variance <- error <- NA
    bounds <- c(NA, NA)
  } else if (plain) {
    variance <- var(y)
    t <- t.test(y, conf.level = level)
    error <- t$stderr
    bounds <- t$conf.int
  } else {
    variance <- sum(w * (y - mean)^2) / sum(w) * size / (size - 1)
    error <- as.numeric(SE(svymean(~y, svydesign(ids = ~1, weights = ~w, data = data.frame(y, w)))))
    bounds <- mean + c(-1, 1) * qt((1 + level) / 2, size - 1) * error
  }
  list(n = n, size = size, mean = mean, variance = variance, error = error, lower = bounds[1], upper = bounds[2])
}

# Newcombe (1998), method 10: b less a.
newcombe <- function(a, b, level) {
  wilson <- function(e) {
    suppressWarnings(prop.test(e$size * e$mean, e$size, conf.level = level, correct = FALSE))$conf.int
  }
  from <- wilson(a)
  to <- wilson(b)
  d <- b$mean - a$mean
  d + c(-sqrt((b$mean - to[1])^2 + (from[2] - a$mean)^2), sqrt((to[2] - b$mean)^2 + (a$mean - from[1])^2))
}

difference <- function(ya, wa, yb, wb, method, level) {
  a <- estimate(ya, wa, method, level)
  b <- estimate(yb, wb, method, level)
  d <- b$mean - a$mean
  if (method == "rate") {
    bounds <- newcombe(a, b, level)
    z <- 0
    if (d != 0) {
      side <- if (d > 0) 1 else 2
      reach <- function(z) newcombe(a, b, 2 * pnorm(z) - 1)[side]
      if (reach(8) * d < 0) z <- sign(d) * uniroot(reach, c(1e-9, 8), tol = 1e-14)$root else z <- NA
    }
    return(list(d = d, lower = bounds[1], upper = bounds[2], statistic = z, df = Inf, p = 2 * pnorm(-abs(z))))
  }
  if (all(wa == 1) && all(wb == 1) && length(ya) > 1 && length(yb) > 1) {
    t <- t.test(yb, ya, conf.level = level)
    return(list(
      d = d, lower = t$conf.int[1], upper = t$conf.int[2], statistic = unname(t$statistic), df = unname(t$parameter),
      p = t$p.value
    ))
  }
  v <- c(a$error, b$error)^2
  df <- sum(v)^2 / sum(v^2 / (c(a$size, b$size) - 1))
  half <- qt((1 + level) / 2, df) * sqrt(sum(v))
  statistic <- d / sqrt(sum(v))
  list(d = d, lower = d - half, upper = d + half, statistic = statistic, df = df, p = 2 * pt(-abs(statistic), df))
}

correlation <- function(x, y, w, level) {
  if (all(w == 1) && length(x) > 3) {
    t <- cor.test(x, y, conf.level = level)
    return(list(
      r = unname(t$estimate), lower = t$conf.int[1], upper = t$conf.int[2], statistic = unname(t$statistic),
      df = unname(t$parameter), p = t$p.value
    ))
  }
  r <- cov.wt(cbind(x, y), w / sum(w), cor = TRUE)$cor[1, 2]
  size <- kish(w)
  bounds <- if (size > 3) tanh(atanh(r) + c(-1, 1) * qnorm((1 + level) / 2) / sqrt(size - 3)) else c(NA, NA)
  t <- r * sqrt((size - 2) / (1 - r^2))
  list(r = r, lower = bounds[1], upper = bounds[2], statistic = t, df = size - 2, p = 2 * pt(-abs(t), size - 2))
}

answers <- function(n) sample(0:10, n, TRUE, c(3, 1, 1, 2, 2, 4, 5, 8, 11, 10, 14))
cases <- list()
put <- function(name, method, level, x, y, w = rep(1, length(x))) {
  cases[[length(cases) + 1]] <<- list(name = name, method = method, level = level, x = x, y = y, w = w)
}
put("by hand", "mean", .95, c(0, 3, 6, 9, 9, 10), c(2, 5, 4, 9, 7, 12))
put("two each", "mean", .9, c(1, 2, 9, 10), c(3, 4, 3.5, 8))
put("one promoter", "rate", .95, c(0, 0, 3, 10), c(0, 1, 0, 1))
put("all and none", "rate", .95, c(0, 1, 2, 3, 6, 9, 9, 9, 10), c(0, 0, 0, 0, 0, 1, 1, 1, 1))
put("all but one", "rate", .99, c(0, 1, 2, 3, 6, 9, 9, 9, 10), c(1, 1, 0, 1, 1, 1, 1, 1, 1))

for (n in c(20, 40, 100)) {
  for (level in c(.8, .95, .999)) {
    x <- answers(n)
    handling <- round(rgamma(n, 3, 0.01) + 20 * (10 - x), 1)
    kept <- rbinom(n, 1, plogis((x - 4) / 4))
    w <- round(rgamma(n, 2, 0.7) + 0.05, 3)
    put(sprintf("handling time of %d", n), "mean", level, x, handling)
    put(sprintf("retention of %d", n), "rate", level, x, kept)
    put(sprintf("handling time of %d with weights", n), "mean", level, x, handling, w)
    put(sprintf("retention of %d with weights", n), "rate", level, x, kept, w)
    put(sprintf("retention of %d as a mean", n), "mean", level, x, kept)
  }
}
put("weights of all magnitudes", "mean", .95, answers(40), rnorm(40, 100, 5), 10^(sample(-4:4, 40, TRUE) / 2))
put("equal weights", "mean", .95, answers(30), rnorm(30), rep(0.1, 30))

out <- file("../outcomes.csv", "w")
header <- c(
  "name", "method", "level", "rows", outer(c("n", "size", "mean", "variance", "error", "lower", "upper"),
    c("detractors", "promoters"), function(a, b) paste(b, a, sep = "_")
  ),
  paste0("difference", c("", "_lower", "_upper", "_statistic", "_df", "_p")),
  outer(c("", "_lower", "_upper", "_statistic", "_df", "_p"), c("answer", "class"), function(a, b) paste0(b, a))
)
cat(paste(header, collapse = ","), "\n", sep = "", file = out)
for (case in cases) {
  with(case, {
    low <- x <= 6
    high <- x >= 9
    class <- ifelse(low, -1, ifelse(high, 1, 0))
    rows <- paste(sprintf("%d %.17g %.17g", x, y, w), collapse = ";")
    numbers <- c(
      estimate(y[low], w[low], method, level), estimate(y[high], w[high], method, level),
      difference(y[low], w[low], y[high], w[high], method, level),
      correlation(x, y, w, level), correlation(class, y, w, level)
    )
    cells <- c(name, method, digits(level), rows, sapply(numbers, digits))
    cat(paste(cells, collapse = ","), "\n", sep = "", file = out)
  })
}
close(out)
