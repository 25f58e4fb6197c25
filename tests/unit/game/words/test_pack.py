import pytest

from game.resources import resource_folder
from game.words.pack import WordError, clean_word, load_pack


def test_the_default_pack_has_at_least_two_hundred_words():
    words = load_pack(resource_folder("words") / "english.txt")
    assert len(words) >= 200
    assert len({word.casefold() for word in words}) == len(words)


@pytest.mark.parametrize("word", ["", "   ", "x" * 33, "a\x00b", "a\u200bb", "---"])
def test_bad_words_are_refused(word):
    with pytest.raises(WordError):
        clean_word(word)


def test_a_bad_word_is_named_with_its_line(tmp_path):
    pack = tmp_path / "pack.txt"
    pack.write_text("# animals\ncat\n\n" + "x" * 40 + "\n")
    with pytest.raises(WordError, match=r"pack\.txt, line 4: .*32 characters"):
        load_pack(pack)


def test_remarks_blanks_and_duplicates_are_dropped(tmp_path):
    pack = tmp_path / "pack.txt"
    pack.write_text("# animals\ncat\n\n  palm   tree \nCat\n")
    assert load_pack(pack) == ("cat", "palm tree")


@pytest.mark.parametrize("content", [b"", b"# nothing\n", b"\xff\xfe\x00"])
def test_a_pack_without_words_is_refused(tmp_path, content):
    pack = tmp_path / "pack.txt"
    pack.write_bytes(content)
    with pytest.raises(WordError):
        load_pack(pack)


def test_a_missing_pack_is_named(tmp_path):
    with pytest.raises(WordError, match="nowhere"):
        load_pack(tmp_path / "nowhere.txt")
