"""Who owns which room: leases in PostgreSQL, with fencing tokens.

A node says each second that it lives (`nodes.expires`, by the database's clock); a room belongs to its owner for as long as that node's
lease runs. Another may take it only when it has run out, and raises the room's *fence* by one. What an earlier owner still writes is
known by its lower fence, and refused: here, in Redis and by the nodes (Kleppmann, "How to do distributed locking", 2016).

Both ways of touching a node's lease lock its row, so that it is never renewed and found to have run out at the same time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from game.mistake import Mistake
from game.store.session import connect

LEASE_SECONDS: Final = 3.0
_forgotten_after: Final = 60.0

_renew: Final = text(
    "INSERT INTO nodes (id, keys, draining, expires) VALUES (:id, :keys, :draining, clock_timestamp() + make_interval(secs => :lease))"
    " ON CONFLICT (id) DO UPDATE SET draining = excluded.draining, expires = clock_timestamp() + make_interval(secs => :lease)"
)
_nodes: Final = text("SELECT id, draining FROM nodes WHERE expires > clock_timestamp()")
_others_keys: Final = text("SELECT count(*) FROM nodes WHERE expires > clock_timestamp() AND keys <> :keys")
_mine: Final = text("SELECT code, fence FROM open_rooms WHERE owner = :id")
_orphans: Final = text(
    "SELECT code, owner FROM open_rooms WHERE owner NOT IN (SELECT id FROM nodes WHERE expires > clock_timestamp()) ORDER BY code LIMIT 500"
)
_lives: Final = text("SELECT expires > clock_timestamp() FROM nodes WHERE id = :id FOR UPDATE")
_take: Final = text("UPDATE open_rooms SET owner = :id, fence = fence + 1 WHERE code = :code AND owner = :owner RETURNING fence, number, state")
_claim: Final = text("INSERT INTO open_rooms (code, owner, fence, number) VALUES (:code, :id, 1, 0)")
_where: Final = text("SELECT owner, fence FROM open_rooms WHERE code = :code")
_held: Final = text("SELECT fence, number, state FROM open_rooms WHERE code = :code AND owner = :id")
_save: Final = text("UPDATE open_rooms SET state = :state, number = :number WHERE code = :code AND fence = :fence AND number < :number")
_hand_over: Final = text(
    "UPDATE open_rooms SET owner = :to, fence = fence + 1, state = :state, number = :number WHERE code = :code AND owner = :id AND fence = :fence"
    " RETURNING fence"
)
_close: Final = text("DELETE FROM open_rooms WHERE code = :code AND owner = :id AND fence = :fence")
_leave: Final = text("DELETE FROM nodes WHERE id = :id")
_forget: Final = text(
    "DELETE FROM nodes WHERE expires < clock_timestamp() - make_interval(secs => :seconds) AND id NOT IN (SELECT owner FROM open_rooms)"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a node learns when it renews its lease."""

    nodes: Mapping[str, bool]
    """Those that live, this one included, and whether each is draining."""
    mine: Mapping[str, int]
    """This node's rooms, with their fences."""
    orphans: Mapping[str, str]
    """Rooms whose owner's lease has run out, with that owner."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A room that this node has just been given: its fence, and the last state that the database has, with its number; None if it has none."""

    fence: int
    number: int
    state: bytes | None


class Leases:
    """One node's. All methods raise what the database does: SQLAlchemyError, OSError, TimeoutError."""

    def __init__(self, url: str, node: str, keys: str) -> None:
        """`keys`: what is the same on nodes with the same signing keys, and says nothing about them. Raises Mistake for another database."""
        if not url.startswith("postgresql"):
            raise Mistake(
                f"Several nodes need PostgreSQL, which holds their leases: set GUESSTROKE_DATABASE_URL to postgresql+asyncpg://...; got {url}."
            )
        self._engine, _ = connect(url)
        self._node, self._keys = node, keys

    async def close(self) -> None:
        """Close the connections."""
        await self._engine.dispose()

    async def check_keys(self) -> None:
        """Raises Mistake if living nodes sign with other keys: players would be strangers wherever they come by chance."""
        async with self._engine.begin() as connection:
            if await connection.scalar(_others_keys, {"keys": self._keys}):
                raise Mistake("The other nodes sign players' identities with other keys. Give all nodes the same data/signing.key.")

    async def renew(self, *, draining: bool) -> Standing:
        """Live on for LEASE_SECONDS from now, also if the lease had run out; what was taken meanwhile is no longer among `mine`."""
        async with self._engine.begin() as connection:
            await connection.execute(_renew, {"id": self._node, "keys": self._keys, "draining": draining, "lease": LEASE_SECONDS})
        async with self._engine.begin() as connection:
            return Standing(
                dict((await connection.execute(_nodes)).tuples().all()),
                dict((await connection.execute(_mine, {"id": self._node})).tuples().all()),
                dict((await connection.execute(_orphans)).tuples().all()),
            )

    async def claim(self, code: str) -> int:
        """Own a new room; return its fence."""
        async with self._engine.begin() as connection:
            await connection.execute(_claim, {"code": code, "id": self._node})
        return 1

    async def where(self, code: str) -> tuple[str, int] | None:
        """The owner of a room and its fence; None if there is no such room."""
        async with self._engine.begin() as connection:
            row = (await connection.execute(_where, {"code": code})).tuples().first()
            return None if row is None else (row[0], row[1])

    async def take(self, code: str, owner: str) -> Holding | None:
        """Own a room whose owner's lease has run out; None if it has not, or another was faster."""
        async with self._engine.begin() as connection:
            if await connection.scalar(_lives, {"id": owner}):
                return None
            return await _holding(connection, _take, {"id": self._node, "code": code, "owner": owner})

    async def held(self, code: str) -> Holding | None:
        """A room that was handed over to this node; None if it is another's."""
        async with self._engine.begin() as connection:
            return await _holding(connection, _held, {"id": self._node, "code": code})

    async def save(self, states: Sequence[tuple[str, int, int, bytes]]) -> None:
        """Keep states of rooms: code, fence, number, state. One of an earlier fence changes nothing."""
        async with self._engine.begin() as connection:
            await connection.execute(_save, [dict(zip(("code", "fence", "number", "state"), each, strict=True)) for each in states])

    async def hand_over(self, code: str, fence: int, to: str, number: int, state: bytes) -> bool:
        """Give a room to another node; return whether it was still ours."""
        given = {"code": code, "fence": fence, "to": to, "number": number, "state": state, "id": self._node}
        async with self._engine.begin() as connection:
            return (await connection.execute(_hand_over, given)).first() is not None

    async def release(self, code: str, fence: int) -> None:
        """The room has closed."""
        async with self._engine.begin() as connection:
            await connection.execute(_close, {"code": code, "fence": fence, "id": self._node})

    async def leave(self) -> None:
        """Be a node no more; rooms that it still owns are anybody's."""
        async with self._engine.begin() as connection:
            await connection.execute(_leave, {"id": self._node})
            await connection.execute(_forget, {"seconds": _forgotten_after})


async def _holding(connection: AsyncConnection, statement: object, given: Mapping[str, str]) -> Holding | None:
    row = (await connection.execute(statement, given)).tuples().first()  # type: ignore[call-overload]
    return None if row is None else Holding(row[0], row[1], row[2])
