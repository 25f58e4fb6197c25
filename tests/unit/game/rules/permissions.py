"""Who does what when: the deeds, roles and phases of the table in docs/security.md, each of them set up at a table of its own."""

from collections.abc import Callable
from typing import Final, Literal

from game.protocol.client_messages import (
    AnyClientMessage,
    Become,
    CastVote,
    ChangeSettings,
    ChooseWord,
    GameMode,
    Hello,
    Judge,
    Kick,
    LeaveRoom,
    Pause,
    PlayAgain,
    Rate,
    React,
    Ready,
    Report,
    Say,
    SetAvatar,
    SetWords,
    StartGame,
)
from game.protocol.limits import PROTOCOL_VERSION
from game.protocol.server_messages import Chat, ErrorMessage
from game.rules.canvas import Canvas
from game.rules.commands import Act, Command, Ink
from game.rules.effects import Event, Outcome
from tests.unit.game.rules.table import Table, errors, ink, stroke

Role = Literal["host who draws", "host who guesses", "drawer", "guesser", "guesser who has guessed", "spectator", "stranger"]
Phase = Literal["lobby", "choosing", "drawing", "result", "podium", "paused"]

DEEDS: Final[dict[str, Callable[[Table, str], AnyClientMessage | None]]] = {
    "`hello`": lambda table, who: Hello(PROTOCOL_VERSION, "Somebody"),
    "`change_settings`, of the lobby": lambda table, who: ChangeSettings(rounds=5),
    "`change_settings`, any others": lambda table, who: ChangeSettings(draw_seconds=99, password="sesame"),
    "`set_words`": lambda table, who: SetWords("windmill\nteapot"),
    "`ready`": lambda table, who: Ready(True),
    "`start_game`": lambda table, who: StartGame(),
    "`choose_word`": lambda table, who: ChooseWord(0),
    "`say`, any line": lambda table, who: Say("who is there"),
    "`say`, the word": lambda table, who: Say(table.word if table.game.state.turn and table.word else "house"),
    "`react`": lambda table, who: React(1),
    "`rate`": lambda table, who: Rate(1),
    "`judge`, in a duel": lambda table, who: Judge("person"),
    "`judge`, in an imitation": lambda table, who: Judge("person"),
    "`become`": lambda table, who: Become("player" if who == "sue" else "spectator"),
    "`set_avatar`": lambda table, who: SetAvatar(""),
    "`pause`, to stop": lambda table, who: Pause(True),
    "`pause`, to go on": lambda table, who: Pause(False),
    "`vote`, to kick": lambda table, who: CastVote("kick", "cleo" if who != "cleo" else "dan"),
    "`vote`, to kick the host": lambda table, who: CastVote("kick", "ada"),
    "`vote`, to pause": lambda table, who: CastVote("pause"),
    "`vote`, to go on": lambda table, who: CastVote("resume"),
    "`kick`": lambda table, who: Kick("cleo" if who != "cleo" else "dan", ban=True),
    "`kick`, the host": lambda table, who: Kick("ada"),
    "`report`": lambda table, who: Report("cleo" if who != "cleo" else "dan", "bad manners"),
    "`play_again`": lambda table, who: PlayAgain(),
    "`leave_room`": lambda table, who: LeaveRoom(),
    "ink frame": lambda table, who: None,
}
"""What is done: the message for this table and this player; None stands for ink."""

PHASES: Final[tuple[Phase, ...]] = ("lobby", "choosing", "drawing", "result", "podium", "paused")
ROLES: Final[dict[Role, tuple[str, bool]]] = {
    "host who draws": ("ada", True),
    "host who guesses": ("ada", False),
    "drawer": ("ben", False),
    "guesser": ("cleo", True),
    "guesser who has guessed": ("dan", True),
    "spectator": ("sue", True),
    "stranger": ("kim", True),
}
"""Who it is, and whether the host draws meanwhile, or else Ben. Kim had a seat and was banned."""


def mode_of(deed: str) -> GameMode:
    """The game in which the deed makes sense."""
    return "duel" if deed.endswith("duel") else "imitation" if deed.endswith("imitation") else "party"


def table_at(phase: Phase, game_mode: GameMode, *, host_draws: bool) -> Table:
    """A table of five people and one who only watches, in this phase; Dan has guessed the word of the turn."""
    table = Table("ada", "ben", "cleo", "dan", "kim", game_mode=game_mode, human_turns_per_artist_turn=0, hints=0, rounds=3)
    table.join("sue", role="spectator")
    table.act("ada", Kick("kim", ban=True))
    if phase == "lobby":
        return table
    table.start()
    while table.drawer != ("ada" if host_draws else "ben"):
        _pass_turn(table)
    if phase == "choosing":
        return table
    if table.game.phase == "choosing":
        table.choose(table.drawer)
    assert table.drawer == ("ada" if host_draws else "ben")
    table.draw(table.drawer, stroke(1))
    if game_mode == "imitation":
        table.judge("dan", "person")
    else:
        table.say("dan", table.word)
    if phase == "paused":
        table.act("ada", Pause(True))
    elif phase != "drawing":
        table.fire_until(phase)
    table.now += 1
    return table


def _pass_turn(table: Table) -> None:
    number = table.turn.number
    while table.game.state.turn is None or table.turn.number == number:
        table.fire_next()


def deed_of(deed: str, table: Table, who: str) -> Command:
    """The command that the player's connection hands to the rules."""
    message = DEEDS[deed](table, who)
    if message is not None:
        return Act(who, message)
    return Ink(who, ink(table.turn.number if table.game.state.turn else 1, stroke(2)))


def answer_to(deed: str, role: Role, phase: Phase) -> str:
    """Do it, and say what came of it: `yes`, `whisper` (a line that is heard by those alone who know the word), `dropped`, the error's code,
    or `-` where the game has no such phase. What is refused must have told nobody else anything, and changed nothing.
    """
    who, host_draws = ROLES[role]
    table = table_at(phase, mode_of(deed), host_draws=host_draws)
    if phase == "choosing" and table.game.phase != phase:
        return "-"
    assert table.game.phase == ("drawing" if phase == "paused" else phase)
    assert table.game.state.clock.is_paused == (phase == "paused")
    before = _state(table)
    outcomes = table.handle(deed_of(deed, table, who))
    refused = errors(outcomes)
    if refused:
        assert [each for each in outcomes if not _is_for(each, who)] == [], "a refusal is nobody else's business"
        assert sum(isinstance(each, Event) and isinstance(each.message, ErrorMessage) for each in outcomes) == 1
        assert _state(table) == before, "what is refused changes nothing"
        return refused[0]
    if not outcomes:
        assert _state(table) == before
        return "dropped"
    whispers = {each.message.whisper for each in outcomes if isinstance(each, Event) and isinstance(each.message, Chat)}
    return "whisper" if whispers == {True} else "yes"


def _is_for(outcome: Outcome, who: str) -> bool:
    return isinstance(outcome, Event) and outcome.audience == frozenset({who})


def _state(table: Table) -> bytes:
    """All that is true of the room, but for when a drawer was last told what is on the canvas."""
    turn = table.game.state.turn
    if turn is None:
        return table.game.freeze()
    told, turn.canvas_told_at = turn.canvas_told_at, None
    rough, turn.rough = turn.rough, turn.rough if turn.is_open else Canvas()
    frozen = table.game.freeze()
    turn.canvas_told_at, turn.rough = told, rough
    return frozen
