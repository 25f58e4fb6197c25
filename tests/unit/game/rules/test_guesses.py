import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.rules.guesses import Verdict, judge, normalize


@pytest.mark.parametrize("guess", ["palm tree", "Palm Tree", "palmtree", "palm-tree", " PALM  TREE ", "pálm trée"])
def test_case_accents_hyphens_and_spaces_are_forgiven(guess):
    assert judge(guess, "palm tree") is Verdict.RIGHT


@pytest.mark.parametrize(
    ("guess", "word"),
    [
        ("oeuf", "œuf"),
        ("coeur", "cœur"),
        ("strasse", "Straße"),
        ("nino", "niño"),
        ("maca", "maçã"),
        ("ile", "île"),
        # vowel points: a Hebrew, an Arabic and a Syriac one
        ("שלום", "שְׁלוֹם"),
        ("كتب", "كَتَبَ"),
        ("ܐܒ", "ܐܒܑ"),
    ],
)
def test_letters_that_a_keyboard_may_lack_are_forgiven(guess, word):
    assert judge(guess, word) is Verdict.RIGHT


@pytest.mark.parametrize("guess", ["hose", "houses", "hiuse", "huose", "a house", "my house is big"])
def test_one_edit_away_or_among_others_is_close(guess):
    assert judge(guess, "house") is Verdict.CLOSE


@pytest.mark.parametrize(
    ("guess", "word"),
    [
        ("boxes", "box"), ("box", "boxes"), ("berries", "berry"), ("knives", "knife"), ("leaves", "leaf"), ("gatti", "gatto"), ("flores", "flor"),
        ("lápices", "lápiz"), ("chevaux", "cheval"), ("bateaux", "bateau"), ("Frauen", "Frau"), ("Kinder", "Kind"), ("leões", "leão"),
        ("homens", "homem"),
    ],
)  # fmt: skip
def test_the_plural_is_close_and_so_is_the_singular_of_a_plural(guess, word):
    assert judge(guess, word) is Verdict.CLOSE


@pytest.mark.parametrize("guess", ["mouse trap", "hut", "", "horse", "castanets", "candy", "mouse !"])
def test_others_are_wrong(guess):
    assert judge(guess, "castle") is Verdict.WRONG


@pytest.mark.parametrize(
    ("guess", "verdict"),
    [("cat house", "right"), ("house + cat", "right"), ("Cat+House", "right"), ("cat", "close"), ("the house", "close"), ("dog", "wrong"),
     ("cat hous", "close"), ("cahtouse", "close"), ("thehouse", "close")],
)  # fmt: skip
def test_a_combination_is_guessed_in_either_order(guess, verdict):
    assert judge(guess, "cat + house").value == verdict


@pytest.mark.parametrize(
    ("guess", "word", "verdict"), [("it is an ox", "ox", "close"), ("oxen", "ox", "wrong"), ("ax", "ox", "wrong"), ("OX", "ox", "right")]
)
def test_short_words_are_close_only_as_words(guess, word, verdict):
    assert judge(guess, word).value == verdict


@pytest.mark.parametrize(("guess", "verdict"), [("concatenate", "close"), ("an ox", "close"), ("foxes", "wrong")])
def test_of_a_combination_a_short_word_is_close_only_as_a_word(guess, verdict):
    assert judge(guess, "cat + ox").value == verdict


def test_a_plural_is_more_than_one_letter_and_an_ending():
    assert judge("el", "Eis") is Verdict.WRONG, "though Spanish has -l, -is"


@pytest.mark.parametrize(("guess", "word"), [("हिन्दु", "हिन्दी"), ("ขาว", "ข่าว")])
def test_vowel_signs_tell_words_apart(guess, word):
    assert judge(guess, word) is not Verdict.RIGHT
    assert judge(word, word) is Verdict.RIGHT


def test_many_plus_signs_cost_no_time():
    assert judge("hello", " + ".join("abcdefghijklmnop")) is Verdict.WRONG


@given(st.text(), st.text(min_size=1))
def test_never_fails_and_the_word_is_right(guess, word):
    judge(guess, word)
    assert judge(word, word) is Verdict.RIGHT


@given(st.text())
def test_normalizing_twice_changes_nothing(text):
    assert normalize(normalize(text)) == normalize(text)
