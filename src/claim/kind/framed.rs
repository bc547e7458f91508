//! Claims that a rule's frame tells by its wording.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::claim::attach::{Manner, named_by};
use crate::claim::factuality::factuality;
use crate::claim::frame::Bound;
use crate::claim::givers::{givers, receiver};
use crate::claim::model::{Claim, ContextRole};
use crate::claim::scope::{dateline, scope};
use crate::claim::view::DocumentView;
use crate::mention::{ItemKind, Sentence, resolve};
use crate::rule::{Comparator, EntityType, ExtractRule, Modality, SlotName};
use crate::segment::SegmentKind;
use crate::text::{Span, TokenKind};
use crate::value::{Shape, TimeValue, Value};

use super::model::Kind;

/// See the module.
pub(super) struct Framed;

impl Kind for Framed {
    fn name(&self) -> &'static str {
        "framed"
    }

    fn extract(&self, view: &DocumentView<'_>, claims: &mut Vec<Claim>) {
        for (index, sentence) in view.sentences.iter().enumerate() {
            let mut here: Vec<(Claim, (usize, usize))> = Vec::new();
            for (frame, bound) in view.frames.matches(view.text, sentence, view.lookup) {
                let rule = &view.rules.extract[frame.rule];
                here.extend(claim(view, index, sentence, rule, &bound).map(|c| (c, bound.tokens)));
            }
            claims.extend(settle(here));
        }
    }
}

/// Most words of a quotation that is a title and not a statement.
const TITLE_WORDS: usize = 4;

/// Whether the words of a match describe like a noun or tell like a verb.
fn manner(view: &DocumentView<'_>, sentence: &Sentence, bound: &Bound) -> Manner {
    let Some((first, last)) = bound.capture else { return Manner::Verb };
    let object_first = bound
        .slots
        .first()
        .is_some_and(|(n, i)| *n == SlotName::Object && sentence.items[*i].first <= bound.tokens.0 + 1);
    // Words of the frame around the capture are a verb's.
    if (first > bound.tokens.0 || last < bound.tokens.1) && !object_first && bound.slots.is_empty() {
        return Manner::Verb;
    }
    let words: Vec<_> = sentence.words_from(first).take(4).collect();
    let noun = ["titles", "founding-rank"].iter().any(|l| view.lookup.terms(l).at(&words, None).is_some());
    let opening = sentence.word(view.text, first).to_lowercase();
    let verb = opening.ends_with("ing") || opening.ends_with("ed") || opening == "help";
    let noun = noun && !verb || matches!(opening.as_str(), "former" | "ex" | "early" | "part");
    if noun { Manner::Noun } else { Manner::Verb }
}

/// Words before a title that do not belong to it.
const NOT_OF_TITLE: [&str; 12] =
    ["former", "ex", "then", "current", "new", "first", "another", "fellow", "early", "longtime", "late", "other"];

/// Whether a noun follows that makes the words before it a modifier: "the chief executive survey".
fn leads_on(view: &DocumentView<'_>, sentence: &Sentence, at: usize) -> bool {
    let Some(tok) = sentence.toks.get(at).filter(|t| t.kind == TokenKind::Word && !t.capital) else { return false };
    let word = sentence.word(view.text, at).to_lowercase();
    let known = ["function-words", "events", "speech-verbs", "irregular", "future"]
        .iter()
        .any(|l| view.lookup.terms(l).at(&[tok.words], None).is_some());
    !known && !word.ends_with("ed")
}

