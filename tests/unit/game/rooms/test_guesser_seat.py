"""An AI guesser's seat, told what a test tells it, with a studio that sees what a test wants it to see."""

import asyncio
from random import Random

from game.bus.base import Payload
from game.protocol.client_messages import Say
from game.protocol.codec import encode_ink, encode_server
from game.protocol.ink import decode_frame, encode_clear, encode_curve, encode_frame
from game.protocol.limits import MAX_INK_PER_TURN
from game.protocol.server_messages import Chat, GoesOn, Paused, ServerMessage, SettingsChanged, Welcome
from game.protocol.turn_messages import CloseGuess, GameEnded, Guessed, Hint, SecretWord, TurnChoosing, TurnEnded, TurnStarted
from game.protocol.views import OfferView, TurnView
from game.rooms.guesser_seat import GuesserSeat
from game.rooms.strengths import SECONDS_PER_LETTER, STRENGTHS
from game.rules.canvas import Canvas
from game.rules.commands import Act, GuesserThought
from game.rules.lobby_settings import LobbySettings
from game.rules.vocabulary import Word
from game.studio.base import StudioError
from tests.skipping import in_no_time, now
from tests.unit.game.drawing.ink import UNDO_RECORD, stroke

WORDS = [Word(text, f"a {text}") for text in ("cat", "dog", "hat", "cot", "house", "mouse")]
CURVE = encode_curve(1, (0, 0, 0, 255), 8, 0, [(100, 100), (200, 100), (200, 200), (100, 200)])
OTHER = encode_curve(2, (0, 0, 0, 255), 8, 0, [(300, 100), (200, 100), (200, 200), (100, 200)])
SHARP = STRENGTHS["sharp"]
LOOK = SHARP.looks_every * 1.2
"""Between two looks, at most."""


class Studio:
    """Sees what `seen` says, however much of it is asked for."""

    def __init__(self, **seen: float) -> None:
        self.seen = seen
        self.looks: list[tuple[float, bytes, list[str]]] = []
        self.error: Exception | None = None
        self.learned: list[str] = []

    async def look(self, ink, words):
        if not ink:  # it only makes itself familiar with the words
            self.learned = list(words)
            return ()
        self.looks.append((now(), ink, list(words)))
        await asyncio.sleep(0.03)
        if self.error is not None:
            raise self.error
        ranked = sorted(((f"a {word}", sureness) for word, sureness in self.seen.items()), key=lambda each: -each[1])
        return tuple(each for each in ranked if each[0] in words)


class Table:
    """A seat and what it did, with when."""

    def __init__(self, studio: Studio, strength: str = "sharp", seed: int = 1) -> None:
        self.studio = studio
        self.did: list[tuple[float, object]] = []
        self.seat = GuesserSeat("guesser-1", studio, lambda command: self.did.append((now(), command)), lambda: WORDS, Random(seed))
        self.version = 0
        self.tell(SettingsChanged(LobbySettings(ai_strength=strength).view(0)))

    def tell(self, *messages: ServerMessage) -> None:
        for message in messages:
            self.version += 1
            self.seat.put(Payload.of(encode_server(message, self.version)))

    def begin(self, blanks: str = "___", seconds: float = 60, turn: int = 1, rival: str = "") -> float:
        self.tell(TurnStarted(turn, 1, "ada", seconds, blanks, rival_id=rival))
        return now()

    def draw(self, records: bytes = CURVE, turn: int = 1, canvas: int = 0) -> None:
        self.version += 1
        self.seat.put(Payload.of(encode_ink(encode_frame(turn, records, canvas), self.version)))

    @property
    def said(self) -> list[str]:
        return [command.message.text for _, command in self.did if isinstance(command, Act) and isinstance(command.message, Say)]

    @property
    def said_at(self) -> list[float]:
        return [at for at, command in self.did if isinstance(command, Act)]

    @property
    def thoughts(self) -> list[GuesserThought]:
        return [command for _, command in self.did if isinstance(command, GuesserThought)]


def welcome(turn: TurnView | None, phase: str = "drawing", **given) -> Welcome:
    view = LobbySettings(ai_strength="sharp").view(0)
    usual = {
        "protocol": 3,
        "you": "guesser-1",
        "epoch": "",
        "code": "room",
        "invite_url": "",
        "host_id": "ada",
        "offer": OfferView({}, ["en"], ["all"], ["ink"], [""]),
        "players": [],
    }
    return Welcome(phase=phase, settings=view, turn=turn, **{**usual, "paused": False, **given})


