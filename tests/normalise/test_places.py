import json
from dataclasses import asdict
from importlib.resources import files

import pytest

from jobspiders.items import Market, PostedPlace
from jobspiders.normalise import gazetteer
from jobspiders.normalise.places import Place, read_places

INDONESIA = Market(country="ID")
MALAYSIA = Market(country="MY")
INDIA = Market(country="IN")
AMERICA = Market(country="US")
WORLD = Market()


def said(place):
    """District, city, region, country and postcode, as far as they were understood."""
    return {name: value for name, value in asdict(place).items() if value is not None and name != "text"}


def one(text, market):
    found = read_places([text], market)
    assert len(found.places) == 1, found
    return said(found.places[0])


def place(**parts):
    return {name: value for name, value in parts.items() if value is not None}


def indonesian(city, region, district=None):
    return place(district=district, city=city, region=region, country="ID")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DKI Jakarta", indonesian("Jakarta", "DKI Jakarta")),
        ("Jakarta Raya", indonesian("Jakarta", "DKI Jakarta")),
        ("Jakarta", indonesian("Jakarta", "DKI Jakarta")),
        ("Jakarta Selatan", indonesian("Jakarta Selatan", "DKI Jakarta")),
        ("South Jakarta", indonesian("Jakarta Selatan", "DKI Jakarta")),
        ("Central Jakarta, Jakarta", indonesian("Jakarta Pusat", "DKI Jakarta")),
        ("Kota Administrasi Jakarta Barat", indonesian("Jakarta Barat", "DKI Jakarta")),
        ("Jakarta Selatan, Jakarta Raya", indonesian("Jakarta Selatan", "DKI Jakarta")),
        ("Setiabudi, Jakarta", indonesian("Jakarta", "DKI Jakarta", "Setiabudi")),
        ("Cilandak, Jakarta Selatan, DKI Jakarta", indonesian("Jakarta Selatan", "DKI Jakarta", "Cilandak")),
        ("Bandung", indonesian("Bandung", "Jawa Barat")),
        ("Bandung Kota", indonesian("Bandung", "Jawa Barat")),
        ("Kota Bekasi", indonesian("Bekasi", "Jawa Barat")),
        ("Kabupaten Bandung", indonesian("Kabupaten Bandung", "Jawa Barat")),
        ("Bandung Kabupaten", indonesian("Kabupaten Bandung", "Jawa Barat")),
        ("Kab. Tangerang", indonesian("Kabupaten Tangerang", "Banten")),
        ("Tangerang District, Banten", indonesian("Kabupaten Tangerang", "Banten")),
        ("Kabupaten Sidoarjo", indonesian("Sidoarjo", "Jawa Timur")),
        ("South Tangerang", indonesian("Tangerang Selatan", "Banten")),
        ("Palangkaraya", indonesian("Palangka Raya", "Kalimantan Tengah")),
        ("Solo", indonesian("Surakarta", "Jawa Tengah")),
        ("Bali", indonesian(None, "Bali")),
        ("West Java, Indonesia", indonesian(None, "Jawa Barat")),
        ("Kep. Riau", indonesian(None, "Kepulauan Riau")),
        ("Batam, Kepulauan Riau", indonesian("Batam", "Kepulauan Riau")),
        ("Southwest Papua", indonesian(None, "Papua Barat Daya")),
        # A name that is both a province and a city says no more than the province.
        ("Yogyakarta", indonesian(None, "DI Yogyakarta")),
        ("Kota Yogyakarta", indonesian("Yogyakarta", "DI Yogyakarta")),
        ("Yogyakarta, D.I. Yogyakarta", indonesian("Yogyakarta", "DI Yogyakarta")),
        # Two provinces have a Banjar.
        ("Banjar", indonesian("Banjar", None)),
        ("Kota Banjar", indonesian("Banjar", "Jawa Barat")),
        ("Banjar, Kalimantan Selatan", indonesian("Kabupaten Banjar", "Kalimantan Selatan")),
        ("Batulicin", indonesian("Batulicin", None)),
        ("Lombok", indonesian(None, "Nusa Tenggara Barat")),
        ("Jabodetabek", indonesian(None, None)),
        ("Greater Surabaya Area", indonesian(None, None)),
        ("Jakarta, ID", indonesian("Jakarta", "DKI Jakarta")),
        ("Surabaya (WFO)", indonesian("Surabaya", "Jawa Timur")),
        ("Jl. Merdeka 1, Bogor, Jawa Barat", indonesian("Bogor", "Jawa Barat", "Jl. Merdeka 1")),
        # The text may say another country than the board's own.
        ("Kuala Lumpur", place(city="Kuala Lumpur", region="Kuala Lumpur", country="MY")),
        ("Singapore", place(city="Singapore", country="SG")),
        ("Amerika Serikat", place(country="US")),
    ],
)  # fmt: skip
def test_an_indonesian_board(text, expected):
    assert one(text, INDONESIA) == expected


