"""Writes fixtures/statistics.json: what SciPy and statsmodels say of small invented samples.

Run from this package: python scripts/make_statistics_fixture.py   (mpmath, numpy, pandas, scikit-learn, scipy, statsmodels)

The tails of Student's t are mpmath's: SciPy's own are off by 6e-10 at t = 1e-9 and by 2e-11 at a million degrees of freedom.
"""

import itertools
import json
from pathlib import Path

import mpmath
import numpy as np
import pandas as pd
import scipy
import scipy.stats as stats
import sklearn
import sklearn.metrics as metrics
import statsmodels
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.weightstats import ttost_paired

rng = np.random.default_rng(15)
out = {"versions": {m.__name__: m.__version__ for m in (mpmath, np, pd, sklearn, scipy, statsmodels)}}

degrees = [0.7, 1, 2, 3, 5, 9.5, 20, 31, 127.3, 1000, 1e6]
mpmath.mp.dps = 40


def tails(t, df):
    t, df = mpmath.mpf(t), mpmath.mpf(df)
    return float(mpmath.betainc(df / 2, 0.5, 0, df / (df + t * t), regularized=True))


out["tails"] = [[t, df, tails(t, df)] for df in degrees for t in (0, 1e-9, 0.01, 0.5, 1, 1.5, 2, 3, 8, 40, 1000)]
levels = [1e-9, 0.001, 0.025, 0.2, 0.499, 0.5, 0.6, 0.9, 0.975, 0.99375, 0.9995, 1 - 1e-7]
out["quantiles"] = [[p, df, stats.t.ppf(p, df)] for df in degrees for p in levels]
out["normal"] = [[p, stats.norm.ppf(p)] for p in levels + [1e-300, 1e-20, 0.0749, 0.0751]]

out["paired"] = []
for n, shift in ((2, 0.1), (10, 0.4), (32, 0.02)):
    a = rng.normal(0.8, 0.05, n).round(4)
    b = (a + rng.normal(shift, 0.1, n)).round(4)
    test = stats.ttest_rel(b, a)
    for level in (0.9, 0.95, 0.99375):
        low, high = test.confidence_interval(level)
        out["paired"].append({"a": a.tolist(), "b": b.tolist(), "level": level, "mean": float(np.mean(b - a)),
                              "low": low, "high": high, "p": test.pvalue})

# Two one-sided tests: p of equivalence within ±region, to be below 0.05 exactly where the 90 % interval lies inside.
out["equivalence"] = []
for n, shift, region in ((12, 0.001, 0.05), (12, 0.03, 0.05), (30, 0.03, 0.05), (30, 0.0, 0.02)):
    a = rng.normal(0.8, 0.05, n).round(4)
    b = (a + rng.normal(shift, 0.05, n)).round(4)
    p, _, _ = ttost_paired(b, a, -region, region)
    out["equivalence"].append({"a": a.tolist(), "b": b.tolist(), "region": region, "p": float(p)})

# Sums of all 2^n sign patterns, as scipy.stats.permutation_test takes them for one paired sample.
out["signFlip"] = []
for d in (rng.normal(0.5, 1, 9), rng.normal(0, 1, 12), np.round(rng.normal(0.3, 1, 10)), np.zeros(4)):
    d = d.round(3)
    test = stats.permutation_test((d,), lambda x, axis: np.mean(x, axis=axis), permutation_type="samples", n_resamples=np.inf)
    signs = np.array(list(itertools.product((-1, 1), repeat=len(d))))
    counted = float(np.mean(np.abs(signs @ d) >= abs(d.sum()) - 1e-9))
    assert abs(counted - test.pvalue) < 1e-12 or not d.any()
    out["signFlip"].append({"d": d.tolist(), "p": counted})

out["adjust"] = []
for p in ([0.01, 0.04, 0.03, 0.005], [0.2], [0.5, 0.5, 0.001, 0.9, 0.02, 0.02, 0.049, 1.0]):
    out["adjust"].append({"p": p, "holm": multipletests(p, method="holm")[1].tolist(),
                          "bonferroni": multipletests(p, method="bonferroni")[1].tolist()})

