"""The sha256 of every archive that constraints.txt pins, as it was when it was pinned: `write` notes them, `verify` downloads and compares.

They are those of this interpreter and kind of machine; the file's first line says which. torch and torchvision are left out: the builds for
processors and for graphics cards have one version and different files.
"""

import json
import platform
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PINNED, HASHED = ROOT / "constraints.txt", ROOT / "constraints-hashed.txt"
LEFT_OUT = ("torch==", "torchvision==")
MACHINE = f"CPython {sys.version_info.major}.{sys.version_info.minor}, {platform.system()} {platform.machine()}"


def pins() -> list[str]:
    """What is pinned and has a hash."""
    return [line for line in PINNED.read_text().splitlines() if "==" in line and not line.startswith(("#", *LEFT_OUT))]


def plain(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pip(*arguments: str) -> None:
    """Have pip say what it would install, and nothing else; it downloads what it has to look at."""
    command = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--dry-run", "--ignore-installed", "--no-deps", "--quiet"]
    if subprocess.run([*command, *arguments]).returncode:
        sys.exit("pip did not find these archives as they were pinned, or could not reach its index: see above.")


def write() -> None:
    """Note the hash of each archive that pip would take here and now."""
    with tempfile.TemporaryDirectory() as folder:
        pip("--report", f"{folder}/report.json", *pins())
        archives = json.loads(Path(folder, "report.json").read_text())["install"]
    hashes = {plain(each["metadata"]["name"]): each["download_info"]["archive_info"]["hashes"]["sha256"] for each in archives}
    lines = [f"{pin} --hash=sha256:{hashes[plain(pin.partition('==')[0])]}" for pin in pins()]
    HASHED.write_text("\n".join([f"# {MACHINE}. Written by make hashes.", *lines]) + "\n")


def verify() -> None:
    """Download all of it and compare."""
    made_for = HASHED.read_text().splitlines()[0].removeprefix("# ").partition(". ")[0]
    if made_for != MACHINE:
        sys.exit(f"The hashes are those of {made_for}; here is {MACHINE}, which has other archives. Nothing was compared.")
    pip("--require-hashes", "--no-cache-dir", "--requirement", str(HASHED))
    print(f"{len(pins())} archives are those that were pinned.")


{"write": write, "verify": verify}[sys.argv[1]]()
