from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobspiders.items import Market, PostedSalary
from jobspiders.normalise.figures import read_number
from jobspiders.normalise.money import currency_code
from jobspiders.normalise.pay_periods import read_period
from jobspiders.normalise.salary import Salary, annual, read_salary

WORLD = Market()
INDONESIA = Market("ID", "IDR", "Asia/Jakarta", "USD")
MALAYSIA = Market("MY", "MYR", "Asia/Kuala_Lumpur")
INDIA = Market("IN", "INR", "Asia/Kolkata", "USD")
AMERICA = Market("US", "USD", "UTC", "USD")
AUSTRALIA = Market("AU", "AUD", "Australia/Sydney", "AUD")
STARTUPS = Market("US", "USD", "UTC", "USD", "YEAR")

# What was published; then the bounds, the currency and the period that it means.
IN_INDONESIA = [
    ("Rp 5.000.000 – Rp 7.000.000 per bulan", 5e6, 7e6, "IDR", "MONTH"),
    ("Rp\xa05.000.000 – Rp\xa07.500.000 per month", 5e6, 7.5e6, "IDR", "MONTH"),
    ("Rp 15,000,000 – Rp 22,000,000 per month", 15e6, 22e6, "IDR", "MONTH"),
    ("Rp5.000.000 – Rp6.000.000 per month", 5e6, 6e6, "IDR", "MONTH"),
    ("Rp 6.950.000 – Rp 8.000.000 per month", 6.95e6, 8e6, "IDR", "MONTH"),
    ("Rp 15.000.000 per month", 15e6, 15e6, "IDR", "MONTH"),
    ("8.000.000 - 12.000.000 per month", 8e6, 12e6, "IDR", "MONTH"),
    ("Rp5.000.000", 5e6, 5e6, "IDR", None),
    ("Rp. 4.500.000 - 6.000.000 / bulan", 4.5e6, 6e6, "IDR", "MONTH"),
    ("Rp.4.500.000,00-Rp.6.000.000,00", 4.5e6, 6e6, "IDR", None),
    ("Rp 5.000.000,00", 5e6, 5e6, "IDR", None),
    ("Rp5.000.000,- s/d Rp7.000.000,-", 5e6, 7e6, "IDR", None),
    ("Rp4.000.000 s.d. Rp5.000.000", 4e6, 5e6, "IDR", None),
    ("Rp 4.000.000 sampai dengan Rp 5.000.000", 4e6, 5e6, "IDR", None),
    ("Rp 4.000.000 hingga 5.000.000", 4e6, 5e6, "IDR", None),
    ("IDR 6,000,000 - 7,000,000", 6e6, 7e6, "IDR", None),
    ("IDR 5,000,000.00 - IDR 7,000,000.00", 5e6, 7e6, "IDR", None),
    ("IDR 120.000.000/tahun", 120e6, 120e6, "IDR", "YEAR"),
    ("IDR3.000.000 - 5.000.000/Bulan", 3e6, 5e6, "IDR", "MONTH"),
    ("IDR 8 - 12 juta", 8e6, 12e6, "IDR", None),
    ("IDR 8,5 juta", 8.5e6, 8.5e6, "IDR", None),
    ("2.500 juta", 2.5e6, 2.5e6, "IDR", None),
    ("2.500 rb", 2.5e6, 2.5e6, "IDR", None),
    ("IDR 4.5 - 5 mio", 4.5e6, 5e6, "IDR", None),
    ("5jt - 8jt", 5e6, 8e6, "IDR", None),
    ("4.5jt s/d 5jt", 4.5e6, 5e6, "IDR", None),
    ("8 juta - 12", 8e6, 12e6, "IDR", None),
    ("Rp 10-15 jt/bln", 10e6, 15e6, "IDR", "MONTH"),
    ("5jt-an per bulan", 5e6, 5e6, "IDR", "MONTH"),
    ("Rp.1 - 2 Juta", 1e6, 2e6, "IDR", None),
    ("Rp.3 – 4 Juta", 3e6, 4e6, "IDR", None),
    ("Rp.10 – 12 Juta", 10e6, 12e6, "IDR", None),
    ("Rp 20 Juta Lebih", 20e6, None, "IDR", None),
    ("Lebih dari Rp. 5.000.000", 5e6, None, "IDR", None),
    ("Mulai dari Rp 5.000.000", 5e6, None, "IDR", None),
    ("Minimum Rp 4 juta", 4e6, None, "IDR", None),
    ("8jt+", 8e6, None, "IDR", None),
    ("Up to Rp 20.000.000", None, 20e6, "IDR", None),
    ("maks 10 juta", None, 10e6, "IDR", None),
    ("hingga 10 juta", None, 10e6, "IDR", None),
    ("di bawah 5jt", None, 5e6, "IDR", None),
    ("sekitar 5jt", 5e6, 5e6, "IDR", None),
    ("Rp. 150.000/hari", 150e3, 150e3, "IDR", "DAY"),
    ("50rb/jam", 50e3, 50e3, "IDR", "HOUR"),
    ("Rp 700.000 – Rp 700.001 per month", 700e3, 700_001, "IDR", "MONTH"),
    ("Gaji bulanan Rp 5 juta", 5e6, 5e6, "IDR", "MONTH"),
    ("Uang saku Rp 1.000.000/bulan", 1e6, 1e6, "IDR", "MONTH"),
    ("13,500,000", 13.5e6, 13.5e6, "IDR", None),
    ("Gaji 5.000.000", 5e6, 5e6, "IDR", None),
    ("$550 – $800 per month", 550, 800, "USD", "MONTH"),
    ("$1.25 per hour", 1.25, 1.25, "USD", "HOUR"),
    ("SGD 5,000-7,000 p.m.", 5000, 7000, "SGD", "MONTH"),
    ("IDR 100 juta - 50 juta", 50e6, 100e6, "IDR", None),
    # a period that its sum belies
    ("Rp 3.000.000 – Rp 4.000.000 per hour", 3e6, 4e6, "IDR", None),
    ("Rp 500.000 per hour", 500e3, 500e3, "IDR", None),
    # periods that are none of ours
    ("Rp 5.000.000/project", 5e6, 5e6, "IDR", None),
    ("Rp 50.000 per 2 jam", 50e3, 50e3, "IDR", None),
    # other numbers in the text
    ("IDR3.000.000 - 5.000.000/Bulan · Bonus IDR500.000 - 1.500.000/month", 3e6, 5e6, "IDR", "MONTH"),
    ("Rp 3 - 4 juta per bulan + tunjangan makan Rp 500.000", 3e6, 4e6, "IDR", "MONTH"),
    ("Rp 4jt + bonus per tahun", 4e6, 4e6, "IDR", None),
    ("Gaji pokok 3 juta, tunjangan 1 juta", 3e6, 3e6, "IDR", None),
    ("Gaji Rp 5.000.000, 8 jam per hari", 5e6, 5e6, "IDR", None),
    ("Rp 5 juta, hubungi 081234567890", 5e6, 5e6, "IDR", None),
    ("IDR 5,000,000 per month, 13th month salary", 5e6, 5e6, "IDR", "MONTH"),
]

