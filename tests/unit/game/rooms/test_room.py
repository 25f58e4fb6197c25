"""A room as an actor: what its players' connections get."""

import asyncio
import json
import struct

import pytest

from game.bus.base import Payload
from game.bus.local import LocalBus
from game.protocol.client_messages import ChangeSettings, ChooseWord, Kick, LeaveRoom, Say, StartGame
from game.protocol.close_codes import KICKED, NOT_LET_IN
from game.protocol.frames import frame_of
from game.protocol.ink import decode_frame, encode_curve, encode_frame
from game.rooms.door import Admission
from game.rooms.room import Room
from game.rules.commands import Act, Disconnect, Ink, Join
from game.rules.effects import GameBegan
from game.rules.game import Game
from game.rules.lobby_settings import LobbySettings
from game.rules.vocabulary import Vocabulary, Word

WORDS = Vocabulary({"en": [Word(text, text) for text in ("house", "umbrella", "castle", "boat")]})
CURVE = encode_curve(1, (0, 0, 0, 255), 8, 0, [(100, 100), (200, 100), (200, 200), (100, 200)])


class Ear:
    """A connection: keeps what it is sent and how it ends."""

    def __init__(self) -> None:
        self.heard: list[str | bytes] = []
        self.code: int | None = None

    def put(self, payload: Payload) -> None:
        assert payload.frame == frame_of(payload.content)
        self.heard.append(payload.content)

    def finish(self, code: int) -> None:
        self.code = code

    @property
    def messages(self) -> list[dict]:
        return [json.loads(payload) for payload in self.heard if isinstance(payload, str)]

    @property
    def types(self) -> list[str]:
        return [message["type"] for message in self.messages]

    @property
    def versions(self) -> list[int]:
        """Of the events, in the order in which they came."""
        return [
            struct.unpack_from("<I", each)[0] if isinstance(each, bytes) else json.loads(each)["version"]
            for each in self.heard
            if not self._is_error(each)
        ]

    @staticmethod
    def _is_error(payload: str | bytes) -> bool:
        return isinstance(payload, str) and json.loads(payload)["type"] == "error"


class Hall:
    """A room that runs, with nobody to draw in it."""

    def __init__(self) -> None:
        self.kept: list[object] = []
        self.bus = LocalBus()
        game = Game("room", "http://localhost/r/room", WORDS, 1, LobbySettings(human_turns_per_artist_turn=0))
        self.room = Room("room", game, self.bus, studio=None, keep=self.kept.append)

    async def admit(self, player: str, epoch: str = "", seen: int = 0) -> Ear:
        ear = Ear()
        self.room.admit(Admission(Join(player, player.capitalize()), ear, epoch, seen))
        await self.settle()
        return ear

    async def act(self, player: str, message: object) -> None:
        self.room.post(Act(player, message))
        await self.settle()

    async def settle(self) -> None:
        for _ in range(5):
            await asyncio.sleep(0)


@pytest.fixture
async def hall():
    hall = Hall()
    yield hall
    hall.room.close()


async def test_versions_count_up_without_gaps(hall):
    ada, ben = await hall.admit("ada"), await hall.admit("ben")
    await hall.act("ada", ChangeSettings(hints=1))
    await hall.act("ben", ChangeSettings(hints=2))
    await hall.act("ada", StartGame())
    await hall.act("ada", ChooseWord(0))
    hall.room.post(Ink("ada", decode_frame(encode_frame(1, CURVE))))
    await hall.act("ben", Say("a guess"))
    assert ada.versions == sorted(set(ada.versions))
    assert ben.versions == sorted(set(ben.versions))
    # The first events, of the first player's coming, are for the AI artist alone.
    heard = sorted({*ada.versions, *ben.versions})
    assert heard == list(range(ada.versions[0], hall.room._log.version + 1))
    assert "error" in ben.types
    assert any(isinstance(kept, GameBegan) for kept in hall.kept)


async def test_who_comes_back_gets_what_was_missed_once_and_in_order(hall):
    ada, ben = await hall.admit("ada"), await hall.admit("ben")
    epoch, seen = ben.messages[-1]["epoch"], ben.versions[-1]
    hall.bus.unsubscribe("room", "ben", ben)
    hall.room.post(Disconnect("ben"))
    await hall.act("ada", Say("one"))
    # The line and the return are handled in the order in which they were posted, whatever comes between.
    hall.room.post(Act("ada", Say("two")))
    again = Ear()
    hall.room.admit(Admission(Join("ben", "Ben"), again, epoch, seen))
    hall.room.post(Act("ada", Say("three")))
    await hall.settle()
    assert [message.get("text") for message in again.messages if message["type"] == "chat"] == ["one", "two", "three"]
    assert again.versions == sorted(set(again.versions))
    assert min(again.versions) == seen + 1
    assert "resumed" in again.types
    assert "welcome" not in again.types
    assert ada.code is None


@pytest.mark.parametrize(("epoch", "seen"), [("another", 3), (None, 99_999), (None, -1)])
async def test_who_cannot_be_told_what_was_missed_gets_everything(hall, epoch, seen):
    await hall.admit("ada")
    ben = await hall.admit("ben")
    again = await hall.admit("ben", epoch or ben.messages[-1]["epoch"], seen)
    assert again.types == ["welcome"]


async def test_a_newcomer_with_the_right_epoch_is_no_returner(hall):
    ada = await hall.admit("ada")
    stranger = await hall.admit("eve", ada.messages[-1]["epoch"], 1)
    assert stranger.types == ["welcome"]


async def test_who_is_refused_or_sent_away_hears_why_before_the_end(hall):
    await hall.admit("ada")
    await hall.act("ada", ChangeSettings(max_players=1))
    ben = await hall.admit("ben")
    assert (ben.types, ben.code) == (["error"], NOT_LET_IN)
    await hall.act("ada", ChangeSettings(max_players=2))
    ben = await hall.admit("ben")
    await hall.act("ada", Kick("ben"))
    assert ben.code == KICKED


async def test_a_bug_costs_its_command_alone(hall, caplog):
    ada = await hall.admit("ada")
    hall.room.post(Act("ada", object()))
    hall.room.post(None)
    await hall.act("ada", Say("still here"))
    assert ada.types[-1] == "chat"
    await hall.act("ada", LeaveRoom())


async def test_a_game_that_cannot_be_saved_goes_on(hall, monkeypatch):
    ada = await hall.admit("ada")
    monkeypatch.setattr(Game, "freeze", lambda _: 1 / 0)
    await hall.act("ada", ChangeSettings(hints=1))
    assert ada.types[-1] == "settings_changed"
