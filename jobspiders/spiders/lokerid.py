"""Loker.id, Indonesia.

Access: every list page embeds its rows, descriptions and all, in `window.__remixContext`, and its loader (`?_data=`)
  gives the same as JSON: a page of 20 jobs is one request, and no job needs a page of its own.
Caveats: premium rows come first, then the others by `published_at`; an id may come again on a later page. Dates have no
  zone (Jakarta's is presumed), salaries no period (a month is meant); the label ("Rp.3 – 4 Juta") is only a bucket.
Last checked: 2026-11, against captures of 2025-09 and 2025-11; no raw HTML page was at hand.
"""

from dataclasses import replace

from jobspiders.bases.documents import Generation, pick, query
from jobspiders.bases.paged_json import PagedJson
from jobspiders.items import Expect, Market, PostedPlace, PostedSalary, Rate

REMIX, LOADED = "window.__remixContext", "state.loaderData | values(@) | "
QUERY, LIST = "/cari-lowongan-kerja?jobid", LOADED + "[?type(jobs)=='array'] | [0]"
TEXTS = "[job_description, responsibilities, qualifications, incentive_compensation][?@] | join('\n', @)"
CARD = {
    "id": "::attr(data-id)", "title": "h3", "company_name": "span.text-secondary-500", "types": "span.badge",
    "location": "span[translate=no], svg.icon-tabler-map-pin + span", "job_salary": "svg.icon-tabler-cash + span",
    "published_at": "time::attr(datetime)", "path": "a[href$='.html']::attr(href)",
}  # fmt: skip


class LokerId(PagedJson):
    name = "lokerid"
    homepage = "https://www.loker.id"
    hosts = ("loker.id",)
    markets = {"ID": Market("ID", "IDR", "Asia/Jakarta", period="MONTH")}

    rate = Rate(per_minute=30, concurrency=1)
    schedule = "every 6h"
    expect = Expect(min_jobs=20, fields={"company": 0.95, "city": 0.9, "employment_types": 0.9, "description": 0.9})
    robots = "not seen; fetching it may itself be answered by a challenge"
    terms = "not seen"
    walls = "Cloudflare's challenge on rapid repeats (403, 429, 503, or a page that says 'Just a moment')"
    whole_listing = True

    # PagedJson
    first_url = "https://www.loker.id/cari-lowongan-kerja"
    listing_url = first_url + "/page/{page}"
    listing_query = {"q": "{search_term}", "lokasi": "{location_slug}", "category": "{category}"}
    page_size = 20
    listing = (
        Generation("remix", LIST + ".jobs", script=REMIX, total=LIST + ".meta.total"),
        Generation("loader", "jobs", total="meta.total"),
        Generation("rows", "[?job_id]"),
        Generation("cards", select="article.card[data-id]", fields=CARD, next="nav a[rel~=next]::attr(href)"),
    )
    job_url = "{url}"  # only for what the last generation finds: all other cards are complete
    job = (Generation("remix", LOADED + "[?job] | [0]", script=REMIX), Generation("loader", "[@][?job]"))
    own_arguments = {"category": "a category as it stands in the site's addresses, for example information-technology"}

    def parse_card(self, card):
        number = str(card.get("id") or card["job_id"])
        path = query("categories[0].[parent.slug, slug][?@]", card) or ()
        address = "/{}/{}/{}.html".format(*path, card["slug"]) if len(path) == 2 else f"{QUERY}={number}"
        figures = {} if card.get("is_hide_salary") else pick(card, minimum="salary_min", maximum="salary_max")
        places = query("locations[?name].{city: name, region: parent.name}", card) or ()
        return self.posting(
            source_id=number, title=card["title"], url=self.homepage + card.get("path", address),
            complete="responsibilities" in card, description=query(TEXTS, card),
            locations=[PostedPlace(**place) for place in places] or query("[locations || location][?@]", card),
            salary=PostedSalary(text=card.get("job_salary"), **figures),
            experience="; ".join(query("experiences[].name || [experiences || job_experience][?@]", card)),
            extra=pick(card, gender="gender", tag="tag.name || tag_name"),
            **pick(card, company="company_name", company_id="to_string(company_id)", company_url="company_profile_url",
                   company_logo="company_logo || company_image", arrangement="job_location_type.name", status="status",
                   employment="types[].name || [types || job_type][?@]", level="level.name || level_name",
                   education="educations[].name || [educations || education][?@]", benefits="[job_benefits][?@]",
                   categories="categories[].[parent.name, name][] || [categories || category][?@]",
                   skills="job_skills[].name || [job_skills][?@]", industry="industry || industries[0].name",
                   posted="published_at", updated="post_modified", closes="closed_at", remote="is_remote"),
        )  # fmt: skip

    def parse_job(self, job, response):
        company = pick(job, company_description="company.description", company_industry="company.industry")
        return replace(self.parse_card(job["job"]), **company)