IN_INDIA = [
    ("₹ 5-10 Lacs PA", 5e5, 10e5, "INR", "YEAR"),
    ("2.5-5 Lacs PA", 2.5e5, 5e5, "INR", "YEAR"),
    ("2.25-3 Lacs PA", 2.25e5, 3e5, "INR", "YEAR"),
    ("17-27.5 Lacs PA", 17e5, 27.5e5, "INR", "YEAR"),
    ("27.5-40 Lacs PA", 27.5e5, 40e5, "INR", "YEAR"),
    ("2.5-5 Lacs PA (Variable - 10%)", 2.5e5, 5e5, "INR", "YEAR"),
    ("6-10 Lacs P.A.", 6e5, 10e5, "INR", "YEAR"),
    ("Rs 3.00 - 5.00 Lacs p.a.", 3e5, 5e5, "INR", "YEAR"),
    ("50,000-80,000 PA", 50e3, 80e3, "INR", "YEAR"),
    ("50,000-1 Lacs PA", 50e3, 1e5, "INR", "YEAR"),
    ("10,000 P.M.", 10e3, 10e3, "INR", "MONTH"),
    ("1-5 Cr", 1e7, 5e7, "INR", None),
    ("₹ 1.2 Cr", 1.2e7, 1.2e7, "INR", None),
    ("12-18 LPA", 12e5, 18e5, "INR", "YEAR"),
    ("Upto 6 LPA", None, 6e5, "INR", "YEAR"),
    ("₹20L–₹35L per annum", 20e5, 35e5, "INR", "YEAR"),
    ("₹5,00,000 - ₹10,00,000 a year", 5e5, 10e5, "INR", "YEAR"),
    ("₹1,25,000 - ₹1,54,000 a month", 125e3, 154e3, "INR", "MONTH"),
    ("₹14,182.55 - ₹25,000.00 a month", 14182.55, 25000, "INR", "MONTH"),
    ("₹ 25,000 - 40,000/month", 25e3, 40e3, "INR", "MONTH"),
    ("From ₹40,000 a month", 40e3, None, "INR", "MONTH"),
    ("Up to ₹3,200 a month", None, 3200, "INR", "MONTH"),
    ("12500-28500/-", 12500, 28500, "INR", None),
    ("Rs. 20,000/- to 25,000/- per month", 20e3, 25e3, "INR", "MONTH"),
]

