"""A game at a table, for tests: people come in, time passes, and what each of them was told is kept."""

import struct
from collections.abc import Iterable
from typing import Any

from game.protocol.client_messages import AnyClientMessage, ChangeSettings, ChooseWord, GameMode, Hand, Judge, Say, StartGame
from game.protocol.ink import InkFrame, decode_frame, encode_curve, encode_frame
from game.protocol.server_messages import ErrorMessage, ServerMessage
from game.protocol.turn_messages import TurnEnded
from game.rules.commands import Act, Command, Ink, Join, TimerFired
from game.rules.daily import Daily, DailySource, no_daily
from game.rules.effects import CancelTimer, Event, Outcome, SeatGuesser, SetTimer, TurnRecord, UnseatGuesser
from game.rules.game import Game
from game.rules.lobby_settings import BOUNDS, Bounds, LobbySettings
from game.rules.players import ARTIST_ID
from game.rules.turn import Turn
from game.rules.vocabulary import Vocabulary, Word

WORDS = ("house", "umbrella", "palm tree", "rainbow", "castle", "hedgehog", "lighthouse", "crocodile", "submarine")
URL = "http://localhost/r/abcdefghjk"
CURVE = encode_curve(1, (0, 0, 0, 255), 8, 500, [(100, 100), (200, 100), (200, 200), (100, 200)])
FILL = struct.pack("<BBBBHH", 4, 1, 2, 3, 40, 40)
UNDO, CLEAR = b"\x05", b"\x06"


def begin(number: int, x: int = 400, y: int = 400) -> bytes:
    return struct.pack("<BHBBBBHHH", 1, number, 200, 0, 0, 255, 16, x, y)


def points(number: int, *places: tuple[int, int]) -> bytes:
    places = places or ((800, 600), (1200, 400))
    return struct.pack("<BHB", 2, number, len(places)) + b"".join(struct.pack("<HH", *place) for place in places)


def end(number: int) -> bytes:
    return struct.pack("<BH", 3, number)


def stroke(number: int) -> bytes:
    """A person's whole stroke."""
    return begin(number) + points(number) + end(number)


def ink(turn: int, records: bytes = CURVE, canvas: int = 0) -> InkFrame:
    return decode_frame(encode_frame(turn, records, canvas))


def words_of_the_day(language: str) -> Daily:
    words = tuple(Word(word, f"a {word}") for word in ("anchor", "banana", "candle", "dragon", "eraser"))
    return Daily("2026-11-25", words, (11, 12, 13, 14, 15))


def censor(text: str, language: str) -> str:
    return text.replace("bother", "******")


