import pytest
import torch

from ai_artist.categories import category_names
from ai_artist.evaluation.accuracy import Accuracy
from ai_artist.evaluation.synonyms import BUNDLED_SYNONYMS, Synonym, SynonymsError, load_synonyms, synonym_accuracy

NAMES = ("cat", "dog", "The Eiffel Tower")


class Letters:
    """A perceptor whose vector of a word is how often each letter is in it."""

    def embed_words(self, prompts):
        counts = torch.tensor([[float(prompt.lower().count(letter)) for letter in "abcdefghijklmnopqrstuvwxyz"] for prompt in prompts])
        return torch.nn.functional.normalize(counts, dim=1)


def test_synonyms_are_read_with_the_categories_own_spelling(tmp_path):
    path = tmp_path / "synonyms.txt"
    path.write_text("# pets\nkitty = Cat\n\nParis' landmark = the eiffel tower  # in France\n")
    assert load_synonyms(path, NAMES) == (Synonym("kitty", "cat"), Synonym("Paris' landmark", "The Eiffel Tower"))


def test_every_wrong_line_is_named(tmp_path):
    path = tmp_path / "synonyms.txt"
    path.write_text("kitty = cat\npuppy\nhen = bird\nDog = cat\nKitty = cat\n = dog\n")
    with pytest.raises(SynonymsError) as refused:
        load_synonyms(path, NAMES)
    message = str(refused.value)
    for part in ("line 2: expected 'synonym = category'", "line 3: 'bird' is none of the 3", "line 4: 'Dog' is a category", "line 5", "line 6"):
        assert part in message
    assert "line 1" not in message


def test_a_file_without_synonyms_is_refused(tmp_path):
    path = tmp_path / "synonyms.txt"
    path.write_text("# to come\n")
    with pytest.raises(SynonymsError, match="no synonyms"):
        load_synonyms(path, NAMES)


def test_the_bundled_ones_are_of_the_categories():
    assert len(load_synonyms(BUNDLED_SYNONYMS, category_names())) >= 50


def test_a_synonym_is_right_if_its_category_is_nearest():
    synonyms = (Synonym("tac", "cat"), Synonym("god", "dog"), Synonym("act", "dog"))
    found = synonym_accuracy(Letters(), synonyms, ("cat", "dog", "ox", "hen", "bee", "ibis", "lynx"))
    assert found == Accuracy(pytest.approx(2 / 3), pytest.approx(2 / 3), 3)
