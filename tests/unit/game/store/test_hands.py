from sqlalchemy import select

from game.store.entries import ForgetPlayer
from game.store.games import game_of
from game.store.hands import Duels, Hands, Taken, hands
from game.store.models import GameRow, HandTallyRow, TurnRow
from game.store.statistics import days, words
from tests.unit.game.store.sample import began, ended, guess, put, turn

NOTHING = Hands(Duels(), Taken(), Taken())


async def test_where_nothing_was_judged_nothing_stands(sessions):
    assert await hands(sessions) == NOTHING
    await put(sessions, began(game_mode="duel"), turn(), turn(2, drawer="ben"), ended())
    assert await hands(sessions) == NOTHING


async def test_duels_are_won_by_whose_drawing_gave_the_word_away_to_more(sessions):
    votes = [(3, 1), (2, 0), (1, 2), (1, 1), (0, 0)]
    duels = [turn(number, for_person=person, for_machine=machine) for number, (person, machine) in enumerate(votes, 1)]
    await put(sessions, began(game_mode="duel"), *duels)
    assert await hands(sessions) == Hands(Duels(people=2, ai=1, for_person=7, for_machine=4), Taken(), Taken())


async def test_in_imitations_each_hand_is_counted_for_itself(sessions):
    await put(
        sessions,
        began(game_mode="imitation"),
        turn(1, for_person=2, for_machine=1),  # a person's, taken for the machine's once
        turn(2, for_person=3, for_machine=0),
        turn(3, drawer="artist", is_ai=True, for_person=1, for_machine=4),  # the machine's, taken for a person's once
        turn(4, drawer="artist", is_ai=True),  # nobody said anything
    )
    found = await hands(sessions)
    assert found.people == Taken(drawings=2, judged=6, mistaken=1)
    assert found.machine == Taken(drawings=1, judged=5, mistaken=1)
    assert found.duels == Duels()


async def test_games_and_days_add_up(sessions):
    for game in ("g1", "g2", "g3"):
        await put(sessions, began(game, game_mode="duel"), turn(game=game, for_person=2, for_machine=1), ended(game))
    assert (await hands(sessions)).duels == Duels(3, 0, 6, 3)


async def test_what_was_said_is_kept_with_the_turn_and_the_mode_with_the_game(sessions):
    await put(sessions, began(game_mode="imitation"), turn(for_person=2, for_machine=1), began("g2"), turn(game="g2"))
    async with sessions() as session:
        assert (await session.scalars(select(GameRow.game_mode).order_by(GameRow.id))).all() == ["imitation", "party"]
        rows = (await session.scalars(select(TurnRow).order_by(TurnRow.id))).all()
        assert [(row.for_person, row.for_machine) for row in rows] == [(2, 1), (0, 0)]
        assert len((await session.scalars(select(HandTallyRow))).all()) == 1


async def test_forgetting_a_player_leaves_what_was_counted(sessions):
    await put(sessions, began(game_mode="duel"), turn(for_person=2), began("g2", game_mode="imitation"), turn(game="g2", for_machine=2), ended("g2"))
    before = await hands(sessions)
    assert before.duels.people == before.people.mistaken - 1 == 1
    await put(sessions, ForgetPlayer("ada"), ForgetPlayer("ben"))
    assert await hands(sessions) == before


async def test_where_two_draw_the_same_word_its_guesses_say_nothing_about_the_word(sessions):
    for game, mode in (("g1", "duel"), ("g2", "finish"), ("g3", "versus"), ("g4", "together")):
        await put(sessions, began(game, game_mode=mode), turn(game=game, word=f"word of {mode}", guesses=(guess("ben", 3),)))
    assert sorted(line.word for line in await words(sessions, "", "", "", 10)) == ["word of together", "word of versus"]
    assert sum(day.people_on_people.asked for day in await days(sessions, "", "", 10_000)) == 2
    game = await game_of(sessions, "g1", "ada")
    assert [(card.word, card.found) for card in game.drawings] == [("word of duel", 1)]  # it is seen all the same
