"""Takes out of saved pages what is nobody's business: persons, their addresses and numbers, and tokens of one visit.

Pure. Keys that name such things are known from the boards' own pages; in running text only e-mail addresses, telephone
numbers and tokens can be told by their shape, a name cannot.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

EMAIL, PHONE, TOKEN = "name@example.com", "+00 000 000 000", "token"

# Keys without case, hyphens and underscores. They are of a person for certain: "advertiser" and "consultant" are
# companies on some boards.
_PERSON = re.compile(
    r"(?:recruiters?|hiring(?:manager|team)s?|creators?|contacts?|contactperson|contactpoint|applicationcontact|founders?"
    r"|(?:job)?posters?|authors?|currentuser|user|viewer|personaldetails|candidate"
    r"|(?:first|last|full|middle|sur)name|(?:user|founder|recruiter)[a-z]+)"
    r"|.*(?:e?mail(?:address)?|phone(?:number)?|telephone|whatsapp(?:number)?|avatar[a-z]*)"
)
_OF_ONE_VISIT = re.compile(
    r".*(?:tokens?|csrf|xsrf|sessionid|cookies?|cookievalue|secret|apikey[a-z]*|password|tracking(?:keys?|urls?|params)?"
    r"|useragent|visitorid|userid|requestid|queryid|traceid|fingerprint|ipaddress|authorization|nonce)"
    r"|ctk|tk|vjtk|logtk|ua|ip|jwt|sid"
)
_ADDRESS = re.compile(
    r"(?<![\w.+-])[\w.+-]+@(?!example\.)[\w-]+(?:\.[\w-]+)*\.(?!png|jpe?g|gif|svg|webp|css|js)[a-z]{2,}", re.IGNORECASE
)
# International; Indonesian and Indian numbers as written at home; North American ones. Digits alone in quotes are an id
# (naukri's begin with the day, so that some look like an Indonesian mobile number).
_NUMBER = re.compile(
    r"(?<![\w.+/-])(?:\+(?!00)\d(?:[ ().-]{0,2}\d){7,14}|0(?!00)\d{2,3}[ -]\d{3,4}[ -]\d{3,5}"
    r"|(?<=[\s:>(,;])08\d{8,11}(?![\"'])|\(\d{3}\) ?\d{3}-\d{4}|\d{3}-\d{3}-\d{4})(?![\w-])"
)
_CHAT = re.compile(r"((?:wa\.me/|[?&]phone=|tel:)\+?)\d{7,15}", re.IGNORECASE)
_JWT = re.compile(r"\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*")
_PARAMETER = re.compile(
    r"((?:[?&;]|u0026)(?:utm_\w+|gclid|fbclid|msclkid|trk|trackingId|refId|tk|vjtk|ctk|s?token|session\w*|csrf\w*)=)"
    r"[^&#\"'\s<>\\]+"
)
_MEMBER = re.compile(r'("([\w-]{1,60})"\s*:\s*)"(?:[^"\\]|\\.)*"')


def is_private(key: str) -> bool:
    """True for a key, in whatever spelling, that holds something about a person or of one visit only."""
    plain = re.sub(r"[-_]", "", key).lower()
    return bool(_PERSON.fullmatch(plain) or _OF_ONE_VISIT.fullmatch(plain))


def scrubbed(data: Any) -> Any:
    """Decoded JSON in the same shape: null where something private stood, texts masked. Flags stay."""
    if isinstance(data, Mapping):
        return {
            key: None if is_private(key) and not isinstance(value, bool) else scrubbed(value)
            for key, value in data.items()
        }
    if isinstance(data, list):
        return [scrubbed(part) for part in data]
    return masked(data) if isinstance(data, str) else data


def masked(text: str) -> str:
    """Running text, or markup, with addresses, telephone numbers and tokens replaced."""
    text = _ADDRESS.sub(EMAIL, text)
    text = _CHAT.sub(r"\g<1>000000000", text)
    text = _NUMBER.sub(PHONE, text)
    return _PARAMETER.sub(r"\g<1>0", _JWT.sub(TOKEN, text))


def masked_members(text: str) -> str:
    """The same of text that is JSON by its looks, but cannot be decoded: private texts in it become null, too."""
    return masked(_MEMBER.sub(lambda found: f"{found[1]}null" if is_private(found[2]) else found[0], text))
