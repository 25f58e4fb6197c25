"""The turns of a game, from its start to its podium."""

from hashlib import blake2b
from random import Random
from typing import Final

from game.protocol.server_messages import (
    Choices,
    DrawerIdle,
    EndReason,
    GameEnded,
    GameStarted,
    Guessed,
    Hint,
    PlayerView,
    ScoreLine,
    SecretWord,
    TurnChoosing,
    TurnEnded,
    TurnStarted,
)
from game.rules import highlights
from game.rules.effects import CancelDrawing, Commission, GameBegan, GameRecord, Guesser, Manner, PrepareDrawing, StartDrawing, TurnRecord
from game.rules.hints import hint_order, hint_times
from game.rules.outbox import Outbox
from game.rules.players import Player
from game.rules.refusal import Refused
from game.rules.seats import Seats
from game.rules.state import GameState
from game.rules.turn import Turn, drawing_key
from game.rules.turn_order import TurnOrder
from game.rules.vocabulary import PLUS, Vocabulary, Word, offer, pool

CHOOSE_SECONDS: Final = 15.0
RESULT_SECONDS: Final = 7.0
IDLE_WARNING_SECONDS: Final = 10.0
IDLE_SECONDS: Final = 20.0
"""After these without a first stroke a person's turn is given away."""
AWAY_SECONDS: Final = 10.0
"""After these without the drawer's connection, too."""
ARTIST_SHARE: Final = 0.6
"""The artist's last stroke comes by this part of the turn."""
_turn_timers: Final = ("choose", "turn", "hint", "idle_warning", "idle", "drawer_away", "canvas")


