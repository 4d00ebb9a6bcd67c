"""Tệp tải lên: checked by what they hold, kept outside the web root, given only to their readers."""
