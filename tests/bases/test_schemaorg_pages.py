"""JobPostings are found in a page whatever was done to its markup, and what is no job is left out."""

import json

import pytest
from scrapy.http import HtmlResponse, TextResponse

from jobspiders.bases.jsonld import job_posting
from jobspiders.bases.schemaorg.blocks import found_in, mended
from jobspiders.bases.schemaorg.microdata import microdata_in
from jobspiders.bases.schemaorg.pages import (
    addresses_of,
    linked_job,
    linked_jobs,
    marked_job,
    says_closed,
)

URL = "https://www.acme.example/jobs/7-cook"
JOB = {"@context": "https://schema.org", "@type": "JobPosting", "title": "Cook", "description": "<p>Cook!</p>"}


def page(body, url=URL):
    return HtmlResponse(url, body=f"<html><body>{body}</body></html>", encoding="utf-8")


def block(data, kind="application/ld+json"):
    text = data if isinstance(data, str) else json.dumps(data)
    return f'<script type="{kind}">{text}</script>'


TEXT = json.dumps(JOB)
LINES = json.dumps(JOB, indent=1)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        f"\ufeff  {TEXT}",
        f"<!-- {TEXT} -->",
        f"<![CDATA[{TEXT}]]>",
        f"\n//<![CDATA[\n{TEXT}\n//]]>\n",
        f"/*<![CDATA[*/ {TEXT} /*]]>*/",
        f"// <!--\n{TEXT}\n// -->",
        f"{TEXT};",
        TEXT.replace("Cook!", "Cook!\n\t"),
        TEXT.replace('"', "&quot;").replace("<", "&lt;"),
        LINES.replace("\n}", ",\n}"),
        LINES.replace('"Cook",\n', '"Cook"\n'),
        TEXT.replace("Cook!", "\\$9 \\& Cook!"),
    ],
    ids=[
        "clean", "byte order mark", "comment", "cdata", "commented cdata", "cdata in comments", "comment in lines",
        "semicolon", "raw line break", "escaped", "a comma too many", "a comma missing", "bad escapes",
    ],
)  # fmt: skip
def test_blocks_are_mended(text):
    found = list(found_in(page(block(text))))
    assert [node["title"] for node, _ in found] == ["Cook"]
    assert "Cook!" in found[0].node["description"]


def test_a_comment_within_a_text_stays_one():
    text = json.dumps({**JOB, "description": "<p>a</p><!-- not for eyes --><p>b</p>"})
    assert "<!-- not for eyes -->" in mended(text)["description"]


@pytest.mark.parametrize("text", ["", "no data", "{nonsense", TEXT[:-1], TEXT[:60], "[" * 100_000, '{"a": ' + " " * 10])
def test_what_breaks_off_is_nothing(text):
    assert mended(text) is None


@pytest.mark.parametrize("kind", ["application/ld+json", "Application/LD+JSON", "application/ld+json; charset=utf-8"])
def test_scripts_of_that_type(kind):
    assert job_posting(page(block(JOB, kind))) == JOB
    assert job_posting(page(block(JOB, "application/json"))) == {}


@pytest.mark.parametrize(
    ("kind", "is_one"),
    [
        ("JobPosting", True), ("http://schema.org/JobPosting", True), ("https://schema.org/JobPosting/", True),
        ("http:/schema.org/JobPosting", True), ("http:/schema.orgJobPosting", True), ("schema:JobPosting", True),
        ("jobPosting", True), (["Thing", "JobPosting"], True), ("NotAJobPosting", False), ("WebPage", False),
        (None, False), (5, False), ([None, {}], False),
    ],
)  # fmt: skip
def test_types(kind, is_one):
    assert bool(linked_jobs(page(block({**JOB, "@type": kind})))) is is_one


