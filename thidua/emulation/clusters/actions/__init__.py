"""What changes clusters and their years, by noun."""
