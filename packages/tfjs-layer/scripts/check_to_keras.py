"""Keras 3 reads what toKerasConfig wrote, gets the fixture's weights, and must give the fixture's outputs.

    pnpm build && node scripts/write_to_keras.mjs FOLDER && python scripts/check_to_keras.py FOLDER
"""
import base64, json, os, pathlib, sys

os.environ["KERAS_BACKEND"] = "jax"
import keras
import numpy as np


def array(stored):
    return np.frombuffer(base64.b64decode(stored["data"]), "<f4").reshape(stored["shape"])


for path in sorted(pathlib.Path(sys.argv[1]).glob("*.json")):
    fixture = json.loads((pathlib.Path("fixtures/keras") / path.name).read_text())
    model = keras.models.model_from_json(path.read_text())
    model.set_weights([array(w) for w in fixture["weights"]])
    for layer in model.layers:
        if isinstance(layer, keras.layers.Normalization):
            layer.finalize_state()
    inputs = [array(i).astype(i["dtype"]) for i in fixture["inputs"]]
    outputs = model(inputs if len(inputs) > 1 else inputs[0], training=False)
    outputs = keras.tree.flatten(outputs)
    assert len(outputs) == len(fixture["outputs"])
    for output, want in zip(outputs, fixture["outputs"]):
        np.testing.assert_allclose(np.asarray(output), array(want), rtol=1e-6, atol=1e-6)
    print(path.stem, "equal")
