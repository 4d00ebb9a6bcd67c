"""Xét điều kiện: asks the rulebook with the facts of every area, and keeps its verdicts with their ground."""
