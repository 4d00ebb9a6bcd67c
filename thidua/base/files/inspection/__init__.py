"""What is in this file, whatever its name says? Plain Python; run apart from the server, see `apart`.

Refuses everything but PDF, DOCX, XLSX, PNG and JPEG, and among these whatever runs, hides another
file, or swells beyond measure when opened.
"""
