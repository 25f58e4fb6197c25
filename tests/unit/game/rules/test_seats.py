import pytest

from game.protocol.client_messages import Become, ChangeSettings, Kick, LeaveRoom, SetAvatar
from game.protocol.limits import MAX_SPECTATORS
from game.protocol.server_messages import Chat, HostChanged, PlayerChanged, PlayerLeft, Resumed, Welcome
from game.protocol.turn_messages import TurnEnded
from game.rules.commands import Disconnect, Open
from game.rules.effects import CloseRoom, Dismiss
from game.rules.players import ARTIST_ID
from tests.unit.game.rules.table import Table, errors


def dismissed(outcomes) -> list[tuple[str, str]]:
    return [(each.player_id, each.reason) for each in outcomes if isinstance(each, Dismiss)]


class TestTheDoor:
    def test_a_password_lets_only_those_in_who_know_it(self):
        table = Table("ada")
        table.act("ada", ChangeSettings(password="open sesame"))
        assert errors(table.join("ben")) == ["bad_password"]
        assert errors(outcomes := table.join("ben", password="guess")) == ["bad_password"]
        assert dismissed(outcomes) == [("ben", "refused")]
        assert errors(table.join("ben", password="open sesame")) == []
        assert errors(table.join("ben")) == [], "who has a seat needs no password"
        assert table.last("ben", Welcome).settings.has_password
        assert b"sesame" not in table.game.freeze(), "what is kept is not what was typed"

    def test_the_host_takes_no_notice_of_the_password_that_came_later(self):
        table = Table("ada")
        table.act("ada", ChangeSettings(password="x"))
        assert errors(table.join("ada")) == []
        table.act("ada", ChangeSettings(password=""))
        assert errors(table.join("ben")) == []

    def test_a_full_room_can_still_be_watched(self):
        table = Table("ada", "ben", max_players=2)
        assert errors(table.join("cleo")) == ["room_full"]
        assert errors(table.join("cleo", role="spectator")) == []
        for number in range(1, MAX_SPECTATORS):
            assert errors(table.join(f"s{number}", role="spectator")) == []
        assert errors(table.join("one too many", role="spectator")) == ["room_full"]

    def test_clients_of_one_address_are_counted(self):
        table = Table(clients_per_address=2)
        table.join("ada", address="10.0.0.1")
        table.join("ben", address="10.0.0.1")
        assert errors(table.join("cleo", address="10.0.0.1")) == ["too_many_here"]
        assert errors(table.join("cleo", address="10.0.0.2")) == []

    def test_names_and_colours_are_told_apart(self):
        table = Table()
        for number, nickname in enumerate(["Zoë", "zoe", "ＺＯＥ", "Z o e"]):
            table.join(f"p{number}", nickname)
        people = table.game.seats.people
        assert [person.nickname for person in people] == ["Zoë", "zoe 2", "ＺＯＥ 3", "Z o e 4"]
        assert len({person.colour for person in people}) == 4

    @pytest.mark.parametrize("nickname", ["a" + "\u0301" * 5, "\u0301", "\u2800\u200b"])
    def test_names_that_climb_over_others_or_cannot_be_seen_are_refused(self, nickname):
        assert errors(Table().join("a", nickname)) == ["bad_nickname"]

    def test_bad_words_in_names_are_starred_where_the_room_wants_that(self):
        table = Table()
        table.join("ada", "bother")
        assert table.game.seats.players["ada"].nickname == "******"
        rough = Table(profanity_filter=False)
        rough.join("ada", "bother")
        assert rough.game.seats.players["ada"].nickname == "bother"

    @pytest.mark.parametrize("avatar", ["x", "a0", "zAAAA", "aAAAA  bBBBB", "a" + "AA" * 2000, "aAA!!"])
    def test_what_is_no_drawing_of_a_face_is_refused(self, avatar):
        table = Table("ada")
        assert errors(table.join("ben", avatar=avatar)) == ["bad_avatar"]
        assert errors(table.act("ada", SetAvatar(avatar))) == ["bad_avatar"]

    def test_a_face_is_seen_by_everybody_and_can_be_drawn_anew(self):
        table = Table("ada")
        table.join("ben", avatar="aAABBcc bDDEE")
        table.act("ben", SetAvatar("c0011"))
        assert table.last("ada", PlayerChanged).player.avatar == "c0011"
        table.join("cleo")
        assert {player.id: player.avatar for player in table.last("cleo", Welcome).players}["ben"] == "c0011"


