"""Who may do what when is what the table in docs/security.md says, cell by cell."""

from typing import get_args

import pytest

from game.protocol.client_messages import AnyClientMessage
from game.protocol.server_messages import ErrorCode
from tests.conftest import REPOSITORY
from tests.unit.game.rules.permissions import DEEDS, PHASES, ROLES, Role, answer_to
from tests.unit.game.rules.table import Table
from tests.unit.test_docs import table

STRANGERS = "anything but ink"


def written() -> dict[tuple[str, Role], list[str]]:
    """The table's cells, phase by phase, of each deed and role."""
    rows = table((REPOSITORY / "docs" / "security.md").read_text(), "what is done")
    found: dict[tuple[str, Role], list[str]] = {}
    for deed, who, *cells in rows:
        assert len(cells) == len(PHASES)
        for each in [deed] if deed != STRANGERS else [each for each in DEEDS if each != "ink frame"]:
            for role in roles(who, each, found):
                assert (each, role) not in found or role == "stranger", f"two rows say what {role} may do: {each}"
                found[each, role] = [cell.strip("`") for cell in cells]
    return found


def roles(who: str, deed: str, before: dict[tuple[str, Role], list[str]]) -> list[Role]:
    """Whom a row is about, `before` having those above it."""
    if who.startswith("everybody"):
        return [role for role in ROLES if (deed, role) not in before]
    return [role for name in who.split(", ") for role in ROLES if name == role or (name == "host" and role.startswith("host"))]


WRITTEN = written()


@pytest.mark.parametrize("deed", DEEDS)
def test_each_cell_is_what_the_game_answers(deed):
    wrong = [
        f"{role}, {phase}: the table says {said}, the game {answer}"
        for role in ROLES
        for phase, said in zip(PHASES, WRITTEN[deed, role], strict=True)
        if (answer := answer_to(deed, role, phase)) != said
    ]
    assert not wrong, "\n".join([deed, *wrong])


def test_the_table_has_every_message_every_role_and_known_answers_alone():
    ada = Table("ada", "ben", "cleo")
    done = {type(deed(ada, "ben")) for deed in DEEDS.values()}
    assert done == {*get_args(AnyClientMessage), type(None)}
    assert WRITTEN.keys() == {(deed, role) for deed in DEEDS for role in ROLES}
    assert {cell for cells in WRITTEN.values() for cell in cells} <= {"yes", "whisper", "dropped", "-", *get_args(ErrorCode)}
