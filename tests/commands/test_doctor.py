"""What the doctor says of boards that are well, walled, changed or silent, and of this machine."""

import re

import pytest
from processes import setting_words
from servers import valkey

from jobspiders.crawl.examine import Found, report, robots, verdict
from jobspiders.items import Expect, Job
from jobspiders.simboards.launch import launch


@pytest.fixture(scope="module")
def boards():
    with launch(jobs=60) as running:
        yield running


@pytest.fixture
def doctor(scrapy, boards, tmp_path):
    """Looks at replicas."""
    settings = setting_words(boards.settings, DOWNLOAD_DELAY=0, DOWNLOAD_TIMEOUT=5)

    def run(*arguments, **variables):
        return scrapy("doctor", *arguments, *settings, cwd=tmp_path, **variables)

    yield run
    boards.clear_faults()


def test_boards_that_are_well(doctor, boards, tmp_path):
    before = len(boards.log())
    done = doctor("glints", "lokerid", "ycombinator", REDIS_URL="redis://127.0.0.1:1")
    assert (done.returncode, done.stderr) == (0, "")
    for board in ("glints", "lokerid", "ycombinator"):
        assert f"{board}: complete - the board is as we know it\n  robots.txt  allows it\n" in done.stdout
    assert re.search(r"listing     https://glints\.com/api\S+ answered 200, read as v2-alc\n", done.stdout)
    assert re.search(r"job         https://glints\.com/api\S+ answered 200, read as v2-alc\n", done.stdout)
    assert re.search(r"company +30 of 30 +filled +95%\n", done.stdout)
    assert re.search(r"description +0 of 30 +filled\n", done.stdout), "it stands on the job's own page"
    asked = [row["path"] for row in boards.log()[before:]]
    assert len(asked) == 3 + 2 + 1 + 2, "robots.txt of each, a listing, a job: lokerid's cards say all"
    assert list(tmp_path.iterdir()) == [], "nothing is stored"


@pytest.mark.parametrize(
    ("board", "fault", "code", "says"),
    [
        ("lokerid", "lokerid:challenge", 3, "lokerid: blocked - the board shows a wall: Cloudflare's challenge"),
        ("lokerid", "lokerid:robots", 3, "lokerid: robots - robots.txt forbids the listing"),
        ("lokerid", "lokerid:layout", 4, "lokerid: drifted - the board's pages came, but hold nothing"),
        ("lokerid", "lokerid:layout:keys=types+job_type", 4, "fields did not: employment_types 0% (expected 90%)"),
        ("lokerid", "lokerid:empty", 0, "lokerid: empty - the board itself says that there is nothing"),
        ("lokerid", "lokerid:reset", 1, "lokerid: failed - the board cut the connection"),
        ("glints", "glints:403:path=getJobDetails", 3, "glints: blocked - the listing came; on a job's own page"),
        ("glints", "glints:layout:path=getJobDetails", 4, "glints: drifted - the listing was read; a job's own page"),
    ],
)
def test_boards_that_are_not(doctor, boards, board, fault, code, says):
    boards.set_fault(fault)
    done = doctor(board)
    assert (done.returncode, done.stderr) == (code, ""), done.stdout
    assert says in done.stdout


def test_a_board_that_needs_to_be_told_something_says_so(doctor):
    done = doctor("greenhouse")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "scrapy doctor: give tenant=… (the employer's name in the addresses of its jobs; several with commas).\n"
    )
    assert doctor("greenhouse", "-a", "tenant=imaginary-robotics").returncode == 0


def test_this_machine(scrapy, tmp_path):
    with valkey("--appendonly", "yes") as redis:
        done = scrapy("doctor", cwd=tmp_path, REDIS_URL=redis.url)
    assert done.returncode == 0
    database, queue, browser = done.stdout.splitlines()
    assert database == "database    sqlite:///jobs.db answers; it holds 0 jobs"
    assert re.fullmatch(rf"Redis +{re.escape(redis.url)} answers, version \d+\.\d+\.\d+", queue)
    assert browser.startswith("browser ")


def test_a_redis_that_may_lose_what_is_queued(scrapy, tmp_path):
    with valkey("--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru") as redis:
        done = scrapy("doctor", cwd=tmp_path, REDIS_URL=redis.url)
    assert done.returncode == 0
    assert "lost when it restarts: turn its append-only file on (appendonly yes); " in done.stdout
    assert "thrown away: set maxmemory-policy to noeviction, it is allkeys-lru\n" in done.stdout


def test_a_machine_that_lacks_something(scrapy, tmp_path):
    away = {"REDIS_URL": "redis://:secret@127.0.0.1:1", "DATABASE_URL": "postgresql://user:secret@127.0.0.1:1/jobs"}
    done = scrapy("doctor", cwd=tmp_path, PATH="", PLAYWRIGHT_BROWSERS_PATH=str(tmp_path), **away)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 3
    assert "no browser was found" in done.stdout
    assert "secret" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def job(**values):
    return Job(**{"job_source": "x", "source_id": "1", "url": "https://x.test/1", "title": "Welder", **values})


def test_each_field_is_told():
    found = Found(
        [job(company="Acme", unread={"salary": "Kompetitif"}), job(city="Medan")],
        [job(company="Acme", skills=["MIG"], complete=True)],
    )
    rows = {name: rest for name, *rest in report(found, Expect(1, {"company": 0.5, "level": 0.1}))}
    assert rows["title"] == ["2 of 2", "filled", ""]
    assert rows["company"] == ["1 of 2", "filled", "50%"]
    assert rows["city"] == ["1 of 2", "empty", ""]
    assert rows["skills"] == ["0 of 2", "filled", ""]
    assert rows["salary"] == ["0 of 2", "unread: 'Kompetitif'", ""]
    assert "region" not in rows
    assert found.fill(["company", "city", "skills"]) == {"company": 1.0, "city": 0.5, "skills": 1.0}
    assert Found().fill(["company"]) == {}
    assert report(Found(), Expect()) == []


@pytest.mark.parametrize(
    ("stats", "says"),
    [
        ({"robotstxt/response_status_count/200": 1}, "allows it"),
        ({"robotstxt/response_status_count/200": 1, "robotstxt/forbidden": 1}, "forbids it"),
        ({"robotstxt/response_status_count/404": 1}, "answers 404, which forbids nothing"),
        ({}, "could not be had, which forbids nothing"),
    ],
)
def test_what_robots_txt_said(stats, says):
    assert robots(stats, obeyed=True) == says
    assert robots(stats, obeyed=False).startswith("not asked for")


def test_a_page_that_robots_txt_forbids_is_no_failure_of_the_boards():
    stats = {"listing/pages": 1, "listing/cards": 1, "jobs/new": 1, "job/forbidden": 1}
    outcome, reason = verdict(Found([job()]), stats, Expect())
    assert (outcome, reason) == ("robots", "robots.txt allows the listing and forbids the jobs' own pages")
