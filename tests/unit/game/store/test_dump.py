import asyncio
import gzip
import json
from contextlib import asynccontextmanager
from threading import Thread

import pytest
from sqlalchemy import func, insert, select

from game.rules.effects import ChatLine, ReportRecord
from game.store.dump import DumpError, export_store, import_store
from game.store.entries import ForgetPlayer
from game.store.models import BanRow, Base, JournalRow, KeptDrawingRow, PlayerRow, ReportRow, TransferRow, TurnRow
from game.store.session import connect, newest_revision
from tests.databases import emptied
from tests.unit.game.store.sample import NOON, began, ended, guess, put, turn


def silent(*_):
    pass


@asynccontextmanager
async def store(url):
    """The engine and the sessions of a database."""
    engine, sessions = connect(url)
    try:
        yield engine, sessions
    finally:
        await engine.dispose()


async def contents(engine):
    """All rows of all tables whose rows last."""
    async with engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in await connection.execute(select(table).order_by(*table.primary_key))]
            for table in Base.metadata.sorted_tables
            if not table.info.get("of_the_moment")
        }


async def fill(sessions):
    """Something in every table."""
    lines = (ChatLine("ben", "Ben", 'tab\t«ünï»\u2028, "quoted"\nnext'), ChatLine("ada", "Ada", ""))
    right = (guess("ben", 9.5), guess("robot", 0.1, is_ai=True))
    await put(
        sessions, began(), turn(guesses=right, missed=("cyd",)), turn(2, drawer="dan", ink=b"", times=()), ended(ada=2**31 - 1, ben=5),
        ReportRecord("room", "g1", 2, "ada", "Ada", "ben", "Ben", "rude", bytes(range(256)), lines), began("g2", host_id=""), ForgetPlayer("dan"),
        began("duel", game_mode="duel"), turn(game="duel", for_person=3, for_machine=1),
    )  # fmt: skip
    async with sessions.begin() as session:
        session.add(TransferRow(digest="d" * 64, player_id="ada", expires=NOON))
        session.add(JournalRow(id="j" * 32, applied=7))
        session.add(BanRow(player_id="ben", nickname="Ben", reason="rude", made=NOON))
        session.add(KeptDrawingRow(name="2026-11-25/en/1", data=bytes(range(256)), made=NOON))


@pytest.fixture
def other(url, request, templates):
    """An empty database of the other kind."""
    return emptied(request.getfixturevalue("postgres")) if url.startswith("sqlite") else templates.sqlite()


@pytest.fixture
async def exported(url, tmp_path):
    """A file of a store with something in every table."""
    async with store(url) as (engine, sessions):
        await fill(sessions)
        await export_store(engine, tmp_path / "store.jsonl", silent)
    return tmp_path / "store.jsonl"


@pytest.mark.parametrize("name", ["store.jsonl", "store.jsonl.gz"])
async def test_a_store_goes_to_the_other_kind_of_database_and_back(url, other, templates, tmp_path, name):
    async with store(url) as (engine, sessions):
        await fill(sessions)
        before = await contents(engine)
        assert all(before.values())
        rows = sum(map(len, before.values()))
        told = []
        assert await export_store(engine, tmp_path / name, lambda *how: told.append(how)) == rows
        assert (tmp_path / name).read_bytes()[:2] == (b"\x1f\x8b" if name.endswith(".gz") else b'{"')
        assert [how for how in told if how[0] == "players" and how[1]] == [("players", len(before["players"]), len(before["players"]))]
    async with store(other) as (engine, _):
        told.clear()
        assert await import_store(engine, tmp_path / name, lambda *how: told.append(how)) == rows
        assert sum(done for _, done, _ in told) == rows
        assert await contents(engine) == before
        await export_store(engine, tmp_path / "back", silent)
    again = templates.sqlite() if url.startswith("sqlite") else await asyncio.to_thread(emptied, url)
    async with store(again) as (engine, _):
        assert await import_store(engine, tmp_path / "back", silent) == rows
        assert await contents(engine) == before
    assert {path.name for path in tmp_path.iterdir()} >= {name, "back"}
    assert not list(tmp_path.glob("*.part"))


async def test_games_go_on_in_a_database_that_was_imported(exported, other):
    async with store(other) as (engine, sessions):
        await import_store(engine, exported, silent)
        before = await contents(engine)
        await put(sessions, began("g3"), turn(game="g3"), ended("g3", ada=1), ReportRecord("room", "", 0, "ada", "Ada", "ben", "Ben", "", b"", ()))
        async with sessions() as session:
            assert await session.scalar(select(func.max(TurnRow.id))) > max(row[0] for row in before["turns"])
            assert await session.scalar(select(func.max(ReportRow.id))) > max(row[0] for row in before["reports"])


async def test_more_rows_than_are_read_at_once(url, other, tmp_path):
    players = [{"id": f"p{number}", "nickname": "x", "is_ai": False, "first_seen": NOON} for number in range(2500)]
    async with store(url) as (engine, sessions):
        async with sessions.begin() as session:
            await session.execute(insert(PlayerRow), players)
        told = []
        await export_store(engine, tmp_path / "store", lambda *how: told.append(how))
        assert [how for how in told if how[0] == "players"] == [("players", done, 2500) for done in (0, 1000, 2000, 2500)]
    async with store(other) as (engine, _):
        assert await import_store(engine, tmp_path / "store", silent) == 2500
        assert len((await contents(engine))["players"]) == 2500


async def test_an_empty_store_can_be_taken_along_too(url, other, tmp_path):
    async with store(url) as (engine, _):
        assert await export_store(engine, tmp_path / "store", silent) == 0
    async with store(other) as (engine, _):
        assert await import_store(engine, tmp_path / "store", silent) == 0


