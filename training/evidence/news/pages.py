#!/usr/bin/env python3
"""Writes news pages as texts, a folder for each event, as the findings in this folder have them. OUT is a new folder. Python 3.11, standard library only.

  pages.py ecb CORPUS OUT      ECB+: CORPUS has a folder for each topic (https://github.com/tommasoc80/EventStoryLine holds a copy, CC BY 3.0); `01ecb` has the
                               pages of the first event of topic 1, `01plus` those of the second
  pages.py openings FILE OUT   how three outlets each begin: FILE is train.source or test.source (https://github.com/HLTCHKUST/framing-bias-metric)
  pages.py articles CORPUS OUT BASIL, whole articles of three outlets: CORPUS is its folder `articles` (https://github.com/launchnlp/BASIL)
"""

import json
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path


def text(root, is_plus):
    """The sentences of a page, a paragraph each, with the spaces between its tokens as they are written; lines that are an address are left out."""
    sentences = {}
    for token in root.iter("token"):
        sentences.setdefault(int(token.get("sentence")), []).append(token.text or "")
    out = []
    for at in sorted(sentences):
        line = " ".join(sentences[at])
        line = re.sub(r" ([.,;:!?%)\]'’”])", r"\1", line)
        line = re.sub(r"([(\[$£€“‘]) ", r"\1", line)
        line = re.sub(r" (n't|'s|'re|'ve|'ll|'d|'m|’s)\b", r"\1", line)
        line = re.sub(r'" ([^"]*?) "', r'"\1"', line)
        line = line.replace("`` ", "“").replace("''", "”").replace(" ”", "”")
        if re.match(r"(https?: ?/|www\.)", line):
            continue
        if is_plus:
            line = line.replace(" - ", "-")
        line = re.sub(r"(\d): (\d\d)\b", r"\1:\2", line)
        line = re.sub(r"\b([A-Z])\. (?=[A-Z]\.)", r"\1.", line)
        line = re.sub(r"(\d), (\d{3})\b", r"\1,\2", line)
        line = re.sub(r"(\d)\. (\d)", r"\1.\2", line)
        line = re.sub(r"\b([ap])\. m\.", r"\1.m.", line)
        out.append(line.replace("\ufffd" * 4, "€"))
    return "\n\n".join(out) + "\n"


def write(folder, name, text):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def ecb(corpus, out):
    for page in sorted(corpus.glob("*/*.xml")):
        is_plus = "plus" in page.stem
        folder = out / f"{int(page.stem.split('_')[0]):02}{'plus' if is_plus else 'ecb'}"
        write(folder, f"{page.stem}.txt", text(ET.parse(page).getroot(), is_plus))


def openings(file, out):
    for at, line in enumerate(file.read_text(encoding="utf-8").split("\n")[:-1]):
        for n, page in enumerate(line.split(" [SEP] "), 1):
            title, body = re.match(r"\s*TITLE=> (.*?) ARTICLE=> ?(.*)$", page).groups()
            title = re.sub(r"\.$", "", title.strip())
            write(out / f"{at:04}", f"{n}.md", f"# {title}\n\n{body.strip()}\n")


def articles(corpus, out):
    for file in sorted(corpus.glob("*/*.json")):
        page = json.loads(file.read_text(encoding="utf-8"))
        body = "\n\n".join(" ".join(p) for p in page["body-paragraphs"])
        write(out / page["triplet-uuid"][:8], f"{page['source']}.md", f"# {page['title']}\n\n{page['date']}\n\n{body}\n")


def main():
    kinds = {"ecb": ecb, "openings": openings, "articles": articles}
    if len(sys.argv) != 4 or sys.argv[1] not in kinds:
        sys.exit(__doc__)
    kinds[sys.argv[1]](*map(Path, sys.argv[2:]))


if __name__ == "__main__":
    main()
