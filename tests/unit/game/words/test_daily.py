from datetime import UTC, date, datetime, timedelta

import pytest

from game.resources import resource_folder
from game.rules.daily import WORDS_A_DAY
from game.rules.vocabulary import ALL_THEMES, Vocabulary, Word
from game.studio.knowledge import undrawable_words
from game.words.daily import daily_source, today
from game.words.loading import load_packs

UNDRAWABLE = undrawable_words("doodle-clip")
PACKS = load_packs(resource_folder("words") / "packs", UNDRAWABLE)
DAY = date(2026, 11, 25)


def of(language: str = "en", secret: str = "secret", day: date = DAY, vocabulary: Vocabulary = PACKS):
    return daily_source(vocabulary, secret, lambda: day)(language)


def test_the_words_are_the_same_all_day():
    assert of() == of()
    assert of().day == "2026-11-25"


@pytest.mark.parametrize("other", [{"language": "de"}, {"secret": "another"}, {"day": DAY + timedelta(days=1)}])
def test_they_are_others_on_another_day_in_another_language_on_another_server(other):
    ours, theirs = of(), of(**other)
    assert {word.concept for word in ours.words} != {word.concept for word in theirs.words}
    assert ours.seeds != theirs.seeds


def test_a_day_passes_while_the_server_runs():
    days = iter([DAY, DAY, DAY + timedelta(days=1)])
    words_of = daily_source(PACKS, "secret", lambda: next(days))
    first, second, third = (words_of("en") for _ in range(3))
    assert first == second
    assert (third.day, third.words == first.words) == ("2026-11-26", False)


def test_they_are_five_and_different_and_such_as_the_artist_can_draw():
    for language in PACKS.languages:
        pack = set(PACKS.words(language, ALL_THEMES, "mixed"))
        for day in range(100):
            daily = of(language, day=DAY + timedelta(days=day))
            assert len({word.text for word in daily.words}) == len(daily.words) == len(daily.seeds) == WORDS_A_DAY == 5
            assert set(daily.words) <= pack
            assert not UNDRAWABLE & {word.concept for word in daily.words}


def test_all_words_have_their_day():
    seen = {word for day in range(400) for word in of(day=DAY + timedelta(days=day)).words}
    assert len(seen) > 0.9 * len(PACKS.drawable(PACKS.words("en", ALL_THEMES, "mixed")))


@pytest.mark.parametrize("texts", [("cat",), ("cat", "dog"), ("cat", "dog", "hat", "house", "boat")])
def test_of_few_words_there_are_as_many_as_there_are(texts):
    few = Vocabulary({"en": [Word(text, text) for text in texts]})
    daily = of(vocabulary=few)
    assert sorted(word.text for word in daily.words) == sorted(texts)
    assert len(daily.seeds) == len(texts)


def test_seeds_fit_a_commission():
    assert all(0 <= seed < 2**31 for day in range(100) for seed in of(day=DAY + timedelta(days=day)).seeds)


def test_the_day_is_that_of_utc():
    assert today() - datetime.now(UTC).date() in (timedelta(0), timedelta(days=-1))
