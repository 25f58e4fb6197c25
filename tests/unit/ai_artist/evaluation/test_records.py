import json

import pytest

from ai_artist.errors import DrawingError
from ai_artist.evaluation.records import read_record, write_record
from tests.unit.ai_artist.evaluation.drawings import LEFT, RIGHT, record


def test_a_record_comes_back_as_it_was_written(tmp_path):
    there = tmp_path / "drawings" / "ink" / "left-0.json"
    one = record(strokes=(LEFT, RIGHT), times=(0.5, 1.5), seconds=2.25)
    write_record(one, there)
    assert read_record(there) == one
    assert json.loads(there.read_text())["drawing"]["prompt"] == "left"
    assert [path.name for path in there.parent.iterdir()] == ["left-0.json"]
    assert read_record(tmp_path / "none.json") is None


@pytest.mark.parametrize("content", ["", "{}", '{"seconds": 1, "drawing": {"format": 1}}', '{"seconds": "1", "drawing": {}}', "\u00ff"])
def test_what_is_no_record_is_refused_with_what_to_do(tmp_path, content):
    there = tmp_path / "left-0.json"
    there.write_text(content, encoding="latin-1")
    with pytest.raises(DrawingError, match=r"left-0\.json is no finished drawing .* Delete it"):
        read_record(there)


def test_strokes_come_at_their_times_and_otherwise_at_the_end():
    timed = record(strokes=(LEFT, RIGHT), times=(0.5, 1.5), seconds=2.0)
    assert [timed.strokes_after(seconds) for seconds in (0.0, 0.5, 1.0, 1.5, 9.0)] == [0, 1, 1, 2, 2]
    assert timed.first_stroke_s == 0.5
    untimed = record(strokes=(LEFT, RIGHT), seconds=2.0)
    assert [untimed.strokes_after(seconds) for seconds in (1.9, 2.0)] == [0, 2]
    assert untimed.first_stroke_s == 2.0
