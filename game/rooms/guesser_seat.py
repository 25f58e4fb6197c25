"""An AI guesser's seat in a room: hears what a person's browser in its place would be sent, looks at the canvas, and says what it thinks.

What it is told comes through the bus, as the very bytes that a guesser's socket gets. Beside that it knows the words that the room may
draw from, as people know their language.
"""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from random import Random
from typing import Final

import msgspec
import structlog

from game.bus.base import Payload
from game.protocol.client_messages import AiStrength, Say
from game.protocol.ink import VERSION_BYTES, InkError, decode_frame
from game.protocol.server_messages import Chat, GoesOn, Paused, SettingsChanged, Welcome
from game.protocol.turn_messages import CloseGuess, GameEnded, Hint, SecretWord, TurnChoosing, TurnEnded, TurnStarted
from game.protocol.views import SettingsView
from game.rooms.guesser_mind import GuesserMind, Idea
from game.rooms.strengths import SECONDS_PER_LETTER, STRENGTHS, Strength
from game.rules.canvas import Canvas
from game.rules.commands import Act, Command, GuesserThought
from game.rules.hints import UNKNOWN
from game.rules.vocabulary import PLUS, Word
from game.studio.base import Studio, StudioError

log = structlog.get_logger()
_most_told: Final = 8
_early: Final = 0.001
"""A clock may wake one up by so much."""
_after_failure: Final = 5.0
"""Seconds until it looks again after nobody was there to look with it."""

Heard = (
    Welcome | SettingsChanged | TurnChoosing | TurnStarted | Hint | Chat | CloseGuess | SecretWord | TurnEnded | GameEnded | Paused | GoesOn
)  # fmt: skip
_decoder: Final[msgspec.json.Decoder[Heard]] = msgspec.json.Decoder(Heard)


class _Kind(msgspec.Struct):
    type: str


_kinds: Final = msgspec.json.Decoder(_Kind)
_heard: Final = frozenset(kind.__struct_config__.tag for kind in Heard.__args__)


