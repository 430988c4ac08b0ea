"""A card of Indeed's search with every key that it has, and the words that all of Indeed's pages share.

The keys stand with empty values in `indeed.json`; what a job says is put over them.
"""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any

from jobspiders.simboards.board import SERIAL
from jobspiders.simboards.catalogue import SimJob
from jobspiders.simboards.invented import PLACES, Employer, SimPlace
from jobspiders.simboards.pages import DAY

KEYS: dict[str, dict[str, Any]] = json.loads(files(__package__).joinpath("indeed.json").read_text("utf-8"))
HOSTS = {"US": "www.indeed.com", "ID": "id.indeed.com"}
HERE = tuple(place for place in PLACES["US"] if place.country == "US")
KINDS = {
    "FULL_TIME": ("CF3CP", "Full-time"),
    "PART_TIME": ("75GKK", "Part-time"),
    "CONTRACTOR": ("NJXCK", "Contract"),
    "INTERN": ("VDTG7", "Internship"),
}
WORK_MODELS = {"REMOTE": ("REMOTE_ALWAYS", "Remote"), "HYBRID": ("REMOTE_HYBRID", "Hybrid work")}
BENEFITS = (("EY33Q", "Health insurance"), ("HW4J4", "Paid time off"), ("WZ9TD", "Flexible schedule"))
SIGNS = {"USD": "$", "CAD": "CA$", "GBP": "£", "EUR": "€", "INR": "₹", "IDR": "Rp"}
PERIODS = {"HOUR": ("HOURLY", "an hour"), "MONTH": ("MONTHLY", "a month"), "YEAR": ("YEARLY", "a year")}
HIRES = {"hiresNeededExact": "3", "hiresNeeded": "TWO_FOUR"}
LOGO = "https://d2q79iu7y748jz.cloudfront.net/s/_squarelogo/256x256/"


def place(job: SimJob) -> SimPlace:
    """Where the job is: abroad only on another site."""
    first = job.places[0]
    return first if first.country in HOSTS else HERE[job.lot % len(HERE)]


def site(job: SimJob) -> str:
    """The site that the job is on."""
    return f"https://{HOSTS[place(job).country]}"


def url(job: SimJob) -> str:
    """The address of the job's page."""
    return f"{site(job)}/viewjob?jk={job.id}"


def anywhere(job: SimJob) -> bool:
    """Whether the job says that it is remote instead of where it is."""
    return job.arrangement == "REMOTE" and job.lot % 3 == 0


def location(job: SimJob) -> str:
    """The place as the board words it."""
    where = place(job)
    return "Remote" if anywhere(job) else f"{where.city}, {where.code or where.region}"


def ends(job: SimJob) -> tuple[int | None, int | None]:
    """The least and the most that is published: some say "From" and some "Up to"."""
    pay = job.pay
    if pay is None:
        return None, None
    return (None if job.lot % 16 == 3 else pay.minimum), (None if job.lot % 16 == 2 else pay.maximum)


def indexed(job: SimJob) -> datetime:
    """When the board first had the job, to the millisecond; of some it only tells the day of publication."""
    return job.posted if job.lot % 9 != 4 else job.posted.replace(hour=0, minute=0, second=0, microsecond=0)


