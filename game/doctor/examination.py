"""All checks, one after another."""

from collections.abc import Iterator

from game.doctor import machine, reach, services
from game.doctor.artist import check_artist
from game.doctor.finding import Finding
from game.settings import Settings


def examine(settings: Settings, *, with_artist: bool = True) -> Iterator[Finding]:
    """Every finding, as soon as it is made. Blocks."""
    yield from machine.check_libraries()
    yield from machine.check_memory(settings)
    yield from machine.check_folder(settings)
    yield from machine.check_files()
    yield from machine.check_port(settings)
    yield from services.check_database(settings)
    yield from services.check_redis(settings.redis_url)
    yield from reach.check_trust(settings)
    yield from reach.check_network(settings)
    yield from reach.check_public_url(settings)
    if with_artist:
        yield from check_artist(settings)
