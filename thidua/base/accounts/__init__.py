"""User accounts, sign-in and the second factor. What a person may do is an appointment, not an account."""
