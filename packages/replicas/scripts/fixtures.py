"""Writes fixtures/pytorch.json: trainings by PyTorch in float64, and standard deviations of its initialisers.

    python3 scripts/fixtures.py

Needs PyTorch, which neither the package nor its tests do.
"""

import json
import math
import pathlib

import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
generator = torch.Generator().manual_seed(14)


def numbers(*shape, scale=1.0):
    """Normal numbers that float32 holds exactly."""
    return (torch.randn(*shape, generator=generator) * scale).to(torch.float32).to(torch.float64)


ROWS, INPUTS, HIDDEN, BATCH, EPOCHS = 12, 3, 4, 5, 8
features = numbers(ROWS, INPUTS)
labels = torch.randint(0, 3, (ROWS,), generator=generator)
targets = numbers(ROWS, 2)
shares = torch.rand(ROWS, 2, generator=generator).to(torch.float32).to(torch.float64)
weights = (torch.rand(ROWS, generator=generator) * 2).to(torch.float32).to(torch.float64)

activations = {
    "tanh": ({}, torch.tanh),
    "relu": ({}, F.relu),
    "leaky_relu": ({"negativeSlope": 0.2}, lambda x: F.leaky_relu(x, 0.2)),
    "elu": ({"alpha": 1.3}, lambda x: F.elu(x, 1.3)),
    "selu": ({}, F.selu),
    "celu": ({"alpha": 0.7}, lambda x: F.celu(x, 0.7)),
    "gelu": ({"approximate": "none"}, F.gelu),
    "gelu_tanh": ({"approximate": "tanh"}, lambda x: F.gelu(x, approximate="tanh")),
    "silu": ({}, F.silu),
    "mish": ({}, F.mish),
    "softplus": ({"beta": 1, "threshold": None}, lambda x: F.softplus(x, threshold=1e3)),
    "softsign": ({}, F.softsign),
    "sigmoid": ({}, torch.sigmoid),
    "log_sigmoid": ({}, F.logsigmoid),
    "hard_sigmoid": ({}, F.hardsigmoid),
    "hard_silu": ({}, F.hardswish),
    "hard_tanh": ({}, F.hardtanh),
    "tanh_shrink": ({}, F.tanhshrink),
    "soft_shrink": ({"lambda": 0.25}, lambda x: F.softshrink(x, 0.25)),
    "hard_shrink": ({"lambda": 0.25}, lambda x: F.hardshrink(x, 0.25)),
    "relu6": ({}, F.relu6),
    "linear": ({}, lambda x: x),
}

losses = {
    "cross_entropy": (3, lambda z, rows: F.cross_entropy(z, labels[rows], reduction="none")),
    "binary_cross_entropy": (
        2,
        lambda z, rows: F.binary_cross_entropy_with_logits(z, shares[rows], reduction="none").mean(1),
    ),
    "squared_error": (2, lambda z, rows: F.mse_loss(z, targets[rows], reduction="none").mean(1)),
    "absolute_error": (2, lambda z, rows: F.l1_loss(z, targets[rows], reduction="none").mean(1)),
    "huber": (2, lambda z, rows: F.huber_loss(z, targets[rows], reduction="none", delta=0.7).mean(1)),
}

optimizers = {
    "sgd": lambda p, decay: torch.optim.SGD(p, lr=0.05, weight_decay=decay),
    "momentum": lambda p, decay: torch.optim.SGD(p, lr=0.05, momentum=0.9, weight_decay=decay),
    "nesterov": lambda p, decay: torch.optim.SGD(p, lr=0.05, momentum=0.9, nesterov=True, weight_decay=decay),
    "adam": lambda p, decay: torch.optim.Adam(p, lr=0.05, eps=1e-7, weight_decay=decay),
    "adamw": lambda p, decay: torch.optim.AdamW(p, lr=0.05, eps=1e-7, weight_decay=decay),
}

