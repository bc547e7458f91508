#!/usr/bin/env python3
"""How many of the conflicts that belie reports in the news pages (pages.py) were judged right.

  score.py PAGES FINDINGS --belie BINARY

PAGES is the folder that pages.py wrote, FINDINGS `read.jsonl` or `unread.jsonl`: the events of the other one are left out. A conflict is what was judged
where each of its sides has a claim in another side of that; `new` is what nobody has judged. Python 3.11, standard library only.
"""

import argparse
import collections
import json
import subprocess
from pathlib import Path


def spans(report, groups):
    sources = {s["id"]: Path(s["path"]).name for s in report["sources"]}
    claims = {c["id"]: (sources[c["source"]], c["value_span"]["start"], c["value_span"]["end"]) for c in report["claims"]}
    return [[claims[c] for c in g] for g in groups]


def meet(group, other):
    return any(f == g and a < d and c < b for f, a, b in group for g, c, d in other)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("findings")
    parser.add_argument("--belie", required=True)
    args = parser.parse_args()
    judged = collections.defaultdict(list)
    for finding in map(json.loads, open(args.findings, encoding="utf-8")):
        judged[finding["folder"]].append(finding)
    odd = {int(folder[:2]) % 2 for folder in judged}
    counts = collections.Counter()
    for folder in sorted(p for p in args.pages.iterdir() if int(p.name[:2]) % 2 in odd):
        command = [args.belie, "check", "--no-cache", "--no-config", "--fail-on", "never", "--format", "json", folder]
        report = json.loads(subprocess.run(command, capture_output=True).stdout)
        for finding in report["findings"]:
            if finding["relation"] not in ("conflict", "derived-conflict") or finding["severity"] == "note":
                continue
            sides = spans(report, [g["claims"] for g in finding["groups"]] or [[c] for c in finding["claims"]])
            same = lambda f: any(meet(x, g) and meet(y, h) for x in sides for y in sides if x is not y for g in f["groups"] for h in f["groups"] if g is not h)
            verdicts = {f["verdict"] for f in judged[folder.name] if same(f)}
            verdict = next((v for v in ("right", "spelling", "wrong") if v in verdicts), "new")
            counts[finding["rule"], verdict] += 1
            counts["all", verdict] += 1
    for rule in sorted({rule for rule, _ in counts}):
        print(rule, {v: counts[rule, v] for v in ("right", "spelling", "wrong", "new")})


if __name__ == "__main__":
    main()