class GuesserSeat:
    """Plays one game after another; a Sink. `post` takes what it does, `words` gives all that the room may draw from."""

    def __init__(self, player_id: str, studio: Studio, post: Callable[[Command], None], words: Callable[[], Sequence[Word]], random: Random) -> None:
        self._id, self._studio, self._post, self._words, self._random = player_id, studio, post, words, random
        self._strength: AiStrength = "fair"
        self._turn = 0
        self._seconds = 0.0
        self._ends = 0.0
        self._canvases: list[Canvas] = []
        self._mind = GuesserMind(())
        self._plan: tuple[float, Idea] | None = None
        """What it is going to say, and when."""
        self._spoke = 0.0
        self._slow_mode = 0
        self._paused_at: float | None = None
        self._task: asyncio.Task[None] | None = None
        self._studies: asyncio.Task[None] | None = None
        self._knows_words_of: tuple[object, ...] = ()

    # --- what it is told

    def put(self, payload: Payload) -> None:
        """See Sink. What it does not understand costs itself, and not the room."""
        try:
            content = payload.content
            if isinstance(content, bytes):
                self._see(content)
            elif _kinds.decode(content).type in _heard:
                self._hear(_decoder.decode(content))
        except Exception:
            log.exception("an AI guesser did not understand", player=self._id)

    def finish(self, code: int) -> None:
        """See Sink."""
        self.close()

    def close(self) -> None:
        """Stop all."""
        self._rest()
        if self._studies is not None:
            self._studies.cancel()

    def _rest(self) -> None:
        """Till the next turn."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _see(self, content: bytes) -> None:
        frame = decode_frame(content[VERSION_BYTES:], is_whole_canvas=True)
        if frame.turn == self._turn and frame.canvas < len(self._canvases):
            try:
                self._canvases[frame.canvas].apply(frame)
            except InkError as error:  # all of a full canvas in one frame is a little more than a canvas takes: the room goes on all the same
                log.info("an AI guesser does not see some ink", reason=str(error))

    def _hear(self, message: Heard) -> None:
        match message:
            case Welcome(settings=settings, turn=turn):
                self._adopt(settings)
                if turn is not None and message.phase == "drawing" and message.word is None:
                    self._begin(turn.turn, turn.blanks, turn.remaining_ms / 1000, turn.seconds, two=bool(turn.rival_id))
                    self._paused_at = self._now() if message.paused else None
            case SettingsChanged(settings):
                self._adopt(settings)
            case TurnStarted():
                self._begin(message.turn, message.blanks, message.seconds, message.seconds, two=bool(message.rival_id))
            case Hint(blanks):
                self._mind.shown = self._minded(blanks)
            case Chat(player_id, text, whisper) if not whisper and player_id != self._id:
                self._mind.hear(text)
            case CloseGuess(text):
                self._mind.near.append(text)
            case Paused():
                self._paused_at = self._now()
            case GoesOn(remaining_ms):
                if self._plan is not None and self._paused_at is not None:
                    self._plan = (self._plan[0] + self._now() - self._paused_at, self._plan[1])
                self._ends, self._paused_at = self._now() + remaining_ms / 1000, None
            case SecretWord() | TurnEnded() | TurnChoosing() | GameEnded():
                self._rest()

    # --- what it does

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()

    def _begin(self, turn: int, shown: str, left: float, seconds: float, *, two: bool) -> None:
        self._rest()
        self._turn, self._seconds, self._ends = turn, seconds, self._now() + left
        self._canvases = [Canvas() for _ in range(2 if two else 1)]
        self._mind = GuesserMind(self._words(), self._minded(shown))
        self._plan, self._spoke, self._paused_at = None, 0.0, None
        self._task = asyncio.create_task(self._guess())

    def _adopt(self, settings: SettingsView) -> None:
        self._strength, self._slow_mode = settings.ai_strength, settings.slow_mode_seconds
        of = (settings.language, settings.theme, settings.difficulty, settings.custom_words, settings.custom_words_only)
        if of != self._knows_words_of:
            self._knows_words_of = of
            if self._studies is not None:
                self._studies.cancel()
            self._studies = asyncio.create_task(self._study())

    async def _study(self) -> None:
        """Have the studio learn the words while there is time: the first look at so many takes seconds."""
        with contextlib.suppress(StudioError):  # then the first look takes longer
            await self._studio.look(b"", list(dict.fromkeys(word.concept for word in self._words())))

    def _minded(self, shown: str) -> str:
        """What it minds of the word that is shown; of two words there are always two."""
        return shown if STRENGTHS[self._strength].counts_letters or PLUS in shown else UNKNOWN

    async def _guess(self) -> None:
        """Look and speak until the turn is over, or the word found."""
        while True:
            strength = STRENGTHS[self._strength]
            await self._wait(strength.looks_every * self._random.uniform(0.8, 1.2))
            if self._paused_at is not None:
                continue
            try:
                await self._look(strength)
            except StudioError as error:
                log.info("an AI guesser could not look", reason=str(error))
                await self._wait(_after_failure)
            except Exception:
                log.exception("an AI guesser failed", player=self._id)
                return

    async def _look(self, strength: Strength) -> None:
        """Look at the canvas; of two, that by which it is the surest counts."""
        concepts = self._mind.concepts()
        drawn = [canvas.ink for canvas in self._canvases if not canvas.is_blank]
        if not drawn or not concepts:
            return
        seen = [self._mind.ideas(await self._studio.look(ink, concepts)) for ink in drawn]
        ideas = max(seen, key=lambda each: each[0].probability if each else 0.0)
        self._post(GuesserThought(self._id, self._turn, tuple((idea.text, idea.probability) for idea in ideas[:_most_told])))
        now = self._now()
        if self._plan is None and now >= self._spoke + max(strength.pause, self._slow_mode):
            part = 1 - max(0.0, self._ends - now) / self._seconds
            if (idea := self._mind.choose(ideas, strength, part)) is not None:
                think = self._random.uniform(*strength.think) + SECONDS_PER_LETTER * len(idea.text)
                # Who sees that there is hardly any time left makes haste.
                self._plan = (now + min(think, max(0.5, 0.5 * (self._ends - now))), idea)

    async def _wait(self, seconds: float) -> None:
        """Wait for the next look; what is to be said before is said in time."""
        until = self._now() + seconds
        if self._plan is not None and self._plan[0] < until:
            await asyncio.sleep(self._plan[0] - self._now())
            self._speak()
        await asyncio.sleep(until - self._now())

    def _speak(self) -> None:
        if self._plan is None or self._paused_at is not None or self._now() + _early < self._plan[0]:
            return
        (_, idea), self._plan = self._plan, None
        if self._mind.may_say(idea.text):
            self._mind.hear(idea.text)
            self._mind.guesses += 1
            self._spoke = self._now()
            self._post(Act(self._id, Say(idea.text)))
