"""The objects of Y Combinator's pages, with founders and hiring managers who are not to be stored."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from jobspiders.simboards.board import SERIAL
from jobspiders.simboards.catalogue import Pay, SimJob
from jobspiders.simboards.invented import RECRUITERS, Employer, SimPlace, slug
from jobspiders.simboards.pages import DAY, as_html, as_markdown, html_list, token

SITE = "https://www.ycombinator.com"
TYPES = {"FULL_TIME": "Full-time", "CONTRACTOR": "Contract", "INTERN": "Internship"}
SIGNS = {"GBP": "£", "EUR": "€", "INR": "₹"}
BATCHES = ("W22", "S22", "W23", "S24", "F24", "P26")
VISAS = ("US citizen/visa only", "Will sponsor", "US citizenship/visa not required")
APPLY = "https://account.ycombinator.com/authenticate?continue=https%3A%2F%2Fwww.workatastartup.com%2Fapplication"
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"


def company_path(employer: Employer) -> str:
    """The path of the company's page."""
    return f"/companies/{employer.slug}"


def path(job: SimJob) -> str:
    """The path of the job's page: seven characters that are the key, and the title."""
    assert job.employer
    return f"{company_path(job.employer)}/jobs/{key(job)}-{slug(job.title)}"


def key(job: SimJob) -> str:
    """The seven characters by which the board knows the job."""
    rest, characters = (job.number + 1) * 2_654_435_761 % len(ALPHABET) ** 7, ""
    for _ in range(7):
        rest, place = divmod(rest, len(ALPHABET))
        characters += ALPHABET[place]
    return characters


def slipped(job: SimJob) -> str | None:
    """The advertiser's slip in the salary, if there is one: "no K" as in "$125 - $175", or "low" as in "$1 - $200K"."""
    if job.pay is None or job.pay.period != "YEAR":
        return None
    return {3: "no K", 4: "low"}.get(job.lot % 50)


def salary(job: SimJob) -> str:
    """The salary as the board words it."""
    pay = job.pay
    if pay is None:
        return ""
    sign = SIGNS.get(pay.currency, "$")
    low, high = (f"{sign}{_short(bound)}" for bound in figures(job, pay))
    code = "" if pay.currency == "USD" else f" {pay.currency}"
    return f"{low} - {high}{code}{' / hourly' if pay.period == 'HOUR' else ''}"


def figures(job: SimJob, pay: Pay) -> tuple[float, float]:
    """The bounds that are published, slips included."""
    low, high = pay.minimum, pay.maximum or pay.minimum
    slip = slipped(job)
    return (low / 1000, high / 1000) if slip == "no K" else (1, high) if slip == "low" else (low, high)


def location(job: SimJob) -> str:
    """The places as the board words them, remote and hybrid ones in parentheses."""
    places = [f"{place.city}, {place.code}, {place.country}" for place in job.places]
    countries = "; ".join(dict.fromkeys(place.country for place in job.places))
    if job.arrangement != "ONSITE":
        places.append(f"{job.arrangement.capitalize()} ({countries})")
    return " / ".join(places)


def experience(job: SimJob) -> str:
    """The experience as the board words it."""
    least = job.experience[0]
    return f"{least}+ years" if least else "Any (new grads ok)"


