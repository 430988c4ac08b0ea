import pytest

from jobspiders.errors import BadSearch
from jobspiders.search import Search


def test_text_becomes_values_of_the_right_kind():
    search = Search.read(
        {"search_term": "data engineer", "hours_old": "30", "is_remote": "true", "country": "id", "job_type": "Full-Time",
         "results_wanted": "50", "fetch_description": "no", "tenant": "acme", "_job": "scrapyd's own", "location": " "},
        own={"tenant": "whose board"},
    )  # fmt: skip
    assert search == Search(
        search_term="data engineer", hours_old=30, is_remote=True, country="ID", job_type="fulltime", results_wanted=50,
        fetch_description=False, own={"tenant": "acme"},
    )  # fmt: skip
    assert search.days_old == 2


def test_asked_is_what_differs_from_the_defaults():
    assert Search.read({}).asked() == {}
    assert Search.read({"offset": "0", "hours_old": "24"}).asked() == {"hours_old": 24}


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("hours_old", "abc", "hours_old='abc': give a whole number from 1 up, for example hours_old=24."),
        ("hours_old", "0", "whole number from 1 up"),
        ("hours_old", "1_000", "whole number from 1 up"),
        ("hours_old", "²", "whole number from 1 up"),
        ("results_wanted", "-5", "whole number from 1 up"),
        ("offset", "x", "whole number from 0 up"),
        ("is_remote", "maybe", "give true or false"),
        ("country", "Indonesia", "two letters"),
        ("job_type", "fultime", "give one of fulltime, parttime"),
        ("nonsense", "1", "unknown search argument 'nonsense': known are search_term"),
        ("serch_term", "x", "did you mean search_term?"),
    ],
)
def test_what_cannot_be_meant_is_one_line(name, value, says):
    with pytest.raises(BadSearch) as error:
        Search.read({name: value})
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_one_of_what_a_board_needs_must_be_given():
    own = {"start_url": "where to begin", "sitemap": "what to read", "pattern": "which"}
    needs = ("start_url", "sitemap")
    assert Search.read({"sitemap": "x"}, own, needs).own == {"sitemap": "x"}
    with pytest.raises(BadSearch) as error:
        Search.read({"pattern": "x"}, own, needs)
    assert str(error.value) == "give start_url=… (where to begin) or sitemap=… (what to read)."
