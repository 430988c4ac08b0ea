"""The words of boards for each term that we store.

A table is written as our term and the phrases that mean it, divided by "|", and read as phrase to term. The
phrases are those of English, Indonesian, Malay and, where boards were seen to use them, of a dozen other languages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import TypeVar

Phrase = tuple[str, ...]
T = TypeVar("T")


def phrase(text: str) -> Phrase:
    """The words of `text` without case, accents and punctuation; "B.Tech" and "Ph.D." are one word each."""
    folded = text.casefold()
    if not folded.isascii():
        folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if unicodedata.category(c) != "Mn")
    folded = re.sub(r"(?<=\w)\.(?=\w|\s|$)", "", folded)
    return tuple(re.findall(r"[^\W_]+", folded))


def _table(terms: Mapping[T, str]) -> dict[Phrase, T]:
    return {phrase(words): term for term, phrases in terms.items() for words in phrases.split("|")}


# schema.org's and Google's employmentType. "Permanent" says nothing about hours, so it is OTHER.
EMPLOYMENT = _table(
    {
        "FULL_TIME": "full time|fulltime|full|fte|penuh waktu|waktu penuh|purna waktu|sepenuh masa|vollzeit|"
        "temps plein|tiempo completo|jornada completa|tempo integral|tempo pieno|voltijd|heltid|pelny etat|"
        "toan thoi gian|正社員|フルタイム|全职|全職|정규직|เต็มเวลา|งานประจํา",
        "PART_TIME": "part time|parttime|part|paruh waktu|separuh masa|sambilan|teilzeit|temps partiel|"
        "tiempo parcial|media jornada|jornada parcial|meio periodo|tempo parcial|deeltijd|deltid|ban thoi gian|パート|"
        "パートタイム|アルバイト|兼职|兼職|파트타임|พาร์ทไทม์|minijob",
        "CONTRACTOR": "contract|contractor|contractual|contract to hire|kontrak|pkwt|freelance|freelancer|"
        "pekerja lepas|lepas|project|project based|proyek|berbasis proyek|self employed|independent contractor|"
        "freie mitarbeit|freiberuflich|b2b|c2c|corp to corp|契約社員|業務委託|계약직|autonomo|contrato por obra|zzp",
        "TEMPORARY": "temporary|temp|casual|kasual|vacation|seasonal|musiman|sementara|fixed term|term time|"
        "befristet|cdd|interim|temporal|temporario|tijdelijk|派遣社員|임시직",
        "INTERN": "intern|internship|magang|praktik kerja|praktik kerja lapangan|pkl|latihan industri|traineeship|"
        "apprentice|apprenticeship|praktikum|ausbildung|stage|stagiaire|alternance|apprentissage|pasantia|practicas|"
        "becario|estagio|tirocinio|thuc tap|インターン|インターンシップ|实习|實習|인턴",
        "VOLUNTEER": "volunteer|voluntary|relawan|sukarelawan|sukarela|ehrenamt|ehrenamtlich|benevole|benevolat|"
        "voluntario|voluntariado|vrijwilliger|ボランティア",
        "PER_DIEM": "per diem|prn|harian|harian lepas|pekerja harian|pekerja harian lepas|daily",
        "OTHER": "other|others|homebased|lainnya|lain lain|permanent|tetap|karyawan tetap|pegawai tetap|regular|"
        "festanstellung|unbefristet|cdi|indefinido|contrato indefinido|vast contract|無期",
    }
)

ARRANGEMENT = _table(
    {
        "ONSITE": "on site|onsite|on location|kantor|dikantor|di kantor|kerja di kantor|bekerja di kantor|wfo|"
        "work from office|in office|office|office based|in person|di lokasi|presencial|sur site|vor ort|出社",
        "HYBRID": "hybrid|hibrid|hibrida|hibrido|hybride|hybrid work|hybrid remote|remote hybrid|partially remote|"
        "partly remote|kerja hibrid|ハイブリッド|混合",
        "REMOTE": "remote|remote always|fully remote|full remote|100 remote|remote only|remote first|remote job|"
        "remote jobs|remote work|remote position|remotely|work from home|work from anywhere|wfh|temp wfh|"
        "temp wfh due to covid|remote covid temporary|temporarily remote|home based|home office|homeoffice|"
        "telecommute|telecommuting|telework|teleworking|teletrabajo|trabajo remoto|remoto|remota|en remoto|"
        "a distancia|a distance|teletravail|jarak jauh|kerja jarak jauh|dari rumah|kerja dari rumah|"
        "bekerja dari rumah|kerja remote|dari mana saja|lam viec tu xa|tu xa|anywhere|anywhere in the world|"
        "worldwide|リモート|フルリモート|在宅|在宅勤務|远程|遠端|재택근무",
    }
)

SENIORITY = _table(
    {
        "INTERN": "intern|internship|magang|apprentice|student|student college|praktikant|becario|estagio|stagiaire",
        "ENTRY": "entry|entry level|junior|junior level|junior entry level|fresh graduate|fresh grad|fresher|"
        "graduate|no experience|lulusan baru|pemula|sin experiencia|berufseinsteiger|debutant|"
        "fresh grad less than 1 year experience|lulusan baru pengalaman kerja kurang dari 1 tahun",
        "ASSOCIATE": "associate|staff|staff officer|staff level|staf|officer|pegawai|pelaksana|asociado|"
        "algo de responsabilidad|staff non management non supervisor|pegawai non manajemen non supervisor",
        "MID": "mid|mid level|midlevel|middle|medior|intermediate|madya|mid senior|mid senior level|experienced|"
        "professional|berufserfahren|intermedio|confirme",
        "SENIOR": "senior|senior level|sr|expert|senior staff|staf senior",
        "LEAD": "lead|team lead|team leader|tech lead|principal|supervisor|penyelia|coordinator|koordinator|"
        "supervisor coordinator|supervisor koordinator",
        "MANAGER": "manager|manajer|manajerial|managerial|management|senior manager|manajer senior|assistant manager|"
        "asisten manajer|manager assistant manager|manajer asisten manajer|project manager|pengurus",
        "DIRECTOR": "director|direktur|head|head of department|vp|vice president|svp|general manager|manajer umum",
        "EXECUTIVE": "executive|ceo|cxo|c level|c suite|chief|president|president director|presiden direktur|"
        "komisaris|ejecutivo|ceo gm direktur manajer senior|ceo gm director senior manager",
    }
)

EDUCATION = _table(
    {
        "PRIMARY": "primary|primary school|elementary school|sd|sekolah dasar|sekolah rendah",
        "JUNIOR_HIGH": "junior high|junior high school|secondary school|middle school|smp|mts|sltp|10th|10th pass|"
        "sekolah menengah pertama",
        "HIGH_SCHOOL": "high school|senior high|senior high school|high school diploma|ged|sma|smk|stm|smu|slta|"
        "sekolah menengah atas|sekolah menengah kejuruan|sekolah menengah|spm|stpm|o level|a level|12th|12th pass|"
        "abitur|baccalaureat|secondary education|upper secondary|bachillerato|student high school",
        "DIPLOMA": "diploma|d1|d2|d3|d i|d ii|d iii|ahli madya|akademi|associate degree|associates degree|"
        "associate s degree|advanced diploma|polytechnic|hnd|iti|fp grado superior",
        "BACHELOR": "bachelor|bachelors|bachelor degree|bachelors degree|bachelor s|bachelor s degree|s1|s 1|"
        "strata 1|strata satu|sarjana|sarjana muda|ijazah sarjana muda|d4|d iv|undergraduate|undergraduate degree|"
        "any graduate|graduate|graduation|college degree|university degree|btech|be|bsc|bcom|ba|bba|bca|bs|llb|"
        "bpharm|mbbs|licenciatura|licenciado|grado universitario|laurea|licence|dai hoc|大卒|本科|학사",
        "PROFESSIONAL": "professional education|professional degree|professional certificate|"
        "professional qualification|profesi|chartered accountant|cpa|acca",
        "MASTER": "master|masters|master degree|masters degree|master s|master s degree|magister|s2|s 2|strata 2|"
        "postgraduate|post graduate|postgraduate degree|post graduation|any postgraduate|mba|msc|mtech|mca|mcom|pgdm|"
        "ms|ma|maestria|mestrado|thac si|硕士|석사",
        "DOCTORATE": "doctor|doctorate|doctorate degree|doctoral|doctoral degree|phd|s3|s 3|strata 3|doktor|"
        "doctorado|doutorado|tien si|博士|박사",
    }
)

# True: the job is closed. A draft is neither.
CLOSED = _table(
    {
        True: "closed|expired|inactive|archived|filled|unpublished|deleted|removed|ended|ditutup|tutup|kedaluwarsa|"
        "kadaluarsa|berakhir|no longer available|no longer accepting applications|tidak aktif",
        False: "open|active|publish|published|live|listed|visible|online|aktif|dibuka|buka",
    }
)

# Lowest first; PROFESSIONAL (Indonesia's profesi, a chartered accountant) follows a bachelor's degree.
LADDER = (
    "PRIMARY",
    "JUNIOR_HIGH",
    "HIGH_SCHOOL",
    "DIPLOMA",
    "BACHELOR",
    "PROFESSIONAL",
    "MASTER",
    "DOCTORATE",
)

# Understood, and saying nothing.
SILENT = _table(
    {
        True: "unspecified|not specified|not applicable|not required|none|any|all|all levels|no corresponde|no aplica|"
        "semua|semua jenjang|semua level|tidak ada|tidak terspesifikasi|tidak disebutkan|nicht zutreffend|"
        "non applicable|not mentioned|no requirements|no formal education|graduation not required|"
        "post graduation not required|doctorate not required"
    }
)

# May stand around a phrase without changing it.
FILLER = frozenset(
    phrase(
        "a an the this is as in of on and or with at only job jobs work worker position role employee employees "
        "employment basis based status type time salary salaried hourly paid level minimal minimum min setara "
        "sederajat equivalent karyawan pegawai pekerja pekerjaan kerja di dan atau degree fresher hours hrs jam "
        "week minggu"
    )
)