@pytest.mark.parametrize(
    ("data", "listed"),
    [
        ([JOB], False),
        ([[JOB]], False),
        ({"@graph": [{"@type": "WebSite"}, JOB]}, False),
        ({"@type": "WebPage", "mainEntity": JOB}, False),
        ({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": JOB}]}, True),
        ({"@type": "WebPage", "mainEntity": {"@type": "ItemList", "itemListElement": [JOB]}}, True),
    ],
)
def test_where_it_may_stand(data, listed):
    assert list(found_in(page(block(data)))) == [(JOB, listed)]


def test_what_is_only_referred_to_is_put_in_its_place():
    employer = {"@type": "Organization", "@id": "#acme", "name": "Acme"}
    data = {"@graph": [employer, {**JOB, "hiringOrganization": {"@id": "#acme"}}]}
    assert job_posting(page(block(data)))["hiringOrganization"] == employer


def test_deep_nesting_ends():
    data = JOB
    for _ in range(30):
        data = {"mainEntity": data}
    assert list(found_in(page(block(data)))) == []


def test_a_feed_gives_its_items_addresses_and_texts():
    item = {
        "url": "https://a.example/1",
        "content_html": "<p>x</p>",
        "_jobposting": {"@type": "JobPosting", "title": "A"},
    }
    feed = TextResponse("https://a.example/jobs.json", body=json.dumps({"items": [item]}), encoding="utf-8")
    assert linked_jobs(feed) == [
        {"@type": "JobPosting", "title": "A", "url": "https://a.example/1", "description": "<p>x</p>", "@listed": True}
    ]
    assert linked_job(feed) is None


def test_keys_in_any_case():
    (job,) = linked_jobs(page(block({"@type": "JobPosting", "Title": "Cook", "schema:Description": "x", "title": ""})))
    assert (job["title"], job["description"]) == ("Cook", "x")


MICRODATA = """
<div itemscope itemtype="http://schema.org/JobPosting">
  <h1 itemprop="title"><a href="/x">Cook <b>(night)</b></a></h1>
  <meta itemprop="datePosted" content="2026-01-02"><time itemprop="validThrough" datetime="2026-02-03">soon</time>
  <div itemprop="description">Intro <p>One</p><ul><li>two</li></ul></div>
  <span itemprop="skills">Knife</span><span itemprop="skills">Fire</span>
  <div itemprop="hiringOrganization" itemscope itemtype="https://schema.org/Organization">
    <a itemprop="name url" href="https://acme.example">Acme</a><img itemprop="logo" src="/logo.png"></div>
  <div itemprop="jobLocation" itemscope><span itemprop="address">Arnhem</span></div>
  <div><div itemscope itemtype="http://schema.org/JobPosting"><i itemprop="title">Within</i></div></div>
</div>"""


def test_microdata_has_the_shape_of_json():
    (job,) = microdata_in(page(MICRODATA))
    assert job == {
        "@type": "http://schema.org/JobPosting",
        "title": "Cook (night)",
        "datePosted": "2026-01-02",
        "validThrough": "2026-02-03",
        "description": "Intro <p>One</p><ul><li>two</li></ul>",
        "skills": ["Knife", "Fire"],
        "hiringOrganization": {
            "@type": "https://schema.org/Organization",
            "name": "Acme",
            "url": "https://acme.example",
            "logo": "/logo.png",
        },
        "jobLocation": {"@type": "", "address": "Arnhem"},
    }
    assert marked_job(page(MICRODATA))["title"] == "Cook (night)"


def test_microdata_nested_by_the_thousand_ends():
    deep = '<div itemscope itemprop="a" itemtype="http://schema.org/JobPosting">' * 3000
    assert len(list(microdata_in(page(deep)))) == 1


def test_properties_within_each_other_by_the_thousand_end():
    deep = '<div itemscope itemtype="http://schema.org/JobPosting">' + "<b itemprop=skills>x" * 1500
    (job,) = microdata_in(page(f"{deep}{'</b>' * 1500}</div>"))
    assert len(job["skills"]) == 300


def home(**said):
    site = {"@type": "Organization", "name": "Jobs Galore", "sameAs": "https://jobs.example"}
    return {**JOB, "title": "All the jobs", "description": "Every job there is", "hiringOrganization": site, **said}


@pytest.mark.parametrize(
    ("job", "url", "head", "kept"),
    [
        (home(), "https://jobs.example/", "", False),
        (home(url="https://jobs.example/"), "https://jobs.example", "", False),
        (home(), "https://jobs.example/jobs/7", '<link rel="canonical" href="https://jobs.example">', False),
        (home(description="x" * 300), "https://jobs.example/7", '<link rel="canonical" href="/">', True),
        (home(), "https://jobs.example/jobs/7", "", True),
        (home(url="https://jobs.example/jobs/7"), "https://jobs.example/", "", True),
        (home(identifier={"value": 7}), "https://jobs.example/", "", True),
        (home(hiringOrganization={"name": "Acme"}), "https://jobs.example/", "", True),
        (home(hiringOrganization={"name": "Jobs Galore"}), "https://jobs.example/",
         '<meta property="og:site_name" content="Jobs Galore">', False),
        ({**JOB, "title": "Ann Other"}, "https://jobs.example/cv/ann", "", False),
        ({**JOB, "title": "Ann Other", "hiringOrganization": "Ann Other"}, "https://jobs.example/cvtheque/9", "", False),
        ({**JOB, "hiringOrganization": "Acme"}, "https://jobs.example/cv/cook", "", True),
        ({**JOB, "@type": ["JobPosting", "Person"]}, "https://jobs.example/x", "", False),
        (JOB, "https://jobs.example/service/cook", "", True),
    ],
)  # fmt: skip
def test_what_is_no_job(job, url, head, kept):
    assert bool(linked_jobs(page(head + block(job), url))) is kept


@pytest.mark.parametrize(
    ("jobs", "body", "title"),
    [
        ([JOB], "", "Cook"),
        ([{**JOB, "title": "Baker"}, {**JOB, "url": "/jobs/7-cook"}], "", "Cook"),
        ([{**JOB, "title": "Baker", "url": "/jobs/8"}, {**JOB, "url": f"{URL}/?utm_source=x#top"}], "", "Cook"),
        ([{**JOB, "title": "Baker"}, JOB], "<h1> cook </h1>", "Cook"),
        ([{**JOB, "title": "Baker"}, JOB], "<h1>Jobs</h1>", None),
        ([JOB, JOB], "<h1>Cook</h1>", None),
    ],
)
def test_the_job_that_a_page_is_about(jobs, body, title):
    found = linked_job(page(body + block(jobs)))
    assert (found and found["title"]) == title


def test_a_list_is_no_jobs_page():
    data = {"@type": "ItemList", "itemListElement": [JOB]}
    assert linked_job(page(block(data))) is None


def test_the_title_and_the_place_may_stand_on_the_page():
    job = {key: value for key, value in JOB.items() if key != "title"}
    meta = '<meta name="gtm_tbcn_location" content="Austin~Texas~United States">'
    found = linked_job(page(f"<title>No</title>{meta}<h1>Cook\n <b>now</b></h1>{block(job)}"))
    assert found["name"] == "Cook now"
    assert found["joblocation"] == {
        "address": {"addresslocality": "Austin", "addressregion": "Texas", "addresscountry": "United States"}
    }
    assert linked_job(page(f"<title>Cook</title>{block(job)}"))["name"] == "Cook"


def test_addresses_in_a_list():
    titles = {"A": "/jobs/a?utm_source=x", "B": None, "C": None, "D": "http://[", "E": "/jobs"}
    jobs = [{"@type": "JobPosting", "title": title, **({"url": url} if url else {})} for title, url in titles.items()]
    links = '<a href="/jobs/b"><h3>B</h3> <p>more</p></a><a href="/jobs/c">C</a><a href="/jobs/c2">C</a><a href="http://[">!</a>'
    response = page(links + block({"@graph": jobs}), "https://acme.example/jobs")
    assert addresses_of(linked_jobs(response), response) == [
        "https://acme.example/jobs/a", "https://acme.example/jobs/b", None, None, "https://acme.example/jobs",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "closed"),
    [
        ("<h2>This job is no longer available.</h2>", True),
        ('<div role="alert">Sorry, this position has been filled</div>', True),
        ("<h1>The posting has expired</h1>", True),
        ("<p>If this job is no longer available, we say so.</p>", False),
        ("<h2>Cook</h2><p>This job is no longer available.</p>", False),
        ("<h1>This job is not for everybody</h1>", False),
    ],
)
def test_tombstones(body, closed):
    assert says_closed(page(body)) is closed