@pytest.mark.parametrize(
    ("text", "market", "expected"),
    [
        (
            "Kepong, Kuala Lumpur",
            MALAYSIA,
            place(district="Kepong", city="Kuala Lumpur", region="Kuala Lumpur", country="MY"),
        ),
        ("Petaling Jaya, Selangor", MALAYSIA, place(city="Petaling Jaya", region="Selangor", country="MY")),
        ("Pulau Pinang", MALAYSIA, place(region="Penang", country="MY")),
        ("Johor Baru", MALAYSIA, place(city="Johor Bahru", region="Johor", country="MY")),
        ("Makati City, Metro Manila", WORLD, place(city="Makati", region="Metro Manila", country="PH")),
        ("Central Region", Market(country="SG"), place(district="Central Region", city="Singapore", country="SG")),
        ("Singapore 018989", WORLD, place(city="Singapore", country="SG", postcode="018989")),
        ("Chatuchak, Bangkok", WORLD, place(district="Chatuchak", city="Bangkok", region="Bangkok", country="TH")),
        ("Bangalore/Bengaluru", INDIA, place(city="Bengaluru", region="Karnataka", country="IN")),
        ("Bengaluru(Varthur +4)", INDIA, place(district="Varthur", city="Bengaluru", region="Karnataka", country="IN")),
        (
            "Mumbai (All Areas)(Lower Parel West)",
            INDIA,
            place(district="Lower Parel West", city="Mumbai", region="Maharashtra", country="IN"),
        ),
        (
            "Technopark, Thiruvananthapuram, Kerala",
            INDIA,
            place(district="Technopark", city="Thiruvananthapuram", region="Kerala", country="IN"),
        ),
        ("Delhi / NCR", INDIA, place(country="IN")),
        ("New Delhi, Delhi", INDIA, place(city="New Delhi", region="Delhi", country="IN")),
        ("Portland, OR 97204", AMERICA, place(city="Portland", region="Oregon", country="US", postcode="97204")),
        (
            "New York, NY 10012 (Little Italy area)",
            AMERICA,
            place(district="Little Italy", city="New York", region="New York", country="US", postcode="10012"),
        ),
        (
            "Hybrid work in San Jose, CA 95131",
            AMERICA,
            place(city="San Jose", region="California", country="US", postcode="95131"),
        ),
        ("Hayfork, CA", AMERICA, place(city="Hayfork", region="California", country="US")),
        (
            "Perth WA 6000",
            Market(country="AU"),
            place(city="Perth", region="Western Australia", country="AU", postcode="6000"),
        ),
    ],
)
def test_boards_of_other_countries(text, market, expected):
    assert one(text, market) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("New York, NY, US", place(city="New York", region="New York", country="US")),
        ("Austin, TX", place(city="Austin", region="Texas", country="US")),
        ("San Francisco, CA", place(city="San Francisco", region="California", country="US")),
        ("Washington, D.C.", place(city="Washington", region="District of Columbia", country="US")),
        ("Brooklyn, United States", place(city="Brooklyn", region="New York", country="US")),
        ("New York, United States", place(region="New York", country="US")),
        ("Toronto, Ontario, CA", place(city="Toronto", region="Ontario", country="CA")),
        ("Atlanta, Georgia", place(city="Atlanta", region="Georgia", country="US")),
        ("Jakarta, Jakarta, Indonesia", place(city="Jakarta", region="DKI Jakarta", country="ID")),
        ("Jakarta, Indonesia", place(city="Jakarta", region="DKI Jakarta", country="ID")),
        ("Jakarta Metropolitan Area", place(country="ID")),
        ("Greater Jakarta", place(country="ID")),
        ("Indonesia", place(country="ID")),
        ("San Francisco Bay Area", place(region="California", country="US")),
        ("Minto, New South Wales, Australia", place(city="Minto", region="New South Wales", country="AU")),
        ("Paris, IDF, FR", place(city="Paris", region="IDF", country="FR")),
        ("Poznań, Wielkopolskie, Poland", place(city="Poznań", region="Wielkopolskie", country="PL")),
        ("Comunidad de Madrid, España", place(region="Comunidad de Madrid", country="ES")),
        ("Seoul, South Korea", place(city="Seoul", country="KR")),
        ("London, UK", place(city="London", region="England", country="GB")),
        ("India, Bangalore", place(city="Bengaluru", region="Karnataka", country="IN")),
        ("Melbourne VIC, Australia", place(city="Melbourne", region="Victoria", country="AU")),
        # Nothing is invented: which Madrid, which CA, which Georgia?
        ("Madrid", place(city="Madrid")),
        ("Richmond, CA", place(city="Richmond")),
        ("Berlin, DE", place(city="Berlin")),
        ("Georgia", place()),
        ("Europe", place()),
    ],
)  # fmt: skip
def test_a_board_of_the_whole_world(text, expected):
    assert one(text, WORLD) == expected


