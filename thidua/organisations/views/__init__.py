"""Pages of units, people, their offices and rights."""
