from datetime import UTC, datetime, timedelta

from game.store.players import Hits
from game.store.statistics import days, languages, words
from tests.unit.game.store.sample import began, guess, put, turn


async def test_words_those_asked_for_most_first(sessions):
    robots = (guess("robot", 2, is_ai=True), guess("ben", 4))
    await put(sessions, began(), turn(word="tree", guesses=robots), turn(2, word="tree", guesses=(), missed=("ben", "cyd")), turn(3, word="house"))
    await put(sessions, began("g2", language="it"), turn(game="g2", word="trenino", drawer="artist", is_ai=True))
    assert [line.word for line in await words(sessions, "", "", "", 10)] == ["tree", "house", "trenino"]
    (tree,) = await words(sessions, "en", "normal", "tr", 10)
    assert (tree.people_on_people, tree.ai_on_people, tree.people_on_ai) == (Hits(3, 1, 4.0), Hits(1, 1, 2.0), Hits(0, 0, None))
    assert [line.word for line in await words(sessions, "it", "", "", 10)] == ["trenino"]
    assert await words(sessions, "", "", "%", 10) == []
    assert await words(sessions, "", "hidden", "", 10) == []
    assert len(await words(sessions, "", "", "", 1)) == 1
    assert await languages(sessions) == ["en", "it"]


async def test_days_the_oldest_first_and_none_that_are_long_ago(sessions):
    now = datetime.now(UTC)
    for ago, game in ((0, "g1"), (1, "g2"), (100, "g3")):
        await put(sessions, began(game, mode="hidden" if ago else "normal"), turn(game=game), turn(2, game), at=now - timedelta(days=ago))
    found = await days(sessions, "", "", 30)
    assert [(day.day, day.people_on_people) for day in found] == [
        ((now - timedelta(days=ago)).date(), Hits(2, 2, 9.5)) for ago in (1, 0)
    ]  # fmt: skip
    assert len(await days(sessions, "", "hidden", 30)) == 1
    assert await days(sessions, "xx", "", 30) == []
