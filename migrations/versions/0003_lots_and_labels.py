"""lots and labels"""

import sqlalchemy as sa
from alembic import op


BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('gtin',
    sa.Column('gtin14', sa.String(length=14), nullable=False),
    sa.Column('product_id', BIG, nullable=False),
    sa.Column('bound_at', sa.Date(), nullable=False),
    sa.Column('retired_at', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['product_id'], ['product.id'], name=op.f('fk_gtin_product_id_product')),
    sa.PrimaryKeyConstraint('gtin14', name=op.f('pk_gtin'))
    )
    with op.batch_alter_table('gtin', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_gtin_product_id'), ['product_id'], unique=False)

    op.create_table('lot',
    sa.Column('id', BIG, nullable=False),
    sa.Column('product_id', BIG, nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('gtin', sa.String(length=14), nullable=True),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('released_on', sa.Date(), nullable=False),
    sa.Column('quantity', BIG, nullable=False),
    sa.Column('labelled', BIG, nullable=False),
    sa.Column('certificate_no', sa.String(length=60), nullable=False),
    sa.CheckConstraint('labelled BETWEEN 0 AND quantity', name=op.f('ck_lot_labelled')),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_lot_quantity')),
    sa.ForeignKeyConstraint(['gtin'], ['gtin.gtin14'], name=op.f('fk_lot_gtin_gtin')),
    sa.ForeignKeyConstraint(['product_id'], ['product.id'], name=op.f('fk_lot_product_id_product')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lot')),
    sa.UniqueConstraint('product_id', 'number', name=op.f('uq_lot_product_id_number'))
    )
    with op.batch_alter_table('lot', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_lot_certificate_no'), ['certificate_no'], unique=False)
        batch_op.create_index(batch_op.f('ix_lot_gtin'), ['gtin'], unique=False)

    op.create_table('label_batch',
    sa.Column('id', BIG, nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('product_id', BIG, nullable=False),
    sa.Column('lot_number', sa.String(length=20), nullable=False),
    sa.Column('count', BIG, nullable=False),
    sa.Column('serial_root', sa.String(length=80), nullable=False),
    sa.Column('state', sa.Enum('printed', 'active', 'voided', name='batchstate', native_enum=False, length=32), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.CheckConstraint('count > 0', name=op.f('ck_label_batch_count')),
    sa.ForeignKeyConstraint(['product_id', 'lot_number'], ['lot.product_id', 'lot.number'], name=op.f('fk_label_batch_product_id_lot_number_lot')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_label_batch')),
    sa.UniqueConstraint('number', name=op.f('uq_label_batch_number'))
    )
    with op.batch_alter_table('label_batch', schema=None) as batch_op:
        batch_op.create_index('ix_label_batch_product_id_lot_number', ['product_id', 'lot_number'], unique=False)

    op.create_table('label',
    sa.Column('serial', sa.String(length=10), nullable=False),
    sa.Column('batch_id', BIG, nullable=False),
    sa.Column('state', sa.Enum('printed', 'active', 'opened', 'voided', name='labelstate', native_enum=False, length=32), nullable=False),
    sa.Column('pin_hmac', sa.LargeBinary(length=32), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('opened_by', sa.String(length=16), nullable=False),
    sa.Column('scans', BIG, nullable=False),
    sa.Column('first_scanned_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_scanned_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('scans >= 0', name=op.f('ck_label_scans')),
    sa.ForeignKeyConstraint(['batch_id'], ['label_batch.id'], name=op.f('fk_label_batch_id_label_batch')),
    sa.PrimaryKeyConstraint('serial', name=op.f('pk_label'))
    )
    with op.batch_alter_table('label', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_label_batch_id'), ['batch_id'], unique=False)

    op.create_table('scan',
    sa.Column('id', BIG, nullable=False),
    sa.Column('serial', sa.String(length=20), nullable=False),
    sa.Column('product_id', BIG, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.Enum('view', 'beacon', 'pin', 'wrong pin', name='scankind', native_enum=False, length=32), nullable=False),
    sa.Column('device', sa.String(length=16), nullable=False),
    sa.Column('network', sa.String(length=16), nullable=False),
    sa.Column('province', sa.String(length=2), nullable=False),
    sa.Column('agent', sa.String(length=16), nullable=False),
    sa.Column('is_ours', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['product_id'], ['product.id'], name=op.f('fk_scan_product_id_product')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scan'))
    )
    with op.batch_alter_table('scan', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_scan_at'), ['at'], unique=False)
        batch_op.create_index('ix_scan_network_at', ['network', 'at'], unique=False)
        batch_op.create_index('ix_scan_product_id_at', ['product_id', 'at'], unique=False)
        batch_op.create_index('ix_scan_serial_at', ['serial', 'at'], unique=False)

    _never_rebind()


def _never_rebind() -> None:
    """A GTIN names one product for ever: the database itself refuses to change or forget that."""
    words = 'a GTIN is never bound again'
    if op.get_bind().dialect.name == 'sqlite':
        for deed, name in (('UPDATE OF gtin14, product_id', 'update'), ('DELETE', 'delete')):
            op.execute(
                f"CREATE TRIGGER gtin_refuses_{name} BEFORE {deed} ON gtin BEGIN SELECT RAISE(ABORT, '{words}'); END"
            )
        return
    op.execute(
        'CREATE FUNCTION gtin_refuses() RETURNS trigger LANGUAGE plpgsql AS '
        f"$$ BEGIN RAISE EXCEPTION '{words}'; END $$"
    )
    op.execute(
        'CREATE TRIGGER gtin_refuses BEFORE UPDATE OF gtin14, product_id OR DELETE ON gtin '
        'FOR EACH ROW EXECUTE FUNCTION gtin_refuses()'
    )


def downgrade() -> None:
    if op.get_bind().dialect.name != 'sqlite':
        op.execute('DROP FUNCTION gtin_refuses() CASCADE')
    for table in ('scan', 'label', 'label_batch', 'lot', 'gtin'):
        op.drop_table(table)
