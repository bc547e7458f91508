//! Tests of whole documents: structure in, marked segments out.

use proptest::prelude::*;

use super::*;

/// Segments as `kind block: words`; noise has an exclamation mark, cells their place and headers.
fn show(id: &str, text: &str) -> Vec<String> {
    let document = Document::from_text(id, text);
    segment(&document)
        .iter()
        .map(|s| {
            let kind = match s.kind {
                SegmentKind::Title => "title",
                SegmentKind::Standfirst => "lead",
                SegmentKind::Heading => "head",
                SegmentKind::Sentence => "sent",
                SegmentKind::ListItem => "item",
                SegmentKind::Reference => "ref",
                SegmentKind::Cell => "cell",
                SegmentKind::Quote => "quote",
            };
            let of = |span: Option<Span>| span.map_or("-", |s| s.of(text));
            let cell = s.cell.map_or(String::new(), |c| {
                format!(" {}.{} {} / {}", c.row, c.column, of(c.row_header), of(c.column_header))
            });
            let noise = if s.noise { "!" } else { "" };
            format!("{noise}{kind} {}{cell}: {}", s.block, s.span.of(text))
        })
        .collect()
}

fn check(id: &str, text: &str, expected: &[&str]) {
    assert_eq!(show(id, text), expected);
}

#[test]
fn an_article_in_plain_text() {
    check(
        "a.txt",
        "Mill Weekly\n\nThe old mill by the river shuts\n\nForty people lose their work.\n\nBy Ada Quill\n\nIts owner spoke on Monday. “We tried. We failed,” he said in the yard of the mill.\n\nWhat comes next\n\nNobody knows what comes next.\n\nShare this post\n",
        &[
            "!head 0: Mill Weekly",
            "title 1: The old mill by the river shuts",
            "lead 2: Forty people lose their work.",
            "!head 3: By Ada Quill",
            "sent 4: Its owner spoke on Monday.",
            "sent 4: “We tried. We failed,” he said in the yard of the mill.",
            "head 5: What comes next",
            "sent 6: Nobody knows what comes next.",
            "!sent 7: Share this post",
        ],
    );
}

#[test]
fn one_paragraph_a_line() {
    check(
        "a.txt",
        "The mill shut on Monday after ninety years. Nobody came.\nWhat It Means\nForty people lose their work, and the town loses its mill.\nThey left.",
        &[
            "sent 0: The mill shut on Monday after ninety years.",
            "sent 0: Nobody came.",
            "head 1: What It Means",
            "sent 2: Forty people lose their work, and the town loses its mill.",
            "sent 3: They left.",
        ],
    );
}

#[test]
fn hard_wrapped_paragraphs() {
    check(
        "a.txt",
        "The mill by the river shut on Monday, and its owner told the\ntown about it in the evening. Forty people lost their work at\nNorth River, and none of them has found\nany other since.\n\nThey left.",
        &[
            "sent 0: The mill by the river shut on Monday, and its owner told the\ntown about it in the evening.",
            "sent 0: Forty people lost their work at\nNorth River, and none of them has found\nany other since.",
            "sent 1: They left.",
        ],
    );
}

#[test]
fn lists_and_bullets() {
    check(
        "a.txt",
        "Key facts\n• Forty people. All of one town.\n• 🅐 The mill is\n  ninety years old\n1. First\n2) Second\nIt shut.",
        &[
            "head 0: Key facts",
            "item 1: Forty people.",
            "item 1: All of one town.",
            "item 2: The mill is\n  ninety years old",
            "item 3: First",
            "item 4: Second",
            "sent 5: It shut.",
        ],
    );
}

#[test]
fn short_lines_under_each_other_are_no_headings() {
    check(
        "a.txt",
        "Ada Quill\nBo Reed\nCy Lund\nDee Moss\n\nAll four came.",
        &["sent 0: Ada Quill", "sent 1: Bo Reed", "sent 2: Cy Lund", "sent 3: Dee Moss", "sent 4: All four came."],
    );
}

#[test]
fn tables_in_plain_text() {
    let cells = [
        "cell 0 0.0 - / -: Mill",
        "cell 0 0.1 Mill / -: 2024",
        "cell 0 0.2 Mill / -: 2025",
        "cell 1 1.0 - / Mill: North",
        "cell 1 1.1 North / 2024: 40",
        "cell 1 1.2 North / 2025: $1,200",
    ];
    check("a.txt", "Mill | 2024 | 2025\nNorth | 40 | $1,200\n", &cells);
    check("a.txt", "Mill\t2024\t2025\nNorth\t40\t$1,200\n", &cells);
    check("a.md", "|Mill|2024|2025|\n|---|---|---|\n| North | 40 | $1,200 |\n", &cells);
    check(
        "a.txt",
        "Built | May 8\nSold | 12",
        &[
            "cell 0 0.0 - / -: Built",
            "cell 0 0.1 Built / -: May 8",
            "cell 1 1.0 - / -: Sold",
            "cell 1 1.1 Sold / -: 12",
        ],
    );
    check("a.txt", "Ada | Bo came.", &["sent 0: Ada | Bo came."]);
}

