"""Bảng Excel: written so that no text becomes a formula, read with preview, errors by row and undo."""
