#!/usr/bin/env python3
"""Checks, unmarks and scores marked dossiers; README.md beside this file says what they are. Python 3.11, standard library only.

  dossiers.py check DIR...                     faults and counts; exit status 1 where there is a fault
  dossiers.py texts DIR... --out FOLDER        the bare texts, as FOLDER/NAME/FILE, for any tool or reader
  dossiers.py score DIR... --belie BINARY      what `belie check` finds        [--severity error] [--args "..."]
  dossiers.py score DIR... --answers FILE      what another tool or a person finds; JSON lines, see README.md
  dossiers.py score DIR... --baseline numbers  a bag of numbers;  words: the same words but for a number
  dossiers.py agreement DIR OTHER              two markings of the same texts

`score` takes --only NAME,NAME, --list (findings that are false), --missed (conflicts not found) and --json.
"""

import argparse
import collections
import itertools
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

MARK = re.compile(r"\[\[([A-Z]\d*)(?:\.([a-z*]))?\|([^\[\]|]+)\]\]")
NUMBER = re.compile(r"\d[\d.,:]*")
CONFLICT, AGREE = ("conflict", "derived-conflict"), ("agree", "compatible", "refines", "quote-match", "quote-truncated", "derived-consistent")
# A mark: its place in the bare text in bytes, the fact, and the version that it states ("*": any of them).
Mark = collections.namedtuple("Mark", "start end fact version")


class Document:
    """A text without its marks, and the marks. `outside` is what stands outside of them, for the checker."""

    def __init__(self, marked):
        self.text, self.marks, at = "", [], 0
        for m in MARK.finditer(marked):
            self.text += marked[at : m.start()]
            start = len(self.text.encode())
            self.text += m[3]
            self.marks.append(Mark(start, len(self.text.encode()), m[1], m[2]))
            at = m.end()
        self.text += marked[at:]
        self.outside = MARK.sub("", marked)

    def stated(self):
        """The marks that state a fact; `N` marks a number that claims nothing."""
        return [m for m in self.marks if m.fact != "N"]

    def at(self, start, end):
        """The facts and versions stated by the marks that a span of bytes overlaps."""
        return {(m.fact, m.version) for m in self.stated() if m.start < end and start < m.end}


