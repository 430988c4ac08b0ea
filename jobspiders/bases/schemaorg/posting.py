"""What a JobPosting says, as the values of a posting. Pure; keys are in lower case (`shapes.lowered`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from jobspiders.bases.article import article
from jobspiders.bases.schemaorg.pay import pay_in
from jobspiders.bases.schemaorg.places import home_places_in, is_from_home, places_in
from jobspiders.bases.schemaorg.shapes import first_said, objects_of, text_of, texts_of, words_of
from jobspiders.items import PostedPlace

Values = dict[str, Any]

_BARE_HOST = re.compile(r"www\.|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|[a-z]{2})(?:/|$)", re.IGNORECASE)
_NUMBER_NAME = re.compile(
    r"(?:job|req\w*|posting|vacancy)?[\s_-]*(?:id|no|number|ref\w*|code|identifier)?", re.IGNORECASE
)

# Where publishers put parts of the text; those that may as well hold a list of words count only when they do not.
_TEXTS = ("responsibilities", "qualifications", "incentivecompensation", "incentives")
_TEXTS_OR_WORDS = ("skills", "jobbenefits", "benefits")


def values_of(node: Mapping[str, Any], page: str) -> Values:
    """The fields of a posting (but source_id, url and the like) that the JobPosting found at `page` fills."""
    benefits = words_of(node.get("jobbenefits")) or words_of(node.get("benefits"))
    values = {
        "title": first_said(node, "title", "name"),
        **_company(node, page),
        "locations": places_in(node),
        "arrangement": "TELECOMMUTE" if is_from_home(node) else None,
        "employment": texts_of(node.get("employmenttype")),
        "salary": pay_in(node),
        "experience": _experience(node.get("experiencerequirements")),
        "education": _education(node.get("educationrequirements")),
        "categories": words_of(node.get("occupationalcategory")) or texts_of(node.get("occupationalcategory")),
        "industry": "; ".join(texts_of(node.get("industry"))) or None,
        "skills": words_of(node.get("skills")),
        "benefits": benefits,
        "openings": _whole(text_of(node.get("totaljobopenings"))),
        "description": _description(node),
        **_dates(node),
        "apply_url": _apply_url(node, page),
        "extra": _extra(node),
    }
    return {name: value for name, value in values.items() if value not in (None, [], {})}


def _company(node: Mapping[str, Any], page: str) -> Values:
    """The employer: an object, a list of them, a name, or an address."""
    employer = next(iter(objects_of(node.get("hiringorganization"))), None) or _numbering(node)
    if not isinstance(employer, Mapping):
        said = text_of(employer)
        address = said if said and "://" in said else None
        return {"company": None if address else said, "company_website": address}
    addresses = [
        link for name in ("sameas", "url") for text in texts_of(employer.get(name)) if (link := _web(text, page))
    ]
    # A page about the employer on the job site is one thing, the employer's own site, be it this one, another.
    pages = [link for link in addresses if _host(link) == _host(page) and urlsplit(link).path.strip("/")]
    sites = [link for link in addresses if link not in pages]
    logo = first_said(_object(employer.get("logo")), "url", "contenturl", "@id") or text_of(employer.get("logo"))
    return {
        "company": first_said(employer, "name", "legalname"),
        "company_url": pages[0] if pages else None,
        "company_website": sites[0] if sites else None,
        "company_logo": _web(logo, page),
        "company_description": text_of(employer.get("description")),
    }


def _numbering(node: Mapping[str, Any]) -> str | None:
    """Who gave the job its number: the employer, by Google's rules, where it is no name for the number itself."""
    name = first_said(_object(node.get("identifier")), "name")
    return name if name and not _NUMBER_NAME.fullmatch(name) else None


def _description(node: Mapping[str, Any]) -> str | None:
    said = texts_of(node.get("description"))
    parts = [text for name in _TEXTS for text in texts_of(node.get(name))]
    parts += [text for name in _TEXTS_OR_WORDS if words_of(node.get(name)) is None for text in texts_of(node.get(name))]
    parts += [text for name in ("experiencerequirements", "educationrequirements") for text in _prose(node.get(name))]
    for part in parts:
        if not any(part.strip() in text for text in said):
            said.append(part)
    return article(*((None, text) for text in said))


def _experience(value: Any) -> str | None:
    months = first_said(_object(value), "monthsofexperience")
    if months:
        return f"{months} months" if months.strip().isdecimal() else months
    return _short(value)


def _education(value: Any) -> list[str]:
    levels = [first_said(_object(part), "credentialcategory", "educationallevel") for part in objects_of(value)]
    return [level for level in levels if level] or [text for part in objects_of(value) if (text := _short(part))]


def _short(value: Any) -> str | None:
    """A requirement in a few words; longer ones are part of the text."""
    text = text_of(value)
    return text if text and len(text) <= 200 and "<" not in text else None


def _prose(value: Any) -> list[str]:
    texts = [text for part in objects_of(value) if (text := first_said(_object(part), "description") or text_of(part))]
    return [text for text in texts if len(text) > 200 or "<" in text]


def _dates(node: Mapping[str, Any]) -> Values:
    posted, closes = text_of(node.get("dateposted")), text_of(node.get("validthrough"))
    if posted and closes and closes[:4].isdecimal() and posted[:4].isdecimal() and closes[:10] < posted[:10]:
        closes = None  # an end before the beginning is a template's
    return {"posted": posted, "updated": text_of(node.get("datemodified")), "closes": closes}


def _apply_url(node: Mapping[str, Any], page: str) -> str | None:
    for action in objects_of(node.get("potentialaction")):
        target = _object(action).get("target")
        address = first_said(_object(target), "urltemplate", "url") or text_of(target)
        if link := _web(address, page):
            return link
    return None


def _extra(node: Mapping[str, Any]) -> Values:
    identifier = node.get("identifier")
    at_home = [place.text if isinstance(place, PostedPlace) else place for place in home_places_in(node)]
    said = {
        # As published: it may be the employer's number, a street's, or the same on all pages.
        "identifier": first_said(_object(identifier), "value")
        or (None if _object(identifier) else text_of(identifier)),
        "work_hours": text_of(node.get("workhours")),
        "starts": first_said(node, "jobstartdate"),
        "applicants_live_in": [place for place in at_home if place] if objects_of(node.get("joblocation")) else None,
        "direct_apply": {"true": True, "false": False}.get(str(node.get("directapply")).lower()),
    }
    return {name: value for name, value in said.items() if value not in (None, [])}


def _object(value: Any) -> Mapping[str, Any]:
    """`value` if it is an object, the first of a list if that is one; else an empty one."""
    first = value[0] if isinstance(value, list) and value else value
    return first if isinstance(first, Mapping) else {}


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else None


def _web(address: str | None, page: str) -> str | None:
    """A link as a whole address; None when it is none for a browser."""
    said = (address or "").strip()
    if _BARE_HOST.match(said):
        said = f"https://{said}"
    try:
        whole = urljoin(page, said) if said else ""
        return whole if urlsplit(whole).scheme in {"http", "https"} else None
    except ValueError:
        return None


def _host(address: str) -> str | None:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return None
