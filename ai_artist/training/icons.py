"""Named icons and emoji from the Iconify JSON packages: pictures with words, far more of them than sketches.

Each package is a folder with `info.json` (name, licence) and `icons.json` (SVG bodies by name). Sets under a
share-alike licence are left out.
"""

import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ai_artist.errors import ArtistError
from ai_artist.training.packing import Packed, Strokes, pack

_style_words = frozenset(
    """
    outline outlined filled fill solid line linear bold duotone thin light broken remix negative alt sharp rounded round regular twotone off
    flat color colour variant mini micro high contrast squre dark medium skin tone type
    """.split()
)
_interface_words = frozenset((Path(__file__).parent / "interface_words.txt").read_text(encoding="utf-8").split())


@dataclass(frozen=True, slots=True)
class IconCorpus:
    """Icons as pictures, and those that are drawn with lines alone as strokes too."""

    pictures: NDArray[np.uint8]
    """[N, size, size, 3] on white."""
    name: NDArray[np.int32]
    """[N] into `names`."""
    coloured: NDArray[np.bool_]
    """[N]."""
    lines: Packed
    """N drawings; without strokes where an icon is not of lines alone."""
    names: tuple[str, ...]

    @classmethod
    def none(cls, size: int) -> "IconCorpus":
        """A corpus without icons."""
        return cls(np.zeros((0, size, size, 3), np.uint8), np.zeros(0, np.int32), np.zeros(0, np.bool_), pack([]), ())


def plain_name(icon_name: str, wanted: Collection[str] = ()) -> str | None:
    """The words of an icon's name without its style; None for what nobody would draw or guess, unless it is `wanted`."""
    words = [word for word in re.split(r"[-_]+", icon_name.lower()) if word and not word.isdigit()]
    words = [word for word in words if word not in _style_words]
    name = " ".join(words)
    if name in wanted:
        return name
    is_sign = _interface_words & set(words) or any(len(word) == 1 or re.search(r"\d", word) for word in words)
    return None if not words or len(words) > 3 or is_sign else name


def load_icons(packages: Path, wanted: Iterable[str], size: int) -> IconCorpus:
    """Render the icons of every package under `packages` whose plain name is wanted or occurs in two sets at least.

    Raises FileNotFoundError if `packages` holds no icon package.
    """
    kept = set(wanted)
    sets = sorted(packages.glob("*/icons.json"))
    if not sets:
        raise FileNotFoundError(f"No Iconify packages under {packages}: install @iconify-json/... there with npm.")
    svgs: dict[str, list[tuple[str, str, bool]]] = {}
    for path in sets:
        info = json.loads((path.parent / "info.json").read_text())
        if "SA" in info["license"]["spdx"]:
            continue
        for name, svg in _svgs(json.loads(path.read_text()), kept):
            svgs.setdefault(name, []).append((path.parent.name, svg, bool(info.get("palette"))))
    names = sorted(name for name, found in svgs.items() if name in kept or len({entry[0] for entry in found}) >= 2)
    pictures, indices, coloured, lines = [], [], [], []
    for index, name in enumerate(names):
        for _, svg, has_palette in svgs[name]:
            picture = _rasterize(svg, size)
            if picture is not None:
                pictures.append(picture)
                indices.append(index)
                coloured.append(has_palette)
                lines.append(lines_of(svg))
    return IconCorpus(np.stack(pictures), np.array(indices, np.int32), np.array(coloured), pack(lines), tuple(names))


def _svgs(package: dict, wanted: Collection[str]) -> Iterable[tuple[str, str]]:  # type: ignore[type-arg]
    for icon_name, icon in package["icons"].items():
        name = plain_name(icon_name, wanted)
        if name is not None and not icon.get("hidden"):
            width = icon.get("width", package.get("width", 16))
            height = icon.get("height", package.get("height", 16))
            left, top = icon.get("left", 0), icon.get("top", 0)
            body = icon["body"].replace("currentColor", "#000")
            yield (
                name,
                (
                    f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
                    f'viewBox="{left} {top} {width} {height}">{body}</svg>'
                ),
            )


def lines_of(svg: str) -> Strokes:
    """The strokes of an icon that is drawn with lines alone; none of any other."""
    if "stroke=" not in svg:
        return ()
    from ai_artist.svg import read_svg

    try:
        reading = read_svg(svg.encode())
    except ArtistError:
        return ()
    if reading.skipped or any(stroke.filled for stroke in reading.strokes):
        return ()
    return tuple(_polyline(stroke.points) for stroke in reading.strokes)


def _polyline(points: Sequence[tuple[float, float]], steps: int = 5) -> NDArray[np.float32]:
    """Joined cubics' control points, 3 n + 1 of them, to points along them."""
    control = np.asarray(points, np.float32)
    t = np.linspace(0, 1, steps, endpoint=False, dtype=np.float32)[:, None]
    a, b, c, d = (control[None, start : len(control) - 3 + start : 3] for start in range(4))
    curves = (1 - t[:, None]) ** 3 * a + 3 * t[:, None] * (1 - t[:, None]) ** 2 * b + 3 * t[:, None] ** 2 * (1 - t[:, None]) * c + t[:, None] ** 3 * d
    return np.concatenate([curves.swapaxes(0, 1).reshape(-1, 2), control[-1:]])


def _rasterize(svg: str, size: int) -> NDArray[np.uint8] | None:
    import io

    import resvg_py
    from PIL import Image

    try:
        png = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=size, height=size, background="white"))
    except ValueError:  # a handful of bodies use what resvg does not know
        return None
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    if picture.size != (size, size):
        canvas = Image.new("RGB", (size, size), "white")
        picture.thumbnail((size, size))
        canvas.paste(picture, ((size - picture.width) // 2, (size - picture.height) // 2))
        picture = canvas
    array = np.asarray(picture)
    return array if int(array.min()) < 200 else None
