# SPDX-License-Identifier: Apache-2.0
"""Records what PyTorch computes for each operation: values, and gradients of the values times fixed weights.

    python make_fixtures.py        writes operations.json beside it (recorded with torch 2.15.0)
"""

import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

torch.manual_seed(20)
torch.set_num_threads(1)
cases = []


def stored(x):
    kind = {torch.float32: "f32", torch.int64: "i64", torch.bool: "bool"}[x.dtype]
    values = x.detach().reshape(-1).numpy()
    # The shortest texts that give the same floats.
    numbers = [float(str(v)) if kind == "f32" else int(v) for v in values]
    return {"shape": list(x.shape), "type": kind, "values": numbers}


def record(name, function, *inputs, numbers=(), gradient=True):
    # Short decimals, so that the file stays small.
    inputs = [x.round(decimals=2) if x.dtype == torch.float32 and x.abs().min() > 1e-20 else x.clone() for x in inputs]
    wanted = [i for i, x in enumerate(inputs) if x.dtype == torch.float32] if gradient else []
    for i in wanted:
        inputs[i].requires_grad_(True)
    y = function(*inputs)
    case = {"name": name, "numbers": list(numbers), "inputs": [stored(x) for x in inputs], "result": stored(y)}
    case["gradients"] = {}
    if wanted and y.requires_grad:
        weights = torch.randn_like(y).round(decimals=2)
        case["weights"] = stored(weights)
        found = torch.autograd.grad((y * weights).sum(), [inputs[i] for i in wanted], allow_unused=True)
        case["gradients"] = {str(i): stored(g) for i, g in zip(wanted, found) if g is not None}
    cases.append(case)


def rand(*shape):
    return torch.randn(*shape)


def positive(*shape):
    return torch.rand(*shape) + 0.1


def ints(high, *shape):
    return torch.randint(0, high, shape)