def cities(found):
    return [place.city or place.region or place.country for place in found.places]


@pytest.mark.parametrize(
    ("text", "market", "expected", "remote"),
    [
        ("Remote", WORLD, [], True), ("Jarak jauh", INDONESIA, [], True),
        ("Kerja dari rumah", INDONESIA, [], True), ("WFH", INDONESIA, [], True),
        ("Remote/WFH", INDONESIA, [], True), ("Anywhere", WORLD, [], True),
        ("Remote job", WORLD, [], True),
        ("Remote (US; AR; BR; CO; MX)", WORLD, ["US", "AR", "BR", "CO", "MX"], True),
        ("US / AR / BR / Remote (US; AR; BR)", WORLD, ["US", "AR", "BR"], True),
        ("CA / Remote (CA)", WORLD, [None], True),
        ("San Francisco / Remote (US)", WORLD, ["San Francisco", "US"], True),
        ("Remote, United States; Remote, Canada", WORLD, ["US", "CA"], True),
        ("Remote - US, Canada", WORLD, ["US", "CA"], True),
        ("United States (Remote)", WORLD, ["US"], True), ("Remote US", WORLD, ["US"], True),
        ("Anywhere in the US", WORLD, ["US"], True), ("Remote, Bangalore", WORLD, ["Bengaluru"], True),
        ("Hybrid (UK)", WORLD, ["GB"], False), ("Hybrid", WORLD, [], False),
        ("Austin, TX / Toronto, ON, CA / Toronto, Ontario, CA", WORLD, ["Austin", "Toronto"], False),
        ("Troy, NY, US / Remote (Kyiv, Kyiv city, UA; Oslo, NO)", WORLD, ["Troy", "Kyiv", "Oslo"], True),
        ("Austin | Chicago | New York City", WORLD, ["Austin", "Chicago", "New York"], False),
        ("US-Remote, US-San Francisco, US-Texas", WORLD, ["US", "San Francisco", "Texas"], True),
        ("Hybrid - Pune, Mumbai (All Areas)", INDIA, ["Pune", "Mumbai"], False),
        ("Hyderabad, Bengaluru, Delhi / NCR ", INDIA, ["Hyderabad", "Bengaluru", "IN"], False),
        ("Jakarta, Bandung, Surabaya", INDONESIA, ["Jakarta", "Bandung", "Surabaya"], False),
        ("Bekasi & Karawang", INDONESIA, ["Bekasi", "Karawang"], False),
        ("Kuala Lumpur/Selangor", WORLD, ["Kuala Lumpur", "Selangor"], False),
        ("Cambridge, MA or Remote", WORLD, ["Cambridge"], True),
    ],
)  # fmt: skip
def test_several_places_and_remote_work(text, market, expected, remote):
    found = read_places([text], market)
    assert cities(found) == expected
    assert found.remote is remote


