"""Ballots any area may hold: on paper, by show of hands, later electronically.

A ballot freezes its question and its roll, is opened, closed, counted by a committee (ban kiểm phiếu)
and signed. Threshold, roll and who runs it reach this area as arguments; it knows no cluster.
`counting/` is plain Python: thresholds, reconciliation and outcome, usable without Django.
"""
