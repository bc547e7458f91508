//! A place in an order where the words round it make it a rank: "the eighth highest peak", "ranks eighth", "in seventh
//! place". Other ordinals ("the third time", "the 16th century") tell of no rank and are left alone.

use std::collections::BTreeMap;

use crate::claim::attach::{Manner, named_by};
use crate::claim::factuality::factuality;
use crate::claim::model::{Claim, ContextRole};
use crate::claim::view::DocumentView;
use crate::mention::{ItemKind, Ordinal, Sentence};
use crate::rule::EntityType;
use crate::text::{Span, content_lemma, fold_words};
use crate::value::{Bound, Quantity, Shape, Unit, Value};

use super::model::Kind;
use super::superlative::{axes, superlative};
use super::word::content;

/// Most words of what a rank is among: "non-English animated film of the region".
const AMONG: usize = 6;

/// See the module.
pub(super) struct Ranked;

impl Kind for Ranked {
    fn name(&self) -> &'static str {
        "ordinal"
    }

    fn extract(&self, view: &DocumentView<'_>, claims: &mut Vec<Claim>) {
        for (index, sentence) in view.sentences.iter().enumerate() {
            for (span, ordinal) in &sentence.ordinals {
                let Ordinal::Nth(place) = ordinal else { continue };
                let number = Quantity {
                    shape: Shape::Number,
                    number: Some(*place),
                    min: None,
                    max: None,
                    step: rust_decimal::Decimal::ONE,
                    unit: Unit::none(),
                    bound: Bound::Exact,
                };
                claims.extend(claim(view, index, sentence, *span, number));
            }
        }
    }
}

fn claim(view: &DocumentView<'_>, index: usize, sentence: &Sentence, span: Span, place: Quantity) -> Option<Claim> {
    let first = sentence.toks.partition_point(|t| t.span.end <= span.start);
    let last = sentence.toks.partition_point(|t| t.span.start < span.end);
    if first >= last || sentence.toks[first].quoted {
        return None;
    }
    let among = among(view, sentence, first, last)?;
    let context = view.context();
    let segment = view.segment_of(sentence);
    let any = [EntityType::Any];
    let dates = |i: &crate::mention::Item| matches!(i.kind, ItemKind::Time(_) | ItemKind::Undated(_));
    if sentence.items.iter().any(|i| dates(i) && i.first < last && first < i.last) {
        return None;
    }
    let found = context.find(sentence, first, last, &any, &[], Manner::Verb);
    let subject = match found {
        Some(item) => context.subject(sentence, &sentence.items[item]),
        None => context.carried(index, &any, |a, b| view.same_block(a, b)),
    };
    let factuality = factuality(&context, sentence, first, last, view.lookup);
    let mut context_spans: Vec<_> =
        found.and_then(|item| named_by(sentence, item)).map(|s| (ContextRole::Subject, s)).into_iter().collect();
    context_spans.extend(factuality.context_spans);
    // "The second largest harbour": one place, among the same things. "Third most": a place with nothing to be among.
    let placed = among.split(' ').count() > 1;
    let (mut scope, mut as_of) = (BTreeMap::new(), None);
    if !among.is_empty() {
        let end = (last..sentence.toks.len()).take(AMONG).take_while(|&a| content(view, sentence, a)).last();
        (scope, as_of) = axes(view, sentence, end.map_or(last, |a| a + 1));
        scope.insert("among".to_owned(), among);
    }
    Some(Claim {
        context_spans,
        shape: Shape::Number,
        subject,
        single_valued: placed,
        as_of,
        scope,
        modality: factuality.modality,
        polarity: factuality.polarity,
        attributed_to: factuality.attributed_to,
        rule: "rank".to_owned(),
        noise: segment.noise,
        ..Claim::plain("ranking", "rank".to_owned(), (sentence.span, span), Value::Quantity(place))
    })
}

/// What a rank is among, in the text's words; empty where nothing says so, `None` where the ordinal is no rank.
fn among(view: &DocumentView<'_>, sentence: &Sentence, first: usize, last: usize) -> Option<String> {
    let word = |a: usize| sentence.word(view.text, a).to_lowercase();
    let end = (last..sentence.toks.len()).take(AMONG).take_while(|&a| content(view, sentence, a)).last();
    // "Eighth highest", "second-largest", "third most expensive".
    if superlative(&word(last), view.lookup) {
        let words = fold_words(sentence.span_of(last, end.unwrap_or(last) + 1).of(view.text));
        let head = words.last().map(|w| content_lemma(w)).unwrap_or_default();
        return Some([&words[..words.len().saturating_sub(1)], &[head]].concat().join(" "));
    }
    // "Seventh place", "third position"; but "in the first place" is a turn of phrase.
    let phrase = word(first) == "first" && first > 0 && word(first - 1) == "the";
    if matches!(word(last).as_str(), "place" | "position" | "spot") && !phrase {
        return Some(String::new());
    }
    // "Ranks eighth", "came in third", "made it seventh".
    let before =
        (first.saturating_sub(3)..first).rev().find(|&a| !matches!(word(a).as_str(), "in" | "the" | "as" | "it"))?;
    let ranks = view.lookup.terms("ranking-verbs").at(&[sentence.toks[before].words], None).is_some();
    (ranks && !content(view, sentence, last)).then(String::new)
}
