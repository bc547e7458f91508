//! A finding as a card: its values side by side, each with who says so and in which words.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::claim::{Claim, Modality, Polarity};
use crate::finding::{Analysis, Finding, Group, Status};
use crate::graph::{Link, Severity};
use crate::text::Span;

use super::partner::{self, Place, Relations};

/// Most characters of a sentence on either side of a value.
const AROUND: usize = 170;
/// Most characters of a title beside a quotation.
const TITLE: usize = 70;

/// A card.
#[derive(Debug, Serialize)]
pub(super) struct Card {
    /// Number of the finding, from 1.
    pub number: usize,
    /// Id of the finding.
    pub id: String,
    /// error, warning, note.
    pub severity: &'static str,
    /// What a reader calls it.
    pub word: &'static str,
    /// Id of the rule.
    pub rule: String,
    /// How it stands to what was accepted, unless it is new.
    pub status: Option<&'static str>,
    /// What a person has decided on it.
    pub decided: Option<String>,
    /// What it says.
    pub message: String,
    /// What it is of: subject, attribute, scope, date.
    pub of: Vec<String>,
    /// The values.
    pub groups: Vec<ValueView>,
    /// Why the claims are comparable.
    pub notes: Vec<String>,
    /// What to do.
    pub help: String,
    /// Its links.
    pub grounds: Vec<Ground>,
    /// Further links, which are like these.
    pub more_grounds: usize,
    /// Numbers of its sources, from 1.
    pub sources: Vec<u32>,
}

/// A value and who says so.
#[derive(Debug, Serialize)]
pub(super) struct ValueView {
    /// A, B, C …
    pub letter: String,
    /// The value.
    pub value: String,
    /// How many sources.
    pub sources: usize,
    /// The independent origins behind them.
    pub origins: Vec<String>,
    /// Whether it stands alone against several.
    pub outlier: bool,
    /// Some of the words.
    pub quotes: Vec<Quote>,
    /// Where others say so.
    pub places: Vec<Place>,
    /// How many more there are.
    pub more: usize,
}

/// The words of a claim.
#[derive(Debug, Serialize)]
pub(super) struct Quote {
    /// Where it stands.
    pub place: Option<Place>,
    /// Title of the source.
    pub title: String,
    /// The sentence up to the value.
    pub before: String,
    /// The words of the value.
    pub words: String,
    /// The rest of the sentence.
    pub after: String,
    /// How it is put forward, where that needs to be said.
    pub said: String,
}

/// Why a link was drawn.
#[derive(Debug, Serialize)]
pub(super) struct Ground {
    /// The relation.
    pub relation: &'static str,
    /// The rule.
    pub rule: String,
    /// One end.
    pub a: Option<Place>,
    /// The other.
    pub b: Option<Place>,
    /// The gates: name, verdict, one side, other side, basis.
    pub gates: Vec<[String; 5]>,
    /// The comparator.
    pub comparator: String,
    /// What it found.
    pub because: String,
    /// What was missing.
    pub missing: String,
}

/// The letter of a value.
pub(super) fn letter(at: usize) -> String {
    match u8::try_from(at) {
        Ok(at) if at < 26 => char::from(b'A' + at).to_string(),
        _ => format!("A{at}"),
    }
}

impl Card {
    /// Makes the card of the finding at an index.
    pub(super) fn new(analysis: &Analysis, at: usize, finding: &Finding, relations: &Relations<'_>) -> Card {
        let scope = finding.scope.iter().map(|(axis, value)| format!("{axis}: {value}"));
        let of = analysis.called.what(finding.subject.as_deref(), &finding.attribute);
        // What the message says already is not repeated.
        let of = Some(of).filter(|of| !finding.message.contains(of.as_str())).into_iter().chain(scope);
        let of = of.chain(finding.as_of.iter().map(|day| format!("as of {day}"))).filter(|s| !s.is_empty());
        let mut links: Vec<&Link> = relations.links_within(finding);
        links.sort_by_key(|l| (l.relation != finding.relation, l.rule != finding.rule));
        let sources: BTreeSet<u32> = finding.groups.iter().flat_map(|g| &g.sources).map(|s| s + 1).collect();
        Card {
            number: at + 1,
            id: finding.id.clone(),
            severity: finding.severity.name(),
            word: match finding.severity {
                Severity::Error => "Conflict",
                Severity::Warning => "Warning",
                Severity::Note => "Note",
            },
            rule: finding.rule.clone(),
            status: (finding.status != Status::New).then(|| finding.status.name()),
            decided: finding.settled.as_ref().map(|s| s.words()),
            message: finding.message.clone(),
            of: of.collect(),
            groups: (0..)
                .zip(&finding.groups)
                .map(|(at, group)| ValueView::new(analysis, group, at, finding.outlier == Some(at), relations))
                .collect(),
            notes: finding.notes.clone(),
            help: finding.help.clone(),
            more_grounds: links.len().saturating_sub(relations.room.grounds),
            grounds: links.iter().take(relations.room.grounds).map(|l| Ground::new(l, relations)).collect(),
            sources: sources.into_iter().collect(),
        }
    }
}

