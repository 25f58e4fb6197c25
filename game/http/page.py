"""The browser client's files, under an address that changes with them."""

import re
from hashlib import blake2b
from pathlib import Path
from typing import Final

_imports: Final = re.compile(r"^(?:import|export)\b[^'\"]*?\bfrom '(\./[^']+|\.\./[^']+)'|^import '(\.[^']+)'", re.MULTILINE)
_entry: Final = "js/main.js"


class Page:
    """Reads the files once. In what the browser asks for by a fixed name, addresses of files get the build put in."""

    def __init__(self, folder: Path) -> None:
        """`folder`: the client's files, as they lie in static/."""
        self.folder = folder
        self.build = _digest(folder)
        """Of all the files' contents: an update never mixes old and new."""
        self.path = f"/static/{self.build}"
        preloads = "\n    ".join(f'<link rel="modulepreload" href="/static/{module}">' for module in modules(folder, _entry))
        self.index = self._placed("index.html").replace("<!-- modules -->", preloads.replace("/static/", f"{self.path}/"))
        self.offline = self._placed("offline.html")
        self.manifest = self._placed("manifest.webmanifest")
        self.service_worker = self._placed("service-worker.js")

    def _placed(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8").replace("/static/", f"{self.path}/")


def modules(folder: Path, entry: str) -> list[str]:
    """All modules that one imports, itself first: the browser can ask for them at once instead of one after another."""
    found: dict[str, None] = {entry: None}
    for name in (queue := [entry]):
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
