"""What every test may ask for."""

from tests.story import as_user, year

__all__ = ["as_user", "year"]
