"""A plan as somebody writes it: a YAML file whose every fault is told with its line and what would do."""

from concerted.planning.rules.plan.changes import Change, ChangeRefused, changed
from concerted.planning.rules.plan.reading import Fault, PlanFaults, faults_of, options_of, read_plan, read_plan_file
from concerted.planning.rules.plan.schema import Plan

__all__ = [
    "Change",
    "ChangeRefused",
    "Fault",
    "Plan",
    "PlanFaults",
    "changed",
    "faults_of",
    "options_of",
    "read_plan",
    "read_plan_file",
]
