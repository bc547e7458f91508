//! Dates of what happened: every date that no frame has taken, with the verb that it dates as attribute.
//!
//! Also resolves times that lean on another event of the same document ("two weeks before Lovelace's post", "the day
//! the news broke"), against the date that the document itself gives that event.

mod happening;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::claim::attach::{Manner, named_by};
use crate::claim::factuality::factuality;
use crate::claim::model::{Claim, ContextRole, Subject};
use crate::claim::view::DocumentView;
use crate::language::Label;
use crate::mention::{Anchor, Expression, Item, ItemKind, Lean, Sentence, complete, resolve, timex};
use crate::rule::{EntityType, Modality, TimeNature};
use crate::text::Span;
use crate::value::{Bound, TimeValue, Value};

use super::model::Kind;
use crate::claim::scope::{AREA, scope as scope_of};
use happening::{DEAL, Happening, Happenings, Own};

/// See the module.
pub(super) struct EventDate;

impl Kind for EventDate {
    fn name(&self) -> &'static str {
        "event_date"
    }

    fn extract(&self, view: &DocumentView<'_>, claims: &mut Vec<Claim>) {
        // What frames and quotations have taken: by sentence and value, so that no claim is looked through twice.
        let taken: BTreeSet<(Span, Span)> = claims.iter().map(|c| (c.span, c.value_span)).collect();
        let happenings = Happenings::new(view);
        let mut anchor: Option<Date> = None;
        for (index, sentence) in view.sentences.iter().enumerate() {
            let mut found: Vec<(usize, usize, Span, TimeValue)> = Vec::new();
            for item in &sentence.items {
                if let ItemKind::Undated(expression) = &item.kind {
                    let value = clock(view, sentence, item, expression);
                    found.extend(value.map(|value| (item.first, item.last, item.span, value)));
                }
                let ItemKind::Time(expression) = &item.kind else { continue };
                if sentence.toks[item.first].quoted || taken.contains(&(sentence.span, item.span)) {
                    continue;
                }
                // "two weeks earlier" leans on the text, never on the document's date.
                let reference = view.reference(sentence).filter(|_| expression.anchor() != Anchor::Text);
                let mut value = resolve(expression, reference);
                if value.earliest.is_none() && value.weekday.is_some() && value.edtf.is_empty() {
                    // A document's own date resolves it; failing that, a date in its text.
                    value = match view.reference(sentence) {
                        Some(date) => complete(&value, date),
                        None => nearest_weekday(value, anchor),
                    };
                }
                if value.edtf.is_empty() && value.weekday.is_none() {
                    // Leans on something that the document may date: tried again below.
                    if let Some(date) = leaned_on(view, sentence, item, claims) {
                        value = resolve(expression, Some(date));
                    }
                }
                if value.earliest.is_some() && value.earliest == value.latest {
                    anchor = value.earliest.or(anchor);
                }
                if value.edtf.is_empty() && value.weekday.is_none() {
                    continue;
                }
                if let Some(reference) = view.reference(sentence).or(anchor) {
                    value = complete(&value, reference);
                }
                found.push((item.first, item.last, item.span, value));
            }
            found.extend(same_day(view, sentence, claims));
            for (first, last, span, value) in found {
                // "12 days after 29 January, when it opened": what happened is of the day that is counted from.
                let text = view.text;
                let counted_from =
                    ["after", "before", "since"].iter().any(|w| span.of(text).split(' ').any(|s| s == *w));
                if counted_from && sentence.mark(text, last) == Some(',') && sentence.word(text, last + 1) == "when" {
                    continue;
                }
                let event = happenings.of(index, sentence, first, last);
                let event = event.map(|mut h| {
                    if h.family == "announce" && h.at.is_some_and(|a| happenings.of_deal(sentence, a)) {
                        h.own = Some(Own { name: DEAL, momentary: true, instance: None });
                    }
                    h
                });
                let claim = claim(view, index, sentence, (first, last, span), value, event);
                claims.extend(claim);
            }
        }
    }
}