class Turns:
    """Leads through the turns; all times are on the game's clock but those called `now`."""

    def __init__(self, state: GameState, outbox: Outbox, seats: Seats, vocabulary: Vocabulary, random: Random) -> None:
        self._state, self._outbox, self._seats, self._vocabulary, self._random = state, outbox, seats, vocabulary, random

    # --- what others ask

    def views(self) -> list[PlayerView]:
        """All players as everybody sees them."""
        turn = self._state.turn
        return [player.view(turn is not None and player.id in turn.guesses) for player in self._seats.players.values()]

    @property
    def guessers(self) -> list[str]:
        """Persons who are here and could guess this turn's word, those who did included."""
        turn = self._state.turn
        return [person for person in self._seats.present if turn and person != turn.drawer_id and person not in turn.heard]

    # --- the course of a game

    def start_game(self, now: float) -> None:
        """Set all scores to 0 and begin. Raises Refused if nobody plays."""
        if not self._seats.present:
            raise Refused("not_now", "Everybody only watches: somebody has to play.")
        state = self._state
        for player in self._seats.players.values():
            player.score, player.ready = 0, False
        # The room's code is in it: games of the same seed in other rooms have other ids.
        state.game_id = blake2b(f"{state.code} {self._random.getrandbits(128)}".encode(), digest_size=16).hexdigest()
        state.order = TurnOrder(state.settings.rounds, state.settings.human_turns_per_artist_turn)
        state.turn, state.turn_number, state.fastest = None, 0, None
        state.used_words.clear()
        state.artist_next = None
        state.drawings.clear()
        state.highlights.clear()
        state.podium.clear()
        self._outbox.do(self._beginning())
        self._outbox.tell(GameStarted(state.game_id, state.settings.rounds, self.views()))
        self.next_turn(now)

    def _beginning(self) -> GameBegan:
        state, settings = self._state, self._state.settings
        host = self._seats.players.get(state.host_id)
        return GameBegan(
            game_id=state.game_id,
            code=state.code,
            rounds=settings.rounds,
            language=settings.language,
            mode=settings.word_mode,
            scoring=settings.scoring,
            in_gallery=settings.in_gallery,
            host_id=state.host_id,
            host_nickname=host.nickname if host else "",
        )

    def next_turn(self, now: float) -> None:
        """Go on to the next drawer, or to the podium."""
        state = self._state
        played = frozenset(player.id for player in self._seats.playing)
        self._seats.change_roles()
        # Who has just lost the connection has a turn all the same, which is given away if they stay away.
        drawer_id = state.order.next_drawer([player.id for player in self._seats.playing])
        if drawer_id is None:
            self._end_game(played)
            return
        state.turn_number += 1
        drawer, time = self._seats.players[drawer_id], state.clock.time(now)
        words = (self._artists_word()[0],) if drawer.is_ai else self._offered()
        turn = Turn(
            state.turn_number, state.order.round, drawer.id, drawer.nickname, drawer.is_ai, words, time + CHOOSE_SECONDS, CHOOSE_SECONDS
        )  # fmt: skip
        state.turn = turn
        state.reported.clear()
        if drawer.is_ai or len(words) == 1:
            self._start_drawing(turn, words[0], now)
        else:
            state.phase = "choosing"
            self._outbox.tell(TurnChoosing(turn.number, turn.round, drawer.id, CHOOSE_SECONDS))
            self._outbox.tell(Choices([word.text for word in words], CHOOSE_SECONDS), frozenset({drawer.id}))
            self._outbox.set_game_timer("choose", turn.deadline)
        self.connection_changed(drawer, now)

    def _offered(self) -> tuple[Word, ...]:
        state, settings = self._state, self._state.settings
        return offer(pool(self._vocabulary, settings, state.custom_words), state.used_words, settings, self._random)

    def _artists_word(self) -> tuple[Word, int]:
        """What the artist draws next, and with which seed; chosen now if it was not before."""
        state, settings = self._state, self._state.settings
        if state.artist_next is None:
            words = self._vocabulary.drawable(pool(self._vocabulary, settings, state.custom_words))
            word = offer(words, state.used_words, settings, self._random)[0]
            state.used_words.extend(word.text.split(PLUS))
            state.artist_next = (word, self._random.getrandbits(31))
        return state.artist_next

    def _commission(self) -> Commission:
        settings = self._state.settings
        word, seed = self._artists_word()
        manner = Manner(settings.artist_show, settings.artist_order, settings.artist_style, settings.artist_colours)
        return Commission(word.concept, settings.draw_seconds * ARTIST_SHARE, seed, manner)

    def choose(self, player: Player, index: int, now: float) -> None:
        """Take the drawer's choice."""
        turn = self._state.turn
        if turn is None or self._state.phase != "choosing":
            raise Refused("not_now", "No word is being chosen now.")
        if player.id != turn.drawer_id:
            raise Refused("not_your_turn", f"{turn.drawer_nickname} chooses the word.")
        if self._state.clock.is_paused:
            raise Refused("not_now", "The game is paused.")
        if not 0 <= index < len(turn.choices):
            raise Refused("bad_field", f"index is 0 to {len(turn.choices) - 1}; got {index}.")
        self._start_drawing(turn, turn.choices[index], now)

    def _start_drawing(self, turn: Turn, word: Word, now: float) -> None:
        state, settings = self._state, self._state.settings
        time, seconds = state.clock.time(now), float(settings.draw_seconds)
        self._outbox.cancel_timer("choose")
        state.used_words.extend(word.text.split(PLUS))
        state.phase = "drawing"
        hidden = settings.word_mode == "hidden"
        hints = [] if hidden else hint_order(word.text, settings.hints, self._random)
        turn.start(word, time, seconds, hints, hides_length=hidden)
        self._outbox.tell(TurnStarted(turn.number, turn.round, turn.drawer_id, seconds, turn.blanks))
        self._outbox.set_game_timer("turn", turn.deadline)
        self._arm_next_hint(turn)
        if turn.drawer_is_ai:
            self._outbox.tell(turn.artist)
            self._outbox.do(StartDrawing(turn.number, self._commission()))
            state.artist_next = None
            if state.order.may_come_to_artist(len(self._seats.playing)):
                self._outbox.do(PrepareDrawing(self._commission()))
        else:
            self._outbox.tell(SecretWord(word.text), frozenset({turn.drawer_id}))
            self._outbox.set_game_timer("idle_warning", time + IDLE_WARNING_SECONDS)

    def _arm_next_hint(self, turn: Turn) -> None:
        if len(turn.revealed) < len(turn.hints):
            self._outbox.set_game_timer("hint", hint_times(len(turn.hints), turn.started, turn.seconds)[len(turn.revealed)])

    def guess(self, player: Player, now: float) -> None:
        """The player has found the word."""
        turn = self._state.turn
        assert turn is not None
        guess = turn.guessed_by(player, self._state.clock.time(now), self._state.settings.scoring)
        player.score += guess.points
        highlights.note_guess(self._state, turn, guess)
        self._outbox.tell(Guessed(player.id, len(turn.guesses), guess.points))
        self._outbox.tell(SecretWord(turn.text), frozenset({player.id}))
        self.end_if_all_guessed(now)

    def end_if_all_guessed(self, now: float) -> None:
        """End the turn when there is nobody left to guess."""
        turn = self._state.turn
        if turn and self._state.phase == "drawing" and self.guessers and all(person in turn.guesses for person in self.guessers):
            self.end(turn, "all_guessed", now)

    def left(self, player: Player, now: float) -> None:
        """Go on without a player who has just given up the seat."""
        turn = self._state.turn
        if turn is None or self._state.phase not in ("choosing", "drawing"):
            return
        if turn.drawer_id == player.id:
            self.end(turn, "drawer_left", now)
        elif not self.guessers:
            self.end(turn, "not_enough_players", now)
        else:
            self.end_if_all_guessed(now)

    def connection_changed(self, player: Player, now: float) -> None:
        """The drawer may be away for a little while only."""
        turn, state = self._state.turn, self._state
        if turn is None or turn.drawer_id != player.id or state.phase not in ("choosing", "drawing"):
            return
        if player.connected:
            self._outbox.cancel_timer("drawer_away")
        else:
            self._outbox.set_game_timer("drawer_away", state.clock.time(now) + AWAY_SECONDS)

    # --- how turns and games end

    def end(self, turn: Turn, reason: EndReason, now: float) -> None:
        """End the turn in hand, add the drawer's points, show the result."""
        state, time = self._state, self._state.clock.time(now)
        for timer in _turn_timers:
            self._outbox.cancel_timer(timer)
        people = self.guessers
        points = turn.drawer_points(people) if turn.word and reason != "artist_failed" else 0
        drawer = self._seats.players.get(turn.drawer_id)
        if drawer is not None:
            drawer.score += points
        if turn.drawer_is_ai:
            self._outbox.do(CancelDrawing(turn.number))
        state.phase = "result"
        turn.lasts, turn.deadline = RESULT_SECONDS, time + RESULT_SECONDS
        # A word may be guessed before anything is drawn: then there is no picture to remember.
        if turn.word and turn.canvas.operations:
            highlights.note_drawing(state, turn, people)
        gained = {player_id: guess.points for player_id, guess in turn.guesses.items()} | {turn.drawer_id: points}
        scores = [ScoreLine(player.id, gained.get(player.id, 0), player.score) for player in self._seats.players.values()]
        self._outbox.tell(TurnEnded(turn.number, turn.text, reason, scores, RESULT_SECONDS))
        self._outbox.set_game_timer("result", turn.deadline)
        turn.missed = tuple(Guesser(person, self._seats.players[person].nickname, False) for person in people if person not in turn.guesses)
        turn.outcome = (reason, time - turn.started, points)

    def _keep(self, turn: Turn) -> None:
        """Hand a turn to the store, when no thumb can be added any more."""
        if not turn.word or turn.outcome is None:
            return
        reason, seconds, points = turn.outcome
        self._outbox.do(
            TurnRecord(
                key=drawing_key(self._state.game_id, turn.number),
                game_id=self._state.game_id,
                number=turn.number,
                round=turn.round,
                word=turn.text,
                is_own_word=any(part in self._state.custom_words for part in turn.text.split(PLUS)),
                drawer_id=turn.drawer_id,
                drawer_nickname=turn.drawer_nickname,
                drawer_is_ai=turn.drawer_is_ai,
                reason=reason,
                seconds=seconds,
                ink=turn.canvas.ink,
                times=turn.canvas.times,
                drawer_points=points,
                likes=turn.likes,
                dislikes=turn.dislikes,
                guesses=tuple(turn.guesses.values()),
                missed=turn.missed,
            )
        )

    def finish(self) -> None:
        """Keep the turn whose result was shown, thumbs and all."""
        turn = self._state.turn
        if turn is not None and self._state.phase == "result":
            self._keep(turn)
            highlights.note_ratings(self._state, turn)

    def _end_game(self, played: frozenset[str]) -> None:
        state = self._state
        state.phase, state.turn = "podium", None
        played |= {drawing.drawer_id for drawing in state.drawings}
        state.podium[:] = highlights.podium(self._seats.players.values(), played)
        state.highlights[:] = highlights.of(state)
        self._outbox.do(PrepareDrawing(None))  # the machine has other rooms to draw for
        self._outbox.do(GameRecord(state.game_id, tuple(state.podium)))
        self._outbox.tell(GameEnded(list(state.podium), list(state.highlights), list(state.drawings)))

    # --- timers

    def timer(self, name: str, now: float) -> None:
        """One of the turn's timers is due."""
        turn, time = self._state.turn, self._state.clock.time(now)
        assert turn is not None, name
        match name:
            case "choose":
                self._start_drawing(turn, turn.choices[0], now)
            case "hint":
                turn.revealed.add(turn.hints[len(turn.revealed)])
                self._outbox.tell(Hint(turn.blanks))
                self._arm_next_hint(turn)
            case "turn":
                self.end(turn, "time_up", now)
            case "idle_warning":
                self._outbox.tell(DrawerIdle(IDLE_SECONDS - IDLE_WARNING_SECONDS))
                self._outbox.set_game_timer("idle", time + IDLE_SECONDS - IDLE_WARNING_SECONDS)
            case "idle":
                self.end(turn, "drawer_idle", now)
            case "drawer_away":
                self.end(turn, "drawer_away", now)
            case "result":
                self.finish()
                self.next_turn(now)
