"""The state machine of one room: lobby, turns, podium, and again. The parts that it is made of are turns, talk, seats and votes."""

from random import Random
from typing import Final, Self

from game.protocol.client_messages import (
    AnyClientMessage,
    Become,
    CastVote,
    ChangeSettings,
    ChooseWord,
    Hello,
    Judge,
    Kick,
    LeaveRoom,
    Pause,
    PlayAgain,
    Rate,
    React,
    Ready,
    Report,
    Say,
    SetAvatar,
    SetWords,
    StartGame,
)
from game.protocol.limits import PROTOCOL_VERSION
from game.protocol.server_messages import (
    ErrorMessage,
    GoesOn,
    LeaveReason,
    Notice,
    Paused,
    Resumed,
    Welcome,
)
from game.protocol.views import Phase
from game.rules.censor import Censor, no_censor
from game.rules.commands import (
    Act,
    Announce,
    ArtistFailed,
    ArtistFinished,
    ArtistStarted,
    ArtistThought,
    Command,
    Disconnect,
    GuesserThought,
    Ink,
    InkLost,
    Join,
    Open,
    Refresh,
    Reopen,
    TimerFired,
)
from game.rules.daily import DailySource, no_daily
from game.rules.easel import Easel
from game.rules.effects import CloseRoom, Dismiss, HoldDrawing, Outcome, SeatGuesser
from game.rules.jury import Jury
from game.rules.lobby import Lobby
from game.rules.lobby_settings import BOUNDS, Bounds, LobbySettings
from game.rules.outbox import Outbox
from game.rules.players import ARTIST_ID, GUESSERS, Player
from game.rules.polls import Polls
from game.rules.refusal import Refused
from game.rules.seats import Seats
from game.rules.state import GameState, freeze, thaw
from game.rules.talk import Talk
from game.rules.turns import Turns
from game.rules.vocabulary import Vocabulary, Word, pool

GONE_SECONDS: Final = 5.0
"""After these one whose connection went away is not waited for with a guess."""
NOBODY_BACK_SECONDS: Final = 600.0
"""How long a game waits, after its server was away, for the first of its people;"""
OTHERS_BACK_SECONDS: Final = 15.0
"""and when somebody is back, for the others: pages try again every 10 s at least."""
_playing: Final = frozenset({"choosing", "drawing", "result"})


