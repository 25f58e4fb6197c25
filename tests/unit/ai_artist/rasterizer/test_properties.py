"""What any painter of strokes does, asked of every backend that this machine has."""

import pytest
import torch

from ai_artist.rasterizer import Scene, polyline

from .backends import EVERY, EXACT, Backend
from .scenes import black_fills, black_strokes, copy_of, gradients, line, random_scene, tensors

KINDS = {"lines": {}, "tapered": {"tapered": True}, "fills": {"filled": 1.0}, "mixed": {"tapered": True, "filled": 0.5}}


def ink(backend: Backend, scene: Scene, size: int, supersampling: int = 1) -> torch.Tensor:
    """How dark each pixel of one canvas is, [size, size]."""
    picture = backend.make(supersampling).render(copy_of(scene, torch.float32, backend.device), size, size)
    return 1 - picture.detach().cpu()[0].mean(0)


@pytest.mark.parametrize("backend", EVERY)
class TestStrokes:
    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("shift", [(-400.0, 0.0), (400.0, 3.0), (0.0, -400.0), (7.0, 400.0), (1e5, -1e5)])
    def test_outside_the_canvas_leave_the_background_and_get_no_gradient(self, backend: Backend, kind, shift):
        scene = copy_of(random_scene(canvases=2, strokes=4, **KINDS[kind]), torch.float32, backend.device)
        with torch.no_grad():
            scene.points.add_(torch.tensor(shift, device=backend.device))
        picture = backend.make(2).render(scene, 24, 24)
        torch.testing.assert_close(picture, scene.backgrounds()[:, :, None, None].expand(-1, -1, 24, 24))
        for gradient in gradients(backend.make(2), scene, 24, 24)[:3]:
            assert not gradient.any()

    def test_without_length_are_round_dots(self, backend: Backend):
        assert ink(backend, black_strokes([[[8.0, 8.0]] * 4], width=8.0), 16, 4).sum().item() == pytest.approx(torch.pi * 16, rel=0.02)

    @pytest.mark.parametrize("width", [0.0, -2.0])
    @pytest.mark.parametrize("tapered", [False, True])
    def test_without_width_leave_no_ink_and_no_gradient_of_the_path(self, backend: Backend, width, tapered):
        scene = copy_of(random_scene(canvases=1, strokes=2, tapered=tapered), torch.float32, backend.device)
        with torch.no_grad():
            scene.widths[0, 1] = width
        alone = Scene(scene.points[:, :1], scene.widths[:, :1], scene.colors[:, :1], scene.background)
        torch.testing.assert_close(backend.make(1).render(scene, 32, 32), backend.make(1).render(alone, 32, 32))
        found = gradients(backend.make(1), scene, 32, 32)
        assert all(gradient.isfinite().all() for gradient in found)
        assert not found[0][0, 1].any()

    def test_many_thousands_are_painted_in_order(self, backend: Backend):
        scene = random_scene(size=64.0, canvases=1, strokes=10_000, cubics=1, widths=(0.5, 2.0))
        with torch.no_grad():
            scene.points[0, -1] = torch.tensor(line(8, 32, 56, 32))
            scene.widths[0, -1] = 6
            scene.colors[0, -1] = torch.tensor([1.0, 0.5, 0.0, 1.0])
        here = copy_of(scene, torch.float32, backend.device)
        picture = backend.make(1).render(here, 64, 64)
        assert picture[0, :, 32, 32].tolist() == pytest.approx([1.0, 0.5, 0.0], abs=1e-3)
        for gradient in torch.autograd.grad(picture.sum(), tensors(here)):
            assert gradient.isfinite().all()

    @pytest.mark.parametrize("name", ["points", "widths", "colors"])
    @pytest.mark.parametrize("tapered", [False, True])
    def test_with_nan_are_named(self, backend: Backend, name, tapered):
        scene = copy_of(random_scene(strokes=5, tapered=tapered), torch.float32, backend.device)
        with torch.no_grad():
            getattr(scene, name)[1, 3] = torch.nan
        with pytest.raises(ValueError, match=f"stroke 3 of canvas 1 has {name} that are not finite"):
            backend.make(1).render(scene, 16, 16)

    def test_lie_over_those_before(self, backend: Backend):
        scene = black_strokes([line(-10, 4, 30, 4), line(4, -10, 4, 30)], width=4.0)
        scene.colors[0, 1] = torch.tensor([1.0, 0.5, 0.0, 0.5])
        picture = backend.make(1).render(copy_of(scene, torch.float32, backend.device), 8, 8).cpu()
        assert picture[0, :, 4, 4].tolist() == pytest.approx([0.5, 0.25, 0.0], abs=1e-5)
        swapped = Scene(scene.points.flip(1), scene.widths, scene.colors.flip(1), scene.background)
        picture = backend.make(1).render(copy_of(swapped, torch.float32, backend.device), 8, 8).cpu()
        assert picture[0, :, 4, 4].tolist() == pytest.approx([0, 0, 0], abs=1e-5)

    @pytest.mark.parametrize("kind", KINDS)
    def test_of_a_batch_are_painted_as_alone(self, backend: Backend, kind):
        scene = copy_of(random_scene(canvases=3, strokes=6, **KINDS[kind]), torch.float32, backend.device)
        together = backend.make(1).render(scene, 33, 21)
        for canvas in range(3):
            only = slice(canvas, canvas + 1)
            own = Scene(*(tensor[only] for tensor in tensors(scene)), None if scene.filled is None else scene.filled[only])
            torch.testing.assert_close(together[only], backend.make(1).render(own, 33, 21), rtol=1e-5, atol=1e-6)

    def test_none_leave_the_background(self, backend: Backend):
        background = torch.tensor([0.1, 0.5, 1.0], device=backend.device, requires_grad=True)
        nothing = (torch.zeros(2, 0, *shape, device=backend.device) for shape in ((4, 2), (), (4,)))
        picture = backend.make(2).render(Scene(*nothing, background), 5, 7)
        torch.testing.assert_close(picture, background.detach().view(1, 3, 1, 1).expand(2, 3, 5, 7))
        picture.sum().backward()
        assert background.grad.tolist() == pytest.approx([70, 70, 70])

    def test_of_half_precision_are_painted_in_float32(self, backend: Backend):
        scene = copy_of(random_scene(), torch.bfloat16, backend.device)
        picture = backend.make(1).render(scene, 16, 16)
        assert picture.dtype == torch.float32
        picture.sum().backward()
        assert scene.points.grad.dtype == torch.bfloat16


