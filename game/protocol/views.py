"""What several of the server's messages are made of: players, settings, turns, scores, as everybody may see them."""

from typing import Literal

import msgspec

from game.protocol.client_messages import AiStrength, ArtistOrder, ArtistShow, Difficulty, GameMode, Hand, Role, Scoring, VoteKind, WordMode

Phase = Literal["lobby", "choosing", "drawing", "result", "podium"]


class PlayerView(msgspec.Struct, frozen=True):
    """A player as everybody sees it. `is_ai` players draw or guess by program."""

    id: str
    nickname: str
    score: int
    connected: bool
    is_ai: bool
    guessed: bool
    """Has guessed this turn's word."""
    role: Role
    next_role: Role
    """What it is from the next turn on."""
    ready: bool
    colour: int
    avatar: str
    """A face of the player's own drawing; empty: generated from the id."""


class SettingsView(msgspec.Struct, frozen=True):
    """The room's settings with every value filled in."""

    game_mode: GameMode
    rounds: int
    draw_seconds: int
    max_players: int
    choices: int
    hints: int
    human_turns_per_artist_turn: int
    """The artist draws once before every so many human turns; 0: never (unless somebody plays alone)."""
    artist_show: ArtistShow
    """Whether its strokes come one by one and stay, or all at once and move."""
    artist_order: ArtistOrder
    """Whether its first strokes are those by which the word is guessed soonest, or latest."""
    artist_style: str
    """One of the styles that are offered, or any words: "watercolour"."""
    artist_colours: bool
    """Whether it draws in colours where they help, or in plain ink."""
    perceptor: str
    """The model that it draws with; empty: the server's usual one."""
    ai_guessers: int
    """How many AI players guess, where the mode has any."""
    ai_strength: AiStrength
    clients_per_address: int
    slow_mode_seconds: int
    language: str
    theme: str
    difficulty: Difficulty
    word_mode: WordMode
    scoring: Scoring
    custom_words_only: bool
    custom_words: int
    """How many there are; which, is for the game to tell."""
    profanity_filter: bool
    is_public: bool
    in_gallery: bool
    """Whether everybody may see the games' drawings in the server's gallery."""
    has_password: bool


class OfferView(msgspec.Struct, frozen=True):
    """What this server lets a host choose from."""

    bounds: dict[str, tuple[int, int]]
    languages: list[str]
    themes: list[str]
    styles: list[str]
    """Those of the artist that have a name; any other words do too."""
    perceptors: list[str]
    """Models that it may draw with, the usual one first, as an empty name."""


class JudgementLine(msgspec.Struct, frozen=True):
    """What somebody said about a drawing's hand."""

    player_id: str
    hand: Hand


class TurnView(msgspec.Struct, frozen=True):
    """The turn in hand, for one who comes in now."""

    turn: int
    """Counts from 1 through the game; ink frames carry it."""
    round: int
    drawer_id: str
    """Empty where nobody may know: in an imitation, for all but the person who draws."""
    remaining_ms: int
    seconds: float
    """How long the phase in hand lasts in all."""
    blanks: str
    """The word with `_` for each letter not revealed; `?` where its length is hidden; empty while it is being chosen."""
    likes: int
    dislikes: int
    rival_id: str = ""
    """Who draws on the second canvas, in a duel."""
    strokes: int = 0
    """With how many strokes a person has to make do; 0: as many as they like."""
    judgements: list[JudgementLine] = []
    """What was said about its hand; while an imitation is drawn, what this player has said alone."""


class MatchView(msgspec.Struct, frozen=True):
    """How people stand against the machine in this game; what is counted depends on the mode (docs/rules.md)."""

    people: int
    ai: int
    streak: int = 0
    """Words found one after another, up to now."""
    best_streak: int = 0


class ThoughtLine(msgspec.Struct, frozen=True):
    """What an AI player thought while a turn ran. Times are milliseconds from the turn's start."""

    player_id: str
    kind: Literal["guesser", "artist"]
    points: list[tuple[int, float]]
    """A guesser's: how probable the right word was to it, 0..1. The artist's: how close its drawing was to the word, -1..1."""
    words: list[tuple[int, str]] = []
    """A guesser's: the words that it thought the likeliest, from when on."""


class FoundLine(msgspec.Struct, frozen=True):
    """When somebody found the word."""

    player_id: str
    milliseconds: int


class VoteView(msgspec.Struct, frozen=True):
    """A vote in hand: who is for it, how many it takes, until when."""

    kind: VoteKind
    player_id: str
    voters: list[str]
    needed: int
    remaining_ms: int


class ScoreLine(msgspec.Struct, frozen=True):
    """What a player gained in a turn, and has in all."""

    player_id: str
    gained: int
    total: int


class PodiumLine(msgspec.Struct, frozen=True):
    """A player's place at the game's end."""

    player_id: str
    nickname: str
    score: int
    rank: int
    """1 is best; equal scores share a rank."""
    is_ai: bool
    colour: int
    avatar: str


class DrawingLine(msgspec.Struct, frozen=True):
    """One of the game's drawings; the picture is at /api/drawings/{key}.svg, .png, .gif or .webp."""

    turn: int
    key: str
    word: str
    drawer_id: str
    drawer_nickname: str
    likes: int
    dislikes: int
    guessed: int
    """How many people found the word."""
    guessers: int
    """How many could have."""


class Highlight(msgspec.Struct, frozen=True):
    """Something to remember of a game."""

    kind: Literal["fastest_guess", "best_liked", "toughest_word"]
    turn: int
    word: str
    nickname: str
    """Who guessed, or who drew."""
    milliseconds: int = 0
    likes: int = 0
    guessed: int = 0
    guessers: int = 0