class Game:
    """All that is true of one room. `handle` is the only way to change it; it never blocks and never looks at the world."""

    def __init__(
        self,
        code: str,
        invite_url: str,
        vocabulary: Vocabulary,
        random: Random,
        settings: LobbySettings | None = None,
        bounds: Bounds = BOUNDS,
        censor: Censor = no_censor,
        daily: DailySource = no_daily,
    ) -> None:
        """Open a room. `random`: seeded by whoever wants to replay the game."""
        self._set_up(GameState(code, settings or LobbySettings()), random, invite_url, vocabulary, bounds, censor, daily)

    def _set_up(
        self, state: GameState, random: Random, invite_url: str, vocabulary: Vocabulary, bounds: Bounds, censor: Censor, daily: DailySource
    ) -> None:
        self.state, self._random, self._invite_url, self._vocabulary = state, random, invite_url, vocabulary
        self._out = Outbox(state.timers, state.clock)
        self.seats = Seats(state, self._out, censor)
        self._turns = Turns(state, self._out, self.seats, vocabulary, random, daily)
        self._easel = Easel(state, self._out, self.seats, self._turns)
        self._lobby = Lobby(state, self._out, self.seats, self._turns, vocabulary, bounds)
        self._talk = Talk(state, self._out, self.seats, self._turns, censor)
        self._polls = Polls(state, self._out, self.seats)
        self._jury = Jury(state, self._out, self._turns)

    def freeze(self) -> bytes:
        """Return all that is true of the room as bytes."""
        return freeze(self.state, self._random)

    @classmethod
    def thaw(
        cls,
        data: bytes,
        invite_url: str,
        vocabulary: Vocabulary,
        bounds: Bounds = BOUNDS,
        censor: Censor = no_censor,
        daily: DailySource = no_daily,
    ) -> Self:
        """Go on from what `freeze` gave. Raises SnapshotError."""
        game = cls.__new__(cls)
        state, random = thaw(data)
        game._set_up(state, random, invite_url, vocabulary, bounds, censor, daily)
        return game

    @property
    def phase(self) -> Phase:
        """Where the room stands."""
        return self.state.phase

    @property
    def settings(self) -> LobbySettings:
        """The room's, as the host left them."""
        return self.state.settings

    @property
    def words(self) -> list[Word]:
        """All that may be drawn here."""
        return pool(self._vocabulary, self.state.settings, self.state.custom_words)

    def handle(self, command: Command, now: float) -> list[Outcome]:
        """Apply one command at time `now` (seconds, any monotonic clock); return what follows from it, in order."""
        try:
            self._dispatch(command, now)
        except Refused as refusal:
            self._out.take()
            return self._refusal(command, refusal, now)
        except Exception:
            self._out.take()  # half of what a bug left must not come with the next command's
            raise
        return self._out.take()

    def _refusal(self, command: Command, refusal: Refused, now: float) -> list[Outcome]:
        sender = getattr(command, "player_id", "")
        self._out.tell(ErrorMessage(refusal.code, str(refusal)), frozenset({sender}))
        if isinstance(command, Join):
            self._out.do(Dismiss(sender, "refused"))
        elif isinstance(command, Ink):
            self._easel.put_canvas_right(sender, now)
        return self._out.take()

    def _dispatch(self, command: Command, now: float) -> None:
        match command:  # what comes most often first
            case Ink(player_id, frame):
                self._easel.ink(player_id, frame, now)
            case Act(player_id, message):
                self._act(self.seats.of(player_id), message, now)
            case Open():
                self.seats.watch_for_emptiness(now)
                self._seat_guessers(now)
                self._turns.prepare_daily()
            case Reopen():
                self._reopen(now)
            case Announce(kind):
                self._out.tell(Notice(kind))
            case Join():
                self._join(command, now)
            case Disconnect(player_id):
                self._disconnect(player_id, now)
            case Refresh(player_id, epoch):
                self._introduce(self.seats.of(player_id), epoch, now)
            case InkLost(player_id):
                self._easel.put_canvas_right(player_id, now)
            case TimerFired(name, serial):
                if self._out.fired(name, serial):
                    self._timer(name, now)
            case ArtistStarted() | ArtistFinished() | ArtistFailed() | ArtistThought():
                self._easel.artist(command, now)
            case GuesserThought():
                self._easel.guesser(command, now)

    # --- who is here

    def _join(self, join: Join, now: float) -> None:
        player = self.seats.take(join)
        self._turns.connection_changed(player, now)
        self._welcome_back(player, join, now)
        self._is_back(player.id, now)

    def _welcome_back(self, player: Player, join: Join, now: float) -> None:
        alone = frozenset({player.id})
        if join.resumes:
            turn = self.state.turn
            remaining = turn.remaining_ms(self.state.clock.time(now)) if turn else 0
            self._out.tell(Resumed(remaining, self.state.clock.is_paused, self.state.host_id), alone)
            # What was drawn while the connection was lost is on the drawer's screen alone.
            self._easel.put_canvas_right(player.id, now)
            return
        self._introduce(player, join.epoch, now)

    def _introduce(self, player: Player, epoch: str, now: float) -> None:
        """Tell one who comes in all that they may know."""
        alone, turn = frozenset({player.id}), self.state.turn
        self._out.tell(self._welcome(player, epoch, now), alone)
        if turn is None or self.phase not in ("drawing", "result"):
            return
        if turn.artist_draws and not turn.is_open and self.phase == "drawing":
            self._out.tell(turn.artist, alone)
        self._easel.tell_canvases(player.id)

    def _welcome(self, player: Player, epoch: str, now: float) -> Welcome:
        state = self.state
        turn = state.turn if self.phase in _playing else None
        knows = turn is not None and bool(turn.word) and (turn.knows_word(player.id) or self.phase == "result")
        chooses = turn is not None and self.phase == "choosing" and turn.drawer_id == player.id
        over = self.phase == "podium"
        return Welcome(
            protocol=PROTOCOL_VERSION,
            you=player.id,
            epoch=epoch,
            code=state.code,
            invite_url=self._invite_url,
            phase=self.phase,
            host_id=state.host_id,
            settings=self._lobby.settings_view,
            offer=self._lobby.offer,
            players=self._turns.views(),
            paused=state.clock.is_paused,
            awaits=state.stopped_by_outage,
            turn=turn.view(state.clock.time(now), player.id, is_over=self.phase == "result") if turn else None,
            word=turn.text if turn and knows else None,
            choices=[word.text for word in turn.choices] if turn and chooses else None,
            vote=state.vote.view(now, self.seats.present) if state.vote else None,
            match=self._turns.match if turn or over else None,
            game_id=state.game_id,
            podium=list(state.podium) if over else None,
            highlights=list(state.highlights) if over else None,
            drawings=list(state.drawings) if over else None,
            course=list(state.course) if over else [],
            day=state.daily.day if over and state.daily else "",
        )

    def _disconnect(self, player_id: str, now: float) -> None:
        player = self.seats.players.get(player_id)
        if player is not None and player.connected:
            self.seats.disconnect(player, now)
            self._turns.connection_changed(player, now)
            self._out.set_timer("gone", now + GONE_SECONDS)
            self._lobby.start_if_all_ready(now)
            self._carry_out_vote(now)

    def _leave(self, player: Player, reason: LeaveReason, now: float) -> None:
        self.seats.leave(player, reason, now)
        self._is_back(player.id, now)  # for nobody waits for them any more
        self._turns.left(player, now)
        self._polls.left(player)
        self._lobby.start_if_all_ready(now)
        self._carry_out_vote(now)

    def _send_away(self, player: Player, now: float, *, ban: bool) -> None:
        if ban:
            self.state.banned.add(player.id)
        self._leave(player, "banned" if ban else "kicked", now)
        self._out.do(Dismiss(player.id, "banned" if ban else "kicked"))

    # --- after an outage

    def _reopen(self, now: float) -> None:
        """Let the clock stand still until those who were here are back, or have had their time; the AI players go on from where they were."""
        state = self.state
        state.awaited = {player.id for player in self.seats.people if player.connected}
        if state.awaited:
            if self.phase in _playing and not state.clock.is_paused:
                self._pause(now, paused=True)
                state.stopped_by_outage = True
            self._out.set_timer("awaited", now + NOBODY_BACK_SECONDS)
        self._out.rearm()
        self._seat_guessers(now)
        self._turns.go_on_after_outage(now)
        if state.clock.is_paused:
            self._out.do(HoldDrawing(True))

    def _is_back(self, player_id: str, now: float) -> None:
        awaited = self.state.awaited
        if player_id in awaited:
            awaited.discard(player_id)
            if awaited:
                self._out.set_timer("awaited", now + OTHERS_BACK_SECONDS)
            else:
                self._stop_waiting(now)

    def _stop_waiting(self, now: float) -> None:
        """Go on; who is not back is one whose connection went away."""
        late, self.state.awaited = sorted(self.state.awaited), set()
        self._out.cancel_timer("awaited")
        if self.state.stopped_by_outage:
            self._pause(now, paused=False)
        for player_id in late:
            self._disconnect(player_id, now)

    # --- what players say

    def _act(self, player: Player, message: AnyClientMessage, now: float) -> None:
        match message:
            case ChangeSettings():
                self._require_host(player, "change the settings")
                self._change_settings(message, now)
            case SetWords(text):
                self._require_host(player, "bring words along")
                self._require_phase("lobby", "Custom words can be changed in the lobby, before the game starts.")
                self._lobby.set_words(player, text)
            case Ready(ready):
                self._require_phase("lobby", "The game has already started.")
                self._lobby.set_ready(player, ready, now)
            case StartGame():
                self._require_host(player, "start the game")
                self._require_phase("lobby", "The game has already started.")
                self._turns.start_game(now)
            case ChooseWord(index):
                self._turns.choose(player, index, now)
            case Say(text):
                self._talk.say(player, text, now)
            case React():
                self._talk.react(player, message, now)
            case Rate():
                self._talk.rate(player, message)
            case Judge(hand):
                self._jury.judge(player, hand, now)
            case Report():
                self._talk.report(player, message)
            case Become(role):
                self.seats.become(player, role, at_once=self.phase not in _playing)
                self._lobby.start_if_all_ready(now)
            case SetAvatar(avatar):
                self._lobby.set_avatar(player, avatar)
            case Pause(paused):
                self._require_host(player, "pause the game without a vote")
                self._require_pausable(paused=paused)
                self._pause(now, paused=paused)
            case CastVote():
                self._vote(player, message, now)
            case Kick(player_id, ban):
                self._require_host(player, "send players away")
                self._kick(self.seats.other(player_id), now, ban=ban)
            case PlayAgain():
                self._require_host(player, "start again")
                self._require_phase("podium", "A new game can be started after this one's podium.")
                self._lobby.back_to_lobby()
            case LeaveRoom():
                self._leave(player, "left", now)
            case Hello():
                raise Refused("not_now", "You have already said hello on this connection.")

    def _seat_guessers(self, now: float) -> None:
        """Let those sit down whom the settings ask for; those of a room that was kept have nobody to play them yet."""
        for guesser in self.seats.machines:
            self._out.do(SeatGuesser(guesser))
            self._introduce(self.seats.players[guesser], "", now)
        for newcomer in self.seats.fit_guessers():
            self._introduce(newcomer, "", now)

    def _change_settings(self, change: ChangeSettings, now: float) -> None:
        before = (self.settings.game_mode, self.settings.language)
        came = self._lobby.change_settings(change)
        if (self.settings.game_mode, self.settings.language) != before:
            self._turns.prepare_daily()
        for guesser in came:
            self._introduce(guesser, "", now)

    def _require_host(self, player: Player, deed: str) -> None:
        if player.id != self.seats.host_id:
            raise Refused("not_host", f"Only the host can {deed}.")

    def _require_phase(self, phase: Phase, otherwise: str) -> None:
        if self.phase != phase:
            raise Refused("not_now", otherwise)

    # --- keeping order

    def _require_pausable(self, *, paused: bool) -> None:
        if self.phase not in _playing:
            raise Refused("not_now", "There is no game to pause.")
        if paused == self.state.clock.is_paused:
            raise Refused("not_now", "The game is paused already." if paused else "The game is not paused.")

    def _pause(self, now: float, *, paused: bool) -> None:
        self.state.stopped_by_outage = False
        self._polls.settled("pause", "resume")
        self._out.do(HoldDrawing(paused))
        if paused:
            self._out.pause(now)
            self._out.tell(Paused())
            return
        self._out.resume(now)
        turn = self.state.turn
        self._out.tell(GoesOn(turn.remaining_ms(self.state.clock.time(now)) if turn else 0))
        self._easel.go_on(now)

    def _vote(self, player: Player, message: CastVote, now: float) -> None:
        if message.kind != "kick":
            self._require_pausable(paused=message.kind == "pause")
        self._polls.cast(player, message, now)
        self._carry_out_vote(now)

    def _carry_out_vote(self, now: float) -> None:
        """Do what has been voted for, if it has been: with a vote, or because others have gone."""
        vote = self._polls.passed()
        if vote is not None and vote.kind == "kick":
            self._send_away(self.seats.other(vote.player_id), now, ban=True)
        elif vote is not None and self.phase in _playing and (vote.kind == "pause") != self.state.clock.is_paused:
            self._pause(now, paused=vote.kind == "pause")

    def _kick(self, player: Player, now: float, *, ban: bool) -> None:
        if player.id == self.seats.host_id:
            raise Refused("bad_field", "The host cannot be sent away.")
        if player.id == ARTIST_ID:
            self._lobby.change_settings(ChangeSettings(human_turns_per_artist_turn=0))
        elif player.id in GUESSERS:
            self._lobby.change_settings(ChangeSettings(ai_guessers=self.settings.ai_guessers - 1), dropped=player.id)
        else:
            self._send_away(player, now, ban=ban)

    # --- timers

    def _timer(self, name: str, now: float) -> None:
        kind, _, player_id = name.partition(":")
        match kind:
            case "seat":
                self._leave(self.seats.players[player_id], "away", now)
            case "empty":
                self._turns.finish()
                self._out.do(CloseRoom())
            case "awaited":
                self._stop_waiting(now)
            case "vote":
                self._polls.lapsed(now)
            case "gone":
                self._turns.end_if_all_guessed(now)
            case "canvas":
                if self.state.turn is not None:
                    self._easel.put_canvas_right(self.state.turn.drawer_id, now)
            case _:
                self._turns.timer(name, now)
