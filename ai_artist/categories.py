"""The 345 categories of Google's Quick, Draw!: what people have drawn most, and what drawings are told apart among."""

from functools import lru_cache
from pathlib import Path
from typing import Final

CATEGORIES_FILE: Final = Path(__file__).with_name("categories.txt")


@lru_cache(maxsize=1)
def category_names() -> tuple[str, ...]:
    """Their names, in the sketch archive's order."""
    lines = (line.partition("#")[0].strip() for line in CATEGORIES_FILE.read_text(encoding="utf-8").splitlines())
    return tuple(line for line in lines if line)
