"""The turn in hand, from the choice of its word to its result."""

from dataclasses import replace
from typing import Final

from game.protocol.turn_messages import Choices, DrawerIdle, EndReason, Guessed, Hint, SecretWord, TurnChoosing, TurnEnded, TurnStarted
from game.protocol.views import ScoreLine
from game.rules import highlights
from game.rules.commissions import Commissions
from game.rules.effects import CancelDrawing, Guesser
from game.rules.hints import hint_order, hint_times
from game.rules.judgements import fooling_points
from game.rules.outbox import Outbox
from game.rules.players import ARTIST_ID, Player
from game.rules.refusal import Refused
from game.rules.seats import Seats
from game.rules.state import GameState
from game.rules.thoughts import thoughts_of
from game.rules.turn import Turn
from game.rules.vocabulary import PLUS, Word

CHOOSE_SECONDS: Final = 15.0
RESULT_SECONDS: Final = 7.0
IDLE_WARNING_SECONDS: Final = 10.0
IDLE_SECONDS: Final = 20.0
"""After these without a first stroke a person's turn is given away."""
AWAY_SECONDS: Final = 10.0
"""After these without the drawer's connection, too."""
STREAK_BONUS: Final = 10
"""Points more for each word that was found just before, where people play together,"""
LONGEST_STREAK: Final = 10
"""up to so many."""
_turn_timers: Final = ("choose", "turn", "hint", "idle_warning", "idle", "drawer_away", "canvas", "artist")


