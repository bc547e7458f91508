#!/usr/bin/env python3
"""Learns the weights of evidence from labelled candidates, as label.py prints them. Python 3.11, standard library only.

  learn.py weights TRAIN... --validation FILE --rules FOLDER   writes conflict-evidence.toml and agreement-evidence.toml to the folder
                                                     and prints what they reach
  learn.py contrasts TRAIN... --rules FOLDER         writes contrast-evidence.toml

The weights in the repository were learned from labelled clusters and plain scenarios, those of ../plain/train among them; those of
values from the train dossiers as well.

The same input gives the same bytes.
"""

import argparse
import collections
import json
import math
import random
from pathlib import Path

# Features that are cut into steps, each step a row of its own.
STEPS = {
    "near": (50, 150, 300, 500, 700),
    "tree": (50, 100, 200, 300, 450, 600),
    "whole": (50, 100, 200, 300, 500),
    "wide": (50, 100, 200, 300, 500),
    "lead": (100, 250, 500, 900),
    "behind best": (50, 150, 300),
    "values": (750, 1500, 2250),
    "sentences": (1500, 2000, 2500),
}
# Features that count for more, or less, where each side is the other's only partner.
SOLE = ["attribute same", "noun same", "subject same", "verb same", "unit same", "within a half", "within a double",
        "name same", "name other", "tree >= 100", "tree >= 200", "tree >= 350", "wide >= 150", "wide >= 300", "near >= 150", "near >= 400", "lead >= 250", "lead >= 600"]
# The same where the values are dates.
DATES = ["verb same", "verb other", "subject same", "subject other", "near >= 300", "precision same", "former on one side"]
# What is weighed of a contrast of two sentences, in steps and together with what it is of.
CONTRAST_KINDS = ("name", "opposed", "denied", "place", "figure", "word")
CONTRAST_STEPS = {"clause": (300, 450, 600, 750, 900, 1000), "longer clause": (600, 900, 1000), "covered": (150, 300, 450, 600, 800),
                  "near": (200, 400, 700), "tree": (150, 300, 500, 700), "beside same": (1000, 2000, 3000, 4000)}
CONTRAST_LESS = {"whole", "wide", "words"}
CONTRAST_PLUS = ("clause >= 450", "clause >= 600", "clause >= 750", "clause >= 900", "covered >= 300", "covered >= 500", "covered >= 700",
                 "governor same", "predicates same", "arguments same", "arguments other", "arguments alone", "role same", "nouns", "verbs", "preposition same", "best partner >= 2000", "tree >= 300", "tree >= 500", "near >= 400",
                 "spot in the other document", "verb same", "subject same", "noun same", "sort same", "sort other",
                 "sentences >= 1500", "sentences >= 2500")


def size(seen, condition):
    name, _, least = condition.partition(" >= ")
    value = seen.get(name, 0)
    return (1.0 if value >= int(least) else 0.0) if least else value / 1000


def rows(seen):
    """The rows that hold of a candidate, each with its size."""
    out = {name: value / 1000 for name, value in seen.items() if name not in STEPS}
    for name, steps in STEPS.items():
        out.update({f"{name} >= {least}": 1.0 for least in steps if seen.get(name, 0) >= least})
    # A date is of what happened then: its verb tells most.
    if seen.get("of dates"):
        out.update({f"of dates & {condition}": 1.0 for condition in DATES if size(seen, condition) > 0})
    if seen.get("sole"):
        out.update({f"sole & {condition}": 1.0 for condition in SOLE if size(seen, condition) > 0})
    return out


def contrast_rows(seen):
    """The same of a contrast: what it is of decides what speaks for it."""
    out = {name: value / 1000 for name, value in seen.items() if name not in CONTRAST_STEPS and name not in CONTRAST_LESS}
    for name, steps in CONTRAST_STEPS.items():
        out.update({f"{name} >= {least}": 1.0 for least in steps if seen.get(name, 0) >= least})
    for kind in CONTRAST_KINDS:
        if seen.get(kind):
            out.update({f"{kind} & {condition}": 1.0 for condition in CONTRAST_PLUS if size(seen, condition) > 0})
    return out


# More of these never speaks against one thing: steps of them weigh nothing or add to what the steps below them weigh.
CONTRAST_RISING = {"beside same", "clause", "covered", "longer clause", "near", "tree"}


def contrast_rises(name):
    last, _, least = name.rpartition(" & ")[2].partition(" >= ")
    return bool(least) and last in CONTRAST_RISING


def learn(data, label, passes=40, decay=5.0, rows=rows, rising=lambda name: False):
    """Logistic regression by stochastic gradient descent with step sizes by feature (AdaGrad)."""
    examples = [(rows(c["features"]), label(c)) for c in data]
    positive = sum(y for _, y in examples)
    base, weights = math.log((positive + 1) / (len(examples) - positive + 1)), collections.defaultdict(float)
    up = {name for x, _ in examples for name in x if rising(name)}
    steps, base_steps, order, rng = collections.defaultdict(lambda: 1e-8), 1e-8, list(range(len(examples))), random.Random(1)
    for turn in range(passes):
        rng.shuffle(order)
        rate = 0.3 / (1 + turn / 10)
        for x, y in (examples[i] for i in order):
            z = base + sum(weights[n] * v for n, v in x.items())
            error = 1 / (1 + math.exp(-max(-30.0, min(30.0, z)))) - y
            base_steps += error * error
            base -= rate * error / math.sqrt(base_steps)
            for n, v in x.items():
                slope = error * v + decay * weights[n] / len(examples)
                steps[n] += slope * slope
                weights[n] -= rate * slope / math.sqrt(steps[n])
                if weights[n] < 0 and n in up:
                    weights[n] = 0.0
    return {"base": base} | {n: w for n, w in weights.items()}


