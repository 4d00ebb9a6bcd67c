"""The ground floor: knows no emulation. Time, Vietnamese text, pages, people's accounts, the audit log."""
