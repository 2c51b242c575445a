"""Writes fixtures/*.json, the outside truth that the tests compare with. Run `python3 scripts/fixtures.py SOURCE…`:

    mpmath   f and f' in 60 and more digits, rounded once to float64 (needs mpmath)
    pytorch  float32 values, gradients and defaults (needs torch)
    keras    float32 values and defaults, numpy backend (needs keras 3)
    onnx     the node tests and attribute defaults (needs onnx)
    transformers  float32 values and gradients of the formulas of Hugging Face's src/transformers/activations.py, in torch

Infinity and NaN stand as strings, since JSON has none.
"""
import inspect
import json
import math
import os
import random
import struct
import sys
from pathlib import Path

FIXTURES = Path(__file__).parent.parent / "fixtures"

# name: [our parameters, ...]
VARIANTS = {
    "linear": [{}],
    "relu": [{}, {"negativeSlope": 0.25, "maxValue": 6.0, "threshold": 1.5}],
    "leaky_relu": [{}, {"negativeSlope": 1.5}, {"negativeSlope": -2.0}],
    "prelu": [{}],
    "rrelu": [{}],
    "relu_squared": [{}],
    "relu6": [{}],
    "threshold": [{"threshold": 0.5, "value": -3.0}],
    "thresholded_relu": [{}],
    "elu": [{}, {"alpha": 1.75}, {"alpha": 1e6}],
    "xielu": [{}, {"alphaP": 0.3, "alphaN": 1.25, "beta": 0.0}, {"alphaP": 2.5, "alphaN": 0.4, "beta": 0.75},
              {"alphaP": 1.0, "alphaN": 0.5, "beta": 0.5}],
    "selu": [{}],
    "celu": [{}, {"alpha": 0.3}, {"alpha": 2.5}, {"alpha": 1e6}],
    "gelu": [{}, {"approximate": "tanh"}],
    "quick_gelu": [{}],
    "silu": [{}, {"beta": 1.7}],
    "hard_silu": [{}],
    "mish": [{}],
    "softplus": [{}, {"beta": 0.7}],
    "softsign": [{}],
    "squareplus": [{}, {"b": 0.3}],
    "sparse_plus": [{}],
    "sigmoid": [{}],
    "log_sigmoid": [{}],
    "laplace": [{}, {"mu": -0.3, "sigma": 1.9}],
    "hard_sigmoid": [{}, {"slope": 0.2, "offset": 0.5}],
    "sparse_sigmoid": [{}],
    "tanh": [{}],
    "softcap": [{}, {"cap": 0.7}],
    "lisht": [{}],
    "hard_tanh": [{}, {"minValue": -2.0, "maxValue": 0.5}],
    "tanh_shrink": [{}],
    "soft_shrink": [{}],
    "hard_shrink": [{}],
    "snake": [{}, {"alpha": 0.3}, {"alpha": 7.1}],
    "exponential": [{}],
    "step": [{}, {"alpha": 0.25}],
}

KINKS = [-3, -1.5, -1, -0.5, 0.5, 1, 1.5, 3, 6]


def plain(value):
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def write(name, data):
    text = json.dumps(data, separators=(",", ":"), allow_nan=False)
    (FIXTURES / name).write_text(text.replace('},{"', '},\n{"') + "\n")


def grid():
    rng = random.Random(20130616)  # the month of the leaky ReLU paper
    tiny = [5e-324, 1e-310, 2.2250738585072014e-308, 1e-300, 1e-160, 1e-100, 1e-30, 1e-17, 1e-10, 1e-8, 1e-5, 1e-3, 0.01]
    large = [5, 8, 10, 13, 18, 19.1, 20, 22, 25, 30, 34, 36.7, 37, 38, 38.5, 39, 50, 87, 88.7, 89, 100, 103, 104, 300, 500, 700,
             709.7, 710, 745.1, 746, 750, 900, 1e3, 1e5, 1e10, 1e100, 1e150, 1e154, 1e155, 1e200, 1.7976931348623157e308]
    uniform = [rng.uniform(-12, 12) for _ in range(160)] + [rng.uniform(-1.5, 1.5) for _ in range(60)]
    wide = [rng.choice([-1, 1]) * 10 ** rng.uniform(-12, 3) for _ in range(80)]
    far = [rng.uniform(-745, 0) for _ in range(20)] + [rng.uniform(-40, -10) for _ in range(30)]
    near = [y for k in KINKS for y in (math.nextafter(k, -9e9), float(k), math.nextafter(k, 9e9))]
    xs = [0.0, -0.0] + [s * v for v in tiny + large for s in (1, -1)] + uniform + wide + far + near
    return sorted(set(xs) - {0.0}) + [0.0, -0.0]


