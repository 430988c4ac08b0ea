from dataclasses import asdict, fields
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobspiders.items import Job, Market, PostedPlace, PostedSalary, PostedYears, Posting
from jobspiders.normalise import normalise

SEEN_AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
INDONESIA = Market(country="ID", currency="IDR", timezone="Asia/Jakarta", period="MONTH")


def posting(**values):
    return Posting(
        **{"job_source": "board", "source_id": "1", "url": "https://example.org/1", "title": "Nurse", **values}
    )


def job(**values):
    return normalise(posting(**values), SEEN_AT)


def test_the_whole_of_a_posting():
    extra = {"views": [1, "a\x00b"]}
    text = "Kami mencari karyawan yang jujur dan teliti untuk gudang di kantor pusat, minimal lulusan SMA."
    full = posting(
        title=" Staff Gudang &amp; Logistik ", company="PT. Maju Jaya\u00a0", company_id="77",
        company_url="https://example.org/c", company_website="https://maju.example", company_logo="logo.png",
        company_industry="Retail", company_size="51-200", company_description="<p>We sell.</p>",
        locations=["Kepanjen, Kabupaten Malang, Jawa Timur"], arrangement="Kantor",
        employment=["Penuh Waktu", "Kontrak", "penuh waktu"], salary="Rp 4.000.000 – Rp 5.000.000 per bulan",
        experience="1-2 Tahun", education=["Sarjana / S1", "SMA / SMK / STM"], level="Staff / Officer",
        categories=["Logistics", "Warehouse", "logistics"], industry="Retail",
        skills=["Excel", "-", " Excel ", "SAP"], benefits=["BPJS"], openings=3, posted="2026-11-20T05:00:00Z",
        updated="3 jam yang lalu", closes="2026-12-20",
        description=f'<p class="x">{text}</p>',
        status="OPEN", apply_url="https://example.org/apply", market=INDONESIA, extra=extra, complete=True,
        card_hash="ab",
    )  # fmt: skip
    assert normalise(full, SEEN_AT) == Job(
        job_source="board", source_id="1", url="https://example.org/1", title="Staff Gudang & Logistik",
        apply_url="https://example.org/apply", company="PT. Maju Jaya", company_id="77",
        company_url="https://example.org/c", company_website="https://maju.example", company_logo="logo.png",
        company_industry="Retail", company_size="51-200", company_description="We sell.",
        location="Kepanjen, Kabupaten Malang, Jawa Timur", district="Kepanjen", city="Kabupaten Malang",
        region="Jawa Timur", country="ID", arrangement="ONSITE", is_remote=False,
        employment_types=["FULL_TIME", "CONTRACTOR"], employment_text="Penuh Waktu; Kontrak", salary_min=4_000_000,
        salary_max=5_000_000, salary_currency="IDR", salary_period="MONTH", salary_min_annual=48_000_000,
        salary_max_annual=60_000_000, salary_text="Rp 4.000.000 – Rp 5.000.000 per bulan", experience_min=1,
        experience_max=2, experience_text="1-2 Tahun", education="HIGH_SCHOOL",
        education_text="Sarjana / S1; SMA / SMK / STM", seniority="ASSOCIATE", seniority_text="Staff / Officer",
        categories=["Logistics", "Warehouse"], industry="Retail", skills=["Excel", "SAP"], benefits=["BPJS"],
        openings=3, description=text, description_html=f"<p>{text}</p>", description_text=text, language="id",
        posted_at=datetime(2026, 11, 20, 5, tzinfo=UTC), posted_precision="exact",
        posted_text="2026-11-20T05:00:00Z", updated_at=SEEN_AT - timedelta(hours=3),
        closes_at=datetime(2026, 12, 20, tzinfo=UTC), closed=False, extra={"views": [1, "ab"]}, complete=True,
        card_hash="ab", seen_at=SEEN_AT,
    )  # fmt: skip
    assert extra == {"views": [1, "a\x00b"]}


