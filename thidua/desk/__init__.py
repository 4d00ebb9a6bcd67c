"""Bàn làm việc: home, the cycle page, notices and reminders, gathered from every area."""
