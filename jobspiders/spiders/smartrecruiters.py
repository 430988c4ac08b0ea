"""SmartRecruiters: the jobs of employers who use it, the whole world.

Access: the public postings API: lists of 100, and a request for each job's text (`bases/ats/smartrecruiters.py`).
Caveats: robots.txt forbids the API to everybody but LinkedIn, so a run ends as `robots` unless the operator decides
  otherwise; the hosted pages (jobs.smartrecruiters.com) may be read by the board jsonld. Employers must be named
  (`tenant`, capital letters count); an unknown one answers like one without jobs. Ads of 2018 may still be open.
Last checked: 2026-11, against captures of 2026-06 to 2026-08; pay was in none of them.
"""

from jobspiders.bases.ats.smartrecruiters import OnSmartRecruiters


class SmartRecruiters(OnSmartRecruiters):
    name = "smartrecruiters"
    homepage = "https://www.smartrecruiters.com"
    example_arguments = {"tenant": "imaginary-robotics,makebelieve-robotics,placeholder-robotics"}
