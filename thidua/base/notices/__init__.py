"""Thông báo: told to a person in the application, and by e-mail when mail is set up."""