STEPS = math.ceil(ROWS / BATCH)
schedules = {
    "constant": lambda step: 1.0,
    "cosine": lambda step: 0.1 + 0.9 * 0.5 * (1 + math.cos(math.pi * step / (EPOCHS * STEPS))),
    "step": lambda step: 0.5 ** (step // STEPS // 3),
}


def train(name, activation="tanh", loss="cross_entropy", optimizer="adam", decay=0.0, schedule="constant", weighted=False):
    params, f = activations[activation]
    outputs, rows_loss = losses[loss]
    shapes = [(INPUTS, HIDDEN), (HIDDEN,), (HIDDEN, outputs), (outputs,)]
    start = [numbers(*shape, scale=0.7 if len(shape) == 2 else 0.1) for shape in shapes]
    parameters = [one.clone().requires_grad_() for one in start]
    w1, b1, w2, b2 = parameters

    def logits(rows):
        return f(features[rows] @ w1 + b1) @ w2 + b2

    optimiser = optimizers[optimizer](parameters, decay)
    rates = torch.optim.lr_scheduler.LambdaLR(optimiser, schedules[schedule])
    for _ in range(EPOCHS):
        for first in range(0, ROWS, BATCH):
            rows = torch.arange(first, min(first + BATCH, ROWS))
            each = rows_loss(logits(rows), rows)
            optimiser.zero_grad()
            (each * weights[rows] if weighted else each).mean().backward()
            optimiser.step()
            rates.step()
    everything = torch.arange(ROWS)
    flat = lambda tensors: [x for tensor in tensors for x in tensor.detach().flatten().tolist()]
    return {
        "name": name,
        "activation": {"name": "gelu" if activation.startswith("gelu") else activation, "params": params},
        "loss": loss,
        "units": outputs,
        "optimizer": optimizer,
        "weightDecay": decay,
        "schedule": schedule,
        "weighted": weighted,
        "start": flat(start),
        "end": flat(parameters),
        "losses": flat([rows_loss(logits(everything), everything)]),
    }


cases = [
    *(train(f"activation {name}", activation=name) for name in activations),
    *(train(f"loss {name}", loss=name) for name in losses),
    *(train(f"optimizer {name}", optimizer=name) for name in optimizers),
    *(train(f"optimizer {name} with decay", optimizer=name, decay=0.05) for name in optimizers),
    *(train(f"schedule {name}", schedule=name) for name in schedules),
    *(train(f"weighted rows, {name}", loss=name, weighted=True) for name in losses),
]


def deviation(initialise, **options):
    matrix = torch.empty(300, 500)  # PyTorch's [units, inputs]
    initialise(matrix, **options)
    return matrix.std().item()


gain = torch.nn.init.calculate_gain
initializers = {
    "glorot_uniform": deviation(torch.nn.init.xavier_uniform_),
    "glorot_normal": deviation(torch.nn.init.xavier_normal_),
    "he_uniform": deviation(torch.nn.init.kaiming_uniform_, nonlinearity="relu"),
    "he_normal": deviation(torch.nn.init.kaiming_normal_, nonlinearity="relu"),
    "lecun_uniform": deviation(torch.nn.init.kaiming_uniform_, nonlinearity="linear"),
    "lecun_normal": deviation(torch.nn.init.kaiming_normal_, nonlinearity="linear"),
    "glorot_uniform tanh": deviation(torch.nn.init.xavier_uniform_, gain=gain("tanh")),
}

path = pathlib.Path(__file__).parent.parent / "fixtures" / "pytorch.json"
path.write_text(
    json.dumps(
        {
            "torch": torch.__version__,
            "features": features.tolist(),
            "labels": labels.tolist(),
            "targets": targets.tolist(),
            "shares": shares.tolist(),
            "weights": weights.tolist(),
            "batch": BATCH,
            "epochs": EPOCHS,
            "hidden": HIDDEN,
            "initializers": initializers,
            "cases": cases,
        }
    )
    + "\n"
)
