"""The objects of loker.id's loaders, with view counts that grow at every visit."""

from __future__ import annotations

import zlib
from datetime import datetime, timedelta
from typing import Any

from jobspiders.simboards.board import SERIAL
from jobspiders.simboards.catalogue import Pay, SimJob
from jobspiders.simboards.invented import slug
from jobspiders.simboards.pages import as_html, html_list, html_paragraphs

SITE = "https://www.loker.id"
LISTING = "/cari-lowongan-kerja"
STAMPS = dict.fromkeys(("created_at", "updated_at"), "2025-07-20 20:14:04")
MILLION = 1_000_000
JAKARTA = timedelta(hours=7)
TYPES = {
    "FULL_TIME": (("Full Time", "purna-waktu"),),
    "PART_TIME": (("Part Time", "paruh-waktu"),),
    "INTERN": (("Magang", "magang"),),
    "CONTRACTOR": (("Kontrak", "kontrak"), ("Freelance", "freelance")),
}
SCHOOLS = {
    "HIGH_SCHOOL": "SMA / SMK / STM",
    "DIPLOMA": "Diploma/D1/D2/D3",
    "BACHELOR": "Sarjana / S1",
    "MASTER": "Master / S2",
}
LEVELS = {
    "ENTRY": "Junior / Entry Level",
    "MID": "Staff / Officer",
    "SENIOR": "Staff / Officer",
    "LEAD": "Supervisor / Coordinator",
    "MANAGER": "Manager / Assistant Manager",
}
# Only "Dikantor" was seen; the other two names are a guess.
ARRANGEMENTS = {"ONSITE": (1, "Dikantor"), "HYBRID": (2, "Hybrid"), "REMOTE": (3, "Remote")}
COUNTS = (
    "",
    "new_",
    "screening_",
    "phone_interview_",
    "onsite_interview_",
    "offer_",
    "on_hold_",
    "hired_",
    "rejected_",
)


def years(job: SimJob) -> str:
    """The experience in the board's words."""
    low, high = job.experience
    return "Fresh Graduate" if high == 0 else f"{low}-{high} Tahun" if high else f"Lebih dari {low} Tahun"


