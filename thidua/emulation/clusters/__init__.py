"""Cụm, khối thi đua: who belongs, who heads, under which regulation, in which year; the covenant they
sign and the titles they register for.

Law 06/2022/QH15 speaks of cụm, khối thi đua as the way units emulate; before it Decree 91/2017 Article 4.
"""
