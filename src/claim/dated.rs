//! When an entry of a timeline, a live report or a change log is of: the day that its heading is, or with which it opens.
//!
//! Comes in: the sentences of a document with their times. Goes out: for each segment the time of its entry, if it
//! stands in one ("## 24 June 2030", "Version 1.2 (2030-06-24)", "- June 24: the dock opened. Two ferries …"). A heading
//! holds up to the next one of its level or above it, an opening up to the end of its block.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::mention::{ItemKind, Sentence, resolve};
use crate::segment::{Segment, SegmentKind};
use crate::text::{Span, TokenKind};
use crate::value::{TimeValue, Value};

use super::model::{Claim, ContextRole};

/// The time of an entry, and where it is stated.
pub(super) type Entry = (Span, TimeValue);

/// Fewest entries of a log: a date that stands alone is the document's own.
const LEAST: usize = 2;

/// The entry of each segment. `reference` is the document's date, by which a day without a year is read.
pub(super) fn entries(
    text: &str,
    segments: &[Segment],
    sentences: &[Sentence],
    reference: Option<Date>,
) -> Vec<Option<Entry>> {
    let mut out: Vec<Option<Entry>> = vec![None; segments.len()];
    let mut section: Option<(u8, Entry)> = None;
    let mut opened: Option<(u32, Entry)> = None;
    let mut sentences = sentences.iter().peekable();
    for (at, segment) in segments.iter().enumerate() {
        let sentence = sentences.next_if(|s| s.segment == at);
        if segment.kind == SegmentKind::Heading && !segment.noise {
            let entry = sentence.and_then(|s| heading(text, s, reference));
            if entry.is_some() || section.as_ref().is_some_and(|(level, _)| segment.level <= *level) {
                section = entry.map(|entry| (segment.level, entry));
            }
        }
        if opened.as_ref().is_none_or(|(block, _)| *block != segment.block) {
            let opens = sentence.filter(|_| matches!(segment.kind, SegmentKind::Sentence | SegmentKind::ListItem));
            opened = opens.and_then(|s| opening(text, s, reference)).map(|entry| (segment.block, entry));
        }
        let entry = opened.as_ref().map(|(_, entry)| entry).or(section.as_ref().map(|(_, entry)| entry));
        out[at] = entry.cloned();
    }
    let days: BTreeSet<&str> = out.iter().flatten().map(|(_, time)| time.edtf.as_str()).collect();
    if days.len() < LEAST { vec![None; segments.len()] } else { out }
}

/// The time that a heading is, or that stands at its beginning before a mark or at its end behind one: "24 June 2030",
/// "24 June: the dock opens", "Version 1.2 (2030-06-24)".
fn heading(text: &str, sentence: &Sentence, reference: Option<Date>) -> Option<Entry> {
    let mut times = sentence.items.iter().filter(|i| matches!(i.kind, ItemKind::Time(_)));
    let item = times.next().filter(|_| times.next().is_none())?;
    let mark = |at: usize| sentence.mark(text, at).is_some();
    let none = |mut tokens: std::ops::Range<usize>| tokens.all(|at| sentence.toks[at].kind == TokenKind::Mark);
    let begins = none(0..item.first) && (none(item.last..sentence.toks.len()) || mark(item.last));
    let ends = none(item.last..sentence.toks.len()) && item.first.checked_sub(1).is_some_and(mark);
    let ItemKind::Time(expression) = &item.kind else { return None };
    let value = resolve(expression, reference);
    // "The Pier (1998)" is a work of that year: with other words only a day dates what stands below.
    let alone = none(0..item.first) && none(item.last..sentence.toks.len());
    let day = value.earliest.is_some() && value.earliest == value.latest;
    let dates = (begins || ends) && (alone || day);
    value.held_at().filter(|_| dates).map(|value| (item.span, value))
}

