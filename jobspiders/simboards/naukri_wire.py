"""The objects of Naukri's search and job APIs, with applicants' and views' counts that grow at every visit.

Rows have the keys of the captures of 2025-09; the job's own answer was never seen whole, only its fields were told.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from jobspiders.simboards.board import SERIAL
from jobspiders.simboards.catalogue import SimJob
from jobspiders.simboards.invented import RECRUITERS, Employer, slug
from jobspiders.simboards.pages import DAY, as_html, uid

SITE = "https://www.naukri.com"
IMAGES = "https://img.naukimg.com/logo_images/groups/v1"
LAKH = 100_000
LABELS = {"ONSITE": "Work from office", "HYBRID": "Hybrid", "REMOTE": "Remote"}
WORK_MODES = {"ONSITE": "0", "REMOTE": "2", "HYBRID": "3"}
EMPLOYMENTS = {
    "FULL_TIME": "Full Time, Permanent",
    "PART_TIME": "Part Time, Permanent",
    "CONTRACTOR": "Full Time, Temporary/Contractual",
}
SCHOOLS = {
    "HIGH_SCHOOL": ("ug", "Graduation Not Required"),
    "DIPLOMA": ("ug", "Diploma in Any Specialization"),
    "BACHELOR": ("ug", "Any Graduate"),
    "MASTER": ("pg", "Any Postgraduate"),
}


def path(job: SimJob) -> str:
    """The path of the job's page: role, company, cities, years, id."""
    assert job.employer
    least, most = job.experience
    cities = "-".join(slug(place.city) for place in job.places)
    return f"/job-listings-{slug(job.title)}-{job.employer.slug}-{cities}-{least}-to-{most}-years-{job.id}"


def company_path(employer: Employer) -> str:
    """The path of the company's page, as rows have it."""
    return f"{employer.slug}-jobs-careers-{company_id(employer)}"


def company_id(employer: Employer) -> int:
    """The board's number for the company."""
    return 100_000 + employer.number


def client(job: SimJob) -> str | None:
    """Whom a consultant hires for, if a consultant advertises."""
    return "Client of the employer" if job.lot % 20 == 3 else None


def openings(job: SimJob) -> int | None:
    """How many are wanted, if that is said."""
    return job.lot % 40 + 1 if job.lot % 3 == 0 else None


def rating(employer: Employer) -> str | None:
    """What employees give the company, if they do."""
    return None if employer.number % 4 == 0 else f"{3 + employer.number % 20 / 10:.1f}"


def reviews(employer: Employer) -> int:
    """How many of them did."""
    return 7 + employer.number * 977 % 60_000


def salary(job: SimJob) -> str:
    """The salary as the board words it, without what it is for."""
    if job.pay is None:
        return "Not disclosed"
    low, high = (bound / LAKH for bound in (job.pay.minimum, job.pay.maximum or job.pay.minimum))
    return f"{low / 100:g}-{high / 100:g} Cr" if low >= 100 else f"{low:g}-{high:g} Lacs"


def years(job: SimJob) -> str:
    """The experience as rows word it."""
    return "{}-{} Yrs".format(*job.experience)


def experience(job: SimJob) -> str:
    """What stands where the years are expected, and for some a level."""
    return "Associate level" if job.lot % 12 == 5 else years(job)


def place(job: SimJob) -> str:
    """The places as rows word them: the work mode first, unless it is the office; parts of a city in parentheses."""
    if job.arrangement == "REMOTE":
        return "Remote"
    where = ", ".join(f"{at.city}({at.district})" if at.district else at.city for at in job.places)
    return f"Hybrid - {where}" if job.arrangement == "HYBRID" else where


def age(job: SimJob, now: datetime) -> str:
    """How long ago it was refreshed."""
    days = (now - job.updated) // DAY
    return "Few Hours Ago" if not days else "1 Day Ago" if days == 1 else f"{min(days, 30)}{'+' * (days > 30)} Days Ago"


def figures(job: SimJob) -> dict[str, Any]:
    """The salary in numbers, rupees a year; hidden ones are zero."""
    low, high = (job.pay.minimum, job.pay.maximum) if job.pay else (0, 0)
    return {
        "minimumSalary": low,
        "maximumSalary": high,
        "currency": "INR",
        "hideSalary": job.pay is None,
        "variablePercentage": 0.0,
    }


