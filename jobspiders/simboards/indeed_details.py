"""The page of a job on Indeed: the state that it is drawn from, and its JSON-LD."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from jobspiders.simboards.board import SERIAL
from jobspiders.simboards.catalogue import SimJob
from jobspiders.simboards.indeed_wire import (
    KEYS,
    KINDS,
    LOGO,
    PERIODS,
    WORK_MODELS,
    age,
    anywhere,
    benefits,
    company_key,
    company_page,
    ends,
    epoch,
    indexed,
    location,
    place,
    salary,
    site,
)
from jobspiders.simboards.pages import as_html

LD_KINDS = {"INTERN": "INTERN", "CONTRACTOR": "CONTRACTOR", "PART_TIME": "PART_TIME", "FULL_TIME": "FULL_TIME"}


def state(job: SimJob, now: datetime) -> dict[str, Any]:
    """What the page keeps in `_initialData`."""
    model = WORK_MODELS.get(job.arrangement)
    info = deepcopy(KEYS["info"])
    info["sanitizedJobDescription"] = as_html(job)
    info["jobDescriptionSectionModel"]["jobDetailsSection"]["isJobExpired"] = job.closed
    info["jobInfoHeaderModel"] |= {
        "companyName": job.employer_name,
        "formattedLocation": location(job),
        "jobTitle": job.title,
        "remoteLocation": job.arrangement == "REMOTE",
        "remoteWorkModel": model and {"inlineText": True, "type": model[0], "text": model[1]},
    }
    results = [{"__typename": "JobDataResult", "trackingKey": str(SERIAL), "job": ad(job)}]
    return {
        "baseUrl": site(job),
        "jobCountry": place(job).country,
        "jobKey": job.id,
        "jobLanguage": job.language,
        "jobLocation": location(job),
        "jobTitle": job.title,
        "hiringInsightsModel": {"age": age(now - job.posted)},
        "salaryInfoModel": _salary(job),
        "jobInfoWrapperModel": {"jobInfoModel": info, "sectionedJobInfoModel": None},
        "hostQueryExecutionResult": {"data": {"jobData": {"__typename": "JobDataPayload", "results": results}}},
        # Stands on every page, as a translation: it says nothing about this job.
        "localeData": {"This job has expired on Indeed": [None, ""]},
    }


def ad(job: SimJob) -> dict[str, Any]:
    """The ad as Indeed's API has it."""
    assert job.employer
    key, label = KINDS[job.employment]
    skills = [_named(f"{rank:05}", skill) for rank, skill in enumerate(job.trade.skills)]
    given = [_named(*benefit) for benefit in benefits(job)]
    employer = deepcopy(KEYS["job"]["employer"]) | {
        "key": company_key(job.employer),
        "relativeCompanyPageUrl": company_page(job.employer),
    }
    employer["dossier"]["images"]["squareLogoUrls"]["url256"] = LOGO + job.employer.slug
    employer["ugcStats"]["ratings"]["overallRating"] |= {"count": 12, "value": 3.5}
    return {
        **deepcopy(KEYS["job"]),
        "key": job.id,
        "title": job.title,
        "sourceEmployerName": job.employer.name,
        "datePublished": epoch(job.updated),
        "dateOnIndeed": epoch(indexed(job)),
        "expired": job.closed,
        "language": job.language,
        "url": f"{job.employer.website}/jobs/{job.id}" if job.lot % 2 else f"{site(job)}/job/x-{job.id}",
        "description": {"__typename": "JobDescription", "html": as_html(job), "text": "", "semanticSegments": []},
        "location": _location(job),
        "occupations": [_named("5NN53", f"{job.trade.titles[0]} Occupations")],
        "benefits": given,
        "attributes": [
            _named(key, label),
            *skills,
            *given,
            _named("HFDVW", "Bachelor's degree"),
            _named("W6", "2 years"),
        ],
        "employer": employer,
        "jobTypes": [_named(key, label)],
    }


def _named(key: str, label: str) -> dict[str, str]:
    return {"__typename": "JobAttribute", "key": key, "label": label}


def _location(job: SimJob) -> dict[str, Any]:
    """Where nobody need be, the coordinates lie in the Atlantic."""
    where, known = place(job), KEYS["job"]["location"]
    formatted = {"__typename": "FormattedJobLocation", "long": location(job), "short": location(job)}
    if anywhere(job):
        nowhere = dict.fromkeys(("admin1Code", "admin1Name", "admin2Code", "admin2Name", "postalCode"))
        parts = {"city": "Remote", "latitude": 25, "longitude": -40, **nowhere}
    else:
        parts = {"city": where.city, "admin1Code": where.code or where.region, "admin1Name": where.region}
    return {**known, "countryCode": where.country, "fullAddress": location(job), "formatted": formatted, **parts}


def _salary(job: SimJob) -> dict[str, Any] | None:
    if job.pay is None:
        return None
    low, high = ends(job)
    return {
        **KEYS["salary"],
        "salaryCurrency": job.pay.currency,
        "salaryMin": low or 0,
        "salaryMax": high or -1,
        "salarySource": "EXTRACTION",
        "salaryText": salary(job),
        "salaryType": PERIODS[job.pay.period][0],
    }


def json_ld(job: SimJob, now: datetime) -> dict[str, Any]:
    """The job as schema.org has it; `validThrough` is 120 days after any visit."""
    assert job.employer
    where = place(job)
    address = {"addressLocality": where.city, "addressRegion": where.code or where.region, "postalCode": ""}
    posting = {
        "@context": "http://schema.org",
        "@type": "JobPosting",
        "title": job.title,
        "description": as_html(job),
        "datePosted": f"{indexed(job):%Y-%m-%dT%H:%M:%S}.000Z",
        "validThrough": f"{now + timedelta(days=120):%Y-%m-%dT%H:%M:%S}.000Z",
        "employmentType": [job.employment],
        "hiringOrganization": {
            "@type": "Organization",
            "name": job.employer.name,
            "sameAs": f"{site(job)}{company_page(job.employer)}",
            "logo": LOGO + job.employer.slug,
        },
        "jobLocation": {
            "@type": "Place",
            "address": {"@type": "PostalAddress", "addressCountry": where.country, **address},
        },
        "directApply": True,
    }
    low, high = ends(job)
    if job.pay and low and high:
        value = {"@type": "QuantitativeValue", "minValue": low, "maxValue": high, "unitText": job.pay.period}
        posting["baseSalary"] = {"@type": "MonetaryAmount", "currency": job.pay.currency, "value": value}
    return posting
