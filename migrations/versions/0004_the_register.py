"""the public register's indexes"""

from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

INDEXES = {
    'ix_certificate_authority_id_valid_until': ['authority_id', 'valid_until'],
    'ix_certificate_superseded_on_valid_until': ['superseded_on', 'valid_until'],
    'ix_certificate_valid_from': ['valid_from'],
}


def upgrade() -> None:
    for name, columns in INDEXES.items():
        op.create_index(name, 'certificate', columns)


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, 'certificate')