@in_no_time
async def test_it_says_the_likeliest_word_once_it_has_thought():
    table = Table(Studio(dog=0.9, cat=0.1))
    began = table.begin()
    table.draw()
    await asyncio.sleep(7)
    assert table.said == ["dog"]
    low, high = SHARP.think
    typed = SECONDS_PER_LETTER * 3
    assert began + low + typed <= table.said_at[0] <= began + LOOK + 0.1 + high + typed
    assert all(command.player_id == "guesser-1" for _, command in table.did)
    assert table.studio.looks[0][1] == CURVE
    assert table.studio.looks[0][2] == ["a cat", "a dog", "a hat", "a cot"]  # what fits the blanks, in English
    table.seat.close()


@in_no_time
async def test_what_it_thinks_is_told_at_every_look():
    table = Table(Studio(cat=0.2, dog=0.6))
    table.begin()
    table.draw()
    await asyncio.sleep(1)
    assert table.thoughts[0] == GuesserThought("guesser-1", 1, (("dog", 0.6 / 0.8), ("cat", 0.2 / 0.8)))
    table.seat.close()


@in_no_time
async def test_on_a_blank_sheet_it_sees_nothing_and_says_nothing():
    table = Table(Studio(dog=1.0))
    table.begin()
    await asyncio.sleep(70)
    assert not table.studio.looks
    assert not table.did
    table.seat.close()


@in_no_time
async def test_a_word_that_is_wrong_is_not_said_again_by_anybody():
    table = Table(Studio(dog=0.9, cat=0.5, hat=0.1))
    table.begin()
    table.draw()
    table.tell(Chat("ben", "Cat!"))  # which was wrong, for everybody could read it
    await asyncio.sleep(58)
    assert table.said == ["dog", "hat", "cot"][: len(table.said)]
    assert table.said[:2] == ["dog", "hat"]
    assert table.said_at[1] - table.said_at[0] >= SHARP.pause
    table.seat.close()


@in_no_time
async def test_what_somebody_said_while_it_was_about_to_say_it_is_left_unsaid():
    table = Table(Studio(dog=1.0))
    table.begin()
    table.draw()
    await asyncio.sleep(LOOK + 0.1)
    table.tell(Chat("ben", "dog"))
    await asyncio.sleep(4.0)
    assert "dog" not in table.said
    table.seat.close()


@in_no_time
async def test_a_letter_that_is_shown_while_it_thinks_makes_it_think_again():
    table = Table(Studio(dog=0.9, cat=0.1))
    table.begin()
    table.draw()
    await asyncio.sleep(LOOK + 0.1)
    assert table.thoughts[-1].words[0][0] == "dog"
    table.tell(Hint("_a_"))
    await asyncio.sleep(15)
    assert table.said[0] == "cat"
    assert "dog" not in table.said
    table.seat.close()


@in_no_time
async def test_what_those_say_who_know_the_word_is_not_taken_for_a_wrong_guess():
    table = Table(Studio(dog=1.0))
    table.begin()
    table.draw()
    table.tell(Chat("ben", "dog", whisper=True))  # it would not hear that; if it did
    await asyncio.sleep(20)
    assert table.said[0] == "dog"
    table.seat.close()


@in_no_time
async def test_a_close_guess_and_a_hint_narrow_what_comes_next():
    table = Table(Studio(cat=0.6, dog=0.3, cot=0.05, hat=0.05))
    table.begin()
    table.draw()
    while not table.said:
        await asyncio.sleep(0.1)
    assert table.said == ["cat"]
    table.tell(CloseGuess("cat"))
    await asyncio.sleep(2)
    assert table.studio.looks[-1][2] == ["a hat", "a cot"]
    table.tell(Hint("_o_"))
    await asyncio.sleep(1)
    assert table.studio.looks[-1][2] == ["a cot"]
    await asyncio.sleep(20)
    assert table.said == ["cat", "cot"]
    table.seat.close()


@in_no_time
async def test_it_stops_once_it_has_the_word():
    table = Table(Studio(dog=1.0))
    table.begin()
    table.draw()
    while not table.said:
        await asyncio.sleep(0.1)
    table.tell(Guessed("guesser-1", 1, 100), SecretWord("dog"))
    looks = len(table.studio.looks)
    table.draw(OTHER)
    await asyncio.sleep(60)
    assert len(table.studio.looks) == looks
    assert table.said == ["dog"]


