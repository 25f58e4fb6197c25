"""Many clients come in: a few at a time, or each at a time of its own whatever became of those before."""

import select
import time
from collections import deque
from collections.abc import Sequence

from tests.load.client import Client, Phase


def enter(clients: Sequence[Client], due: Sequence[float] | None = None, *, at_most: int = 64, patience: float = 60) -> list[float | None]:
    """Let all come in; return after how many seconds each was, None for one who was not let in.

    `due`: when each shall start, by `time.perf_counter`, and what the seconds count from; else they start as others get in, `at_most`
    at once.
    """
    took: list[float | None] = [None] * len(clients)
    waiting = deque(range(len(clients)))
    began: dict[int, tuple[int, float]] = {}
    poller = select.epoll()
    deadline = (due[-1] if due else time.perf_counter()) + patience

    def settle(descriptor: int) -> None:
        index, since = began[descriptor]
        if clients[index].phase in (Phase.IN, Phase.GONE):
            del began[descriptor]
            if clients[index].phase is Phase.IN:
                poller.unregister(descriptor)
                took[index] = time.perf_counter() - since

    with poller:
        while (waiting or began) and (now := time.perf_counter()) < deadline:
            while waiting and (now >= due[waiting[0]] if due else len(began) < at_most):
                index = waiting.popleft()
                clients[index].connect()
                if clients[index].phase is not Phase.GONE:
                    descriptor = clients[index].socket.fileno()
                    began[descriptor] = index, due[index] if due else time.perf_counter()
                    poller.register(descriptor, select.EPOLLIN | select.EPOLLOUT)
            patient = max(0.0, due[waiting[0]] - now) if due and waiting else 0.05
            for descriptor, _ in poller.poll(min(patient, 0.05)):
                client = clients[began[descriptor][0]]
                connecting = client.phase is Phase.CONNECTING
                client.go_on()
                if connecting and client.phase is not Phase.GONE:
                    poller.modify(descriptor, select.EPOLLIN)
                settle(descriptor)
        for index, _ in began.values():
            clients[index].refused = "too slow"
            clients[index].close()
    return took
