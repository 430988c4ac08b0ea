"""Loker.id's replica: its order, its repeats and its two ways of telling the same."""

from __future__ import annotations

import pytest

from jobspiders.simboards.lokerid import LIST_ROUTE, expected
from jobspiders.simboards.lokerid_wire import path

LISTING = "/cari-lowongan-kerja"


def pages(site, read, **query):
    first = read(site.get(LISTING, _data="", **query))
    rest = [
        read(site.get(f"{LISTING}/page/{number}", _data="", **query))
        for number in range(2, first["meta"]["last_page"] + 1)
    ]
    return [first, *rest]


def test_pages_add_up_with_repeats(ask, read):
    site = ask("lokerid", 200)
    shown = pages(site, read)
    rows = [row for page in shown for row in page["jobs"]]
    assert {str(row["id"]) for row in rows} == {job.id for job in site.site.jobs}
    assert len(rows) == shown[0]["meta"]["total"] > 200
    assert all(len(page["jobs"]) == 20 for page in shown[:-1])
    for page in shown:
        assert len({row["id"] for row in page["jobs"]}) == len(page["jobs"])


def test_premium_first_then_by_age(ask, read):
    rows = [row for page in pages(ask("lokerid", 200), read) for row in page["jobs"]]
    premium = [row["is_premium"] for row in rows]
    assert premium == sorted(premium, reverse=True)
    for group in (True, False):
        published = [row["published_at"] for row in rows if row["is_premium"] is group]
        assert len(published) > 5
        assert published == sorted(published, reverse=True)
    posted = [row["post_date"] for row in rows if not row["is_premium"]]
    assert posted != sorted(posted, reverse=True)


def test_page_and_loader_say_the_same(ask, read):
    site = ask("lokerid", 50)
    context = read(site.get(f"{LISTING}/page/2"), "remix")
    assert context["state"]["loaderData"][LIST_ROUTE] == read(site.get(f"{LISTING}/page/2", _data=LIST_ROUTE))


def test_no_script_ends_early(ask):
    body = ask("lokerid", 100).get(LISTING).body.decode()
    script = body[body.index("window.__remixContext") :]
    assert script.index("</script>") == script.rindex("</script>")
    assert "\\u003Cli>" in script
    assert "}};" in script[:-200]


def test_beyond_the_last_page(ask):
    site = ask("lokerid", 30)
    assert site.get(f"{LISTING}/page/9").status == 404
    assert site.get(f"{LISTING}/page/9", _data="").status == 404


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ({"q": "kasir"}, lambda row: "Kasir" in row["title"]),
        ({"category": "information-technology"},
         lambda row: row["category"] in {"Web Developer", "Analis Data"}),
        ({"category": "perawat"}, lambda row: row["category"] == "Perawat"),
        ({"lokasi": "depok"}, lambda row: row["location"] == "Depok"),
        ({"lokasi": "jawa-barat"}, lambda row: row["location"] in {"Depok", "Bekasi"}),
    ],
)  # fmt: skip
def test_filters(query, fits, ask, read):
    site = ask("lokerid", 200)
    everything = [row for page in pages(site, read) for row in page["jobs"]]
    found = [row for page in pages(site, read, **query) for row in page["jobs"]]
    assert {row["id"] for row in found} == {row["id"] for row in everything if fits(row)} != set()


def test_job_pages(ask, read):
    site = ask("lokerid", 60)
    for job in site.site.jobs:
        route, query = path(job), {}
        if "?jobid=" in route:
            route, query = LISTING, {"jobid": job.id}
        (data,) = (
            value for value in read(site.get(route, **query), "remix")["state"]["loaderData"].values() if "job" in value
        )
        assert data["job"]["id"] == int(job.id)
        assert data["pathname"] == path(job)
        assert read(site.get(route, _data="", **query)) == data


def test_ended_and_unknown_jobs(ask):
    site = ask("lokerid", 20)
    past = next(job for job in site.site.known.values() if job.closed)
    assert site.get(path(past)).status == 404
    assert site.get("/a/b/c.html").status == 404
    assert site.get(LISTING, jobid="1").status == 404


def test_figures_hidden_ones_and_labels(ask, read):
    site = ask("lokerid", 400)
    jobs = {job.id: job for job in site.site.jobs}
    rows = {str(row["id"]): row for page in pages(site, read) for row in page["jobs"]}
    for known, row in rows.items():
        stored = expected(jobs[known])
        if row["is_hide_salary"]:
            assert row["salary_min"]
            assert stored["salary_min"] is None
        elif row["salary_min"]:
            assert stored["salary_min"] == row["salary_min"]
        elif stored["salary_min"]:
            assert f"{stored['salary_min'] // 1_000_000} " in row["job_salary"]
    labels = {row["job_salary"] for row in rows.values()}
    assert {"Negosiasi", None, "Rp.3 – 4 Juta"} <= labels
    assert any(row["is_hide_salary"] for row in rows.values())
    assert any(row["closed_at"] for row in rows.values())