def from_mpmath():
    from mpmath import mp, mpf, log1p, sqrt, pi, fabs, mpmathify
    import mpmath

    mp.dps = 700  # x - tanh x at 1e-300 loses 600 digits

    # Beyond ±10000 every one of these is past the range of float64, and mpmath itself gives up at 1e308.
    def within(f):
        return lambda x: f(min(max(x, mpf(-10000)), mpf(10000)))

    exp, expm1, tanh, erfc, cosh = map(within, (mpmath.exp, mpmath.expm1, mpmath.tanh, mpmath.erfc, mpmath.cosh))

    def sigma(z):
        return 1 / (1 + exp(-z)) if z >= 0 else exp(z) / (1 + exp(z))

    def leaky(x, s):
        return (s * x if x < 0 else x), (1 if x > 0 else s)

    def normal(x):
        return erfc(-x / sqrt(mpf(2))) / 2

    lam, alpha = mpf("1.0507009873554804934193349852946"), mpf("1.6732632423543772848170429916717")
    A = mpf(0.044715)  # the float64 that every framework computes with

    def tanh_gelu(x):
        z = 2 * sqrt(2 / pi) * (x + A * x**3)
        dz = 2 * sqrt(2 / pi) * (1 + 3 * A * x**2)
        return x * sigma(z), sigma(z) * (1 + x * dz * sigma(-z))

    def mish(x):
        n = expm1(2 * log1p(exp(x))) if x < 50 else None
        t = n / (n + 2) if n is not None else 1 - 2 / (exp(2 * x) + 2 * exp(x) + 2)
        return x * t, t + x * sigma(x) * (1 - t * t)

    def squareplus(x, b):
        r = sqrt(x * x + b)
        f = (x + r) / 2 if x >= 0 else b / (2 * (r - x))
        return f, f / r

    def of(name, p, x):
        x = mpf(x)
        g = lambda key, default: mpf(p.get(key, default))
        if name == "linear": return x, 1
        if name == "relu":
            s, m, t = g("negativeSlope", 0), p.get("maxValue"), g("threshold", 0)
            if x <= t: return s * (x - t), s
            return (x, 1) if m is None or x < m else (m, 0)
        if name == "leaky_relu": return leaky(x, g("negativeSlope", 0.01))
        if name == "prelu": return leaky(x, g("negativeSlope", 0.25))
        if name == "rrelu": return leaky(x, mpf((1 / 8 + 1 / 3) / 2))
        if name == "relu6": return min(max(x, 0), 6), int(0 < x < 6)
        if name == "threshold": return (x, 1) if x > g("threshold", 0) else (g("value", 0), 0)
        if name == "thresholded_relu": return (x, 1) if x > 1 else (0, 0)
        if name == "elu": return (x, 1) if x > 0 else (g("alpha", 1) * expm1(x), g("alpha", 1) * exp(x))
        if name == "selu": return (lam * x, lam) if x > 0 else (lam * alpha * expm1(x), lam * alpha * exp(x))
        if name == "celu":
            a = g("alpha", 1)
            return (x, 1) if x > 0 else (a * expm1(x / a), exp(x / a))
        if name == "gelu":
            if p.get("approximate") == "tanh": return tanh_gelu(x)
            return x * normal(x), normal(x) + x * exp(-x * x / 2) / sqrt(2 * pi)
        if name == "silu":
            b = g("beta", 1)
            return x * sigma(b * x), sigma(b * x) * (1 + b * x * sigma(-b * x))
        if name == "relu_squared": return (x * x, 2 * x) if x > 0 else (0, 0)
        if name == "quick_gelu": return x * sigma(mpf(1.702) * x), sigma(mpf(1.702) * x) * (1 + mpf(1.702) * x * sigma(-mpf(1.702) * x))
        if name == "laplace":
            z = (x - g("mu", 0.707107)) / g("sigma", 0.282095)
            return normal(z), exp(-z * z / 2) / sqrt(2 * pi) / g("sigma", 0.282095)
        if name == "xielu":
            p, n, b = g("alphaP", 0.8), g("alphaN", 0.8), g("beta", 0.5)
            return (p * x * x + b * x, 2 * p * x + b) if x > 0 else (n * (expm1(x) - x) + b * x, n * expm1(x) + b)
        if name == "softcap":
            c = g("cap", 30)
            return c * tanh(x / c), 1 / cosh(x / c) ** 2
        if name == "lisht": return x * tanh(x), tanh(x) + x / cosh(x) ** 2
        if name == "snake":
            a = g("alpha", 1)
            if abs(a * x) >= 2**50: return x + 1 / (2 * a), 1
            return x + mpmath.sin(a * x) ** 2 / a, 1 + mpmath.sin(2 * a * x)
        if name == "hard_silu": return (0, 0) if x <= -3 else (x * (x + 3) / 6, x / 3 + mpf(1) / 2) if x < 3 else (x, 1)
        if name == "mish": return mish(x)
        if name == "softplus":
            b = g("beta", 1)
            return (max(b * x, 0) + log1p(exp(-fabs(b * x)))) / b, sigma(b * x)
        if name == "softsign": return x / (1 + fabs(x)), 1 / (1 + fabs(x)) ** 2
        if name == "squareplus": return squareplus(x, g("b", 4))
        if name == "sparse_plus": return (0, 0) if x <= -1 else ((x + 1) ** 2 / 4, (x + 1) / 2) if x < 1 else (x, 1)
        if name == "sigmoid": return sigma(x), sigma(x) * sigma(-x)
        if name == "log_sigmoid": return min(x, 0) - log1p(exp(-fabs(x))), sigma(-x)
        if name == "hard_sigmoid":
            if "slope" not in p: return min(max((x + 3) / 6, 0), 1), (mpf(1) / 6 if -3 < x < 3 else 0)
            line = g("slope", 0) * x + g("offset", 0)
            return min(max(line, 0), 1), (g("slope", 0) if 0 < line < 1 else 0)
        if name == "sparse_sigmoid": return min(max((x + 1) / 2, 0), 1), (mpf(1) / 2 if -1 < x < 1 else 0)
        if name == "tanh": return tanh(x), (1 / cosh(x) ** 2)
        if name == "hard_tanh":
            lo, hi = g("minValue", -1), g("maxValue", 1)
            return min(max(x, lo), hi), int(lo < x < hi)
        if name == "tanh_shrink": return x - tanh(x), tanh(x) ** 2
        if name == "soft_shrink":
            return (x - mpf(0.5), 1) if x > 0.5 else (x + mpf(0.5), 1) if x < -0.5 else (0, 0)
        if name == "hard_shrink": return (x, 1) if fabs(x) > 0.5 else (0, 0)
        if name == "exponential": return exp(x), exp(x)
        if name == "step": return (1 if x > 0 else g("alpha", 0)), 0
        raise KeyError(name)

    def rounded(value):
        value = mpmathify(value)
        if fabs(value) >= mpf(2) ** 1024 - mpf(2) ** 970: return plain(math.copysign(math.inf, value))
        # mpmath's float() does not round subnormals once; scaling by a power of two does it through an integer.
        if value != 0 and fabs(value) < mpf(2) ** -1022:
            return float(int(mp.nint(value * mpf(2) ** 1074))) * 5e-324
        return float(value)

    def squareplus_rows(bs, special, to):
        """Of every size of b, near its root and where squares overflow or are subnormal."""
        for b in map(to, bs):
            near = [math.sqrt(b) * t for t in (1e-17, 1e-8, 1e-3, 0.3, 1.0, 1.7, 1e3, 1e8, 1e17)]
            xs = sorted({to(s * x) for x in near + special for s in (1, -1)} - {0.0}) + [0.0]
            pairs = [squareplus(mpf(x), mpf(b)) for x in xs]
            yield {"b": b, "x": xs, "f": [rounded(a) for a, _ in pairs], "derivative": [rounded(d) for _, d in pairs]}

    xs = grid()
    rows = []
    for name, variants in VARIANTS.items():
        for params in variants:
            pairs = [of(name, params, x) for x in xs]
            rows.append({"name": name, "params": params, "f": [rounded(a) for a, _ in pairs], "derivative": [rounded(b) for _, b in pairs]})
            print(name, params)
    edges = [math.nextafter(2.0**e, t) for e in (-480, 480) for t in (0, math.inf)]
    squareplus_of = {
        "float64": [*squareplus_rows([5e-324, 1e-310, 1e-290, 1.1e-271, 1.3e-271, 1e-38, 1e38, 1e200, 1e300, 1e308, sys.float_info.max],
                                     [5e-324, 1e-310, 1e-162, 1e-155, *edges, 1.0, 1e150, 1e154, 1.4e154, 1e160, 1e300, 1e308, sys.float_info.max], float)],
        "float32": [*squareplus_rows([1e-45, 1e-40, 1e-38, 1e-30, 1e30, 1e38, 3.4028234663852886e38],
                                     [1e-45, 1e-40, 1e-22, 1e-19, 1.0, 1e18, 1e19, 1e20, 1e38, 3.4028234663852886e38], single)],
    }
    write("mpmath.json", {"x": xs, "functions": rows, "squareplus": squareplus_of,
                          "vectors": vectors_from_mpmath(mp, mpf, exp, sigma, normal, rounded)})


