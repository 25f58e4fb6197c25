"""How well AI guessers of each strength play: people's sketches drawn in a turn of 80 seconds, letters revealed on the way, think-times and all.

python -m tests.bench.guesser_strengths SKETCHES.npz [--sketches 150]

The seat is the room's own; its clock jumps, so that a turn takes no longer than its looks.
"""

import argparse
import asyncio
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final, get_args

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from ai_artist.guesser import Guesser
from ai_artist.training.packing import Strokes
from ai_artist.training.sketches import load_sketches
from game.drawing.picture import picture_of
from game.protocol.client_messages import AiStrength, Say
from game.protocol.codec import encode_ink, encode_server
from game.protocol.ink import BEGIN, BEGIN_LAYOUT, END, END_LAYOUT, POINTS, POINTS_LAYOUT, encode_frame
from game.protocol.server_messages import SettingsChanged
from game.protocol.turn_messages import Hint, TurnStarted
from game.rooms.guesser_seat import GuesserSeat
from game.rules.commands import Act, Command
from game.rules.guesses import Verdict, judge
from game.rules.hints import blanks, hint_order, hint_times
from game.rules.lobby_settings import LobbySettings
from game.rules.vocabulary import Word
from game.studio.base import Ranking
from tests.skipping import SkippingLoop

_seconds: Final = 80.0
_drawn_by: Final = 45.0
"""Seconds: when a person's last stroke is there."""
_side: Final = 1800
"""Of the drawing, in quarters of a pixel."""


class _Eyes:
    """A studio that only looks, here and now."""

    def __init__(self) -> None:
        self._guesser = Guesser.load(threads=1)

    async def look(self, ink: bytes, words: Sequence[str]) -> Ranking:
        return tuple((guess.word, guess.probability) for guess in self._guesser.guess(picture_of(ink, 400), words)[:16])


@dataclass(frozen=True, slots=True)
class Played:
    """A turn as a guesser played it; `seconds` is None where it did not find the word."""

    seconds: float | None
    said: int


async def play(eyes: _Eyes, strength: AiStrength, word: str, strokes: Strokes, words: Sequence[Word], random: Random) -> Played:
    """Let one guesser play one turn."""
    loop = asyncio.get_running_loop()
    began, said, found = loop.time(), 0, asyncio.Event()

    def post(command: Command) -> None:
        nonlocal said
        if isinstance(command, Act) and isinstance(command.message, Say):
            said += 1
            if judge(command.message.text, word) is Verdict.RIGHT:
                found.set()

    seat = GuesserSeat("guesser-1", eyes, post, lambda: words, random)  # type: ignore[arg-type]
    order, revealed = hint_order(word, 2, random), set[int]()
    seat.put(encode_server(SettingsChanged(LobbySettings(ai_guessers=1, ai_strength=strength).view(0)), 1))
    seat.put(encode_server(TurnStarted(1, 1, "ada", _seconds, blanks(word, set())), 2))
    events = [(_drawn_by * number / len(strokes), encode_ink(_frame(number, stroke), 3)) for number, stroke in enumerate(strokes, 1)]
    hints = list(zip(hint_times(len(order), 0.0, _seconds), order, strict=True))
    for at, what in sorted([*events, *hints], key=lambda event: event[0]):
        await _until(found, began + at)
        if isinstance(what, bytes):
            seat.put(what)
        else:
            revealed.add(what)
            seat.put(encode_server(Hint(blanks(word, revealed)), 4))
    await _until(found, began + _seconds)
    seat.close()
    return Played(loop.time() - began if found.is_set() else None, said)


async def _until(found: asyncio.Event, at: float) -> None:
    loop = asyncio.get_running_loop()
    if not found.is_set() and at > loop.time():
        try:
            async with asyncio.timeout(at - loop.time()):
                await found.wait()
        except TimeoutError:
            pass


def _frame(number: int, stroke: np.ndarray) -> bytes:
    """A stroke in 0..1 in the middle of the canvas, black, with the thin brush."""
    places = np.rint(stroke * _side + (1600 - _side / 2, 1200 - _side / 2)).astype("<u2")
    records = BEGIN_LAYOUT.pack(BEGIN, number, 0, 0, 0, 255, 16, *map(int, places[0]))
    for start in range(1, len(places), 255):
        part = places[start : start + 255]
        records += POINTS_LAYOUT.pack(POINTS, number, len(part)) + part.tobytes()
    return encode_frame(1, records + END_LAYOUT.pack(END, number))


def main() -> None:
    """Print a line for each strength."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sketches", type=Path)
    parser.add_argument("--sketches", dest="count", type=int, default=150)
    given = parser.parse_args()
    corpus = load_sketches(given.sketches, "test")
    words = [Word(category, category) for category in corpus.categories]
    chosen = Random(0).sample(corpus.sketches, min(given.count, len(corpus.sketches)))
    eyes, table = _Eyes(), Table("strength", "found", "median seconds", "words said")
    with asyncio.Runner(loop_factory=SkippingLoop) as runner:
        for strength in get_args(AiStrength):
            played = [
                runner.run(play(eyes, strength, corpus.categories[sketch.category], sketch.strokes, words, Random(number)))
                for number, sketch in enumerate(track(chosen, strength))
            ]
            times = [each.seconds for each in played if each.seconds is not None]
            median = f"{statistics.median(times):.0f}" if times else "-"
            table.add_row(strength, f"{len(times) / len(played):.0%}", median, f"{statistics.mean(each.said for each in played):.1f}")
    Console().print(table)


if __name__ == "__main__":
    main()
