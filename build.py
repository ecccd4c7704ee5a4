"""The command line of the site: ``python build.py --help`` tells what it can do."""

from pathlib import Path

if __name__ == "__main__":
    from healthsite.cli import run  # here: a worker imports this file too, and has no use for a command line

    run(Path(__file__).resolve().parent)