/// Takes the modifiers of a title into it: "lead" becomes "research team lead".
fn widen(view: &DocumentView<'_>, sentence: &Sentence, first: usize) -> usize {
    let mut at = first;
    while at > 0 && first - at < 4 {
        let before = at - 1;
        let tok = &sentence.toks[before];
        let named =
            sentence.items.iter().any(|i| matches!(i.kind, ItemKind::Name(_)) && i.first <= before && before < i.last);
        let word = sentence.word(view.text, before).to_lowercase();
        let function = view.lookup.terms("function-words").at(&[tok.words], None);
        let plain = tok.kind == TokenKind::Word
            && !named
            && !NOT_OF_TITLE.contains(&word.as_str())
            && (function.is_none_or(|(_, t)| &*t.key == "noun") || tok.glued)
            && view.lookup.terms("events").at(&[tok.words], None).is_none()
            && view.lookup.terms("speech-verbs").at(&[tok.words], None).is_none();
        if !plain {
            break;
        }
        at = before;
    }
    // "Calm" of "did little to calm harbour master Lund" is a verb.
    let verb = at < first && at > 0 && sentence.word(view.text, at - 1) == "to";
    at + usize::from(verb)
}

/// Of claims of one kind or family about one subject whose words overlap, the one that rests on the most.
fn settle(mut claims: Vec<(Claim, (usize, usize))>) -> Vec<Claim> {
    claims.sort_by(|(a, s), (b, t)| {
        let key = |c: &Claim, t: &(usize, usize)| {
            (std::cmp::Reverse(t.1 - t.0), std::cmp::Reverse(c.value_span.len()), t.0, c.rule.clone())
        };
        key(a, s).cmp(&key(b, t))
    });
    let mut out: Vec<(Claim, (usize, usize))> = Vec::new();
    for (claim, tokens) in claims {
        let same_words = |(c, t): &(Claim, (usize, usize))| {
            (c.value_span.overlaps(claim.value_span) || c.rule == claim.rule && t.0 < tokens.1 && tokens.0 < t.1)
                && (c.kind == claim.kind || c.family == claim.family)
                && c.subject.as_ref().map(|s| &s.name) == claim.subject.as_ref().map(|s| &s.name)
        };
        if !out.iter().any(same_words) {
            out.push((claim, tokens));
        }
    }
    out.into_iter().map(|(c, _)| c).collect()
}

