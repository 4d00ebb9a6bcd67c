"""Who may write, number, issue and void papers."""
