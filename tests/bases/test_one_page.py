"""Searches of which only the first page is shown, as Indeed's are."""

import json
from collections import Counter
from urllib.parse import parse_qs, urlsplit

import pytest
from scrapy.http import HtmlResponse

from jobspiders.bases.one_page import Way
from jobspiders.items import Posting
from jobspiders.normalise import normalise
from jobspiders.simboards.indeed import DECOY, expected

HOST = "www.indeed.com"


def ways(walked):
    queries = [parse_qs(urlsplit(url).query) for url in walked.listings()]
    return [(query["l"][0], *query.get("fromage", ())) for query in queries]


@pytest.mark.parametrize("host", [HOST, "id.indeed.com"])
def test_every_job_of_one_page_as_the_replica_has_it(host, walk, now):
    walked = walk(host, 14, country="ID" if host.startswith("id") else "US")
    found = {posting.source_id: normalise(posting, now) for posting in walked.items}
    assert sorted(found) == sorted(job.id for job in walked.site.jobs)
    for job in walked.site.jobs:
        for field, value in expected(job).items():
            assert getattr(found[job.id], field) == value, (job.id, field)
    assert all(job.complete and not job.unread for job in found.values())
    assert len(walked.listings()) == 1
    assert walked.count("listing/cut_off") == 0


def test_a_full_page_is_asked_for_by_age_and_place(walk):
    walked = walk(HOST, 120, fetch_description="false")
    asked = ways(walked)
    assert asked[:5] == [("United States",), *(("United States", days) for days in ("14", "7", "3")), ("California",)]
    assert ("California",) in asked
    assert ("Texas",) in asked
    assert ("Remote",) in asked
    found = Counter(posting.source_id for posting in walked.items)
    assert set(found.values()) == {1}, "each job once"
    assert 80 < len(found) <= 120
    assert DECOY not in found
    assert walked.count("listing/cut_off") == 1
    assert walked.count("listing/says").startswith(
        "indeed shows only one page of a search; by age and place it came to "
    )


def test_what_came_to_less_than_a_page_is_not_made_narrower(walk):
    walked = walk(HOST, 30, fetch_description="false")
    asked = ways(walked)
    young = len([job for job in walked.site.jobs if job.posted > walked.site.now.replace(day=8)])
    assert young < 15
    assert asked[:2] == [("United States",), ("United States", "14")]
    # Nobody asks for the younger ones of those, anywhere.
    assert {days for _, *rest in asked for days in rest} == {"14"}


def test_as_many_as_wanted(walk):
    walked = walk(HOST, 120, fetch_description="false", results_wanted="40")
    assert len({posting.source_id for posting in walked.items}) == len(walked.items) == 40
    assert walked.count("listing/cut_off") == 0


def test_a_place_that_was_asked_for_is_only_made_narrower_by_age(walk):
    walked = walk(HOST, 300, fetch_description="false", location="Texas")
    assert {place for place, *_ in ways(walked)} == {"Texas"}
    assert [days for _, *days in ways(walked)][:2] == [[], ["14"]]


def test_no_age_beyond_the_one_that_was_asked_for(walk):
    walked = walk(HOST, 600, fetch_description="false", location="Texas", hours_old="240")
    assert [days for _, *days in ways(walked)] == [["10"], ["7"], ["3"], ["1"]]


def test_cards_without_a_key_are_each_counted_as_misread(walk):
    walked = walk(HOST, 1)
    rows = [{"title": f"Nurse {number}", "formattedLocation": "Austin, TX"} for number in range(20)]
    state = json.dumps({"metaData": {"mosaicProviderJobCardsModel": {"results": rows}}})
    body = f'<html><script>window.mosaic.providerData["mosaic-provider-jobcards"]={state};</script></html>'
    page = HtmlResponse("https://www.indeed.com/jobs", body=body, encoding="utf-8")
    (following,) = walked.spider.on_listing(page, number=1)
    assert walked.count("card/failed/KeyError") == 20
    assert (following.cb_kwargs["number"], following.cb_kwargs["shown"]) == (2, [])


def test_a_page_that_was_not_asked_for_here_is_read_alone(walk):
    walked = walk(HOST, 120, fetch_description="false", results_wanted="1")
    body = walked.bodies[walked.urls[0]]
    spider = walk(HOST, 1, fetch_description="false").spider
    outputs = list(spider.parse(HtmlResponse("https://www.indeed.com/jobs?q=nurse", body=body, encoding="utf-8")))
    assert [type(output) for output in outputs] == [Posting] * 15


def test_an_empty_search(walk):
    walked = walk(HOST, 30, search_term="nobody does this")
    assert (walked.items, walked.count("listing/pages"), walked.count("listing/cards")) == ([], 1, 0)
    assert walked.count("listing/cut_off") == 0


@pytest.mark.parametrize(
    ("narrow", "wide", "within"),
    [
        (Way(None, 7), Way(None, None), True),
        (Way(None, 7), Way(None, 7), True),
        (Way(None, 7), Way(None, 3), False),
        (Way(None, None), Way(None, 30), False),
        (Way("Texas", 3), Way(None, 7), True),
        (Way("Texas", 3), Way("Texas", 7), True),
        (Way("Texas", 3), Way("Ohio", 7), False),
        (Way(None, 3), Way("Texas", 7), False),
    ],
)
def test_ways_within_others(narrow, wide, within):
    assert narrow.within(wide) is within


def test_what_is_carried_along_is_plain_data(walk):
    from jobspiders.frontier.serializer import dumps, loads

    walked = walk(HOST, 1)
    request = walked.spider._put(3, 20, ("a" * 16,), (2,))
    again = loads(dumps(request, walked.spider), walked.spider)
    assert again.cb_kwargs == {"number": 3, "before": 20, "shown": ["a" * 16], "thin": [2]}
