"""What is drawn in a turn, and by whom: people's ink, the AI artist's, and what becomes of both in a pause."""

import contextlib
import struct
from collections.abc import Iterable
from typing import Final

from game.protocol.ink import BEGIN, END, POINTS, InkError, InkFrame, Record, decode_frame, encode_curve, encode_frame, records_in
from game.protocol.limits import CANVAS_HEIGHT, CANVAS_WIDTH, UNITS_PER_PIXEL
from game.protocol.turn_messages import CanvasReset
from game.rules.commands import ArtistFailed, ArtistFinished, ArtistReport, ArtistStarted, ArtistThought, GuesserThought
from game.rules.fitting import fitted
from game.rules.outbox import Outbox
from game.rules.players import ARTIST_ID
from game.rules.refusal import Refused
from game.rules.seats import Seats
from game.rules.state import GameState
from game.rules.thoughts import Mind
from game.rules.turn import Turn
from game.rules.turns import Turns

_canvas_pause: Final = 1.0
"""Seconds between two tellings of the whole canvas."""
_growth_ms: Final = 900
"""How long a person's stroke takes to appear where nobody shall know whose it is: as long as the artist's do."""
_ink_width: Final = 0.022 * CANVAS_HEIGHT
"""Logical pixels: the very width of the artist's ink (ai_artist/synthesis/ink.py), or a program could tell the two apart. A test compares them."""
_cubics: Final = 2
"""Of a stroke of the artist's ink, however long it is."""
_reach: Final = 0.42 * CANVAS_HEIGHT
"""Logical pixels from the middle, both ways, that the artist's strokes go at most; the drawer's page shows where that ends."""
_strokes_alone: Final = frozenset({BEGIN, POINTS, END})
_sure: Final = ((0.7, 1.0), (0.3, 0.5))
"""From what sureness on the artist says that it is sure, and fairly sure."""