/// A time of day without a day, as its face: `T13:38`, and its bound. Parts of the day and rhythms date nothing.
fn clock(view: &DocumentView<'_>, sentence: &Sentence, item: &Item, expression: &Expression) -> Option<TimeValue> {
    let (slot, of) = match expression {
        Expression::Bounded { slot, of } => (slot.bound(), &**of),
        // Its ends are times of day of their own.
        Expression::Span { .. } => return None,
        other => (None, other),
    };
    let value = timex(of, None, Lean::default()).value;
    value.edtf.strip_prefix('T').filter(|face| face.starts_with(|c: char| c.is_ascii_digit()))?;
    let before = |n: usize| item.first.checked_sub(n).map(|at| sentence.word(view.text, at).to_lowercase());
    let (near, nearer) = (before(2).unwrap_or_default(), before(1).unwrap_or_default());
    let few = before(3).is_some_and(|w| w == "few");
    let about = ["about", "around", "roughly", "approximately", "circa", "nearly", "almost"].contains(&&*nearer)
        || ["after", "before", "past"].contains(&&*nearer)
            && (["shortly", "just", "soon", "little", "bit", "moments"].contains(&&*near) || few && near == "minutes");
    let bound = if about { Bound::Approx } else { slot.unwrap_or(value.bound) };
    Some(TimeValue { bound, ..value })
}

/// A weekday without a date, in the week of the last full date that the document gave: the nearest one, three days at most.
fn nearest_weekday(value: TimeValue, anchor: Option<Date>) -> TimeValue {
    let (Some(anchor), Some(weekday)) = (anchor, value.weekday) else { return value };
    let ahead = i64::from(weekday.to_monday_zero_offset()) - i64::from(anchor.weekday().to_monday_zero_offset());
    let days = (ahead + 3).rem_euclid(7) - 3;
    match anchor.checked_add(jiff::Span::new().days(days)) {
        Ok(date) => TimeValue {
            edtf: date.to_string(),
            earliest: Some(date),
            latest: Some(date),
            parts: (Some(date.year()), Some(date.month()), Some(date.day())),
            relative: true,
            ..value
        },
        Err(_) => value,
    }
}

/// The day of an event that the words behind or before a time name, where an earlier claim dates it: that of the
/// nearest mention whose owner announced or posted something on a known day.
fn leaned_on(view: &DocumentView<'_>, sentence: &Sentence, item: &Item, claims: &[Claim]) -> Option<Date> {
    let context = view.context();
    let near = sentence.items.iter().filter(|i| i.first >= item.last && i.first <= item.last + 4);
    let subject =
        near.filter(|i| matches!(i.kind, ItemKind::Nominal { .. })).find_map(|i| context.subject(sentence, i))?;
    day_of(&subject, claims)
}

/// The single day that claims of this document give to an announcement of the subject's owner.
fn day_of(subject: &Subject, claims: &[Claim]) -> Option<Date> {
    claims.iter().find_map(|c| {
        let Value::Time(t) = &c.value else { return None };
        let same = c.subject.as_ref().is_some_and(|s| s.entity.is_some() && s.entity == subject.entity);
        (same && c.family == "announce" && !t.relative && t.earliest.is_some() && t.earliest == t.latest)
            .then_some(t.earliest)?
    })
}

