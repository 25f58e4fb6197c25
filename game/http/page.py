"""The browser client's files, under an address that changes with them."""

import re
from collections.abc import Callable, Iterable
from functools import cache, partial
from hashlib import blake2b
from html import escape
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Final

_imports: Final = re.compile(r"^(?:import|export)\b[^'\"]*?\bfrom '(\./[^']+|\.\./[^']+)'|^import '(\.[^']+)'", re.MULTILINE)
_needed: Final = {"front": ("js/views/home.js",), "room": ("js/room.js", "js/views/lobby.js")} | {
    name: (f"js/views/{name}.js",) for name in ("gallery", "drawing", "game_page", "scores", "stats", "me", "move", "admin")
}
"""What each screen needs at once, beside js/main.js."""
_styles: Final = re.compile(r' *<link rel="stylesheet" href="/static/([^"]+)">\n')


class Page:
    """Reads the files once. In what the browser asks for by a fixed name, addresses of files get the build put in."""

    def __init__(self, folder: Path) -> None:
        """`folder`: the client's files, as they lie in static/."""
        self.folder = folder
        self.build = _digest(folder)
        """Of all the files' contents: an update never mixes old and new."""
        self.path = f"/static/{self.build}"
        index = (folder / "index.html").read_text("utf-8")
        self.styles = "\n".join((folder / name).read_text("utf-8") for name in _styles.findall(index))
        """All style sheets of the page in one: each request that the first picture waits for costs a phone a moment."""
        index = _styles.sub("", index).replace("<!-- styles -->", '<link rel="stylesheet" href="/static/page.css">')
        imports = cache(partial(imports_of, folder))  # the screens have most of their modules in common
        self.screens = {name: self._preloading(index, modules(imports, "js/main.js", *entries)) for name, entries in _needed.items()}
        """The page as it is sent for each screen: it is the same one, but asks for other modules first."""
        self.offline = self._placed("offline.html")
        self.manifest = self._placed("manifest.webmanifest")
        self.service_worker = self._placed("service-worker.js")

    def _preloading(self, index: str, wanted: Iterable[str]) -> str:
        links = (f'<link rel="modulepreload" href="/static/{module}">' for module in wanted)
        return index.replace("<!-- modules -->", "\n    ".join(links)).replace("/static/", f"{self.path}/")

    def _placed(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8").replace("/static/", f"{self.path}/")


def with_preview(document: str, picture: str) -> str:
    """The page of a drawing for those who show a preview of its link. `picture`: its address; it does not tell the word."""
    told = {"og:title": "Guesstroke: what is it?", "og:type": "website", "og:image": picture}
    tags = "".join(f'  <meta property="{name}" content="{escape(value)}">\n  ' for name, value in told.items())
    return document.replace("</head>", f'{tags}  <meta name="twitter:card" content="summary_large_image">\n  </head>', 1)


def modules(imports: Callable[[str], Iterable[str]], *entries: str) -> list[str]:
    """All modules that some import, themselves first: the browser can ask for them at once instead of one after another."""
    found = dict.fromkeys(entries)
    for name in (queue := list(entries)):
        for imported in imports(name):
            if imported not in found:
                found[imported] = None
                queue.append(imported)
    return list(found)


def imports_of(folder: Path, name: str) -> list[str]:
    """The modules that one of the client's imports, from their folder."""
    matches = _imports.finditer((folder / name).read_text("utf-8"))
    return [normpath(join(dirname(name), match[1] or match[2])) for match in matches]


def _digest(folder: Path) -> str:
    digest = blake2b(digest_size=6)
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
