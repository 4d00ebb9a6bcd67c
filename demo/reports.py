"""The four other reports: one conference each, and what stands around it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from demo.figures import define, enter
from demo.steps import (
    answer_movements,
    close,
    convene,
    found_cluster,
    hold,
    open_year,
    report,
    review,
    sign_covenant,
)
from demo.world import World, read, system
from thidua.emulation.clusters import actions as clusters
from thidua.emulation.movements import actions as movements
from thidua.emulation.movements.models import Movement
from thidua.emulation.results import actions as results
from thidua.emulation.results.models import Period

Step = tuple[date, Any]
BAC_KAN, BAC_NINH = "bac-kan-huyen-thanh-pho", "bac-ninh-huyen-thi-xa-thanh-pho"
VINH_PHUC, MIDLANDS = "vinh-phuc-huyen-thanh-pho", "trung-du-mien-nui-phia-bac"


def bac_kan(world: World) -> Iterator[Step]:
    """Districts and city of Bắc Kạn: half-year 2020, and the events whose titles the page links."""
    told = read(BAC_KAN)

    def year(name: str) -> Any:
        return world.cycles[BAC_KAN, name]

    yield date(2019, 1, 3), lambda: (found_cluster(world, BAC_KAN), open_year(world, BAC_KAN, "2019"))
    yield (
        date(2019, 7, 31),
        lambda: convene(world, year("2019"), told["conferences"][0], by=system(date(2019, 7, 31))),
    )
    yield date(2019, 9, 3), lambda: _peak(world, told["peak"][0])
    yield date(2020, 1, 3), lambda: open_year(world, BAC_KAN, "2020")
    yield date(2020, 1, 4), lambda: define(world, BAC_KAN, told["indicators"], system(date(2020, 1, 4)))
    yield date(2020, 1, 20), lambda: answer_movements(world, BAC_KAN, year("2020"), date(2020, 1, 20))
    yield date(2020, 1, 21), lambda: _reviews(world, told["reviews"])
    yield date(2020, 3, 30), lambda: _covenant(world, told, year("2020"))
    for line in told["exemplar_conferences"]:
        yield line.get("day", date(2020, 3, 31)), lambda line=line: convene_outside(world, line)
    yield (
        date(2020, 7, 26),
        lambda: enter(world, BAC_KAN, year("2020"), Period.MID_YEAR, told["reached"], date(2020, 7, 26)),
    )
    yield date(2020, 7, 27), lambda: report(world, BAC_KAN, told["report"], year("2020"), date(2020, 7, 27))
    yield date(2020, 7, 29), lambda: _held(world, BAC_KAN, told["conferences"][2])


def _covenant(world: World, told: dict[str, Any], cycle: Any) -> None:
    """The page links only the title of the covenant conference; its day here is the day of posting."""
    day = told["covenant"]["day"]
    convene(world, cycle, told["conferences"][1], by=system(day))
    sign_covenant(world, BAC_KAN, cycle, day, told["covenant"]["note"])


def convene_outside(world: World, line: dict[str, Any]) -> None:
    """A congress or exemplar conference of a unit; one without a day told is planned for the year's end."""
    day = line.get("day", date(2020, 12, 31))
    convene(world, world.units[line["unit"]], line | {"day": day}, by=system(min(day, date(2020, 3, 31))))


def _held(world: World, file: str, line: dict[str, Any]) -> None:
    cycle = world.cycles[file, line["cycle"]]
    conference = hold(world, file, cycle, line | {"period": line.get("period", "")})
    close(world, file, cycle, conference, line)


def _peak(world: World, line: dict[str, Any]) -> None:
    movement = movements.launch_movement(
        movement=Movement(
            title=line["title"],
            level="province",
            kind="peak",
            authority=world.units["bk"],
            aims=f"Kết thúc ngày {line['ends']:%d/%m/%Y}; báo cáo không nêu ngày bắt đầu.",
        ),
        launchers=[world.units[code] for code in line["by"]],
        by=system(date(2019, 8, 24)),
    )
    world.movements[f"bk:{line['title']}"] = movement
    review(movement, on=line["reviewed_on"], stage="final", text="Kết quả đợt thi đua cao điểm (tin đăng).")


def _reviews(world: World, lines: list[dict[str, Any]]) -> None:
    for line in lines:
        review(world.movements[f"bk:{line['title']}"], on=line["day"], stage=line["kind"], text=line["text"])


def bac_ninh(world: World) -> Iterator[Step]:
    """Districts of Bắc Ninh: covenant conference of 11 March 2020."""
    told = read(BAC_NINH)
    line = told["conferences"][0]
    text = "Báo cáo không nêu nội dung giao ước; các đơn vị ký ngày 11/3/2020 tại UBND huyện Yên Phong."

    def cycle() -> Any:
        return world.cycles[BAC_NINH, "2020"]

    yield date(2020, 1, 4), lambda: (found_cluster(world, BAC_NINH), open_year(world, BAC_NINH, "2020"))
    yield date(2020, 1, 22), lambda: answer_movements(world, BAC_NINH, cycle(), date(2020, 1, 22))
    yield date(2020, 2, 1), lambda: convene_outside(world, told["congress"][0])
    yield line["day"], lambda: _sign_and_hold(world, BAC_NINH, line, text)


def _sign_and_hold(world: World, file: str, line: dict[str, Any], text: str) -> None:
    cycle = world.cycles[file, line["cycle"]]
    conference = hold(world, file, cycle, line)
    sign_covenant(world, file, cycle, line["day"], text, 15)
    close(world, file, cycle, conference, line)


def vinh_phuc(world: World) -> Iterator[Step]:
    """Districts of Vĩnh Phúc: half-year 17 July 2020, covenant signed in July, regulation agreed upon."""
    told = read(VINH_PHUC)
    line = told["conferences"][0]

    def cycle() -> Any:
        return world.cycles[VINH_PHUC, "2020"]

    yield date(2020, 1, 5), lambda: (found_cluster(world, VINH_PHUC), open_year(world, VINH_PHUC, "2020"))
    yield date(2020, 1, 23), lambda: answer_movements(world, VINH_PHUC, cycle(), date(2020, 1, 23))
    yield date(2020, 7, 15), lambda: report(world, VINH_PHUC, told["report"], cycle(), date(2020, 7, 15))
    yield line["day"], lambda: _vinh_phuc_day(world, told, line)


def _vinh_phuc_day(world: World, told: dict[str, Any], line: dict[str, Any]) -> None:
    cycle = world.cycles[VINH_PHUC, "2020"]
    _sign_and_hold(world, VINH_PHUC, line, told["covenant"]["text"])
    by = world.by("tamduong.gv", line["day"], 17)
    results.pass_report(report=cycle.reports.get(unit=None), conference=line["title"], by=by)
    clusters.draft_regulation(cluster=cycle.cluster, by=by)


def midlands(world: World) -> Iterator[Step]:
    """Seven northern provinces: half-year 28 July 2023, three chairs, the deputy's province as host."""
    told = read(MIDLANDS)

    def cycle() -> Any:
        return world.cycles[MIDLANDS, "2023"]

    yield date(2023, 1, 3), lambda: (found_cluster(world, MIDLANDS), open_year(world, MIDLANDS, "2023"))
    yield date(2023, 7, 26), lambda: report(world, MIDLANDS, told["report"], cycle(), date(2023, 7, 26))
    yield date(2023, 7, 28), lambda: _held(world, MIDLANDS, told["conferences"][0])