/// "The day the news broke, …", "the same day": a date given by another event.
fn same_day(view: &DocumentView<'_>, sentence: &Sentence, claims: &[Claim]) -> Option<(usize, usize, Span, TimeValue)> {
    let text = view.text;
    let day = (1..sentence.toks.len()).find(|&a| {
        sentence.word(text, a).eq_ignore_ascii_case("day") && sentence.word(text, a - 1).eq_ignore_ascii_case("the")
    })?;
    // Up to the mark that ends the clause.
    let comma = (day..sentence.toks.len().min(day + 9))
        .find(|&a| matches!(sentence.mark(text, a), Some(',' | ':' | ';' | '.')))?;
    let context = view.context();
    let subject = sentence
        .items
        .iter()
        .filter(|i| i.first > day && i.last <= comma)
        .filter(|i| matches!(i.kind, ItemKind::Nominal { .. }))
        .find_map(|i| context.subject(sentence, i))?;
    let date = day_of(&subject, claims)?;
    let value = TimeValue {
        edtf: date.to_string(),
        earliest: Some(date),
        latest: Some(date),
        parts: (Some(date.year()), Some(date.month()), Some(date.day())),
        weekday: None,
        bound: Bound::Exact,
        relative: true,
    };
    Some((day - 1, comma, sentence.span_of(day - 1, comma), value))
}

