"""Writes fixtures/hdf5/*.h5: what h5py writes in every form that is read, and files that harm a reader which walks or believes them.

good/ has for each file a .json with the values that h5py reads from it; hostile/ has files that must be refused or read without harm;
models/ has a whole model as Keras saves it. Needs `pip install h5py ml_dtypes keras jax` (made with h5py 3.16, Keras 3.15). Run from the
package's folder: python scripts/hdf5_fixtures.py
"""
import json, os, pathlib

os.environ["KERAS_BACKEND"] = "jax"
import h5py, keras, ml_dtypes
import numpy as np

good, hostile = pathlib.Path("fixtures/hdf5/good"), pathlib.Path("fixtures/hdf5/hostile")
good.mkdir(parents=True, exist_ok=True)
hostile.mkdir(parents=True, exist_ok=True)
random = np.random.default_rng(3)


def numbers(*shape, dtype="float32"):
    return random.normal(0, 9, shape).astype(dtype)


def types(f):
    for name in "float16 float32 float64 int8 int16 int32 int64 uint8 uint16 uint32 uint64 bool".split():
        f[f"types/{name}"] = np.abs(numbers(2, 3)).astype(name) if name[0] in "ub" else numbers(2, 3, dtype=name)
    f["types/special"] = np.array([np.nan, np.inf, -np.inf, -0.0, 1e-40], "float32")
    f["types/half"] = np.array([np.inf, -np.inf, 6e-8, -65504], "float16")
    f["types/scalar"] = np.float32(2.5)
    f["types/nothing"] = np.zeros((0, 4), "float32")
    # As Keras writes bfloat16: the type, and an attribute that says so.
    b = f.create_dataset("types/bfloat16", data=numbers(5).astype(ml_dtypes.bfloat16))
    b.attrs["dtype"] = "bfloat16"


def attributes(f):
    f.attrs["model_config"] = json.dumps({"class_name": "Sequential", "config": "x" * 3000})
    f.attrs["bytes"] = b"written as bytes"
    f.attrs["unicode"] = "größe ✓"
    f.attrs["number"] = 7
    f.attrs["negative"] = np.int32(-7)
    f.attrs["numbers"] = np.arange(5)
    f.attrs["names"] = [b"dense/kernel:0", b"dense/bias:0"]
    f.attrs["texts"] = np.array(["a", "bb", ""], dtype=h5py.string_dtype())
    f.attrs["none"] = np.array([], dtype="S1")
    many = f.create_group("many")
    for i in range(20):
        many.attrs[f"a{i}"] = f"value {i}"


def groups(f):
    """Many names, so that a tree has several levels and a heap several blocks; most lead to one group, which keeps the file small."""
    f.create_group("layers/dense/vars")["0"] = numbers(2)
    for i in range(1, 700):
        f[f"layers/dense_{i}"] = f["layers/dense"]
    f.create_group("layers/dense_700/vars")["0"] = numbers(3)
    f.create_group("layers/with\\backslash/vars")["0"] = numbers(2)


def chunks(f):
    f.create_dataset("plain", data=numbers(7, 5), chunks=(3, 2))
    f.create_dataset("gzip", data=numbers(9, 4, 3), chunks=(4, 3, 2), compression="gzip")
    f.create_dataset("shuffled", data=numbers(40), chunks=(16,), compression="gzip", shuffle=True, fletcher32=True)
    f.create_dataset("large chunk", data=numbers(3), maxshape=(None,), chunks=(64,))


def plain(value):
    if isinstance(value, bytes):
        return value.decode()
    return [plain(v) for v in value] if isinstance(value, np.ndarray) else value.item() if isinstance(value, np.generic) else value


def values(f):
    """What h5py reads: datasets as float32, attributes of the root and of one group, names of the first groups."""
    found = {}

    def visit(name, item):
        if isinstance(item, h5py.Dataset):
            data = np.asarray(item[()])
            if item.attrs.get("dtype") == "bfloat16":
                data = data.view(ml_dtypes.bfloat16)
            found[name] = {"shape": list(item.shape), "values": [str(v) for v in data.astype("float32").ravel()]}

    f.visititems(visit)
    watched = [g for g in ["/", "many", "layers"] if g in f]
    return {
        "datasets": found,
        "attributes": {g: {k: plain(v) for k, v in f[g].attrs.items()} for g in watched},
        "groups": {g: sorted(f[g]) for g in watched},
    }


def write(path, make, **options):
    with h5py.File(path, "w", **options) as f:
        make(f)
    with h5py.File(path) as f:
        path.with_suffix(".json").write_text(json.dumps(values(f)) + "\n")


for make in [types, attributes, groups, chunks]:
    for libver in ["earliest", "v108", "latest"]:
        # The newest indexes of chunks are not read: Keras never writes them.
        if (make, libver) != (chunks, "latest"):
            write(good / f"{make.__name__}-{libver}.h5", make, libver=libver)
write(good / "groups-ordered.h5", groups, track_order=True)


