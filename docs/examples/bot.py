"""A bot that plays: `python bot.py http://127.0.0.1:8000/r/CODE [WORDS.txt]`. Given the server's address alone it opens a room, and plays against
the artist. It needs `pip install websockets`, and nothing of Guesstroke. docs/protocol.md has all that it could say and hear besides.
"""

import asyncio, json, re, struct, sys  # noqa: E401, I001
from pathlib import Path
from urllib.request import Request, urlopen
from websockets.asyncio.client import connect


class Bot:
    def __init__(self, socket, words):
        self.socket, self.words, self.said, self.me = socket, words, set(), ""
        self.blanks = ""  # of the word that is to be found: `_` for a letter, `?` for a hidden length; empty while there is none

    async def say(self, kind, **fields):
        await self.socket.send(json.dumps({"type": kind, **fields}))

    async def guess(self):
        while await asyncio.sleep(1.5, result=True):  # more than forty guesses a minute would be too fast
            form = ".+" if self.blanks == "?" else re.escape(self.blanks).replace("_", "[^ '-]")
            for word in sorted(word for word in self.words - self.said if re.fullmatch(form, word, re.IGNORECASE))[:1]:
                self.said.add(word)
                await self.say("say", text=word)

    async def hear(self, message):
        match message:
            case {"type": "welcome", "you": me, "host_id": host, "turn": turn}:
                self.me, self.blanks = me, turn["blanks"] if turn and turn["drawer_id"] != me else ""
                if me == host:
                    await self.say("start_game")
            case {"type": "choices"}:
                await self.say("choose_word", index=0)
            case {"type": "turn_started", "drawer_id": self.me, "turn": turn}:  # a line of three legs; places are in quarters of a pixel
                begin, points, end = (1, 1, 0, 0, 0, 255, 32, 600, 600), (2, 1, 3, 1200, 1800, 1800, 600, 2400, 1800), (3, 1)
                await self.socket.send(struct.pack("<BBHBHBBBBHHHBHBHHHHHHBH", 0x49, 0, turn, *begin, *points, *end))
            case {"type": "turn_started", "blanks": blanks}:
                self.blanks = blanks
            case {"type": "hint", "blanks": blanks}:
                self.blanks = self.blanks and blanks
            case {"type": "secret_word" | "turn_ended" as kind, "word": word}:
                print(f"{kind}: {word}", flush=True)
                self.words.add(word)
                self.blanks = self.said.clear() or ""
            case {"type": "game_ended"}:
                await self.say("leave_room")


async def play(link, words):
    async with connect(link.replace("http", "ws", 1).replace("/r/", "/ws/")) as socket:
        bot = Bot(socket, words)
        await bot.say("hello", protocol=4, nickname="Zigzag")
        guessing = asyncio.create_task(bot.guess())
        async for frame in socket:
            if isinstance(frame, str):  # ink is binary, and this bot is blind
                await bot.hear(json.loads(frame))
        guessing.cancel()


link, *lists = sys.argv[1:]
if "/r/" not in link:
    link += "/r/" + json.load(urlopen(Request(f"{link}/api/lobbies", method="POST")))["code"]
words = {word for file in lists for word in Path(file).read_text("utf-8").split("\n")} or {"house", "umbrella", "tree", "cat", "fish", "star"}
asyncio.run(play(link, words))
