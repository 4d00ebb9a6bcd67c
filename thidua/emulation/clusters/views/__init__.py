"""Pages of clusters and their years."""
