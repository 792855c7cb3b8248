# SPDX-License-Identifier: Apache-2.0
"""Records every adversarial loss in PyTorch, with its gradients with respect to the scores.

    python adversarial.py        writes adversarial.json beside it (recorded with torch 2.15.0)
"""

import json
import pathlib

import torch
import torch.nn.functional as F

torch.manual_seed(20)
real = (torch.randn(17, 1) * 2).round(decimals=2).requires_grad_(True)
fake = (torch.randn(17, 1) * 2).round(decimals=2).requires_grad_(True)
ones, zeros = torch.ones(17, 1), torch.zeros(17, 1)
bce = F.binary_cross_entropy_with_logits
errD = {
    "nonsaturating": lambda: bce(real, ones) + bce(fake, zeros),
    "minimax": lambda: bce(real, ones) + bce(fake, zeros),
    "ls": lambda: 0.5 * F.mse_loss(real, ones) + 0.5 * F.mse_loss(fake, zeros),
    "hinge": lambda: F.relu(1 - real).mean() + F.relu(1 + fake).mean(),
    "wasserstein": lambda: fake.mean() - real.mean(),
}
errG = {
    "nonsaturating": lambda: bce(fake, ones),
    "minimax": lambda: torch.log1p(-torch.sigmoid(fake)).mean(),
    "ls": lambda: 0.5 * F.mse_loss(fake, ones),
    "hinge": lambda: -fake.mean(),
    "wasserstein": lambda: -fake.mean(),
}


def numbers(tensor):
    return [float(str(v)) for v in tensor.detach().flatten().numpy()]


def recorded(name):
    d, g = errD[name](), errG[name]()
    of_real, of_fake = torch.autograd.grad(d, [real, fake])
    return {
        "name": name, "errD": d.item(), "errG": g.item(), "errD_by_real": numbers(of_real),
        "errD_by_fake": numbers(of_fake), "errG_by_fake": numbers(torch.autograd.grad(g, fake)[0])}


document = {
    "made_by": f"adversarial.py, torch {torch.__version__}", "real": numbers(real), "fake": numbers(fake),
    "losses": [recorded(name) for name in errD]}
path = pathlib.Path(__file__).parent / "adversarial.json"
path.write_text(json.dumps(document, allow_nan=False, indent=1) + "\n")
print(len(errD), "losses")
