"""Cổng công khai: what the public may see."""
