"""A new board's file, written from a template: what is known is filled in, what is not is asked for or left out.

A board without its cards' place says so as soon as it is begun, and never crawls.
"""

from __future__ import annotations

import json
import keyword
import re
from dataclasses import dataclass
from importlib import resources
from string import Template
from urllib.parse import urlsplit

from jobspiders.bases.ats.ashby import OnAshby
from jobspiders.bases.ats.ats import Ats
from jobspiders.bases.ats.greenhouse import OnGreenhouse
from jobspiders.bases.ats.lever import OnLever
from jobspiders.bases.ats.recruitee import OnRecruitee
from jobspiders.bases.ats.smartrecruiters import OnSmartRecruiters
from jobspiders.bases.ats.workable import OnWorkable
from jobspiders.bases.schemaorg.addresses import host_of
from jobspiders.errors import BadBoard

TENANTS: dict[str, type[Ats]] = {
    "ashby": OnAshby,
    "greenhouse": OnGreenhouse,
    "lever": OnLever,
    "recruitee": OnRecruitee,
    "smartrecruiters": OnSmartRecruiters,
    "workable": OnWorkable,
}
KINDS = ("jsonld", "paged_json", "html_list", *TENANTS)
NEEDS_CARDS = {
    "paged_json": '# Where the cards are, as a JMESPath: (Generation("api", "data.jobs"),)',
    "html_list": '# Which elements are cards, as a CSS query: (Generation("cards", select="li.job", fields={...}),)',
}
PAGE = "{page}"


@dataclass(frozen=True, slots=True)
class Wish:
    """The board that is wanted. `cards` is where a listing has its cards (a JMESPath, or a CSS query for `html_list`),
    `job_pattern` a regular expression that fits the addresses of jobs (for `jsonld`).
    """

    name: str
    url: str
    kind: str
    title: str | None = None
    cards: str | None = None
    job_pattern: str | None = None

    @property
    def homepage(self) -> str:
        """The site's address."""
        return f"https://{urlsplit(self.url).hostname}"


def check(wish: Wish) -> None:
    """Raises BadBoard, one line, for a board that cannot be written."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", wish.name) or keyword.iskeyword(wish.name):
        raise BadBoard(f"{wish.name!r} cannot be a board's name: small letters, digits and '_', a letter first.")
    if urlsplit(wish.url).scheme != "https" or not urlsplit(wish.url).hostname or re.search(r"[\s\"\\]", wish.url):
        raise BadBoard(f"{wish.url!r}: give a whole address, https://…")
    if wish.kind == "paged_json" and PAGE not in wish.url:
        raise BadBoard(f"{wish.url!r}: put {PAGE} where the page's number stands.")
    if wish.job_pattern is not None:
        try:
            re.compile(wish.job_pattern)
        except re.error as error:
            raise BadBoard(f"--job-pattern {wish.job_pattern!r} is no regular expression: {error}.") from error


def source(wish: Wish) -> str:
    """The board's file as Python. Raises BadBoard."""
    check(wish)
    values = {
        "name": wish.name,
        "title": (wish.title or wish.name.replace("_", " ").title()).replace('"', "'").replace("\\", "/"),
        "class_name": "".join(part.capitalize() for part in wish.name.split("_")),
        "url": wish.url,
        "homepage": wish.homepage,
        "host": host_of(wish.url),
        "kind": wish.kind,
    }
    if wish.kind in TENANTS:
        values |= {"base": TENANTS[wish.kind].__name__, "tenant": tenant(wish)}
        return _filled("ats.py", values)
    if wish.kind == "jsonld":
        is_map = re.search(r"\.xml(?:\.gz)?$|/robots\.txt$", urlsplit(wish.url).path)
        pattern = f"    job_pattern = {json.dumps(wish.job_pattern)}\n" if wish.job_pattern else ""
        values |= {"entrance": "sitemap" if is_map else "start_url", "job_pattern": pattern}
        return _filled("jsonld.py", values).rstrip() + "\n"
    imports = "from jobspiders.bases.documents import {}pick".format("Generation, " if wish.cards else "")
    return _filled(f"{wish.kind}.py", values | {"imports": imports, "listing": _listing(wish)})


def sample(wish: Wish) -> str:
    """An invented page of a job as `jsonld` reads them."""
    return _filled("jsonld_page.html", {"homepage": wish.homepage})


def tenant(wish: Wish) -> str:
    """The employer's name on the product, from the address of its jobs there. Raises BadBoard when it is not in it."""
    base, address = TENANTS[wish.kind], urlsplit(wish.url)
    found = re.search(base.tenant_in, f"{wish.url}/")
    if found:
        return found[1]
    on_product = any((address.hostname or "").endswith(host) for host in base.hosts)
    if on_product and (first := address.path.strip("/").partition("/")[0]):
        return first
    raise BadBoard(f"{wish.url!r}: give the address of the employer's jobs on {wish.kind} ({', '.join(base.hosts)}).")


def _listing(wish: Wish) -> str:
    if not wish.cards:
        return f"    {NEEDS_CARDS[wish.kind]}\n    listing = ()"
    cards = json.dumps(wish.cards, ensure_ascii=False)
    if wish.kind == "paged_json":
        return f'    listing = (Generation("api", {cards}),)'
    return f"""    listing = (
        Generation(
            "cards",
            select={cards},
            fields={{
                "id": ("a::attr(href)", r"(\\d+)"),
                "title": "a",
                "path": ("a::attr(href)", r"^(?:https://[^/]+)?(/.*)"),
            }},
            next="a[rel~=next]::attr(href)",
        ),
    )"""


def _filled(name: str, values: dict[str, str]) -> str:
    text = (resources.files("jobspiders") / "templates" / f"{name}.tmpl").read_text(encoding="utf-8")
    return Template(text).substitute(values)
