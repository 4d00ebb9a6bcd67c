"""Papers of clusters and their years, by noun."""
