"""Phong trào thi đua: who launched what, for how long, and which member answered with its own plan.

Movements are regular, by drive or thematic (Law 2003 Article 15; Law 06/2022/QH15); campaigns of the Front
stand beside them. A movement launched above is concretised below by each unit's own plan.
"""
