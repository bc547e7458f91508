//! Every quantity that no frame has taken: its attribute comes from its own words, the counted noun first, then the
//! noun it qualifies, then the verb that governs it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::claim::attach::{Manner, named_by};
use crate::claim::extract::Reading;
use crate::claim::model::{Claim, ContextRole, Subject};
use crate::claim::voice::voice;
use crate::mention::{Item, ItemKind, Sentence};
use crate::rule::{Comparator, EntityType, Modality, TimeNature};
use crate::segment::SegmentKind;
use crate::text::{Span, TokenKind, fold};
use crate::value::{Quantity, Shape, Value};

use super::Kind;

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
                let claim = claim(reading, index, sentence, at, item, quantity, *noun, span, claims);
                if let Some(c) = &claim {
                    taken.entry(c.span).or_default().push(c.value_span);
                }
                claims.extend(claim);
            }
        }
    }
}

/// Words from which on an attribute names one quantity of its document by itself.
const SPECIFIC: usize = 3;

/// Whether the verb right before a token is one of writing.
fn written(reading: &Reading<'_>, sentence: &Sentence, first: usize) -> bool {
    first.checked_sub(1).is_some_and(|a| {
        let words: Vec<_> = sentence.words_from(a).take(2).collect();
        reading.lookup.terms("speech-verbs").at(&words, Some("written")).is_some()
    })
}

/// "Three sources confirmed the move": those who are counted speak of something, and the count is of that.
fn confirmed(reading: &Reading<'_>, sentence: &Sentence, item: &Item) -> Option<Subject> {
    let said = (item.last..sentence.toks.len().min(item.last + 5)).find(|&a| {
        let words: Vec<_> = sentence.words_from(a).take(2).collect();
        reading.lookup.terms("speech-verbs").at(&words, Some("factive")).is_some()
    })?;
    let object = sentence.items.iter().find(|i| {
        i.first > said
            && i.first <= said + 2
            && matches!(i.kind, ItemKind::Nominal { kind: EntityType::Event, definite: true, .. })
    })?;
    reading.scene().subject(sentence, object)
}

/// "The three sentences that she posted": what is counted is of her post.
fn posted(reading: &Reading<'_>, sentence: &Sentence, item: &Item) -> Option<Subject> {
    // "views piled up on that post".
    let on = sentence.items.iter().find(|i| {
        let before = i.first.checked_sub(1).map(|b| sentence.word(reading.text, b).to_lowercase());
        i.first > item.last
            && i.first <= item.last + 8
            && matches!(i.kind, ItemKind::Nominal { kind: EntityType::Document, definite: true, .. })
            && matches!(before.as_deref(), Some("on" | "for" | "of" | "to"))
    });
    if let Some(on) = on {
        return reading.scene().subject(sentence, on);
    }
    let verb = (item.last + 1..sentence.toks.len().min(item.last + 7)).find(|&a| {
        let words: Vec<_> = sentence.words_from(a).take(2).collect();
        reading.lookup.terms("speech-verbs").at(&words, Some("written")).is_some()
    })?;
    let scene = reading.scene();
    let who = sentence.items.iter().find(|i| i.last == verb && i.first > item.last)?;
    let subject = scene.subject(sentence, who).filter(|s| s.kind == EntityType::Person)?;
    Some(Subject {
        name: format!("{}’s post", subject.name),
        kind: EntityType::Document,
        instance: Some("post".to_owned()),
        ..subject
    })
}

/// What odds are given of: "60 per cent odds of an early frost".
fn odds_of(reading: &Reading<'_>, sentence: &Sentence, item: &Item) -> Option<Subject> {
    let text = reading.text;
    let at = (item.last..sentence.toks.len().min(item.last + 4))
        .find(|&a| matches!(sentence.word(text, a), "of" | "to" | "for"))?;
    let last = (at + 1..sentence.toks.len().min(at + 8))
        .take_while(|&a| {
            sentence.mark(text, a).is_none_or(|m| m == '&') && !matches!(sentence.word(text, a), "by" | "in" | "that")
        })
        .last()?;
    let name = sentence.span_of(at + 1, last + 1).of(text).to_owned();
    Some(Subject { name, kind: EntityType::Event, entity: None, instance: None })
}

/// The event that a length of time describes: "a two-day run".
fn lasting(sentence: &Sentence, item: &Item, quantity: &Quantity) -> Option<Subject> {
    let event = sentence.items.iter().find(|i| {
        i.last > item.last
            && i.last <= item.last + 3
            && matches!(i.kind, ItemKind::Nominal { kind: EntityType::Event, .. })
    })?;
    let ItemKind::Nominal { head, .. } = &event.kind else { return None };
    let adjective = item.last.checked_sub(1).is_some_and(|l| sentence.toks[l].glued);
    (quantity.shape == Shape::Duration && adjective).then(|| Subject {
        name: head.to_string(),
        kind: EntityType::Event,
        entity: None,
        instance: None,
    })
}

