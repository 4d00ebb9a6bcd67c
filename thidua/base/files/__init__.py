"""Tệp tải lên: checked by what they hold, kept outside the web root, handed out only to those who may read them."""
