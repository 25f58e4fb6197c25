import pytest

from ai_artist.drawable import drawable_words
from game.resources import resource_folder
from game.rules.custom_words import WordError
from game.rules.guesses import Verdict, judge, normalize
from game.rules.vocabulary import ALL_THEMES
from game.studio.knowledge import undrawable_words
from game.words.loading import CONCEPTS_FILE, load_list, load_packs
from game.words.profanity import ProfanityFilter

PACKS = load_packs(resource_folder("words") / "packs")
LANGUAGES = ("en", "de", "es", "fr", "it", "pt")


def test_the_bundled_languages_english_first():
    assert PACKS.languages == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_enough_words_of_each_difficulty(language):
    words = PACKS.words(language, ALL_THEMES, "mixed")
    assert len(words) >= 400
    for difficulty in ("easy", "medium", "hard"):
        assert len(PACKS.words(language, ALL_THEMES, difficulty)) >= 100
    for theme in PACKS.themes:
        assert len(PACKS.words(language, theme, "mixed")) >= 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_words_are_the_same_guess(language):
    words = [normalize(word.text) for word in PACKS.words(language, ALL_THEMES, "mixed")]
    assert len(set(words)) == len(words)
    assert all(judge(word.text.upper(), word.text) is Verdict.RIGHT for word in PACKS.words(language, ALL_THEMES, "mixed"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_profanity_filter_lets_every_word_of_the_packs_pass(language):
    censor = ProfanityFilter(word.text for tongue in LANGUAGES for word in PACKS.words(tongue, ALL_THEMES, "mixed")).censor
    starred = [word.text for word in PACKS.words(language, ALL_THEMES, "mixed") if "*" in censor(word.text, language)]
    assert starred == []


def test_every_concept_has_a_word_and_the_artist_was_tried_with_it():
    lines = (resource_folder("words") / "packs" / CONCEPTS_FILE).read_text(encoding="utf-8").splitlines()[1:]
    concepts = {line.split("\t")[0] for line in lines}
    assert concepts == {word.concept for language in LANGUAGES for word in PACKS.words(language, ALL_THEMES, "mixed")}
    assert concepts == drawable_words("doodle-clip").keys()


def test_a_concept_is_the_same_thing_in_every_language():
    words = {language: {word.concept: word.text for word in PACKS.words(language, ALL_THEMES, "mixed")} for language in LANGUAGES}
    assert [words[language]["house"] for language in LANGUAGES] == ["house", "Haus", "casa", "maison", "casa", "casa"]
    assert len(set.intersection(*(set(concepts) for concepts in words.values()))) >= 400


def test_a_difficulty_that_a_theme_lacks_falls_back_to_the_language():
    assert PACKS.words("en", "no such theme", "easy") == PACKS.words("en", ALL_THEMES, "mixed")


def write(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.tsv").write_text(text)
    return folder


GOOD = "concept\ttheme\tdifficulty\ncat\tanimals\teasy\n"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"concepts": GOOD}, "no word packs"),
        ({"concepts": "a\tb\n", "en": ""}, "first line"),
        ({"concepts": GOOD, "en": "concept\tword\ndog\tdog\n"}, r"en\.tsv, line 2: 'dog' is no concept"),
        ({"concepts": GOOD, "en": "concept\tword\ncat\n"}, "2 columns"),
        ({"concepts": GOOD + "cat\tfood\thard\n", "en": ""}, r"concepts\.tsv, line 3: 'cat' has a line already"),
        ({"concepts": GOOD, "en": "concept\tword\ncat\tcat\ncat\tkitten\n"}, r"en\.tsv, line 3: 'cat' has a line already"),
        ({"concepts": GOOD + "dog\tanimals\teasier\n", "en": ""}, r"concepts\.tsv, line 3: a difficulty is one of easy, medium, hard; got 'easier'"),
        ({"concepts": GOOD, "en": "concept\tword\ncat\t" + "x" * 40 + "\n"}, r"line 2: .*32 characters"),
    ],
)
def test_packs_that_make_no_sense_are_refused_with_their_place(tmp_path, files, message):
    with pytest.raises(WordError, match=message):
        load_packs(write(tmp_path, **files))


def test_a_list_of_the_servers_own_drops_remarks_blanks_and_duplicates(tmp_path):
    pack = tmp_path / "pack.txt"
    pack.write_text("# animals\ncat\n\n  palm   tree \nCat\n")
    assert [word.text for word in load_list(pack).words("en", ALL_THEMES, "mixed")] == ["cat", "palm tree"]


def test_a_bad_word_of_a_list_is_named_with_its_line(tmp_path):
    pack = tmp_path / "pack.txt"
    pack.write_text("# animals\ncat\n\n" + "x" * 40 + "\n")
    with pytest.raises(WordError, match=r"pack\.txt, line 4: .*32 characters"):
        load_list(pack)


@pytest.mark.parametrize("content", [b"", b"# nothing\n", b"\xff\xfe\x00"])
def test_a_list_without_words_is_refused(tmp_path, content):
    pack = tmp_path / "pack.txt"
    pack.write_bytes(content)
    with pytest.raises(WordError):
        load_list(pack)


def test_a_missing_list_is_named(tmp_path):
    with pytest.raises(WordError, match="nowhere"):
        load_list(tmp_path / "nowhere.txt")


def test_what_the_bundled_artist_cannot_draw_is_left_to_people_in_every_language():
    undrawable = undrawable_words("doodle-clip")
    assert 50 < len(undrawable) < 300
    packs = load_packs(resource_folder("words") / "packs", undrawable)
    for language in LANGUAGES:
        words = packs.words(language, ALL_THEMES, "mixed")
        drawable = packs.drawable(words)
        assert 300 < len(drawable) < len(words)
        assert not undrawable & {word.concept for word in drawable}
