"""Nhật ký: every change of state, its actor and moment, in an append-only chain of hashes.

`act` makes a function an action: one transaction, permission asked inside, one entry written.
"""
