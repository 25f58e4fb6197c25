"""Whatever happens in whatever order, these hold in every kind of game. What is earned is reckoned here once more, from what was told."""

from dataclasses import dataclass, field

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from game.protocol.client_messages import Become, ChangeSettings, ChooseWord, Judge, LeaveRoom, Pause, PlayAgain, Rate, Ready, Say, StartGame
from game.protocol.ink import CURVE as CURVE_OP
from game.protocol.ink import InkFrame
from game.protocol.server_messages import BackToLobby, Chat, ErrorMessage, PlayerJoined, PlayerLeft, Welcome
from game.protocol.turn_messages import (
    ArtistStatus,
    CanvasReset,
    Choices,
    DrawerIdle,
    GameEnded,
    GameStarted,
    Guessed,
    Hint,
    Judged,
    SecretWord,
    Thoughts,
    TurnChoosing,
    TurnEnded,
    TurnStarted,
)
from game.rules.commands import Act, ArtistFailed, ArtistFinished, ArtistStarted, ArtistThought, Disconnect, GuesserThought, Ink
from game.rules.daily import Daily
from game.rules.effects import Event, StartDrawing, TurnRecord
from game.rules.game import Game
from game.rules.modes import MODES
from game.rules.players import ARTIST_ID, GUESSERS
from game.rules.turn import drawing_key
from game.rules.vocabulary import Word
from tests.unit.game.rules.table import CLEAR, CURVE, FILL, UNDO, URL, Table, begin, end, ink, points, stroke

NONCE = ("qzorblax", "wumpfish", "kreevolt", "blintoggle", "snerkwave")
people = st.sampled_from(["ada", "ben", "cleo", "dan"])
machines = st.sampled_from([*GUESSERS])
hands = st.sampled_from(["person", "machine"])
persons_ink = st.sampled_from([stroke(1), stroke(1), stroke(2) + stroke(3), begin(1), points(1), end(1), FILL, UNDO, CLEAR, CURVE])
reports = st.sampled_from([ArtistFailed, ArtistFinished, ArtistStarted, lambda turn: ArtistThought(turn, 0.25)])


def day_of_nonce(language: str) -> Daily:
    return Daily("2026-11-25", tuple(Word(word, f"a {word}") for word in NONCE), (1, 2, 3, 4, 5))


@dataclass
class Told:
    """A turn as it was told."""

    number: int
    drawer: str
    word: str = ""
    started: float = 0.0
    guesses: dict[str, int] = field(default_factory=dict)
    judged: dict[str, tuple[str, float]] = field(default_factory=dict)
    """What was said, and how much of the time was left, in whole milliseconds."""
    gains: dict[str, int] = field(default_factory=dict)
    artist_goes_on: bool = False
    has_rival: bool = True
    over: bool = False
    guessers: int = 0


