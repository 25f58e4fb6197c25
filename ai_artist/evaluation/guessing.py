"""How well the guesser plays: people's sketches shown stroke by stroke, with the blanks of the word and the letters revealed so far."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

import numpy as np
from PIL import Image

from ai_artist.guesser import Guesser
from ai_artist.training import shaky_hand
from ai_artist.training.packing import Strokes
from ai_artist.training.sketches import SketchCorpus

HINTS: Final = 2
"""Letters that are revealed, evenly over the strokes."""
MOST_GUESSES: Final = 5
"""Of one drawing; a person who says more than that is not guessing."""
_sure_enough: Final = 0.5
"""How probable a word must be to be said before the drawing is finished."""
_sheet: Final = (800, 600)
_drawn: Final = 500
_line: Final = 4.0
"""Pixels: the canvas of the game, a drawing on it, its thin brush."""


@dataclass(frozen=True, slots=True)
class Guessing:
    """What came of it."""

    guessed: float
    """The share of sketches whose word was among the guesses."""
    median_stroke_fraction: float
    """Of a sketch's strokes, how many had been shown when its word was said; 1 where none was found."""
    guesses: float
    """How many words were said for a sketch, on the average."""
    look_ms: float
    """Milliseconds of a look at the canvas, at the median."""
    n: int


def guessing(guesser: Guesser, corpus: SketchCorpus, on_progress: Callable[[int], None] = lambda done: None) -> Guessing:
    """Let the guesser guess every sketch. `on_progress` is told how many are done. The same corpus gives the same, but for the times."""
    found: list[float] = []
    said: list[int] = []
    looks: list[float] = []
    for number, sketch in enumerate(corpus.sketches):
        word = corpus.categories[sketch.category]
        fraction, guesses = _guess_one(guesser, word, sketch.strokes, corpus.categories, Random(number), looks)
        if fraction is not None:
            found.append(fraction)
        said.append(guesses)
        on_progress(number + 1)
    count = len(corpus.sketches)
    return Guessing(len(found) / count, statistics.median(found) if found else 1.0, statistics.mean(said), statistics.median(looks), count)


def _guess_one(guesser: Guesser, word: str, strokes: Strokes, words: Sequence[str], random: Random, looks: list[float]) -> tuple[float | None, int]:
    """At which fraction of the strokes the word was said, None if it was not; and how many words were."""
    said: set[str] = set()
    for shown, pattern in enumerate(_patterns(word, len(strokes), random), start=1):
        picture = canvas_of(strokes[:shown])
        began = time.perf_counter()
        guesses = guesser.guess(picture, [each for each in words if fits(each, pattern)])
        looks.append(1000 * (time.perf_counter() - began))
        is_finished = shown == len(strokes)
        for guess in guesses:
            if len(said) == MOST_GUESSES or (guess.probability < _sure_enough and not is_finished):
                break
            if guess.word in said:
                continue
            said.add(guess.word)
            if guess.word == word:
                return shown / len(strokes), len(said)
    return None, len(said)


def _patterns(word: str, strokes: int, random: Random) -> Iterator[str]:
    """What is shown of the word as each stroke comes: as game/rules/hints.py has it, but by strokes. The artist knows nothing of the game."""
    letters = [index for index, character in enumerate(word) if character.isalnum()]
    order = random.sample(letters, min(HINTS, len(letters) // 2))
    for shown in range(1, strokes + 1):
        revealed = set(order[: (HINTS + 1) * shown // (strokes + 1)])
        yield "".join("_" if character.isalnum() and index not in revealed else character for index, character in enumerate(word))


def fits(word: str, pattern: str) -> bool:
    """Whether a word can be what the pattern hides: `_` is any letter or digit, everything else itself."""
    return len(word) == len(pattern) and all(
        character.isalnum() if shown == "_" else character == shown for character, shown in zip(word, pattern, strict=True)
    )


def canvas_of(strokes: Strokes) -> Image.Image:
    """Strokes in 0..1 as they would stand on the game's canvas, black with the thin brush."""
    side = _sheet[1]
    placed = [np.asarray((stroke - 0.5) * (_drawn / side) + 0.5, dtype=np.float32) for stroke in strokes]
    sheet = Image.new("RGB", _sheet, "white")
    ink = Image.fromarray(shaky_hand.render(placed, side, _line))
    sheet.paste("black", ((_sheet[0] - side) // 2, 0), ink)
    return sheet
