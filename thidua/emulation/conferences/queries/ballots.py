"""What the conferences chose: by ballot, by points or by consensus."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from thidua.emulation.clusters.models import ChoosingForm, Cycle, Regulation
from thidua.emulation.conferences.models import Acclaim, AgendaItem, ItemKind
from thidua.emulation.conferences.queries.attendance import regulation_for
from thidua.organisations.models import Unit
from thidua.voting.counting import Outcome
from thidua.voting.models import Ballot, BallotState, Mode
from thidua.voting.queries import ballots_about, elected_options, outcome, what_comes_next

BALLOT_ABOUT = "conferences.agendaitem"


def modes_of(regulation: Regulation) -> list[str]:
    """The ways of voting the regulation names, the usual one first. A poll elects nobody and is never one."""
    if regulation.choosing_form == ChoosingForm.SHOW_OF_HANDS:
        return [Mode.SHOW_OF_HANDS]
    return [Mode.PAPER, *([Mode.ELECTRONIC] if regulation.electronic_allowed else [])]


@dataclass(frozen=True)
class ItemBallots:
    """The rounds held for an item of the agenda, void ones left out, and what must follow."""

    rounds: list[Ballot] = field(default_factory=list)

    @property
    def last(self) -> Ballot | None:
        """The latest round."""
        return self.rounds[-1] if self.rounds else None

    @property
    def outcome(self) -> Outcome | None:
        """What the latest round says; None before its count is agreed."""
        return outcome(self.last) if self.last else None

    @property
    def follows(self) -> str:
        """What must follow the latest round; empty when nothing must."""
        return what_comes_next(self.last) if self.last and self.last.has_result else ""

    @property
    def sentences(self) -> list[str]:
        """Every round told with its sums."""
        told = [(one, outcome(one)) for one in self.rounds]
        return [
            f"Lượt {one.round}: {sentence}" if len(self.rounds) > 1 else sentence
            for one, found in told
            if found is not None
            for sentence in found.sentences
        ]

    @property
    def chosen(self) -> list[Unit]:
        """The units chosen so far, by votes and by ruling."""
        if self.last is None:
            return []
        return [option.unit for option in elected_options(self.last) if option.unit is not None]


def ballots_by_item(items: Iterable[AgendaItem]) -> dict[int, ItemBallots]:
    """The ballots of these items, in one query however many."""
    ids = [item.pk for item in items]
    found: dict[int, list[Ballot]] = defaultdict(list)
    for ballot in ballots_about(BALLOT_ABOUT, ids).exclude(state=BallotState.VOID).select_related("previous"):
        found[int(ballot.about_id)].append(ballot)
    return {pk: ItemBallots(found.get(pk, [])) for pk in ids}


@dataclass(frozen=True)
class Chosen:
    """A unit chosen at a conference, and the sentence that says how."""

    unit: Unit
    how: str
    item: AgendaItem
    by_ballot: bool


def _chosen(cycle: Cycle, kind: ItemKind) -> list[Chosen]:
    """In the order they were chosen; the latest conference that chose anybody counts."""
    items = list(
        AgendaItem.objects.filter(conference__cycle=cycle, kind=kind)
        .select_related("conference__cycle__cluster")
        .prefetch_related("acclaims__unit")
        .order_by("-conference__day", "-position")
    )
    ballots = ballots_by_item(items)
    for item in items:
        found = [Chosen(one.unit, one.ground, item, by_ballot=False) for one in item.acclaims.all()]
        held = ballots[item.pk]
        found += [Chosen(unit, _how(held, unit), item, by_ballot=True) for unit in held.chosen]
        if found:
            return found
    return []


def _how(ballots: ItemBallots, unit: Unit) -> str:
    for ballot in reversed(ballots.rounds):
        found = outcome(ballot)
        options = {option.pk: option for option in ballot.options.all()}
        for line in found.lines if found else ():
            if line.elected and options[line.key].unit_id == unit.pk:
                return ", ".join(filter(None, (ballot.get_mode_display(), line.sum)))
    return "Quyết định sau khi hết lượt bỏ phiếu"


def acclaimed(cycle: Cycle) -> list[Chosen]:
    """The leading units of the year, as the conference chose them; empty before it did."""
    return _chosen(cycle, ItemKind.BALLOT)


def chosen_head(cycle: Cycle) -> list[Chosen]:
    """Whom the conference chose to head the next year, the head first, then deputies."""
    return _chosen(cycle, ItemKind.HEAD_BALLOT)


def _common(item: AgendaItem, regulation: Regulation | None, ballots: ItemBallots) -> list[str]:
    conference = item.conference
    if not item.is_ballot:
        return ["Nội dung này không phải là bầu chọn."]
    standing = ["Biên bản đã chốt nên không bầu chọn thêm được."] if conference.is_sealed else []
    if conference.cycle is None:
        standing.append("Chỉ hội nghị của cụm, khối mới bầu chọn đơn vị dẫn đầu.")
    elif regulation is None:
        standing.append(
            "Cụm, khối chưa thông qua quy chế nên chưa biết bỏ phiếu thế nào. Thông qua quy chế trước."
        )
    if ballots.rounds:
        standing.append("Đã lập cuộc bỏ phiếu cho nội dung này.")
    if Acclaim.objects.filter(item=item).exists():
        standing.append("Đã ghi kết quả suy tôn cho nội dung này.")
    return standing


def obstacles_to_balloting(item: AgendaItem, ballots: ItemBallots | None = None) -> list[str]:
    """Before a ballot is opened from an item."""
    regulation = regulation_for(item.conference)
    held = ballots or ballots_by_item([item])[item.pk]
    standing = _common(item, regulation, held)
    if regulation is not None and regulation.choosing_form == ChoosingForm.CONSENSUS:
        standing.append(
            "Quy chế chọn bằng thống nhất bình xét. Ghi kết quả suy tôn, không lập cuộc bỏ phiếu."
        )
    return standing


def obstacles_to_acclaiming(item: AgendaItem, ballots: ItemBallots | None = None) -> list[str]:
    """Before a choice without a ballot is recorded: only where the regulation chooses so."""
    regulation = regulation_for(item.conference)
    held = ballots or ballots_by_item([item])[item.pk]
    standing = _common(item, regulation, held)
    forms = (ChoosingForm.CONSENSUS, ChoosingForm.POINTS)
    if item.kind == ItemKind.BALLOT and regulation is not None and regulation.choosing_form not in forms:
        standing.append("Quy chế chọn bằng bỏ phiếu. Anh/chị lập cuộc bỏ phiếu.")
    return standing
