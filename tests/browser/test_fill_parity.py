"""The browser's logical raster and ours are one, to the last bit; and what its canvas shows is what exports show."""

import base64
import hashlib
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from game.drawing import picture_of, raster_of, read_operations
from game.protocol.ink import decode_frame, encode_frame
from game.rules.canvas import Canvas
from tests.unit.game.drawing.ink import box, curve, fill, scribble, stroke

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(400)]

STATIC = Path(__file__).parents[2] / "static"
DRAWINGS = 200
AT_A_TIME = 20

RASTERS = """async (drawings) => {
  const { decodeFrame } = await import('/js/ink.js');
  const { Drawing } = await import('/js/canvas/drawing.js');
  const { FillRegions } = await import('/js/canvas/fill_regions.js');
  const hashes = [];
  for (const frames of drawings) {
    const drawing = new Drawing(), regions = new FillRegions();
    for (const frame of frames) {
      const bytes = Uint8Array.from(atob(frame), (character) => character.charCodeAt(0));
      for (const record of decodeFrame(bytes.buffer).records) {
        const begun = drawing.apply(record);
        if (begun?.kind === 'fill') regions.regionOf(drawing.operations, drawing.operations.length - 1);
      }
    }
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', regions.raster.pixels));
    hashes.push([...digest].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
  }
  return hashes;
}"""

SCREEN = """async ([frames, width]) => {
  const { decodeFrame } = await import('/js/ink.js');
  const { Board } = await import('/js/canvas/board.js');
  const canvas = document.createElement('canvas');
  canvas.style.cssText = `display: block; width: ${width}px; height: ${(3 * width) / 4}px`;
  document.body.replaceChildren(canvas);
  const board = new Board(canvas);
  for (const frame of frames) {
    const bytes = Uint8Array.from(atob(frame), (character) => character.charCodeAt(0));
    for (const record of decodeFrame(bytes.buffer).records) board.apply(record, { atOnce: true });
  }
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  board.close();
  return canvas.toDataURL('image/png').split(',')[1];
}"""


@pytest.fixture
async def page(browser):
    """A page that can import the client's modules; the loopback's name is a secure context, which hashing needs."""
    page = await browser.new_page()

    async def answer(route):
        file = STATIC / route.request.url.split("/", 3)[3]
        if file.is_file():
            await route.fulfill(path=file, content_type="text/javascript")
        else:
            await route.fulfill(body="<!doctype html><title>Drawing</title><body style='margin: 0'>", content_type="text/html")

    await page.route("http://localhost/**", answer)
    await page.goto("http://localhost/")
    return page


def frames_of(records):
    """As the server sends them: event version, header, records."""
    return [base64.b64encode(bytes(4) + encode_frame(1, record)).decode() for record in records]


def ink_of(records):
    """What is left on the server's canvas."""
    canvas = Canvas()
    for record in records:
        canvas.apply(decode_frame(encode_frame(1, record)))
    return canvas.ink


async def test_every_pixel_of_200_drawings_is_the_same(page):
    unlike = []
    for first in range(0, DRAWINGS, AT_A_TIME):
        drawings = [scribble(seed) for seed in range(first, first + AT_A_TIME)]
        theirs = await page.evaluate(RASTERS, [frames_of(records) for records in drawings])
        for seed, records, digest in zip(range(first, DRAWINGS), drawings, theirs, strict=False):
            pixels = raster_of(read_operations(ink_of(records))).pixels
            if hashlib.sha256(pixels.astype("<u4").tobytes()).hexdigest() != digest:
                unlike.append(seed)
    assert unlike == []


@pytest.mark.parametrize("width", [800, 1200])
async def test_the_screen_shows_what_exports_show(page, width, artifacts):
    await page.set_viewport_size({"width": width, "height": 3 * width // 4})
    records = [
        box(260, 270, 520, 480, width=9),
        curve((30, 430), (250, 300), (500, 560), (790, 400), width=4),
        fill(400, 350, rgb=(255, 211, 176)),
        fill(400, 40, rgb=(116, 199, 245)),
        stroke((560, 60), (640, 60), width=60, rgb=(255, 255, 255)),
        stroke((430, 340), (490, 340), width=34, rgb=(40, 80, 220), alpha=128),
        stroke((700, 330), width=18, rgb=(220, 40, 40)),
        stroke((120, 150), (200, 190), width=9),
        fill(150, 165, rgb=(220, 40, 40)),
    ]
    shown = Image.open(io.BytesIO(base64.b64decode(await page.evaluate(SCREEN, [frames_of(records), width])))).convert("RGB")
    shown.save(artifacts / f"fills-{width}.png")
    difference = np.abs(np.asarray(shown).astype(int) - np.asarray(picture_of(ink_of(records), width)).astype(int)).max(axis=2)
    assert difference.mean() < 0.5
    assert (difference > 70).mean() < 1e-3
