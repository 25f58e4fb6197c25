from collections.abc import AsyncIterator, Iterator

import pytest

from game.store.session import Sessions, connect
from tests.databases import Templates, emptied


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Templates]:
    templates = Templates(tmp_path_factory.mktemp("databases"))
    yield templates
    templates.drop()


@pytest.fixture(scope="session")
def postgres(templates: Templates) -> str:
    return templates.postgres()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def url(request: pytest.FixtureRequest, templates: Templates) -> str:
    """An empty database that is up to date: each test runs on both kinds. PostgreSQL takes long to make and drop one: there it is the same again."""
    return templates.sqlite() if request.param == "sqlite" else emptied(request.getfixturevalue("postgres"))


@pytest.fixture
async def sessions(url: str) -> AsyncIterator[Sessions]:
    engine, sessions = connect(url)
    yield sessions
    await engine.dispose()
