"""How the log looks: a line for each thing that happened, and plain tracebacks.

structlog's own way of showing an error, with every variable of every frame, takes up to seconds of the event loop: one bug in one room
must not make all the others wait. Nor is a log that cannot be written, to a full disk, say, a reason to end a game.

A line names rooms and players by their ids, and never says what anybody wrote, drew or is called.
"""

import logging
import sys
from contextlib import suppress
from typing import Literal

import structlog
from structlog.typing import Processor

Format = Literal["text", "json"]


class _Lines:
    """Writes to standard output, whatever that is at the moment, if it takes it."""

    def msg(self, message: str) -> None:
        """Write one line."""
        with suppress(OSError, ValueError):  # it is full; it is closed
            print(message, file=sys.stdout, flush=True)

    debug = info = warning = error = exception = critical = msg


def set_up(form: Format = "text") -> None:
    """Write log lines to standard output: for people, in colours where somebody looks at them, or each as one JSON object for programs.

    As JSON come the lines of the libraries too (uvicorn's, asyncio's), so that all there is to read is JSON.
    """
    common: list[Processor] = [structlog.contextvars.merge_contextvars, structlog.processors.add_log_level]
    if form == "json":
        ends: list[Processor] = [structlog.processors.TimeStamper(fmt="iso", utc=True), structlog.processors.format_exc_info]
        renderer = structlog.processors.JSONRenderer()
        structlog.configure(processors=[*common, *ends, renderer], logger_factory=lambda *_: _Lines())
        strip = structlog.stdlib.ProcessorFormatter.remove_processors_meta
        formatter = structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*common, structlog.stdlib.add_logger_name, *ends], processors=[strip, renderer]
        )
        logging.basicConfig(level=logging.WARNING, handlers=[_Handler(formatter)], force=True)
        return
    ends = [
        structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=False),
        structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty(), exception_formatter=structlog.dev.plain_traceback),
    ]
    structlog.configure(processors=[*common, *ends], logger_factory=lambda *_: _Lines())


class _Handler(logging.Handler):
    """Writes what libraries log where our own lines go."""

    def __init__(self, formatter: logging.Formatter) -> None:
        super().__init__()
        self.setFormatter(formatter)

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        _Lines().msg(self.format(record))
