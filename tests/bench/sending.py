"""What the system takes for sending a small frame to each of many sockets on the loopback, whoever asks for it: no server can be below.

    python -m tests.bench.sending [--frames 400000]

The sender has one core; whoever receives has the other, reads from time to time and is never waited for. The last line is one JSON object:
microseconds of processor time for each count of sockets.
"""

import argparse
import json
import multiprocessing
import select
import socket
import time
from typing import Final

from rich.console import Console
from rich.table import Table

from tests.load.cores import GENERATOR_CORE, SERVER_CORE, settle_on

_frame: Final = bytes(30)
_counts: Final = (8, 100, 2000)


def receive(address: tuple[str, int], count: int) -> None:
    """Connect so often, read until the other side closes."""
    settle_on(GENERATOR_CORE)
    ends = {end.fileno(): end for end in (socket.create_connection(address) for _ in range(count))}
    with select.epoll() as poller:
        for descriptor in ends:
            poller.register(descriptor, select.EPOLLIN)
        while ends:
            time.sleep(0.05)
            for descriptor, _ in poller.poll(0):
                if not ends[descriptor].recv(65536):
                    poller.unregister(descriptor)
                    ends.pop(descriptor).close()


def microseconds(count: int, frames: int) -> float:
    """Of one send, where `count` sockets get frames in turn."""
    with socket.create_server(("127.0.0.1", 0), backlog=count) as listener:
        receiver = multiprocessing.get_context("spawn").Process(target=receive, args=(listener.getsockname(), count), daemon=True)
        receiver.start()
        ends = [listener.accept()[0] for _ in range(count)]
    for end in ends:
        end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    rounds = max(1, frames // count)
    began = time.process_time()
    for _ in range(rounds):
        for end in ends:
            end.send(_frame)
    took = time.process_time() - began
    for end in ends:
        end.close()
    receiver.join()
    return took / (rounds * count) * 1e6


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--frames", type=int, default=400_000)
    given = parser.parse_args()
    settle_on(SERVER_CORE)
    found = {count: round(microseconds(count, given.frames), 2) for count in _counts}
    table = Table("sockets", "µs a send")
    for count, each in found.items():
        table.add_row(str(count), f"{each:.2f}")
    Console().print(table)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
