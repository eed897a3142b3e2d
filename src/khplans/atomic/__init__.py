"""Whole or nothing: one writer at a time, and what it makes takes its place in one step."""

from khplans.atomic.files import copy_tree, link_file, link_tree, replacing, write_file
from khplans.atomic.hold import holding, holds, recover, work_of
from khplans.atomic.scratch import in_scratch, scratch

__all__ = [
    "copy_tree",
    "holding",
    "holds",
    "in_scratch",
    "link_file",
    "link_tree",
    "recover",
    "replacing",
    "scratch",
    "work_of",
    "write_file",
]
