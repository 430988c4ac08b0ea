"""Walls of LinkedIn and Indeed bear marks, healthy pages do not, whatever stands on both."""

import pytest
from scrapy.http import HtmlResponse

from jobspiders.bases.linkedin import GUEST
from jobspiders.bases.marks import find_mark
from jobspiders.simboards.linkedin_wire import login_page

SEARCH = f"{GUEST}/seeMoreJobPostings/search"
CHALLENGE = '<script>window.INDEED_CLOUDFLARE_STATIC_PAGE={PAGE_TYPE:"captcha",RAY_ID:"1"}</script>'
FIREWALL = (
    '<title>Blocked - Indeed.com</title><script>window.INDEED_CLOUDFLARE_STATIC_PAGE={PAGE_TYPE:"waf_block"}</script>'
)


def kind(walked, url, body="", status=200, headers=None):
    response = HtmlResponse(url, status, headers, body if isinstance(body, bytes) else body.encode(), encoding="utf-8")
    mark = find_mark(response, walked.spider.blocks)
    return mark and mark.kind


@pytest.mark.parametrize(
    ("url", "body", "status", "expected"),
    [
        (f"{SEARCH}?start=10", "", 999, "denied"),
        (f"{SEARCH}?start=10", "", 429, "rate"),
        ("https://www.linkedin.com/authwall?trk=x", "", 200, "login"),
        ("https://www.linkedin.com/uas/login?x", "", 200, "login"),
        ("https://www.linkedin.com/checkpoint/challenge/x", "", 200, "login"),
        (f"{SEARCH}?start=0", login_page(), 200, "login"),
        (f"{SEARCH}?start=0", '<meta name="pageKey" content="d_checkpoint_lg_consumer_login">', 200, "login"),
        (f"{SEARCH}?sortBy=DD&start=0", "  \n", 200, "shell"),
        (f"{SEARCH}?sortBy=DD&start=0", "<!DOCTYPE html>\n\n<!---->", 200, None),
        (f"{SEARCH}?sortBy=DD&start=20", "", 200, None),
        (f"{SEARCH}?start=0", "<h1>Sign in</h1><form data-id=sign-in-form></form>", 200, None),
    ],
)
def test_linkedin(url, body, status, expected, walk):
    assert kind(walk("www.linkedin.com", 1), url, body, status) == expected


@pytest.mark.parametrize(
    ("url", "body", "headers", "expected"),
    [
        ("https://www.indeed.com/jobs?q=x", CHALLENGE, {}, "challenge"),
        ("https://www.indeed.com/jobs?q=x", FIREWALL, {}, "denied"),
        ("https://www.indeed.com/viewjob?jk=1", "<script>window._cf_chl_opt={};</script>", {}, "challenge"),
        ("https://www.indeed.com/jobs?q=x", "", {"cf-mitigated": "challenge"}, "challenge"),
        ("https://secure.indeed.com/auth?branding=page-two-signin", "<h1>Sign in</h1>", {}, "login"),
        ("https://www.indeed.com/jobs?q=captcha", '<script src="/cdn-cgi/challenge-platform/x.js"></script>', {}, None),
    ],
)
def test_indeed(url, body, headers, expected, walk):
    assert kind(walk("www.indeed.com", 1), url, body, headers=headers) == expected


@pytest.mark.parametrize("host", ["www.linkedin.com", "www.indeed.com"])
def test_healthy_pages_bear_no_mark(host, walk):
    walked = walk(host, 20)
    assert len(walked.urls) > 20
    for url in walked.urls:
        assert kind(walked, url, walked.bodies[url]) is None, url
