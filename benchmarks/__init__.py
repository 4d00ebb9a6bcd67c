"""What was measured, on which data, and how to measure it again."""
