from game.rules.effects import ChatLine, ReportRecord
from game.store.reports import reports, settle
from tests.unit.game.store.sample import INK, put


def report(number, *lines):
    said = tuple(ChatLine(who, who.capitalize(), text) for who, text in lines)
    return ReportRecord(f"room{number}", "g1", number, "ada", "Ada", "ben", "Ben", f"reason {number}", INK, said)


async def test_the_newest_come_first_with_what_was_said_and_drawn_and_then_the_older_ones(sessions):
    await put(sessions, *(report(number, ("ben", f"line of {number}"), ("ada", "hm")) for number in (1, 2, 3)))
    newest, second = await reports(sessions, None, 2)
    assert [newest.room, second.room] == ["room3", "room2"]
    assert (newest.reporter, newest.nickname, newest.reason, newest.ink) == ("Ada", "Ben", "reason 3", INK)
    assert [(line.player_id, line.text) for line in newest.lines] == [("ben", "line of 3"), ("ada", "hm")]
    assert [each.room for each in await reports(sessions, second.id, 2)] == ["room1"]


async def test_what_is_settled_is_gone_once(sessions):
    await put(sessions, report(1, ("ben", "rude")), report(2))
    newest, oldest = await reports(sessions, None, 5)
    assert await settle(sessions, oldest.id)
    assert not await settle(sessions, oldest.id)
    assert await reports(sessions, None, 5) == [newest]
