from game.protocol.client_messages import Become, CastVote, LeaveRoom, Pause
from game.protocol.server_messages import (
    GoesOn,
    Paused,
    PlayerLeft,
    VoteChanged,
    VoteEnded,
    Welcome,
)
from game.rules.commands import Disconnect
from game.rules.players import ARTIST_ID
from tests.unit.game.rules.table import Table, errors


def kick(player: str) -> CastVote:
    return CastVote("kick", player)


def test_more_than_half_of_the_players_send_one_away_for_good():
    table = Table("ada", "ben", "cleo", "dan")
    table.act("ben", kick("cleo"))
    vote = table.last("ada", VoteChanged).vote
    assert (vote.needed, vote.voters, vote.player_id) == (3, ["ben"], "cleo")
    table.act("ada", kick("cleo"))
    assert "cleo" in table.game.seats.players
    table.act("dan", kick("cleo"))
    assert table.last("ada", VoteEnded).passed
    assert table.last("ada", PlayerLeft) == PlayerLeft("cleo", "banned")
    assert errors(table.join("cleo")) == ["banned"]


def test_the_host_and_the_artist_are_immune():
    table = Table("ada", "ben", "cleo")
    assert errors(table.act("ben", kick("ada"))) == ["bad_field"]
    assert errors(table.act("ben", kick(ARTIST_ID))) == ["bad_field"]
    assert errors(table.act("ben", kick("ben"))) == ["bad_field"]
    assert errors(table.act("ben", kick("zoe"))) == ["no_such_player"]
    assert table.game.state.vote is None


def test_one_vote_each_and_one_at_a_time():
    table = Table("ada", "ben", "cleo", "dan")
    table.act("ben", kick("cleo"))
    assert errors(table.act("ben", kick("cleo"))) == ["not_now"]
    assert errors(table.act("dan", kick("ben"))) == ["not_now"]


def test_a_vote_that_failed_has_a_cooldown():
    table = Table("ada", "ben", "cleo", "dan")
    table.act("ben", kick("cleo"))
    table.wait(31)
    assert table.last("ada", VoteEnded).passed is False
    assert errors(table.act("ben", kick("cleo"))) == ["vote_cooldown"]
    assert errors(table.act("dan", kick("cleo"))) == []
    table.wait(61)
    assert errors(table.act("ben", kick("dan"))) == []


def test_a_vote_about_one_who_leaves_is_over():
    table = Table("ada", "ben", "cleo")
    table.act("ben", kick("cleo"))
    table.act("cleo", LeaveRoom())
    assert table.last("ada", VoteEnded).passed is False
    assert "vote" not in table.timers


def test_a_vote_about_one_who_becomes_host_is_over():
    table = Table("ada", "ben", "cleo", "dan")
    table.act("cleo", kick("ben"))
    table.act("ada", LeaveRoom())
    assert table.game.seats.host_id == "ben"
    assert table.last("ben", VoteEnded).passed is False


def test_nobody_is_sent_away_by_one_alone():
    table = Table("ada", "ben", "cleo")
    for person in ("ada", "cleo"):
        table.handle(Disconnect(person))
    table.act("ben", kick("cleo"))
    assert "cleo" in table.game.seats.players


def test_a_vote_passes_when_those_who_were_not_for_it_go():
    table = Table("ada", "ben", "cleo", "dan")
    table.act("ben", kick("cleo"))
    table.act("ada", kick("cleo"))
    table.act("dan", LeaveRoom())
    assert table.last("ada", VoteEnded).passed


def test_a_pause_by_the_host_settles_the_vote_for_one():
    table = Table("ada", "ben", "cleo").play()
    table.act("ben", CastVote("pause"))
    table.act("ada", Pause(True))
    assert table.last("cleo", VoteEnded).passed is False
    assert errors(table.act("ben", CastVote("resume"))) == []


def test_a_pause_by_vote_and_its_end():
    table = Table("ada", "ben", "cleo")
    assert errors(table.act("ben", CastVote("pause"))) == ["not_now"]
    table.play()
    table.act("ben", CastVote("pause"))
    table.act("cleo", CastVote("pause"))
    assert table.told("ada", Paused)
    assert errors(table.act("ben", CastVote("pause"))) == ["not_now"]
    table.act("ben", CastVote("resume"))
    table.act("cleo", CastVote("resume"))
    assert table.last("ada", GoesOn).remaining_ms == 80_000


def test_who_only_watches_has_no_vote():
    table = Table("ada", "ben", "cleo")
    table.act("cleo", Become("spectator"))
    assert errors(table.act("cleo", kick("ben"))) == ["not_now"]


def test_who_comes_in_sees_the_vote_in_hand():
    table = Table("ada", "ben", "cleo")
    table.act("ben", kick("cleo"))
    table.wait(10)
    table.join("dan")
    assert table.last("dan", Welcome).vote.remaining_ms == 20_000