def vectors_from_mpmath(mp, mpf, exp, sigma, normal, rounded):
    rng = random.Random(1989)
    vectors = [[rng.uniform(-s, s) for _ in range(8)] for s in (0.01, 1, 10, 40, 300, 1000) for _ in range(6)]
    vectors += [[0.0] * 8, [1e300, 1e300, 0, -5, 1e299, 3, -1e300, 2], [1e-300, -1e-300, 5e-324, 0, 1e-10, -1e-10, 1, 1 + 2**-52],
                [1e15, 1e15 + 0.25, 1e15 - 0.5, 0, 1e15 + 0.125, 5, 1e15, 1e15], [700.0, -700, 0, 1, 2, 3, 745, 746]]

    def log_softmax(v):
        top = max(v)
        total = mp.log(sum(mp.exp(max(a - top, mpf(-10000))) for a in v))
        return [a - top - total for a in v]

    def sparsemax(v):
        ordered = sorted(v, reverse=True)
        size = max(k for k in range(1, len(v) + 1) if 1 + k * ordered[k - 1] > sum(ordered[:k]))
        tau = (sum(ordered[:size]) - 1) / size
        return [max(a - tau, mpf(0)) for a in v]

    def softmax(v):
        return [mp.exp(max(a, mpf(-10000))) for a in log_softmax(v)]

    functions = {
        "softmax": softmax,
        "softmin": lambda v: softmax([-a for a in v]),
        "log_softmax": log_softmax,
        "sparsemax": sparsemax,
        "glu": lambda v: [a * sigma(b) for a, b in zip(v[:4], v[4:])],
        "swiglu": lambda v: [a * sigma(a) * b for a, b in zip(v[:4], v[4:])],
        "geglu": lambda v: [a * normal(a) * b for a, b in zip(v[:4], v[4:])],
        "reglu": lambda v: [max(a, mpf(0)) * b for a, b in zip(v[:4], v[4:])],
    }
    return [{"name": name, "x": v, "f": [rounded(a) for a in f([mpf(a) for a in v])]} for name, f in functions.items() for v in vectors]