def total(weights, c):
    shown = contrast_rows if c.get("of") == "contrast" else rows
    return weights["base"] + sum(weights.get(n, 0.0) * v for n, v in shown(c["features"]).items())


def report(name, weights, data, label):
    ranked = sorted(((total(weights, c), i) for i, c in enumerate(data)), reverse=True)
    right, found, facts, average = 0, 0, set(), 0.0
    all_facts = {(c["folder"], c["facts"][0].split(".")[0]) for c in data if label(c)}
    best = (0, 0, 0.0)
    for n, (z, i) in enumerate(ranked, 1):
        if label(data[i]):
            right += 1
            average += right / n
            facts.add((data[i]["folder"], data[i]["facts"][0].split(".")[0]))
        if right / n >= 0.8:
            best = (right, len(facts), 1 / (1 + math.exp(-z)))
    positive = sum(map(label, data))
    print(f"{name}: {len(data)} candidates, {positive} of one fact, average precision {average / max(positive, 1):.3f}; "
          f"at precision 0.8 found {best[0]} pairs, {best[1]} of {len(all_facts)} facts, from confidence {best[2]:.2f}")
    for low, high in ((0.3, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01)):
        inside = [label(data[i]) for z, i in ranked if low <= 1 / (1 + math.exp(-z)) < high]
        print(f"    confidence {low:.1f} to {high:.1f}: {sum(inside)} of {len(inside)} right")


def lexicon(name, summary, why, weights):
    out = f'id = "{name}"\nsummary = "{summary}"\nwhy = """\n{why}"""\nschema = "scale"\ninflect = false\n'
    for key in sorted(weights):
        rank = round(1000 * weights[key])
        if rank:
            out += f'\n[[row]]\nkey = "{key}"\naxis = "{name}"\nrank = {rank}\n'
    return out + '\n[[example]]\ntext = "sole"\nfires = true\n\n[[example]]\ntext = "kind same"\nfires = true\n\n[[example]]\ntext = "nothing of that"\nfires = false\n\n[[example]]\ntext = "Ole Lund"\nfires = false\n'


def read(path, apart):
    all = [json.loads(line) for line in open(path, encoding="utf-8")]
    return [c for c in all if c["apart"] is apart and c.get("of") != "contrast"]


def contrasts(args):
    data = [c for path in args.train for c in map(json.loads, open(path, encoding="utf-8")) if c.get("of") == "contrast"]
    found = learn(data, lambda c: c["conflict"], decay=1.0, rows=contrast_rows, rising=contrast_rises)
    report("contrasts", found, data, lambda c: c["conflict"])
    summary, why = "What speaks for two sentences that differ in one spot being of one thing", (
        "As conflict-evidence, for contrasts of aligned sentences: `covered` is how much of both is the same otherwise, `clause` how much of the\nclauses in which they differ, in thousandths; `beside same` counts the same words among the nearest before and behind.")
    text = lexicon("contrast-evidence", summary, why, found).replace('text = "sole"', 'text = "governor same"').replace('text = "kind same"', 'text = "role same"')
    (Path(args.rules) / "lexicon" / "contrast-evidence.toml").write_text(text, encoding="utf-8")


def weights(args):
    for apart, name, summary, why in (
        (True, "conflict-evidence", "What speaks for two values that exclude each other being of one thing",
         "Learned from the marked dossiers by `training/evidence`: thousandths of the natural logarithm of the odds, added up over what is\n"
         "seen of a pair. `near`, `tree`, `whole` and `wide` are likenesses of the words around, in thousandths, from the nearest in the\ntree to those of the sentence before and the heading."),
        (False, "agreement-evidence", "What speaks for two values that fit each other being of one thing",
         "As conflict-evidence, for values that are equal or fit each other."),
    ):
        train, validation = [c for path in args.train for c in read(path, apart)], read(args.validation, apart)
        found = learn(train, lambda c: c["same"])
        print(name)
        report("  train", found, train, lambda c: c["same"])
        report("  validation", found, validation, lambda c: c["same"])
        (Path(args.rules) / "lexicon" / f"{name}.toml").write_text(lexicon(name, summary, why, found), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    two = commands.add_parser("weights")
    two.add_argument("train", nargs="+")
    two.add_argument("--validation", required=True)
    two.add_argument("--rules", required=True)
    two.set_defaults(run=weights)
    three = commands.add_parser("contrasts")
    three.add_argument("train", nargs="+")
    three.add_argument("--rules", required=True)
    three.set_defaults(run=contrasts)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
