from itertools import islice

import numpy as np
import pytest

from ai_artist.training.batches import Concepts, Mixture, PictureBatches
from ai_artist.training.icons import load_icons
from ai_artist.training.objective import NOTHING
from ai_artist.training.scribbles import scribble
from ai_artist.training.shaky_hand import render
from ai_artist.training.sketches import load_sketches
from tests.unit.ai_artist.training.corpora import ICONS, WORDS, write_icons, write_sketches


@pytest.fixture(scope="module")
def sketches(tmp_path_factory):
    return load_sketches(write_sketches(tmp_path_factory.mktemp("sketches") / "sketches.npz"), "train")


@pytest.fixture(scope="module")
def icons(tmp_path_factory, sketches):
    return load_icons(write_icons(tmp_path_factory.mktemp("icons")), sketches.categories, 32)


def test_icons_of_two_sets_are_rendered_without_interface_signs(icons):
    assert set(icons.names) == set(ICONS)
    assert len(icons.name) == 2 * len(ICONS)
    assert icons.pictures.shape[1:] == (32, 32, 3)
    assert (icons.pictures.min(axis=(1, 2, 3)) < 100).all()


def test_icons_of_lines_alone_are_strokes_too(icons):
    strokes = {icons.names[name]: icons.lines.drawing(index) for index, name in enumerate(icons.name)}
    assert len(strokes["boat"]) == 3
    assert strokes["boat"][1].tolist() == [pytest.approx([0.5, 0.125 + 0.1 * step]) for step in range(6)]
    assert strokes["sun"] == (), "it has a filled circle"


def test_sets_under_a_share_alike_licence_are_left_out(tmp_path, sketches):
    assert len(load_icons(write_icons(tmp_path, ("MIT", "CC-BY-SA-4.0", "ISC")), (), 32).name) == 2 * len(ICONS)


def test_concepts_are_the_categories_nothing_and_then_the_icons_other_names(sketches, icons):
    concepts = Concepts.of(sketches, icons)
    assert concepts.words[: len(WORDS)] == WORDS
    assert concepts.words[len(WORDS)] == NOTHING
    assert concepts.categories == len(WORDS) + 1
    assert set(concepts.words[concepts.categories :]) == set(ICONS) - set(WORDS)


def batches(sketches, icons, seed=(0,), negatives=None):
    return PictureBatches(sketches, icons, Mixture(sketches=0.5, scribbles=0.25), 16, 32, seed, negatives)


def test_a_batch_has_sketches_scribbles_and_icons(sketches, icons):
    words = Concepts.of(sketches, icons).words
    for pictures, concepts in islice(batches(sketches, icons), 5):
        assert pictures.shape == (16, 3, 32, 32)
        assert (pictures.flatten(1).amin(1) < 250).all(), "an empty picture"
        assert [words[index] for index in concepts].count(NOTHING) == 4
        assert {words[index] for index in concepts[:8]} <= set(WORDS)
        assert {words[index] for index in concepts[8:]} <= {NOTHING, *ICONS}


def test_the_same_seed_gives_the_same_batch_and_another_another(sketches, icons):
    (first, _), (same, _), (other, _) = (next(iter(batches(sketches, icons, seed))) for seed in ((1, 2), (1, 2), (1, 3)))
    assert (first == same).all()
    assert (first != other).any()


def test_drawings_that_nobody_can_name_are_shown_as_nothing(sketches, icons):
    red = np.full((3, 32, 32, 3), (255, 0, 0), np.uint8)
    pictures, concepts = next(iter(batches(sketches, icons, negatives=red)))
    is_red = (pictures[:, 0].float().amin((1, 2)) > 200) & (pictures[:, 1].float().amin((1, 2)) < 5)
    assert is_red.sum() == 2
    assert set(concepts[is_red].tolist()) == {len(WORDS)}


def test_scribbles_leave_ink_and_differ(sketches):
    random = np.random.default_rng(0)
    drawn = [render(scribble(sketches, random), 32, 2.0) for _ in range(30)]
    assert sum(bool(ink.any()) for ink in drawn) >= 29
    assert len({ink.tobytes() for ink in drawn}) >= 29
