import pytest

from ai_artist.categories import category_names
from ai_artist.evaluation.words import WordsError, words_of


def test_the_named_lists_are_what_their_names_say():
    names = category_names()
    assert len(names) == 345
    assert {"airplane", "zigzag", "t-shirt", "The Eiffel Tower"} <= set(names)
    sixty = words_of("60")
    assert len(sixty) == 60
    assert set(sixty) < set(names)


def test_a_file_has_a_word_a_line_and_comments(tmp_path):
    path = tmp_path / "words.txt"
    path.write_text("# mine\nhot  dog\n\n cat # with whiskers\nC#\n")
    assert words_of(str(path)) == ("hot dog", "cat", "C#")


@pytest.mark.parametrize(
    ("content", "says"),
    [("cat\ndog\nCat\n", "line 3: 'Cat' is there already"), ("# none\n", "no words"), ("cat\n" + "x" * 201, "line 2: .*200"), (None, "60 or 345")],
)
def test_what_is_no_list_of_words_is_refused(tmp_path, content, says):
    path = tmp_path / "words.txt"
    if content is not None:
        path.write_text(content)
    with pytest.raises(WordsError, match=says):
        words_of(str(path))


def test_of_a_table_it_is_the_first_column_below_its_heading(tmp_path):
    (tmp_path / "concepts.tsv").write_text("concept\ttheme\nhouse\tplaces\nice cream\tfood\n")
    assert words_of(str(tmp_path / "concepts.tsv")) == ("house", "ice cream")