def single(value):
    return struct.unpack("f", struct.pack("f", value))[0]


def small_grid():
    rng = random.Random(7)
    xs = [rng.uniform(-8, 8) for _ in range(60)] + [k + 0.0 for k in KINKS] + [-50.0, -20.0, 20.0, 50.0, 1e-4, -1e-4, 0.0, -0.0]
    return [single(x) for x in xs]


def signature_defaults(make):
    return {
        key: p.default
        for key, p in inspect.signature(make).parameters.items()
        if p.default is not p.empty and isinstance(p.default, (int, float, str, type(None)))
    }


def from_pytorch():
    import torch

    nn = torch.nn
    made = {
        "linear": nn.Identity(), "relu": nn.ReLU(), "leaky_relu": nn.LeakyReLU(), "prelu": nn.PReLU(), "rrelu": nn.RReLU().eval(),
        "relu6": nn.ReLU6(), "threshold": nn.Threshold(0.5, -3.0), "elu": nn.ELU(), "selu": nn.SELU(), "celu": nn.CELU(),
        "gelu": nn.GELU(), "silu": nn.SiLU(), "hard_silu": nn.Hardswish(), "mish": nn.Mish(), "softplus": nn.Softplus(),
        "softsign": nn.Softsign(), "sigmoid": nn.Sigmoid(), "log_sigmoid": nn.LogSigmoid(), "hard_sigmoid": nn.Hardsigmoid(),
        "tanh": nn.Tanh(), "hard_tanh": nn.Hardtanh(), "tanh_shrink": nn.Tanhshrink(), "soft_shrink": nn.Softshrink(),
        "hard_shrink": nn.Hardshrink(),
    }
    params = {"threshold": {"threshold": 0.5, "value": -3.0}}
    xs = small_grid()
    rows, defaults = [], {}
    for name, module in made.items():
        x = torch.tensor(xs, dtype=torch.float32, requires_grad=True)
        y = module(x)
        y.sum().backward()
        rows.append({"name": name, "params": params.get(name, {}), "f": [plain(v) for v in y.tolist()], "derivative": [plain(v) for v in x.grad.tolist()]})
        defaults[type(module).__name__] = signature_defaults(type(module))
    gains = {n: nn.init.calculate_gain(n) for n in ("linear", "sigmoid", "tanh", "relu", "leaky_relu", "selu")}
    vectors = []
    v = [[single(a) for a in row] for row in ([1.0, 2.0, 3.0, -4.0], [-0.5, 0.25, 80.0, 79.0], [0.0, 0.0, 0.0, 0.0])]
    for name, module in {"softmax": nn.Softmax(-1), "log_softmax": nn.LogSoftmax(-1), "softmin": nn.Softmin(-1), "glu": nn.GLU(-1)}.items():
        x = torch.tensor(v, dtype=torch.float32, requires_grad=True)
        y = module(x)
        weight = torch.arange(1.0, y.numel() + 1).reshape(y.shape)
        (y * weight).sum().backward()
        vectors.append({"name": name, "x": x.flatten().tolist(), "f": y.flatten().tolist(), "dy": weight.flatten().tolist(), "dx": x.grad.flatten().tolist()})
    slopes, shape = [0.25, -0.5, 1.5], (2, 3, 4)
    x = torch.tensor(xs[: math.prod(shape)]).reshape(shape).requires_grad_()
    prelu = nn.PReLU(3)
    with torch.no_grad():
        prelu.weight.copy_(torch.tensor(slopes))
    y = prelu(x)
    weight = torch.arange(1.0, y.numel() + 1).reshape(y.shape)
    (y * weight).sum().backward()
    channels = {"slopes": slopes, "inner": shape[2], "x": x.flatten().tolist(), "f": y.flatten().tolist(), "dy": weight.flatten().tolist(),
                "dx": x.grad.flatten().tolist(), "ds": prelu.weight.grad.tolist()}
    write("pytorch.json", {"version": torch.__version__, "channels": channels, "x": xs, "functions": rows, "vectors": vectors, "defaults": defaults, "gains": gains})


