"""A job as JobStreet's GraphQL and job page have it, with a phone number that is not to be stored."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from jobspiders.simboards.board import SERIAL
from jobspiders.simboards.catalogue import SimJob
from jobspiders.simboards.jobstreet_rows import (
    ARRANGEMENTS,
    WORK_TYPES,
    brand,
    employer_page,
    host,
    label,
    row,
    salary_label,
)
from jobspiders.simboards.pages import as_html


def details(job: SimJob, now: datetime, language: str) -> dict[str, Any]:
    """The job as GraphQL's `jobDetails` and the job page's data have it."""
    _, english, indonesian = ARRANGEMENTS[job.arrangement]
    arrangement = {
        "__typename": "JobDetailsWorkArrangement",
        "type": job.arrangement,
        "label": indonesian if language == "id" else english,
    }
    return {
        "__typename": "JobDetails",
        "job": _job(job, now, language),
        "gfjInfo": _for_google(job),
        "workArrangements": {
            "__typename": "JobDetailsWorkArrangements",
            "arrangements": [arrangement],
            "label": "",
        },
        "companyProfile": _profile(job),
        "companySearchUrl": None,
        "companyTags": [],
        "insights": [],
        "learningInsights": None,
        "seoInfo": None,
        "restrictedApplication": {"__typename": "JobDetailsRestrictedApplication", "label": None},
        "sourcr": None,
    }


def _for_google(job: SimJob) -> dict[str, Any]:
    place = job.places[0]
    location = {"__typename": "GFJLocation", "countryCode": place.country, "state": place.region}
    return {
        "__typename": "GFJInfo",
        "location": {**location, **dict.fromkeys(("suburb", "region", "postcode", "country"))},
        "workTypes": {"__typename": "GFJWorkTypes", "label": [WORK_TYPES[job.employment][3]]},
        "company": {"__typename": "GFJCompany", "url": brand(job) and employer_page(job)["companyUrl"]},
    }


def _job(job: SimJob, now: datetime, language: str) -> dict[str, Any]:
    shown = row(job, now, language)
    return {
        "__typename": "Job",
        "id": job.id,
        "sourceZone": "asia-4",
        "title": job.title,
        "phoneNumber": "+62 811 0000 0000" if job.lot % 7 == 0 else None,
        "isExpired": job.closed,
        "expiresAt": _moment(job.closes),
        "isLinkOut": job.lot % 4 == 0,
        "contactMatches": [],
        "isVerified": False,
        "abstract": shown["teaser"],
        "content": as_html(job),
        "status": "Expired" if job.closed else "Active",
        "listedAt": {**_moment(job.posted), "label": shown["listingDateDisplay"]},
        "createdAt": _moment(job.posted),
        "shareLink": f"https://{host(job)}/job/{job.id}?tracking=SHR-{SERIAL}",
        "workTypes": {"__typename": "JobWorkTypes", "label": shown["workTypes"][0]},
        "location": {"__typename": "LocationInfo", "label": label(job, language)},
        **_labels(job, shown),
        "products": {
            "__typename": "JobProducts",
            "bullets": shown["bulletPoints"] or None,
            "displayTags": [],
            **dict.fromkeys(("branding", "questionnaire", "video")),
        },
        "tracking": _tracking(job),
    }


def _labels(job: SimJob, shown: Mapping[str, Any]) -> dict[str, Any]:
    names = shown["classifications"][0]
    described = f"{names['subclassification']['description']} ({names['classification']['description']})"
    salary = {"__typename": "JobSalary", "label": salary_label(job), "currencyLabel": shown.get("currencyLabel")}
    advertiser = {"__typename": "Advertiser", "id": shown["advertiser"]["id"], "isVerified": None}
    since = _moment(job.posted.replace(year=2006, day=1))
    return {
        "salary": salary if salary["label"] else None,
        "advertiser": {**advertiser, "name": shown["advertiser"]["description"], "registrationDate": since},
        "classifications": [{"__typename": "ClassificationInfo", "label": described}],
    }


def _rating() -> dict[str, Any]:
    reviews = {"__typename": "NumberOfReviews", "value": SERIAL}
    return {"__typename": "OverallRating", "value": 4.3, "numberOfReviews": reviews}


def _tracking(job: SimJob) -> dict[str, Any]:
    known, name, sub_known, sub_name = job.trade.seek
    classes = {"classificationId": known, "classification": name}
    sub_classes = {"subClassificationId": sub_known, "subClassification": sub_name}
    place = {"area": job.places[0].city, "location": job.places[0].region, "locationIds": ["35447"]}
    return {
        "__typename": "JobTracking",
        "adProductType": None,
        "classificationInfo": {"__typename": "JobTrackingClassificationInfo", **classes, **sub_classes},
        "hasRoleRequirements": False,
        "isPrivateAdvertiser": job.employer is None,
        "locationInfo": {"__typename": "JobTrackingLocationInfo", **place},
        "workTypeIds": WORK_TYPES[job.employment][0],
        "postedTime": f"{job.posted:%d %b %Y}",
    }


def _moment(at: datetime) -> dict[str, Any]:
    return {"__typename": "SeekDateTime", "dateTimeUtc": f"{at:%Y-%m-%dT%H:%M:%S.000Z}", "label": None}


def _profile(job: SimJob) -> dict[str, Any] | None:
    if job.employer is None or not brand(job):
        return None
    known = employer_page(job)["companyId"]
    low, high = job.employer.staff
    return {
        "__typename": "CompanyProfile",
        "id": known,
        "name": job.employer.name,
        "companyNameSlug": f"{job.employer.slug}-{known}",
        "shouldDisplayReviews": False,
        "branding": None,
        "overview": {
            "__typename": "Overview",
            "description": {"__typename": "Description", "paragraphs": [f"{job.employer.name} is invented."]},
            "industry": job.employer.industry,
            "size": {"__typename": "CompanySize", "description": f"{low}-{high} employees"},
            "website": {"__typename": "Website", "url": job.employer.website},
        },
        "reviewsSummary": {"__typename": "ReviewsSummary", "overallRating": _rating()},
        "perksAndBenefits": [{"__typename": "PerkAndBenefit", "title": "BPJS"}],
    }