def card(job: SimJob, now: datetime) -> dict[str, Any]:
    """The job as a search has it; keys that it has nothing for are not there."""
    host, kind, model = site(job).removeprefix("https://"), KINDS[job.employment], WORK_MODELS.get(job.arrangement)
    where, since, day = place(job), now - job.posted, job.posted.replace(hour=0, minute=0, second=0, microsecond=0)
    shown = {
        **_of_employer(job.employer, paged=job.lot % 4 != 1),
        "jobkey": job.id,
        "title": job.title,
        "displayTitle": job.title,
        "normTitle": job.title,
        "formattedLocation": location(job),
        "jobLocationCity": "Remote" if anywhere(job) else where.city,
        "jobLocationState": None if anywhere(job) else where.code or where.region,
        "jobLocationExtras": where.district or ("Downtown" if job.lot % 4 == 0 and not anywhere(job) else None),
        "remoteLocation": job.arrangement == "REMOTE",
        "remoteWorkModel": model and {"inlineText": True, "type": model[0], "text": model[1]},
        "jobTypes": [kind[1]] if job.lot % 2 else [],
        "taxonomyAttributes": [
            {"label": "job-types", "attributes": [{"label": kind[1], "suid": kind[0]}]},
            {"label": "shifts", "attributes": []},
            {"label": "benefits", "attributes": [{"label": name, "suid": suid} for suid, name in benefits(job)]},
        ],
        "pubDate": epoch(day - timedelta(days=1500) if job.lot % 25 == 6 else day),
        "createDate": None if job.lot % 9 == 4 else epoch(job.posted),
        "formattedRelativeTime": age(since),
        "hiringMultipleCandidatesModel": HIRES if job.lot % 5 == 0 else None,
        "sponsored": job.premium,
        "snippet": f"<ul>\n <li>{job.duties[0].replace('<', '&lt;')}</li>\n</ul>",
        "organicApplyStartCount": SERIAL,
        "thirdPartyApplyUrl": f"http://{host}//applystart?jk={job.id}&from=jobsearch&jobsearchTk={SERIAL}",
        "viewJobLink": f"/viewjob?jk={job.id}&from=vjs&tk={SERIAL}&viewtype=embedded",
        "link": f"/rc/clk?jk={job.id}&xkcb={SERIAL}",
        **_card_salary(job),
    }
    return {name: value for name, value in {**deepcopy(KEYS["card"]), **shown}.items() if value is not None}


def _of_employer(employer: Employer | None, *, paged: bool) -> dict[str, Any]:
    assert employer
    return {
        "company": employer.name,
        "truncatedCompany": employer.name,
        "companyOverviewLink": company_page(employer) if paged else None,
        "encryptedFccompanyId": company_key(employer),
        "companyBrandingAttributes": {**KEYS["card"]["companyBrandingAttributes"], "logoUrl": LOGO + employer.slug},
        "companyRating": 3.5,
        "companyReviewCount": SERIAL,
    }


def _card_salary(job: SimJob) -> dict[str, Any]:
    if job.pay is None:
        return {"extractedSalary": None, "salarySnippet": {"currency": "", "salaryTextFormatted": False}}
    low, high = ends(job)
    snippet = {"source": "EXTRACTION", "text": salary(job), "currency": job.pay.currency, "salaryTextFormatted": False}
    figures = {"min": low or 0, "max": high or -1, "type": PERIODS[job.pay.period][0]}
    return {"extractedSalary": figures, "salarySnippet": snippet}


def salary(job: SimJob) -> str | None:
    """The salary as the board words it."""
    if job.pay is None:
        return None
    low, high = (figure and f"{SIGNS[job.pay.currency]}{figure:,}" for figure in ends(job))
    span = f"{low} - {high}" if low and high else f"From {low}" if low else f"Up to {high}"
    return f"{span} {PERIODS[job.pay.period][1]}"


def age(since: timedelta) -> str:
    """A span as the board words it."""
    days = since // DAY
    return "Just posted" if days < 1 else "30+ days ago" if days > 29 else f"{days} day{'s' * (days > 1)} ago"


def epoch(moment: datetime) -> int:
    """Milliseconds since 1970."""
    return round(moment.astimezone(UTC).timestamp() * 1000)


def benefits(job: SimJob) -> tuple[tuple[str, str], ...]:
    """What comes with the job."""
    return BENEFITS[: job.lot % 4]


def company_page(employer: Employer) -> str:
    """The path of the company's page."""
    return f"/cmp/{employer.name.replace(' ', '-')}"


def company_key(employer: Employer) -> str:
    """The company's id."""
    return f"{employer.number:016x}"
