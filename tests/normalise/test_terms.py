import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobspiders.normalise import terms, vocabulary


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (["Full time"], ["FULL_TIME"]), (["FULL_TIME"], ["FULL_TIME"]), (["FullTime"], ["FULL_TIME"]),
        (["Penuh Waktu"], ["FULL_TIME"]), (["purna-waktu"], ["FULL_TIME"]), (["Jornada completa"], ["FULL_TIME"]),
        (["正社員"], ["FULL_TIME"]), (["Vollzeit"], ["FULL_TIME"]), (["full"], ["FULL_TIME"]),
        (["This is a Full time job"], ["FULL_TIME"]), (["Full Time Employee"], ["FULL_TIME"]),
        (["Regular Full Time (Salary)"], ["FULL_TIME"]), (["FTE - Regular"], ["FULL_TIME"]),
        (["Paruh waktu"], ["PART_TIME"]), (["Part-time"], ["PART_TIME"]), (["Teilzeit"], ["PART_TIME"]),
        (["Kontrak"], ["CONTRACTOR"]), (["Freelance"], ["CONTRACTOR"]), (["PROJECT_BASED"], ["CONTRACTOR"]),
        (["Contract/Temp"], ["CONTRACTOR", "TEMPORARY"]), (["Kasual"], ["TEMPORARY"]),
        (["Casual/Vacation"], ["TEMPORARY"]), (["Term Time"], ["TEMPORARY"]), (["Magang"], ["INTERN"]),
        (["Internship"], ["INTERN"]), (["Apprenticeship"], ["INTERN"]), (["Harian"], ["PER_DIEM"]),
        (["Volunteer"], ["VOLUNTEER"]), (["Permanent"], ["OTHER"]), (["CDI"], ["OTHER"]),
        (["Contrato por obra"], ["CONTRACTOR"]),
        (["Full Time, Permanent"], ["FULL_TIME"]), (["fulltime_permanent"], ["FULL_TIME"]),
        (["Full Time, Temporary/Contractual"], ["FULL_TIME", "TEMPORARY", "CONTRACTOR"]),
        (["Part Time, Freelance/Homebased"], ["PART_TIME", "CONTRACTOR"]),
        (["fulltime_fixed_term"], ["FULL_TIME", "TEMPORARY"]),
        (["FULL_TIME", "CONTRACTOR", "Full time"], ["FULL_TIME", "CONTRACTOR"]), (["Fresher"], []), ([], []),
        ([""], []),
    ],
)  # fmt: skip
def test_employment(published, expected):
    assert terms.read_employment(published) == (expected, [])


@pytest.mark.parametrize(
    ("published", "types", "unknown"),
    [
        (["Contract Manager"], [], ["Contract Manager"]),
        (["WALK IN"], [], ["WALK IN"]),
        (["Full-time, four-day week"], ["FULL_TIME"], ["four-day week"]),
    ],
)
def test_what_is_no_employment_type_is_handed_back(published, types, unknown):
    assert terms.read_employment(published) == (types, unknown)


@pytest.mark.parametrize(
    ("published", "expected", "unknown"),
    [
        ("Kantor", "ONSITE", []), ("Dikantor", "ONSITE", []), ("Kerja di kantor", "ONSITE", []),
        ("On-site", "ONSITE", []), ("OnSite", "ONSITE", []), ("on_site", "ONSITE", []),
        ("Work from office", "ONSITE", []), ("Hibrid", "HYBRID", []), ("( Hybrid )", "HYBRID", []),
        ("REMOTE_HYBRID", "HYBRID", []), ("Jarak jauh", "REMOTE", []), ("Remote/Dari rumah", "REMOTE", []),
        ("TELECOMMUTE", "REMOTE", []), ("REMOTE_ALWAYS", "REMOTE", []), ("Work from home", "REMOTE", []),
        ("Temp. WFH due to covid", "REMOTE", []), ("Kantor, Hibrid", "HYBRID", []),
        ("Kantor, Jarak jauh", "HYBRID", []), ("Hybrid or remote", "HYBRID", []), ("unspecified", None, []),
        ("", None, []), (None, None, []), ("2 days a month", None, ["2 days a month"]),
        ("Hybrid, flexible hours", "HYBRID", ["flexible hours"]),
    ],
)  # fmt: skip
def test_arrangement(published, expected, unknown):
    assert terms.read_arrangement(published) == (expected, unknown)


