//! What checks see, and what they ask of it.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;

use crate::claim::Claim;
use crate::compare::CompareContext;
use crate::graph::Chains;
use crate::origin::Origins;
use crate::rule::{Cue, Template, Words, pieces};
use crate::segment::Segment;
use crate::text::one_line;
use crate::value::Value;

use super::figures::Sentence;
use super::layout::Layout;

/// What checks see.
#[derive(Clone, Copy)]
pub struct CheckContext<'a> {
    /// Claims, documents, entities, rules. Claims stand in the order of documents, and within one in that of place.
    pub compare: CompareContext<'a>,
    /// Which claims say the same.
    pub chains: &'a Chains,
    /// Who is behind documents and outlets.
    pub origins: &'a Origins,
    /// The segments of each document, in the order of its text.
    pub segments: &'a [Vec<Segment>],
    /// The one document that is asked about, if one is: what holds or fails within another is no matter then.
    pub only: Option<u32>,
    /// The sentences, tables and lists of each document.
    pub(super) layouts: &'a [Layout<'a>],
}

/// The class of terms that mean what they do only where they are all there is: "All" is a total, "all others" a part.
const ALONE: &str = "alone";
/// Days between a document's date and a day without a year that is of the same year.
const NEAR: i32 = 60;
/// Characters of one value that a message shows.
const LONGEST: usize = 60;
/// More claims than this are counted in a message instead of named.
const NAMED: usize = 4;

