"""Every shape in which a property of a JobPosting was seen, by the table of the schema.org dossier."""

import pytest

from jobspiders.bases.schemaorg.pay import pay_in
from jobspiders.bases.schemaorg.places import is_from_home, places_in
from jobspiders.bases.schemaorg.posting import values_of
from jobspiders.bases.schemaorg.shapes import lowered, text_of, words_of
from jobspiders.items import PostedPlace, PostedSalary

PAGE = "https://www.acme.example/jobs/7"


def said(**properties):
    return values_of(lowered(properties), PAGE)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("x", "x"), (5, "5"), (True, None), (None, None), ({"name": "x"}, "x"), ({"@value": "x"}, "x"), (["", "x"], "x"),
        ({"name": ["USA", "USA"]}, "USA"), ({}, None), ([], None), ({"name": {"name": "x"}}, "x"),
        *[(nothing, None) for nothing in ("", " ", "-", "Null", "null", "UNAVAILABLE", "UNKNOWN", "Not Applicable",
                                          "N/A", "0", 0)],
    ],
)  # fmt: skip
def test_texts(value, text):
    assert text_of(value) == text


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("Java, Python; Go\nRust", ["Java", "Python", "Go", "Rust"]),
        (["Java", "Python, Go"], ["Java", "Python", "Go"]),
        ("Java", ["Java"]),
        ("", []),
        ("You should be reasonably fit and like to talk with all the people who come to us every single day", None),
        ("<ul><li>Java</li></ul>", None),
        (["A sentence, with a comma in it that is very long, long enough to be one of its own", "Java"], None),
    ],
)
def test_lists_of_words(value, words):
    assert words_of(value) == words


def test_keys_are_lowered_without_their_vocabulary():
    assert lowered({"Title": "", "schema:title": "a", "http://schema.org/Value": [{"maxValue": 1}], "@type": "X"}) == {
        "title": "a", "value": [{"maxvalue": 1}], "@type": "X",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("employer", "company"),
    [
        ({"name": "Acme", "sameAs": "https://acme.test", "logo": "/l.png"},
         {"company": "Acme", "company_website": "https://acme.test", "company_logo": "https://www.acme.example/l.png"}),
        ({"name": "Acme", "sameAs": "https://acme.example/company/acme"},
         {"company": "Acme", "company_url": "https://acme.example/company/acme"}),
        ({"name": "Acme", "sameAs": "https://www.acme.example/"},
         {"company": "Acme", "company_website": "https://www.acme.example/"}),
        ({"name": "Acme", "url": ["Null", "www.acme.test"]}, {"company": "Acme", "company_website": "https://www.acme.test"}),
        ({"name": "Acme", "logo": {"@type": "ImageObject", "contentUrl": "https://x.test/l.png"}},
         {"company": "Acme", "company_logo": "https://x.test/l.png"}),
        ({"name": "Acme", "logo": "public://l.png"}, {"company": "Acme"}),
        ({"legalName": "Acme Inc", "description": "Cooks."}, {"company": "Acme Inc", "company_description": "Cooks."}),
        ([{"name": "Acme"}, {"name": "Other"}], {"company": "Acme"}),
        ("Acme", {"company": "Acme"}),
        ("https://acme.test", {"company_website": "https://acme.test"}),
        ({"name": "UNAVAILABLE"}, {}),
        ([], {}),
        (None, {}),
    ],
)  # fmt: skip
def test_employers(employer, company):
    assert said(hiringOrganization=employer) == company


@pytest.mark.parametrize(
    ("identifier", "company"),
    [
        ({"name": "Acme", "value": 7}, "Acme"), ({"name": "id", "value": 7}, None), ({"name": "Job ID", "value": 7}, None),
        ({"name": "req_number", "value": 7}, None), ("7", None), (7, None),
    ],
)  # fmt: skip
def test_who_numbers_a_job_is_its_employer(identifier, company):
    found = said(identifier=identifier)
    assert found.get("company") == company
    assert found["extra"] == {"identifier": "7"}
    assert said(identifier=identifier, hiringOrganization="Other")["company"] == "Other"


