from contextlib import aclosing

import pytest

from game.rules.effects import Commission
from game.studio.base import DrawingFinished, DrawingJob, DrawingStarted, Mark, StrokeDrawn, StudioError
from game.studio.measuring import MeasuredStudio

JOB = DrawingJob(Commission("a house", 5.0, 1))
STROKE = StrokeDrawn((Mark(((0, 0), (0, 1), (1, 1), (1, 0)), 0.01, (0, 0, 0, 1)),))


class Artist:
    """Draws what it was told to, and fails at an error."""

    def __init__(self, *events):
        self.events = events

    async def draw(self, job):
        for event in self.events:
            if isinstance(event, StudioError):
                raise event
            yield event


def seen(studio):
    similar = {sample.name: sample.value for metric in studio.similarity.collect() for sample in metric.samples if not sample.labels}
    return (
        studio.waiting,
        studio.in_hand,
        {name: count for name, count in studio.outcomes.items() if count},
        similar["guesstroke_drawing_similarity_count"],
    )


@pytest.mark.parametrize(
    ("events", "outcome", "similarities"),
    [
        ((DrawingStarted(), STROKE, DrawingFinished(0.7)), "whole", 1),
        ((DrawingStarted(), STROKE, DrawingFinished(0.0, is_whole=False)), "cut_short", 0),
        ((StudioError("nobody is there"),), "failed", 0),
        ((DrawingStarted(), StudioError("it died")), "failed", 0),
    ],
)
async def test_each_drawing_is_counted_by_what_came_of_it(events, outcome, similarities):
    studio = MeasuredStudio(Artist(*events))
    told = []
    try:
        async for event in studio.draw(JOB):
            told.append(event)
    except StudioError:
        assert outcome == "failed"
    assert told == [event for event in events if not isinstance(event, StudioError)]
    assert seen(studio) == (0, 0, {outcome: 1}, similarities)


async def test_a_drawing_waits_until_it_is_begun_and_is_in_hand_until_it_ends_or_nobody_wants_it():
    studio = MeasuredStudio(Artist(STROKE, DrawingStarted(), STROKE))
    async with aclosing(studio.draw(JOB)) as events:
        await anext(events)
        assert seen(studio)[:2] == (1, 0)
        await anext(events)
        assert seen(studio)[:2] == (0, 1)
    assert seen(studio) == (0, 0, {"cancelled": 1}, 0)
