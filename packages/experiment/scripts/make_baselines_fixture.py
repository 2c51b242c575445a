"""Writes fixtures/baselines.json: what scikit-learn's linear models and decision stump make of small invented tables.

Run from this package: python scripts/make_baselines_fixture.py   (numpy, scikit-learn)
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

rng = np.random.default_rng(4)
out = {"versions": {"numpy": np.__version__, "scikit-learn": sklearn.__version__}, "classification": []}
for rows, columns, classes in ((60, 3, 2), (90, 5, 4)):
    x = rng.normal(0, 1, (rows + 20, columns)).astype(np.float32)
    y = (x @ rng.normal(0, 1, (columns, classes)) + rng.gumbel(0, 0.7, (rows + 20, classes))).argmax(1)
    model = LogisticRegression(C=1, tol=1e-10, max_iter=10_000).fit(x[:rows], y[:rows])
    # Two classes are one set of weights in scikit-learn; two sets ±w/2 have half of the penalty, so C doubles.
    if classes == 2:
        model = LogisticRegression(C=2, tol=1e-10, max_iter=10_000).fit(x[:rows], y[:rows])
    out["classification"].append({"classes": classes, "columns": columns, "x": x.ravel().tolist(),
                                  "truth": y[:rows].tolist(), "probabilities": model.predict_proba(x[rows:]).ravel().tolist()})

x = rng.normal(0, 1, (100, 4)).astype(np.float32)
y = 50 + x @ np.array([3, -2, 0.5, 0]) + rng.normal(0, 1, 100)
stump = DecisionTreeRegressor(max_depth=1).fit(x[:80], y[:80])
out["regression"] = {"columns": 4, "x": x.ravel().tolist(), "truth": y.tolist(), "train": 80,
                     "predictions": LinearRegression().fit(x[:80], y[:80]).predict(x[80:]).tolist(),
                     "column": int(stump.tree_.feature[0]), "threshold": float(stump.tree_.threshold[0]),
                     "stump": stump.predict(x[80:]).tolist()}
Path("fixtures/baselines.json").write_text(json.dumps(out) + "\n")
