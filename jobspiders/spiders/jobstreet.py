"""JobStreet and JobsDB (SEEK): Indonesia, Malaysia, Singapore, the Philippines, Hong Kong, Thailand.

Access: SEEK's JSON search, GraphQL for a job (`bases/seek.py`).
Caveats: GraphQL answers 200 with RATE_LIMITED inside at 2 requests a second, hence one in five seconds. HTML is often
  refused by Cloudflare. 5 % of the advertisers are anonymous, two thirds of the jobs hide their salary.
Last checked: 2026-11, against captures of 2024-11 to 2026-09.
"""

from jobspiders.bases.seek import Seek
from jobspiders.items import Expect, Market, Rate


class JobStreet(Seek):
    name = "jobstreet"
    homepage = "https://id.jobstreet.com"
    hosts = ("jobstreet.com", "jobsdb.com")
    markets = {
        "ID": Market("ID", "IDR", "Asia/Jakarta"),
        "MY": Market("MY", "MYR", "Asia/Kuala_Lumpur"),
        "SG": Market("SG", "SGD", "Asia/Singapore", dollar="SGD"),
        "PH": Market("PH", "PHP", "Asia/Manila"),
        "HK": Market("HK", "HKD", "Asia/Hong_Kong", dollar="HKD"),
        "TH": Market("TH", "THB", "Asia/Bangkok"),
    }

    rate = Rate(per_minute=12, concurrency=1)
    schedule = "every 6h"
    expect = Expect(min_jobs=20, fields={"company": 0.8, "location": 0.95, "employment_types": 0.95, "posted_at": 0.95})
    robots = "reported for my., ph. and sg.: forbids /graphql, /api/jobsearch/, */job/ and every query; id. not seen"
    terms = "reported to forbid automated extraction and data mining without consent"
    walls = "Cloudflare on HTML pages; RATE_LIMITED inside HTTP 200 from GraphQL"

    # Seek
    words = {
        "country": {
            "ID": {"host": "id.jobstreet.com", "site": "ID-Main", "locale": "id-ID", "zone": "asia-4"},
            "MY": {"host": "my.jobstreet.com", "site": "MY-Main", "locale": "en-MY", "zone": "asia-1"},
            "SG": {"host": "sg.jobstreet.com", "site": "SG-Main", "locale": "en-SG", "zone": "asia-1"},
            "PH": {"host": "ph.jobstreet.com", "site": "PH-Main", "locale": "en-PH", "zone": "asia-1"},
            "HK": {"host": "hk.jobsdb.com", "site": "HK-Main", "locale": "en-HK", "zone": "asia-1"},
            "TH": {"host": "th.jobsdb.com", "site": "TH-Main", "locale": "en-TH", "zone": "asia-1"},
        },
        "job_type": {"fulltime": 242, "parttime": 243, "contract": 244, "temporary": [244, 245]},
        "is_remote": {True: 3},
    }
