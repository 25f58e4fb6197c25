"""What the documentation says in tables is what the code does."""

import json
import re
from dataclasses import fields
from runpy import run_path
from typing import get_args

import pytest

from game.gateway.commands import app as keys_commands
from game.gateway.rate_limits import RATES
from game.protocol import limits
from game.protocol.client_messages import AiStrength, AnyClientMessage, Budget, Difficulty, GameMode, Scoring, WordMode
from game.protocol.close_codes import MEANINGS
from game.protocol.server_messages import ErrorCode, ServerMessage
from game.protocol.turn_messages import EndReason
from game.resources import resource_folder
from game.rooms.strengths import LEAST_SURE, SECONDS_PER_LETTER, STRENGTHS
from game.rules import commissions, polls, seats, turns, votes
from game.rules.daily import WORDS_A_DAY
from game.rules.guesses import judge
from game.rules.judgements import Judgement, duel_points, fooling_points, right_points
from game.rules.lobby_settings import BOUNDS, ONLY_IN_THE_LOBBY, LobbySettings
from game.rules.modes import MODES
from game.rules.scoring import drawer_points, guesser_points
from game.store.commands import app as store_commands
from game.store.hands import Hands
from game.words.loading import load_packs
from tests.conftest import REPOSITORY

RULES = (REPOSITORY / "docs" / "rules.md").read_text()
PROTOCOL = (REPOSITORY / "docs" / "protocol.md").read_text()
HOSTING = (REPOSITORY / "docs" / "hosting.md").read_text()
SECURITY = (REPOSITORY / "docs" / "security.md").read_text()


def table(text: str, first_column: str) -> list[list[str]]:
    """The cells of the table with this first heading, its headings left out."""
    lines = text.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {first_column} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def numbers(text: str) -> list[int]:
    return [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", text)]


def tables_of_types() -> list[list[list[str]]]:
    before, after = PROTOCOL.split("## From the server")
    return [table(before.split("## From the browser")[1], "type"), table(after, "type")]


def test_every_setting_has_its_line():
    rows = {row[0].strip("`"): row for row in table(RULES, "setting")}
    assert list(rows) == [field.name for field in fields(LobbySettings)]
    for name, (_, default, values, when, _) in rows.items():
        assert default == str(getattr(LobbySettings(), name)).replace("True", "true").replace("False", "false")
        assert when == ("lobby" if name in ONLY_IN_THE_LOBBY else "always")
        if name in BOUNDS:
            assert tuple(numbers(values)) == BOUNDS[name]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("game_mode", GameMode), ("ai_strength", AiStrength), ("difficulty", Difficulty), ("word_mode", WordMode), ("scoring", Scoring)],
)
def test_what_may_be_chosen_is_listed(name, kind):
    row = next(row for row in table(RULES, "setting") if row[0] == f"`{name}`")
    assert row[2].split(", ") == list(get_args(kind))


def test_the_languages_are_those_of_the_packs():
    row = next(row for row in table(RULES, "setting") if row[0] == "`language`")
    assert row[2].split(", ") == list(load_packs(resource_folder("words") / "packs").languages)


def test_the_examples_of_guesses_are_judged_so():
    for said, verdict, _ in table(RULES, 'said, for "palm tree"'):
        assert judge(said, "palm tree").value == verdict


def test_the_examples_of_points_are_reckoned_so():
    for scoring, left, before, points in table(RULES, "scoring"):
        assert guesser_points(scoring, 1000 * int(left), 80_000, int(before), is_ai=False) == int(points)
    for people, points in table(RULES, "people's points"):
        assert drawer_points(numbers(people)) == int(points)


def test_every_mode_has_its_line():
    rows = table(RULES, "mode")
    assert [row[0] for row in rows] == list(MODES) == list(get_args(GameMode))
    for (mode, rounds, people, guessers, who, _), rules in zip(rows, MODES.values(), strict=True):
        assert (int(rounds), int(people), guessers) == (rules.rounds, rules.least_people, "yes" if rules.ai_guesses else "no")
        if mode == "finish":
            assert f"{rules.most_strokes} strokes" in who
            assert f"after {commissions.HAND_OVER_SECONDS:.0f} s" in who
    assert f"a person has {MODES['imitation'].most_strokes} strokes" in RULES
    assert "The artist waits {:.0f} to {:.0f} s".format(*commissions._first_thought) in RULES
    fixed = re.findall(r"`(\w+)`", RULES.split("Fixed are ")[1].split("\n")[0])
    assert fixed == list(MODES["daily"].fixed)
    assert (WORDS_A_DAY, MODES["daily"].rounds) == (5, 5)


