//! A number that says of itself neither what it counts nor what it measures: "140" and "75" of "260 employees: 140 in
//! Lisbon, 75 in Porto". The figures beside it tell. It is compared with nothing; checks set it against those figures.

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::factuality::factuality;
use crate::claim::model::Claim;
use crate::claim::view::DocumentView;
use crate::mention::{ItemKind, Sentence};
use crate::segment::SegmentKind;
use crate::text::{Span, TokenKind};
use crate::value::{Quantity, Shape, Value};

use super::model::Kind;

/// See the module.
pub(super) struct Bare;

/// What a claim of this kind is called; blocks leave it out.
const KIND: &str = "bare";

impl Kind for Bare {
    fn name(&self) -> &'static str {
        KIND
    }

    fn extract(&self, view: &DocumentView<'_>, claims: &mut Vec<Claim>) {
        let mut taken: BTreeMap<Span, Vec<Span>> = BTreeMap::new();
        for c in claims.iter().filter(|c| !matches!(c.value, Value::Text(_))) {
            taken.entry(c.span).or_default().push(c.value_span);
        }
        let figures: BTreeSet<Span> =
            claims.iter().filter(|c| matches!(c.value, Value::Quantity(_)) && !c.noise).map(|c| c.span).collect();
        for (index, sentence) in view.sentences.iter().enumerate() {
            let segment = view.segment_of(sentence);
            let before = index.checked_sub(1).map(|i| &view.sentences[i]);
            let beside = figures.contains(&sentence.span)
                || before.is_some_and(|b| view.same_block(b, sentence) && figures.contains(&b.span));
            let beside = beside || changes(view, sentence);
            let prose = matches!(segment.kind, SegmentKind::Sentence | SegmentKind::ListItem) && segment.cell.is_none();
            if !beside || !prose || segment.noise {
                continue;
            }
            for item in &sentence.items {
                let ItemKind::Quantity { quantity, noun: None, bound } = &item.kind else { continue };
                let span = bound.map_or(item.span, |b| b.join(item.span));
                let free = taken.get(&sentence.span).is_none_or(|t| t.iter().all(|v| !v.overlaps(span)));
                if free && counts(view, sentence, item.first, item.last, quantity) {
                    claims.push(claim(view, sentence, (item.first, item.last), quantity, span));
                }
            }
        }
    }
}

/// Whether a sentence tells a change three times over, which needs no figure beside it: "by 900, from 2,000 to 2,500".
fn changes(view: &DocumentView<'_>, sentence: &Sentence) -> bool {
    let amounts = || sentence.items.iter().filter(|i| matches!(i.kind, ItemKind::Quantity { noun: None, .. }));
    let led = |at: usize, word: &str| {
        at.checked_sub(1).is_some_and(|b| sentence.word(view.text, b).eq_ignore_ascii_case(word))
    };
    let range = |i: &&crate::mention::Item| matches!(&i.kind, ItemKind::Quantity { quantity, .. } if quantity.min.is_some() && quantity.max.is_some());
    amounts().any(|i| led(i.first, "by")) && amounts().any(|i| range(&i))
}

/// Whether a number counts something, if the figures beside it do: no year, no number of a row, no part of a name.
fn counts(view: &DocumentView<'_>, sentence: &Sentence, first: usize, last: usize, quantity: &Quantity) -> bool {
    let text = view.text;
    let word = sentence.span_of(first, last).of(text).to_lowercase();
    let year = word.len() == 4 && word.starts_with(['1', '2']) && word.bytes().all(|b| b.is_ascii_digit());
    let plain = quantity.shape == Shape::Number && quantity.unit.name.is_empty();
    // What stands before it leaves it a number of its own: "page 12" does not, "and 12", ", 12" and "in Osta 12" do.
    let led = first.checked_sub(1).is_none_or(|a| {
        let tok = &sentence.toks[a];
        let function = view.lookup.terms("function-words").at(&[tok.words], None).is_some();
        // "Of the 80 samples 12 were": right behind what another figure counts.
        let end = first.checked_sub(1).map(|a| sentence.span_of(a, first).end);
        let counted = sentence
            .items
            .iter()
            .any(|i| matches!(i.kind, ItemKind::Quantity { noun: Some(noun), .. } if Some(noun.end) == end));
        let mark = tok.kind == TokenKind::Mark && !matches!(sentence.mark(text, a), Some('#' | '-' | '–' | '/'));
        mark || function || counted
    });
    let glued =
        sentence.toks[first].glued || sentence.toks.get(last).is_some_and(|t| t.glued) || sentence.toks[first].quoted;
    plain && led && !year && !glued && word != "one"
}

fn claim(
    view: &DocumentView<'_>,
    sentence: &Sentence,
    (first, last): (usize, usize),
    quantity: &Quantity,
    value_span: Span,
) -> Claim {
    let factuality = factuality(&view.context(), sentence, first, last, view.lookup);
    let value = Value::Quantity(quantity.clone());
    Claim {
        context_spans: factuality.context_spans,
        modality: factuality.modality,
        polarity: factuality.polarity,
        attributed_to: factuality.attributed_to,
        ..Claim::plain(KIND, "number".to_owned(), (sentence.span, value_span), value)
    }
}
