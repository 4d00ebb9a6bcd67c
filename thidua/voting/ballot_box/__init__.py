"""The verifiable electronic secret ballot PHIEUKIN-1. Plain Python, no Django."""
