#!/usr/bin/env python3
"""Labels the candidates of belie, for learn.py to read. Python 3.11, standard library only.

  label.py marked DOSSIERS... --tool BINARY        marked dossiers
  label.py families FILE... --out FOLDER           fact families as marked dossiers, each document with a statement of several families:
                                                   FOLDER/train has four fifths of the families, FOLDER/validation the rest
  label.py plain SET --tool BINARY                 plain scenarios with all their conflicts
  label.py pairs FILE --tool BINARY                pairs of short texts: a JSON object a line, with id, premise, hypothesis and label; two single sentences have no candidates
  label.py judged FOLDERS --findings FILE --tool BINARY   pages of which findings have been judged (news/): a line each with folder, verdict and groups;
                                                   without FILE, manuals: documents of which no two contradict each other
  label.py slips FOLDERS [--within] --tool BINARY  texts that nobody has labelled: conflicts made of values that are surely of one thing, one of them changed;
                                                   `--within` those of one document alone
  label.py clusters SCORERS CLUSTERS --skip NAME,NAME --belie BINARY --tool BINARY   labelled clusters of pages; SCORERS holds clusters.py

All but `families` print a candidate a line. TOOL is the program beside this file. The same input gives the same bytes.
"""

import argparse
import collections
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "dossiers"))
import dossiers  # noqa: E402


def seen(*command):
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for line in out.splitlines():
        c = json.loads(line)
        for side in "ab":
            c[side]["file"] = Path(c[side]["file"]).name
            c[side].pop("sentence", None)
        yield c


def clusters(args):
    sys.path.insert(0, args.scorers)
    import clusters as scorer

    for folder in sorted(p for p in Path(args.clusters).iterdir() if p.is_dir() and p.name not in args.skip.split(",")):
        gold = scorer.Gold(folder / "labels.toml")
        command = [args.belie, "check", "--format", "json", "--no-cache", folder / "texts"]
        report = json.loads(subprocess.run(command, capture_output=True, text=True).stdout)
        candidates = list(seen(args.tool, folder / "texts"))
        at = collections.defaultdict(list)
        for c in report["claims"]:
            at[Path(c["source"]).name, c["value_span"]["start"], c["value_span"]["end"]].append(c["id"])
        place = lambda side: (side["file"], side["start"], side["end"])
        for c in candidates:
            for side in (c[s] for s in "ab" if c.get("of") == "contrast"):
                if place(side) not in at:
                    span = {"start": side["start"], "end": side["end"]}
                    report["claims"].append({"id": repr(place(side)), "source": side["file"], "kind": "detail", "span": span, "value_span": span, "value": {"text": side["words"]}})
                    at[place(side)].append(repr(place(side)))
        claims, _ = scorer.load_claims(gold, report)
        nodes, _ = scorer.match(gold, claims)
        quantity = lambda c: {(gold.nodes[i]["subject"], gold.nodes[i]["attribute"]) for i in nodes[c] if gold.nodes[i]["section"] == "pair"}
        for c in candidates:
            a, b = (at.get(place(c[s])) for s in "ab")
            if not a or not b:
                continue
            label, _ = scorer.verdict_for(gold, claims, nodes, a[0], b[0])
            told = (quantity(a[0]), quantity(b[0]))
            # What excludes the other and has no label is most likely of two things; what fits the other may well be of one.
            if label is None and not c["apart"] and not (all(told) and not told[0] & told[1]):
                continue
            c["same"] = label is not None and label["relation"] in ("conflict", "agree", "compatible")
            c["conflict"] = label is not None and label["relation"] == "conflict"
            c["facts"] = [str(label and (label.get("incident") or label.get("attribute")))]
            print(json.dumps(c | {"folder": folder.name}))


def plain(args):
    for folder in sorted(p for p in Path(args.set).iterdir() if (p / "labels.json").is_file()):
        labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        texts = {f.name: f.read_bytes() for f in (folder / "texts").iterdir()}

        def over(c, side, said):
            text = texts[said["file"]]
            start = text.find(said["quote"].encode())
            # What is denied is the whole of what is quoted.
            value = said["quote"] if c["features"].get("denied") else said.get("value", said["quote"])
            start = text.find(value.encode(), start)
            end = start + len(value.encode())
            return c[side]["file"] == said["file"] and c[side]["start"] < end and start < c[side]["end"]

        def hits(c, kind):
            pairs = lambda e: ((x, y) for x in e["sides"] for y in e["sides"] if x is not y)
            return [e["id"] for e in labels[kind] if any(over(c, "a", x) and over(c, "b", y) for x, y in pairs(e))]

        for c in seen(args.tool, folder / "texts"):
            conflict, agree = hits(c, "conflicts"), hits(c, "agreements")
            if c["apart"] is False and not agree and not hits(c, "decoys"):
                continue
            c["same"], c["conflict"], c["facts"] = bool(conflict or agree), bool(conflict), (conflict + agree or ["-"])[:1]
            print(json.dumps(c | {"folder": folder.name}))


