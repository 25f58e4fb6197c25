"""How a rule says no."""

from game.protocol.server_messages import ErrorCode


class Refused(Exception):
    """A command that the rules do not allow now; its sender alone hears of it and nothing changes."""

    def __init__(self, code: ErrorCode, message: str) -> None:
        super().__init__(message)
        self.code: ErrorCode = code
