"""Scenes that are painted in one go are painted as each is by itself."""

import pytest
import torch

from ai_artist.rasterizer import QuickestRasterizer, joined, quickest

from .backends import EXACT, Backend
from .scenes import copy_of, random_scene, tensors


@pytest.mark.parametrize("backend", EXACT)
@pytest.mark.parametrize("tapered", [False, True])
def test_pictures_and_gradients_are_those_of_each_alone(backend: Backend, tapered):
    kinds = ({"canvases": 1, "strokes": 3, "cubics": 1}, {"canvases": 2, "strokes": 6, "cubics": 3, "filled": 0.5}, {"canvases": 1, "strokes": 1})
    scenes = [copy_of(random_scene(seed=seed, tapered=tapered, **kind), torch.float32, backend.device) for seed, kind in enumerate(kinds)]
    rasterizer = backend.make(1)
    alone = torch.cat([rasterizer.render(scene, 24, 32) for scene in scenes])
    together = rasterizer.render(joined(scenes), 24, 32)
    assert torch.allclose(together, alone, atol=1e-6)
    target = torch.rand(alone.shape, generator=torch.Generator().manual_seed(0)).to(alone.device)
    inputs = [tensor for scene in scenes for tensor in tensors(scene)]
    for ours, theirs in zip(*(torch.autograd.grad(((each - target) ** 2).sum(), inputs) for each in (together, alone)), strict=True):
        assert torch.allclose(ours, theirs, rtol=1e-4, atol=1e-5)


def test_widths_of_two_kinds_are_not_joined():
    with pytest.raises(ValueError, match="one width a stroke and with one width a knot"):
        joined([random_scene(), random_scene(tapered=True)])


def test_the_quickest_paints_few_pictures_and_many_alike(monkeypatch):
    scene, rasterizer = random_scene(), QuickestRasterizer(torch.device("cpu"))
    few = rasterizer.render(scene, 24, 32)
    monkeypatch.setattr(quickest, "_many_pixels", 0)
    many = rasterizer.render(scene, 24, 32)
    assert (few.grad_fn.name(), torch.allclose(few, many, atol=1e-4)) == ("_RenderBackward", True)
    assert many.grad_fn.name() != "_RenderBackward"
