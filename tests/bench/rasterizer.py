"""How fast and how true the rasterisers are: `python -m tests.bench.rasterizer`.

Prints tables for people, and as the last line one JSON object for machines:

fwd_bwd_ms        {"size/strokes": median milliseconds of one rendering and its gradients, native, fastest setting, one thread}
fine_ms           the same at 2 x 2 samples
torch_ms          the same, the torch backend, fastest setting, one CPU thread
cuda_ms           the same on CUDA; null where there is none
kinds_ms          {"lines", "tapered", "fills": ...}: native at 224 px and 64 strokes that are such; the fills are some thirty pixels wide
ratio_to_diffvg   diffvg's milliseconds (2 x 2 samples, CPU) over native's, fastest, at 224 px and 64 strokes; null without pydiffvg
psnr_db           thin strokes at 64 and 128 px, 2 x 2 samples, against 8 x 8: the worse size's median of five scenes
grad_cosine_thin  cosine of d(squared error to a random picture)/d(points) to the 8 x 8 one's, 2 x 2 samples: likewise
grad_cosine_fast  the same with the fastest setting
width_cosine      the same for the widths, 2 x 2 samples; color_cosine: for the colours and opacities
peak_mb           memory that 224 px, 64 strokes and the fastest setting add to the process (what it holds already and has free is used first)
torch_peak_mb     the same, the torch backend
"""

import json
import statistics
import time
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import cosine_similarity

from ai_artist.rasterizer import NativeRasterizer, Rasterizer, RasterizerError, Scene, TorchRasterizer, make_rasterizer, warm_up
from ai_artist.rasterizer.reference import ReferenceRasterizer

SIZES = (64, 128, 224)
STROKES = (16, 64, 256)
SECONDS = 3.0  # for each cell's row of the table of times
MOST_REPEATS = 200
TURN = 5
DENSE_AT_MOST = 64 * 64 * 64  # pixels x strokes
EXACT = 8  # samples each way that count as the truth
SEEDS = 5


def clipdraw_scene(size: int, strokes: int = 64, half_widths: tuple[float, float] | None = None, seed: int = 0) -> Scene:
    """CLIPDraw's own beginning (its notebook, "init_paths"): one to three cubics a stroke, steps of a twentieth of the canvas.

    Strokes with fewer than three cubics repeat their last point. half_widths are in pixels; by default 1 to 4 at 224 px,
    and in proportion at other sizes.
    """
    generator = torch.Generator().manual_seed(seed)
    low, high = half_widths or (size / 224, 4 * size / 224)
    cubics = torch.randint(1, 4, (1, strokes, 1, 1), generator=generator)
    start = torch.rand(1, strokes, 1, 2, generator=generator)
    steps = 0.1 * (torch.rand(1, strokes, 9, 2, generator=generator) - 0.5)
    steps = torch.where(torch.arange(9).view(1, 1, 9, 1) < 3 * cubics, steps, 0)
    points = size * torch.cat((start, start + steps.cumsum(2)), dim=2)
    widths = 2 * (low + (high - low) * torch.rand(1, strokes, generator=generator))
    colors = torch.rand(1, strokes, 4, generator=generator)
    return Scene(points.requires_grad_(), widths.requires_grad_(), colors.requires_grad_(), torch.ones(3))


def of_kind(scene: Scene, kind: str) -> Scene:
    """The scene with strokes that thin out towards their ends, or that are filled; both have gradients as before."""
    if kind == "tapered":
        widths = scene.widths.detach()[..., None] * torch.linspace(1.5, 0.5, scene.cubics + 1)
        return Scene(scene.points, widths.requires_grad_(), scene.colors, scene.background)
    filled = torch.full((scene.canvases, scene.strokes), kind == "fills")
    return Scene(scene.points, scene.widths, scene.colors, scene.background, filled)