def age(since: timedelta) -> str:
    """A span in the words of Rails."""
    days = since // DAY
    if days < 1:
        return _counted("about ", max(1, since // timedelta(hours=1)), "hour")
    if days < 30:
        return _counted("", days, "day")
    months, years = days // 30, days / 365
    if months < 12:
        return _counted("about " if months == 1 else "", months, "month")
    about = "almost" if years % 1 > 0.75 else "over" if years % 1 > 0.25 else "about"
    return _counted(f"{about} ", int(years) if about == "over" else round(years), "year")


def _counted(about: str, count: int, unit: str) -> str:
    return f"{about}{count} {unit}{'s' * (count > 1)}"


def posting(job: SimJob, now: datetime) -> dict[str, Any]:
    """The job as a list has it; `lastActive` moves at every visit."""
    assert job.employer
    return {
        "id": int(job.id),
        "title": job.title,
        "url": path(job),
        "applyUrl": f"{APPLY}%3Fsignup_job_id%3D{job.id}",
        "location": location(job),
        "askUs": True,
        "type": TYPES[job.employment],
        **dict(zip(("role", "prettyRole", "roleSpecificType"), job.trade.role, strict=True)),
        "salaryRange": salary(job),
        "equityRange": "0.10% - 0.50%" if job.lot % 2 else "",
        "minExperience": experience(job),
        "minSchoolYear": None,
        "visa": VISAS[job.lot % 3],
        "skills": list(job.trade.skills),
        "isIncomplete": False,
        "companyUrl": company_path(job.employer),
        "companyLogoUrl": _logo(job.employer),
        "companyName": job.employer.name,
        "companyBatchName": BATCHES[job.employer.number % len(BATCHES)],
        "companyOneLiner": f"{job.employer.name} is invented",
        "hiringManager": None,
        "createdAt": age(now - job.posted),
        "lastActive": f"{SERIAL} days" if job.lot % 5 else None,
    }


def full_posting(job: SimJob, now: datetime) -> dict[str, Any]:
    """The job as its own page has it."""
    given, family = RECRUITERS[job.lot % len(RECRUITERS)].split()
    return {
        **posting(job, now),
        "hiringManager": {
            "id": 70_000 + job.lot,
            "first_name": given,
            "last_name": family,
            "avatar_thumb": "https://bookface-images.s3.amazonaws.com/avatars/sim.jpg",
            "avatar_medium": _presigned("avatars/sim.jpg"),
        },
        "description": as_markdown(job),
        "interview_process": "1. A chat\n2. A day of work" if job.lot % 3 == 0 else None,
    }


def company(employer: Employer) -> dict[str, Any]:
    """The company with its founders."""
    return {
        "id": 20_000 + employer.number,
        "slug": employer.slug,
        "name": employer.name,
        "batch_name": BATCHES[employer.number % len(BATCHES)],
        "small_logo_url": _logo(employer),
        "one_liner": f"{employer.name} is invented",
        "website": employer.website,
        "long_description": f"{employer.name} lives only in this replica.",
        "tags": ["Hardware", "Robotics"],
        "ycdc_status": "Active",
        "logo_url": _presigned(f"logos/{employer.slug}.png"),
        "year_founded": 2024,
        "team_size": employer.staff[0],
        "location": "New York City, NY",
        "country": "US",
        **dict.fromkeys(("linkedin_url", "twitter_url", "fb_url", "cb_url"), ""),
        "show_founder_contact": True,
        "hiring_description": f"{employer.name} is hiring nobody.",
        "founders": [_founder(employer)],
    }


def json_ld(job: SimJob) -> dict[str, Any]:
    """The job as schema.org has it."""
    assert job.employer
    organization = {"name": job.employer.name, "sameAs": job.employer.website, "logo": _logo(job.employer)}
    ld = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": job.title,
        "url": f"{SITE}{path(job)}",
        "description": as_html(job),
        "datePosted": f"{job.posted:%Y-%m-%dT%H:%M:%SZ}",
        "employmentType": job.employment,
        "hiringOrganization": {"@type": "Organization", **organization},
        "jobLocation": [_place(place) for place in job.places],
    }
    if job.pay:
        low, high = figures(job, job.pay)
        bounds = {"unitText": job.pay.period, "minValue": low, "maxValue": high}
        value = {"@type": "QuantitativeValue", **bounds}
        ld["baseSalary"] = {"@type": "MonetaryAmount", "currency": job.pay.currency, "value": value}
    if job.lot % 3 == 0:
        ld["interview_process"] = html_list(("A chat", "A day of work"), "ol")
    return ld


def _founder(employer: Employer) -> dict[str, Any]:
    name = RECRUITERS[employer.number % len(RECRUITERS)]
    return {
        "user_id": 1_900_000 + employer.number,
        "is_active": True,
        "founder_bio": f"{name} is invented, too.",
        "full_name": name,
        "title": "Founder",
        "avatar_thumb_url": _presigned("avatars/sim.jpg"),
        "latest_yc_company": {"name": employer.name, "href": company_path(employer)},
        **dict.fromkeys(("twitter_url", "linkedin_url"), ""),
    }


def _place(place: SimPlace) -> dict[str, Any]:
    parts = {"addressLocality": place.city, "addressRegion": place.region, "addressCountry": place.country}
    return {"@type": "Place", "address": {"@type": "PostalAddress", **parts}}


def _short(amount: float) -> str:
    if amount >= 1_000_000:
        return f"{amount / 1_000_000:g}M"
    return f"{amount / 1000:g}K" if amount >= 1000 else f"{amount:g}"


def _logo(employer: Employer) -> str:
    return f"https://bookface-images.s3.amazonaws.com/small_logos/{employer.slug}.png"


def _presigned(name: str) -> str:
    """An address that is another one at every visit."""
    return (
        f"https://bookface-images.s3.us-west-2.amazonaws.com/{name}?X-Amz-Signature=sim{SERIAL}&X-Amz-Token={token()}"
    )