def test_each_place_keeps_its_words_and_all_words_are_kept():
    found = read_places(["Hybrid - Pune, Thane", "Remote"], INDIA)
    assert [place.text for place in found.places] == ["Pune", "Thane"]
    assert found.text == "Hybrid - Pune, Thane; Remote"
    assert read_places(["", " - ", PostedPlace()], INDIA) == read_places([], INDIA)


def test_words_without_meaning_are_handed_back():
    found = read_places(["CA", "Madrid y alrededores", "Europe", "Bandung"], WORLD)
    assert found.unread == ("CA", "Madrid y alrededores")
    assert [place.text for place in found.places] == ["CA", "Madrid y alrededores", "Europe", "Bandung"]


@pytest.mark.parametrize(
    ("parts", "market", "expected"),
    [
        (
            {
                "district": "Tanah Abang",
                "city": "Central Jakarta",
                "region": "Jakarta",
                "country": "Indonesia",
                "latitude": -6.2,
                "longitude": 106.8,
            },
            INDONESIA,
            {**indonesian("Jakarta Pusat", "DKI Jakarta", "Tanah Abang"), "latitude": -6.2, "longitude": 106.8},
        ),
        ({"city": "Jakarta Selatan"}, INDONESIA, indonesian("Jakarta Selatan", "DKI Jakarta")),
        ({"region": "MH"}, INDIA, place(region="Maharashtra", country="IN")),
        (
            {"city": "Bengaluru", "region": "KA", "country": "in"},
            WORLD,
            place(city="Bengaluru", region="Karnataka", country="IN"),
        ),
        (
            {"city": "San Jose", "region": "CA", "country": "us"},
            WORLD,
            place(city="San Jose", region="California", country="US"),
        ),
        (
            {"city": "Sunnyvale", "region": "CA", "country": "USA", "latitude": 0.0, "longitude": 0.0},
            WORLD,
            place(city="Sunnyvale", region="California", country="US"),
        ),
        (
            {"city": "Portland", "region": "OR", "postcode": "97204"},
            AMERICA,
            place(city="Portland", region="Oregon", country="US", postcode="97204"),
        ),
        ({"city": "North Chicago, IL"}, WORLD, place(city="North Chicago", region="Illinois", country="US")),
        (
            {"city": "Tel Aviv", "region": "Tel Aviv", "country": "Israel"},
            WORLD,
            place(city="Tel Aviv", region="Tel Aviv", country="IL"),
        ),
        (
            {"city": "Stockholm", "region": "Sweden", "country": "SE", "postcode": "116 21"},
            WORLD,
            place(city="Stockholm", country="SE", postcode="116 21"),
        ),
        ({"city": "Madrid", "region": "Europe", "country": "ES"}, WORLD, place(city="Madrid", country="ES")),
        ({"country": "United States", "text": "North America"}, WORLD, place(country="US")),
        ({"country": "European Union", "text": "Europe"}, WORLD, place()),
        ({"country": "Indonesia", "text": "Remote - Bandung"}, WORLD, indonesian("Bandung", "Jawa Barat")),
        ({"city": "Lyon", "country": "Republic of Nowhere"}, INDONESIA, place(city="Lyon")),
        ({"city": "Setiabudi", "region": "Jakarta"}, INDONESIA, indonesian("Jakarta", "DKI Jakarta", "Setiabudi")),
        ({"city": "Medan", "latitude": 91.0, "longitude": 98.6}, INDONESIA, indonesian("Medan", "Sumatera Utara")),
        ({"country": "Singapore"}, WORLD, place(city="Singapore", country="SG")),
        ({"text": "Remote", "city": "Remote", "country": "IN"}, WORLD, place(country="IN")),
    ],
)
def test_places_in_parts(parts, market, expected):
    (found,) = read_places([PostedPlace(**parts)], market).places
    assert said(found) == expected


def test_a_district_alone_is_in_the_boards_country():
    (found,) = read_places([PostedPlace(district="Menteng", country=" ")], INDONESIA).places
    assert said(found) == {"district": "Menteng", "country": "ID"}


