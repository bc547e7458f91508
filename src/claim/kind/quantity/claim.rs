//! The claim of a figure: what the other files say of it, put together, or none.

use crate::claim::factuality::factuality;
use crate::claim::givers::receiver;
use crate::claim::model::{Claim, ContextRole, FROM, UNNAMED_FIGURE};
use crate::claim::scope::{
    INSTANCE, LEVEL, PLACE, SITE, SPAN, STRETCH, VARIANT, as_of, first_as_of, scope as scope_of, stretch, variant,
};
use crate::claim::tense::nature;
use crate::claim::view::DocumentView;
use crate::mention::{Item, ItemKind};
use crate::rule::{Comparator, EntityType, Modality, TimeNature};
use crate::segment::SegmentKind;
use crate::text::{Span, fold};
use crate::value::{Quantity, Shape, TimeValue, Value};

use super::about::{about, odds};
use super::attribute::{AGE, attribute, bare};
use super::counted::{age, compounded, counted, part, sort, timed};
use super::cue::{cue, headed};
use super::figure::Figure;
use super::gapped;
use super::growth::growth;
use super::holder::{Holder, holder};
use super::role::{changed, counted_from, recurring, restating};
use super::version;

/// The axis of what is counted, where a rule takes several nouns.
const PART: &str = "part";
/// The axis of what a figure came to and by how much it changed.
const CHANGE: &str = "change";

/// Name of the kind of a shape.
fn kind_of(quantity: &Quantity) -> &'static str {
    match quantity.shape {
        Shape::Number => "count",
        other => other.name(),
    }
}

impl Figure<'_> {
    /// Whether it says something that could be checked: "one" alone points, "millions" alone is no figure. Of what is
    /// glued to a noun only figures in digits and those of a `known` attribute count: "a 12-door barge" has 12 doors, "a
    /// five-alarm fire" no alarms.
    fn tells(&self, view: &DocumentView<'_>, known: bool) -> bool {
        let text = view.text;
        let word = self.item.span.of(text).to_lowercase();
        let glued = self.sentence.toks.get(self.item.last).is_some_and(|t| t.glued);
        self.quantity.shape != Shape::Number
            || !version::versioned(view, self)
                && word != "one"
                && (!word.ends_with("ions") || word.contains(' '))
                && (!glued || known || word.starts_with(|c: char| c.is_ascii_digit()) && self.noun.is_some())
    }
}

/// "In February a quake hit Lowmere. It killed 12 people": when the sentence before was, where this one goes on with "it".
fn went_on(view: &DocumentView<'_>, figure: &Figure<'_>) -> Option<(Span, TimeValue)> {
    let on = matches!(figure.sentence.word(view.text, 0), "It" | "That" | "This");
    let before = figure.index.checked_sub(1).filter(|_| on).and_then(|b| view.sentences.get(b))?;
    if view.same_block(before, figure.sentence) { first_as_of(view, before) } else { None }
}

