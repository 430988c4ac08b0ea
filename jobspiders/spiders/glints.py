"""Glints, Indonesia.

Access: GraphQL; the pages hold the same objects in __NEXT_DATA__, as lists or as an Apollo cache.
Caveats: who is not logged in gets one page of 30. The keyword weighs little: different searches share most rows.
  `updatedAt` is bumped. Salaries may be hidden, or be a bonus. `creator`, a recruiter, is not read.
Last checked: 2026-11, against captures of 2023-06 to 2026-03.
"""

from dataclasses import replace

from jobspiders.bases.documents import Generation, pick, query
from jobspiders.bases.graphql import operation
from jobspiders.bases.marks import Mark
from jobspiders.bases.paged_json import PagedJson
from jobspiders.bases.templates import slug
from jobspiders.items import Expect, Market, PostedPlace, PostedSalary, PostedYears, Rate

NEXT, CACHE = "script#__NEXT_DATA__::text", "props.apolloCache || props.pageProps.apolloCache"
CATEGORIES = "sort_by(hierarchicalJobCategory.[[@], parents][][] | [?@] || `[]`, &level)[].name"
SALARY = "salaries[?salaryType=='BASIC'] | [0].[minAmount, maxAmount, CurrencyCode, salaryMode]"


class Glints(PagedJson):
    name = "glints"
    homepage, hosts = "https://glints.com/id", ("glints.com",)
    markets = {"ID": Market("ID", "IDR", "Asia/Jakarta")}
    rate, schedule = Rate(per_minute=20, concurrency=1), "every 1h"
    expect = Expect(min_jobs=20, fields={"company": 0.95, "city": 0.8, "employment_types": 0.9, "posted_at": 0.95})
    robots = "reported (2026-07) to forbid explore pages with a query, recommendations, settings and user paths"
    terms = "reported to forbid scraping and robots without written consent"
    walls = "a web firewall that refuses many plain clients (403); a login from page 2 on"
    blocks = (Mark("login", "it wants a login", json="errors[?extensions.code=='NO_PERMISSION'] | [0]"),)

    # PagedJson
    listing_url = "https://glints.com/api/v2-alc/graphql?op=searchJobsV3"
    page_size = 30
    headers = {"x-glints-country-code": "ID", "Accept-Language": "id"}
    listing_body = operation("glints", "searchJobsV3", data={
        "CountryCode": "ID", "includeExternalJobs": True, "sortBy": "LATEST", "page": "{page}", "pageSize": page_size,
        "SearchTerm": "{search_term}", "type": "{job_type}", "workArrangementOptions": "{is_remote}",
        "lastUpdatedAtRange": "{hours_old}"})  # fmt: skip
    listing = (
        Generation("v2-alc", "data.searchJobsV3.jobsInPage", more="data.searchJobsV3.hasMore"),
        Generation("v2", "data.searchJobs.jobsInPage", total="data.searchJobs.totalJobs"),
        Generation("next", "props.pageProps.initialJobs.jobsInPage", NEXT, more="props.pageProps.initialJobs.hasMore"),
        Generation("apollo", CACHE, NEXT, apollo="Job"),
        Generation("cards", select="[data-gtm-job-id]", fields={"id": "::attr(data-gtm-job-id)", "title": "a"}),
    )
    job_url = "https://glints.com/api/v2-alc/graphql?op=getJobDetailsById"
    job_body = operation("glints", "getJobDetailsById", opportunityId="{source_id}", source="Explore")
    job = (
        Generation("v2-alc", "data.getJobById", gone="data && !errors && !data.getJobById"),
        Generation("next", "props.pageProps.initialData.data", NEXT),
        Generation("apollo", CACHE, NEXT, apollo="Job"),
    )
    words = {"is_remote": {True: ["REMOTE"]}, "hours_old": {24: "PAST_24_HOURS"}, "job_type": {
        "fulltime": ["FULL_TIME"], "parttime": ["PART_TIME"], "contract": ["CONTRACT"], "internship": ["INTERNSHIP"],
        "freelance": ["FREELANCE", "PROJECT_BASED"]}}  # fmt: skip

    def parse_card(self, card):
        level = dict(query("location.[[@], parents][][] | [?@].[level, formattedName]", card) or [])
        return self.posting(
            source_id=card["id"], title=card["title"],
            url=f"https://glints.com/id/opportunities/jobs/{slug(card['title'])}/{card['id']}",
            locations=[PostedPlace(
                None, level.get(4), level.get(3) or query("city.name", card), level.get(2), query("country.name", card),
                **pick(card, latitude="location.latitude", longitude="location.longitude"))],
            salary=PostedSalary(*query(SALARY, card) or ()),
            experience=PostedYears(card.get("minYearsOfExperience"), card.get("maxYearsOfExperience")),
            **pick(card, company="company.name", company_id="company.id", company_industry="company.industry.name",
                   arrangement="workArrangementOption", remote="isRemote", employment="[type][?@]",
                   education="[educationLevel][?@]", skills="skills[].skill.name", status="status", posted="createdAt",
                   categories=CATEGORIES, updated="updatedAt"),
        )  # fmt: skip

    def parse_job(self, job, response):
        return replace(self.parse_card(job), description_format="draftjs", **pick(
            job, description="descriptionJsonString", company_website="company.website", company_size="company.size",
            company_description="company.descriptionJsonString", apply_url="externalApplyURL", closes="expiryDate",
            benefits="benefits[].title"))  # fmt: skip
