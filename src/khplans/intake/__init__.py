"""Takes plans in: a folder with its source, what is known about it, and its corrections."""

from khplans.intake.plans import Plan, list_plans, load_file, load_plan, unregistered

__all__ = ["Plan", "list_plans", "load_file", "load_plan", "unregistered"]
