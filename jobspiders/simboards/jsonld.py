"""A careers site with schema.org JobPosting as search engines meet it: sitemaps, lists, a feed, and on the jobs' pages
all that publishers do to their markup.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from jobspiders.simboards.board import Answer, Asked, Board, Site
from jobspiders.simboards.catalogue import SimJob
from jobspiders.simboards.jsonld_wire import HOST, SITE, block, html_of, path, posting
from jobspiders.simboards.pages import dump, dump_for_script, json_answer, not_found, numbered, page, whole

JOB = re.compile(r"^/lowongan/(?P<id>\d+)-[\w-]*$")
SITEMAP = re.compile(r"^/sitemap-(?P<name>lowongan-[12]|blog)\.xml(?:\.gz)?$")
NO_JOBS = ("/blog/kabar", "/lowongan/panduan")
PAGE_SIZE = 20


def expected(job: SimJob) -> dict[str, Any]:
    """What a perfect crawler stores of the job, whatever was done to its markup."""
    pay, place = job.pay, job.places[0]
    closes = job.closes.replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "source_id": f"{HOST}:{job.id}",
        "url": SITE + path(job),
        "title": job.title,
        "company": job.employer_name,
        "city": place.city,
        "region": place.region,
        "country": "ID",
        "employment_types": [job.employment],
        "arrangement": "REMOTE" if job.arrangement == "REMOTE" else None,
        "salary_min": pay and pay.minimum,
        "salary_max": pay and pay.maximum,
        "salary_currency": pay and pay.currency,
        "salary_period": pay and pay.period,
        "skills": list(job.trade.skills),
        "posted_at": job.posted.replace(microsecond=0),
        "closes_at": closes,
        "language": "id",
    }


def answer(site: Site, asked: Asked) -> Answer:
    """What the site answers."""
    if found := JOB.match(asked.path):
        return _job(site, site.known.get(found["id"]))
    if found := SITEMAP.match(asked.path):
        return _sitemap(site, found["name"], zipped=asked.path.endswith(".gz"))
    routes: dict[str, Callable[[], Answer]] = {
        "/": _home,
        "/lowongan": lambda: _list(site, whole(asked.query.get("page"), 1)),
        "/lowongan.json": lambda: _feed(site),
        "/sitemap.xml": _index,
        **dict.fromkeys(NO_JOBS, lambda: Answer(page("<h1>Kabar</h1><p>Bukan lowongan.</p>", language="id"))),
    }
    return routes.get(asked.path, not_found)()


def listing_page(asked: Asked) -> int | None:
    """The number of the listing's page; sitemaps are listings, too."""
    if asked.path == "/lowongan":
        return whole(asked.query.get("page"), 1)
    return 1 if asked.path == "/lowongan.json" or asked.path.startswith("/sitemap") else None


def _job(site: Site, job: SimJob | None) -> Answer:
    """The page of a job. Of those that ended, half are gone, half lead to the list."""
    if job is None or (job.closed and job.lot % 2):
        return not_found()
    if job.closed:
        return Answer(status=302, headers={"Location": "/lowongan"})
    return Answer(site.once(("page", job.id), lambda: html_of(job)))


def _index() -> Answer:
    """It names itself and one that is gone, as some do."""
    names = ("lowongan-1.xml", "lowongan-2.xml.gz", "lowongan-lama.xml", "blog.xml")
    urls = [f"{SITE}/sitemap.xml", *(f"{SITE}/sitemap-{name}" for name in names)]
    return _xml("sitemapindex", [f"<sitemap><loc>{url}</loc></sitemap>" for url in urls])


def _sitemap(site: Site, name: str, *, zipped: bool) -> Answer:
    half = len(site.jobs) // 2
    jobs = {"lowongan-1": site.jobs[:half], "lowongan-2": site.jobs[half:], "blog": ()}[name]
    other = {"blog": NO_JOBS[0], "lowongan-1": NO_JOBS[1]}.get(name)
    rows = [
        f"<url><loc>{escape(SITE + path(job))}</loc><lastmod>{job.updated:%Y-%m-%d}</lastmod></url>" for job in jobs
    ]
    found = _xml("urlset", [*rows, *([f"<url><loc>{SITE}{other}</loc></url>"] if other else [])])
    return Answer(gzip.compress(found.body, mtime=0), "application/gzip") if zipped else found


def _xml(root: str, rows: Sequence[str]) -> Answer:
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    text = f'<?xml version="1.0" encoding="UTF-8"?><{root} {space}>{"".join(rows)}</{root}>'
    return Answer(text.encode(), "application/xml")


def _list(site: Site, number: int) -> Answer:
    shown = numbered(site.jobs, number, PAGE_SIZE)
    if not shown and number > 1:
        return not_found()
    items = [
        {"@type": "ListItem", "position": rank, "item": _stub(job, with_url=rank % 2 == 0)}
        for rank, job in enumerate(shown, start=1)
    ]
    entity = {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items}
    data = {"@context": "https://schema.org", "@type": "WebPage", "url": "/lowongan", "mainEntity": entity}
    links = "".join(f'<a href="{path(job)}"><h3>{escape(job.title)}</h3> {job.id}</a>' for job in shown)
    more = f'<a rel="next" href="/lowongan?page={number + 1}">Berikutnya</a>' if len(shown) == PAGE_SIZE else ""
    return Answer(page(links + more + block(dump_for_script(data)), "<title>Lowongan</title>", "id"))


def _stub(job: SimJob, *, with_url: bool) -> dict[str, Any]:
    whole_posting = posting(job)
    kept = ("@type", "title", "hiringOrganization", "jobLocation", "employmentType")
    return {name: whole_posting[name] for name in kept} | {"url": path(job) if with_url else SITE + path(job)}


def _feed(site: Site) -> Answer:
    items = [
        {"id": job.id, "title": job.title, "url": SITE + path(job), "_jobposting": posting(job)} for job in site.jobs
    ]
    return json_answer(dump({"version": "https://jsonfeed.org/version/1.1", "title": "Karir", "items": items}).encode())


def _home() -> Answer:
    """The home page calls itself a job, as saudicareers.site's does."""
    fake = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": "Lowongan terbaru di seluruh Indonesia",
        "description": "Semua lowongan dari semua perusahaan",
        "datePosted": "2026-01-01",
        "hiringOrganization": {"@type": "Organization", "name": "Karir", "sameAs": SITE},
        "baseSalary": {"@type": "MonetaryAmount", "currency": "IDR", "value": {"unitText": "MONTH"}},
    }
    head = f'<link rel="canonical" href="{SITE}"><meta property="og:site_name" content="Karir">'
    return Answer(page(block(dump_for_script(fake)), head, "id"))


BOARD = Board("jsonld", {HOST: None}, answer, expected, listing_page)
