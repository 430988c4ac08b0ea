"""The little GraphQL: what was selected is answered, what does not exist is refused."""

from __future__ import annotations

import pytest

from jobspiders.simboards.graphql import Rejected, project, read

JOB = {
    "__typename": "Job",
    "id": "1",
    "title": "Kasir",
    "employer": {"__typename": "Employer", "name": "Rekaan", "size": None},
    "skills": [{"__typename": "Skill", "name": "SQL"}, {"__typename": "Skill", "name": "CSS"}],
    "salary": None,
}
ROOT = {"job": JOB}


@pytest.mark.parametrize(
    ("query", "selected"),
    [
        ("{ job { id } }", {"job": {"id": "1"}}),
        ("query q($id: ID!) { job(id: $id) { id __typename } }", {"job": {"id": "1", "__typename": "Job"}}),
        ('query { job(id: "}{", deep: {a: [1]}) { title } }', {"job": {"title": "Kasir"}}),
        ("{ found: job { known: id } }", {"found": {"known": "1"}}),
        ("{ job { salary { minimum } } }", {"job": {"salary": None}}),
        ("{ job { skills { name } } }", {"job": {"skills": [{"name": "SQL"}, {"name": "CSS"}]}}),
        ("{ job { ... on Job { id } title @include(if: true) } }", {"job": {"id": "1", "title": "Kasir"}}),
        ("{ job { ...F } } fragment F on Job { id ...G } fragment G on Job { title }",
         {"job": {"id": "1", "title": "Kasir"}}),
        ("fragment F on Employer { name } query q { job { employer { ...F size } employer { ...F } } }",
         {"job": {"employer": {"name": "Rekaan", "size": None}}}),
    ],
)  # fmt: skip
def test_selects(query, selected):
    assert project(ROOT, read(query)) == selected


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("", "cannot be read"),
        ("{ job { id ", "cannot be read"),
        ("{ job { ...Missing } }", "cannot be read"),
        ("{ job { wage } }", 'Cannot query field "wage" on type "Job"'),
        ("{ jobs { id } }", 'Cannot query field "jobs" on type "Query"'),
        ("{ job { employer } }", 'type "Employer" must have a selection'),
    ],
)
def test_refuses(query, message):
    with pytest.raises(Rejected, match=message):
        project(ROOT, read(query))
