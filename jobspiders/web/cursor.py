"""A place in the order of jobs as opaque text, and back."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import datetime

from jobspiders.store.pages import Place
from jobspiders.web.refusals import Refused


def written(place: Place | None) -> str | None:
    """The place as text that is fit for a URL."""
    if place is None:
        return None
    plain = json.dumps([place.at.isoformat(), place.job_source, place.source_id])
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def read(text: str) -> Place:
    """The place that `written` gave. Raises Refused (422) for any other text."""
    try:
        at, job_source, source_id = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None or not (isinstance(job_source, str) and isinstance(source_id, str)):
            raise ValueError(text)
    except (ValueError, TypeError, binascii.Error):
        raise Refused(422, "bad_cursor", "`after` is no `next` of an earlier page.") from None
    return Place(moment, job_source, source_id)