ELSEWHERE = [
    ("$120K/yr - $150K/yr", 120e3, 150e3, "USD", "YEAR"),
    ("$160,000.00/yr - $250,000.00/yr", 160e3, 250e3, "USD", "YEAR"),
    ("$120,000 - $150,000 a year", 120e3, 150e3, "USD", "YEAR"),
    ("$65,682.16 - $98,639.28 a year", 65682.16, 98639.28, "USD", "YEAR"),
    ("$25.50 - $32.75 an hour", 25.5, 32.75, "USD", "HOUR"),
    ("From $60,000 a year", 60e3, None, "USD", "YEAR"),
    ("$60,000+", 60e3, None, "USD", None),
    ("$52K - $71.6K a year", 52e3, 71.6e3, "USD", "YEAR"),
    ("$120K–$150K (Employer est.)", 120e3, 150e3, "USD", None),
    ("$120 - 150K", 120e3, 150e3, "USD", None),
    ("100 to $120K", 100e3, 120e3, "USD", None),
    ("$10,500", 10500, 10500, "USD", None),
    ("USD 1.5k-2k/mo", 1500, 2000, "USD", "MONTH"),
    ("USD $25-30/hr", 25, 30, "USD", "HOUR"),
    ("$139,200 — $235,200 USD", 139_200, 235_200, "USD", None),
    ("$90,000 - $110,000 per year CAD", 90e3, 110e3, "CAD", "YEAR"),
    ("CA$80K", 80e3, 80e3, "CAD", None),
    ("A$160,000.00 - A$200,000.00", 160e3, 200e3, "AUD", None),
    ("S$4,000 - S$6,000 monthly", 4000, 6000, "SGD", "MONTH"),
    ("HK$30,000 - HK$40,000 per month", 30e3, 40e3, "HKD", "MONTH"),
    ("NT$ 60,000 - 80,000 (月薪)", 60e3, 80e3, "TWD", "MONTH"),
    ("$15.000 - $20.000 MXN mensuales", 15e3, 20e3, "MXN", "MONTH"),
    ("R$ 5.000,00 a R$ 7.000,00 por mês", 5000, 7000, "BRL", "MONTH"),
    ("£35k - £45k per annum", 35e3, 45e3, "GBP", "YEAR"),
    ("£30000.00 - £35000.00 per annum", 30e3, 35e3, "GBP", "YEAR"),
    ("£13.65/hour - £14.03/hour (CRB18)", 13.65, 14.03, "GBP", "HOUR"),
    ("Up to £9.75 per hour", None, 9.75, "GBP", "HOUR"),
    ("\n\t£24,000 plus location allowance where applicable\t", 24e3, 24e3, "GBP", None),
    ("€45.000 - €60.000 per year", 45e3, 60e3, "EUR", "YEAR"),
    ("45 000 € - 60 000 € par an", 45e3, 60e3, "EUR", "YEAR"),
    ("1 500,50 € par mois", 1500.5, 1500.5, "EUR", "MONTH"),
    ("45 à 55 K€", 45e3, 55e3, "EUR", None),
    ("De 24.000 € a 33.000 € al año", 24e3, 33e3, "EUR", "YEAR"),
    ("22000€/an", 22e3, 22e3, "EUR", "YEAR"),
    ("CHF 90’000", 90e3, 90e3, "CHF", None),
    ("40 000 - 60 000 Kč", 40e3, 60e3, "CZK", None),
    ("15 tys. zł", 15e3, 15e3, "PLN", None),
    ("AED 5,000 - 7,000 per month", 5000, 7000, "AED", "MONTH"),
    ("د.إ 5,000 - 7,000", 5000, 7000, "AED", None),
    ("RM 3,500 - RM 5,000", 3500, 5000, "MYR", None),
    ("RM 4,000 – RM 5,500 per month", 4000, 5500, "MYR", "MONTH"),
    ("RM 1,000 per month", 1000, 1000, "MYR", "MONTH"),
    ("RM 3,000 ke atas", 3000, None, "MYR", None),
    ("Below RM 3,000", None, 3000, "MYR", None),
    ("PHP 30,000–40,000", 30e3, 40e3, "PHP", None),
    ("₱25,000 - ₱30,000 monthly", 25e3, 30e3, "PHP", "MONTH"),
    ("฿30,000 - ฿45,000 per month", 30e3, 45e3, "THB", "MONTH"),
    ("15 - 20 triệu", 15e6, 20e6, "VND", None),
    ("15.000.000đ - 20.000.000đ/tháng", 15e6, 20e6, "VND", "MONTH"),
    ("月給25万円", 250e3, 250e3, "JPY", "MONTH"),
    ("401(k), $65,000/yr", 65e3, 65e3, "USD", "YEAR"),
    ("Bonus 13th month, $2000", 2000, 2000, "USD", None),
    ("40 hours per week, $25/hour", 25, 25, "USD", "HOUR"),
    ("1 year contract $5000/month", 5000, 5000, "USD", "MONTH"),
    ("$60,000 ($28.85/hour)", 60e3, 60e3, "USD", None),
    ("$5000 with annual leave", 5000, 5000, "USD", None),
    ("$120k-150k/year + 0.1% equity", 120e3, 150e3, "USD", "YEAR"),
    ("OTE £60k, base £30k", 30e3, 30e3, "GBP", None),
    ("£45,000 OTE £60,000", 45e3, 45e3, "GBP", None),
    ("$42,000 - $47,000 Base Salary (DOE) PLUS Bonus - None hourly", 42e3, 47e3, "USD", None),
    ("between $50k and $60k", 50e3, 60e3, "USD", None),
    ("$115,824  $156,740", 115_824, 156_740, "USD", None),
    ("€50k - £60k", 50e3, 60e3, None, None),
    ("$180,000 an hour", 180e3, 180e3, "USD", None),
]

