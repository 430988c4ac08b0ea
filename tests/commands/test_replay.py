import json
from pathlib import Path

BOARDS = Path(__file__).parents[1] / "boards"


def test_a_saved_page_becomes_a_job_a_line(scrapy, tmp_path):
    page = BOARDS / "glints" / "job-api" / "page.json"
    done = scrapy("replay", "glints", page, "--as", "detail", "--at", "2026-11-20T09:00:00+00:00", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (job,) = [json.loads(line) for line in done.stdout.splitlines()]
    (expected,) = json.loads((page.parent / "expected.json").read_text())
    assert {key: job[key] for key in expected} == expected
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == [], "nothing is stored"


def test_a_page_without_jobs_is_exit_3_and_one_line(scrapy, tmp_path):
    pages = {
        "challenge.html": "<html><head><title>Just a moment...</title></head><body></body></html>",
        "other.html": "<html><body><p>Hello</p></body></html>",
        "other.json": '{"hello": 1}',
        "empty.json": '{"data": {"searchJobsV3": {"jobsInPage": [], "hasMore": false}}}',
        "none.txt": "",
    }
    for name, text in pages.items():
        (tmp_path / name).write_text(text)
        done = scrapy("replay", "glints", name, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (3, ""), name
        assert len(done.stderr.splitlines()) == 1, done.stderr
        assert done.stderr.startswith("scrapy replay: ")


def test_wrong_arguments_are_exit_2_and_one_line(scrapy, tmp_path):
    (tmp_path / "x.json").write_text("{}")
    for arguments in (["glint", "x.json"], ["glints", "absent.json"], ["glints", "x.json", "--at", "noon"]):
        done = scrapy("replay", *arguments, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert len(done.stderr.splitlines()) == 1, done.stderr