class TestWatching:
    def test_in_the_lobby_at_once_in_a_game_from_the_next_turn(self):
        table = Table("ada", "ben", "cleo")
        table.act("cleo", Become("spectator"))
        assert table.last("ada", PlayerChanged).player.role == "spectator"
        table.act("cleo", Become("player"))
        table.play()
        table.act("cleo", Become("spectator"))
        assert table.last("ada", PlayerChanged).player.role == "player"
        assert table.last("ada", PlayerChanged).player.next_role == "spectator"
        table.fire_until("result")
        table.fire_until("choosing")
        assert table.game.seats.players["cleo"].role == "spectator"
        table.choose(table.drawer)
        table.say("ada", table.word)
        assert table.last("cleo", TurnEnded).reason == "all_guessed", "who watches is not waited for"

    def test_a_spectator_cannot_guess_and_is_heard_by_those_who_know(self):
        table = Table("ada", "ben", "cleo")
        table.join("dora", role="spectator")
        table.play()
        before = len(table.heard["ben"])
        table.say("dora", f"I know, a {table.word}")
        assert len(table.heard["ben"]) == before
        assert table.last("ada", type(table.heard["ada"][-1])).whisper
        table.say("dora", table.word)
        assert table.game.seats.players["dora"].score == 0

    def test_who_has_heard_the_word_cannot_guess_it(self):
        table = Table("ada", "ben", "cleo")
        table.join("spy", role="spectator")
        table.play()
        table.say("ada", f"psst, a {table.word}")
        table.act("spy", LeaveRoom())
        table.join("spy")
        table.say("spy", table.word)
        assert table.game.seats.players["spy"].score == 0
        assert not table.told("ben", Chat)
        for person in ("ben", "cleo"):
            table.say(person, table.word)
        assert table.last("ada", TurnEnded).reason == "all_guessed", "who cannot guess is not waited for"

    def test_wanting_to_watch_takes_no_right_guess_away(self):
        table = Table("ada", "ben", "cleo").play()
        table.say("ben", table.word)
        table.act("ben", Become("spectator"))
        assert table.last("ada", PlayerChanged).player.guessed

    def test_a_seat_that_somebody_waits_for_is_taken(self):
        table = Table("ada", "ben", max_players=3)
        table.join("cleo", role="spectator")
        table.play()
        assert errors(table.act("cleo", Become("player"))) == []
        assert errors(table.join("dan")) == ["room_full"]

    def test_no_seat_no_change(self):
        table = Table("ada", "ben", max_players=2)
        table.join("cleo", role="spectator")
        assert errors(table.act("cleo", Become("player"))) == ["room_full"]
        table.act("ben", LeaveRoom())
        assert errors(table.act("cleo", Become("player"))) == []

    def test_those_who_watch_are_on_no_podium(self):
        table = Table("ada", "ben", rounds=1)
        table.join("cleo", role="spectator")
        table.start()
        table.play_to_the_podium()
        assert "cleo" not in [line.player_id for line in table.game.state.podium]

    def test_a_room_where_all_watch_does_not_start(self):
        table = Table("ada")
        table.act("ada", Become("spectator"))
        assert errors(table.start()) == ["not_now"]


class TestAnEmptyRoom:
    def test_that_nobody_ever_enters_closes(self):
        table = Table()
        table.handle(Open())
        table.wait(121)
        assert any(isinstance(outcome, CloseRoom) for outcome in table.outcomes)

    def test_who_comes_back_to_one_without_a_host_is_told_that_they_are_it(self):
        table = Table("ada", "ben")
        table.handle(Disconnect("ben"))
        table.act("ada", LeaveRoom())
        table.join("ben", resumes=True)
        assert table.last("ben", Resumed).host_id == "ben"


class TestGoing:
    def test_the_host_kicks_and_the_kicked_may_come_back(self):
        table = Table("ada", "ben", "cleo")
        assert errors(table.act("ben", Kick("cleo"))) == ["not_host"]
        assert dismissed(table.act("ada", Kick("cleo"))) == [("cleo", "kicked")]
        assert table.last("ben", PlayerLeft) == PlayerLeft("cleo", "kicked")
        assert errors(table.join("cleo")) == []

    def test_the_banned_may_not(self):
        table = Table("ada", "ben")
        assert dismissed(table.act("ada", Kick("ben", ban=True))) == [("ben", "banned")]
        assert errors(table.join("ben")) == ["banned"]

    def test_nobody_kicks_the_host_or_nobody(self):
        table = Table("ada", "ben")
        assert errors(table.act("ada", Kick("ada"))) == ["bad_field"]
        assert errors(table.act("ada", Kick("zoe"))) == ["no_such_player"]

    def test_kicking_the_artist_lets_it_rest(self):
        table = Table("ada", "ben", rounds=1)
        table.act("ada", Kick(ARTIST_ID))
        assert table.game.settings.human_turns_per_artist_turn == 0
        table.start()
        assert table.game.state.order.human_turns_per_artist_turn == 0
        assert table.drawer != ARTIST_ID

    def test_a_kicked_drawer_ends_the_turn(self):
        table = Table("ada", "ben", "cleo").play()
        table.fire_until("result")
        table.fire_until("choosing")
        table.choose("ben")
        table.act("ada", Kick("ben"))
        assert table.last("cleo", TurnEnded).reason == "drawer_left"

    def test_a_seat_is_kept_for_a_minute(self):
        table = Table("ada", "ben")
        table.handle(Disconnect("ben"))
        table.wait(59)
        assert "ben" in table.game.seats.players
        table.wait(2)
        assert table.last("ada", PlayerLeft) == PlayerLeft("ben", "away")

    def test_a_spectator_becomes_host_only_if_nobody_else_is_there(self):
        table = Table("ada")
        table.join("ben", role="spectator")
        table.join("cleo")
        table.act("ada", LeaveRoom())
        assert table.last("ben", HostChanged).player_id == "cleo"
        table.act("cleo", LeaveRoom())
        assert table.game.seats.host_id == "ben"

    def test_who_comes_back_knowing_all_gets_the_clock_alone(self):
        table = Table("ada", "ben").play()
        table.handle(Disconnect("ben"))
        table.wait(5)
        welcomes = table.count("ben", Welcome)
        table.join("ben", resumes=True)
        assert table.count("ben", Welcome) == welcomes
        assert table.last("ben", Resumed) == Resumed(75_000, False, "ada")