@pytest.mark.parametrize(
    ("published", "is_remote"),
    [
        ({"title": "Developer (Remote)"}, True),
        ({"title": "Developer (Remote)", "arrangement": "Hybrid"}, False),
        ({"title": "Developer (Remote)", "remote": False}, False),
        ({"title": "Developer"}, None),
    ],
)
def test_a_title_is_only_asked_when_nothing_else_says_where_the_work_is_done(published, is_remote):
    assert job(**published).is_remote is is_remote


def test_a_posting_that_says_nothing():
    assert job() == Job("board", "1", "https://example.org/1", "Nurse", seen_at=SEEN_AT)


def test_what_could_not_be_read_is_named_and_its_words_are_kept():
    found = job(
        locations=["CA", "Bandung"], arrangement="Kantor, Bulan", employment=["Full time", "Zzz"],
        salary="Rp banyak sekali", experience="cukup lama", education=["Zzz"], level="Zzz", posted="Zzz",
        updated="Zzz", closes="Zzz", status="DRAFT",
    )  # fmt: skip
    assert found.unread == {
        "places": "CA", "arrangement": "Bulan", "employment": "Zzz", "salary": "Rp banyak sekali",
        "experience": "cukup lama", "education": "Zzz", "seniority": "Zzz", "posted": "Zzz", "updated": "Zzz",
        "closes": "Zzz", "status": "DRAFT",
    }  # fmt: skip
    assert (found.salary_text, found.experience_text, found.education_text) == ("Rp banyak sekali", "cukup lama", "Zzz")
    assert (found.seniority_text, found.posted_text, found.employment_text) == ("Zzz", "Zzz", "Full time; Zzz")
    assert (found.location, found.employment_types, found.arrangement) == ("CA; Bandung", ["FULL_TIME"], "ONSITE")
    assert (found.salary_min, found.posted_at, found.closed) == (None, None, None)


@pytest.mark.parametrize(
    ("field", "published", "kept"),
    [
        ("posted", "2026-11-23T09:00:00Z", True),
        ("posted", "2026-11-24", False),
        ("updated", "2027-01-01", False),
        ("closes", "2027-11-22", True),
        ("closes", "2126-01-01", False),
        ("closes", 2_089_007_999.0, False),
    ],
)
def test_dates_too_far_ahead_are_not_believed(field, published, kept):
    found = job(**{field: published})
    assert (getattr(found, f"{field}_at") is not None) is kept
    assert (field not in found.unread) is kept


def test_a_number_as_a_date_has_no_words():
    found = job(posted=1_763_800_000)
    assert (found.posted_at, found.posted_text) == (datetime(2025, 11, 22, 8, 26, 40, tzinfo=UTC), None)


@pytest.mark.parametrize(
    ("published", "text"),
    [
        (PostedSalary(4_400_000.0, 5_500_000, "IDR", "MONTH"), "IDR 4400000 - 5500000 per MONTH"),
        (PostedSalary(4_400_000, None, "IDR", "MONTH"), "IDR from 4400000 per MONTH"),
        (PostedSalary(0, 5_500_000, "IDR"), "IDR up to 5500000"),
        (PostedSalary(20.5, 20.5, "USD", "HOUR"), "USD 20.5 per HOUR"),
        (PostedSalary("60000", "75000", "EUR", "year"), "EUR 60000 - 75000 per year"),
        (PostedSalary(60_000, 75_000, "EUR", "per-year-salary"), "EUR 60000 - 75000 per-year-salary"),
        (PostedSalary(3_000_000, 4_000_000, "IDR", text="Rp.3 – 4 Juta"), "Rp.3 – 4 Juta"),
        (PostedSalary(0, 0, "INR", "YEAR"), None),
        (PostedSalary(), None),
        ("Negosiasi", "Negosiasi"),
        (None, None),
    ],
)
def test_the_words_of_a_salary(published, text):
    assert job(salary=published, market=INDONESIA).salary_text == text


