"""A job as JobPosting, and what publishers were seen to do to it: a style for each tenth of the jobs."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from typing import Any

from jobspiders.simboards.catalogue import Pay, SimJob
from jobspiders.simboards.invented import slug
from jobspiders.simboards.pages import as_html, page

HOST = "karir.example"
SITE = f"https://{HOST}"


def path(job: SimJob) -> str:
    """The path of the job's page."""
    return f"/lowongan/{job.id}-{slug(job.title)}"


def posting(job: SimJob) -> dict[str, Any]:
    """The job as it should be published, but for the forms that values take."""
    assert job.employer
    place = job.places[0]
    address = {
        "@type": "PostalAddress",
        "addressLocality": place.city,
        "addressRegion": place.region,
        "addressCountry": "ID" if job.lot % 3 else {"@type": "Country", "name": ["Indonesia", "Indonesia"]},
        "postalCode": 12345 if job.lot % 5 == 0 else "",
    }
    where = {"@type": "Place", "address": address}
    return {
        "@context": "https://schema.org",
        "@type": "JobPosting" if job.lot % 4 else ["JobPosting"],
        "title": job.title,
        "description": as_html(job),
        # The employer's number, not the job's: seen at topcv.vn.
        "identifier": {"@type": "PropertyValue", "name": job.employer.name, "value": job.employer.number},
        "datePosted": job.posted.isoformat(timespec="seconds"),
        "validThrough": f"{job.closes:%Y-%m-%d}T00:00",
        "employmentType": [job.employment] if job.lot % 2 else job.employment,
        "hiringOrganization": {"@type": "Organization", "name": job.employer.name, "sameAs": job.employer.website},
        "jobLocation": [where] if job.lot % 6 == 0 else where,
        "jobLocationType": "TELECOMMUTE" if job.arrangement == "REMOTE" else None,
        "skills": ", ".join([*job.trade.skills, *job.trade.skills[:1]]),
        "educationRequirements": "N/A",
        "baseSalary": _salary(job),
    }


def _salary(job: SimJob) -> Any:
    pay = job.pay
    if pay is None:
        value = {"@type": "QuantitativeValue", "value": "Negosiasi" if job.negotiable else "", "unitText": "MONTH"}
        return {"@type": "MonetaryAmount", "currency": "IDR", "value": value}
    bounds = {name: amount for name, amount in (("minValue", pay.minimum), ("maxValue", pay.maximum)) if amount}
    whole: dict[str, Any] = {"@type": "MonetaryAmount", "currency": pay.currency}
    unit = {"unitText": pay.period}
    forms: tuple[Callable[[], Any], ...] = (
        lambda: {**whole, "value": {"@type": "QuantitativeValue", **bounds, **unit}},
        lambda: {**whole, **bounds, **unit},
        lambda: {**whole, "value": {name.lower(): f"{amount}.00" for name, amount in bounds.items()} | unit},
        lambda: _in_words(pay),
    )
    return forms[job.lot % len(forms)]()


def _in_words(pay: Pay) -> str:
    low, high = (f"Rp {amount:,}".replace(",", ".") for amount in (pay.minimum, pay.maximum or 0))
    return f"{low} - {high} per bulan" if pay.maximum else f"mulai dari {low} per bulan"


def html_of(job: SimJob) -> bytes:
    """The job's page, with its JobPosting in the style that the job drew."""
    style = STYLES[job.lot % 10]
    head = (
        f'<title>{html.escape(job.title)} | Karir</title><link rel="canonical" href="{SITE}{path(job)}?utm_source=x">'
    )
    return page(f"<h1>{html.escape(job.title)}</h1>{style(job)}", head, "id")


def block(text: str, kind: str = "application/ld+json") -> str:
    """A block of JSON-LD."""
    return f'<script type="{kind}">{text}</script>'


def _clean(job: SimJob) -> str:
    crumbs = json.dumps({"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "name": "Lowongan"}]})
    return block(crumbs) + block(_text(job), "Application/LD+JSON; charset=utf-8")


def _raw_breaks(job: SimJob) -> str:
    return block(_text(job).replace("</li>", "</li>\n\t"))


def _escaped(job: SimJob) -> str:
    return block(html.escape(_text(job)))


def _graph(job: SimJob) -> str:
    data = posting(job)
    employer = {**data["hiringOrganization"], "@id": "#employer"}
    data["hiringOrganization"] = {"@id": "#employer"}
    site = {"@type": "WebSite", "name": "Karir"}
    return block(_safe(json.dumps({"@context": data.pop("@context"), "@graph": [site, employer, data]})))


def _commented(job: SimJob) -> str:
    return block(f"\n//<![CDATA[\n{_text(job)}\n//]]>\n")


def _pascal(job: SimJob) -> str:
    data = posting(job)
    return block(_safe(json.dumps({name[:1].upper() + name[1:]: value for name, value in data.items()})))


def _commas(job: SimJob) -> str:
    return block(re.sub(r"\n}$", ",\n}", _text(job, indent=1)))


def _no_comma(job: SimJob) -> str:
    return block(re.sub(r'("datePosted": "[^"]*"),', r"\1", _text(job, indent=1)))


def _bad_escape(job: SimJob) -> str:
    return block(
        _text(job).replace('"educationRequirements": "', '"salaryNote": "up to \\$5", "educationRequirements": "')
    )


def _text(job: SimJob, indent: int | None = None) -> str:
    return _safe(json.dumps(posting(job), ensure_ascii=False, indent=indent))


def _safe(text: str) -> str:
    return text.replace("</script", "<\\/script")


def _microdata(job: SimJob) -> str:
    """No JSON at all: the description is markup, the address stands in elements that nobody sees."""
    assert job.employer
    data, place = posting(job), job.places[0]
    address = "".join(
        f'<meta itemprop="{name}" content="{value}">'
        for name, value in (("addressLocality", place.city), ("addressRegion", place.region), ("addressCountry", "ID"))
    )
    where = f'<span itemprop="address" itemscope itemtype="http:/schema.orgPostaladdress">{address}</span>'
    dates = f'<time itemprop="datePosted" datetime="{data["datePosted"]}">kemarin</time>'
    more = "".join(
        f'<meta itemprop="{name}" content="{value}">'
        for name, value in (("validThrough", data["validThrough"]), ("employmentType", job.employment))
    )
    if job.arrangement == "REMOTE":
        more += '<meta itemprop="jobLocationType" content="TELECOMMUTE">'
    skills = "".join(f'<li itemprop="skills">{skill}</li>' for skill in job.trade.skills)
    pay = f'<p itemprop="baseSalary">{_in_words(job.pay)}</p>' if job.pay else ""
    title = f'<a itemprop="title" href="{path(job)}">{html.escape(job.title)}</a>'
    employer = f'<b itemprop="hiringOrganization">{html.escape(job.employer.name)}</b>'
    return (
        f'<div itemscope itemtype="https://schema.org/JobPosting">{title}{employer}{dates}{more}{pay}<ul>{skills}</ul>'
        f'<div itemprop="jobLocation" itemscope itemtype="http://schema.org/Place">{where}</div>'
        f'<div itemprop="description">{as_html(job)}</div></div>'
    )


STYLES: tuple[Callable[[SimJob], str], ...] = (
    _clean,
    _raw_breaks,
    _escaped,
    _microdata,
    _graph,
    _commented,
    _pascal,
    _commas,
    _no_comma,
    _bad_escape,
)
