"""Every setting of the server, read from the environment (GUESSTROKE_*) and the command line."""

from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from game.mistake import Mistake
from game.protocol.limits import MAX_AI_GUESSERS, MAX_PLAYERS
from game.rules.lobby_settings import BOUNDS

_hard_limits: Final = {
    "rounds": (1, 100),
    "draw_seconds": (5, 3600),
    "max_players": (1, MAX_PLAYERS),
    "choices": (1, 10),
    "ai_guessers": (0, MAX_AI_GUESSERS),
    "clients_per_address": (1, 1000),
}
"""What the game can bear."""


class Settings(BaseSettings):
    """The settings, each with its default; a value that makes no sense is refused at start with its name."""

    model_config = SettingsConfigDict(env_prefix="GUESSTROKE_", env_ignore_empty=True)

    host: Annotated[str, Field(description="Address to listen on; 0.0.0.0 lets the local network in.")] = "0.0.0.0"
    port: Annotated[int, Field(ge=0, le=65535, description="TCP port to listen on; 0 takes any free one.")] = 8000
    shares_port: Annotated[bool, Field(description="Whether other servers listen on the same port; `serve --workers` sets it.")] = False
    public_url: Annotated[str | None, Field(description="The address that players type, if it is not this machine's own.")] = None
    data_dir: Annotated[Path, Field(description="Folder for the database, the journal, the rooms and the signing keys.")] = Path("data")
    database_url: Annotated[
        str | None, Field(description="An SQLAlchemy async URL, such as postgresql+asyncpg://user@host/name; by default SQLite in the data folder.")
    ] = None
    words: Annotated[
        Path | None, Field(description="A word pack of your own, one word a line (UTF-8, # for remarks), instead of the bundled ones.")
    ] = None
    perceptor: Annotated[str, Field(description="doodle-clip, or any open_clip model as name or name:tag or name:file.")] = "doodle-clip"
    other_perceptors: Annotated[
        str,
        Field(
            description="Models of the fleet's that rooms may choose in place of that one, as its workers name them, with commas between: "
            "ViT-B-32:laion2b_s34b_b79k. Where no worker has the chosen one, the usual one draws."
        ),
    ] = ""
    artist_workers: Annotated[
        int,
        Field(
            ge=0,
            le=64,
            description="Processes that draw, beside one that is kept warm; 0: cores minus one, or 1 on a GPU. Each may have many drawings in hand.",
        ),
    ] = 0
    artist_device: Annotated[
        str,
        Field(
            pattern=r"^(auto|cpu|mps|cuda(:\d+)?)$",
            description="Where they compute: cpu, cuda, cuda:1; auto is a GPU if there is one. On CUDA in half precision.",
        ),
    ] = "auto"
    redis_url: Annotated[
        str | None, Field(description="Redis: with PostgreSQL it makes several servers one, and it is where a fleet of artists is met.")
    ] = None
    artists: Annotated[
        Literal["local", "fleet"], Field(description="Who draws: local, this machine's workers; fleet, those that it meets at Redis.")
    ] = "local"
    draw_seconds: Annotated[int, Field(ge=15, le=240, description="A new room's time to draw.")] = 80
    language: Annotated[str, Field(description="A new room's language: en, it, es, fr, de or pt.")] = "en"
    room_bounds: Annotated[
        dict[str, tuple[int, int]], Field(description='What hosts may set, other than by default, as JSON: {"draw_seconds": [15, 600]}.')
    ] = Field(default_factory=dict)
    keep_drawings_days: Annotated[
        int, Field(ge=0, le=36500, description="Days after which drawings are deleted; 0 keeps them for ever. Scores and guesses stay.")
    ] = 0
    admin_token: Annotated[
        str | None, Field(min_length=16, description="Opens the admin page, and lets who has it delete any drawing; at least 16 characters.")
    ] = None
    metrics: Annotated[
        Literal["local", "open", "off"],
        Field(description="Who may read /metrics: local, this machine and who has the token; open, everybody; off, nobody."),
    ] = "local"
    log_format: Annotated[Literal["text", "json"], Field(description="How the log is written: text for people, json (JSON Lines) for programs.")] = (
        "text"
    )
    sockets: Annotated[
        Literal["direct", "asgi"],
        Field(description="How connections are carried: direct is the fast way, over a class of uvicorn's; asgi what every server knows."),
    ] = "direct"
    connections_per_address: Annotated[
        int,
        Field(
            ge=0,
            description="Connections of players that one network address may have open; 0: any number. All behind an untrusted proxy have one.",
        ),
    ] = 200
    handshake_seconds: Annotated[
        float, Field(gt=0, le=300, description="How long a request may take to come, and then a player's first message; who takes longer is cut off.")
    ] = 10.0
    trusted_proxies: Annotated[
        str, Field(description="Addresses and networks, with commas between, whose X-Forwarded-For and X-Forwarded-Proto are believed.")
    ] = "127.0.0.1,::1"
    seed: Annotated[int | None, Field(description="Makes the games of this server the same each time; for trying things out.")] = None

    @field_validator("public_url")
    @classmethod
    def _is_web_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ValueError(f"a web address such as https://play.example.org was expected; got {value!r}")
        return value.rstrip("/")

    @field_validator("redis_url")
    @classmethod
    def _is_redis_address(cls, value: str | None) -> str | None:
        if value is not None and urlsplit(value).scheme not in ("redis", "rediss", "unix"):
            raise ValueError(f"an address such as redis://10.0.0.5:6379/0, or rediss:// or unix://, was expected; got {value!r}")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, value: str) -> str:
        for each in value.split(","):
            try:
                ip_network(each.strip())
            except ValueError:
                raise ValueError(f"addresses and networks such as 10.0.0.5 or 10.0.0.0/24 were expected, with commas between; got {each!r}") from None
        return value

    @field_validator("room_bounds")
    @classmethod
    def _are_bounds(cls, value: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
        for name, (low, high) in value.items():
            if name not in BOUNDS:
                raise ValueError(f"bounds are for {', '.join(BOUNDS)}; got {name!r}")
            if not 0 <= low <= high:
                raise ValueError(f"{name}: a lowest and a highest value from 0 up were expected; got {[low, high]}")
            if name in _hard_limits and not _hard_limits[name][0] <= low <= high <= _hard_limits[name][1]:
                raise ValueError(f"{name}: within {list(_hard_limits[name])} was expected; got {[low, high]}")
        return value

    @property
    def fleet_perceptors(self) -> tuple[str, ...]:
        """What rooms may choose beside the usual perceptor."""
        names = (name.strip() for name in self.other_perceptors.split(","))
        return tuple(dict.fromkeys(name for name in names if name and name != self.perceptor))

    @property
    def store_url(self) -> str:
        """The database's SQLAlchemy URL."""
        return self.database_url or f"sqlite+aiosqlite:///{(self.data_dir / 'guesstroke.db').absolute()}"


def read_settings(**given: object) -> Settings:
    """Settings from the environment, what the command line gives taking precedence. Raises Mistake."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        raise Mistake("; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())) from error
