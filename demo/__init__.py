"""Năm minh họa: five real reports as data files, and the action that walks them through the system.

Every step goes through the actions that the pages call, as the person whose act it is, at the moment
the report gives. What a report does not say stays empty or stands under `illustration`.
"""
