"""Hồ sơ theo dõi: what is known of a person or collective beside honours.

Annual ratings, initiatives, discipline, matters under consideration, and the few circumstances that
standards ask for.
"""
