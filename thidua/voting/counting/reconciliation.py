"""Every paper accounted for: the sums a count must satisfy before anybody may sign it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Count:
    """Số liệu kiểm phiếu: what the committee counted, with what the roll says beside it."""

    present: int  # có mặt, by the roll
    signed: int | None = None  # đã nhận phiếu, by the roll; None where no papers are handed out
    printed: int  # in ra
    unused: int  # không dùng đến
    issued: int  # phát ra
    returned: int  # thu về
    kept: int  # phát ra mà không nộp lại
    valid: int  # hợp lệ
    invalid: int  # không hợp lệ
    blank: int  # trống
    choices_max: int  # được chọn nhiều nhất trên một phiếu
    votes: tuple[tuple[str, int], ...]  # label of the option, its votes


def reconcile(count: Count) -> list[str]:
    """What does not add up, each as a sentence with its sum; empty when every paper is accounted for."""
    return [*_negatives(count), *_papers(count), *_votes(count)]


def _negatives(count: Count) -> list[str]:
    named = {
        "phiếu in ra": count.printed,
        "phiếu không dùng": count.unused,
        "phiếu phát ra": count.issued,
        "phiếu thu về": count.returned,
        "phiếu không nộp lại": count.kept,
        "phiếu hợp lệ": count.valid,
        "phiếu không hợp lệ": count.invalid,
        "phiếu trống": count.blank,
    }
    papers = [f"Số {name} không thể âm ({value})." for name, value in named.items() if value < 0]
    return papers + [f"Số phiếu của {name} không thể âm ({n})." for name, n in count.votes if n < 0]


def _papers(c: Count) -> list[str]:
    told: list[str] = []
    if c.printed != c.issued + c.unused:
        told.append(
            f"In ra {c.printed} phiếu, nhưng phát ra {c.issued} cộng không dùng {c.unused}"
            f" là {c.issued + c.unused}."
        )
    if c.issued > c.present:
        told.append(f"Phát ra {c.issued} phiếu, nhiều hơn {c.present} người có mặt.")
    if c.signed is not None and c.issued != c.signed:
        told.append(f"Phát ra {c.issued} phiếu, nhưng danh sách ghi {c.signed} người đã nhận phiếu.")
    if c.issued != c.returned + c.kept:
        told.append(
            f"Phát ra {c.issued} phiếu, nhưng thu về {c.returned} cộng không nộp lại {c.kept}"
            f" là {c.returned + c.kept}."
        )
    if c.returned != c.valid + c.invalid + c.blank:
        told.append(
            f"Thu về {c.returned} phiếu, nhưng hợp lệ {c.valid} cộng không hợp lệ {c.invalid}"
            f" cộng trống {c.blank} là {c.valid + c.invalid + c.blank}."
        )
    return told


def _votes(c: Count) -> list[str]:
    told = [
        f"{name} có {votes} phiếu, nhiều hơn {c.valid} phiếu hợp lệ."
        for name, votes in c.votes
        if votes > c.valid
    ]
    total, most = sum(votes for _, votes in c.votes), c.valid * c.choices_max
    if total > most:
        told.append(
            f"Cộng phiếu của các phương án là {total}, nhiều hơn {c.valid} phiếu hợp lệ"
            f" × {c.choices_max} lựa chọn = {most}."
        )
    return told


def reconcile_hands(count: Count) -> list[str]:
    """The same for a show of hands, in its own words: nobody raises more hands than they have votes."""
    told = []
    if count.issued < 0 or count.blank < 0 or any(votes < 0 for _, votes in count.votes):
        told.append("Số đếm không thể âm.")
    if count.issued > count.present:
        told.append(f"Đếm được {count.issued} người, nhiều hơn {count.present} người có mặt theo danh sách.")
    if count.valid + count.blank != count.issued or count.valid < 0:
        told.append(f"Có {count.blank} người không biểu quyết, nhiều hơn {count.issued} người có mặt.")
    told += [
        f"{name} có {votes} lượt tán thành, nhiều hơn {count.valid} người biểu quyết"
        f" ({count.issued} có mặt − {count.blank} không biểu quyết)."
        for name, votes in count.votes
        if votes > count.valid
    ]
    total, most = (
        sum(votes for _, votes in count.votes),
        max(count.valid, 0) * count.choices_max,
    )
    if total > most:
        told.append(
            f"Cộng lượt tán thành là {total}, nhiều hơn {count.valid} người × {count.choices_max}"
            f" lựa chọn = {most}."
        )
    return told
