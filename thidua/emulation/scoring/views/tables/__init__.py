"""Writing the points table: read from a file, line by line, as a whole."""

from thidua.emulation.scoring.views.tables.editing import arrange, set_rule, table_settings
from thidua.emulation.scoring.views.tables.taking import import_table, undo_table

__all__ = ["arrange", "import_table", "set_rule", "table_settings", "undo_table"]
