"""Ashby: the jobs of employers who use it, the whole world.

Access: the public posting API; one request gives all of an employer's jobs (`bases/ats/ashby.py`).
Caveats: employers must be named (`tenant`, capital letters count), nothing lists them; their tenant's name stands for
  the company's, which the API never tells. An employer may turn the API off: it then answers 404 as for an unknown one.
Last checked: 2026-11, against captures of 2026-07 and 2026-08; none of them shows pay.
"""

from jobspiders.bases.ats.ashby import OnAshby


class Ashby(OnAshby):
    name = "ashby"
    homepage = "https://www.ashbyhq.com"
    example_arguments = {"tenant": "imaginary-robotics,makebelieve-robotics,placeholder-robotics"}
