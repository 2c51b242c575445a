"""Writes fixtures/scalers.json: what scikit-learn's scalers and PCA make of a small invented table.

Run from this package: python scripts/make_scaler_fixture.py   (numpy, scikit-learn)
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.decomposition import PCA
from sklearn.preprocessing import MinMaxScaler, RobustScaler, StandardScaler

rng = np.random.default_rng(0)
rows = 60
train = np.column_stack(
    [
        rng.normal(50, 12, rows).round(1),
        rng.exponential(1e-3, rows),
        rng.integers(0, 4, rows) * 1e4,
        np.full(rows, 7.3),  # constant
        rng.normal(0, 1, rows),
    ]
)
train[:, 4] += 0.05 * train[:, 0]
other = train[:7] * 1.1 + 0.3
case = {"versions": {"numpy": np.__version__, "scikit-learn": sklearn.__version__}}
case |= {"train": train.ravel().tolist(), "other": other.ravel().tolist(), "columns": train.shape[1]}

for name, scaler in [("standard", StandardScaler()), ("minMax", MinMaxScaler()), ("robust", RobustScaler())]:
    scaler.fit(train)
    case[name] = {"train": scaler.transform(train).ravel().tolist(), "other": scaler.transform(other).ravel().tolist()}

# The variances of the raw columns differ by 10^16, and those of standardised ones do not: both are kept.
for name, scaler in [("pcaRaw", None), ("pcaStandard", StandardScaler().fit(train))]:
    x, y = (train, other) if scaler is None else (scaler.transform(train), scaler.transform(other))
    x, y = x[:, [0, 2, 4]], y[:, [0, 2, 4]]
    pca = PCA(svd_solver="full").fit(x)
    case[name] = {
        "input": x.ravel().tolist(),
        "otherInput": y.ravel().tolist(),
        "components": pca.components_.tolist(),
        "explainedVariance": pca.explained_variance_.tolist(),
        "explainedVarianceRatio": pca.explained_variance_ratio_.tolist(),
        "train": pca.transform(x).ravel().tolist(),
        "other": pca.transform(y).ravel().tolist(),
    }

path = Path(__file__).parent.parent / "fixtures" / "scalers.json"
path.write_text(json.dumps(case, indent=1) + "\n")