# Texts of advertisers, gathered after the readers were written.
IN_AUSTRALIA = [
    ("$35-$40/h +Super, Car, Fuel Card, Tablet, Phone", 35, 40, "AUD", "HOUR"),
    ("Paid at an hourly rate of $46.75", 46.75, 46.75, "AUD", "HOUR"),
    ("$26.76 per hour (level 2) PLUS other benefits and allowances", 26.76, 26.76, "AUD", "HOUR"),
    ("25.98 p/hr excluding casual allowance and penalities", 25.98, 25.98, "AUD", "HOUR"),
    ("$0 - $650 per day", None, 650, "AUD", "DAY"),
    ("1800+ Weekly", 1800, None, "AUD", "WEEK"),
    ("$170-180k + Profit Share", 170e3, 180e3, "AUD", None),
    ("$100-130k+", 100e3, 130e3, "AUD", None),
    ("$140 - $160000 per annum", None, 160e3, "AUD", "YEAR"),
    ("Band 6: $87,041.24 - $94,749 per annum + super", 87041.24, 94749, "AUD", "YEAR"),
    ("84000 - 99,601.85", 84000, 99601.85, "AUD", None),
    ("$67,100 - $92,150 plus 15.4% superannuation", 67100, 92150, "AUD", None),
    ("$67k - $73k pa (Level 4 - Award) plus salary packaging to $18,000pa", 67e3, 73e3, "AUD", "YEAR"),
    ("Starting from $58,692 pa (4 days per week)", 58692, None, "AUD", "YEAR"),
    ("$70,000 - 76,000 p/a", 70e3, 76e3, "AUD", "YEAR"),
    ("Level 6 - $94,409 to $103,497 / Level 7- $107,134 to $118,283", 94409, 103_497, "AUD", None),
    ("AU$83964 - AU$96350 per annum + super + salary sacrifice", 83964, 96350, "AUD", "YEAR"),
    ("SCHADS Level 4.4 (SACS Grade 4 Year 4), $75661.04", 75661.04, 75661.04, "AUD", None),
]

