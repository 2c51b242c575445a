"""The same training in PyTorch (eager, batched matrix products) and JAX (jit of vmap of scan), one thread each.

Reads one JSON object from standard input: { rows, columns, classes, features, labels, batch, epochs, replicas, units, peers }, and
writes { torch?, jax?, missing }: seconds { cpu, wall } for the whole work, measured over `steps` steps and multiplied up where that is
fewer than there are. A library that cannot be imported is named in `missing`.
"""

import json
import math
import os
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
os.environ.setdefault("JAX_PLATFORMS", "cpu")

import numpy

work = json.load(sys.stdin)
rows, columns, classes = work["rows"], work["columns"], work["classes"]
batch, epochs, replicas, units = work["batch"], work["epochs"], work["replicas"], work["units"]
features = numpy.array(work["features"], dtype=numpy.float32).reshape(rows, columns)
labels = numpy.array(work["labels"], dtype=numpy.int64)
steps_per_epoch = math.ceil(rows / batch)
all_steps = epochs * steps_per_epoch


def timed(run):
    """Seconds of the calling process and of the clock."""
    cpu, wall = time.process_time(), time.perf_counter()
    run()
    return {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}


def times(seconds, factor):
    return {name: value * factor for name, value in seconds.items()}


def in_torch():
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(0)
    x, y = torch.from_numpy(features), torch.from_numpy(labels)

    def glorot(inputs, outputs):
        limit = math.sqrt(6 / (inputs + outputs))
        return ((torch.rand(replicas, inputs, outputs) * 2 - 1) * limit).requires_grad_()

    w1, w2 = glorot(columns, units), glorot(units, classes)
    b1 = torch.zeros(replicas, 1, units, requires_grad=True)
    b2 = torch.zeros(replicas, 1, classes, requires_grad=True)
    adam = torch.optim.Adam([w1, b1, w2, b2], lr=0.001, eps=1e-7)

    def step(number):
        start = number % steps_per_epoch * batch
        own, target = x[start : start + batch], y[start : start + batch]
        size = len(own)
        hidden = torch.nn.functional.leaky_relu(torch.baddbmm(b1, own.expand(replicas, size, columns), w1), 0.05)
        logits = torch.baddbmm(b2, hidden, w2)
        loss = torch.nn.functional.cross_entropy(
            logits.reshape(-1, classes), target.repeat(replicas), reduction="sum"
        )
        adam.zero_grad()
        (loss / size).backward()
        adam.step()

    for number in range(20):
        step(number)
    measured = min(all_steps, work["torchSteps"])
    seconds = timed(lambda: [step(number) for number in range(measured)])
    return {**times(seconds, all_steps / measured), "version": torch.__version__, "steps": measured}


def in_jax():
    import jax
    import jax.numpy as jnp

    whole = steps_per_epoch * batch
    measured_epochs = min(epochs, work["jaxEpochs"])

    def network(parameters, own):
        w1, b1, w2, b2 = parameters
        z = own @ w1 + b1
        return jnp.where(z > 0, z, 0.05 * z) @ w2 + b2

    def loss(parameters, own, target, weight):
        logits = network(parameters, own)
        chosen = jnp.take_along_axis(jax.nn.log_softmax(logits), target[:, None], 1)[:, 0]
        return -(chosen * weight).sum() / weight.sum()

    def train(key):
        def glorot(key, inputs, outputs):
            limit = math.sqrt(6 / (inputs + outputs))
            return jax.random.uniform(key, (inputs, outputs), minval=-limit, maxval=limit)

        first, second, orders = jax.random.split(key, 3)
        parameters = (
            glorot(first, columns, units),
            jnp.zeros(units),
            glorot(second, units, classes),
            jnp.zeros(classes),
        )
        zeros = jax.tree.map(jnp.zeros_like, parameters)

        def step(state, index):
            parameters, m, v, t = state
            weight = (index >= 0).astype(jnp.float32)
            gradient = jax.grad(loss)(parameters, x[index], y[index], weight)
            t = t + 1
            m = jax.tree.map(lambda a, g: 0.9 * a + 0.1 * g, m, gradient)
            v = jax.tree.map(lambda a, g: 0.999 * a + 0.001 * g * g, v, gradient)
            parameters = jax.tree.map(
                lambda p, a, b: p - 0.001 * (a / (1 - 0.9**t)) / (jnp.sqrt(b / (1 - 0.999**t)) + 1e-7),
                parameters,
                m,
                v,
            )
            return (parameters, m, v, t), None

        def epoch(state, key):
            order = jax.random.permutation(key, rows)
            order = jnp.concatenate([order, -jnp.ones(whole - rows, order.dtype)]).reshape(-1, batch)
            return jax.lax.scan(step, state, order)

        state, _ = jax.lax.scan(
            epoch, (parameters, zeros, zeros, jnp.float32(0)), jax.random.split(orders, measured_epochs)
        )
        return state[0]

    x, y = jnp.asarray(features), jnp.asarray(labels)
    run = jax.jit(jax.vmap(train))
    keys = jax.random.split(jax.random.key(0), replicas)
    jax.block_until_ready(run(keys))  # compiles
    seconds = timed(lambda: jax.block_until_ready(run(keys)))
    return {**times(seconds, epochs / measured_epochs), "version": jax.__version__, "epochs": measured_epochs}


result = {"missing": []}
for name, run in (("torch", in_torch), ("jax", in_jax)):
    if name not in work["peers"]:
        continue
    try:
        result[name] = run()
    except ImportError as error:
        result["missing"].append(f"{name}: {error}")
json.dump(result, sys.stdout)