def medians(works: dict[str, Callable[[], Any]]) -> dict[str, float]:
    """Milliseconds of each, measured in turns of several, so that whatever else the machine does meets them alike."""
    times: dict[str, list[float]] = {name: [] for name in works}
    end = time.perf_counter() + SECONDS * len(works)
    while time.perf_counter() < end and len(next(iter(times.values()))) < MOST_REPEATS:
        for name, work in works.items():
            work()  # brings back what the others drove out of the processor's cache
            for _ in range(TURN):
                start = time.perf_counter()
                work()
                times[name].append(time.perf_counter() - start)
    return {name: 1e3 * statistics.median(values) for name, values in times.items()}


def forward_and_backward(rasterizer: Rasterizer, scene: Scene, size: int) -> Callable[[], Any]:
    gradient = torch.rand(1, 3, size, size, device=scene.points.device)

    def work() -> None:
        leaves = (scene.points, scene.widths, scene.colors)
        torch.autograd.grad(rasterizer.render(scene, size, size), leaves, gradient, allow_unused=True)
        if scene.points.device.type == "cuda":
            torch.cuda.synchronize()

    return work


def on_cuda(scene: Scene) -> Scene:
    inputs = (tensor.detach().cuda().requires_grad_() for tensor in (scene.points, scene.widths, scene.colors))
    return Scene(*inputs, scene.background.cuda())


def speed() -> dict[str, dict[str, float]]:
    """Print the table of times; returns {backend: {"size/strokes": milliseconds}}."""
    try:
        diffvg = make_rasterizer("diffvg", supersampling=2)
    except RasterizerError:
        diffvg = None
    columns = ["native", "native 2x2", "torch", *(["cuda"] if torch.cuda.is_available() else []), *(["diffvg 2x2"] if diffvg else []), "dense"]
    heads = [f"{name + ' ms':>13}" for name in columns] + [f"{name + '/native':>17}" for name in columns[2:]]
    print(f"{'size':>5} {'strokes':>8} " + " ".join(heads))
    found: dict[str, dict[str, float]] = {name: {} for name in columns}
    for size in SIZES:
        for strokes in STROKES:
            scene = clipdraw_scene(size, strokes)
            works = {
                "native": forward_and_backward(NativeRasterizer(), scene, size),
                "native 2x2": forward_and_backward(NativeRasterizer(2), scene, size),
                "torch": forward_and_backward(TorchRasterizer(), scene, size),
            }
            if torch.cuda.is_available():
                works["cuda"] = forward_and_backward(TorchRasterizer(), on_cuda(scene), size)
            if diffvg:
                works["diffvg 2x2"] = forward_and_backward(diffvg, scene, size)
            times = medians(works)
            if size * size * strokes <= DENSE_AT_MOST:
                times |= medians({"dense": forward_and_backward(ReferenceRasterizer(), scene, size)})
            cells = [f"{times[name]:13.2f}" if name in times else f"{'-':>13}" for name in columns]
            cells += [f"{times[name] / times['native']:17.1f}" if name in times else f"{'-':>17}" for name in columns[2:]]
            print(f"{size:5} {strokes:8} " + " ".join(cells))
            for name, value in times.items():
                found[name][f"{size}/{strokes}"] = round(value, 3)
    return found


def speed_of_kinds(size: int = 224) -> dict[str, float]:
    """Print and return native's times for strokes of each kind."""
    scene = clipdraw_scene(size)
    found = medians({kind: forward_and_backward(NativeRasterizer(), of_kind(scene, kind), size) for kind in ("lines", "tapered", "fills")})
    print(f"\nnative, {size} px, 64 strokes, ms: " + ", ".join(f"{kind} {value:.2f}" for kind, value in found.items()))
    return {kind: round(value, 3) for kind, value in found.items()}


