from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.rooms.guesser_mind import GuesserMind, Idea
from game.rooms.strengths import LEAST_SURE, STRENGTHS
from game.rules.guesses import Verdict, judge, normalize
from game.rules.hints import UNKNOWN, blanks, could_be
from game.rules.vocabulary import PLUS, Word

TEXTS = ("cat", "dog", "hat", "house", "mouse", "horse", "palm tree", "t-shirt", "café", "cats", "it's")
WORDS = tuple(Word(text, f"a {text}") for text in TEXTS)


def ranking(*texts: str) -> tuple[tuple[str, float], ...]:
    """The first the likeliest, each half as likely as the one before."""
    return tuple((f"a {text}", 0.5**place) for place, text in enumerate(texts, 1))


def texts(ideas: list[Idea]) -> list[str]:
    return [idea.text for idea in ideas]


@pytest.mark.parametrize(
    ("shown", "fitting"),
    [
        ("___", {"cat", "dog", "hat"}),
        ("_a_", {"cat", "hat"}),
        ("_____", {"house", "mouse", "horse"}),
        ("____ ____", {"palm tree"}),
        ("_-_____", {"t-shirt"}),
        ("____", {"café", "cats"}),
        ("__'_", {"it's"}),
        ("___é", {"café"}),
        ("__________", set()),
        (UNKNOWN, set(TEXTS)),
    ],
)
def test_candidates_are_what_fits_the_letters_shown(shown, fitting):
    assert GuesserMind(WORDS, shown).concepts() == [f"a {text}" for text in TEXTS if text in fitting]


def test_a_hint_leaves_fewer():
    mind = GuesserMind(WORDS, "_____")
    mind.shown = "_o___"
    assert texts(mind.ideas(ranking("mouse", "house", "horse"))) == ["mouse", "house", "horse"]
    mind.shown = "m____"
    assert (mind.may_say("house"), mind.may_say("mouse")) == (False, True)
    assert texts(mind.ideas(ranking("house", "mouse"))) == ["mouse"]


def test_probabilities_are_of_what_it_still_can_be():
    mind = GuesserMind(WORDS, "_a_")
    assert mind.ideas((("a dog", 0.5), ("a cat", 0.3), ("a hat", 0.1))) == [Idea("cat", pytest.approx(0.75)), Idea("hat", pytest.approx(0.25))]
    assert mind.ideas(()) == []
    assert mind.ideas((("a cat", 0.0),)) == [Idea("cat", 0.0)]


def test_of_a_combination_each_half_is_sought_for_and_the_likeliest_pairs_come_first():
    mind = GuesserMind(WORDS, f"___{PLUS}_____")
    assert set(mind.concepts()) == {f"a {text}" for text in ("cat", "dog", "hat", "house", "mouse", "horse")}
    ideas = mind.ideas(ranking("dog", "house", "cat", "mouse"))
    assert texts(ideas) == ["dog + house", "dog + mouse", "cat + house", "cat + mouse"]
    assert [idea.probability for idea in ideas] == sorted((idea.probability for idea in ideas), reverse=True)
    assert sum(idea.probability for idea in ideas) == pytest.approx(1)


def test_a_combination_is_of_two_words():
    assert "cat + cat" not in texts(GuesserMind(WORDS, f"___{PLUS}___").ideas(ranking("cat", "dog")))


def test_what_was_said_is_out_however_it_was_written():
    mind = GuesserMind(WORDS, "____")
    mind.hear("  CAFE! ")
    assert mind.concepts() == ["a cats"]
    assert not mind.may_say("café")
    pairs = GuesserMind(WORDS, f"___{PLUS}___")
    pairs.hear("dog cat")
    assert "dog + cat" not in texts(pairs.ideas(ranking("dog", "cat")))


def test_a_close_guess_leaves_what_is_as_close_to_it():
    mind = GuesserMind(WORDS, "_____")
    mind.hear("house")
    mind.near.append("house")
    assert mind.concepts() == ["a mouse", "a horse"]  # one letter away, both
    mind.hear("mouse")
    assert mind.concepts() == ["a horse"]
    mind.near.append("cat")  # nothing is close to both
    assert mind.concepts() == []


