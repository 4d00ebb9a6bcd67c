"""Pages of the records."""
