"""Pages recorded from files and from replicas: small, without persons, and right by the harness of `test_boards.py`."""

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from processes import environment, setting_words

from jobspiders.simboards.launch import launch

TESTS = Path(__file__).parents[1]
CAPTURES = Path(__file__).parents[3] / "shared" / "captures"


@pytest.fixture(scope="module")
def boards():
    with launch(jobs=60) as running:
        yield running


@pytest.fixture
def simulated(boards):
    yield setting_words(boards.settings, DOWNLOAD_DELAY=0)
    boards.clear_faults()


@pytest.fixture
def record(scrapy, tmp_path):
    def run(*arguments, **variables):
        return scrapy("record", *arguments, cwd=tmp_path, **variables)

    return run


def replayed(folder):
    """The harness over the cases in `folder`, as a contributor runs it."""
    shutil.copy(TESTS / "test_boards.py", folder / "tests" / "test_boards.py")
    (folder / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_boards.py"]
    return subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=False)


def test_pages_of_many_boards_pass_the_harness(record, simulated, tmp_path):
    for board, kind in (("glints", "listing"), ("lokerid", "listing"), ("ycombinator", "detail")):
        done = record(board, "--as", kind, "--case", kind, "--yes", *simulated)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)
        case = tmp_path / "tests" / "boards" / board / kind
        assert done.stderr.splitlines()[-1] == f"written: {case}"
        assert sorted(path.stem for path in case.iterdir()) == ["case", "expected", "page"]
        (page,) = case.glob("page.*")
        assert page.stat().st_size <= 60_000
        for person in ("Recruiter Rekaan", 'hiringManager": {', 'creator": {'):
            assert person not in page.read_text()
    harness = replayed(tmp_path)
    assert harness.returncode == 0, harness.stdout
    assert not (tmp_path / "jobs.db").exists()


def test_an_address_is_fetched_as_a_crawl_fetches_it(record, simulated, boards, tmp_path):
    url = "https://www.loker.id/cari-lowongan-kerja/page/2?utm_source=mail"
    done = record("lokerid", url, "--case", "second", "--yes", *simulated)
    assert done.returncode == 0, done.stderr
    told = tomllib.loads((tmp_path / "tests/boards/lokerid/second/case.toml").read_text())
    assert (told["as"], told["url"]) == ("listing", "https://www.loker.id/cari-lowongan-kerja/page/2?utm_source=0")
    assert [row["path"] for row in boards.log()][-2:] == ["/robots.txt", "/cari-lowongan-kerja/page/2?utm_source=mail"]


@pytest.mark.parametrize(
    ("fault", "code", "says"),
    [
        ("lokerid:robots", 3, "robots.txt forbids it."),
        ("lokerid:403", 3, "access denied."),
        ("lokerid:reset", 1, "the board cut the connection."),
        ("lokerid:layout", 3, "holds nothing that lokerid can read as a listing."),
    ],
)
def test_what_does_not_come_is_not_recorded(record, simulated, boards, tmp_path, fault, code, says):
    boards.set_fault(fault)
    done = record("lokerid", "https://www.loker.id/cari-lowongan-kerja", "--yes", *simulated)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.startswith("scrapy record: ")
    assert done.stderr.endswith(f"{says}\n")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_without_a_yes_nor_over_what_is_there(record, tmp_path):
    page = TESTS / "boards" / "glints" / "listing-api" / "page.json"
    shown = record("glints", page, "--at", "2026-11-20T09:00:00+00:00")
    assert shown.returncode == 0
    assert "[y/N]" in shown.stderr
    assert [job["source_id"] for job in json.loads(shown.stdout)]
    assert list(tmp_path.iterdir()) == []
    assert record("glints", page, "--case", "x", "--yes").returncode == 0
    before = (tmp_path / "tests/boards/glints/x/page.json").read_bytes()
    again = record("glints", page, "--case", "x", "--yes")
    assert again.returncode == 2
    assert "is there already: give another name with --case." in again.stderr
    assert (tmp_path / "tests/boards/glints/x/page.json").read_bytes() == before


def test_a_board_that_is_told_something_is_told_so_again(record, tmp_path):
    page = TESTS / "boards" / "jsonld" / "job-graph" / "page.html"
    url = "https://karir.example/lowongan/54345600-perawat-klinik"
    arguments = ("-a", "start_url=https://karir.example/lowongan", "-a", r"job_pattern=/lowongan/(\d+)")
    done = record("jsonld", page, "--as", "detail", "--url", url, "--case", "j", "--yes", *arguments)
    assert done.returncode == 0, done.stderr
    told = tomllib.loads((tmp_path / "tests/boards/jsonld/j/case.toml").read_text())
    assert told["arguments"] == {"start_url": "https://karir.example/lowongan", "job_pattern": r"/lowongan/(\d+)"}
    assert replayed(tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["glint", "x.json"], 2, "did you mean glints?"),
        (["glints", "absent.json"], 2, "absent.json"),
        (["glints", "wall.html", "--at", "noon"], 2, "noon"),
        (["glints", "wall.html"], 3, "is a wall: Cloudflare's challenge."),
    ],
)
def test_what_cannot_be_meant_is_one_line(record, tmp_path, arguments, code, says):
    (tmp_path / "wall.html").write_text("<html><head><title>Just a moment...</title></head></html>")
    done = record(*arguments, "--yes")
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert says in done.stderr


@pytest.mark.skipif(not CAPTURES.is_dir(), reason="the captures are not here")
@pytest.mark.parametrize(
    ("board", "page", "kind"),
    [
        ("indeed", "search-us-portland-data-analyst-2026-02.html", "listing"),
        ("indeed", "detail-viewjob-au-2026-08.html", "detail"),
        ("jobstreet", "rzkinhfiz-search-page-en-2026-05-20.html", "listing"),
        ("linkedin", "detail-page-au-2026-08.html", "detail"),
        ("naukri", "search-rendered-bangalore-2026-06.html", "listing"),
    ],
)
def test_pages_of_megabytes_become_small(record, board, page, kind, tmp_path):
    done = record(board, CAPTURES / board / page, "--as", kind, "--case", "c", "--yes")
    assert done.returncode == 0, done.stderr
    (kept,) = (tmp_path / "tests" / "boards" / board / "c").glob("page.*")
    assert kept.stat().st_size <= 60_000
    jobs = json.loads(done.stdout)
    assert 1 <= len(jobs) <= 3
    assert all(job["title"] and job["company"] for job in jobs)
