"""Listings that are web pages at addresses of their own, as Y Combinator's are."""

import pytest

from jobspiders.spiders.ycombinator import ROLES, SITE

HOST = "www.ycombinator.com"
LISTS = [f"{SITE}/jobs", *(f"{SITE}/jobs/role/{role}" for role in ROLES)]


def lists_of(walked):
    return [url for url in walked.urls if "/companies/" not in url]


def test_everything_is_read_from_all_lists_at_once(walk):
    walked = walk(HOST, 57)
    assert lists_of(walked) == LISTS
    assert {posting.source_id for posting in walked.items} == {job.id for job in walked.site.jobs}


@pytest.mark.parametrize(("wanted", "lists"), [(5, 1), (12, 1), (45, 9)])
def test_no_more_jobs_than_are_wanted_though_there_are_many_lists(walk, wanted, lists):
    walked = walk(HOST, 57, fetch_description="false", results_wanted=str(wanted))
    assert len(walked.items) == wanted
    assert 1 <= len(lists_of(walked)) <= lists
    assert lists_of(walked) == LISTS[: len(lists_of(walked))], "one after the other"


def test_a_search_of_one_list_leads_to_no_other(walk):
    walked = walk(HOST, 57, fetch_description="false", role="designer", results_wanted="50")
    assert lists_of(walked) == [f"{SITE}/jobs/role/designer"]
