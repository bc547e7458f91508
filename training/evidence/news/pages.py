#!/usr/bin/env python3
"""Writes the news pages of ECB+ as texts, a folder for each event, as the findings in this folder have them.

  pages.py CORPUS OUT

CORPUS is the folder of ECB+ with a folder for each topic (https://github.com/tommasoc80/EventStoryLine holds a copy, CC BY 3.0), OUT a new folder: `01ecb`
has the pages of the first event of topic 1, `01plus` those of the second. Python 3.11, standard library only.
"""

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


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    corpus, out = map(Path, sys.argv[1:])
    for page in sorted(corpus.glob("*/*.xml")):
        is_plus = "plus" in page.stem
        folder = out / f"{int(page.stem.split('_')[0]):02}{'plus' if is_plus else 'ecb'}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{page.stem}.txt").write_text(text(ET.parse(page).getroot(), is_plus), encoding="utf-8")


if __name__ == "__main__":
    main()
