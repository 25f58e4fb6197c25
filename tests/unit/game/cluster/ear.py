"""A connection that is played by a test."""

from game.bus.base import Payload


class Ear:
    """A Sink that keeps what it is sent."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.code: int | None = None

    def put(self, payload: Payload) -> None:
        self.heard.append(str(payload.content))

    def finish(self, code: int) -> None:
        self.code = code
