"""Chấm điểm: the points table of a year and its four layers, self, cross, appraisal and final.

No layer ever overwrites another; a layer once sent is corrected only by a new entry with its reason
and author. Circulars call the scores one of the bases of the vote, not the vote itself.
"""
