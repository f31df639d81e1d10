"""The command `wenlv-desk`."""

import argparse
from collections.abc import Sequence

from wenlv_desk import __version__


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line; building it loads neither Qt nor the database."""
    parser = argparse.ArgumentParser(prog="wenlv-desk", description="文旅台账：县级文化和旅游局的台账、业务与文书")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code: 0 done, 1 done with rows rejected, 2 refused, 3 a bug."""
    parser = build_parser()
    parser.parse_args(argv)
    parser.print_help()
    return 0
