"""Any site that publishes its jobs as schema.org JobPosting, as Google for Jobs wants them.

Access: pages with JSON-LD or microdata, found through a list (`start_url`) or a sitemap (`sitemap`); see
  `bases/jsonld.py`.
Caveats: what stands there is what the site's template makes of its jobs: dates, units and ends may be a template's, not
  the job's. A sitemap names pages only, so their jobs are fetched even with fetch_description=false. The hosts are
  those of the addresses given; jobs elsewhere are stored as the list tells them. All sites share one rate.
Last checked: 2026-11, against captures of 2018 to 2026 of some twenty sites; real sitemaps were not at hand.
"""

from jobspiders.bases.jsonld import JobPostingSite


class JsonLd(JobPostingSite):
    name = "jsonld"
    homepage = "https://schema.org/JobPosting"
    robots, terms, walls = ("the site's own",) * 3
    example_arguments = {"sitemap": "https://karir.example", "job_pattern": r"/lowongan/(\d+)"}
