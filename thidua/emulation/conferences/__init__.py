"""Hội nghị của cụm, khối và đại hội, hội nghị điển hình: agenda, attendance, minutes and what was concluded.

One conference may hold several acts (report, ballot, covenant, handover). The cluster's ballots are opened
from its agenda, and the headship is handed over here to the next year.
"""