impl<'a> CheckContext<'a> {
    /// What checks are run on, before the documents are laid out.
    pub fn new(
        compare: CompareContext<'a>,
        chains: &'a Chains,
        origins: &'a Origins,
        segments: &'a [Vec<Segment>],
        only: Option<u32>,
    ) -> CheckContext<'a> {
        CheckContext { compare, chains, origins, segments, only, layouts: &[] }
    }

    /// The segments of a document, each with its figures.
    pub(super) fn sentences(&self, source: u32) -> std::slice::Iter<'a, Sentence<'a>> {
        self.layouts.get(source as usize).map_or(&[][..], |l| &l.sentences).iter()
    }

    /// The segment that carries a claim, with its figures.
    pub(super) fn sentence(&self, claim: &Claim) -> Option<&'a Sentence<'a>> {
        self.layouts.get(claim.source as usize)?.sentences.get(self.segment_of(claim)?)
    }

    /// The key of the first term of a lexicon that stands in a text.
    pub(super) fn met(&self, cue: &Cue, text: &str) -> Option<&'a str> {
        let words: Vec<Words> = pieces(text).iter().map(|w| self.compare.lookup.words(w)).collect();
        let terms = self.compare.lookup.terms(&cue.lexicon);
        let at = |at: usize| {
            let (n, term) = terms.at(&words[at..], cue.class.as_deref())?;
            (&*term.class != ALONE || n == words.len()).then_some(&*term.key)
        };
        (0..words.len()).find_map(at)
    }

    /// Whether a term of a lexicon stands in a text, such as the head of a column.
    pub(super) fn holds(&self, lexicon: &str, class: Option<&str>, text: &str) -> bool {
        self.met(&Cue { lexicon: lexicon.to_owned(), class: class.map(str::to_owned) }, text).is_some()
    }

    /// The documents in which consistency constraints are looked for, one by one.
    pub(super) fn sources(&self) -> Range<u32> {
        self.only.map_or(0..self.segments.len() as u32, |only| only..only.saturating_add(1))
    }

    /// A claim by its index.
    pub(super) fn claim(&self, at: u32) -> &'a Claim {
        &self.compare.claims[at as usize]
    }

    /// The text of a document.
    pub(super) fn text(&self, source: u32) -> &'a str {
        &self.compare.documents[source as usize].text
    }

    /// A stretch of the text of a document; nothing where it ends before it begins.
    pub(super) fn cut(&self, source: u32, from: u32, to: u32) -> &'a str {
        self.text(source).get(from as usize..to as usize).unwrap_or_default()
    }

    /// The words of a claim's value.
    pub(super) fn words(&self, claim: &Claim) -> &'a str {
        claim.value_span.of(self.text(claim.source))
    }

    /// Whether the words of a claim's value have a digit.
    pub(super) fn is_numbered(&self, claim: &Claim) -> bool {
        self.words(claim).contains(|c: char| c.is_ascii_digit())
    }

    /// The day that a claim gives by its own number: not worked out from a weekday, and of a year that is stated, or that
    /// can only be that of the document's date, two months away at most.
    pub(super) fn stated_day(&self, claim: &Claim) -> Option<Date> {
        let Value::Time(time) = &claim.value else { return None };
        let day = time.earliest.filter(|_| time.earliest == time.latest)?;
        let published = self.compare.documents[claim.source as usize].published;
        let near = |p: Date| p.until(day).is_ok_and(|s| s.get_days().abs() <= NEAR);
        (!time.relative || self.is_numbered(claim) && published.is_some_and(near)).then_some(day)
    }

    /// The run's entity that a claim is about; `None` when its subject is unknown or names no entity.
    pub(super) fn subject(&self, claim: &Claim) -> Option<u32> {
        let entity = claim.subject.as_ref()?.entity?;
        self.compare.merged.global(claim.source, entity)
    }

    /// The claims of a document, by index.
    pub(super) fn of_document(&self, source: u32) -> Range<u32> {
        let at = |wanted: u32| self.compare.claims.partition_point(|c| c.source < wanted) as u32;
        at(source)..at(source.saturating_add(1))
    }

    /// The claims that a document makes from one byte on, by index.
    pub(super) fn claims_from(&self, source: u32, start: u32) -> Range<u32> {
        let all = self.of_document(source);
        let claims = &self.compare.claims[all.start as usize..all.end as usize];
        all.start + claims.partition_point(|c| c.span.start < start) as u32..all.end
    }

    /// The claims of the segment that begins at a byte, by index.
    pub(super) fn of_segment(&self, source: u32, start: u32) -> Range<u32> {
        let from = self.claims_from(source, start);
        let claims = &self.compare.claims[from.start as usize..from.end as usize];
        from.start..from.start + claims.partition_point(|c| c.span.start == start) as u32
    }

    /// The segment that carries a claim, by its place in the document's list.
    pub(super) fn segment_of(&self, claim: &Claim) -> Option<usize> {
        let segments = self.segments.get(claim.source as usize)?;
        segments.partition_point(|s| s.span.start <= claim.span.start).checked_sub(1)
    }

    /// Fills a message: `{left}` and `{right}`, the words of each end and the document it stands in, and subject,
    /// attribute and unit of the first end that has one. Where no subject is known, the attribute stands for it.
    pub(super) fn fill(&self, template: &Template, ends: &[(&str, &[u32])], left: &str, right: &str) -> String {
        self.fill_with(template, ends, &BTreeMap::new(), left, right)
    }

    /// The same where some ends have words of their own in `parts`, by name.
    pub(super) fn fill_with(
        &self,
        template: &Template,
        ends: &[(&str, &[u32])],
        parts: &BTreeMap<String, String>,
        left: &str,
        right: &str,
    ) -> String {
        let claims = || ends.iter().flat_map(|(_, all)| all.iter()).map(|&at| self.claim(at));
        let attribute = || {
            claims().next().map_or_else(String::new, |c| self.compare.rules.called.attribute(&c.attribute).into_owned())
        };
        let end = |name: &str| ends.iter().find(|(n, _)| *n == name).map_or(&[][..], |(_, all)| *all);
        template.render(|name| match name {
            "left" => left.to_owned(),
            "right" => right.to_owned(),
            "subject" => claims().find_map(|c| c.subject.as_ref()).map_or_else(attribute, |s| s.name.clone()),
            "attribute" => attribute(),
            "unit" => claims()
                .find_map(|c| match &c.value {
                    Value::Quantity(q) if !q.unit.name.is_empty() => Some(q.unit.name.to_string()),
                    _ => None,
                })
                .unwrap_or_else(attribute),
            name => match name.strip_suffix(".source") {
                Some(name) => end(name)
                    .first()
                    .map_or_else(String::new, |&at| self.compare.documents[self.claim(at).source as usize].id.clone()),
                None => parts.get(name).cloned().unwrap_or_else(|| self.named(end(name))),
            },
        })
    }

    /// Words of one claim or of several: "20 %, 30 % and 50 %", "9 figures".
    fn named(&self, claims: &[u32]) -> String {
        let words = |at: &u32| {
            let line = one_line(self.words(self.claim(*at)));
            line.trim_matches([',', '.']).chars().take(LONGEST).collect::<String>()
        };
        match claims {
            [] => String::new(),
            [one] => words(one),
            [all @ .., last] if claims.len() <= NAMED => {
                format!("{} and {}", all.iter().map(words).collect::<Vec<_>>().join(", "), words(last))
            }
            _ => format!("{} figures", claims.len()),
        }
    }
}
