from jobspiders.crawl.counts import Counts
from jobspiders.crawl.outcome import Verdict
from jobspiders.crawl.progress import line
from jobspiders.crawl.summary import summary
from jobspiders.items import Outcome


def test_the_line_says_how_far_it_is_and_how_long_it_will_take():
    counts = Counts(found=30, new=20, changed=4, unchanged=6, failed=1)
    assert line("glints", counts, 60.0, wanted=90) == (
        "glints       30 found · 20 new · 4 changed · 6 unchanged · 1 failed · 30 a minute · 2:00 left"
    )


def test_without_a_wanted_number_there_is_no_end_to_tell():
    assert "left" not in line("glints", Counts(found=30), 60.0, wanted=None)
    assert "left" not in line("glints", Counts(), 0.0, wanted=10)


def test_the_summary_names_what_was_not_honoured():
    verdict = Verdict(Outcome.COMPLETE, "read 1 listing page with 2 cards to the end", "succeeded")
    told = summary("x", verdict, Counts(found=2, new=2, requests=3), {"location": "the board has no such filter"}, 1.25)
    assert told.splitlines() == [
        "x: complete - read 1 listing page with 2 cards to the end",
        "  2 jobs: 2 new, 0 changed, 0 unchanged; 0 closed, 0 failed; 3 requests in 1.2 s",
        "  not honoured: location (the board has no such filter)",
    ]
