#!/usr/bin/env python3
"""Scores `belie verify` on labelled statements. Python 3.11, standard library only.

  statements.py FILE --belie BINARY [--json] [--missed]

FILE holds a JSON object a line: a `source`, and `statements` about it, each with `id`, `text` and `label` (supported, contradicted,
not_mentioned). Printed are the verdicts by label. Of what is contradicted only `contradicted` counts as found; `contradicted` of
anything else is a false alarm; `not_mentioned` of what the source speaks of is silence.
"""

import argparse
import collections
import json
import subprocess
import sys

LABELS = ("supported", "contradicted", "not_mentioned")


def verdicts(binary, sources):
    lines = [
        json.dumps({"id": s["id"], "text": s["text"], "sources": [{"id": "source", "text": one["source"]}]})
        for one in sources
        for s in one["statements"]
    ]
    run = subprocess.run([binary, "verify", "--jsonl"], input="\n".join(lines), capture_output=True, text=True)
    said = {answer["id"]: answer["verdict"] for answer in map(json.loads, run.stdout.splitlines())}
    if run.returncode not in (0, 1) or len(said) != len(lines):
        sys.exit(f"belie verify ended with {run.returncode} and {len(said)} of {len(lines)} answers: {run.stderr[:500]}")
    return said


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--belie", required=True)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--missed", action="store_true", help="print what is contradicted and not found, and false alarms")
    args = parser.parse_args()
    sources = [json.loads(line) for line in open(args.file, encoding="utf-8")]
    said = verdicts(args.belie, sources)
    statements = [s for one in sources for s in one["statements"]]
    table = {label: collections.Counter(said.get(s["id"]) for s in statements if s["label"] == label) for label in LABELS}
    found, all_wrong = table["contradicted"]["contradicted"], table["contradicted"].total()
    false = table["supported"]["contradicted"] + table["not_mentioned"]["contradicted"]
    spoken_of = table["supported"] + table["contradicted"]
    score = {
        "found": 100 * found / all_wrong,
        "right": 100 * found / max(1, found + false),
        "silent": 100 * spoken_of["not_mentioned"] / spoken_of.total(),
        "verdicts": {label: dict(sorted(row.items())) for label, row in table.items()},
    }
    if args.json:
        print(json.dumps(score))
        return
    if args.missed:
        for s in statements:
            if (said.get(s["id"]) == "contradicted") != (s["label"] == "contradicted"):
                print(s["id"], s["label"], s.get("kind", ""), s.get("level", ""), said.get(s["id"]), s["text"], sep="\t")
    for label, row in score["verdicts"].items():
        print(f"{label:14} {row}")
    print(f"contradictions found {found}/{all_wrong} ({score['found']:.1f} %), right {found}/{found + false} ({score['right']:.1f} %), "
          f"silent on {score['silent']:.1f} % of what the sources speak of")


if __name__ == "__main__":
    main()
