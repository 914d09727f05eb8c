"""`python -m isecg.stack COMMAND`: what the Makefile calls once everything is installed."""

import argparse
import sys
from collections.abc import Sequence

from .errors import StackError


def main(arguments: Sequence[str] | None = None) -> int:
    options = parse(arguments)
    try:
        return carry_out(options)
    except StackError as error:
        print(error, file=sys.stderr)
        return 1


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m isecg.stack", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="the portal with everything it needs, until Ctrl-C")
    execute = commands.add_parser("exec", help="run a command with PostgreSQL and Valkey up")
    execute.add_argument("--fresh", action="store_true", help="begin with empty servers")
    execute.add_argument("words", nargs="+", metavar="-- command")
    commands.add_parser("check", help="every check; changes nothing, reports everything")
    commands.add_parser("fix", help="what can be repaired without thinking")
    commands.add_parser("lock", help="recompile the requirement files")
    return parser.parse_args(arguments)


def carry_out(options: argparse.Namespace) -> int:
    """Each command's module is imported only when asked for."""
    match options.command:
        case "exec":
            from .execute import execute

            return execute(options.words, fresh=options.fresh)
        case "check":
            from .check import check

            return check()
        case "fix":
            from .check import fix

            return fix()
        case "lock":
            from .lock import lock

            return lock()
        case _:
            from .run import run

            run()
            return 0


if __name__ == "__main__":
    sys.exit(main())
