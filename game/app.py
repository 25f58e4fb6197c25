"""Builds the ASGI application: wiring only."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI
from prometheus_client.registry import Collector

from game.bus.local import LocalBus
from game.gateway.identity import Identities
from game.gateway.open_connections import OpenConnections
from game.gateway.rate_limits import Budgets, ByAddress, for_passwords
from game.gateway.socket import Gateway
from game.health import Health
from game.http import admin, answers, away, drawings, gallery, leaderboard, lobbies, me, metrics, pages, probes, statistics
from game.http.asker import Askers
from game.http.body_limit import BodyLimit
from game.http.page import Page
from game.metrics.collector import ServerCollector, registry_of
from game.metrics.loop_lag import LoopLag
from game.metrics.together import FleetCollector, NodeCollector
from game.rendering import Renderer
from game.resources import resource_folder
from game.rooms.local_rooms import LocalRooms
from game.rooms.registry import House, Rooms
from game.rooms.snapshots import Snapshots
from game.rules.lobby_settings import BOUNDS, LobbySettings
from game.rules.vocabulary import ALL_THEMES
from game.settings import Settings
from game.store.bans import Bans
from game.store.kept_drawings import KeptDrawings
from game.store.retention import Retention
from game.store.session import connect, migrate
from game.store.writer import ResultWriter
from game.studio.base import Studio
from game.studio.choosing import studio_of
from game.studio.keeping import KeepingStudio
from game.studio.knowledge import undrawable_words
from game.studio.measuring import MeasuredStudio
from game.words.daily import daily_source
from game.words.loading import load_list, load_packs
from game.words.profanity import ProfanityFilter


def _rooms(settings: Settings, house: House, studio: Studio, results: ResultWriter, identities: Identities, budgets: Budgets) -> Rooms:
    """The rooms of this server: alone, or as one of several."""
    tries = ByAddress(for_passwords)

    def may_try(address: str, now: float) -> bool:
        is_allowed = tries.take(address, now)
        budgets.refusals["password"] += not is_allowed
        return is_allowed

    if settings.redis_url is None or (settings.artists == "fleet" and not settings.store_url.startswith("postgresql")):
        return LocalRooms(house, LocalBus(), studio, results.keep, Snapshots(settings.data_dir / "rooms"), may_try)
    from game.cluster.node import Node  # with Redis's client, which one server alone needs not have

    return Node(settings.redis_url, settings.store_url, identities.derived_secret("nodes"), budgets).build_rooms(house, studio, results, may_try)


def _together(rooms: Rooms, studio: Studio) -> Iterator[Collector]:
    """What is told of other servers, and of artists elsewhere, where there are some."""
    if not isinstance(rooms, LocalRooms):
        yield NodeCollector(rooms)  # type: ignore[arg-type]  # there are no others
    if hasattr(studio, "state"):
        yield FleetCollector(studio)  # type: ignore[arg-type]  # only a fleet's has that


def build_app(settings: Settings, invite_base: str, studio: Studio | None = None, *, migrated: bool = True) -> FastAPI:
    """Wire the server together. `invite_base` is the address that invite links start with.

    `migrated`: whether the database is up to date; if it could not be reached, it is brought up to date as soon as it can.
    """
    vocabulary = load_list(settings.words) if settings.words else load_packs(resource_folder("words") / "packs", undrawable_words(settings.perceptor))
    innocent = [word.text for language in vocabulary.languages for word in vocabulary.words(language, ALL_THEMES, "mixed")]
    engine, sessions = connect(settings.store_url)
    results = ResultWriter(sessions, settings.data_dir / "journal", None if migrated else partial(migrate, settings.store_url))
    measured = MeasuredStudio(studio or studio_of(settings))
    artists = KeepingStudio(measured, KeptDrawings(sessions))
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
        settings.fleet_perceptors,
        settings.seed,
    )
    budgets = Budgets()
    rooms = _rooms(settings, house, artists, results, identities, budgets)
    health = Health(rooms, results, rooms.keeping, settings.data_dir)
    askers = Askers(identities, rooms, settings.admin_token)
    renderer = Renderer()
    bans, lag = Bans(sessions, rooms.banish), LoopLag()
    retention = Retention(sessions, results, settings.keep_drawings_days)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        results.start()
        retention.start()
        await artists.start()
        await rooms.start()
        health.start()
        bans.start()
        lag.start()
        try:
            yield
        finally:
            await rooms.suspend()
            await rooms.stop()
            lag.stop()
            await bans.stop()
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
        rooms, identities, settings.public_url, settings.handshake_seconds, OpenConnections(settings.connections_per_address), budgets, bans
    )
    app.include_router(gateway.router())

    page = Page(resource_folder("static"))

    app.include_router(probes.router(health, page.build))
    app.include_router(
        metrics.router(
            registry_of(ServerCollector(rooms, rooms.bus, gateway, measured, health, lag), *_together(rooms, measured.studio)),
            askers,
            settings.metrics,
        )
    )
    if settings.admin_token:
        app.include_router(admin.router(sessions, rooms, bans, askers, vocabulary))
    pages.install(app, page, identities)
    return app
