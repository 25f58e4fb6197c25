"""Who asks, and what they may do."""

import time
from dataclasses import dataclass, field
from hmac import compare_digest
from typing import Literal

from fastapi import Request

from game.gateway.identity import Identities
from game.gateway.rate_limits import ByAddress, for_tokens
from game.rooms.registry import Rooms

Standing = Literal["owner", "no token", "wrong token", "too many tries"]
"""What a request's token makes of who asks."""


@dataclass(frozen=True, slots=True)
class Askers:
    """Tells players by their cookie, hosts by their rooms, and the server's owner by the token of the settings."""

    identities: Identities
    rooms: Rooms
    admin_token: str | None
    _wrong_tokens: ByAddress = field(default_factory=lambda: ByAddress(for_tokens))

    def player_id(self, request: Request) -> str:
        """Who asks; an id that nobody else has, for one without a cookie."""
        return self.identities.of(request).player_id

    async def may_delete(self, request: Request, owners: frozenset[str], room: str) -> bool:
        """Whether who asks is one of the owners, the room's host as it is now, or the server's owner."""
        return bool({self.player_id(request)} & (owners | await self._host_of(room))) or self.is_admin(request)

    def is_admin(self, request: Request) -> bool:
        """Whether the request has the server's owner's token: `Authorization: Bearer ...`."""
        return self.standing(request) == "owner"

    def standing(self, request: Request) -> Standing:
        """Look at the request's token. From an address that has tried many wrong ones, none is looked at for a while, not even the right one."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            return "no token"
        address, now = request.client.host if request.client else "", time.monotonic()
        if not self._wrong_tokens.has_one(address, now):
            return "too many tries"
        if self.admin_token and compare_digest(token.encode(), self.admin_token.encode()):
            return "owner"
        self._wrong_tokens.take(address, now)
        return "wrong token"

    async def _host_of(self, code: str) -> frozenset[str]:
        room = await self.rooms.look(code)
        return frozenset({room.host_id}) if room and room.host_id else frozenset()
