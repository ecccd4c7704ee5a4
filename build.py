"""The command line of the site: ``python build.py --help`` tells what it can do."""

import sys
from pathlib import Path

from healthsite.cli import main

if __name__ == "__main__":
    sys.exit(main(root=Path(__file__).resolve().parent))
