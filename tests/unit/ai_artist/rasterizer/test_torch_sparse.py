"""The parts of the torch backend: that it is sparse, and that what it finds is what the definitions say."""

import pytest
import torch

from ai_artist.rasterizer import Scene, TorchRasterizer, polyline
from ai_artist.rasterizer.flattening import count_pieces
from ai_artist.rasterizer.tiles import TILE_HEIGHT, TILE_WIDTH
from ai_artist.rasterizer.torch_compositing import Composite, layer
from ai_artist.rasterizer.torch_fragments import Grid, find_fragments
from ai_artist.rasterizer.torch_segments import Segments, flatten_scene
from ai_artist.rasterizer.torch_winding import Winding

from .scenes import black_strokes, gradients, line, random_scene

NOTHING = torch.zeros(0, dtype=torch.int64)


def segments_of(scene: Scene, scale: int = 1) -> Segments:
    return flatten_scene(scene, torch.float32, scale).detach()


class TestSegments:
    @pytest.mark.parametrize("scale", [1, 2])
    def test_are_as_many_as_the_native_ones(self, scale):
        scene = random_scene(size=200, canvases=3, strokes=50)
        native = count_pieces(scene.points.detach().flatten(0, 1).numpy(), float(scale)).sum(1)
        assert torch.bincount(segments_of(scene, scale).stroke).tolist() == native.tolist()

    def test_of_a_fill_end_where_the_next_begins(self):
        segments = segments_of(random_scene(canvases=1, strokes=1, filled=1.0))
        torch.testing.assert_close(segments.end[:-1], segments.start[1:], rtol=0, atol=0)
        torch.testing.assert_close(segments.end[-1], segments.start[0], rtol=0, atol=0)


class TestFragments:
    def test_of_a_long_slanting_line_are_few(self):
        grid = Grid(28, 56)
        segments = segments_of(black_strokes([line(0, 0, 224, 224)]))
        fragments = find_fragments(segments, torch.tensor([1.5]), grid, NOTHING)
        assert 56 <= fragments.tile.shape[0] <= 3 * 56  # of 1568

    def test_of_many_small_strokes_are_a_few_each(self):
        scene = random_scene(size=4.0, canvases=1, strokes=1000, widths=(1.0, 1.0))
        with torch.no_grad():
            scene.points.add_(200 * torch.rand(1, 1000, 1, 2, generator=torch.Generator().manual_seed(0)))
        fragments = find_fragments(segments_of(scene), torch.full((1000,), 1.0), Grid(28, 56), NOTHING)
        assert fragments.tile.shape[0] < 12 * 1000

    def test_of_strokes_outside_are_none(self):
        segments = segments_of(black_strokes([line(-50, -9, -30, 80), line(3, 300, 90, 300)]))
        assert find_fragments(segments, torch.tensor([1.5, 1.5]), Grid(4, 8), NOTHING).tile.shape[0] == 0


class TestWinding:
    def test_is_the_sum_of_the_angles_around_each_pixel(self):
        scene = random_scene(size=30, canvases=1, strokes=4, filled=1.0, seed=5)
        segments, grid = segments_of(scene), Grid(5, 10)
        winding = Winding(segments, 4, grid)
        keys = winding.enclosed()
        assert keys.numel() >= 5
        stroke, tile = keys // grid.tiles, keys % grid.tiles
        found = winding.of_tiles(stroke, tile)
        for number, of_stroke in enumerate(stroke.tolist()):
            own = segments.select(torch.nonzero(segments.stroke == of_stroke)[:, 0])
            column, row = int(tile[number]) % grid.across * TILE_WIDTH, int(tile[number]) // grid.across * TILE_HEIGHT
            y, x = torch.meshgrid(torch.arange(TILE_HEIGHT) + row + 0.5, torch.arange(TILE_WIDTH) + column + 0.5, indexing="ij")
            centres = torch.stack((x, y), dim=-1).view(-1, 1, 2).double()
            a, b = own.start - centres, own.end - centres
            angles = torch.atan2(a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0], (a * b).sum(-1))
            expected = (angles.sum(1) / (2 * torch.pi)).round().int()
            # The ray counts a path that runs down (y grows downwards) on its left as + 1, which turns the other way.
            assert torch.equal(found[number], -expected)
            assert torch.equal(winding.around(stroke[number].expand(32), centres[:, 0].float()).int(), -expected)


class TestCompositing:
    def test_is_painting_one_after_the_other(self):
        generator = torch.Generator().manual_seed(0)
        tile, stroke = torch.randint(0, 6, (40,), generator=generator), torch.randperm(40, generator=generator)
        ink, colors = torch.rand(40, 5, generator=generator, dtype=torch.float64), torch.rand(40, 3, generator=generator, dtype=torch.float64)
        canvas = torch.rand(6, 3, 5, generator=generator, dtype=torch.float64)
        layers = layer(tile, stroke, 6, 40)
        inputs = [torch.empty_like(values).index_copy(0, layers.place, values).requires_grad_() for values in (ink, colors)]
        start = canvas[layers.tiles].requires_grad_()
        painted = Composite.apply(*inputs, start, layers.sizes)
        expected = canvas.clone()
        for i in torch.argsort(stroke).tolist():
            expected[tile[i]] += ink[i] * (colors[i, :, None] - expected[tile[i]])
        torch.testing.assert_close(painted, expected[layers.tiles])
        assert torch.autograd.gradcheck(lambda *values: Composite.apply(*values, layers.sizes), (*inputs, start))


class TestUse:
    def test_autocast_does_not_round_the_picture(self):
        scene = random_scene(tapered=True, filled=0.5)
        expected = TorchRasterizer().render(scene, 32, 32)
        with torch.autocast("cpu", torch.bfloat16):
            assert torch.equal(TorchRasterizer().render(scene, 32, 32), expected)

    def test_gradients_may_be_taken_again_from_a_kept_graph(self):
        scene = random_scene()
        loss = TorchRasterizer().render(scene, 30, 30).square().sum()
        (first,) = torch.autograd.grad(loss, scene.points, retain_graph=True)
        (second,) = torch.autograd.grad(loss, scene.points)
        assert torch.equal(first, second)

    def test_long_straight_pieces_cost_one_segment_each(self):
        corners = 200 * torch.rand(1, 3, 6, 2, generator=torch.Generator().manual_seed(1))
        scene = Scene(polyline(corners), torch.ones(1, 3), torch.ones(1, 3, 4), torch.zeros(3))
        assert segments_of(scene).stroke.shape[0] == 15

    def test_coordinates_from_anywhere_do_no_harm(self):
        generator = torch.Generator().manual_seed(2)
        for seed in range(20):
            scene = random_scene(canvases=1, tapered=True, filled=0.5, seed=seed)
            far = 10 ** (4 * torch.rand(1, 8, 10, 1, generator=generator)) * torch.randn(1, 8, 10, 1, generator=generator)
            with torch.no_grad():
                scene.points.mul_(far).clamp_(-1e6, 1e6)
            assert TorchRasterizer(2).render(scene, 24, 24).isfinite().all()
            assert all(gradient.isfinite().all() for gradient in gradients(TorchRasterizer(2), scene, 24, 24))
