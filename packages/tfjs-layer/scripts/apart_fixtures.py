"""Writes fixtures/apart/: the topology of a model, and its weights saved without it: whole, in several files, and as Keras 2 did.

Run from the package's folder: python scripts/apart_fixtures.py
"""
import base64, json, os, pathlib

os.environ["KERAS_BACKEND"] = "jax"
import h5py
import keras
import numpy as np
from keras import layers as L
from keras.src.legacy.saving import legacy_h5_format

folder = pathlib.Path("fixtures/apart")
folder.mkdir(parents=True, exist_ok=True)


def array(value):
    value = np.asarray(value, "<f4")
    return {"shape": list(value.shape), "data": base64.b64encode(value.tobytes()).decode()}


x = keras.Input((6, 4), name="x")
inner = keras.Sequential([keras.Input((6,)), L.Dense(8, activation="relu"), L.BatchNormalization()], name="inner")
y = inner(L.Bidirectional(L.LSTM(3))(x))
model = keras.Model(x, [L.Dense(5, name="last")(y), L.Dense(2, use_bias=False)(y)], name="m")
random = np.random.default_rng(5)
model.set_weights([random.uniform(0.2 if "variance" in w.path else -0.8, 1.2, w.shape).astype("float32") for w in model.weights])
given = random.uniform(-2, 2, (3, 6, 4)).astype("float32")

(folder / "topology.json").write_text(model.to_json() + "\n")
model.save_weights(folder / "whole.weights.h5")
# Files so small that the weights of an LSTM lie in two of them.
model.save_weights(folder / "model.weights.json", max_shard_size=300 / 1024**3)
with h5py.File(folder / "keras2.h5", "w") as file:
    legacy_h5_format.save_weights_to_hdf5_group(file, model)
fixture = {"keras": keras.__version__, "input": array(given), "outputs": [array(o) for o in model(given)]}
(folder / "fixture.json").write_text(json.dumps(fixture) + "\n")
