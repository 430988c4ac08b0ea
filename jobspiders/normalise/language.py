"""Tells the language of a description by its script or its stop-words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from itertools import chain

# As much as is looked at: the first screenful decides, and footers are often in English.
_SAMPLE = 1000
_FEWEST_HITS = 5
_LEAST_SHARE = 0.12
# The best must have so many times the hits of the next, or the text is mixed.
_LEAD = 1.5
# Of a text in another script, so many of its letters are of it; the rest are names and terms in English.
_SCRIPT_SHARE = 0.3

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {
    "th": re.compile("[\u0e00-\u0e7f]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "ko": re.compile("[\uac00-\ud7af]"),
    "ja": re.compile("[\u3040-\u30ff]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
}
_STOP_WORDS = {
    "id ms": "yang dan di ke dari untuk dengan pada dalam ini itu atau akan oleh juga anda kami kita sebagai secara "
    "lebih serta para tidak ada telah dapat boleh harus bagi memiliki bekerja pengalaman kerja sesuai mampu menjadi "
    "bidang pendidikan melakukan memastikan membuat bersedia setiap seluruh baik mencari bergabung posisi calon "
    "adalah antara tentang agar saat tersebut seperti sudah hanya jujur",
    "en": "the and of to in a is for with on as you our we are be will your that or this have an by from at who their "
    "must can",
    "es": "el la los las de del y en que para con por una un su se como más es al nuestro nuestra tu o sus ser años",
    "de": "der die das und in den von zu mit für auf ist im dem nicht ein eine als auch wir sie bei oder sind deine "
    "unser unsere einer ihre du",
    "fr": "le la les de des et en un une du que pour dans est avec sur au vous nous aux par votre notre ou vos nos",
    "pt": "o a os as de do da dos das e em um uma para com não que por na no ao ou você mais nossa nosso sua seu são",
    "nl": "de het een en van in je te voor met op is bij wij jij ons of aan als dat zijn ook naar om jouw onze",
    "vi": "và của các cho có được trong với là công việc người những khi tại từ để hoặc theo năm làm ty",
}
# Indonesian and Malay share their stop-words; of these each has its own.
_INDONESIAN = frozenset(
    _WORD.findall(
        "bahwa karena bisa maupun perusahaan karyawan kantor jurusan lulusan minimal pelamar lamaran lowongan magang "
        "dibutuhkan membutuhkan kebutuhan silakan silahkan kirim sederajat diutamakan kualifikasi kualitas penempatan "
        "domisili tim jabatan penjualan pria standar mengelola operasional dibidang produksi keterampilan aktivitas "
        "kreativitas uang siswa senin rupiah bpjs sma smk sarjana ktp wib"
    )
)
_MALAY = frozenset(
    _WORD.findall(
        "bahawa kerana ialah syarikat sekurang kurangnya jawatan temuduga berkebolehan sahaja hendaklah mestilah "
        "pasukan hantar kemahiran kualiti maklumat elaun dikehendaki bertanggungjawab tugasan jualan perniagaan wang "
        "isnin ahad ringgit kwsp perkeso socso epf spm warganegara"
    )
)


def detect(text: str) -> str | None:
    """The ISO 639-1 code of the language that `text` is written in; None for a short or mixed one.

    Knows id, ms, en, es, de, fr, pt, nl, vi, and by their scripts th, hi, ja, zh and ko.
    """
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample.casefold())
    if script := _script(sample, sum(map(len, words))):
        return script
    hits = Counter(chain.from_iterable(_MEANT[word] for word in words if word in _MEANT))
    (best, most), (_, next_most) = (*hits.most_common(2), ("", 0), ("", 0))[:2]
    if most < _FEWEST_HITS or most < _LEAST_SHARE * len(words) or most < _LEAD * next_most:
        return None
    return _indonesian_or_malay(words) if best == "id ms" else best


def _script(sample: str, letters: int) -> str | None:
    if sample.isascii():
        return None
    counts = {language: len(pattern.findall(sample)) for language, pattern in _SCRIPTS.items()}
    if counts["ja"]:
        counts["ja"] += counts.pop("zh")
    language = max(counts, key=counts.__getitem__)
    return language if counts[language] >= max(_FEWEST_HITS, _SCRIPT_SHARE * letters) else None


def _indonesian_or_malay(words: list[str]) -> str | None:
    indonesian = sum(word in _INDONESIAN for word in words)
    malay = sum(word in _MALAY for word in words)
    if indonesian == malay:
        return None
    return "id" if indonesian > malay else "ms"


def _languages(stop_words: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Which languages a stop-word speaks for: "de" for German not at all, but for four others."""
    every = {word for words in stop_words.values() for word in words.split()}
    return {word: tuple(name for name, words in stop_words.items() if word in words.split()) for word in every}


_MEANT = _languages(_STOP_WORDS)