def from_keras():
    os.environ["KERAS_BACKEND"] = "numpy"
    import keras
    import numpy as np

    a = keras.activations
    functions = {
        "linear": a.linear, "relu": a.relu, "leaky_relu": a.leaky_relu, "relu6": a.relu6, "elu": a.elu, "selu": a.selu,
        "celu": a.celu, "gelu": a.gelu, "silu": a.silu, "hard_silu": a.hard_silu, "mish": a.mish, "softplus": a.softplus,
        "softsign": a.softsign, "squareplus": a.squareplus, "sparse_plus": a.sparse_plus, "sigmoid": a.sigmoid,
        "log_sigmoid": a.log_sigmoid, "hard_sigmoid": a.hard_sigmoid, "sparse_sigmoid": a.sparse_sigmoid, "tanh": a.tanh,
        "hard_tanh": a.hard_tanh, "tanh_shrink": a.tanh_shrink, "soft_shrink": a.soft_shrink, "hard_shrink": a.hard_shrink,
        "exponential": a.exponential,
    }
    xs = small_grid()
    rows = []
    for name, f in functions.items():
        y = np.asarray(f(np.array(xs, dtype="float32")), dtype="float32")
        rows.append({"name": name, "params": {"negativeSlope": 0.2} if name == "leaky_relu" else {}, "f": [plain(float(v)) for v in y]})
    x = np.array(xs, dtype="float32")
    y = a.relu(x, negative_slope=0.25, max_value=6.0, threshold=1.5)
    rows.append({"name": "relu", "params": {"negativeSlope": 0.25, "maxValue": 6.0, "threshold": 1.5}, "f": [plain(float(v)) for v in y]})
    vectors = []
    v = np.array([[1.0, 2.0, 3.0, -4.0], [-0.5, 0.25, 80.0, 79.0], [0.1, 0.2, 0.3, 0.4]], dtype="float32")
    for name, f in {"softmax": a.softmax, "log_softmax": a.log_softmax, "sparsemax": a.sparsemax, "glu": a.glu}.items():
        vectors.append({"name": name, "x": v.flatten().tolist(), "f": np.asarray(f(v)).flatten().tolist()})
    layers = {n: signature_defaults(getattr(keras.layers, n)) for n in ("ReLU", "LeakyReLU", "ELU")}
    defaults = {**layers, **{n: signature_defaults(f) for n, f in functions.items()}, "threshold": signature_defaults(a.threshold)}
    write("keras.json", {"version": keras.__version__, "x": xs, "functions": rows, "vectors": vectors, "defaults": defaults})


