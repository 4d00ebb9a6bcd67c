"""Đề nghị khen thưởng: what a cluster proposes, what the standing body appraises, what was decided.

The three are kept apart, each with its author, number and reason. A cluster's proposals go up as one
package: submission letter, list, minutes of the conference, minutes of the count.
"""
