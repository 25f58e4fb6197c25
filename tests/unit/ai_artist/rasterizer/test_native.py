"""The fast rasteriser, against the dense one, finite differences, and properties that any painter has."""

import multiprocessing
import subprocess
import sys
import textwrap
import threading

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn.functional import cosine_similarity

from ai_artist.rasterizer import NativeRasterizer, Scene, warm_up
from ai_artist.rasterizer.reference import ReferenceRasterizer

from .scenes import black_strokes, gradients, line, random_scene, tensors


@pytest.fixture(scope="module", autouse=True)
def _compiled():
    warm_up()


class TestAgainstTheReference:
    @pytest.mark.parametrize("supersampling", [1, 2])
    @pytest.mark.parametrize("cubics", [1, 3])
    @pytest.mark.parametrize("widths", [(0.2, 1.0), (1.0, 9.0)])
    def test_picture_and_gradients_agree(self, supersampling, cubics, widths):
        scene = random_scene(size=25, strokes=5, cubics=cubics, widths=widths, seed=cubics)
        exact = Scene(*(tensor.detach().double().requires_grad_() for tensor in tensors(scene)))
        native, reference = NativeRasterizer(supersampling), ReferenceRasterizer(supersampling)
        difference = native.render(scene, 21, 26) - reference.render(exact, 21, 26)
        assert difference.abs().max() < 1e-4
        for ours, theirs in zip(gradients(native, scene, 21, 26), gradients(reference, exact, 21, 26), strict=True):
            assert ours.shape == theirs.shape
            assert cosine_similarity(ours.double().flatten(), theirs.flatten(), dim=0) > 0.9999
            assert (ours - theirs).norm() <= 5e-3 * theirs.norm()

    def test_curves_are_cut_finely_enough(self):
        scene = random_scene(widths=(1.0, 6.0), canvases=1)
        difference = NativeRasterizer().render(scene, 40, 40) - ReferenceRasterizer(pieces_per_cubic=100).render(scene, 40, 40)
        assert difference.abs().max() < 0.1  # a tenth of a pixel is the promise
        assert difference.square().mean().sqrt() < 0.01

    def test_one_shared_background_gets_the_sum_of_the_gradients(self):
        scene = random_scene(strokes=4)
        shared = Scene(scene.points, scene.widths, scene.colors, torch.tensor([0.2, 0.5, 0.9], requires_grad=True))
        for ours, theirs in zip(gradients(NativeRasterizer(), shared, 30, 30), gradients(ReferenceRasterizer(), shared, 30, 30), strict=True):
            torch.testing.assert_close(ours, theirs, rtol=1e-3, atol=1e-3)

    def test_colours_outside_their_range_are_clamped_like_torchs(self):
        scene = random_scene(strokes=5, seed=3)
        with torch.no_grad():
            scene.colors.mul_(2).sub_(0.5)
            scene.background.mul_(3).sub_(1)
        for ours, theirs in zip(gradients(NativeRasterizer(), scene, 30, 30), gradients(ReferenceRasterizer(), scene, 30, 30), strict=True):
            torch.testing.assert_close(ours, theirs, rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("supersampling", [1, 2])
def test_finite_differences_of_the_loss_agree(supersampling):
    scene = random_scene(size=24.0, canvases=1, strokes=3, cubics=1, widths=(2.0, 5.0), seed=5)
    rasterizer = NativeRasterizer(supersampling)
    weights = torch.rand(1, 3, 24, 24, generator=torch.Generator().manual_seed(1))

    def loss() -> float:
        return (rasterizer.render(scene, 24, 24).double() * weights).sum().item()

    found = torch.autograd.grad((rasterizer.render(scene, 24, 24) * weights).sum(), tensors(scene))
    for tensor, gradient in zip(tensors(scene), found, strict=True):
        measured = torch.zeros_like(gradient)
        # A step short enough to cross few of the coverage's corners, and long enough for float32.
        step = 4e-3
        for i in range(tensor.numel()):
            flat = tensor.detach().view(-1)
            before = flat[i].item()
            flat[i] = before + step
            above = loss()
            flat[i] = before - step
            below = loss()
            flat[i] = before
            measured.view(-1)[i] = (above - below) / (2 * step)
        assert cosine_similarity(measured.flatten(), gradient.flatten(), dim=0) > 0.995
        assert (measured - gradient).norm() < 0.1 * gradient.norm()


class TestInk:
    def test_no_strokes_leave_the_background(self):
        background = torch.tensor([0.1, 0.5, 1.0], requires_grad=True)
        picture = NativeRasterizer(2).render(Scene(torch.zeros(2, 0, 4, 2), torch.zeros(2, 0), torch.zeros(2, 0, 4), background), 5, 7)
        assert picture.shape == (2, 3, 5, 7)
        torch.testing.assert_close(picture, background.detach().view(1, 3, 1, 1).expand(2, 3, 5, 7))
        picture.sum().backward()
        assert background.grad.tolist() == pytest.approx([70, 70, 70])

    @pytest.mark.parametrize("supersampling", [1, 2])
    def test_opaque_white_on_white_changes_nothing(self, supersampling):
        scene = black_strokes([line(2, 3, 30, 17), line(9, 30, 9, 1)], width=5.0)
        scene.colors[:] = 1
        assert (NativeRasterizer(supersampling).render(scene, 32, 32) == 1).all()

    def test_a_stroke_without_length_is_a_round_dot(self):
        scene = black_strokes([[[8.0, 8.0]] * 4], width=8.0)
        ink = (1 - NativeRasterizer(4).render(scene, 16, 16)).sum() / 3
        assert ink.item() == pytest.approx(torch.pi * 16, rel=0.01)

    def test_points_repeated_at_the_end_add_nothing(self):
        short = black_strokes([line(3, 4, 20, 11)], width=3.0)
        padded = black_strokes([line(3, 4, 20, 11) + [[20.0, 11.0]] * 6], width=3.0)
        torch.testing.assert_close(NativeRasterizer().render(short, 24, 24), NativeRasterizer().render(padded, 24, 24))

    @pytest.mark.parametrize("width", [0.0, -2.0])
    def test_a_stroke_without_width_leaves_no_ink_and_finite_gradients(self, width):
        scene = random_scene(canvases=1, strokes=2)
        with torch.no_grad():
            scene.widths[0, 1] = width
        alone = Scene(scene.points[:, :1], scene.widths[:, :1], scene.colors[:, :1], scene.background)
        torch.testing.assert_close(NativeRasterizer().render(scene, 32, 32), NativeRasterizer().render(alone, 32, 32))
        for gradient in gradients(NativeRasterizer(), scene, 32, 32):
            assert gradient.isfinite().all()

    def test_a_pixel_exactly_on_the_line_pulls_nowhere(self):
        scene = black_strokes([line(-4, 4.5, 20, 4.5)], width=0.8)
        scene.points.requires_grad_()
        NativeRasterizer().render(scene, 9, 9)[:, :, 4].sum().backward()
        assert (scene.points.grad == 0).all()

    def test_ink_is_length_times_width_at_any_angle(self):
        for x, y in ((40, 3), (28, 24), (10, 35)):
            for width in (0.6, 1.0, 3.0):
                ends = black_strokes([line(20, 20, 20, 20)], width=width)
                scene = black_strokes([line(20 - x / 4, 20 - y / 4, 20 + x / 4, 20 + y / 4)], width=width)
                ink = NativeRasterizer(2).render(ends, 40, 40).sum() - NativeRasterizer(2).render(scene, 40, 40).sum()
                assert ink.item() / 3 == pytest.approx(0.5 * (x * x + y * y) ** 0.5 * width, rel=0.05)


class TestUse:
    def test_after_warming_up_nothing_is_left_to_compile(self):
        code = """
            from ai_artist.rasterizer import NativeRasterizer, native, warm_up
            from tests.unit.ai_artist.rasterizer.scenes import gradients, random_scene

            def compiled():
                return {name: len(kernel.overloads) for name, kernel in vars(native).items() if hasattr(kernel, "overloads")}

            warm_up()
            before = compiled()
            assert before and all(before.values()), before
            for tapered in (False, True):
                for filled in (0.0, 0.5):
                    for rasterizer in (NativeRasterizer(), NativeRasterizer(3, threads=2)):
                        gradients(rasterizer, random_scene(canvases=2, tapered=tapered, filled=filled), 20, 20)
            assert compiled() == before, (before, compiled())
        """
        subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=True)

    def test_threads_change_nothing(self):
        scene = random_scene(canvases=5)
        assert torch.equal(NativeRasterizer().render(scene, 33, 21), NativeRasterizer(threads=3).render(scene, 33, 21))
        for one, three in zip(gradients(NativeRasterizer(), scene, 33, 21), gradients(NativeRasterizer(threads=3), scene, 33, 21), strict=True):
            assert torch.equal(one, three)

    def test_rendering_twice_gives_the_same_bits(self):
        scene = random_scene()
        assert torch.equal(NativeRasterizer().render(scene, 20, 20), NativeRasterizer().render(scene, 20, 20))

    def test_several_threads_may_render_at_once(self):
        scene = random_scene(canvases=3)
        expected = NativeRasterizer().render(scene, 30, 30)
        found = []
        workers = [threading.Thread(target=lambda: found.append(NativeRasterizer(threads=2).render(scene, 30, 30))) for _ in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert len(found) == 4
        assert all(torch.equal(picture, expected) for picture in found)

    def test_parameters_may_be_stepped_before_the_backward_pass(self):
        scene = random_scene()
        expected = torch.autograd.grad(NativeRasterizer().render(scene, 30, 30).square().sum(), tensors(scene))
        loss = NativeRasterizer().render(scene, 30, 30).square().sum()
        with torch.no_grad():
            for tensor in tensors(scene):
                tensor.mul_(0.5)
        for ours, theirs in zip(torch.autograd.grad(loss, tensors(scene), retain_graph=True), expected, strict=True):
            assert torch.equal(ours, theirs)
        for ours, theirs in zip(torch.autograd.grad(loss, tensors(scene)), expected, strict=True):
            assert torch.equal(ours, theirs)

    def test_gradients_flow_only_where_they_are_asked_for(self):
        scene = random_scene()
        only_points = Scene(scene.points, scene.widths.detach(), scene.colors.detach(), scene.background.detach())
        NativeRasterizer().render(only_points, 30, 30).sum().backward()
        assert scene.points.grad is not None
        assert scene.widths.grad is None
        assert not NativeRasterizer().render(Scene(*(tensor.detach() for tensor in tensors(scene))), 30, 30).requires_grad

    def test_other_floating_types_are_taken_and_get_their_own_gradients(self):
        scene = random_scene(dtype=torch.float64)
        picture = NativeRasterizer().render(scene, 30, 30)
        assert picture.dtype == torch.float32
        picture.sum().backward()
        assert scene.points.grad.dtype == torch.float64

    def test_many_strokes_outgrow_the_first_guess_of_fragments(self):
        scene = black_strokes([line(3 * i - 40, -5, 60 - i, 65) for i in range(40)], width=49.3)
        for tensor in tensors(scene):
            tensor.requires_grad_()
        with torch.no_grad():
            scene.colors.uniform_(generator=torch.Generator().manual_seed(2))
        for ours, theirs in zip(gradients(NativeRasterizer(), scene, 60, 60), gradients(ReferenceRasterizer(), scene, 60, 60), strict=True):
            torch.testing.assert_close(ours, theirs, rtol=1e-2, atol=1e-2)

    def test_a_forked_child_may_render(self):
        if "fork" not in multiprocessing.get_all_start_methods():
            pytest.skip("this system cannot fork")
        scene = Scene(*(tensor.detach() for tensor in tensors(random_scene(canvases=3))))
        expected = NativeRasterizer(threads=2).render(scene, 30, 30)  # the parent's pool of threads exists before the fork
        context = multiprocessing.get_context("fork")
        mine, theirs = context.Pipe(duplex=False)
        child = context.Process(target=_render_in_child, args=(scene, theirs))
        child.start()
        assert mine.poll(30), "the child gave no picture within 30 seconds"
        assert mine.recv() == expected.tolist()
        child.join()


def _render_in_child(scene: Scene, connection) -> None:
    torch.set_num_threads(1)
    connection.send(NativeRasterizer(threads=2).render(scene, 30, 30).tolist())


coordinates = st.floats(-60, 100, width=32)
anywhere = st.floats(-1e6, 1e6, width=32)
units = st.floats(0, 1, width=32)


@st.composite
def scenes(draw, coordinate=coordinates, most_strokes=6) -> Scene:
    strokes = draw(st.integers(1, most_strokes))
    size = 3 * draw(st.integers(1, 3)) + 1
    numbers = draw(st.lists(coordinate, min_size=2 * size * strokes, max_size=2 * size * strokes))
    widths = draw(st.lists(st.floats(0, 80, width=32), min_size=strokes, max_size=strokes))
    colors = draw(st.lists(units, min_size=4 * strokes, max_size=4 * strokes))
    background = draw(st.lists(units, min_size=3, max_size=3))
    return Scene(
        torch.tensor(numbers).view(1, strokes, size, 2).requires_grad_(),
        torch.tensor(widths).view(1, strokes).requires_grad_(),
        torch.tensor(colors).view(1, strokes, 4).requires_grad_(),
        torch.tensor(background).requires_grad_(),
    )


class TestProperties:
    @given(scenes(), st.integers(1, 40), st.integers(1, 40), st.sampled_from([1, 2]))
    @settings(max_examples=60, deadline=None)
    def test_values_lie_in_0_to_1_and_gradients_are_finite(self, scene, height, width, supersampling):
        picture = NativeRasterizer(supersampling).render(scene, height, width)
        assert picture.min() >= -1e-6
        assert picture.max() <= 1 + 1e-6
        for gradient in torch.autograd.grad(picture.sum(), tensors(scene)):
            assert gradient.isfinite().all()

    @given(scenes(), st.sampled_from([1, 2]))
    @settings(max_examples=12, deadline=None)
    def test_the_picture_is_the_references(self, scene, supersampling):
        exact = Scene(*(tensor.detach().double() for tensor in tensors(scene)))
        difference = NativeRasterizer(supersampling).render(scene, 13, 11) - ReferenceRasterizer(supersampling).render(exact, 13, 11)
        assert difference.abs().max() < 1e-3

    @given(scenes(coordinate=anywhere))
    @settings(max_examples=40, deadline=None)
    def test_strokes_from_anywhere_do_no_harm(self, scene):
        picture = NativeRasterizer().render(scene, 24, 24)
        assert picture.isfinite().all()
        for gradient in torch.autograd.grad(picture.sum(), tensors(scene)):
            assert gradient.isfinite().all()

    @given(st.sampled_from([(-200.0, 0.0), (200.0, 0.0), (0.0, -200.0), (0.0, 200.0), (1e5, -1e5)]), scenes(st.floats(0, 32, width=32)))
    @settings(max_examples=25, deadline=None)
    def test_strokes_outside_leave_the_background(self, shift, scene):
        moved = Scene(scene.points + torch.tensor(shift), scene.widths, scene.colors, scene.background)
        picture = NativeRasterizer().render(moved, 32, 32)
        assert torch.equal(picture, scene.background.detach().view(1, 3, 1, 1).expand(1, 3, 32, 32))
        points, widths, colors, _ = torch.autograd.grad(picture.sum(), tensors(scene))
        assert not points.any()
        assert not widths.any()
        assert not colors.any()

    @given(st.permutations(range(5)), st.integers(0, 1000))
    @settings(max_examples=25, deadline=None)
    def test_the_order_of_strokes_that_do_not_meet_is_nothing(self, order, seed):
        scene = random_scene(size=10.0, canvases=1, strokes=5, widths=(0.5, 4.0), seed=seed)
        apart = scene.points.detach().clamp(0, 10) + 16 * torch.arange(5.0).view(1, 5, 1, 1) + 3
        order = list(order)
        first = NativeRasterizer().render(Scene(apart, scene.widths, scene.colors, scene.background), 96, 96)
        second = NativeRasterizer().render(Scene(apart[:, order], scene.widths[:, order], scene.colors[:, order], scene.background), 96, 96)
        assert torch.equal(first, second)

    @given(st.integers(-3, 3), st.integers(-3, 3))
    @settings(max_examples=20, deadline=None)
    def test_moving_the_scene_by_tiles_moves_the_picture(self, columns, rows):
        scene = random_scene(size=32.0, canvases=1, widths=(1.0, 4.0))
        moved = Scene(scene.points + 32 + torch.tensor([8.0 * columns, 4.0 * rows]), scene.widths, scene.colors, scene.background)
        still = Scene(scene.points + 32, scene.widths, scene.colors, scene.background)
        shown, expected = NativeRasterizer().render(moved, 96, 96), NativeRasterizer().render(still, 96, 96)
        expected = expected.roll((4 * rows, 8 * columns), (2, 3))[:, :, 24:-24, 24:-24]
        torch.testing.assert_close(shown[:, :, 24:-24, 24:-24], expected, rtol=1e-3, atol=1e-3)
