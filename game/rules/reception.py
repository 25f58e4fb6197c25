"""What one who comes in is told."""

from game.protocol.limits import PROTOCOL_VERSION
from game.protocol.server_messages import Resumed, Welcome
from game.rules.commands import Join
from game.rules.easel import Easel
from game.rules.effects import SeatGuesser
from game.rules.lobby import Lobby
from game.rules.outbox import Outbox
from game.rules.players import Player
from game.rules.seats import Seats
from game.rules.state import GameState


class Reception:
    """Tells everybody all that they may know of the room, and nothing else."""

    def __init__(self, state: GameState, outbox: Outbox, seats: Seats, lobby: Lobby, easel: Easel, invite_url: str) -> None:
        self._state, self._outbox, self._seats, self._lobby, self._easel = state, outbox, seats, lobby, easel
        self._invite_url = invite_url

    def welcome(self, player: Player, join: Join, now: float) -> None:
        """Answer one who joins: with everything, or, where all that was missed has just been sent, with how things stand."""
        if not join.resumes:
            self.introduce(player, join.epoch, now)
            return
        turn, clock = self._state.turn, self._state.clock
        remaining = turn.remaining_ms(clock.time(now)) if turn else 0
        self._outbox.tell(Resumed(remaining, clock.is_paused, self._state.host_id), frozenset({player.id}))
        # What was drawn while the connection was lost is on the drawer's screen alone.
        self._easel.put_canvas_right(player.id, now)

    def introduce(self, player: Player, epoch: str, now: float) -> None:
        """Tell a player everything."""
        alone, turn, phase = frozenset({player.id}), self._state.turn, self._state.phase
        self._outbox.tell(self._everything(player, epoch, now), alone)
        if turn is None or phase not in ("drawing", "result"):
            return
        if turn.artist_draws and not turn.is_open and phase == "drawing":
            self._outbox.tell(turn.artist, alone)
        self._easel.tell_canvases(player.id)

    def seat_guessers(self, now: float) -> None:
        """Let those AI guessers sit down whom the settings ask for; those of a room that was kept have nobody to play them yet."""
        for guesser in self._seats.machines:
            self._outbox.do(SeatGuesser(guesser))
            self.introduce(self._seats.players[guesser], "", now)
        for newcomer in self._seats.fit_guessers():
            self.introduce(newcomer, "", now)

    def _everything(self, player: Player, epoch: str, now: float) -> Welcome:
        state, phase = self._state, self._state.phase
        turn = state.turn if state.is_playing else None
        knows = turn is not None and bool(turn.word) and (turn.knows_word(player.id) or phase == "result")
        chooses = turn is not None and phase == "choosing" and turn.drawer_id == player.id
        over = phase == "podium"
        return Welcome(
            protocol=PROTOCOL_VERSION,
            you=player.id,
            epoch=epoch,
            code=state.code,
            invite_url=self._invite_url,
            phase=phase,
            host_id=state.host_id,
            settings=self._lobby.settings_view,
            offer=self._lobby.offer,
            players=self._seats.views,
            paused=state.clock.is_paused,
            awaits=state.stopped_by_outage,
            turn=turn.view(state.clock.time(now), player.id, is_over=phase == "result") if turn else None,
            word=turn.text if turn and knows else None,
            choices=[word.text for word in turn.choices] if turn and chooses else None,
            vote=state.vote.view(now, self._seats.present) if state.vote else None,
            match=state.match_view if turn or over else None,
            game_id=state.game_id,
            podium=list(state.podium) if over else None,
            highlights=list(state.highlights) if over else None,
            drawings=list(state.drawings) if over else None,
            course=list(state.course) if over else [],
            day=state.daily.day if over and state.daily else "",
        )
