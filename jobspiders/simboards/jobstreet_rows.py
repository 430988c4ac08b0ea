"""The rows of JobStreet's search and of its search page, in English or Indonesian."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from typing import Any

from jobspiders.simboards.catalogue import Pay, SimJob
from jobspiders.simboards.invented import Employer, slug
from jobspiders.simboards.pages import DAY, token

HOSTS = {
    "id.jobstreet.com": "ID",
    "my.jobstreet.com": "MY",
    "sg.jobstreet.com": "SG",
    "ph.jobstreet.com": "PH",
}
WORK_TYPES = {  # filter's number, English, Indonesian, Google's word
    "FULL_TIME": ("242", "Full time", "Full time", "FULL_TIME"),
    "PART_TIME": ("243", "Part time", "Paruh waktu", "PART_TIME"),
    "CONTRACTOR": ("244", "Contract/Temp", "Kontrak", "CONTRACTOR"),
    "TEMPORARY": ("245", "Casual/Vacation", "Kasual", "TEMPORARY"),
}
ARRANGEMENTS = {  # row's number, English, Indonesian
    "ONSITE": ("1", "On-site", "Kantor"),
    "HYBRID": ("2", "Hybrid", "Hibrid"),
    "REMOTE": ("3", "Remote", "Jarak jauh"),
}
ENGLISH = {"Jakarta Utara": "North Jakarta", "Jakarta Selatan": "South Jakarta", "Jakarta Pusat": "Central Jakarta"}
SIGNS = {"IDR": "Rp\u00a0", "MYR": "RM\u00a0", "PHP": "₱", "SGD": "$", "USD": "$"}


def country(job: SimJob) -> str:
    """The country of the job's site."""
    return job.places[0].country


def host(job: SimJob) -> str:
    """The host of the job's site."""
    return f"{country(job).lower()}.jobstreet.com"


def label(job: SimJob, language: str) -> str:
    """Where the job is; one in ten names only the province."""
    place, local = job.places[0], language == "id"
    capital = "Jakarta Raya" if local else "Jakarta"
    region = capital if place.region == "DKI Jakarta" else place.region
    city = place.city if local else ENGLISH.get(place.city, place.city)
    return region if names_region_only(job) else f"{city}, {region}"


def names_region_only(job: SimJob) -> bool:
    """Whether the ad names no city."""
    return job.lot % 10 == 0 or job.places[0].city == job.places[0].region


def brand(job: SimJob) -> str | None:
    """The employer's everyday name; one in five has no profile, and only its legal name is shown."""
    return job.employer.name if job.employer and job.lot % 5 else None


def company(job: SimJob) -> str | None:
    """The name under which the ad runs, None for an anonymous one."""
    return brand(job) or (job.employer.legal_name if job.employer else None)


