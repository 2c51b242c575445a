"""Writes fixtures/keras2/: models as Keras 2 saved them, in archives (2.12 to 2.15) and in HDF5 (2.2 to 2.15), from models of Keras 3.

No Keras 2 runs beside Keras 3, so its layouts are written here by h5py: configs as `get_config` of each version gives them, groups as
`keras.saving.legacy.hdf5_format` (HDF5) and `keras.saving.saving_lib` (archives) name them. Beside each file lies a .json with what h5py reads
from it again, of every array its sum, and with Keras's own outputs, which a test compares with ours.

Needs `pip install keras jax h5py` (made with Keras 3.15.1, h5py 3.16). Run from the package's folder: python scripts/keras2_fixtures.py
"""
import base64, io, json, math, os, pathlib, sys, zipfile

os.environ["KERAS_BACKEND"] = "jax"
import h5py
import keras
import numpy as np
from keras import layers as L

folder = pathlib.Path("fixtures/keras2")
# Fields that Keras 2 does not have, and those that it has in their place.
NEW = ["autocast", "seed_generator", "zero_output_for_mask", "optional", "quantization_config", "renorm", "renorm_clipping", "renorm_momentum", "build_config"]
RECURRENT = {"time_major": False, "implementation": 2}


def old(value, version, is_first=None):
    """A config of Keras 3 as that version of Keras 2 writes it; `is_first` is the shape that the first layer of a Sequential tells."""
    if isinstance(value, list):
        return [old(one, version) for one in value]
    if not isinstance(value, dict):
        return value
    name = value.get("class_name")
    if name == "DTypePolicy":
        return value["config"]["name"]
    value = {key: old(one, version) for key, one in value.items() if key not in NEW and not (key == "seed" and name is None and value[key] is None and "gain" not in value)}
    if name is None:
        return value
    config = value["config"]
    if not isinstance(config, dict):
        return value
    config.pop("groups", None) if version < (2, 3) else None
    if name == "InputLayer":
        config["batch_input_shape"] = config.pop("batch_shape")
        config["ragged"] = False
    if is_first is not None:
        config["batch_input_shape"] = is_first
    if name in ("LSTM", "GRU", "SimpleRNN"):
        config.update(RECURRENT)
    if name == "BatchNormalization":
        config["axis"] = [config["axis"] % 4 if config["axis"] >= 0 else config["axis"]]
        config.pop("synchronized", None)
    if name == "LeakyReLU":
        config["alpha"] = config.pop("negative_slope")
    if name == "Bidirectional":
        config.pop("backward_layer")  # written only where it was given
        config["layer"]["config"]["name"] = config["layer"]["config"]["name"].removeprefix("forward_")
    if version < (2, 12):
        value.pop("registered_name", None)
        if not (value.get("module") or "").startswith("keras.src.ops"):
            value.pop("module", None)
    elif name == "Functional":
        value.update(module="keras.src.engine.functional", registered_name="Functional")
    if version < (2, 4) and name == "Functional":
        value["class_name"] = "Model"
    if "inbound_nodes" in value:
        value["inbound_nodes"] = [node for node in map(old_node, value["inbound_nodes"])]
    if "layers" in config:
        kept = [layer for layer in config["layers"] if layer["class_name"] not in MASKS]
        if name == "Sequential":
            shape = kept[0]["config"].get("batch_input_shape")
            # Before 2.3 the input is told by the first layer alone.
            config["layers"] = kept if version >= (2, 3) else kept[1:]
            config["layers"][1 if version >= (2, 3) else 0]["config"]["batch_input_shape"] = shape
        else:
            config["layers"] = [as_lambda(layer) for layer in kept]
            for key in ("input_layers", "output_layers"):
                if config[key] and not isinstance(config[key][0], list):
                    config[key] = [config[key]]
            count_from_1(config)
    return value


def count_from_1(config):
    """Calls of models within, of which Keras 2 keeps 0 for the one that the model was made by (`_should_skip_first_node` in functional.py)."""
    models = {layer["name"]: layer["class_name"] for layer in config["layers"] if "layers" in layer["config"]}

    def counted(value):
        if isinstance(value, dict):
            return {key: counted(one) for key, one in value.items()}
        if not isinstance(value, list):
            return value
        is_of_model = len(value) >= 3 and isinstance(value[0], str) and value[0] in models
        return [value[0], value[1] + 1, *value[2:]] if is_of_model else [counted(one) for one in value]

    for layer in config["layers"]:
        layer["inbound_nodes"] = counted(layer["inbound_nodes"])
    # Keras 3 counts those of a Functional from 1 here, too.
    config["output_layers"] = [counted(one) if models.get(one[0]) == "Sequential" else one for one in config["output_layers"]]


# The nodes by which Keras 3 writes masks down.
MASKS = ["NotEqual", "Any"]


def reference(tensor, kwargs=None):
    return [*tensor["config"]["keras_history"], *([kwargs] if kwargs is not None else [])]


