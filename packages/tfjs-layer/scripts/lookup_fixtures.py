"""Writes fixtures/lookups/: layers that look words up, cut texts or hash, each with an input and Keras's own output.

In Keras these need TensorFlow, so this script does: `pip install keras tensorflow-cpu` (made with Keras 3.15.1, TensorFlow 2.21.0).
Run from the package's folder: python scripts/lookup_fixtures.py
"""
import json, os, pathlib

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
from keras import layers as L

folder = pathlib.Path("fixtures/lookups")
folder.mkdir(parents=True, exist_ok=True)

words = ["a", "b", "c", "d"]
data = [["a", "c", "d", ""], ["d", "z", "b", "m"], ["BS Fast", "naïve", "a long token that no vocabulary has", "a"]]
numbers = [[12, 1138, 42, 0], [37, 1000, 36, -5], [-1, 123456789, 123456790, 12]]
known = [12, 36, 1138, 123456789]
idf = [0.25, 0.75, 0.6, 0.4]
# Every mark of ASCII, white space of several kinds, letters whose small form is another length or no letter, emoji of several code points.
texts = ["Earth, wind and FIRE!", "wind   of change", "", " \t\n ", "don't stop-me now... (fire)", "!\"#$%&()*+,-./:;<=>?@[\\]^_`{|}~'a",
         "ÄÖÜ Straße ÉCOLE ΣΑΣ İstanbul", "wind\u00a0fire wind\u2003fire\u3000wind\u200bfire\u0085wind\x1cfire\vwind\ffire", "ab👩‍👩‍👧é", "earth earth wind earth"]
vocabulary = ["earth", "wind", "and", "fire"]
letters = ["a", "e", "r", "t", "h", " ", "w", "é", "👩"]
lengths = ["x" * n for n in [0, 1, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 63, 64, 65, 66, 127, 128, 129, 200, 1000]]
many = [["omar", "stringer", "marlo", "wire", "skywalker"], ["", "ä", "日本語", "👩‍👩‍👧", "A"]]

of_words = [dict(), dict(mask_token=""), dict(num_oov_indices=0, vocabulary=sorted({w for row in data for w in row})), dict(num_oov_indices=3),
            dict(num_oov_indices=3, salt=133), dict(num_oov_indices=5, salt=[133, 137], mask_token=""), dict(vocabulary=["Foo_bar", "BS Fast", "aB", "d"]), dict(oov_token="b", vocabulary=["b", "a", "c"]),
            dict(vocabulary=["", "[UNK]", *words], mask_token=""), dict(vocabulary=["[UNK]", "[UNK]", *words], num_oov_indices=2),
            *[dict(output_mode=mode, **more) for mode in ["one_hot", "multi_hot", "count"]
              for more in [dict(), dict(mask_token="", num_oov_indices=2), dict(max_tokens=9, pad_to_max_tokens=True)]],
            dict(output_mode="tf_idf", idf_weights=idf), dict(output_mode="tf_idf", idf_weights=[0.9, *idf], vocabulary=["[UNK]", *words]),
            dict(output_mode="tf_idf", idf_weights=idf, max_tokens=8, pad_to_max_tokens=True, mask_token="", num_oov_indices=2)]
of_numbers = [dict(), dict(mask_token=0), dict(num_oov_indices=3), dict(num_oov_indices=3, oov_method="farmhash"),
              dict(num_oov_indices=3, oov_method="farmhash", salt=7), dict(num_oov_indices=2, mask_token=0, output_mode="count"),
              dict(output_mode="one_hot"), dict(output_mode="multi_hot", max_tokens=7, pad_to_max_tokens=True),
              dict(output_mode="tf_idf", idf_weights=idf), dict(vocabulary=[-1, *known]), dict(vocabulary=[0, -1, *known], mask_token=0)]
of_texts = [dict(), dict(output_sequence_length=3), dict(output_sequence_length=12), dict(standardize=None), dict(standardize="lower"),
            dict(standardize="strip_punctuation"), dict(split=None), dict(split="character", vocabulary=letters), dict(split="character", standardize=None, vocabulary=letters),
            dict(ngrams=2, vocabulary=[*vocabulary, "earth wind", "wind fire"]), dict(ngrams=(2,), vocabulary=["earth earth", "wind and"]),
            dict(ngrams=(1, 3), vocabulary=["earth wind and", "earth"]), dict(ngrams=2, split=None), dict(ngrams=2, split="character", vocabulary=["e a", "a", "r"]),
            *[dict(output_mode=mode, **more) for mode in ["multi_hot", "count"] for more in [dict(), dict(max_tokens=9, pad_to_max_tokens=True), dict(ngrams=2)]],
            dict(output_mode="tf_idf", idf_weights=idf), dict(output_mode="tf_idf", idf_weights=idf, max_tokens=8, pad_to_max_tokens=True)]
