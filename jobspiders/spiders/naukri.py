"""Naukri, India.

Access: pages that their own script draws, so a browser opens them (`bases/naukri.py`); the API behind them wants a
  token (406 without). `door=sitemap` finds fresh jobs by the sitemaps, without a search.
Caveats: `createdDate` is the last refresh, not the posting. Some rows come from other sites (`mode` in `extra`), and
  one employer may fill a page with one role. Most pay is hidden. How far one can page is not known.
Last checked: 2026-11, against captures of 2025-03 to 2026-10; no empty search and no expired job was at hand.
"""

from jobspiders.bases.marks import Mark
from jobspiders.bases.naukri import CARDS, HEAD, SITE, NaukriPages
from jobspiders.items import Expect, Market, Rate

HEALTHY = f"script[data-answer][data-status='200'], {CARDS}, {HEAD}"


class Naukri(NaukriPages):
    name = "naukri"
    homepage = SITE
    hosts = ("naukri.com",)
    markets = {"IN": Market("IN", "INR", "Asia/Kolkata", period="YEAR")}

    rate = Rate(per_minute=25, concurrency=2)
    schedule = "every 6h"
    expect = Expect(min_jobs=20, fields={"company": 0.95, "location": 0.9, "experience_min": 0.9, "posted_at": 0.9})
    robots = "reported (2026) to allow jobs' pages and to forbid all to named AI agents; some clients get 403 for it"
    terms = "not seen"
    walls = "Akamai's Access Denied, for an address and a time; the API's captcha"
    blocks = (
        Mark("denied", "Akamai's Access Denied", text=r"<title>Access Denied</title>(?s:.)*errors\.edgesuite\.net"),
        Mark("captcha", "the API's captcha", json="statusCode == `406`"),
        Mark("captcha", "the API's captcha", css="script[data-status='406']", without=HEALTHY),
        Mark("login", "Naukri's login", url=r"/nlogin/"),
        Mark("shell", "a page on which nothing was drawn", css="[class*=splashscreen-container]", without=HEALTHY),
    )