class Dossier:
    def __init__(self, folder):
        self.folder, self.name = folder, folder.name
        self.facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
        files = sorted((folder / "marked").glob("*.txt"))
        self.documents = {f.name: Document(f.read_text(encoding="utf-8")) for f in files}

    def statements(self):
        """Every statement as (file, fact, version), once for each document."""
        return sorted({(f, m.fact, m.version) for f, d in self.documents.items() for m in d.stated()})

    def incidents(self):
        """The facts of which two documents state two versions."""
        told = collections.defaultdict(lambda: collections.defaultdict(set))
        for f, fact, version in self.statements():
            told[fact][version].add(f)
        two = lambda v: any(f != g for a, b in itertools.combinations([x for x in v if x != "*"], 2) for f in v[a] for g in v[b])
        return {fact for fact, versions in told.items() if two(versions)}

    def write(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name, document in self.documents.items():
            (folder / name).write_text(document.text, encoding="utf-8")


def dossiers(roots, only=()):
    for root in map(Path, roots):
        if not root.is_dir():
            sys.exit(f"{root}: no such folder")
        for folder in sorted(root.iterdir()):
            if (folder / "facts.json").is_file() and (not only or folder.name in only):
                yield Dossier(folder)


# Checking


def check(args):
    count, faults = collections.Counter(), 0
    for dossier in dossiers(args.roots):
        count["dossiers"] += 1
        used = set()
        for name, document in dossier.documents.items():
            count["documents"] += 1
            count["words"] += len(document.text.split())
            count["marks"] += len(document.marks)
            found = [f"a number outside a mark: {n[0]}" for n in NUMBER.finditer(document.outside)]
            if "[[" in document.outside or "]]" in document.outside:
                found.append("a broken mark")
            for mark in document.stated():
                used.add((mark.fact, mark.version))
                versions = dossier.facts.get(mark.fact, {}).get("versions")
                if versions is None:
                    found.append(f"a mark of a fact that facts.json lacks: {mark.fact}")
                elif mark.version != "*" and mark.version not in versions:
                    found.append(f"a mark of a version that facts.json lacks: {mark.fact}.{mark.version}")
            for fault in found:
                print(f"{dossier.name}/{name}: {fault}", file=sys.stderr)
            faults += len(found)
        for fact, about in dossier.facts.items():
            count["facts"] += 1
            count["numeric facts"] += bool(about["numeric"])
            for version in about["versions"]:
                if (fact, version) not in used:
                    print(f"{dossier.name}: nothing states {fact}.{version}", file=sys.stderr)
                    faults += 1
        count["conflicts"] += len(dossier.incidents())
        for a, b in itertools.combinations(dossier.statements(), 2):
            count["agreeing statements of two documents"] += a[0] != b[0] and a[1:] == b[1:]
    print(json.dumps(count, indent=1))
    print(f"faults {faults}")
    return 1 if faults or not count["dossiers"] else 0


def texts(args):
    for dossier in dossiers(args.roots):
        dossier.write(Path(args.out) / dossier.name)


# Answers: for each dossier (findings, agreements, claimed). A finding is a list of groups, one a value, an agreement one group;
# a member is (file, start, end) in bytes. `claimed` lists the spans of all values that the tool has read, or is None.


def of_belie(dossier, args):
    with tempfile.TemporaryDirectory() as folder:
        dossier.write(Path(folder))
        command = [args.belie, "check", "--format", "json", "--fail-on", "never", "--no-cache", *args.args.split(), folder]
        run = subprocess.run(command, capture_output=True)
    try:
        report = json.loads(run.stdout)
    except ValueError:
        print(f"{dossier.name}: no report: {run.stderr.decode(errors='replace')[:300]}", file=sys.stderr)
        return [], [], []
    names = {s["id"]: Path(s["path"]).name for s in report["sources"]}
    place = {c["id"]: (names[c["source"]], c["value_span"]["start"], c["value_span"]["end"]) for c in report["claims"]}
    loud = ("error",) if args.severity == "error" else ("error", "warning")
    said = [f for f in report["findings"] if f["relation"] in CONFLICT and f["severity"] in loud]
    groups = lambda f: [g["claims"] for g in f.get("groups") or []] or [[c] for c in f["claims"]]
    findings = [[[place[c] for c in group if c in place] for group in groups(f)] for f in said]
    links = [[place[r["a"]], place[r["b"]]] for r in report["relations"] if r["type"] in AGREE and r.get("b") in place]
    return findings, links, list(place.values())


def read_answers(path):
    """The lines of a file of answers, by dossier."""
    lines = collections.defaultdict(list)
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                answer = json.loads(line)
                lines[answer["dossier"]].append((answer["relation"], answer["groups"]))
            except (ValueError, KeyError, TypeError) as error:
                sys.exit(f"{path}:{number}: not an answer: {error}")
    return lines


def of_answers(dossier, answers):
    def place(member):
        document = dossier.documents.get(member["file"])
        if document is None:
            return None
        if "start" in member:
            return member["file"], member["start"], member["end"]
        # Words of the text: those inside `near`, where they are given, else the first.
        near = document.text.find(member.get("near", ""))
        at = document.text.find(member["quote"], max(0, near - len(member["quote"])) if member.get("near") else 0)
        at = at if at >= 0 else document.text.find(member["quote"])
        start = len(document.text[:at].encode())
        return None if at < 0 else (member["file"], start, start + len(member["quote"].encode()))

    findings, agreements = [], []
    for relation, groups in answers.get(dossier.name, []):
        placed = [[p for p in map(place, group) if p] for group in groups]
        if relation in CONFLICT:
            findings.append(placed)
        elif relation in AGREE:
            agreements += placed
    return findings, agreements, None


def sentences(text):
    """Sentences with their place in bytes; a plain cut, good enough for a baseline."""
    for m in re.finditer(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]*)*[.!?]?", text):
        if m[0].strip():
            yield len(text[: m.start()].encode()), m[0]


