"""What the app's PostgreSQL role may do with the log: read and append, never change, delete or truncate.

Triggers refuse the same for everyone, but the owner of a table may drop a trigger; so the tables belong to another role
than the one the app servers use, and migrations run as that owner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

ROLE = re.compile(r"[a-z_][a-z0-9_]{0,62}")


def statements(role: str) -> Iterator[str]:
    """The GRANTs and REVOKEs for `role`. Raises ValueError for what is no plain role name."""
    if not ROLE.fullmatch(role):
        raise ValueError(f"{role!r} is no plain role name")
    yield f'GRANT USAGE ON SCHEMA public TO "{role}"'
    yield f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{role}"'
    yield f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{role}"'
    yield f'REVOKE UPDATE, DELETE, TRUNCATE, TRIGGER ON event FROM "{role}"'
    yield f'REVOKE DELETE, TRUNCATE ON log_head, private_value FROM "{role}"'