def weights(f, skip=()):
    """Those of a Dense of 2 units on 3 inputs, where an archive has them: all 0.5."""
    for i, shape in enumerate([(3, 2), (2,)]):
        if i not in skip:
            f[f"layers/dense/vars/{i}"] = np.full(shape, 0.5, "float32")


def beside(name):
    """A file whose weights are good; what harms lies beside them."""
    def decorate(make):
        with h5py.File(hostile / f"beside-{name}.h5", "w") as f:
            weights(f)
            make(f)
    return decorate


def instead(name):
    """A file in which what harms stands in place of the first weight."""
    def decorate(make):
        with h5py.File(hostile / f"instead-{name}.h5", "w") as f:
            weights(f, skip=[0])
            make(f)
    return decorate


FIRST = "layers/dense/vars/0"


@beside("soft-link-cycle")
def _(f):
    f["a"], f["b"] = h5py.SoftLink("/b"), h5py.SoftLink("/a")


@beside("hard-link-cycle")
def _(f):
    f["optimizer/again"] = f.require_group("optimizer")
    f["layers/dense/root"] = f["/"]


@beside("exponential-groups")
def _(f):
    last = f.create_group("g0")
    for i in range(1, 31):
        last, before = f.create_group(f"g{i}"), last
        last["x"], last["y"] = before, before


@beside("deep-groups")
def _(f):
    group = f.create_group("deep")
    for i in range(60):
        group = group.create_group("g" * 8)


@beside("terabytes")
def _(f):
    f.create_dataset("optimizer/vars/0", (2**20, 2**20), "float32", chunks=(2**10, 2**10))
    f.create_dataset("exabytes", (2**61,), "uint8", chunks=(2**20,))


@beside("bomb")
def _(f):
    f.create_dataset("metrics/vars/0", data=np.zeros((2**22,), "float32"), chunks=(2**22,), compression="gzip", compression_opts=9)


@beside("texts")
def _(f):
    f["text"] = "x" * 100
    f["layers"].attrs["text"] = np.array(["a"] * 50, dtype=h5py.string_dtype())


@instead("soft-link")
def _(f):
    f["elsewhere"] = np.full((3, 2), 0.5, "float32")
    f[FIRST] = h5py.SoftLink("/elsewhere")


@instead("external-link")
def _(f):
    f[FIRST] = h5py.ExternalLink("/etc/passwd", "/x")


@instead("external-storage")
def _(f):
    f.create_dataset(FIRST, (3, 2), "float32", external=[("/etc/passwd", 0, 24)])


@instead("virtual")
def _(f):
    layout = h5py.VirtualLayout((3, 2), "float32")
    layout[:] = h5py.VirtualSource("/etc/passwd", "x", (3, 2))
    f.create_virtual_dataset(FIRST, layout)


@instead("terabytes")
def _(f):
    f.create_dataset(FIRST, (2**20, 2**20), "float32", chunks=(2**10, 2**10))


@instead("missing-chunks")
def _(f):
    f.create_dataset(FIRST, (3, 2), "float32", chunks=(1, 2))[0] = 1


@instead("never-written")
def _(f):
    f.create_dataset(FIRST, (3, 2), "float32")


@instead("bomb")
def _(f):
    data = np.zeros((3, 2), "float32")
    f.create_dataset(FIRST, data=data, chunks=(3, 2**22), maxshape=(None, None), compression="gzip", compression_opts=9)


@instead("texts")
def _(f):
    f[FIRST] = np.array([["a", "b"]] * 3, dtype=h5py.string_dtype())


@instead("complex")
def _(f):
    f[FIRST] = np.zeros((3, 2), "complex64")


@instead("big-endian")
def _(f):
    f[FIRST] = np.zeros((3, 2), ">f4")


@instead("lzf")
def _(f):
    f.create_dataset(FIRST, data=np.zeros((3, 2), "float32"), compression="lzf")


@instead("group")
def _(f):
    f.create_group(FIRST)


@instead("the-other")
def _(f):
    """One dataset for both weights: few bytes would give many."""
    f[FIRST] = f["layers/dense/vars/1"]


@instead("named-type")
def _(f):
    f["type"] = np.dtype("float32")
    f.create_dataset(FIRST, data=np.full((3, 2), 0.5, "float32"), dtype=f["type"])


# The model of fixtures/keras/leaky_layers.json as model.save("model.h5") writes it, and with its weights in chunks of gzip.
models = pathlib.Path("fixtures/hdf5/models")
models.mkdir(exist_ok=True)
keras.models.load_model("fixtures/keras/leaky_layers.keras", compile=False).save(models / "plain.h5")
with h5py.File(models / "plain.h5") as plain_file, h5py.File(models / "gzip.h5", "w") as f:
    f.attrs.update(plain_file.attrs)

    def copy(name, item):
        if isinstance(item, h5py.Dataset):
            f.create_dataset(name, data=item[()], chunks=tuple((n + 1) // 2 for n in item.shape), compression="gzip", shuffle=True)
        else:
            f.require_group(name)
        f[name].attrs.update(item.attrs)

    plain_file.visititems(copy)