#[test]
fn references_are_entries() {
    check(
        "a.txt",
        "The mill shut.\n\nSources 2 references\n- [1]The mill, a history. Second edition.\n- [2]Annual report",
        &[
            "sent 0: The mill shut.",
            "head 1: Sources 2 references",
            "ref 2: [1]The mill, a history. Second edition.",
            "ref 3: [2]Annual report",
        ],
    );
    check(
        "a.md",
        "It shut.[^1]\n\n[^1]: The mill. A history.\n\n## References\n\n* One. Two.\n",
        &["sent 0: It shut.", "ref 1: The mill. A history.", "head 2: References", "ref 3: One. Two."],
    );
}

#[test]
fn markdown_structure() {
    check(
        "a.md",
        "# The mill shuts\n\nIt **shut on Monday.** See [the *old* notes. All of them](http://a.b/c. D) and more.[^9] *They* left. <http://x.y>\n\n**What comes next**\n\n> Nobody knows.\n> Nobody asks.\n\n- One. Two.\n\n  Three.\n- [x] done\n\n```\ncode. Not read.\n```\n",
        &[
            "title 0: The mill shuts",
            "sent 1: It **shut on Monday.",
            "sent 1: See [the *old* notes.",
            "sent 1: All of them](http://a.b/c. D) and more.[^9]",
            "sent 1: They* left.",
            "head 2: What comes next",
            "quote 3: Nobody knows.",
            "quote 3: Nobody asks.",
            "item 4: One.",
            "item 4: Two.",
            "item 5: Three.",
            "item 6: done",
        ],
    );
}

#[test]
fn holes_are_what_is_no_prose() {
    let document = Document::from_text("a.md", "See [the notes](http://a.b/3) of 5 *big* mills.");
    let segments = segment(&document);
    let holes: Vec<&str> = segments[0].holes.iter().map(|h| h.of(&document.text)).collect();
    assert_eq!(holes, ["[", "](http://a.b/3)", "*", "*"]);
}

#[test]
fn a_title_of_the_front_matter_is_a_segment_once() {
    check(
        "a.txt",
        "---\ntitle: \"The mill shuts\"\n---\nForty left.",
        &["title 0: The mill shuts", "sent 1: Forty left."],
    );
    check(
        "a.md",
        "---\ntitle: The mill shuts\n---\n## The mill shuts\n\nForty left.",
        &["title 0: The mill shuts", "sent 1: Forty left."],
    );
}

#[test]
fn headings_are_indexed() {
    let document = Document::from_text("a.md", "One.\n\n# A\n\nTwo.\n\n## B\n\nThree.");
    let found: Vec<Option<u32>> = segment(&document).iter().map(|s| s.heading).collect();
    assert_eq!(found, [None, None, None, None, Some(3)]);
}

#[test]
fn a_long_line_costs_linear_time() {
    for unit in ["The mill shut in 1990. ", "“Yes. ", "a, ", "x.", "| a ", "[1]. ", "**a** "] {
        let text = unit.repeat(400_000 / unit.len());
        for id in ["a.txt", "a.md"] {
            assert!(!segment(&Document::from_text(id, &text)).is_empty(), "{unit}");
        }
    }
}

#[test]
fn nothing_comes_of_nothing() {
    for text in ["", " \n\t\n", "\0", "---\n---\n", "- \n* \n", "```\n"] {
        assert!(show("a.md", text).is_empty() || text == "\0", "{text:?}");
    }
    check("a.txt", "\u{1b}[1mIt shut.\u{7}", &["sent 0: \u{1b}[1mIt shut.\u{7}"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn segments_are_in_order_and_in_bounds(
        lines in proptest::collection::vec(
            prop_oneof![
                "[ \\t]{0,3}[-•*>#|1-9.]{0,3} ?[\\PC]{0,40}",
                "[A-Za-z0-9 .,:;!?\"“”‘’()\\[\\]|*_`<>&\\\\-]{0,90}",
                Just(String::new()),
                Just("---".to_owned()),
                Just("title: x".to_owned()),
                Just("a | b".to_owned()),
                Just("|-|-|".to_owned()),
                Just("Comments".to_owned()),
                Just("Share this post".to_owned()),
                Just("[^1]: note".to_owned()),
                Just("see[^1] ![a](b) <b>x</b>".to_owned()),
            ],
            0..14,
        ),
        end in prop_oneof![Just("\n"), Just("\r\n")],
        markdown: bool,
    ) {
        let text = lines.join(end);
        let document = Document::from_text(if markdown { "a.md" } else { "a.txt" }, &text);
        let segments = segment(&document);
        let (mut at, mut block) = (0, 0);
        for s in &segments {
            prop_assert!(s.span.start >= at && s.span.end as usize <= document.text.len(), "{:?} in {:?}", s, text);
            prop_assert!(!s.span.of(&document.text).trim().is_empty(), "{:?} in {:?}", s, text);
            prop_assert!(s.block >= block && s.block <= block + 1);
            prop_assert!(s.heading.is_none_or(|h| segments[h as usize].kind == SegmentKind::Heading));
            prop_assert!(s.cell.is_some() == (s.kind == SegmentKind::Cell));
            let mut inner = s.span.start;
            for hole in &s.holes {
                prop_assert!(hole.start >= inner && hole.end <= s.span.end && !hole.is_empty());
                inner = hole.end;
            }
            (at, block) = (s.span.end, s.block);
        }
        let mut at = document.body.start;
        for n in &document.noise {
            prop_assert!(n.start >= at && n.end <= document.body.end && document.text.get(n.range()).is_some());
            at = n.end;
        }
    }
}
