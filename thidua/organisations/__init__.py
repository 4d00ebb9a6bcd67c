"""Đơn vị, cá nhân, chức vụ: units and people with their offices, all with dates, and who may do what.

A unit may be renamed, merged or split; a paper of 2019 shows the names and offices of 2019.
"""