def old_node(node):
    kwargs = {key: value for key, value in node["kwargs"].items() if key not in ("mask", "training") and value is not None}
    states = kwargs.pop("initial_state", [])
    first, *more = node["args"]
    tensors = first if isinstance(first, list) else [first]
    for key, value in zip(("value", "key"), more):
        kwargs[key] = reference(value) if isinstance(value, dict) else value
    return [reference(tensor, kwargs if i == 0 else {}) for i, tensor in enumerate([*tensors, *states])]


# Operators of Keras 3 as the functions of TensorFlow that Keras 2 has between its layers.
FUNCTIONS = {"Add": ("__operators__.add", "y"), "Multiply": ("math.multiply", "y"), "Mean": ("math.reduce_mean", None), "Relu": ("nn.relu", None), "Concatenate": ("concat", None)}


def as_lambda(layer):
    if not (layer.get("module") or "").startswith("keras.src.ops"):
        return layer
    name, (node,) = layer["name"], layer["inbound_nodes"]
    if layer["class_name"] == "GetItem":
        tensor = node[0][:3]
        spec = [{"start": None, "stop": None, "step": None}, 1]
        return {"class_name": "SlicingOpLambda", "config": {"name": name, "trainable": True, "dtype": "float32", "function": "__operators__.getitem"}, "name": name, "inbound_nodes": [[*tensor, {"slice_spec": spec}]]}
    function, second = FUNCTIONS[layer["class_name"]]
    (first, *others), kwargs = node, {"name": None}
    if second:
        kwargs[second] = others[0][:3] if others else first[3].pop("value")
    kwargs.update({key: value for key, value in layer["config"].items() if key in ("axis", "keepdims")})
    inbound = [[*first[:3], kwargs]]
    return {"class_name": "TFOpLambda", "config": {"name": name, "trainable": True, "dtype": "float32", "function": function}, "name": name, "inbound_nodes": inbound}


def plain_name(model, weight):
    """`dense/kernel:0`, as TensorFlow names a variable: without the model around its layer."""
    path = weight.path.split("/")
    known = [part for i, part in enumerate(path) if i > 0 or part != model.name]
    return "/".join(known).replace("depthwise_conv2d/kernel", "depthwise_conv2d/depthwise_kernel") + ":0"


def write_hdf5(path, model, config, version):
    """`model_config` and `model_weights`, whose attributes name the layers and the weights of each."""
    with h5py.File(path, "w") as f:
        f.attrs["keras_version"], f.attrs["backend"] = ("%d.%d.0" % version).encode(), b"tensorflow"
        f.attrs["model_config"] = json.dumps(config).encode()
        root = f.create_group("model_weights")
        root.attrs["layer_names"] = [layer.name.encode() for layer in model.layers]
        root.attrs["backend"], root.attrs["keras_version"] = b"tensorflow", ("%d.%d.0" % version).encode()
        for layer in model.layers:
            group = root.create_group(layer.name)
            weights = [w for w in layer.weights if "seed" not in w.path]
            names = [plain_name(model, weight) for weight in weights]
            group.attrs["weight_names"] = [name.encode() for name in names]
            for name, weight in zip(names, weights):
                group[name] = np.asarray(weight.value)


def write_archive(path, model, config, version, style):
    """The zip of saving_lib: the groups of a whole are those of Keras 3, but for how their paths are written."""
    keras_3 = io.BytesIO()
    model.save(folder / "three.keras")
    with zipfile.ZipFile(folder / "three.keras") as archive:
        keras_3.write(archive.read("model.weights.h5"))
    os.remove(folder / "three.keras")
    bytes_2 = io.BytesIO()
    with h5py.File(keras_3) as old_file, h5py.File(bytes_2, "w") as f:
        def copy(name, item):
            if isinstance(item, h5py.Dataset) and "seed_generator" not in name:
                group, index = name.split("/vars/")
                f[f"{style(group)}/vars/{index}"] = item[()]
        old_file.visititems(copy)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("metadata.json", json.dumps({"keras_version": ("%d.%d.0" % version), "date_saved": "2024-01-01@00:00:00"}))
        archive.writestr("config.json", json.dumps(config))
        archive.writestr("model.weights.h5", bytes_2.getvalue())


def linux(group):
    return group


def windows(group):
    return group.replace("/", "\\")


def first_versions(group):
    return "/".join("_layer_checkpoint_dependencies" if part == "layers" else part for part in group.split("/"))


def array(value):
    value = np.asarray(value)
    return {"shape": list(value.shape), "dtype": str(value.dtype), "data": base64.b64encode(value.astype("<f4").tobytes()).decode()}


def summary(dataset):
    return {"shape": list(dataset.shape), "sum": math.fsum(dataset[()].ravel().tolist())}


def read_again(path):
    """The shape and the sum of every array of a file, as h5py reads it, by its path."""
    content = io.BytesIO(zipfile.ZipFile(path).read("model.weights.h5")) if zipfile.is_zipfile(path) else path
    found = {}
    with h5py.File(content) as f:
        f.visititems(lambda name, item: found.update({name: summary(item)}) if isinstance(item, h5py.Dataset) else None)
    return found


