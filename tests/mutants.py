"""Whether the examples of the rules notice when a rule is changed: mutation testing of what counts points, reveals letters, judges guesses and leads
through turns.

    make mutants

mutmut (`[tool.mutmut]` in pyproject.toml; an environment of its own, for nothing else needs it) makes some 1,100 small changes, one at a time, in a
copy under mutants/, and runs the tests that come by the changed function until one fails. Hypothesis is left out: it would notice nearly all,
and what a rule means is to be said by an example. What mutmut does not change: constants, properties and other functions with a decorator.
Printed is each change that no test noticed; the last line is JSON. Less than 85 % noticed is a failure.
"""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from rich.console import Console

LEAST: Final = 85.0
"""Per cent of the changes that are to be noticed."""
_copy: Final = Path("mutants")
_survived: Final = 0
_not_judged: Final = {33: "no test comes by", 34: "left out"}
_console: Final = Console(highlight=False, soft_wrap=True)


def main() -> int:
    """Run mutmut, print what came through and the figure; 1 if that is too low."""
    if shutil.which("mutmut", path=os.path.join(os.environ.get("PYTHONPATH", ""), "bin")) is None:
        _console.print("mutmut is not here: `make mutants` installs and starts it.")
        return 2
    shutil.rmtree(_copy, ignore_errors=True)  # it would go on from an earlier run's
    subprocess.run([sys.executable, "-m", "mutmut", "run"], check=True)
    outcomes = {mutant: code for data in sorted(_copy.rglob("*.meta")) for mutant, code in json.loads(data.read_text())["exit_code_by_key"].items()}
    for mutant in [mutant for mutant, code in outcomes.items() if code == _survived]:
        _console.print(*_change(mutant), sep="\n", markup=False)
    counts = Counter("came through" if code == _survived else _not_judged.get(code, "noticed") for code in outcomes.values())
    noticed = 100 * counts["noticed"] / max(1, counts.total())
    _console.print(json.dumps({"mutants": counts.total(), **counts, "percent": round(noticed, 1)}), markup=False)
    return 0 if noticed >= LEAST else 1


def _change(mutant: str) -> Iterator[str]:
    """Where a change was made, and what was changed."""
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    module, _, name = mutant.rpartition(".")
    path = Path(module.replace(".", "/") + ".py")
    lines = get_diff_for_mutant(mutant, path=path).splitlines()[2:]
    (hunk, *_) = [int(number) for line in lines for number in re.findall(r"^@@ -(\d+)", line)]
    offset = next(number for number, line in enumerate(lines) if line.startswith(("-", "+")))
    yield f"{path}:{_first_line(path, re.sub('^x[_ǁ]|__mutmut_.*', '', name)) + hunk + offset - 2}"
    yield from ("    " + line for line in lines if line.startswith(("-", "+")))


def _first_line(path: Path, function: str) -> int:
    """The line on which a function, or `Classǁmethod`, begins."""
    scope: list[ast.stmt] = ast.parse(path.read_text()).body
    for name in function.split("ǁ"):
        found = next(node for node in scope if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name)
        scope = found.body
    return found.lineno


if __name__ == "__main__":
    sys.exit(main())
