"""The state machine of one room: lobby, turns, podium, and again. It hands each command to the part whose concern it is."""

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
from game.protocol.server_messages import Announcement, ErrorMessage, Notice
from game.protocol.views import Phase
from game.rules.censor import Censor, no_censor
from game.rules.chance import Chance
from game.rules.commands import (
    Act,
    Announce,
    ArtistFailed,
    ArtistFinished,
    ArtistStarted,
    ArtistThought,
    Broadcast,
    Command,
    Disconnect,
    GuesserThought,
    Ink,
    InkLost,
    Join,
    Open,
    Refresh,
    Reopen,
    SendAway,
    TimerFired,
)
from game.rules.commissions import Commissions
from game.rules.daily import DailySource, no_daily
from game.rules.easel import Easel
from game.rules.effects import CloseRoom, Dismiss, Outcome
from game.rules.jury import Jury
from game.rules.lobby import Lobby
from game.rules.lobby_settings import BOUNDS, Bounds, LobbySettings
from game.rules.outbox import Outbox
from game.rules.pauses import Pauses
from game.rules.players import ARTIST_ID, GUESSERS, Player
from game.rules.polls import Polls
from game.rules.presence import Presence
from game.rules.reception import Reception
from game.rules.refusal import Refused
from game.rules.rounds import Rounds
from game.rules.seats import Seats
from game.rules.state import GameState, freeze, thaw
from game.rules.talk import Talk
from game.rules.turns import Turns
from game.rules.vocabulary import Vocabulary, Word, pool

BANNED_FROM_SERVER: Final = "You were banned from this server by its owner."


