"""What the tests of payments share."""

import pytest

from tests.fakes import FakeGateway


@pytest.fixture
def gateway() -> FakeGateway:
    return FakeGateway()
