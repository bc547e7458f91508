//! What a figure is about, where no frame says so. The ways of telling are tried one after the other, the surest first.

use crate::claim::attach::{Manner, named_by};
use crate::claim::givers::givers;
use crate::claim::kind::word::{content, verb_at};
use crate::claim::model::{Claim, ContextRole, Subject, specific};
use crate::claim::view::DocumentView;
use crate::mention::{Item, ItemKind};
use crate::rule::{EntityType, ExtractRule};
use crate::segment::SegmentKind;
use crate::text::{Span, TokenKind};
use crate::value::Shape;

use super::attribute::{AGE, noun_phrase_before};
use super::cue::names_measure;
use super::figure::Figure;

/// Most tokens from a figure back to the verb whose subject it is of.
const REACH: usize = 9;

/// What a figure is about, with the words that name it. `claims` are those that the sentence has given so far.
pub(super) fn about(
    view: &DocumentView<'_>,
    figure: &Figure<'_>,
    attribute: &str,
    rule: Option<&ExtractRule>,
    claims: &[Claim],
) -> (Option<Subject>, Option<(ContextRole, Span)>) {
    let stated = paired(view, figure, claims)
        .or_else(|| confirmed(view, figure))
        .or_else(|| parties(view, figure))
        .or_else(|| posted(view, figure))
        .or_else(|| odds_of(view, figure))
        .or_else(|| lasting(figure))
        .or_else(|| consisting(view, figure, rule?))
        .or_else(|| described(view, figure, rule?))
        .or_else(|| setting(view, figure));
    // A quantity stated in so many words belongs to what the document is about.
    if stated.is_some() || rule.is_none() && specific(attribute) {
        return (stated, None);
    }
    let Figure { index, sentence, at, item, noun, .. } = *figure;
    let context = view.context();
    if attribute == AGE
        && let Some(of) = aged(view, figure)
    {
        return (context.subject(sentence, of), Some((ContextRole::Subject, of.span)));
    }
    let end = noun
        .filter(|n| n.start >= item.span.end)
        .map_or(item.last, |n| sentence.toks.partition_point(|t| t.span.start < n.end));
    let any = [EntityType::Any];
    let types = rule.map_or(any.as_slice(), |r| r.subject.as_slice());
    let givers = givers(view, sentence, rule);
    let taken: Vec<usize> = givers.iter().copied().chain([at]).collect();
    let raiser = || raiser(view, figure, rule);
    match raiser().or_else(|| context.find(sentence, item.first, end, types, &taken, Manner::Verb)) {
        Some(found) => {
            let subject = context.subject(sentence, &sentence.items[found]);
            let subject = subject.map(|s| if written(view, figure) { s.of_person("post") } else { s });
            (subject, named_by(sentence, found).map(|s| (ContextRole::Subject, s)))
        }
        None => {
            let gives =
                |s: &Subject| s.entity.is_some() && givers.iter().any(|i| sentence.items[*i].entity == s.entity);
            let before = index.checked_sub(1).and_then(|b| view.sentences.get(b));
            let gave = |s: &Subject| {
                let earlier = before.map(|b| (b, self::givers(view, b, rule)));
                earlier.is_some_and(|(b, all)| all.iter().any(|i| s.entity.is_some() && b.items[*i].entity == s.entity))
            };
            let carried = || {
                let carried = context.carried(index, types, |a, b| view.same_block(a, b));
                carried.filter(|s| !gives(s) && !gave(s))
            };
            let own = || topic(view, figure, attribute).or_else(|| small(view, figure));
            (own().or_else(carried).or_else(|| set(view, figure)), None)
        }
    }
}

/// "Ingrid Solberg, 38, said", "38-year-old keeper Ingrid Solberg": the name of a person right before or behind an age.
fn aged<'a>(view: &DocumentView<'_>, figure: &Figure<'a>) -> Option<&'a Item> {
    let Figure { sentence, item, .. } = *figure;
    let comma = item.first.checked_sub(1).filter(|&a| sentence.mark(view.text, a) == Some(','));
    let leads = |i: &&Item| {
        let between = item.last..i.first;
        i.first >= item.last && between.len() <= CALLING && { between }.all(|a| content(view, sentence, a))
    };
    let beside = |i: &&Item| comma == Some(i.last) || leads(i);
    let person = |i: &&Item| matches!(i.kind, ItemKind::Name(EntityType::Person | EntityType::Any));
    sentence.items.iter().filter(person).find(beside)
}

