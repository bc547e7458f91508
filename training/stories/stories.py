#!/usr/bin/env python3
"""Reads stories (see README.md): two short texts with the pairs of sentences that contradict, agree or only look so.

    stories.py --check FILE...     says what is malformed, with file and line, and counts
"""

import argparse
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

PAIR = re.compile(r"([x=~]) A(\d+) B(\d+)(?: (.*))?$")


@dataclass
class Story:
    """One story: its title, the sentences of A and of B, and the labelled pairs (label, index in A, index in B, rest)."""

    title: str
    place: str
    a: list = field(default_factory=list)
    b: list = field(default_factory=list)
    pairs: list = field(default_factory=list)


def read(path):
    """The stories of a file, and its faults as strings."""
    stories, faults = [], []
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        place = f"{path}:{number}"
        if not line:
            continue
        if line.startswith("== "):
            stories.append(Story(line[3:], place))
        elif not stories:
            faults.append(f"{place}: a line before the first title")
        elif line.startswith("A "):
            stories[-1].a.append(line[2:])
        elif line.startswith("B "):
            stories[-1].b.append(line[2:])
        elif match := PAIR.match(line):
            label, a, b, rest = match.groups()
            a, b = int(a) - 1, int(b) - 1
            story = stories[-1]
            if not (0 <= a < len(story.a) and 0 <= b < len(story.b)):
                faults.append(f"{place}: no such sentence: {line}")
            elif any((a, b) == (c, d) for _, c, d, _ in story.pairs):
                faults.append(f"{place}: the pair is listed twice: {line}")
            elif label == "x" and not re.match(r"[emh] ", (rest or "") + " "):
                faults.append(f"{place}: a contradiction without its level: {line}")
            else:
                story.pairs.append((label, a, b, rest or ""))
        else:
            faults.append(f"{place}: not a line of a story: {line[:60]}")
    for story in stories:
        if len(story.a) < 2 or len(story.b) < 2:
            faults.append(f"{story.place}: two texts are wanted: {story.title}")
        elif not story.pairs:
            faults.append(f"{story.place}: no pairs: {story.title}")
    return stories, faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", nargs="+", metavar="FILE", required=True)
    count, failed = {}, False
    stories_read = 0
    for path in parser.parse_args().check:
        stories, faults = read(path)
        stories_read += len(stories)
        for story in stories:
            for label, _, _, rest in story.pairs:
                key = f"x {rest[:1]}" if label == "x" else label
                count[key] = count.get(key, 0) + 1
        for fault in faults:
            print(fault)
        failed |= bool(faults)
    print(f"{stories_read} stories;", ", ".join(f"{key}: {count[key]}" for key in sorted(count)))
    sys.exit(failed)


if __name__ == "__main__":
    main()
