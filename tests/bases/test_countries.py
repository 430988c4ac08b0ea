from zoneinfo import ZoneInfo

import pytest

from jobspiders.bases.countries import COUNTRIES, NAMES
from jobspiders.items import Market
from jobspiders.normalise.places import read_places


@pytest.mark.parametrize("code", COUNTRIES)
def test_a_country(code):
    country = COUNTRIES[code]
    assert (country.market.country, NAMES[code]) == (code, country.name)
    assert len(country.market.currency) == 3
    assert country.market.dollar in {None, country.market.currency}
    assert ZoneInfo(country.market.timezone)
    assert len(set(country.places)) == len(country.places) >= 2


@pytest.mark.parametrize("code", COUNTRIES)
def test_its_name_is_what_it_is_called(code):
    (place,) = read_places([COUNTRIES[code].name], Market()).places
    assert place.country == code
