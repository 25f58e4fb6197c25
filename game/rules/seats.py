"""The seats of a room: who has one, who is there, who is the host."""

from game.protocol.server_messages import HostChanged, PlayerConnection, PlayerJoined, PlayerLeft
from game.rules.commands import Join
from game.rules.outbox import Outbox
from game.rules.players import ARTIST_ID, ARTIST_NICKNAME, NicknameError, Player, clean_nickname
from game.rules.refusal import Refused

SEAT_SECONDS = 30.0
"""How long a seat is kept for one whose connection went away."""
EMPTY_SECONDS = 120.0
"""How long a room stands empty before it closes."""


class Seats:
    """Players in the order in which they came; the AI artist always has the first seat."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self.players: dict[str, Player] = {ARTIST_ID: Player(ARTIST_ID, ARTIST_NICKNAME, is_ai=True)}
        self.host_id = ""

    @property
    def people(self) -> list[Player]:
        """Persons with a seat."""
        return [player for player in self.players.values() if not player.is_ai]

    @property
    def present(self) -> list[str]:
        """The ids of persons whose connection stands."""
        return [player.id for player in self.people if player.connected]

    def everybody_but(self, player_id: str) -> frozenset[str]:
        """An audience."""
        return frozenset(self.players) - {player_id}

    def of(self, player_id: str) -> Player:
        """Return who has this id. Raises Refused for one without a seat."""
        player = self.players.get(player_id)
        if player is None:
            raise Refused("not_now", "You have no seat in this room any more. Join it again.")
        return player

    def take(self, join: Join, most: int) -> Player:
        """Seat a newcomer, if fewer than `most` people are here, or give somebody who comes back the old seat."""
        player = self.players.get(join.player_id)
        if player is None:
            if len(self.people) >= most:
                raise Refused("room_full", f"This room is full: it has {most} seats, all taken.")
            player = Player(join.player_id, self._free_nickname(join.nickname))
            self.players[player.id] = player
            self._outbox.tell(PlayerJoined(player.view(guessed=False)), self.everybody_but(player.id))
        else:
            player.connected = True
            self._outbox.cancel_timer(f"seat:{player.id}")
            self._outbox.tell(PlayerConnection(player.id, True), self.everybody_but(player.id))
        self._outbox.cancel_timer("empty")
        if not self.host_id:
            self.host_id = player.id
        return player

    def _free_nickname(self, wanted: str) -> str:
        try:
            nickname = clean_nickname(wanted)
        except NicknameError as error:
            raise Refused("bad_nickname", str(error)) from error
        taken = {player.nickname.casefold() for player in self.players.values()}
        number, free = 1, nickname
        while free.casefold() in taken:
            number += 1
            free = f"{nickname[:16]} {number}"
        return free

    def disconnect(self, player_id: str, now: float) -> None:
        """Keep the seat of one whose connection went away."""
        player = self.players.get(player_id)
        if player is None or not player.connected:
            return
        player.connected = False
        self._outbox.tell(PlayerConnection(player_id, False))
        self._outbox.set_timer(f"seat:{player_id}", now + SEAT_SECONDS)
        self._watch_for_emptiness(now)

    def leave(self, player: Player, now: float) -> None:
        """Free a seat; the host's office goes to the next who is there."""
        del self.players[player.id]
        self._outbox.cancel_timer(f"seat:{player.id}")
        self._outbox.tell(PlayerLeft(player.id))
        if player.id == self.host_id:
            self.host_id = next(iter(self.present), "")
            if self.host_id:
                self._outbox.tell(HostChanged(self.host_id))
        self._watch_for_emptiness(now)

    def _watch_for_emptiness(self, now: float) -> None:
        if not self.present:
            self._outbox.set_timer("empty", now + EMPTY_SECONDS)
