//! Every quantity that no frame has taken: its attribute comes from its own words, the counted noun first, then the
//! noun it qualifies, then the verb that governs it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::claim::attach::named_by;
use crate::claim::extract::Reading;
use crate::claim::model::{Claim, ContextRole, Subject};
use crate::claim::voice::voice;
use crate::mention::{Item, ItemKind, Sentence};
use crate::rule::{Comparator, EntityType, Modality, TimeNature};
use crate::text::{Span, TokenKind, fold};
use crate::value::{Quantity, Shape, Value};

use super::Kind;

/// See the module.
pub struct Measured;

impl Kind for Measured {
    fn name(&self) -> &'static str {
        "quantity"
    }

    fn extract(&self, reading: &Reading<'_>, claims: &mut Vec<Claim>) {
        for (index, sentence) in reading.sentences.iter().enumerate() {
            for (at, item) in sentence.items.iter().enumerate() {
                let ItemKind::Quantity { quantity, noun, bound } = &item.kind else { continue };
                let span = bound.map_or(item.span, |b| b.join(item.span));
                let inside = |c: &Claim| c.span == sentence.span && c.value_span.overlaps(item.span) && !matches!(c.value, Value::Text(_));
                if claims.iter().any(inside) || sentence.toks[item.first].quoted {
                    continue;
                }
                let claim = claim(reading, index, sentence, at, item, quantity, *noun, span, claims);
                claims.extend(claim);
            }
        }
    }
}

/// Name of the kind of a shape.
fn kind_of(quantity: &Quantity) -> &'static str {
    match quantity.shape {
        Shape::Number => "count",
        other => other.name(),
    }
}

#[allow(clippy::too_many_arguments)]
fn claim(
    reading: &Reading<'_>,
    index: usize,
    sentence: &Sentence,
    at: usize,
    item: &Item,
    quantity: &Quantity,
    noun: Option<Span>,
    span: Span,
    claims: &[Claim],
) -> Option<Claim> {
    let text = reading.text;
    let segment = reading.segment_of(sentence);
    // A bare number that counts nothing and measures nothing says nothing that could be checked.
    if quantity.shape == Shape::Number && noun.is_none() && quantity.unit.name.is_empty() && !segment.noise {
        return None;
    }
    let scene = reading.scene();
    let attribute = attribute(reading, sentence, item, quantity, noun);
    let any = [EntityType::Any];
    let mut context = Vec::new();
    let mut subject = paired(reading, sentence, at, claims);
    if subject.is_none() {
        let end = noun.map_or(item.last, |n| sentence.toks.partition_point(|t| t.span.start < n.end));
        let subject_item = scene.find(sentence, item.first, end, &any, &[at]);
        subject = match subject_item {
            Some(i) => {
                context.extend(named_by(sentence, i).map(|s| (ContextRole::Subject, s)));
                scene.subject(sentence, &sentence.items[i])
            }
            None => scene.carried(index, &any, |a, b| reading.same_block(a, b)),
        };
    }
    let voice = voice(&scene, sentence, item.first, item.last, reading.lookup);
    context.extend(voice.context);
    let odds = words_near(sentence, text, item, &["odds", "chance", "probability", "likelihood"]);
    let (kind, modality) = if odds && quantity.shape == Shape::Percent {
        ("probability", Modality::Opinion)
    } else {
        (kind_of(quantity), voice.modality)
    };
    Some(Claim {
        id: String::new(),
        source: 0,
        span: sentence.span,
        value_span: if quantity.shape == Shape::Number { span } else { item.span },
        context,
        kind: Arc::from(kind),
        shape: quantity.shape,
        subject,
        family: attribute.clone(),
        attribute,
        single_valued: false,
        moves: TimeNature::State,
        comparator: Comparator::Interval,
        ladder: None,
        value: Value::Quantity(quantity.clone()),
        as_of: None,
        scope: BTreeMap::new(),
        modality,
        polarity: voice.polarity,
        attributed_to: voice.attributed_to,
        rule: format!("quantity-{}", quantity.shape.name()),
        noise: segment.noise,
    })
}

fn words_near(sentence: &Sentence, text: &str, item: &Item, words: &[&str]) -> bool {
    let from = item.first.saturating_sub(4);
    let to = (item.last + 3).min(sentence.toks.len());
    (from..to).any(|a| words.contains(&sentence.word(text, a).to_lowercase().as_str()))
}

