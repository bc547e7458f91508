#!/usr/bin/env python3
"""Learns from labelled candidates, as label.py prints them, what evidence weighs: boosted trees and sums of weights. Trees need the packages of requirements.txt.

  learn.py trees TRAIN... --validation FILE... --out models/evidence.json     values that exclude each other
  learn.py sums TRAIN... --rules FOLDER                              agreement-evidence.toml and contrast-evidence.toml

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
    shown = contrast_rows if is_contrast(c) else rows
    return weights["base"] + sum(weights.get(n, 0.0) * v for n, v in shown(c["features"]).items())


def report(name, worth, data, label):
    ranked = sorted(((worth(c), i) for i, c in enumerate(data)), reverse=True)
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


def candidates(paths, wanted):
    """The candidates of some files of which `wanted` holds."""
    return [c for path in paths for c in map(json.loads, open(path, encoding="utf-8")) if wanted(c)]


def is_contrast(c):
    return c.get("of") == "contrast"


# What may be seen of more than is likely of one thing: more of it never speaks against that.
RISING = ("beside same", "clause", "covered", "longer clause", "near", "tree", "whole", "wide")
SETTINGS = {
    "objective": "binary", "num_leaves": 16, "learning_rate": 0.05, "min_data_in_leaf": 60, "lambda_l2": 20, "feature_fraction": 0.5,
    "bagging_fraction": 0.8, "bagging_freq": 1, "seed": 1, "deterministic": True, "force_row_wise": True, "num_threads": 1, "verbose": -1,
}
ROUNDS = 200
# Parts of the natural logarithm of the odds in which leaves are told.
UNIT = 10_000


def boosted(data, label):
    """Trees over the features of some candidates: the features by name, and each tree as a list of nodes. A node is
    [feature, most, low, high, value], of which `low` is where to go on if there is no more than `most` of the feature, else `high`; a leaf is [value].
    Values add up to the logarithm of the odds; that of an inner node is what is known before its question."""
    import lightgbm
    import numpy

    names = sorted({name for c in data for name in c["features"]})
    column = {name: n for n, name in enumerate(names)}
    table = numpy.zeros((len(data), len(names)), dtype=numpy.float32)
    for row, c in enumerate(data):
        for name, size in c["features"].items():
            table[row, column[name]] = size
    settings = SETTINGS | {"monotone_constraints": [1 if name in RISING else 0 for name in names]}
    model = lightgbm.train(settings, lightgbm.Dataset(table, [label(c) for c in data]), ROUNDS)

    def nodes(tree):
        out = []

        def add(node):
            at = len(out)
            out.append(None)
            if "leaf_value" in node:
                out[at] = [round(node["leaf_value"] * UNIT)]
                return at
            low, high = add(node["left_child"]), add(node["right_child"])
            out[at] = [node["split_feature"], math.floor(node["threshold"]), low, high, round(node["internal_value"] * UNIT)]
            return at

        add(tree)
        return out

    return {"features": names, "trees": [nodes(t["tree_structure"]) for t in model.dump_model()["tree_info"]]}


def log_odds(model, c):
    total = 0
    for tree in model["trees"]:
        at = 0
        while len(tree[at]) > 1:
            feature, most, low, high, _ = tree[at]
            at = low if c["features"].get(model["features"][feature], 0) <= most else high
        total += tree[at][0]
    return total / UNIT


def trees(args):
    wanted = lambda c: not is_contrast(c) and c["apart"] is True
    label = lambda c: c["conflict"]
    data = candidates(args.train, wanted)
    found = boosted(data, label)
    for name, data in [("train", data)] + [(Path(path).stem, candidates([path], wanted)) for path in args.validation]:
        report(name, lambda c: log_odds(found, c), data, label)
    Path(args.out).write_text(json.dumps(found, separators=(",", ":")).replace("]],[[", "]],\n[[") + "\n", encoding="utf-8")


def sums(args):
    data = candidates(args.train, is_contrast)
    found = learn(data, lambda c: c["conflict"], decay=1.0, rows=contrast_rows, rising=contrast_rises)
    report("contrasts", lambda c: total(found, c), data, lambda c: c["conflict"])
    summary, why = "What speaks for two sentences that differ in one spot being of one thing", (
        "Thousandths of the natural logarithm of the odds, added up over what is seen of a contrast: `covered` is how much of both is the same otherwise, `clause` how much of the\nclauses in which they differ, in thousandths; `beside same` counts the same words among the nearest before and behind.")
    text = lexicon("contrast-evidence", summary, why, found).replace('text = "sole"', 'text = "governor same"').replace('text = "kind same"', 'text = "role same"')
    (Path(args.rules) / "lexicon" / "contrast-evidence.toml").write_text(text, encoding="utf-8")
    data = candidates(args.train, lambda c: not is_contrast(c) and c["apart"] is False)
    found = learn(data, lambda c: c["same"])
    report("agreements", lambda c: total(found, c), data, lambda c: c["same"])
    summary, why = "What speaks for two values that fit each other being of one thing", (
        "Thousandths of the natural logarithm of the odds, added up over what is seen of a pair. `near`, `tree`, `whole` and `wide` are likenesses of the words around, in\nthousandths, from the nearest in the tree to those of the sentence before and the heading.")
    (Path(args.rules) / "lexicon" / "agreement-evidence.toml").write_text(lexicon("agreement-evidence", summary, why, found), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("trees")
    one.add_argument("train", nargs="+")
    one.add_argument("--validation", nargs="*", default=[])
    one.add_argument("--out", required=True)
    one.set_defaults(run=trees)
    two = commands.add_parser("sums")
    two.add_argument("train", nargs="+")
    two.add_argument("--rules", required=True)
    two.set_defaults(run=sums)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
