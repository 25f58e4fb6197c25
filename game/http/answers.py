"""What the API's description (/openapi.json) says of answers, and the answer to what makes no sense: a refusal, with a sentence."""

from typing import Annotated, Any, Final

from fastapi import FastAPI, Path, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel

Described = dict[int | str, dict[str, Any]]
"""For a route's `responses`."""

WITHOUT_NUL: Final = r"^[^\x00]*$"
"""A pattern for texts that the database is asked about: PostgreSQL cannot have U+0000 in any."""
Key = Annotated[str, Path(pattern=WITHOUT_NUL)]
"""The part of an address that names what is kept."""

_reasons: Final = {
    400: "The body cannot be read.",
    401: "The token is missing.",
    403: "Who asks may not do this.",
    404: "There is no such thing, or no more.",
    409: "Not now.",
    413: "The body is too large.",
    422: "Something in the request is not as it should be.",
    429: "That was asked too often.",
    503: "The database does not answer, or the server drains, just now.",
}


class Refusal(BaseModel):
    """Why not, in a sentence for people."""

    detail: str


def refusals(*statuses: int) -> Described:
    """Describe these answers, each of which is a Refusal."""
    return {status: {"model": Refusal, "description": _reasons[status]} for status in statuses}


def content(*media_types: str) -> Described:
    """Describe an answer that is a file."""
    return {200: {"content": {each: {} for each in media_types}}}


def install(app: FastAPI) -> None:
    """Answer 422 with a sentence where a request is not as it is described.

    FastAPI would repeat what it was given, and fails where that cannot be said in JSON (NaN, half a surrogate pair).
    """

    async def answer(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        # A place is ("query", "limit"), or ("body", 17) for what is no JSON from its 17th byte on.
        places = (".".join(part for part in each["loc"][1:] if isinstance(part, str)) or "the body" for each in error.errors())
        mistakes = "; ".join(f"{place}: {each['msg']}" for place, each in zip(places, error.errors(), strict=True))
        return JSONResponse({"detail": f"{mistakes}."}, 422)

    app.add_exception_handler(RequestValidationError, answer)
