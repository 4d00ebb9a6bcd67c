"""Points tables as officers keep them, in Word and Excel, made into bang-diem-1 documents.

    taken = read_layout(Path("bang-diem.docx").read_bytes(), "bang-diem.docx")
    taken.document, taken.remarks, taken.understood

What a text of “cách chấm” leaves open is not guessed: it stays as guidance, the points are entered directly.
"""

from thidua.emulation.scoring.engine.intake.taking import Remark, Taken, read_layout

__all__ = ["Remark", "Taken", "read_layout"]
