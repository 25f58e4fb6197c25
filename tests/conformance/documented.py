"""What docs/conformance.md says of cases whose outcome is not simply OK."""

import re
from dataclasses import dataclass

from tests.conftest import REPOSITORY

PAGE = REPOSITORY / "docs" / "conformance.md"


@dataclass(frozen=True)
class Remark:
    """An outcome that has its reason."""

    outcome: str
    always: bool
    """Whether it is so each time; else it depends on the pieces in which the case's bytes come."""


def remarks(sockets: str) -> dict[str, Remark]:
    """Those on one way of carrying a WebSocket, by case."""
    found = {}
    for line in PAGE.read_text().splitlines():
        row = [cell.strip() for cell in line.strip("|").split("|")]
        if len(row) == 5 and sockets in row[1].split(", "):
            for case in re.findall(r"`([\d.]+)`", row[0]):
                found[case] = Remark(row[2], row[3] == "always")
    return found


def differences(sockets: str, outcomes: dict[str, str]) -> list[str]:
    """Where the outcomes are not what the page says."""
    known = remarks(sockets)
    wrong = []
    for case, outcome in outcomes.items():
        remark = known.pop(case, Remark("OK", always=True))
        if outcome != remark.outcome and (remark.always or outcome != "OK"):
            wrong.append(f"{case} is {outcome}; docs/conformance.md says {remark.outcome}")
    return wrong + [f"{case}: docs/conformance.md has it, but it was not tried" for case in known]
