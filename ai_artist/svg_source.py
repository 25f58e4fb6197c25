"""SVG text as it came, made safe and plain for svgelements: nothing is loaded, nothing explodes, only shapes are left.

What people hand in was made by any program, or by someone who means harm. So sizes are limited before anything is
expanded, references that go in circles are cut, and what svgelements would misread (a symbol or a mask outside `defs`,
a path without data) is put right or taken out before it sees the document.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from ai_artist.errors import DrawingError

MOST_BYTES: Final = 5_000_000
MOST_ELEMENTS: Final = 100_000
"""So many elements and curves a document has at most, copies made by `use` included: some seconds of reading."""

_deepest: Final = 200
_namespace: Final = "{http://www.w3.org/2000/svg}"
_like_groups: Final = {"a", "switch"}
_drawn_otherwise: Final = {"text", "image", "foreignObject", "video", "audio", "canvas", "iframe"}
_animations: Final = {"animate", "animateColor", "animateMotion", "animateTransform", "set"}
_kept: Final = {"svg", "g", "a", "switch", "symbol", "defs", "use", "style", "path", "line", "polyline", "polygon", "rect", "circle", "ellipse"}
_needed: Final = {"path": "d", "polyline": "points", "polygon": "points"}
_pixels: Final = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}
_digits: Final = re.compile(r"[0-9]+")
_length: Final = re.compile(r"\s*([+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)\s*(px|pt|pc|in|cm|mm)?\s*")


@dataclass(frozen=True, slots=True)
class Source:
    """A document that svgelements can be trusted with.

    text      only groups, shapes, `use` and style sheets; coordinates begin at 0, 0 where there is a frame
    frame     width and height of the picture in those coordinates; None where the document does not say
    kinds     the element name of each id, also of what was taken out: what a url(#id) meant
    skipped   how many of each kind were taken out, in the order of their first appearance
    metadata  the text of <metadata id="guesstroke">, where there is one
    """

    text: str
    frame: tuple[float, float] | None
    kinds: dict[str, str]
    skipped: Counter[str]
    metadata: str | None


def clean(text: str | bytes) -> Source:
    """Parse and plain an SVG document. Raises DrawingError if it is none, or larger or deeper than the limits."""
    size = len(text) if isinstance(text, bytes) else len(text.encode("utf-8", "surrogatepass"))
    if size > MOST_BYTES:
        raise DrawingError(f"An SVG has at most {MOST_BYTES:,} bytes here; this one has {size:,}. Simplify it first.")
    root = _parse(text)
    if _name(root) != "svg":
        raise DrawingError(f"This is no SVG: its outermost element is <{_name(root) or root.tag}>, expected <svg>.")
    found = _Cleaner()
    for element in root.iter():
        if "id" in element.attrib:
            found.kinds[element.attrib["id"]] = _name(element)
            if element.attrib["id"] == "guesstroke" and _name(element) == "metadata":
                found.metadata = "".join(element.itertext())
    found.plain(root, counting=True)
    frame = _set_frame(root)
    _Expansion(root, found.skipped).measure()
    return Source(ElementTree.tostring(root, "unicode"), frame, found.kinds, found.skipped, found.metadata)


class _Builder(ElementTree.TreeBuilder):
    """Builds the tree, and stops where it gets too deep or too large, before there is anything deep to walk or to free."""

    depth = elements = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self.depth += 1
        self.elements += 1
        if self.depth > _deepest:
            raise DrawingError(f"The SVG's elements lie more than {_deepest} deep in each other. Ungroup it first.")
        if self.elements > MOST_ELEMENTS:
            raise DrawingError(f"An SVG has at most {MOST_ELEMENTS:,} elements here; this one has more. Simplify it first.")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self.depth -= 1
        return super().end(tag)


def _parse(text: str | bytes) -> Element:
    # Expat loads no external entity, and refuses internal ones that multiply.
    parser = ElementTree.XMLParser(target=_Builder())
    try:
        parser.feed(text)
        root: Element = parser.close()
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        if isinstance(error, DrawingError):
            raise
        raise DrawingError(f"This is no SVG, for it is not well-formed XML: {error}.") from error
    return root


def _name(element: Element) -> str:
    """The element's name in SVG; "" for what belongs to another vocabulary, as editors leave it."""
    tag = str(element.tag)
    return tag.removeprefix(_namespace) if tag.startswith(_namespace) or not tag.startswith("{") else ""


def _is_hidden(element: Element) -> bool:
    return element.get("display") == "none" or "display:none" in element.get("style", "").replace(" ", "")


@dataclass
class _Cleaner:
    kinds: dict[str, str] = field(default_factory=dict)
    skipped: Counter[str] = field(default_factory=Counter)
    metadata: str | None = None

    def plain(self, element: Element, counting: bool) -> None:
        """Leave only what svgelements reads rightly below `element`; count what is taken out, where it would be seen."""
        kept = []
        for child in element:
            name = _name(child)
            counts = counting and not _is_hidden(child)
            if counts and (name in _drawn_otherwise or name in _animations):
                self.skipped["animation" if name in _animations else name] += 1
            if name not in _kept or (name in _needed and not child.get(_needed[name])) or (name == "svg" and _has_no_area(child)):
                continue
            if name == "style":
                child.text = _plain_rules(child.text or "")
            for key in [key for key, value in child.attrib.items() if value == "inherit"]:
                del child.attrib[key]
            child.tag = _namespace + ("g" if name in _like_groups else name)
            self.plain(child, counts and name not in ("defs", "symbol"))
            if name == "symbol":
                # A symbol shows only where `use` names it, but svgelements draws it where it stands unless in defs.
                child.tag = _namespace + ("svg" if "viewBox" in child.attrib else "g")
                definitions = Element(_namespace + "defs")
                definitions.append(child)
                child = definitions
            kept.append(child)
        element[:] = kept


def _has_no_area(element: Element) -> bool:
    lengths = (_length.fullmatch(element.get(key, "")) for key in ("width", "height"))
    return any(length is not None and not length[1].strip("0.+-") for length in lengths)


def _plain_rules(text: str) -> str:
    """The style sheet's plain rules, one a line. svgelements' own expressions take quadratic time on others."""
    first, *others = text.split("/*")
    text = first + "".join(part.partition("*/")[2] for part in others)
    rules = ((selector.rpartition(";")[2].strip(), body.strip()) for selector, _, body in (part.rpartition("{") for part in text.split("}")))
    return "\n".join(f"{selector} {{{body}}}" for selector, body in rules if selector and body and "{" not in selector)


def _set_frame(root: Element) -> tuple[float, float] | None:
    """Make the root's viewBox and size say the same, so that no scaling happens; return that size."""
    box = _view_box(root)
    for key in ("x", "y", "width", "height", "viewBox"):
        root.attrib.pop(key, None)
    if box is None:
        return None
    x, y, width, height = box
    root.attrib.update(viewBox=f"{x!r} {y!r} {width!r} {height!r}", width=repr(width), height=repr(height), preserveAspectRatio="none")
    return width, height


def _view_box(root: Element) -> tuple[float, float, float, float] | None:
    try:
        x, y, width, height = (float(part) for part in root.get("viewBox", "").replace(",", " ").split())
    except ValueError:
        lengths = [_length.fullmatch(root.get(key, "")) for key in ("width", "height")]
        if None in lengths:
            return None
        x = y = 0.0
        try:
            width, height = (float(length[1]) * _pixels[length[2] or ""] for length in lengths if length)
        except ValueError:
            return None
    if not (0 < width < 1e9 and 0 < height < 1e9 and abs(x) < 1e9 and abs(y) < 1e9):
        return None
    return x, y, width, height


class _Expansion:
    """How large the document is once every `use` has become a copy; cuts those that lead nowhere or in circles."""

    def __init__(self, root: Element, skipped: Counter[str]) -> None:
        self._root, self._skipped = root, skipped
        self._targets = {element.attrib["id"]: element for element in root.iter() if "id" in element.attrib}
        self._sizes: dict[Element, int | None] = {}
        self._dead: set[Element] = set()

    def measure(self) -> None:
        """Raise DrawingError if the document expands beyond the limits."""
        if self._size(self._root, 0) > MOST_ELEMENTS:
            raise DrawingError(
                f"An SVG has at most {MOST_ELEMENTS:,} elements and curves here, copies made by <use> included; this one has more. Simplify it."
            )
        for use in self._dead:
            self._skipped["use"] += 1
            use.attrib.clear()

    def _size(self, element: Element, depth: int) -> int:
        known = self._sizes.get(element)
        if known is not None:
            return known
        if depth > _deepest:
            raise DrawingError(f"The SVG's elements, with the copies made by <use>, lie more than {_deepest} deep in each other.")
        self._sizes[element] = None  # in progress: who comes here again has gone in a circle
        # A curve is at least two numbers, and rarely more than six, which are mostly two groups of digits each.
        size = 1 + len(_digits.findall(element.get(_needed.get(element.tag.removeprefix(_namespace), ""), ""))) // 4
        size += sum(self._size(child, depth + 1) for child in element)
        if element.tag == _namespace + "use" and element not in self._dead:
            reference = element.get("href") or element.get("{http://www.w3.org/1999/xlink}href") or ""
            target = self._targets.get(reference[1:]) if reference.startswith("#") else None
            if target is None or (target in self._sizes and self._sizes[target] is None):
                self._dead.add(element)
            else:
                size += self._size(target, depth + 1)
        self._sizes[element] = size
        return size
