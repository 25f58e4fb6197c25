"""What each idea of the artist gives: drawings of the sixty words with and without it, named by a judge.

    python -m tests.bench.ablation JUDGE.pt [--iterations 250] [--jobs 2] [--out FOLDER] [ROW ...]

All rows draw with the same seed and as many iterations. The last line is one JSON object: for each row the judge's accuracies, the mean
logarithm of the probability that it gives the word (nats, the finest of the measures), strokes and ink.
"""

import argparse
import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Final

import torch
from rich.console import Console
from rich.progress import track
from rich.table import Table

from ai_artist.budget import Iterations
from ai_artist.evaluation.bitmaps import marks_of
from ai_artist.evaluation.judge import Judge, load_judge
from ai_artist.evaluation.records import read_record
from ai_artist.evaluation.words import words_of
from ai_artist.evaluation.workers import Task, Tools, draw_all
from ai_artist.synthesis.ink import INK
from ai_artist.synthesis.method import StrokeMethod
from ai_artist.synthesis.priors import Priors, sampled

_free: Final = Priors()
_bare: Final = replace(INK, candidates=1, contrasted=False, seconded=False, priors=_free, tidy=False)
ROWS: Final[dict[str, StrokeMethod]] = {
    "paper: cosine, one beginning": _bare,
    "+ best of 8 beginnings": replace(_bare, candidates=8),
    "+ told apart from rivals": replace(_bare, candidates=8, contrasted=True),
    "+ ink has a price": replace(_bare, candidates=8, contrasted=True, priors=INK.priors),
    "+ strokes pruned, polished, centred": replace(INK, candidates=8, seconded=False),
    "+ a second opinion (the artist)": INK,
    "the artist, one beginning": replace(INK, candidates=1),
    "the artist, best of 4": replace(INK, candidates=4),
    "the artist, best of 16": replace(INK, candidates=16),
    "the artist, 16 views a step": replace(INK, looks=16),
    "the artist, 10 strokes": replace(INK, brush=replace(INK.brush, strokes=10)),
    "the artist, 24 strokes": replace(INK, brush=replace(INK.brush, strokes=24)),
    "the artist, 3 curves a stroke": replace(INK, brush=replace(INK.brush, cubics=3)),
    "the artist, doubled lines dear": replace(INK, priors=replace(INK.priors, doubling=0.1)),
    "the artist, bending dear": replace(INK, priors=replace(INK.priors, bending=0.005)),
    "the artist, no price of ink": replace(INK, priors=_free),
}


def judged(judge: Judge, folder: Path, words: tuple[str, ...]) -> dict[str, float]:
    """The figures of a row whose drawings lie in the folder."""
    records = [read_record(folder / f"{number}.json") for number in range(len(words))]
    drawings = [record.drawing.strokes if record else () for record in records]
    probabilities = judge.probabilities([judge.bitmap(marks_of(strokes)) for strokes in drawings])
    right = probabilities.gather(1, judge.places_of(words)[:, None])
    ranks = (probabilities > right).sum(1)
    ink = [sum(float(sampled(torch.tensor(stroke.points)).diff(dim=0).norm(dim=-1).sum()) for stroke in strokes) for strokes in drawings]
    return {
        "top1": round(float((ranks == 0).float().mean()), 3),
        "top5": round(float((ranks < 5).float().mean()), 3),
        "log_p": round(float(right.clamp_min(1e-4).log().mean()), 3),
        "strokes": round(sum(map(len, drawings)) / len(drawings), 1),
        "ink": round(sum(ink) / len(ink), 2),
        "seconds": round(sum(record.seconds for record in records if record) / len(records), 2),
    }


def main() -> None:
    """Draw, judge, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("judge", type=Path)
    parser.add_argument("rows", nargs="*", help="those whose names begin so; by default all")
    parser.add_argument("--words", default="60")
    parser.add_argument("--iterations", type=int, default=250)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, help="keeps the drawings; what is there already is not drawn again")
    asked = parser.parse_args()
    judge, words, console = load_judge(asked.judge), words_of(asked.words), Console(stderr=True)
    table = Table("", "top 1", "top 5", "log p", "strokes", "ink", "s a drawing")
    figures = {}
    with tempfile.TemporaryDirectory() as scratch:
        chosen = {name: method for name, method in ROWS.items() if not asked.rows or name.startswith(tuple(asked.rows))}
        for name, method in track(chosen.items(), "drawing", console=console):
            folder = (asked.out or Path(scratch)) / name.replace(" ", "-").replace(":", "").replace(",", "")
            folder.mkdir(parents=True, exist_ok=True)
            tasks = [Task(word, asked.seed, method, folder / f"{number}.json") for number, word in enumerate(words)]
            draw_all([task for task in tasks if not task.path.exists()], Tools("doodle-clip"), Iterations(asked.iterations), "patient", asked.jobs)
            figures[name] = judged(judge, folder, words)
            table.add_row(name, *(f"{value:.1%}" if key.startswith("top") else f"{value:g}" for key, value in figures[name].items()))
            console.print(name, figures[name])
    Console().print(table)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
