"""Nothing but the strokes tells the word: two games that differ in their words alone are told alike to whoever does not know them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.protocol.client_messages import Become, CastVote, ChooseWord, Pause, Rate, React, Say, StartGame
from game.protocol.codec import encode_ink, encode_server
from game.protocol.ink import InkFrame
from game.protocol.server_messages import ServerMessage
from game.protocol.turn_messages import Thoughts
from game.rules.commands import Act, ArtistFinished, ArtistStarted, ArtistThought, Command, Disconnect, GuesserThought, Ink, Join
from game.rules.effects import CancelTimer, Event, Outcome, SetTimer
from game.rules.players import ARTIST_ID
from tests.unit.game.rules.table import CURVE, Table, ink, stroke

GREEK, CYRILLIC = "βγδζλμξπφψω", "бгджзлмпфшю"
"""Letters that nothing else is written with, of as many bytes, and in the same order."""
WORDS = ("βγδζλμ", "ξπφψωβ γδζ", "λμξπ", "φψωβγδζλ", "μξπφψ-ωβγ", "δζλ μξπ", "φψωβγδζ")
_to_twin = str.maketrans(GREEK, CYRILLIC)
TWINS = tuple(word.translate(_to_twin) for word in WORDS)
LONGER = tuple(f"{word}{number * 'жлм'}" for number, word in enumerate(reversed(TWINS)))
"""Of other shapes."""
PEOPLE = ("ada", "ben", "cleo")
LATE = ("dan", "eve")
MODES = ("party", "versus", "together", "duel", "finish")

people = st.sampled_from((*PEOPLE, *LATE))
deeds = st.one_of(
    st.tuples(st.just("time")),
    st.tuples(st.just("time")),
    st.tuples(st.just("draw")),
    st.tuples(st.just("artist draws"), st.integers(1, 4)),
    st.tuples(st.just("artist starts"), st.sampled_from([(0.71, 0.99), (0.31, 0.69), (0.0, 0.29)])),
    st.tuples(st.just("artist ends")),
    st.tuples(st.just("thought")),
    st.tuples(st.just("choose"), st.integers(0, 2)),
    st.tuples(st.just("finds"), people),
    st.tuples(st.just("join"), people, st.sampled_from(["player", "spectator"])),
    st.tuples(st.just("disconnect"), people),
    st.tuples(
        st.just("say"),
        people,
        st.sampled_from(
            [Say("no idea"), Say("a whale"), React(2), Rate(1), Rate(-1), Pause(True), Pause(False), CastVote("pause"), CastVote("resume")]
        )
        | st.builds(Become, st.sampled_from(["player", "spectator"])),
    ),
)


def commands(deed: tuple, table: Table, twin: int) -> list[Command]:
    """What is done in one of the two games; in the other it is done too, with that one's word where it needs one."""
    turn = table.game.state.turn
    number = turn.number if turn else 0
    match deed:
        case ("draw",):
            return [Ink(turn.drawer_id, ink(number, stroke(table.next_stroke())))] if turn and not turn.drawer_is_ai else []
        case "artist draws", stroke_number:
            return [Ink(ARTIST_ID, ink(number, CURVE.replace(b"\x07\x01", bytes([7, stroke_number]), 1), len(turn.canvases) - 1))] if turn else []
        case "artist starts", sureness:
            return [ArtistStarted(number, sureness[twin])]
        case ("artist ends",):
            return [ArtistFinished(number)]
        case ("thought",):
            said = tuple((word, 0.5 / (place + 1 + twin)) for place, word in enumerate([table.word, "house"])) if turn else ()
            return [ArtistThought(number, 0.1 + 0.3 * twin), GuesserThought("guesser-1", number, said)]
        case "choose", index:
            return [Act(turn.drawer_id, ChooseWord(index))] if turn else []
        case "finds", person:
            return [Act(person, Say(table.word))] if turn and table.word and person in table.game.seats.players else []
        case "join", person, role:
            return [Join(person, person.capitalize(), role=role)]
        case "disconnect", person:
            return [Disconnect(person)]
        case "say", person, message:
            return [Act(person, message)] if person in table.game.seats.players else []
    raise AssertionError(deed)


class Twin(Table):
    """A table that numbers a drawer's strokes."""

    _strokes = 0

    def next_stroke(self) -> int:
        self._strokes = self._strokes % 60_000 + 1
        return self._strokes


def unaware(table: Table) -> frozenset[str]:
    """Who is here and does not know the word in hand."""
    turn = table.game.state.turn
    if turn is None or table.game.phase not in ("choosing", "drawing"):
        return frozenset()
    return frozenset(each for each in table.game.seats.players if not turn.knows_word(each) and each not in turn.heard)


def wire(message: ServerMessage | InkFrame) -> bytes:
    return encode_ink(message.data, 1) if isinstance(message, InkFrame) else encode_server(message, 1).encode()


