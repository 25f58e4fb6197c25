"""Rasterisers by name."""

import subprocess
import sys

import pytest
import torch

from ai_artist.errors import ArtistError
from ai_artist.rasterizer import BACKENDS, NativeRasterizer, QuickestRasterizer, RasterizerError, TorchRasterizer, make_rasterizer


@pytest.mark.parametrize(
    ("name", "device", "expected"),
    [
        ("auto", "cpu", NativeRasterizer(2)),
        ("auto", torch.device("cpu"), NativeRasterizer(2)),
        ("auto", "cuda", QuickestRasterizer(torch.device("cuda"), 2)),
        ("auto", torch.device("cuda", 1), QuickestRasterizer(torch.device("cuda", 1), 2)),
        ("auto", "mps", QuickestRasterizer(torch.device("mps"), 2)),
        ("native", "cuda", NativeRasterizer(2)),
        ("torch", "cpu", TorchRasterizer(2)),
    ],
)
def test_each_name_and_device_has_its_backend(name, device, expected):
    assert make_rasterizer(name, device, 2) == expected


def test_by_default_it_is_the_fast_one_of_the_cpu():
    assert make_rasterizer() == NativeRasterizer()


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(RasterizerError, match="no rasteriser 'diffvg2'") as refusal:
        make_rasterizer("diffvg2")
    assert all(name in str(refusal.value) for name in BACKENDS)


def test_an_unknown_device_is_named():
    with pytest.raises(RasterizerError, match=r"no device 'gpu'; .* \"cpu\" or \"cuda:0\""):
        make_rasterizer("auto", "gpu")


def test_supersampling_is_checked_for_every_backend():
    for name in ("native", "torch"):
        with pytest.raises(ValueError, match="supersampling must be a whole number"):
            make_rasterizer(name, supersampling=0)


def test_its_errors_are_the_artists():
    assert issubclass(RasterizerError, ArtistError)


def test_importing_the_package_compiles_nothing():
    code = "import ai_artist.rasterizer, ai_artist.rasterizer.painting as painting; print(len(painting.paint.overloads))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "0\n"
