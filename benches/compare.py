#!/usr/bin/env python3
"""Compares a cold `mdbook-arch export` with the floor beneath it, as a ratio within one run.

    benches/compare.py --tree DIR --app MODULE:NAME [--env NAME=VALUE …] [--tree DIR --app … ] [--runs N]
                       [--export routes|openapi|frontend]… [--reached] [--cpu] [--floor BIN] [--arch BIN]

The floor (benches/floor.rs, or any program that takes a folder) walks, reads and parses the same tree and does nothing
else. The two run in turn, so that a slow minute of the machine slows both. Each is a new process without any cache of
its own; the files are in the system's cache after the first, uncounted round. Ratios below 1 are possible, because
only what the application reaches has to be parsed.

Peak memory is what the system reports of the process; it cannot be seen below that of this script, some 16 MiB.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Tree:
    directory: str
    app: str | None = None
    environment: list[str] = field(default_factory=list)


@dataclass
class Sample:
    seconds: float
    peak_mib: float


class AddTree(argparse.Action):
    def __call__(self, parser, namespace, value, option=None):
        namespace.trees.append(Tree(value))


class OfLastTree(argparse.Action):
    """`--app` and `--env` belong to the `--tree` in front of them."""

    def __call__(self, parser, namespace, value, option=None):
        if not namespace.trees:
            parser.error(f"{option} stands before any --tree")
        if option == "--app":
            namespace.trees[-1].app = value
        else:
            namespace.trees[-1].environment.append(value)


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tree", action=AddTree, required=True, metavar="DIR")
    parser.add_argument("--app", action=OfLastTree, metavar="MODULE:NAME")
    parser.add_argument("--env", action=OfLastTree, metavar="NAME=VALUE")
    parser.add_argument("--floor", metavar="BIN", help="default: benches/floor.rs, built by cargo")
    parser.add_argument("--arch", metavar="BIN", help="default: the release binary, built by cargo")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument(
        "--reached", action="store_true", help="the floor parses only the Python files that the application imports"
    )
    parser.add_argument(
        "--cpu", action="store_true", help="time of all processors together in place of wall-clock time"
    )
    parser.add_argument(
        "--export",
        action="append",
        dest="exports",
        choices=["routes", "openapi", "frontend"],
        help="what is exported, each in a table of its own; default: routes",
    )
    parser.set_defaults(trees=[])
    return parser.parse_args()


def build(*arguments: str, target: str) -> str:
    """The path of an executable, as cargo itself reports it."""
    command = ["cargo", *arguments, "--locked", "--message-format=json"]
    output = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    for line in output.splitlines():
        message = json.loads(line)
        if message.get("executable") and message["target"]["name"] == target:
            return message["executable"]
    sys.exit(f"cargo built no executable for {target}")


def measure(command: list[str], cpu: bool) -> Sample:
    """Time and peak memory of one process."""
    with tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            errors.seek(0)
            text = errors.read().decode(errors="replace")
            sys.exit(f"{' '.join(command)} ended with {process.returncode}\n{text}")
    if cpu:
        seconds = usage.ru_utime + usage.ru_stime
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Sample(seconds, usage.ru_maxrss / unit)


def analysis(arch: str, export: str, tree: Tree) -> list[str]:
    command = [arch, "export", export, "--root", tree.directory]
    if tree.app:
        command += ["--app", tree.app]
    for variable in tree.environment:
        command += ["--env", variable]
    return command


def copy_reached(arch: str, tree: Tree, folder: str) -> None:
    """Copies the files of the modules that the application imports."""
    command = analysis(arch, "architecture", tree)
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    for file in {module["file"] for module in json.loads(output.stdout)["modules"]}:
        target = Path(folder, file)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(Path(tree.directory, file), target)


def row(name: str, ours: list[float], floor: list[float], peak: float) -> str:
    smallest = min(ours) / min(floor)
    middle = statistics.median(ours) / statistics.median(floor)
    return (
        f"{name[-40:]:40} {min(floor) * 1000:9.1f} {min(ours) * 1000:9.1f} "
        f"{smallest:7.2f} {middle:7.2f} {peak:9.1f}"
    )


def main() -> None:
    arguments = parse_arguments()
    floor_binary = arguments.floor or build("bench", "--bench", "floor", "--no-run", target="floor")
    arch = arguments.arch or build("build", "--release", target="mdbook-arch")
    for export in arguments.exports or ["routes"]:
        compare(export, arguments, floor_binary, arch)


def compare(export: str, arguments: argparse.Namespace, floor_binary: str, arch: str) -> None:
    title = f"export {export}"
    print(f"{title:40} {'floor ms':>9} {'ours ms':>9} {'min':>7} {'median':>7} {'peak MiB':>9}")
    ours_total = [0.0] * arguments.runs
    floor_total = [0.0] * arguments.runs
    highest = 0.0
    for tree in arguments.trees:
        folder = tree.directory
        if arguments.reached:
            reached = tempfile.TemporaryDirectory()
            folder = reached.name
            copy_reached(arch, tree, folder)
        commands = [floor_binary, folder], analysis(arch, export, tree)
        for command in commands:
            measure(command, arguments.cpu)
        floor, ours = [], []
        for run in range(arguments.runs):
            # Turn about, so that neither is always the one that follows the other.
            for command in commands if run % 2 == 0 else reversed(commands):
                (floor if command is commands[0] else ours).append(measure(command, arguments.cpu))
        peak = max(sample.peak_mib for sample in ours)
        highest = max(highest, peak)
        print(row(tree.directory, [s.seconds for s in ours], [s.seconds for s in floor], peak))
        for run in range(arguments.runs):
            ours_total[run] += ours[run].seconds
            floor_total[run] += floor[run].seconds
    if len(arguments.trees) > 1:
        print(row("all together", ours_total, floor_total, highest))


if __name__ == "__main__":
    main()
