"""Builds the wheel, installs it into an environment that has nothing else, and has the example's bot play a turn against the artist there.

Nothing of the checkout is used from there but the bot and constraints.txt; everything is in a temporary folder, and dist/ gets the wheel only
when the turn has been played.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent
PARTS = (
    "game/static/index.html",
    "game/static/languages/pt.json",
    "game/migrations/env.py",
    "game/words/packs/concepts.tsv",
    "game/words/packs/en.tsv",
    "ai_artist/doodle_clip/open_clip_model.safetensors",
    "ai_artist/doodle_clip/validator.safetensors",
)
"""What a wheel would not have by itself, a file of each kind."""
WORDS = ("house", "umbrella", "tree")
PATIENCE = 300.0
"""Seconds for the turn: a cold machine compiles the rasteriser first."""


def say(what: str) -> None:
    """One line for who waits."""
    print(f"release: {what}", flush=True)


def run(*command: Any, **options: Any) -> None:
    """Run it, or end with it."""
    if subprocess.run([str(each) for each in command], check=False, **options).returncode:
        sys.exit(f"release: this failed: {' '.join(map(str, command))}")


def build(folder: Path) -> Path:
    """The wheel, with all its parts."""
    told = re.search(r'^version = "(.*)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert told
    if f"## {told[1]}" not in (ROOT / "docs" / "changelog.md").read_text():
        sys.exit(f"release: docs/changelog.md has no heading for {told[1]}, the version in pyproject.toml.")
    run(sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "wheel", "--no-deps", "--wheel-dir", folder, ROOT)
    (wheel,) = folder.glob(f"guesstroke-{told[1]}-*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    if missing := [part for part in PARTS if part not in names]:
        sys.exit(f"release: the wheel lacks {', '.join(missing)}: see [tool.hatch.build] in pyproject.toml.")
    say(f"{wheel.name}: {len(names)} files, {wheel.stat().st_size / 1e6:.1f} MB")
    return wheel


def install(wheel: Path, folder: Path) -> Path:
    """An environment with it; its folder of programs."""
    began = time.monotonic()
    run(sys.executable, "-m", "venv", folder)
    run(folder / "bin" / "python", "-m", "pip", "--quiet", "--disable-pip-version-check", "install", "-c", ROOT / "constraints.txt", wheel)
    say(f"installed after {time.monotonic() - began:.0f} s")
    return folder / "bin"


def play(programs: Path, folder: Path) -> None:
    """A server as a host starts it, and a bot that opens a room and guesses what the artist draws."""
    (folder / "words.txt").write_text("\n".join(WORDS))
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    settings = {"HOST": "127.0.0.1", "PORT": port, "WORDS": folder / "words.txt", "DATA_DIR": folder / "data", "ARTIST_WORKERS": 1}
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {f"GUESSTROKE_{name}": str(value) for name, value in settings.items()}
    log = folder / "server.log"
    with log.open("wb") as out:
        server = subprocess.Popen([programs / "guesstroke", "serve"], cwd=folder, env=environment, stdout=out, stderr=out)
    try:
        began = time.monotonic()
        wait_until(lambda: answers(port), log, server)
        say(f"the first page after {time.monotonic() - began:.1f} s")
        wait_until(lambda: "artist ready" in log.read_text(errors="replace"), log, server)
        say(f"the artist is warm after {time.monotonic() - began:.1f} s")
        found = guess(programs, port, folder, environment)
        say(f"the bot found what the artist drew: {found}")
    finally:
        server.terminate()
        server.wait(30)
    if server.returncode not in (0, -signal.SIGTERM):  # uvicorn ends by the signal that it was given
        sys.exit(f"release: the server ended with {server.returncode}:\n{log.read_text(errors='replace')}")


def guess(programs: Path, port: int, folder: Path, environment: dict[str, str]) -> str:
    """The word, once the bot has found it."""
    command = [programs / "python", "-I", ROOT / "docs" / "examples" / "bot.py", f"http://127.0.0.1:{port}", folder / "words.txt"]
    bot = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)
    assert bot.stdout
    deadline = time.monotonic() + PATIENCE
    try:
        for line in bot.stdout:
            if line.startswith("secret_word: "):
                return line.removeprefix("secret_word: ").strip()
            if time.monotonic() > deadline:
                break
    finally:
        bot.kill()
        bot.wait()
    sys.exit("release: the bot did not find the word.")


def answers(port: int) -> bool:
    """Whether the server is there."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
            return b"/main.js" in page.read()
    except OSError:
        return False


def wait_until(holds: Any, log: Path, server: subprocess.Popen[bytes]) -> None:
    """Wait, and give up with the server's log."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        if server.poll() is not None or time.monotonic() > deadline:
            sys.exit(f"release: the server did not get so far:\n{log.read_text(errors='replace')}")
        time.sleep(0.2)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        made = build(place)
        play(install(made, place / "venv"), place)
        (ROOT / "dist").mkdir(exist_ok=True)
        say(f"dist/{Path(shutil.copy(made, ROOT / 'dist')).name} is good to go")