@pytest.mark.parametrize("backend", EVERY)
class TestTapers:
    def test_of_equal_widths_are_plain_lines(self, backend: Backend):
        plain = copy_of(random_scene(), torch.float32, backend.device)
        tapered = Scene(plain.points, plain.widths[..., None].expand(-1, -1, 4), plain.colors, plain.background)
        tolerance = 1e-4 if backend.exact else 0.2
        torch.testing.assert_close(backend.make(2).render(tapered, 32, 32), backend.make(2).render(plain, 32, 32), rtol=0, atol=tolerance)

    def test_ink_is_length_times_the_mean_width(self, backend: Backend):
        scene = black_strokes([line(5, 20, 35, 20)])
        scene = Scene(scene.points, torch.tensor([[[2.0, 8.0]]]), scene.colors, scene.background)
        caps = torch.pi / 2 * (1 + 16)
        assert ink(backend, scene, 40, 4).sum().item() == pytest.approx(30 * 5 + caps, rel=0.02)

    def test_are_as_wide_at_each_knot_as_told(self, backend: Backend):
        scene = black_strokes([line(-20, 20, 20, 20) + line(20, 20, 60, 20)[1:]])
        scene = Scene(scene.points, torch.tensor([[[0.0, 12.0, 6.0]]]), scene.colors, scene.background)
        columns = ink(backend, scene, 40, 4).sum(0)
        assert columns[19:21].mean().item() == pytest.approx(12, abs=0.3)
        assert columns[9:11].mean().item() == pytest.approx(9, abs=0.3)
        assert columns[29:31].mean().item() == pytest.approx(10.5, abs=0.3)

    def test_wider_at_one_end_is_asked_of_that_ends_width(self, backend: Backend):
        scene = black_strokes([line(5, 20, 35, 20)])
        scene = copy_of(Scene(scene.points, torch.tensor([[[4.3, 4.3]]]), scene.colors, scene.background), torch.float32, backend.device)
        right = backend.make(2).render(scene, 40, 40)[..., 28:].sum()
        (widths,) = torch.autograd.grad(right, scene.widths)
        assert widths[0, 0, 1] < 3 * widths[0, 0, 0] < 0

    @pytest.mark.parametrize("where", ["start", "end"])
    def test_that_repeat_a_point_are_as_wide_there_as_where_it_meets_the_rest(self, backend: Backend, where):
        if not backend.exact:
            pytest.skip("diffvg, the backend for pydiffvg, paints both of the widths that share the point")
        short = black_strokes([line(3, 4, 20, 11)])
        short = Scene(short.points, torch.tensor([[[2.0, 5.0]]]), short.colors, short.background)
        if where == "start":
            padded, widths = [[3.0, 4.0]] * 3 + line(3, 4, 20, 11), [9.0, 2.0, 5.0]
        else:
            padded, widths = line(3, 4, 20, 11) + [[20.0, 11.0]] * 3, [2.0, 5.0, 9.0]
        scene = Scene(torch.tensor([[padded]]), torch.tensor([[widths]]), short.colors, short.background)
        torch.testing.assert_close(ink(backend, scene, 24), ink(backend, short, 24))

    def test_without_length_are_dots_of_the_first_knots_width(self, backend: Backend):
        scene = black_strokes([[[8.0, 8.0]] * 7])
        scene = Scene(scene.points, torch.tensor([[[8.0, 2.0, 12.0]]]), scene.colors, scene.background)
        assert ink(backend, scene, 16, 4).sum().item() == pytest.approx(torch.pi * 16, rel=0.02)