@in_no_time
async def test_it_stops_when_the_turn_or_the_game_ends():
    ends = (TurnEnded(1, "dog", "time_up", [], 7.0), TurnChoosing(2, 1, "ben", 15.0), GameEnded([], [], []))
    for end in ends:
        table = Table(Studio(dog=1.0))
        table.begin()
        table.draw()
        await asyncio.sleep(LOOK + 0.1)
        assert table.studio.looks
        table.tell(end)
        looks, did = len(table.studio.looks), len(table.did)
        await asyncio.sleep(60)
        assert (len(table.studio.looks), len(table.did)) == (looks, did)


@in_no_time
async def test_a_turn_begins_with_a_clean_sheet_and_an_open_mind():
    table = Table(Studio(dog=1.0))
    table.begin()
    table.draw()
    table.tell(Chat("ben", "dog"))
    await asyncio.sleep(5)
    table.tell(TurnEnded(1, "cat", "time_up", [], 7.0))
    table.begin("___", turn=2)
    table.draw(OTHER, turn=1)  # late: of the turn before
    await asyncio.sleep(5)
    assert not table.thoughts or table.thoughts[-1].turn == 1
    table.draw(OTHER, turn=2)
    await asyncio.sleep(10)
    assert table.studio.looks[-1][1:] == (OTHER, ["a cat", "a hat", "a cot"])  # it has said dog, and now it knows better
    assert table.said == ["dog"]
    table.seat.close()


@in_no_time
async def test_in_a_pause_it_neither_looks_nor_speaks_and_what_it_was_about_to_say_comes_later():
    table = Table(Studio(dog=1.0))
    began = table.begin()
    table.draw()
    await asyncio.sleep(LOOK + 0.1)
    assert table.thoughts
    table.tell(Paused())
    looks = len(table.studio.looks)
    await asyncio.sleep(300)
    assert len(table.studio.looks) == looks
    assert not table.said
    table.tell(GoesOn(58_000))
    await asyncio.sleep(0.1)
    assert not table.said  # the pause was no time to think
    await asyncio.sleep(20)
    assert table.said == ["dog"]
    assert table.said_at[0] - began - 300 > SHARP.think[0]
    table.seat.close()


@in_no_time
async def test_it_looks_again_when_a_worker_died():
    table = Table(Studio(dog=1.0))
    table.studio.error = StudioError("the worker ended")
    table.begin()
    table.draw()
    await asyncio.sleep(4)
    assert len(table.studio.looks) == 1  # not again and again, for there is nobody
    table.studio.error = None
    await asyncio.sleep(20)
    assert table.said == ["dog"]
    table.seat.close()


@in_no_time
async def test_a_bug_silences_it_for_a_turn():
    table = Table(Studio(dog=1.0))
    table.studio.error = ValueError("a bug")
    table.begin()
    table.draw()
    await asyncio.sleep(30)
    assert len(table.studio.looks) == 1
    table.studio.error = None
    table.begin(turn=2)
    table.draw(turn=2)
    await asyncio.sleep(20)
    assert table.said == ["dog"]
    table.seat.close()


@in_no_time
async def test_in_a_duel_it_looks_at_both_canvases_in_turn():
    table = Table(Studio(house=0.5, mouse=0.5), strength="fair")
    table.begin("_____", rival="artist")
    table.draw(CURVE)
    table.draw(OTHER, canvas=1)
    await asyncio.sleep(10)
    seen = [ink for _, ink, _ in table.studio.looks]
    assert len(seen) >= 4
    assert set(seen[:2]) == {CURVE, OTHER}
    assert seen[0::2] == [seen[0]] * len(seen[0::2])
    assert seen[1::2] == [seen[1]] * len(seen[1::2])
    table.seat.close()


@in_no_time
async def test_where_there_is_one_canvas_ink_of_another_is_not_looked_at():
    table = Table(Studio(dog=1.0))
    table.begin()
    table.draw(OTHER, canvas=1)
    await asyncio.sleep(10)
    assert not table.studio.looks
    table.seat.close()


@in_no_time
async def test_who_sits_down_in_the_middle_of_a_turn_starts_from_what_is_there():
    table = Table(Studio(dog=0.9, cat=0.1))
    table.tell(welcome(TurnView(7, 1, "ada", 30_000, 60.0, "___", 0, 0)))
    canvas = stroke((10, 10), (50, 50)) + stroke((90, 90), (50, 50), number=2) + UNDO_RECORD
    table.draw(canvas, turn=7)
    await asyncio.sleep(10)
    assert table.studio.looks[0][1] == stroke((10, 10), (50, 50))
    assert table.said == ["dog"]
    table.seat.close()


