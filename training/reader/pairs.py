#!/usr/bin/env python3
"""Pairs of sentences to learn from, a JSON object a line: {"from", "group", "a", "b", "label", "level"}.

    pairs.py stories FILE...                       of stories (../stories)
    pairs.py plain SENTENCES FOLDER                of labelled scenarios (../plain/train)
    pairs.py dossiers SENTENCES FOLDER             of marked dossiers (../dossiers/train)
    pairs.py families FILE...                      of fact families

`label`: 0 of other things, 1 agreement, 2 contradiction. `level` is e, m or h of a contradiction, `~` of a look-alike, else empty. SENTENCES is what `belie-evidence --sentences`
prints of the bare texts. All pairs of sentences of two documents are printed; whoever learns draws from those that are of other things.
"""

import collections
import itertools
import json
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "stories"), str(Path(__file__).parents[1] / "dossiers")]

OTHER, AGREE, CONFLICT = 0, 1, 2


def show(source, group, a, b, label, level=""):
    print(json.dumps({"from": source, "group": group, "a": a, "b": b, "label": label, "level": level}, ensure_ascii=False))


def of_stories(files):
    from stories import read

    for path in files:
        for story in read(path)[0]:
            known = {(a, b): (label, rest) for label, a, b, rest in story.pairs}
            group = f"{Path(path).stem}/{story.title}"
            for a, b in itertools.product(range(len(story.a)), range(len(story.b))):
                label, rest = known.get((a, b), ("", ""))
                value = {"x": CONFLICT, "=": AGREE}.get(label, OTHER)
                show("stories", group, story.a[a], story.b[b], value, rest[:1] if label == "x" else label.replace("=", ""))


def sentences(path):
    """The sentences of each folder, by file."""
    out = collections.defaultdict(lambda: collections.defaultdict(list))
    for line in open(path, encoding="utf-8"):
        s = json.loads(line)
        out[s["folder"]][s["file"]].append(s)
    return out


def of_plain(path, root):
    for folder, files in sentences(path).items():
        scenario = Path(root) / Path(folder).parent.name
        labels = json.loads((scenario / "labels.json").read_text(encoding="utf-8"))
        texts = {f: (scenario / "texts" / f).read_text(encoding="utf-8") for f in files}

        def spans(side):
            at = texts.get(side["file"], "").find(side["quote"])
            if at < 0:
                return None
            start = len(texts[side["file"]][:at].encode())
            # The value, where it is given, says in which of several sentences the quote decides.
            inner = side["quote"].find(side.get("value") or "\0")
            if inner >= 0:
                start += len(side["quote"][:inner].encode())
                return side["file"], start, start + len(side["value"].encode())
            return side["file"], start, start + len(side["quote"].encode())

        marked = {}
        for kind, label in (("decoys", "~"), ("agreements", "="), ("conflicts", "x")):
            for item in labels.get(kind, []):
                places = [spans(s) for s in item["sides"]]
                for p, q in itertools.combinations([p for p in places if p], 2):
                    within = lambda p: [(p[0], s["start"]) for s in files[p[0]] if s["start"] < p[2] and p[1] < s["end"]]
                    for one, two in itertools.product(within(p), within(q)):
                        marked[frozenset((one, two))] = (label, item.get("level", "?")[:1])
        for f, g in itertools.combinations(sorted(files), 2):
            for s, t in itertools.product(files[f], files[g]):
                label, level = marked.get(frozenset(((f, s["start"]), (g, t["start"]))), ("", ""))
                value = {"x": CONFLICT, "=": AGREE}.get(label, OTHER)
                show("plain", scenario.name, s["text"], t["text"], value, level if label == "x" else label.replace("=", ""))


def of_dossiers(path, root):
    from dossiers import Dossier

    for folder, files in sentences(path).items():
        dossier = Dossier(Path(root) / Path(folder).name)
        states = {}
        for f, all in files.items():
            for s in all:
                states[f, s["start"]] = {(m.fact, m.version) for m in dossier.documents[f].stated() if m.start < s["end"] and s["start"] < m.end}
        for f, g in itertools.combinations(sorted(files), 2):
            for s, t in itertools.product(files[f], files[g]):
                x, y = states[f, s["start"]], states[g, t["start"]]
                both = [(p, q) for p in x for q in y if p[0] == q[0]]
                apart = any(p[1] != q[1] and "*" not in (p[1], q[1]) for p, q in both)
                numeric = any(p[1] != q[1] and dossier.facts[p[0]]["numeric"] for p, q in both)
                value = CONFLICT if apart else AGREE if both else OTHER
                show("dossiers", dossier.name, s["text"], t["text"], value, ("n" if numeric else "w") if apart else "")


def of_families(files):
    for path in files:
        for number, line in enumerate(open(path, encoding="utf-8")):
            for s, t in itertools.combinations(json.loads(line)["statements"], 2):
                g, h = s["g"], t["g"]
                if "w" in (g, h):
                    continue
                value = OTHER if not (g.isdigit() and h.isdigit()) else AGREE if g == h else CONFLICT
                show("families", f"{Path(path).stem}/{number}", s["t"], t["t"], value, "~" if value == OTHER else "")


def main():
    command, *rest = sys.argv[1:] or ["help"]
    commands = {"stories": of_stories, "families": of_families}
    pairs = {"plain": of_plain, "dossiers": of_dossiers}
    if command in commands and rest:
        commands[command](rest)
    elif command in pairs and len(rest) == 2:
        pairs[command](*rest)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
