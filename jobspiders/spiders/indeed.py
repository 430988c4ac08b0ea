"""Indeed, some sixty countries.

Access: search pages and job pages, both with their data as JSON inside (`bases/indeed.py`).
Caveats: who is not logged in sees one page of a search: it is put again by age and by place, and the run ends as
  truncated when there were more. robots.txt forbids the jobs' own pages: when it is obeyed, there are no descriptions.
  Sponsored jobs may be older than asked for. An estimated salary is Indeed's own guess: only in `extra`.
Last checked: 2026-11, against captures of 2020-09 to 2026-08; no empty search and no expired job was at hand.
"""

from jobspiders.bases.countries import COUNTRIES
from jobspiders.bases.indeed import SITES, IndeedPages
from jobspiders.bases.marks import Mark
from jobspiders.items import Expect, Rate


class Indeed(IndeedPages):
    name = "indeed"
    homepage = "https://www.indeed.com"
    hosts = ("indeed.com",)
    markets = {code: COUNTRIES[code].market for code in ("US", *COUNTRIES)}

    rate = Rate(per_minute=30, concurrency=1)
    schedule = "every 6h"
    expect = Expect(min_jobs=10, fields={"company": 0.9, "location": 0.95, "posted_at": 0.95})
    robots = "reported (2026-08) to allow /jobs?q= and to forbid jobs' own pages, further pages of a search, redirects"
    terms = "reported to forbid automated access without permission"
    walls = "Cloudflare's challenge, also with status 200; a sign-in from page 2 on; a firewall that refuses addresses"
    blocks = (
        Mark(
            "challenge", "Cloudflare's challenge", text=r'INDEED_CLOUDFLARE_STATIC_PAGE\s*=\s*\{PAGE_TYPE:\s*"captcha'
        ),
        Mark("denied", "Indeed's firewall", text=r'INDEED_CLOUDFLARE_STATIC_PAGE\s*=\s*\{PAGE_TYPE:\s*"waf'),
        Mark("challenge", "Cloudflare's challenge", text=r"\b_cf_chl_opt\b"),
        Mark("login", "Indeed's sign-in", url=r"^https://secure\.indeed\.com/"),
    )

    # OnePage
    words = {
        "country": {
            code: {"site": SITES[code], "nation": country.name, "places": country.places}
            for code, country in COUNTRIES.items()
        },
        "distance": {miles: miles for miles in (5, 10, 15, 25, 35, 50, 100)},
        "is_remote": {True: "0kf:attr(DSQF7);"},
        "job_type": {kind: kind for kind in ("fulltime", "parttime", "contract", "temporary", "internship")},
    }
