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
    public_url: Annotated[str | None, Field(description="The address that players type, if it is not this machine's own.")] = None
    data_dir: Annotated[Path, Field(description="Folder for the database and the signing key.")] = Path("data")
    database_url: Annotated[str | None, Field(description="Any SQLAlchemy async URL; by default SQLite in the data folder.")] = None
    words: Annotated[Path | None, Field(description="A word pack of your own, one word a line, instead of the bundled ones.")] = None
    perceptor: Annotated[str, Field(description="doodle-clip, or any open_clip model as name or name:tag or name:file.")] = "doodle-clip"
    artist_workers: Annotated[int, Field(ge=0, le=64, description="Worker processes for the artist; 0: cores minus one.")] = 0
    draw_seconds: Annotated[int, Field(ge=15, le=240, description="A new room's time to draw.")] = 80
    language: Annotated[str, Field(description="A new room's language: en, it, es, fr, de or pt.")] = "en"
    room_bounds: Annotated[
        dict[str, tuple[int, int]], Field(description='What hosts may set, other than by default, as JSON: {"draw_seconds": [15, 600]}.')
    ] = Field(default_factory=dict)
    keep_drawings_days: Annotated[int, Field(ge=0, le=36500, description="Days after which drawings are deleted; 0 keeps them for ever.")] = 0
    admin_token: Annotated[str | None, Field(min_length=16, description="Lets who has it delete any drawing over HTTP.")] = None
    sockets: Annotated[
        Literal["direct", "asgi"], Field(description="How players' connections are carried: direct is the fast way, asgi what every server knows.")
    ] = "direct"
    connections_per_address: Annotated[
        int, Field(ge=0, description="How many connections of players one network address may have open; 0 for any number.")
    ] = 200
    handshake_seconds: Annotated[float, Field(gt=0, le=300, description="How long a request may take to come, and then the first message.")] = 10.0
    trusted_proxies: Annotated[
        str, Field(description="Addresses and networks of proxies, with commas between, that are believed whom they speak for.")
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
    def store_url(self) -> str:
        """The database's SQLAlchemy URL."""
        return self.database_url or f"sqlite+aiosqlite:///{(self.data_dir / 'guesstroke.db').absolute()}"


def read_settings(**given: object) -> Settings:
    """Settings from the environment, what the command line gives taking precedence. Raises Mistake."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        raise Mistake("; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())) from error