fn claim(
    view: &DocumentView<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &ExtractRule,
    bound: &Bound,
) -> Option<Claim> {
    let context = view.context();
    let segment = view.segment_of(sentence);
    let (first, last) = bound.tokens;
    // Quoted words are somebody's own: frames read them only when the quotation is a title and little more.
    let quoted = sentence.items.iter().any(|i| {
        matches!(i.kind, ItemKind::Quote { .. }) && i.first <= first && last <= i.last && i.last - i.first > TITLE_WORDS
    });
    if quoted {
        return None;
    }
    let (value, value_tokens, value_span) = value(view, sentence, bound)?;
    let (value, value_tokens, value_span) = match rule.comparator {
        Comparator::Name if bound.slot(SlotName::Value).is_none() => noun(view, sentence, value_tokens, bound)?,
        _ => (value, value_tokens, value_span),
    };
    let mut taken: Vec<usize> = bound.slots.iter().map(|(_, i)| *i).collect();
    taken.extend(givers(view, sentence, Some(rule)));
    let mut context_spans = Vec::new();
    let subject_item = bound
        .slot(SlotName::Subject)
        .or_else(|| bound.capture.and_then(|(c, d)| context.described(sentence, c, d)))
        .or_else(|| context.find(sentence, first, last, &rule.subject, &taken, manner(view, sentence, bound)));
    // A post in passing ("a spokesperson said", "a Norvik spokesperson said") is nobody's that the text names.
    if subject_item.is_none()
        && rule.comparator == Comparator::Title
        && manner(view, sentence, bound) == Manner::Noun
        && !context.linked(sentence, first, &["this"])
    {
        return None;
    }
    // "The ability to run a clinic" is nobody's post.
    let verb: Vec<_> = sentence.words_from(first + 1).take(2).collect();
    let leads = view.lookup.terms("leadership").at(&verb, None).is_some();
    if subject_item.is_none() && leads && matches!(sentence.word(view.text, first), "to" | "and") {
        return None;
    }
    // "The director is Ada Berg’s brother".
    let behind = |i: &usize| bound.capture.is_some_and(|(_, end)| end < sentence.items[*i].first);
    let subject = bound.slot(SlotName::Subject).filter(|_| rule.comparator == Comparator::Title).filter(behind);
    if subject.is_some_and(|i| crate::claim::factuality::possessive(sentence, sentence.items[i].last)) {
        return None;
    }
    if rule.comparator == Comparator::Title && undertaking(view, sentence, bound) {
        return None;
    }
    let mut subject = match subject_item {
        Some(item) => {
            context_spans.extend(named_by(sentence, item).map(|s| (ContextRole::Subject, s)));
            context.subject(sentence, &sentence.items[item])
        }
        None => {
            context.carried(index, &rule.subject, |a, b| view.same_block(a, b)).or_else(|| context.main(&rule.subject))
        }
    };
    subject = receiver(view, sentence, Some(rule), subject);
    // A report in a sentence about a move is about the move.
    if rule.family == "reporter" {
        let stated = (first..last).find_map(|verb| context.object_stated(sentence, verb));
        subject = stated.or_else(|| subject.map(|s| if moves(view, sentence) { s.of_person("move") } else { s }));
    }
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
                    && context.typed(i, &rule.object)
                    && (i.last + 1 == first && crate::claim::factuality::possessive(sentence, i.last)
                        || i.first == last && matches!(sentence.word(view.text, last - 1), "of" | "at" | "for")
                        || (i.first == last + 1 || i.first == last + 2)
                            && matches!(sentence.word(view.text, last), "of" | "at" | "for" | "from"))
            })
        });
    let object =
        object.or_else(|| rule.object_axis.as_ref().and_then(|_| place_of_post(view, sentence, bound, &rule.object)));
    if let (Some(axis), Some(object)) = (&rule.object_axis, object) {
        let item = &sentence.items[object];
        context_spans.push((ContextRole::Object, item.span));
        let named = match &item.kind {
            // A team's organisation: "Lovelace's research team".
            ItemKind::Nominal { .. } => item.entity.and_then(|e| view.entities.get(e)).map(|e| e.name.clone()),
            _ => context.subject(sentence, item).map(|s| s.name),
        };
        if let Some(name) = named.filter(|n| subject.as_ref().is_none_or(|s| s.name != *n)) {
            scope.insert(axis.clone(), name);
        }
    }
    for (axis, value) in self::scope(view, sentence, &[value_tokens, bound.tokens], &rule.scope_axes) {
        scope.entry(axis).or_insert(value);
    }
    let factuality = factuality(&context, sentence, first.min(value_tokens.0), last.max(value_tokens.1), view.lookup)
        .cited(segment.kind == SegmentKind::Reference);
    context_spans.extend(factuality.context_spans);
    // What opens a sentence dates it, save where that is the value itself.
    let opening = || dateline(view, sentence).filter(|_| !matches!(value, Value::Time(_)));
    let time = time_beside(view, sentence, bound).or_else(opening);
    if let Some((span, _)) = &time {
        context_spans.push((ContextRole::Time, *span));
    }
    let modality = match rule.modality {
        Some(m) if factuality.modality != Modality::Negated => m,
        _ => factuality.modality,
    };
    let polarity = rule.polarity.unwrap_or(factuality.polarity);
    Some(Claim {
        context_spans,
        shape: shape_of(&value, rule.shape),
        subject,
        family: rule.family.clone(),
        single_valued: rule.single_valued,
        moves: rule.time,
        comparator: rule.comparator,
        ladder: rule.ladder.as_deref().map(Arc::from),
        as_of: time.map(|(_, t)| t),
        scope,
        modality,
        polarity,
        attributed_to: factuality.attributed_to,
        rule: rule.head.id.clone(),
        noise: segment.noise,
        ..Claim::plain(&rule.kind, rule.attribute.clone(), (sentence.span, value_span), value)
    })
}

/// The shape of a value.
fn shape_of(value: &Value, rule: Shape) -> Shape {
    match value {
        Value::Quantity(q) => q.shape,
        Value::Time(_) => Shape::Date,
        Value::Text(_) => rule,
    }
}

