"""The state machine of one room: lobby, turns, podium, and again."""

from collections.abc import Sequence
from random import Random
from typing import Final, Literal

from game.protocol.client_messages import (
    AnyClientMessage,
    ChangeSettings,
    ChooseWord,
    Hello,
    LeaveRoom,
    PlayAgain,
    Say,
    StartGame,
)
from game.protocol.ink import CLEAR, InkError, InkFrame, Record, encode_clear, encode_frame
from game.protocol.limits import CHAT_LENGTH, PROTOCOL_VERSION
from game.protocol.server_messages import (
    ArtistStatus,
    BackToLobby,
    Chat,
    Choices,
    CloseGuess,
    EndReason,
    ErrorMessage,
    GameEnded,
    GameStarted,
    Guessed,
    Hint,
    Phase,
    PlayerView,
    PodiumLine,
    ScoreLine,
    SecretWord,
    SettingsChanged,
    TurnChoosing,
    TurnEnded,
    TurnStarted,
    Welcome,
)
from game.rules.commands import (
    Act,
    ArtistFailed,
    ArtistFinished,
    ArtistRestarted,
    ArtistStarted,
    Command,
    Disconnect,
    Ink,
    Join,
    TimerFired,
)
from game.rules.effects import (
    CancelDrawing,
    CloseRoom,
    Event,
    GameBegan,
    GameRecord,
    Outcome,
    StartDrawing,
    TurnRecord,
)
from game.rules.guesses import Verdict, judge
from game.rules.hints import hint_order, hint_times
from game.rules.lobby_settings import LobbySettings, SettingsError
from game.rules.outbox import Outbox
from game.rules.players import Player
from game.rules.refusal import Refused
from game.rules.seats import Seats
from game.rules.turn import Turn
from game.rules.turn_order import TurnOrder

CHOICE_COUNT: Final = 3
CHOOSE_SECONDS: Final = 15.0
RESULT_SECONDS: Final = 7.0
ARTIST_SHARE: Final = 0.6
"""The artist's last stroke comes by this part of the turn."""