def star(size: float) -> list[list[float]]:
    """The five corners of a pentagram, every second one after the other."""
    angles = [torch.pi * (0.8 * i - 0.5) for i in range(5)]
    return [[size / 2 + 0.45 * size * float(torch.cos(torch.tensor(a))), size / 2 + 0.45 * size * float(torch.sin(torch.tensor(a)))] for a in angles]


@pytest.mark.parametrize("backend", EVERY)
class TestFills:
    @pytest.mark.parametrize("turn", [1, -1])
    def test_cover_their_area_whichever_way_round(self, backend: Backend, turn):
        scene = black_fills([[[4.25, 6], [30, 6], [30, 20.5], [4.25, 20.5]][::turn]])
        dark = ink(backend, scene, 40, 1 if backend.exact else 4)
        assert dark.sum().item() == pytest.approx(25.75 * 14.5, rel=0.01)
        assert dark[7:20, 6:29].min().item() == pytest.approx(1, abs=1e-5)
        assert dark[10, 4].item() == pytest.approx(0.75, abs=1e-5 if backend.exact else 0.2)

    def test_of_curves_close_with_a_straight_line(self, backend: Backend):
        k = 20 * 0.5522847498  # two quarters of a circle: the closing line is its diameter
        arc = [[0.0, 20.0], [0.0, 20 - k], [20 - k, 0.0], [20.0, 0.0], [20 + k, 0.0], [40.0, 20 - k], [40.0, 20.0]]
        scene = black_strokes([[[x + 4, y + 4] for x, y in arc]])
        scene = Scene(scene.points, scene.widths, scene.colors, scene.background, torch.ones(1, 1, dtype=torch.bool))
        assert ink(backend, scene, 48, 4).sum().item() == pytest.approx(torch.pi * 200, rel=0.01)

    def test_that_cross_themselves_are_filled_to_the_middle_without_seams(self, backend: Backend):
        dark = ink(backend, black_fills([star(64)]), 64)
        assert dark[28:36, 28:36].min().item() == pytest.approx(1, abs=1e-5)
        assert dark[0, 0] == 0

    def test_painted_twice_over_have_one_outline(self, backend: Backend):
        square = [[5.0, 5.0], [25.0, 5.0], [25.0, 25.0], [5.0, 25.0]]
        over = [*square, [5.0, 5.0], [30.0, 5.0], [30.0, 30.0], [5.0, 30.0]]
        dark = ink(backend, black_fills([over]), 40)
        assert dark[6:29, 6:29].min().item() == pytest.approx(1, abs=1e-5)
        assert dark.sum().item() == pytest.approx(625, rel=0.01)

    def test_holes_run_the_other_way(self, backend: Backend):
        outer, inner = [[4.0, 4], [36, 4], [36, 36], [4, 36], [4, 4]], [[14.0, 14], [14, 26], [26, 26], [26, 14], [14, 14]]
        dark = ink(backend, black_fills([outer + inner + [[4.0, 4.0]]]), 40)
        assert dark[16:25, 16:25].max().item() == pytest.approx(0, abs=1e-5)
        assert dark[30, 10].item() == pytest.approx(1, abs=1e-5)

    @pytest.mark.parametrize(
        "corners",
        [
            pytest.param([[9.3, 8.1]] * 4, id="point"),
            pytest.param([[3.0, 3.0], [12.0, 9.0], [21.0, 15.0], [12.0, 9.0]], id="there-and-back"),
            pytest.param([[2.5, 5.5], [9.5, 5.5], [20.5, 5.5], [4.5, 5.5]], id="through-pixel-centres"),
        ],
    )
    def test_without_area_leave_a_trace_at_most(self, backend: Backend, corners):
        scene = copy_of(black_fills([corners]), torch.float32, backend.device)
        picture = backend.make(1).render(scene, 24, 24)
        assert picture.min() >= 0.5 - 1e-5
        assert (1 - picture).mean() < 0.05
        for gradient in gradients(backend.make(1), scene, 24, 24):
            assert gradient.isfinite().all()

    def test_pay_no_attention_to_widths(self, backend: Backend):
        scene = copy_of(random_scene(canvases=1, filled=1.0), torch.float32, backend.device)
        wider = Scene(scene.points, 3 * scene.widths.detach(), scene.colors, scene.background, scene.filled)
        assert torch.equal(backend.make(1).render(scene, 32, 32), backend.make(1).render(wider, 32, 32))
        assert not gradients(backend.make(1), scene, 32, 32)[1].any()

    def test_and_lines_are_painted_in_the_order_of_the_strokes(self, backend: Backend):
        square = polyline(torch.tensor([[4.0, 4], [28, 4], [28, 28], [4, 28]]))
        stroke = polyline(torch.tensor([[0.0, 16], [10, 16], [20, 16], [32, 16]]))
        colors = torch.tensor([[[1.0, 0, 0, 1], [0, 0, 1, 1]]])
        for order, middle in (([0, 1], [0.0, 0.0, 1.0]), ([1, 0], [1.0, 0.0, 0.0])):
            points, filled = torch.stack((square, stroke))[None, order], torch.tensor([[True, False]])[:, order]
            scene = copy_of(Scene(points, torch.full((1, 2), 4.0), colors[:, order], torch.ones(3), filled), torch.float32, backend.device)
            picture = backend.make(1).render(scene, 32, 32).cpu()
            assert picture[0, :, 16, 16].tolist() == pytest.approx(middle, abs=1e-5)
            assert picture[0, :, 8, 8].tolist() == pytest.approx([1, 0, 0], abs=1e-5)
            assert picture[0, :, 16, 1].tolist() == pytest.approx([0, 0, 1], abs=1e-5)

    def test_grow_towards_what_wants_ink(self, backend: Backend):
        scene = copy_of(black_fills([[[8.0, 8.3], [24, 8.3], [24, 24], [8, 24]]]), torch.float32, backend.device)
        (points,) = torch.autograd.grad(backend.make(2).render(scene, 32, 32).mean(1).sum(), scene.points)
        # Moving the upper edge, 16 px long, down by one bares 16 px of white; its points are the first four.
        assert points[0, 0, :4, 1].sum().item() == pytest.approx(16, rel=0.1)


@pytest.mark.parametrize("backend", EXACT)
@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_may_be_differentiated_in_part(backend: Backend, kind):
    scene = copy_of(random_scene(**KINDS[kind]), torch.float32, backend.device)
    points, rest = scene.points, [tensor.detach() for tensor in tensors(scene)[1:]]
    backend.make(1).render(Scene(points, *rest, scene.filled), 30, 30).sum().backward()
    assert points.grad is not None
    assert not backend.make(1).render(Scene(points.detach(), *rest, scene.filled), 30, 30).requires_grad