/// Words right behind a verb of leading that make another verb of it, or leave open what is led.
const PARTICLES: [&str; 13] =
    ["out", "to", "into", "off", "up", "away", "down", "through", "against", "past", "it", "them", "from"];

/// "Led the round", "the inquiry was led by Lund": who leads what soon is over holds no post.
fn undertaking(view: &DocumentView<'_>, sentence: &Sentence, bound: &Bound) -> bool {
    let Some((first, _)) = bound.capture else { return false };
    let word = |a: usize| sentence.word(view.text, a).to_lowercase();
    let verb: Vec<_> = sentence.words_from(first).take(2).collect();
    let Some((n, _)) = view.lookup.terms("leadership").at(&verb, None) else { return false };
    let noun = |a: usize| super::word::content(view, sentence, a) && sentence.toks[a].kind == TokenKind::Word;
    // "Run out of milk", "led to floods", "runs it": nothing is led.
    let next = word(first + n);
    if PARTICLES.contains(&next.as_str()) {
        return true;
    }
    let head = if next == "by" {
        let be = |a: usize| matches!(word(a).as_str(), "is" | "was" | "are" | "were" | "be" | "been" | "being");
        (first.saturating_sub(3)..first).rev().find(|&a| !be(a))
    } else {
        let start = (first + n..sentence.toks.len())
            .find(|&a| !matches!(word(a).as_str(), "the" | "a" | "an" | "all" | "its" | "his" | "her" | "their"));
        start.and_then(|start| (start..sentence.toks.len().min(start + 4)).take_while(|&a| noun(a)).last())
    };
    head.is_some_and(|a| {
        ["undertakings", "happenings"]
            .iter()
            .any(|l| sentence.toks.get(a).is_some_and(|t| view.lookup.terms(l).at(&[t.words], None).is_some()))
    })
}

/// Whether a sentence tells of somebody joining somebody.
fn moves(view: &DocumentView<'_>, sentence: &Sentence) -> bool {
    (0..sentence.toks.len()).any(|a| {
        let words: Vec<_> = sentence.words_from(a).take(3).collect();
        view.lookup.terms("events").at(&words, None).is_some_and(|(_, t)| &*t.key == "join")
            || view.lookup.terms("nominals").at(&words, None).is_some_and(|(_, t)| &*t.key == "move")
    })
}

/// Where a post is held, when no slot says so: an organisation named inside the words of the match, or right before
/// them ("went to Norvik to lead …", "Norvik, where he led …").
fn place_of_post(view: &DocumentView<'_>, sentence: &Sentence, bound: &Bound, types: &[EntityType]) -> Option<usize> {
    let context = view.context();
    let (first, last) = bound.tokens;
    let named = |i: &&(usize, &crate::mention::Item)| {
        matches!(i.1.kind, ItemKind::Name(_)) && context.typed(i.1, types) && !context.is_person(i.1)
    };
    let all: Vec<(usize, &crate::mention::Item)> = sentence.items.iter().enumerate().collect();
    let within = all.iter().filter(named).filter(|(_, i)| i.first >= first && i.last <= last);
    if let Some((at, _)) = within.clone().find(|(_, i)| {
        i.first > 0
            && matches!(sentence.word(view.text, i.first - 1).to_lowercase().as_str(), "for" | "at" | "of" | "in")
    }) {
        return Some(*at);
    }
    let before = all.iter().filter(named).rfind(|(_, i)| i.last <= first && first - i.last <= 4);
    let leads = |i: &crate::mention::Item| {
        (i.last..first + 1)
            .any(|a| matches!(sentence.word(view.text, a).to_lowercase().as_str(), "where" | "to" | "as"))
    };
    if let Some((at, _)) = before.filter(|(_, i)| leads(i)) {
        return Some(*at);
    }
    within.clone().next().map(|(at, _)| *at)
}