def told(outcomes: list[Outcome], whom: frozenset[str], everybody: frozenset[str]) -> list[tuple[bytes, frozenset[str]]]:
    """What these are sent, in its order, each with those among them who are sent it."""
    # What AI players thought is told when the word has been.
    events = [each for each in outcomes if isinstance(each, Event) and not isinstance(each.message, Thoughts)]
    heard = [(each, whom & (everybody if each.audience is None else each.audience)) for each in events]
    return [(wire(each.message), audience) for each, audience in heard if audience]


def times(outcomes: list[Outcome]) -> list[Outcome]:
    """What decides when something will be sent."""
    return [each for each in outcomes if isinstance(each, SetTimer | CancelTimer)]


def play(one: Twin, other: Twin, course: list[tuple], *, same_shape: bool) -> int:
    """Let the same happen at both tables; return how many messages were compared."""
    compared = 0
    for deed in [("say", "ada", StartGame()), *course]:
        if deed == ("time",):
            assert one.timers.keys() == other.timers.keys()
            if one.timers:
                known = unaware(one)
                counts = len(one.outcomes), len(other.outcomes)
                assert one.fire_next() == other.fire_next()
                compared += compare(one, other, one.outcomes[counts[0] :], other.outcomes[counts[1] :], known, same_shape=same_shape)
            continue
        for first, second in zip(commands(deed, one, 0), commands(deed, other, 1), strict=True):
            known = unaware(one)
            compared += compare(one, other, one.handle(first), other.handle(second), known, same_shape=same_shape)
    return compared


def compare(one: Twin, other: Twin, first: list[Outcome], second: list[Outcome], before: frozenset[str], *, same_shape: bool) -> int:
    """Compare what one command led to, for those who did not know the word before it and do not after it."""
    assert one.game.phase == other.game.phase
    assert times(first) == times(second)
    assert unaware(one) == unaware(other)
    everybody = frozenset(one.game.seats.players)
    if same_shape:
        # To everybody letter for letter, hints and words told included.
        assert [(text(content).translate(_to_twin), to) for content, to in told(first, everybody, everybody)] == [
            (text(content), to) for content, to in told(second, everybody, everybody)
        ]
    turn = one.game.state.turn
    if turn is None or turn.revealed:
        return 0
    whom = unaware(one) & (before or everybody)
    sent = told(first, whom, everybody)
    assert sent == told(second, whom, everybody)
    return len(sent)


def text(content: bytes) -> str:
    return content.decode(errors="surrogateescape")


@given(
    course=st.lists(deeds, max_size=60),
    seed=st.integers(0, 3),
    hints=st.sampled_from([0, 2]),
    word_mode=st.sampled_from(["normal", "combination", "hidden"]),
    game_mode=st.sampled_from(MODES),
    artist=st.integers(0, 2),
)
@settings(max_examples=60, deadline=None)
def test_words_of_one_shape_are_told_alike(course, seed, hints, word_mode, game_mode, artist):
    how = {"seed": seed, "hints": hints, "word_mode": word_mode, "game_mode": game_mode, "human_turns_per_artist_turn": artist, "choices": 3}
    play(*(Twin(*PEOPLE, words=words, ai_guessers=1, **how) for words in (WORDS, TWINS)), course, same_shape=True)


@given(course=st.lists(deeds, max_size=60), seed=st.integers(0, 3), game_mode=st.sampled_from(MODES), artist=st.integers(0, 2))
@settings(max_examples=60, deadline=None)
def test_where_the_length_is_hidden_so_are_words_of_any_shape(course, seed, game_mode, artist):
    how = {"seed": seed, "hints": 2, "word_mode": "hidden", "game_mode": game_mode, "human_turns_per_artist_turn": artist, "choices": 3}
    play(*(Twin(*PEOPLE, words=words, ai_guessers=1, **how) for words in (WORDS, LONGER)), course, same_shape=False)


EVERYTHING = [
    ("artist starts", (0.7, 1.0)), ("artist draws", 1), ("say", "ben", Say("a whale")), ("join", "dan", "player"), ("artist draws", 2), ("thought",),
    ("say", "cleo", Rate(1)), ("artist ends",), ("disconnect", "ben"), ("join", "ben", "player"), ("time",), ("time",), ("time",), ("time",),
    ("choose", 1), ("draw",), ("finds", "cleo"), ("say", "ben", Say("no idea")), ("join", "eve", "spectator"), ("draw",), ("time",),
]  # fmt: skip


def twins() -> list[Twin]:
    return [Twin(*PEOPLE, words=words, ai_guessers=1, hints=0, human_turns_per_artist_turn=1) for words in (WORDS, TWINS)]


def test_much_is_compared():
    one, other = twins()
    assert play(one, other, EVERYTHING, same_shape=True) > 20
    assert one.turn.guesses
    assert not one.turn.drawer_is_ai


def test_a_difference_is_found():
    with pytest.raises(AssertionError):
        play(*twins(), [("artist starts", (0.2, 1.0))], same_shape=True)