ADDRESS = {"addressLocality": "Kyoto", "addressRegion": "Kyoto-fu", "addressCountry": "JP", "postalCode": 6048136}


@pytest.mark.parametrize(
    ("location", "places"),
    [
        ({"address": ADDRESS}, [PostedPlace(None, None, "Kyoto", "Kyoto-fu", "JP", "6048136")]),
        ([{"address": ADDRESS}, {"address": {"addressCountry": {"name": ["USA", "USA"]}}}],
         [PostedPlace(None, None, "Kyoto", "Kyoto-fu", "JP", "6048136"), PostedPlace(country="USA")]),
        ({"@type": "place", "Address": {"addresslocality": "Lyon", "postalCode": ""}}, [PostedPlace(city="Lyon")]),
        ({"addressLocality": "Lyon"}, [PostedPlace(city="Lyon")]),
        ({"address": "東京都　千葉県"}, ["東京都　千葉県"]),
        ("Chaponnay, France", ["Chaponnay, France"]),
        (["Rome", "Milan"], ["Rome", "Milan"]),
        ({"@type": "Country", "name": "China"}, [PostedPlace("China")]),
        ({"name": "Acme", "address": {"addressCountry": "UK"}}, [PostedPlace("Acme", country="UK")]),
        ({"name": "Employer", "address": ADDRESS}, [PostedPlace(None, None, "Kyoto", "Kyoto-fu", "JP", "6048136")]),
        ({"address": {"streetAddress": "Brasil", "addressCountry": "Brasil"}}, [PostedPlace(country="Brasil")]),
        ({"address": {"streetAddress": "1 Main St, Rome"}}, [PostedPlace("1 Main St, Rome")]),
        ({"address": {"addressLocality": "Bonn", "addressRegion": "Unit", "addressCountry": "Ge"}}, [PostedPlace(city="Bonn")]),
        ({"address": {"addressLocality": "-", "addressRegion": "", "addressCountry": "Null"}}, []),
        ({"address": {"addressLocality": "Ufa"}, "geo": {"latitude": "54.7", "longitude": 55.9}},
         [PostedPlace(city="Ufa", latitude="54.7", longitude="55.9")]),
        ({"address": {"addressLocality": "Ufa"}, "geo": "54.7, 55.9"},
         [PostedPlace(city="Ufa", latitude="54.7", longitude="55.9")]),
        ({"address": {"addressLocality": "Ufa"}, "geo": "nowhere"}, [PostedPlace(city="Ufa")]),
        ({"address": [ADDRESS, {"addressLocality": "Nara"}]},
         [PostedPlace(None, None, "Kyoto", "Kyoto-fu", "JP", "6048136"), PostedPlace(city="Nara")]),
        ({}, []), (None, []), ([], []), (5, ["5"]),
    ],
)  # fmt: skip
def test_places(location, places):
    assert places_in(lowered({"jobLocation": location})) == places


def test_a_place_that_is_only_the_employer_is_none():
    job = {"hiringOrganization": {"name": "Acme"}, "jobLocation": {"name": "Acme", "address": {"addressLocality": ""}}}
    assert places_in(lowered(job)) == []


def test_names_count_where_one_address_stands_for_all():
    places = [{"name": name, "address": ADDRESS} for name in ("Bellevue, WA", "Remote, US")]
    assert places_in(lowered({"jobLocation": places})) == [
        PostedPlace("Bellevue, WA", country="JP"), PostedPlace("Remote, US", country="JP"),
    ]  # fmt: skip


COUNTRY = {"@type": "Country", "name": "USA"}


@pytest.mark.parametrize(
    ("job", "from_home", "places"),
    [
        ({"jobLocationType": "TELECOMMUTE"}, True, []),
        ({"jobLocationType": ["telecommute"]}, True, []),
        ({"jobLocationType": None, "jobLocation": "Rome"}, None, ["Rome"]),
        ({"jobLocation": {"address": "Rome", "additionalProperty": {"value": "TELECOMMUTE"}}}, True, ["Rome"]),
        ({"applicantLocationRequirements": COUNTRY}, True, [PostedPlace("USA")]),
        ({"applicationLocationRequirement": [COUNTRY]}, True, [PostedPlace("USA")]),
        ({"applicantLocationRequirements": COUNTRY, "jobLocation": "Rome"}, None, ["Rome"]),
        ({}, None, []),
    ],
)
def test_work_from_home(job, from_home, places):
    assert is_from_home(lowered(job)) is from_home
    assert places_in(lowered(job)) == places


