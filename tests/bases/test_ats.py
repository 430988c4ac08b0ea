"""What the boards of recruiting software share, and what each reads that its captures and replica do not show."""

import html
import re
from pathlib import Path

import pytest
from scrapy.http import Request, TextResponse
from scrapy.utils.test import get_crawler

from jobspiders.bases.ats import ats
from jobspiders.bases.ats.ats import Ats
from jobspiders.bases.ats.greenhouse import OnGreenhouse
from jobspiders.bases.ats.lever import OnLever
from jobspiders.bases.ats.workable import OnWorkable
from jobspiders.bases.documents import Page
from jobspiders.errors import BadSearch
from jobspiders.items import PostedPlace, PostedSalary
from jobspiders.spiders.ashby import Ashby
from jobspiders.spiders.greenhouse import Greenhouse
from jobspiders.spiders.lever import Lever
from jobspiders.spiders.recruitee import Recruitee
from jobspiders.spiders.smartrecruiters import SmartRecruiters
from jobspiders.spiders.workable import Workable


def made(board, **arguments):
    return board.from_crawler(get_crawler(board), **arguments)


def employer(base=OnGreenhouse, **facts):
    return type("Acme", (base,), {"name": "acme", "homepage": "https://acme.example", "tenant": "acmeinc", **facts})


def listed(spider):
    return [request.url for request in spider.listing_requests()]


def documented():
    """The six lines that the base shows, as they would stand in a file."""
    lines = ats.__doc__.split("its own gets a file")[1].split("\n\n")[1]
    return re.sub(r"^    ", "", lines, flags=re.MULTILINE)


def test_the_documented_file_is_a_board(monkeypatch):
    assert len(documented().strip().splitlines()) <= 6
    names = {}
    exec(documented(), names)
    board = made(names["Acme"])
    assert listed(board) == ["https://boards-api.greenhouse.io/v1/boards/acmeinc/jobs?content=true"]
    assert board.whole_listing
    assert not board.search.asked()
    assert board.posting(source_id="1", url="x", title="y").job_source == "acme"
    for heading in ("Access:", "Caveats:", "Last checked:"):
        assert heading in documented()


def test_a_tenant_has_its_own_listing():
    assert listed(made(Lever, tenant=" meesho, idealist,meesho ")) == [
        "https://api.lever.co/v0/postings/meesho?mode=json",
        "https://api.lever.co/v0/postings/idealist?mode=json",
    ]
    assert listed(made(Recruitee, tenant="aikido")) == ["https://aikido.recruitee.com/api/offers/"]


@pytest.mark.parametrize("name", ["../admin", "a b", "acme/jobs", "acme?x=1", "http://evil.example", "-", "é", ","])
def test_a_tenant_is_a_name_and_nothing_else(name):
    with pytest.raises(BadSearch, match="tenant="):
        made(Greenhouse, tenant=name)


def test_only_one_tenant_may_be_closed_by_absence():
    assert made(employer()).whole_listing
    assert not made(employer(tenant="acme,acme-labs")).whole_listing
    assert made(Greenhouse, tenant="acme").search.asked(), "which closes nothing, for its jobs are not the whole board"


def test_an_employer_of_its_own_takes_no_tenant():
    with pytest.raises(BadSearch, match="tenant"):
        made(employer(), tenant="other")


def response(url, asked=None):
    return TextResponse(url, body=b"{}", request=Request(url, meta={"redirect_urls": [asked]} if asked else {}))


