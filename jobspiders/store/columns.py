"""The types of columns that SQLite and PostgreSQL hold differently, and the text forms of their values."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, Table, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

_encode = json.JSONEncoder(ensure_ascii=False).encode


def aware(moment: datetime) -> datetime:
    """The moment. Raises ValueError when it has no time zone: nobody could tell what it means."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone")
    return moment


def as_text(moment: datetime) -> str:
    """A moment as SQLite holds it: ISO text of one width, so that the order of text is the order of time."""
    return (moment if moment.tzinfo is UTC else aware(moment).astimezone(UTC)).isoformat("T", "microseconds")


def as_json(value: Any) -> str:
    """Plain data as either database takes it."""
    return "[]" if value == [] else _encode(value)  # most lists of a job are empty


class Instant(TypeDecorator[datetime]):
    """A moment, aware and in UTC on both ways. One without a time zone is refused with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text in SQLite, which has no type for time."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """What the driver takes."""
        if value is None:
            return None
        return as_text(value) if dialect.name == "sqlite" else aware(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """What the driver gave, in UTC."""
        if value is None:
            return None
        return datetime.fromisoformat(value) if dialect.name == "sqlite" else value.astimezone(UTC)


Json = JSON().with_variant(JSONB(), "postgresql")
# Compared byte by byte, as Python and SQLite do: a library's idea of an alphabet changes with its version, and the
# index with it; and rows can be locked in one order everywhere.
Identifier = Text().with_variant(Text(collation="C"), "postgresql")
Serial = BigInteger().with_variant(Integer(), "sqlite")  # SQLite counts only INTEGER PRIMARY KEY up by itself


def bound(
    table: Table, names: Sequence[str], rows: Iterable[list[Any]], bind_moment: Callable[[datetime], Any]
) -> Iterator[list[Any]]:
    """The rows, changed in place, as a driver takes them: in bulk we go past SQLAlchemy, which would do it slowly."""
    kinds = [(place, table.c[name].type) for place, name in enumerate(names)]
    binds: list[tuple[int, Callable[[Any], Any]]] = [(place, as_json) for place, kind in kinds if kind is Json]
    binds += [(place, bind_moment) for place, kind in kinds if isinstance(kind, Instant)]
    for row in rows:
        for place, bind in binds:
            if row[place] is not None:
                row[place] = bind(row[place])
        yield row
