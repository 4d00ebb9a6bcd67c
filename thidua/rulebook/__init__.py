"""Quy định của pháp luật as dated data. For now: the catalogue of titles and forms of commendation."""
