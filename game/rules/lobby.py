"""The room before its game and after it: settings, words, who is ready."""

from dataclasses import replace

from game.protocol.client_messages import ChangeSettings
from game.protocol.limits import ARTIST_STYLES
from game.protocol.server_messages import (
    BackToLobby,
    PlayerChanged,
    SettingsChanged,
    WordsTaken,
)
from game.protocol.views import OfferView, SettingsView
from game.rules.avatar import AvatarError, check_avatar
from game.rules.custom_words import WordError, read_custom_words
from game.rules.lobby_settings import ONLY_IN_THE_LOBBY, Bounds, SettingsError
from game.rules.outbox import Outbox
from game.rules.passwords import hashed
from game.rules.players import Player
from game.rules.refusal import Refused
from game.rules.rounds import Rounds
from game.rules.seats import Seats
from game.rules.state import GameState
from game.rules.vocabulary import Vocabulary


class Lobby:
    """Whether somebody may do these things is for the game to say."""

    def __init__(
        self, state: GameState, outbox: Outbox, seats: Seats, rounds: Rounds, vocabulary: Vocabulary, bounds: Bounds, perceptors: tuple[str, ...]
    ) -> None:
        """`perceptors`: those that the artist may be asked to use in place of the usual one."""
        self._state, self._outbox, self._seats, self._rounds = state, outbox, seats, rounds
        self._bounds, self._offered = bounds, {"language": vocabulary.languages, "theme": vocabulary.themes, "perceptor": ("", *perceptors)}

    @property
    def settings_view(self) -> SettingsView:
        """The settings as everybody sees them."""
        return self._state.settings.view(len(self._state.custom_words))

    @property
    def offer(self) -> OfferView:
        """What the host may choose from."""
        languages, themes, perceptors = (list(self._offered[name]) for name in ("language", "theme", "perceptor"))
        return OfferView(dict(self._bounds), languages, themes, list(ARTIST_STYLES), perceptors)

    def change_settings(self, change: ChangeSettings, dropped: str = "") -> list[Player]:
        """Replace what is given; for `dropped` see Seats.fit_guessers, whose answer is returned. Raises Refused and changes nothing."""
        given = {name for name in ONLY_IN_THE_LOBBY if getattr(change, name) is not None}
        if given and self._state.phase != "lobby":
            raise Refused("not_now", f"{', '.join(sorted(given))} can be changed in the lobby, before the game starts.")
        try:
            chosen = self._state.chosen.changed(change, self._bounds, self._offered)
        except SettingsError as error:
            raise Refused("bad_settings", str(error)) from error
        self._state.chosen = chosen if change.password is None else replace(chosen, password=hashed(change.password, self._state.code))
        self._state.order.human_turns_per_artist_turn = self._state.settings.human_turns_per_artist_turn
        came = self._seats.fit_guessers(dropped)
        self._outbox.tell(SettingsChanged(self.settings_view))
        return came

    def set_words(self, player: Player, text: str) -> None:
        """Take the host's own words. Raises Refused and keeps the old ones."""
        try:
            read = read_custom_words(text)
        except WordError as error:
            raise Refused("bad_word", str(error)) from error
        self._state.custom_words = read.words
        self._outbox.tell(WordsTaken(len(read.words), read.duplicates, read.blanks, read.refused), frozenset({player.id}))
        self._outbox.tell(SettingsChanged(self.settings_view))

    def set_ready(self, player: Player, ready: bool, now: float) -> None:
        """Note whether a player is ready. Raises Refused for one who only watches."""
        if not player.plays:
            raise Refused("not_now", "You only watch. Take a seat to play.")
        player.ready = ready
        self._outbox.tell(PlayerChanged(player.view()))
        self.start_if_all_ready(now)

    def start_if_all_ready(self, now: float) -> None:
        """Begin, when all players who are here are ready, two at least, and nothing stands in the way."""
        present = self._seats.present
        all_ready = len(present) >= 2 and all(self._seats.players[person].ready for person in present)
        if self._state.phase == "lobby" and all_ready and not self._rounds.obstacle:
            self._rounds.start_game(now)

    def set_avatar(self, player: Player, avatar: str) -> None:
        """Give a player another face. Raises Refused."""
        try:
            player.avatar = check_avatar(avatar)
        except AvatarError as error:
            raise Refused("bad_avatar", str(error)) from error
        self._outbox.tell(PlayerChanged(self._seats.view(player)))

    def back_to_lobby(self) -> None:
        """Forget the scores; those who wanted to watch or to play do so from now on."""
        self._state.phase = "lobby"
        self._seats.change_roles()
        for player in self._seats.players.values():
            player.score, player.ready = 0, False
        self._outbox.tell(BackToLobby(self._seats.views))
