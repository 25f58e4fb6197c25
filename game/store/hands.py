"""People's drawings against the machine's, added up for ever: duels, and who was taken for whom in imitations."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from game.rules.effects import TurnRecord
from game.store.models import HandTallyRow
from game.store.session import Sessions
from game.store.upsert import add_to


@dataclass(slots=True)
class Duels:
    """How often a person's drawing gave the word away to more guessers than the artist's did, and the other way round."""

    people: int = 0
    ai: int = 0
    for_person: int = 0
    """Guessers, of all duels, to whom the person's did."""
    for_machine: int = 0


@dataclass(slots=True)
class Taken:
    """Drawings of one hand: how many there were, how often they were judged, and how often wrongly."""

    drawings: int = 0
    judged: int = 0
    mistaken: int = 0


@dataclass(slots=True)
class Hands:
    """All that is published."""

    duels: Duels
    machine: Taken
    """The machine's drawings, taken for a person's."""
    people: Taken
    """People's, taken for the machine's."""


async def add_to_hands(session: AsyncSession, turn: TurnRecord, game_mode: str) -> None:
    """Add a turn in which somebody said whose hand it was."""
    if not turn.for_person and not turn.for_machine:
        return
    amounts = {
        "turns": 1,
        "for_person": turn.for_person,
        "for_machine": turn.for_machine,
        "person_won": int(turn.for_person > turn.for_machine),
        "machine_won": int(turn.for_machine > turn.for_person),
    }
    await add_to(session, HandTallyRow, [({"game_mode": game_mode, "drawer_is_ai": turn.drawer_is_ai}, amounts)])


async def hands(sessions: Sessions) -> Hands:
    """Return what stands."""
    async with sessions() as session:
        rows = {(row.game_mode, row.drawer_is_ai): row for row in await session.scalars(select(HandTallyRow))}
    duel, machine, people = rows.get(("duel", False)), rows.get(("imitation", True)), rows.get(("imitation", False))
    return Hands(
        duels=Duels(duel.person_won, duel.machine_won, duel.for_person, duel.for_machine) if duel else Duels(),
        machine=Taken(machine.turns, machine.for_person + machine.for_machine, machine.for_person) if machine else Taken(),
        people=Taken(people.turns, people.for_person + people.for_machine, people.for_machine) if people else Taken(),
    )
