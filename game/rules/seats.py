"""The seats of a room: who has one, who is there, who is the host."""

from typing import Final

from game.protocol.client_messages import Role
from game.protocol.limits import COLOURS, MAX_SPECTATORS
from game.protocol.server_messages import (
    HostChanged,
    LeaveReason,
    PlayerChanged,
    PlayerConnection,
    PlayerJoined,
    PlayerLeft,
)
from game.protocol.views import PlayerView
from game.rules.avatar import AvatarError, check_avatar
from game.rules.censor import Censor
from game.rules.commands import Join
from game.rules.effects import SeatGuesser, UnseatGuesser
from game.rules.outbox import Outbox
from game.rules.passwords import is_right
from game.rules.players import ARTIST_ID, ARTIST_NICKNAME, GUESSERS, NicknameError, Player, clean_nickname, looks_like
from game.rules.refusal import Refused
from game.rules.state import GameState

SEAT_SECONDS: Final = 60.0
"""How long a seat, with its score, is kept for one whose connection went away."""
EMPTY_SECONDS: Final = 120.0
"""How long a room stands empty before it closes."""


class Seats:
    """Players in the order in which they came; the AI artist always has the first seat."""

    def __init__(self, state: GameState, outbox: Outbox, censor: Censor) -> None:
        self._state, self._outbox, self._censor = state, outbox, censor
        self._everybody_but: dict[str, frozenset[str]] = {}
        """Made anew only when somebody comes or goes: each message of ink asks for one."""
        self.players.setdefault(ARTIST_ID, Player(ARTIST_ID, ARTIST_NICKNAME, is_ai=True))

    @property
    def players(self) -> dict[str, Player]:
        """All seats by player id."""
        return self._state.seats

    @property
    def host_id(self) -> str:
        """Who may change settings and send people away; empty in an empty room."""
        return self._state.host_id

    @property
    def people(self) -> list[Player]:
        """Persons with a seat, those who only watch included."""
        return [player for player in self.players.values() if not player.is_ai]

    @property
    def playing(self) -> list[Player]:
        """Persons who draw and guess."""
        return [player for player in self.players.values() if player.plays]

    @property
    def present(self) -> list[str]:
        """The ids of persons who draw and guess and whose connection stands."""
        return [player.id for player in self.playing if player.connected]

    @property
    def machines(self) -> list[str]:
        """The ids of AI guessers."""
        return [player_id for player_id in self.players if player_id in GUESSERS]

    @property
    def spectators(self) -> frozenset[str]:
        """The ids of those who only watch."""
        return frozenset(player.id for player in self.people if not player.plays)

    def everybody_but(self, player_id: str) -> frozenset[str]:
        """An audience."""
        found = self._everybody_but.get(player_id)
        if found is None:
            found = self._everybody_but[player_id] = frozenset(self.players) - {player_id}
        return found

    def _seat(self, player: Player) -> None:
        self.players[player.id] = player
        self._everybody_but.clear()

    def _unseat(self, player_id: str) -> None:
        del self.players[player_id]
        self._everybody_but.clear()

    def view(self, player: Player) -> PlayerView:
        """Return a player as everybody sees them."""
        turn = self._state.turn
        return player.view(turn is not None and turn.shows_done(player.id))

    @property
    def views(self) -> list[PlayerView]:
        """All players as everybody sees them."""
        return [self.view(player) for player in self.players.values()]

    def of(self, player_id: str) -> Player:
        """Return who has this id. Raises Refused for one without a seat."""
        player = self.players.get(player_id)
        if player is None:
            raise Refused("not_now", "You have no seat in this room any more. Join it again.")
        return player

    def other(self, player_id: str) -> Player:
        """Return the player whom somebody speaks of. Raises Refused if there is none."""
        player = self.players.get(player_id)
        if player is None:
            raise Refused("no_such_player", "There is no such player here; perhaps they have just left.")
        return player

    def take(self, join: Join) -> Player:
        """Seat a newcomer, or give somebody who comes back the old seat. Raises Refused and changes nothing."""
        player = self.players.get(join.player_id)
        if player is None:
            player = self._newcomer(join)
            self._seat(player)
            self._outbox.tell(PlayerJoined(player.view()), self.everybody_but(player.id))
        else:
            player.connected = True
            player.address = join.address
            self._outbox.cancel_timer(f"seat:{player.id}")
            self._outbox.tell(PlayerConnection(player.id, True), self.everybody_but(player.id))
        self._outbox.cancel_timer("empty")
        if not self._state.host_id:
            self._state.host_id = player.id
            self._outbox.tell(HostChanged(player.id), self.everybody_but(player.id))
        return player

    def _newcomer(self, join: Join) -> Player:
        settings = self._state.settings
        if join.player_id in self._state.banned:
            raise Refused("banned", "You were banned from this room. Open one of your own.")
        if not is_right(join.password, settings.password, self._state.code):
            raise Refused("bad_password", "This room has a password." if not join.password else "That is not this room's password.")
        if join.role == "player" and self._wanting("player") >= settings.max_players:
            raise Refused("room_full", f"All {settings.max_players} seats of this room are taken. You can watch, or come back later.")
        if join.role == "spectator" and self._wanting("spectator") >= MAX_SPECTATORS:
            raise Refused("room_full", f"{MAX_SPECTATORS} people watch here already, and there is no room for more.")
        if join.address and sum(player.address == join.address for player in self.people) >= settings.clients_per_address:
            raise Refused("too_many_here", f"{settings.clients_per_address} people play from your address already; the host can allow more.")
        try:
            nickname, avatar = clean_nickname(join.nickname), check_avatar(join.avatar)
        except NicknameError as error:
            raise Refused("bad_nickname", str(error)) from error
        except AvatarError as error:
            raise Refused("bad_avatar", str(error)) from error
        if settings.profanity_filter:
            nickname = self._censor(nickname, settings.language)
        return Player(
            id=join.player_id,
            nickname=self._free_nickname(nickname),
            colour=self._free_colour(),
            avatar=avatar,
            role=join.role,
            next_role=join.role,
            address=join.address,
        )

    def fit_guessers(self, dropped: str = "") -> list[Player]:
        """Let AI guessers come or go until there are as many as the settings say, first of all the `dropped` one. Returns those who came."""
        wanted = self._state.settings.seated_guessers
        staying = [each for each in self.machines if each != dropped][:wanted]
        for gone in [each for each in self.machines if each not in staying]:
            self._unseat(gone)
            self._outbox.tell(PlayerLeft(gone, "left"))
            self._outbox.do(UnseatGuesser(gone))
        came = []
        for free in [each for each in GUESSERS if each not in self.machines and each != dropped][: wanted - len(staying)]:
            player = Player(free, self._free_nickname(GUESSERS[free]), is_ai=True)
            self._seat(player)
            self._outbox.do(SeatGuesser(free))
            self._outbox.tell(PlayerJoined(player.view()), self.everybody_but(free))
            came.append(player)
        return came

    def _free_nickname(self, wanted: str) -> str:
        taken = {looks_like(player.nickname) for player in self.players.values()}
        number, free = 1, wanted
        while looks_like(free) in taken:
            number += 1
            free = f"{wanted[:16]} {number}"
        return free

    def _free_colour(self) -> int:
        taken = {player.colour for player in self.people}
        return next((colour for colour in range(COLOURS) if colour not in taken), len(self.people) % COLOURS)

    def disconnect(self, player: Player, now: float) -> None:
        """Keep the seat of one whose connection went away."""
        player.connected = False
        self._outbox.tell(PlayerConnection(player.id, False))
        self._outbox.set_timer(f"seat:{player.id}", now + SEAT_SECONDS)
        self.watch_for_emptiness(now)

    def leave(self, player: Player, reason: LeaveReason, now: float) -> None:
        """Free a seat; the host's office goes to the next who is there."""
        self._unseat(player.id)
        self._outbox.cancel_timer(f"seat:{player.id}")
        self._outbox.tell(PlayerLeft(player.id, reason))
        if player.id == self.host_id:
            connected = [other.id for other in self.people if other.connected]
            self._state.host_id = next(iter([*self.present, *connected]), "")
            if self.host_id:
                self._outbox.tell(HostChanged(self.host_id))
        self.watch_for_emptiness(now)

    def change_roles(self) -> None:
        """Let those who wanted to watch or to play do so from now on."""
        for player in self.people:
            if player.role != player.next_role:
                player.role = player.next_role
                self._outbox.tell(PlayerChanged(player.view()))

    def become(self, player: Player, role: Role, *, at_once: bool) -> None:
        """Note what a player wants to be. Raises Refused if there is no seat for that."""
        if role != player.next_role:
            if role == "player" and self._wanting("player") >= self._state.settings.max_players:
                raise Refused("room_full", "All seats are taken; you can play when somebody leaves.")
            if role == "spectator" and self._wanting("spectator") >= MAX_SPECTATORS:
                raise Refused("room_full", f"{MAX_SPECTATORS} people watch here already.")
        player.next_role = role
        player.ready = player.ready and role == "player"
        if at_once:
            player.role = role
        self._outbox.tell(PlayerChanged(self.view(player)))

    def _wanting(self, role: Role) -> int:
        """How many people have this role now or from the next turn on."""
        return sum(role in (player.role, player.next_role) for player in self.people)

    def watch_for_emptiness(self, now: float) -> None:
        """Let an empty room close after a while."""
        if not any(player.connected for player in self.people):
            self._outbox.set_timer("empty", now + EMPTY_SECONDS)