class AnyMode(RuleBasedStateMachine):
    """`mode` is the game's. Each command goes through `handle`, which checks all that follows from it."""

    mode = "party"

    def __init__(self):
        super().__init__()
        self.table = self.new_table()
        self.table.game.handle = self.checking(self.table.game.handle)
        self.commands = []
        self.outcomes = []
        self.told = None
        self.scores = {ARTIST_ID: 0}
        self.people = self.ai = self.streak = self.best = 0
        self.numbers = set()

    @staticmethod
    def new_table():
        return Table(words=NONCE, daily=day_of_nonce, max_players=4)

    @initialize(
        scoring=st.sampled_from(["speed", "relaxed", "rank"]),
        guessers=st.integers(0, 3),
        crowd=st.sampled_from([3, 4, 2, 1]),
        choices=st.sampled_from([1, 3]),
    )
    def sit_down(self, scoring, guessers, crowd, choices):
        for person in ("ada", "ben", "cleo", "dan")[:crowd]:
            self.table.join(person)
        rounds, guessers = 12 if self.mode == "together" else 2, max(guessers, self.kind.least_guessers)
        change = ChangeSettings(game_mode=self.mode, rounds=rounds, ai_guessers=guessers, scoring=scoring, draw_seconds=60, choices=choices)
        if self.mode == "daily":
            change = ChangeSettings(game_mode=self.mode)
        self.table.act("ada", change)
        self.table.start()

    @property
    def state(self):
        return self.table.game.state

    @property
    def seats(self):
        return self.table.game.seats

    @property
    def kind(self):
        return MODES[self.mode]

    # --- what may happen

    # What leads a game on; in one rule, for Hypothesis leaves rules out at random.

    deeds = st.sampled_from(
        ["choose", "find", "find", "judge", "draw", "draw", "artist draws", "artist draws there", "artist fails", "go on", "next"]
    )

    @rule(deeds=st.lists(st.tuples(deeds, st.integers(0, 3), hands), min_size=4, max_size=10))
    def play_on(self, deeds):
        for deed, which, hand in deeds:
            self.do(deed, which, hand)

    @rule(deeds=st.lists(st.tuples(deeds, st.integers(0, 3), hands), min_size=4, max_size=10))
    def play_on_and_on(self, deeds):
        self.play_on(deeds)

    def do(self, deed, which, hand):
        phase, turn = self.table.game.phase, self.state.turn
        match deed:
            case "choose" if phase == "choosing":
                self.table.choose(self.table.drawer)
            case "find" if phase == "drawing" and not self.kind.is_open:
                self.with_one_of([each for each in (*self.guessers(), *self.seats.machines) if each not in self.told.guesses], which, self.find)
            case "find" | "judge" if turn is not None:
                able = self.guessers() if self.kind.is_open else self.told.guesses
                self.with_one_of([each for each in able if each not in self.told.judged], which, lambda player: self.table.judge(player, hand))
            case "draw" if phase == "drawing" and self.table.drawer != ARTIST_ID:
                for number in range(which):
                    self.table.draw(self.table.drawer, stroke(number))
            case "artist draws" | "artist draws there" if phase == "drawing":
                self.table.draw(ARTIST_ID, CURVE, canvas=int(deed == "artist draws there"))
            case "artist fails" if turn is not None and turn.artist_draws:
                self.table.handle(ArtistFailed(turn.number))
            case "go on" if self.state.clock.is_paused:
                self.table.act(self.seats.host_id, Pause(False))
            case "next" if phase == "result" and not self.state.clock.is_paused:
                self.table.fire_until("choosing", "drawing", "podium")

    def find(self, player):
        self.table.say(player, self.table.word)

    def with_one_of(self, players, which, deed):
        if players:
            deed(players[which % len(players)])

    @rule(person=people, role=st.sampled_from(["player", "player", "spectator"]))
    def join(self, person, role):
        self.table.join(person, role=role)

    @rule(person=people)
    def disconnect(self, person):
        self.table.handle(Disconnect(person))

    @rule(
        person=people, message=st.sampled_from([LeaveRoom(), Become("spectator"), Become("player"), Rate(1), Ready(True), Ready(True), ChooseWord(1)])
    )
    def act(self, person, message):
        self.table.act(person, message)

    @rule(message=st.sampled_from([StartGame(), StartGame(), PlayAgain(), Pause(True), Pause(False), Pause(False)]) | st.integers(0, 3))
    def host_acts(self, message):
        message = ChangeSettings(ai_guessers=message) if isinstance(message, int) else message
        if self.seats.host_id:
            self.table.act(self.seats.host_id, message)

    @precondition(lambda self: self.table.game.phase == "drawing")
    @rule(player=people | machines, cut=st.sampled_from([None, None, -1]))
    def guess(self, player, cut):
        self.table.say(player, self.table.word[:cut])

    @rule(player=people | machines, text=st.sampled_from(["hello", *NONCE]))
    def say(self, player, text):
        self.table.say(player, text)

    @rule(player=people, hand=hands)
    def judge(self, player, hand):
        self.table.judge(player, hand)

    @precondition(lambda self: self.state.turn is not None)
    @rule(player=people | machines | st.just(ARTIST_ID), hand=hands)
    def judge_as_anybody(self, player, hand):
        self.table.judge(player, hand)

    @precondition(lambda self: self.table.game.phase == "drawing")
    @rule(records=persons_ink, canvas=st.sampled_from([0, 0, 0, 1]))
    def drawer_draws(self, records, canvas):
        self.table.draw(self.table.drawer, CURVE if self.table.drawer == ARTIST_ID else records, canvas)

    @precondition(lambda self: self.state.turn is not None)
    @rule(player=people | machines, records=persons_ink, canvas=st.integers(0, 1), late=st.integers(-1, 1))
    def anybody_draws(self, player, records, canvas, late):
        self.table.handle(Ink(player, ink(max(0, self.state.turn.number + late), records, canvas)))

    @precondition(lambda self: self.told is not None and self.told.guesses)
    @rule(which=st.integers(0, 3), for_good=st.booleans())
    def a_finder_goes(self, which, for_good):
        finders = [player for player in self.told.guesses if player not in GUESSERS]
        if finders:
            finder = finders[which % len(finders)]
            self.table.handle(Act(finder, LeaveRoom()) if for_good else Disconnect(finder))

    @precondition(lambda self: self.table.game.phase == "lobby")
    @rule()
    def all_are_ready(self):
        for person in self.seats.present:
            self.table.act(person, Ready(True))

    @rule(report=reports)
    def artist_reports(self, report):
        self.table.handle(report(self.state.turn_number))

    @rule(player=machines, words=st.lists(st.tuples(st.sampled_from(NONCE), st.floats(0, 1)), max_size=3))
    def machine_thinks(self, player, words):
        self.table.handle(GuesserThought(player, self.state.turn_number, tuple(words)))

    @precondition(lambda self: self.table.timers)
    @rule()
    def time_passes(self):
        self.table.fire_next()

    @rule(seconds=st.floats(0.01, 12))
    def a_while_passes(self, seconds):
        self.table.wait(seconds)

    @rule()
    def the_server_restarts(self):
        thawed = Game.thaw(self.table.game.freeze(), URL, self.table.vocabulary, censor=self.table.game._talk._censor, daily=day_of_nonce)
        assert thawed.state == self.state
        thawed.handle = self.checking(thawed.handle)
        self.table.game = thawed

    # --- what is checked of every command

    def checking(self, handle):
        def checked(command, now):
            turn = self.state.turn
            before = (turn, list(turn.hands), [canvas.ink for canvas in turn.canvases]) if turn else None
            was_paused = self.state.clock.is_paused
            outcomes = handle(command, now)
            self.commands.append((command, now))
            self.outcomes += outcomes
            for index, outcome in enumerate(outcomes):
                if isinstance(outcome, Event):
                    self.hear(outcome.message, self.audience(outcome), command, outcomes[index + 1 :], now)
                elif isinstance(outcome, TurnRecord):
                    self.check_record(outcome, turn)
                elif isinstance(outcome, StartDrawing) and self.told and self.mode == "finish" and self.told.drawer != ARTIST_ID:
                    self.told.artist_goes_on = True
                    assert outcome.commission.begun == self.state.turn.canvas.ink
                    assert len(self.state.turn.canvas.operations) <= 3
            if before and self.state.turn is not None and before[0].number == self.state.turn.number:
                self.check_hands(command, *before, went_on=was_paused and not self.state.clock.is_paused)
            self.check_machine(command, outcomes)
            assert {player.id: player.score for player in self.seats.players.values()} == self.scores
            return outcomes

        return checked

    def audience(self, event):
        return (set(self.seats.players) | set(self.table.heard)) if event.audience is None else set(event.audience)

    def hear(self, message, audience, command, after, now):
        self.check_secrets(message, audience)
        match message:
            case ErrorMessage():
                assert len(audience) == 1
            case PlayerJoined(player):
                self.scores[player.id] = 0
            case PlayerLeft(player_id):
                del self.scores[player_id]
            case GameStarted():
                self.people = self.ai = self.streak = self.best = 0
                self.scores = dict.fromkeys(self.scores, 0)
                self.told = None
                self.numbers.clear()
            case BackToLobby():
                self.scores = dict.fromkeys(self.scores, 0)
            case TurnChoosing(turn, _, drawer):
                assert not self.kind.is_open
                self.told = Told(turn, drawer)
            case TurnStarted() if not self.told or self.told.number != message.turn or not self.told.word:
                turn = self.state.turn
                self.told = Told(turn.number, turn.drawer_id, turn.text, self.state.clock.time(now))
                assert message.strokes == (self.kind.most_strokes if self.kind.is_open or not turn.drawer_is_ai else 0)
            case ArtistStatus(status="failed"):
                self.told.artist_goes_on, self.told.has_rival = False, False
            case Guessed():
                self.hear_guess(message, after, now)
            case Judged():
                self.hear_judgement(message, command, after, now)
            case TurnEnded():
                self.hear_end(message)
            case Thoughts(turn, lines):
                assert self.told.over
                assert turn == self.told.number
                assert all(line.player_id in (ARTIST_ID, *self.seats.machines) for line in lines)
            case GameEnded():
                self.check_match(message.match)

    def left_ms(self, now):
        return max(0, round((self.told.started + self.state.turn.seconds - self.state.clock.time(now)) * 1000))

    def guessers(self):
        """People who are here and could find what there is to find."""
        turn = self.state.turn
        return [person for person in self.seats.present if turn is not None and person != self.told.drawer and person not in turn.heard]

    def gain(self, player, amount):
        if player in self.scores and amount:
            self.scores[player] += amount
            self.told.gains[player] = self.told.gains.get(player, 0) + amount

    def hear_guess(self, message, after, now):
        told, player = self.told, message.player_id
        assert not self.kind.is_open
        assert player not in told.guesses
        assert player != told.drawer
        before = [each for each in told.guesses if each not in GUESSERS]
        speed = 50 + 250 * self.left_ms(now) // round(self.state.turn.seconds * 1000)
        bonus = 0 if player in GUESSERS else (50, 30, 10, 0)[min(3, len(before))]
        rank = max(60, 300 - 30 * len(before))
        expected = {"speed": speed + bonus, "relaxed": 100, "rank": rank}[self.state.settings.scoring]
        if self.mode == "together":
            expected += 10 * min(10, self.streak)
        assert message.gained == expected
        told.guesses[player] = message.gained
        assert message.place == len(told.guesses)
        for friend in {player, *self.guessers()} if self.mode == "together" else {player}:
            self.gain(friend, message.gained)
        if player in GUESSERS:
            return
        ends = any(isinstance(each, Event) and isinstance(each.message, TurnEnded) for each in after)
        everybody = self.guessers() and all(person in told.guesses for person in self.guessers())
        assert ends == bool(self.mode == "together" or everybody), "machines are not waited for, people are"

    def hear_judgement(self, message, command, after, now):
        told, player = self.told, message.player_id
        assert player not in told.judged
        assert isinstance(command, Act)
        assert isinstance(command.message, Judge)
        assert player not in (told.drawer, ARTIST_ID, *GUESSERS)
        hand = command.message.hand
        told.judged[player] = (hand, self.left_ms(now))
        if self.mode == "imitation":
            assert (message.hand, message.gained_by, message.gained) == (hand, "", 0)
            everybody = self.guessers() and all(person in told.judged for person in self.guessers())
            assert any(isinstance(each, Event) and isinstance(each.message, TurnEnded) for each in after) == bool(everybody)
            return
        assert self.mode == "duel"
        drawer = ARTIST_ID if hand == "machine" else told.drawer
        crowd = told.guessers if told.over and told.guessers else len(self.guessers())
        assert (message.hand, message.gained_by) == (hand, drawer)
        assert message.gained == 3 * told.guesses[player] // (4 * max(1, crowd))
        self.gain(drawer, message.gained)
        self.people, self.ai = self.people + (hand == "person"), self.ai + (hand == "machine")

    def hear_end(self, message):
        told = self.told
        assert (message.turn, message.word, message.drawer_id) == (told.number, told.word, told.drawer)
        told.over, told.guessers = True, len(self.guessers())
        if told.word and message.reason != "artist_failed":
            self.reckon()
        lines = {line.player_id: line for line in message.scores}
        assert lines.keys() == self.scores.keys()
        assert {player: line.gained for player, line in lines.items() if line.gained} == {
            player: gained for player, gained in told.gains.items() if player in lines
        }
        assert {player: line.total for player, line in lines.items()} == self.scores
        assert {line.player_id: line.hand for line in message.judgements} == {player: hand for player, (hand, _) in told.judged.items()}
        self.check_match(message.match)

    def reckon(self):
        """Give the drawer and the judges of a turn that is over what they have earned, and count it."""
        told, crowd = self.told, self.guessers()
        hand = "machine" if told.drawer == ARTIST_ID else "person"
        if self.mode == "imitation":
            for player, (said, left) in told.judged.items():
                if said == hand:
                    self.gain(player, 50 + 100 * left // 60_000)
            fooled = sum(person in told.judged and told.judged[person][0] != hand for person in crowd)
            self.gain(told.drawer, 300 * fooled // (4 * len(crowd)) if crowd else 0)
            right = sum(said == hand for said, _ in told.judged.values())
            self.people, self.ai = self.people + right, self.ai + len(told.judged) - right
        elif self.mode != "duel" or told.drawer == ARTIST_ID or not told.has_rival:
            shared = max(told.guesses.values(), default=0) if self.mode == "together" else None
            earned = [told.guesses.get(person, 0) if shared is None else shared for person in crowd]
            points = 3 * sum(earned) // (4 * len(earned)) if earned else 0
            self.gain(told.drawer, points)
            if told.artist_goes_on:
                self.gain(ARTIST_ID, points)
        if self.mode == "versus":
            self.people += mean([told.guesses.get(person, 0) for person in crowd])
            self.ai += mean([told.guesses.get(machine, 0) for machine in self.seats.machines])
        if self.mode in ("together", "daily"):
            found = any(player not in GUESSERS for player in told.guesses)
            self.people, self.ai = self.people + found, self.ai + (not found)
            self.streak = self.streak + 1 if found else 0
            self.best = max(self.best, self.streak)

    def check_match(self, match):
        if self.mode in ("party", "finish"):
            assert match is None
        else:
            assert (match.people, match.ai, match.streak, match.best_streak) == (self.people, self.ai, self.streak, self.best)

    # --- who hears what

    def check_secrets(self, message, audience):
        turn, told = self.state.turn, self.told
        if isinstance(message, Choices):
            assert audience == {turn.drawer_id}
        if told is None or not told.word or told.over or isinstance(message, TurnEnded | GameEnded | TurnStarted | TurnChoosing):
            return
        if self.kind.is_open:
            self.check_nobody_tells_the_hand(message, audience)
        elif isinstance(message, SecretWord):
            assert audience <= {told.drawer, *told.guesses}
        elif isinstance(message, Chat) and message.whisper:
            # Beside those who know it only those who watch, or have watched since it was talked of, hear it.
            watch = {player.id for player in self.seats.people if not player.plays}
            assert (audience & set(self.scores)) <= {told.drawer, *told.guesses} | watch | turn.heard
        elif not isinstance(message, InkFrame) and audience - {told.drawer, *told.guesses}:
            assert told.word.encode() not in msgspec.json.encode(message)

    def check_nobody_tells_the_hand(self, message, audience):
        drawer = self.told.drawer
        assert not isinstance(message, ArtistStatus | Hint | Guessed)
        if isinstance(message, DrawerIdle | CanvasReset):
            assert audience == {drawer}
        if isinstance(message, Welcome) and message.turn:
            assert message.turn.drawer_id == (drawer if audience == {drawer} else "")
            assert message.turn.strokes == 16
        if isinstance(message, InkFrame) and audience != {drawer}:
            assert all(record.op == CURVE_OP for record in message.records)

    @invariant()
    def a_turn_that_is_open_names_nobody_as_it_starts(self):
        if self.kind.is_open:
            for person, heard in self.table.heard.items():
                for message in heard[-12:]:
                    if isinstance(message, TurnStarted):
                        assert message.drawer_id in ("", person)

    # --- whose hand

    def check_hands(self, command, turn, hands_before, before, *, went_on):
        for number, (hand, ink_before) in enumerate(zip(hands_before, before, strict=True)):
            if number < len(self.state.turn.canvases) and self.state.turn.canvases[number].ink != ink_before:
                drew = isinstance(command, Ink) and (command.player_id, command.frame.canvas, command.frame.turn) == (hand, number, turn.number)
                # Of a smoothed hand, a stroke in the making ends and is shown when other ink of the drawer's is refused.
                was_put_right = turn.is_open and isinstance(command, Ink) and command.player_id == hand
                assert drew or was_put_right or (went_on and hand == ARTIST_ID)
                assert self.state.phase == "drawing"

    @invariant()
    def hands_are_those_of_the_mode(self):
        turn = self.state.turn
        if turn is None:
            return
        assert len(turn.hands) == len(turn.canvases) == (2 if self.mode == "duel" and not turn.drawer_is_ai and self.told.has_rival else 1)
        assert turn.hands[1:] in ([], [ARTIST_ID])
        if self.mode != "finish":
            assert turn.hands[0] == turn.drawer_id
        if self.mode == "finish" and self.told.word and turn.drawer_id != ARTIST_ID:
            assert (turn.hands[0] == ARTIST_ID) == self.told.artist_goes_on
        if self.mode in ("together", "daily"):
            assert turn.drawer_id == ARTIST_ID
        if self.mode in ("versus", "duel", "finish") and len(self.seats.playing) >= 2 and self.table.game.phase == "choosing":
            assert turn.drawer_id != ARTIST_ID

    @invariant()
    def strokes_are_no_more_than_allowed(self):
        turn = self.state.turn
        if turn is not None and not turn.drawer_is_ai and self.mode == "imitation":
            assert len(turn.canvas.operations) <= 16
            assert len(turn.canvas.operations) == len(turn.rough.operations) - (turn.rough.open_stroke is not None)
        if turn is not None and self.mode == "finish" and turn.hands[0] != ARTIST_ID and turn.most_strokes:
            assert len(turn.canvas.operations) <= 3

    # --- machines, judgements, records

    def check_machine(self, command, outcomes):
        by_machine = isinstance(command, GuesserThought | ArtistThought | ArtistFinished | ArtistStarted) or (
            isinstance(command, Act) and isinstance(command.message, Say) and command.player_id in GUESSERS
        )
        if by_machine:
            assert not any(isinstance(each, Event) and isinstance(each.message, TurnEnded) for each in outcomes)

    @invariant()
    def a_judgement_stands(self):
        turn = self.state.turn
        if turn is not None and self.told is not None and self.told.word:
            assert {player: judgement.hand for player, judgement in turn.judgements.items()} == {
                player: hand for player, (hand, _) in self.told.judged.items()
            }

    def check_record(self, record, turn):
        told, found = self.told, {guess.player_id: guess.points for guess in record.guesses}
        assert record.key == drawing_key(self.state.game_id, record.number)
        assert record.number not in self.numbers
        self.numbers.add(record.number)
        second = record.number != told.number
        assert record.number == told.number + second
        assert not found.keys() & {guesser.player_id for guesser in record.missed}
        picked = {player for player, (hand, _) in told.judged.items() if hand == "machine"} if self.mode == "duel" else set()
        assert found == {player: points for player, points in told.guesses.items() if (player in picked) == second}
        assert record.drawer_id == (ARTIST_ID if second else told.drawer)
        said = [hand for hand, _ in told.judged.values()]
        assert (record.for_person, record.for_machine) == ((0, 0) if second else (said.count("person"), said.count("machine")))
        assert record.ink == turn.canvases[second].ink
        if self.mode == "imitation" or (self.mode == "together" and told.guesses):
            assert record.missed == ()
        if record.drawer_id in self.scores and record.reason not in ("artist_failed", "drawer_left"):
            assert record.drawer_points in (told.gains.get(record.drawer_id, 0), 0 if self.mode != "duel" else None)

    @invariant()
    def scores_are_never_negative(self):
        assert all(score >= 0 for score in self.scores.values())

    @invariant()
    def machines_sit_where_there_are_any(self):
        wanted = self.state.settings.ai_guessers if self.kind.ai_guesses and self.state.settings.game_mode == self.mode else 0
        assert len(self.seats.machines) == wanted

    @invariant()
    def the_world_has_the_timers_that_the_game_knows(self):
        running = {name: timer.serial for name, timer in self.state.timers.armed.items() if not (timer.on_game_clock and self.state.clock.is_paused)}
        assert {name: timer.serial for name, timer in self.table.timers.items()} == running

    @invariant()
    def a_turn_always_has_an_end(self):
        timer = {"choosing": "choose", "drawing": "turn", "result": "result"}.get(self.table.game.phase)
        assert timer is None or timer in self.state.timers.armed
        if self.table.game.phase != "drawing":
            assert "artist" not in self.state.timers.armed

    def teardown(self):
        """The same commands with the same seed give the same outcomes."""
        again = self.new_table()
        assert [outcome for command, now in self.commands for outcome in again.game.handle(command, now)] == self.outcomes
        assert again.game.state == self.state


def mean(values):
    return sum(values) // len(values) if values else 0


def machine_of(mode):
    case = type(f"Any{mode.capitalize()}", (AnyMode,), {"mode": mode}).TestCase
    case.settings = settings(max_examples=40, stateful_step_count=60, deadline=None)
    return case


TestParty = machine_of("party")
TestVersus = machine_of("versus")
TestTogether = machine_of("together")
TestDuel = machine_of("duel")
TestImitation = machine_of("imitation")
TestFinish = machine_of("finish")
TestDaily = machine_of("daily")


@pytest.mark.parametrize("mode", MODES)
def test_every_mode_has_its_own(mode):
    assert f"Test{mode.capitalize()}" in globals()
