import csv
import json

import pytest

from jobspiders.commands.export import cell
from jobspiders.commands.jobs import salary, since
from jobspiders.items import Job


def lines(done):
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def folder(scrapy, tmp_path_factory):
    """A folder with some jobs of three boards."""
    folder = tmp_path_factory.mktemp("jobs")
    assert scrapy("demo", "--jobs", 50, "glints", "lokerid", "ycombinator", cwd=folder).returncode == 0
    return folder


def test_jobs_are_found_by_words_and_board(folder, scrapy):
    found = lines(scrapy("jobs", "--board", "lokerid", "--text", "staf", "--limit", 5, cwd=folder))
    assert found
    assert {job["job_source"] for job in found} == {"lokerid"}
    assert all("staf" in f"{job['title']} {job['company']} {job['description']}".lower() for job in found)


def test_the_newest_come_first_and_no_more_than_wanted(folder, scrapy):
    found = lines(scrapy("jobs", "--limit", 7, cwd=folder))
    assert len(found) == 7
    assert [job["posted_at"] for job in found] == sorted((job["posted_at"] for job in found), reverse=True)


def test_one_job_is_shown_whole_with_its_history(folder, scrapy):
    (job,) = lines(scrapy("jobs", "--board", "glints", "--limit", 1, cwd=folder))
    done = scrapy("jobs", "glints", job["source_id"], cwd=folder)
    shown = json.loads(done.stdout)
    assert shown["title"] == job["title"]
    assert shown["changes"] == []


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["glints", "unknown"], 1, "scrapy jobs: glints unknown is not stored."),
        (["--posted-since", "yesterday"], 2, "scrapy jobs: 'yesterday' is no time: give 2026-11-01"),
    ],
)
def test_what_is_not_there_or_not_meant_is_one_line(folder, scrapy, arguments, code, says):
    done = scrapy("jobs", *arguments, cwd=folder)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.startswith(says)


def test_export_writes_every_job_in_both_forms(folder, scrapy):
    for name in ("all.jsonl", "all.csv"):
        assert scrapy("export", name, cwd=folder).returncode == 0
    jobs = [json.loads(line) for line in (folder / "all.jsonl").read_text().splitlines()]
    with (folder / "all.csv").open(newline="") as file:
        table = list(csv.DictReader(file))
    assert len(jobs) == len(table) == 150
    assert [job["source_id"] for job in jobs] == [row["source_id"] for row in table]
    assert list(table[0]) == list(jobs[0])


def test_export_to_stdout_is_data_only(folder, scrapy):
    done = scrapy("export", "-", "--board", "ycombinator", "--limit", 3, cwd=folder)
    assert len(lines(done)) == 3
    assert "3 jobs written" in done.stderr


def test_a_form_that_there_is_not_is_one_line(folder, scrapy):
    done = scrapy("export", "jobs.doc", cwd=folder)
    assert done.returncode == 2
    assert "ends in .jsonl or .csv" in done.stderr
    assert not (folder / "jobs.doc").exists()


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"), ("+62 811", "'+62 811"), ("-5", "'-5"), ("@x", "'@x"),
        ("\t=1", "'\t=1"), ("a=b", "a=b"), (None, ""), ([], ""), (["=1", "b"], "'=1; b"), ({"a": 1}, '{"a": 1}'),
        (-5.0, "-5.0"), (True, "True"),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(value, written):
    assert cell(value) == written


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"salary_min": 4.4e6, "salary_max": 5.5e6, "salary_currency": "IDR", "salary_period": "MONTH"}, "IDR 4,400,000-5,500,000 a month"),
        ({"salary_min": 60000.0, "salary_max": 60000.0, "salary_currency": "USD"}, "USD 60,000"),
        ({"salary_text": "Negosiasi"}, "Negosiasi"),
        ({}, ""),
    ],
)  # fmt: skip
def test_a_salary_in_few_characters(fields, words):
    assert salary(Job("b", "1", "https://x.test/", "t", **fields)) == words


def test_since_takes_dates_and_ages():
    assert since("2026-11-01").isoformat() == "2026-11-01T00:00:00+00:00"
    assert since("2026-11-01T08:00+07:00").isoformat() == "2026-11-01T08:00:00+07:00"
    assert since("36h") < since("1d")
    assert since(None) is None