impl ValueView {
    fn new(analysis: &Analysis, group: &Group, at: usize, outlier: bool, relations: &Relations<'_>) -> ValueView {
        // One claim a source is quoted, the others are places.
        let mut heard: BTreeSet<u32> = BTreeSet::new();
        let source = |c: u32| analysis.claims.get(c as usize).map_or(u32::MAX, |c| c.source);
        let (quoted, others): (Vec<u32>, Vec<u32>) =
            group.claims.iter().partition(|&&c| heard.len() < relations.room.quotes && heard.insert(source(c)));
        let mut places = partner::distinct(others.into_iter().filter_map(|c| relations.place(c)));
        let more = places.len().saturating_sub(relations.room.places);
        places.truncate(relations.room.places);
        ValueView {
            letter: letter(at),
            value: group.value.clone(),
            sources: group.sources.len(),
            origins: group.origins.clone(),
            outlier,
            quotes: quoted.into_iter().filter_map(|c| Quote::new(analysis, c, relations)).collect(),
            places,
            more,
        }
    }
}

impl Quote {
    fn new(analysis: &Analysis, index: u32, relations: &Relations<'_>) -> Option<Quote> {
        let claim = analysis.claims.get(index as usize)?;
        let document = analysis.documents.get(claim.source as usize)?;
        let part = |start, end| if start < end { Span { start, end }.of(&document.text) } else { "" };
        Some(Quote {
            place: relations.place(index),
            title: title(document.title.as_ref().unwrap_or(&document.id)),
            before: last_of(part(claim.span.start, claim.value_span.start)),
            words: claim.value_span.of(&document.text).to_owned(),
            after: first_of(part(claim.value_span.end, claim.span.end)),
            said: said(claim),
        })
    }
}

/// A title beside a quotation, cut at a word: in full it stands with its source.
fn title(title: &str) -> String {
    let Some((to, _)) = title.char_indices().nth(TITLE) else { return title.to_owned() };
    let cut = title[..to].rfind(char::is_whitespace).filter(|at| *at > to / 2).unwrap_or(to);
    format!("{}…", title[..cut].trim_end())
}

/// The end of a text, cut at a word.
fn last_of(text: &str) -> String {
    let Some((from, _)) = text.char_indices().rev().nth(AROUND) else { return text.to_owned() };
    let rest = &text[from..];
    let cut = rest.find(char::is_whitespace).map_or(rest, |i| &rest[i..]);
    format!("…{cut}")
}

/// The beginning of a text, cut at a word.
fn first_of(text: &str) -> String {
    let Some((to, _)) = text.char_indices().nth(AROUND) else { return text.to_owned() };
    let rest = &text[..to];
    let cut = rest.rfind(char::is_whitespace).map_or(rest, |i| &rest[..i]);
    format!("{cut} …")
}

/// How a claim is put forward, where that needs to be said.
pub(super) fn said(claim: &Claim) -> String {
    let mut parts = Vec::new();
    if claim.polarity == Polarity::Negative {
        parts.push("denied".to_owned());
    }
    match (&claim.attributed_to, claim.modality) {
        (Some(speaker), Modality::Reported | Modality::Asserted) => parts.push(format!("according to {speaker}")),
        (_, Modality::Asserted) => {}
        (_, modality) => parts.push(modality.name().to_owned()),
    }
    parts.join(", ")
}

impl Ground {
    fn new(link: &Link, relations: &Relations<'_>) -> Ground {
        let grounds = &link.grounds;
        let gate = |g: &crate::graph::Gate| {
            [g.gate.name().to_owned(), g.verdict.name().to_owned(), g.a.clone(), g.b.clone(), g.basis.clone()]
        };
        Ground {
            relation: link.relation.name(),
            rule: link.rule.clone(),
            a: relations.place(link.a),
            b: relations.place(link.b),
            gates: grounds.gates.iter().map(gate).collect(),
            comparator: grounds.comparator.clone(),
            because: grounds.because.clone(),
            missing: grounds.missing.join(", "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_cut_at_words() {
        let text = "word ".repeat(100);
        assert_eq!((first_of("short").as_str(), last_of("short").as_str()), ("short", "short"));
        assert!(first_of(&text).ends_with("word …") && first_of(&text).chars().count() <= AROUND + 2);
        assert!(last_of(&text).starts_with("… word") && last_of(&text).chars().count() <= AROUND + 2);
        assert_eq!(first_of(&"é".repeat(400)).chars().count(), AROUND + 2);
    }

    #[test]
    fn long_titles_are_cut() {
        assert_eq!(title("A bridge opens"), "A bridge opens");
        assert_eq!(
            title(&"long words ".repeat(9)),
            "long words long words long words long words long words long words…"
        );
        assert_eq!(title(&"橋".repeat(99)).chars().count(), TITLE + 1);
    }

    #[test]
    fn letters() {
        assert_eq!((letter(0), letter(25), letter(26)), ("A".into(), "Z".into(), "A26".into()));
    }
}
