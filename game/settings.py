"""Every setting of the server, read from the environment (GUESSTROKE_*) and the command line."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from game.resources import resource_folder


class Settings(BaseSettings):
    """The settings, each with its default; a value that makes no sense is refused at start with its name."""

    model_config = SettingsConfigDict(env_prefix="GUESSTROKE_", env_ignore_empty=True)

    host: Annotated[str, Field(description="Address to listen on; 0.0.0.0 lets the local network in.")] = "0.0.0.0"
    port: Annotated[int, Field(ge=0, le=65535, description="TCP port to listen on; 0 takes any free one.")] = 8000
    public_url: Annotated[str | None, Field(description="The address that players type, if it is not this machine's own.")] = None
    data_dir: Annotated[Path, Field(description="Folder for the database and the signing key.")] = Path("data")
    database_url: Annotated[str | None, Field(description="Any SQLAlchemy async URL; by default SQLite in the data folder.")] = None
    words: Annotated[Path, Field(description="The word pack, one word a line.")] = Field(
        default_factory=lambda: resource_folder("words") / "english.txt"
    )
    perceptor: Annotated[str, Field(description="doodle-clip, or any open_clip model as name or name:tag or name:file.")] = "doodle-clip"
    artist_workers: Annotated[int, Field(ge=0, le=64, description="Worker processes for the artist; 0: cores minus one.")] = 0
    draw_seconds: Annotated[int, Field(ge=15, le=240, description="A new room's time to draw.")] = 80
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

    @property
    def store_url(self) -> str:
        """The database's SQLAlchemy URL."""
        return self.database_url or f"sqlite+aiosqlite:///{(self.data_dir / 'guesstroke.db').absolute()}"