class Game:
    """All that is true of one room. `handle` is the only way to change it; it never blocks and never looks at the world."""

    def __init__(self, code: str, invite_url: str, words: Sequence[str], random: Random, settings: LobbySettings | None = None) -> None:
        """`words`: the pack that secret words come from, at least three. `random`: seeded by whoever wants to replay the game."""
        self._code, self._invite_url, self._words, self._random = code, invite_url, words, random
        self.settings = settings or LobbySettings()
        self.phase: Phase = "lobby"
        self._out = Outbox()
        self.seats = Seats(self._out)
        self._game_id = ""
        self._order = TurnOrder(0, 0)
        self._turn: Turn | None = None
        self._turn_number = 0
        self._used_words: set[str] = set()
        self._podium: list[PodiumLine] = []
        self._artist_status = ArtistStatus("thinking", 0)

    def handle(self, command: Command, now: float) -> list[Outcome]:
        """Apply one command at time `now` (seconds, any monotonic clock); return what follows from it, in order."""
        try:
            self._dispatch(command, now)
        except Refused as refusal:
            self._out.take()
            sender = getattr(command, "player_id", "")
            return [Event(ErrorMessage(refusal.code, str(refusal)), frozenset({sender}))]
        return self._out.take()

    def _dispatch(self, command: Command, now: float) -> None:
        match command:
            case Join():
                self._join(command, now)
            case Disconnect(player_id):
                self.seats.disconnect(player_id, now)
            case Act(player_id, message):
                self._act(self.seats.of(player_id), message, now)
            case Ink(player_id, frame):
                self._ink(player_id, frame)
            case TimerFired(name, serial):
                if self._out.fired(name, serial):
                    self._timer(name, now)
            case ArtistStarted(turn) | ArtistRestarted(turn) | ArtistFinished(turn) | ArtistFailed(turn):
                if self._turn is not None and self._turn.number == turn and self.phase == "drawing":
                    self._artist(command, now)

    # --- who is here

    def _join(self, join: Join, now: float) -> None:
        player = self.seats.take(join, self.settings.max_players)
        self._out.tell(self._welcome(player, join.token, now), frozenset({player.id}))
        if self._turn and self._turn.drawer.is_ai and self.phase == "drawing":
            self._out.tell(self._artist_status, frozenset({player.id}))
        ink = self._turn.canvas.so_far() if self._turn and self.phase in ("drawing", "result") else None
        if ink is not None:
            self._out.tell(ink, frozenset({player.id}))

    def _welcome(self, player: Player, token: str, now: float) -> Welcome:
        turn, knows = self._turn, self._turn is not None and self._turn.knows_word(player.id)
        playing = turn is not None and self.phase in ("choosing", "drawing", "result")
        return Welcome(
            protocol=PROTOCOL_VERSION,
            you=player.id,
            token=token,
            code=self._code,
            invite_url=self._invite_url,
            phase=self.phase,
            host_id=self.seats.host_id,
            settings=self.settings.view(),
            players=self._player_views(),
            turn=turn.view(now, self._phase_seconds) if turn and playing else None,
            word=turn.word if turn and playing and turn.word and (knows or self.phase == "result") else None,
            choices=list(turn.choices) if turn and self.phase == "choosing" and turn.drawer is player else None,
            podium=self._podium if self.phase == "podium" else None,
        )

    @property
    def _phase_seconds(self) -> float:
        """How long the phase in hand lasts; only turns have a clock."""
        return {"choosing": CHOOSE_SECONDS, "drawing": self._turn.seconds if self._turn else 0.0, "result": RESULT_SECONDS}.get(self.phase, 0.0)

    def _player_views(self) -> list[PlayerView]:
        return [player.view(self._turn is not None and player.id in self._turn.guesses) for player in self.seats.players.values()]

    def _leave(self, player: Player, now: float) -> None:
        self.seats.leave(player, now)
        if self._turn and self.phase in ("choosing", "drawing"):
            if self._turn.drawer is player:
                self._end_turn("drawer_left", now)
            elif not self._guessers():
                self._end_turn("not_enough_players", now)
            else:
                self._end_turn_if_all_guessed(now)

    # --- what players say

    def _act(self, player: Player, message: AnyClientMessage, now: float) -> None:
        match message:
            case ChangeSettings():
                self._require_host(player, "change the settings")
                self._require_phase("lobby", "Settings can be changed in the lobby, before the game starts.")
                self._change_settings(message)
            case StartGame():
                self._require_host(player, "start the game")
                self._require_phase("lobby", "The game has already started.")
                self._start_game(now)
            case ChooseWord(index):
                self._choose(player, index, now)
            case Say(text):
                self._say(player, text, now)
            case PlayAgain():
                self._require_host(player, "start again")
                self._require_phase("podium", "A new game can be started after this one's podium.")
                self._back_to_lobby()
            case LeaveRoom():
                self._leave(player, now)
            case Hello():
                raise Refused("not_now", "You have already said hello on this connection.")

    def _require_host(self, player: Player, deed: str) -> None:
        if player.id != self.seats.host_id:
            raise Refused("not_host", f"Only the host can {deed}.")

    def _require_phase(self, phase: Phase, otherwise: str) -> None:
        if self.phase != phase:
            raise Refused("not_now", otherwise)

    def _change_settings(self, change: ChangeSettings) -> None:
        try:
            changed = self.settings.changed(change)
        except SettingsError as error:
            raise Refused("bad_settings", str(error)) from error
        if changed.max_players < len(self.seats.people):
            raise Refused("bad_settings", f"{len(self.seats.people)} people are here already: the room needs as many seats.")
        self.settings = changed
        self._out.tell(SettingsChanged(changed.view()))

    def _say(self, player: Player, text: str, now: float) -> None:
        line = " ".join(text.split())
        if not line or not line.isprintable():
            raise Refused("bad_field", "Say something: a line of visible characters.")
        if len(line) > CHAT_LENGTH:
            raise Refused("too_long", f"A line has at most {CHAT_LENGTH} characters; this one has {len(line)}.")
        turn = self._turn
        if turn is None or self.phase != "drawing":
            self._out.tell(Chat(player.id, line))
        elif turn.knows_word(player.id):
            self._out.tell(Chat(player.id, line, whisper=True), frozenset({turn.drawer.id, *turn.guesses}))
        else:
            match judge(line, turn.word):
                case Verdict.RIGHT:
                    self._right_guess(turn, player, now)
                case Verdict.CLOSE:
                    self._out.tell(CloseGuess(line), frozenset({player.id}))
                case Verdict.WRONG:
                    self._out.tell(Chat(player.id, line))

    def _right_guess(self, turn: Turn, player: Player, now: float) -> None:
        guess = turn.guessed_by(player, now)
        player.score += guess.points
        self._out.tell(Guessed(player.id, len(turn.guesses), guess.points))
        self._out.tell(SecretWord(turn.word), frozenset({player.id}))
        self._end_turn_if_all_guessed(now)

    def _guessers(self) -> list[str]:
        """Persons who are here and could guess this turn's word, those who did included."""
        return [person for person in self.seats.present if self._turn and person != self._turn.drawer.id]

    def _end_turn_if_all_guessed(self, now: float) -> None:
        if self._turn and self.phase == "drawing" and all(person in self._turn.guesses for person in self._guessers()):
            self._end_turn("all_guessed", now)

    # --- turns

    def _start_game(self, now: float) -> None:
        for player in self.seats.players.values():
            player.score = 0
        self._game_id = f"{self._random.getrandbits(128):032x}"
        self._order = TurnOrder(self.settings.rounds, self.settings.human_turns_per_artist_turn)
        self._turn_number = 0
        self._used_words.clear()
        self._out.do(GameBegan(self._game_id, self._code, self.settings.rounds))
        self._out.tell(GameStarted(self.settings.rounds, self._player_views()))
        self._next_turn(now)

    def _next_turn(self, now: float) -> None:
        drawer_id = self._order.next_drawer(self.seats.present)
        if drawer_id is None:
            self._end_game()
            return
        self._turn_number += 1
        drawer = self.seats.players[drawer_id]
        turn = Turn(self._turn_number, self._order.round, drawer, self._fresh_words(), now + CHOOSE_SECONDS)
        self._turn = turn
        if drawer.is_ai:
            self._start_drawing(turn.choices[0], now)
        else:
            self.phase = "choosing"
            self._out.tell(TurnChoosing(turn.number, turn.round, drawer.id, CHOOSE_SECONDS))
            self._out.tell(Choices(list(turn.choices), CHOOSE_SECONDS), frozenset({drawer.id}))
            self._out.set_timer("choose", turn.deadline)

    def _fresh_words(self) -> tuple[str, ...]:
        """Words not used in this game as long as there are any."""
        unused = [word for word in self._words if word not in self._used_words]
        if len(unused) < CHOICE_COUNT:
            self._used_words.clear()
            unused = list(self._words)
        return tuple(self._random.sample(unused, min(CHOICE_COUNT, len(unused))))

    def _choose(self, player: Player, index: int, now: float) -> None:
        self._require_phase("choosing", "No word is being chosen now.")
        assert self._turn is not None
        if player is not self._turn.drawer:
            raise Refused("not_your_turn", f"{self._turn.drawer.nickname} chooses the word.")
        if not 0 <= index < len(self._turn.choices):
            raise Refused("bad_field", f"index is 0 to {len(self._turn.choices) - 1}; got {index}.")
        self._start_drawing(self._turn.choices[index], now)

    def _start_drawing(self, word: str, now: float) -> None:
        turn, seconds = self._turn, float(self.settings.draw_seconds)
        assert turn is not None
        self._out.cancel_timer("choose")
        self._used_words.add(word)
        self.phase = "drawing"
        turn.start(word, now, seconds, hint_order(word, self.settings.hints, self._random))
        self._out.tell(TurnStarted(turn.number, turn.round, turn.drawer.id, seconds, turn.blanks))
        self._out.set_timer("turn", turn.deadline)
        self._arm_next_hint()
        if turn.drawer.is_ai:
            self._artist_is("thinking", 0)
            self._out.do(StartDrawing(turn.number, word, seconds * ARTIST_SHARE, self._random.getrandbits(31)))
        else:
            self._out.tell(SecretWord(word), frozenset({turn.drawer.id}))

    def _arm_next_hint(self) -> None:
        turn = self._turn
        if turn and len(turn.revealed) < len(turn.hints):
            self._out.set_timer("hint", hint_times(len(turn.hints), turn.started, turn.seconds)[len(turn.revealed)])

    def _reveal_hint(self) -> None:
        turn = self._turn
        assert turn is not None
        turn.revealed.add(turn.hints[len(turn.revealed)])
        self._out.tell(Hint(turn.blanks))
        self._arm_next_hint()

    def _ink(self, player_id: str, frame: InkFrame) -> None:
        turn = self._turn
        if turn is not None and frame.turn != turn.number:
            return  # it was on its way when the turn ended
        if turn is None or self.phase != "drawing" or turn.drawer.id != player_id:
            raise Refused("not_your_turn", "Only the drawer can draw, while the turn runs.")
        try:
            turn.canvas.apply(frame)
        except InkError as error:
            raise Refused(error.code, str(error)) from error
        self._out.tell(frame, self.seats.everybody_but(player_id))
        if turn.drawer.is_ai:
            self._artist_is("drawing", self._artist_status.strokes + 1)

    def _artist(self, report: Command, now: float) -> None:
        turn = self._turn
        assert turn is not None
        match report:
            case ArtistStarted():
                self._artist_is("thinking", 0)
            case ArtistRestarted():
                clear = InkFrame(turn.number, (Record(CLEAR, 0, encode_clear()),), encode_frame(turn.number, encode_clear()))
                turn.canvas.apply(clear)
                self._out.tell(clear)
                self._artist_is("thinking", 0)
            case ArtistFinished():
                self._artist_is("finished", self._artist_status.strokes)
            case ArtistFailed():
                if self._artist_status.strokes == 0:
                    self._end_turn("artist_failed", now)

    def _artist_is(self, status: Literal["thinking", "drawing", "finished"], strokes: int) -> None:
        self._artist_status = ArtistStatus(status, strokes)
        self._out.tell(self._artist_status)

    def _end_turn(self, reason: EndReason, now: float) -> None:
        turn = self._turn
        assert turn is not None
        for timer in ("choose", "turn", "hint"):
            self._out.cancel_timer(timer)
        drawn = bool(turn.word)
        drawer_points = turn.drawer_points(self._guessers()) if drawn and reason != "artist_failed" else 0
        turn.drawer.score += drawer_points
        if drawn:
            self._out.do(self._turn_record(turn, reason, now, drawer_points))
        if turn.drawer.is_ai:
            self._out.do(CancelDrawing(turn.number))
        self.phase = "result"
        turn.deadline = now + RESULT_SECONDS
        gained = {player_id: guess.points for player_id, guess in turn.guesses.items()} | {turn.drawer.id: drawer_points}
        scores = [ScoreLine(player.id, gained.get(player.id, 0), player.score) for player in self.seats.players.values()]
        self._out.tell(TurnEnded(turn.number, turn.word, reason, scores, RESULT_SECONDS))
        self._out.set_timer("result", turn.deadline)

    def _turn_record(self, turn: Turn, reason: EndReason, now: float, drawer_points: int) -> TurnRecord:
        return TurnRecord(
            game_id=self._game_id,
            number=turn.number,
            round=turn.round,
            word=turn.word,
            drawer_id=turn.drawer.id,
            drawer_nickname=turn.drawer.nickname,
            drawer_is_ai=turn.drawer.is_ai,
            reason=reason,
            seconds=now - turn.started,
            ink=turn.canvas.ink,
            drawer_points=drawer_points,
            guesses=tuple(turn.guesses.values()),
        )

    def _end_game(self) -> None:
        self.phase = "podium"
        self._turn = None
        ranked = sorted(self.seats.players.values(), key=lambda player: -player.score)
        scores = [player.score for player in ranked]
        self._podium = [PodiumLine(player.id, player.nickname, player.score, scores.index(player.score) + 1, player.is_ai) for player in ranked]
        self._out.do(GameRecord(self._game_id, tuple(self._podium)))
        self._out.tell(GameEnded(self._podium))

    def _back_to_lobby(self) -> None:
        self.phase = "lobby"
        for player in self.seats.players.values():
            player.score = 0
        self._out.tell(BackToLobby(self._player_views()))

    # --- timers

    def _timer(self, name: str, now: float) -> None:
        kind, _, player_id = name.partition(":")
        match kind:
            case "choose":
                assert self._turn is not None
                self._start_drawing(self._turn.choices[0], now)
            case "hint":
                self._reveal_hint()
            case "turn":
                self._end_turn("time_up", now)
            case "result":
                self._next_turn(now)
            case "seat":
                self._leave(self.seats.players[player_id], now)
            case "empty":
                self._out.do(CloseRoom())
