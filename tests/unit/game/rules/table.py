"""A game at a table, for tests: people come in, time passes, and what each of them was told is kept."""

from collections.abc import Iterable
from random import Random
from typing import Any

from game.protocol.client_messages import AnyClientMessage, ChangeSettings, ChooseWord, Say, StartGame
from game.protocol.ink import InkFrame
from game.protocol.server_messages import ErrorMessage, ServerMessage
from game.rules.commands import Act, Command, Join, TimerFired
from game.rules.effects import CancelTimer, Event, Outcome, SetTimer
from game.rules.game import Game
from game.rules.lobby_settings import LobbySettings
from game.rules.players import ARTIST_ID
from game.rules.turn import Turn
from game.rules.vocabulary import Vocabulary, Word

WORDS = ("house", "umbrella", "palm tree", "rainbow", "castle", "hedgehog", "lighthouse", "crocodile", "submarine")


URL = "http://localhost/r/abcdefghjk"


def censor(text: str, language: str) -> str:
    return text.replace("bother", "******")


class Table:
    """Drives a Game by hand. `heard[player]` is all that the player was told, in order."""

    def __init__(self, *people: str, words: tuple[str, ...] = WORDS, seed: int = 0, undrawable: Iterable[str] = (), **settings: Any) -> None:
        self.vocabulary = Vocabulary({"en": tuple(Word(word, f"a {word}", "things", "easy") for word in words)}, frozenset(undrawable))
        self.game = Game("abcdefghjk", URL, self.vocabulary, Random(seed), LobbySettings(**settings), censor=censor)
        self.now = 1000.0
        self.heard: dict[str, list[ServerMessage | InkFrame]] = {}
        self.outcomes: list[Outcome] = []
        self.timers: dict[str, SetTimer] = {}
        for person in people:
            self.join(person)

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
        self.outcomes += outcomes
        return outcomes

    def act(self, person: str, message: AnyClientMessage) -> list[Outcome]:
        return self.handle(Act(person, message))

    def say(self, person: str, text: str) -> list[Outcome]:
        return self.act(person, Say(text))

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
