"""PyTorch (new output, and out= or in place) and numpy on one thread, where python3 has them; prints RESULT lines as the others."""
import json
import time

import os

SIZES = (1000, 10000000) if os.environ.get("BENCH_QUICK") else (1000, 100000, 10000000)


def measured(call, n, copy):
    """Medians of a call, and from a million elements on of a copy before each run, in milliseconds, and of their ratio."""
    calls = max(1, round(1e5 / n))
    runs, copies = [], []
    for i in range(20):
        start = time.perf_counter()
        if n >= 1e6:
            copy()
        between = time.perf_counter()
        for _ in range(calls):
            call()
        if i >= 5:
            copies.append((between - start) * 1000)
            runs.append((time.perf_counter() - between) / calls * 1000)
    middle = len(runs) // 2
    times = {"milliseconds": sorted(runs)[middle]}
    if n >= 1e6:
        times["copy"] = sorted(copies)[middle]
        times["ratio"] = sorted(run / one for run, one in zip(runs, copies))[middle]
    return times


def report(contender, name, forward, n, call, copy):
    print("RESULT", json.dumps({"contender": contender, "name": name, "pass": forward, "n": n, **measured(call, n, copy)}))


try:
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(1)
    F, ops = torch.nn.functional, torch._C._nn
    for n in SIZES:
        x = torch.randn(n) * 2.3
        y = torch.empty(n)
        source, target = x.clone(), torch.empty(n)
        copy = lambda: target.copy_(source)
        if n < 1e6:
            report("PyTorch out=", "set", "copy", n, copy, copy)
        new = {"leaky_relu": lambda: F.leaky_relu(x, 0.01), "relu": lambda: F.relu(x), "relu6": lambda: F.relu6(x), "elu": lambda: F.elu(x), "selu": lambda: F.selu(x),
               "celu": lambda: F.celu(x), "gelu": lambda: F.gelu(x), "silu": lambda: F.silu(x), "mish": lambda: F.mish(x),
               "softplus": lambda: F.softplus(x), "sigmoid": lambda: torch.sigmoid(x), "tanh": lambda: torch.tanh(x)}
        out = {"leaky_relu": lambda: ops.leaky_relu(x, 0.01, out=y), "relu": lambda: torch.clamp_min(x, 0, out=y), "relu6": lambda: ops.hardtanh(x, 0.0, 6.0, out=y), "elu": lambda: ops.elu(x, out=y),
               "gelu": lambda: ops.gelu(x, out=y), "silu": lambda: ops.silu(x, out=y), "mish": lambda: ops.mish(x, out=y),
               "softplus": lambda: ops.softplus(x, out=y), "sigmoid": lambda: torch.sigmoid(x, out=y), "tanh": lambda: torch.tanh(x, out=y)}
        with torch.no_grad():
            for label, calls in (("PyTorch", new), ("PyTorch out=", out)):
                for name, call in calls.items():
                    try:
                        call()
                    except Exception as error:
                        import sys
                        print(f"{label} cannot do {name}: {error}", file=sys.stderr)
                        continue
                    report(label, name, "forward", n, call, copy)
except ImportError:
    pass

try:
    import numpy as np

    for n in SIZES:
        x = (np.random.default_rng(1).standard_normal(n) * 2.3).astype(np.float32)
        y = np.empty_like(x)
        scaled = np.empty_like(x)
        source, target = x.copy(), np.empty_like(x)
        copy = lambda: np.copyto(target, source)

        def leaky():
            np.multiply(x, np.float32(0.01), out=scaled)
            np.maximum(x, scaled, out=y)

        report("numpy", "leaky_relu", "forward", n, leaky, copy)
        report("numpy", "relu", "forward", n, lambda: np.maximum(x, np.float32(0), out=y), copy)
        report("numpy", "tanh", "forward", n, lambda: np.tanh(x, out=y), copy)
except ImportError:
    pass
