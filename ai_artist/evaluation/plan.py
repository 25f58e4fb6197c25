"""What is to be drawn for an evaluation."""

import hashlib
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal

from ai_artist.budget import Budget, Seconds
from ai_artist.errors import ArtistError
from ai_artist.ordering import Order
from ai_artist.perception.validator import WEIGHTS_FILE as VALIDATOR_WEIGHTS
from ai_artist.perceptor_names import BUNDLED, BUNDLED_FOLDER, LOCAL_FOLDER, local_path, split_ensemble
from ai_artist.synthesis.method import StrokeMethod
from ai_artist.synthesis.methods import METHODS, method_named

Pace = Literal["live", "patient"]

_weights: Final = (".safetensors", ".bin", ".pt", ".pth")


@dataclass(frozen=True, slots=True)
class Plan:
    """Every word by every perceptor and method, with the seeds 0 to `seeds` - 1.

    Raises ArtistError for less than one seed.
    """

    words: tuple[str, ...]
    perceptors: tuple[str, ...]
    methods: tuple[StrokeMethod, ...]
    seeds: int
    budget: Budget
    pace: Pace
    strokes: int | None = None
    """What was asked for; None: each method's own number."""
    order: Order = "easy"

    def __post_init__(self) -> None:
        if self.seeds < 1:
            raise ArtistError(f"Each word is drawn with at least 1 seed; got {self.seeds}.")

    def runs(self) -> Iterator[tuple[str, StrokeMethod]]:
        """Each perceptor with each method."""
        return itertools.product(self.perceptors, self.methods)

    def settings(self) -> dict[str, Any]:
        """What the drawings depend on, as JSON has it."""
        budget = {"seconds": self.budget.seconds} if isinstance(self.budget, Seconds) else {"iterations": self.budget.iterations}
        return {
            "format": 1,
            "words": list(self.words),
            "seeds": self.seeds,
            "budget": budget,
            "pace": self.pace,
            "methods": [method.name for method in self.methods],
            "strokes": self.strokes,
            "order": self.order,
            "perceptors": {name: weights_hash(name) for name in self.perceptors},
        }


def stroke_methods(names: Sequence[str], strokes: int | None = None) -> tuple[StrokeMethod, ...]:
    """The methods of these names, each with so many strokes, by default its own number.

    Raises ArtistError for an unknown name, and naming the methods that make no strokes, of which a judge would see nothing.
    """
    methods = [method_named(name) for name in dict.fromkeys(names)]
    without = [method.name for method in methods if not isinstance(method, StrokeMethod)]
    if without:
        others = ", ".join(name for name, method in METHODS.items() if isinstance(method, StrokeMethod))
        makes = "makes" if len(without) == 1 else "make"
        raise ArtistError(f"{' and '.join(without)} {makes} no strokes, and strokes are what the judge looks at: choose among {others}.")
    brushes = [(method, method.brush) for method in methods if isinstance(method, StrokeMethod)]
    return tuple(replace(method, brush=replace(brush, strokes=strokes or brush.strokes)) for method, brush in brushes)


def weights_hash(perceptor: str) -> str | None:
    """The SHA-256 of the weights that lie on this disk as a file or a folder; None for a perceptor that has only a name.

    Two drawings by "doodle-clip" are by the same artist only if its weights are the same.
    """
    files: list[Path] = []
    for name, _ in split_ensemble(perceptor):
        place = BUNDLED_FOLDER if name == BUNDLED else local_path(name)
        if place and place.is_dir() and (name == BUNDLED or name.startswith(LOCAL_FOLDER)):
            # The validator beside the bundled model draws nothing.
            files += sorted(path for path in place.iterdir() if path.suffix in _weights and path.name != VALIDATOR_WEIGHTS)
        elif place and place.is_file():
            files.append(place)
    if not files:
        return None
    whole = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            whole.update(hashlib.file_digest(file, "sha256").digest())
    return whole.hexdigest()
