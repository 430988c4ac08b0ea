"""Y Combinator's jobs (Work at a Startup's public face), the whole world.

Access: web pages with their data in `[data-page]` as JSON; a job's page has JSON-LD, too. A company's list is complete
  and has one page; /jobs and the role and place lists are samples of 20 to 40. A job's page shows related jobs of other
  companies, which lead on to those.
Caveats: a closed job's page redirects to its company's list. "$120K - $180K CAD" is in CAD, a bare $ is USD. Ages are
  words ("about 1 month"): only the JSON-LD has a date. `hiringManager` and founders are people: not read.
Last checked: 2026-11, against captures of 2026-06; /jobs and the role and place lists were not at hand.
"""

import re
from dataclasses import replace

from jobspiders.bases.documents import Generation, pick, query
from jobspiders.bases.html_list import HtmlList
from jobspiders.bases.jsonld import job_posting
from jobspiders.items import Expect, Market, PostedPlace, PostedSalary, Rate

SITE, DATA = "https://www.ycombinator.com", "[data-page]::attr(data-page)"
PLACES = "jobLocation[].address.{city: addressLocality, region: addressRegion, country: addressCountry}"
LONE = re.compile(r"[A-Z]{2}(?: /|$)")  # a code alone is a country's: jobs in "CA / Remote (CA)" are paid in CAD
ROLES = ("software-engineer", "designer", "product-manager", "operations", "marketing", "sales-manager",
         "recruiting-hr", "support", "science")  # fmt: skip


class YCombinator(HtmlList):
    name = "ycombinator"
    homepage = SITE + "/jobs"
    hosts = ("ycombinator.com",)
    markets = {None: Market(dollar="USD", period="YEAR")}

    rate = Rate(per_minute=60, concurrency=2)
    schedule = "every 24h"
    expect = Expect(min_jobs=20, fields={"company": 0.99, "location": 0.9, "employment_types": 0.95, "salary_min": 0.5})
    robots = "reported (2026-09) to allow /jobs and to forbid /companies with a query"
    terms = "not seen"
    walls = "none for reading; applying needs an account"

    # HtmlList
    listing_urls = (SITE + "/companies/{company}/jobs", SITE + "/jobs/role/{role}/{location_slug}",
                    SITE + "/jobs/role/{role}/{is_remote}", SITE + "/jobs/role/{role}",
                    SITE + "/jobs/location/{location_slug}", SITE + "/jobs/location/{is_remote}")  # fmt: skip
    all_urls = (SITE + "/jobs", *(f"{SITE}/jobs/role/{role}" for role in ROLES))
    onward = SITE + "{companyUrl}/jobs"
    listing = (Generation("inertia", "props.jobPostings", css=DATA),)
    job_url = "{url}"
    job = (Generation("inertia", "props | [@][?job] | [0]", css=DATA, gone="component=='WaasShowJobsPage'"),)
    related = "props.relatedJobs"
    words = {"is_remote": {True: "remote"}}
    own_arguments = {"role": f"one of {', '.join(ROLES)}", "company": "a company's slug, as in its address"}

    def parse_card(self, card):
        where = str(card.get("location") or "")
        return self.posting(
            source_id=str(card["id"]), title=card["title"], url=SITE + card["url"], company=card["companyName"],
            company_id=card["companyUrl"].rpartition("/")[2], company_url=SITE + card["companyUrl"],
            salary=PostedSalary(text=card.get("salaryRange")),
            locations=[PostedPlace(where, country=where[:2]) if LONE.match(where) else where],
            extra=pick(card, equity="equityRange", visa="visa", batch="companyBatchName", role="roleSpecificType"),
            **pick(card, company_logo="companyLogoUrl", employment="[type][?@]", experience="minExperience",
                   categories="[prettyRole, roleSpecificType][?@]", posted="createdAt",
                   skills="skills", description="description", apply_url="applyUrl"),
            description_format="markdown",
        )  # fmt: skip

    def parse_job(self, job, response):
        card, linked = self.parse_card(job["job"]), job_posting(response)
        places = query(PLACES, linked) or ()
        salary = query("baseSalary.[value.minValue, value.maxValue, currency, value.unitText]", linked)
        return replace(
            card, description=linked.get("description", card.description), posted=linked.get("datePosted", card.posted),
            description_format="html" if "description" in linked else card.description_format,
            locations=[PostedPlace(**place) for place in places] or card.locations,
            remote="Remote" in job["job"]["location"] or None,
            salary=PostedSalary(*salary, text=card.salary.text) if salary else card.salary,
            **pick(job, company_website="company.website", company_description="company.long_description",
                   company_size="to_string(company.team_size)", company_industry="company.tags[0]"),
        )  # fmt: skip