def truth() -> dict[str, float]:
    """Print how near thin strokes come to the 8 x 8 rendering; returns the worse size's medians, by their names in the JSON."""
    print(f"\nthin strokes (half-width 0.3 to 1.1 px), native against {EXACT} x {EXACT} samples, median (worst) of {SEEDS} scenes")
    columns = ("PSNR dB", "points' cosine", "widths' cosine", "colours' cosine")
    print(f"{'size':>5} {'samples':>8} " + " ".join(f"{name:>17}" for name in columns))
    found: dict[int, list[list[float]]] = {1: [], 2: []}
    for size in (64, 128):
        rows: dict[int, list[list[float]]] = {1: [], 2: []}
        for seed in range(SEEDS):
            scene = clipdraw_scene(size, half_widths=(0.3, 1.1), seed=seed)
            target = torch.rand(1, 3, size, size, generator=torch.Generator().manual_seed(1000 + seed))
            exact, exact_gradients = _picture_and_gradients(EXACT, scene, target)
            for samples in rows:
                picture, gradients = _picture_and_gradients(samples, scene, target)
                psnr = -10 * torch.log10((picture - exact).square().mean()).item()
                pairs = zip(gradients, exact_gradients, strict=True)
                rows[samples].append([psnr, *(cosine_similarity(ours.flatten(), true.flatten(), dim=0).item() for ours, true in pairs)])
        for samples, values in rows.items():
            found[samples].append([statistics.median(column) for column in zip(*values, strict=True)])
            worst = [min(column) for column in zip(*values, strict=True)]
            digits = (1, 3, 3, 3)
            cells = [f"{m:.{d}f} ({w:.{d}f})" for m, w, d in zip(found[samples][-1], worst, digits, strict=True)]
            print(f"{size:5} {f'{samples} x {samples}':>8} " + " ".join(f"{cell:>17}" for cell in cells))
    psnr, points, widths, colors = (min(column) for column in zip(*found[2], strict=True))
    fast = min(column[1] for column in found[1])
    figures = {"psnr_db": psnr, "grad_cosine_thin": points, "grad_cosine_fast": fast, "width_cosine": widths, "color_cosine": colors}
    return {name: round(value, 4) for name, value in figures.items()}


def _picture_and_gradients(samples: int, scene: Scene, target: Tensor) -> tuple[Tensor, tuple[Tensor, ...]]:
    picture = NativeRasterizer(samples).render(scene, *target.shape[2:])
    loss = (picture - target).square().mean()
    return picture.detach(), torch.autograd.grad(loss, (scene.points, scene.widths, scene.colors))


def peak_memory(rasterizer: Rasterizer) -> float | None:
    """Megabytes that rendering adds at its highest, or None where the system (other than Linux) cannot say."""
    work = forward_and_backward(rasterizer, clipdraw_scene(224), 224)
    forward_and_backward(rasterizer, clipdraw_scene(8), 8)()  # torch loads parts of itself at the first gradient
    try:
        with open("/proc/self/clear_refs", "w") as reset:
            reset.write("5")
        before = _resident("VmRSS")
        work()
        return round((_resident("VmHWM") - before) / 1024, 2)
    except OSError:
        return None


def _resident(field: str) -> int:
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(field))


def main() -> None:
    torch.set_num_threads(1)
    start = time.perf_counter()
    warm_up()
    print(f"warm-up: {time.perf_counter() - start:.1f} s")
    peak, torch_peak = peak_memory(NativeRasterizer()), peak_memory(TorchRasterizer())
    print(f"memory added by 224 px, 64 strokes: native {peak} MB, torch {torch_peak} MB\n")
    times = speed()
    kinds = speed_of_kinds()
    figures = truth()
    diffvg = times.get("diffvg 2x2")
    ratio = round(diffvg["224/64"] / times["native"]["224/64"], 1) if diffvg else None
    print(f"\ndiffvg: {f'{ratio} times as long as native at 224 px, 64 strokes' if ratio else 'not installed'}")
    report = {
        "fwd_bwd_ms": times["native"],
        "fine_ms": times["native 2x2"],
        "torch_ms": times["torch"],
        "cuda_ms": times.get("cuda"),
        "kinds_ms": kinds,
        "ratio_to_diffvg": ratio,
        **figures,
        "peak_mb": peak,
        "torch_peak_mb": torch_peak,
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
