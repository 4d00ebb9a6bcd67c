"""Thi đua, khen thưởng of clusters and blocks: a year from covenant to handover."""
