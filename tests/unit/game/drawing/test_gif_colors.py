import numpy as np
from PIL import Image

from game.drawing.gif_colors import indexed_frames


def test_few_colours_stay_exactly_as_they_are():
    pixels = np.random.default_rng(1).integers(0, 6, (30, 40, 3)).astype(np.uint8) * 51
    (indexed,) = indexed_frames([Image.fromarray(pixels)])
    assert indexed.mode == "P"
    assert (np.asarray(indexed.convert("RGB")) == pixels).all()


def test_of_many_colours_the_frequent_ones_stay_and_the_others_change_little():
    grey = np.linspace(0, 255, 300 * 200).astype(np.uint8).reshape(200, 300)
    ramp = np.stack([grey, grey.T.reshape(200, 300), 255 - grey], axis=2)
    ramp[:100] = (255, 254, 253)
    frames = [Image.fromarray(ramp), Image.new("RGB", (300, 200), (1, 2, 3))]
    first, second = indexed_frames(frames)
    assert first.getpalette() == second.getpalette()
    assert first.convert("RGB").getpixel((5, 5)) == (255, 254, 253)
    assert second.convert("RGB").getpixel((5, 5)) == (1, 2, 3)
    off = np.abs(np.asarray(first.convert("RGB")).astype(int) - ramp).max(axis=2)
    assert off.mean() < 8


def test_one_entry_is_left():
    pixels = np.arange(400 * 3, dtype=np.uint32).reshape(20, 20, 3).astype(np.uint8)
    (indexed,) = indexed_frames([Image.fromarray(pixels)])
    assert np.asarray(indexed).max() < 255
