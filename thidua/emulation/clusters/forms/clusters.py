"""Forms of a cluster, its members and those who watch over it."""

from __future__ import annotations

from typing import Any

from django import forms

from thidua.base.periods import last_day_if_any
from thidua.base.ui.forms import DayField, LookupField
from thidua.documents.models import Paper
from thidua.emulation.clusters.actions import ClusterDetails
from thidua.emulation.clusters.models import Cluster, ClusterKind, ClusterLevel, Membership, OversightKind
from thidua.emulation.clusters.queries import papers_to_cite
from thidua.organisations.models import Person, Unit
from thidua.organisations.queries import said_people


class ClusterFilterForm(forms.Form):
    """What the list of clusters is narrowed to."""

    tim = forms.CharField(label="Tìm theo tên", required=False, max_length=100)
    loai = forms.ChoiceField(label="Loại", required=False, choices=[("", "Mọi loại"), *ClusterKind.choices])
    cap = forms.ChoiceField(label="Cấp", required=False, choices=[("", "Mọi cấp"), *ClusterLevel.choices])


class ClusterForm(forms.Form):
    """Founding a cluster, or correcting what is written of it."""

    authority = forms.ModelChoiceField(
        Unit.objects.none(),
        label="Cấp tổ chức",
        help_text="Cơ quan quyết định thành lập, ví dụ UBND tỉnh.",
    )
    name = forms.CharField(
        label="Tên đầy đủ", max_length=200, help_text="Ví dụ: Khối thi đua Văn hóa – Xã hội tỉnh Bắc Kạn."
    )
    short_name = forms.CharField(label="Tên gọn", max_length=80, help_text="Dùng ở chỗ hẹp.")
    kind = forms.ChoiceField(label="Loại", choices=ClusterKind)
    level = forms.ChoiceField(label="Cấp", choices=ClusterLevel)
    symbol = forms.CharField(
        label="Ký hiệu văn bản", max_length=20, help_text="Ví dụ KTĐ, để thành 03/BC-KTĐ."
    )
    founding = forms.CharField(
        label="Quyết định thành lập",
        max_length=200,
        required=False,
        help_text="Số, ngày và cơ quan ban hành.",
    )
    starts = DayField(label="Thành lập từ ngày")
    last = DayField(label="Hoạt động đến hết ngày", required=False, help_text="Để trống khi còn hoạt động.")
    address = forms.SlugField(
        label="Tên trong địa chỉ",
        max_length=80,
        required=False,
        help_text="Chữ không dấu và gạch nối; để trống thì lấy theo tên.",
    )

    def __init__(
        self, *args: Any, cluster: Cluster | None = None, authorities: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if cluster is not None:
            del self.fields["authority"], self.fields["address"]
            self.initial = {**_as_written(cluster), **self.initial}
        else:
            choice = self.fields["authority"]
            assert isinstance(choice, forms.ModelChoiceField)
            choice.queryset = authorities

    def details(self) -> ClusterDetails:
        """What was filled in, for the action."""
        facts = {key: value for key, value in self.cleaned_data.items() if key != "authority"}
        return ClusterDetails(**facts)


def _as_written(cluster: Cluster) -> dict[str, Any]:
    plain = {
        key: getattr(cluster, key) for key in ("name", "short_name", "kind", "level", "symbol", "founding")
    }
    return plain | {"starts": cluster.existence.lower, "last": last_day_if_any(cluster.existence)}


class MembersForm(forms.Form):
    """Units that join."""

    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label="Đơn vị",
        widget=forms.SelectMultiple(attrs={"size": 10}),
        help_text="Giữ Ctrl để chọn nhiều đơn vị.",
        error_messages={"required": "Anh/chị chọn ít nhất một đơn vị."},
    )
    starts = DayField(label="Tham gia từ ngày")
    reason = forms.CharField(label="Theo văn bản, lý do", max_length=200, required=False)

    def __init__(self, *args: Any, cluster: Cluster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        joined = Membership.objects.filter(cluster=cluster, term__upper_inf=True).values("unit")
        choice = self.fields["units"]
        assert isinstance(choice, forms.ModelMultipleChoiceField)
        choice.queryset = Unit.objects.exclude(pk__in=joined)


class LeavingForm(forms.Form):
    """A member leaves."""

    last = DayField(label="Ngày cuối còn là thành viên")
    reason = forms.CharField(label="Lý do", max_length=200, help_text="Ví dụ: sáp nhập vào Sở Nội vụ.")


class OversightForm(forms.Form):
    """Somebody is put in charge of the cluster."""

    person = LookupField(
        Person.objects.all(), said=said_people, source="organisations:suggest_people", label="Cá nhân"
    )
    kind = forms.ChoiceField(label="Phân công", choices=OversightKind)
    starts = DayField(label="Từ ngày")
    last = DayField(label="Đến hết ngày", required=False)


class GuidanceForm(forms.Form):
    """Which papers guide the cluster."""

    papers = forms.ModelMultipleChoiceField(
        Paper.objects.none(),
        label="Văn bản chỉ đạo, hướng dẫn",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["papers"]
        assert isinstance(choice, forms.ModelMultipleChoiceField)
        choice.queryset = papers_to_cite()
