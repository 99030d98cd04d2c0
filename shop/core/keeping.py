"""Rows that may only be added: triggers that refuse UPDATE and DELETE on both databases."""

from collections.abc import Iterator


def append_only(table: str, dialect: str) -> Iterator[str]:
    """The statements that make `table` append-only; migrations run them."""
    for deed in ("UPDATE", "DELETE"):
        name = f"{table}_refuses_{deed.lower()}"
        words = f"{table} is append-only"
        if dialect == "sqlite":
            yield f"CREATE TRIGGER {name} BEFORE {deed} ON {table} BEGIN SELECT RAISE(ABORT, '{words}'); END"
        else:
            yield (
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{words}'; END $$"
            )
            yield f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
