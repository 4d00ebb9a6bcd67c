"""The page: its frame, its parts, the look of forms and the words used twice."""
