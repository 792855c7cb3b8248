#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Records what PyTorch computes, as layers.json and optimizers.json beside this file.

Run with any PyTorch from 2.0 on:  python record.py
"""
import json
import pathlib

import torch
from torch import nn
from torch.nn.utils.parametrizations import spectral_norm

HERE = pathlib.Path(__file__).parent
torch.manual_seed(20)


def tensor(t):
    if t.dtype == torch.int64:
        return {"shape": list(t.shape), "values": [float(v) for v in t.flatten().tolist()]}
    return {"shape": list(t.shape), "values": [float(f"{v:.9g}") for v in t.detach().flatten().tolist()]}


class Heads(nn.Module):
    def __init__(self, **heads):
        super().__init__()
        for name, head in heads.items():
            self.add_module(name, head)

    def forward(self, x):
        return torch.cat([head(x) for head in self.children()], dim=1)


def case(name, net, x, training=True, passes=1):
    """One net on one input: output, gradients of sum(output * weights), buffers afterwards."""
    net.train(training)
    state = {k: tensor(v) for k, v in net.state_dict().items()}
    if x.dtype == torch.float32:
        x.requires_grad_(True)
    for _ in range(passes):
        y = net(x)
    weights = torch.randn_like(y)
    (y * weights).sum().backward()
    return {
        "name": name,
        "training": training,
        "passes": passes,
        "input": tensor(x),
        "state": state,
        "weights": tensor(weights),
        "output": tensor(y),
        "input_gradient": tensor(x.grad) if x.grad is not None else None,
        "gradients": {k: tensor(p.grad) for k, p in net.named_parameters()},
        "buffers": {k: tensor(b) for k, b in net.named_buffers()},
    }


def randomised(net):
    for module in net.modules():
        if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d, nn.LayerNorm)):
            nn.init.normal_(module.weight, 1, 0.3)
            nn.init.normal_(module.bias, 0, 0.3)
        if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d)):
            nn.init.normal_(module.running_mean)
            nn.init.uniform_(module.running_var, 0.5, 2)
    return net


def old_spectral(module):
    """torch.nn.utils.spectral_norm: the form whose state has weight_orig, weight_u and weight_v."""
    return torch.nn.utils.spectral_norm(module)


def layers():
    r = torch.randn
    return [
        case("linear", nn.Linear(5, 3), r(4, 5)),
        case("linear-no-bias", nn.Linear(5, 3, bias=False), r(4, 5)),
        case("linear-3d", nn.Linear(5, 3), r(2, 4, 5)),
        case("conv", nn.Conv2d(2, 3, 3, stride=1, padding=1), r(2, 2, 5, 6)),
        case("conv-stride", nn.Conv2d(1, 4, 4, stride=2, padding=1), r(3, 1, 8, 8)),
        case("conv-no-padding", nn.Conv2d(3, 2, 3, stride=2), r(1, 3, 7, 9)),
        case("conv-transpose", nn.ConvTranspose2d(3, 2, 4, stride=2, padding=1), r(2, 3, 4, 5)),
        case("conv-transpose-3", nn.ConvTranspose2d(2, 1, 3, stride=1, padding=0), r(2, 2, 3, 3)),
        case("batch-norm-1d", randomised(nn.BatchNorm1d(4)), r(6, 4) * 2 + 1, passes=2),
        case("batch-norm-1d-eval", randomised(nn.BatchNorm1d(4)), r(6, 4), training=False),
        case("batch-norm-2d", randomised(nn.BatchNorm2d(3)), r(4, 3, 5, 2) * 2 - 1, passes=2),
        case("batch-norm-2d-eval", randomised(nn.BatchNorm2d(3)), r(4, 3, 5, 2), training=False),
        case("layer-norm", randomised(nn.LayerNorm(6)), r(3, 6) * 3),
        case("embedding", nn.Embedding(5, 3), torch.tensor([1, 0, 4, 1])),
        case("max-pool", nn.MaxPool2d(2), r(2, 3, 6, 7)),
        case("max-pool-stride", nn.MaxPool2d(3, stride=2), r(2, 1, 7, 7)),
        case("average-pool", nn.AvgPool2d(2), r(2, 3, 6, 4)),
        case("upsample", nn.Upsample(scale_factor=2), r(2, 3, 2, 4)),
        case("leaky-relu", nn.LeakyReLU(0.2), r(3, 7)),
        case("softplus", nn.Softplus(), r(3, 7) * 3),
        case("elu", nn.ELU(), r(3, 7)),
        case("silu", nn.SiLU(), r(3, 7)),
        case("softmax", nn.Softmax(dim=-1), r(3, 7)),
        case("log-softmax", nn.LogSoftmax(dim=-1), r(3, 7)),
        case(
            "net",
            nn.Sequential(nn.Flatten(), nn.Linear(12, 8), nn.LeakyReLU(0.2), randomised(nn.BatchNorm1d(8)),
                          nn.Linear(8, 6), nn.Tanh(), nn.Linear(6, 1), nn.Sigmoid()),
            r(5, 1, 3, 4)),
        case(
            "encoder",
            nn.Sequential(nn.Flatten(), nn.Linear(12, 8), nn.ReLU(),
                          Heads(mu=nn.Linear(8, 2), logvar=nn.Linear(8, 2))),
            r(5, 1, 3, 4)),
        case("spectral-linear", old_spectral(nn.Linear(6, 4)), r(3, 6), passes=2),
        case("spectral-linear-eval", old_spectral(nn.Linear(6, 4)), r(3, 6), training=False),
        case("spectral-conv", old_spectral(nn.Conv2d(2, 3, 3, padding=1)), r(2, 2, 4, 4)),
        case("spectral-conv-transpose", old_spectral(nn.ConvTranspose2d(2, 3, 4, stride=2, padding=1)),
             r(2, 2, 3, 3)),
    ]


def later_layers():
    """Recorded after everything else, so that what was recorded before keeps its random numbers."""
    r = torch.randn
    return [
        case("relu", nn.ReLU(), r(3, 7)),
        case("tanh", nn.Tanh(), r(3, 7)),
        case("sigmoid", nn.Sigmoid(), r(3, 7)),
        case("flatten", nn.Flatten(), r(2, 3, 2, 2)),
        case("reshape", nn.Unflatten(1, (3, 2, 2)), r(2, 12)),
        case("dropout-eval", nn.Dropout(0.4), r(3, 7), training=False),
        case(
            "image-net",
            nn.Sequential(nn.Conv2d(2, 5, 3, padding=1, bias=False), randomised(nn.BatchNorm2d(5)), nn.LeakyReLU(0.2),
                          nn.MaxPool2d(2), nn.ConvTranspose2d(5, 3, 4, stride=2, padding=1), nn.Tanh(),
                          nn.Conv2d(3, 4, 4, stride=2, padding=1), nn.ReLU(), nn.AvgPool2d(2), nn.Flatten(),
                          nn.Linear(16, 3)),
            r(3, 2, 8, 8)),
    ]


def trajectory(name, make, steps=6):
    """A parameter pair under given gradients: values after each step, and the state in the end."""
    a, b = nn.Parameter(torch.randn(3, 2)), nn.Parameter(torch.randn(4))
    optimizer = make([a, b])
    start = [tensor(a), tensor(b)]
    gradients, values = [], []
    for step in range(steps):
        a.grad = torch.randn(3, 2)
        # The second parameter has no gradient in the second step.
        b.grad = None if step == 1 else torch.randn(4) * 10 ** (step - 3)
        gradients.append([tensor(a.grad), tensor(b.grad) if b.grad is not None else None])
        optimizer.step()
        values.append([tensor(a), tensor(b)])
    state = {}
    for index, slots in optimizer.state_dict()["state"].items():
        for key, value in slots.items():
            if isinstance(value, torch.Tensor):
                state[f"state.{index}.{key}"] = tensor(value)
    return {"name": name, "start": start, "gradients": gradients, "values": values, "state": state}


def optimizers():
    o = torch.optim
    return [
        trajectory("sgd", lambda p: o.SGD(p, lr=0.1)),
        trajectory("sgd-momentum", lambda p: o.SGD(p, lr=0.1, momentum=0.9)),
        trajectory("sgd-nesterov-decay", lambda p: o.SGD(p, lr=0.05, momentum=0.8, nesterov=True, weight_decay=0.1)),
        trajectory("adam", lambda p: o.Adam(p, lr=1e-2)),
        trajectory("adam-gan", lambda p: o.Adam(p, lr=2e-4, betas=(0.5, 0.999))),
        trajectory("adam-decay", lambda p: o.Adam(p, lr=1e-2, weight_decay=0.1)),
        trajectory("adamw", lambda p: o.AdamW(p, lr=1e-2, weight_decay=0.1)),
        trajectory("rmsprop", lambda p: o.RMSprop(p, lr=1e-2)),
        trajectory("rmsprop-alpha", lambda p: o.RMSprop(p, lr=5e-5, alpha=0.9)),
    ]


RECORDED = {"layers.json": layers(), "optimizers.json": optimizers()}
RECORDED["layers.json"] += later_layers()
for file, cases in RECORDED.items():
    document = {"made_by": f"record.py with PyTorch {torch.__version__.split('+')[0]}", "cases": cases}
    (HERE / file).write_text(json.dumps(document, separators=(",", ":")) + "\n")