def test_the_examples_of_the_modes_points_are_reckoned_so():
    for found, points in table(RULES, "found just before"):
        assert turns.STREAK_BONUS * min(turns.LONGEST_STREAK, int(found)) == int(points)
    assert f"{turns.STREAK_BONUS} points more for each word found just before it, at most {turns.STREAK_BONUS * turns.LONGEST_STREAK} more" in RULES
    for guess, people, points in table(RULES, "guesser's points"):
        assert duel_points(int(guess), int(people)) == int(points)
    for left, points in table(RULES, "left (s) of 80"):
        assert right_points(1000 * int(left), 80_000) == int(points)
    for fooled, count, points in table(RULES, "people fooled"):
        people = [f"person {number}" for number in range(int(count))]
        said = {person: Judgement("machine" if number < int(fooled) else "person") for number, person in enumerate(people)}
        assert fooling_points("person", said, people) == int(points)


def test_the_strengths_of_ai_guessers_are_those_of_the_code():
    rows = {row[0]: [float(number) for number in re.findall(r"[\d.]+", " ".join(row[1:]))] for row in table(RULES, "strength")}
    assert list(rows) == list(get_args(AiStrength))
    for name, numbers_of in rows.items():
        each = STRENGTHS[name]
        assert numbers_of == [each.looks_every, each.doubt, 100 * each.sure, *each.think, each.pause, each.most]
    assert f"{100 * LEAST_SURE:.0f} % at last" in RULES
    assert f"Each letter takes {SECONDS_PER_LETTER} s more" in RULES


def test_what_is_kept_for_ever_has_its_line():
    rows = {row[0].strip("`"): re.findall(r"`(\w+)`", row[1]) for row in table(RULES, "under `hands`")}
    assert rows == {part.name: [field.name for field in fields(part.type)] for part in fields(Hands)}


def test_the_times_are_those_of_the_rules():
    assert [int(row[1]) for row in table(RULES, "what")] == [0, turns.AWAY_SECONDS, turns.IDLE_SECONDS]
    assert f"warned after {turns.IDLE_WARNING_SECONDS:.0f}" in RULES
    assert f"shown for {turns.RESULT_SECONDS:.0f} s" in RULES
    assert f"for {turns.CHOOSE_SECONDS:.0f} s; then the first" in RULES
    people = RULES.split("## People")[1]
    assert [int(row[1]) for row in table(people, "what")] == [
        seats.SEAT_SECONDS, seats.EMPTY_SECONDS, votes.VOTE_SECONDS, polls.COOLDOWN_SECONDS,
    ]  # fmt: skip


def test_every_message_has_its_line_with_all_its_fields():
    for rows, messages in zip(tables_of_types(), (get_args(AnyClientMessage), ServerMessage.__subclasses__()), strict=True):
        assert rows[-1][:2] == ["ink frame", "binary"]
        documented = {row[0].strip("`"): tuple(re.findall(r"`(\w+)`", row[1])) for row in rows[:-1]}
        assert documented == {message.__struct_config__.tag: message.__struct_fields__ for message in messages}


def test_the_reasons_for_which_a_turn_ends_are_complete():
    (listed,) = re.findall(r"^`reason` is (.*?);", PROTOCOL, re.MULTILINE)
    assert re.findall(r"`(\w+)`", listed) == list(get_args(EndReason))


def test_close_codes_and_error_codes_are_complete():
    assert {int(row[0]): row[1] for row in table(PROTOCOL, "close code")} == MEANINGS
    listed = PROTOCOL.split("Codes: ")[1].split(". Only junk")[0]
    assert re.findall(r"`(\w+)`", listed) == list(get_args(ErrorCode))


