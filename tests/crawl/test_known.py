from datetime import UTC, datetime, timedelta

import pytest

from jobspiders.crawl.known import needs_page
from jobspiders.store.jobs import Known

NOW = datetime(2026, 11, 22, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.mark.parametrize(
    ("job", "needed"),
    [
        (None, True),
        (Known("same", NOW - timedelta(days=6), None), False),
        (Known("other", NOW - timedelta(days=6), None), True),
        (Known("same", NOW - timedelta(days=8), None), True),
        (Known("same", None, None), True),
        (Known("same", NOW, NOW), True),
    ],
    ids=["new", "known", "its card changed", "read long ago", "its page never read", "closed, and there again"],
)
def test_which_jobs_need_their_page(job, needed):
    assert needs_page("same", job, NOW, WEEK) is needed
