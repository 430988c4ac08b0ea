"""Loker.id's real rows, where they are at hand: every row read, values checked by eye, all that is published filled."""

import json
import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from scrapy.utils.project import get_project_settings

from jobspiders.commands.replay import offline_spider, read, saved_page
from jobspiders.normalise import normalise

CAPTURES = Path(__file__).parents[3] / "shared" / "captures" / "lokerid"
SEEN_AT = datetime(2025, 11, 13, tzinfo=UTC)
JAKARTA = timezone(timedelta(hours=7))
ONE, ROWS = "nexjob-search-data-2025-11-12.json", "zipo-flattened-api-2025-09-24-first250.json"

pytestmark = pytest.mark.skipif(not CAPTURES.is_dir(), reason="the captures are not here")


def jobs(name):
    spider = offline_spider("lokerid", get_project_settings())
    return [
        normalise(posting, SEEN_AT) for posting in read(spider, saved_page(CAPTURES / name, spider.homepage), "listing")
    ]


def test_the_job_of_an_answer_that_breaks_off():
    (job,) = jobs(ONE)
    assert (job.source_id, job.title) == ("15877206", "Asisten Pembimbing Kursus Bahasa Inggris")
    assert job.url == (
        "https://www.loker.id/pendidikan-pelatihan/tutor-instruktur/"
        "asisten-pembimbing-kursus-bahasa-inggris-kumon-taman-gandaria-jakarta-selatan-3.html"
    )
    assert (job.company, job.company_id) == ("Kumon Taman Gandaria", "43216")
    assert job.company_url == "https://www.loker.id/profile/kumon-taman-gandaria"
    assert (job.city, job.region, job.country) == ("Jakarta Selatan", "DKI Jakarta", "ID")
    assert (job.arrangement, job.is_remote, job.employment_types) == ("ONSITE", False, ["FULL_TIME"])
    # The label is a bucket that says otherwise than the figures.
    assert (job.salary_min, job.salary_max, job.salary_text) == (2_300_000, 3_000_000, "Rp.3 – 4 Juta")
    assert (job.salary_currency, job.salary_period) == ("IDR", "MONTH")
    assert (job.experience_min, job.experience_max, job.seniority, job.education) == (0, 0, "ENTRY", "HIGH_SCHOOL")
    assert job.education_text == "SMA / SMK / STM; Diploma/D1/D2/D3"
    assert job.skills == ["Bahasa Inggris", "Komunikasi dan interaksi"]
    assert job.posted_at == datetime(2025, 11, 12, 16, 56, 37, tzinfo=JAKARTA)
    assert job.updated_at == datetime(2025, 11, 12, 16, 56, 38, tzinfo=JAKARTA)
    assert (job.closed, job.complete, job.language, job.unread) == (False, True, "id", {})
    assert job.extra == {"gender": "Perempuan", "tag": "Guru Bahasa Inggris"}
    for sentence in ("Kumon Taman Gandaria adalah", "Membuat Laporan setiap bulan dll", "sesama asisten."):
        assert sentence in job.description_text


def test_every_row_is_read():
    found = jobs(ROWS)
    assert (len(found), len({job.source_id for job in found})) == (250, 243), "seven come twice"
    for job in found:
        assert all((job.title, job.company, job.company_id, job.company_url, job.city, job.region, job.description))
        assert all((job.employment_types, job.education, job.seniority, job.categories, job.skills))
        assert (job.country, job.posted_precision, job.closed, job.unread) == ("ID", "exact", False, {})
        assert None not in (job.experience_min, job.is_remote)


def test_whatever_a_row_publishes_is_there():
    rows = json.loads((CAPTURES / ROWS).read_text(encoding="utf-8"))
    for row, job in zip(rows, jobs(ROWS), strict=True):
        assert job.source_id == str(row["job_id"])
        assert job.posted_at == datetime.fromisoformat(row["published_at"]).replace(tzinfo=JAKARTA)
        assert job.is_remote is row["is_remote"]
        figures = [int(number) * 1_000_000 for number in re.findall(r"\d+", row["job_salary"] or "")]
        assert [job.salary_min, job.salary_max][: len(figures)] == figures
        if figures:
            assert (job.salary_currency, job.salary_period) == ("IDR", "MONTH")
        else:
            assert job.salary_text in {None, "Negosiasi"}


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        (0, {"source_id": "15874176", "title": "Kasir", "company": "Djie Seng Bakery", "location": "Bandung Kota",
             "city": "Bandung", "region": "Jawa Barat", "salary_min": 2_000_000, "salary_max": 3_000_000,
             "experience_min": 1, "experience_max": 2, "url": "https://www.loker.id/cari-lowongan-kerja?jobid=15874176"}),
        (1, {"city": "Bogor", "is_remote": True, "employment_types": ["CONTRACTOR"], "seniority": "LEAD",
             "salary_max": 8_000_000}),
        (249, {"experience_text": "1-2 Tahun; Fresh Graduate", "experience_min": 0, "experience_max": 2,
               "industry": "HR & Konsultasi SDM", "posted_at": datetime(2025, 8, 29, 1, 0, 2, tzinfo=JAKARTA)}),
    ],
)  # fmt: skip
def test_rows_checked_by_eye(index, expected):
    job = jobs(ROWS)[index]
    assert {field: getattr(job, field) for field in expected} == expected
