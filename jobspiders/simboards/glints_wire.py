"""The objects of Glints' schema, with every field that its two queries select."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from jobspiders.simboards.board import SERIAL
from jobspiders.simboards.catalogue import SimJob
from jobspiders.simboards.invented import HEADINGS, RECRUITERS, Employer, SimPlace, slug
from jobspiders.simboards.pages import dump, token, uid

TYPES = {
    "FULL_TIME": "FULL_TIME",
    "PART_TIME": "PART_TIME",
    "INTERNSHIP": "INTERN",
    "CONTRACT": "CONTRACTOR",
    "FREELANCE": "CONTRACTOR",
    "PROJECT_BASED": "CONTRACTOR",
}
SCHOOLS = {
    "HIGH_SCHOOL": "HIGH_SCHOOL",
    "DIPLOMA": "DIPLOMA",
    "BACHELOR": "BACHELOR_DEGREE",
    "MASTER": "MASTER_DEGREE",
}
ENTITIES = {"Job", "Company", "HierarchicalLocation", "JobSalary", "SkillDetail"}
PLAIN = {"data": {}, "depth": 0, "entityRanges": [], "inlineStyleRanges": []}


def employment_type(job: SimJob) -> str:
    """The board's word for the job's employment."""
    words = [word for word, meant in TYPES.items() if meant == job.employment]
    return words[job.lot % len(words)]


def created(job: SimJob) -> datetime:
    """When the job was posted, to the millisecond."""
    return job.posted + timedelta(milliseconds=job.lot % 1000)


def moment(at: datetime) -> str:
    """The moment as the board writes it: the fraction's length varies (seen: .841000Z, .965Z, .55Z)."""
    fraction = f"{at.microsecond:06d}"
    return f"{at:%Y-%m-%dT%H:%M:%S}.{fraction if at.second % 2 else fraction.rstrip('0') or '0'}Z"


def company_name(employer: Employer) -> str:
    """The employer's name as it signed up: two in three with their legal one."""
    return employer.legal_name if employer.number % 3 else employer.name


def card(job: SimJob) -> dict[str, Any]:
    """The job as the search and the listing pages have it."""
    return {
        "__typename": "Job",
        "id": job.id,
        "title": job.title,
        "type": employment_type(job),
        "workArrangementOption": job.arrangement,
        "status": "CLOSED" if job.closed else "OPEN",
        "createdAt": moment(created(job)),
        "updatedAt": moment(job.updated),
        "isActivelyHiring": job.lot % 3 == 0,
        "isHot": job.premium,
        "isApplied": False,
        "shouldShowSalary": job.pay is not None,
        "educationLevel": SCHOOLS[job.education[0]],
        "minYearsOfExperience": job.experience[0],
        "maxYearsOfExperience": job.experience[1],
        "source": "NATIVE",
        "jobSource": "EMPLOYER",
        "company": _company(job.employer) if job.employer else None,
        "country": {"__typename": "Country", "code": "ID", "name": "Indonesia"},
        "salaries": _salaries(job),
        "location": _location(job.places[0]),
        "hierarchicalJobCategory": _category(job.trade.path),
        "skills": [_skill(name) for name in job.trade.skills],
        "traceInfo": token(),
        **dict.fromkeys(("city", "citySubDivision", "fraudReportFlag", "salaryEstimate")),
    }


def detail(job: SimJob) -> dict[str, Any]:
    """The job as its own page and query have it, with the recruiter whose name is not to be stored."""
    shown = card(job)
    return {
        **shown,
        "CountryCode": "ID",
        "CityId": 0,
        "descriptionJsonString": dump(_draft(job)),
        "expiryDate": f"{job.closes:%Y-%m-%d}",
        "benefits": [_benefit()] if job.lot % 4 == 0 else None,
        "canUserApplyWithReason": {"__typename": "canUserApplyWithReason", "canApply": True, "reason": ""},
        "creator": _recruiter(job),
        "creatorResponseTime": SERIAL,
        "expInfo": "mgtOneTapApplyVIPJobs:B",
        "resumeRequiredStatus": "OPTIONAL",
        "oneTapApply": {"__typename": "oneTapApply", "isEligible": False},
        "company": shown["company"] and {**shown["company"], **_company_page(job)},
        **dict.fromkeys(("acceptsForeignApplications", "isCoverLetterMandatory"), False),
        **dict.fromkeys(("isEducationRequiredForCandidate", "isLocationRequiredForCandidate"), False),
        **dict.fromkeys(("externalApplyURL", "gender", "minAge", "maxAge", "interviewProcessJsonString")),
        "shouldShowBenefits": True,
    }


def in_apollo(value: Any, cache: dict[str, Any]) -> Any:
    """`value` with its entities put into `cache` and referred to, as Apollo stores answers."""
    if isinstance(value, list):
        return [in_apollo(item, cache) for item in value]
    if not isinstance(value, Mapping):
        return value
    flat = {name: in_apollo(item, cache) for name, item in value.items()}
    if value.get("__typename") not in ENTITIES:
        return flat
    key = f"{value['__typename']}:{value['id']}"
    cache[key] = flat
    return {"__ref": key}