def test_where_applicants_live_is_kept_beside_a_place():
    found = said(jobLocation="Rome", jobLocationType="TELECOMMUTE", applicantLocationRequirements=[COUNTRY])
    assert found["extra"] == {"applicants_live_in": ["USA"]}
    assert found["arrangement"] == "TELECOMMUTE"


def amount(value, currency="USD", unit="YEAR"):
    return {"@type": "MonetaryAmount", "currency": currency, "value": {"value": value, "unitText": unit}}


@pytest.mark.parametrize(
    ("salary", "pay"),
    [
        ({"currency": "USD", "value": {"minValue": 25, "maxValue": 32.5, "unitText": "HOUR"}}, PostedSalary(25, 32.5, "USD", "HOUR")),
        ({"currency": "USD", "minValue": "25", "maxValue": "32", "unitText": "HOUR"}, PostedSalary("25", "32", "USD", "HOUR")),
        ({"currency": "JPY", "value": {"Value": 900, "unitText": "HOUR"}}, PostedSalary(900, 900, "JPY", "HOUR")),
        ({"currency": "JPY", "value": {"value": 1, "minValue": 1, "maxvalue": 2}}, PostedSalary(1, 2, "JPY")),
        ({"currency": "USD", "value": 15.5, "unitText": "HOUR"}, PostedSalary(15.5, 15.5, "USD", "HOUR")),
        ({"currency": "EUR", "value": "22000€ brut/an"}, PostedSalary(currency="EUR", text="22000€ brut/an")),
        ({"currency": "EUR", "value": [{"minValue": 5, "unitText": "DAY"}]}, PostedSalary(5, None, "EUR", "DAY")),
        ({"minPrice": 1, "maxPrice": 2, "priceCurrency": "USD"}, PostedSalary(1, 2, "USD")),
        ({"price": 9, "priceCurrency": "USD"}, PostedSalary(9, 9, "USD")),
        (amount("20,000/-", "INR", "MONTH"), PostedSalary("20,000/-", "20,000/-", "INR", "MONTH")),
        (amount("$10,500"), PostedSalary("$10,500", "$10,500", "USD", "YEAR")),
        (amount("13,500,000", "VND", "Month"), PostedSalary("13,500,000", "13,500,000", "VND", "Month")),
        (amount("12500-28500/-", "INR", ""), PostedSalary(currency="INR", text="12500-28500/-")),
        (amount("Thương lượng", "VND", "HOUR"), PostedSalary(currency="VND", period="HOUR", text="Thương lượng")),
        ("£13.65/hour - £14.03/hour (CRB18)", "£13.65/hour - £14.03/hour (CRB18)"),
        (45000, "45000"),
        (amount(""), None), (amount("Null"), None), (amount(0), None), (amount(True), None),
        ({"currency": "SAR", "value": {"unitText": "MONTH"}}, None),
        ({"value": {"minValue": 0, "maxValue": 0}}, None),
        ([], None), ("", None), (False, None), (None, None),
    ],
)  # fmt: skip
def test_pay(salary, pay):
    assert pay_in(lowered({"baseSalary": salary})) == pay


def test_the_currency_may_stand_outside():
    assert pay_in(lowered({"baseSalary": {"value": {"minValue": 5}}, "salaryCurrency": "EUR"})) == PostedSalary(
        5, None, "EUR"
    )
    assert pay_in(lowered({"baseSalary": "4000", "salaryCurrency": "EUR"})) == PostedSalary(text="4000", currency="EUR")


