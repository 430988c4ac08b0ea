"""Indeed as it answers in 2026: a search shows one page, further ones want a sign-in; a card too many for bots.

Each site has its own jobs. A search page holds its cards as JSON and as elements, a job's page its state and JSON-LD.
"""

from __future__ import annotations

from datetime import timedelta
from html import escape
from typing import Any

from jobspiders.simboards.board import SERIAL, Answer, Asked, Board, Site
from jobspiders.simboards.catalogue import SimJob
from jobspiders.simboards.indeed_details import json_ld, state
from jobspiders.simboards.indeed_wire import (
    HOSTS,
    KINDS,
    anywhere,
    benefits,
    card,
    ends,
    indexed,
    location,
    place,
    url,
)
from jobspiders.simboards.pages import dump_for_script, mentions, not_found, page, whole

PAGE_SIZE = 15
SIGN_IN = "secure.indeed.com"
DECOY = "a1b2c3d4e5f67890"
NATIONS = {"united states", "indonesia", ""}
TYPES = {"fulltime": "FULL_TIME", "parttime": "PART_TIME", "contract": "CONTRACTOR", "internship": "INTERN"}


def expected(job: SimJob) -> dict[str, Any]:
    """What a perfect crawler stores of the job."""
    where, (low, high), known = place(job), ends(job), not anywhere(job)
    stored: dict[str, Any] = {
        "source_id": job.id,
        "url": url(job),
        "title": job.title.strip(),
        "company": job.employer_name,
        "city": where.city if known else None,
        "region": where.region if known else None,
        "country": where.country,
        "employment_types": [job.employment],
        "salary_min": low,
        "salary_max": high,
        "salary_currency": job.pay and job.pay.currency,
        "salary_period": job.pay and job.pay.period,
        "benefits": [label for _, label in benefits(job)],
        "openings": 3 if job.lot % 5 == 0 else None,
        "posted_at": indexed(job),
        "language": job.language,
        "closed": job.closed,
    }
    if job.arrangement != "ONSITE":  # of which the board says nothing
        stored |= {"arrangement": job.arrangement, "is_remote": job.arrangement == "REMOTE"}
    return stored


def listing_page(asked: Asked) -> int | None:
    """The number of the search's page that is asked for."""
    return whole(asked.query.get("start"), 0) // 10 + 1 if asked.path == "/jobs" else None


def answer(site: Site, asked: Asked) -> Answer:
    """What a site of Indeed's answers."""
    if asked.host == SIGN_IN:
        return Answer(page("<h1>Ready to take the next step?</h1>", "<title>Sign In | Indeed Accounts</title>"))
    if asked.path == "/jobs":
        return _search(site, asked) if listing_page(asked) == 1 else wall(asked)
    if asked.path == "/viewjob":
        job = site.known.get(asked.query.get("jk", ""))
        return _job(site, job) if job else not_found("We can't find this page")
    return not_found()


def wall(_asked: Asked) -> Answer:
    """Where a visitor without an account is sent."""
    return Answer(status=307, headers={"Location": f"https://{SIGN_IN}/auth?branding=page-two-signin"})


def _search(site: Site, asked: Asked) -> Answer:
    found = [job for job in site.jobs if _fits(job, site, asked)]
    ranked = found if asked.query.get("sort") == "date" else sorted(found, key=lambda job: job.lot)
    shown = ranked[:PAGE_SIZE]
    cards = [site.once(("card", job.id), lambda job=job: card(job, site.now)) for job in shown]  # type: ignore[misc]
    # One record may be there twice, as an advertisement, too.
    cards += [{**cards[0], "sponsored": True}] if cards and len(ranked) > PAGE_SIZE else []
    mosaic = {"countryCode": site.country, "metaData": {"mosaicProviderJobCardsModel": {"results": cards}}}
    initial = {
        "baseUrl": f"https://{asked.host}",
        "country": site.country,
        "noSearchResultModel": None,
        "totalJobCount": len(found),
        "uniqueJobsCount": len(found),
    }
    scripts = (
        f'<script>window.mosaic.providerData["mosaic-provider-jobcards"]={dump_for_script(mosaic)};</script>'
        f"<script>window._initialData={dump_for_script(initial)};</script>"
    )
    elements = "".join(_element(job) for job in shown) + (_decoy(shown[0]) if shown else "")
    return Answer(page(f'<div id="mosaic-provider-jobcards"><ul>{elements}</ul></div>{scripts}'))


def _fits(job: SimJob, site: Site, asked: Asked) -> bool:
    query, where = asked.query, place(job)
    wanted, days = query.get("l", "").lower().removesuffix(" state"), whole(query.get("fromage"), 0)
    near = wanted in NATIONS or wanted in f"{where.city}, {where.region}".lower()
    return (
        mentions(query.get("q"), job.title, job.employer_name)
        and (near or (wanted == "remote" and job.arrangement == "REMOTE"))
        and (not days or site.now - job.posted <= timedelta(days=days))
        and TYPES.get(query.get("jt", ""), job.employment) == job.employment
        and ("DSQF7" not in query.get("sc", "") or job.arrangement == "REMOTE")
    )


def _element(job: SimJob, key: str = "", attributes: str = "", link: str = "") -> str:
    known = key or job.id
    return (
        f'<li><div class="cardOutline tapItem result job_{known}"{attributes}><div class="job_seen_beacon">'
        f'<h2 class="jobTitle"><a class="jcs-JobTitle" data-jk="{known}"{link} href="/rc/clk?jk={known}&bb={SERIAL}">'
        f'<span title="{escape(job.title)}">{escape(job.title)}</span></a></h2>'
        f'<span data-testid="company-name">{escape(job.employer_name or "")}</span>'
        f'<div data-testid="text-location">{location(job)}</div></div></div></li>'
    )


def _decoy(job: SimJob) -> str:
    """A card that nobody sees, of a job that is not there: a trap for bots."""
    return _element(job, DECOY, ' aria-hidden="true" tabindex="-1"', ' rel="nofollow"')


def _job(site: Site, job: SimJob) -> Answer:
    head = f"<title>{escape(job.title)} - Indeed.com</title>"
    if job.lot % 8:  # some have none
        head += f'<script type="application/ld+json">{dump_for_script(json_ld(job, site.now))}</script>'
    kind = KINDS[job.employment][1]
    body = (
        f'<h1 data-testid="jobsearch-JobInfoHeader-title">{escape(job.title)}</h1><span>{kind}</span>'
        f"<script>window._initialData={dump_for_script(state(job, site.now))};</script>"
    )
    return Answer(page(body, head))


BOARD = Board(
    "indeed", {**{host: code for code, host in HOSTS.items()}, SIGN_IN: "US"}, answer, expected, listing_page, wall
)
