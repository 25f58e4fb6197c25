from collections.abc import AsyncIterator, Iterator

import pytest

from game.store.session import Sessions, connect
from tests.databases import Templates


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Templates]:
    templates = Templates(tmp_path_factory.mktemp("databases"))
    yield templates
    templates.drop()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, templates: Templates) -> str:
    """A database of the test's own, up to date: each test runs on both kinds."""
    return templates.sqlite() if request.param == "sqlite" else templates.postgres()


@pytest.fixture
async def sessions(url: str) -> AsyncIterator[Sessions]:
    engine, sessions = connect(url)
    yield sessions
    await engine.dispose()
