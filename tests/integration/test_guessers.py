"""AI guessers on a real server: they look at what people draw, and say what it is."""

import asyncio

import pytest

from tests.hand_sketches import HAND_SKETCHES
from tests.integration.web import ask
from tests.integration.wire import Wire, open_room
from tests.server import Server
from tests.unit.game.drawing.ink import stroke

PACK = ("umbrella", "ladder", "envelope", "sailboat", "star", "cactus", "apple", "key", "sun", "eye", "t-shirt", "fish")
OWN = ("snowman", "hot air balloon", "bicycle", "lightning", "airplane", "smiley face")
GUESSER = "guesser-1"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("guessers"), PACK, draw_seconds=60).start()
    server.wait_for_artist()
    yield server
    server.stop()


async def sketch(drawer: Wire, turn: int, word: str) -> None:
    """Draw as a person does, a stroke every now and then."""
    for number, points in enumerate(HAND_SKETCHES[word], 1):
        await drawer.send_ink(turn, stroke(*((150 + 500 * float(x), 50 + 500 * float(y)) for x, y in points), number=number))
        await asyncio.sleep(0.1)


async def play(server: Server, words: tuple[str, ...] = ()) -> None:
    """Ada draws what is known to be recognised; the AI guesser finds it, and Ben after it."""
    code = open_room(server)
    ada, ben = [await Wire.join(server, code, name) for name in ("Ada", "Ben")]
    await ada.send("change_settings", ai_guessers=1, ai_strength="sharp", language="en", human_turns_per_artist_turn=0, rounds=1, choices=3)
    joined = await ben.wait_for("player_joined")
    assert (joined["player"]["id"], joined["player"]["is_ai"]) == (GUESSER, True)
    if words:
        await ada.send("set_words", text="\n".join(words))
        await ada.send("change_settings", custom_words_only=True)
    await ada.send("start_game")
    choices = (await ada.wait_for("choices"))["words"]
    assert set(choices) <= set(words or PACK)
    await ada.send("choose_word", index=0)
    await ada.wait_for("turn_started", turn=1)
    await sketch(ada, 1, choices[0])
    found = await ben.wait_for("guessed", patience=45, player_id=GUESSER)
    assert found["place"] == 1
    assert found["gained"] > 0
    await ben.send("say", text="and I do not see it")
    await ada.wait_for("chat", text="and I do not see it")
    assert not any(message["type"] == "turn_ended" for message in (*ada.heard, *ben.heard))
    assert not any(message["type"] == "secret_word" for message in ben.heard)
    await ben.send("say", text=choices[0])
    ended = await ben.wait_for("turn_ended", turn=1)
    assert (ended["reason"], ended["word"]) == ("all_guessed", choices[0])
    assert {line["player_id"] for line in ended["scores"] if line["gained"] > 0} == {
        GUESSER,
        *(each["you"] for each in ada.heard + ben.heard if "you" in each),
    }
    # What it thought meanwhile is told afterwards.
    (thoughts,) = [line for line in (await ben.wait_for("thoughts"))["lines"] if line["kind"] == "guesser"]
    assert thoughts["points"][-1][1] > thoughts["points"][0][1] or thoughts["points"][0][1] > 0.5
    assert choices[0] in [word for _, word in thoughts["words"]]
    for wire in (ada, ben):
        await wire.close()


@pytest.mark.slow
async def test_a_persons_sketches_are_recognised_words_of_the_pack_and_the_hosts_own(server):
    await asyncio.gather(play(server), play(server, OWN))


@pytest.mark.slow
async def test_a_duel_has_two_canvases_and_who_won_it_is_in_the_statistics(server):
    code = open_room(server)
    ada, ben = [await Wire.join(server, code, name) for name in ("Ada", "Ben")]
    await ada.send("change_settings", game_mode="duel", ai_guessers=1, ai_strength="sharp", choices=1)
    await ada.send("start_game")
    assert (await ben.wait_for("turn_started"))["rival_id"] == "artist"
    word = (await ada.wait_for("secret_word"))["word"]
    await sketch(ada, 1, word)
    await ben.wait_for("guessed", patience=45, player_id=GUESSER)
    await ada.wait_for("artist_status", status="drawing")
    await ben.wait_for_ink(len(HAND_SKETCHES[word]) + 1)
    await ben.send("say", text=word)
    await ben.send("judge", hand="person")
    await ben.wait_for("turn_ended", turn=1)
    assert {frame[5] for frame in ben.ink} == {0, 1}  # the person's canvas, and the machine's
    async with asyncio.timeout(20):
        while (hands := ask(server, "/api/stats").json["hands"])["duels"]["people"] == 0:
            await asyncio.sleep(0.5)
    assert hands["duels"] == {"people": 1, "ai": 0, "for_person": 1, "for_machine": 0}
