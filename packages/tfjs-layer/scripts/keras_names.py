"""Writes fixtures/keras-names.json: the layers and the operators of Keras, by the names of their classes, which a topology holds.

Needs `pip install keras jax` (made with Keras 3.15.1). Run from the package's folder: python scripts/keras_names.py
"""
import importlib, inspect, json, os, pathlib

os.environ["KERAS_BACKEND"] = "jax"
import keras
from keras.src.ops.operation import Operation

NOT_LAYERS = ["InputSpec", "Layer", "Wrapper", "InputLayer"]
layers = {c.__name__ for n, c in vars(keras.layers).items() if inspect.isclass(c) and n not in NOT_LAYERS}
operators = {}
for name in ["numpy", "nn", "core", "math", "linalg", "image"]:
    module = importlib.import_module("keras.src.ops." + name)
    operators[name] = sorted(n for n, c in vars(module).items()
                             if inspect.isclass(c) and issubclass(c, Operation) and c.__module__ == module.__name__)
names = {"keras": keras.__version__, "layers": sorted(layers), "operators": operators}
pathlib.Path("fixtures/keras-names.json").write_text(json.dumps(names, indent=1) + "\n")
