"""What servers that are one, and those with a fleet of artists, tell beside the rest."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from game.cluster.rooms import ClusterRooms
    from game.studio.cluster import ClusterStudio


@dataclass(frozen=True, slots=True, eq=False)
class NodeCollector(Collector):
    """Of one node of several."""

    rooms: "ClusterRooms"

    def describe(self) -> Iterable[Metric]:
        """See Collector."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """See Collector."""
        node = self.rooms.node
        yield GaugeMetricFamily("guesstroke_nodes", "Servers that are one, as this one sees them.", len(node.living()))
        yield GaugeMetricFamily("guesstroke_guests", "Players of rooms here whose connections are at other nodes.", node.guests.count)
        yield GaugeMetricFamily("guesstroke_lease_is_sure", "1 while this node certainly owns its rooms; else they hold still.", int(node.is_sure()))
        yield GaugeMetricFamily("guesstroke_redis_is_away", "1 while nothing goes between nodes.", int(node.links.is_away))
        sent = node.links.messages
        yield CounterMetricFamily("guesstroke_link_messages", "Messages sent to other nodes, each with all that came about in a moment.", sent)


@dataclass(frozen=True, slots=True, eq=False)
class FleetCollector(Collector):
    """Of artists on other machines."""

    studio: "ClusterStudio"

    def describe(self) -> Iterable[Metric]:
        """See Collector."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """See Collector."""
        state, counts = self.studio.state, self.studio.counts
        workers = GaugeMetricFamily("guesstroke_fleet_workers", "Machines that draw.", labels=("perceptor", "device"))
        for (perceptor, device), count in Counter((worker.perceptor, worker.device) for worker in state.workers).items():
            workers.add_metric((perceptor, device), count)
        yield workers
        waiting = GaugeMetricFamily("guesstroke_fleet_waiting", "Drawings that no machine has taken yet.", labels=("wanted",))
        for wanted, count in state.waiting.items():
            waiting.add_metric((wanted,), count)
        yield waiting
        drawings = CounterMetricFamily("guesstroke_fleet_drawings", "Drawings that were made, by whom.", labels=("by",))
        drawings.add_metric(("fleet",), counts.by_fleet)
        drawings.add_metric(("this_machine",), counts.by_this_machine)
        yield drawings
        yield CounterMetricFamily("guesstroke_fleet_waits", "Drawings that were wanted at once and that a machine has begun.", counts.waits)
        yield CounterMetricFamily("guesstroke_fleet_wait_seconds", "How long these had waited, all together.", counts.waited_seconds)
