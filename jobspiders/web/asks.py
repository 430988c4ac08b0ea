"""The bodies that the API takes, checked as far as their shape goes; the desk and the store check what they mean."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from jobspiders.search import JOB_TYPES

# NUL is no character that a database holds.
Words = Annotated[str, StringConstraints(max_length=300, pattern=r"^[^\x00]*$")]
Name = Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00]+$")]


class Ask(BaseModel):
    """A field that we do not know is a mistake of the sender, and is refused."""

    model_config = ConfigDict(extra="forbid")


class Scrape(Ask):
    """One search on one board. `own` are the board's own arguments, as `GET /jobs/sites` names them."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"site_name": "glints", "search_term": "data analyst", "country": "ID", "results_wanted": 50}]
        }
    )

    site_name: Name
    search_term: Words | None = None
    location: Words | None = None
    country: Words | None = Field(None, description="two letters, ISO 3166-1")
    distance: int | None = Field(None, ge=1, description="miles around `location`")
    job_type: Words | None = Field(None, description=", ".join(JOB_TYPES))
    is_remote: bool | None = None
    hours_old: int | None = Field(None, ge=1)
    results_wanted: int | None = Field(None, ge=1, description="all there are when not given; at most 25 in sync mode")
    offset: int | None = Field(None, ge=0)
    fetch_description: bool | None = None
    own: dict[Name, Words] = Field(default_factory=dict, max_length=20)
    launcher: Name | None = Field(None, description="local, scrapyd or workers; the server's own choice when not given")

    def search(self) -> dict[str, Any]:
        """The search arguments that were given."""
        return self.model_dump(exclude_none=True, exclude={"site_name", "own", "launcher"}) | self.own


class ScheduleWanted(Ask):
    """A schedule as it is to be: either `interval_minutes` or `cron`. `payload` are search arguments."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"interval_minutes": 60, "timezone": "Asia/Jakarta", "payload": {"search_term": "analyst"}}]
        }
    )

    enabled: bool = True
    interval_minutes: float | None = Field(None, gt=0, le=525_600, allow_inf_nan=False)
    cron: Name | None = None
    timezone: Name = "UTC"
    overlap: Name = "skip"
    payload: dict[Name, Words | int | bool] = Field(default_factory=dict, max_length=30)
    min_pause_seconds: float | None = Field(None, ge=0, le=3600, allow_inf_nan=False)
    max_pause_seconds: float | None = Field(None, ge=0, le=3600, allow_inf_nan=False)
    max_retries: int | None = Field(None, ge=0, le=20)


class Number(Ask):
    """How many workers there are to be."""

    number: int = Field(ge=1, le=20, examples=[4])


class Requeue(Ask):
    """Dead letters by id, or all of a board."""

    ids: list[Name] = Field(default_factory=list, max_length=1000)
    site_name: Name | None = None


class MannersWanted(Ask):
    """Live settings; what is not given stays as it is."""

    workers: int | None = Field(None, ge=1, le=20)
    max_retries: int | None = Field(None, ge=0, le=20)
    retry_backoff_factor: float | None = Field(None, ge=1, le=60, allow_inf_nan=False)


def _in_utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


Since = Annotated[
    datetime,
    AfterValidator(_in_utc),
    Field(ge=datetime(1970, 1, 1, tzinfo=UTC), le=datetime(2999, 1, 1, tzinfo=UTC)),
]


class Filters(Ask):
    """Which jobs, and which page of them."""

    text: Words | None = Field(None, description="words in the title, the company or the place, all of them")
    description: Words | None = Field(None, description="words in the description; rare ones take seconds")
    board: list[Name] = Field(default_factory=list, max_length=50, description="may be given several times")
    company: Words | None = Field(None, description="words in the company's name")
    location: Words | None = Field(None, description="words in the place")
    country: str | None = Field(None, pattern="^[A-Za-z]{2}$", examples=["ID"])
    remote: bool | None = None
    employment_type: str | None = Field(None, pattern="^[A-Za-z_]{1,30}$", examples=["FULL_TIME"])
    salary: float | None = Field(None, ge=0, allow_inf_nan=False, description="a year: the top of the range reaches it")
    currency: str | None = Field(None, pattern="^[A-Za-z]{3}$", examples=["IDR"])
    posted_since: Since | None = Field(None, description="UTC when no zone is given", examples=["2026-11-01"])
    state: Literal["open", "closed", "any"] = "open"
    limit: int = Field(50, ge=1, le=200)
    after: str | None = Field(None, max_length=500, description="`next` of the page before")
