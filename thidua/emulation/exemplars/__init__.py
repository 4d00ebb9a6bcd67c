"""Điển hình tiên tiến: found, nurtured, registered, publicised, commended, and what became of them.

The chain is a row for each step with its day and its author, never a tick. Whoever is to be named in
public is asked first, and may take the consent back.
"""
