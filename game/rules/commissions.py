"""What the AI artist is asked to draw: its words, chosen early enough to be drawn ahead, and its part in people's turns."""

from dataclasses import dataclass, replace
from typing import Final

from game.protocol.ink import CURVE, HEADER_BYTES, records_in
from game.rules.daily import Daily
from game.rules.effects import Commission, Manner, PrepareDrawing, StartDrawing
from game.rules.outbox import Outbox
from game.rules.players import ARTIST_ID
from game.rules.state import GameState, Sketch
from game.rules.turn import Turn
from game.rules.vocabulary import PLUS, Vocabulary, Word, offer, pool

ARTIST_SHARE: Final = 0.6
"""The artist's last stroke comes by this part of the time that it has."""
HAND_OVER_SECONDS: Final = 25.0
"""After these the artist goes on from a person's drawing, however few strokes that has."""
_first_thought: Final = (2.0, 6.0)
"""Seconds that the artist waits where it shall be taken for a person: nobody begins to draw at once."""
_plain: Final = Manner(style="ink", colours=False)


@dataclass(slots=True)
class Commissions:
    """Orders what the artist draws. All times are on the game's clock."""

    state: GameState
    outbox: Outbox
    vocabulary: Vocabulary

    def prepare_daily(self, daily: Daily) -> None:
        """Have the first of the day's words drawn, or fetched, while people are still in the lobby."""
        self.state.daily = daily
        self.state.used_words.clear()
        self.state.artist_next = None
        self.outbox.do(PrepareDrawing(self._commission()))

    def next_word(self) -> Word:
        """What the artist draws next, chosen now if it was not before."""
        return self._next().word

    def offered(self) -> tuple[Word, ...]:
        """What a person may choose from; where the artist draws it too, of what it can draw."""
        state = self.state
        words, choices = pool(self.vocabulary, state.settings, state.custom_words), state.settings.choices
        if self.state.mode.artist in ("beside", "continues", "coin"):
            words = self.vocabulary.drawable(words)
        return offer(words, state.used_words, state.settings, state.chance.roll(), 1 if self.state.mode.is_open else choices)

    def begin(self, turn: Turn, time: float, people: int) -> None:
        """Let the artist take its part in a turn that begins; `people`: how many play."""
        if turn.drawer_is_ai and not turn.is_open:
            self._draw_own(turn, people)
        elif turn.drawer_is_ai:
            self.outbox.set_game_timer("artist", time + self.state.chance.roll().uniform(*_first_thought))
        elif turn.rival_id and turn.word:
            seconds = self.state.settings.draw_seconds * ARTIST_SHARE
            self._start(turn, Commission(turn.word.concept, seconds, self.state.chance.seed(), self._manner()), canvas=1)
        elif self.state.mode.artist == "continues":
            self.outbox.set_game_timer("artist", time + HAND_OVER_SECONDS)

    def artist_is_due(self, turn: Turn, time: float, people: int) -> None:
        """The time has come for the artist to begin, or to go on from what a person has drawn."""
        if turn.drawer_is_ai:
            self._draw_own(turn, people)
        else:
            self.hand_over(turn, time)

    def hand_over(self, turn: Turn, time: float) -> None:
        """The person lays down the pen, and the artist goes on."""
        assert turn.word is not None
        self.outbox.cancel_timer("artist")
        self.outbox.cancel_timer("drawer_away")  # for the artist goes on without them
        turn.hands[0] = ARTIST_ID
        seconds = ARTIST_SHARE * (turn.deadline - time)
        begun = Commission(turn.word.concept, seconds, self.state.chance.seed(), self._manner(), turn.canvas.ink)
        self._start(turn, begun)

    def take_up(self, turn: Turn | None, time: float) -> None:
        """After an outage: have the artist go on from what stands on the canvas, and draw ahead what it was drawing ahead."""
        state = self.state
        is_due = "artist" not in state.timers.armed  # else it has not begun
        if turn is not None and state.phase == "drawing" and turn.artist_draws and turn.artist_status in ("thinking", "drawing") and is_due:
            canvas = turn.hands.index(ARTIST_ID)
            commission = self._rest_of(turn, canvas, time)
            marks = sum(record.op == CURVE for record in records_in(commission.begun))
            self.outbox.do(StartDrawing(turn.number, commission, canvas, hesitates=turn.is_open, marks=marks))
        if state.artist_next is not None:
            self.outbox.do(PrepareDrawing(self._commission()))

    def _rest_of(self, turn: Turn, canvas: int, time: float) -> Commission:
        assert turn.word is not None
        daily, manner, seconds = self.state.daily, self._manner(), ARTIST_SHARE * (turn.deadline - time)
        if daily is not None and turn.word in daily.words:
            number = daily.words.index(turn.word)
            sketch = self._of_the_day(number)
            return Commission(turn.word.concept, seconds, sketch.seed, manner, keep_as=sketch.keep_as)
        held = b"".join(frame.data[HEADER_BYTES:] for frame in turn.held)
        # The strokes of an evolving drawing take the places of those that were there before.
        begun = b"" if manner.show == "evolving" and turn.hand == "machine" else turn.canvases[canvas].ink + held
        return Commission(turn.word.concept, seconds, self.state.chance.seed(), manner, begun)

    def _draw_own(self, turn: Turn, people: int) -> None:
        self._start(turn, self._commission())
        self.state.artist_next = None
        if self.state.order.may_come_to_artist(people):
            self.outbox.do(PrepareDrawing(self._commission()))

    def _start(self, turn: Turn, commission: Commission, canvas: int = 0) -> None:
        if not turn.is_open:
            self.outbox.tell(turn.artist)
        self.outbox.do(StartDrawing(turn.number, commission, canvas, hesitates=turn.is_open))

    def _next(self) -> Sketch:
        state = self.state
        if state.artist_next is None:
            state.artist_next = self._of_the_day(len(state.used_words)) if state.daily else self._of_the_pool()
            state.used_words.extend(state.artist_next.word.text.split(PLUS))
        return state.artist_next

    def _of_the_pool(self) -> Sketch:
        state = self.state
        words = self.vocabulary.drawable(pool(self.vocabulary, state.settings, state.custom_words))
        return Sketch(offer(words, state.used_words, state.settings, state.chance.roll())[0], self.state.chance.seed())

    def _of_the_day(self, number: int) -> Sketch:
        daily = self.state.daily
        assert daily is not None
        return Sketch(daily.words[number], daily.seeds[number], f"{daily.day}/{self.state.settings.language}/{number + 1}")

    def _commission(self) -> Commission:
        sketch = self._next()
        return Commission(
            sketch.word.concept, self.state.settings.draw_seconds * ARTIST_SHARE, sketch.seed, self._manner(), keep_as=sketch.keep_as
        )  # fmt: skip

    def _manner(self) -> Manner:
        settings = self.state.settings
        if self.state.mode.is_open:
            return replace(_plain, perceptor=settings.perceptor)
        return Manner(settings.artist_show, settings.artist_order, settings.artist_style, settings.artist_colours, settings.perceptor)
