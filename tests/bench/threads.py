"""How many threads an iteration of the artist wants: `python -m tests.bench.threads`.

One thread, two that wait passively and two that wait actively (libgomp's default), each in a process of its own, twice:
while the machine rests, and while another process computes. The last line is one JSON object: `ms` an iteration for each,
and `active_to_passive`, the ratio of two threads' times beside other work.
"""

import json
import os
import subprocess
import sys

SETTINGS = {"1 thread": (1, "PASSIVE"), "2 threads, passive": (2, "PASSIVE"), "2 threads, active": (2, "ACTIVE")}
ITERATIONS = 60
MEASURE = f"""
import sys
from ai_artist import Artist
artist = Artist.load(threads=int(sys.argv[1]))
artist.seconds_per_iteration(5)
print(1e3 * artist.seconds_per_iteration({ITERATIONS}))
"""


def milliseconds(threads: int, policy: str) -> float:
    command = [sys.executable, "-W", "ignore", "-c", MEASURE, str(threads)]
    done = subprocess.run(command, env={**os.environ, "OMP_WAIT_POLICY": policy}, capture_output=True, text=True, check=True)
    return round(float(done.stdout), 1)


def main() -> None:
    found: dict[str, dict[str, float]] = {"rests": {}, "computes": {}}
    print(f"{'ms an iteration':20} {'machine rests':>14} {'computes':>10}")
    for name, setting in SETTINGS.items():
        found["rests"][name] = milliseconds(*setting)
        with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as other:
            found["computes"][name] = milliseconds(*setting)
            other.kill()
        print(f"{name:20} {found['rests'][name]:14} {found['computes'][name]:10}")
    beside = found["computes"]
    print(json.dumps({"ms": found, "active_to_passive": round(beside["2 threads, active"] / beside["2 threads, passive"], 2)}))


if __name__ == "__main__":
    main()