/// The claim of a figure whose words, its bound's included, are at `span`.
pub(super) fn claim(view: &DocumentView<'_>, figure: Figure<'_>, span: Span, claims: &[Claim]) -> Option<Claim> {
    let text = view.text;
    let figure = figure.with_noun(view);
    let lasting = timed(view, &figure);
    let figure = Figure { quantity: lasting.as_ref().unwrap_or(figure.quantity), ..figure };
    let Figure { sentence, item, quantity, noun, .. } = figure;
    let segment = view.segment_of(sentence);
    let stated = |at: usize| {
        let place = sentence.items[at].span;
        let named = |c: &&Claim| !c.is_unnamed_figure();
        claims.iter().rev().find(|c| c.span == sentence.span && c.value_span.overlaps(place)).filter(named)
    };
    if let Some(base) = restating(view, &figure).and_then(stated) {
        let value = Value::Quantity(quantity.clone());
        return Some(Claim { value, value_span: item.span, shape: quantity.shape, ..base.clone() });
    }
    let mut cue = cue(view, &figure);
    // Where a rule wants a holder, a cue with another one means something else.
    let held = cue.filter(|c| c.rule.subject.iter().all(|t| t.holds())).map(|c| holder(view, &figure, &c));
    if matches!(held, Some(Holder::Other)) {
        cue = None;
    }
    if cue.is_some_and(|c| c.earned_by_another(view, &figure)) {
        cue = None;
    }
    let head = if cue.is_none() { headed(view, &figure) } else { None };
    let rule = cue.map(|c| c.rule).or(head.map(|h| h.0));
    if !figure.tells(view, rule.is_some()) {
        return None;
    }
    // "A 26-year-old": the unit says what it is.
    let rule = rule.or_else(|| view.rules.extract_rule(AGE).filter(|_| age(&figure)));
    let growth = if rule.is_none() { growth(view, &figure, claims) } else { None };
    let shared = if rule.is_none() && growth.is_none() { gapped::shared(view, &figure, claims) } else { None };
    let counts_nothing = quantity.shape == Shape::Number && noun.is_none() && quantity.unit.name.is_empty();
    let attribute = match rule {
        Some(rule) => rule.attribute.clone(),
        None if shared.is_some() => shared.map_or_else(String::new, |c| c.attribute.clone()),
        None if counts_nothing && !segment.noise => bare(view, &figure)?,
        None if growth.is_some() => growth.as_ref().map_or_else(String::new, |g| g.attribute.clone()),
        None => attribute(view, &figure),
    };
    let bare_age = counts_nothing && attribute == AGE;
    let rule = rule.or_else(|| view.rules.extract_rule(AGE).filter(|_| bare_age));
    let (subject, named) = match held {
        _ if growth.as_ref().is_some_and(|g| g.subject.is_some()) => {
            (growth.as_ref().and_then(|g| g.subject.clone()), None)
        }
        Some(Holder::Known(subject, span)) => (Some(subject), Some((ContextRole::Subject, span))),
        Some(_) if rule.is_some() => {
            let (subject, named) = about(view, &figure, &attribute, rule, claims);
            (subject.or_else(|| view.context().main(&rule?.subject)), named)
        }
        _ => about(view, &figure, &attribute, rule, claims),
    };
    let subject = receiver(view, sentence, rule, subject);
    let end = noun.map_or(item.last, |n| sentence.toks.partition_point(|t| t.span.start < n.end));
    let mut parts = vec![(item.first, end.max(item.last))];
    parts.extend(cue.map(|c| (c.first, c.last)));
    let time = as_of(view, sentence, &parts)
        .or_else(|| rule.filter(|r| r.is_of(EntityType::Event)).and_then(|_| went_on(view, &figure)));
    let plain = [PLACE, INSTANCE, SITE, LEVEL, SPAN].map(str::to_owned);
    // A length of time is summed over none.
    let plain = if quantity.shape == Shape::Duration { &plain[..4] } else { &plain[..] };
    let mut scope = scope_of(view, sentence, &parts, rule.map_or(plain, |r| &r.scope_axes));
    if let (None, Some(kind)) = (rule, sort(view, &figure)) {
        scope.insert(PART.to_owned(), kind);
    }
    if let Some(sort) = cue.and_then(|c| compounded(text, sentence, c.first, view.lookup)) {
        scope.insert(PART.to_owned(), sort);
    }
    if let Some(cue) = cue.filter(|c| c.rule.has_axis(PART))
        && let Some(part) = part(view, &figure, cue.rule, (cue.first, cue.last))
    {
        scope.insert(PART.to_owned(), part);
    }
    // "The second quake struck …, 18 km deep": which one it was is said of the event that the sentence dates.
    if rule.is_some_and(|r| r.has_axis(INSTANCE) && r.subject.contains(&EntityType::Event)) {
        let dated = claims.iter().rev().find(|c| c.span == sentence.span && matches!(c.value, Value::Time(_)));
        let which =
            dated.and_then(|c| c.subject.as_ref()).filter(|s| s.kind == EntityType::Event && s.entity.is_none());
        if let Some(which) = which.and_then(|s| s.instance.clone()) {
            scope.entry(INSTANCE.to_owned()).or_insert(which);
        }
    }
    if rule.is_some_and(|r| r.is_of(EntityType::Product))
        && let Some(which) = variant(view, sentence, item.first)
    {
        scope.insert(VARIANT.to_owned(), which);
    }
    if rule.is_none_or(|r| !r.single_valued)
        && !matches!(quantity.shape, Shape::Duration)
        && let Some(over) = stretch(view, sentence, (item.first, item.last))
    {
        scope.insert(STRETCH.to_owned(), over);
    }
    // "Lowmere has reported 12 deaths": what a place has happened in it.
    if let (Some(s), Some(r)) = (&subject, rule)
        && s.kind == EntityType::Place
        && r.has_axis(PLACE)
    {
        scope.entry(PLACE.to_owned()).or_insert_with(|| s.name.clone());
    }
    // "Around 12 above the record": by how much, not what it came to.
    if rule.is_none()
        && matches!(quantity.shape, Shape::Money | Shape::Number | Shape::Measure)
        && changed(view, &figure)
    {
        scope.insert(CHANGE.to_owned(), "by".to_owned());
    }
    scope.extend(counted_from(view, &figure).map(|place| (FROM.to_owned(), place)));
    scope.extend(head.and_then(|h| h.1).map(|(axis, words)| (axis.to_owned(), fold(words.of(text)))));
    // Of the axes that the shared words are of, what stands beside this figure.
    let own_axes =
        shared.and_then(|c| view.rules.extract_rule(&c.rule)).map(|r| scope_of(view, sentence, &parts, &r.scope_axes));
    scope.extend(own_axes.into_iter().flatten());
    if let Some(growth) = growth {
        scope.extend(growth.scope);
    }
    // "12 of the dead were children": not how many died. In "23 of the 51 seats" all that there are stand behind.
    let some = figure.some_of(view).is_some() && figure.whole_behind().is_none();
    if some || figure.some_of_opening(text) {
        scope.insert(PART.to_owned(), "some".to_owned());
    }
    // "Of two other fires one was 80 % contained": not of the one that needs no word.
    if sentence.word(text, 0) == "Of" && (1..6).any(|a| sentence.word(text, a) == "other") {
        scope.insert(INSTANCE.to_owned(), "other".to_owned());
    }
    // "5 million of damage in Lowmere alone": there is more elsewhere.
    let alone = |i: &Item| matches!(i.kind, ItemKind::Name(_)) && sentence.word(text, i.last) == "alone";
    if rule.is_some() && sentence.items.iter().any(alone) {
        scope.insert(PART.to_owned(), "alone".to_owned());
    }
    // "Kills 250,000 people a year": what happens over and over is none of what happened.
    if rule.is_some_and(|r| r.is_of(EntityType::Event))
        && let Some(every) = recurring(view, sentence, end.max(item.last))
    {
        scope.insert(PART.to_owned(), every);
    }
    if figure.whole(view) {
        scope.insert(PART.to_owned(), "all".to_owned());
    }
    // What is summed over a day or a year grows no more.
    let closed = scope.get("span").is_some_and(|s| s != "lifetime");
    let factuality = factuality(&view.context(), sentence, item.first, item.last, view.lookup)
        .cited(segment.kind == SegmentKind::Reference);
    let mut context_spans: Vec<_> = named.into_iter().collect();
    context_spans.extend(time.as_ref().map(|(span, _)| (ContextRole::Time, *span)));
    context_spans.extend(factuality.context_spans);
    let (kind, modality) = if quantity.shape == Shape::Percent && odds(view, &figure) {
        ("probability", Modality::Opinion)
    } else {
        (kind_of(quantity), factuality.modality)
    };
    let value = Value::Quantity(counted(view, &figure, rule, &attribute, bare_age));
    let spans = (sentence.span, if quantity.shape == Shape::Number { span } else { item.span });
    Some(Claim {
        context_spans,
        shape: quantity.shape,
        subject,
        family: match (rule, shared) {
            (Some(rule), _) => rule.family.clone(),
            (None, Some(claim)) => claim.family.clone(),
            (None, None) => attribute.clone(),
        },
        single_valued: rule.is_some_and(|r| r.single_valued),
        moves: rule
            .map(|r| if r.time == TimeNature::Cumulative && closed { TimeNature::Event } else { r.time })
            .or(shared.map(|c| c.moves))
            .unwrap_or_else(|| nature(view, sentence, item.first, item.last)),
        comparator: rule.map_or(Comparator::Interval, |r| r.comparator),
        as_of: time.map(|(_, t)| t),
        scope,
        modality,
        polarity: factuality.polarity,
        attributed_to: factuality.attributed_to,
        rule: rule.map_or_else(|| format!("{UNNAMED_FIGURE}{}", quantity.shape.name()), |r| r.head.id.clone()),
        noise: segment.noise,
        ..Claim::plain(rule.map_or(kind, |r| r.kind.as_str()), attribute, spans, value)
    })
}
