import pytest


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["jobstreet", "-a", "hours_old=abc"], "scrapy crawl: hours_old='abc': give a whole number from 1 up"),
        (["jobstreet", "-a", "nonsense=1"], "scrapy crawl: unknown search argument 'nonsense': known are search_term"),
        (["jobstret"], "scrapy crawl: no board is called 'jobstret': did you mean jobstreet?"),
        (["lokerid", "-a", "country=US"], "scrapy crawl: country='US': lokerid is in ID."),
    ],
)
def test_what_cannot_be_meant_is_one_line_and_no_request(scrapy, tmp_path, arguments, says):
    done = scrapy("crawl", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith(says)
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_we_do_not_speak_is_one_line(scrapy, tmp_path):
    done = scrapy("crawl", "glints", cwd=tmp_path, DATABASE_URL="mysql://user:secret@host/name")
    assert done.returncode != 0
    assert "give a URL that starts with sqlite:// or postgresql://" in done.stderr
    assert "secret" not in done.stderr
    assert "Traceback" not in done.stderr