fn claim(
    view: &DocumentView<'_>,
    index: usize,
    sentence: &Sentence,
    (first, last, span): (usize, usize, Span),
    value: TimeValue,
    event: Option<Happening>,
) -> Option<Claim> {
    let text = view.text;
    let context = view.context();
    let segment = view.segment_of(sentence);
    let (at, attribute, once, own) = match event {
        Some(h) => (h.at, h.family, h.once, h.own),
        None => (None, "date".to_owned(), false, None),
    };
    // A time of day recurs, and is never the day of what happened.
    let daily = value.edtf.starts_with('T');
    let (from, to) = at.map_or((first, last), |a| (a, a + 1));
    let any = [EntityType::Any];
    let mut context_spans = Vec::new();
    // What happened to something ("confirmed the move") is dated, not the one who says so.
    let object = (attribute == "announce").then(|| context.event_stated(sentence, from));
    // A word is what is coined or made popular.
    let term = (attribute == "popularise").then(|| {
        sentence
            .items
            .iter()
            .position(|i| i.first > from && i.first <= from + 6 && matches!(i.kind, ItemKind::Quote { .. }))
    });
    let made = at.filter(|_| BROUGHT_OUT.contains(&attribute.as_str())).and_then(|a| brought_out(view, sentence, a));
    let unknown = at.is_some_and(|a| context.unknown_subject(sentence, a));
    let subject_item = made
        .or(object.flatten())
        .or(term.flatten())
        .or_else(|| at.and_then(|a| of_noun(sentence, a)))
        .or_else(|| context.find(sentence, from, to, &any, &[], Manner::Verb).filter(|_| !unknown));
    let subject = match subject_item {
        Some(i) => {
            context_spans.extend(named_by(sentence, i).map(|s| (ContextRole::Subject, s)));
            context.subject(sentence, &sentence.items[i])
        }
        None if unknown => None,
        None => context.carried(index, &any, |a, b| view.same_block(a, b)),
    };
    // "The clinic, since its founding in 1990": what happened to a thing did not happen to a person.
    let its = at.and_then(|a| a.checked_sub(1)).is_some_and(|a| sentence.word(text, a) == "its");
    let subject = subject.filter(|s| !(its && s.kind == EntityType::Person));
    // What is approved is no company; whose approval it is goes without saying.
    let subject = subject.filter(|s| attribute != "approve" || made.is_some() || s.kind != EntityType::Org);
    let mut subject = subject.map(|s| announced(view, sentence, at, &attribute, s));
    // What leaves and arrives at a minute is a vehicle; a person’s day is their own.
    let vehicle = || matches!(attribute.as_str(), "leave" | "land" | "arrive");
    let own = own.or_else(|| {
        let person = subject.as_ref().is_some_and(|s| s.kind == EntityType::Person);
        (daily && at.is_some() && vehicle() && !person).then_some(Own { name: "", momentary: true, instance: None })
    });
    let momentary = own.as_ref().is_some_and(|o| o.momentary);
    if let Some(own) = own {
        subject = Some(Subject {
            instance: own.instance,
            ..Subject::event(if own.name.is_empty() { &attribute } else { own.name })
        });
    }
    // "Came to cinemas overseas" is not "came to cinemas at home".
    let area = [AREA.to_owned()];
    let mut scope = at.map_or_else(BTreeMap::new, |a| scope_of(view, sentence, &[(first, last), (a, a + 1)], &area));
    // Where to, where from: "returned to the bank in 2023" is not "returned to the board in 2023".
    if let Some(a) = at.filter(|_| !momentary).filter(|_| {
        matches!(
            attribute.as_str(),
            "join"
                | "leave"
                | "return"
                | "appoint"
                | "expand"
                | "acquire"
                | "found"
                | "launch"
                | "open"
                | "close"
                | "approve"
                | "sign"
        )
    }) {
        let with = sentence.items.iter().find(|i| {
            i.first > a
                && i.first <= a + 4
                && matches!(i.kind, ItemKind::Name(_))
                && i.entity != subject.as_ref().and_then(|s| s.entity)
        });
        if let Some(name) = with.and_then(|i| context.subject(sentence, i)) {
            scope.insert("with".to_owned(), name.name);
        }
    }
    // Where it happened, if it has a name: "announced at the Harbour Forum".
    let venue = sentence.items.iter().find(|i| {
        let before = i.first.checked_sub(1).map(|b| sentence.word(text, b).to_lowercase());
        matches!(i.kind, ItemKind::Name(_)) && matches!(before.as_deref(), Some("at"))
    });
    if let Some(name) = venue.filter(|_| attribute == "announce").and_then(|i| context.subject(sentence, i)) {
        scope.insert("venue".to_owned(), name.name);
    }
    // Every version has a day of its own.
    if let Some(version) =
        at.filter(|_| BROUGHT_OUT.contains(&attribute.as_str())).and_then(|a| version(text, sentence, a))
    {
        scope.insert("version".to_owned(), version);
    }
    // What can happen again has one date only where the text says which time is meant.
    let lives = matches!(attribute.as_str(), "born" | "die");
    let thing = subject.as_ref().is_some_and(|s| s.kind != EntityType::Person);
    let recurs = matches!(attribute.as_str(), "leave" | "return");
    let bound = scope.keys().any(|axis| axis != AREA);
    let single = (once || made.is_some()) && (thing || lives) || bound && !recurs;
    let factuality = factuality(&context, sentence, first, last, view.lookup);
    context_spans.extend(factuality.context_spans);
    let deadline = value.bound == Bound::AtMost || factuality.modality == Modality::Future;
    let kind = if deadline || value.weekday.is_some() && value.relative { "date" } else { "event-date" };
    let modality = if deadline {
        Modality::Future
    } else if matches!(factuality.modality, Modality::Reported) {
        Modality::Asserted
    } else {
        factuality.modality
    };
    let stated = format!("{attribute} {}", if daily { "time" } else { "date" });
    Some(Claim {
        context_spans,
        subject,
        family: if daily { stated.clone() } else { attribute },
        single_valued: single && !daily || momentary,
        moves: TimeNature::Event,
        scope,
        modality,
        polarity: factuality.polarity,
        attributed_to: factuality.attributed_to,
        rule: "event-date".to_owned(),
        noise: segment.noise,
        ..Claim::plain(kind, stated, (sentence.span, span), Value::Time(value))
    })
}

/// What the noun for an event is of: "the opening of the bridge", "Norvik's takeover".
fn of_noun(sentence: &Sentence, at: usize) -> Option<usize> {
    let tree = &sentence.tree;
    let noun = sentence.node(at).filter(|n| tree.tokens[*n].tag.is_noun())?;
    let of = |node: usize| tree.child(node, &[Label::Case]).is_some_and(|c| &*tree.tokens[c].lemma == "of");
    let owner = tree.children(noun).find(|c| match tree.tokens[*c].label {
        Label::Poss => true,
        Label::Nmod => of(*c),
        _ => false,
    })?;
    let named = |i: &Item| matches!(i.kind, ItemKind::Name(_)) && i.span.overlaps(tree.tokens[owner].span);
    sentence.items.iter().position(named)
}