def pictures():
    return keras.Sequential([keras.Input((8, 8, 2)), L.Conv2D(3, 3, activation="relu", name="conv"), L.BatchNormalization(name="norm"), L.LeakyReLU(negative_slope=0.1, name="leaky"),
                             L.DepthwiseConv2D(2, name="depthwise_conv2d"), L.MaxPooling2D(name="pool"), L.Flatten(name="flat"), L.Dense(3, activation=L.LeakyReLU(negative_slope=0.2), name="first"), L.Dense(2, activation="softmax", name="dense")], name="pictures")


def words():
    return keras.Sequential([keras.Input((6,)), L.Embedding(9, 4, mask_zero=True, name="words"), L.Bidirectional(L.LSTM(3, return_sequences=True, name="lstm"), name="both"),
                             L.GRU(3, return_sequences=True, name="gru"), L.TimeDistributed(L.Dense(2, name="inner"), name="steps"), L.SimpleRNN(2, name="rnn")], name="words_model")


def branches():
    base = keras.Sequential([keras.Input((4,)), L.Dense(3, name="first"), L.Dense(3, activation="tanh", name="second")], name="base")
    shared = L.Dense(2, name="shared")
    x, y = keras.Input((4,), name="x"), keras.Input((4,), name="y")
    a, b = base(x), base(y)
    joined = L.Concatenate(name="joined")([shared(a), shared(b)])
    return keras.Model([x, y], [L.Dense(1, name="one")(joined), L.Add(name="sum")([a, b])], name="branches")


def transfer():
    within = keras.Input((6, 6, 2))
    base = keras.Model(within, L.ReLU(name="relu")(L.BatchNormalization(name="norm")(L.Conv2D(3, 3, name="conv")(within))), name="base")
    prepare = keras.Sequential([keras.Input((6, 6, 2)), L.RandomFlip("horizontal", name="flip"), L.Rescaling(0.5, name="half")], name="prepare")
    x, y = keras.Input((6, 6, 2), name="x"), keras.Input((6, 6, 2), name="y")
    a, b = base(prepare(x), training=False), base(prepare(y), training=False)
    return keras.Model([x, y], [L.Dense(2, name="head")(L.GlobalAveragePooling2D(name="pool")(a)), b, prepare(y)], name="transfer")


def functions():
    x = keras.Input((3, 4), name="x")
    y = L.Dense(4, name="dense")(x)
    z = keras.ops.relu(y * 2.0) + x
    return keras.Model(x, [keras.ops.mean(z, axis=1, keepdims=True), z[:, 1]], name="functions")


def decoder():
    x, y = keras.Input((5, 3), name="x"), keras.Input((4, 3), name="y")
    _, h, c = L.LSTM(4, return_state=True, name="encoder")(x)
    z = L.LSTM(4, return_sequences=True, name="decoder")(y, initial_state=[h, c])
    z = L.MultiHeadAttention(2, 3, name="heads")(z, z)
    return keras.Model([x, y], L.LayerNormalization(name="norm")(z), name="decoder_model")


ARCHIVES = {"2.12": ((2, 12), first_versions), "2.15-linux": ((2, 15), linux), "2.15-windows": ((2, 15), windows)}
HDF5 = {"2.2": (2, 2), "2.4": (2, 4), "2.15": (2, 15)}


def write(make):
    keras.backend.clear_session()
    keras.utils.set_random_seed(7)
    random = np.random.default_rng(7)
    model = make()
    for weight in model.weights:
        if "seed" not in weight.path:
            weight.assign(random.uniform(0.2 if "variance" in weight.path else -0.8, 1.2, weight.shape).astype("float32"))
    is_words = make is words
    inputs = [random.integers(0, 9, [3, *t.shape[1:]]).astype("float32") if is_words else random.uniform(-2, 2, [3, *t.shape[1:]]).astype("float32") for t in model.inputs]
    outputs = keras.tree.flatten(model(inputs if len(inputs) > 1 else inputs[0], training=False))
    told = {"inputs": [array(one) for one in inputs], "outputs": [array(one) for one in outputs]}
    topology = json.loads(model.to_json())
    files = []
    for name, (version, style) in ARCHIVES.items():
        path = folder / f"{make.__name__}-{name}.keras"
        write_archive(path, model, old(topology, version), version, style)
        files.append(path)
    for name, version in HDF5.items():
        if version < (2, 4) and make in (functions, decoder):
            continue  # TFOpLambda and MultiHeadAttention are of 2.4
        path = folder / f"{make.__name__}-{name}.h5"
        write_hdf5(path, model, old(topology, version), version)
        files.append(path)
    told["files"] = {path.name: read_again(path) for path in files}
    (folder / f"{make.__name__}.json").write_text(json.dumps(told) + "\n")


if __name__ == "__main__":
    folder.mkdir(exist_ok=True)
    for make in [pictures, words, branches, transfer, functions, decoder]:
        if make.__name__ in (sys.argv[1:] or [make.__name__]):
            write(make)
