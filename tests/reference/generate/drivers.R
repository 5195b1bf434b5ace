#!/usr/bin/env Rscript
# Writes ../drivers/regression.csv: R's lm on the data of ../drivers, with its standard errors and with those of White
# (1980) times n / (n - k - 1), by matrices. Weights are scaled to a mean of 1. Run it in this directory.
digits <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))
out <- "../drivers/regression.csv"
cat("dataset,errors,use,n,weight,effective_size,mean,deviation,r_squared,adjusted,sigma,df,f,f_p,term,estimate,error,t,p,lower_90,upper_90,deviation_of_term,standardised\n",
  file = out
)
for (case in list(
  list("simulated", 1:5), list("simulated", c(2, 5)), list("swiss", 1:5), list("swiss", 3), list("missing", 1:4),
  list("weighted", 1:3), list("weighted", c(1, 3)), list("single", 1)
)) {
  data <- read.csv(sprintf("../drivers/%s.csv", case[[1]]))
  data <- data[complete.cases(data), ]
  w <- if (is.null(data$weight)) rep(1, nrow(data)) else data$weight
  scaled <- w / mean(w)
  y <- data[[1]]
  x <- as.matrix(data[, 1 + case[[2]], drop = FALSE])
  deviation <- function(v) sqrt(sum(scaled * (v - weighted.mean(v, w))^2) / (length(v) - 1))
  fit <- lm(y ~ x, weights = scaled)
  found <- summary(fit)
  design <- cbind(1, x)
  bread <- solve(crossprod(design * scaled, design))
  meat <- crossprod(design * (scaled * residuals(fit)))
  n <- nrow(x)
  k <- ncol(x)
  robust <- n / (n - k - 1) * bread %*% meat %*% bread
  for (errors in c("classical", "hc1")) {
    se <- if (errors == "classical") found$coefficients[, 2] else sqrt(diag(robust))
    for (term in 0:k) {
      b <- coef(fit)[term + 1]
      e <- se[term + 1]
      margin <- qt(.95, n - k - 1) * e
      own <- if (term > 0) deviation(x[, term]) else NA
      cat(paste(c(
        case[[1]], errors, sum(2^(case[[2]] - 1)), n, digits(sum(w)), digits(sum(w)^2 / sum(w^2)),
        digits(weighted.mean(y, w)), digits(deviation(y)), digits(found$r.squared), digits(found$adj.r.squared),
        digits(found$sigma), n - k - 1, digits(found$fstatistic[1]),
        digits(pf(found$fstatistic[1], k, n - k - 1, lower.tail = FALSE)),
        if (term == 0) "" else colnames(x)[term], digits(b), digits(e), digits(b / e),
        digits(2 * pt(-abs(b / e), n - k - 1)), digits(b - margin), digits(b + margin), digits(own),
        digits(b * own / deviation(y))
      ), collapse = ","), "\n", sep = "", file = out, append = TRUE)
    }
  }
}
