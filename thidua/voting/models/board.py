"""The public board: written line by line, never changed."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from thidua.voting.models.election import Credential, Election

PURGES_ONLY = """
    IF OLD.type = 'pending' AND OLD.payload IS NOT NULL AND NEW.payload IS NULL
       AND (NEW.id, NEW.election_id, NEW.k, NEW.prev, NEW.type, NEW.payload_hash, NEW.ms, NEW.head,
            NEW.signature, NEW.voter_id, NEW.ballot_hash)
         IS NOT DISTINCT FROM
           (OLD.id, OLD.election_id, OLD.k, OLD.prev, OLD.type, OLD.payload_hash, OLD.ms, OLD.head,
            OLD.signature, OLD.voter_id, OLD.ballot_hash)
       AND EXISTS (SELECT 1 FROM voting_election WHERE id = OLD.election_id AND purged_at IS NOT NULL)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A line of the board does not change';
"""


class BoardEntry(models.Model):
    """Một dòng của bảng kê phiếu (specification 8.1): chained by hash, signed by the server.

    Ballots lie here encrypted; `payload` of a ballot is emptied when it is purged after the period of
    complaints. `voter` and `ballot_hash` repeat what the payload says, so that the last line of a
    credential is found without reading the board.
    """

    election = models.ForeignKey(Election, models.PROTECT, related_name="board")
    k = models.PositiveIntegerField("thứ tự")
    prev = models.BinaryField("mã của dòng trên")
    type = models.CharField("loại", max_length=10)
    payload_hash = models.BinaryField("băm nội dung")
    payload = models.BinaryField("nội dung", null=True)
    ms = models.BigIntegerField("nhận lúc, mili giây")
    head = models.BinaryField("mã của dòng")
    signature = models.BinaryField("chữ ký của máy chủ")
    voter = models.ForeignKey(Credential, models.PROTECT, null=True, related_name="+", db_index=False)
    ballot_hash = models.BinaryField("băm của phiếu", null=True)

    class Meta:
        verbose_name = "dòng của bảng kê phiếu"
        ordering: ClassVar = ["election", "k"]
        indexes: ClassVar = [
            models.Index(
                fields=["voter", "-k"], condition=Q(voter__isnull=False), name="board_lines_of_a_voter"
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["election", "k"], name="a_board_line_at_a_place"),
            models.UniqueConstraint(fields=["election", "prev"], name="a_board_does_not_fork"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="board_keeps_every_line", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="board_lines_do_not_change",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=PURGES_ONLY,
            ),
        ]

    def __str__(self) -> str:
        return f"Dòng {self.k}, {self.type}"