AT_STARTUPS = [
    ("$140K - $240K", 140e3, 240e3, "USD", "YEAR"),
    ("$120K - $180K CAD", 120e3, 180e3, "CAD", "YEAR"),
    ("€70K - €100K EUR", 70e3, 100e3, "EUR", "YEAR"),
    ("£50K - £120K GBP", 50e3, 120e3, "GBP", "YEAR"),
    ("₹3M - ₹10M INR", 3e6, 10e6, "INR", "YEAR"),
    ("$24 - $32 / hourly", 24, 32, "USD", "HOUR"),
    ("$1.5K - $2K / monthly", 1500, 2000, "USD", "MONTH"),
    ("$1 - $200K", None, 200e3, "USD", "YEAR"),
]

NO_FIGURE = [
    None,
    "",
    "-",
    "Rp",
    "Rp -",
    "Rp 0",
    "Rp 0 - Rp 0",
    "0.00",
    "Negosiasi",
    "Gaji Kompetitif",
    "Competitive",
    "Competitive salary, 401(k)",
    "Competitive Salary + 17.5% Leave Loading + RDO",
    "Negotiable",
    "$NEG",
    "Not disclosed",
    "Not Disclosed",
    "Not mentioned",
    "Confidential",
    "DOE",
    "Depends on experience",
    "As Per Rules",
    "Best in industry",
    "Attractive remuneration",
    "Gaji UMR",
    "hidden",
    "Unpaid",
    "Unpaid P.M",
    "Hourly",
    "Daily rate",
    "Null",
    "N/A",
    "A convenir",
    "nach Vereinbarung",
    "Thương lượng",
    "Cạnh tranh",
    "面議",
]

UNREADABLE = [
    "8 - 12 years experience",
    "10-15",
    "2026",
    "gaji besar dan bonus",
    "13% Super",
    "A04 level",
    "· Bonus IDR500.000 - 1.500.000/month",
    "Bonus Rp 500.000",
    "$500 monthly bonus",
    "$5,000 sign-on bonus",
    "4 nights Mon -Thu, night shift (10pm to 8am)",
    "Please call 08 7729 1352 for further information",
    "Express Process You Could Be Working In 3 Days",
    "IDR 1-2",
    "Rp 50.000 per month",
    "Rp 1.500.000 - 2",
    "$150 - $170 per annum",
    "$900,000,000 a year",
    "negotiable, " * 30,
    "$5,000 " + "and a team of people who like what they do " * 8,
]


def salary(least: float | None, most: float | None, currency: str | None, period: str | None) -> Salary:
    return Salary(least, most, currency, period)


@pytest.mark.parametrize(
    ("market", "published", "expected"),
    [
        (market, published, salary(*expected))
        for market, table in (
            (INDONESIA, IN_INDONESIA),
            (INDIA, IN_INDIA),
            (AMERICA, ELSEWHERE),
            (AUSTRALIA, IN_AUSTRALIA),
            (STARTUPS, AT_STARTUPS),
        )
        for published, *expected in table
    ],
)
def test_reads_words(market: Market, published: str, expected: Salary) -> None:
    assert read_salary(published, market) == expected


@pytest.mark.parametrize("published", NO_FIGURE)
def test_understands_that_no_figure_is_named(published: str | None) -> None:
    assert read_salary(published, INDONESIA) == Salary()


@pytest.mark.parametrize("published", UNREADABLE)
def test_rather_none_than_a_wrong_salary(published: str) -> None:
    assert read_salary(published, INDONESIA) is None


def test_a_year_of_125_dollars_has_lost_its_thousands() -> None:
    assert read_salary("$125 - $175", STARTUPS) is None


@pytest.mark.parametrize(
    ("published", "gross"),
    [
        ("USD 5,000 - 7,000 / month (gross)", True),
        ("€3.500 brutto/Monat", True),
        ("22000€ brut/an", True),
        ("€9,94 bruto per uur", True),
        ("7 - 10 million net", False),
        ("Rp 5 juta/bulan (nett)", False),
        ("Rp 5 juta bersih", False),
        ("IDR 2.500.000 (take home pay)", False),
        ("Rp 5.000.000 net / Rp 5.500.000 gross", None),
        ("Rp 5.000.000, ASP.NET", None),
    ],
)
def test_knows_gross_from_net(published: str, gross: bool | None) -> None:
    found = read_salary(published, INDONESIA)
    assert found
    assert found.minimum is not None
    assert found.gross is gross


