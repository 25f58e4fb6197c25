"""Canvases of tiles to pictures, and gradients back."""

import numpy as np
import pytest

from ai_artist.rasterizer.tiles import TILE_HEIGHT, TILE_PIXELS, TILE_WIDTH, show, show_backward, sum_pixels


def canvas_of(raster: np.ndarray) -> np.ndarray:
    """float32 [3, rows, columns] as tiles, by numpy's reshaping."""
    down, across = raster.shape[1] // TILE_HEIGHT, raster.shape[2] // TILE_WIDTH
    tiles = raster.reshape(3, down, TILE_HEIGHT, across, TILE_WIDTH).transpose(1, 3, 0, 2, 4)
    return np.ascontiguousarray(tiles.reshape(down * across, 3, TILE_PIXELS))


@pytest.mark.parametrize("scale", [1, 2, 3, 4])
@pytest.mark.parametrize(("height", "width"), [(8, 8), (9, 13), (1, 1)])
def test_pictures_are_means_of_the_canvas(scale, height, width):
    across, down = -(-width * scale // TILE_WIDTH), -(-height * scale // TILE_HEIGHT)
    raster = np.random.default_rng(0).random((3, down * TILE_HEIGHT, across * TILE_WIDTH), np.float32)
    picture = np.empty((3, height, width), np.float32)
    show(canvas_of(raster), picture, across, scale)
    expected = raster[:, : height * scale, : width * scale].reshape(3, height, scale, width, scale).mean((2, 4))
    np.testing.assert_allclose(picture, expected, rtol=1e-5)

    gradient = np.random.default_rng(1).random(picture.shape, np.float32)
    backward = show_backward(gradient, across, down, scale)
    spread = np.zeros_like(raster)
    spread[:, : height * scale, : width * scale] = gradient.repeat(scale, 1).repeat(scale, 2) / scale**2
    np.testing.assert_allclose(backward, canvas_of(spread), rtol=1e-5)
    np.testing.assert_allclose(sum_pixels(backward), gradient.sum((1, 2)), rtol=1e-5)
