//! A document as the kinds of claims see it: its text with what the stages before have found in it, and the rules.

use jiff::civil::Date;

use crate::entity::Entities;
use crate::mention::Sentence;
use crate::rule::{Lookup, Rules};
use crate::segment::Segment;
use crate::text::Span;

use super::attach::ClaimContext;
use super::dated::Entry;
use super::frame::Frames;

/// What a kind of claim sees of a document.
pub struct DocumentView<'a> {
    pub(crate) text: &'a str,
    pub(crate) segments: &'a [Segment],
    pub(crate) sentences: &'a [Sentence],
    pub(crate) entities: &'a Entities,
    pub(crate) rules: &'a Rules,
    pub(crate) lookup: &'a Lookup,
    pub(super) frames: &'a Frames,
    /// The document's date.
    pub(super) published: Option<Date>,
    /// By segment, when the entry is of in which it stands.
    pub(super) entries: Vec<Option<Entry>>,
}

impl<'a> DocumentView<'a> {
    pub(super) fn context(&self) -> ClaimContext<'a> {
        ClaimContext { text: self.text, sentences: self.sentences, entities: self.entities, lookup: self.lookup }
    }

    /// The day by which relative times of a sentence are resolved: that of its entry, else the document's.
    pub(super) fn reference(&self, sentence: &Sentence) -> Option<Date> {
        let entry = self.entries.get(sentence.segment).and_then(Option::as_ref);
        let day = entry.and_then(|(_, time)| time.earliest.filter(|day| time.latest == Some(*day)));
        day.or(self.published)
    }

    /// The segment of a sentence.
    pub(crate) fn segment_of(&self, sentence: &Sentence) -> &'a Segment {
        &self.segments[sentence.segment]
    }

    /// Words of a sentence, without what is no prose: the targets of links, marks of emphasis.
    pub(super) fn prose(&self, sentence: &Sentence, span: Span) -> String {
        let (mut out, mut at) = (String::new(), span.start);
        for hole in self.segment_of(sentence).holes.iter().filter(|h| span.contains(**h)) {
            out.push_str(Span { start: at, end: hole.start }.of(self.text));
            at = hole.end;
        }
        out.push_str(Span { start: at, end: span.end }.of(self.text));
        out
    }

    /// Whether two sentences stand in one block.
    pub(crate) fn same_block(&self, a: &Sentence, b: &Sentence) -> bool {
        self.segment_of(a).block == self.segment_of(b).block
    }
}
