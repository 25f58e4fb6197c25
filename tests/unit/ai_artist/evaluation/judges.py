"""A judge that a test can see through: it tells ink on the left from ink on the right, and what is full from what is not."""

import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

CLASSES = ("left", "Right", "solid")


class Halves(nn.Module):
    """Probabilities of `left`, `right`, `solid`: by how far the ink's middle lies to either side, and by how much there is."""

    def forward(self, bitmaps: Tensor) -> Tensor:
        """float [N, 1, 28, 28] -> float [N, 3]."""
        ink = bitmaps.sum((1, 2, 3)) + 1e-3
        x = (bitmaps.sum((1, 2)) * torch.linspace(-1, 1, bitmaps.shape[-1])).sum(1) / ink
        return torch.stack([-20 * x, 20 * x, (ink - 200) / 20], 1).softmax(1)


def save_judge(folder: Path, model: nn.Module | None = None, classes: object = CLASSES) -> Path:
    """Write judge.pt and judge_classes.json."""
    path = folder / "judge.pt"
    traced = torch.jit.trace((model or Halves()).eval(), torch.rand(2, 1, 28, 28))
    torch.jit.save(traced, str(path))
    (folder / "judge_classes.json").write_text(json.dumps(classes))
    return path


def save_sketches(folder: Path, categories: tuple[str, ...] = ("Left", "right")) -> Path:
    """Write people.npz. Test split: three sketches of the first category, of which the judge is right about two, and one of the second."""
    left = [[0, 0], [0, 255], [255, 255]]  # an L: its middle is on the side of its upright
    right = [[255, 0], [255, 255], [0, 255]]
    strokes = [left, left, right, right, left]
    path = folder / "people.npz"
    np.savez(
        path,
        points=np.array([point for stroke in strokes for point in stroke], np.uint8),
        stroke_offsets=np.arange(0, 16, 3, dtype=np.int32),
        sketch_offsets=np.arange(6, dtype=np.int32),
        label=np.array([0, 0, 0, 1, 1], np.int16),
        categories=np.array(categories),
        split=np.array([2, 2, 2, 2, 0], np.uint8),
    )
    return path
