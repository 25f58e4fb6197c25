from game.gateway.identity import Identities


def test_a_token_gives_its_player_back():
    identities = Identities("key")
    player = identities.recognise(None)
    assert identities.recognise(identities.token(player)) == player


def test_what_we_did_not_sign_is_somebody_new():
    identities = Identities("key")
    player = identities.recognise(None)
    for token in ("", "nonsense", player, Identities("other key").token(player), identities.token("artist")):
        assert identities.recognise(token) not in (player, "artist")


def test_the_key_is_made_once_and_kept_private(tmp_path):
    path = tmp_path / "data" / "signing.key"
    token = Identities.from_key_file(path).token("6f6b8b0e-0000-4000-8000-000000000000")
    assert Identities.from_key_file(path).recognise(token) == "6f6b8b0e-0000-4000-8000-000000000000"
    assert path.stat().st_mode & 0o777 == 0o600