/// What the quantity measures, in the text's own words.
fn attribute(reading: &Reading<'_>, sentence: &Sentence, item: &Item, quantity: &Quantity, noun: Option<Span>) -> String {
    let text = reading.text;
    if let Some(noun) = noun {
        let words: Vec<String> = crate::text::fold_words(noun.of(text));
        return words.last().cloned().unwrap_or_default();
    }
    // "an eleven per cent training speed-up", "a two-day run": the noun phrase that the quantity modifies.
    let modified: Vec<usize> = (item.last..sentence.toks.len())
        .take(6)
        .take_while(|&a| content(reading, sentence, a))
        .collect();
    let adjective = item.last.checked_sub(1).is_some_and(|l| sentence.toks[l].glued);
    if !modified.is_empty() && (adjective || matches!(quantity.shape, Shape::Percent | Shape::Measure)) {
        let tail = modified.len().saturating_sub(2);
        return fold(sentence.span_of(modified[tail], modified[modified.len() - 1] + 1).of(text));
    }
    // "a delta of 61 points", "improvements of up to 70 %".
    let of = (item.first.saturating_sub(4)..item.first).rev().find(|&a| sentence.word(text, a).eq_ignore_ascii_case("of"));
    if let Some(of) = of.filter(|o| *o > 0 && content(reading, sentence, o - 1)) {
        let first = (0..of).rev().take(3).take_while(|&a| content(reading, sentence, a)).last().unwrap_or(of - 1);
        return fold(sentence.span_of(first, of).of(text));
    }
    verb(reading, sentence, item.first).unwrap_or_else(|| quantity.shape.name().to_owned())
}

/// Whether a token is a word that can stand in a noun phrase.
fn content(reading: &Reading<'_>, sentence: &Sentence, at: usize) -> bool {
    sentence.toks.get(at).is_some_and(|t| {
        t.kind == TokenKind::Word
            && reading.lookup.terms("function-words").at(&[t.words], None).is_none()
            && reading.lookup.terms("speech-verbs").at(&[t.words], None).is_none()
    })
}

/// The nearest verb before a token in its clause: the class that the lexicon gives it, or its lemma as written.
pub(super) fn verb(reading: &Reading<'_>, sentence: &Sentence, before: usize) -> Option<String> {
    let text = reading.text;
    (0..before).rev().take(14).take_while(|&a| !matches!(sentence.mark(text, a), Some(';' | ':' | '—'))).find_map(|a| {
        let words: Vec<_> = sentence.words_from(a).take(4).collect();
        if let Some((_, term)) = reading.lookup.terms("events").at(&words, None) {
            return Some(term.key.to_string());
        }
        if let Some((_, term)) = reading.lookup.terms("irregular").at(&words[..1], None).filter(|(_, t)| !matches!(t.key.as_ref(), "be" | "have" | "do")) {
            return Some(term.key.to_string());
        }
        let word = sentence.word(text, a).to_lowercase();
        (word.len() > 4 && word.ends_with("ed") && !sentence.toks[a].capital && !sentence.toks[a].glued)
            .then(|| word.trim_end_matches("ed").to_owned())
    })
}

/// "A overtook B (34.4 % against 32.3 %)": the first figure is A's, the second B's.
fn paired(reading: &Reading<'_>, sentence: &Sentence, at: usize, claims: &[Claim]) -> Option<Subject> {
    let text = reading.text;
    let pairs: Vec<usize> = (0..sentence.items.len())
        .filter(|&i| matches!(sentence.items[i].kind, ItemKind::Quantity { .. }))
        .collect();
    let place = pairs.iter().position(|&i| i == at)?;
    let against = |a: usize, b: usize| {
        let (x, y) = (&sentence.items[pairs[a]], &sentence.items[pairs[b]]);
        y.first > x.last
            && y.first - x.last <= 3
            && (x.last..y.first).any(|t| matches!(sentence.word(text, t).to_lowercase().as_str(), "vs" | "versus" | "against" | "to"))
    };
    let (lead, second) = if place + 1 < pairs.len() && against(place, place + 1) {
        (place, false)
    } else if place > 0 && against(place - 1, place) {
        (place - 1, true)
    } else {
        return None;
    };
    let opened = sentence.items[pairs[lead]].first.checked_sub(1).and_then(|a| sentence.mark(text, a));
    if !matches!(opened, Some('(' | ',' | ':' | '—')) {
        return None;
    }
    let comparison = claims.iter().find(|c| c.span == sentence.span && &*c.kind == "comparison")?;
    if !second {
        return comparison.subject.clone();
    }
    let object = comparison.context.iter().find(|(r, _)| *r == ContextRole::Object)?.1;
    let item = sentence.items.iter().find(|i| i.span == object)?;
    reading.scene().subject(sentence, item)
}
