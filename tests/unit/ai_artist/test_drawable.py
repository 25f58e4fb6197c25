import subprocess
import sys

import pytest

from ai_artist.drawable import drawable_words, read_drawable, undrawable_words, write_drawable
from ai_artist.errors import ArtistError


def test_what_is_written_is_read(tmp_path):
    words = {"house": 1.0, "ice cream": 0.5, "camouflage": 0.0}
    write_drawable(words, tmp_path / "drawable_words.tsv", "tried with two seeds")
    assert read_drawable(tmp_path / "drawable_words.tsv") == words
    assert drawable_words(f"local-dir:{tmp_path}") == words
    assert undrawable_words(f"local-dir:{tmp_path}") == {"camouflage"}


def test_a_perceptor_that_was_not_tried_has_no_list():
    assert drawable_words("ViT-B-32") == {}
    assert undrawable_words("ViT-B-32") == frozenset()


@pytest.mark.parametrize("line", ["house", "house\tmany", "house\t1.5", "house\t-1"])
def test_a_line_that_says_nothing_is_named(tmp_path, line):
    (tmp_path / "words.tsv").write_text(f"# remark\n{line}\n")
    with pytest.raises(ArtistError, match="line 2"):
        read_drawable(tmp_path / "words.tsv")


def test_the_server_reads_it_without_torch():
    code = "import sys; from game.studio.knowledge import undrawable_words; undrawable_words('doodle-clip'); assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