class Easel:
    """Takes the ink of those whose hands may draw and shows it to everybody else."""

    def __init__(self, state: GameState, outbox: Outbox, seats: Seats, turns: Turns) -> None:
        self._state, self._outbox, self._seats, self._turns = state, outbox, seats, turns

    def ink(self, player_id: str, frame: InkFrame, now: float) -> None:
        """Take ink for a canvas from the one who may draw there, and show it to the others. Raises Refused."""
        turn, state = self._state.turn, self._state
        if turn is None or frame.turn != turn.number or (state.phase == "result" and player_id in (turn.drawer_id, ARTIST_ID)):
            return  # it was on its way when the turn ended
        by_artist = player_id == ARTIST_ID
        if state.phase == "drawing" and not by_artist and player_id == turn.drawer_id and turn.hands[0] == ARTIST_ID and frame.canvas == 0:
            return  # it was on its way when the artist took over
        if state.phase != "drawing" or frame.canvas >= len(turn.hands) or turn.hands[frame.canvas] != player_id:
            raise Refused("not_your_turn", "Only the drawer can draw, while the turn runs.")
        if state.clock.is_paused:
            if by_artist:
                turn.held.append(frame)
                return
            raise Refused("not_now", "The game is paused.")
        if turn.most_strokes and not by_artist:
            self._check_strokes(turn, frame)
        at, was_blank = turn.elapsed_ms(state.clock.time(now)), turn.is_blank
        if turn.is_open and not by_artist:
            self._take_rough(turn, frame, at)
        else:
            self._take(turn, player_id, frame, at)
        if was_blank and not turn.is_blank:
            self._outbox.cancel_timer("idle_warning")
            self._outbox.cancel_timer("idle")
        if not by_artist and turn.most_strokes and not turn.is_open and _is_complete(turn):
            self._turns.hand_over(turn, now)

    def _take(self, turn: Turn, player_id: str, frame: InkFrame, at: int) -> None:
        canvas = turn.canvases[frame.canvas]
        before = len(canvas.operations)
        try:
            canvas.apply(frame, at)
        except InkError as error:
            raise Refused(error.code, str(error)) from error
        # Whose strokes are smoothed is told, too, what became of them.
        is_smoothed = turn.is_open and player_id != ARTIST_ID
        self._outbox.tell(frame, None if is_smoothed else self._seats.everybody_but(player_id))
        if player_id == ARTIST_ID:
            turn.artist_status = "drawing"
            turn.artist_strokes += len(canvas.operations) > before  # and not if one moved
            self._tell_artist(turn)

    def _take_rough(self, turn: Turn, frame: InkFrame, at: int) -> None:
        try:
            turn.rough.apply(frame, at)
        except InkError as error:
            raise Refused(error.code, str(error)) from error
        self._show_ended(turn, at)

    def _show_ended(self, turn: Turn, at: int) -> None:
        """Show a person's strokes as they end, each as a curve of the artist's ink."""
        done = len(turn.canvas.operations)
        # One whose END was lost has ended when the next begins.
        ended = turn.rough.operations[done : len(turn.rough.operations) - (turn.rough.open_stroke is not None)]
        curves = [_curve(done + number, records_in(bytes(operation.ink))) for number, operation in enumerate(ended, 1)]
        if curves:
            self._take(turn, turn.drawer_id, decode_frame(encode_frame(turn.number, b"".join(curves))), at)

    @staticmethod
    def _check_strokes(turn: Turn, frame: InkFrame) -> None:
        if frame.goes_on is not None:
            return
        records = frame.records
        if not all(record.op in _strokes_alone for record in records):
            raise Refused("not_now", "Strokes alone in this game: no fills, nothing undone.")
        drawn = len((turn.rough if turn.is_open else turn.canvas).operations)
        if drawn + sum(record.op == BEGIN for record in records) > turn.most_strokes:
            raise Refused("canvas_full", f"That were all {turn.most_strokes} strokes that this drawing may have.")

    def _tell_artist(self, turn: Turn) -> None:
        if not turn.is_open:  # nobody shall know that it draws
            self._outbox.tell(turn.artist)

    def go_on(self, now: float) -> None:
        """After a pause: show what the artist drew meanwhile, put right what a person's screen has of a stroke that was cut short."""
        turn = self._state.turn
        if turn is not None:
            held, turn.held = turn.held, []
            status = turn.artist_status
            for frame in held:
                with contextlib.suppress(Refused):  # a stroke that the canvas does not take must not undo the pause's end
                    self.ink(ARTIST_ID, frame, now)
            if held and status == "finished":
                turn.artist_status = status
                self._tell_artist(turn)
            self.put_canvas_right(turn.drawer_id, now)

    def put_canvas_right(self, player_id: str, now: float) -> None:
        """Tell a drawer whose ink was refused what is on the canvas, for the page shows that ink already. Once a second at most."""
        turn = self._state.turn
        if turn is not None and self._state.phase == "drawing" and turn.drawer_id == player_id and not turn.drawer_is_ai:
            if turn.canvas_told_at is not None and now < turn.canvas_told_at + _canvas_pause:
                self._outbox.set_timer("canvas", turn.canvas_told_at + _canvas_pause)
                return
            turn.canvas_told_at = now
            turn.rough.open_stroke = None  # it ends here, for the page that is put right does not go on with it
            self._show_ended(turn, turn.elapsed_ms(self._state.clock.time(now)))
            self._outbox.tell(CanvasReset(turn.number), frozenset({player_id}))
            self.tell_canvases(player_id)

    def tell_canvases(self, player_id: str) -> None:
        """Tell a player all that is on the canvases of the turn in hand."""
        turn = self._state.turn
        if turn is not None:
            for number, canvas in enumerate(turn.canvases):
                if (frame := canvas.so_far(turn.number, number)) is not None:
                    self._outbox.tell(frame, frozenset({player_id}))

    def artist(self, report: ArtistReport, now: float) -> None:
        """Hear from the studio how this turn's drawing goes."""
        turn = self._state.turn
        if turn is None or turn.number != report.turn or self._state.phase != "drawing" or not turn.artist_draws:
            return
        match report:
            case ArtistStarted():
                turn.artist_sureness = _in_steps(report.sureness)
            case ArtistFinished():
                turn.artist_status = "finished"
            case ArtistThought():
                self._mind(turn, ARTIST_ID).add(turn.elapsed_ms(self._state.clock.time(now)), report.similarity)
                return
            case ArtistFailed():
                self._artist_failed(turn, now)
                return
        self._tell_artist(turn)

    def _artist_failed(self, turn: Turn, now: float) -> None:
        if turn.artist_strokes or turn.held or (turn.rival_id and turn.judgements):
            return
        if turn.drawer_is_ai:
            self._turns.end(turn, "artist_failed", now)
            return
        # The person goes on alone: with what they have begun, or without a rival.
        turn.hands, turn.canvases = [turn.drawer_id], turn.canvases[:1]
        turn.most_strokes, turn.artist_status = 0, "failed"
        self._tell_artist(turn)

    def guesser(self, thought: GuesserThought, now: float) -> None:
        """Note what an AI guesser makes of the drawing, to be told after the turn."""
        turn = self._state.turn
        if turn is None or turn.number != thought.turn or self._state.phase != "drawing" or thought.player_id not in self._seats.machines:
            return
        if thought.player_id not in turn.guesses:
            likeliest = thought.words[0][0] if thought.words else ""
            if likeliest != turn.text and likeliest in self._state.custom_words:
                likeliest = ""  # a word that the host brought along may come yet
            mind, at = self._mind(turn, thought.player_id), turn.elapsed_ms(self._state.clock.time(now))
            mind.add(at, dict(thought.words).get(turn.text, 0.0), likeliest)

    @staticmethod
    def _mind(turn: Turn, player_id: str) -> Mind:
        return turn.minds.setdefault(player_id, Mind())


def _in_steps(sureness: float | None) -> float | None:
    """Three steps, as the page shows them: the number itself is nearly a name, for it follows from the word alone, and anybody can reckon it."""
    return None if sureness is None else next((told for least, told in _sure if sureness >= least), 0.0)


def _is_complete(turn: Turn) -> bool:
    return len(turn.canvas.operations) >= turn.most_strokes and turn.canvas.open_stroke is None


def _curve(number: int, records: Iterable[Record]) -> bytes:
    """A stroke's records as one curve of plain ink."""
    points: list[tuple[float, float]] = []
    for record in records:
        if record.op in (BEGIN, POINTS):
            start = len(record.data) - 4 * record.points
            points += [(x / UNITS_PER_PIXEL, y / UNITS_PER_PIXEL) for x, y in struct.iter_unpack("<HH", record.data[start:])]
    inside = [(_within(x, CANVAS_WIDTH / 2), _within(y, CANVAS_HEIGHT / 2)) for x, y in fitted(points, _cubics)]
    return encode_curve(number, (0, 0, 0, 255), _ink_width, _growth_ms, inside)


def _within(value: float, middle: float) -> float:
    return max(middle - _reach, min(middle + _reach, value))