/// Events whose subject is what is brought out, whoever brings it out.
const BROUGHT_OUT: [&str; 3] = ["launch", "approve", "publish"];

/// What a verb in the active voice brings out: "released the Tern", "approved the drug".
fn brought_out(view: &DocumentView<'_>, sentence: &Sentence, verb: usize) -> Option<usize> {
    let text = view.text;
    let word = |a: usize| sentence.word(text, a).to_lowercase();
    let passive = (verb.saturating_sub(2)..verb)
        .any(|a| matches!(word(a).as_str(), "is" | "was" | "are" | "were" | "be" | "been" | "being"));
    let context = view.context();
    let thing = |i: &Item| match &i.kind {
        ItemKind::Name(kind) => !matches!(kind, EntityType::Person | EntityType::Place | EntityType::Org),
        ItemKind::Nominal { kind, definite, owner, .. } => *kind == EntityType::Product && *definite && owner.is_none(),
        _ => false,
    };
    let behind = |i: &Item| {
        i.first > verb
            && i.first <= verb + 3
            && (verb + 1..i.first).all(|a| {
                matches!(word(a).as_str(), "the" | "its" | "their" | "a" | "an")
                    || super::word::content(view, sentence, a)
            })
    };
    // "Released the Tern update": the name only says of what it is.
    let head = |i: &Item| !super::word::content(view, sentence, i.last);
    let at = sentence.items.iter().position(|i| behind(i) && thing(i) && head(i))?;
    (!passive && context.subject(sentence, &sentence.items[at]).is_some()).then_some(at)
}

/// Tokens before a verb among which the version stands that it is said of.
const VERSION: usize = 7;

/// The number of the version that a clause tells of: "Tern 2.4.0 was released", "version 3.1 came out".
fn version(text: &str, sentence: &Sentence, verb: usize) -> Option<String> {
    let parts = |w: &str| {
        let all: Vec<&str> = w.trim_start_matches(['v', 'V']).split('.').collect();
        let digits = |p: &&str| !p.is_empty() && p.len() < 5 && p.bytes().all(|b| b.is_ascii_digit());
        if all.iter().all(digits) { all.len() } else { 0 }
    };
    (verb.saturating_sub(VERSION)..verb).rev().find_map(|a| {
        let word = sentence.word(text, a);
        let before = a.checked_sub(1).map(|b| sentence.word(text, b).to_lowercase()).unwrap_or_default();
        let named = || sentence.items.iter().any(|i| matches!(i.kind, ItemKind::Name(_)) && i.last == a);
        let said = || matches!(before.as_str(), "version" | "release") || named();
        (parts(word) > 2 || parts(word) == 2 && said()).then(|| word.trim_start_matches(['v', 'V']).to_owned())
    })
}

/// "She announced that she was joining …": what is dated is the announcement of the move.
fn announced(
    view: &DocumentView<'_>,
    sentence: &Sentence,
    at: Option<usize>,
    attribute: &str,
    subject: Subject,
) -> Subject {
    let (Some(at), "announce", EntityType::Person, None) = (at, attribute, subject.kind, &subject.instance) else {
        return subject;
    };
    // "I have joined Norvik", she wrote on Tuesday.
    let quote = sentence.items.iter().find(|i| matches!(i.kind, ItemKind::Quote { .. }) && i.last <= at);
    let said = quote.map_or(at..at, |q| q.first..q.last);
    let joins = (at + 1..sentence.toks.len().min(at + 8)).chain(said).any(|a| {
        let words: Vec<_> = sentence.words_from(a).take(3).collect();
        view.lookup.terms("events").at(&words, None).is_some_and(|(_, t)| &*t.key == "join")
    });
    if !joins {
        return subject;
    }
    subject.of_person("move")
}