/// Most words between an age and the name that it is of: "38-year-old former harbour keeper Ingrid Solberg".
const CALLING: usize = 3;

/// Whose a round is: "the $4 million round for Norvik", where a rule tells givers apart.
fn raiser(view: &DocumentView<'_>, figure: &Figure<'_>, rule: Option<&ExtractRule>) -> Option<usize> {
    let Figure { sentence, item, .. } = *figure;
    let rule = rule.filter(|r| r.givers.is_some())?;
    let reach = sentence.toks.len().min(item.last + RAISER);
    let led = (item.last..reach)
        .take_while(|&a| sentence.mark(view.text, a).is_none())
        .find(|&a| matches!(sentence.word(view.text, a).to_lowercase().as_str(), "for" | "into"))?;
    let article = matches!(sentence.word(view.text, led + 1), "the" | "a" | "an");
    let first = led + 1 + usize::from(article);
    sentence.items.iter().position(|i| i.first == first && view.context().typed(i, &rule.subject))
}

/// Furthest preposition behind a figure that leads in whose round it is.
const RAISER: usize = 7;

/// Whether the words round a figure make it odds.
pub(super) fn odds(view: &DocumentView<'_>, figure: &Figure<'_>) -> bool {
    let from = figure.item.first.saturating_sub(4);
    let to = (figure.item.last + 3).min(figure.sentence.toks.len());
    let odds = ["odds", "chance", "probability", "likelihood"];
    (from..to).any(|a| odds.contains(&figure.sentence.word(view.text, a).to_lowercase().as_str()))
}

/// "A overtook B (34.4 % against 32.3 %)": the first figure is A's, the second B's.
fn paired(view: &DocumentView<'_>, figure: &Figure<'_>, claims: &[Claim]) -> Option<Subject> {
    let Figure { sentence, at, .. } = *figure;
    let text = view.text;
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
    let object = comparison.context_spans.iter().find(|(r, _)| *r == ContextRole::Object)?.1;
    let item = sentence.items.iter().find(|i| i.span == object)?;
    view.context().subject(sentence, item)
}

/// "Three sources confirmed the move", "confirmed the move within an hour": the figure is of what is stated.
fn confirmed(view: &DocumentView<'_>, figure: &Figure<'_>) -> Option<Subject> {
    let Figure { sentence, item, .. } = *figure;
    let before = item.first.saturating_sub(8)..item.first;
    let said = before.rev().chain(item.last..sentence.toks.len().min(item.last + 5)).find(|&a| {
        let words: Vec<_> = sentence.words_from(a).take(2).collect();
        view.lookup.terms("speech-verbs").at(&words, Some("factive")).is_some()
    })?;
    view.context().object_stated(sentence, said)
}

/// "A 12-point gap between young and old voters": a difference is of the parties that differ.
fn parties(view: &DocumentView<'_>, figure: &Figure<'_>) -> Option<Subject> {
    let Figure { sentence, item, .. } = *figure;
    let text = view.text;
    let word = |a: usize| sentence.word(text, a).to_lowercase();
    let between = (item.last + 1..sentence.toks.len().min(item.last + 5)).find(|&a| word(a) == "between")?;
    if !(item.last..between).all(|a| content(view, sentence, a)) {
        return None;
    }
    let phrase = |a: usize| content(view, sentence, a) || matches!(word(a).as_str(), "and" | "across" | "in" | "of");
    let end = (between + 1..sentence.toks.len().min(between + 11)).take_while(|&a| phrase(a)).last()? + 1;
    (between + 1..end).any(|a| word(a) == "and").then(|| Subject {
        name: sentence.span_of(between + 1, end).of(text).to_owned(),
        kind: EntityType::Any,
        entity: None,
        instance: None,
    })
}

/// Whether the verb right before a count is one of writing: who posts three sentences has posted a text of three.
fn written(view: &DocumentView<'_>, figure: &Figure<'_>) -> bool {
    let Figure { sentence, item, noun, .. } = *figure;
    noun.is_some()
        && item.first.checked_sub(1).is_some_and(|a| {
            let words: Vec<_> = sentence.words_from(a).take(2).collect();
            view.lookup.terms("speech-verbs").at(&words, Some("written")).is_some()
        })
}

