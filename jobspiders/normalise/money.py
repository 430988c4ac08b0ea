"""Names currencies: which one a sign, a code or a word means in a market, and what a year's pay in it can be."""

from __future__ import annotations

import unicodedata

from jobspiders.items import Market

_ISO_4217 = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP
CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD
IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR
MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP
SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER
ZAR ZMW ZWG
"""
CODES = frozenset(_ISO_4217.split())
# What needs no market to be understood. Codes in lower case only where they are no words (all, top, try).
_LOWER_CODES = """
usd eur gbp chf aud cad sgd nzd hkd twd jpy cny krw inr idr myr php thb vnd aed sar qar kwd bdt pkr lkr brl mxn pln czk
huf sek nok dkk zar ngn kes egp
"""
WORDS = {code: code.upper() for code in _LOWER_CODES.split()} | {
    word: code
    for code, words in {
        "IDR": "rp rupiah", "MYR": "rm ringgit", "INR": "₹", "PHP": "₱", "THB": "฿ baht บาท", "KRW": "₩ 원",
        "VND": "₫ đ vnđ đồng dong", "GBP": "£ pound pounds sterling", "EUR": "€ euro euros", "JPY": "円 yen 万円",
        "CNY": "rmb yuan", "RUB": "₽ руб рублей rur", "PLN": "zł zl", "CZK": "kč", "TRY": "₺", "UAH": "₴ грн",
        "ILS": "₪ nis", "NGN": "₦", "BDT": "৳ tk taka", "AED": "دإ dhs dirham dirhams", "CHF": "sfr", "KZT": "₸",
        "RON": "lei", "KES": "ksh", "USD": "us$ usd$", "AUD": "a$ au$ aud$", "CAD": "c$ ca$ cad$", "SGD": "s$ sg$ sgd$",
        "HKD": "hk$ hkd$", "TWD": "nt$ ntd$ ntd", "NZD": "nz$ nzd$", "BRL": "r$", "MXN": "mx$ mxn$",
    }.items()
    for word in words.split()
}  # fmt: skip
DOLLARS = frozenset({"USD", "AUD", "CAD", "SGD", "HKD", "TWD", "NZD", "MXN", "CLP", "COP", "ARS", "BND"})
# What only a market decides; the first is meant where the market does not say, None where that would be a guess.
_SHARED: dict[str, tuple[str | None, ...]] = {
    "rs": ("INR", "PKR", "LKR", "NPR", "MUR"),
    "kr": (None, "SEK", "NOK", "DKK", "ISK"),
    "¥": (None, "JPY", "CNY"),
    "元": ("CNY", "TWD", "HKD"),
    "peso": (None, "PHP", "MXN", "ARS", "CLP", "COP"),
    "p": (None, "PHP"),
    "r": (None, "ZAR"),
}
_ALIKE = {
    "rupee": "rs", "rupees": "rs", "rps": "rs", "pesos": "peso", "krona": "kr", "kronor": "kr", "kroner": "kr",
    "dollar": "$", "dollars": "$",
}  # fmt: skip
# Signs that mean money only where that money is used: "R 25 000", "P30,000".
_LOCAL_ONLY = frozenset({"p", "r"})
_AT_HOME = {
    "IN": "INR", "PK": "PKR", "LK": "LKR", "NP": "NPR", "MU": "MUR", "SE": "SEK", "NO": "NOK", "DK": "DKK", "IS": "ISK",
    "JP": "JPY", "CN": "CNY", "PH": "PHP", "MX": "MXN", "AR": "ARS", "CL": "CLP", "CO": "COP", "ZA": "ZAR",
    "TW": "TWD", "HK": "HKD",
}  # fmt: skip

# The least and the greatest that a year of work can bring, by the currency's size. The floor of 1,000 tells
# "$125 - $175" a year for thousands left out (seen on Y Combinator).
_YEAR = {
    currency: bounds
    for bounds, currencies in {
        (1.2e6, 3e9): "IDR",
        (2.4e6, 1e10): "VND LAK IRR UZS KHR MMK GNF SLE PYG UGX TZS",
        (2e5, 2e9): "KRW COP CLP MNT IQD NGN ARS KZT AMD HUF CRC RWF XOF XAF",
        (2e4, 3e8): "JPY PKR LKR NPR BDT KES ISK RSD DZD AOA LBP YER SYP ETB",
        (6e3, 2e8): "INR PHP THB TWD RUB EGP UAH CZK UYU DOP TRY",
        (3e2, 2e6): "KWD BHD OMR JOD",
    }.items()
    for currency in currencies.split()
}
_ELSEWHERE = (1e3, 5e6)
_UNKNOWN = (1e3, 3e9)


def is_currency(word: str, market: Market) -> bool:
    """Whether `word`, as written but without full stops, names a currency in `market`."""
    low = _ALIKE.get(word.lower(), word.lower())
    if low in _LOCAL_ONLY:
        return _choice(low, market) is not None
    return low == "$" or low in WORDS or low in _SHARED or word in CODES


def currency_code(word: str, market: Market) -> str | None:
    """The ISO 4217 code that `word` means in `market`; None when it is no currency or could be several."""
    word = unicodedata.normalize("NFKC", word).strip().replace(".", "")
    low = _ALIKE.get(word.lower(), word.lower())
    if low == "$":
        return market.dollar
    if low in _SHARED:
        return _choice(low, market)
    return WORDS.get(low) or (word.upper() if word.upper() in CODES else None)


def _choice(word: str, market: Market) -> str | None:
    choices = _SHARED[word]
    for code in (market.currency, _AT_HOME.get(market.country or "")):
        if code and code in choices:
            return code
    return choices[0]


def year_bounds(currency: str | None) -> tuple[float, float]:
    """The least and the greatest plausible pay of a year in `currency`."""
    return _YEAR.get(currency, _ELSEWHERE) if currency else _UNKNOWN
