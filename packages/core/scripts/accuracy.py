"""PyTorch's float32 values for scripts/accuracy.ts: reads FOLDER/x.f32, writes FOLDER/NAME.f32, prints the names."""
import sys
from pathlib import Path

import torch

folder = Path(sys.argv[1])
x = torch.frombuffer(bytearray((folder / "x.f32").read_bytes()), dtype=torch.float32)
nn = torch.nn
made = {
    "leaky_relu": nn.LeakyReLU(), "relu": nn.ReLU(), "relu6": nn.ReLU6(), "elu": nn.ELU(), "selu": nn.SELU(), "celu": nn.CELU(),
    "gelu": nn.GELU(), "silu": nn.SiLU(), "hard_silu": nn.Hardswish(), "mish": nn.Mish(), "softplus": nn.Softplus(),
    "softsign": nn.Softsign(), "sigmoid": nn.Sigmoid(), "log_sigmoid": nn.LogSigmoid(), "hard_sigmoid": nn.Hardsigmoid(),
    "tanh": nn.Tanh(), "hard_tanh": nn.Hardtanh(), "tanh_shrink": nn.Tanhshrink(), "soft_shrink": nn.Softshrink(),
    "hard_shrink": nn.Hardshrink(), "exponential": torch.exp,
}
print(f"torch {torch.__version__}")
for name, module in made.items():
    with torch.no_grad():
        (folder / f"{name}.f32").write_bytes(module(x).numpy().tobytes())
    print(name)
