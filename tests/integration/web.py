"""Requests over HTTP as a browser would send them, with or without an identity."""

import json
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests.server import Server


class Answer:
    """What came back, an error too."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def cookie(self) -> str:
        return self.headers["set-cookie"].split(";")[0]


def ask(server: Server, path: str, method: str = "GET", cookie: str | None = None, body: object = None, **headers: str) -> Answer:
    """Send a request; `body` travels as JSON, `headers` with dashes for their underscores."""
    headers = {name.replace("_", "-"): value for name, value in headers.items()} | ({"Cookie": cookie} if cookie else {})
    data = None if body is None else json.dumps(body).encode()
    request = Request(server.url + path, data, headers | ({"Content-Type": "application/json"} if data else {}), method=method)
    try:
        with urlopen(request, timeout=60) as answer:
            return Answer(answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read())
    except HTTPError as error:
        return Answer(error.code, {name.lower(): value for name, value in error.headers.items()}, error.read())
