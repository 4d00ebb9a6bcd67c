"""What every test may ask for."""

from __future__ import annotations

import pytest
from django.db import connections

from tests.databases import migrated
from tests.story import as_user, year

__all__ = ["as_user", "year"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Each worker's database is a copy of the migrated one, under the worker's own name."""
    connections["default"].settings_dict["TEST"]["TEMPLATE"] = migrated()
