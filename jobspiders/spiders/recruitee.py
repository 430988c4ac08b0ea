"""Recruitee: the jobs of employers who use it, most of them in Europe.

Access: the offers API of an employer's careers site; one request gives all of its jobs (`bases/ats/recruitee.py`).
Caveats: employers must be named (`tenant`), nothing lists them. Pay is often a form nobody filled in, or thousands with
  the zeros left out, which is not believed.
Last checked: 2026-11, against captures of 2026-08.
"""

from jobspiders.bases.ats.recruitee import OnRecruitee


class Recruitee(OnRecruitee):
    name = "recruitee"
    homepage = "https://recruitee.com"
    example_arguments = {"tenant": "imaginary-robotics,makebelieve-robotics,placeholder-robotics"}
