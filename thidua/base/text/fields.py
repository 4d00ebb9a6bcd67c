"""Columns computed from another column when a row is saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models


class DerivedTextField(models.CharField):  # type: ignore[type-arg]
    """What `of` makes of the field `source`: a search or sort key, never typed by anybody.

    Stored in byte order (collation "C"), so every server sorts it alike.
    """

    def __init__(self, *, source: str = "", of: Callable[[str], str] | None = None, **kwargs: Any) -> None:
        self.source, self.of = source, of
        super().__init__(
            **{"max_length": 600, "editable": False, "blank": True, "db_collation": "C", **kwargs}
        )

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Compute the key anew: it can never disagree with its source."""
        made = self.of(getattr(model_instance, self.source) or "") if self.of else ""
        setattr(model_instance, self.attname, made[:600])
        return made[:600]

    def deconstruct(self) -> Any:
        """Migrations keep the column, and import the function by its name."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source, "of": self.of}
