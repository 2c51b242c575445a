"""A training step of Linear and LeakyReLU with Adam in PyTorch, one thread: median milliseconds of 15 runs, for bench/kernels.mjs.

Debian installs PyTorch with a reference BLAS, which is 30 times slower: install libopenblas0-pthread beside it.
"""

import json
import statistics
import sys
import time

import torch

torch.set_num_threads(1)
for inputs, units, batch, repeat in json.loads(sys.argv[1]):
    model = torch.nn.Sequential(torch.nn.Linear(inputs, units), torch.nn.LeakyReLU(0.05))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    x, y = torch.randn(batch, inputs), torch.randn(batch, units)

    def step():
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(model(x), y)
        loss.backward()
        optimizer.step()
        return loss.item()

    times = []
    for run in range(-3, 15):
        start = time.perf_counter()
        for _ in range(repeat):
            step()
        if run >= 0:
            times.append((time.perf_counter() - start) / repeat * 1000)
    print(json.dumps(statistics.median(times)))
