#!/usr/bin/env python3
"""Learns from labelled candidates, as label.py prints them, what evidence weighs: boosted trees. Needs the packages of requirements.txt.

  learn.py TRAIN... --contrasts FILE... --validation FILE... --out models/evidence.json

Three models: `apart` of values that exclude each other, `fit` of values that fit each other, `contrasts` of two sentences that differ in one spot.
From the files behind `--contrasts` the last of them alone learns.
The same input gives the same bytes.
"""

import argparse
import json
import math
from pathlib import Path

import lightgbm
import numpy

# What may be seen of more than is likely of one thing: more of it never speaks against that.
RISING = ("beside same", "clause", "covered", "longer clause", "near", "tree", "whole", "wide")
SETTINGS = {
    "objective": "binary", "num_leaves": 16, "learning_rate": 0.05, "min_data_in_leaf": 60, "lambda_l2": 20, "feature_fraction": 0.5,
    "bagging_fraction": 0.8, "bagging_freq": 1, "seed": 1, "deterministic": True, "force_row_wise": True, "num_threads": 1, "verbose": -1,
    "num_iterations": 200,
}
# Parts of the natural logarithm of the odds in which leaves are told.
UNIT = 10_000


# How much a conflict weighs that was made of agreement.
SLIP = 0.5


def is_contrast(c):
    return c.get("of") == "contrast"


# Of each model: which candidates it is of, what it learns to tell, how much one of those that are weighs (pages of news and manuals have
# hundreds of candidates for each that is one), and what it has of its own.
MODELS = {
    "apart": (lambda c: not is_contrast(c) and c["apart"] is True, "conflict", 4, {"num_leaves": 31, "min_data_in_leaf": 30, "num_iterations": 300}),
    "fit": (lambda c: not is_contrast(c) and c["apart"] is False, "same", 1, {}),
    "contrasts": (is_contrast, "conflict", 2, {}),
}


def candidates(paths):
    """The candidates of some files. Of one document only values that exclude each other are learned from; what else it has is weighed as in two."""
    usual = lambda c: c["a"]["file"] != c["b"]["file"] or c["apart"] is True and not is_contrast(c)
    return [c for path in paths for c in map(json.loads, open(path, encoding="utf-8")) if usual(c)]


def boosted(data, target, weight, own):
    """Trees over the features of some candidates: the features by name, and each tree as a list of nodes. A node is
    [feature, most, low, high, value], of which `low` is where to go on if there is no more than `most` of the feature, else `high`; a leaf is [value].
    Values add up to the logarithm of the odds; that of an inner node is what is known before its question."""
    names = sorted({name for c in data for name in c["features"]})
    column = {name: n for n, name in enumerate(names)}
    table = numpy.zeros((len(data), len(names)), dtype=numpy.float32)
    for row, c in enumerate(data):
        for name, size in c["features"].items():
            table[row, column[name]] = size
    settings = SETTINGS | own | {"monotone_constraints": [1 if name in RISING else 0 for name in names]}
    labels = [c[target] for c in data]
    weights = [(SLIP if c.get("slip") else weight) if c[target] else 1 for c in data]
    model = lightgbm.train(settings, lightgbm.Dataset(table, labels, weight=weights))

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


def report(name, model, data, target):
    ranked = sorted(((log_odds(model, c), i) for i, c in enumerate(data)), reverse=True)
    right, average, best = 0, 0.0, (0, 0.0)
    for n, (z, i) in enumerate(ranked, 1):
        if data[i][target]:
            right += 1
            average += right / n
        if right / n >= 0.8:
            best = (right, 1 / (1 + math.exp(-z)))
    positive = sum(c[target] for c in data)
    print(f"{name}: {len(data)} candidates, {positive} of one fact, average precision {average / max(positive, 1):.3f}; at precision 0.8 {best[0]}, from confidence {best[1]:.2f}")
    for low, high in ((0.3, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01)):
        inside = [data[i][target] for z, i in ranked if low <= 1 / (1 + math.exp(-z)) < high]
        print(f"    confidence {low:.1f} to {high:.1f}: {sum(inside)} of {len(inside)} right")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", nargs="+")
    parser.add_argument("--contrasts", nargs="*", default=[])
    parser.add_argument("--validation", nargs="*", default=[])
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    train = candidates(args.train) + [c for c in candidates(args.contrasts) if is_contrast(c)]
    validation = [(Path(path).stem, candidates([path])) for path in args.validation]
    out = {}
    for name, (wanted, target, weight, own) in MODELS.items():
        out[name] = boosted([c for c in train if wanted(c)], target, weight, own)
        for of, data in validation:
            report(f"{name}, {of}", out[name], [c for c in data if wanted(c)], target)
    text = json.dumps(out, separators=(",", ":"))
    Path(args.out).write_text(text.replace("]],[[", "]],\n[[").replace('},"', '},\n"') + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
