"""Y Combinator as it answers in 2026: samples on the job lists, complete lists of companies, job pages.

A closed job's page sends to its company's list, which is also where a job of an unknown key ends.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from html import escape
from typing import Any

from jobspiders.simboards.board import Answer, Asked, Board, Site
from jobspiders.simboards.catalogue import SimJob
from jobspiders.simboards.invented import Employer, slug
from jobspiders.simboards.pages import ROWS, dump, dump_for_script, filled, not_found, page, token
from jobspiders.simboards.ycombinator_wire import (
    SITE,
    company,
    company_path,
    figures,
    full_posting,
    json_ld,
    key,
    path,
    posting,
    slipped,
)

SAMPLE, ROLE_SAMPLE, RELATED = 20, 40, 20
ROLES = {
    "software-engineer": "eng",
    "designer": "design",
    "product-manager": "product",
    "operations": "operations",
    "marketing": "marketing",
    "sales-manager": "sales",
    "recruiting-hr": "recruiting",
    "support": "support",
    "science": "science",
}
ROLE = re.compile(r"^/jobs/role/(?P<role>[\w-]+)(?:/(?P<place>[\w-]+))?$")
PLACE = re.compile(r"^/jobs/location/(?P<place>[\w-]+)$")
COMPANY = re.compile(r"^/companies/(?P<company>[\w-]+)/jobs(?:/(?P<key>\w{7})(?:-[^/]*)?)?$")


def expected(job: SimJob) -> dict[str, Any]:
    """What a perfect crawler stores of the job; of an advertiser's slip in the salary, only what makes sense.

    The arrangement is left out: the board says nothing for an on-site job, and of others that they are remote or
    hybrid besides being somewhere.
    """
    pay, slip, place = job.pay, slipped(job), job.places[0]
    if slip == "no K":
        pay = None
    return {
        "source_id": job.id,
        "url": SITE + path(job),
        "title": job.title.strip(),
        "company": job.employer_name,
        "city": place.city,
        "region": place.region,
        "country": place.country,
        "salary_min": None if slip == "low" else pay and pay.minimum,
        "salary_max": pay and figures(job, pay)[1],
        "salary_currency": pay and pay.currency,
        "salary_period": pay and pay.period,
        "employment_types": [job.employment],
        "experience_min": job.experience[0],
        "experience_max": job.experience[1],
        "skills": list(job.trade.skills),
        "posted_at": job.posted,
        "language": "en",
    }


def answer(site: Site, asked: Asked) -> Answer:
    """What www.ycombinator.com answers."""
    if asked.path == "/jobs":
        step = max(1, len(site.jobs) // SAMPLE)
        return _list(site, asked.path, site.jobs[::step][:SAMPLE])
    if found := ROLE.match(asked.path):
        jobs = [job for job in site.jobs if job.trade.role[0] == ROLES.get(found["role"])]
        return _list(site, asked.path, [job for job in jobs if _is_at(job, found["place"])][:ROLE_SAMPLE])
    if found := PLACE.match(asked.path):
        return _list(site, asked.path, [job for job in site.jobs if _is_at(job, found["place"])][:ROLE_SAMPLE])
    if found := COMPANY.match(asked.path):
        return _of_company(site, found["company"], found["key"])
    return not_found()


def listing_page(asked: Asked) -> int | None:
    """The number of the listing's page: lists have only one."""
    found = COMPANY.match(asked.path)
    return 1 if asked.path.startswith("/jobs") or (found and not found["key"]) else None


def _is_at(job: SimJob, place: str | None) -> bool:
    if place == "remote":
        return job.arrangement == "REMOTE"
    return place is None or any(place in {slug(where.city), slug(where.region)} for where in job.places)


def _of_company(site: Site, name: str, wanted: str | None) -> Answer:
    employers = site.once(("employers",), lambda: _employers(site))
    if name not in employers:
        return not_found()
    by_company = site.once(("by company",), lambda: _by_company(site))
    here = f"{company_path(employers[name])}/jobs"
    if wanted is None:
        return _list(site, here, by_company[name], employers[name])
    there = site.once(("there",), lambda: [job for job in site.known.values() if not job.closed])
    by_key = site.once(("by key",), lambda: {key(job): rank for rank, job in enumerate(there)})
    if wanted not in by_key:
        return Answer(status=302, headers={"Location": here})
    return Answer(site.once(("page", wanted), lambda: _job_page(site, there, by_key[wanted])))


def _employers(site: Site) -> dict[str, Employer]:
    return {job.employer.slug: job.employer for job in site.known.values() if job.employer}


def _by_company(site: Site) -> dict[str, list[SimJob]]:
    jobs = defaultdict(list)
    for job in site.jobs:
        if job.employer:
            jobs[job.employer.slug].append(job)
    return jobs


def _list(site: Site, here: str, jobs: Sequence[SimJob], employer: Employer | None = None) -> Answer:
    props = {
        "currentUser": None,
        "company": company(employer) if employer else None,
        "jobPostings": ROWS,
        "relatedJobs": None,
        "jobsUrl": "https://bookface.ycombinator.com/workatastartup",
        "testimonials": [],
        "companyUrl": f"{SITE}{company_path(employer)}" if employer else None,
        **_common(),
    }
    rows = [_posting(site, job) for job in jobs]
    return Answer(page(_node("WaasShowJobsPage", props, here, rows)))


def _job_page(site: Site, there: Sequence[SimJob], rank: int) -> bytes:
    job = there[rank]
    assert job.employer
    around = [there[(rank + step) % len(there)] for step in range(1, RELATED + 20)]
    related = [other for other in around if other.employer != job.employer][:RELATED]
    props = {
        "currentUser": None,
        "company": company(job.employer),
        "job": full_posting(job, site.now),
        "relatedJobs": ROWS,
        "companyUrl": f"{SITE}{company_path(job.employer)}",
        "customQuestions": [],
        **_common(),
    }
    rows = [_posting(site, other) for other in related]
    ld = f'<script type="application/ld+json">{dump_for_script(json_ld(job))}</script>'
    return page(ld + _node("WaasShowJobPage", props, path(job), rows))


def _posting(site: Site, job: SimJob) -> str:
    return site.once(("row", job.id), lambda: escape(dump(posting(job, site.now))))


def _common() -> dict[str, Any]:
    account = "https://account.ycombinator.com/authenticate"
    return {
        "signupUrl": account,
        "createProfileUrl": account,
        "testimonialInviteUrl": None,
        "signedIn": False,
        "showDirectApply": True,
        "waasDirectoryUrl": "https://www.workatastartup.com/companies",
    }


def _node(component: str, props: dict[str, Any], here: str, rows: Sequence[str]) -> str:
    known = f"{component}-react-component-{token()}"
    data = {
        "component": component,
        "props": props,
        "url": here,
        "version": "ac28ba3e",
        "encryptHistory": False,
        "clearHistory": False,
        "rails_context": {"railsEnv": "production", "href": f"{SITE}{here}", "serverSide": True},
        "id": known,
        "server_side": True,
    }
    return f'<div id="{known}" data-page="{filled(escape(dump(data)), rows, "&quot;").decode()}"></div>'


BOARD = Board("ycombinator", {"www.ycombinator.com": None}, answer, expected, listing_page)