def test_the_bounds_of_the_wire():
    assert [numbers(row[1]) for row in table(PROTOCOL, "what")] == [
        [limits.MAX_TEXT_BYTES],
        [limits.MAX_FRAME_BYTES],
        [limits.MAX_INK_BYTES, limits.MAX_RECORDS_PER_FRAME, limits.MAX_POINTS_PER_FRAME],
        [limits.MAX_INK_PER_TURN, limits.MAX_OPERATIONS_PER_TURN, limits.MAX_POINTS_PER_TURN],
        [limits.MIN_WIDTH, limits.MAX_WIDTH],
        [limits.NICKNAME_LENGTH, limits.CHAT_LENGTH, limits.REASON_LENGTH, limits.NOTICE_LENGTH],
        [limits.PASSWORD_LENGTH, limits.WORD_LENGTH, limits.CUSTOM_WORDS_LENGTH],
        [limits.AVATAR_LENGTH, 64],
    ]
    assert f'"protocol":{limits.PROTOCOL_VERSION}' in PROTOCOL
    assert f"u8 canvas 0-{limits.CANVASES - 1} " in PROTOCOL


def test_every_budget_has_its_line():
    rows = table(PROTOCOL, "budget")
    assert [row[0].strip("`") for row in rows] == list(RATES) == list(get_args(Budget))
    for row, rates in zip(rows, RATES.values(), strict=True):
        for told, rate in zip(row[2:], (rates.connection, rates.player, rates.address), strict=True):
            assert told == ("" if rate is None else f"{rate.rate:g}, {rate.burst}")


def test_the_browser_keeps_the_same_bounds():
    script = (REPOSITORY / "static" / "js" / "limits.js").read_text()
    mirrored = {name: value.replace("_", "") for name, value in re.findall(r"export const (\w+) = ([\d_]+);", script)}
    assert mirrored
    assert {name: int(value) for name, value in mirrored.items()} == {name: getattr(limits, name) for name in mirrored}
    assert re.findall(r"'(.*?)'", script.split("REACTIONS = ")[1]) == list(limits.REACTIONS)


def test_what_is_written_from_the_code_is_up_to_date():
    docs = run_path(str(REPOSITORY / ".ci" / "docs.py"))
    for name, (page, make) in docs["PLACES"].items():
        text = (REPOSITORY / page).read_text("utf-8")
        assert docs["filled"](text, name, make()) == text, f"{page}: run make docs"
    for file, make in docs["FILES"].items():
        assert make() == (REPOSITORY / file).read_text("utf-8"), f"{file}: run make docs"


def test_every_command_for_the_database_is_shown():
    names = {each.name or each.callback.__name__ for each in store_commands.registered_commands}
    assert set(re.findall(r"^guesstroke db (\w+)", HOSTING, re.MULTILINE)) == names


def test_every_command_for_the_keys_is_shown():
    names = {each.name or each.callback.__name__ for each in keys_commands.registered_commands}
    assert set(re.findall(r"^guesstroke keys (\w+)", HOSTING, re.MULTILINE)) == names


def test_the_browser_knows_the_modes_as_they_are():
    script = (REPOSITORY / "static" / "js" / "state" / "modes.js").read_text()
    told = json.loads(script.split("export const MODES = ")[1].rstrip().removesuffix(";"))
    assert told == {
        name: {
            "leastPeople": mode.least_people,
            "aiGuesses": mode.ai_guesses,
            "artistShares": mode.artist == "shares",
            "cooperative": mode.one_for_all or mode.artist == "all",
            "counts": mode.counts,
        }
        for name, mode in MODES.items()
    }


def test_each_item_of_security_names_modules_and_tests_that_exist():
    for item, _, where, proofs in table(SECURITY, "item"):
        modules = [name for name in re.findall(r"`([^`]+)`", where) if "/" in name]
        assert modules, item
        assert [name for name in modules if not (REPOSITORY / name).exists()] == [], item
        named = re.findall(r"`(tests/[^`]+)::(\w+)`", proofs)
        assert named, item
        for file, test in named:
            assert re.search(rf"^ *(async )?def {test}\(", (REPOSITORY / file).read_text(), re.MULTILINE), f"{item}: there is no {file}::{test}"


def test_every_pin_has_its_hash():
    pinned = re.findall(r"^([\w.-]+==\S+)$", (REPOSITORY / "constraints.txt").read_text(), re.MULTILINE)
    hashed = re.findall(r"^(\S+) --hash=sha256:[0-9a-f]{64}$", (REPOSITORY / "constraints-hashed.txt").read_text(), re.MULTILINE)
    without = [pin for pin in pinned if not pin.startswith(("torch==", "torchvision=="))]  # their builds differ from machine to machine
    assert hashed == without, "constraints.txt has changed: run make hashes"
    for pin in re.findall(r"torch\w*==[\d.]+", SECURITY):
        assert pin in pinned
