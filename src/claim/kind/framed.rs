//! Claims that a rule's frame tells by its wording.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::claim::attach::{Scene, named_by};
use crate::claim::extract::{Reading, shape_of};
use crate::claim::frame::Bound;
use crate::claim::model::{Claim, ContextRole, Subject};
use crate::claim::voice::voice;
use crate::mention::{ItemKind, Sentence, resolve};
use crate::rule::{ExtractRule, Modality, SlotName};
use crate::text::Span;
use crate::value::{TimeValue, Value};

use super::Kind;

/// See the module.
pub struct Framed;

impl Kind for Framed {
    fn name(&self) -> &'static str {
        "framed"
    }

    fn extract(&self, reading: &Reading<'_>, claims: &mut Vec<Claim>) {
        for (index, sentence) in reading.sentences.iter().enumerate() {
            let mut here: Vec<Claim> = Vec::new();
            for (frame, bound) in reading.frames.matches(reading.text, sentence, reading.lookup) {
                let rule = &reading.rules.extract[frame.rule];
                here.extend(claim(reading, index, sentence, rule, &bound));
            }
            claims.extend(settle(here));
        }
    }
}

/// Of claims of one kind about one subject whose values overlap, the one with the most words.
fn settle(mut claims: Vec<Claim>) -> Vec<Claim> {
    claims.sort_by(|a, b| {
        let key = |c: &Claim| (std::cmp::Reverse(c.value_span.len()), c.value_span.start, c.rule.clone());
        key(a).cmp(&key(b))
    });
    let mut out: Vec<Claim> = Vec::new();
    for claim in claims {
        let same_words = |c: &Claim| {
            c.value_span.overlaps(claim.value_span)
                && (c.kind == claim.kind || c.family == claim.family)
                && c.subject.as_ref().map(|s| &s.name) == claim.subject.as_ref().map(|s| &s.name)
        };
        if !out.iter().any(same_words) {
            out.push(claim);
        }
    }
    out
}

fn claim(reading: &Reading<'_>, index: usize, sentence: &Sentence, rule: &ExtractRule, bound: &Bound) -> Option<Claim> {
    let scene = reading.scene();
    let segment = reading.segment_of(sentence);
    let (first, last) = bound.tokens;
    // Quoted words are somebody's own: frames read them only when the frame lies in them as a whole and is a title.
    if sentence.toks[first].quoted && sentence.toks[last - 1].quoted && sentence.toks.len() > last - first + 2 {
        let words = last - first;
        if words > 5 {
            return None;
        }
    }
    let (value, value_tokens, value_span) = value(reading, sentence, bound)?;
    let taken: Vec<usize> = bound.slots.iter().map(|(_, i)| *i).collect();
    let mut context = Vec::new();
    let subject_item = bound
        .slot(SlotName::Subject)
        .or_else(|| scene.find(sentence, first, last, &rule.subject, &taken));
    let mut subject = match subject_item {
        Some(item) => {
            context.extend(named_by(sentence, item).map(|s| (ContextRole::Subject, s)));
            scene.subject(sentence, &sentence.items[item])
        }
        None => scene
            .carried(index, &rule.subject, |a, b| reading.same_block(a, b))
            .or_else(|| main(&scene, rule)),
    };
    if let (Some(subject), Some(instance)) = (&mut subject, &rule.instance) {
        subject.instance.get_or_insert_with(|| instance.clone());
    }
    let mut scope = BTreeMap::new();
    let object = bound
        .slot(SlotName::Object)
        .or_else(|| bound.slot(SlotName::Org).filter(|_| rule.object_axis.is_some()))
        .or_else(|| {
            // "Lovelace's chief executive", "at Lovelace" just outside the frame.
            rule.object_axis.as_ref()?;
            sentence.items.iter().position(|i| {
                matches!(i.kind, ItemKind::Name(_))
                    && scene.typed(i, &rule.object)
                    && (i.last + 1 == first && crate::claim::voice::possessive(sentence, i.last)
                        || (i.first == last + 1 || i.first == last + 2)
                            && matches!(sentence.word(reading.text, last), "of" | "at" | "for" | "from"))
            })
        });
    if let (Some(axis), Some(object)) = (&rule.object_axis, object) {
        let item = &sentence.items[object];
        context.push((ContextRole::Object, item.span));
        let named = match &item.kind {
            // A team's organisation: "Lovelace's research team".
            ItemKind::Nominal { .. } => item.entity.and_then(|e| reading.entities.get(e)).map(|e| e.name.clone()),
            _ => scene.subject(sentence, item).map(|s| s.name),
        };
        if let Some(name) = named.filter(|n| subject.as_ref().is_none_or(|s| s.name != *n)) {
            scope.insert(axis.clone(), name);
        }
    }
    let voice = voice(&scene, sentence, first.min(value_tokens.0), last.max(value_tokens.1), reading.lookup);
    context.extend(voice.context);
    let time = time_beside(reading, sentence, bound);
    if let Some((span, _)) = &time {
        context.push((ContextRole::Time, *span));
    }
    let modality = match rule.modality {
        Some(m) if voice.modality != Modality::Negated => m,
        _ => voice.modality,
    };
    let polarity = rule.polarity.unwrap_or(voice.polarity);
    Some(Claim {
        id: String::new(),
        source: 0,
        span: sentence.span,
        value_span,
        context,
        kind: Arc::from(rule.kind.as_str()),
        shape: shape_of(&value, rule.shape),
        subject,
        attribute: rule.attribute.clone(),
        family: rule.family.clone(),
        single_valued: rule.single_valued,
        moves: rule.time,
        comparator: rule.comparator,
        ladder: rule.ladder.as_deref().map(Arc::from),
        value,
        as_of: time.map(|(_, t)| t),
        scope,
        modality,
        polarity,
        attributed_to: voice.attributed_to,
        rule: rule.head.id.clone(),
        noise: segment.noise,
    })
}

