"""LinkedIn's pages for guests: cards in searches, and a job as a fragment or as a page, in the same markup.

Access: `/jobs-guest/jobs/api/`, without a login, a token or a browser. Seen in captures of 2022-12 to 2026-09; of a
job's fragment only parts were at hand: the right half of a search page, and the top of a closed job.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from scrapy.http import TextResponse

from jobspiders.bases.countries import NAMES
from jobspiders.bases.documents import Generation, Queries, pick
from jobspiders.bases.offset_list import OffsetList
from jobspiders.items import Posting

SITE = "https://www.linkedin.com"
GUEST = f"{SITE}/jobs-guest/jobs/api"
PATH = r"linkedin\.com(/[^?]+)"  # each company's page is on the subdomain of its country; all are on www, too


def _logo(within: str = "") -> str:
    """A company's logo, as the server sent it or as a browser has loaded it; not a person's photo, nor a ghost."""
    return ", ".join(
        f'{within}img[{attribute}*="company-logo"]::attr({attribute})' for attribute in ("data-delayed-url", "src")
    )


def _criterion(place: int, *labels: str) -> str:
    """A value by its label, or by its place when all four criteria are there, whatever the language."""
    label = ", ".join(f':contains("{words}")' for words in labels)
    ordered = f":nth-child({place}):nth-last-child({5 - place})"
    return f"h3[class*=criteria]:is({label}) + span, [class*=criteria-item]{ordered} > span"


CARD: Queries = {
    "id": ("::attr(data-entity-urn)", r"(\d+)$"),
    "title": "h3.base-search-card__title",
    "company": "h4.base-search-card__subtitle",
    "company_path": ("h4 a::attr(href)", PATH),
    "logo": _logo(),
    "location": ".job-search-card__location",
    "salary": ".job-search-card__salary-info",
    "date": "time::attr(datetime)",
    "age": "time",
}
JOB: Queries = {
    "html:id": ("code#decoratedJobPostingId, a.topcard__link, link[rel=canonical]", r'[-/"](\d{8,})["?/]'),
    "title": ".topcard__title",
    "company": ".topcard__flavor",
    "company_path": (".topcard__flavor a::attr(href)", PATH),
    "logo": _logo(".top-card-layout "),
    "location": ".topcard__flavor.topcard__flavor--bullet",
    "salary": ".compensation__salary",
    "age": ".posted-time-ago__text",
    "level": _criterion(1, "Seniority level", "Nivel de antigüedad"),
    "employment": _criterion(2, "Employment type", "Tipo de empleo"),
    "function": _criterion(3, "Job function", "Función laboral"),
    "industries": _criterion(4, "Industries", "Sectores"),
    "html:description": ".show-more-less-html__markup",
    "html:apply": ("code#applyUrl", r'[?&;]url=([^"&]+)'),
    "closed": ".closed-job__flavor--closed, figure.closed-job",
}
# A search without results says so on its page; its fragment is bare.
NONE = r'class="[^"]*\bno-results\b|\A\s*(?:<!DOCTYPE html>)?[\s<!>-]*\Z'


class LinkedInPages(OffsetList):
    """A board that is read from LinkedIn's pages for guests."""

    listing_url = f"{GUEST}/seeMoreJobPostings/search"
    wheres = (
        {"location": "{location}, {country}"},
        {"location": "{location}"},
        {"location": "{country}"},
        {"geoId": "92000000"},  # the whole world
    )
    listing_query = {
        "keywords": "{search_term}",
        "distance": "{distance}",
        "f_TPR": "r{seconds_old}",
        "f_JT": "{job_type}",
        "f_WT": "{is_remote}",
        "f_C": "{company}",
        "sortBy": "DD",
        "start": "{from_index}",
    }
    most = 1000
    past_end = (400, 404)
    headers = {"Accept-Language": "en-US,en;q=0.9"}
    listing = (
        Generation(
            "cards", select='.base-search-card[data-entity-urn*="jobPosting:"]', fields=CARD, key="id", none=NONE
        ),
    )
    job_url = f"{GUEST}/jobPosting/{{source_id}}"
    # A search page may show a job beside its cards.
    job = (Generation("page", select="html:has(.topcard__title):not(:has(.base-search-card))", fields=JOB),)
    exact_in_cards = ("posted",)
    words = {
        "country": NAMES,
        "is_remote": {True: 2, False: "1,3"},
        "job_type": {
            "fulltime": "F",
            "parttime": "P",
            "contract": "C",
            "temporary": "T",
            "internship": "I",
            "volunteer": "V",
        },
    }
    own_arguments = {"company": "LinkedIn's numbers of companies, with commas between them"}

    def parse_card(self, card: Any) -> Posting:
        """A card of a search: only here stands a date."""
        path = card.get("company_path")
        return self.posting(
            source_id=card["id"],
            url=f"{SITE}/jobs/view/{card['id']}/",
            title=card["title"],
            company_id=path and path.rstrip("/").rpartition("/")[2],
            company_url=path and SITE + path,
            **pick(
                card,
                company="company",
                company_logo="logo",
                locations="[location][?@]",
                salary="salary",
                posted="date || age",
            ),
        )

    def parse_job(self, job: Any, response: TextResponse) -> Posting:
        """A job's fragment or page. That it is closed shows surely only in the fragment."""
        number = re.search(r"(\d{8,})/?(?:\?|$)", response.url)
        return replace(
            self.parse_card({"id": number and number[1], **job}),
            apply_url=unquote(job.get("apply", "")) or None,
            status="closed" if "closed" in job else None,
            **pick(
                job,
                level="level",
                employment="[employment][?@]",
                categories="[function][?@]",
                industry="industries",
                description="description",
            ),
        )