def of_baseline(dossier, kind):
    """`numbers`: two sentences that share half of their content words state conflicting numbers, if they have a number each
    and none in common; `words`: all their words have to be the same but for a number. Equal numbers agree."""
    found = []
    for name, document in dossier.documents.items():
        for start, sentence in sentences(document.text):
            numbers = [(m[0].rstrip(".,:"), start + len(sentence[: m.start()].encode())) for m in NUMBER.finditer(sentence)]
            words = re.findall(r"[^\W\d_]+", sentence.lower())
            found.append((name, numbers, words, {w for w in words if len(w) > 3}))
    place = lambda name, number: (name, number[1], number[1] + len(number[0].encode()))
    findings, agreements = [], []
    for (f, m, u, s), (g, n, v, t) in itertools.combinations(found, 2):
        if f == g or not m or not n:
            continue
        agreements += [[place(f, a), place(g, b)] for a in m for b in n if a[0] == b[0]]
        alike = u == v if kind == "words" else len(s & t) * 2 >= max(1, min(len(s), len(t)))
        if alike and not {a[0] for a in m} & {b[0] for b in n}:
            findings.append([[place(f, a) for a in m], [place(g, b) for b in n]])
    return findings, agreements, None


# Scoring


def chains(dossier, agreements):
    """Which statements the agreements join, directly or by a chain of them: for each statement the number of its chain."""
    parent = {}

    def root(x):
        while parent.setdefault(x, x) != x:
            x = parent[x]
        return x

    for group in agreements:
        for a, b in itertools.pairwise(group):
            parent[root(a)] = root(b)
    joined = collections.defaultdict(set)
    for place in list(parent):
        f, start, end = place
        for fact in dossier.documents[f].at(start, end):
            joined[(f, *fact)].add(root(place))
    return joined


def score(args):
    n, false, missed = collections.Counter(), [], []
    answers = read_answers(args.answers) if args.answers else None
    for dossier in dossiers(args.roots, args.only.split(",") if args.only else ()):
        n["dossiers"] += 1
        if args.belie:
            findings, agreements, claimed = of_belie(dossier, args)
        elif args.answers:
            findings, agreements, claimed = of_answers(dossier, answers)
        else:
            findings, agreements, claimed = of_baseline(dossier, args.baseline)
        states = lambda member: {(fact, version) for fact, version in dossier.documents[member[0]].at(*member[1:])}
        incidents, found = dossier.incidents(), set()
        for finding in findings:
            groups = [set().union(*map(states, group)) for group in finding]
            pairs = [(x, y) for g, h in itertools.combinations(groups, 2) for x in g for y in h]
            hit = {x[0] for x, y in pairs if x[0] == y[0] and x[1] != y[1] and "*" not in (x[1], y[1])}
            n["reported"] += 1
            n["right"] += bool(hit)
            found |= hit
            if not hit:
                words = lambda m: dossier.documents[m[0]].text.encode()[m[1] : m[2]].decode(errors="replace")
                false.append([dossier.name, *(" = ".join(f"{m[0]}: {words(m)}" for m in g[:2]) for g in finding)])
        for fact in incidents:
            kind = "numeric" if dossier.facts[fact]["numeric"] else "words"
            n["conflicts"] += 1
            n[kind] += 1
            n["found"] += fact in found
            n[f"{kind} found"] += fact in found
            if fact not in found:
                missed.append([dossier.name, fact, dossier.facts[fact]["about"], dossier.facts[fact]["versions"]])
        joined, stated = chains(dossier, agreements), dossier.statements()
        for x, y in itertools.combinations(stated, 2):
            if x[0] != y[0] and x[1:] == y[1:]:
                n["agreements"] += 1
                n["agreements linked"] += bool(joined[x] & joined[y])
        if claimed is not None:
            read = {(f, *fact) for f, start, end in claimed for fact in dossier.documents[f].at(start, end)}
            n["values"] += len(stated)
            n["values claimed"] += len(read & set(stated))
    if not n["dossiers"]:
        sys.exit("no dossier here")
    share = lambda a, b: round(100 * n[a] / n[b], 1) if n[b] else None
    out = dict(n, recall=share("found", "conflicts"), precision=share("right", "reported"), agree=share("agreements linked", "agreements"))
    if args.json:
        print(json.dumps(dict(out, false=false, missed=missed), ensure_ascii=False))
        return 0
    percent = lambda x: "-" if x is None else f"{x} %"
    print(f"{n['dossiers']} dossiers")
    print(f"conflicts found    {n['found']}/{n['conflicts']}  {percent(out['recall'])}"
          f"   with a number {n['numeric found']}/{n['numeric']}, without {n['words found']}/{n['words']}")
    print(f"findings right     {n['right']}/{n['reported']}  {percent(out['precision'])}")
    print(f"agreements linked  {n['agreements linked']}/{n['agreements']}  {percent(out['agree'])}")
    if n["values"]:
        print(f"values claimed     {n['values claimed']}/{n['values']}  {percent(share('values claimed', 'values'))}")
    for title, rows in (("false", false if args.list else []), ("missed", missed if args.missed else [])):
        for row in rows:
            print(f"{title}: {' | '.join(map(str, row))}")
    return 0


