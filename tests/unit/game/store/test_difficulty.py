import asyncio
import csv
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.cli import main
from game.resources import resource_folder
from game.store.difficulty import (
    ENOUGH_WORDS,
    LABELS,
    NEARLY_ALWAYS,
    RARELY,
    Lines,
    PlayedWord,
    Range,
    Tally,
    draw_lines,
    judge,
    played_words,
    propose,
    seconds_range,
    share_range,
)
from game.store.session import connect
from game.words.loading import load_packs
from tests.unit.game.store.sample import began, guess, put, turn

PACKS = resource_folder("words") / "packs"
EN = ("en", "normal")

shares, seconds = st.floats(0, 1), st.floats(0, 600)
labels = st.sampled_from(LABELS)
lines = st.tuples(shares, shares, seconds).map(lambda given: Lines(min(given[:2]), max(given[:2]), given[2]))


@st.composite
def tallies(draw, most=500):
    asked = draw(st.integers(0, most))
    found = draw(st.integers(0, asked))
    return Tally(asked, found, found * draw(st.integers(0, 200_000)))


def ranges(values):
    return st.tuples(values, values, values).map(lambda given: Range(*sorted(given)))


crowds = st.dictionaries(st.sampled_from([EN, ("en", "hidden"), ("de", "normal")]), tallies(), max_size=3)
many_words = st.lists(st.tuples(labels, crowds, tallies()), min_size=ENOUGH_WORDS, max_size=ENOUGH_WORDS + 10).map(
    lambda given: [PlayedWord(f"word {number:02}", *each) for number, each in enumerate(given)]
)


def server(*others, times=1, crowd=EN, luck=1.0):
    """Twelve words of each label, each found by more than the one before, and others; with half the luck, half as many find them, half as fast."""
    kinds = {"easy": (75, 10), "medium": (45, 30), "hard": (12, 50)}
    usual = [
        word(f"{label} {number}", label, 100 * times, int((fewest + 2 * number) * times * luck), after / luck, crowd)
        for label, (fewest, after) in kinds.items()
        for number in range(12)
    ]
    return [*usual, *others]


def word(concept, label, asked, found, after, crowd=EN):
    return PlayedWord(concept, label, {crowd: Tally(asked, found, int(found * after * 1000))})


def proposed(words, at_least=20):
    return {each.word.concept: each.proposed for each in judge(words, at_least).proposals}


@given(labels, ranges(shares), ranges(seconds), lines)
def test_the_nearest_label_that_the_evidence_allows(now, share, after, divides):
    proposal = propose(now, share, after, divides)
    easiest, hardest = LABELS.index(divides.label(share.high, after.low)), LABELS.index(divides.label(share.low, after.high))
    assert easiest <= LABELS.index(divides.label(share.value, after.value)) <= hardest
    if proposal is None:
        assert easiest <= LABELS.index(now) <= hardest
    else:
        assert proposal != now
        assert LABELS.index(proposal) == (easiest if LABELS.index(now) < easiest else hardest)


@given(labels, ranges(shares), ranges(seconds), lines, shares, seconds)
def test_who_is_found_more_often_and_sooner_is_never_harder(now, share, after, divides, more, sooner):
    better = Range(*(max(each, more) for each in (share.low, share.value, share.high)))
    faster = Range(*(min(each, sooner) for each in (after.low, after.value, after.high)))
    before, then = (LABELS.index(propose(now, *each, divides) or now) for each in ((share, after), (better, faster)))
    assert then <= before


@given(tallies(), st.integers(2, 50))
def test_more_of_the_same_makes_it_surer(tally, times):
    more = Tally(tally.asked * times, tally.found * times, tally.milliseconds * times)
    for measure in (share_range, seconds_range):
        few, many = measure(tally), measure(more)
        assert few.low <= few.value <= few.high
        assert few.low <= many.low + 1e-9
        assert many.high <= few.high + 1e-9
    assert 0 <= share_range(tally).low <= share_range(tally).high <= 1


@given(st.lists(st.tuples(labels, shares, seconds | st.just(float("inf"))), min_size=1, max_size=60))
def test_the_lines_leave_as_many_words_hard_and_easy(words):
    divides = draw_lines(words)
    assert RARELY <= divides.hard <= divides.easy <= NEARLY_ALWAYS
    found = sorted(share for _, share, _ in words)
    called = [label for label, _, _ in words]
    if RARELY < divides.hard < NEARLY_ALWAYS:
        assert sum(share < divides.hard for share in found) <= called.count("hard") <= sum(share <= divides.hard for share in found)
    if RARELY < divides.easy < NEARLY_ALWAYS:
        assert sum(share > divides.easy for share in found) <= called.count("easy") <= sum(share >= divides.easy for share in found)


