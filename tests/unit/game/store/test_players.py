from game.store.entries import ForgetDrawings
from game.store.players import Hits, nickname_of, personal_page
from tests.unit.game.store.sample import began, ended, guess, put, turn


async def test_a_personal_page_has_what_was_played_drawn_and_guessed(sessions):
    slow, fast = turn(2, drawer="ben", word="tree", guesses=(guess("ada", 9),)), turn(3, drawer="ben", word="cat", guesses=(guess("ada", 4),))
    mine = [turn(1, word="house", likes=1, dislikes=0, guesses=(guess("robot", 8, is_ai=True),)), turn(4, word="house", likes=9, dislikes=1)]
    missed = turn(5, drawer="ben", word="elk", guesses=(), missed=("ada",))
    await put(sessions, began(), *mine, slow, fast, missed, turn(6, word="dog", dislikes=5), ended(ada=500, ben=700))
    page = await personal_page(sessions, "ada")
    assert (page.nickname, page.games, page.wins, page.score, page.rank) == ("Ada", 1, 0, 500, 2)
    assert (page.asked, page.found) == (3, 2)
    assert (page.fastest.word, page.fastest.seconds, page.fastest.key) == ("cat", 4, fast.key)
    assert [(favourite.word, favourite.times) for favourite in page.favourite_words] == [("house", 2), ("dog", 1)]
    assert page.best_liked.key == mine[1].key
    assert page.ai == Hits(1, 1, 8)


async def test_a_deleted_drawing_is_not_linked_to(sessions):
    fast = turn(drawer="ben", guesses=(guess("ada", 4),))
    await put(sessions, began(), fast, ForgetDrawings(key=fast.key))
    assert (await personal_page(sessions, "ada")).fastest.key is None


async def test_one_who_never_played_has_no_page(sessions):
    assert await personal_page(sessions, "zoe") is None
    assert await nickname_of(sessions, "zoe") is None


async def test_one_whose_first_game_is_not_over_has_an_empty_one(sessions):
    await put(sessions, began())
    page = await personal_page(sessions, "ada")
    assert (page.games, page.rank, page.fastest, page.best_liked, page.ai) == (0, None, None, None, Hits(0, 0, None))
    assert await nickname_of(sessions, "ada") == "Ada"
