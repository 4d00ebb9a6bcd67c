"""Thi đua: the cluster's year, from covenant to the year-end conference."""
