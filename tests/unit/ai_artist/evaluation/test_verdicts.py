import pytest

from ai_artist.evaluation.accuracy import Accuracy
from ai_artist.evaluation.judge import JudgeError
from ai_artist.evaluation.verdicts import judge_run
from tests.unit.ai_artist.evaluation.drawings import LEFT, RIGHT, RIGHT_SIDE, SOLID, record

FAINT = LEFT.__class__(LEFT.points, LEFT.width, (1.0, 1.0, 1.0, 1.0))


def test_the_perceptor_chooses_the_seed_not_the_judge(judge):
    wrong_but_liked, right = record(strokes=(RIGHT,), similarity=0.9, seed=0), record(strokes=(LEFT,), similarity=0.1, seed=1)
    run = judge_run(judge, "doodle-clip", "ink", {"left": [wrong_but_liked, right]}, seeds=2, jobs=2)
    (verdict,) = run.verdicts
    assert verdict.record == wrong_but_liked
    assert (verdict.right, verdict.rank, verdict.guess) == (False, 2, "Right")
    assert verdict.probability > 0.9
    assert run.best == Accuracy(0.0, 1.0, 1)
    assert run.all_seeds == Accuracy(0.5, 1.0, 2)


def test_words_without_a_drawing_count_as_wrong(judge):
    run = judge_run(judge, "doodle-clip", "ink", {"LEFT": [record()], "right": [], "solid": [record("solid", (SOLID,))]}, seeds=2, jobs=1)
    assert [verdict.right for verdict in run.verdicts] == [True, False, True]
    assert run.best == Accuracy(pytest.approx(2 / 3), pytest.approx(2 / 3), 3)
    assert run.all_seeds == Accuracy(pytest.approx(2 / 6), pytest.approx(2 / 6), 6)


def test_nobody_is_right_about_an_empty_drawing(judge):
    run = judge_run(judge, "doodle-clip", "ink", {"left": [record(strokes=(FAINT,))], "right": [record("right", (FAINT,))]}, seeds=1, jobs=1)
    assert run.best == Accuracy(0.0, 0.0, 2)
    assert run.verdicts[0].guess == ""


def test_accuracy_rises_with_the_strokes_and_the_seconds_that_show_the_word(judge):
    slow = record("left", (RIGHT_SIDE, SOLID, LEFT), times=(1.0, 2.0, 3.0), seconds=4.0)
    quick = record("right", (RIGHT,), times=(0.5,), seconds=1.0)
    run = judge_run(judge, "doodle-clip", "ink", {"left": [slow], "right": [quick]}, seeds=1, jobs=1)
    assert [(point.at, point.top1) for point in run.by_strokes] == [(1, 0.5), (2, 0.5), (3, 0.5)]
    first, *_, last = run.by_seconds
    assert (first.at, first.top1, first.top5) == (0.0, 0.0, 0.0)
    assert (last.at, last.top5) == (4.0, 1.0)
    half_a_second_later = next(point for point in run.by_seconds if point.at >= 0.5)
    assert half_a_second_later.top1 == 0.5
    assert half_a_second_later.top5 == 0.5
    assert slow.drawing.strokes == run.verdicts[0].record.drawing.strokes


def test_a_later_stroke_can_make_the_word(judge):
    becoming = record("solid", (LEFT, SOLID), times=(1.0, 2.0), seconds=3.0)
    run = judge_run(judge, "doodle-clip", "ink", {"solid": [becoming]}, seeds=1, jobs=1)
    assert [point.top1 for point in run.by_strokes] == [0.0, 1.0]
    assert [point.top1 for point in run.by_seconds if point.at < 2] == [0.0] * len([point for point in run.by_seconds if point.at < 2])
    assert run.by_seconds[-1].top1 == 1.0


def test_very_many_strokes_are_judged_at_some_numbers_of_them_only(judge):
    run = judge_run(judge, "doodle-clip", "clipdraw", {"left": [record(strokes=(LEFT,) * 200)]}, seeds=1, jobs=1)
    counts = [point.at for point in run.by_strokes]
    assert counts[0] == 1
    assert counts[-1] == 200
    assert len(counts) == 64


@pytest.mark.parametrize(("jobs", "seconds"), [(1, 6.0), (2, 3.0), (8, 3.0)])
def test_a_word_takes_as_long_as_its_seeds_one_after_another_in_each_process(judge, jobs, seconds):
    drawn = {"left": [record(seconds=2.0, times=(0.5,)), record(seconds=4.0, times=(1.5,), seed=1)], "right": []}
    run = judge_run(judge, "doodle-clip", "ink", drawn, seeds=2, jobs=jobs)
    assert run.seconds_per_drawing == pytest.approx(seconds)
    assert run.first_stroke_s == pytest.approx(1.0)


def test_where_nothing_was_drawn_there_are_no_times(judge):
    run = judge_run(judge, "doodle-clip", "ink", {"left": []}, seeds=1, jobs=1)
    assert (run.best, run.seconds_per_drawing, run.first_stroke_s, run.by_strokes, run.by_seconds) == (Accuracy(0.0, 0.0, 1), None, None, (), ())


def test_a_word_that_the_judge_does_not_know_is_named(judge):
    with pytest.raises(JudgeError, match="'cow'"):
        judge_run(judge, "doodle-clip", "ink", {"cow": [record()]}, seeds=1, jobs=1)