@pytest.mark.slow
@given(many_words, st.integers(1, 100), st.randoms())
def test_only_words_asked_often_enough_are_judged_whatever_their_order_and_the_artist(words, at_least, random):
    judgement = judge(words, at_least)
    often = {each.concept for each in words if each.people.asked >= at_least}
    assert judgement.judged == len(often)
    assert {each.word.concept for each in judgement.proposals} <= often
    assert all(each.proposed in LABELS and each.proposed != each.word.difficulty for each in judgement.proposals)
    assert {each.concept for each in judgement.never_found} == {
        name for name in often if not {each.concept: each for each in words}[name].people.found
    }
    if len(often) < ENOUGH_WORDS:
        assert (judgement.lines, judgement.proposals) == (None, ())
    others = [replace(each, artist=Tally()) for each in words]
    random.shuffle(others)
    again = judge(others, at_least)
    assert [(each.word.concept, each.proposed) for each in again.proposals] == [(each.word.concept, each.proposed) for each in judgement.proposals]


@pytest.mark.slow
@given(many_words, labels)
def test_no_word_is_called_harder_that_all_find_nor_easier_that_nobody_does(words, now):
    always, never = word("always", now, 400, 400, 10), word("never", now, 400, 0, 0)
    found = proposed([*words, always, never])
    assert found.get("always", now) != "hard" or now == "hard"
    assert found.get("never", "hard") == "hard"


def test_labels_that_are_right_stay():
    assert proposed(server()) == {}
    assert proposed(server(times=50)) == {}


@pytest.mark.parametrize(
    ("now", "asked", "found", "after", "expected"),
    [
        ("hard", 40, 40, 5, "easy"),
        ("medium", 40, 40, 5, "easy"),
        ("medium", 40, 40, 50, None),
        ("hard", 40, 40, 50, "medium"),
        ("easy", 400, 400, 80, "medium"),
        ("easy", 40, 0, 0, "hard"),
        ("medium", 40, 0, 0, "hard"),
        ("hard", 40, 0, 0, None),
        ("easy", 400, 220, 20, "medium"),
        ("hard", 400, 220, 20, "medium"),
        ("easy", 20, 12, 20, None),
        ("hard", 20, 10, 20, None),
        ("easy", 19, 0, 0, None),
    ],
)
def test_a_word_beside_the_others(now, asked, found, after, expected):
    assert proposed(server(word("odd", now, asked, found, after))).get("odd") == expected


def test_a_word_is_not_hard_because_those_who_find_less_were_asked():
    hidden = ("en", "hidden")
    # The same words again where their length is hidden: half as many find them, after twice the time.
    played = server()
    for here, there in zip(played, server(luck=0.5), strict=True):
        here.crowds[hidden] = there.crowds[EN]
    assert proposed(played) == {}
    assert proposed([*played, word("odd", "medium", 400, 110, 60, crowd=hidden)]) == {}
    assert proposed([*played, word("odd", "medium", 400, 110, 60)]) == {"odd": "hard"}


def test_those_who_play_only_easy_words_are_not_taken_for_better_players():
    played = server()
    easy = [word(f"Wort {number}", "easy", 400, 4 * found, 10, ("de", "normal")) for number, found in enumerate(range(75, 99, 2))]
    assert proposed([*played, *easy]) == {}
    assert proposed([*easy, *(each for each in played if each.difficulty != "easy")]) == {}


def test_of_too_few_words_none_is_judged_but_what_nobody_found_is_told():
    judgement = judge([word("odd", "easy", 40, 0, 0), word("even", "easy", 40, 40, 5), word("new", "easy", 19, 0, 0)], 20)
    assert (judgement.judged, judgement.lines, judgement.proposals) == (2, None, ())
    assert [each.concept for each in judgement.never_found] == ["odd"]


class Words:
    """`guesstroke words difficulty` on one database."""

    def __init__(self, url, monkeypatch, capsys):
        self.url = url
        self._capsys = capsys
        monkeypatch.setenv("GUESSTROKE_DATABASE_URL", url)
        monkeypatch.setenv("COLUMNS", "200")

    def __call__(self, *arguments, status=0):
        with pytest.raises(SystemExit) as ended:
            main(["words", "difficulty", *map(str, arguments)])
        said = self._capsys.readouterr()
        assert ended.value.code == status, said
        return " ".join((said.err if status else said.out).split())

    def ask(self, work, *arguments):
        async def run():
            engine, sessions = connect(self.url)
            try:
                return await work(sessions, *arguments)
            finally:
                await engine.dispose()

        return asyncio.run(run())


@pytest.fixture
def words(templates, monkeypatch, capsys):
    return Words(templates.sqlite(), monkeypatch, capsys)


def asked(number, text, found, after, *, of=24, **given):
    """A turn with so many guessers."""
    players = [f"p{player}" for player in range(of)]
    guesses = tuple(guess(player, after) for player in players[:found])
    return turn(number, word=text, guesses=guesses, missed=tuple(players[found:]), **given)


