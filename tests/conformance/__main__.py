"""Autobahn's cases on both of the game's ways of carrying a WebSocket, beside what docs/conformance.md says of them.

    python -m tests.conformance [--reports FOLDER]

The last line is JSON; the exit status is 1 if an outcome is not what the page says.
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from tests.conformance.documented import differences
from tests.conformance.echo_server import SOCKETS
from tests.conformance.fuzzing_client import CASES, CLIENT, try_cases


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.conformance", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=Path, default=Path("test-artifacts/autobahn"), help="where the client's reports go, as HTML too")
    reports = parser.parse_args().reports.resolve()
    if not CLIENT.exists():
        sys.exit(f"Autobahn's fuzzing client is not in {CLIENT}: make autobahn installs it, where there is a Python 2.7.")
    counts, wrong = {}, []
    for sockets in SOCKETS:
        print(f"{sockets}: {CASES} cases, about half a minute; reports in {reports / sockets}/index.html", file=sys.stderr)
        outcomes = try_cases(sockets, reports / sockets)
        counts[sockets] = dict(Counter(outcomes.values()))
        wrong += [f"{sockets}: {difference}" for difference in differences(sockets, outcomes)]
        if len(outcomes) != CASES:
            wrong.append(f"{sockets}: {len(outcomes)} cases were tried, not {CASES}")
    print(json.dumps({"outcomes": counts, "wrong": wrong}))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
