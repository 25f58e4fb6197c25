"""What the server's owner does in a room."""

from game.protocol.server_messages import Announcement, ErrorMessage, HostChanged, PlayerLeft
from game.rules.commands import Broadcast, SendAway
from game.rules.effects import Dismiss
from game.rules.players import ARTIST_ID
from tests.unit.game.rules.table import Table


def test_what_the_owner_says_everybody_hears():
    table = Table("ada", "ben")
    table.handle(Broadcast("The server rests at ten."))
    assert table.last("ada", Announcement) == table.last("ben", Announcement) == Announcement("The server rests at ten.")


def test_the_owner_sends_even_the_host_away_and_they_may_come_back():
    table = Table("ada", "ben")
    table.handle(SendAway("ada", banned=False))
    assert table.of_kind(Dismiss) == [Dismiss("ada", "kicked")]
    assert table.last("ben", PlayerLeft) == PlayerLeft("ada", "kicked")
    assert table.last("ben", HostChanged).player_id == "ben"
    table.join("ada")
    assert "ada" in table.game.seats.players


def test_who_is_banned_from_the_server_is_told_so_and_the_room_does_not_remember_it():
    table = Table("ada", "ben")
    table.handle(SendAway("ben", banned=True))
    assert table.last("ben", ErrorMessage).code == "banned_from_server"
    assert not table.told("ada", ErrorMessage)
    assert table.of_kind(Dismiss) == [Dismiss("ben", "banned")]
    assert table.last("ada", PlayerLeft) == PlayerLeft("ben", "banned")
    assert not table.game.state.banned, "the server lets them in again, or not"


def test_the_artist_is_sent_away_as_the_host_does_it_and_who_is_not_here_not_at_all():
    table = Table("ada", "ben")
    table.handle(SendAway(ARTIST_ID, banned=False))
    assert table.game.settings.human_turns_per_artist_turn == 0
    table.handle(SendAway("nobody", banned=True))
    assert set(table.game.seats.players) == {ARTIST_ID, "ada", "ben"}
