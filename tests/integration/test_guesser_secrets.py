"""An AI guesser is told what a person in its place is told, and not a byte more."""

import asyncio
import json
from collections.abc import Iterable
from contextlib import asynccontextmanager

import pytest

from game.bus.base import Payload
from game.bus.local import LocalBus
from game.protocol.client_messages import ChangeSettings, ChooseWord, Pause, Rate, Say, SetWords, StartGame
from game.protocol.ink import decode_frame, encode_curve, encode_frame
from game.rooms import room as rooms
from game.rooms.door import Admission
from game.rooms.guesser_seat import GuesserSeat
from game.rooms.room import Room
from game.rules.commands import Act, Ink, Join
from game.rules.game import Game
from game.rules.lobby_settings import LobbySettings
from game.rules.vocabulary import Vocabulary, Word
from game.studio.base import DrawingFinished, DrawingStarted, Mark, StrokeDrawn
from tests.integration.leaks import leaks
from tests.skipping import in_no_time

SEAT = "guesser-1"
Content = str | bytes
NONCE = ("qzorblaxine", "qzorblaxino", "wumpfishery", "wumpfisheri", "kreevoltage", "kreevoltago", "smulgatrops", "smulgatropy")
"""Of one length, each but a letter away from another."""
VOCABULARY = Vocabulary({"en": [Word(text, f"a {text}") for text in NONCE]})
ALONE = {"welcome", "secret_word", "close_guess", "error"}
"""What is said to one alone."""


class Bus(LocalBus):
    """Remembers what was published, and to whom."""

    def __init__(self) -> None:
        super().__init__()
        self.published: list[tuple[frozenset[str] | None, Content]] = []

    def publish(self, room: str, audience: frozenset[str] | None, payload: Payload) -> None:
        self.published.append((audience, payload.content))
        super().publish(room, audience, payload)


class Ear:
    """A person's socket."""

    def __init__(self) -> None:
        self.heard: list[Content] = []

    def put(self, payload: Payload) -> None:
        self.heard.append(payload.content)

    def finish(self, code: int) -> None: ...


class Studio:
    """Draws three strokes, and takes every drawing for `seen`, the likeliest first."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.looks: list[tuple[bytes, tuple[str, ...]]] = []

    async def draw(self, job):
        yield DrawingStarted(0.5)
        for number in range(3):
            await asyncio.sleep(0 if job.ahead else 2)
            at = (0.2 * number, 0.5)
            yield StrokeDrawn((Mark((at, at, at, at), 0.02, (0.0, 0.0, 0.0, 1.0)),), 0.1 * number)
        yield DrawingFinished(0.3)

    async def look(self, ink, words):
        self.looks.append((ink, tuple(words)))
        ranked = [f"a {text}" for text in self.seen]
        return tuple((concept, 10.0**-place) for place, concept in enumerate(ranked) if concept in words)

    def hurry(self, job): ...


class Hall:
    """A room with an AI guesser, and all that it and the people in it were sent."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, **settings: object) -> None:
        self.bus, self.studio = Bus(), Studio()
        self.seat_heard: list[Content] = []
        self.words: list[tuple[Word, ...]] = []
        self.ears: dict[str, Ear] = {}
        monkeypatch.setattr(rooms, "GuesserSeat", self._seat)
        monkeypatch.setattr(rooms.secrets, "randbits", lambda bits: 7)
        usual = {"human_turns_per_artist_turn": 0, "rounds": 1, "draw_seconds": 60, "choices": 5}
        game = Game("room", "http://localhost/r/room", VOCABULARY, 3, LobbySettings(**usual | settings))
        self.room = Room("room", game, self.bus, self.studio, keep=lambda kept: None)
        self.posted: list[object] = []
        self.room.post = self._post

    def _post(self, command: object) -> None:
        self.posted.append(command)
        Room.post(self.room, command)

    def _seat(self, player_id, studio, post, words, random):
        """The seat, with an eye on all that goes into it."""

        def known():
            self.words.append(tuple(words()))
            return words()

        seat = GuesserSeat(player_id, studio, post, known, random)
        put = seat.put

        def heard(payload: Payload) -> None:
            self.seat_heard.append(payload.content)
            put(payload)

        seat.put = heard
        return seat

    @asynccontextmanager
    async def open(self, *people: str):
        for person in people:
            self.ears[person] = Ear()
            self.room.admit(Admission(Join(person, person.capitalize()), self.ears[person], "", 0))
        await self.act(people[0], ChangeSettings(ai_guessers=1, ai_strength="sharp"))
        try:
            yield
        finally:
            self.room.close()

    async def act(self, player: str, message: object) -> None:
        self.room.post(Act(player, message))
        await asyncio.sleep(0.1)

    async def draw(self, player: str, number: int = 1) -> None:
        points = [(10 * number, 100), (200, 100), (200, 200), (100, 200)]
        frame = encode_frame(self.room.game.state.turn_number, encode_curve(number, (0, 0, 0, 255), 8, 0, points))
        self.room.post(Ink(player, decode_frame(frame)))
        await asyncio.sleep(0.1)

    async def choose(self, drawer: str) -> str:
        """Let the drawer choose a word; return it."""
        while self.room.game.phase != "choosing" or self.room.game.state.turn.drawer_id != drawer:
            await asyncio.sleep(0.5)
        await self.act(drawer, ChooseWord(0))
        return self.room.game.state.turn.text

    async def until_said(self, kind: str) -> None:
        """Until the seat has been sent a message of this kind since now."""
        since = len(self.seat_heard)
        async with asyncio.timeout(120):
            while not any(kind_of(payload) == kind for payload in self.seat_heard[since:]):
                await asyncio.sleep(0.5)


