"""What a worker saves by taking the steps of several drawings together instead of one after another.

    python -m tests.bench.batching [--perceptor ViT-B-32] [--device cuda] [--backend auto] [--drawings 1 2 4 8] [--steps 20] [--live 8]

With the live settings: the artist's own method, one torch thread. A live drawing chooses between eight beginnings in its first second and
draws the chosen one for the rest of the turn; both are measured, the numbers of drawings taking turns, so that whatever else the machine
does meets them alike. Then what painting so many pictures of ink costs by each rasteriser, and how many steps a second one live drawing of
some seconds takes, everything included. Any perceptor but doodle-clip gets random weights, with which it is as fast and needs no download.
The last line is one JSON object: medians in milliseconds, and the ratio of the most drawings together to the fewest.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import torch
from rich.console import Console
from rich.table import Table

from ai_artist.artist import Artist
from ai_artist.budget import Iterations, Seconds
from ai_artist.perception import BUNDLED, load_perceptor, untrained
from ai_artist.process import Progress
from ai_artist.rasterizer import NativeRasterizer, TorchRasterizer, joined
from ai_artist.synthesis.loop import render_size
from ai_artist.synthesis.run import Run, step_together
from ai_artist.synthesis.stroke_canvas import StrokeCanvas

_words = ("umbrella", "cat", "house", "bicycle", "whale", "palm tree", "laptop", "strawberry")
_rounds = 5


def begun(artist: Artist, drawings: int, *, chosen: bool) -> list[Run]:
    """So many live drawings, each of a word and a seed of its own, with all their beginnings or with one `chosen`."""
    runs = [artist.begin(_words[number % len(_words)], Iterations(10**6), number).run for number in range(drawings)]
    for run in runs:
        run.advance()
        if chosen:
            run.halve(1.0)
    return runs


def together(runs: Sequence[Run]) -> None:
    """A step of each in one call."""
    step_together(runs)
    for run in runs:
        run.advance()


def by_turns(runs: Sequence[Run]) -> None:
    """A step of each, one after another."""
    for run in runs:
        run.advance()


def milliseconds(runs: Sequence[Run], step: Callable[[Sequence[Run]], None], steps: int) -> float:
    """Of one step of all of them."""
    step(runs)
    began = time.perf_counter()
    for _ in range(steps):
        step(runs)
    return 1e3 * (time.perf_counter() - began) / steps


def measure(artist: Artist, counts: Sequence[int], steps: int, *, chosen: bool) -> dict[str, dict[int, float]]:
    """Medians by the way of stepping and the number of drawings."""
    ways = {"together": together, "by turns": by_turns}
    runs = {count: begun(artist, count, chosen=chosen) for count in counts}
    found: dict[str, dict[int, list[float]]] = {way: {count: [] for count in counts} for way in ways}
    for _ in range(_rounds):
        for way, step in ways.items():
            for count in counts:
                found[way][count].append(milliseconds(runs[count], step, steps))
    return {way: {count: statistics.median(times) for count, times in by_count.items()} for way, by_count in found.items()}


def painting(artist: Artist, pictures: Sequence[int]) -> dict[str, dict[int, float]]:
    """Milliseconds of painting so many beginnings and of their gradients, by rasteriser, with the way to the perceptor's device and back."""
    device, size = artist.perceptor.device, render_size(artist.perceptor)
    canvas = begun(artist, 1, chosen=False)[0].canvas
    assert isinstance(canvas, StrokeCanvas)
    found: dict[str, dict[int, float]] = {}
    for name, rasterizer, place in (("native", NativeRasterizer(), torch.device("cpu")), ("torch", TorchRasterizer(), device)):
        found[name] = {}
        for count in pictures:
            scene = joined([canvas.scene()] * -(-count // canvas.candidates))
            points = (scene.points[:count] * size).detach().requires_grad_()
            part = replace(
                scene, points=points, widths=scene.widths[:count] * size, colors=scene.colors[:count], background=scene.backgrounds()[:count]
            )
            gradient = torch.rand(count, 3, size, size, device=device)
            times = []
            for _ in range(7):
                began = time.perf_counter()
                rasterizer.render(part.to(place), size, size).to(device).backward(gradient)
                assert points.grad is not None  # on the CPU, so that the GPU has been waited for
                times.append(1e3 * (time.perf_counter() - began))
            found[name][count] = statistics.median(times)
    return found


def live(artist: Artist, seconds: float) -> tuple[int, float]:
    """The steps of a live drawing, and the seconds that it took."""
    began = time.perf_counter()
    events = artist.begin(_words[0], Seconds(seconds), 0).events()
    return sum(isinstance(event, Progress) for event in events), time.perf_counter() - began


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--perceptor", default=BUNDLED)
    parser.add_argument("--device", default="auto")
    parser.add_argument("--precision", default="auto")
    parser.add_argument("--backend", default="auto", help="the rasteriser")
    parser.add_argument("--drawings", type=int, nargs="+", default=[1, 2, 4, 8], help="how many at a time")
    parser.add_argument("--steps", type=int, default=20, help="in each of five rounds")
    parser.add_argument("--live", type=float, default=8.0, help="seconds of the live drawing")
    asked = parser.parse_args()
    torch.set_num_threads(1)
    load = load_perceptor if asked.perceptor == BUNDLED else untrained
    artist = Artist(load(asked.perceptor, asked.device, asked.precision), backend=asked.backend)
    artist.warm_up()
    device = artist.perceptor.device
    where = torch.cuda.get_device_name(device) if device.type == "cuda" else f"{device}, one thread"
    weights = "its own weights" if asked.perceptor == BUNDLED else "random weights"
    table = Table(
        *("", "drawings", "together, ms", "to one", "by turns, ms", "to one"),
        title=f"A step with {asked.perceptor} ({weights}) on {where}, rasteriser {asked.backend}",
    )
    report: dict[str, object] = {"perceptor": asked.perceptor, "weights": weights, "device": where, "backend": asked.backend}
    fewest, most = min(asked.drawings), max(asked.drawings)
    for stage, chosen in (("one candidate each", True), ("eight candidates each", False)):
        times = measure(artist, asked.drawings, asked.steps, chosen=chosen)
        for count in asked.drawings:
            cells = [cell for way in times.values() for cell in (f"{way[count]:.2f}", f"{way[count] / way[fewest]:.2f}")]
            table.add_row(stage if count == asked.drawings[0] else "", str(count), *cells)
        report[stage] = {way: {count: round(value, 3) for count, value in by_count.items()} for way, by_count in times.items()}
        report[f"{stage}, {most} to {fewest}"] = round(times["together"][most] / times["together"][fewest], 2)
    paint = painting(artist, (1, 8, 64))
    steps, seconds = live(artist, asked.live)
    Console().print(table)
    for name, times in paint.items():
        print(f"{name} paints at {render_size(artist.perceptor)} px: {', '.join(f'{count} in {value:.1f} ms' for count, value in times.items())}")
    print(f"a live drawing alone: {steps} steps in {seconds:.1f} s, {steps / seconds:.1f} a second")
    report |= {"painting": {name: {count: round(value, 2) for count, value in times.items()} for name, times in paint.items()}}
    print(json.dumps(report | {"live_steps_a_second": round(steps / seconds, 1)}))


if __name__ == "__main__":
    main()
