"""Builds the ASGI application: wiring only."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI

from game.bus.local import LocalBus
from game.gateway.identity import Identities
from game.gateway.open_connections import OpenConnections
from game.gateway.rate_limits import Budgets
from game.gateway.socket import Gateway
from game.health import Health
from game.http import answers, away, drawings, gallery, leaderboard, lobbies, me, pages, probes, statistics
from game.http.asker import Askers
from game.http.body_limit import BodyLimit
from game.http.page import Page
from game.rendering import Renderer
from game.resources import resource_folder
from game.rooms.registry import House, Rooms
from game.rooms.snapshots import Snapshots
from game.rules.lobby_settings import BOUNDS, LobbySettings
from game.rules.vocabulary import ALL_THEMES
from game.settings import Settings
from game.store.kept_drawings import KeptDrawings
from game.store.retention import Retention
from game.store.session import connect, migrate
from game.store.writer import ResultWriter
from game.studio.base import Studio
from game.studio.keeping import KeepingStudio
from game.studio.knowledge import undrawable_words
from game.studio.local import LocalStudio
from game.words.daily import daily_source
from game.words.loading import load_list, load_packs
from game.words.profanity import ProfanityFilter


def build_app(settings: Settings, invite_base: str, studio: Studio | None = None, *, migrated: bool = True) -> FastAPI:
    """Wire the server together. `invite_base` is the address that invite links start with.

    `migrated`: whether the database is up to date; if it could not be reached, it is brought up to date as soon as it can.
    """
    vocabulary = load_list(settings.words) if settings.words else load_packs(resource_folder("words") / "packs", undrawable_words(settings.perceptor))
    innocent = [word.text for language in vocabulary.languages for word in vocabulary.words(language, ALL_THEMES, "mixed")]
    engine, sessions = connect(settings.store_url)
    bus, results = LocalBus(), ResultWriter(sessions, settings.data_dir / "journal", None if migrated else partial(migrate, settings.store_url))
    snapshots = Snapshots(settings.data_dir / "rooms")
    artists = KeepingStudio(studio or LocalStudio(settings.perceptor, settings.artist_workers), KeptDrawings(sessions))
    language = settings.language if settings.language in vocabulary.languages else vocabulary.languages[0]
    room_settings = LobbySettings(draw_seconds=settings.draw_seconds, language=language)
    identities = Identities.from_key_file(settings.data_dir / "signing.key")
    house = House(
        invite_base,
        vocabulary,
        room_settings,
        {**BOUNDS, **settings.room_bounds},
        ProfanityFilter(innocent).censor,
        daily_source(vocabulary, identities.derived_secret("daily words")),
        settings.seed,
    )
    rooms = Rooms(house, bus, artists, results.keep, snapshots)
    health = Health(rooms, results, snapshots, settings.data_dir)
    askers = Askers(identities, rooms, settings.admin_token)
    renderer = Renderer()
    budgets = Budgets()
    retention = Retention(sessions, results, settings.keep_drawings_days)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        results.start()
        retention.start()
        await artists.start()
        rooms.reopen()
        health.start()
        try:
            yield
        finally:
            rooms.suspend()
            await health.stop()
            await artists.stop()
            renderer.stop()
            await retention.stop()
            await results.stop()
            await engine.dispose()

    app = FastAPI(title="Guesstroke", lifespan=lifespan)
    app.add_middleware(BodyLimit)
    app.state.suspend = rooms.suspend
    app.include_router(lobbies.router(rooms, identities, budgets))
    app.include_router(gallery.router(sessions, results, askers, renderer))
    app.include_router(drawings.router(sessions, results, askers, renderer))
    app.include_router(leaderboard.router(sessions))
    app.include_router(statistics.router(sessions))
    app.include_router(me.router(sessions, results, askers, invite_base))
    answers.install(app)
    away.install(app)
    gateway = Gateway(
        rooms, bus, identities, settings.public_url, settings.handshake_seconds, OpenConnections(settings.connections_per_address), budgets
    )
    app.include_router(gateway.router())

    page = Page(resource_folder("static"))

    app.include_router(probes.router(health, page.build))
    pages.install(app, page, identities)
    return app
