"""How the log looks: a line for each thing that happened, and plain tracebacks.

structlog's own way of showing an error, with every variable of every frame, takes up to seconds of the event loop: one bug in one room
must not make all the others wait.
"""

import sys

import structlog


def set_up() -> None:
    """Write log lines to standard output; in colours where somebody looks at them."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=False),
            structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty(), exception_formatter=structlog.dev.plain_traceback),
        ]
    )
