"""Writes fixtures/quantized/: archives of models that Keras quantized, each with an input and what Keras gives for it.

`outputs` are Keras's own. Where Keras rounds what a layer is given too, `exact` are its outputs by the same weights without that.
Run from the package's folder: python scripts/quantized_fixtures.py
"""
import base64, json, os, pathlib

os.environ["KERAS_BACKEND"] = "jax"
import keras
import numpy as np
from keras import layers as L

folder = pathlib.Path("fixtures/quantized")
folder.mkdir(parents=True, exist_ok=True)


def array(value):
    value = np.asarray(value)
    return {"shape": list(value.shape), "data": base64.b64encode(value.astype("<f4").tobytes()).decode()}


def model():
    """Every layer that Keras quantizes: with and without a bias, along other axes than the last.

    Not within others: an attention Keras 3.15 quantizes and then cannot read, and a TimeDistributed of a Dense forgets the scales.
    """
    i = keras.Input((4,), dtype="int32", name="ids")
    x = L.Embedding(7, 6, name="embedding")(i)
    y = L.EinsumDense("abc,cd->abd", output_shape=(None, 5), bias_axes="d", activation="tanh", name="dense")(x)
    z = L.EinsumDense("abc,bde->acde", output_shape=(6, 2, 3), bias_axes="ce", name="many")(x)
    w = L.EinsumDense("abc,edc->abde", output_shape=(4, 2, 3), name="turned")(x)
    return keras.Model(i, [L.Dense(3, name="last")(y), L.Dense(2, use_bias=False, activation="relu", name="plain")(y), z, w])


def seeded():
    keras.backend.clear_session()
    made = model()
    random = np.random.default_rng(7)
    made.set_weights([random.uniform(-0.8, 1.2, w.shape).astype("float32") for w in made.weights])
    return made


ids = np.random.default_rng(3).integers(0, 7, (3, 4)).astype("int32")
weights_only = keras.quantizers.Int8QuantizationConfig(activation_quantizer=None)
exact = {}
for name, quantize in {"int8_weights": lambda m: m.quantize(config=weights_only), "int8": lambda m: m.quantize("int8"), "float8": lambda m: m.quantize("float8")}.items():
    made = seeded()
    before = keras.tree.flatten(made(ids))
    quantize(made)
    outputs = keras.tree.flatten(made(ids))
    made.save(folder / f"{name}.keras")
    exact[name] = [array(o) for o in (before if name == "float8" else outputs)]
    if name == "int8":
        exact[name] = exact["int8_weights"]
    fixture = {"keras": keras.__version__, "inputs": ids.tolist(), "outputs": [array(o) for o in outputs], "exact": exact[name]}
    (folder / f"{name}.json").write_text(json.dumps(fixture) + "\n")
made = seeded()
made.quantize("int4")
made.save(folder / "int4.keras")
