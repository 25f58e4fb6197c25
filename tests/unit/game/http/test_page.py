import shutil

import pytest

from game.http.page import Page, modules
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
    shutil.move(folder / "css" / "base.css", folder / "css" / "basis.css")
    shutil.copytree(folder, tmp_path / "copy")
    assert Page(tmp_path / "copy").build == Page(folder).build


def test_whatever_has_a_fixed_name_points_into_the_build(folder):
    page = Page(folder)
    for text in (page.index, page.offline, page.manifest, page.service_worker):
        assert text.count("/static/") == text.count(f"{page.path}/")
    assert "<!-- modules -->" not in page.index


def test_all_modules_are_named_in_the_page_so_that_none_is_asked_for_late(folder):
    found = modules(folder, "js/main.js")
    assert found[0] == "js/main.js"
    assert set(found) == {path.relative_to(folder).as_posix() for path in (folder / "js").rglob("*.js")}, "a module that nobody imports is dead"
    assert all(f'rel="modulepreload" href="{Page(folder).path}/{name}"' in Page(folder).index for name in found)


def test_imports_of_every_form_are_followed(tmp_path):
    (tmp_path / "views").mkdir()
    (tmp_path / "main.js").write_text("import './a.js';\nimport {\n  one,\n  two,\n} from './views/b.js';\nexport { c } from './c.js';\nconst no = \"from './no.js'\";\n")
    for name in ("a.js", "c.js"):
        (tmp_path / name).write_text("")
    (tmp_path / "views" / "b.js").write_text("import { main } from '../main.js';\n")
    assert modules(tmp_path, "main.js") == ["main.js", "a.js", "views/b.js", "c.js"]
