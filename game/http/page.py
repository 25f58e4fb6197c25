"""The browser client's files, under an address that changes with them."""

import re
from hashlib import blake2b
from pathlib import Path
from typing import Final

_imports: Final = re.compile(r"^(?:import|export)\b[^'\"]*?\bfrom '(\./[^']+|\.\./[^']+)'|^import '(\.[^']+)'", re.MULTILINE)
_front: Final = ("js/main.js", "js/views/home.js")
_room: Final = ("js/main.js", "js/room.js", "js/views/lobby.js")
"""What each page needs at once."""
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
        self.front, self.room = (self._preloading(index, entries) for entries in (_front, _room))
        self.offline = self._placed("offline.html")
        self.manifest = self._placed("manifest.webmanifest")
        self.service_worker = self._placed("service-worker.js")

    def _preloading(self, index: str, entries: tuple[str, ...]) -> str:
        links = (f'<link rel="modulepreload" href="/static/{module}">' for module in modules(self.folder, *entries))
        return index.replace("<!-- modules -->", "\n    ".join(links)).replace("/static/", f"{self.path}/")

    def _placed(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8").replace("/static/", f"{self.path}/")


def modules(folder: Path, *entries: str) -> list[str]:
    """All modules that some import, themselves first: the browser can ask for them at once instead of one after another."""
    found = dict.fromkeys(entries)
    for name in (queue := list(entries)):
        for match in _imports.finditer((folder / name).read_text("utf-8")):
            imported = (folder / name).parent / (match[1] or match[2])
            path = imported.resolve().relative_to(folder.resolve()).as_posix()
            if path not in found:
                found[path] = None
                queue.append(path)
    return list(found)


def _digest(folder: Path) -> str:
    digest = blake2b(digest_size=6)
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
