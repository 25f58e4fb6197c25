"""Who names drawings: an outsider, or the validator. A judge only reports: it is in no loss, and chooses nothing here."""

import difflib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ai_artist.errors import ArtistError
from ai_artist.evaluation.bitmaps import SIDE, Marks, bitmap_of
from ai_artist.perceptor_names import BUNDLED_FOLDER

_batch: Final = 128
_sharpness: Final = 15.0
"""By which cosines become probabilities: about what the towers are trained with."""
_most_named: Final = 10


class JudgeError(ArtistError):
    """A judge that cannot be loaded, or that was asked about words it does not know."""


class Judge:
    """A recogniser of bitmaps, as Quick, Draw! has them, on the CPU."""

    def __init__(self, name: str, model: Callable[[Tensor], Any], classes: Sequence[str], side: int = SIDE) -> None:
        """`model` takes float32 [N, 1, side, side], ink 1 on 0, and gives one number for each of the `classes`, float [N, C].

        Raises JudgeError if it does not.
        """
        self.name = name
        self.classes = tuple(classes)
        self._model, self._side = model, side
        self._places = {category.lower(): index for index, category in enumerate(classes)}
        try:
            with torch.no_grad():
                answer = model(torch.zeros(2, 1, side, side))
        except Exception as error:  # whatever a model that expects something else raises
            raise JudgeError(f"{name} is no judge: it must take float [N, 1, {side}, {side}], and answers that with: {_last_line(error)}") from error
        shape = list(answer.shape) if isinstance(answer, Tensor) else type(answer).__name__
        if shape != [2, len(classes)]:
            raise JudgeError(
                f"{name} must give one number for each of its {len(classes)} classes, [2, {len(classes)}] for 2 bitmaps; got {shape}. "
                "Are these its classes? Name their file with --judge-classes."
            )

    def bitmap(self, marks: Marks) -> NDArray[np.float32]:
        """What it is shown of marks: float32 [side, side], ink 1 on 0."""
        return bitmap_of(marks, self._side)

    def probabilities(self, bitmaps: Sequence[NDArray[np.float32]], on_progress: Callable[[int], None] = lambda done: None) -> Tensor:
        """What it thinks of bitmaps, each float32 [side, side], ink 1 on 0: float32 [N, C], each row adding up to 1.

        Of a judge whose rows do not, the softmax is taken. `on_progress` is told how many are done.
        """
        rows = [torch.zeros(0, len(self.classes))]
        with torch.no_grad():
            for start in range(0, len(bitmaps), _batch):
                batch = torch.from_numpy(np.stack(bitmaps[start : start + _batch])).float()
                rows.append(self._model(batch[:, None]).float())
                on_progress(start + len(batch))
        found = torch.cat(rows)
        sure = bool((found >= 0).all()) and bool(((found.sum(1) - 1).abs() < 1e-3).all())
        return found if sure else found.softmax(1)

    def places_of(self, words: Sequence[str]) -> Tensor:
        """The classes' indices of the words, int64 [len(words)], in whatever case. Raises JudgeError naming those that are none."""
        unknown = [word for word in words if word.lower() not in self._places]
        if unknown:
            named = ", ".join(self._named(word) for word in unknown[:_most_named])
            more = f" and {len(unknown) - _most_named} more" if len(unknown) > _most_named else ""
            raise JudgeError(f"{self.name} has no class for {named}{more}. Leave them out: it could only be wrong about them.")
        return torch.tensor([self._places[word.lower()] for word in words], dtype=torch.int64)

    def knows(self, word: str) -> bool:
        """Whether it has a class of this name, in whatever case."""
        return word.lower() in self._places

    def _named(self, word: str) -> str:
        near = difflib.get_close_matches(word.lower(), self._places, 1, 0.75)
        return repr(word) + (f" (it has {near[0]!r})" if near else "")


def validator_judge(categories: Sequence[str], folder: Path = BUNDLED_FOLDER) -> Judge:
    """The validator, naming drawings among `categories`: a judge for choosing, between perceptors or words, which an outsider must not do.

    Raises PerceptorError if it is not there.
    """
    from ai_artist.perception.validator import load_validator

    validator = load_validator("cpu", folder)
    words = validator.embed_words(categories)

    def model(bitmaps: Tensor) -> Tensor:
        return (_sharpness * validator.embed_pictures(1 - bitmaps.expand(-1, 3, -1, -1)) @ words.T).softmax(1)

    return Judge("the validator", model, categories, validator.size)


def load_judge(path: Path, classes: Path | None = None) -> Judge:
    """Load a judge: a TorchScript archive, and a JSON list of its classes' names in the order of its outputs.

    classes  the list's file; by default judge_classes.json beside judge.pt, with the archive's own stem

    Raises JudgeError where one of them is missing or is something else, or where they do not fit together.
    """
    classes = classes or path.with_name(f"{path.stem}_classes.json")
    if not path.is_file():
        raise JudgeError(f"There is no judge at {path}; expected a TorchScript archive, as torch.jit.save writes it.")
    names = _read_classes(classes)
    try:
        model = torch.jit.load(str(path), map_location="cpu")  # type: ignore[no-untyped-call]
    except (RuntimeError, ValueError, OSError) as error:
        raise JudgeError(f"{path} is no TorchScript archive, as torch.jit.save writes it: {_last_line(error)}") from error
    return Judge(path.name, model.eval(), names)


def _read_classes(path: Path) -> list[str]:
    expected = "expected a JSON list of the judge's class names, in the order of its outputs"
    try:
        names = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise JudgeError(f"There is no {path}; {expected}. Name another file with --judge-classes.") from error
    except (OSError, ValueError) as error:
        raise JudgeError(f"{path} cannot be read ({error}); {expected}.") from error
    if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
        raise JudgeError(f"{path}: {expected}, got something else.")
    twice = sorted({name for name in names if [other.lower() for other in names].count(name.lower()) > 1})
    if twice:
        raise JudgeError(f"{path} names {', '.join(twice[:_most_named])} twice; each class must have a name of its own, capital letters aside.")
    return names


def _last_line(error: Exception) -> str:
    """TorchScript's errors are pages long; what matters stands last."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1] if lines else type(error).__name__
