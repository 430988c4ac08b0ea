"""What the products have in common: an employer is a tenant with a listing of its own, and nothing lists all of them.

The board of a product (`spiders/greenhouse.py`) asks for tenants by name: `-a tenant=gitlab,stripe`. An employer who
is worth a board, a schedule and a history of its own gets a file in `spiders/`, here with all that it needs:

    \"\"\"Acme. Access: Greenhouse's API. Caveats: none known. Last checked: 2026-11.\"\"\"
    from jobspiders.bases.ats.greenhouse import OnGreenhouse
    class Acme(OnGreenhouse):
        name, homepage = "acme", "https://acme.example/careers"
        tenant, company = "acmeinc", "Acme"

Facts that differ (`markets`, `schedule`, `expect`, `rate`) may follow. The listing of one tenant is whole, so a job
that such a board no longer finds in it is closed. Of several tenants in one board nothing is closed for being absent:
one that answers with an empty list may be gone for good, or only for today.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from jobspiders.bases.board import Board
from jobspiders.bases.documents import Page
from jobspiders.bases.templates import fill
from jobspiders.errors import BadSearch
from jobspiders.items import Expect, PostedPlace, Posting

_TENANT = re.compile(r"\w[\w.-]*", re.ASCII)


class Ats(Board):
    """A board whose listings are those of tenants.

    A kind declares `listing_url`, with `{tenant}` in it, and `listing_query`; and `tenant_in`, a regular expression
    whose group is the tenant in such an address, or else in that of a job. Cards get their tenant as "@tenant".
    `tenant` (several with commas) and `company`, the name to show, are an employer's own.
    """

    tenant: ClassVar[str | None] = None
    company: ClassVar[str | None] = None
    listing_url: ClassVar[str]
    listing_query: ClassVar[Mapping[str, Any]] = {}
    tenant_in: ClassVar[str]
    page_size: ClassVar[int | None] = None

    schedule = "every 24h"
    expect = Expect(min_jobs=1, fields={"company": 0.99, "location": 0.8, "description": 0.95, "posted_at": 0.95})
    own_arguments = {"tenant": "the employer's name in the addresses of its jobs; several with commas"}
    needs: ClassVar[tuple[str, ...]] = ("tenant",)
    whole_listing = True

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if cls.tenant:
            cls.own_arguments = {name: meaning for name, meaning in cls.own_arguments.items() if name != "tenant"}
            cls.needs, cls.example_arguments = (), {}

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        super().__init__(name, **arguments)
        self.tenants = _tenants(self.tenant or self.search.own["tenant"])
        self.whole_listing = self.whole_listing and len(self.tenants) == 1

    @classmethod
    def search_templates(cls) -> list[Any]:
        """The listing's address and query."""
        return [cls.listing_url, cls.listing_query]

    def listing_requests(self) -> Iterable[Request]:
        """The listing of each tenant, each a row of its own: `offset` and `results_wanted` count in each anew."""
        skipped = self.search.offset // self.page_size if self.page_size else 0
        for tenant in self.tenants:
            yield self.tenant_request(tenant, 1 + skipped, skipped * (self.page_size or 0))

    def tenant_request(self, tenant: str | None, number: int = 1, before: int = 0) -> Request:
        """The request for page `number` of a tenant's listing, with `before` cards on the pages before it."""
        url = fill(self.listing_url, {**self.asked.values, "tenant": tenant})
        return self.listing_request(url, number, before, query=self.listing_query)

    def tenant_of(self, response: Response) -> str | None:
        """The tenant in the address that was asked for, whatever it led to."""
        return self._tenant_in(response.meta.get("redirect_urls", [response.url])[0])

    def cards(self, found: list[Any], page: Page) -> list[Any]:
        """The cards, each with its tenant."""
        tenant = self.tenant_of(page.response)
        return [{**card, "@tenant": tenant} if isinstance(card, Mapping) else card for card in found]

    def of_tenant(self, card: Mapping[str, Any], company: str | None, *, url: str, **values: Any) -> Posting:
        """A posting with its tenant as the company's id, and as its name where neither board nor card has one."""
        tenant = card.get("@tenant") or self._tenant_in(url)
        return self.posting(company=self.company or company or tenant, company_id=tenant, url=url, **values)

    def job_request(self, card: Posting) -> Request | None:
        """The request for a card's own page, where the tenant is known."""
        return super().job_request(card) if card.company_id else None

    def on_listing_failed(self, failure: Failure) -> None:
        """Also says which tenant it was."""
        super().on_listing_failed(failure)
        reason = failure.getErrorMessage()
        self.logger.error("%s: no listing of this tenant: %s", failure.request.url, reason)  # type: ignore[attr-defined]

    def _tenant_in(self, url: str) -> str | None:
        found = re.search(self.tenant_in, url)
        return found[1] if found else None


def place(
    city: str | None, region: str | None, country: str | None, code: str | None, postcode: str | None = None
) -> PostedPlace:
    """A place whose country is published as a name and as a code: shown by the name, told by the code."""
    shown = ", ".join(dict.fromkeys(part for part in (city, region, country or code) if part))
    return PostedPlace(shown or None, None, city, region, code or country, postcode)


def _tenants(said: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(filter(None, map(str.strip, said.split(",")))))
    for name in names:
        if not _TENANT.fullmatch(name):
            raise BadSearch(
                f"tenant={name!r}: give the name as it stands in an address, letters, digits, '-', '_', '.'."
            )
    if not names:
        raise BadSearch(f"tenant={said!r}: give at least one name.")
    return names
