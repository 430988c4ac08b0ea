import json

import pytest

from jobspiders.crawl.scrub import EMAIL, PHONE, is_private, masked, masked_members, scrubbed


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Send your CV to dina.putri+hr@karya-rekaan.co.id today", f"Send your CV to {EMAIL} today"),
        ('<a href="mailto:hr@acme.test">hr@acme.test</a>', f'<a href="mailto:{EMAIL}">{EMAIL}</a>'),
        ("WA +62 812-3456-7890 (Dina)", f"WA {PHONE} (Dina)"),
        ("Hubungi 0812-3456-7890, Senin", f"Hubungi {PHONE}, Senin"),
        ("Hubungi: 081234567890.", f"Hubungi: {PHONE}."),
        ("Call (415) 555-0199 or 415-555-0199", f"Call {PHONE} or {PHONE}"),
        ("https://wa.me/6281234567890?text=halo", "https://wa.me/000000000?text=halo"),
        ("https://x.test/a?utm_source=mail&id=7&trk=abc#top", "https://x.test/a?utm_source=0&id=7&trk=0#top"),
        ("token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc-d_e", "token token"),
        # What only looks like it.
        ("logo@2x.png", "logo@2x.png"),
        ("Rp 4.500.000 - 5.000.000", "Rp 4.500.000 - 5.000.000"),
        ("2026-11-22T08:15:00+07:00", "2026-11-22T08:15:00+07:00"),
        ("/job-listings-welder-080626026898", "/job-listings-welder-080626026898"),
        ('<div data-job-id="080626026898">', '<div data-job-id="080626026898">'),
        ("id 3f2504e0-4f89-41d3-9a0c-0305e82c3301", "id 3f2504e0-4f89-41d3-9a0c-0305e82c3301"),
        (f"{EMAIL} {PHONE}", f"{EMAIL} {PHONE}"),
    ],
)
def test_what_is_masked_in_words(text, kept):
    assert masked(text) == kept
    assert masked(kept) == kept, "what is masked stays as it is"


@pytest.mark.parametrize(
    ("key", "private"),
    [
        *(
            (key, True)
            for key in ("recruiter", "hiringManager", "hiring_team", "creator", "contactPerson", "user-name")
        ),
        *((key, True) for key in ("applyEmail", "phone_number", "csrfToken", "sessionId", "trackingKey", "ctk", "jwt")),
        *(
            (key, False)
            for key in ("company", "advertiser", "title", "id", "jobId", "description", "baseSalary", "url")
        ),
        *((key, False) for key in ("hiringOrganization", "shortDescription", "tip", "cardsid0", "createdDate")),
    ],
)
def test_keys_that_are_private(key, private):
    assert is_private(key) is private


def test_decoded_data_keep_their_shape():
    data = {
        "title": "Welder", "recruiter": {"name": "Dina"}, "isUser": True, "email": "x@y.test", "contacts": ["Dina"],
        "rows": [{"phone": "0812", "note": "call +62 812 3456 7890"}], "hasContacts": False, "count": 3,
    }  # fmt: skip
    assert scrubbed(data) == {
        "title": "Welder", "recruiter": None, "isUser": True, "email": None, "contacts": None,
        "rows": [{"phone": None, "note": f"call {PHONE}"}], "hasContacts": False, "count": 3,
    }  # fmt: skip


def test_json_that_cannot_be_decoded_is_scrubbed_all_the_same():
    text = '{"title": "Welder", "recruiterName": "Dina \\"D\\" Putri", "note": "hr@acme.test",'
    assert masked_members(text) == f'{{"title": "Welder", "recruiterName": null, "note": "{EMAIL}",'


def test_garbage_takes_no_time():
    for text in ("0" * 200_000, "+" * 200_000, "a@" * 100_000, '"email":"' * 20_000, "?utm_=" * 30_000, "eyJ" * 60_000):
        masked_members(text)
    assert json.loads(json.dumps(scrubbed([[[[]]]]))) == [[[[]]]]