@pytest.mark.parametrize(
    ("said", "is_remote"),
    [
        ({"arrangement": "Remote"}, True),
        ({"arrangement": "Hybrid"}, False),
        ({"arrangement": "On-site"}, False),
        # Ashby flags hybrid jobs as remote, too.
        ({"arrangement": "Hybrid", "remote": True}, False),
        ({"remote": True}, True),
        ({"remote": False}, False),
        ({"locations": ["Remote"]}, True),
        ({"locations": ["Remote (US)"]}, True),
        ({"locations": ["Remote"], "remote": False}, True),
        ({"locations": ["Berlin", "Remote"]}, True),  # remote work is on offer
        ({"locations": ["Berlin"]}, None),
        ({"title": "Remote Nurse", "description": "Work from home, fully remote."}, None),
        ({}, None),
    ],
)
def test_remote(said, is_remote):
    assert job(**said).is_remote is is_remote


def test_several_places():
    place = PostedPlace(city="Bandung", country="Indonesia", latitude=-6.9, longitude=107.6)
    found = job(locations=[place, "Kota Bekasi", "Remote", place], market=INDONESIA)
    assert found.location == "Bandung, Indonesia; Kota Bekasi; Remote"
    assert (found.city, found.region, found.country, found.latitude) == ("Bandung", "Jawa Barat", "ID", -6.9)
    assert found.places == [
        {
            "text": "Bandung, Indonesia",
            "city": "Bandung",
            "region": "Jawa Barat",
            "country": "ID",
            "latitude": -6.9,
            "longitude": 107.6,
        },
        {"text": "Kota Bekasi", "city": "Bekasi", "region": "Jawa Barat", "country": "ID"},
    ]


def test_years_in_numbers_have_no_words():
    found = job(experience=PostedYears(1, 3))
    assert (found.experience_min, found.experience_max, found.experience_text, found.unread) == (1, 3, None, {})


def test_the_same_posting_gives_the_same_job():
    found = job(locations=["Bandung"], salary="Rp 5 juta", description="a", market=INDONESIA)
    assert found == job(locations=["Bandung"], salary="Rp 5 juta", description="a", market=INDONESIA)


WORDS = st.none() | st.text()
NUMBERS = st.none() | st.floats()
PLACES = st.builds(PostedPlace, WORDS, WORDS, WORDS, WORDS, WORDS, WORDS, NUMBERS, NUMBERS)
SALARIES = st.builds(PostedSalary, WORDS | NUMBERS, WORDS | NUMBERS, WORDS, WORDS, WORDS)
LISTS = st.lists(st.text(), max_size=3)
ODD = {
    "title": st.text(),
    "locations": st.lists(st.text() | PLACES, max_size=3),
    "remote": st.none() | st.booleans(),
    "salary": WORDS | SALARIES,
    "experience": WORDS | st.builds(PostedYears, NUMBERS, NUMBERS),
    "openings": st.none() | st.integers(),
    "description_format": st.sampled_from(["html", "markdown", "draftjs", "text"]) | st.text(),
    "posted": WORDS | st.floats(),
    "updated": WORDS | st.floats(),
    "closes": WORDS | st.floats(),
    "market": st.sampled_from([Market(), INDONESIA, Market("US", "USD", "UTC", "USD", "YEAR"), Market("SG")]),
    "extra": st.dictionaries(st.text(), WORDS),
}  # fmt: skip
KEPT = {"job_source", "source_id", "url", "complete", "card_hash"}
LISTED = {"employment", "education", "categories", "skills", "benefits"}
ANY_POSTING = st.builds(
    posting,
    **ODD,
    **dict.fromkeys(LISTED, LISTS),
    **{item.name: WORDS for item in fields(Posting) if item.name not in {*ODD, *KEPT, *LISTED}},
)


def texts(values):
    """Every text in plain JSON data."""
    if isinstance(values, str):
        return [values]
    inner = [*values, *values.values()] if isinstance(values, dict) else values if isinstance(values, list) else []
    return [text for value in inner for text in texts(value)]


@given(ANY_POSTING)
def test_it_never_raises_whatever_a_board_wrote(odd):
    found = normalise(odd, SEEN_AT)
    assert not any("\x00" in text for text in texts(asdict(found)))
    assert found.posted_at is None or found.posted_at <= SEEN_AT + timedelta(days=1)
    assert found.salary_min is None or found.salary_max is None or found.salary_min <= found.salary_max