def row(job: SimJob, now: datetime) -> dict[str, Any]:
    """A row of the search."""
    employer = job.employer
    assert employer
    least, most = job.experience
    logo = f"{IMAGES}/{company_id(employer)}.gif"
    paid = salary(job) + " PA" * (job.pay is not None)
    walk_in = job.lot % 25 == 7
    first = {"type": "date", "label": f"{now:%d %b}"} if walk_in else {"type": "experience", "label": years(job)}
    told: dict[str, Any] = {
        "title": job.title,
        "logoPath": logo,
        "logoPathV3": logo,
        "jobId": job.id,
        "currency": "INR",
        "footerPlaceholderLabel": age(job, now),
        "footerPlaceholderColor": "grey",
        "companyName": employer.name,
        "isSaved": False,
        "tagsAndSkills": ",".join(job.trade.skills),
        "placeholders": [first, {"type": "salary", "label": paid}, {"type": "location", "label": place(job)}],
        "companyId": company_id(employer),
        "jdURL": path(job),
        "staticUrl": company_path(employer),
        "ambitionBoxData": _rated(employer),
        "jobDescription": "<br><br>".join(job.about),
        "showMultipleApply": False,
        "groupId": company_id(employer),
        "isTopGroup": 0,
        "createdDate": int(job.updated.timestamp() * 1000) + 251,
        "mode": "crawled" if job.lot % 7 == 0 else "jp",
        "board": "1",
        "salaryDetail": figures(job),
        "experienceText": experience(job),
        "minimumExperience": str(least),
        "maximumExperience": str(most),
        "saved": False,
    }
    told |= {"vacancy": openings(job)} if openings(job) else {}
    told |= {"jobType": "WALK IN"} if walk_in else {}
    if job.lot % 9 == 0:
        told |= {"brandingTags": [{"id": "1", "label": "women"}], "exclusive": False}
        told |= {"diversityTagText": "Prefers women"}
    if client(job):
        told |= {"consultant": True, "hideClientName": False, "clientLogo": logo, "hiringFor": client(job)}
    return told


def _rated(employer: Employer) -> dict[str, Any]:
    given = rating(employer)
    if given is None:
        return {}
    address = (
        f"https://www.ambitionbox.com/reviews/{employer.slug}-reviews?utm_source=naukri&cvid={uid(employer.number)}"
    )
    title = f"{employer.name} Reviews by Employees"
    return {"Url": address, "ReviewsCount": reviews(employer), "AggregateRating": given, "Title": title}


def details(job: SimJob, now: datetime) -> dict[str, Any]:
    """The job as its own API tells it."""
    employer = job.employer
    assert employer
    given = rating(employer)
    recruiter = RECRUITERS[job.number % len(RECRUITERS)]
    return {
        "jobDetails": _job(job, employer)
        | {"walkInDetail": {"contactPerson": recruiter} if job.lot % 25 == 7 else None},
        "ambitionBoxDetails": {
            "companyInfo": {"AggregateRating": given, "ReviewsCount": reviews(employer)} if given else {},
            "reviews": [],
            "salaries": {},
            "benefits": [],
        },
        "jdBrandingDetails": {},
        "microsite": False,
        "serverTime": now.isoformat(),
    }


def _job(job: SimJob, employer: Employer) -> dict[str, Any]:
    _, department, role = job.trade.role
    schools: dict[str, list[str]] = {"ug": [], "pg": [], "ppg": []}
    for school in job.education:
        kind, words = SCHOOLS[school]
        schools[kind].append(words)
    remote = job.arrangement == "REMOTE"
    places = ["Remote"] if remote else [at.city for at in job.places]
    return {
        "jobId": job.id,
        "title": job.title,
        "description": as_html(job),
        "shortDescription": job.about[0],
        # In Indian time, without saying so.
        "createdDate": f"{job.updated + DAY * 5.5 / 24:%Y-%m-%d %H:%M:%S}",
        "staticUrl": SITE + path(job),
        "employmentType": EMPLOYMENTS[job.employment],
        "jobRole": role or department,
        "roleCategory": department,
        "functionalArea": f"{department} - Other",
        "industry": employer.industry,
        "locations": [{"label": label, "url": f"{SITE}/jobs-in-{slug(label)}"} for label in places],
        **dict(zip(("minimumExperience", "maximumExperience"), job.experience, strict=True)),
        "experienceText": experience(job),
        "salaryDetail": {**figures(job), "label": salary(job), "internship": False},
        "keySkills": {
            "preferred": [{"label": skill, "clickable": f"{slug(skill)}-jobs"} for skill in job.trade.skills[:1]],
            "other": [{"label": skill, "clickable": ""} for skill in job.trade.skills[1:]],
        },
        "education": {**schools, "label": ""},
        "vacancy": openings(job) or 0,
        "applyCount": SERIAL,
        "viewCount": SERIAL,
        "wfhType": WORK_MODES[job.arrangement],
        "wfhLabel": "" if job.arrangement == "ONSITE" else LABELS[job.arrangement],
        "walkIn": job.lot % 25 == 7,
        "banner": f"{IMAGES}/{company_id(employer)}.gif",
        "companyId": company_id(employer),
        "groupId": company_id(employer),
        "companyDetail": {
            "name": employer.name,
            "details": f"<p>{employer.legal_name} is an invented company.</p>",
            "websiteUrl": employer.website,
            "address": f"{job.places[0].city}, {job.places[0].region}",
        },
        "companyApplyUrl": f"{employer.website}/apply/{job.id}" if job.lot % 4 == 0 else None,
        "applyRedirectUrl": None,
    }