@pytest.mark.parametrize(
    ("published", "market", "currency"),
    [
        ("$5,000 – $7,000 per month", INDONESIA, "USD"),
        ("$5,000 – $7,000 per month", AUSTRALIA, "AUD"),
        ("$5,000 – $7,000 per month", MALAYSIA, None),
        ("5.000 - 7.000 per month", MALAYSIA, "MYR"),
        ("5.000 - 7.000 per month", WORLD, None),
        ("3 ribu - 4 ribu", MALAYSIA, "MYR"),
        ("3 juta - 4 juta", WORLD, "IDR"),
        ("12-18 LPA", WORLD, "INR"),
        ("1.5 lakh", Market("PK", "PKR"), "PKR"),
        ("Rs. 180,000/month", Market("PK", "PKR"), "PKR"),
        ("Rs. 180,000/month", Market("LK"), "LKR"),
        ("Rs. 180,000/month", WORLD, "INR"),
        ("30 000 - 35 000 kr", Market("SE", "SEK"), "SEK"),
        ("30 000 - 35 000 kr", Market("NO"), "NOK"),
        ("30 000 - 35 000 kr", WORLD, None),
        ("¥300,000 per month", Market("JP", "JPY"), "JPY"),
        ("¥30,000 per month", Market("CN", "CNY"), "CNY"),
        ("¥300,000 per month", WORLD, None),
        ("R 25 000 - R 30 000", Market("ZA", "ZAR"), "ZAR"),
        ("P25,000", Market("PH", "PHP"), "PHP"),
        ("IDR 5.000.000", AMERICA, "IDR"),
    ],
)
def test_the_market_decides_only_what_the_words_leave_open(
    published: str, market: Market, currency: str | None
) -> None:
    found = read_salary(published, market)
    assert found
    assert found.maximum is not None
    assert found.currency == currency


