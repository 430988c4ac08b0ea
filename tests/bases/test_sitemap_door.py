"""A board with two doors: searched, or read by its sitemaps."""

from __future__ import annotations

import pytest
from scrapy.http import Response
from scrapy.utils.project import get_project_settings

from jobspiders.commands.replay import offline_spider
from jobspiders.errors import BadSearch

SITEMAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://www.naukri.com/job-listings-cook-madeup-bio-pune-0-to-2-years-010226000007</loc></url>
<url><loc>https://www.naukri.com/jobs-in-pune</loc></url>
<url><loc>https://www.naukri.com/job-listings-fitter-mock-grid-noida-1-to-3-years-221126248056</loc></url></urlset>"""


def made(**arguments):
    return offline_spider("naukri", get_project_settings(), {"door": "", **arguments})


def test_it_is_searched_unless_the_sitemap_is_asked_for():
    (search,) = made(search_term="cook").listing_requests()
    assert search.url == "https://www.naukri.com/cook-jobs-in-india?k=cook"
    assert "rendered" in search.meta
    (sitemap,) = made(door="sitemap").listing_requests()
    assert sitemap.url == "https://www.naukri.com/sitemap/incremental-jd-pages.xml"
    assert "rendered" not in sitemap.meta


def test_sitemaps_name_jobs_which_are_opened_in_the_browser():
    board = made(door="sitemap")
    requests = list(board.on_sitemap(Response("https://www.naukri.com/sitemap/x.xml", body=SITEMAP)))
    assert [request.cb_kwargs["card"]["source_id"] for request in requests] == ["010226000007", "221126248056"]
    assert all("rendered" in request.meta for request in requests)
    assert requests[0].url.endswith("-pune-0-to-2-years-010226000007")


def test_what_sitemaps_cannot_honour_is_named():
    board = made(door="sitemap", search_term="cook", hours_old="24", results_wanted="5")
    assert board.asked.ignored.keys() == {"search_term", "hours_old"}
    assert board.asked.ignored["search_term"] == "sitemaps cannot be searched"
    assert made(search_term="cook", hours_old="24").asked.ignored == {}


def test_another_door_is_an_error_before_any_request():
    with pytest.raises(BadSearch, match="give sitemap, or leave it out to search"):
        made(door="window")


@pytest.mark.parametrize(
    ("arguments", "url"),
    [
        ({}, "https://www.naukri.com/jobs-in-india"),
        ({"location": "New Delhi"}, "https://www.naukri.com/jobs-in-new-delhi?l=New+Delhi"),
        ({"search_term": "C++ Developer", "location": "pune"},
         "https://www.naukri.com/c-developer-jobs-in-pune?k=C%2B%2B+Developer&l=pune"),
        ({"hours_old": "30", "is_remote": "true", "experience": "3"},
         "https://www.naukri.com/jobs-in-india?jobAge=3&experience=3&wfhType=2"),
        ({"offset": "45"}, "https://www.naukri.com/jobs-in-india-3"),
    ],
)  # fmt: skip
def test_what_is_searched_stands_in_the_address(arguments, url):
    (request,) = made(**arguments).listing_requests()
    assert request.url == url


def test_a_search_term_without_a_letter_is_left_out_of_the_path():
    (request,) = made(search_term="日本").listing_requests()
    assert request.url == "https://www.naukri.com/jobs-in-india?k=%E6%97%A5%E6%9C%AC"