def judged(args):
    findings = collections.defaultdict(list)
    for finding in map(json.loads, open(args.findings, encoding="utf-8")) if args.findings else ():
        findings[finding["folder"]].append(finding)
    within = lambda side, group: any(f == side["file"] and start < side["end"] and side["start"] < end for f, start, end in group)
    exactly = lambda side, group: group == [[side["file"], side["start"], side["end"]]]
    for folder in map(Path, args.folders):
        for c in seen(args.tool, folder):
            if not c["apart"] or c["a"]["file"] == c["b"]["file"] and c.get("of") == "contrast":
                continue
            sides = lambda f: ((g, h) for g in f["groups"] for h in f["groups"] if g is not h)
            said = lambda meets: {f["verdict"] for f in findings[folder.name] if any(meets(c["a"], g) and meets(c["b"], h) for g, h in sides(f))}
            verdicts = said(exactly) or said(within)
            # Two spellings of one name are neither.
            if verdicts and verdicts <= {"spelling", "unsure"}:
                continue
            c["conflict"] = "right" in verdicts
            print(json.dumps(c | {"same": c["conflict"], "facts": ["-"], "folder": folder.name}))


def slips(args):
    for folder in map(Path, args.folders):
        for c in seen(args.tool, "--slips", folder):
            if args.within and c["a"]["file"] != c["b"]["file"]:
                continue
            print(json.dumps(c | {"slip": True, "same": True, "conflict": True, "facts": ["-"], "folder": folder.name}))


def pairs(args):
    labels = {row["id"]: row["label"] for row in map(json.loads, open(args.file, encoding="utf-8"))}
    for c in seen(args.tool, "--pairs", args.file):
        c["conflict"], c["facts"] = labels[c["folder"]] == "contradiction", ["-"]
        c["same"] = c["conflict"] if c.get("of") == "contrast" or c["apart"] else labels[c["folder"]] == "entailment"
        print(json.dumps(c))


def families(args):
    rng = random.Random(7)
    rows = [json.loads(line) for file in sorted(args.files) for line in open(file, encoding="utf-8")]
    rows = [r for r in rows if all(s["x"] in s["t"] for s in r["statements"])]
    kept_out = rows[::5]
    write_families([r for n, r in enumerate(rows) if n % 5], Path(args.out) / "train", rng)
    write_families(kept_out, Path(args.out) / "validation", rng)


def write_families(rows, out, rng, rounds=3, size=5, count=3):
    """Dossiers of `size` families in `count` documents each, every family in one of each round."""
    made = 0
    for _ in range(rounds):
        order = rows[:]
        rng.shuffle(order)
        for first in range(0, len(order) - size + 1, size):
            texts, facts = [[] for _ in range(count)], {}
            for n, family in enumerate(order[first : first + size], 1):
                statements = family["statements"][:]
                rng.shuffle(statements)
                for k, s in enumerate(statements[: count + 1], 1):
                    fact, version = f"F{n}", {"1": "a", "2": "b", "3": "c"}.get(s["g"], "*")
                    if s["g"] not in "123w":
                        fact, version = f"D{10 * (n - 1) + k}", "a"
                    facts.setdefault(fact, {"about": family["kind"], "kind": family["kind"], "numeric": family["numeric"], "versions": {}})["versions"][version] = s["x"]
                    texts[(k - 1) % count].append(s["t"].replace(s["x"], f"[[{fact}.{version}|{s['x']}]]", 1))
            folder = out / f"family{made:03}"
            (folder / "marked").mkdir(parents=True)
            (folder / "facts.json").write_text(json.dumps(facts), encoding="utf-8")
            for k, sentences in enumerate(texts):
                rng.shuffle(sentences)
                (folder / "marked" / f"doc{k}.txt").write_text("\n\n".join(sentences) + "\n", encoding="utf-8")
            made += 1


def marked(args):
    for dossier in dossiers.dossiers(args.roots):
        with tempfile.TemporaryDirectory() as folder:
            for name, document in dossier.documents.items():
                (Path(folder) / name).write_text(document.text, encoding="utf-8")
            for c in seen(args.tool, folder):
                a, b = (dossier.documents[c[s]["file"]].at(c[s]["start"], c[s]["end"]) for s in "ab")
                c["facts"] = sorted(f"{f}.{v}" for f, v in a | b) or ["-"]
                c["conflict"] = any(f == g and v != w and "*" not in (v, w) for f, v in a for g, w in b)
                c["same"] = c["conflict"] if c.get("of") == "contrast" else any(f == g for f, _ in a for g, _ in b)
                print(json.dumps(c | {"folder": dossier.name}))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("clusters")
    one.add_argument("scorers")
    one.add_argument("clusters")
    one.add_argument("--skip", default="")
    one.add_argument("--belie", required=True)
    one.set_defaults(run=clusters)
    two = commands.add_parser("plain")
    two.add_argument("set")
    two.set_defaults(run=plain)
    five = commands.add_parser("pairs")
    five.add_argument("file")
    five.set_defaults(run=pairs)
    six = commands.add_parser("judged")
    six.add_argument("folders", nargs="+")
    six.add_argument("--findings")
    six.set_defaults(run=judged)
    seven = commands.add_parser("slips")
    seven.add_argument("folders", nargs="+")
    seven.add_argument("--within", action="store_true")
    seven.set_defaults(run=slips)
    three = commands.add_parser("families")
    three.add_argument("files", nargs="+")
    three.add_argument("--out", required=True)
    three.set_defaults(run=families)
    four = commands.add_parser("marked")
    four.add_argument("roots", nargs="+")
    four.set_defaults(run=marked)
    for command in (one, two, four, five, six, seven):
        command.add_argument("--tool", required=True)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
