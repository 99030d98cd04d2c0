"""The migrations, run from an empty database, make exactly the tables of the models; and they can go back."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import CheckConstraint, inspect, text

import shop.models
from shop.core.db import Model, db

pytestmark = pytest.mark.both

CURE = "Make a migration: flask --app wsgi db migrate -m '…'"


def test_migrations_from_empty_equal_the_models(app):
    assert shop.models.__all__
    with db.engine.connect() as connection:
        settings = {"compare_type": True, "compare_server_default": True}
        differences = compare_metadata(MigrationContext.configure(connection, opts=settings), Model.metadata)
    assert differences == [], CURE


def test_every_check_of_the_models_stands_in_the_database(app):
    """Alembic does not compare these, so a forgotten one would go unseen."""
    with db.engine.connect() as connection:
        found = {
            (name, check["name"])
            for name in Model.metadata.tables
            for check in inspect(connection).get_check_constraints(name)
        }
    wanted = {
        (table.name, str(constraint.name))
        for table in Model.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    assert len(wanted) > 15
    assert wanted == found, CURE


def test_back_to_nothing_and_up_again(app, database, shops, tmp_path):
    """On a database of its own: the one the other tests share keeps its facts."""
    with shops.empty_app(database, tmp_path).app_context():
        upgrade()
        downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version", "sqlite_sequence"}
        upgrade()
        with db.engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM province")).scalar_one() == 0
        db.engine.dispose()