def test_the_text_may_stand_in_parts():
    found = said(
        description="<p>Intro. And duties.</p>", responsibilities=["You cook", "You clean"], qualifications="Intro.",
        skills="You know knives, you really do know them well, and so on, as we would all be hoping for here",
        jobBenefits="Food, drink", experienceRequirements={"description": "<p>Years</p>", "monthsOfExperience": "60"},
    )  # fmt: skip
    assert found["description"].split("\n")[:3] == ["<p>Intro. And duties.</p>", "<p>You cook</p>", "<p>You clean</p>"]
    assert "knives" in found["description"]
    assert "Years" in found["description"]
    assert found["description"].count("Intro.") == 1
    assert (found["benefits"], found["experience"]) == (["Food", "drink"], "60 months")
    assert "skills" not in found


@pytest.mark.parametrize(
    ("asked", "experience"),
    [
        ({"monthsOfExperience": 24}, "24 months"), ({"monthsOfExperience": "no requirements"}, "no requirements"),
        ("2+ years", "2+ years"), ({"name": "2 years"}, "2 years"), ("N/A", None), ("x" * 300, None), (None, None),
    ],
)  # fmt: skip
def test_experience(asked, experience):
    assert said(experienceRequirements=asked).get("experience") == experience


@pytest.mark.parametrize(
    ("asked", "education"),
    [
        ({"credentialCategory": "bachelor degree"}, ["bachelor degree"]),
        ([{"credentialCategory": "high school"}, {"credentialCategory": "associate degree"}], ["high school", "associate degree"]),
        ("Master", ["Master"]), ({"description": "Diploma"}, ["Diploma"]), ("UNAVAILABLE", None), ("x" * 300, None),
    ],
)  # fmt: skip
def test_education(asked, education):
    assert said(educationRequirements=asked).get("education") == education


@pytest.mark.parametrize(
    ("posted", "closes", "kept"),
    [
        ("2026-01-02", "2026-02-03", True), ("2026-01-02", "2025-12-31T00:00", False), ("2026-01-02", "2026-01-02", True),
        ("September 24, 2017", "2016-01-01", True), (None, "2026-01-01", True),
    ],
)  # fmt: skip
def test_an_end_before_the_beginning_is_none(posted, closes, kept):
    found = said(datePosted=posted, validThrough=closes)
    assert ("closes" in found) is kept
    assert found.get("posted") == posted


def test_what_else_there_is():
    found = said(
        employmentType=["FULL_TIME", "Term Time"], industry=["A", "B"], occupationalCategory="Cook, Baker",
        totalJobOpenings="3", workHours="24 uur per week", directApply="true", jobStartDate="2026-05-01",
        dateModified="2026-03-03", potentialAction={"target": {"urlTemplate": "/apply/7"}}, jobBenefits=[],
    )  # fmt: skip
    assert found == {
        "employment": ["FULL_TIME", "Term Time"], "industry": "A; B", "categories": ["Cook", "Baker"], "openings": 3,
        "updated": "2026-03-03", "apply_url": "https://www.acme.example/apply/7",
        "extra": {"work_hours": "24 uur per week", "direct_apply": True, "starts": "2026-05-01"},
    }  # fmt: skip
    assert said(potentialAction=[{"target": "https://x.test/a"}])["apply_url"] == "https://x.test/a"
    assert said(applicationContact={"name": "A Person", "email": "a@b.test"}) == {}


@pytest.mark.parametrize("junk", [None, 5, "x", [], {}, [[[]]], {"a": {"b": [1, None]}}, True, [None, 5, {"x": []}]])
def test_junk_anywhere_raises_nothing(junk):
    names = (
        "title", "description", "hiringOrganization", "jobLocation", "baseSalary", "identifier", "datePosted",
        "validThrough", "employmentType", "skills", "jobBenefits", "experienceRequirements", "educationRequirements",
        "potentialAction", "directApply", "industry", "applicantLocationRequirements", "totalJobOpenings",
    )  # fmt: skip
    for name in names:
        said(**{name: junk})
        said(**{name: {"address": junk, "value": junk, "name": junk, "logo": junk, "sameAs": junk, "target": junk}})
    said(**dict.fromkeys(names, junk))
