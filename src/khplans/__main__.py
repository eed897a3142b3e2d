"""Runs the command: `python -m khplans`."""

from khplans.cli import main

if __name__ == "__main__":
    main()
