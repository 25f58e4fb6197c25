"""Writes what the documentation has from the code: `make docs`. A test (tests/unit/test_docs.py) keeps them the same.

Tables go into their places in pages, the picture of the house into a file of its own.
A place begins with `<!-- NAME: written by make docs -->` and ends with `<!-- NAME: end -->`.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / ".ci")]

from picture import house  # noqa: E402

from game.settings_table import settings_table  # noqa: E402

PLACES = {"settings": ("docs/hosting.md", settings_table)}
FILES = {"docs/images/house.svg": house}


def filled(text: str, name: str, made: str) -> str:
    """The page with `made` in its place. Raises ValueError if it has none."""
    before, begin, rest = text.partition(f"<!-- {name}: written by make docs -->\n")
    _, end, after = rest.partition(f"\n<!-- {name}: end -->")
    if not begin or not end:
        raise ValueError(
            f"The page has no place for {name}: a line <!-- {name}: written by make docs --> and one <!-- {name}: end --> were expected."
        )
    return f"{before}{begin}{made}{end}{after}"


if __name__ == "__main__":
    for name, (page, make) in PLACES.items():
        path = ROOT / page
        path.write_text(filled(path.read_text("utf-8"), name, make()), "utf-8")
        print(f"{page}: {name}")
    for file, make in FILES.items():
        (ROOT / file).write_text(make(), "utf-8")
        print(file)