of_hashes = [(many, dict(num_bins=3)), (many, dict(num_bins=1000)), (many, dict(num_bins=3, mask_value="")), (many, dict(num_bins=7, mask_value="omar", output_mode="count")),
             (many, dict(num_bins=1)), (many, dict(num_bins=1, mask_value="")), (many, dict(num_bins=1000, salt=133)), (many, dict(num_bins=1000, salt=[133, 137])),
             ([lengths], dict(num_bins=2**31 - 1)), ([lengths], dict(num_bins=2**31 - 1, salt=[2**53 - 1, 1])), (numbers, dict(num_bins=1000)), (numbers, dict(num_bins=9, mask_value=12)),
             (numbers, dict(num_bins=1000, salt=5)), *[(many, dict(num_bins=4, output_mode=mode)) for mode in ["one_hot", "multi_hot", "count"]],
             ([["A"], ["B"]], dict(num_bins=3, output_mode="one_hot"))]
of_pairs = [dict(num_bins=5), dict(num_bins=1000), dict(num_bins=7, output_mode="one_hot")]

cases = []


def listed(value):
    value = np.asarray(value)
    if value.dtype == object or value.dtype.kind in "SU":
        decode = lambda v: [decode(one) for one in v] if isinstance(v, list) else v.decode() if isinstance(v, bytes) else str(v)
        return decode(value.tolist())
    return value.tolist()


def add(layer, *given):
    dtype = lambda x: "string" if isinstance(np.asarray(x).ravel()[0], str) else "int64"
    inputs = [keras.Input(np.asarray(x).shape[1:], dtype=dtype(x)) for x in given]
    arrays = [np.asarray(x, object if dtype(x) == "string" else "int64") for x in given]
    model = keras.Model(inputs, layer(inputs[0] if len(inputs) == 1 else inputs))
    output = layer(keras.ops.convert_to_tensor(arrays[0]) if len(arrays) == 1 else [keras.ops.convert_to_tensor(a) for a in arrays])
    output = output.to_tensor() if hasattr(output, "to_tensor") else output
    cases.append({"topology": json.loads(model.to_json()), "inputs": [listed(a) for a in arrays], "output": listed(output)})


def column(values):
    return [[one] for row in values for one in row]


for more in of_words:
    add(L.StringLookup(**{"vocabulary": words, **more}), data)
for mode in ["one_hot", "count", "int"]:
    add(L.StringLookup(vocabulary=words, output_mode=mode), column(data))
add(L.StringLookup(vocabulary=words), [[["a", "z"], ["b", "c"]]])
for more in [dict(), dict(mask_token=""), dict(num_oov_indices=2, oov_token="?"), dict(vocabulary=["Foo_bar", "BS Fast", "aB", "d"])]:
    add(L.StringLookup(**{"vocabulary": words, **more}, invert=True), [[0, 1, 2, 5], [3, 4, 9, -1]])
for more in of_numbers:
    add(L.IntegerLookup(**{"vocabulary": known, **more}), numbers)
for more in [dict(), dict(mask_token=0), dict(oov_token=-7)]:
    add(L.IntegerLookup(vocabulary=known, invert=True, **more), [[0, 1, 2, 5], [3, 4, 9, -1]])
for more in of_texts:
    add(L.TextVectorization(**{"vocabulary": vocabulary, **more}), [[one] for one in texts])
for more in [dict(), dict(output_mode="count"), dict(split=None, output_mode="multi_hot", ngrams=2)]:
    add(L.TextVectorization(vocabulary=["earth", "a b", "b c", "a"], **more), [["earth a"], ["a"]])
for more in [dict(), dict(ngrams=2), dict(output_sequence_length=2), dict(output_sequence_length=4, ngrams=(1, 2)), dict(output_mode="count", ngrams=2)]:
    add(L.TextVectorization(vocabulary=["earth", "a b", "b c", "a"], split=None, **more), [["A", "b", "c!"], ["earth", "", "a b"]])
# Inputs of one text, or one number, each.
add(L.TextVectorization(vocabulary=vocabulary), texts)
add(L.StringLookup(vocabulary=words), ["a", "z", "c"])
add(L.StringLookup(vocabulary=words, output_mode="one_hot"), ["a", "z", "c"])
add(L.IntegerLookup(vocabulary=known), [123456789, 123456790, 12])
add(L.Hashing(num_bins=1000), [123456789, 123456790, 12])
for given, more in of_hashes:
    add(L.Hashing(**more), given)
for more in of_pairs:
    add(L.HashedCrossing(**more), ["A", "B", "A", "C", ""], [101, 101, 101, 102, -3])
    add(L.HashedCrossing(**more), [["A"], ["B"]], [["x"], ["ä"]])
for text in ["int", "tf_idf"]:
    layer = L.TextVectorization(max_tokens=8, output_mode=text, name="adapted")
    layer.adapt(["foo bar", "bar baz", "baz bada boom", "Bar\tbaz"])
    x = keras.Input((1,), dtype="string")
    model = keras.Model(x, [layer(x)])
    given = [["foo qux bar"], ["qux baz"], ["Bada. BOOM bar bar"]]
    model.save(folder / f"adapted_{text}.keras")
    cases.append({"archive": f"adapted_{text}.keras", "inputs": [given], "output": listed(layer(np.asarray(given, object)))})

# A case a line.
(folder / "cases.jsonl").write_text("".join(json.dumps(case) + "\n" for case in cases))
print(len(cases), "cases")
