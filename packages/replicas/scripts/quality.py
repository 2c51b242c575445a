"""Writes fixtures/quality.json: small tables, and how well scikit-learn's MLP learns them. `node scripts/run.mjs scripts/quality.ts` adds
what tfjs reaches.

    python3 scripts/quality.py

Needs scikit-learn, which neither the package nor its tests do. Of the diabetes table, which is not ours to publish, only the rows'
numbers and the scores are written.
"""

import json
import math
import pathlib
import warnings

import numpy
import sklearn
from sklearn.datasets import make_classification
from sklearn.neural_network import MLPClassifier, MLPRegressor

warnings.filterwarnings("ignore")
root = pathlib.Path(__file__).parent.parent
random = numpy.random.default_rng(14)
SEEDS = 9


def rounded(values, digits=3):
    return [[round(float(value), digits) for value in row] for row in values]


def xor():
    return {
        "features": [[0, 0], [0, 1], [1, 0], [1, 1]],
        "labels": [0, 1, 1, 0],
        "train": [0, 1, 2, 3],
        "test": [0, 1, 2, 3],
        "hidden": [8],
        "activation": "tanh",
        "learningRate": 0.05,
        "batchSize": 4,
        "epochs": 400,
    }


def spirals(rows=240):
    labels = numpy.arange(rows) % 2
    turn = random.uniform(0.25, 1, rows) * 3 * math.pi
    angle = turn + math.pi * labels
    points = numpy.stack([turn * numpy.cos(angle), turn * numpy.sin(angle)], 1) / (3 * math.pi) * 2
    points += random.normal(0, 0.03, points.shape)
    return {
        "features": rounded(points),
        "labels": labels.tolist(),
        "train": list(range(160)),
        "test": list(range(160, rows)),
        "hidden": [24, 24],
        "activation": "tanh",
        "learningRate": 0.01,
        "batchSize": 16,
        "epochs": 200,
    }


def regression(rows=240):
    x = random.uniform(-1, 1, (rows, 3))
    y = numpy.sin(3 * x[:, 0]) + x[:, 1] * x[:, 2] + random.normal(0, 0.05, rows)
    return {
        "features": rounded(x),
        "targets": [round(float(value), 3) for value in y],
        "train": list(range(160)),
        "test": list(range(160, rows)),
        "hidden": [16],
        "activation": "tanh",
        "learningRate": 0.01,
        "batchSize": 16,
        "epochs": 150,
    }


def classes20(rows=360):
    x, y = make_classification(
        rows, 20, n_informative=8, n_redundant=4, n_classes=4, class_sep=1.6, random_state=14
    )
    return {
        "features": rounded((x - x.mean(0)) / x.std(0), 2),
        "labels": y.tolist(),
        "train": list(range(240)),
        "test": list(range(240, rows)),
        "hidden": [16],
        "activation": "relu",
        "learningRate": 0.003,
        "batchSize": 16,
        "epochs": 60,
    }


def diabetes():
    path = root / "../../../shared/data/Diabetestype.csv"
    if not path.exists():
        return None
    lines = path.read_text().strip().splitlines()
    names = lines[0].strip().split(",")
    cells = [line.strip().split(",") for line in lines[1:]]
    columns = [i for i, name in enumerate(names) if name not in ("Class", "Type")]
    kinds = ["Normal", "Type1", "Type2"]
    order = random.permutation(len(cells)).tolist()
    return {
        "features": [[float(row[i]) for i in columns] for row in cells],
        "labels": [kinds.index(row[names.index("Type")]) for row in cells],
        "train": order[:807],
        "test": order[807:],
        "hidden": [3],
        "activation": "relu",
        "learningRate": 0.01,
        "batchSize": 10,
        "epochs": 30,
        "standardised": True,
    }


def scores(table):
    x = numpy.array(table["features"], dtype=float)
    regress = "targets" in table
    y = numpy.array(table["targets" if regress else "labels"])
    train, test = table["train"], table["test"]
    if table.get("standardised"):
        x = (x - x[train].mean(0)) / x[train].std(0)
    model = MLPRegressor if regress else MLPClassifier
    found = []
    for seed in range(SEEDS):
        own = model(
            hidden_layer_sizes=table["hidden"],
            activation=table["activation"],
            learning_rate_init=table["learningRate"],
            batch_size=table["batchSize"],
            max_iter=table["epochs"],
            n_iter_no_change=table["epochs"],
            alpha=0,
            tol=0,
            random_state=seed,
        )
        found.append(own.fit(x[train], y[train]).score(x[test], y[test]))
    return found


tables = {
    name: table
    for name, table in (
        ("XOR", xor()),
        ("two spirals", spirals()),
        ("regression", regression()),
        ("20 features, 4 classes", classes20()),
        ("diabetes", diabetes()),
    )
    if table
}
for name, table in tables.items():
    table["sklearn"] = scores(table)
    print(name, sorted(table["sklearn"])[SEEDS // 2])
    if name == "diabetes":
        for key in ("features", "labels"):
            del table[key]
target = root / "fixtures/quality.json"
target.write_text(json.dumps({"sklearn": sklearn.__version__, "tables": tables}) + "\n")
