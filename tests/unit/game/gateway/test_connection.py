"""What a connection takes and what it refuses, without a network."""

import gc
import json
import weakref

import pytest

from game.gateway.connection import Connection
from game.gateway.ink_pace import InkPace
from game.gateway.rate_limits import RATES, Budgets, Rate, Rates
from game.protocol.client_messages import Say, SetWords
from game.protocol.close_codes import TOO_FAST
from game.protocol.frames import content_of
from game.protocol.limits import CUSTOM_WORDS_LENGTH
from game.rules.commands import Act, Disconnect


class Line:
    """Keeps what is written."""

    waiting = 0

    def __init__(self) -> None:
        self.heard: list[dict] = []
        self.code: int | None = None

    def write(self, frame: bytes) -> None:
        self.heard.append(json.loads(content_of(frame)))

    def end(self, code: int) -> None:
        self.code = code

    @property
    def errors(self) -> list[str]:
        return [message["code"] for message in self.heard]


class Room:
    """Keeps what it is given."""

    code = "room"

    def __init__(self) -> None:
        self.posted: list[object] = []

    def post(self, command: object) -> None:
        self.posted.append(command)

    def depart(self, sink: object, last: object) -> None:
        self.posted.append(last)


class Table:
    """A connection of Ada's, with a line and a room that take notes."""

    def __init__(self, **rates: Rates) -> None:
        self.room, self.line, self.gone = Room(), Line(), []
        budgets = Budgets(dict(RATES) | rates).of_connection("ada", "10.0.0.1")
        self.connection = Connection(self.room, InkPace(at_once=60), "ada", budgets, self.line, self.gone.append)

    def send(self, kind: str, **fields: object) -> None:
        self.connection.take_text(json.dumps({"type": kind, **fields}))


async def test_what_is_too_fast_is_answered_and_not_taken():
    table = Table(chat=Rates(Rate(0, 2)))
    for number in range(3):
        table.send("say", text=f"line {number}")
    table.send("ready", ready=True)  # another budget
    assert [command.message for command in table.room.posted[:2]] == [Say("line 0"), Say("line 1")]
    assert len(table.room.posted) == 3
    assert table.line.errors == ["too_fast"]
    assert table.line.code is None


async def test_of_a_connection_that_is_gone_nothing_is_left_to_the_collector():
    gc.disable()
    try:
        table = Table()
        table.connection.outgoing.pause()
        table.connection.gone()
        table.gone.clear()
        left = weakref.ref(table.connection)
        del table
        assert left() is None
    finally:
        gc.enable()


async def test_who_goes_on_is_cut_off_and_gone():
    table = Table(chat=Rates(Rate(0, 1)))
    for number in range(100):
        table.send("say", text=f"line {number}")
    assert table.line.code == TOO_FAST == 1008
    assert 50 < len(table.line.errors) < 100  # and after the end nothing is said any more
    assert [command.message for command in table.room.posted[:-1]] == [Say("line 0")]
    assert table.room.posted[-1] == Disconnect("ada")
    assert table.gone == [table.connection]


@pytest.mark.parametrize("more", [True, False])
async def test_words_in_parts_are_one_command(more):
    table = Table()
    if more:
        table.send("set_words", text="castle, bo", more=True)
        table.send("say", text="wait for it")
    table.send("set_words", text="at, house")
    assert table.room.posted[-1] == Act("ada", SetWords("castle, boat, house" if more else "at, house"))
    assert len(table.room.posted) == 1 + more
    assert table.line.heard == []


async def test_too_many_words_are_refused_as_a_whole():
    table = Table()
    for _ in range(5):
        table.send("set_words", text="x" * (CUSTOM_WORDS_LENGTH // 4), more=True)
    table.send("set_words", text="the end of them")
    assert table.line.errors == ["bad_word"]
    assert table.room.posted == []


async def test_words_of_which_a_part_came_too_fast_are_not_taken_in_part():
    table = Table(control=Rates(Rate(0, 2)))
    for text in ("castle, ", "boat, ", "house, "):
        table.send("set_words", text=text, more=True)
    table.connection._budgets = Budgets().of_connection("ada", "10.0.0.1")  # time goes by
    table.send("set_words", text="tree")
    assert table.line.errors == ["too_fast"]
    assert table.room.posted == []
    table.send("set_words", text="tree")
    assert table.room.posted == [Act("ada", SetWords("tree"))]
