"""What is remembered of a game: its podium, its drawings, its best moments."""

from collections.abc import Container, Iterable, Sequence

import msgspec

from game.protocol.views import DrawingLine, Highlight, PodiumLine
from game.rules.effects import GuessRecord
from game.rules.players import ARTIST_ID, ARTIST_NICKNAME, Player
from game.rules.state import GameState
from game.rules.turn import Turn, drawing_key


def podium(players: Iterable[Player], played: Container[str]) -> list[PodiumLine]:
    """Those who `played` or scored, best first; equal scores share a rank."""
    ranked = sorted((player for player in players if player.score or player.id in played), key=lambda player: -player.score)
    scores = [player.score for player in ranked]
    return [
        PodiumLine(player.id, player.nickname, player.score, scores.index(player.score) + 1, player.is_ai, player.colour, player.avatar)
        for player in ranked
    ]


def note_guess(state: GameState, turn: Turn, guess: GuessRecord) -> None:
    """Remember the fastest of people's right guesses."""
    if not guess.is_ai and (state.fastest is None or guess.milliseconds < state.fastest.milliseconds):
        state.fastest = Highlight("fastest_guess", turn.number, turn.text, guess.nickname, milliseconds=guess.milliseconds)


def note_drawings(state: GameState, turn: Turn, people: Sequence[str]) -> None:
    """Remember a turn's drawings, and how many of the `people` who could have guessed the word did."""
    guessed = sum(person in turn.guesses for person in people)
    guessers = 0 if turn.is_open else len(people)
    drawers = ((turn.drawer_id, turn.drawer_nickname), (ARTIST_ID, ARTIST_NICKNAME))
    for number, (canvas, (drawer_id, nickname)) in enumerate(zip(turn.canvases, drawers, strict=False), turn.number):
        if canvas.operations:
            key = drawing_key(state.game_id, number)
            likes, dislikes = (turn.likes, turn.dislikes) if number == turn.number else (0, 0)
            state.drawings.append(DrawingLine(number, key, turn.text, drawer_id, nickname, likes, dislikes, guessed, guessers))


def note_ratings(state: GameState, turn: Turn) -> None:
    """Bring a remembered drawing's thumbs up to date."""
    for index, drawing in enumerate(state.drawings):
        if drawing.turn == turn.number:
            state.drawings[index] = msgspec.structs.replace(drawing, likes=turn.likes, dislikes=turn.dislikes)


def of(state: GameState) -> list[Highlight]:
    """Fastest guess, best-liked drawing, toughest word; each only if there is one."""
    found = [state.fastest] if state.fastest else []
    liked = max(state.drawings, key=lambda drawing: drawing.likes - drawing.dislikes, default=None)
    if liked is not None and liked.likes > liked.dislikes:
        found.append(Highlight("best_liked", liked.turn, liked.word, liked.drawer_nickname, likes=liked.likes))
    tough = min((drawing for drawing in state.drawings if drawing.guessers), key=lambda drawing: drawing.guessed / drawing.guessers, default=None)
    if tough is not None and tough.guessed < tough.guessers:
        found.append(
            Highlight("toughest_word", tough.turn, tough.word, tough.drawer_nickname, guessed=tough.guessed, guessers=tough.guessers)
        )  # fmt: skip
    return found
