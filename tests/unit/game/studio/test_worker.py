"""In what order a worker does what it is asked for, with an artist that only says what it was asked."""

from game.studio.wire import (
    CancelOrder,
    DrawOrder,
    LookOrder,
    WorkerDone,
    WorkerFailed,
    WorkerLooked,
    WorkerStarted,
    encode_line,
    order_decoder,
    report_decoder,
)
from game.studio.worker import Desk

NEW = ("dodo",)
"""Words that have to be learned first."""


class Artist:
    """Draws in one step; sees a whale in everything but in junk."""

    def __init__(self):
        self.steps = []

    def step(self, jobs):
        self.steps.append(jobs)

    def draw(self, order):
        yield WorkerStarted(order.job, None)
        yield None
        yield WorkerDone(order.job, 0.5)

    def look(self, order):
        if order.words == NEW:
            yield None
        if order.ink == b"junk":
            raise ValueError("no ink")
        yield WorkerLooked(order.job, (("whale", 1.0),))

    def hurry(self, job): ...


def drawing(job: int, *, ahead: bool = False) -> DrawOrder:
    return DrawOrder(job, "house", 10.0, 1, "settled", "easy", "ink", True, ahead, ())


def look(job: int, ink: bytes = b"ink") -> LookOrder:
    return LookOrder(job, ink, ("whale",))


def at_desk(*orders, artist=None) -> Desk:
    desk = Desk(artist or Artist())
    for order in orders:
        desk.obey(order)
    return desk


def test_a_look_and_a_step_of_a_drawing_take_turns():
    desk = at_desk(drawing(1), look(2), drawing(3, ahead=True), look(4))
    assert [report.job for report in desk.work()] == [2, 1]
    assert [report.job for report in desk.work()] == [4]  # and a step of which there is nothing to tell
    assert [type(report) for report in desk.work()] == [WorkerDone]


def test_what_is_wanted_now_takes_its_steps_together_and_what_is_drawn_ahead_waits():
    artist = Artist()
    desk = at_desk(drawing(1), drawing(2, ahead=True), LookOrder(3, b"ink", NEW), drawing(4), artist=artist)
    assert [report.job for report in desk.work()] == [1, 4]
    assert list(desk.work()) == [WorkerLooked(3, (("whale", 1.0),))]
    assert [report.job for report in desk.work()] == [1, 4]
    assert artist.steps == [[], [1, 4], []]


def test_words_are_learned_while_drawings_go_on():
    desk = at_desk(drawing(1), LookOrder(2, b"ink", NEW))
    assert [report.job for report in desk.work()] == [1]
    assert [report.job for report in desk.work()] == [2]


def test_a_desk_with_a_look_alone_is_not_empty():
    desk = at_desk(look(1))
    assert not desk.is_empty
    assert list(desk.work()) == [WorkerLooked(1, (("whale", 1.0),))]
    assert desk.is_empty


def test_what_cannot_be_looked_at_costs_that_look_alone():
    desk = at_desk(look(1, b"junk"), look(2))
    assert list(desk.work()) == [WorkerFailed(1, "ValueError: no ink", "seed")]
    assert list(desk.work()) == [WorkerLooked(2, (("whale", 1.0),))]


def test_a_look_that_nobody_waits_for_is_not_taken():
    desk = at_desk(look(1), look(2), CancelOrder(1), CancelOrder(7))
    assert [report.job for report in desk.work()] == [2]


def test_orders_and_reports_of_looks_go_over_the_wire_as_they_are():
    order = LookOrder(3, bytes(range(256)), ("palm tree", "café"))
    assert order_decoder.decode(encode_line(order)) == order
    report = WorkerLooked(3, (("café", 0.75), ("palm tree", 0.25)))
    assert report_decoder.decode(encode_line(report)) == report