# Elementwise, with broadcasting; 17 and 33 go over the ends of vectors.
record("add", lambda a, b: a + b, rand(3, 17), rand(17))
record("subtract", lambda a, b: a - b, rand(3, 1, 5), rand(4, 1))
record("multiply", lambda a, b: a * b, rand(2, 3, 4), rand(3, 1))
record("divide", lambda a, b: a / b, rand(33), positive(33))
record("divide", lambda a, b: a / b, ints(9, 5), ints(3, 5) + 1, gradient=False)
record("floor_divide", lambda a, b: a // b, rand(17) * 9, rand(17), gradient=False)
record("floor_divide", lambda a, b: a // b, ints(19, 17) - 9, ints(4, 17) - 5, gradient=False)
record("remainder", lambda a, b: a % b, rand(17) * 9, rand(17), gradient=False)
record("remainder", lambda a, b: a % b, ints(19, 17) - 9, ints(4, 17) - 5, gradient=False)
record("maximum", torch.maximum, rand(3, 5), rand(5))
record("minimum", torch.minimum, rand(3, 5), rand(5))
record("less", torch.lt, rand(33), rand(33), gradient=False)
record("greater_equal", torch.ge, ints(3, 33), ints(3, 33), gradient=False)
record("equal", torch.eq, ints(3, 4, 5), ints(3, 5), gradient=False)
for name, function in {
    "exp": torch.exp, "sin": torch.sin, "cos": torch.cos, "tanh": torch.tanh, "sigmoid": torch.sigmoid,
    "relu": torch.relu, "softplus": F.softplus, "abs": torch.abs, "sign": torch.sign, "round": torch.round,
    "floor": torch.floor, "negate": torch.neg,
}.items():
    record(name, function, torch.cat([rand(33) * 4, torch.tensor([0.0, -20.0, 20.0])]))
record("leaky_relu", lambda x: F.leaky_relu(x, 0.2), rand(33), numbers=[0.2])
record("clip", lambda x: torch.clip(x, -0.5, 0.75), rand(33), numbers=[-0.5, 0.75])
record("log", torch.log, positive(33))
record("sqrt", torch.sqrt, positive(33))
for exponent in (2.0, 3.0, -1.0, 0.5, 2.5):
    record("pow", lambda x, p=exponent: x**p, positive(17), numbers=[exponent])
record("pow_tensor", torch.pow, positive(3, 17), rand(17))
record("where", torch.where, ints(2, 3, 5) > 0, rand(3, 5), rand(5))

# Products.
for a, b in [((3, 17), (17, 5)), ((1, 1), (1, 1)), ((31, 64), (64, 33)), ((7,), (7, 3)), ((3, 7), (7,)), ((5,), (5,)),
             ((2, 3, 4), (4, 5)), ((2, 1, 3, 4), (3, 4, 2))]:
    record("matmul", torch.matmul, rand(*a), rand(*b))
record("linear", F.linear, rand(17, 31), rand(7, 31), rand(7))
record("linear", F.linear, rand(2, 3, 5), rand(1, 5), rand(1))

# Reductions.
for name, function in {"sum": torch.sum, "mean": torch.mean, "prod": torch.prod}.items():
    record(name, lambda x, f=function: f(x), rand(3, 17))
    for axis in (0, 1, 2):
        record(name, lambda x, f=function, a=axis: f(x, a), rand(3, 5, 4), numbers=[axis])
for name, function in {"max": torch.amax, "min": torch.amin}.items():
    record(name, lambda x, f=function: f(x, dim=(0, 1)), rand(3, 17))
    record(name, lambda x, f=function: f(x, dim=1), rand(3, 5, 4), numbers=[1])
record("sum", torch.sum, ints(9, 3, 5), gradient=False)
for name, function in {"var": torch.var, "std": torch.std}.items():
    record(name, lambda x, f=function: f(x), rand(3, 17))
    record(name, lambda x, f=function: f(x, 0), rand(5, 4), numbers=[0])
record("norm", lambda x: torch.linalg.vector_norm(x, dim=1), torch.cat([rand(3, 7), torch.zeros(1, 7)]), numbers=[1])
record("argmax", lambda x: torch.argmax(x, 1), rand(3, 5, 4), numbers=[1], gradient=False)
record("argmin", lambda x: torch.argmin(x), rand(3, 5), gradient=False)
record("any", lambda x: torch.any(x, 1), ints(2, 4, 2) > 0, numbers=[1], gradient=False)
record("all", lambda x: torch.all(x, 0), ints(2, 2, 4) > 0, numbers=[0], gradient=False)
record("cumsum", lambda x: torch.cumsum(x, 1), rand(3, 5, 2), numbers=[1])
record("sort", lambda x: torch.sort(x, 1).values, rand(3, 9), numbers=[1])
record("argsort", lambda x: torch.sort(x, dim=0, stable=True).indices, ints(4, 9, 2), numbers=[0], gradient=False)
record("topk", lambda x: torch.topk(x, 3, 1).values, rand(3, 9), numbers=[3, 1])
for q in (0.0, 0.3, 0.5, 1.0):
    record("quantile", lambda x, q=q: torch.quantile(x, q), rand(10), numbers=[q])
record("softmax", lambda x: torch.softmax(x, 1), rand(3, 5, 2) * 5, numbers=[1])
record("log_softmax", lambda x: torch.log_softmax(x, -1), rand(3, 17) * 30, numbers=[-1])

# Shapes and indices.
record("transpose", lambda x: x.transpose(0, 2), rand(2, 3, 4), numbers=[0, 2])
record("permute", lambda x: x.permute(2, 0, 3, 1), rand(2, 3, 4, 5), numbers=[2, 0, 3, 1])
record("cat", lambda a, b: torch.cat([a, b], 1), rand(2, 3, 2), rand(2, 5, 2), numbers=[1])
record("stack", lambda a, b: torch.stack([a, b], 1), rand(2, 3), rand(2, 3), numbers=[1])
record("take", lambda x, i: x[i], rand(5, 3), ints(5, 2, 4))
record("gather", lambda x, i: torch.gather(x, 1, i), rand(3, 5), ints(5, 3, 2), numbers=[1])
record("slice", lambda x: x[1:5:2, ..., -1], rand(6, 3, 4))
record("one_hot", lambda y: F.one_hot(y, 5).float(), ints(5, 2, 3), numbers=[5], gradient=False)

# Layers.
for stride, padding, kernel, image in [(1, 1, 3, (5, 6)), (2, 1, 4, (8, 7)), (1, 0, 1, (3, 3)), (3, 2, 5, (9, 8)),
                                       (2, 1, 4, (14, 14)), (1, 1, 3, (12, 9))]:
    channels = 17 if image == (12, 9) else 3
    record("conv2d", lambda x, w, b, s=stride, p=padding: F.conv2d(x, w, b, s, p), rand(2, channels, *image),
           rand(5, channels, kernel, kernel), rand(5), numbers=[stride, padding])
record("conv2d", lambda x, w, b: F.conv2d(x, w, b, 2, 1), rand(3, 1, 8, 8), rand(7, 1, 4, 4), rand(7), numbers=[2, 1])
for stride, padding, extra, kernel, image in [(2, 1, 0, 4, (3, 4)), (1, 0, 0, 3, (4, 4)), (2, 1, 1, 3, (3, 3)),
                                              (3, 2, 2, 5, (3, 2)), (2, 1, 0, 4, (7, 7))]:
    record("conv_transpose2d",
           lambda x, w, b, s=stride, p=padding, e=extra: F.conv_transpose2d(x, w, b, s, p, e),
           rand(2, 3, *image), rand(3, 5, kernel, kernel), rand(5), numbers=[stride, padding, extra])
record("conv_transpose2d", lambda x, w, b: F.conv_transpose2d(x, w, b, 2, 1), rand(2, 8, 5, 5), rand(8, 1, 4, 4),
       rand(1), numbers=[2, 1, 0])
record("max_pool2d", lambda x: F.max_pool2d(x, 2), rand(2, 3, 7, 8), numbers=[2, 2])
record("max_pool2d", lambda x: F.max_pool2d(x, 3, 1), rand(2, 3, 7, 8), numbers=[3, 1])
record("avg_pool2d", lambda x: F.avg_pool2d(x, 3, 2), rand(2, 3, 7, 8), numbers=[3, 2])
record("upsample", lambda x: F.interpolate(x, scale_factor=2), rand(2, 3, 4, 3), numbers=[2])
record("batch_norm", lambda x, w, b: F.batch_norm(x, None, None, w, b, True), rand(7, 5), rand(5), rand(5))
record("batch_norm", lambda x, w, b: F.batch_norm(x, None, None, w, b, True), rand(3, 5, 4, 3), rand(5), rand(5))
record("batch_norm_fixed", lambda x, m, v, w, b: F.batch_norm(x, m.detach(), v.detach(), w, b), rand(3, 5, 2, 3),
       rand(5), positive(5), rand(5), rand(5))
record("layer_norm", lambda x, w, b: F.layer_norm(x, (7,), w, b), rand(3, 5, 7), rand(7), rand(7), numbers=[1])
record("layer_norm", lambda x, w, b: F.layer_norm(x, (5, 7), w, b), rand(3, 5, 7), rand(5, 7), rand(5, 7), numbers=[2])

# Losses: mean, sum, and each element.
for reduction in ("mean", "sum", "none"):
    code = ["mean", "sum", "none"].index(reduction)
    record("mse", lambda x, t, r=reduction: F.mse_loss(x, t, reduction=r), rand(3, 17), rand(3, 17), numbers=[code])
    record("l1", lambda x, t, r=reduction: F.l1_loss(x, t, reduction=r), rand(3, 17), rand(3, 17), numbers=[code])
    record("bce", lambda x, t, r=reduction: F.binary_cross_entropy(x, t.detach(), reduction=r),
           torch.cat([torch.rand(30), torch.tensor([0.0, 1.0, 1e-30])]).reshape(3, 11),
           torch.rand(3, 11).round(), numbers=[code])
    record("bce_logits", lambda x, t, r=reduction: F.binary_cross_entropy_with_logits(x, t.detach(), reduction=r),
           torch.cat([rand(30), torch.tensor([0.0, 100.0, -100.0])]).reshape(3, 11), torch.rand(3, 11),
           numbers=[code])
    record("cross_entropy", lambda x, t, r=reduction: F.cross_entropy(x, t, reduction=r), rand(7, 10) * 5,
           ints(10, 7), numbers=[code])
record("kl_normal", lambda m, v: 0.5 * (v.exp() + m * m - 1 - v).sum(), rand(3, 17), rand(3, 17), numbers=[1])

# What was left: appended, so that the numbers drawn above stay the same.
record("less_equal", torch.le, ints(3, 33), ints(3, 33), gradient=False)
record("greater", torch.gt, rand(3, 11), rand(11), gradient=False)
record("not_equal", torch.ne, ints(3, 33), ints(3, 33), gradient=False)
record("logical_and", torch.logical_and, ints(2, 33) > 0, ints(2, 33) > 0, gradient=False)
record("logical_or", torch.logical_or, ints(2, 3, 11) > 0, ints(2, 11) > 0, gradient=False)
record("logical_not", torch.logical_not, ints(2, 33) > 0, gradient=False)
record("add_number", lambda x: 2 - x + 0.5, rand(17))
record("scale_number", lambda x: 3 / (x * 0.25), positive(17))
record("dot", torch.dot, rand(33), rand(33))
record("sum_axes", lambda x: x.sum((0, 2)), rand(3, 5, 4), numbers=[0, 2])
record("mean_axes", lambda x: x.mean((0, 2)), rand(3, 5, 4), numbers=[0, 2])
record("reshape", lambda x: x.reshape(4, -1), rand(2, 6, 3))
record("flatten", lambda x: x.flatten(1), rand(2, 3, 5))
record("squeeze", lambda x: x.squeeze(1), rand(3, 1, 5))
record("unsqueeze", lambda x: x.unsqueeze(-1), rand(3, 5))
record("broadcast", lambda x: x.expand(2, 3, 4), rand(3, 1))
record("split", lambda x: torch.split(x, 2, 1)[1], rand(3, 5), numbers=[2, 1])
record("replace", lambda x, v: torch.slice_scatter(x, v, 0, 0, 4, 2), rand(5, 3), rand(2, 3))
record("mask", lambda x, m: x[m], rand(4, 5), ints(2, 4, 5) > 0)
record("embedding", lambda i, t: F.embedding(i, t), ints(5, 7), rand(5, 3))
record("to_integers", lambda x: x.to(torch.int64), rand(17) * 5, gradient=False)
record("to_floats", lambda x: x.to(torch.float32), ints(2, 17) > 0, gradient=False)
record("zeros", lambda: torch.zeros(2, 3), gradient=False)
record("ones", lambda: torch.ones(2, 3), gradient=False)
record("full", lambda: torch.full((2, 3), 0.25), gradient=False)
record("range", lambda: torch.arange(-3, 9, 4), numbers=[-3, 9, 4], gradient=False)
record("range_of_floats", lambda: torch.arange(0.5, 2.0, 0.25), numbers=[0.5, 2.0, 0.25], gradient=False)
record("linspace", lambda: torch.linspace(-1, 2, 7), numbers=[-1, 2, 7], gradient=False)
record("identity", lambda: torch.eye(4), numbers=[4], gradient=False)


def spectrally_normalized(weight):
    # As torch.nn.utils.spectral_norm: the singular vectors count as constants.
    u, _, v = torch.linalg.svd(weight.detach())
    return weight / (u[:, 0] @ weight @ v[0])


record("spectral_norm", spectrally_normalized, rand(4, 6))


def gradient_penalty(x, w, v):
    # The critic's slopes at x, whose distance from one is trained away: a gradient of a gradient.
    x = x.detach().requires_grad_(True)
    score = F.leaky_relu(x @ w.T, 0.2) @ v
    slopes = torch.autograd.grad(score.sum(), x, create_graph=True)[0]
    return ((slopes.norm(dim=1) - 1) ** 2).mean()


record("gradient_penalty", gradient_penalty, rand(7, 5), rand(9, 5), rand(9))

out = {"made_by": f"make_fixtures.py, torch {torch.__version__}", "cases": cases}
path = pathlib.Path(__file__).parent / "operations.json"
path.write_text(json.dumps(out, allow_nan=False, separators=(",", ":")).replace("},{\"name\"", "},\n{\"name\"") + "\n")
print(len(cases), "cases,", path.stat().st_size, "bytes")
