import pytest

from ai_artist.budget import Iterations, Seconds
from ai_artist.errors import ArtistError
from ai_artist.evaluation.plan import Plan, stroke_methods, weights_hash
from ai_artist.synthesis.methods import METHODS


def plan(**changes):
    asked = {"words": ("cat",), "perceptors": ("doodle-clip",), "methods": stroke_methods(["ink"]), "seeds": 2, "budget": Seconds(3), "pace": "live"}
    return Plan(**asked | changes)


def test_settings_tell_apart_what_makes_other_drawings():
    one = plan().settings()
    assert one == plan().settings()
    others = [
        plan(words=("dog",)), plan(seeds=3), plan(budget=Seconds(4)), plan(budget=Iterations(3)), plan(pace="patient"),
        plan(methods=stroke_methods(["ink", "clipdraw"])), plan(strokes=8), plan(perceptors=("ViT-B-32",)),
    ]  # fmt: skip
    assert all(other.settings() != one for other in others)


def test_every_perceptor_draws_by_every_method():
    found = plan(perceptors=("a", "b"), methods=stroke_methods(["ink", "shapes"])).runs()
    assert [(name, method.name) for name, method in found] == [("a", "ink"), ("a", "shapes"), ("b", "ink"), ("b", "shapes")]


def test_methods_get_their_strokes_and_each_is_taken_once():
    assert stroke_methods(["ink"]) == (METHODS["ink"],)
    one, two = stroke_methods(["ink", "clipdraw", "ink"], 7)
    assert (one.name, one.brush.strokes, two.name, two.brush.strokes) == ("ink", 7, "clipdraw", 7)


def test_what_cannot_be_drawn_or_judged_is_refused():
    with pytest.raises(ArtistError, match=r"pixel and biggan make no strokes.*choose among clipdraw, clipdraw-noaug, shapes"):
        stroke_methods(["pixel", "ink", "biggan"])
    with pytest.raises(ArtistError, match="Unknown method 'oil'"):
        stroke_methods(["oil"])
    with pytest.raises(ArtistError, match="at least 1 seed"):
        plan(seeds=0)


def test_weights_have_a_hash_where_they_lie_on_this_disk(tmp_path):
    file = tmp_path / "weights.pt"
    file.write_bytes(b"one")
    named = f"ViT-B-32:{file}"
    first = weights_hash(named)
    assert first != weights_hash("doodle-clip") != None  # noqa: E711
    assert weights_hash("ViT-B-32:openai") is None
    assert weights_hash("ViT-B-32") is None
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "open_clip_model.safetensors").write_bytes(b"one")
    assert weights_hash(f"local-dir:{folder}") == first
    both = weights_hash(f"{named}*2+doodle-clip")
    assert both not in (first, weights_hash("doodle-clip"))
    file.write_bytes(b"two")
    assert weights_hash(named) != first
    assert weights_hash(f"{named}*2+doodle-clip") != both
