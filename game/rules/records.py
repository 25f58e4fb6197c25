"""What the store is given to keep of a game."""

from game.rules.effects import GameBegan, GuessRecord, TurnRecord
from game.rules.players import ARTIST_ID, ARTIST_NICKNAME
from game.rules.state import GameState
from game.rules.turn import Turn, drawing_key
from game.rules.vocabulary import PLUS


def beginning_of(state: GameState) -> GameBegan:
    """A game that begins now."""
    settings, host = state.settings, state.seats.get(state.host_id)
    return GameBegan(
        game_id=state.game_id,
        code=state.code,
        rounds=settings.rounds,
        language=settings.language,
        mode=settings.word_mode,
        game_mode=settings.game_mode,
        scoring=settings.scoring,
        # The words of the day are for those who have not played yet.
        in_gallery=settings.in_gallery and settings.game_mode != "daily",
        host_id=state.host_id,
        host_nickname=host.nickname if host else "",
    )


def records_of(state: GameState, turn: Turn) -> list[TurnRecord]:
    """A finished turn; a duel as two, one for each drawing, a guess with the drawing that gave the word away."""
    if not turn.word or turn.outcome is None:
        return []
    if not turn.rival_id:
        return [_record(state, turn, 0, tuple(turn.guesses.values()))]
    picked = {player for player, judgement in turn.judgements.items() if judgement.hand == "machine"}
    guesses: tuple[list[GuessRecord], list[GuessRecord]] = ([], [])
    for guess in turn.guesses.values():
        guesses[guess.player_id in picked].append(guess)
    return [_record(state, turn, canvas, tuple(found)) for canvas, found in enumerate(guesses)]


def _record(state: GameState, turn: Turn, canvas: int, guesses: tuple[GuessRecord, ...]) -> TurnRecord:
    assert turn.outcome is not None
    reason, seconds, points = turn.outcome
    drawers = ((turn.drawer_id, turn.drawer_nickname, turn.drawer_is_ai), (ARTIST_ID, ARTIST_NICKNAME, True))
    drawer_id, nickname, is_ai = drawers[canvas]
    return TurnRecord(
        key=drawing_key(state.game_id, turn.number + canvas),
        game_id=state.game_id,
        number=turn.number + canvas,
        round=turn.round,
        word=turn.text,
        is_own_word=any(part in state.custom_words for part in turn.text.split(PLUS)),
        drawer_id=drawer_id,
        drawer_nickname=nickname,
        drawer_is_ai=is_ai,
        reason=reason,
        seconds=seconds,
        ink=turn.canvases[canvas].ink,
        times=turn.canvases[canvas].times,
        drawer_points=turn.gains.get(drawer_id, 0) if turn.rival_id else points,
        likes=0 if canvas else turn.likes,
        dislikes=0 if canvas else turn.dislikes,
        guesses=guesses,
        missed=() if canvas else turn.missed,
        for_person=0 if canvas else turn.count_hands("person"),
        for_machine=0 if canvas else turn.count_hands("machine"),
    )
