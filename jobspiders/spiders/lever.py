"""Lever: the jobs of employers who use it, the whole world.

Access: the public postings API; one request gives all of an employer's jobs (`bases/ats/lever.py`).
Caveats: employers must be named (`tenant`), nothing lists them; their tenant's name stands for the company's, which the
  API never tells. Employers on Lever's European servers answer at another host: they need a file of their own with
  `listing_url = "https://api.eu.lever.co/v0/postings/{tenant}"`.
Last checked: 2026-11, against captures of 2026-07 and 2026-08.
"""

from jobspiders.bases.ats.lever import OnLever


class Lever(OnLever):
    name = "lever"
    homepage = "https://www.lever.co"
    example_arguments = {"tenant": "imaginary-robotics,makebelieve-robotics,placeholder-robotics"}