/// The event that opens a sentence ("Over a two-day run, …") is what its counts are of.
fn setting(reading: &Reading<'_>, sentence: &Sentence, at: usize) -> Option<Subject> {
    let opening = matches!(sentence.word(reading.text, 0), "Over" | "In" | "During");
    let item = &sentence.items[at];
    let comma = (0..item.first.min(9)).find(|&a| sentence.mark(reading.text, a) == Some(','))?;
    let event = sentence.items.iter().find_map(|i| match &i.kind {
        ItemKind::Nominal { kind: EntityType::Event, head, owner: None, .. } if i.last == comma => Some(head),
        _ => None,
    })?;
    opening.then(|| Subject { name: event.to_string(), kind: EntityType::Event, entity: None, instance: None })
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
    let word = item.span.of(text).to_lowercase();
    // "one" alone points, "millions" alone is no figure, "a five-alarm fire" counts nothing.
    if quantity.shape == Shape::Number
        && (word == "one"
            || word.ends_with("ions") && !word.contains(' ')
            || sentence.toks.get(item.last).is_some_and(|t| t.glued))
    {
        return None;
    }
    // "kept the twenty or so that …": a hedged number takes the noun counted before it in its sentence.
    let noun = noun.or_else(|| {
        let hedged = quantity.bound == crate::value::Bound::Approx && quantity.unit.name.is_empty();
        hedged.then(|| {
            sentence.items.iter().rev().filter(|i| i.last <= item.first).find_map(|i| match &i.kind {
                ItemKind::Quantity { noun, .. } => *noun,
                _ => None,
            })
        })?
    });
    // A bare number that counts nothing and measures nothing says nothing that could be checked.
    if quantity.shape == Shape::Number && noun.is_none() && quantity.unit.name.is_empty() && !segment.noise {
        return None;
    }
    let scene = reading.scene();
    let attribute = attribute(reading, sentence, item, quantity, noun);
    let any = [EntityType::Any];
    let mut context = Vec::new();
    let mut subject = paired(reading, sentence, at, claims);
    // A quantity told in so many words is what the sentence is about; it belongs to what the document is about.
    let told = attribute.split([' ', '-']).count() >= SPECIFIC;
    if subject.is_none() {
        subject = confirmed(reading, sentence, item);
    }
    let odds = words_near(sentence, text, item, &["odds", "chance", "probability", "likelihood"]);
    if subject.is_none() && noun.is_some() {
        subject = posted(reading, sentence, item);
    }
    if subject.is_none() && odds {
        subject = odds_of(reading, sentence, item);
    }
    if subject.is_none() && !told {
        subject = lasting(sentence, item, quantity).or_else(|| setting(reading, sentence, at));
    }
    if subject.is_none() && !told {
        let end = noun
            .filter(|n| n.start >= item.span.end)
            .map_or(item.last, |n| sentence.toks.partition_point(|t| t.span.start < n.end));
        let subject_item = scene.find(sentence, item.first, end, &any, &[at], Manner::Verb);
        subject = match subject_item {
            Some(i) => {
                context.extend(named_by(sentence, i).map(|s| (ContextRole::Subject, s)));
                scene.subject(sentence, &sentence.items[i])
            }
            None => scene.carried(index, &any, |a, b| reading.same_block(a, b)),
        };
    }
    // Who posts three sentences has posted a text of three sentences.
    if let Some(subject) = subject.as_mut().filter(|s| s.kind == EntityType::Person && s.instance.is_none())
        && noun.is_some()
        && written(reading, sentence, item.first)
    {
        subject.name = format!("{}’s post", subject.name);
        subject.kind = EntityType::Document;
        subject.instance = Some("post".to_owned());
    }
    let voice =
        voice(&scene, sentence, item.first, item.last, reading.lookup).cited(segment.kind == SegmentKind::Reference);
    context.extend(voice.context);
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
fn attribute(
    reading: &Reading<'_>,
    sentence: &Sentence,
    item: &Item,
    quantity: &Quantity,
    noun: Option<Span>,
) -> String {
    let text = reading.text;
    if let Some(noun) = noun {
        let words: Vec<String> = crate::text::fold_words(noun.of(text));
        return words.last().cloned().unwrap_or_default();
    }
    // "an eleven per cent training speed-up", "a two-day run": the noun phrase that the quantity modifies.
    let adjective = item.last.checked_sub(1).is_some_and(|l| sentence.toks[l].glued);
    if adjective || matches!(quantity.shape, Shape::Percent | Shape::Measure) {
        let last = (item.last..sentence.toks.len()).take(8).take_while(|&a| content(reading, sentence, a)).last();
        if let Some(last) = last {
            return fold(sentence.span_of(item.last, last + 1).of(text));
        }
    }
    // "a delta of 61 points", "improvements of up to 70 %", "the speed-up came to 11 %".
    let link = (item.first.saturating_sub(5)..item.first).rev().find(|&a| {
        matches!(
            sentence.word(text, a).to_lowercase().as_str(),
            "of" | "came"
                | "comes"
                | "was"
                | "is"
                | "were"
                | "are"
                | "reached"
                | "totalled"
                | "totaled"
                | "stood"
                | "fell"
                | "rose"
                | "hit"
        )
    });
    // Only hedges stand between: "was closed for 18 months" says nothing of the bridge's size.
    let link = link.filter(|l| {
        (l + 1..item.first).all(|a| {
            matches!(
                sentence.word(text, a).to_lowercase().as_str(),
                "to" | "at"
                    | "by"
                    | "up"
                    | "about"
                    | "roughly"
                    | "around"
                    | "nearly"
                    | "almost"
                    | "more"
                    | "less"
                    | "than"
                    | "over"
                    | "under"
                    | "just"
                    | "only"
                    | "some"
                    | "least"
                    | "most"
                    | "a"
                    | "an"
            )
        })
    });
    if let Some(link) = link.filter(|l| *l > 0 && content(reading, sentence, l - 1)) {
        let first = (0..link).rev().take(7).take_while(|&a| content(reading, sentence, a)).last().unwrap_or(link - 1);
        return fold(sentence.span_of(first, link).of(text));
    }
    verb(reading, sentence, item.first).unwrap_or_else(|| quantity.shape.name().to_owned())
}

/// Whether a token is a word that can stand in a noun phrase.
fn content(reading: &Reading<'_>, sentence: &Sentence, at: usize) -> bool {
    let named = || sentence.items.iter().any(|i| matches!(i.kind, ItemKind::Name(_)) && i.first <= at && at < i.last);
    sentence.toks.get(at).is_some_and(|t| {
        let inside = t.glued || sentence.toks.get(at + 1).is_some_and(|n| n.glued);
        let function = reading.lookup.terms("function-words").at(&[t.words], None);
        t.kind == TokenKind::Word
            && !named()
            && (inside
                || function.is_none_or(|(_, t)| &*t.key == "noun")
                    && reading.lookup.terms("speech-verbs").at(&[t.words], None).is_none())
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
        if let Some((_, term)) = reading
            .lookup
            .terms("irregular")
            .at(&words[..1], None)
            .filter(|(_, t)| !matches!(t.key.as_ref(), "be" | "have" | "do"))
        {
            return Some(term.key.to_string());
        }
        let word = sentence.word(text, a).to_lowercase();
        let past = word.len() > 4 && word.ends_with("ed") && !sentence.toks[a].capital && !sentence.toks[a].glued;
        past.then(|| lemma(&word))
    })
}

/// The likeliest lemma of a regular past form: "valued" is "value", "planned" is "plan", "walked" is "walk".
fn lemma(past: &str) -> String {
    let stem = past.trim_end_matches("ed");
    let mut tail = stem.chars().rev();
    match (tail.next(), tail.next(), tail.next()) {
        (Some(a), Some(b), _) if a == b && !matches!(a, 's' | 'l') => stem[..stem.len() - a.len_utf8()].to_owned(),
        (Some('u' | 'v' | 'c' | 'g' | 'z'), ..) => format!("{stem}e"),
        (Some('t'), Some('a'), _) | (Some('s'), Some('a' | 'i' | 'o' | 'u'), _) => format!("{stem}e"),
        (Some('i'), ..) => format!("{}y", &stem[..stem.len() - 1]),
        _ => stem.to_owned(),
    }
}

/// "A overtook B (34.4 % against 32.3 %)": the first figure is A's, the second B's.
fn paired(reading: &Reading<'_>, sentence: &Sentence, at: usize, claims: &[Claim]) -> Option<Subject> {
    let text = reading.text;
    let pairs: Vec<usize> =
        (0..sentence.items.len()).filter(|&i| matches!(sentence.items[i].kind, ItemKind::Quantity { .. })).collect();
    let place = pairs.iter().position(|&i| i == at)?;
    let against = |a: usize, b: usize| {
        let (x, y) = (&sentence.items[pairs[a]], &sentence.items[pairs[b]]);
        y.first > x.last
            && y.first - x.last <= 3
            && (x.last..y.first)
                .any(|t| matches!(sentence.word(text, t).to_lowercase().as_str(), "vs" | "versus" | "against" | "to"))
    };
    let (lead, second) = if place + 1 < pairs.len() && against(place, place + 1) {
        (place, false)
    } else if place > 0 && against(place - 1, place) {
        (place - 1, true)
    } else {
        return None;
    };
    let before = sentence.items[pairs[lead]].first.checked_sub(1);
    let opened = before.and_then(|a| sentence.mark(text, a));
    let with = before.is_some_and(|a| matches!(sentence.word(text, a), "with" | "at" | "by"));
    if !with && !matches!(opened, Some('(' | ',' | ':' | '—')) {
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
