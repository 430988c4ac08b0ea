"""LinkedIn's jobs as guests see them, the whole world.

Access: the search page's own fragments, ten cards each, and a fragment for each job (`bases/linkedin.py`).
Caveats: a search ends at 1,000 jobs. The language follows the visitor's address: criteria are read by label in English
  and Spanish, or else by order when all four are there. Only cards have dates, and a repost has a new id. Arrangement
  and skills are not published, salaries and employers' own addresses seldom. Recruiters are people: not read.
Last checked: 2026-11, against captures of 2022-12 to 2026-09; of a job's fragment only parts were at hand.
"""

from jobspiders.bases.linkedin import LinkedInPages
from jobspiders.bases.marks import Mark
from jobspiders.items import Expect, Market, Rate


class LinkedIn(LinkedInPages):
    name = "linkedin"
    homepage = "https://www.linkedin.com/jobs"
    hosts = ("linkedin.com",)
    markets = {None: Market(dollar="USD")}

    rate = Rate(per_minute=20, concurrency=1)
    schedule = "every 6h"
    expect = Expect(min_jobs=10, fields={"company": 0.95, "location": 0.95, "posted_at": 0.9})
    robots = "reported (2026-09) to forbid everything to whomever it does not name"
    terms = "reported to forbid automated access without permission"
    walls = "429 and 999 after some ten pages from one address; a sign-up or login page, also with status 200"
    blocks = (
        Mark("denied", "LinkedIn's refusal of robots", status=999),
        Mark("login", "LinkedIn's login", url=r"^https?://[^/]+/(?:authwall|login|signup|uas/|checkpoint/)"),
        Mark("login", "LinkedIn's login", css="meta[name=pageKey]:is([content^=auth_wall], [content*=login])"),
        Mark("shell", "an empty answer", url=r"/seeMoreJobPostings/search\?.*\bstart=0\b", text=r"\A\s*\Z"),
    )
