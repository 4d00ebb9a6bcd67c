"""When two names are probably the same, differently written: abbreviations, honorifics, i and y, spaces.

loose_key("UBND tỉnh Mẫu") == loose_key("Ủy ban Nhân dân Tỉnh Mẫu")
"""

from __future__ import annotations

from thidua.base.text.alphabet import search_key

SHORTENED = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "mttq": "mat tran to quoc",
    "tp": "thanh pho",
    "tx": "thi xa",
    "tt": "thi tran",
    "vh": "van hoa",
    "gd": "giao duc",
    "dt": "dao tao",
    "kh": "khoa hoc",
    "cn": "cong nghe",
    "ld": "lao dong",
    "tdkt": "thi dua khen thuong",
    "vhttdl": "van hoa the thao va du lich",
    "gddt": "giao duc va dao tao",
    "khcn": "khoa hoc va cong nghe",
    "cd": "cao dang",
    "thpt": "trung hoc pho thong",
    "thcs": "trung hoc co so",
}
HONORIFICS = ("dong chi", "d c", "dc", "ong", "ba", "anh", "chi", "thay", "co", "bac si", "bs", "ths", "ts")


def loose_key(name: str) -> str:
    """One key for the ways a name is written; different names keep different keys."""
    words = search_key(name)
    for honorific in HONORIFICS:
        if words.startswith(f"{honorific} ") and words.count(" ") > honorific.count(" ") + 1:
            words = words.removeprefix(f"{honorific} ")
            break
    spelled = (SHORTENED.get(word, word) for word in words.split())
    return "".join(word for part in spelled for word in part.split() if word != "va").replace("y", "i")


def nearly(key: str) -> set[str]:
    """The key and what is left of it without one letter: keys one slip apart share one of these."""
    return {key, *(key[:at] + key[at + 1 :] for at in range(len(key)))}
