"""Who may remind."""

from __future__ import annotations

import rules

from thidua.emulation.clusters.permissions import oversees, runs_cycle

rules.add_perm("desk.remind", runs_cycle | oversees)
