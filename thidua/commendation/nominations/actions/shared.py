"""What the verbs share."""

from __future__ import annotations

from thidua.base.audit.refusals import Refused
from thidua.commendation.nominations.models import Package


def lock(package: Package) -> Package:
    """Hold the package's row until the act is over and read it anew: acts on one package take turns."""
    package.refresh_from_db(from_queryset=Package.objects.select_for_update(of=("self",)))
    return package


def lock_in_hand(package: Package) -> Package:
    """The same, refusing what was submitted."""
    if not lock(package).in_hand:
        raise Refused("Hồ sơ đã gửi nên không sửa được. Cơ quan thường trực trả lại thì mới sửa.")
    return package
