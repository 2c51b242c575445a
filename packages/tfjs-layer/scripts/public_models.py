"""Keras's own outputs for structures of public models, to compare with ours: what each is given are random weights and an input.

Needs `pip install keras torch h5py` (made with Keras 3.15.1). Run from the package's folder, with a folder of structures
({ modelTopology, weightsManifest? } as NNN.json) and one for what is written; then node scripts/public-models.mjs FOLDER --values OUT:

    python scripts/public_models.py FOLDER OUT [NNN…]
"""
import copy, json, os, pathlib, sys, zipfile

os.environ["KERAS_BACKEND"] = "torch"
import keras
import numpy as np

folder, out, *only = map(pathlib.Path, sys.argv[1:])
out.mkdir(parents=True, exist_ok=True)
# What Keras 3 does not take from a config of Keras 2, or from one that was patched so that tfjs takes it.
GONE = ["ragged", "time_major", "implementation", "input_shape", "batchInputShape", "inputDType"]
# Where Keras 3 has what a config may name without its module.
HOMES = ["layers", "initializers", "regularizers", "constraints"]


def modern(value):
    """A config as Keras 3.15 takes it: what is written otherwise is rewritten here, apart from our own reader."""
    if isinstance(value, list):
        return [modern(each) for each in value]
    if not isinstance(value, dict):
        return value
    value = {key: modern(each) for key, each in value.items() if key not in GONE}
    name, config = value.get("class_name"), value.get("config")
    if name == "Model":
        name = value["class_name"] = "Functional"
    # Ours computes in float32 whatever the policy, which its notes say; in float16 Keras would differ by 1e-3.
    if name in ("Policy", "DTypePolicy"):
        return "float32"
    if name == "VarianceScaling" and config.get("distribution") == "normal":
        config["distribution"] = "truncated_normal"
    if isinstance(config, dict) and not (value.get("module") or "").startswith("keras.src.ops"):
        homes = [home for home in HOMES if hasattr(getattr(keras, home), str(name))]
        if homes and value.get("registered_name") in (None, name):
            value.update(module="keras." + homes[0], registered_name=None)
        elif name in ("Sequential", "Functional"):
            value.update(module="keras.models" if name == "Sequential" else "keras.src.models.functional", registered_name=None)
    if isinstance(config, dict) and "layers" not in config:
        shape = config.pop("batch_input_shape", None)
        if name == "InputLayer" and "batch_shape" not in config and shape is not None:
            config["batch_shape"] = shape
        if name == "BatchNormalization" and isinstance(config.get("axis"), list):
            config["axis"] = config["axis"][0]
        if name and name.startswith("Depthwise"):
            for key in [key for key in config if key.startswith("kernel_") and key != "kernel_size"] + ["filters", "groups"]:
                config.pop(key, None)
        if name and name.startswith("Separable"):
            for key in [key for key in config if key.startswith("kernel_") and key != "kernel_size"] + ["groups"]:
                config.pop(key, None)
        if name == "LeakyReLU" and "alpha" in config:
            config["negative_slope"] = config.pop("alpha")
    return value


def with_inputs(value):
    """The first layer of a Sequential of Keras 2 holds the shape of its input."""
    config = value.get("config")
    if not isinstance(config, dict) or "layers" not in config:
        return value
    layers = [with_inputs(layer) for layer in config["layers"]]
    first = layers[0]["config"]
    if value["class_name"] == "Sequential" and layers[0]["class_name"] != "InputLayer" and "batch_input_shape" in first:
        shape = first["batch_input_shape"]
        layers.insert(0, {"class_name": "InputLayer", "config": {"name": "in_of_" + str(first.get("name")), "batch_shape": shape}})
    return {**value, "config": {**config, "layers": layers}}


def reference(path):
    given = json.loads(path.read_text())
    topology = given["modelTopology"]
    keras.backend.clear_session()
    config = modern(with_inputs(copy.deepcopy(topology.get("model_config", topology))))
    for key in ("compile_config", "build_config"):
        config.pop(key, None)
    model = keras.models.model_from_json(json.dumps(config))
    random = np.random.default_rng(int(path.stem))
    for weight in model.weights:
        fan = max(1, int(np.prod(weight.shape[:-1])))
        small = random.uniform(-1, 1, weight.shape) * (3 / fan) ** 0.5
        positive = random.uniform(0.5, 1.5, weight.shape)
        if "seed" not in weight.path:
            weight.assign((positive if "variance" in weight.path or "gamma" in weight.path else small).astype("float32"))
    shapes = [[2 if i == 0 else (d or 16) for i, d in enumerate(t.shape)] for t in model.inputs]
    # Whole numbers that an embedding takes.
    sizes = [layer.input_dim for layer in model.layers if hasattr(layer, "input_dim")]
    x = [random.integers(0, min(sizes), s).astype("float32") if sizes else random.uniform(-1, 1, s).astype("float32") for s in shapes]
    packed = keras.tree.pack_sequence_as(model._inputs_struct, x) if hasattr(model, "_inputs_struct") else x[0]
    y = [keras.ops.convert_to_numpy(one).astype("float32") for one in keras.tree.flatten(model(packed, training=False))]
    name = out / path.stem
    if given["container"] == ".keras":
        model.save(f"{name}-new.keras")
        with zipfile.ZipFile(f"{name}-new.keras") as new, zipfile.ZipFile(f"{name}.keras", "w") as old:
            for entry in new.namelist():
                old.writestr(entry, json.dumps(topology) if entry == "config.json" else new.read(entry))
        os.remove(f"{name}-new.keras")
    else:
        specs = [spec for group in given["weightsManifest"] for spec in group["weights"]]
        weights = {weight.path: keras.ops.convert_to_numpy(weight.value) for weight in model.weights if "seed" not in weight.path}
        ordered = [named(weights, spec) for spec in specs]
        pathlib.Path(f"{name}.bin").write_bytes(b"".join(one.astype("<f4").tobytes() for one in ordered))
        specs = [{"name": spec["name"], "shape": spec["shape"], "dtype": "float32"} for spec in specs]
        manifest = [{"paths": [f"{path.stem}.bin"], "weights": specs}]
        pathlib.Path(f"{name}.model.json").write_text(json.dumps({"modelTopology": topology, "weightsManifest": manifest}))
    arrays = [{"shape": list(one.shape), "values": np.asarray(one, "float64").ravel().tolist()} for one in [*x, *y]]
    pathlib.Path(f"{name}.values.json").write_text(json.dumps({"inputs": arrays[: len(x)], "outputs": arrays[len(x) :]}))


def named(weights, spec):
    """The weight whose path ends as the manifest's name does: the longest such ending decides."""
    tokens = spec["name"].split(":")[0].split("/")

    def common(path):
        parts = path.split("/")
        same = [a == b for a, b in zip(reversed(parts), reversed(tokens))]
        return (same + [False]).index(False)

    best = max(map(common, weights))
    found = [path for path in weights if common(path) == best and best > 0]
    alike = [path for path in found if list(weights[path].shape) == spec["shape"]]
    assert len(alike) == 1, f"{spec['name']}: {found}"
    return weights[alike[0]]


for path in sorted(folder.glob("*.json")):
    if only and path.stem not in map(str, only):
        continue
    try:
        reference(path)
        print(path.stem, "written")
    except Exception as error:
        print(path.stem, "not by Keras:", type(error).__name__, str(error).replace("\n", " ")[:150])
