# SPDX-License-Identifier: Apache-2.0
"""Writes the files beside it with the tools whose formats are read: safetensors and NumPy.

    python make_fixtures.py            (recorded with numpy 2.4.6, safetensors 0.8.0, torch 2.15.0)
    python make_fixtures.py --check    reads what the tests wrote: ours.safetensors, ours.npz, ours.onnx
                                       (checked with onnx 1.23.2 and onnxruntime)
"""

import pathlib
import sys

import numpy as np
import safetensors
import safetensors.numpy
import safetensors.torch
import torch

here = pathlib.Path(__file__).parent


def check():
    ours = safetensors.torch.load_file(here / "ours.safetensors")
    weight = torch.tensor([[0.5, -1, 3e38], [2.0**-140, float("inf"), 0.1]])
    assert torch.equal(ours["G.0.weight"], weight) and ours["G.0.weight"].dtype == torch.float32
    assert ours["labels"].tolist() == [-(2**63), 7] and ours["labels"].dtype == torch.int64
    assert ours["mask"].tolist() == [True, False, True] and ours["mask"].dtype == torch.bool
    assert ours['名字 "quoted"'].item() == 2.5 and ours['名字 "quoted"'].shape == ()
    with safetensors.safe_open(here / "ours.safetensors", "np") as file:
        assert file.metadata() == {"made_by": "easel", "lines": "a\nb"}
    arrays = np.load(here / "ours.npz", allow_pickle=False)
    assert arrays["images"].dtype == np.uint8 and arrays["images"].tolist() == [[[0, 1, 2]], [[253, 254, 255]]]
    assert arrays["labels"].dtype == np.int64 and arrays["labels"].tolist() == [3, -4]
    assert arrays["x"].dtype == np.float32 and np.array_equal(arrays["x"], np.float32([[0.5], [0.1], [-2]]))
    assert arrays["mask"].tolist() == [True, False] and arrays["mask"].dtype == np.bool_
    assert arrays["number"].shape == () and arrays["number"] == 7
    print("Python reads both files as they were meant")
    check_model()


def check_model():
    import onnx
    import onnxruntime

    onnx.checker.check_model(onnx.load(here / "ours.onnx"), full_check=True)
    example = safetensors.numpy.load_file(here / "ours.onnx.safetensors")
    session = onnxruntime.InferenceSession(here / "ours.onnx", providers=["CPUExecutionProvider"])
    (scores,) = session.run(None, {"image": example["image"]})
    assert scores.shape == example["scores"].shape, scores.shape
    worst = np.abs(scores - example["scores"]).max()
    assert worst < 1e-5, worst
    print(f"onnx {onnx.__version__} accepts the model; onnxruntime {onnxruntime.__version__} differs by {worst:.1e}")


if "--check" in sys.argv:
    check()
    sys.exit()
made_by = f"make_fixtures.py: numpy {np.__version__}, safetensors {safetensors.__version__}, torch {torch.__version__}"

tensors = {
    "weight": torch.arange(6, dtype=torch.float32).reshape(2, 3) / 4,
    "double": torch.tensor([1.5, -2.25, 1e-3], dtype=torch.float64),
    "half": torch.tensor([1.5, -65504.0, 6e-8, float("inf"), float("nan"), 0.1], dtype=torch.float16),
    "brain": torch.tensor([1.5, -3e38, 0.1], dtype=torch.bfloat16),
    "labels": torch.tensor([-1, 2**40], dtype=torch.int64),
    "bytes": torch.tensor([[0, 255], [7, 8]], dtype=torch.uint8),
    "small": torch.tensor([-7, 7], dtype=torch.int32),
    "mask": torch.tensor([True, False, True]),
    "scalar": torch.tensor(2.5),
    "empty": torch.zeros(0, 4),
    "名字": torch.ones(1),
}
safetensors.torch.save_file(tensors, here / "torch.safetensors", metadata={"made_by": made_by, "note": "a \"note\""})

arrays = {
    "images": np.arange(24, dtype=np.uint8).reshape(2, 3, 4),
    "floats": np.linspace(-1, 1, 5, dtype=np.float32),
    "doubles": np.array([[1e-3, 2.0]], dtype=np.float64),
    "columns": np.asfortranarray(np.arange(6, dtype=np.int64).reshape(2, 3)),
    "flags": np.array([True, False]),
    "number": np.float32(7),
}
np.savez(here / "stored.npz", **arrays)
np.savez_compressed(here / "deflated.npz", **arrays)
np.save(here / "halves.npy", np.array([0.5, -2.0], dtype=np.float16))
np.save(here / "complex.npy", np.array([1j]))
