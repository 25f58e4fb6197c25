"""The example of docs/examples plays as a stranger's program would: as a process of its own, with nothing of ours imported."""

import asyncio
import sys

import pytest

from game.protocol.ink import decode_frame, encode_curve
from tests.conftest import REPOSITORY
from tests.integration.playing import SQUARE
from tests.integration.wire import Wire, open_room

BOT = REPOSITORY / "docs" / "examples" / "bot.py"


@pytest.mark.slow
async def test_the_bot_guesses_a_word_and_draws_when_it_is_its_turn(serve):
    words = ("house", "umbrella", "rainbow")
    server = serve(words)
    code = open_room(server)
    ada = await Wire.join(server, code, "Ada")
    bot = await asyncio.create_subprocess_exec(
        sys.executable, "-I", BOT, f"{server.url}/r/{code}", server.data / "words.txt", stdout=asyncio.subprocess.PIPE
    )
    try:
        await ada.wait_for("player_joined")
        await ada.send("change_settings", human_turns_per_artist_turn=0, rounds=1, choices=1)
        await ada.send("start_game")
        secret = (await ada.wait_for("secret_word"))["word"]
        await ada.send_ink(1, encode_curve(1, (200, 0, 0, 255), 8, 0, SQUARE))
        assert (await ada.wait_for("turn_ended", turn=1))["reason"] == "all_guessed"
        assert (await ada.wait_for("guessed"))["place"] == 1
        await ada.wait_for_ink_of(2)
        assert {decode_frame(frame[4:]).turn for frame in ada.ink} == {2}, "one's own ink does not come back"
    finally:
        bot.terminate()
    said, _ = await bot.communicate()
    assert f"secret_word: {secret}" in said.decode().splitlines()
