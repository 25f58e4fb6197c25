from xml.etree import ElementTree

from ai_artist.strokes import Drawing, Stroke

BLACK = (0.0, 0.0, 0.0, 1.0)


def test_svg_has_one_round_path_for_each_stroke_and_the_prompt_as_title():
    line = Stroke(((0.1, 0.1), (0.2, 0.1), (0.3, 0.2), (0.5, 0.5)), 0.02, (1.0, 0.5, 0.0, 0.25))
    drawing = Drawing("a <house> & garden", 0, "doodle-clip", 0.5, (line, line))
    root = ElementTree.fromstring(drawing.to_svg(200))
    name = "{http://www.w3.org/2000/svg}"
    assert root.findtext(f"{name}title") == "a <house> & garden"
    paths = root.findall(f"{name}path")
    assert len(paths) == 2
    assert paths[0].attrib["d"] == "M 20.00 20.00 C 40.00 20.00, 60.00 40.00, 100.00 100.00"
    assert paths[0].attrib["stroke"] == "#ff8000"
    assert paths[0].attrib["stroke-opacity"] == "0.250"
    assert paths[0].attrib["stroke-width"] == "4.00"
    assert paths[0].attrib["stroke-linecap"] == "round"


def test_a_stroke_of_several_cubics_is_one_path():
    points = tuple((index / 10, index / 10) for index in range(7))
    svg = Drawing("x", 0, "p", 0.0, (Stroke(points, 0.02, BLACK),)).to_svg(100)
    assert svg.count(" C ") == 2
    assert svg.count("<path") == 1