@pytest.mark.parametrize(
    ("board", "url", "tenant"),
    [
        (Greenhouse, "https://boards-api.greenhouse.io/v1/boards/gitlab/jobs?content=true", "gitlab"),
        (Greenhouse, "https://boards-api.greenhouse.io/v1/boards/gitlab/jobs/12", "gitlab"),
        (Greenhouse, "https://job-boards.greenhouse.io/gitlab/jobs/8503792002", "gitlab"),
        (Greenhouse, "https://stripe.com/jobs/search?gh_jid=8023928", None),
        (Lever, "https://api.lever.co/v0/postings/meesho?mode=json", "meesho"),
        (Lever, "https://jobs.lever.co/meesho/7d9af9b5", "meesho"),
        (Ashby, "https://api.ashbyhq.com/posting-api/job-board/HighlightTA?includeCompensation=true", "HighlightTA"),
        (Ashby, "https://jobs.ashbyhq.com/HighlightTA/05e14247", "HighlightTA"),
        (Workable, "https://apply.workable.com/api/v1/widget/accounts/zaelab?details=true", "zaelab"),
        (Workable, "https://apply.workable.com/j/DD136DD7E7", None),
        (SmartRecruiters, "https://api.smartrecruiters.com/v1/companies/Visa/postings?limit=100", "Visa"),
        (Recruitee, "https://aikido.recruitee.com/api/offers/", "aikido"),
    ],
)  # fmt: skip
def test_the_tenant_stands_in_the_address(board, url, tenant):
    assert made(board, tenant="x").tenant_of(response(url)) == tenant


def test_a_redirect_does_not_hide_the_tenant():
    here = response("https://jobs.acme.example/api/offers/", asked="https://aikido.recruitee.com/api/offers/")
    assert made(Recruitee, tenant="x").tenant_of(here) == "aikido"


def test_who_names_the_company():
    card = {"@tenant": "acmeinc"}
    spider = made(employer())
    assert spider.of_tenant(card, "Acme Inc ", url="x", source_id="1", title="t").company == "Acme Inc "
    assert spider.of_tenant(card, None, url="x", source_id="1", title="t").company == "acmeinc"
    own = made(employer(company="Acme"))
    assert own.of_tenant(card, "ACME HOLDING", url="x", source_id="1", title="t").company == "Acme"


def test_no_page_is_asked_for_without_a_tenant():
    spider = made(Greenhouse, tenant="x")
    assert spider.job_request(spider.posting(source_id="1", url="x", title="t")) is None


JOB = {"id": 7, "title": "Cook", "absolute_url": "https://job-boards.greenhouse.io/acme/jobs/7"}
BLOCK = (
    '<div class="content-pay-transparency"><div class="pay-input"><div class="description"><p>Base.</p></div>'
    '<div class="title">{title}</div><div class="pay-range"><span>$139,200</span><span class="divider">&mdash;</span>'
    "<span>$235,200 USD</span></div></div></div>"
)


@pytest.mark.parametrize(
    ("job", "salary"),
    [
        ({}, None),
        ({"content": "&lt;p&gt;no pay&lt;/p&gt;"}, None),
        ({"content": html.escape(BLOCK.format(title="Annual Salary"))},
         PostedSalary(text="$139,200 — $235,200 USD", period="Annual Salary")),
        ({"content": html.escape(BLOCK.format(title="California")) + html.escape(BLOCK.replace("139", "100"))},
         PostedSalary(text="$139,200 — $235,200 USD", period="California")),
        ({"metadata": [{"name": "Pay", "value_type": "currency_range",
                        "value": {"unit": "EUR", "min_value": "50.0", "max_value": "60.0"}}]},
         PostedSalary("50.0", "60.0", "EUR")),
        ({"metadata": [{"name": "Pay", "value_type": "currency_range", "value": None}]}, None),
        ({"pay_input_ranges": [{"min_cents": 5000000, "max_cents": None, "currency_type": "USD", "title": "NYC"}]},
         PostedSalary(50000.0, None, "USD", "NYC")),
        ({"pay_input_ranges": []}, None),
    ],
)  # fmt: skip
def test_pay_on_greenhouse(job, salary):
    assert made(Greenhouse, tenant="x").parse_card({**JOB, **job}).salary == salary


