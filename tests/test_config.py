import pytest

from jobspiders import config
from jobspiders.errors import BadConfig


def test_nothing_set_is_the_embedded_mode():
    assert config.read({}) == config.Config(database_url="sqlite:///jobs.db")


def test_an_empty_variable_is_one_not_set():
    assert config.read({"DATABASE_URL": "", "LOG_LEVEL": ""}) == config.Config()


@pytest.mark.parametrize(
    "url", ["postgresql://u:p@h/d", "postgres://h/d", "postgresql+psycopg://h/d", "sqlite:////tmp/x.db"]
)
def test_databases_that_we_speak(url):
    assert config.read({"DATABASE_URL": url}).database_url == url


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({"DATABASE_URL": "mysql://u:secret@h/d"}, "DATABASE_URL='mysql://u:***@h/d': give a URL that starts with"),
        ({"DATABASE_URL": "jobs.db"}, "give a URL"),
        ({"LOG_LEVEL": "LOUD"}, "give one of DEBUG"),
        ({"MAX_BROWSER_INSTANCES": "0"}, "MAX_BROWSER_INSTANCES='0': give a whole number from 1 up."),
        ({"MAX_BROWSER_INSTANCES": "two"}, "give a whole number"),
    ],
)
def test_what_cannot_be_used_is_one_line_without_secrets(environ, says):
    with pytest.raises(BadConfig) as error:
        config.read(environ)
    assert says in str(error.value)
    assert "secret" not in str(error.value)


def test_passwords_are_never_shown():
    shown = config.read({"DATABASE_URL": "postgresql://jobs:s3cr3t@db:5432/jobs"}).shown()
    assert shown["database_url"] == "postgresql://jobs:***@db:5432/jobs"


def test_numbers_are_read_and_shown():
    given = config.read({"MAX_BROWSER_INSTANCES": "2", "CHROMIUM_PATH": "/opt/chrome"})
    assert (given.max_browser_instances, given.chromium_path) == (2, "/opt/chrome")
    assert given.shown()["max_browser_instances"] == "2"
    assert config.read({}).max_browser_instances == 4
