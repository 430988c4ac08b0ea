"""GraphQL operations, kept as they are in `queries/*.graphql` and posted as JSON bodies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


def operation(document: str, name: str, **variables: Any) -> Mapping[str, Any]:
    """The body that posts the operation `name` of `queries/<document>.graphql` with `variables`, templates or not.

    Fragments in the document go along with it. Raises LookupError when the document has no such operation.
    """
    texts = _definitions(document)
    text = " ".join([texts[name], *(text for text in texts.values() if text.startswith("fragment"))])
    return {"operationName": name, "query": text, "variables": variables}


@cache
def _definitions(document: str) -> dict[str, str]:
    text = (files(__package__) / "queries" / f"{document}.graphql").read_text(encoding="utf-8")
    # Braces get spaces around them, so that no part of a query looks like the `{name}` of a template.
    words = " ".join(re.sub(r"#.*|([{}])", r" \1 ", text).split())
    parts = re.split(r"(?=\b(?:query|mutation|fragment) \w)", words)
    return {part.split()[1].partition("(")[0]: part.strip() for part in parts if part.strip()}