def bucket(pay: Pay) -> tuple[int, int | None]:
    """The millions of rupiah between which the pay lies, as the board's label has them."""
    low = pay.minimum // MILLION
    return (20, None) if low >= 20 else (low, max(low + 1, -(-(pay.maximum or 0) // MILLION)))


def tells_figures(job: SimJob) -> bool:
    """Whether the salary is there as numbers, not only as a label."""
    return job.pay is not None and job.lot % 4 != 0


def path(job: SimJob) -> str:
    """The path of the job's page; a category without a parent leaves only the short form."""
    parent, child = job.trade.area
    return f"/{slug(parent)}/{slug(child)}/{name(job)}.html" if has_parent(job) else f"{LISTING}?jobid={job.id}"


def has_parent(job: SimJob) -> bool:
    """Whether the job's category has a parent."""
    return job.lot % 20 != 3


def name(job: SimJob) -> str:
    """The job's slug: title, company, city and what makes it the only one."""
    assert job.employer
    return f"{slug(job.title)}-{job.employer.slug}-{slug(job.places[0].city)}-{job.number}"


def row(job: SimJob) -> dict[str, Any]:
    """The job as the listing's loader has it."""
    assert job.employer
    return {
        "id": int(job.id),
        "slug": name(job),
        "views_count": SERIAL,
        **_company(job),
        "category": job.trade.area[1],
        "title": job.title,
        "content": " ".join(job.about),
        "job_description": html_paragraphs(job.about),
        "responsibilities": html_list(job.duties),
        "qualifications": html_list(job.needs, "ol"),
        "job_benefits": "Uang makan, BPJS" if job.lot % 4 == 1 else None,
        "status": "publish",
        "location": job.places[0].city,
        **_terms(job),
        **_dates(job),
        **_flags(job),
        **_salary(job),
        "categories": [_category(job)],
        "locations": [{**_term(job.places[0].city), "parent": _province(job.places[0].region)}],
        "industry": None,
        "industries": [],
        "job_skills": [{**_term(skill), **STAMPS} for skill in job.trade.skills],
        "statistic": {f"{count}application_count": SERIAL for count in COUNTS},
    }


def details(job: SimJob) -> dict[str, Any]:
    """The job as its own page's loader has it."""
    assert job.employer
    ld = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": job.title,
        "description": as_html(job),
        "employmentType": job.employment,
        "hiringOrganization": {"@type": "Organization", "name": job.employer.name},
    }
    nothing = dict.fromkeys(("incentive_compensation", "screening_questions", "status_description"))
    company = _company(job)
    return {
        "job": {**row(job), **nothing, "ld_json": ld, "job_similar": []},
        "company": {
            "id": company["company_id"],
            "name": job.employer.name,
            "slug": job.employer.slug,
            "logo": company["company_logo"],
            "description": f"<p>{job.employer.name} hanya rekaan.</p>",
            "industry": job.employer.industry,
        },
        "pathname": path(job),
    }


def _flags(job: SimJob) -> dict[str, Any]:
    return {
        "need_urgent": job.lot % 6 == 0,
        "job_vacancy_type": "premium" if job.premium else "free",
        "gender": "Laki-Laki atau Perempuan",
        "is_remote": job.arrangement == "REMOTE",
        **dict.fromkeys(("isPremium", "is_premium"), job.premium),
        **dict.fromkeys(("applied", "offered", "bookmarked", "is_from_register"), False),
    }


def _terms(job: SimJob) -> dict[str, Any]:
    words = TYPES[job.employment]
    kind, kind_slug = words[job.lot % len(words)]
    number, at = ARRANGEMENTS[job.arrangement]
    schools = [_term(SCHOOLS[school]) for school in job.education]
    return {
        "job_type": kind,
        "types": [{**_term(kind), "slug": kind_slug}],
        "education": schools[0]["name"],
        "educations": schools,
        "level": {**_term(LEVELS[job.level]), "parent_id": 0},
        "tag": {**_term(job.trade.titles[0]), "parent_id": 0},
        "job_location_type_id": number,
        "job_location_type": {**_term(at), "id": number},
        "job_experience": years(job),
        "experiences": [_term(years(job))],
    }


def _term(text: str) -> dict[str, Any]:
    return {"id": zlib.crc32(text.encode()) % 100_000, "name": text, "slug": slug(text)}


def _province(region: str) -> dict[str, Any]:
    return {**_term(region), "slug": "jakarta" if region == "DKI Jakarta" else slug(region)}


def _category(job: SimJob) -> dict[str, Any]:
    parent, child = job.trade.area
    return {**_term(child), "parent": _term(parent) if has_parent(job) else None}


def _company(job: SimJob) -> dict[str, Any]:
    assert job.employer
    logo = f"https://asset.loker.id/img/2026/01/{job.employer.slug}-150x150.jpg"
    return {
        "company_id": 100_000 + job.employer.number,
        "company_name": job.employer.name,
        "company_slug": job.employer.slug,
        "company_profile_url": f"{SITE}/profile/{job.employer.slug}",
        **dict.fromkeys(("company_image", "company_logo"), logo),
    }


def _salary(job: SimJob) -> dict[str, Any]:
    pay = job.pay
    label = "Negosiasi" if job.negotiable else None
    # The figures of a salary that is to be hidden are still there.
    hidden = pay is None and not job.negotiable and job.lot % 4 == 1
    figures: tuple[int | None, int | None] = (3 * MILLION, 5 * MILLION) if hidden else (None, None)
    if pay:
        low, high = bucket(pay)
        dash = "-" if low == 1 else "–"
        label = f"Rp.{low} {dash} {high} Juta" if high else f"Rp {low} Juta Lebih"
        figures = (pay.minimum, pay.maximum) if tells_figures(job) else (None, None)
    return {
        "is_hide_salary": hidden,
        "job_salary": label,
        "salary": _term(label) if label else None,
        "salary_min": figures[0],
        "salary_max": figures[1],
    }


def _dates(job: SimJob) -> dict[str, Any]:
    # An end in the past beside "publish" was seen on live jobs.
    ended = job.posted - timedelta(days=9) if job.lot % 50 == 5 else None
    return {
        "post_date": _moment(job.posted - timedelta(minutes=job.lot % 3000)),
        "published_at": _moment(job.posted),
        "closed_at": ended and _moment(ended),
        "post_modified": _moment(job.updated),
    }


def _moment(at: datetime) -> str:
    """The board's clock is Jakarta's and does not say so."""
    return f"{at + JAKARTA:%Y-%m-%d %H:%M:%S}"