# Agreement of two readers


def agreement(args):
    """On the marks that both have set: whether they join the same pairs of statements of two documents into one fact, and
    whether they call the same pairs a contradiction. Figures: F1 over pairs, and the share of marks that both have."""
    n = collections.Counter()
    others = {d.name: d for d in dossiers([args.other])}
    for first in dossiers([args.root]):
        second = others.get(first.name)
        if second is None:
            continue
        n["dossiers"] += 1
        both = []
        for name, document in first.documents.items():
            other = second.documents.get(name)
            if other is None or other.text != document.text:
                print(f"{first.name}/{name}: not the same text", file=sys.stderr)
                continue
            n["marks of the first"] += len(document.stated())
            n["marks of the second"] += len(other.stated())
            for mark in document.stated():
                match = next((o for o in other.stated() if o.start < mark.end and mark.start < o.end), None)
                if match:
                    both.append((name, mark, match))
        n["marks of both"] += len(both)
        relation = lambda a, b: "other" if a.fact != b.fact else "conflict" if a.version != b.version and "*" not in (a.version, b.version) else "same"
        for (f, a, p), (g, b, q) in itertools.combinations(both, 2):
            if f != g:
                one, two = relation(a, b), relation(p, q)
                for what, kinds in (("fact", ("same", "conflict")), ("conflict", ("conflict",))):
                    n[f"{what} first"] += one in kinds
                    n[f"{what} second"] += two in kinds
                    n[f"{what} both"] += one in kinds and two in kinds
    f1 = lambda what: round(200 * n[f"{what} both"] / max(1, n[f"{what} first"] + n[f"{what} second"]), 1)
    print(json.dumps(n, indent=1))
    print(f"of the marks of the first the second has set {100 * n['marks of both'] / max(1, n['marks of the first']):.1f} %")
    print(f"F1 over pairs of statements: one fact {f1('fact')}, contradiction {f1('conflict')}")
    return 0 if n["dossiers"] else 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("check", "texts", "score"):
        commands.add_parser(name).add_argument("roots", nargs="+", metavar="DIR")
    commands.choices["texts"].add_argument("--out", required=True)
    scorer = commands.choices["score"]
    answers = scorer.add_mutually_exclusive_group(required=True)
    answers.add_argument("--belie", metavar="BINARY")
    answers.add_argument("--answers", metavar="FILE")
    answers.add_argument("--baseline", choices=("numbers", "words"))
    scorer.add_argument("--severity", choices=("error", "warning"), default="warning")
    scorer.add_argument("--args", default="", help="further arguments of belie")
    scorer.add_argument("--only", default="", metavar="NAME,NAME")
    for flag in ("--list", "--missed", "--json"):
        scorer.add_argument(flag, action="store_true")
    readers = commands.add_parser("agreement")
    readers.add_argument("root", metavar="DIR")
    readers.add_argument("other", metavar="OTHER")
    args = parser.parse_args()
    sys.exit({"check": check, "texts": texts, "score": score, "agreement": agreement}[args.command](args))


if __name__ == "__main__":
    main()