class Table:
    """Drives a Game by hand. `heard[player]` is all that the player was told, in order."""

    def __init__(
        self,
        *people: str,
        words: tuple[str, ...] = WORDS,
        seed: int = 0,
        undrawable: Iterable[str] = (),
        daily: DailySource = no_daily,
        bounds: Bounds = BOUNDS,
        perceptors: tuple[str, ...] = (),
        game_mode: GameMode = "party",
        ai_guessers: int | None = None,
        **settings: Any,
    ) -> None:
        """`game_mode`, `ai_guessers`: chosen by the first of the people, so that the mode brings along what it has."""
        self.vocabulary = Vocabulary({"en": tuple(Word(word, f"a {word}", "things", "easy") for word in words)}, frozenset(undrawable))
        self.game = Game("abcdefghjk", URL, self.vocabulary, seed, LobbySettings(**settings), bounds, censor, daily, perceptors)
        self.now = 1000.0
        self.heard: dict[str, list[ServerMessage | InkFrame]] = {}
        self.outcomes: list[Outcome] = []
        self.timers: dict[str, SetTimer] = {}
        for person in people:
            self.join(person)
        if people and (game_mode != "party" or ai_guessers is not None):
            outcomes = self.act(people[0], ChangeSettings(game_mode=game_mode, ai_guessers=ai_guessers, **settings))
            assert errors(outcomes) == []

    def join(self, person: str, nickname: str | None = None, **how: Any) -> list[Outcome]:
        self.heard.setdefault(person, [])
        return self.handle(Join(person, nickname or person.capitalize(), **how))

    def handle(self, command: Command) -> list[Outcome]:
        outcomes = self.game.handle(command, self.now)
        for outcome in outcomes:
            match outcome:
                case Event(message, audience):
                    for person in self.heard if audience is None else audience & self.heard.keys():
                        self.heard[person].append(message)
                case SetTimer(name):
                    self.timers[name] = outcome
                case CancelTimer(name):
                    self.timers.pop(name, None)
                case SeatGuesser(player_id):
                    self.heard[player_id] = []
                case UnseatGuesser(player_id):
                    del self.heard[player_id]
        self.outcomes += outcomes
        return outcomes

    def act(self, person: str, message: AnyClientMessage) -> list[Outcome]:
        return self.handle(Act(person, message))

    def say(self, person: str, text: str) -> list[Outcome]:
        return self.act(person, Say(text))

    def draw(self, player: str, records: bytes = CURVE, canvas: int = 0) -> list[Outcome]:
        """Send ink for the turn in hand."""
        return self.handle(Ink(player, ink(self.turn.number, records, canvas)))

    def judge(self, person: str, hand: Hand) -> list[Outcome]:
        return self.act(person, Judge(hand))

    def start(self) -> list[Outcome]:
        return self.act(self.game.seats.host_id, StartGame())

    def choose(self, person: str, index: int = 0) -> list[Outcome]:
        return self.act(person, ChooseWord(index))

    def fire_next(self) -> str:
        """Let time pass until the next timer is due, and let it fire; return its name."""
        timer = min(self.timers.values(), key=lambda armed: armed.at)
        del self.timers[timer.name]
        self.now = max(self.now, timer.at)
        self.handle(TimerFired(timer.name, timer.serial))
        return timer.name

    def fire_until(self, *phases: str) -> None:
        """Let timers fire until the game is in one of these phases."""
        for _ in range(500):
            if self.game.phase in phases:
                return
            self.fire_next()
        raise AssertionError(f"never came to {phases}; the game is in {self.game.phase}")

    def last(self, person: str, kind: type) -> ServerMessage | InkFrame:
        """The last message of this kind that the person was told."""
        return [message for message in self.heard[person] if isinstance(message, kind)][-1]

    def count(self, person: str, kind: type) -> int:
        return sum(isinstance(message, kind) for message in self.heard[person])

    def told(self, person: str, kind: type) -> bool:
        return any(isinstance(message, kind) for message in self.heard[person])

    @property
    def turn(self) -> Turn:
        assert self.game.state.turn is not None
        return self.game.state.turn

    @property
    def word(self) -> str:
        return self.turn.text

    @property
    def drawer(self) -> str:
        return self.turn.drawer_id

    def wait(self, seconds: float) -> None:
        """Let time pass; timers fire as they are due."""
        end = self.now + seconds
        while self.timers and min(timer.at for timer in self.timers.values()) <= end:
            self.fire_next()
        self.now = end

    def begin(self) -> "Table":
        """Start a game; whoever draws first takes the first word."""
        assert errors(self.start()) == []
        if self.game.phase == "choosing":
            self.choose(self.drawer)
        return self

    def gained(self) -> dict[str, int]:
        """What each player had from the last turn, as everybody was told; those who had nothing left out."""
        ended = [each.message for each in self.outcomes if isinstance(each, Event) and isinstance(each.message, TurnEnded)][-1]
        return {line.player_id: line.gained for line in ended.scores if line.gained}

    def of_kind(self, kind: type) -> list[Any]:
        """All effects of this kind so far."""
        return [outcome for outcome in self.outcomes if isinstance(outcome, kind)]

    def record_of(self, number: int) -> TurnRecord:
        """What was given to the store of the turn with this number."""
        return next(record for record in self.of_kind(TurnRecord) if record.number == number)

    def play(self) -> "Table":
        """Start a game in which people alone draw, and let the first drawer take the first word."""
        self.act(self.game.seats.host_id, ChangeSettings(human_turns_per_artist_turn=0))
        self.start()
        self.choose(self.drawer)
        return self

    def play_to_the_podium(self) -> "Table":
        while self.game.phase != "podium":
            if self.game.phase == "drawing" and self.drawer == ARTIST_ID and self.game.seats.present:
                self.say(self.game.seats.present[-1], self.word)
            self.fire_next()
        return self


def errors(outcomes: list[Outcome]) -> list[str]:
    """The codes of the errors among the outcomes."""
    return [each.message.code for each in outcomes if isinstance(each, Event) and isinstance(each.message, ErrorMessage)]
