"""Offices count in the career tables of the decrees under the names those give them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.story import ALWAYS, Story, add_person
from thidua.commendation.eligibility.gathering import facts_of_people
from thidua.commendation.eligibility.registers import people_of_register, register_of_people
from thidua.organisations.models import Unit
from thidua.rulebook.engine import judge
from thidua.rulebook.engine.outcomes import OUTCOMES
from thidua.rulebook.engine.posts import post_of
from thidua.rulebook.engine.scanning import scan

DAY = date(2025, 12, 1)
CAREERS = ("HC_LD_1", "HC_LD_2", "HC_LD_3")


@pytest.mark.parametrize(
    ("office", "unit", "post"),
    [
        ("Giám đốc", "Sở Y tế", "vu_truong"),
        ("Giám đốc Sở Y tế", "Sở Y tế", "vu_truong"),
        ("Phó Giám đốc", "Sở Y tế", "pho_vu_truong"),
        ("Chủ tịch UBND tỉnh", "UBND tỉnh Mẫu", "thu_truong"),
        ("Phó Chủ tịch", "UBND tỉnh Mẫu", "pho_tong_cuc_truong"),
        ("Chủ tịch HĐND", "tỉnh Mẫu", "thu_truong"),
        ("Giám đốc", "Trung tâm Y tế huyện", None),
        ("Chuyên viên", "Sở Y tế", None),
    ],
)
def test_an_office_is_known_by_its_name_and_unit(office: str, unit: str, post: str | None) -> None:
    assert post_of(office, unit) == post


def test_the_years_of_a_director_count_for_an_order(year: Story) -> None:
    """Lan has led Sở Y tế since 2010: ten years as Giám đốc sở and more."""
    lan = year.people["lan"].pk
    facts = facts_of_people([lan], DAY)[lan]
    assert [one.post for one in facts.positions or ()] == ["vu_truong"]
    told = judge(facts, kind="HC_LD_3", on=DAY)
    assert "CONG_HIEN_CHUC_VU" in str(told)


def test_an_officer_held_none_and_who_leads_under_another_name_is_asked(year: Story) -> None:
    an = year.people["an"].pk
    chief = add_person(year, "thu", "Cao Thị Thư", "tinh", "unit_leader", "Chánh Văn phòng", leads=True).pk
    facts = facts_of_people([an, chief], DAY)
    assert facts[an].positions is not None
    assert facts[chief].positions is None


def test_who_leads_a_centre_held_no_post_of_the_tables(year: Story) -> None:
    year.units["tram"] = Unit.objects.create(
        kind="sub_unit", name="Trung tâm Y tế", short_name="TTYT", symbol="TTYT", existence=ALWAYS
    )
    head = add_person(year, "vinh", "Hồ Văn Vinh", "tram", "unit_leader", "Giám đốc", leads=True).pk
    assert facts_of_people([head], DAY)[head].positions is not None


def test_a_scan_of_everybody_answers_as_each_alone(year: Story) -> None:
    add_person(year, "thu", "Cao Thị Thư", "tinh", "unit_leader", "Chánh Văn phòng", leads=True)
    people = people_of_register()
    facts = facts_of_people(people.tolist(), DAY)
    found = scan(register_of_people(people, DAY, DAY.year), CAREERS)
    for kind in CAREERS:
        alone = [judge(facts[pk], kind=kind, on=DAY).outcome for pk in people.tolist()]
        assert [OUTCOMES[at] for at in found[kind]] == alone, kind
        few = people[:3]  # a unit's page asks of its own people only
        assert (
            scan(register_of_people(few, DAY, DAY.year), (kind,))[kind].tolist() == found[kind][:3].tolist()
        )
