"""Khen thưởng: what follows from the year's emulation, from proposal to award."""
