"""The command line of the site: ``python build.py --help`` tells what it can do."""

import sys
from pathlib import Path

if __name__ == "__main__":
    from healthsite.cli import main  # here: a worker imports this file too, and has no use for a command line

    sys.exit(main(root=Path(__file__).resolve().parent))
