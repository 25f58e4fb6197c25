import re
import shutil
from functools import partial
from pathlib import Path

import pytest

from game.http.page import Page, _digest, imports_of, modules, with_preview
from game.resources import resource_folder


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(resource_folder("static"), tmp_path / "static")
    return tmp_path / "static"


def test_the_build_is_the_contents(folder, tmp_path):
    before = Page(folder).build
    assert Page(folder).build == before
    (folder / "css" / "base.css").write_text("body { color: red; }")
    assert Page(folder).build != before
    shutil.copytree(folder, tmp_path / "copy")
    assert Page(tmp_path / "copy").build == Page(folder).build
    shutil.move(folder / "js" / "keys.js", folder / "js" / "more_keys.js")
    assert Page(tmp_path / "copy").build != _digest(folder)


def test_whatever_has_a_fixed_name_points_into_the_build(folder):
    page = Page(folder)
    for text in (*page.screens.values(), page.offline, page.manifest, page.service_worker):
        assert text.count("/static/") == text.count(f"{page.path}/")
    assert not any("<!--" in text for text in page.screens.values())
    assert all('rel="stylesheet"' in text for text in page.screens.values())
    assert page.styles.count("{") == page.styles.count("}") > 100


def test_all_modules_that_a_page_needs_are_named_in_it_so_that_none_is_asked_for_late(folder):
    page = Page(folder)
    for screen, entries in (("front", ["home.js"]), ("room", ["../room.js", "lobby.js"]), ("gallery", ["gallery.js"]), ("drawing", ["drawing.js"])):
        named = re.findall(rf'rel="modulepreload" href="{page.path}/([^"]+)"', page.screens[screen])
        assert named == modules(partial(imports_of, folder), "js/main.js", *(f"js/views/{entry}".replace("views/../", "") for entry in entries))


def test_previews_of_a_drawing_get_a_picture_and_no_markup_of_others(folder):
    document = with_preview(Page(folder).screens["drawing"], 'https://here/api/drawings/"><script>/card.png')
    assert document.count("</head>") == 1
    assert '<meta property="og:image" content="https://here/api/drawings/&quot;&gt;&lt;script&gt;/card.png">' in document
    assert "<script>" not in document


def test_no_module_is_dead(folder):
    pages = [f"js/views/{name}.js" for name in ("gallery", "drawing", "game_page", "scores", "stats", "me", "move", "admin")]
    fetched_later = ("js/views/home.js", "js/room.js", "js/views/lobby.js", "js/views/game.js", "js/views/practice.js", *pages)
    assert all(
        f"import('./{Path(name).name}')" in _all_code(folder) or f"import('./views/{Path(name).name}')" in _all_code(folder) for name in fetched_later
    )
    by_the_page = re.findall(r'<script .*src="/static/([^"]+)"', (folder / "index.html").read_text())
    alive = set(modules(partial(imports_of, folder), *by_the_page, *fetched_later))
    assert alive == {path.relative_to(folder).as_posix() for path in (folder / "js").rglob("*.js")}


def _all_code(folder):
    return "\n".join(path.read_text() for path in (folder / "js").rglob("*.js"))


def test_imports_of_every_form_are_followed(tmp_path):
    (tmp_path / "views").mkdir()
    (tmp_path / "main.js").write_text(
        "import './a.js';\nimport {\n  one,\n  two,\n} from './views/b.js';\nexport { c } from './c.js';\nconst no = \"from './no.js'\";\n"
    )
    for name in ("a.js", "c.js"):
        (tmp_path / name).write_text("")
    (tmp_path / "views" / "b.js").write_text("import { main } from '../main.js';\n")
    assert modules(partial(imports_of, tmp_path), "main.js") == ["main.js", "a.js", "views/b.js", "c.js"]