class Game:
    """All that is true of one room. `handle` is the only way to change it; it never blocks and never looks at the world."""

    def __init__(
        self,
        code: str,
        invite_url: str,
        vocabulary: Vocabulary,
        seed: int,
        settings: LobbySettings | None = None,
        bounds: Bounds = BOUNDS,
        censor: Censor = no_censor,
        daily: DailySource = no_daily,
        perceptors: tuple[str, ...] = (),
    ) -> None:
        """Open a room. `seed`: of all that is left to chance in it; `perceptors`: what the artist may draw with beside the usual one."""
        self._set_up(GameState(code, settings or LobbySettings(), Chance(str(seed))), invite_url, vocabulary, bounds, censor, daily, perceptors)

    def _set_up(
        self,
        state: GameState,
        invite_url: str,
        vocabulary: Vocabulary,
        bounds: Bounds,
        censor: Censor,
        daily: DailySource,
        perceptors: tuple[str, ...],
    ) -> None:
        self.state, self._vocabulary = state, vocabulary
        self._out = Outbox(state.timers, state.clock)
        self.seats = Seats(state, self._out, censor)
        commissions = Commissions(state, self._out, vocabulary)
        self._turns = Turns(state, self._out, self.seats, commissions)
        self._rounds = Rounds(state, self._out, self.seats, self._turns, commissions, daily)
        self._lobby = Lobby(state, self._out, self.seats, self._rounds, vocabulary, bounds, perceptors)
        self._easel = Easel(state, self._out, self.seats, self._turns)
        self._talk = Talk(state, self._out, self.seats, self._turns, censor)
        self._jury = Jury(state, self._out, self._turns)
        self._polls = Polls(state, self._out, self.seats)
        self._pauses = Pauses(state, self._out, self._polls, self._easel)
        self._reception = Reception(state, self._out, self.seats, self._lobby, self._easel, invite_url)
        self._presence = Presence(
            state, self._out, self.seats, self._lobby, self._rounds, self._turns, self._polls, self._pauses, self._reception
        )  # fmt: skip

    def freeze(self) -> bytes:
        """Return all that is true of the room as bytes."""
        return freeze(self.state)

    @classmethod
    def thaw(
        cls,
        data: bytes,
        invite_url: str,
        vocabulary: Vocabulary,
        bounds: Bounds = BOUNDS,
        censor: Censor = no_censor,
        daily: DailySource = no_daily,
        perceptors: tuple[str, ...] = (),
    ) -> Self:
        """Go on from what `freeze` gave. Raises SnapshotError."""
        game = cls.__new__(cls)
        game._set_up(thaw(data), invite_url, vocabulary, bounds, censor, daily, perceptors)
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
                self._reception.seat_guessers(now)
                self._rounds.prepare_daily()
            case Reopen():
                self._presence.reopen(now)
            case Announce(kind):
                self._out.tell(Notice(kind))
            case Broadcast(text):
                self._out.tell(Announcement(text))
            case SendAway(player_id, banned):
                self._expel(player_id, now, banned=banned)
            case Join():
                self._presence.join(command, now)
            case Disconnect(player_id):
                self._presence.disconnect(player_id, now)
            case Refresh(player_id, epoch):
                self._reception.introduce(self.seats.of(player_id), epoch, now)
            case InkLost(player_id):
                self._easel.put_canvas_right(player_id, now)
            case TimerFired(name, serial):
                if self._out.fired(name, serial):
                    self._timer(name, now)
            case ArtistStarted() | ArtistFinished() | ArtistFailed() | ArtistThought():
                self._easel.artist(command, now)
            case GuesserThought():
                self._easel.guesser(command, now)

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
                self._rounds.start_game(now)
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
                self.seats.become(player, role, at_once=not self.state.is_playing)
                self._lobby.start_if_all_ready(now)
            case SetAvatar(avatar):
                self._lobby.set_avatar(player, avatar)
            case Pause(paused):
                self._require_host(player, "pause the game without a vote")
                self._pauses.require_change(paused=paused)
                self._pauses.change(now, paused=paused)
            case CastVote(kind):
                if kind != "kick":
                    self._pauses.require_change(paused=kind == "pause")
                self._polls.cast(player, message, now)
                self._presence.carry_out_vote(now)
            case Kick(player_id, ban):
                self._require_host(player, "send players away")
                self._kick(self.seats.other(player_id), now, ban=ban)
            case PlayAgain():
                self._require_host(player, "start again")
                self._require_phase("podium", "A new game can be started after this one's podium.")
                self._lobby.back_to_lobby()
            case LeaveRoom():
                self._presence.leave(player, "left", now)
            case Hello():
                raise Refused("not_now", "You have already said hello on this connection.")

    def _change_settings(self, change: ChangeSettings, now: float) -> None:
        before = (self.settings.game_mode, self.settings.language)
        came = self._lobby.change_settings(change)
        if (self.settings.game_mode, self.settings.language) != before:
            self._rounds.prepare_daily()
        for guesser in came:
            self._reception.introduce(guesser, "", now)

    def _require_host(self, player: Player, deed: str) -> None:
        if player.id != self.seats.host_id:
            raise Refused("not_host", f"Only the host can {deed}.")

    def _require_phase(self, phase: Phase, otherwise: str) -> None:
        if self.phase != phase:
            raise Refused("not_now", otherwise)

    def _kick(self, player: Player, now: float, *, ban: bool) -> None:
        if player.id == self.seats.host_id:
            raise Refused("bad_field", "The host cannot be sent away.")
        self._put_out(player, now, ban=ban)

    def _expel(self, player_id: str, now: float, *, banned: bool) -> None:
        """What the server's owner wants. A ban of theirs is kept by the server, so that the room need not remember it."""
        player = self.seats.players.get(player_id)
        if player is None:
            return
        if banned and not player.is_ai:
            self._out.tell(ErrorMessage("banned_from_server", BANNED_FROM_SERVER), frozenset({player_id}))
            self._presence.leave(player, "banned", now)
            self._out.do(Dismiss(player_id, "banned"))
        else:
            self._put_out(player, now, ban=False)

    def _put_out(self, player: Player, now: float, *, ban: bool) -> None:
        """Send a person away; an AI player is one that the settings seat, and goes by them."""
        if player.id == ARTIST_ID:
            self._lobby.change_settings(ChangeSettings(human_turns_per_artist_turn=0))
        elif player.id in GUESSERS:
            self._lobby.change_settings(ChangeSettings(ai_guessers=self.settings.ai_guessers - 1), dropped=player.id)
        else:
            self._presence.send_away(player, now, ban=ban)

    # --- timers

    def _timer(self, name: str, now: float) -> None:
        kind, _, player_id = name.partition(":")
        match kind:
            case "seat":
                self._presence.leave(self.seats.players[player_id], "away", now)
            case "empty":
                self._rounds.keep_turn()
                self._out.do(CloseRoom())
            case "awaited":
                self._presence.stop_waiting(now)
            case "vote":
                self._polls.lapsed(now)
            case "gone":
                self._turns.end_if_all_guessed(now)
            case "canvas":
                if self.state.turn is not None:
                    self._easel.put_canvas_right(self.state.turn.drawer_id, now)
            case "result":
                self._rounds.keep_turn()
                self._rounds.next_turn(now)
            case _:
                self._turns.timer(name, now)
