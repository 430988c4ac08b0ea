"""What the replicas of employers' recruiting software share: the employers, and what they all tell of a job."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from jobspiders.simboards.board import Site
from jobspiders.simboards.catalogue import Pay, SimJob
from jobspiders.simboards.invented import Employer, SimPlace, employer
from jobspiders.simboards.profiles import PROFILES

COUNTRIES = {"US": "United States", "CA": "Canada", "GB": "United Kingdom", "FR": "France", "IN": "India"}
SIGNS = {"USD": "$", "CAD": "$", "GBP": "£", "EUR": "€", "INR": "₹"}


def employers(board: str) -> dict[str, Employer]:
    """The employers on the board, by the name under which they are found there."""
    known = (employer(number, startup=True) for number in range(PROFILES[board].employers))
    return {one.slug: one for one in known}


def tenant_of(job: SimJob) -> str:
    """The name under which the job's employer is found."""
    assert job.employer
    return job.employer.slug


def jobs_of(site: Site, tenant: str) -> Sequence[SimJob] | None:
    """The open jobs of one employer, None for an unknown one."""
    if tenant not in employers(site.board):
        return None
    return site.once(("of", tenant), lambda: [job for job in site.jobs if tenant_of(job) == tenant])


def where(place: SimPlace) -> str:
    """The place as people write it: "Boston, Massachusetts", "Paris, France"."""
    return f"{place.city}, {place.region if place.country in {'US', 'CA'} else COUNTRIES[place.country]}"


def money(pay: Pay, dash: str = "—") -> str:
    """The pay as people write it: "$90,000—$120,000 USD"."""
    sign = SIGNS[pay.currency]
    return f"{sign}{pay.minimum:,}{dash}{sign}{pay.maximum:,} {pay.currency}"


def stamp(at: datetime) -> str:
    """The moment in ISO 8601 with milliseconds."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def stored(job: SimJob) -> dict[str, Any]:
    """What a perfect crawler stores of the job, whichever software its employer uses.

    The region is left out abroad, where some tell it by a code and some not at all.
    """
    assert job.employer
    place = job.places[0]
    at_home = {"region": place.region} if place.country in {"US", "CA"} else {}
    return {
        "source_id": job.id,
        "title": job.title.strip(),
        "company": job.employer.name,
        "company_id": job.employer.slug,
        "city": place.city,
        **at_home,
        "country": place.country,
        "employment_types": [job.employment],
        "arrangement": job.arrangement,
        "is_remote": job.arrangement == "REMOTE",
        "posted_at": job.posted,
        "language": "en",
        **paid(job.pay),
    }


def paid(pay: Pay | None, period: str | None = None) -> dict[str, Any]:
    """The fields of a salary, all None where there is none."""
    return {
        "salary_min": pay and pay.minimum,
        "salary_max": pay and pay.maximum,
        "salary_currency": pay and pay.currency,
        "salary_period": pay and (period or pay.period),
    }
