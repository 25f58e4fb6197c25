from game.protocol.views import DrawingLine, Highlight
from game.rules.chance import Chance
from game.rules.highlights import of, podium
from game.rules.lobby_settings import LobbySettings
from game.rules.players import ARTIST_ID, Player
from game.rules.state import GameState


def drawing(turn: int, likes: int = 0, dislikes: int = 0, guessed: int = 2, guessers: int = 2) -> DrawingLine:
    return DrawingLine(turn, f"key {turn}", f"word {turn}", "ada", "Ada", likes, dislikes, guessed, guessers)


def state_with(*drawings: DrawingLine, fastest: Highlight | None = None) -> GameState:
    return GameState("code", LobbySettings(), Chance("0"), drawings=list(drawings), fastest=fastest)


def test_nothing_remarkable_is_remarked_upon():
    assert of(state_with()) == []
    assert of(state_with(drawing(1), drawing(2, likes=1, dislikes=1))) == []


def test_the_best_liked_has_most_thumbs_up_after_those_down():
    found = of(state_with(drawing(1, likes=3, dislikes=3), drawing(2, likes=2), drawing(3, likes=1)))
    assert [(highlight.kind, highlight.turn) for highlight in found] == [("best_liked", 2)]


def test_the_toughest_word_was_found_by_the_smallest_part():
    found = of(state_with(drawing(1, guessed=1), drawing(2, guessed=1, guessers=4), drawing(3, guessed=0, guessers=0)))
    assert [(highlight.kind, highlight.turn) for highlight in found] == [("toughest_word", 2)]


def test_equal_scores_share_a_rank_and_an_artist_that_never_drew_has_none():
    players = [Player(ARTIST_ID, "The Artist", is_ai=True), Player("a", "A", score=5), Player("b", "B", score=9), Player("c", "C", score=5)]
    players.append(Player("d", "D", role="spectator"))
    assert [(line.player_id, line.rank) for line in podium(players, {"a", "b", "c"})] == [("b", 1), ("a", 2), ("c", 2)]
    assert [line.player_id for line in podium(players, {"a", ARTIST_ID})][-1] == ARTIST_ID