/// The document's main thing of the rule's first type.
fn main(scene: &Scene<'_>, rule: &ExtractRule) -> Option<Subject> {
    let index = rule.subject.first().and_then(|t| scene.entities.main(*t))?;
    let entity = scene.entities.get(index).filter(|e| e.count > 2)?;
    Some(Subject { name: entity.name.clone(), kind: entity.kind, entity: Some(index), instance: None })
}

/// The value of a match, its tokens, and exactly its words.
fn value(reading: &Reading<'_>, sentence: &Sentence, bound: &Bound) -> Option<(Value, (usize, usize), Span)> {
    if let Some(index) = bound.slot(SlotName::Value) {
        let item = &sentence.items[index];
        let value = match &item.kind {
            ItemKind::Quantity { quantity, .. } => Value::Quantity(quantity.clone()),
            ItemKind::Time(expression) => Value::Time(resolve(expression, reading.reference)),
            _ => Value::Text(item.span.of(reading.text).to_owned()),
        };
        return Some((value, (item.first, item.last), item.span));
    }
    let (mut first, mut last) = bound.capture?;
    while first < last && matches!(sentence.word(reading.text, first).to_lowercase().as_str(), "a" | "an" | "the") {
        first += 1;
    }
    // A capture that ran to the end of a clause does not end in a word that leads on.
    while first < last
        && matches!(
            sentence.word(reading.text, last - 1).to_lowercase().as_str(),
            "and" | "or" | "but" | "in" | "on" | "at" | "of" | "the" | "a" | "to" | "for" | "who" | "which" | "that" | "with" | "as" | "by" | "since" | "is" | "was" | "has" | "before" | "after" | "until"
        )
    {
        last -= 1;
    }
    if first >= last {
        return None;
    }
    let span = sentence.span_of(first, last);
    Some((Value::Text(span.of(reading.text).to_owned()), (first, last), span))
}

/// A date in the clause behind the match: "… as chief executive in 2024".
fn time_beside(reading: &Reading<'_>, sentence: &Sentence, bound: &Bound) -> Option<(Span, TimeValue)> {
    let last = bound.tokens.1;
    let item = sentence.items.iter().find(|i| {
        matches!(i.kind, ItemKind::Time(_)) && (i.first >= last && i.first <= last + 4 || i.first >= bound.tokens.0 && i.last <= last)
    })?;
    let clear = (last..item.first).all(|a| sentence.mark(reading.text, a).is_none());
    let ItemKind::Time(expression) = &item.kind else { return None };
    clear.then(|| (item.span, resolve(expression, reading.reference)))
}