/// The value of a match, its tokens, and exactly its words.
fn value(view: &DocumentView<'_>, sentence: &Sentence, bound: &Bound) -> Option<(Value, (usize, usize), Span)> {
    if let Some(index) = bound.slot(SlotName::Value) {
        let item = &sentence.items[index];
        let value = match &item.kind {
            ItemKind::Quantity { quantity, .. } => Value::Quantity(quantity.clone()),
            ItemKind::Time(expression) => Value::Time(resolve(expression, view.reference(sentence))),
            _ => Value::Text(item.span.of(view.text).to_owned()),
        };
        return Some((value, (item.first, item.last), item.span));
    }
    let (mut first, mut last) = bound.capture?;
    let capture = (first, last);
    while first < last
        && matches!(sentence.word(view.text, first), "a" | "an" | "the" | "A" | "An" | "its" | "his" | "her" | "their")
    {
        first += 1;
    }
    let titles = view.lookup.terms("titles");
    let ends_title = (first..last).any(|a| {
        titles.at(&sentence.words_from(a).take(last - a).collect::<Vec<_>>(), None).is_some_and(|(n, _)| a + n == last)
    });
    // "Norvik as chief executive": only a noun phrase makes a name the owner of a title.
    let gap = bound.slot(SlotName::Object).map(|i| sentence.items[i].last).filter(|g| *g < capture.0 && ends_title);
    let broken = gap.is_some_and(|g| {
        (g..capture.0).any(|a| {
            let tok = &sentence.toks[a];
            tok.kind != TokenKind::Possessive
                && view.lookup.terms("function-words").at(&[tok.words], None).is_some_and(|(_, t)| &*t.key != "noun")
        })
    });
    if broken && bound.slots.first().is_some_and(|(n, _)| *n == SlotName::Object) {
        return None;
    }
    // "The chief executive survey", "to lead Harbour's trials": a modifier, and a verb. Words of the frame in front
    // ("became chief executive") leave no doubt.
    let infinitive = || {
        let before = sentence.word(view.text, capture.0.saturating_sub(1)).to_lowercase();
        capture.0 == bound.tokens.0 && matches!(before.as_str(), "to" | "will" | "would" | "can")
    };
    let bare =
        capture.0 == bound.tokens.0 || bound.slots.iter().any(|(_, i)| sentence.items[*i].first <= bound.tokens.0 + 1);
    if ends_title && bare && last == bound.tokens.1 && (leads_on(view, sentence, last) || infinitive()) {
        return None;
    }
    let titled =
        view.lookup.terms("titles").at(&sentence.words_from(first).take(4).collect::<Vec<_>>(), None).is_some();
    if titled {
        first = widen(view, sentence, first);
    }
    // A capture that ran to the end of a clause does not end in a word that leads on.
    while first < last
        && matches!(
            sentence.word(view.text, last - 1).to_lowercase().as_str(),
            "and"
                | "or"
                | "but"
                | "in"
                | "on"
                | "at"
                | "of"
                | "the"
                | "a"
                | "to"
                | "for"
                | "who"
                | "which"
                | "that"
                | "with"
                | "as"
                | "since"
                | "is"
                | "was"
                | "has"
                | "before"
                | "after"
                | "until"
        )
    {
        last -= 1;
    }
    if first >= last {
        return None;
    }
    let span = sentence.span_of(first, last);
    Some((Value::Text(span.of(view.text).to_owned()), (first, last), span))
}