def says_period(job: SimJob) -> bool:
    """Whether the salary's label tells what it is for; slips of employers (seen in captures) do not."""
    return job.pay is not None and (job.pay.currency != "IDR" or job.lot // 10 % 6 < 4)


def salary_label(job: SimJob) -> str:
    """The salary in one of the spellings seen, "" for a hidden one."""
    pay = job.pay
    if pay is None:
        return "Gaji Kompetitif" if job.negotiable and job.lot % 3 == 0 else ""
    way = job.lot // 10 % 6 if pay.currency == "IDR" else 1
    if way == 4:
        return "IDR " + _range(pay, "", ",", " - ")
    if way == 5:
        million = 1_000_000
        top = f" - {pay.maximum / million:g}" if pay.maximum else ""
        return f"{pay.minimum / million:g}{top} million net"
    sign = {2: "Rp", 3: ""}.get(way, SIGNS[pay.currency])
    figures = _range(pay, sign, "," if way == 1 else ".", " - " if way == 3 else " – ")
    return f"{figures} per {pay.period.lower()}"


def _range(pay: Pay, sign: str, comma: str, dash: str) -> str:
    bounds = [bound for bound in (pay.minimum, pay.maximum) if bound]
    return dash.join(f"{sign}{bound:,}".replace(",", comma) for bound in bounds)


def age(posted: datetime, now: datetime, language: str) -> str:
    """How the board tells the age of an ad."""
    since = now - posted
    if since >= 30 * DAY:
        return "30+ hari yang lalu" if language == "id" else "30d+ ago"
    units = ((DAY, "hari", "d"), (timedelta(hours=1), "jam", "h"), (timedelta(minutes=1), "menit", "m"))
    for unit, long, short in units:
        if since >= unit:
            return f"{since // unit} {long} yang lalu" if language == "id" else f"{since // unit}{short} ago"
    return "1 menit yang lalu" if language == "id" else "1m ago"


def row(job: SimJob, now: datetime, language: str) -> dict[str, Any]:
    """The job as the v5 search has it."""
    return {
        **_advertiser(job, language),
        "bulletPoints": ["BPJS & THR", *job.needs[:1]] if job.premium else [],
        "classifications": [_classification(job)],
        "displayType": "standout" if job.premium else "standard",
        "id": job.id,
        "isFeatured": False,
        "listingDate": f"{job.posted:%Y-%m-%dT%H:%M:%SZ}",
        "listingDateDisplay": age(job.posted, now, language),
        "locations": [_location(job, language)],
        "roleId": slug(job.trade.titles[0]),
        "salaryLabel": salary_label(job),
        "solMetadata": _sol(job),
        "teaser": f"{job.about[0]}...",
        "title": job.title,
        "tracking": base64.b64encode(job.id.encode()).decode(),
        "workTypes": [WORK_TYPES[job.employment][2 if language == "id" else 1]],
        "workArrangements": _arrangement(job, language),
        **({"displayStyle": {"search": "A"}} if job.premium else {}),
        **({"currencyLabel": "USD"} if job.pay and job.pay.currency == "USD" else {}),
    }


def page_row(job: SimJob, now: datetime, language: str) -> dict[str, Any]:
    """The job as the search page's own data has it: the V6 row, flattened."""
    shown = row(job, now, language)
    nothing = dict.fromkeys(("currencyLabel", "externalReferences", "companyName", "employer"))
    arrangement = {"__typename": "JobSearchV6WorkArrangements"}
    arrangement["displayText"] = shown["workArrangements"].get("displayText")
    return {
        **nothing,
        **shown,
        "branding": shown["branding"] or None,
        "listingDate": f"{job.posted:%Y-%m-%dT%H:%M:%S.000Z}",
        "tags": [{"type": "EXPIRES_SOON", "label": "Expiring soon"}] if job.lot % 8 == 0 else [],
        "workArrangements": arrangement,
    }


def employer_page(job: SimJob) -> dict[str, Any]:
    """The employer of a job that has one with a profile, and the profile's address."""
    assert job.employer
    known = str(168_500_000_000_000 + job.employer.number)
    return {
        "id": str(400_000 + job.employer.number),
        "name": job.employer.name,
        "companyId": known,
        "companyUrl": f"https://{host(job)}/companies/{job.employer.slug}-{known}",
    }


def _advertiser(job: SimJob, language: str) -> dict[str, Any]:
    employer = job.employer
    if employer is None:
        private = "Pengiklan Anonim" if language == "id" else "Private Advertiser"
        return {"advertiser": {"id": "", "description": private}, "branding": {}, "companyProfileStructuredDataId": 0}
    shown: dict[str, Any] = {
        "advertiser": {"id": str(60_000_000 + employer.number), "description": employer.legal_name},
        "branding": {"serpLogoUrl": _logo(employer)} if job.premium else {},
        "companyProfileStructuredDataId": 400_000 + employer.number if brand(job) else 0,
    }
    return {**shown, "companyName": brand(job), "employer": employer_page(job)} if brand(job) else shown


def _location(job: SimJob, language: str) -> dict[str, Any]:
    place = job.places[0]
    names = [{"contextualName": place.city}, {"contextualName": place.region}]
    return {"label": label(job, language), "countryCode": place.country, "seoHierarchy": names}


def _arrangement(job: SimJob, language: str) -> dict[str, Any]:
    number, english, indonesian = ARRANGEMENTS[job.arrangement]
    text = indonesian if language == "id" else english
    shown: dict[str, Any] = {"data": [{"id": number, "label": {"text": text}}]}
    return shown if job.arrangement == "ONSITE" else {**shown, "displayText": text}


def _classification(job: SimJob) -> dict[str, Any]:
    known, name, sub_known, sub_name = job.trade.seek
    return {
        "classification": {"id": known, "description": name},
        "subclassification": {"id": sub_known, "description": sub_name},
    }


def _sol(job: SimJob) -> dict[str, Any]:
    return {
        "searchRequestToken": token(),
        "token": f"0~{token()}",
        "jobId": job.id,
        "section": "MAIN",
        "sectionRank": 1,
        "jobAdType": "ORGANIC",
        "tags": {"mordor__flights": "mordor_727", "mordor__s": "0"},
    }


def _logo(employer: Employer) -> str:
    return f"https://bx-branding-gateway.cloud.seek.com.au/{employer.slug}.1/serpLogo"
