"""Bringing the database's tables up to date with Alembic; `session.migrate` asks for it where there is something to do."""

from alembic import command
from alembic.config import Config
from alembic.util import CommandError

from game.mistake import Mistake
from game.resources import resource_folder


def upgrade(url: str) -> None:
    """Take the database to the newest revision. Blocks; raises Mistake for one of a newer version."""
    try:
        command.upgrade(alembic_config(url), "head")
    except CommandError as error:
        raise Mistake(
            f"The database's tables are not of a version that this one knows ({error}). Use the Guesstroke that made them, or a backup from before."
        ) from error


def alembic_config(url: str) -> Config:
    """What Alembic's commands need for this database."""
    config = Config()
    config.set_main_option("script_location", str(resource_folder("migrations")))
    config.attributes["url"] = url
    return config