def from_onnx():
    import numpy as np
    import onnx
    from onnx import defs, helper
    from onnx.backend.test.case.node import collect_testcases

    ops = {"Identity", "Relu", "LeakyRelu", "PRelu", "ThresholdedRelu", "Elu", "Selu", "Celu", "Gelu", "Swish", "HardSwish", "Mish",
           "Softplus", "Softsign", "Sigmoid", "HardSigmoid", "Tanh", "Shrink", "Exp", "Softmax", "LogSoftmax", "Hardmax"}
    cases = []
    for case in collect_testcases(None):
        nodes = case.model.graph.node if case.model else []
        if len(nodes) != 1 or nodes[0].op_type not in ops or case.name.endswith("_expanded"):
            continue
        inputs, outputs = case.data_sets[0]
        if any(not isinstance(a, np.ndarray) or a.dtype != np.float32 for a in [*inputs, *outputs]):
            continue
        cases.append({
            "case": case.name, "op": nodes[0].op_type, "rtol": case.rtol, "atol": case.atol,
            "attributes": {at.name: (v.decode() if isinstance(v := helper.get_attribute_value(at), bytes) else v) for at in nodes[0].attribute},
            "shape": list(inputs[0].shape),
            "inputs": [{"shape": list(a.shape), "data": [plain(float(v)) for v in a.flatten()[:480]]} for a in inputs],
            "output": [plain(float(v)) for v in outputs[0].flatten()[:480]],
        })
    defaults = {}
    for op in sorted(ops):
        attributes = defs.get_schema(op).attributes
        defaults[op] = {k: (v.decode() if isinstance(v := helper.get_attribute_value(at.default_value), bytes) else v)
                        for k, at in attributes.items() if at.default_value.name}
    write("onnx.json", {"version": onnx.__version__, "cases": cases, "defaults": defaults})