@in_no_time
async def test_who_sits_down_in_a_pause_waits_for_its_end():
    table = Table(Studio(dog=1.0))
    table.tell(welcome(TurnView(7, 1, "ada", 30_000, 60.0, "___", 0, 0), paused=True))
    table.draw(turn=7)
    await asyncio.sleep(100)
    assert not table.studio.looks
    table.tell(GoesOn(30_000))
    await asyncio.sleep(10)
    assert table.said == ["dog"]
    table.seat.close()


@in_no_time
async def test_who_sits_down_when_a_turn_is_over_or_knows_its_word_waits_for_the_next():
    over = welcome(TurnView(7, 1, "ada", 5_000, 7.0, "___", 0, 0), phase="result", word="dog")
    found = welcome(TurnView(7, 1, "ada", 30_000, 60.0, "___", 0, 0), word="dog")
    choosing = welcome(TurnView(7, 1, "ada", 5_000, 15.0, "", 0, 0), phase="choosing")
    for message in (over, found, choosing, welcome(None, phase="lobby")):
        table = Table(Studio(dog=1.0))
        table.tell(message)
        table.draw(turn=7)
        await asyncio.sleep(30)
        assert not table.studio.looks
        assert not table.did


@in_no_time
async def test_it_learns_the_words_before_they_are_needed_and_again_when_they_change():
    table = Table(Studio())
    table.tell(welcome(None, phase="lobby"))
    await asyncio.sleep(1)
    assert sorted(table.studio.learned) == sorted(word.concept for word in WORDS)
    table.studio.learned = []
    table.tell(SettingsChanged(LobbySettings(ai_strength="sharp", rounds=5).view(0)))
    await asyncio.sleep(1)
    assert table.studio.learned == []
    table.tell(SettingsChanged(LobbySettings(ai_strength="sharp").view(custom_words=2)))
    await asyncio.sleep(1)
    assert table.studio.learned


@in_no_time
async def test_strengths_differ_in_how_often_they_look_and_how_long_they_take():
    looks, waited = {}, {}
    for strength in ("gentle", "fair", "sharp"):
        table = Table(Studio(dog=1.0), strength)
        began = table.begin()
        table.draw()
        while not table.said:
            await asyncio.sleep(0.1)
        waited[strength] = table.said_at[0] - began
        looks[strength] = len(table.studio.looks) / waited[strength]
        table.seat.close()
    assert waited["sharp"] < waited["fair"] < waited["gentle"]
    assert looks["sharp"] > looks["fair"] > looks["gentle"]


@in_no_time
async def test_a_strength_that_is_changed_holds_at_once():
    table = Table(Studio(dog=0.55, cat=0.45), "gentle")
    table.begin()
    table.draw()
    await asyncio.sleep(20)
    assert not table.said
    table.tell(SettingsChanged(LobbySettings(ai_strength="sharp").view(0)))
    await asyncio.sleep(10)
    assert table.said[0] == "dog"
    table.seat.close()


@in_no_time
async def test_shortly_before_the_end_it_makes_haste_and_is_content_with_little():
    table = Table(Studio(dog=0.3, cat=0.25, hat=0.25, cot=0.2), "gentle")
    began = table.begin(seconds=30)
    table.draw()
    await asyncio.sleep(30)
    assert table.said[0] == "dog"
    assert began + 0.6 * 30 < table.said_at[0] < began + 30
    table.seat.close()


@in_no_time
async def test_ink_that_the_canvas_does_not_take_is_no_hindrance():
    """Nothing that a seat is sent may stop the room that sends it."""
    table = Table(Studio(dog=1.0))
    table.begin()
    table.draw(encode_clear() * (MAX_INK_PER_TURN + 1))
    table.draw()
    await asyncio.sleep(20)
    assert table.studio.looks[0][1] == CURVE
    table.seat.close()


@in_no_time
async def test_the_whole_of_a_canvas_is_seen_as_the_room_has_it():
    canvas, table = Canvas(), Table(Studio(dog=1.0))
    table.tell(welcome(TurnView(7, 1, "ada", 30_000, 60.0, "___", 0, 0)))
    for number in range(1, 400):
        canvas.apply(decode_frame(encode_frame(7, stroke(*((x, number) for x in range(0, 200, 2)), number=number))))
    table.version += 1
    table.seat.put(Payload.of(encode_ink(canvas.so_far(7).data, table.version)))
    await asyncio.sleep(2)
    assert table.studio.looks[0][1] == canvas.ink
    table.seat.close()


@in_no_time
async def test_one_that_is_sent_away_stops():
    table = Table(Studio(dog=1.0))
    table.begin()
    table.draw()
    table.seat.finish(4000)
    await asyncio.sleep(30)
    assert not table.did
