"""Văn bản: numbered, signed papers – the register, their text, and the PDF and Word made of it."""