async def test_what_is_played_during_an_export_is_not_half_in_it(url, other, tmp_path):
    async with store(url) as (engine, sessions):
        await put(sessions, began(), turn())

        async def play(number):
            async with store(url) as (_, others):
                await put(others, turn(number, drawer=f"new{number}"))

        number = 1

        def play_on(name, done, _):
            """Another process writes between two tables."""
            nonlocal number
            if not done and name in ("turns", "drawings", "guesses"):
                number += 1
                in_thread(play(number))

        await export_store(engine, tmp_path / "store", play_on)
        async with sessions() as session:
            assert await session.scalar(select(func.count()).select_from(TurnRow)) == number == 4
    async with store(other) as (engine, _):
        await import_store(engine, tmp_path / "store", silent)
        found = await contents(engine)
    assert [len(found[name]) for name in ("turns", "drawings", "guesses")] == [1, 1, 1]


def in_thread(work):
    """Have it done in a loop of its own while this one stands still."""
    thread = Thread(target=asyncio.run, args=(work,))
    thread.start()
    thread.join()


async def test_an_import_needs_an_empty_store(exported, url, other):
    for each in (url, other):
        async with store(each) as (engine, sessions):
            if each == other:
                await put(sessions, began("g9"))
            before = await contents(engine)
            with pytest.raises(DumpError, match=r"needs an empty store; this one has rows in .*games"):
                await import_store(engine, exported, silent)
            assert await contents(engine) == before


def lines_of(path):
    return path.read_text().split("\n")[:-1]


def changed(line, place, value):
    row = json.loads(line)
    row[place] = value
    return json.dumps(row)


def broken(lines):
    """The file's lines with one thing wrong, and what is said about it."""
    game = next(number for number, line in enumerate(lines) if line.startswith('["games"'))
    line = lines[game]
    for instead in (
        line[:-3], "{}", "5", "[]", "null", '["nothing", 1]', '[["games"]]', '["games", 1]', "[" * 100_000, '{"rows":' * 100_000,
        changed(line, 1, 5), changed(line, 3, "many"), changed(line, 3, True),
        changed(line, 1, None), changed(line, 10, "yesterday"), changed(line, 10, 20261125), changed(line, 8, 1),
    ):  # fmt: skip
        yield [*lines[:game], instead, *lines[game + 1 :]], f"Line {game + 1} is no row of a store"
    yield [*lines[: game + 1], line, *lines[game + 1 : -1], json.dumps({"rows": len(lines) - 1})], "has rows that this database does not take"
    nobody = next(number for number, line in enumerate(lines) if line.startswith('["players"'))
    yield [*lines[:nobody], *lines[nobody + 1 : -1], json.dumps({"rows": len(lines) - 3})], "has rows that this database does not take"
    yield [*lines[:-1]], "not whole: it ends with line"
    yield [*lines[:game]], "not whole"
    yield [*lines[:-2], lines[-1]], "not whole"
    yield [*lines, lines[-2]], "comes after the end"
    header = json.loads(lines[0])
    yield [json.dumps(header | {"revision": "0002"}), *lines[1:]], f"of revision 0002; this version reads .* of revision {newest_revision()}"
    yield [json.dumps(header | {"format": "guesstroke store 2"}), *lines[1:]], "guesstroke store 2"
    yield lines[1:], "is no export of a store"
    yield ["hello"], "is no export of a store"
    yield ["[]"], "is no export of a store"
    yield [], "is no export of a store"


async def test_a_file_that_is_not_right_is_refused_whole(exported, other):
    lines = lines_of(exported)
    async with store(other) as (engine, _):
        for wrong, said in broken(lines):
            exported.write_text("".join(f"{line}\n" for line in wrong))
            with pytest.raises(DumpError, match=said):
                await import_store(engine, exported, silent)
        assert not any((await contents(engine)).values())


async def test_what_is_too_long_for_the_other_database_is_said(exported, other):
    """SQLite does not mind how long a text is."""
    lines = [changed(line, 2, "x" * 40) if line.startswith('["players"') else line for line in lines_of(exported)]
    exported.write_text("\n".join(lines) + "\n")
    async with store(other) as (engine, _):
        if other.startswith("sqlite"):
            await import_store(engine, exported, silent)
        else:
            with pytest.raises(DumpError, match="value too long for type character varying"):
                await import_store(engine, exported, silent)
            assert not any((await contents(engine)).values())


async def test_a_compressed_file_that_is_damaged_is_refused_whole(exported, other, tmp_path):
    packed = gzip.compress(exported.read_bytes())
    middle = len(packed) // 2
    for wrong in (packed[:middle], packed[:-1], packed[:middle] + bytes(20) + packed[middle + 20 :], b"hello", packed[:12] + b"\xff" * 9, b""):
        file = tmp_path / "store.jsonl.gz"
        file.write_bytes(wrong)
        async with store(other) as (engine, _):
            with pytest.raises(DumpError):
                await import_store(engine, file, silent)
            assert not any((await contents(engine)).values())
    exported.write_bytes(b"\xff\xfe" + exported.read_bytes())
    async with store(other) as (engine, _):
        with pytest.raises(DumpError, match="cannot be read to its end"):
            await import_store(engine, exported, silent)


async def test_an_export_that_fails_leaves_no_file_and_an_older_one_alone(url, tmp_path):
    (tmp_path / "store").write_text("older")

    def fail(*_):
        raise RuntimeError("Ctrl+C")

    async with store(url) as (engine, _):
        with pytest.raises(RuntimeError):
            await export_store(engine, tmp_path / "store", fail)
    assert (tmp_path / "store").read_text() == "older"
    assert not list(tmp_path.glob("*.part"))
