import pytest
from scrapy.http import HtmlResponse, Response, TextResponse

from jobspiders.bases.answers import text_of
from jobspiders.errors import Garbled

JSON = '{"a": "é – ü", "b": "£"}'


def answer(body, content_type, kind=TextResponse):
    return kind("https://x.example", body=body, headers={"Content-Type": content_type})


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        (JSON.encode(), "application/json", JSON),
        (JSON.encode()[:-3], "application/json", JSON[:-3] + "\ufffd"),
        (JSON.encode().replace("£".encode(), b"\xc2"), "application/json", JSON.replace("£", "\ufffd")),
        (JSON.encode("utf-16"), "application/json", JSON),
        (JSON.encode("cp1252"), "application/json; charset=windows-1252", JSON),
        ("<meta charset=windows-1252>é – ü".encode("cp1252"), "text/html", "<meta charset=windows-1252>é – ü"),
        (b"{}", "application/json", "{}"),
    ],
)
def test_what_an_answer_is_in(body, content_type, text):
    assert text_of(answer(body, content_type)).text == text


def test_markup_is_markup_whatever_its_header_says():
    page = text_of(answer("<p>é – ü £</p>".encode()[:-6], "application/json"))
    assert isinstance(page, HtmlResponse)
    assert page.css("p::text").get().startswith("é – ü")


def test_what_is_no_text():
    with pytest.raises(Garbled):
        text_of(answer(b"\x00", "image/png", Response))
