"""Takes plans in: a file's text and layout, a folder with them, what is known about it, its corrections."""

from khplans.intake.plans import Plan, list_plans, load_file, load_plan, unregistered
from khplans.intake.taken import Taken

__all__ = ["Plan", "Taken", "list_plans", "load_file", "load_plan", "unregistered"]
