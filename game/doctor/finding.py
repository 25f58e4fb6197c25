"""What a check found."""

from dataclasses import dataclass
from typing import Literal, get_args

Grade = Literal["ok", "warning", "problem"]
"""`warning`: the game can be played, but not as well or as safely as it might; `problem`: it cannot be, or something would be lost."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's: how it stands with a part, and what to do where it does not stand well."""

    part: str
    grade: Grade
    what: str
    remedy: str = ""


def ok(part: str, what: str) -> Finding:
    """It is well."""
    return Finding(part, "ok", what)


def warning(part: str, what: str, remedy: str) -> Finding:
    """It might be better."""
    return Finding(part, "warning", what, remedy)


def problem(part: str, what: str, remedy: str) -> Finding:
    """It has to be put right."""
    return Finding(part, "problem", what, remedy)


def lines(finding: Finding, widest: int = 15) -> str:
    """The finding as text, its part in a column of this width."""
    grades = max(map(len, get_args(Grade)))
    line = f"{finding.grade:{grades}}  {finding.part:{widest}}  {finding.what}"
    return f"{line}\n{'':{grades + widest + 4}}{finding.remedy}" if finding.remedy else line
