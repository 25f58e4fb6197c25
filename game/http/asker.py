"""Who asks, and what they may do."""

from dataclasses import dataclass
from hmac import compare_digest

from fastapi import Request

from game.gateway.identity import Identities
from game.rooms.registry import Rooms


@dataclass(frozen=True, slots=True)
class Askers:
    """Tells players by their cookie, hosts by their rooms, and the server's owner by the token of the settings."""

    identities: Identities
    rooms: Rooms
    admin_token: str | None

    def player_id(self, request: Request) -> str:
        """Who asks; an id that nobody else has, for one without a cookie."""
        return self.identities.of(request).player_id

    def may_delete(self, request: Request, owners: frozenset[str], room: str) -> bool:
        """Whether who asks is one of the owners, the room's host as it is now, or the server's owner."""
        return bool({self.player_id(request)} & (owners | self._host_of(room))) or self.is_admin(request)

    def is_admin(self, request: Request) -> bool:
        """Whether the request has the server's owner's token: `Authorization: Bearer ...`."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        return bool(self.admin_token) and scheme.lower() == "bearer" and compare_digest(token.encode(), (self.admin_token or "").encode())

    def _host_of(self, code: str) -> frozenset[str]:
        room = self.rooms.find(code)
        return frozenset({room.game.seats.host_id}) if room and room.game.seats.host_id else frozenset()
