"""The kinds of users, and the words with which the tables name several at once."""

from __future__ import annotations

NOBODY = "nobody"
WORDS = {
    "unit": "an lan",  # the member whose thing it is: officer and leader
    "leader": "lan",  # the member's leader
    "fellow": "giang",  # another member of the cluster
    "head": "binh hai",  # the head's officer and leader
    "other": "chi khang",  # another cluster
    "body": "dung",  # the standing body's officer
    "council": "phuc",
    "approver": "quan",
    "auditor": "son",
    "admin": "tam",
    "nobody": NOBODY,  # not signed in
}
WORDS["members"] = " ".join(WORDS[word] for word in ("unit", "fellow", "head"))
WORDS["watchers"] = " ".join(WORDS[word] for word in ("body", "council", "approver", "auditor", "admin"))
WORDS["cluster"] = f"{WORDS['members']} {WORDS['watchers']}"
WORDS["officials"] = f"{WORDS['cluster']} {WORDS['other']}"
WORDS["public"] = f"{WORDS['officials']} {NOBODY}"
PEOPLE = WORDS["public"].split()


def who(told: str) -> set[str]:
    """The people some words name: “head body” is Bình, Hải and Dung; a name is that person."""
    return {name for word in told.split() if word != "-" for name in WORDS.get(word, word).split()}


def table(text: str) -> dict[str, list[str]]:
    """Rows “what | cell | cell”; # begins a remark. No row stands twice."""
    rows: dict[str, list[str]] = {}
    for line in text.splitlines():
        first, *cells = (cell.strip() for cell in line.split("#")[0].split("|"))
        if not first:
            continue
        assert first not in rows, f"hai dòng cùng tên {first}"
        rows[first] = cells
    return rows
