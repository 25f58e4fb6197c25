"""Draws the house: packages, and who imports whom, from the code itself (grimp, which is import-linter's own library). `make docs` writes it.

Rows are layers: whoever imports stands above whom it imports. A line has one of three widths: for one import, for some, for many.
"""

from collections import Counter
from html import escape

import grimp

LEFT_OUT = ("mistake", "resources", "addresses", "logs", "collector", "__main__", "settings", "settings_table")
"""Modules at the top that everybody uses, or nobody: they would be lines and no news."""
TOLD = {
    "game.cli": "the command", "game.server": "uvicorn", "game.app": "wiring", "game.gateway": "sockets, limits", "game.http": "pages and API",
    "game.rooms": "one actor a room", "game.rules": "the game, pure", "game.protocol": "what goes over the wire", "game.bus": "events to sockets",
    "game.studio": "artists' jobs", "game.store": "the database", "game.drawing": "ink to pictures", "game.words": "word packs",
    "ai_artist": "the artist; torch lives here", "game.doctor": "looks at a machine", "game.health": "what is wrong just now",
    "game.rendering": "pictures, beside the loop",
}  # fmt: skip
WIDTH, HEIGHT, GAP_X, GAP_Y = 150, 46, 22, 58


def house() -> str:
    """The picture as SVG."""
    return _svg(*_layout(_imports()))


def _imports() -> Counter[tuple[str, str]]:
    """How many modules of one part import one of another."""
    graph = grimp.build_graph("game", "ai_artist", include_external_packages=False, cache_dir=None)
    found: Counter[tuple[str, str]] = Counter()
    for module in graph.modules:
        for imported in graph.find_modules_directly_imported_by(module):
            here, there = _part(module), _part(imported)
            if here and there and here != there:
                found[here, there] += 1
    return found


def _part(module: str) -> str | None:
    top, _, rest = module.partition(".")
    name = rest.partition(".")[0]
    if top == "ai_artist":
        return "ai_artist"
    return f"game.{name}" if name and name not in LEFT_OUT else None


def _layout(imports: Counter[tuple[str, str]]) -> tuple[list[list[str]], Counter[tuple[str, str]]]:
    """The layers from above: a part stands one below the lowest that imports it, of those not in a circle with it."""
    parts = sorted({part for pair in imports for part in pair})
    forward = {(here, there): count for (here, there), count in imports.items() if count >= imports.get((there, here), 0)}
    depth = dict.fromkeys(parts, 0)
    for _ in parts:
        for here, there in sorted(forward):
            depth[there] = max(depth[there], min(depth[here] + 1, len(parts)))
    used = sorted(set(depth.values()))
    return [sorted(part for part in parts if depth[part] == level) for level in used], imports


def _svg(layers: list[list[str]], imports: Counter[tuple[str, str]]) -> str:
    across = max(len(layer) for layer in layers) * (WIDTH + GAP_X) + GAP_X
    down = len(layers) * (HEIGHT + GAP_Y)
    at = {}
    for row, layer in enumerate(layers):
        left = (across - len(layer) * (WIDTH + GAP_X) + GAP_X) / 2
        for column, part in enumerate(layer):
            at[part] = (left + column * (WIDTH + GAP_X), 14 + row * (HEIGHT + GAP_Y))
    lines = []
    for (here, there), count in sorted(imports.items()):
        (x0, y0), (x1, y1) = at[here], at[there]
        begin, end = (x0 + WIDTH / 2, y0 + HEIGHT), (x1 + WIDTH / 2, y1)
        if y1 <= y0:  # against the stream: from the side
            begin, end = (x0 + WIDTH, y0 + HEIGHT / 2), (x1 + WIDTH, y1 + HEIGHT / 2)
        middle = (begin[1] + end[1]) / 2
        lines.append(
            f'<path d="M{begin[0]:.0f} {begin[1]:.0f}C{begin[0]:.0f} {middle:.0f} {end[0]:.0f} {middle:.0f} {end[0]:.0f} {end[1]:.0f}" '
            f'stroke-width="{1 if count == 1 else 2 if count < 8 else 4}"><title>{here} imports {there}</title></path>'
        )
    boxes = [
        f'<g><rect x="{x:.0f}" y="{y:.0f}" width="{WIDTH}" height="{HEIGHT}" rx="7"/>'
        f'<text x="{x + WIDTH / 2:.0f}" y="{y + 19:.0f}" class="name">{part}</text>'
        f'<text x="{x + WIDTH / 2:.0f}" y="{y + 35:.0f}">{escape(TOLD.get(part, ""))}</text></g>'
        for part, (x, y) in at.items()
    ]
    style = (
        "rect{fill:#fffdf7;stroke:#20264d;stroke-width:1.5}path{fill:none;stroke:#2f45c5;opacity:.45}"
        "text{font:11px system-ui,sans-serif;text-anchor:middle;fill:#444a6d}.name{font-weight:700;font-size:13px;fill:#20264d}"
    )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across} {down}" width="{across}" height="{down}">'
    ground = f'<rect width="{across}" height="{down}" style="fill:#f7f2e6;stroke:none"/>'
    return "\n".join([head, f"<style>{style}</style>", ground, *lines, *boxes, "</svg>", ""])
