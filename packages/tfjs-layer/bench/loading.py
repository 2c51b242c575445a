"""Writes a MobileNetV2 with random weights (3.5 million, 14 MB) for bench/loading.mjs: model.keras, and the same as model.json with weights.bin
in the words of Keras 2, which stock tfjs reads.

Needs `pip install keras jax h5py`. Run from the package's folder: python bench/loading.py FOLDER
"""
import json, os, pathlib, sys

os.environ["KERAS_BACKEND"] = "jax"
sys.path.insert(0, "scripts")
import keras
import numpy as np
from keras2_fixtures import old

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
model = keras.applications.MobileNetV2(weights=None)
model.save(folder / "model.keras")
config = old(json.loads(model.to_json()), (2, 4))
for layer in config["config"]["layers"]:
    if layer["class_name"] == "BatchNormalization":
        layer["config"]["axis"] = layer["config"]["axis"][0]
specs = []
with open(folder / "weights.bin", "wb") as f:
    for weight in model.weights:
        if "seed" in weight.path:
            continue
        layer, name = weight.path.split("/")[-2:]
        name = "depthwise_kernel" if name == "kernel" and "depthwise" in layer else name
        specs.append({"name": f"{layer}/{name}", "shape": list(weight.shape), "dtype": "float32"})
        f.write(np.asarray(weight.value, "<f4").tobytes())
topology = {"keras_version": "2.4.0", "backend": "tensorflow", "model_config": config}
manifest = [{"paths": ["weights.bin"], "weights": specs}]
(folder / "model.json").write_text(json.dumps({"modelTopology": topology, "weightsManifest": manifest}))