def from_transformers():
    """What ACT2FN of https://github.com/huggingface/transformers/blob/main/src/transformers/activations.py computes, and gated pairs."""
    import torch
    import torch.nn.functional as F

    def tanh_gelu(c):
        return lambda x: 0.5 * x * (1 + torch.tanh(c * (x + 0.044715 * x**3)))

    def xielu(x, p=0.8, n=0.8, b=0.5, eps=-1e-6):
        return torch.where(x > 0, p * x * x + b * x, (torch.expm1(torch.clamp(x, max=eps)) - x) * n + b * x)

    made = {
        "gelu": F.gelu, "gelu_python": lambda x: x * 0.5 * (1 + torch.erf(x / math.sqrt(2))),
        "gelu_new": tanh_gelu(math.sqrt(2 / math.pi)), "gelu_fast": tanh_gelu(0.7978845608), "gelu_accurate": tanh_gelu(math.sqrt(2 / math.pi)),
        "gelu_pytorch_tanh": lambda x: F.gelu(x, approximate="tanh"), "gelu_python_tanh": tanh_gelu(math.sqrt(2 / math.pi)),
        "quick_gelu": lambda x: x * torch.sigmoid(1.702 * x), "silu": F.silu, "swish": F.silu, "hardswish": F.hardswish, "mish": F.mish,
        "laplace": lambda x: 0.5 * (1 + torch.erf((x - 0.707107) / (0.282095 * math.sqrt(2)))),
        "relu": F.relu, "relu2": lambda x: F.relu(x) ** 2, "relu6": F.relu6, "leaky_relu": F.leaky_relu,
        "prelu": lambda x: F.prelu(x, torch.tensor([0.25])), "linear": lambda x: x * 1, "sigmoid": torch.sigmoid, "tanh": torch.tanh,
        "xielu": xielu,
    }
    # Not in ACT2FN: Gemma 2's logits, the decoder of DAC, and TensorFlow Addons'.
    others = {
        "softcap": lambda x: 30 * torch.tanh(x / 30), "snake": lambda x: x + torch.sin(x) ** 2, "lisht": lambda x: x * torch.tanh(x),
    }
    gates = {"geglu": F.gelu, "reglu": F.relu, "swiglu": F.silu}
    xs = small_grid()

    def row(name, f):
        x = torch.tensor(xs, dtype=torch.float32, requires_grad=True)
        y = f(x)
        y.sum().backward()
        return {"name": name, "f": [plain(v) for v in y.tolist()], "derivative": [plain(v) for v in x.grad.tolist()]}

    vectors = []
    v = [[single(a) for a in row] for row in ([1.0, 2.0, 3.0, -4.0], [-0.5, 0.25, 80.0, 79.0], [-1.5, -0.75, 0.3, -2.0])]
    for name, gate in gates.items():
        x = torch.tensor(v, dtype=torch.float32, requires_grad=True)
        a, b = x.chunk(2, dim=-1)
        y = gate(a) * b
        weight = torch.arange(1.0, y.numel() + 1).reshape(y.shape)
        (y * weight).sum().backward()
        vectors.append({"name": name, "x": x.flatten().tolist(), "f": y.flatten().tolist(), "dy": weight.flatten().tolist(), "dx": x.grad.flatten().tolist()})
    write("transformers.json", {"torch": torch.__version__, "x": xs, "functions": [row(*one) for one in made.items()],
                                "others": [row(*one) for one in others.items()], "vectors": vectors})


SOURCES = {"mpmath": from_mpmath, "pytorch": from_pytorch, "keras": from_keras, "onnx": from_onnx, "transformers": from_transformers}

if __name__ == "__main__":
    if len(sys.argv) < 2 or any(s not in SOURCES for s in sys.argv[1:]):
        sys.exit(__doc__)
    FIXTURES.mkdir(exist_ok=True)
    for source in sys.argv[1:]:
        SOURCES[source]()
