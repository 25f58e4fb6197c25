"""Reads the server's own counters when Prometheus asks: in between nothing is computed, and nothing hot knows of Prometheus."""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, get_args

from prometheus_client import CollectorRegistry, Metric, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from game.bus.local import LocalBus
from game.gateway.rate_limits import RATES
from game.gateway.socket import Gateway
from game.health import Health
from game.metrics.loop_lag import LoopLag
from game.protocol import close_codes
from game.protocol.client_messages import AnyClientMessage
from game.protocol.views import Phase
from game.rooms.artist_seat import FIRST_STROKE
from game.rooms.registry import Rooms
from game.studio.measuring import MeasuredStudio

_cut_off: Final = {close_codes.JUNK: "junk", close_codes.TOO_FAST: "too_fast", close_codes.TOO_SLOW: "too_slow"}
"""Why the server closes a connection of its own accord."""
LIMITS: Final = (*RATES, "password", "connections")
"""What is limited: the budgets of game/gateway/rate_limits.py, and what else may be too much."""


@dataclass(frozen=True, slots=True, eq=False)
class ServerCollector(Collector):
    """All that a server tells beside what the process does."""

    rooms: Rooms
    bus: LocalBus
    gateway: Gateway
    studio: MeasuredStudio
    health: Health
    lag: LoopLag

    def collect(self) -> Iterable[Metric]:
        """See Collector."""
        yield from self._people()
        yield from self._wire()
        yield from self._limits()
        yield from self._artist()
        yield from self._keeping()
        yield from self.lag.histogram.collect()

    def describe(self) -> Iterable[Metric]:
        """See Collector: nothing is asked before the server runs."""
        return ()

    def _people(self) -> Iterator[Metric]:
        census = self.rooms.census()
        rooms = GaugeMetricFamily("guesstroke_rooms", "Rooms that are open.", labels=("phase", "visibility"))
        for phase in get_args(Phase):
            for is_public in (True, False):
                rooms.add_metric((phase, "public" if is_public else "private"), census[phase, is_public])
        yield rooms
        yield GaugeMetricFamily("guesstroke_players_connected", "People in rooms whose connection stands.", self.rooms.count()[1])
        yield GaugeMetricFamily("guesstroke_draining", "1 while nobody new is let in.", int(self.rooms.is_draining))
        yield GaugeMetricFamily("guesstroke_bans", "Players who are let into no room.", len(self.gateway.bans))

    def _wire(self) -> Iterator[Metric]:
        traffic = self.gateway.traffic
        received = CounterMetricFamily("guesstroke_messages_received", "Messages of players that could be read, by type.", labels=("type",))
        received.add_metric(("ink",), traffic.ink)
        for kind in get_args(AnyClientMessage):
            received.add_metric((kind.__struct_config__.tag,), traffic.messages[kind])
        yield received
        yield CounterMetricFamily(
            "guesstroke_ink_handed_on", "Frames of ink that went to rooms; fewer than came where several became one.", traffic.ink_handed_on
        )
        sent = CounterMetricFamily("guesstroke_messages_sent", "Events handed to players' connections, those of AI guessers too.", labels=("type",))
        sent.add_metric(("ink",), self.bus.ink)
        sent.add_metric(("message",), self.bus.messages)
        yield sent
        yield from traffic.ink_latency.collect()
        yield CounterMetricFamily("guesstroke_slow_lines", "Times that a line took too little, so that things were left out.", traffic.behind)
        yield CounterMetricFamily("guesstroke_events_left_out", "Events that a slow line was not sent at once, but later as one.", traffic.left_out)

    def _limits(self) -> Iterator[Metric]:
        refusals = self.gateway.budgets.refusals
        refused = CounterMetricFamily("guesstroke_rate_limited", "What was refused because it came too often, by budget.", labels=("budget",))
        for budget in LIMITS:
            refused.add_metric((budget,), self.gateway.open_connections.refused if budget == "connections" else refusals[budget])
        yield refused
        cut_off = CounterMetricFamily("guesstroke_cut_off", "Connections that the server closed for what they did.", labels=("reason",))
        for code, reason in _cut_off.items():
            cut_off.add_metric((reason,), self.gateway.traffic.cut_off[code])
        yield cut_off

    def _artist(self) -> Iterator[Metric]:
        jobs = GaugeMetricFamily("guesstroke_artist_jobs", "Drawings that are wanted: waiting for an artist, or in hand.", labels=("state",))
        jobs.add_metric(("waiting",), self.studio.waiting)
        jobs.add_metric(("in_hand",), self.studio.in_hand)
        yield jobs
        drawings = CounterMetricFamily("guesstroke_drawings", "Drawings of artists that have ended, by what came of them.", labels=("outcome",))
        for outcome, count in self.studio.outcomes.items():
            drawings.add_metric((outcome,), count)
        yield drawings
        looks = CounterMetricFamily("guesstroke_guesser_looks", "Looks that AI guessers had at a canvas.", labels=("outcome",))
        for outcome, count in self.studio.looks.items():
            looks.add_metric((outcome,), count)
        yield looks
        yield from FIRST_STROKE.collect()
        yield from self.studio.similarity.collect()

    def _keeping(self) -> Iterator[Metric]:
        results = self.health.results
        yield GaugeMetricFamily("guesstroke_outbox_waiting", "Results that the database does not have yet.", results.pending)
        yield GaugeMetricFamily(
            "guesstroke_outbox_unfiled", "Of these, those that are in memory alone, for the disk does not take them.", results.unfiled
        )
        yield GaugeMetricFamily("guesstroke_problems", "Parts of the server that /readyz tells something about.", len(self.health.problems))
        yield GaugeMetricFamily("guesstroke_tasks", "Tasks of the event loop.", len(asyncio.all_tasks()))


def registry_of(*collectors: Collector) -> CollectorRegistry:
    """What /metrics tells: these numbers, and those of the process."""
    registry = CollectorRegistry()
    for collector in collectors:
        registry.register(collector)
    ProcessCollector(registry=registry)
    return registry