/// The words of a thing up to where its phrase ends: "a stroke" of "a stroke at her home".
/// Nothing where the words modify a noun behind them: "the Norvik crash", "Norvik's fires".
fn noun(
    view: &DocumentView<'_>,
    sentence: &Sentence,
    (first, last): (usize, usize),
    bound: &Bound,
) -> Option<(Value, (usize, usize), Span)> {
    let function = |a: usize| {
        let term = view.lookup.terms("function-words").at(&[sentence.toks[a].words], None);
        !sentence.named(a) && term.is_some_and(|(_, t)| &*t.key != "noun")
    };
    let first = (first..last).find(|&a| !function(a))?;
    let last = (first..last).find(|&a| function(a) || sentence.toks[a].kind == TokenKind::Mark).unwrap_or(last);
    let ends_frame = last == bound.tokens.1;
    let modifies = ends_frame && sentence.named(last.saturating_sub(1)) && {
        let noun = ["nominals", "happenings", "happening-verbs"]
            .iter()
            .any(|l| sentence.toks.get(last).is_some_and(|t| view.lookup.terms(l).at(&[t.words], None).is_some()));
        crate::claim::factuality::possessive(sentence, last) || noun && leads_on(view, sentence, last)
    };
    let span = (first < last && !modifies).then(|| sentence.span_of(first, last))?;
    Some((Value::Text(span.of(view.text).to_owned()), (first, last), span))
}

/// A date in the clause behind the match: "… as chief executive in 2024".
fn time_beside(view: &DocumentView<'_>, sentence: &Sentence, bound: &Bound) -> Option<(Span, TimeValue)> {
    let last = bound.tokens.1;
    let item = sentence.items.iter().find(|i| {
        matches!(i.kind, ItemKind::Time(_))
            && (i.first >= last && i.first <= last + 4 || i.first >= bound.tokens.0 && i.last <= last)
    })?;
    let clear = (last..item.first).all(|a| sentence.mark(view.text, a).is_none());
    let ItemKind::Time(expression) = &item.kind else { return None };
    clear.then(|| (item.span, resolve(expression, view.reference(sentence))))
}

#[cfg(test)]
mod tests {
    use crate::claim::given::EXTRACTOR;
    use crate::source::Document;

    /// The posts that a text tells, each as "holder: post at organisation".
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let claims = EXTRACTOR.extract(&Document::from_text("a.txt", text), None).claims;
        let told = claims.iter().filter(|c| &*c.kind == "role").map(|c| {
            let holder = c.subject.as_ref().map_or("?", |s| &s.name);
            let at = c.scope.get("at").map_or(String::new(), |at| format!(" at {at}"));
            format!("{holder}: {}{at}", c.value_span.of(text))
        });
        assert_eq!(told.collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn titles_with_the_words_before_them() {
        check("Omar Lund is chief engineer of Norvik Holdings.", &["Omar Lund: chief engineer at Norvik Holdings"]);
        check(
            "Omar Lund is research team lead at Norvik Holdings.",
            &["Omar Lund: research team lead at Norvik Holdings"],
        );
        check(
            "Omar Lund is the new chief engineer of Norvik Holdings.",
            &["Omar Lund: chief engineer at Norvik Holdings"],
        );
        check("The chief executive of Norvik Holdings is Ada Berg.", &["Ada Berg: chief executive at Norvik Holdings"]);
        check("The chief executive of Norvik Holdings is Ada Berg’s brother.", &[]);
        check("Chief executive Ada Berg’s brother left.", &["Ada Berg: Chief executive"]);
        check("The chief executive survey of Norvik Holdings was late.", &[]);
        check("A Norvik spokesperson said so.", &[]);
    }

    #[test]
    fn who_leads_what_lasts_and_where() {
        check("Omar Lund led the research team.", &["Omar Lund: led the research team"]);
        check("Omar Lund bought Norvik Holdings and led the safety team.", &["Omar Lund: led the safety team"]);
        check("The yard was built in 1901 and led the region.", &[]);
        check("Omar Lund led the research talks.", &[]);
        check("Omar Lund led the inquiry.", &[]);
        check("Omar Lund runs the clinic.", &["Omar Lund: runs the clinic"]);
        check("Omar Lund runs into the clinic.", &[]);
        let led = "Omar Lund: led the safety team at Norvik Holdings";
        check("Omar Lund went to Norvik Holdings, where he led the safety team.", &[led]);
        check("Omar Lund sold Norvik Holdings. He led the safety team.", &["Omar Lund: led the safety team"]);
        check("“Omar Lund is chief engineer of Norvik Holdings,” she said.", &[]);
    }
}
