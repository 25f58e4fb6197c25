"""Where compiled kernels are kept."""

from pathlib import Path

import numba
import pytest

from ai_artist.rasterizer import compilation


@pytest.fixture
def unwritable(monkeypatch):
    """Makes folders refuse to be written to, by name; root may write anywhere, so permissions would not do."""
    names: set[str] = set()
    really = compilation._can_write
    monkeypatch.setattr(compilation, "_can_write", lambda folder: not any(name in folder.parts for name in names) and really(folder))
    return names


def test_beside_the_source_where_that_can_be_written(tmp_path):
    assert compilation._cache_folder_for(tmp_path) == str(tmp_path / "__pycache__")


def test_in_the_users_cache_where_the_package_is_read_only(tmp_path, monkeypatch, unwritable):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    unwritable.add("__pycache__")
    assert compilation._cache_folder_for(tmp_path / "package") == str(tmp_path / "cache" / "guesstroke" / "numba")


def test_in_a_temporary_folder_as_the_last_resort(tmp_path, monkeypatch, unwritable):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    unwritable.update({"__pycache__", "cache"})
    assert "guesstroke-numba" in Path(compilation._cache_folder_for(tmp_path / "package")).name


def test_a_file_in_the_place_of_a_folder_is_not_writable(tmp_path):
    (tmp_path / "taken").write_text("")
    assert not compilation._can_write(tmp_path / "taken" / "cache")


def test_a_change_of_any_kernel_in_the_folder_starts_another_cache(tmp_path):
    def digest(**modules: str) -> str:
        for name, text in modules.items():
            (tmp_path / f"{name}.py").write_text(text)
        compilation._digest.cache_clear()
        return compilation._digest(tmp_path)

    before = digest(a="@compiled ...", b="@compiled def f(): 1", plain="1")
    assert digest(plain="2") == before
    assert digest(b="@compiled def f(): 2") != before


def test_numbas_own_setting_is_left_as_it_was(monkeypatch):
    before = numba.config.CACHE_DIR
    compilation.compiled(_add_one)
    assert before == numba.config.CACHE_DIR


def _add_one(value: int) -> int:
    return value + 1
