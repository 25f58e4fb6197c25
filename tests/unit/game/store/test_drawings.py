from datetime import timedelta

import pytest

from game.store.drawings import Wanted, archived, in_gallery, of_player, told
from game.store.entries import ForgetDrawings
from game.store.games import game_of, inks_of
from tests.unit.game.store.sample import INK, NOON, began, ended, guess, put, turn


async def words(sessions, wanted=Wanted(), **how):  # noqa: B008
    some = await in_gallery(sessions, wanted, "nobody", how.pop("limit", 20), **how)
    return [card.word for card in some.drawings]


@pytest.fixture
async def gallery(sessions):
    """Three games: two that everybody may see, one private."""
    await put(sessions, began(), turn(word="house", likes=0, dislikes=0), turn(2, drawer="artist", is_ai=True, word="tree", likes=5, dislikes=0))
    await put(sessions, began("g2", "attic", in_gallery=False), turn(game="g2", word="secret"), at=NOON + timedelta(hours=1))
    casa = turn(game="g3", word="casa", drawer="ben", guesses=(guess("ada", 3),))
    await put(sessions, began("g3", language="it"), casa, at=NOON + timedelta(hours=2))
    return sessions


async def test_the_gallery_has_what_rooms_allowed_the_newest_game_first(gallery):
    assert await words(gallery) == ["casa", "tree", "house"]


async def test_a_room_s_own_gallery_has_all_of_it(gallery):
    assert await words(gallery, Wanted(room="attic")) == ["secret"]
    assert await words(gallery, Wanted(room="cellar")) == []


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(word="house"), ["house"]),
        (Wanted(word="HOUSE"), ["house"]),
        (Wanted(language="it"), ["casa"]),
        (Wanted(mode="hidden"), []),
        (Wanted(drawer="ai"), ["tree"]),
        (Wanted(drawer="people"), ["casa", "house"]),
        (Wanted(liked=True), ["casa", "tree"]),
        (Wanted(sort="liked"), ["tree", "casa", "house"]),
        (Wanted(language="en", drawer="people", sort="liked"), ["house"]),
    ],
)
async def test_filters_and_orders(gallery, wanted, expected):
    assert await words(gallery, wanted) == expected


@pytest.mark.parametrize("sort", ["new", "liked"])
async def test_pages_go_on_where_the_last_one_ended(sessions, sort):
    await put(sessions, began(), *(turn(number, word=f"w{number}", likes=number % 3) for number in range(1, 8)))
    whole = await words(sessions, Wanted(sort=sort))
    seen, after = [], ""
    while True:
        some = await in_gallery(sessions, Wanted(sort=sort), "nobody", 3, after)
        seen += [card.word for card in some.drawings]
        if some.next is None:
            break
        after = some.next
    assert seen == whole
    assert len(seen) == 7
    assert await in_gallery(sessions, Wanted(), "nobody", 3, "nokey") is None


async def test_pages_go_on_after_a_drawing_that_was_deleted_meanwhile(sessions):
    await put(sessions, began(), *(turn(number, word=f"w{number}") for number in range(1, 5)))
    first = await in_gallery(sessions, Wanted(), "nobody", 2)
    await put(sessions, ForgetDrawings(key=first.next))
    assert await words(sessions, after=first.next) == ["w2", "w1"]


async def test_a_card_counts_people_and_knows_who_asks(sessions):
    await put(sessions, began(), turn(guesses=(guess("ben", 3), guess("robot", 1, is_ai=True)), missed=("cyd", "dan")))
    (card,) = (await in_gallery(sessions, Wanted(), "ada", 5)).drawings
    assert (card.found, card.asked, card.mine, card.drawer) == (1, 3, True, "Ada")
    (card,) = (await in_gallery(sessions, Wanted(), "ben", 5)).drawings
    assert not card.mine


async def test_a_drawing_is_told_with_its_times_and_right_guesses_in_order(sessions):
    record = turn(guesses=(guess("ben", 9.5), guess("robot", 4, is_ai=True)), missed=("cyd",))
    await put(sessions, began(), record)
    found = await told(sessions, record.key, "ben")
    assert (found.archived.ink, found.archived.times) == (INK, (1200,))
    assert [(right.nickname, right.is_ai, right.seconds) for right in found.guesses] == [("Robot", True, 4), ("Ben", False, 9.5)]
    assert found.owners == {"ada"}
    assert await told(sessions, "nokey", "ben") is None
    assert (await archived(sessions, record.key)).ink == INK
    assert await archived(sessions, "nokey") is None


async def test_a_player_s_own_drawings(gallery):
    assert [card.word for card in (await of_player(gallery, "ada", 5)).drawings] == ["secret", "house"]


async def test_a_game_is_told_with_podium_and_drawings(sessions):
    await put(sessions, began(), turn(2, word="tree"), turn(1), ended(ada=5, ben=9))
    game = await game_of(sessions, "g1", "ada")
    assert [(place.nickname, place.rank) for place in game.podium] == [("Ben", 1), ("Ada", 2)]
    assert [card.word for card in game.drawings] == ["house", "tree"]
    assert (await inks_of(sessions, "g1")).keys() == {card.key for card in game.drawings}
    assert await game_of(sessions, "g2", "ada") is None
