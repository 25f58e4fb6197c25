import pytest

from ai_artist.errors import PerceptorError
from ai_artist.perception import load_perceptor, unknown_words_note
from ai_artist.perception.vocabulary import load_known_words, unknown_words

from .conftest import save_folder

KNOWN = frozenset("cat house berry knife leaf box run smile carry fireman mouse café paint bus the 猫 हिन्दी".split())


@pytest.mark.parametrize(
    "prompt",
    [
        "cat",
        "A Cat, in the HOUSE!",
        "cats and boxes with berries, knives and leaves",
        "two mice; firemen; buses",
        "running, smiling, carrying, painting",
        "carried smiled painted",
        "a café at 5 o'x",
        "cafe\u0301",  # the accent as a mark of its own
        "猫",
        "हिन्दी",
        "of 42 !?",
        "",
    ],
)
def test_known_words_and_their_forms_are_known(prompt):
    assert unknown_words(prompt, KNOWN | {"two"}) == ()


@pytest.mark.parametrize(
    ("prompt", "unknown"),
    [
        ("a kazoo and a xylograph", ("kazoo", "xylograph")),
        ("Kazoo kazoo KAZOO cat", ("kazoo",)),
        ("cat-kazoo/cat_xylograph2cat", ("kazoo", "xylograph")),
        ("kazoos", ("kazoos",)),
        ("thing", ("thing",)),  # no -ing form of "the"
        ("cass", ("cass",)),
        ("犬と猫", ("犬と猫",)),
        ("犬", ("犬",)),
        ("हिन्द", ("हिन्द",)),
    ],
)
def test_other_words_are_unknown(prompt, unknown):
    assert unknown_words(prompt, KNOWN) == unknown


def test_a_model_folder_says_which_words_it_knows(tiny, tmp_path):
    folder = save_folder(tmp_path / "model", tiny())
    (folder / "known_words.txt").write_text("cat\n\n house \ncafé\n", encoding="utf-8")
    perceptor = load_perceptor(f"local-dir:{folder}", "cpu")
    assert perceptor.unknown_words("a cat at a house café with a kazoo") == ("kazoo",)
    assert unknown_words_note(perceptor, "cats") is None
    assert unknown_words_note(perceptor, "kazoo") == f"local-dir:{folder} has not seen this word: kazoo; the drawing may be abstract."
    assert unknown_words_note(perceptor, "a kazoo, a xylograph").endswith("has not seen these words: kazoo, xylograph; the drawing may be abstract.")


def test_a_model_without_the_file_does_not_tell(tiny, tmp_path):
    perceptor = load_perceptor(f"local-dir:{save_folder(tmp_path / 'model', tiny())}", "cpu")
    assert perceptor.unknown_words("kazoo") == ()
    assert unknown_words_note(perceptor, "kazoo") is None


def test_a_file_that_is_no_text_is_refused(tmp_path):
    (tmp_path / "known_words.txt").write_bytes(b"caf\xe9")
    with pytest.raises(PerceptorError, match="must be UTF-8 text with one word a line"):
        load_known_words(tmp_path)
