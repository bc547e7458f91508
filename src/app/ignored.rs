//! Regions that the configuration leaves out of a document.

use crate::config::IgnoreEntry;
use crate::segment::{SegmentKind, segment};
use crate::source::{Document, Markup, PieceKind};
use crate::text::Span;

/// Leaves out of a document what the entries that name it say.
pub(super) fn ignore(document: &mut Document, entries: &[IgnoreEntry]) {
    let named = |e: &&IgnoreEntry| {
        e.files.is_empty() || e.files.iter().any(|f| f.is_match(&document.id) || f.is_match(&document.path))
    };
    let mut spans = Vec::new();
    for entry in entries.iter().filter(named) {
        if let Some(heading) = &entry.heading {
            let fits = |words: &str| heading.is_match(words);
            spans.extend(sections(document, fits));
        }
        if let Some(line) = &entry.lines {
            let fits = |(_, words): &(u32, &str)| line.is_match(words);
            let all = lines(document).filter(fits).map(|(at, _)| Span { start: at, end: document.line_end(at) });
            spans.extend(all);
        }
    }
    document.ignore(spans);
}

/// The lines of the body: where each begins, and its words.
fn lines(document: &Document) -> impl Iterator<Item = (u32, &str)> {
    let text = &document.text;
    let mut at = document.body.start;
    std::iter::from_fn(move || {
        let start = at;
        (start < document.body.end).then(|| {
            at = document.line_end(start);
            (start, Span { start, end: at }.of(text).trim_end_matches(['\n', '\r']))
        })
    })
}

/// The sections under the headings that fit, each up to the next heading of its rank or a higher one.
fn sections(document: &Document, fits: impl Fn(&str) -> bool) -> Vec<Span> {
    let heads: Vec<Span> = segment(document)
        .into_iter()
        .filter(|s| matches!(s.kind, SegmentKind::Heading | SegmentKind::Title) && document.body.contains(s.span))
        .map(|s| s.span)
        .collect();
    let ranks: Vec<usize> = heads.iter().map(|h| rank(document, *h)).collect();
    let mut out = Vec::new();
    for (i, head) in heads.iter().enumerate().filter(|(_, h)| fits(h.of(&document.text))) {
        let next = (i + 1..heads.len()).find(|&j| ranks[j] <= ranks[i]);
        let end = next.map_or(document.body.end, |j| line_start(document, heads[j].start));
        out.push(Span { start: line_start(document, head.start), end });
    }
    out
}

fn line_start(document: &Document, at: u32) -> u32 {
    let before = document.text.get(..at as usize).unwrap_or_default();
    before.rfind('\n').map_or(0, |i| i as u32 + 1).max(document.body.start)
}

/// How deep a heading stands, from 1: by its `#`, or by the line under it; in plain text all are of one rank.
fn rank(document: &Document, head: Span) -> usize {
    match document.markup {
        Markup::Plain => return 1,
        Markup::Blocks => {
            let own = document.pieces.iter().find(|p| p.span.overlaps(head));
            return own.map_or(1, |p| if let PieceKind::Heading(level) = p.kind { usize::from(level) } else { 1 });
        }
        Markup::Markdown => {}
    }
    let start = line_start(document, head.start);
    let marks = Span { start, end: head.start }.of(&document.text).bytes().filter(|b| *b == b'#').count();
    if marks > 0 {
        return marks;
    }
    let below = document.line_end(head.end);
    let under = Span { start: below, end: document.line_end(below) }.of(&document.text);
    if under.trim_start().starts_with('=') { 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[track_caller]
    fn check(id: &str, text: &str, config: &str, expected: &[&str]) {
        let config = Config::parse("belie.toml", config).unwrap();
        let mut document = Document::from_text(id, text);
        ignore(&mut document, &config.ignored);
        let found: Vec<&str> = document.ignored.iter().map(|s| s.of(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn sections_end_at_a_heading_of_their_rank() {
        let text =
            "# Mill\n\nIt has 3 wheels.\n\n## Old\n\nIt had 2.\n\n### Older\n\nIt had 1.\n\n## Now\n\nIt turns.\n";
        let old = "## Old\n\nIt had 2.\n\n### Older\n\nIt had 1.\n\n";
        check("a/b.md", text, "[[ignore]]\nheading = '^Old$'\n", &[old]);
        check("a/b.md", text, "[[ignore]]\nheading = '^Older$'\nfiles = 'a/*.md'\n", &["### Older\n\nIt had 1.\n\n"]);
        check("a/b.md", text, "[[ignore]]\nheading = '^Old$'\nfiles = '*.md'\n", &[]);
        check("a/b.md", text, "[[ignore]]\nheading = '^Mill$'\n", &[text]);
        let text = "Mill\n====\n\nIt turns.\n\nOld\n---\n\nIt had 2.\n\nNow\n---\n\nIt turns.\n";
        check("b.md", text, "[[ignore]]\nheading = 'Old'\n", &["Old\n---\n\nIt had 2.\n\n"]);
    }

    #[test]
    fn lines_that_fit() {
        let text = "The mill turns.\nSponsored by a bank: 3 % off\nIt has 3 wheels.\n";
        check("a.txt", text, "[[ignore]]\nlines = '^Sponsored'\n", &["Sponsored by a bank: 3 % off\n"]);
        check(
            "a.txt",
            text,
            "[[ignore]]\nlines = '^(The|Spon)'\n",
            &["The mill turns.\nSponsored by a bank: 3 % off\n"],
        );
    }
}
