import pytest
from scrapy.http import HtmlResponse

from jobspiders.bases.schemaorg.addresses import job_id, leads_up, own_address, plain, untracked


@pytest.mark.parametrize(
    "address",
    [
        "https://acme.example/jobs/7?b=2&a=1",
        "http://www.ACME.example/jobs/7/?a=1&b=2",
        "https://acme.example:443/jobs/7?a=1&b=2&utm_source=x&UTM_Campaign=y&gclid=z#apply",
    ],
)
def test_one_address_in_many_spellings(address):
    assert plain(address) == "acme.example/jobs/7?a=1&b=2"


@pytest.mark.parametrize("other", ["https://acme.example/jobs/8", "https://acme.example/jobs/7?id=1",
                                   "https://acme.example:8080/jobs/7", "https://b.example/jobs/7"])  # fmt: skip
def test_other_addresses_are_others(other):
    assert plain(other) != plain("https://acme.example/jobs/7")
    assert job_id(other, None) != job_id("https://acme.example/jobs/7", None)


def test_only_tracking_goes():
    assert untracked("https://a.example/j?id=5&utm_source=x&lang=en#top") == "https://a.example/j?id=5&lang=en"


@pytest.mark.parametrize(
    ("pattern", "known"),
    [
        (r"/jobs/(\d+)", "acme.example:7"),
        (r"/jobs/\d+", None),
        (r"/job-(\d+)", None),
        (r"/jobs/(x)?", None),
        (None, None),
    ],
)
def test_ids(pattern, known):
    found = job_id("https://www.acme.example/jobs/7-cook", pattern)
    assert found == known or (known is None and len(found) == len("acme.example:") + 18)


def test_an_id_that_was_stored_is_the_same_for_ever():
    assert job_id("https://acme.example/jobs/cook?ref=1", None) == "acme.example:f13a2a5a6f7466e53a"


@pytest.mark.parametrize(
    ("page", "canonical", "own"),
    [
        ("https://a.example/jobs/7?utm_source=x", None, "https://a.example/jobs/7"),
        ("https://a.example/jobs/7?utm_source=x", "/jobs/7", "https://a.example/jobs/7"),
        ("https://a.example/jobs/7", "https://www.a.example/jobs/7-cook", "https://www.a.example/jobs/7-cook"),
        ("https://a.example/jobs/7", "https://b.example/jobs/7", "https://a.example/jobs/7"),
        ("https://a.example/jobs/7", "https://a.example/jobs", "https://a.example/jobs/7"),
        ("https://a.example/jobs/7", "https://a.example", "https://a.example/jobs/7"),
        ("https://a.example/job?id=7", "https://a.example/job", "https://a.example/job?id=7"),
        ("https://a.example/job?id=7", "https://a.example/job?id=7&lang=en", "https://a.example/job?id=7&lang=en"),
        ("https://a.example/jobs/7", "http://[", "https://a.example/jobs/7"),
        ("https://a.example/", "https://a.example", "https://a.example"),
    ],
)
def test_a_canonical_link_is_believed_where_it_can_be_one(page, canonical, own):
    head = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    assert own_address(HtmlResponse(page, body=f"<html>{head}</html>", encoding="utf-8")) == own


@pytest.mark.parametrize(
    ("target", "up"),
    [
        ("https://a.example/jobs", True),
        ("https://a.example/", True),
        ("https://a.example/de/jobs", False),
        ("https://a.example/login", False),
        ("https://a.example/jobs/7", False),
        ("https://a.example/jobs/7/apply", False),
    ],
)
def test_what_lies_above(target, up):
    assert leads_up("https://a.example/jobs/7", target) is up
