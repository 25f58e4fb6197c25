"""People's own sketches, named by a perceptor or by a judge: what the artist's drawings are measured against."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import torch

from ai_artist.errors import ArtistError
from ai_artist.evaluation.accuracy import Accuracy, macro_accuracy, ranks
from ai_artist.evaluation.bitmaps import Marks
from ai_artist.training import shaky_hand
from ai_artist.training.sketches import SketchCorpus, Split, load_sketches

if TYPE_CHECKING:
    from ai_artist.evaluation.judge import Judge
    from ai_artist.perception import Perceptor

STROKE_COUNTS: Final = (1, 2, 3, 4, 6, 8, 12, 16)
_batch: Final = 64


class SketchesError(ArtistError):
    """An archive of sketches that cannot be read, or has none of the kind that was asked for."""


def read_sketches(path: Path, split: Split) -> SketchCorpus:
    """One split of an archive, see load_sketches. Raises SketchesError."""
    try:
        corpus = load_sketches(path, split)
    except FileNotFoundError as error:
        raise SketchesError(f"There is no sketch archive at {path}; see ai_artist/doodle_clip/README.md for what it holds.") from error
    except (OSError, ValueError, TypeError, AttributeError, IndexError, zipfile.BadZipFile) as error:
        raise SketchesError(f"{path} is no sketch archive, an .npz as ai_artist/training/sketches.py describes it: {error}") from error
    if not corpus.sketches:
        raise SketchesError(f"{path} has no sketches in its {split} split; choose another with --split.")
    return corpus


@torch.no_grad()
def perceptor_accuracy(
    perceptor: "Perceptor", corpus: SketchCorpus, on_progress: Callable[[int], None] = lambda done: None, *, mirrored: bool = True
) -> Accuracy:
    """How often the perceptor names people's sketches by their category, of all the archive's; macro average over categories.

    Nothing is learned from them: each is drawn black on white and compared with the categories' names as prompts.

    on_progress  told how many are done
    mirrored     whether it looks twice, at the sketch and at its mirror image, and takes the mean: no category has a left and a right
    """
    words = perceptor.embed_words(corpus.categories)
    scores = []
    for start in range(0, len(corpus.sketches), _batch):
        batch = corpus.sketches[start : start + _batch]
        pictures = shaky_hand.shown([sketch.strokes for sketch in batch], perceptor.size)
        seen = perceptor.embed_pictures(pictures)
        if mirrored:
            seen = seen + perceptor.embed_pictures(pictures.flip(-1))
        scores.append((seen @ words.T).cpu())
        on_progress(start + len(batch))
    right = torch.tensor([sketch.category for sketch in corpus.sketches])
    return macro_accuracy(ranks(torch.cat(scores), right), right)


@dataclass(frozen=True, slots=True)
class People:
    """What a judge makes of people's sketches."""

    whole: Accuracy
    by_strokes: tuple[tuple[int, Accuracy], ...]
    """When only the first so many strokes are shown; a sketch with fewer is shown whole."""


def people_by_strokes(judge: "Judge", corpus: SketchCorpus, on_progress: Callable[[int], None] = lambda done: None) -> People | None:
    """How often the judge names people's sketches, whole and unfinished; None where it knows none of them.

    on_progress  told how many sketches have been looked at, each as often as there are `STROKE_COUNTS` and once whole
    """
    whole = judge_accuracy(judge, corpus, on_progress)
    if not whole.n:
        return None
    parts = []
    for number, count in enumerate(STROKE_COUNTS, 1):
        begun = SketchCorpus(corpus.categories, tuple(replace(sketch, strokes=sketch.strokes[:count]) for sketch in corpus.sketches))
        parts.append((count, judge_accuracy(judge, begun, lambda done, number=number: on_progress(number * whole.n + done))))  # type: ignore[misc]
    return People(whole, tuple(parts))


def judge_accuracy(judge: "Judge", corpus: SketchCorpus, on_progress: Callable[[int], None] = lambda done: None) -> Accuracy:
    """How often the judge names people's sketches: the ceiling for the artist's. Macro average over categories.

    Sketches of categories that the judge has no class for are left out, as they are in no list of words for it; `n` of the result
    is how many are left, perhaps none. `on_progress` is told how many of those are done.
    """
    known = [sketch for sketch in corpus.sketches if judge.knows(corpus.categories[sketch.category])]
    places = judge.places_of([corpus.categories[sketch.category] for sketch in known])
    categories = torch.tensor([sketch.category for sketch in known])
    bitmaps = [judge.bitmap(Marks(sketch.strokes)) for sketch in known]
    return macro_accuracy(ranks(judge.probabilities(bitmaps, on_progress), places), categories)