# Dunnett's two-sided critical value: P(max |T_k| <= c) = level for a multivariate t.
out["maxT"] = []
for k, rho, df in ((1, 0.0, 10), (2, 0.5, 20), (4, 0.5, 10), (8, 0.3, 31), (8, 0.9, 31), (3, 0.0, 200)):
    corr = np.full((k, k), rho) + (1 - rho) * np.eye(k)
    draws = stats.multivariate_t(np.zeros(k), corr, df=df, seed=1).rvs(4_000_000).reshape(-1, k)
    c = float(np.quantile(np.abs(draws).max(axis=1), 0.95))
    out["maxT"].append({"correlation": corr.tolist(), "df": df, "critical": c})

# Rows and seeds: groups and variances by pandas, Welch-Satterthwaite as scipy's ttest_ind has it.
out["unitsAndSeeds"] = []
for rows, seeds, repeat in ((40, 8, 1), (60, 5, 3), (9, 4, 1)):
    unit = np.arange(rows) // repeat
    runs = []
    for r in range(seeds):
        held = rng.permutation(rows)[: max(4, rows // 4)]
        d = (rng.normal(0, 0.3) + 0.5 * np.sin(unit[held]) + rng.normal(0, 1, len(held))).round(4)
        runs.append(pd.DataFrame({"seed": r, "unit": unit[held], "d": d}))
    table = pd.concat(runs)
    D = table.groupby("unit").d.mean()
    M = table.groupby(["seed", "unit"]).d.mean().groupby("seed").mean()
    a, b = D.var() / len(D), M.var() / len(M)
    df = (a + b) ** 2 / (a**2 / (len(D) - 1) + b**2 / (len(M) - 1))
    out["unitsAndSeeds"].append({"runs": [{"units": r.unit.tolist(), "differences": r.d.tolist()} for r in runs],
                                 "mean": D.mean(), "se": float(np.sqrt(a + b)), "df": df})

d = rng.normal(0.02, 0.05, 12).round(4)
out["nadeauBengio"] = {"d": d.tolist(), "testPerTrain": 0.25, "se": float(np.sqrt((1 / 12 + 0.25) * d.var(ddof=1)))}

out["classification"] = []
for classes, rows in ((2, 40), (4, 60), (5, 12)):
    truth = rng.integers(0, classes, rows)
    p = rng.dirichlet(np.ones(classes), rows)
    p = (p + 0.5 * np.eye(classes)[truth]).round(6)
    p /= p.sum(1, keepdims=True)
    answer = p.argmax(1)
    right, confidence = (answer == truth).astype(float), p.max(1)
    bin_of = np.clip(np.ceil(confidence * 15), 1, 15).astype(int)
    ece = sum((bin_of == b).mean() * abs(right[bin_of == b].mean() - confidence[bin_of == b].mean())
              for b in np.unique(bin_of))
    out["classification"].append({
        "classes": classes, "truth": truth.tolist(), "probabilities": p.ravel().tolist(),
        "accuracy": metrics.accuracy_score(truth, answer), "balancedAccuracy": metrics.balanced_accuracy_score(truth, answer),
        "macroF1": metrics.f1_score(truth, answer, average="macro"), "calibrationError": float(ece),
        "logLoss": metrics.log_loss(truth, p, labels=range(classes))})

truth = (1e3 + rng.normal(0, 5, 50)).round(3)
answer = (truth + rng.normal(0.5, 2, 50)).round(3)
out["regression"] = {"truth": truth.tolist(), "answer": answer.tolist(), "rmse": metrics.root_mean_squared_error(truth, answer),
                     "mae": metrics.mean_absolute_error(truth, answer), "r2": metrics.r2_score(truth, answer)}

Path("fixtures/statistics.json").write_text(json.dumps(out) + "\n")
