"""The careers site with JobPosting, crawled by its spider through every door, whatever was done to the markup."""

from __future__ import annotations

import gzip
import json

import pytest
from offline import crawl

from jobspiders.errors import Unreadable
from jobspiders.simboards.board import Answer
from jobspiders.simboards.catalogue import ended
from jobspiders.simboards.jsonld import expected
from jobspiders.simboards.jsonld_wire import SITE, STYLES, path

PATTERN = r"/lowongan/(\d+)"
LIST, FEED, SITEMAP = f"{SITE}/lowongan", f"{SITE}/lowongan.json", f"{SITE}/sitemap.xml"


def asked(found, part):
    return [url for _, url in found.asked if part in url]


@pytest.fixture(scope="module")
def crawled():
    return crawl("jsonld", 120)


def test_every_job_as_it_is(crawled):
    wanted = {expected(job)["source_id"]: job for job in crawled.site.jobs}
    assert not crawled.errors
    assert crawled.jobs.keys() == wanted.keys()
    assert {job.lot % len(STYLES) for job in wanted.values()} == set(range(len(STYLES)))
    for known, job in crawled.jobs.items():
        told = expected(wanted[known])
        assert {field: getattr(job, field) for field in told} == told
        assert not job.unread
        text = " ".join((job.description_text or "").split())
        assert all(sentence in text for sentence in wanted[known].sentences)


def test_the_sitemaps_are_read_once_each_and_one_may_be_gone(crawled):
    names = [url.rpartition("/")[2] for url in asked(crawled, "sitemap")]
    assert sorted(names) == sorted(
        ["sitemap.xml", "sitemap-lowongan-1.xml", "sitemap-lowongan-2.xml.gz", "sitemap-lowongan-lama.xml",
         "sitemap-blog.xml"]
    )  # fmt: skip
    assert crawled.stats["listing/past_end"] == 1
    assert "listing/failed" not in crawled.stats


@pytest.mark.parametrize("door", [{"start_url": LIST}, {"start_url": FEED}], ids=["list", "feed"])
def test_other_doors_lead_to_the_same_jobs(door, crawled):
    found = crawl("jsonld", 120, sitemap="", **door)
    assert not found.errors
    assert found.jobs.keys() == crawled.jobs.keys()
    assert {job.url for job in found.jobs.values()} == {job.url for job in crawled.jobs.values()}


def test_a_feed_with_texts_costs_one_request():
    found = crawl("jsonld", 60, sitemap="", start_url=FEED)
    assert len(found.asked) == 1
    assert all(job.complete for job in found.jobs.values())


def test_a_job_may_be_where_to_begin(crawled):
    job = crawled.site.jobs[3]
    found = crawl("jsonld", 120, sitemap="", start_url=SITE + path(job))
    assert list(found.jobs) == [expected(job)["source_id"]]
    assert len(found.asked) == 1


def test_without_a_pattern_pages_are_tried_and_sitemaps_guessed():
    found = crawl("jsonld", 40, job_pattern="")
    assert {job.url for job in found.jobs.values()} == {expected(job)["url"] for job in found.site.jobs}
    assert found.stats["job/none"] == 1
    assert not asked(found, "blog")


def test_only_as_many_pages_as_wanted():
    found = crawl("jsonld", 120, offset="3", results_wanted="5")
    assert [posting.source_id for posting in found.postings] == [
        expected(job)["source_id"] for job in found.site.jobs[3:8]
    ]
    over = crawl("jsonld", 120, offset="55", results_wanted="10")
    assert len(over.jobs) == 10, "over the border of two sitemaps"
    assert not asked(found, "lowongan-2")
    assert asked(over, "lowongan-2")


@pytest.mark.parametrize("status", [202, 403, 429, 503])
def test_a_sitemap_that_does_not_come_makes_the_run_partial(status):
    lost = lambda url: Answer(b"", "text/xml", status) if "lowongan-1" in url else None  # noqa: E731
    found = crawl("jsonld", 40, broken=lost)
    assert found.stats["listing/failed"] == 1
    assert len(found.jobs) == 20


@pytest.mark.parametrize(
    "body",
    [b"<html><title>Karir</title></html>", b"", b"\x1f\x8bnot gzip", b"\x00" * 99],
    ids=["a web page", "nothing", "no gzip", "zeros"],
)
def test_a_sitemap_that_is_none_makes_the_run_partial(body):
    found = crawl("jsonld", 40, broken=lambda url: Answer(body, "text/xml") if "lowongan-1" in url else None)
    assert found.stats["listing/failed"] == 1
    assert len(found.jobs) == 20


@pytest.mark.parametrize("zipped", [False, True])
def test_a_sitemap_that_breaks_off_makes_the_run_partial(zipped, ask):
    whole = ask("jsonld", 40).get("/sitemap-lowongan-1.xml").body
    body = gzip.compress(whole)[:-100] if zipped else whole[: len(whole) // 2]
    found = crawl("jsonld", 40, broken=lambda url: Answer(body, "text/xml") if "lowongan-1" in url else None)
    assert found.stats["listing/cut_off"] == 1
    assert 20 < len(found.jobs) < 40


def test_sitemaps_go_on_one_by_one_past_a_lost_one():
    lost = lambda url: Answer(b"", "text/xml", 500) if "lowongan-1" in url else None  # noqa: E731
    found = crawl("jsonld", 40, results_wanted="15", broken=lost)
    assert len(found.jobs) == 15
    assert found.stats["listing/failed"] == 1


def test_sitemaps_on_another_host_are_named_not_read():
    index = b"<sitemapindex><sitemap><loc>https://cdn.example/a.xml</loc></sitemap></sitemapindex>"
    found = crawl("jsonld", 10, broken=lambda url: Answer(index, "text/xml") if url == SITEMAP else None)
    assert found.stats["listing/failed"] == 1
    assert not asked(found, "cdn.example")


def test_ended_jobs_are_gone(crawled):
    past = ended("jsonld", 120, now=crawled.site.now)
    rows = "".join(f"<url><loc>{SITE}{path(job)}</loc></url>" for job in past)
    listed = f"<urlset>{rows}</urlset>".encode()
    found = crawl("jsonld", 120, broken=lambda url: Answer(listed, "text/xml") if url == SITEMAP else None)
    assert not found.postings
    assert {gone.source_id for gone in found.gone} == {f"karir.example:{job.id}" for job in past}
    reasons = {gone.reason for gone in found.gone}
    assert reasons == {"its page answers 404", f"its page leads to {LIST}"}


def test_the_home_page_is_no_job():
    found = crawl("jsonld", 10, sitemap="", start_url=f"{SITE}/", job_pattern="")
    assert not found.postings
    assert [type(error) for error in found.errors] == [Unreadable]


def test_no_json_is_whole_by_itself_in_every_style(ask):
    """The styles do what they are for: only the clean ones are JSON as it stands."""
    site = ask("jsonld", 120)
    strict = set()
    for job in site.site.jobs:
        body = site.get(path(job)).body.decode()
        text = body.rpartition("ld+json")[2].partition(">")[2].partition("</script>")[0]
        try:
            json.loads(text)
        except ValueError:
            continue
        strict.add(job.lot % len(STYLES))
    assert {STYLES[number].__name__ for number in strict} == {"_clean", "_graph", "_pascal"}


def test_pages_of_the_list_add_up(ask):
    site = ask("jsonld", 50)
    counts = [site.get("/lowongan", page=number).body.count(b'"ListItem"') for number in (1, 2, 3)]
    assert counts == [20, 20, 10]
    assert site.get("/lowongan", page=4).status == 404
