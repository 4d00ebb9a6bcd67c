"""Báo cáo kết quả thi đua: half-year and year-end reports of members by the usual outline, with figures
as exact as they are known, and the cluster's own report compiled from them.

A summing-up states results, effect, shortcomings, causes and lessons (Circular 12/2019/TT-BNV Article 5).
"""
