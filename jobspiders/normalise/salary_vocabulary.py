"""The words of salaries: multipliers, what joins and bounds two figures, what is pay beside the salary."""

from __future__ import annotations


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


LAKH = 100_000
MULTIPLIERS: dict[str, float] = {
    word: factor
    for factor, words in {
        1e3: "k 千 rb ribu ribuan thousand mil tsd tys",
        1e4: "万 萬 万円",
        LAKH: "lakh lakhs lac lacs l lpa",
        1e6: "jt jtan juta jutaan m mn mio million millions tr triệu",
        1e7: "cr crore crores",
    }.items()
    for word in words.split()
}
# The currency that a multiplier implies where none is written, unless the market's own currency shares the word.
IMPLIED = {
    word: (currency, _words(shared))
    for currency, shared, words in (
        ("IDR", "MYR BND SGD", "juta jutaan ribu ribuan"),
        ("IDR", "", "jt jtan rb"),
        ("INR", "PKR BDT NPR LKR", "lakh lakhs lac lacs l lpa cr crore crores"),
        ("VND", "", "tr triệu"),
        ("JPY", "", "万円"),
    )
    for word in words.split()
}

SEPARATORS = _words("- – — − ‑ ~ to a à sampai hingga bis until till hasta s/d sd 至 〜") | {"sampai dengan"}
ANDS = _words("and dan y et und & e")
BETWEEN = _words("between antara entre zwischen")
AT_MOST = _words(
    "upto up max maks maksimal maksimum maximum máximo under below less kurang bawah to sampai hingga bis hasta jusqu",
    "até tot until s/d sd < ≤",
)
AT_LEAST = _words(
    "from starting starts start min minimum minimal mínimo mulai dari least above over more lebih ab desde partir",
    "mindestens vanaf od atas > ≥",
)
OR_MORE = _words("lebih keatas atas up above more onwards minimum min minimal +")
OR_LESS = _words("max maks maksimal maximum bawah")

GROSS = _words("gross bruto brutto brut bruta brutos bruts kotor")
NET = _words("net nett netto neto netos neta bersih thp take-home") | {"take home"}
TAXED = GROSS | NET

# Pay beside the salary, or no pay at all.
EXTRA = _words(
    "bonus bonuses insentif incentive incentives commission commissions komisi tunjangan allowance allowances thr ote",
    "equity stock stocks shares sign signing joining referral relocation lembur overtime transport makan bpjs",
    "insurance leave deposit increment",
)
# What a number behind it is the name of: "Level 6 - $94,409".
LABELS = _words("level band grade class tier step group category no golongan kelas tingkat gred")
CLAUSES = _words(", ; · • | ( )")
BREAKS = CLAUSES | _words("plus + dan and with serta & dengan y et und")
STOPS = _words("; · • | plus")
# Words that may stand around bare figures ("Salary range: 25000 - 30000") without making them something else.
LEAD = CLAUSES | _words(
    "salary salaries gaji pay wage wages upah base basic pokok range kisaran est estimated employer about around",
    "approx sekitar ca circa ctc package remuneration sueldo salario gehalt salaire rate",
)

# Words that name no figure, and say so.
SILENT = (
    r"nego|\bneg\b|kompetitif|competiti|bersaing|disclos|mention|confiden|rahasia|hidden|\bdoe\b|depend|convenir|vereinbarung"
    r"|verhandel|thương lượng|thỏa thuận|thoả thuận|cạnh tranh|market rate|as per|sesuai|best in|attractive"
    r"|menarik|commensurate|\btb[ad]\b|^n/?a$|^null$|^none$|unavailable|unknown|applicable|specified|unpaid"
    r"|tidak dibayar|log ?in|sign in|discuss|agreed|combinar|según|selon|profil|uzgodnienia|面議|応相談|\bum[rpk]\b"
    r"|ditampilkan|disembunyikan|^(?:hourly|daily|weekly|monthly|yearly|annual)(?: rate)?$"
)
