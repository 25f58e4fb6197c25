"""How the log looks: a line for each thing that happened, and plain tracebacks.

structlog's own way of showing an error, with every variable of every frame, takes up to seconds of the event loop: one bug in one room
must not make all the others wait. Nor is a log that cannot be written, to a full disk, say, a reason to end a game.
"""

import sys
from contextlib import suppress

import structlog


class _Lines:
    """Writes to standard output, whatever that is at the moment, if it takes it."""

    def msg(self, message: str) -> None:
        """Write one line."""
        with suppress(OSError, ValueError):  # it is full; it is closed
            print(message, file=sys.stdout, flush=True)

    debug = info = warning = error = exception = critical = msg


def set_up() -> None:
    """Write log lines to standard output; in colours where somebody looks at them."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=False),
            structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty(), exception_formatter=structlog.dev.plain_traceback),
        ],
        logger_factory=lambda *_: _Lines(),
    )