class Turns:
    """Leads through a turn; all times are on the game's clock but those called `now`."""

    def __init__(self, state: GameState, outbox: Outbox, seats: Seats, commissions: Commissions) -> None:
        self._state, self._outbox, self._seats, self._commissions = state, outbox, seats, commissions

    @property
    def guessers(self) -> list[str]:
        """Persons who are here and could guess this turn's word, those who did included."""
        turn = self._state.turn
        return [person for person in self._seats.present if turn and person != turn.drawer_id and person not in turn.heard]

    def begin(self, turn: Turn, drawer: Player, now: float) -> None:
        """Let the drawer choose a word; where there is nothing to choose, draw."""
        state = self._state
        state.turn = turn
        state.reported.clear()
        if drawer.is_ai or len(turn.choices) == 1:
            self._start_drawing(turn, turn.choices[0], now)
        else:
            state.phase = "choosing"
            self._outbox.tell(TurnChoosing(turn.number, turn.round, drawer.id, CHOOSE_SECONDS))
            self._outbox.tell(Choices([word.text for word in turn.choices], CHOOSE_SECONDS), frozenset({drawer.id}))
            self._outbox.set_game_timer("choose", turn.deadline)
        self.connection_changed(drawer, now)

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

    def hand_over(self, turn: Turn, now: float) -> None:
        """A person has drawn all that they may: the artist goes on."""
        self._commissions.hand_over(turn, self._state.clock.time(now))

    def _start_drawing(self, turn: Turn, word: Word, now: float) -> None:
        state, settings = self._state, self._state.settings
        time, seconds = state.clock.time(now), float(settings.draw_seconds)
        self._outbox.cancel_timer("choose")
        if not turn.drawer_is_ai:  # the artist's was chosen before
            state.used_words.extend(word.text.split(PLUS))
        state.phase = "drawing"
        hidden = settings.word_mode == "hidden"
        hints = [] if hidden or turn.is_open else hint_order(word.text, settings.hints, state.chance.roll())
        turn.start(word, time, seconds, hints, hides_length=hidden)
        self._tell_started(turn)
        self._outbox.set_game_timer("turn", turn.deadline)
        self._arm_next_hint(turn)
        self._commissions.begin(turn, time, len(self._seats.playing))
        if not turn.drawer_is_ai:
            self._outbox.set_game_timer("idle_warning", time + IDLE_WARNING_SECONDS)
        if turn.is_open or not turn.drawer_is_ai:
            self._outbox.tell(SecretWord(word.text), None if turn.is_open else frozenset({turn.drawer_id}))

    def _tell_started(self, turn: Turn) -> None:
        started = TurnStarted(
            turn.number, turn.round, turn.drawer_id, turn.seconds, turn.blanks, rival_id=turn.rival_id, strokes=turn.most_strokes
        )  # fmt: skip
        if not turn.is_open:
            self._outbox.tell(started)
            return
        self._outbox.tell(started, frozenset({turn.drawer_id}))
        nobody = TurnStarted(turn.number, turn.round, "", turn.seconds, turn.blanks, strokes=turn.most_strokes)
        self._outbox.tell(nobody, self._seats.everybody_but(turn.drawer_id))

    def _arm_next_hint(self, turn: Turn) -> None:
        if len(turn.revealed) < len(turn.hints):
            self._outbox.set_game_timer("hint", hint_times(len(turn.hints), turn.started, turn.seconds)[len(turn.revealed)])

    def gain(self, turn: Turn, player_id: str, points: int) -> None:
        """Give a player points of this turn; one who has gone gets none."""
        player = self._seats.players.get(player_id)
        if player is not None:
            player.score += points
            turn.gains[player_id] = turn.gains.get(player_id, 0) + points

    def guess(self, player: Player, now: float) -> None:
        """The player has found the word."""
        turn = self._state.turn
        assert turn is not None
        guess = turn.guessed_by(player, self._state.clock.time(now), self._state.settings.scoring)
        if self._state.mode.one_for_all:
            bonus = STREAK_BONUS * min(LONGEST_STREAK, self._state.match.streak)
            guess = turn.guesses[player.id] = replace(guess, points=guess.points + bonus)
            for friend in self.guessers:
                if friend != player.id:
                    self.gain(turn, friend, guess.points)
        self.gain(turn, player.id, guess.points)
        highlights.note_guess(self._state, turn, guess)
        self._outbox.tell(Guessed(player.id, len(turn.guesses), guess.points))
        self._outbox.tell(SecretWord(turn.text), frozenset({player.id}))
        if self._state.mode.one_for_all:
            self.end(turn, "all_guessed", now)
        elif not player.is_ai:
            self.end_if_all_guessed(now)

    def end_if_all_guessed(self, now: float) -> None:
        """End the turn when there is nobody left to guess, or to judge."""
        turn = self._state.turn
        if turn and self._state.phase == "drawing" and self.guessers and all(turn.is_done(person) for person in self.guessers):
            self.end(turn, "all_judged" if turn.is_open else "all_guessed", now)

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
        if player.connected or turn.hands[0] != player.id:  # the artist goes on without them
            self._outbox.cancel_timer("drawer_away")
        else:
            self._outbox.set_game_timer("drawer_away", state.clock.time(now) + AWAY_SECONDS)

    # --- how it ends

    def end(self, turn: Turn, reason: EndReason, now: float) -> None:
        """End the turn in hand, add the drawer's points, show the result."""
        state, time = self._state, self._state.clock.time(now)
        for timer in _turn_timers:
            self._outbox.cancel_timer(timer)
        people = self.guessers
        points = self._reward(turn, people) if turn.word and reason != "artist_failed" else 0
        if turn.artist_draws:
            self._outbox.do(CancelDrawing(turn.number))
        state.phase = "result"
        turn.lasts, turn.deadline, turn.guessers = RESULT_SECONDS, time + RESULT_SECONDS, len(people)
        # A word may be guessed before anything is drawn: then there is no picture to remember.
        if turn.word:
            highlights.note_drawings(state, turn, people)
            if reason != "artist_failed":
                found = [guess.milliseconds for guess in turn.guesses.values() if not guess.is_ai]
                state.course.append(min(found, default=-1))
        turn.missed = self._missed(turn, people)
        turn.outcome = (reason, time - turn.started, points)
        scores = [ScoreLine(player.id, turn.gains.get(player.id, 0), player.score) for player in self._seats.players.values()]
        drawer, lines = (turn.drawer_id, turn.drawer_nickname), turn.judgement_lines
        self._outbox.tell(TurnEnded(turn.number, turn.text, reason, scores, RESULT_SECONDS, *drawer, lines, state.match_view))
        thoughts = thoughts_of(turn.number, turn.minds, ARTIST_ID, turn.guesses, self._seats.machines)
        if thoughts is not None and turn.word:
            self._outbox.tell(thoughts)
        self._outbox.set_game_timer("result", turn.deadline)

    def _reward(self, turn: Turn, people: list[str]) -> int:
        """Give the drawers and the judges what they have earned, and count the turn for the match. Returns the drawer's points."""
        self._state.match.add_turn(self._state.settings.game_mode, turn, people, self._seats.machines)
        if turn.rival_id:
            return 0  # the guessers say who earns
        if turn.is_open:
            for person, judgement in turn.judgements.items():
                self.gain(turn, person, judgement.points)
        points = fooling_points(turn.hand, turn.judgements, people) if turn.is_open else turn.drawer_points(people)
        self.gain(turn, turn.drawer_id, points)
        if turn.artist_draws and not turn.drawer_is_ai:
            self.gain(turn, ARTIST_ID, points)  # they have drawn it together
        return points

    def _missed(self, turn: Turn, people: list[str]) -> tuple[Guesser, ...]:
        """Who could have found the word and did not; nobody, where one found it for all, or there was none to find."""
        if turn.is_open or (self._state.mode.one_for_all and turn.guesses):
            return ()
        others = [self._seats.players[each] for each in (*people, *self._seats.machines) if each not in turn.guesses]
        return tuple(Guesser(player.id, player.nickname, player.is_ai) for player in others)

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
                # In an imitation the warning alone would say that it is a person.
                self._outbox.tell(DrawerIdle(IDLE_SECONDS - IDLE_WARNING_SECONDS), frozenset({turn.drawer_id}) if turn.is_open else None)
                self._outbox.set_game_timer("idle", time + IDLE_SECONDS - IDLE_WARNING_SECONDS)
            case "idle":
                self.end(turn, "drawer_idle", now)
            case "artist":
                self._commissions.artist_is_due(turn, time, len(self._seats.playing))
            case "drawer_away":
                self.end(turn, "drawer_away", now)
