"""Invented jobs, as full as those of the boards we know: the same number gives the same job."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from functools import cache

from jobspiders.items import Job

BEGIN = datetime(2026, 11, 2, 8, tzinfo=UTC)
CITIES = ("Jakarta Selatan", "Bandung", "Surabaya", "Denpasar", "Medan", "Semarang")
DESCRIPTIONS = 400


def job(number: int) -> Job:
    """A job whose own page was read; its description has 2 to 4 kB in each of the three forms."""
    dice = random.Random(number)
    told = dice.random() < 0.6
    salary = dice.randrange(4, 40) * 500_000.0
    city, company = dice.choice(CITIES), dice.randrange(3000)
    markdown, html, plain = _description(number % DESCRIPTIONS)
    return Job(
        job_source="example",
        source_id=f"{dice.getrandbits(128):032x}",
        url=f"https://jobs.example/id/opportunities/{number}",
        title=f"{dice.choice(_words())} {dice.choice(_words())} Engineer".title(),
        apply_url=f"https://jobs.example/apply/{number}",
        company=f"PT Contoh {company}",
        company_id=f"{company:08x}",
        company_url=f"https://jobs.example/companies/{company}",
        location=f"{city}, Indonesia",
        city=city,
        country="ID",
        arrangement="ONSITE",
        is_remote=False,
        employment_types=["FULL_TIME"],
        employment_text="FULL_TIME",
        salary_min=salary if told else None,
        salary_max=salary * 1.5 if told else None,
        salary_currency="IDR" if told else None,
        salary_period="MONTH" if told else None,
        salary_min_annual=salary * 12 if told else None,
        salary_max_annual=salary * 18 if told else None,
        experience_min=1.0,
        experience_max=3.0,
        experience_text="1-3",
        education="BACHELOR",
        education_text="BACHELOR_DEGREE",
        categories=["Software Engineering"],
        skills=dice.sample(_words(), 8),
        description=markdown,
        description_html=html,
        description_text=plain,
        language="id",
        posted_at=BEGIN - timedelta(minutes=dice.randrange(60 * 24 * 30)),
        posted_precision="exact",
        updated_at=BEGIN - timedelta(minutes=dice.randrange(60 * 24)),
        closes_at=BEGIN + timedelta(days=dice.randrange(5, 60)),
        extra={"level": dice.choice(("JUNIOR", "MID"))},
        complete=True,
        card_hash=f"{dice.getrandbits(128):032x}",
        seen_at=BEGIN,
    )


@cache
def _words() -> list[str]:
    dice = random.Random(0)
    syllables = ("ka", "ra", "men", "ta", "si", "per", "lu", "an", "di", "pro", "ker", "ja", "ngan", "u", "te", "ber")
    return ["".join(dice.choices(syllables, k=dice.randrange(1, 5))) for _ in range(3000)]


@cache
def _description(number: int) -> tuple[str, str, str]:
    """Markdown, HTML and text of one description."""
    dice = random.Random(number)
    lines = [" ".join(dice.choices(_words(), k=14)) + "." for _ in range(dice.randrange(22, 44))]
    markdown = "\n".join(f"- {line}" for line in lines)
    return markdown, "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>", "\n".join(lines)
