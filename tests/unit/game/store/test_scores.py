from datetime import UTC, datetime, timedelta

import pytest

from game.store.scores import leaderboard
from tests.unit.game.store.sample import began, ended, put


@pytest.mark.parametrize(("ago", "day", "week"), [(timedelta(0), True, True), (timedelta(days=8), False, False)])
async def test_days_and_weeks_forget_what_all_time_keeps(sessions, ago, day, week):
    await put(sessions, began(), ended(ada=7), at=datetime.now(UTC) - ago)
    scores = {period: [line.score for line in await leaderboard(sessions, 5, period)] for period in ("day", "week", "all")}
    assert scores == {"day": [7] if day else [], "week": [7] if week else [], "all": [7]}
