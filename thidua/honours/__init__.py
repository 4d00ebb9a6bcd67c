"""Sổ khen thưởng: every title and form held, by which decision. Entries are only ever added."""