@pytest.mark.parametrize(
    ("posted", "market", "expected"),
    [
        (PostedSalary(5_300_000, 5_500_000, "IDR", "MONTH"), WORLD, (5.3e6, 5.5e6, "IDR", "MONTH")),
        (PostedSalary(5_000_000, None, "IDR", "MONTH"), WORLD, (5e6, None, "IDR", "MONTH")),
        (PostedSalary(1_000_000, 2_000_000, "IDR", "PROJECT"), INDONESIA, (1e6, 2e6, "IDR", None)),
        (PostedSalary(100_000, 150_000, "USD", "NONE"), STARTUPS, (100e3, 150e3, "USD", None)),
        (PostedSalary(100_000, 150_000, "USD", "-"), STARTUPS, (100e3, 150e3, "USD", "YEAR")),
        (PostedSalary(250_000, 500_000, "INR", "P.A."), INDIA, (250e3, 500e3, "INR", "YEAR")),
        (PostedSalary(40_000, -1, "INR", "MONTHLY"), INDIA, (40e3, None, "INR", "MONTH")),
        (PostedSalary(0, 3200, "INR", "MONTHLY"), INDIA, (None, 3200, "INR", "MONTH")),
        (PostedSalary(27.85, 41.77, "USD", "HOURLY"), AMERICA, (27.85, 41.77, "USD", "HOUR")),
        (PostedSalary(150_000, 180_000, "USD", "per-year-salary"), WORLD, (150e3, 180e3, "USD", "YEAR")),
        (PostedSalary(20, 30, "USD", "per-hour-wage"), WORLD, (20, 30, "USD", "HOUR")),
        (PostedSalary(100_000, 150_000, "USD", "1 YEAR"), WORLD, (100e3, 150e3, "USD", "YEAR")),
        (PostedSalary("60000.00", "75000.00", "EUR", "year"), WORLD, (60e3, 75e3, "EUR", "YEAR")),
        (PostedSalary("20,000/-", "42,000/-", "INR", "MONTH"), WORLD, (20e3, 42e3, "INR", "MONTH")),
        (PostedSalary("$10,500", None, "", ""), AMERICA, (10500, None, "USD", None)),
        (PostedSalary("£10,500", None, None, None), AMERICA, (10500, None, "GBP", None)),
        (PostedSalary("£30000.00 - £35000.00 per annum", None, "GBP", ""), WORLD, (30e3, 35e3, "GBP", "YEAR")),
        (PostedSalary(900, 900, "円", "HOUR"), WORLD, (900, 900, "JPY", "HOUR")),
        (PostedSalary(50_000, 60_000, "руб.", "MONTH"), WORLD, (50e3, 60e3, "RUB", "MONTH")),
        (PostedSalary(50_000, 60_000, "RUR", "MONTH"), WORLD, (50e3, 60e3, "RUB", "MONTH")),
        (PostedSalary(30_000, 40_000, "EURO", "ANNUM"), WORLD, (30e3, 40e3, "EUR", "YEAR")),
        (PostedSalary(30_000, 40_000, "€", "p.a."), WORLD, (30e3, 40e3, "EUR", "YEAR")),
        (PostedSalary(30_000, 40_000, "AFA", "YEAR"), AMERICA, (30e3, 40e3, None, "YEAR")),
        (PostedSalary(30_000, 40_000, "Null", "Null"), AMERICA, (30e3, 40e3, "USD", None)),
        (PostedSalary(15e6, 25e6, "VND", "MONTH"), WORLD, (15e6, 25e6, "VND", "MONTH")),
        (PostedSalary(5000, 3000, "USD", "MONTH"), WORLD, (3000, 5000, "USD", "MONTH")),
        (PostedSalary(1, 200_000, "USD", "YEAR"), WORLD, (None, 200e3, "USD", "YEAR")),
        (PostedSalary(100, 100_000, "USD", "YEAR"), WORLD, (None, 100e3, "USD", "YEAR")),
        (PostedSalary(150_000, 200_000, "USD", "HOUR"), WORLD, (150e3, 200e3, "USD", None)),
        (PostedSalary(2_300_000, 3_000_000, text="Rp.3 – 4 Juta"), WORLD, (2.3e6, 3e6, "IDR", None)),
        (PostedSalary(130_000, 160_000, text="$130,000 - $160,000 a year"), AUSTRALIA, (130e3, 160e3, "AUD", "YEAR")),
        (PostedSalary(text="RM 4,000 – RM 5,500 per month", currency="USD"), MALAYSIA, (4000, 5500, "MYR", "MONTH")),
        (PostedSalary(text="$5,000 – $7,000 per month", currency="SGD"), MALAYSIA, (5000, 7000, "SGD", "MONTH")),
        (PostedSalary(0, 0, "INR", "YEAR", "6-10 Lacs"), INDIA, (6e5, 10e5, "INR", "YEAR")),
    ],
)
def test_reads_parts(posted: PostedSalary, market: Market, expected: tuple[float, float, str, str]) -> None:
    assert read_salary(posted, market) == salary(*expected)


def test_parts_take_gross_from_the_label() -> None:
    found = read_salary(PostedSalary(5e6, 6e6, "IDR", "MONTH", "Rp 5 - 6 juta nett"), INDONESIA)
    assert found == Salary(5e6, 6e6, "IDR", "MONTH", gross=False)


@pytest.mark.parametrize(
    "posted",
    [
        PostedSalary(),
        PostedSalary(0, 0, "INR", "YEAR"),
        PostedSalary("0.0", "0.0", "USD", "YEAR"),
        PostedSalary(0, 0, "INR", "YEAR", "Not disclosed"),
        PostedSalary("Cạnh tranh", None, "VND", "MONTH"),
        PostedSalary("A convenir", "A convenir", "EUR", "Year"),
        PostedSalary("Null", "Null", "Null", "Null"),
        PostedSalary(math.nan, math.inf, "USD", "YEAR"),
        PostedSalary(-1, -1, "USD", "YEAR"),
    ],
)
def test_parts_without_a_figure(posted: PostedSalary) -> None:
    assert read_salary(posted, WORLD) == Salary()


@pytest.mark.parametrize(
    "posted",
    [
        PostedSalary("75.00", "95.00", "USD", "year"),
        PostedSalary(500_000, 3000, "USD", "MONTH"),
        PostedSalary(2000, 200_000, "USD", "YEAR"),
        PostedSalary(1e12, None, "USD", "YEAR"),
        PostedSalary(text="ask us for it"),
    ],
)
def test_absurd_parts(posted: PostedSalary) -> None:
    assert read_salary(posted, WORLD) is None


