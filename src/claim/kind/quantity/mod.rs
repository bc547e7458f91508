//! Every quantity that no frame has taken: its attribute comes from its own words, the counted noun first, then the
//! noun it qualifies, then the verb that governs it.

mod about;
mod attribute;
mod counted;
mod cue;
mod holder;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::claim::extract::Reading;
use crate::claim::model::{Claim, ContextRole};
use crate::claim::scope::{moment, scope};
use crate::claim::voice::voice;
use crate::mention::{Item, ItemKind, Sentence};
use crate::rule::{Comparator, Modality, TimeNature};
use crate::segment::SegmentKind;
use crate::text::Span;
use crate::value::{Bound, Quantity, Shape, Value};

use super::Kind;
use about::{about, odds};
use attribute::attribute;
use counted::{counted, part};
use cue::cue;
use holder::{Holder, holder};

pub(super) use attribute::{content, verb};
pub(in crate::claim) use cue::intern;

/// The axis of what is counted, where a rule takes several nouns.
const PART: &str = "part";

/// See the module.
pub(super) struct Measured;

impl Kind for Measured {
    fn name(&self) -> &'static str {
        "quantity"
    }

    fn extract(&self, reading: &Reading<'_>, claims: &mut Vec<Claim>) {
        // Values that frames and dates have taken, by sentence.
        let mut taken: BTreeMap<Span, Vec<Span>> = BTreeMap::new();
        for c in claims.iter().filter(|c| !matches!(c.value, Value::Text(_))) {
            taken.entry(c.span).or_default().push(c.value_span);
        }
        for (index, sentence) in reading.sentences.iter().enumerate() {
            for (at, item) in sentence.items.iter().enumerate() {
                let ItemKind::Quantity { quantity, noun, bound } = &item.kind else { continue };
                let span = bound.map_or(item.span, |b| b.join(item.span));
                let inside = |value: &Span| value.overlaps(item.span);
                if taken.get(&sentence.span).into_iter().flatten().any(inside) || sentence.toks[item.first].quoted {
                    continue;
                }
                let figure = Figure { sentence, index, item, at, quantity, noun: *noun };
                let claim = claim(reading, figure, span, claims);
                if let Some(c) = &claim {
                    taken.entry(c.span).or_default().push(c.value_span);
                }
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

/// A quantity in its place.
#[derive(Clone, Copy)]
struct Figure<'a> {
    /// Its sentence, and which one of the document that is.
    sentence: &'a Sentence,
    index: usize,
    /// Its item, and which one of the sentence that is.
    item: &'a Item,
    at: usize,
    quantity: &'a Quantity,
    /// The noun that it counts.
    noun: Option<Span>,
}

impl Figure<'_> {
    /// Whether it says something that could be checked: "one" alone points, "millions" alone is no figure, "a five-alarm
    /// fire" counts nothing.
    fn tells(&self, text: &str) -> bool {
        let word = self.item.span.of(text).to_lowercase();
        self.quantity.shape != Shape::Number
            || word != "one"
                && (!word.ends_with("ions") || word.contains(' '))
                && self.sentence.toks.get(self.item.last).is_none_or(|t| !t.glued)
    }

    /// "Kept the twenty or so that …": a hedged number takes the noun counted before it in its sentence.
    fn with_noun(mut self) -> Self {
        if self.noun.is_none() && self.quantity.bound == Bound::Approx && self.quantity.unit.name.is_empty() {
            let before = self.sentence.items.iter().rev().filter(|i| i.last <= self.item.first);
            self.noun = before.into_iter().find_map(|i| match &i.kind {
                ItemKind::Quantity { noun, .. } => *noun,
                _ => None,
            });
        }
        self
    }
}

/// The claim of a figure whose words, its bound's included, are at `span`.
fn claim(reading: &Reading<'_>, figure: Figure<'_>, span: Span, claims: &[Claim]) -> Option<Claim> {
    let text = reading.text;
    let figure = figure.with_noun();
    let Figure { sentence, item, quantity, noun, .. } = figure;
    let segment = reading.segment_of(sentence);
    let mut cue = cue(reading, &figure);
    // Where a rule wants a holder, a cue with another one means something else.
    let held = cue.filter(|c| c.rule.subject.iter().all(|t| t.holds())).map(|c| holder(reading, &figure, &c));
    if matches!(held, Some(Holder::Other)) {
        cue = None;
    }
    let bare = quantity.shape == Shape::Number && noun.is_none() && quantity.unit.name.is_empty() && cue.is_none();
    if !figure.tells(text) || bare && !segment.noise {
        return None;
    }
    let rule = cue.map(|c| c.rule);
    let attribute = rule.map_or_else(|| attribute(reading, &figure), |r| r.attribute.clone());
    let (subject, named) = match held {
        Some(Holder::Known(subject, span)) => (Some(subject), Some((ContextRole::Subject, span))),
        Some(_) if rule.is_some() => {
            let (subject, named) = about(reading, &figure, &attribute, rule, claims);
            (subject.or_else(|| reading.scene().main(&rule?.subject)), named)
        }
        _ => about(reading, &figure, &attribute, rule, claims),
    };
    let mut parts = vec![(item.first, item.last)];
    parts.extend(cue.map(|c| (c.first, c.last)));
    let time = moment(reading, sentence, &parts);
    let mut scope = rule.map_or_else(BTreeMap::new, |r| scope(reading, sentence, &parts, &r.scope_axes));
    if let Some(cue) = cue.filter(|c| c.rule.scope_axes.iter().any(|a| a == PART))
        && let Some(part) = part(reading, &figure, (cue.first, cue.last))
    {
        scope.insert(PART.to_owned(), part);
    }
    let voice = voice(&reading.scene(), sentence, item.first, item.last, reading.lookup)
        .cited(segment.kind == SegmentKind::Reference);
    let mut context: Vec<_> = named.into_iter().collect();
    context.extend(time.as_ref().map(|(span, _)| (ContextRole::Time, *span)));
    context.extend(voice.context);
    let (kind, modality) = if quantity.shape == Shape::Percent && odds(reading, &figure) {
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
        kind: Arc::from(rule.map_or(kind, |r| r.kind.as_str())),
        shape: quantity.shape,
        subject,
        family: rule.map_or_else(|| attribute.clone(), |r| r.family.clone()),
        attribute,
        single_valued: rule.is_some_and(|r| r.single_valued),
        moves: rule.map_or(TimeNature::State, |r| r.time),
        comparator: rule.map_or(Comparator::Interval, |r| r.comparator),
        ladder: None,
        value: Value::Quantity(counted(reading, &figure, rule)),
        as_of: time.map(|(_, t)| t),
        scope,
        modality,
        polarity: voice.polarity,
        attributed_to: voice.attributed_to,
        rule: rule.map_or_else(|| format!("quantity-{}", quantity.shape.name()), |r| r.head.id.clone()),
        noise: segment.noise,
    })
}
