"""Greenhouse: the jobs of employers who use it, the whole world.

Access: the public job-board API; one request gives all of an employer's jobs (`bases/ats/greenhouse.py`).
Caveats: employers must be named (`tenant`), nothing lists them. Places are free text, the kind of employment is a field
  that some employers invent for themselves; pay is only there where the law asks for it, and rarely says for how long.
Last checked: 2026-11, against captures of 2026-07 and 2026-08; pay in figures was not at hand.
"""

from jobspiders.bases.ats.greenhouse import OnGreenhouse


class Greenhouse(OnGreenhouse):
    name = "greenhouse"
    homepage = "https://www.greenhouse.com"
    example_arguments = {"tenant": "imaginary-robotics,makebelieve-robotics,placeholder-robotics"}