@pytest.mark.parametrize(
    ("amount", "period", "year"),
    [
        (25.5, "HOUR", 53040),
        (100, "DAY", 26000),
        (500, "WEEK", 26000),
        (5e6, "MONTH", 60e6),
        (60e3, "YEAR", 60e3),
        (5e6, None, None),
        (None, "MONTH", None),
    ],
)
def test_a_year_of_it(amount: float | None, period: str | None, year: float | None) -> None:
    assert annual(amount, period) == year


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("5", 5),
        ("5.000.000", 5e6),
        ("5,000,000", 5e6),
        ("5,00,000", 5e5),
        ("12,50,000.50", 1250000.5),
        ("5.000.000,00", 5e6),
        ("1,234.56", 1234.56),
        ("90’000", 90e3),
        ("45 000", 45e3),
        ("8,5", 8.5),
        ("27.85", 27.85),
        ("2.25", 2.25),
        ("5.000", 5000),
        ("0.500", 0.5),
        ("1234.567", 1234.567),
        ("12.11.2026", None),
        ("5.00.0000", None),
        ("1.2,3.4", None),
        ("1" * 16, None),
    ],
)
def test_reads_a_number(written: str, number: float | None) -> None:
    assert read_number(written) == number


def test_before_a_million_one_sign_is_a_decimal_one() -> None:
    assert read_number("2.500", before_million=True) == 2.5


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("MONTH", "MONTH"),
        ("Month", "MONTH"),
        ("yearly", "YEAR"),
        ("ANNUM", "YEAR"),
        ("p.a.", "YEAR"),
        ("1 HOUR", "HOUR"),
        ("per-month-salary", "MONTH"),
        ("PROJECT", ""),
        ("Bi-weekly", ""),
        ("", None),
        ("-", None),
        (None, None),
    ],
)
def test_reads_a_period(written: str | None, period: str | None) -> None:
    assert read_period(written) == period


@pytest.mark.parametrize(
    ("written", "code"),
    [("idr", "IDR"), ("Rp.", "IDR"), ("EURO", "EUR"), ("руб.", "RUB"), ("XOF", "XOF"), ("JPN", None), ("$", "USD")],
)
def test_names_a_currency(written: str, code: str | None) -> None:
    assert currency_code(written, AMERICA) == code


PIECES = """
1 5 10 120 5.000.000 7,000,000 1.5 25.50 ² ३ - – to s/d + / /- % ( ) · , . $ Rp IDR RM € kr S$ ¥ USD k K jt juta
Lacs LPA rb per a an bulan month year /yr hour PA hari up from lebih bonus net gross max min and between 13th
401(k) Level
"""
BITS = st.lists(st.sampled_from(PIECES.split()), max_size=10)
WORDS = st.one_of(st.text(max_size=40), BITS.map(" ".join), BITS.map("".join))
FIGURES = st.none() | st.floats() | st.integers() | WORDS
PARTS = st.builds(PostedSalary, FIGURES, FIGURES, st.none() | WORDS, st.none() | WORDS, st.none() | WORDS)


@given(WORDS | PARTS, st.sampled_from([WORLD, INDONESIA, INDIA, STARTUPS, MALAYSIA]))
@settings(deadline=None, derandomize=True, database=None)
def test_no_salary_makes_it_fail(published: str | PostedSalary, market: Market) -> None:
    found = read_salary(published, market)
    if found is None:
        return
    bounds = [bound for bound in (found.minimum, found.maximum) if bound is not None]
    assert bounds == sorted(bounds)
    assert all(0 < bound < math.inf for bound in bounds)
    assert bounds or found == Salary()
    assert found.period in {None, "HOUR", "DAY", "WEEK", "MONTH", "YEAR"}
    assert found.currency is None or (len(found.currency) == 3 and found.currency.isupper())
    assert all(annual(bound, found.period) is not None for bound in bounds) or found.period is None


@pytest.mark.parametrize("text", ["9 " * 50_000, "Rp 1.000 - " * 20_000, "EUR 5 000" + " 000" * 200])
def test_what_is_too_long_for_a_salary_is_not_read(text: str) -> None:
    for published in (text, PostedSalary(text=text), PostedSalary(minimum=text), PostedSalary(text, text, "EUR")):
        assert read_salary(published, Market()) is None
    assert read_salary(PostedSalary(5000, text, "EUR", "MONTH"), Market()).minimum == 5000
