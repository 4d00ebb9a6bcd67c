"""Pages of eligibility."""
