"""Rules that every board obeys, whoever writes it: section "How to add a board" of the README in code."""

import ast
import asyncio
import re
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.misc import load_object
from scrapy.utils.test import get_crawler

from jobspiders.bases.board import Board
from jobspiders.errors import BadSearch
from jobspiders.frontier.serializer import dumps, loads
from jobspiders.items import Job, Posting, Rate
from jobspiders.search import Search

HERE = Path(__file__).parent
SPIDERS = HERE.parent / "jobspiders" / "spiders"
LOADER = SpiderLoader(Settings({"SPIDER_MODULES": ["jobspiders.spiders"]}))
NAMES = sorted(LOADER.list())

# Boards faster than the default need a reason here.
FASTEST = 30
FASTER = {"ycombinator": "60 a minute: the pace that issue 3 declares; implementers run 4 and 5 requests at once"}

EVERYTHING = {
    "search_term": "data engineer", "location": "Jakarta Selatan", "distance": "10", "job_type": "fulltime",
    "is_remote": "true", "hours_old": "24", "results_wanted": "10", "offset": "5", "fetch_description": "false",
}  # fmt: skip


@pytest.fixture(params=NAMES)
def board(request):
    return LOADER.load(request.param)


def made(board, **arguments):
    return board.from_crawler(get_crawler(board), **{**board.example_arguments, **arguments})


def first_requests(spider):
    async def collect():
        return [request async for request in spider.start()]

    return asyncio.run(collect())


def source(board):
    return SPIDERS / f"{board.__module__.rpartition('.')[2]}.py"


def test_every_file_is_one_board():
    files = {path.stem for path in SPIDERS.glob("*.py")} - {"__init__"}
    assert files == set(NAMES)


def test_file_name_and_class_agree(board):
    assert source(board).stem == board.name
    assert board.__name__.lower() == board.name.replace("_", "")
    assert issubclass(board, Board)


def test_a_board_is_small(board):
    text = source(board).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 80
    (cls,) = (node for node in ast.parse(text).body if isinstance(node, ast.ClassDef))
    methods = [node.name for node in cls.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert len(methods) <= 4
    assert "__init__" not in methods


def test_the_docstring_tells_the_facts(board):
    docstring = ast.get_docstring(ast.parse(source(board).read_text(encoding="utf-8")))
    for heading in ("Access:", "Caveats:", "Last checked:"):
        assert heading in docstring


def test_manners_are_declared(board):
    assert isinstance(board.rate, Rate)
    assert board.rate.per_minute <= FASTEST or board.name in FASTER
    assert made(board).hosts, "declared, or known from the addresses that a search gives"
    assert board.homepage.startswith("https://")
    for said in (board.robots, board.terms, board.walls):
        assert said, "the operator must be told"
    assert set(board.expect.fields) <= set(Job.__dataclass_fields__)


def test_the_rate_becomes_settings_that_a_command_line_can_slow_down(board):
    settings = Settings()
    board.update_settings(settings)
    assert settings.getfloat("DOWNLOAD_DELAY") == pytest.approx(60 / board.rate.per_minute)
    assert settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") == board.rate.concurrency
    assert settings.getpriority("DOWNLOAD_DELAY") == 30
    for deprecated in ("download_delay", "user_agent", "max_concurrent_requests", "custom_settings"):
        assert deprecated not in vars(board)


@pytest.mark.parametrize("arguments", [{}, EVERYTHING], ids=["everything there is", "everything asked"])
def test_it_begins_offline_on_its_own_hosts(board, arguments):
    spider = made(board, **arguments)
    requests = first_requests(spider)
    assert requests
    for request in requests:
        host = re.match(r"https://([^/]+)/", request.url)[1]
        assert any(host == own or host.endswith(f".{own}") for own in spider.hosts)
        assert "None" not in request.url
        assert "{" not in request.url
        assert "%7B" not in request.url


def test_every_request_survives_the_queue(board):
    spider = made(board)
    requests = first_requests(spider)
    card = spider.posting(source_id="1", url=f"{board.homepage}/1", title="x")
    if page := spider.job_request(card):
        requests.append(page)
    for request in requests:
        again = loads(dumps(request, spider), spider)
        assert again.to_dict(spider=spider) == request.to_dict(spider=spider)


@pytest.mark.parametrize("name", sorted(EVERYTHING))
def test_an_argument_is_honoured_or_named(board, name):
    plain, asking = made(board), made(board, **{name: EVERYTHING[name]})
    ignored = name in asking.asked.ignored
    by_us = name in {"results_wanted", "offset", "fetch_description"}
    changed = [dumps(request, asking) for request in first_requests(asking)] != [
        dumps(request, plain) for request in first_requests(plain)
    ]
    assert ignored or by_us or changed, f"{name} is dropped in silence"
    assert not (ignored and changed), f"{name} is honoured and called ignored"


def test_no_job_is_fetched_when_no_description_is_wanted(board):
    spider = made(board, fetch_description="false")
    spider.parse_card = lambda card: spider.posting(source_id="1", url="https://x.test/1", title="x")
    outputs = [
        output for output in spider._on_card({}) if not isinstance(output, Request) or "card" in output.cb_kwargs
    ]
    assert [type(output) for output in outputs] == [Posting]


def test_its_own_arguments_are_explained(board):
    for name, meaning in board.own_arguments.items():
        assert re.fullmatch(r"[a-z_]+", name)
        assert name not in Search.__dataclass_fields__
        assert len(meaning) > 10


def test_what_it_needs_is_asked_for(board):
    assert set(board.needs) | set(board.example_arguments) <= set(board.own_arguments)
    if board.needs:
        assert set(board.needs) & set(board.example_arguments)
        with pytest.raises(BadSearch, match=board.needs[0]):
            board.from_crawler(get_crawler(board))


def test_it_has_a_saved_case(board):
    assert list((HERE / "boards" / board.name).glob("*/case.toml")), "see README: how to add a board"


def test_the_boards_that_may_be_faster_exist():
    assert set(FASTER) <= set(NAMES)


def test_settings_name_what_exists():
    from jobspiders import settings

    for value in (settings.SPIDER_MIDDLEWARES, settings.ITEM_PIPELINES, settings.EXTENSIONS):
        for path in value:
            load_object(path)
    load_object(settings.SCHEDULER)