@pytest.mark.parametrize(
    ("job", "arrangement", "locations"),
    [
        ({"location": {"name": "Berlin; Paris"}}, None, ["Berlin; Paris"]),
        ({"location": {"name": "Hybrid"}, "offices": [{"name": "HQ", "location": "Berlin, Germany"}]},
         "Hybrid", ["Berlin, Germany"]),
        ({"location": {"name": "Remote"}, "offices": [{"name": "India", "location": None}]}, "Remote", ["India"]),
        ({"location": {"name": "Remote, US"}, "offices": [{"name": "HQ", "location": "Berlin"}]}, None, ["Remote, US"]),
        ({"location": {"name": "In-Office"}}, "In-Office", []),
        ({"location": None}, None, []),
        ({}, None, []),
    ],
)  # fmt: skip
def test_places_on_greenhouse(job, arrangement, locations):
    posting = made(Greenhouse, tenant="x").parse_card({**JOB, **job})
    assert (posting.arrangement, posting.locations) == (arrangement, locations)


@pytest.mark.parametrize(
    ("metadata", "employment"),
    [
        (None, []),
        ([{"name": "Employment Type", "value": "Regular"}, {"name": "Job Level", "value": "30"}], ["Regular"]),
        ([{"name": "Time Type", "value": ["Full time", "Part time"]}], ["Full time", "Part time"]),
        ([{"name": "Time Type", "value": None}, {"name": None, "value": "x"}], []),
    ],
)
def test_employment_on_greenhouse_is_what_employers_call_it(metadata, employment):
    assert made(Greenhouse, tenant="x").parse_card({**JOB, "metadata": metadata}).employment == employment


def test_an_invitation_to_apply_in_general_is_marked():
    spider = made(Greenhouse, tenant="x")
    assert spider.parse_card({**JOB, "internal_job_id": None}).extra == {"prospect": True}
    assert spider.parse_card({**JOB, "internal_job_id": 5}).extra == {}
    assert spider.parse_card(JOB).extra == {}


def test_lever_joins_its_texts():
    card = {
        "id": "1", "text": "Cook", "hostedUrl": "https://jobs.lever.co/acme/1", "description": "<p>About</p>",
        "lists": [{"text": "You will", "content": "<li>cook</li>"}], "additional": "<p>More</p>",
        "salaryDescriptionPlain": "From $20 an hour",
        "categories": {"allLocations": ["Berlin", "Rome"], "location": "Rome"}, "country": "IT",
    }  # fmt: skip
    posting = made(Lever, tenant="x").parse_card(card)
    assert posting.description == "<p>About</p>\n<h3>You will</h3>\n<ul><li>cook</li></ul>\n<p>More</p>"
    assert posting.salary == "From $20 an hour"
    assert posting.locations == [PostedPlace("Rome", country="IT"), "Berlin"]
    assert posting.company_id == posting.company == "acme"


def test_hidden_places_stay_hidden():
    card = {"shortcode": "A1", "title": "Cook", "country": "Spain", "city": "Madrid"}
    hidden = {"country": "Spain", "countryCode": "ES", "city": "Madrid", "region": None, "hidden": True}
    spider = made(Workable, tenant="x")
    assert spider.parse_card({**card, "locations": [hidden]}).locations == []
    assert spider.parse_card({**card, "locations": []}).locations == [
        PostedPlace("Madrid, Spain", None, "Madrid", None, "Spain")
    ]


def test_of_a_list_that_breaks_off_the_last_job_may_lack_places():
    rows = '{"jobs": [{"shortcode": "A1", "n": 1}, {"shortcode": "B2"}, {"shortcode": "B2"}, {"shortcode"'
    page = Page(response("https://apply.workable.com/api/v1/widget/accounts/x").replace(body=rows))
    spider = made(Workable, tenant="x")
    assert [card["shortcode"] for card in spider.cards(page.find(spider.listing[0]), page)] == ["A1"]


def test_the_kinds_are_no_boards_by_themselves():
    for kind in (Ats, OnGreenhouse, OnLever, OnWorkable):
        assert getattr(kind, "name", None) is None
    assert not list(Path(ats.__file__).parent.glob("*spider*"))
