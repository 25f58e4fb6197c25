"""Why the server closes a socket."""

from typing import Final

LEFT: Final = 1000
TOO_FAST: Final = 1008
RESTARTING: Final = 1012
JUNK: Final = 4400
KICKED: Final = 4401
BANNED: Final = 4403
NO_ROOM: Final = 4404
NO_HELLO: Final = 4408
NOT_LET_IN: Final = 4409
ELSEWHERE: Final = 4410
TOO_SLOW: Final = 4413
PROTOCOL: Final = 4426

MEANINGS: Final = {
    LEFT: "you left",
    TOO_FAST: "too fast for too long, or too often from one address",
    RESTARTING: "the server restarts: come back",
    JUNK: "the message was junk",
    KICKED: "the host sent you away",
    BANNED: "you were banned, from the room by its host or a vote, or from the server: the `error` before says so",
    NO_ROOM: "no such room",
    NO_HELLO: "no `hello` within 10 s",
    NOT_LET_IN: "not let in (full, a password, a ban, the nickname, the face, the address): the `error` before says which",
    ELSEWHERE: "this player came in on another connection",
    TOO_SLOW: "the connection took nothing of what waited for 20 s: come back",
    PROTOCOL: "another protocol version: reload the page",
}