/// The time with which an entry opens, before a colon or a dash: "June 24: …", "24 June 2030 – …".
fn opening(text: &str, sentence: &Sentence, reference: Option<Date>) -> Option<Entry> {
    let item = sentence.items.iter().find(|i| matches!(i.kind, ItemKind::Time(_)))?;
    let led = (0..item.first).all(|at| sentence.toks[at].kind == TokenKind::Mark);
    let closed = matches!(sentence.mark(text, item.last), Some(':' | '–' | '—' | '-'));
    let ItemKind::Time(expression) = &item.kind else { return None };
    let value = resolve(expression, reference);
    value.held_at().filter(|_| led && closed).map(|value| (item.span, value))
}

/// Dates what stands in an entry and says no time of its own. Quotations and statements are as they were said, and a
/// value that is a time needs none.
pub(super) fn date(claims: &mut [Claim], sentences: &[Sentence], entries: &[Option<Entry>]) {
    if entries.iter().all(Option::is_none) {
        return;
    }
    let of = |span: Span| {
        let at = sentences.binary_search_by_key(&span.start, |s| s.span.start).ok()?;
        entries.get(sentences[at].segment)?.as_ref()
    };
    for claim in claims.iter_mut() {
        let timed = matches!(claim.value, Value::Time(_)) || matches!(&*claim.kind, "quote" | "statement");
        if claim.as_of.is_some() || timed {
            continue;
        }
        if let Some((span, time)) = of(claim.span) {
            claim.as_of = Some(time.clone());
            claim.context_spans.push((ContextRole::Time, *span));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::claim::Extractor;
    use crate::rule::Rules;
    use crate::source::Document;

    /// The days of all claims of a Markdown text that have one, each with the words of the value.
    fn days(text: &str) -> Vec<String> {
        let rules = Rules::embedded().unwrap();
        let claims = Extractor::new(&rules).extract(&Document::from_text("a.md", text), None).claims;
        let figures = claims.iter().filter(|c| &*c.kind == "count");
        figures
            .map(|c| format!("{} {}", c.value_span.of(text), c.as_of.as_ref().map_or("-", |t| t.edtf.as_str())))
            .collect()
    }

    #[test]
    fn a_heading_dates_its_section() {
        let text = "# The dock\n\nNine boats came.\n\n## 24 June 2030\n\nTwelve boats sank.\n\n### Lowmere\n\n40 people left.\n\n\
                    ## 25 June 2030: the storm\n\n14 boats sank. In May 2029 three boats sank.\n\n## Background\n\nSix boats are left.\n";
        let wanted = ["Nine -", "Twelve 2030-06-24", "40 2030-06-24", "14 2030-06-25", "three 2029-05", "Six -"];
        assert_eq!(days(text), wanted);
    }

    #[test]
    fn a_version_with_its_day() {
        let text = "# Changes\n\n## 1.2.0 (2030-06-24)\n\n- 14 tests are gone.\n\n## [1.1.0] - 2030-05-01\n\n- 12 tests are new.\n";
        assert_eq!(days(text), ["14 2030-06-24", "12 2030-05-01"]);
    }

    #[test]
    fn an_opening_dates_its_block() {
        let text = "# The dock\n\n- 24 June 2030: a storm came. Twelve boats sank.\n- 25 June 2030: 14 boats sank.\n- Nine boats \
                    came.\n\nIn June 2029 it rained. Three boats sank.\n";
        assert_eq!(days(text), ["Twelve 2030-06-24", "14 2030-06-25", "Nine -", "Three -"]);
    }

    #[test]
    fn one_date_alone_makes_no_log() {
        let text = "# The dock\n\n## 24 June 2030\n\nTwelve boats sank.\n\n## Background\n\nSix boats are left.\n";
        assert_eq!(days(text), ["Twelve -", "Six -"]);
    }

    #[test]
    fn a_heading_with_a_date_in_it_is_none() {
        let text = "# Docks\n\n## The Pier (1998)\n\nNine boats sank.\n\n## The Dock (2003)\n\nTen boats sank.\n";
        assert_eq!(days(text), ["Nine -", "Ten -"]);
        let text = "# The dock\n\n## Why 2030 was a hard year\n\nTwelve boats sank.\n";
        assert_eq!(days(text), ["Twelve -"]);
    }
}
