"""What is drawn in a turn, and by whom: people's ink, the AI artist's, and what becomes of both in a pause."""

import contextlib
from typing import Final

from game.protocol.ink import InkError, InkFrame
from game.protocol.server_messages import CanvasReset
from game.rules.commands import ArtistFailed, ArtistFinished, ArtistReport, ArtistStarted
from game.rules.outbox import Outbox
from game.rules.refusal import Refused
from game.rules.seats import Seats
from game.rules.state import GameState
from game.rules.turns import Turns

_canvas_pause: Final = 1.0
"""Seconds between two tellings of the whole canvas."""


class Easel:
    """Takes the ink of the turn's drawer and shows it to everybody else."""

    def __init__(self, state: GameState, outbox: Outbox, seats: Seats, turns: Turns) -> None:
        self._state, self._outbox, self._seats, self._turns = state, outbox, seats, turns

    def ink(self, player_id: str, frame: InkFrame, now: float) -> None:
        """Take ink from the drawer and show it to the others. Raises Refused."""
        turn, state = self._state.turn, self._state
        if turn is None or frame.turn != turn.number or (state.phase == "result" and turn.drawer_id == player_id):
            return  # it was on its way when the turn ended
        if state.phase != "drawing" or turn.drawer_id != player_id:
            raise Refused("not_your_turn", "Only the drawer can draw, while the turn runs.")
        if state.clock.is_paused:
            if turn.drawer_is_ai:
                turn.held.append(frame)
                return
            raise Refused("not_now", "The game is paused.")
        before = len(turn.canvas.operations)
        try:
            turn.canvas.apply(frame, turn.elapsed_ms(state.clock.time(now)))
        except InkError as error:
            raise Refused(error.code, str(error)) from error
        if not turn.canvas.is_blank:
            self._outbox.cancel_timer("idle_warning")
            self._outbox.cancel_timer("idle")
        self._outbox.tell(frame, self._seats.everybody_but(player_id))
        if turn.drawer_is_ai:
            turn.artist_status = "drawing"
            turn.artist_strokes += len(turn.canvas.operations) > before  # and not if one moved
            self._outbox.tell(turn.artist)

    def go_on(self, now: float) -> None:
        """After a pause: show what the artist drew meanwhile, put right what a person's screen has of a stroke that was cut short."""
        turn = self._state.turn
        if turn is not None:
            held, turn.held = turn.held, []
            status = turn.artist_status
            for frame in held:
                with contextlib.suppress(Refused):  # a stroke that the canvas does not take must not undo the pause's end
                    self.ink(turn.drawer_id, frame, now)
            if held and status == "finished":
                turn.artist_status = status
                self._outbox.tell(turn.artist)
            self.put_canvas_right(turn.drawer_id, now)

    def put_canvas_right(self, player_id: str, now: float) -> None:
        """Tell a drawer whose ink was refused what is on the canvas, for the page shows that ink already. Once a second at most."""
        turn = self._state.turn
        if turn is not None and self._state.phase == "drawing" and turn.drawer_id == player_id and not turn.drawer_is_ai:
            if turn.canvas_told_at is not None and now < turn.canvas_told_at + _canvas_pause:
                self._outbox.set_timer("canvas", turn.canvas_told_at + _canvas_pause)
                return
            turn.canvas_told_at = now
            self._outbox.tell(CanvasReset(turn.number), frozenset({player_id}))
            if (frame := turn.canvas.so_far(turn.number)) is not None:
                self._outbox.tell(frame, frozenset({player_id}))

    def artist(self, report: ArtistReport, now: float) -> None:
        """Hear from the studio how this turn's drawing goes."""
        turn = self._state.turn
        if turn is None or turn.number != report.turn or self._state.phase != "drawing":
            return
        match report:
            case ArtistStarted():
                turn.artist_sureness = report.sureness
            case ArtistFinished():
                turn.artist_status = "finished"
            case ArtistFailed():
                if turn.artist_strokes == 0 and not turn.held:
                    self._turns.end(turn, "artist_failed", now)
                return
        self._outbox.tell(turn.artist)
