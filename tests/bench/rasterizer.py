"""How fast and how true the rasteriser is: `python -m tests.bench.rasterizer`.

Prints tables for people, and as the last line one JSON object for machines:

fwd_bwd_ms        {"size/strokes": median milliseconds of one rendering and its gradients, fastest setting, one thread}
ratio_to_diffvg   diffvg's milliseconds over ours at 224 px and 64 strokes; null where pydiffvg cannot be imported
psnr_db           thin strokes at 64 and 128 px, 2 x 2 samples, against 8 x 8: the worse size's mean
grad_cosine_thin  cosine of d(squared error to a random picture)/d(points) to the 8 x 8 one's, 2 x 2 samples: likewise
grad_cosine_fast  the same with the fastest setting
peak_mb           memory that 224 px, 64 strokes and the fastest setting add to the process (what it holds already and has free is used first)
"""

import json
import statistics
import time
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import cosine_similarity

from ai_artist.rasterizer import NativeRasterizer, Rasterizer, Scene, warm_up
from ai_artist.rasterizer.reference import ReferenceRasterizer

SIZES = (64, 128, 224)
REPEATS = 200
EXACT = 8  # samples each way that count as the truth
SCENES = 8


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


def milliseconds(work: Callable[[], Any], repeats: int) -> float:
    """The median over many repeats: other programs may be running."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 1e3 * statistics.median(times)


def forward_and_backward(rasterizer: Rasterizer, scene: Scene, size: int) -> Callable[[], Any]:
    gradient = torch.rand(1, 3, size, size)
    return lambda: torch.autograd.grad(rasterizer.render(scene, size, size), (scene.points, scene.widths, scene.colors), gradient)


def speed() -> dict[str, float]:
    """Print the table of times; returns the fastest setting's."""
    print(f"{'size':>5} {'strokes':>8} {'ms':>8} {'ms, 2x2':>8} {'dense ms':>9} {'dense / ours':>13}")
    found = {}
    for size in SIZES:
        for strokes in (16, 64, 256):
            scene = clipdraw_scene(size, strokes)
            fast, fine = (milliseconds(forward_and_backward(NativeRasterizer(s), scene, size), REPEATS) for s in (1, 2))
            found[f"{size}/{strokes}"] = round(fast, 3)
            dense = milliseconds(forward_and_backward(ReferenceRasterizer(), scene, size), 1) if size * size * strokes <= 128 * 128 * 64 else None
            beside = f"{dense:9.0f} {dense / fast:13.0f}" if dense else f"{'-':>9} {'-':>13}"
            print(f"{size:5} {strokes:8} {fast:8.2f} {fine:8.2f} {beside}")
    return found


def truth() -> tuple[float, float, float]:
    """Print how near thin strokes come to the 8 x 8 rendering; returns (PSNR at 2 x 2, cosine at 2 x 2, cosine fastest)."""
    print(f"\nthin strokes (half-width 0.3 to 1.1 px), against {EXACT} x {EXACT} samples, mean (worst) of {SCENES} scenes")
    print(f"{'size':>5} {'samples':>8} {'PSNR dB':>15} {'cosine of gradients':>20}")
    means: dict[int, list[tuple[float, float]]] = {1: [], 2: []}
    for size in (64, 128):
        rows: dict[int, list[tuple[float, float]]] = {1: [], 2: []}
        for seed in range(SCENES):
            scene = clipdraw_scene(size, half_widths=(0.3, 1.1), seed=seed)
            target = torch.rand(1, 3, size, size, generator=torch.Generator().manual_seed(1000 + seed))
            exact, exact_gradient = _picture_and_gradient(EXACT, scene, target)
            for samples in rows:
                picture, gradient = _picture_and_gradient(samples, scene, target)
                psnr = -10 * torch.log10((picture - exact).square().mean()).item()
                rows[samples].append((psnr, cosine_similarity(gradient.flatten(), exact_gradient.flatten(), dim=0).item()))
        for samples, values in rows.items():
            psnrs, cosines = zip(*values, strict=True)
            means[samples].append((statistics.mean(psnrs), statistics.mean(cosines)))
            psnr_text, cosine_text = f"{means[samples][-1][0]:.1f} ({min(psnrs):.1f})", f"{means[samples][-1][1]:.3f} ({min(cosines):.3f})"
            print(f"{size:5} {f'{samples} x {samples}':>8} {psnr_text:>15} {cosine_text:>20}")
    return min(p for p, _ in means[2]), min(c for _, c in means[2]), min(c for _, c in means[1])


def _picture_and_gradient(samples: int, scene: Scene, target: Tensor) -> tuple[Tensor, Tensor]:
    picture = NativeRasterizer(samples).render(scene, *target.shape[2:])
    (gradient,) = torch.autograd.grad((picture - target).square().mean(), scene.points)
    return picture.detach(), gradient


def peak_memory() -> float | None:
    """Megabytes that rendering adds at its highest, or None where the system (other than Linux) cannot say."""
    work = forward_and_backward(NativeRasterizer(), clipdraw_scene(224), 224)
    forward_and_backward(NativeRasterizer(), clipdraw_scene(8), 8)()  # torch loads parts of itself at the first gradient
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


def diffvg_milliseconds(size: int = 224) -> float | None:
    """diffvg on the same scene with 2 x 2 samples on the CPU, as CLIPDraw uses it, or None without it."""
    try:
        import pydiffvg  # type: ignore[import-not-found]
    except ImportError:
        return None
    pydiffvg.set_use_gpu(False)
    scene = clipdraw_scene(size)
    gradient = torch.rand(size, size, 4)

    def work() -> None:
        shapes, groups, leaves = [], [], []
        for i in range(scene.strokes):
            points, width, color = (tensor[0, i].detach().clone().requires_grad_() for tensor in (scene.points, scene.widths, scene.colors))
            leaves += [points, width, color]
            handles = torch.full((scene.cubics,), 2, dtype=torch.int32)
            shapes.append(pydiffvg.Path(num_control_points=handles, points=points, stroke_width=width / 2, is_closed=False))
            groups.append(pydiffvg.ShapeGroup(shape_ids=torch.tensor([i]), fill_color=None, stroke_color=color))
        arguments = pydiffvg.RenderFunction.serialize_scene(size, size, shapes, groups)
        torch.autograd.grad(pydiffvg.RenderFunction.apply(size, size, 2, 2, 0, None, *arguments), leaves, gradient)

    return milliseconds(work, 5)


def main() -> None:
    torch.set_num_threads(1)
    start = time.perf_counter()
    warm_up()
    print(f"warm-up: {time.perf_counter() - start:.1f} s")
    peak = peak_memory()
    print(f"memory added by 224 px, 64 strokes: {peak} MB\n")
    times = speed()
    psnr, thin, fast = truth()
    diffvg = diffvg_milliseconds()
    print(f"\ndiffvg, 224 px, 64 strokes: {'not installed' if diffvg is None else f'{diffvg:.0f} ms'}")
    figures = {
        "fwd_bwd_ms": times,
        "ratio_to_diffvg": None if diffvg is None else round(diffvg / times["224/64"], 1),
        "psnr_db": round(psnr, 2),
        "grad_cosine_thin": round(thin, 4),
        "grad_cosine_fast": round(fast, 4),
        "peak_mb": peak,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
