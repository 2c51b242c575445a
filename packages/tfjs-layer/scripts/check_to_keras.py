"""Keras 3 reads what toKerasConfig wrote, gets the fixture's weights, and must give the fixture's outputs.

    pnpm build && node scripts/write_to_keras.mjs FOLDER && python scripts/check_to_keras.py FOLDER

Lookups are checked where TensorFlow is installed, which they need: KERAS_BACKEND=tensorflow python scripts/check_to_keras.py FOLDER
"""
import base64, json, os, pathlib, sys

os.environ.setdefault("KERAS_BACKEND", "jax")
import keras
import numpy as np

folder = pathlib.Path(sys.argv[1])


def array(stored):
    return np.frombuffer(base64.b64decode(stored["data"]), "<f4").reshape(stored["shape"])


def check_model(path):
    fixture = json.loads((pathlib.Path("fixtures/keras") / path.name).read_text())
    model = keras.models.model_from_json(path.read_text())
    # What only the training of a SpectralNormalization uses is not read.
    weights = [w for w in fixture["weights"] if not w["name"].endswith("vector_u")]
    of = lambda layer: [array(w) for w in weights if w["name"].split("/")[0] == layer.name]
    # Layer by layer, since those of one depth may come in another order; by the order where a model within the model has them.
    if all(len(of(layer)) == len(layer.weights) for layer in model.layers):
        for layer in model.layers:
            layer.set_weights(of(layer))
    else:
        model.set_weights([array(w) for w in weights])
    for layer in model.layers:
        if isinstance(layer, keras.layers.Normalization):
            layer.finalize_state()
    inputs = [array(i).astype(i["dtype"]) for i in fixture["inputs"]]
    outputs = model(inputs if len(inputs) > 1 else inputs[0], training=False)
    outputs = keras.tree.flatten(outputs)
    assert len(outputs) == len(fixture["outputs"])
    for output, want in zip(outputs, fixture["outputs"]):
        # Keras on TensorFlow sums in another order than on JAX.
        np.testing.assert_allclose(np.asarray(output), array(want), rtol=1e-6, atol=1e-6 if keras.backend.backend() == "jax" else 2e-5)


def check_lookup(path, case):
    model = keras.models.model_from_json(path.read_text())
    inputs = [np.asarray(i) for i in case["inputs"]]
    given = [keras.ops.convert_to_tensor(i.astype(object) if i.dtype.kind in "SU" else i) for i in inputs]
    layer = model.layers[-1]
    output = np.asarray(layer(given if len(given) > 1 else given[0]))
    want = np.asarray(case["output"])
    if output.dtype == object:
        output = np.vectorize(lambda text: text.decode())(output)
        np.testing.assert_array_equal(output, want)
    else:
        np.testing.assert_allclose(output, want, rtol=1e-6)


failed = 0


def report(name, check):
    global failed
    try:
        check()
        print(name, "equal")
    except Exception as error:
        failed += 1
        print(name, "FAILED:", type(error).__name__, str(error)[:300])


for path in sorted(folder.glob("*.json")):
    report(path.stem, lambda: check_model(path))
if keras.backend.backend() == "tensorflow":
    cases = [json.loads(line) for line in pathlib.Path("fixtures/lookups/cases.jsonl").read_text().splitlines()]
    for i, case in enumerate(cases):
        path = folder / "lookups" / f"{i}.json"
        if path.exists():
            report(f"lookups {i} {case['topology']['config']['layers'][-1]['class_name']}", lambda: check_lookup(path, case))
sys.exit(failed > 0)