def test_a_city_called_remote_is_a_marker():
    found = read_places([PostedPlace(city="Remote")], INDIA)
    assert (found.places, found.remote) == ((), True)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Indonesia", "ID"), ("IDN", "ID"), ("id", "ID"), ("Brasil", "BR"), ("Deutschland", "DE"),
        ("United Kingdom", "GB"), ("UK", "GB"), ("Inggris", "GB"), ("Amerika Serikat", "US"), ("USA", "US"),
        ("United States of America", "US"), ("Việt Nam", "VN"), ("日本", "JP"), ("Korea Selatan", "KR"),
        ("Côte d'Ivoire", "CI"), ("The Netherlands", "NL"), ("Atlantis", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_countries_by_any_name(name, code):
    assert gazetteer.country(name) == code


@pytest.fixture(scope="module")
def data():
    return json.loads(files("jobspiders.normalise").joinpath("gazetteer.json").read_text(encoding="utf-8"))["countries"]


def test_indonesia_is_complete(data):
    provinces = data["ID"]["regions"]
    assert len(provinces) == 38
    assert sum(len(province.get("kota", ())) for province in provinces.values()) == 98
    assert sum(len(province.get("kabupaten", ())) for province in provinces.values()) == 416


@pytest.mark.parametrize(
    ("province", "kabupaten", "kota"),
    [
        ("Aceh", 18, 5), ("Sumatera Utara", 25, 8), ("Sumatera Barat", 12, 7), ("Riau", 10, 2), ("Jambi", 9, 2),
        ("Sumatera Selatan", 13, 4), ("Bengkulu", 9, 1), ("Lampung", 13, 2), ("Kepulauan Bangka Belitung", 6, 1),
        ("Kepulauan Riau", 5, 2), ("DKI Jakarta", 1, 5), ("Jawa Barat", 18, 9), ("Jawa Tengah", 29, 6),
        ("DI Yogyakarta", 4, 1), ("Jawa Timur", 29, 9), ("Banten", 4, 4), ("Bali", 8, 1),
        ("Nusa Tenggara Barat", 8, 2), ("Nusa Tenggara Timur", 21, 1), ("Kalimantan Barat", 12, 2),
        ("Kalimantan Tengah", 13, 1), ("Kalimantan Selatan", 11, 2), ("Kalimantan Timur", 7, 3),
        ("Kalimantan Utara", 4, 1), ("Sulawesi Utara", 11, 4), ("Sulawesi Tengah", 12, 1),
        ("Sulawesi Selatan", 21, 3), ("Sulawesi Tenggara", 15, 2), ("Gorontalo", 5, 1), ("Sulawesi Barat", 6, 0),
        ("Maluku", 9, 2), ("Maluku Utara", 8, 2), ("Papua", 8, 1), ("Papua Barat", 7, 0), ("Papua Selatan", 4, 0),
        ("Papua Tengah", 8, 0), ("Papua Pegunungan", 8, 0), ("Papua Barat Daya", 5, 1),
    ],
)  # fmt: skip
def test_every_province_has_its_kabupaten_and_kota(data, province, kabupaten, kota):
    parts = data["ID"]["regions"][province]
    assert (len(parts.get("kabupaten", ())), len(parts.get("kota", ()))) == (kabupaten, kota)


def test_other_countries_have_all_their_regions(data):
    counts = {country: len(parts["regions"]) for country, parts in data.items()}
    assert counts == {"ID": 38, "MY": 16, "PH": 18, "TH": 77, "IN": 36, "US": 52, "CA": 13, "AU": 8, "GB": 4}


def test_every_name_of_the_gazetteer_is_found_again(data):
    for country, parts in data.items():
        for region in parts["regions"]:
            assert gazetteer.Known(country, region) in gazetteer.look_up(region, country)
        for city in parts.get("unmistakable", ()):
            assert gazetteer.city_of(city).country == country, city
    for province, parts in data["ID"]["regions"].items():
        for kind in ("Kota", "Kabupaten"):
            for entry in parts.get(kind.lower(), ()):
                assert gazetteer.city_of(f"{kind} {entry.partition('|')[0]}", "ID", province), entry


def test_all_countries_of_iso_3166_are_there():
    countries = json.loads(files("jobspiders.normalise").joinpath("countries.json").read_text(encoding="utf-8"))
    assert len(countries) == 249
    assert all(len(code) == 2 and len(names[0]) == 3 for code, names in countries.items())
    for code, names in countries.items():
        assert {gazetteer.country(name) for name in (code, *names)} == {code}


def test_an_empty_place_says_nothing():
    assert said(Place(text="x")) == {}
