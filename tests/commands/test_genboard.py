"""Boards written by `genboard`, in a copy of the project: they crawl, or say in one line what they still need."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from processes import LOOPBACK, environment, setting_words

from jobspiders.boardfile import KINDS, Wish, source, tenant
from jobspiders.errors import BadBoard
from jobspiders.simboards.launch import launch

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path):
    """A copy of the project without its boards."""
    leave = shutil.ignore_patterns("__pycache__", "spiders")
    shutil.copytree(ROOT / "jobspiders", tmp_path / "jobspiders", ignore=leave)
    spiders = tmp_path / "jobspiders" / "spiders"
    spiders.mkdir()
    shutil.copy(ROOT / "jobspiders" / "spiders" / "__init__.py", spiders)
    shutil.copy(ROOT / "scrapy.cfg", tmp_path)
    (tmp_path / "tests").mkdir()
    for name in ("test_contract.py", "test_boards.py"):
        shutil.copy(ROOT / "tests" / name, tmp_path / "tests")
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    return tmp_path


@pytest.fixture
def run(project):
    def start(*command):
        path = f"{LOOPBACK}:{project}"
        return subprocess.run(
            [sys.executable, "-m", *command],
            cwd=project, env=environment(PYTHONPATH=path, LOG_LEVEL="ERROR"), capture_output=True, text=True, check=False,
        )  # fmt: skip

    return start


def test_a_site_with_job_postings_is_crawled_without_an_edit(run, project):
    done = run("scrapy", "genboard", "karir", "https://karir.example/lowongan", "--job-pattern", r"/lowongan/(\d+)")
    assert done.returncode == 0, done.stderr
    assert f"written: {project}/jobspiders/spiders/karir.py\n" in done.stderr
    with launch(jobs=25) as boards:
        settings = setting_words(boards.settings, DOWNLOAD_DELAY=0, AUTOTHROTTLE_ENABLED=False)
        crawled = run("scrapy", "crawl", "karir", *settings)
    assert crawled.returncode == 0, crawled.stderr
    assert "karir: complete - " in crawled.stderr
    with closing(sqlite3.connect(project / "jobs.db")) as file:
        assert file.execute("SELECT count(*) FROM jobs WHERE job_source = 'karir' AND complete").fetchone() == (25,)

    contract = run(
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "tests",
        "--deselect",
        "tests/test_contract.py::test_the_boards_that_may_be_faster_exist",
    )
    assert contract.returncode == 0, contract.stdout
    board = project / "jobspiders" / "spiders" / "karir.py"
    before = board.read_text()
    again = run("scrapy", "genboard", "karir", "https://elsewhere.example")
    assert (again.returncode, len(again.stderr.splitlines())) == (2, 1)
    assert "is there already, and stays as it is." in again.stderr
    assert board.read_text() == before


def test_a_board_that_lacks_something_says_so_and_the_others_go_on(run, project):
    for name, *rest in (
        ("paged", "https://acme.example/api/jobs?page={page}", "--kind", "paged_json"),
        ("listed", "https://acme.example/jobs", "--kind", "html_list"),
        ("filled", "https://acme.example/jobs", "--kind", "html_list", "--cards", "li.job"),
        ("gitlab", "https://boards.greenhouse.io/gitlab", "--kind", "greenhouse"),
    ):
        assert run("scrapy", "genboard", name, *rest).returncode == 0
    assert run("scrapy", "list").stdout.split() == ["filled", "gitlab", "listed", "paged"]
    for name in ("paged", "listed"):
        done = run("scrapy", "crawl", name)
        assert done.returncode == 2
        assert (
            done.stderr == f"scrapy crawl: {name}: a board declares at least `rate` and one generation in `listing`.\n"
        )
    contract = run("pytest", "-q", "-p", "no:cacheprovider", "tests/test_contract.py", "-k", "filled or gitlab")
    failed = [line for line in contract.stdout.splitlines() if line.startswith("FAILED")]
    assert [line.partition("::")[2].partition(" ")[0] for line in failed] == [
        "test_it_has_a_saved_case[filled]", "test_it_has_a_saved_case[gitlab]",
    ]  # fmt: skip
    ruff = run("ruff", "format", "--check", "--line-length", "120", "jobspiders/spiders")
    assert ruff.returncode == 0, ruff.stdout


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        (Wish("Acme", "https://acme.example", "jsonld"), "'Acme' cannot be a board's name"),
        (Wish("class", "https://acme.example", "jsonld"), "'class' cannot be a board's name"),
        (Wish("../x", "https://acme.example", "jsonld"), "cannot be a board's name"),
        (Wish("acme", "acme.example", "jsonld"), "give a whole address, https://"),
        (Wish("acme", 'https://acme.example/"', "jsonld"), "give a whole address, https://"),
        (Wish("acme", "https://acme.example/jobs", "paged_json"), "put {page} where the page's number stands"),
        (
            Wish("acme", "https://acme.example/jobs", "lever"),
            "give the address of the employer's jobs on lever (lever.co)",
        ),
        (Wish("acme", "https://acme.example/jobs", "jsonld", job_pattern="("), "is no regular expression"),
    ],
)
def test_what_cannot_be_written_is_refused_in_one_line(wish, says):
    with pytest.raises(BadBoard) as refused:
        source(wish)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("kind", "url", "name"),
    [
        ("greenhouse", "https://boards.greenhouse.io/gitlab", "gitlab"),
        ("greenhouse", "https://boards-api.greenhouse.io/v1/boards/gitlab/jobs", "gitlab"),
        ("lever", "https://jobs.lever.co/matchgroup/3414ba28", "matchgroup"),
        ("ashby", "https://jobs.ashbyhq.com/notion", "notion"),
        ("recruitee", "https://aikido.recruitee.com", "aikido"),
        ("smartrecruiters", "https://jobs.smartrecruiters.com/Visa/74", "Visa"),
        ("workable", "https://apply.workable.com/huggingface/", "huggingface"),
    ],
)
def test_an_employer_is_told_from_an_address(kind, url, name):
    assert tenant(Wish("x", url, kind)) == name
    assert f'tenant = "{name}"' in source(Wish("x", url, kind))


def test_a_sitemap_is_told_from_a_list():
    assert 'sitemap = "https://x.example/sitemap.xml.gz"' in source(
        Wish("x", "https://x.example/sitemap.xml.gz", "jsonld")
    )
    assert 'start_url = "https://x.example/jobs"' in source(Wish("x", "https://x.example/jobs", "jsonld"))


@pytest.mark.parametrize("kind", [*KINDS[:3], "greenhouse"])
def test_whatever_is_said_stays_a_text(kind):
    url = {"greenhouse": "https://boards.greenhouse.io/x", "paged_json": "https://x.example/{page}"}.get(
        kind, "https://x.example/a/b"
    )
    text = source(Wish("x", url, kind, title='A "quoted" \\ name', cards='[?a=="b"]', job_pattern='"/(\\d+)'))
    compile(text, "x.py", "exec")
