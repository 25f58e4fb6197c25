"""Which moments of a turn an animation shows: evenly sped up, with its long pauses made short."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from game.drawing.replay import Replay

_longest_pause: Final = 400
"""Milliseconds; whoever looks on should not wait while somebody thought."""


def moments_of(replay: Replay, frames_per_second: float, most_seconds: float) -> list[float]:
    """The moments to show one after another, as milliseconds from the turn's start; the last is when the drawing was whole.

    A pause counts as 0.4 s at most. If what is left is longer than `most_seconds`, it is shown so much faster.
    """
    knots, shown = [0.0], [0.0]
    for begins, ends in _busy(replay):
        shown.append(shown[-1] + min(_longest_pause, begins - knots[-1]))
        shown.append(shown[-1] + ends - begins)
        knots += [begins, ends]
    count = 1 + round(min(shown[-1] / 1000, most_seconds) * frames_per_second)
    # Backwards, for of a single moment the last is meant.
    places = np.linspace(shown[-1], 0, count)[::-1]
    return [float(moment) for moment in np.interp(places, shown, knots)]


def _busy(replay: Replay) -> Iterator[tuple[float, float]]:
    """The stretches of time in which something grew or came, ascending, with pauses between them."""
    grown = [(growth.begins, growth.ends) for step in replay.steps for growth in step.growths]
    # Between a stroke's growths the pen rested on the paper.
    came = [(step.begins, step.begins if step.growths else step.ends) for step in replay.steps]
    stretches = sorted(grown + came)
    if not stretches:
        return
    begins, ends = stretches[0]
    for after_begins, after_ends in stretches[1:]:
        if after_begins > ends:
            yield begins, ends
            begins = after_begins
        ends = max(ends, after_ends)
    yield begins, ends
