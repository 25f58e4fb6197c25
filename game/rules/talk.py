"""What players say to each other: chat, guesses, reactions, thumbs, reports."""

from typing import Final

from game.protocol.client_messages import Rate, React, Report
from game.protocol.limits import CHAT_LENGTH, REACTIONS, REASON_LENGTH
from game.protocol.server_messages import Chat, Reaction, Reported
from game.protocol.turn_messages import CloseGuess, Rated
from game.rules.censor import Censor
from game.rules.effects import ChatLine, ReportRecord
from game.rules.guesses import Verdict, judge
from game.rules.outbox import Outbox
from game.rules.players import Player
from game.rules.refusal import Refused
from game.rules.seats import Seats
from game.rules.state import GameState
from game.rules.turns import Turns

_kept_lines: Final = 20
"""Of chat, for reports."""
_reaction_pause: Final = 0.5
"""Seconds between two reactions of one player."""


class Talk:
    """Hears every line and says who else does."""

    def __init__(self, state: GameState, outbox: Outbox, seats: Seats, turns: Turns, censor: Censor) -> None:
        self._state, self._outbox, self._seats, self._turns, self._censor = state, outbox, seats, turns, censor

    def say(self, player: Player, text: str, now: float) -> None:
        """Take a line, which is a guess where the player could make one."""
        line = self._checked(text)
        turn = self._state.turn if self._state.phase == "drawing" else None
        guesses = turn is not None and player.guesses and not turn.knows_word(player.id) and player.id not in turn.heard
        verdict = judge(line, turn.text) if turn is not None and guesses else None
        if turn is not None and verdict is Verdict.RIGHT:
            self._turns.guess(player, now)
            return
        self._keep_to_the_pace(player, now)
        if turn is not None and verdict is Verdict.CLOSE:
            self._outbox.tell(CloseGuess(line), frozenset({player.id}))
        elif turn is None or guesses or turn.is_open:
            self._show(player, line)
        else:
            turn.heard |= self._seats.spectators
            self._show(player, line, frozenset({turn.drawer_id, *turn.guesses}) | turn.heard)

    def _checked(self, text: str) -> str:
        line = " ".join(text.split())
        if not line or not line.isprintable():
            raise Refused("bad_field", "A line has at least one visible character, and no control characters.")
        if len(line) > CHAT_LENGTH:
            raise Refused("too_long", f"A line has at most {CHAT_LENGTH} characters; this one has {len(line)}.")
        return line

    def _keep_to_the_pace(self, player: Player, now: float) -> None:
        pause = self._state.settings.slow_mode_seconds
        if player.spoke_at is not None and now < player.spoke_at + pause:
            raise Refused("slow_mode", f"Slow mode is on: one line every {pause} seconds.")
        player.spoke_at = now

    def _show(self, player: Player, line: str, audience: frozenset[str] | None = None) -> None:
        settings = self._state.settings
        shown = self._censor(line, settings.language) if settings.profanity_filter else line
        self._state.chat.append(ChatLine(player.id, player.nickname, shown))
        del self._state.chat[:-_kept_lines]
        self._outbox.tell(Chat(player.id, shown, whisper=audience is not None), audience)

    def react(self, player: Player, message: React, now: float) -> None:
        """Show a reaction to everybody."""
        if not 0 <= message.reaction < len(REACTIONS):
            raise Refused("bad_field", f"A reaction is a number from 0 to {len(REACTIONS) - 1}; got {message.reaction}.")
        if player.reacted_at is not None and now < player.reacted_at + _reaction_pause:
            raise Refused("too_fast", "One reaction after the other.")
        player.reacted_at = now
        self._outbox.tell(Reaction(player.id, message.reaction))

    def rate(self, player: Player, message: Rate) -> None:
        """Take a thumb for the turn's drawing, or take it back."""
        turn = self._state.turn
        if turn is None or self._state.phase not in ("drawing", "result"):
            raise Refused("not_now", "There is no drawing to rate now.")
        if player.id == turn.drawer_id:
            raise Refused("not_your_turn", "Nobody rates their own drawing.")
        if message.rating:
            turn.ratings[player.id] = message.rating
        else:
            turn.ratings.pop(player.id, None)
        self._outbox.tell(Rated(turn.likes, turn.dislikes))

    def report(self, player: Player, message: Report) -> None:
        """Keep a complaint for the server's owner, with the drawing and the last lines of chat."""
        other, turn = self._seats.other(message.player_id), self._state.turn
        reason = " ".join(message.reason.split())
        if not reason or len(reason) > REASON_LENGTH or not reason.isprintable():
            raise Refused("bad_field", f"Say in 1 to {REASON_LENGTH} characters what is wrong; got {len(reason)}.")
        if other is player or other.is_ai:
            raise Refused("bad_field", "Reports are about other people.")
        if (player.id, other.id) in self._state.reported:
            raise Refused("too_fast", f"You have reported {other.nickname} already. You can again in the next turn.")
        self._state.reported.add((player.id, other.id))
        drew = turn is not None and turn.drawer_id == other.id
        self._outbox.do(
            ReportRecord(
                code=self._state.code,
                game_id=self._state.game_id,
                turn=turn.number if turn else 0,
                reporter_id=player.id,
                reporter_nickname=player.nickname,
                player_id=other.id,
                nickname=other.nickname,
                reason=reason,
                ink=turn.canvas.ink if turn and drew else b"",
                chat=tuple(self._state.chat),
            )
        )
        self._outbox.tell(Reported(other.id), frozenset({player.id}))
