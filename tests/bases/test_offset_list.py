"""Listings that go on at an offset, as LinkedIn's do."""

from dataclasses import replace

import pytest
from scrapy.http import HtmlResponse

from jobspiders.bases.linkedin import GUEST
from jobspiders.normalise import normalise
from jobspiders.simboards.linkedin import BOARD, expected

HOST = "www.linkedin.com"
SEARCH = f"{GUEST}/seeMoreJobPostings/search"


def starts(walked):
    return [url.rpartition("start=")[2] for url in walked.listings()]


def test_every_job_as_the_replica_has_it(walk, now):
    walked = walk(HOST, 57)
    found = {posting.source_id: normalise(posting, now) for posting in walked.items}
    assert sorted(found) == sorted(job.id for job in walked.site.jobs)
    for job in walked.site.jobs:
        for field, value in expected(job).items():
            assert getattr(found[job.id], field) == value, (job.id, field)
    assert all(job.complete and not job.unread for job in found.values())


def test_the_offset_is_what_came(walk):
    walked = walk(HOST, 57, fetch_description="false")
    assert starts(walked) == ["0", "10", "20", "30", "40", "50", "57"]
    assert (walked.count("listing/pages"), walked.count("listing/cards")) == (7, 57)
    assert (walked.count("listing/failed"), walked.count("listing/cut_off")) == (0, 0)


@pytest.mark.parametrize(
    ("arguments", "expected_starts", "indices"),
    [
        ({"results_wanted": "10"}, ["0"], range(10)),
        ({"results_wanted": "12"}, ["0", "10"], range(12)),
        ({"offset": "13", "results_wanted": "4"}, ["13"], range(13, 17)),
        ({"offset": "50"}, ["50", "57"], range(50, 57)),
    ],
)
def test_as_many_as_wanted_from_where_they_are_wanted(walk, arguments, expected_starts, indices):
    walked = walk(HOST, 57, fetch_description="false", **arguments)
    assert starts(walked) == expected_starts
    assert [posting.source_id for posting in walked.items] == [walked.site.jobs[index].id for index in indices]


def test_it_goes_no_further_than_the_board_does(walk):
    walked = walk(HOST, 1200, fetch_description="false")
    assert (starts(walked)[-1], len(walked.items)) == ("990", 1000)
    assert walked.count("listing/cut_off") == 1
    assert walked.count("listing/says") == "linkedin shows no more than 1000 jobs of one search"


def test_a_status_that_is_the_end(walk):
    first = f"{SEARCH}?geoId=92000000&sortBy=DD&start=0"
    second = first.replace("start=0", "start=10")
    walked = walk(HOST, 57, answers={second: 400}, fetch_description="false")
    assert (len(walked.items), walked.count("listing/past_end"), walked.count("listing/failed")) == (10, 1, 0)
    walked = walk(HOST, 57, answers={first: 400})
    assert (walked.items, walked.count("listing/past_end"), walked.count("listing/failed")) == ([], 0, 1)


@pytest.mark.parametrize(
    ("arguments", "where"),
    [
        ({}, "geoId=92000000"),
        ({"location": "Austin"}, "location=Austin"),
        ({"country": "ID"}, "location=Indonesia"),
        ({"location": "Bandung", "country": "ID"}, "location=Bandung%2C+Indonesia"),
        ({"country": "AQ"}, "geoId=92000000"),
    ],
)
def test_the_most_particular_place(walk, arguments, where):
    walked = walk(HOST, 1, fetch_description="false", **arguments)
    assert walked.urls[0].startswith(f"{SEARCH}?{where}&")
    assert walked.spider.asked.ignored == (
        {"country": "the board is one for the whole world"} if arguments.get("country") == "AQ" else {}
    )


def test_ages_are_in_seconds(walk):
    assert "&f_TPR=r172800&" in walk(HOST, 1, hours_old="48").urls[0]


def test_a_page_of_another_kind_does_not_go_on(walk):
    walked = walk(HOST, 1)
    body = BOARD.answer(
        replace(walked.site), type("Asked", (), {"path": "/jobs/search", "query": {}, "headers": {}})
    ).body
    page = HtmlResponse("https://www.linkedin.com/jobs/search?keywords=x", body=body, encoding="utf-8")
    outputs = list(walked.spider.on_listing(page))
    assert [output.cb_kwargs["card"]["source_id"] for output in outputs] == [walked.site.jobs[0].id]
