"""What one who comes in is told of a turn, and its numbers, to the last one."""

import re

from game.protocol.views import JudgementLine, TurnView
from game.rules.judgements import Judgement
from game.rules.turn import Turn, drawing_key
from game.rules.vocabulary import Word


def a_turn(**how) -> Turn:
    turn = Turn(3, 2, "ada", "Ada", False, (Word("castle", "a castle"),), 115.0, 15.0, **how)
    turn.start(turn.choices[0], 100.0, 80.0, [], hides_length=False)
    return turn


def test_the_clock_runs_from_its_start_to_its_end_and_no_further():
    turn = a_turn()
    assert [turn.elapsed_ms(time) for time in (99, 100, 100.5)] == [0, 0, 500]
    assert [turn.remaining_ms(time) for time in (100, 179.75, 180, 181)] == [80_000, 250, 0, 0]


def test_a_newcomer_is_told_all_of_it_but_the_word():
    turn = a_turn(most_strokes=3)
    turn.ratings.update(ben=1, cleo=1, dan=-1)
    assert turn.view(120, "eve", is_over=False) == TurnView(3, 2, "ada", 60_000, 80, "______", likes=2, dislikes=1, rival_id="", strokes=3)


def test_of_an_imitation_the_drawer_and_what_others_said_are_told_when_it_is_over():
    turn = a_turn(is_open=True)
    turn.judgements.update(ben=Judgement("person", 90), cleo=Judgement("machine"))
    lines = [JudgementLine("ben", "person"), JudgementLine("cleo", "machine")]
    seen = {person: turn.view(120, person, is_over=False) for person in ("ada", "ben", "dan")}
    assert {person: (view.drawer_id, view.judgements) for person, view in seen.items()} == {
        "ada": ("ada", []),
        "ben": ("", lines[:1]),
        "dan": ("", []),
    }
    assert not turn.shows_done("ben")
    turn.outcome = ("all_judged", 20.0, 0)
    over = turn.view(120, "dan", is_over=True)
    assert (over.drawer_id, over.judgements) == ("ada", lines)
    assert turn.shows_done("ben")


def test_a_drawings_key_is_small_letters_and_digits():
    assert re.fullmatch("[a-z2-7]{16}", drawing_key("a game", 1))
    assert len({drawing_key("a game", 1), drawing_key("a game", 2), drawing_key("another", 1)}) == 3