@pytest.mark.parametrize(
    ("published", "expected", "unknown"),
    [
        ("Internship", "INTERN", []), ("Entry level", "ENTRY", []), ("Junior / Entry Level", "ENTRY", []),
        ("Lulusan baru / Pengalaman kerja kurang dari 1 tahun", "ENTRY", []), ("Associate", "ASSOCIATE", []),
        ("Staff / Officer", "ASSOCIATE", []), ("Pegawai (non-manajemen & non-supervisor)", "ASSOCIATE", []),
        ("Mid-Senior level", "MID", []), ("mid_senior_level", "MID", []), ("mid_level", "MID", []),
        ("Senior", "SENIOR", []), ("Supervisor / Coordinator", "LEAD", []), ("Supervisor/Koordinator", "LEAD", []),
        ("Manager / Assistant Manager", "MANAGER", []), ("Manajer / Asisten Manajer", "MANAGER", []),
        ("Director", "DIRECTOR", []), ("Executive", "EXECUTIVE", []),
        ("CEO / GM / Direktur / Manajer Senior", "EXECUTIVE", []), ("Not Applicable", None, []),
        ("Tidak Terspesifikasi", None, []), ("No corresponde", None, []), (None, None, []),
        ("Algo de responsabilidad", "ASSOCIATE", []), ("Intermedio", "MID", []),
        ("Senior Executive", None, ["Senior Executive"]), ("Level 7b wizard", None, ["Level 7b wizard"]),
    ],
)  # fmt: skip
def test_seniority(published, expected, unknown):
    assert terms.read_seniority(published) == (expected, unknown)


@pytest.mark.parametrize(
    ("published", "expected", "unknown"),
    [
        (["PRIMARY_SCHOOL"], "PRIMARY", []), (["SECONDARY_SCHOOL"], "JUNIOR_HIGH", []),
        (["HIGH_SCHOOL"], "HIGH_SCHOOL", []), (["DIPLOMA"], "DIPLOMA", []), (["BACHELOR_DEGREE"], "BACHELOR", []),
        (["MASTER_DEGREE"], "MASTER", []), (["DOCTORATE"], "DOCTORATE", []),
        (["PROFESSIONAL_EDUCATION"], "PROFESSIONAL", []), (["SMA / SMK / STM"], "HIGH_SCHOOL", []),
        (["Diploma/D1/D2/D3"], "DIPLOMA", []), (["Sarjana / S1"], "BACHELOR", []), (["Master / S2"], "MASTER", []),
        (["Doctor / S3"], "DOCTORATE", []), (["Minimal SMA/SMK"], "HIGH_SCHOOL", []),
        (["Bachelor's Degree"], "BACHELOR", []), (["High School or equivalent"], "HIGH_SCHOOL", []),
        (["Sarjana / S1", "Diploma/D1/D2/D3", "SMA / SMK / STM"], "HIGH_SCHOOL", []),
        (["PROFESSIONAL_EDUCATION", "BACHELOR_DEGREE"], "BACHELOR", []), (["Any Graduate"], "BACHELOR", []),
        (["Any Postgraduate"], "MASTER", []),
        (["Any Graduate, B.C.A. in Any Specialization, B.Tech / B.E. in Any Specialization"], "BACHELOR", []),
        (["MBA/PGDM in Finance"], "MASTER", []), (["S1 Teknik Informatika"], "BACHELOR", []),
        (["PhD preferred, at least a Master's in statistics"], "MASTER", []),
        (["Post Graduation Not Required"], None, []), (["Doctorate Not Required"], None, []),
        (["Unspecified"], None, []), ([], None, []),
        (["A degree is not required, talent is"], None, ["A degree is not required", "talent is"]),
        (["Knows how to be on time"], None, ["Knows how to be on time"]),
    ],
)  # fmt: skip
def test_education(published, expected, unknown):
    assert terms.read_education(published) == (expected, unknown)


@pytest.mark.parametrize(
    ("published", "closed"),
    [
        ("OPEN", False), ("Active", False), ("publish", False), ("published", False), ("Aktif", False),
        ("CLOSED", True), ("Expired", True), ("Ditutup", True), ("No longer accepting applications", True),
        ("DRAFT", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_status(published, closed):
    assert terms.read_status(published) is closed


def test_the_ladder_of_education_has_every_level():
    assert sorted(vocabulary.LADDER) == sorted(set(vocabulary.EDUCATION.values()))


@given(st.lists(st.text()))
def test_no_text_breaks_a_reader(texts):
    terms.read_employment(texts)
    terms.read_education(texts)
    for text in texts:
        terms.read_arrangement(text)
        terms.read_seniority(text)
        terms.read_status(text)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Python Developer - Fully Remote | Upto $100/hr", True), ("Desarrollador/a Python (Remoto)", True),
        ("Senior Python Developer - Remoto 100%", True), ("Remote", True), ("Accountant [Work from Home]", True),
        ("Support Agent, Remote", True), ("Remote Sensing Engineer", False), ("Head of Remote Teams", False),
        ("Nurse (Remote Patient Monitoring)", False), ("Developer - Remote/Hybrid", False), ("Developer", False),
        ("Head of Sales, Worldwide", False), ("Manager - Home Office", False),
        ("", False),
    ],
)  # fmt: skip
def test_a_title_that_says_remote_apart(title, expected):
    assert terms.is_remote_title(title) is expected
