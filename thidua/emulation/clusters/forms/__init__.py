"""Forms of this area, by noun."""