def kind_of(payload: Content) -> str:
    return "ink" if isinstance(payload, bytes) else json.loads(payload)["type"]


def as_bytes(payloads: Iterable[Content]) -> list[bytes]:
    return [payload if isinstance(payload, bytes) else payload.encode() for payload in payloads]


def neighbour(word: str) -> str:
    """The one a letter away."""
    return next(other for other in NONCE if other != word and other[:-1] == word[:-1])


async def whole_game(hall: Hall) -> None:
    """The artist draws, then each of three people; there are hints, close guesses, whispers, a pause."""
    await hall.act("ada", StartGame())
    await hall.act("ben", Say("a whale"))
    await hall.until_said("turn_ended")

    # Ben finds Ada's word first, then the AI guesser; Cleo never.
    word = await hall.choose("ada")
    hall.studio.seen = [other for other in NONCE if other not in (word, neighbour(word))]
    await hall.draw("ada")
    await hall.act("ada", Say(f"come on, it is a {word}"))
    await hall.until_said("chat")  # its own guess, a wrong one
    await hall.act("ben", Say(neighbour(word)))
    await hall.act("ben", Say(word))
    await hall.act("ben", Say(f"yes, {word}"))
    await hall.act("cleo", Rate(1))
    await hall.until_said("hint")
    hall.studio.seen = [word]
    await hall.draw("ada", 2)
    await hall.until_said("secret_word")
    await hall.act("ada", Say(f"well done, {word}"))
    await hall.act("cleo", Say("no idea"))
    await hall.until_said("turn_ended")

    # Ben's: it is close once, there is a pause, and time is up for all.
    word = await hall.choose("ben")
    hall.studio.seen = [neighbour(word)]
    await hall.draw("ben")
    await hall.until_said("close_guess")
    await hall.act("ada", Pause(True))
    await asyncio.sleep(30)
    await hall.act("ada", Pause(False))
    hall.studio.seen = []
    await hall.until_said("turn_ended")

    # Cleo's: it is the only one that finds it.
    word = await hall.choose("cleo")
    hall.studio.seen = [word]
    await hall.draw("cleo")
    await hall.until_said("secret_word")
    await hall.until_said("game_ended")


