"""Đề nghị khen thưởng: proposals of a cluster, appraised, decided."""