/// "Views piled up on that post", "the three sentences that she posted": what is counted is of the post.
fn posted(view: &DocumentView<'_>, figure: &Figure<'_>) -> Option<Subject> {
    let Figure { sentence, item, .. } = *figure;
    figure.noun?;
    let context = view.context();
    let on = sentence.items.iter().find(|i| {
        let before = i.first.checked_sub(1).map(|b| sentence.word(view.text, b).to_lowercase());
        i.first > item.last
            && i.first <= item.last + 8
            && matches!(i.kind, ItemKind::Nominal { kind: EntityType::Document, definite: true, .. })
            && matches!(before.as_deref(), Some("on" | "for" | "of" | "to"))
    });
    if let Some(on) = on {
        return context.subject(sentence, on);
    }
    let verb = (item.last + 1..sentence.toks.len().min(item.last + 7)).find(|&a| {
        let words: Vec<_> = sentence.words_from(a).take(2).collect();
        view.lookup.terms("speech-verbs").at(&words, Some("written")).is_some()
    })?;
    let who = sentence.items.iter().find(|i| i.last == verb && i.first > item.last)?;
    context.subject(sentence, who).filter(|s| s.kind == EntityType::Person).map(|s| s.of_person("post"))
}

/// What odds are given of: "60 per cent odds of an early frost".
fn odds_of(view: &DocumentView<'_>, figure: &Figure<'_>) -> Option<Subject> {
    let Figure { sentence, item, .. } = *figure;
    let text = view.text;
    if !odds(view, figure) {
        return None;
    }
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
fn lasting(figure: &Figure<'_>) -> Option<Subject> {
    let Figure { sentence, item, quantity, .. } = *figure;
    let event = sentence.items.iter().find(|i| {
        i.last > item.last
            && i.last <= item.last + 3
            && matches!(i.kind, ItemKind::Nominal { kind: EntityType::Event, .. })
    })?;
    let ItemKind::Nominal { head, .. } = &event.kind else { return None };
    let adjective = item.last.checked_sub(1).is_some_and(|l| sentence.toks[l].glued);
    (quantity.shape == Shape::Duration && adjective).then(|| Subject::event(head))
}

/// The thing that a measure describes: "a 12-door barge", "the 3-inch Tern panel".
fn described(view: &DocumentView<'_>, figure: &Figure<'_>, rule: &ExtractRule) -> Option<Subject> {
    let Figure { sentence, item, noun, .. } = *figure;
    let end = noun.map_or(item.last, |n| sentence.toks.partition_point(|t| t.span.start < n.end)).max(item.last);
    let joined = (item.first + 1..end).any(|a| sentence.toks[a].glued);
    if !joined || rule.subject.first() != Some(&EntityType::Product) {
        return None;
    }
    let named = |a: usize| sentence.items.iter().find(|i| matches!(i.kind, ItemKind::Name(_)) && i.first == a);
    let last = (end..sentence.toks.len().min(end + 4)).take_while(|&a| content(view, sentence, a)).last();
    let behind = last.map_or(end, |a| a + 1);
    match (named(behind), last) {
        (Some(name), _) => view.context().subject(sentence, name),
        (None, Some(last)) => Some(Subject {
            name: sentence.span_of(end, last + 1).of(view.text).to_owned(),
            kind: EntityType::Product,
            entity: None,
            instance: None,
        }),
        (None, None) => None,
    }
}

/// What consists of what is counted: the project of "a project of 250,000 lines".
fn consisting(view: &DocumentView<'_>, figure: &Figure<'_>, rule: &ExtractRule) -> Option<Subject> {
    let Figure { sentence, item, quantity, noun, .. } = *figure;
    let word = |a: usize| sentence.word(view.text, a).to_lowercase();
    let of = item.first.checked_sub(1).filter(|&a| word(a) == "of")?;
    let (first, last) = noun_phrase_before(view, sentence, of)?;
    let indefinite = first.checked_sub(1).is_some_and(|a| matches!(word(a).as_str(), "a" | "an" | "another"));
    let counted = quantity.shape == Shape::Number && noun.is_some() && rule.is_of(EntityType::Product);
    (indefinite && counted && !names_measure(view, sentence, first, last)).then(|| Subject {
        name: sentence.span_of(first, last).of(view.text).to_owned(),
        kind: EntityType::Any,
        entity: None,
        instance: None,
    })
}

/// The event that opens a sentence ("Over a two-day run, …") is what its figures are of.
fn setting(view: &DocumentView<'_>, figure: &Figure<'_>) -> Option<Subject> {
    let Figure { sentence, item, .. } = *figure;
    let opening = matches!(sentence.word(view.text, 0), "Over" | "In" | "During");
    let comma = (0..item.first.min(9)).find(|&a| sentence.mark(view.text, a) == Some(','))?;
    let event = sentence.items.iter().find_map(|i| match &i.kind {
        ItemKind::Nominal { kind: EntityType::Event, head, owner: None, .. } if i.last == comma => Some(head),
        _ => None,
    })?;
    opening.then(|| Subject::event(event))
}

/// "Outside the five coastal towns": a definite count with nothing else to be of says how many its own set has.
fn set(view: &DocumentView<'_>, figure: &Figure<'_>) -> Option<Subject> {
    let Figure { sentence, item, quantity, noun, .. } = *figure;
    let noun = noun.filter(|n| quantity.shape == Shape::Number && n.start >= item.span.end)?;
    let definite = (item.first.saturating_sub(2)..item.first).any(|a| {
        matches!(sentence.word(view.text, a).to_lowercase().as_str(), "the" | "these" | "those")
            && (a + 1..item.first).all(|b| sentence.toks[b].kind == TokenKind::Word)
    });
    definite.then(|| Subject {
        name: noun.of(view.text).to_owned(),
        kind: EntityType::Any,
        entity: None,
        instance: None,
    })
}

/// "The harbour division brought in 12 million": what a clause is about in its own words, where they name nobody and are
/// not what is measured.
fn topic(view: &DocumentView<'_>, figure: &Figure<'_>, attribute: &str) -> Option<Subject> {
    let Figure { sentence, item, quantity, .. } = *figure;
    // A length of time is of whatever its ends are of, and dates are not told apart by the words of their clause.
    if quantity.shape == Shape::Duration {
        return None;
    }
    let word = |a: usize| sentence.word(view.text, a).to_lowercase();
    let term = |lexicon: &str, a: usize| {
        let words: Vec<_> = sentence.words_from(a).take(2).collect();
        view.lookup.terms(lexicon).at(&words, None).is_some()
    };
    let verb = |a: &usize| term("auxiliaries", *a) || verb_at(view, sentence, *a).is_some();
    let clause = (0..item.first).rev().take(REACH).take_while(|&a| sentence.mark(view.text, a).is_none());
    // The nearest verb that has a subject: "the project appeared and had …". Who says something is not what it is of.
    let (first, last) = clause
        .filter(|a| verb(a) || term("speech-verbs", *a))
        .find_map(|a| noun_phrase_before(view, sentence, a).map(|phrase| (phrase, a)))
        .filter(|(_, a)| !term("speech-verbs", *a))?
        .0;
    let phrase = sentence.span_of(first, last);
    let before = first.checked_sub(1);
    // "The division" and "its division" open a clause; "in the division", "Norvik's division" do not.
    let article =
        before.filter(|&b| matches!(word(b).as_str(), "the" | "a" | "an" | "this" | "that" | "our" | "my" | "your"));
    let lead = article.map_or(before, |a| a.checked_sub(1));
    let opens = lead.is_none_or(|b| {
        matches!(sentence.mark(view.text, b), Some(',' | ';' | ':' | '—' | '(' | '.' | '“'))
            || matches!(word(b).as_str(), "and" | "but" | "while" | "that" | "as" | "whereas")
    });
    let head = word(last - 1);
    let measured = attribute.split(' ').any(|w| w == head) || names_measure(view, sentence, first, last);
    (opens && !measured).then(|| Subject {
        name: phrase.of(view.text).to_owned(),
        kind: EntityType::Any,
        entity: None,
        instance: None,
    })
}

/// "libtern, by contrast, has 45 rules": what opens a sentence written small is a name that is spelt so.
fn small(view: &DocumentView<'_>, figure: &Figure<'_>) -> Option<Subject> {
    let Figure { sentence, item, .. } = *figure;
    let first = sentence.toks.first().filter(|t| t.kind == TokenKind::Word && !t.capital && !t.quoted)?;
    let word = first.span.of(view.text);
    let function = view.lookup.terms("function-words").at(&[first.words], None).is_some();
    let prose = view.segment_of(sentence).kind == SegmentKind::Sentence
        && sentence.span.of(view.text).trim_end().ends_with(['.', '!', '?']);
    let listed = sentence.items.iter().any(|i| i.first == 0);
    (prose && !function && !listed && item.first > 1).then(|| Subject {
        name: word.to_owned(),
        kind: EntityType::Any,
        entity: None,
        instance: None,
    })
}

#[cfg(test)]
mod tests {
    use crate::claim::Extractor;
    use crate::rule::Rules;
    use crate::source::Document;

    /// The subjects of the figures of a text, in order.
    fn subjects(text: &str) -> Vec<String> {
        let rules = Rules::embedded().unwrap();
        let extraction = Extractor::new(&rules).extract(&Document::from_text("a.txt", text), None);
        let figures = extraction.claims.into_iter().filter(|c| matches!(c.value, crate::value::Value::Quantity(_)));
        figures.map(|c| c.subject.map_or("?".to_owned(), |s| s.name)).collect()
    }

    #[test]
    fn a_speaker_is_not_what_is_spoken_of() {
        assert_eq!(subjects("Mayor Ingrid Solberg said that 1,540 people were injured."), ["?"]);
        assert_eq!(subjects("Ingrid Solberg owns 12 boats."), ["Ingrid Solberg"]);
    }

    #[test]
    fn an_abbreviation_is_nobody() {
        assert_eq!(subjects("They came at 9 PM. Then 1,200 boats left the harbour."), ["?"]);
        assert_eq!(subjects("The new ferry has 8 GB of memory and 256 GB of storage."), ["new ferry", "new ferry"]);
    }

    #[test]
    fn an_age_is_of_the_name_beside_it() {
        assert_eq!(subjects("The court of Lowmere freed Astrid Lund, 38, on Monday."), ["Astrid Lund"]);
        assert_eq!(subjects("Astrid Lund lost her brother, 23-year-old keeper Omar Haldane."), ["Omar Haldane"]);
    }

    #[test]
    fn a_clause_names_its_own_subject() {
        assert_eq!(subjects("Norvik Holdings met. The harbour division brought in $12 million."), ["harbour division"]);
    }

    #[test]
    fn a_crash_is_nobodys() {
        let text = "Ingrid Solberg arrived on Monday. The crash killed 12 people.";
        assert!(subjects(text).iter().all(|s| !s.contains("Solberg")));
    }

    #[test]
    fn she_is_nobody_called_rolf() {
        let text = "Ottla Brask is a thrower. Her coach, Rolf Tengel, trained her for 9 years. She owns 12 boats.";
        assert_eq!(subjects(text).last().unwrap(), "Ottla Brask");
        let text = "Norvik Boats mourns its founder, Astrid Lund. She owned 12 boats.";
        assert_eq!(subjects(text), ["Astrid Lund"]);
        assert_eq!(subjects("Norvik Holdings was sold. She owned 12 boats."), ["?"], "a company is no \"she\"");
    }

    #[test]
    fn a_verb_between_two_names_has_an_object() {
        assert_eq!(subjects("Ada Lovelace beat Astrid Lund by 4,120 votes."), ["Ada Lovelace"]);
        assert_eq!(subjects("Astrid Lund runs the bakery of Omar Haldane. She owns 12 boats."), ["Astrid Lund"]);
    }

    #[test]
    fn a_project_of_many_lines_has_them() {
        assert_eq!(subjects("Norvik Tern formats a project of 250,000 lines of code."), ["project"]);
    }

    #[test]
    fn a_name_spelt_small_is_a_name() {
        let text = "Norvik Tern has 320 rules.\n\nlibgull, by contrast, has 45 rules.";
        assert_eq!(subjects(text), ["Norvik Tern", "libgull"]);
    }
}
