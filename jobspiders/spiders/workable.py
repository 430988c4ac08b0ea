"""Workable: the jobs of employers who use it, the whole world.

Access: the API of the widget for employers' sites; one request gives all jobs of one (`bases/ats/workable.py`).
Caveats: employers must be named (`tenant`), nothing lists them. A job of several places is listed once for each; pay is
  never there in figures. `telecommuting` says remote or not: a hybrid job counts as not.
Last checked: 2026-11, against captures of 2026-06 to 2026-08; the answer for a single job was not at hand.
"""

from jobspiders.bases.ats.workable import OnWorkable


class Workable(OnWorkable):
    name = "workable"
    homepage = "https://www.workable.com"
    example_arguments = {"tenant": "imaginary-robotics,makebelieve-robotics,placeholder-robotics"}