@in_no_time
async def test_a_seat_is_sent_just_what_a_persons_socket_is_sent(monkeypatch):
    hall = Hall(monkeypatch, human_turns_per_artist_turn=3)
    async with hall.open("ada", "ben", "cleo"):
        start = len(hall.bus.published)
        before = len(hall.seat_heard)
        await whole_game(hall)
    published = hall.bus.published[start:]

    # It hears through the bus alone.
    assert hall.seat_heard[before:] == [payload for audience, payload in published if audience is None or SEAT in audience]

    # Who knows as much as it is sent the same, event by event.
    drawer, knowing, compared = "", set(), dict[str, int]()
    for audience, payload in published:
        kind = kind_of(payload)
        message = {} if kind == "ink" else json.loads(payload)
        if kind in ("turn_choosing", "turn_started"):
            drawer = message["drawer_id"]
        if audience is not None and kind in ALONE:
            assert len(audience) == 1
        else:
            for person in {"ada", "ben", "cleo"} - {drawer}:
                if (person in knowing) == (SEAT in knowing):
                    assert (audience is None or SEAT in audience) == (audience is None or person in audience), payload
                    heard = audience is None or SEAT in audience
                    name = f"{kind} unheard" if not heard else "whisper" if message.get("whisper") else kind
                    compared[name] = compared.get(name, 0) + 1
        if kind == "secret_word":
            knowing |= audience
        elif kind == "turn_ended":
            knowing = set()
    heard_of = {"ink", "hint", "chat", "whisper", "guessed", "turn_ended", "turn_started", "turn_choosing", "paused", "goes_on", "rated", "thoughts"}
    assert heard_of | {"game_ended", "artist_status", "choices unheard", "chat unheard"} <= compared.keys(), compared

    # All of a turn in which neither of them found the word, byte for byte.
    assert part(hall.seat_heard, 1) == part(hall.ears["cleo"].heard, 1)
    assert len(part(hall.seat_heard, 1)) > 10
    assert part(hall.seat_heard, 3, {"close_guess"}) == part(hall.ears["cleo"].heard, 3)


def part(heard: list[Content], turn: int, but: Iterable[str] = ()) -> list[Content]:
    """What one was sent in a turn, from its beginning up to its end."""
    numbers = [json.loads(payload).get("turn") if kind_of(payload) in ("turn_choosing", "turn_started", "turn_ended") else None for payload in heard]
    start, end = numbers.index(turn), max(place for place, number in enumerate(numbers) if number == turn)
    return [payload for payload in heard[start : end + 1] if kind_of(payload) not in but]


@in_no_time
async def test_no_word_is_in_what_a_seat_is_sent_before_it_found_it_or_the_turn_ended(monkeypatch):
    hall = Hall(monkeypatch, human_turns_per_artist_turn=3)
    async with hall.open("ada", "ben", "cleo"):
        await whole_game(hall)
    ended = [json.loads(payload) for payload in hall.seat_heard if kind_of(payload) == "turn_ended"]
    assert [message["turn"] for message in ended] == [1, 2, 3, 4]
    for message in ended:
        heard = part(hall.seat_heard, message["turn"])
        told = next(place for place, payload in enumerate(heard) if kind_of(payload) in ("secret_word", "turn_ended"))
        assert leaks(as_bytes(heard[:told]), message["word"]) == []
        assert leaks(as_bytes(heard[told : told + 1]), message["word"])  # the test can fail
    found = [kind_of(payload) for payload in hall.seat_heard].count("secret_word")
    assert found == 2
    assert leaks(as_bytes(part(hall.ears["ada"].heard, 2)), ended[1]["word"])


@pytest.mark.parametrize("custom", [False, True])
def test_what_it_does_is_the_same_whichever_word_is_drawn(custom, monkeypatch):
    """Two games with the same ink and two secrets, neither of which it thinks of: it has nothing by which to tell them apart."""
    games = []

    @in_no_time
    async def play(index: int) -> None:
        hall = Hall(monkeypatch, hints=0)
        async with hall.open("ada", "ben"):
            if custom:
                await hall.act("ada", SetWords("blorbaxinex\nglimfandoos"))
            await hall.act("ada", StartGame())
            offered = [word.text for word in hall.room.game.state.turn.choices]
            await hall.act("ada", ChooseWord(index))
            hall.studio.seen = [text for text in NONCE if text not in offered[:2] and neighbour(text) not in offered[:2]]
            for number in range(1, 8):
                await hall.draw("ada", number)
                await asyncio.sleep(5)
            said = [command for command in hall.posted if getattr(command, "player_id", "") == SEAT]
            games.append((hall.room.game.state.turn.text, hall.words, hall.studio.looks, said))

    play(0)
    play(1)
    (word, *first), (other, *second) = games
    assert word != other
    assert first == second
    words, looks, said = first
    assert {word, other} <= {each.text for each in words[-1]}
    assert len(words[-1]) == len(NONCE) + 2 * custom
    assert len(looks) > 20
    assert sum(isinstance(command, Act) for command in said) >= 2
