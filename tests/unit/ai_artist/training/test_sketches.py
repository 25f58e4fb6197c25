import json
import os
from pathlib import Path

import numpy as np
import pytest

from ai_artist.evaluation.people import perceptor_accuracy
from ai_artist.perception import load_perceptor
from ai_artist.training import shaky_hand
from ai_artist.training.icons import plain_name
from ai_artist.training.sketches import load_sketches
from tests.conftest import REPOSITORY


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "sketches.npz"
    np.savez(
        path,
        points=np.array([[0, 0], [255, 0], [255, 255], [0, 128], [51, 51]], np.uint8),
        stroke_offsets=np.array([0, 3, 4, 5], np.int32),
        sketch_offsets=np.array([0, 2, 3], np.int32),
        label=np.array([1, 0], np.int16),
        categories=np.array(["cat", "dog"]),
        split=np.array([0, 1], np.uint8),
    )
    return path


def test_a_split_is_read_with_its_strokes(archive):
    corpus = load_sketches(archive, "train")
    assert corpus.categories == ("cat", "dog")
    (sketch,) = corpus.sketches
    assert sketch.category == 1
    assert [len(stroke) for stroke in sketch.strokes] == [3, 1]
    assert sketch.strokes[0].tolist() == [[0, 0], [1, 0], [1, 1]]
    assert load_sketches(archive, "test").sketches == ()


def test_what_is_no_sketch_archive_is_refused(tmp_path):
    np.savez(tmp_path / "other.npz", points=np.zeros(3))
    with pytest.raises(ValueError, match="stroke_offsets"):
        load_sketches(tmp_path / "other.npz", "train")


def write_ndjson(folder, word, entries):
    lines = [json.dumps({"word": word, "key_id": str(key), "recognized": seen, "drawing": [[[0, 255], [0, 128]]]}) for key, seen in entries]
    (folder / f"{word}.ndjson").write_text("\n".join(lines) + "\n")


def test_the_datasets_own_files_are_read_from_a_folder(tmp_path):
    keys = [key << 16 for key in range(100)]
    write_ndjson(tmp_path, "cat", [(key, True) for key in keys])
    write_ndjson(tmp_path, "hot dog", [(key, key != keys[7]) for key in keys])
    by_split = {split: load_sketches(tmp_path, split) for split in ("train", "validation", "test")}
    assert all(corpus.categories == ("cat", "hot dog") for corpus in by_split.values())
    assert {split: len(corpus.sketches) for split, corpus in by_split.items()} == {"train": 191, "validation": 4, "test": 4}
    (stroke,) = by_split["train"].sketches[0].strokes
    assert stroke.dtype == np.float32
    assert stroke.tolist() == [[0, 0], [1, pytest.approx(128 / 255)]]


def test_only_so_many_of_a_category_are_read(tmp_path):
    write_ndjson(tmp_path, "cat", [(key << 16, True) for key in range(100)])
    assert len(load_sketches(tmp_path, "train", per_category=10).sketches) == 10


def test_a_bad_line_is_named(tmp_path):
    (tmp_path / "cat.ndjson").write_text('{"word": "cat"}\n')
    with pytest.raises(ValueError, match=r"cat\.ndjson, line 1"):
        load_sketches(tmp_path, "train")


def test_a_folder_without_drawings_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match="ndjson"):
        load_sketches(tmp_path, "train")


def test_a_shaky_hand_keeps_ink_on_the_paper(archive):
    (sketch,) = load_sketches(archive, "train").sketches
    random = np.random.default_rng(0)
    for _ in range(50):
        ink = shaky_hand.render(shaky_hand.redraw(sketch.strokes, random), 64, 2.0)
        assert ink.shape == (64, 64)
        assert ink.any()


def test_a_fitted_sketch_leaves_its_margin(archive):
    (sketch,) = load_sketches(archive, "train").sketches
    points = np.concatenate(shaky_hand.fit(sketch.strokes, margin=0.1))
    assert points.min() == pytest.approx(0.1)
    assert points.max() == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("icon", "name"),
    [("palm-tree-outline", "palm tree"), ("house-2-bold-duotone", "house"), ("arrow-left", None), ("123", None), ("user-plus", None)],
)
def test_icon_names_lose_their_style_and_interface_signs_are_dropped(icon, name):
    assert plain_name(icon) == name


def test_a_category_is_kept_though_it_sounds_like_a_sign():
    assert plain_name("stop-sign-outline") is None
    assert plain_name("stop-sign-outline", {"stop sign"}) == "stop sign"
    assert plain_name("figma-logo") is None
    assert plain_name("x-circle") is None


def test_doodle_clip_names_peoples_sketches():
    """Needs the sketches that are no part of the project: beside the checkout, or where GUESSTROKE_SKETCHES says."""
    path = Path(os.environ.get("GUESSTROKE_SKETCHES", REPOSITORY.parent / "shared" / "data" / "sketches.npz"))
    if not path.exists():
        pytest.skip(f"the sketch archive is not at {path} (see ai_artist/doodle_clip/README.md); the accuracy is not checked")
    named = perceptor_accuracy(load_perceptor(), load_sketches(path, "validation"))
    print(f"validation: top 1 {named.top1:.3f}, top 5 {named.top5:.3f}, n {named.n}")
    assert named.top1 > 0.47
    assert named.top5 > 0.73
