import asyncio

from hypothesis import given
from hypothesis import strategies as st

from game.bus.base import Payload
from game.gateway.outgoing import Outgoing
from game.protocol.close_codes import TOO_SLOW
from game.protocol.frames import content_of
from tests.skipping import in_no_time


class Line:
    def __init__(self) -> None:
        self.written: list[int] = []
        self.code: int | None = None
        self.waiting = 100_000

    def write(self, frame: bytes) -> None:
        assert self.code is None
        self.written.append(int(str(content_of(frame)).split()[1]))

    def end(self, code: int) -> None:
        assert self.code is None
        self.code = code


def number(version: int) -> Payload:
    return Payload.of(f"event {version}", version)


@given(st.lists(st.sampled_from(["event", "event", "pause", "resume"]), max_size=60))
def test_whatever_the_line_does_each_event_goes_out_once_and_in_order(deeds):
    async def play():
        line, version = Line(), 0

        def catch_up(outgoing: Outgoing, seen: int) -> None:
            for missed in range(seen + 1, version + 1):
                outgoing.put(number(missed))

        outgoing = Outgoing(line, catch_up)
        paused = False
        for deed in deeds:
            if deed == "event":
                version += 1
                before = len(line.written)
                outgoing.put(number(version))
                assert len(line.written) == before + (not paused)
            elif deed == "pause":
                paused = True
                outgoing.pause()
            elif paused:
                paused = False
                outgoing.resume()
            if not paused:
                assert line.written == list(range(1, version + 1))
        outgoing.stop()

    asyncio.run(play())


async def test_who_falls_behind_again_while_catching_up_goes_on_from_there():
    line = Line()

    def catch_up(outgoing: Outgoing, seen: int) -> None:
        for missed in range(seen + 1, 11):
            outgoing.put(number(missed))
            if missed % 3 == 0:
                outgoing.pause()  # the line is full again

    outgoing = Outgoing(line, catch_up)
    outgoing.put(number(1))
    outgoing.pause()
    for missed in range(2, 11):
        outgoing.put(number(missed))
    for _ in range(4):
        outgoing.resume()
    assert line.written == list(range(1, 11))


async def test_of_events_that_became_one_none_is_lost_when_it_is_left_out():
    line, seen_at = Line(), []
    outgoing = Outgoing(line, lambda outgoing, seen: seen_at.append(seen))
    outgoing.put(number(3))
    outgoing.pause()
    outgoing.put(Payload.of("event 9", 9, first=4))
    outgoing.put(number(10))
    outgoing.resume()
    assert seen_at == [3]


@in_no_time
async def test_a_line_that_takes_nothing_for_long_is_closed_and_one_that_takes_a_little_is_not():
    line, slow = Line(), Line()
    hopeless, lagging = Outgoing(line, lambda outgoing, seen: None), Outgoing(slow, lambda outgoing, seen: None)
    hopeless.pause()
    for _ in range(10):
        lagging.pause()
        await asyncio.sleep(15)
        lagging.resume()
    assert line.code == TOO_SLOW
    assert slow.code is None
    hopeless.put(number(1))
    hopeless.finish(1000)
    assert (line.written, line.code) == ([], TOO_SLOW)


@in_no_time
async def test_a_line_that_takes_what_waits_slowly_is_waited_for():
    line = Line()
    outgoing = Outgoing(line, lambda outgoing, seen: None)
    outgoing.pause()
    for _ in range(9):
        await asyncio.sleep(19)
        line.waiting -= 10_000
    assert line.code is None
    await asyncio.sleep(41)
    assert line.code == TOO_SLOW


async def test_an_answer_to_one_alone_does_not_count_as_the_last_event():
    line, seen_at = Line(), []
    outgoing = Outgoing(line, lambda outgoing, seen: seen_at.append(seen))
    outgoing.put(number(7))
    outgoing.pause()
    outgoing.put(Payload.of("an error"))
    outgoing.resume()
    assert seen_at == []  # nothing of the room's was left out
    outgoing.pause()
    outgoing.put(Payload.of("an error"))
    outgoing.put(number(8))
    outgoing.put(number(9))
    outgoing.resume()
    assert seen_at == [7]
