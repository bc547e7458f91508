#!/usr/bin/env python3
"""Trains the reading model: what two sentences of two documents are to each other (other things, agreement, contradiction).

    train.py --data PAIRS... --base FOLDER --out FOLDER --minutes 50 [--validation PAIRS...] [--seed 1]

PAIRS are files as pairs.py prints them, read anew for each round, FOLDER what the encoder to start from is in (`model.safetensors`, `vocab.txt` or `tokenizer.json`, `config.json`). A cross-encoder: both sentences
are read in one go, and the first token is classified. Each round sees every contradiction, agreement and look-alike, and of the pairs of other things some that share the most words and some at random.
"""

import argparse
import collections
import json
import math
import random
import re
import time
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

LENGTH = 128


class Reader(torch.nn.Module):
    """The encoder with a head of three classes on its first token."""

    def __init__(self, folder):
        super().__init__()
        config = BertConfig(**json.loads((Path(folder) / "config.json").read_text()))
        self.encoder = BertModel(config, add_pooling_layer=False)
        self.head = torch.nn.Linear(config.hidden_size, 3)
        state = load_file(Path(folder) / "model.safetensors")
        missing = self.load_state_dict(state, strict=False) if "head.weight" in state else self.encoder.load_state_dict(state, strict=False)
        assert all("position_ids" in k or "head" in k for k in missing.missing_keys), missing

    def forward(self, ids, types, mask):
        hidden = self.encoder(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state
        return self.head(hidden[:, 0])


def tokenizer(folder):
    t = Tokenizer.from_file(str(Path(folder) / "tokenizer.json"))
    t.no_padding()
    t.enable_truncation(LENGTH)
    return t


def batches(encoded, size, rng=None):
    """Lists of indexes of pairs of like length, so that little is padded."""
    order = sorted(range(len(encoded)), key=lambda i: (len(encoded[i].ids), rng.random() if rng else 0))
    # About as many tokens in each batch.
    out, at = [], 0
    while at < len(order):
        out.append(order[at : at + size])
        at += size
    if rng:
        rng.shuffle(out)
    return out


def tensors(encoded):
    width = max(len(e.ids) for e in encoded)
    pad = lambda rows: torch.tensor([r + [0] * (width - len(r)) for r in rows])
    return pad([e.ids for e in encoded]), pad([e.type_ids for e in encoded]), pad([e.attention_mask for e in encoded])


def words(text):
    return {w for w in re.findall(r"[a-z0-9]{4,}", text.lower())}


class Data:
    """Labelled pairs; `draw` gives those of one round."""

    def __init__(self, paths, share=1.0):
        self.told, self.other = [], collections.defaultdict(list)
        for path in paths:
            for line in open(path, encoding="utf-8"):
                d = json.loads(line)
                if d["label"] or d["level"] == "~":
                    self.told.append(d)
                else:
                    self.other[d["from"], d["group"]].append(d)
        self.count = collections.Counter((d["from"], d["group"]) for d in self.told)
        for key, all in self.other.items():
            for d in all:
                x, y = words(d["a"]), words(d["b"])
                d["shared"] = len(x & y) / (1 + math.sqrt(len(x) * len(y)))
            all.sort(key=lambda d: -d["shared"])

    def draw(self, rng, cap):
        """`cap` bounds how many pairs of one label come from a group."""
        by = collections.defaultdict(list)
        for d in self.told:
            by[d["from"], d["group"], d["label"]].append(d)
        out = []
        for all in by.values():
            out += all if len(all) <= cap else rng.sample(all, cap)
        for key, all in self.other.items():
            want = max(4, self.count[key])
            want = min(want, 2 * cap)
            hard = all[: 3 * want]
            out += rng.sample(hard, min(len(hard), want // 2 + 1)) + rng.sample(all, min(len(all), want // 2))
        rng.shuffle(out)
        return out


def score(model, token, pairs, size=64):
    """Logits of each pair, both orders averaged."""
    model.eval()
    out = torch.zeros(len(pairs), 3)
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for turn in (0, 1):
            encoded = token.encode_batch([(d["a"], d["b"]) if turn == 0 else (d["b"], d["a"]) for d in pairs])
            for batch in batches(encoded, size):
                out[batch] += model(*tensors([encoded[i] for i in batch])).float()
    model.train()
    return out / 2


def precision(ranked):
    """Average precision of a list of (score, right)."""
    ranked = sorted(ranked, key=lambda r: -r[0])
    right, total = 0, 0.0
    for n, (_, good) in enumerate(ranked, 1):
        if good:
            right += 1
            total += right / n
    return total / max(right, 1)


def report(model, token, path):
    pairs = [json.loads(line) for line in open(path, encoding="utf-8")]
    rng = random.Random(7)
    if len(pairs) > 12000:
        pairs = [d for d in pairs if d["label"] or d["level"] == "~"] + rng.sample([d for d in pairs if not d["label"] and d["level"] != "~"], 6000)
    logits = score(model, token, pairs)
    p = torch.log_softmax(logits, 1)
    conflict = [(float(p[i, 2]), d["label"] == 2) for i, d in enumerate(pairs)]
    agree = [(float(p[i, 1]), d["label"] == 1) for i, d in enumerate(pairs)]
    ranked = sorted(zip((c[0] for c in conflict), (d["label"] for d in pairs), (d["level"] for d in pairs)), key=lambda r: -r[0])
    right, best = collections.Counter(), (0, {}, 0.0)
    for n, (s, label, level) in enumerate(ranked, 1):
        if label == 2:
            right[level] += 1
        if sum(right.values()) / n >= 0.8:
            best = (n, dict(right), math.exp(s))
    all = collections.Counter(d["level"] for d in pairs if d["label"] == 2)
    print(f"  {Path(path).name}: contradictions {precision(conflict):.3f}, agreements {precision(agree):.3f}; at precision 0.8 from {best[2]:.2f}: {best[1]} of {dict(all)}", flush=True)


def save(model, args):
    Path(args.out).mkdir(parents=True, exist_ok=True)
    save_file({k: v.contiguous() for k, v in model.state_dict().items()}, Path(args.out) / "model.safetensors")
    for name in ("tokenizer.json", "config.json"):
        (Path(args.out) / name).write_bytes((Path(args.base) / name).read_bytes())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", nargs="+", required=True)
    parser.add_argument("--validation", nargs="*", default=[])
    parser.add_argument("--base", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--minutes", type=float, default=50)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--size", type=int, default=32)
    parser.add_argument("--cap", type=int, default=6)
    parser.add_argument("--every", type=float, default=12, help="minutes between two looks at the validation")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    rng = random.Random(args.seed)
    token, model = tokenizer(args.base), Reader(args.base)
    for p in model.encoder.embeddings.word_embeddings.parameters():
        p.requires_grad_(False)
    decay = [p for n, p in model.named_parameters() if p.requires_grad and p.dim() > 1]
    rest = [p for n, p in model.named_parameters() if p.requires_grad and p.dim() == 1]
    opt = torch.optim.AdamW([{"params": decay, "weight_decay": 0.01}, {"params": rest, "weight_decay": 0.0}], lr=args.rate, fused=True)
    start, seen, losses, looked, turn = time.time(), 0, [], 0.0, 0
    model.train()
    done = False
    while not done:
        pairs = Data(args.data).draw(rng, args.cap)
        turn += 1
        save(model, args)
        encoded = token.encode_batch([(d["a"], d["b"]) if rng.random() < 0.5 else (d["b"], d["a"]) for d in pairs])
        print(f"round {turn}: {len(pairs)} pairs {dict(collections.Counter(d['label'] for d in pairs))}", flush=True)
        for batch in batches(encoded, args.size, rng):
            spent = (time.time() - start) / 60
            if spent >= args.minutes:
                done = True
                break
            rate = args.rate * min(1.0, (seen + 1) / 6000) * max(0.02, 1 - spent / args.minutes)
            for g in opt.param_groups:
                g["lr"] = rate
            labels = torch.tensor([pairs[i]["label"] for i in batch])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = model(*tensors([encoded[i] for i in batch]))
            loss = torch.nn.functional.cross_entropy(logits.float(), labels, label_smoothing=0.05)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([p for p in model.parameters() if p.requires_grad], 1.0)
            opt.step()
            opt.zero_grad(set_to_none=True)
            seen += len(batch)
            losses.append(loss.item())
            if len(losses) % 100 == 0:
                print(f"{spent:.1f} min, {seen} pairs, {seen / (time.time() - start):.0f}/s, loss {sum(losses[-100:]) / 100:.3f}", flush=True)
            if spent - looked >= args.every:
                looked = spent
                paused = time.time()
                for path in args.validation:
                    report(model, token, path)
                start += time.time() - paused
    save(model, args)
    for path in args.validation:
        report(model, token, path)


if __name__ == "__main__":
    main()