@pytest.mark.slow
def test_the_command_proposes_and_leaves_the_packs_as_they_are(words, tmp_path):
    before = {path: path.read_bytes() for path in PACKS.iterdir()}
    pack = load_packs(PACKS).words("en", "all", "mixed")
    usual = {"easy": (23, 10), "medium": (12, 30), "hard": (8, 50)}
    chosen = [each for label in LABELS for each in [each for each in pack if each.difficulty == label][:12]]
    never, fast = chosen[0], chosen[-1]
    how = {never.concept: (0, 1), fast.concept: (24, 5)}
    turns = [asked(number, each.text, *how.get(each.concept, usual[each.difficulty])) for number, each in enumerate(chosen, 1)]
    robots = (guess("robot", 1, is_ai=True), guess("other", 1, is_ai=True))
    words.ask(
        put, began(), *turns,
        # What judges nothing: the artist's drawing, an AI's guesses, words that are in no pack or a host's own, and combinations.
        asked(90, never.text, 3, 9, of=4, drawer="artist", is_ai=True), turn(91, word=never.text, guesses=robots),
        asked(92, "zorblat", 0, 1), asked(93, fast.text, 0, 1, is_own_word=True),
        began("g2", mode="combination"), asked(1, f"{never.text} + {fast.text}", 24, 1, game="g2"), asked(2, never.text, 24, 1, game="g2"),
        # In another language the same word is another row, of the same concept.
        began("g3", language="de"), asked(1, "Ameise", 1, 40, of=1, game="g3"),
    )  # fmt: skip
    file = tmp_path / "proposals.tsv"
    said = words("--tsv", file)
    assert f"{fast.concept} │ hard │ easy │ 24 │ 100% │ 5.0 │ –" in said
    assert f"The proposals, 2, are in {file}." in said
    assert "Words asked 20 times or more in drawings of people: 36." in said
    assert f"Nothing was changed. What you agree with, write into the column difficulty of {PACKS / 'concepts.tsv'}" in said
    assert "zorblat" not in said
    assert " + " not in said
    with file.open(newline="") as lines:
        rows = list(csv.reader(lines, delimiter="\t"))
    assert rows[0] == ["concept", "difficulty now", "difficulty proposed", "asked", "found share", "mean seconds"]
    assert rows[1] == [fast.concept, "hard", "easy", "24", "1.000", "5.0"]
    assert rows[2] == [never.concept, "easy", "hard", "25", "0.040", "40.0"]
    in_english = words("--language", "en")
    assert "Never found at all ┏" in in_english
    assert f"{never.concept} │ easy │ 24 │ 0% │ – │ 75% of 4 │" in in_english
    kept = file.read_bytes()
    assert "is there already and was left as it is" in words("--tsv", file, status=2)
    assert "No such file or directory" in words("--tsv", tmp_path / "no" / "folder", status=2)
    assert file.read_bytes() == kept
    assert {path: path.read_bytes() for path in PACKS.iterdir()} == before
    assert "Words asked 25 times or more in drawings of people: 1. At least 30 are needed" in words("--at-least", 25)
    assert words("--language", "it") == "People have guessed at no word of the packs that a person drew: there is nothing to judge yet."
    assert "the packs are in en, de, es, fr, it, pt." in words("--language", "xx", status=2)


def test_modes_and_languages_are_kept_apart_until_they_are_pooled(words):
    entries = [
        began(), asked(1, "ant", 3, 10), asked(2, "ant", 1, 20, drawer="artist", is_ai=True),
        began("g2", mode="hidden"), asked(1, "ant", 2, 10, game="g2"),
        began("g3", language="de"), asked(1, "Ameise", 4, 10, game="g3"), asked(2, "ant", 4, 10, game="g3"),
    ]  # fmt: skip
    words.ask(put, *entries)
    packs = load_packs(PACKS)
    (ant,) = words.ask(played_words, packs)
    assert ant.crowds == {EN: Tally(24, 3, 30_000), ("en", "hidden"): Tally(24, 2, 20_000), ("de", "normal"): Tally(24, 4, 40_000)}
    assert (ant.concept, ant.difficulty, ant.people, ant.artist) == ("ant", "easy", Tally(72, 9, 90_000), Tally(24, 1, 20_000))
    (ameise,) = words.ask(played_words, packs, "de")
    assert ameise.people == Tally(24, 4, 40_000)


def test_of_an_empty_database_it_says_so(words, tmp_path):
    assert "there is nothing to judge yet" in words("--tsv", tmp_path / "none.tsv")
    assert len((tmp_path / "none.tsv").read_text().splitlines()) == 1
    assert "--at-least" in words("--at-least", 0, status=2)


def test_a_database_without_tables_is_told_as_the_commands_of_the_database_do(monkeypatch, capsys, tmp_path):
    words = Words(f"sqlite+aiosqlite:///{tmp_path / 'game.db'}", monkeypatch, capsys)
    assert "are not up to date: `guesstroke db upgrade` brings them there" in words(status=2)
