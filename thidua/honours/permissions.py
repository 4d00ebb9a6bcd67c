"""Who may read a file."""