def test_a_close_pair_shares_a_word_with_what_comes_next():
    mind = GuesserMind(WORDS, f"___{PLUS}_____")
    mind.hear("dog + house")
    mind.near.append("dog + house")
    said = texts(mind.ideas(ranking("dog", "house", "cat", "mouse", "horse")))
    assert said
    assert all("dog" in pair or "house" in pair for pair in said)


SHARP, FAIR, GENTLE = STRENGTHS["sharp"], STRENGTHS["fair"], STRENGTHS["gentle"]


def ideas_of(*probabilities: float) -> list[Idea]:
    return [Idea(f"word {number}", probability) for number, probability in enumerate(probabilities)]


def test_it_says_the_likeliest_word_when_it_is_sure_enough():
    mind = GuesserMind(WORDS)
    assert mind.choose(ideas_of(0.55, 0.45), SHARP, 0.0) == Idea("word 0", 0.55)
    assert mind.choose(ideas_of(0.45, 0.3, 0.25), SHARP, 0.0) is None
    assert mind.choose([], SHARP, 1.0) is None
    assert mind.choose(ideas_of(0.0, 0.0), SHARP, 0.5) is None


def test_the_weaker_the_surer_it_must_be():
    sure_of = {
        strength: min(share / 100 for share in range(50, 101) if GuesserMind(WORDS).choose(ideas_of(share / 100, 1 - share / 100), values, 0.0))
        for strength, values in STRENGTHS.items()
    }  # fmt: skip
    assert sure_of["sharp"] < sure_of["fair"] < sure_of["gentle"]


def test_towards_the_end_less_and_less_is_enough():
    mind, even = GuesserMind(WORDS), ideas_of(*[0.2] * 5)
    for strength in STRENGTHS.values():
        chosen = [mind.choose(even, strength, part / 100) is not None for part in range(101)]
        assert chosen == sorted(chosen)  # once it is content, it stays so
        assert (chosen[60], chosen[100]) == (False, True)
    assert mind.choose(ideas_of(*[LEAST_SURE / 2] * 20), SHARP, 1.0) is None


def test_after_so_many_guesses_it_is_silent():
    for strength in (SHARP, FAIR, GENTLE):
        mind = GuesserMind(WORDS, guesses=strength.most)
        assert mind.choose(ideas_of(1.0), strength, 1.0) is None
        mind.guesses -= 1
        assert mind.choose(ideas_of(1.0), strength, 1.0) is not None


POOL = tuple(Word(text, text) for text in (*TEXTS, "boat", "boats", "coat", "goat", "tree", "three", "sun", "son", "bus", "ice cream"))


@given(st.data())
def test_it_never_says_what_does_not_fit_or_was_said_and_finds_the_word_before_it_runs_out(data):
    """A whole turn against the real rules: whatever the drawing looks like to it, whatever others say, whatever letters are shown."""
    combined = data.draw(st.booleans())
    draw_word = st.sampled_from(POOL)
    first, second = data.draw(draw_word), data.draw(draw_word)
    secret = first.text + PLUS + second.text if combined and first.text != second.text else first.text
    hidden = PLUS not in secret and data.draw(st.booleans())
    revealed: set[int] = set()
    mind = GuesserMind(POOL, UNKNOWN if hidden else blanks(secret, revealed))
    random = Random(data.draw(st.integers(0, 1000)))
    said: set[str] = set()
    for _ in range(len(POOL) ** 2):
        move = random.random()
        if move < 0.1 and not hidden:
            revealed.add(random.randrange(len(secret)))
            mind.shown = blanks(secret, revealed)
        elif move < 0.2:
            other = random.choice(POOL).text
            if judge(other, secret) is Verdict.WRONG:
                said.add(normalize(other))
                mind.hear(other)
        concepts = mind.concepts()
        weights = [random.random() for _ in concepts]
        ideas = mind.ideas(tuple(zip(concepts, weights, strict=True)))
        assert ideas or PLUS in secret  # of pairs only the likeliest are thought of
        if not ideas:
            continue
        text = ideas[0].text
        assert could_be(text, mind.shown)
        assert normalize(text) not in said
        verdict = judge(text, secret)
        if verdict is Verdict.RIGHT:
            return
        said.add(normalize(text))
        mind.hear(text)
        if verdict is Verdict.CLOSE:
            mind.near.append(text)
    assert PLUS in secret, "it ran out of words before it found the word"
