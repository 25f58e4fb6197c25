"""Feeds the targets."""

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.fuzz.mutation import mutated
from tests.fuzz.targets import targets

_told_every = 1000
_warm_up = 0.2
_most_failures = 20


@dataclass
class Outcome:
    """`failures`: what was raised that is not documented, and the input, in hexadecimal."""

    accepted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    warm_kib: int = 0
    end_kib: int = 0

    @property
    def inputs(self) -> int:
        return self.accepted.total() + self.refused.total() + len(self.failures)

    @property
    def growth(self) -> float:
        """Of the process's memory after the warm-up, as a part of what it was."""
        return self.end_kib / self.warm_kib - 1


def run(inputs: int, seed: int, tell: Callable[[int], None]) -> Outcome:
    """Feed so many inputs, to one target after another; `tell` hears of how many there were."""
    random, outcome = Random(seed), Outcome()
    chosen = targets(random)
    for number in range(inputs):
        target = chosen[number % len(chosen)]
        data = mutated(target.seeds, random)
        try:
            taken = target.take(data)
        except Exception as error:
            outcome.failures.append(f"{target.name}, input {number}: {type(error).__name__}: {error} by {data.hex()}")
            if len(outcome.failures) >= _most_failures:
                break
        else:
            (outcome.accepted if taken else outcome.refused)[target.name] += 1
        if number == int(_warm_up * inputs):
            outcome.warm_kib = _resident_kib()
        if number % _told_every == 0:
            tell(number)
    outcome.end_kib = _resident_kib()
    outcome.warm_kib = outcome.warm_kib or outcome.end_kib
    return outcome


def _resident_kib() -> int:
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024 if statm.exists() else 1
