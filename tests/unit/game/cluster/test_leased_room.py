"""A room whose node may have lost it."""

import pytest

from game.cluster.guests import SharedBus
from game.cluster.leased_room import LeasedRoom
from game.protocol.close_codes import RESTARTING
from game.rooms.door import Admission
from game.rules.commands import Join
from game.rules.game import Game
from game.rules.vocabulary import Vocabulary, Word
from tests.unit.game.cluster.test_remote_room import Ear


class Node:
    """Whose lease runs, or does not."""

    def __init__(self) -> None:
        self.is_sure = True
        game = Game("room", "http://localhost/r/room", Vocabulary({"en": (Word("house", "a house", "things", "easy"),)}), 1)
        self.room = LeasedRoom("room", game, SharedBus(), None, lambda entry: None, is_ours=lambda: self.is_sure, fence=1)

    def admit(self, player: str) -> Ear:
        ear = Ear()
        self.room.admit(Admission(Join(player, player.capitalize()), ear, "", 0))
        return ear


@pytest.fixture
async def node():
    return Node()


async def test_who_comes_while_the_lease_is_not_sure_waits(node):
    node.is_sure = False
    ada = node.admit("ada")
    assert (ada.heard, ada.code) == ([], None)
    node.is_sure = True
    node.room.go_on()
    assert ada.heard


async def test_who_waits_at_the_door_of_a_room_that_another_has_is_sent_on(node):
    ada = node.admit("ada")
    node.is_sure = False
    ben = node.admit("ben")
    node.room.let_go()
    assert (ada.code, ben.code) == (RESTARTING, RESTARTING)
    assert node.admit("cleo").code == RESTARTING, "she had found the room before"


async def test_who_comes_while_the_room_is_handed_over_is_sent_on(node):
    node.room.last_state(())
    assert node.admit("ada").code == RESTARTING
