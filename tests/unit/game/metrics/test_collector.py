"""What /metrics tells is what has happened, and what the documentation and the dashboard speak of."""

import asyncio
import json
import re
from types import SimpleNamespace

import pytest
from prometheus_client.exposition import generate_latest

from game.gateway.connection import Connection
from game.gateway.ink_pace import InkPace
from game.gateway.open_connections import OpenConnections
from game.gateway.rate_limits import Budgets
from game.gateway.traffic import Traffic
from game.metrics.collector import ServerCollector, registry_of
from game.metrics.loop_lag import LoopLag
from game.metrics.together import FleetCollector, NodeCollector
from game.protocol.client_messages import Hello
from game.protocol.ink import encode_frame
from game.protocol.limits import PROTOCOL_VERSION
from game.rooms.room import Room
from game.studio.fleet.state import FleetCounts, FleetState
from game.studio.measuring import MeasuredStudio
from tests.conftest import REPOSITORY
from tests.unit.game.gateway.test_ink_pace import BEGIN, END, Line, points
from tests.unit.game.rooms.test_registry import Host, playing

OPERATING = (REPOSITORY / "docs" / "operating.md").read_text()
DASHBOARD = (REPOSITORY / "docs" / "operating" / "dashboard.json").read_text()
_kinds = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count"), "gauge": ("",)}


NODES = SimpleNamespace(
    node=SimpleNamespace(
        living=lambda: ["one", "two"], is_sure=lambda: True, guests=SimpleNamespace(count=3), links=SimpleNamespace(is_away=False, messages=9)
    )
)
FLEET = SimpleNamespace(
    state=FleetState(True, (), {"now": 2, "ahead": 1}), counts=FleetCounts(by_fleet=5, by_this_machine=1, waits=5, waited_seconds=2.5)
)


class Server:
    """All that is measured, with one room in which Ada draws for Ben."""

    def __init__(self, host: Host, room: Room) -> None:
        self.host, self.room = host, room
        self.traffic, self.budgets, self.places, self.lag = Traffic(), Budgets(), OpenConnections(1), LoopLag()
        gateway = SimpleNamespace(traffic=self.traffic, budgets=self.budgets, open_connections=self.places, bans=frozenset())
        health = SimpleNamespace(results=SimpleNamespace(pending=3, unfiled=0), problems={"disk": "full"})
        self.registry = registry_of(
            ServerCollector(self.host.rooms, self.host.bus, gateway, MeasuredStudio(None), health, self.lag),
            NodeCollector(NODES),
            FleetCollector(FLEET),
        )

    def enter(self, player: str) -> Connection:
        budgets = self.budgets.of_connection(player, "10.0.0.1")
        connection = Connection(self.room, InkPace(at_once=60), player, budgets, Line(), lambda connection: None, self.traffic)
        connection.enter(Hello(PROTOCOL_VERSION, player.capitalize()), "10.0.0.1")
        return connection

    def value(self, name: str, **labels: str) -> float | None:
        return self.registry.get_sample_value(name, labels)


@pytest.fixture
async def server(tmp_path):
    host = Host(tmp_path)
    room, *_ = await playing(host)
    server = Server(host, room)
    yield server
    await server.host.rooms.suspend()


async def test_rooms_messages_ink_and_limits_are_counted(server):
    ada, ben = server.enter("ada"), server.enter("ben")
    sent = server.value("guesstroke_messages_sent_total", type="ink")
    ada.take_ink([encode_frame(1, BEGIN)])
    for x in range(63):
        ada.take_ink([encode_frame(1, points(x))])
    assert server.value("guesstroke_messages_sent_total", type="ink") == sent + 64, "Ben alone looks on"
    ben.outgoing.pause()
    ada.take_ink([encode_frame(1, END)])
    assert server.value("guesstroke_slow_lines_total") == 1
    assert server.value("guesstroke_events_left_out_total") == 1
    ben.outgoing.resume()
    ben.take_text('{"type":"say","text":"is it a whale?"}')
    ben.take_text('{"type":"say","text":"or a boat?"}')
    assert server.value("guesstroke_rooms", phase="drawing", visibility="private") == 1
    assert server.value("guesstroke_rooms", phase="lobby", visibility="public") == 0
    assert server.value("guesstroke_players_connected") == 2
    assert server.value("guesstroke_messages_received_total", type="ink") == server.value("guesstroke_ink_handed_on_total") == 65
    assert server.value("guesstroke_messages_received_total", type="say") == 2
    assert server.value("guesstroke_ink_latency_seconds_count") == 1, "one in 64 is timed"
    assert server.value("guesstroke_rate_limited_total", budget="chat") == 0
    for _ in range(20):
        ben.take_text('{"type":"say","text":"a house?"}')
    assert server.value("guesstroke_rate_limited_total", budget="chat") >= 1
    assert server.value("guesstroke_outbox_waiting") == 3
    assert server.value("guesstroke_problems") == 1
    server.places.enter("10.0.0.1")
    server.places.enter("10.0.0.1")
    assert server.value("guesstroke_rate_limited_total", budget="connections") == 1
    ada.take_text("junk")
    assert server.value("guesstroke_cut_off_total", reason="junk") == 1
    for connection in (ada, ben):
        connection.outgoing.stop()


async def test_the_loops_lag_is_looked_at_again_and_again(server):
    server.lag.start()
    loop = asyncio.get_running_loop()
    server.lag._look(loop, loop.time() - 0.3)
    server.lag.stop()
    assert server.value("guesstroke_loop_lag_seconds_bucket", le="0.2") == 0
    assert server.value("guesstroke_loop_lag_seconds_bucket", le="0.5") == 1


def told(registry) -> dict[str, str]:
    """Each of the server's own metrics, as Prometheus knows it, with its kind."""
    text = generate_latest(registry).decode()
    return {
        name.removesuffix("_total"): kind
        for name, kind in re.findall(r"^# TYPE (guesstroke_\w+) (\w+)$", text, re.MULTILINE)
        if not name.endswith("_created")
    }


async def test_the_documentation_and_the_dashboard_speak_of_what_is_told_and_of_all_of_it(server):
    metrics = told(server.registry)
    wanted = {name + end for name, kind in metrics.items() for end in _kinds[kind]}
    rows = re.findall(r"^\| `(guesstroke_\w+)`", OPERATING, re.MULTILINE)
    assert sorted(rows) == sorted(name + ("_total" if kind == "counter" else "") for name, kind in metrics.items())
    shown = set(
        re.findall(r"guesstroke_\w+", " ".join(target["expr"] for panel in json.loads(DASHBOARD)["panels"] for target in panel.get("targets", [])))
    )
    assert shown - wanted == set()
    assert {name for name, kind in metrics.items() if not shown & {name + end for end in _kinds[kind]}} == set()
    assert set(re.findall(r"guesstroke_\w+", OPERATING)) - wanted - metrics.keys() == set(), "in a sentence or an alert"


async def test_other_servers_and_artists_elsewhere_are_told_of(server):
    assert server.value("guesstroke_nodes") == 2
    assert server.value("guesstroke_guests") == 3
    assert server.value("guesstroke_fleet_waiting", wanted="now") == 2
    assert server.value("guesstroke_fleet_drawings_total", by="fleet") == 5


async def test_a_process_is_told_of_too(server):
    assert server.value("process_resident_memory_bytes") > 1e7