def _company(employer: Employer) -> dict[str, Any]:
    industry = 90 + employer.number % 30
    name = company_name(employer)
    return {
        "__typename": "Company",
        "id": uid("glints", "company", employer.number),
        "name": name,
        "brandName": name,
        "logo": f"{employer.slug}.png" if employer.number % 5 else None,
        "status": "VERIFIED",
        "isVIP": employer.number % 7 == 0,
        "IndustryId": industry,
        "industry": {"__typename": "Industry", "id": industry, "name": employer.industry},
        "verificationTier": {"__typename": "verificationTier", "type": "LEGAL_DOCUMENTS"},
    }


def _company_page(job: SimJob) -> dict[str, Any]:
    assert job.employer
    low, high = job.employer.staff
    about = {"blocks": [_block("unstyled", f"{job.employer.name} hanya rekaan.")], "entityMap": {}}
    return {
        "website": job.employer.website,
        "address": f"Jalan Rekaan {job.employer.number}, {job.places[0].city}",
        "size": f"BETWEEN_{low}_AND_{high}",
        "descriptionJsonString": dump(about),
        "socialMediaSitesJsonString": "{}",
        "photosJsonString": "[]",
        "isApprovedToTalentHunt": False,
    }


def _location(place: SimPlace) -> dict[str, Any]:
    steps = [(place.city, "City", 3), (place.region, "Province", 2), ("Indonesia", "Country", 1)]
    district = place.district or place.city
    return {
        **_step("HierarchicalLocation", district, "District", 4),
        "latitude": place.latitude,
        "longitude": place.longitude,
        "parents": [
            {
                **_step("LocationParent", name, kind, level),
                **dict.fromkeys(("countryCode", "CountryCode"), "ID"),
                "parents": [_step("LocationGrandParent", *above) for above in steps[index + 1 :]] or None,
            }
            for index, (name, kind, level) in enumerate(steps)
        ],
    }


def _step(typename: str, name: str, kind: str, level: int) -> dict[str, Any]:
    return {
        "__typename": typename,
        "id": uid("glints", kind, name),
        "name": name,
        "administrativeLevelName": kind,
        "formattedName": name,
        "level": level,
        "slug": slug(name),
    }


def _salaries(job: SimJob) -> list[dict[str, Any]] | None:
    if job.pay is None:
        return None if job.lot % 5 == 0 else []
    pay = job.pay
    mode = "PROJECT" if employment_type(job) == "PROJECT_BASED" else "MONTH"
    basic = {"salaryType": "BASIC", "minAmount": pay.minimum, "maxAmount": pay.maximum}
    bonus = {"salaryType": "BONUS", "minAmount": pay.minimum // 10, "maxAmount": pay.minimum // 4}
    return [
        {
            "__typename": "JobSalary",
            "id": uid("glints", part["salaryType"], job.id),
            "salaryMode": mode,
            "CurrencyCode": pay.currency,
            **part,
        }
        for part in ([bonus, basic] if job.lot % 9 == 0 else [basic])
    ]


def _category(path: tuple[str, str, str]) -> dict[str, Any]:
    def step(typename: str, level: int) -> dict[str, Any]:
        name = path[level - 1]
        known = uid("glints", "category", level, name)
        return {"__typename": typename, "id": known, "level": level, "name": name}

    # The parents come in no order of their levels.
    parents = [step("JobCategoryChildAndParent", level) for level in (1, 2)]
    return {**step("HierarchicalJobCategory", 3), "children": None, "parents": parents}


def _skill(name: str) -> dict[str, Any]:
    skill = {"__typename": "SkillDetail", "id": uid("glints", "skill", name), "name": name}
    return {"__typename": "Skill", "mustHave": True, "skill": skill}


def _benefit() -> dict[str, Any]:
    known = {"benefit": "THR_FINANCIAL_BENEFITS", "title": "THR", "description": "Tunjangan Hari Raya"}
    return {"__typename": "JobBenefit", "logo": None, **known}


def _recruiter(job: SimJob) -> dict[str, Any]:
    return {
        "__typename": "Creator",
        "id": uid("glints", "creator", job.lot),
        "name": RECRUITERS[job.lot % len(RECRUITERS)],
        "image": "",
        "isHighResponseRate": False,
        "lastSeen": f"{job.updated:%Y-%m-%dT%H:%M:%S}.{SERIAL}Z",
        "online": False,
    }


def _draft(job: SimJob) -> dict[str, Any]:
    duties, needs = HEADINGS[job.language]
    bold = [{"style": "BOLD", "offset": 0, "length": len(duties)}]
    blocks = [_block("unstyled", text) for text in job.about]
    blocks += [{**_block("unstyled", duties), "inlineStyleRanges": bold}]
    blocks += [_block("unordered-list-item", text) for text in job.duties]
    blocks += [_block("header-three", needs), *(_block("ordered-list-item", text) for text in job.needs)]
    return {"blocks": blocks, "entityMap": {}}


def _block(kind: str, text: str) -> dict[str, Any]:
    return {**PLAIN, "key": f"{zlib.crc32(text.encode()):x}"[:5], "type": kind, "text": text}
