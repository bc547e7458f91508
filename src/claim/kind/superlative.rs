//! What is stated about a thing as the only one, the largest, or the first of its kind: "the largest bridge in Lowmere", "the
//! only ferry to carry trains", "one of two ferries to carry trains", "the second woman to cross the strait".
//!
//! Comes in: sentences in which a name is said to be that, by a form of "be" or beside it, or to run, own or make it: "runs
//! the largest ferry line in Lowmere", "has Lowmere's largest fleet". Goes out: claims of a rank, of a
//! place in time, of how many such there are; and of a rank once more turned round, with the name as the value, so that
//! two names for one rank meet (`candidate::keep_answered` drops those that no other page answers). Everything between the
//! words and the end of the clause has to be understood: a qualifier that is not makes no claim. "Among the largest" and
//! "one of the largest" tell of no rank.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::claim::factuality::{factuality, possessive};
use crate::claim::model::{Claim, ContextRole, Subject};
use crate::claim::view::DocumentView;
use crate::entity::governed;
use crate::mention::{Item, ItemKind, Ordinal, Sentence, resolve};
use crate::rule::{Comparator, EntityType, Lookup, Modality, Polarity, TimeNature};
use crate::text::{Span, TokenKind, content_lemma, fold, fold_words};
use crate::value::{Bound, Quantity, Shape, TimeValue, Unit, Value};

use super::model::Kind;
use super::word::content;

/// See the module.
pub(super) struct Superlative;

/// Most words of what something is the largest of, of where, and of what it was the first to do.
const NOUNS: usize = 6;
const PLACE: usize = 5;
const DEED: usize = 14;

/// Verbs by which somebody has what is the largest, by class.
const RUNNING: &str = "running";
/// The class that needs no axis: who runs the largest line is, of those who run lines, the largest.
const RUN: &str = "run";

/// The axes on which a rank is compared: among what, where, by which measure, to do what, and whose it is by which verb.
const AMONG: &str = "among";
const WHERE: &str = "in";
const BY: &str = "by";
const TO: &str = "to";
const BY_VERB: &str = "verb";

/// What is said of a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// "The largest": a place in an order of size.
    Rank,
    /// "The first … to …": a place in time.
    Turn,
    /// "The only": how many such there are.
    Only,
}

impl Kind for Superlative {
    fn name(&self) -> &'static str {
        "superlative"
    }

    fn extract(&self, view: &DocumentView<'_>, claims: &mut Vec<Claim>) {
        for sentence in view.sentences {
            let opens = |at: &usize| {
                let word = sentence.word(view.text, *at);
                word.eq_ignore_ascii_case("the") || word.eq_ignore_ascii_case("one") || possessive(sentence, *at)
            };
            for at in (0..sentence.toks.len()).filter(opens) {
                let Some(mut stated) = stated(view, sentence, at) else { continue };
                let Some((item, said)) = said_of(view, sentence, stated.start, stated.end) else { continue };
                if let Some(verb) = said.verb.filter(|verb| verb != RUN) {
                    stated.scope.insert(BY_VERB.to_owned(), verb);
                }
                claims.extend(rank(view, sentence, item, &stated, said.past));
                claims.extend(turned(view, sentence, item, &stated, said.past));
            }
        }
    }
}

/// A superlative with all that narrows it down.
struct SuperlativePhrase {
    sort: Sort,
    /// Tokens of the value: "second", "largest", "only", "one of two".
    value: (usize, usize),
    number: Quantity,
    /// Whether an ordinal says which place: then the kind of claims of ranks makes the claim.
    ordinal: bool,
    scope: BTreeMap<String, String>,
    as_of: Option<(Span, TimeValue)>,
    /// First token of all of it, the owner's in "Lowmere's largest bridge", and the token behind.
    start: usize,
    end: usize,
}

/// How a name is said to be something.
struct Predication {
    /// Whether it was so once.
    past: bool,
    /// The class of the verb, where it is no form of "be".
    verb: Option<String>,
}

/// Whose largest it is: "Lowmere's", "the world's". The first token, and the words; `at` is that of the ending.
fn owner(view: &DocumentView<'_>, sentence: &Sentence, at: usize) -> Option<(usize, String)> {
    let noun = at.checked_sub(1)?;
    let named = sentence.items.iter().find(|i| i.last == at && matches!(i.kind, ItemKind::Name(_))).map(|i| i.first);
    // "The country's", not "this year's" or "the harbour council's".
    let single = || noun.checked_sub(1).filter(|&the| sentence.word(view.text, the).eq_ignore_ascii_case("the"));
    let (start, first) = named.map(|first| (first, first)).or_else(|| single().map(|the| (the, noun)))?;
    let timed = sentence
        .items
        .iter()
        .any(|i| i.last > first && i.first < at && matches!(i.kind, ItemKind::Time(_) | ItemKind::Undated(_)));
    (!timed).then(|| (start, fold(sentence.span_of(first, at).of(view.text))))
}

/// The words of a superlative from the article or the possessive ending, or the "one" of "one of two", at a token on.
fn stated(view: &DocumentView<'_>, sentence: &Sentence, at: usize) -> Option<SuperlativePhrase> {
    let word = |a: usize| sentence.word(view.text, a).to_lowercase();
    let (value, number, ordinal, sort, nouns);
    if word(at) == "one" && word(at + 1) == "of" {
        let count = at + 2 + usize::from(word(at + 2) == "only" || word(at + 2) == "just");
        (number, nouns) = several(view, sentence, count)?;
        (value, ordinal, sort) = ((at, nouns), false, Sort::Only);
    } else if !sentence.toks[at].quoted {
        let begin = sentence.toks.get(at + 1)?.span.start;
        let place = sentence.ordinals.iter().find(|(span, _)| span.start == begin);
        let nth = match place {
            Some((span, Ordinal::Nth(n))) => Some((sentence.toks.partition_point(|t| t.span.start < span.end), *n)),
            Some(_) => return None,
            // "Second-largest": joined to the superlative, which makes it no ordinal of its own.
            None => {
                let joined = || superlative(&word(at + 2), view.lookup);
                let nth = view.rules.measures().ordinal(&word(at + 1));
                nth.filter(|n| *n > Decimal::ONE && joined()).map(|n| (at + 2, n))
            }
        };
        let first = nth.map_or(at + 1, |(behind, _)| behind);
        value = (at + 1, first.max(at + 2));
        number = exactly(nth.map_or(Decimal::ONE, |(_, n)| n));
        ordinal = place.is_some();
        if superlative(&word(first), view.lookup) {
            (sort, nouns) = (Sort::Rank, first);
        } else if nth.is_some() {
            (sort, nouns) = (Sort::Turn, first);
        } else if matches!(word(first).as_str(), "only" | "sole") {
            (sort, nouns) = (Sort::Only, first + 1);
        } else if word(first) == "first" {
            (sort, nouns) = (Sort::Turn, first + 1);
        } else {
            return None;
        }
    } else {
        return None;
    }
    let owner = if possessive(sentence, at) { Some(owner(view, sentence, at)?) } else { None };
    let mut end = (nouns..sentence.toks.len()).take(NOUNS + 1).take_while(|&a| content(view, sentence, a)).last()? + 1;
    // A superlative needs a noun: "the largest was sold".
    let least = nouns + usize::from(sort == Sort::Rank) + usize::from(matches!(word(nouns).as_str(), "most" | "least"));
    if end - nouns > NOUNS || end <= least {
        return None;
    }
    let among: Vec<String> = fold_words(sentence.span_of(nouns, end).of(view.text));
    // "Ferry" of "one of two ferries": the head in one form.
    let head = among.last().map(|w| content_lemma(w)).unwrap_or_default();
    let among = [&among[..among.len().saturating_sub(1)], &[head]].concat().join(" ");
    let mut scope = BTreeMap::from([(AMONG.to_owned(), among)]);
    let start = owner.as_ref().map_or(at, |(start, _)| *start);
    scope.extend(owner.map(|(_, words)| (WHERE.to_owned(), words)));
    let mut as_of = None;
    while let Some(next) = qualifier(view, sentence, end, sort, &mut scope, &mut as_of) {
        end = next;
    }
    let turn = sort != Sort::Turn || scope.contains_key(TO);
    (turn && closed(view, sentence, end)).then_some(SuperlativePhrase {
        sort,
        value,
        number,
        ordinal,
        scope,
        as_of,
        start,
        end,
    })
}

/// "Two", "three", "several": how many such there are, and the first token of what they are.
fn several(view: &DocumentView<'_>, sentence: &Sentence, at: usize) -> Option<(Quantity, usize)> {
    let counted = sentence.items.iter().find(|i| i.first == at && matches!(i.kind, ItemKind::Quantity { .. }));
    if let Some(Item { kind: ItemKind::Quantity { quantity, .. }, last, .. }) = counted {
        let number = quantity.number.filter(|n| *n > Decimal::ONE && n.fract().is_zero())?;
        // The item may take in the noun.
        let figure = (at..*last).take_while(|&a| a == at || !content(view, sentence, a)).last()? + 1;
        return (quantity.bound == Bound::Exact).then(|| (exactly(number), figure));
    }
    let word = sentence.word(view.text, at).to_lowercase();
    let many = matches!(word.as_str(), "several" | "many" | "dozens" | "hundreds" | "numerous");
    let of = usize::from(sentence.word(view.text, at + 1) == "of");
    many.then(|| (Quantity { bound: Bound::AtLeast, ..exactly(Decimal::TWO) }, at + 1 + of))
}

fn exactly(number: Decimal) -> Quantity {
    Quantity {
        shape: Shape::Number,
        number: Some(number),
        min: None,
        max: None,
        step: Decimal::ONE,
        unit: Unit::none(),
        bound: Bound::Exact,
    }
}

/// Whether a word tells of the top of an order: "largest", "most".
pub(super) fn superlative(word: &str, lookup: &Lookup) -> bool {
    word.len() > 4 && word.ends_with("est") && !lookup.is_in("no-superlatives", word)
        || matches!(word, "most" | "best" | "worst" | "least")
}

/// Reads what narrows a superlative down at a token: "in Lowmere", "by revenue", "to carry trains", "in May 2024". Goes
/// out: the token behind it.
fn qualifier(
    view: &DocumentView<'_>,
    sentence: &Sentence,
    at: usize,
    sort: Sort,
    scope: &mut BTreeMap<String, String>,
    as_of: &mut Option<(Span, TimeValue)>,
) -> Option<usize> {
    let word = sentence.word(view.text, at).to_lowercase();
    let time = |from: usize| {
        sentence.items.iter().find_map(|i| match &i.kind {
            ItemKind::Time(expression) if i.first == from => {
                Some((i.last, i.span, resolve(expression, view.reference(sentence))))
            }
            _ => None,
        })
    };
    let in_time = matches!(word.as_str(), "in" | "on" | "of" | "at" | "since");
    if let Some((last, span, value)) = time(at).or_else(|| time(at + 1).filter(|_| in_time)).filter(|_| as_of.is_none())
    {
        *as_of = Some((span, value));
        return Some(last);
    }
    let article = usize::from(matches!(sentence.word(view.text, at + 1), "the" | "its" | "all"));
    let phrase = |most: usize| {
        let from = at + 1 + article;
        let noun = |a: &usize| content(view, sentence, *a) || sentence.named(*a);
        let end = (from..sentence.toks.len()).take(most + 1).take_while(noun).last()? + 1;
        (end - from <= most).then(|| (fold(sentence.span_of(from, end).of(view.text)), end))
    };
    let (axis, (words, end)) = match word.as_str() {
        "in" | "of" | "on" | "across" | "within" | "along" | "at" => (WHERE, phrase(PLACE)?),
        "by" if sort == Sort::Rank => (BY, phrase(PLACE)?),
        "to" if sort != Sort::Rank => (TO, deed(view, sentence, at + 1)?),
        _ => return None,
    };
    let free = !words.is_empty() && !scope.contains_key(axis);
    free.then(|| scope.insert(axis.to_owned(), words)).map(|_| end)
}

/// What somebody was the first or only one to do, up to the end of the clause, in the words that tell.
fn deed(view: &DocumentView<'_>, sentence: &Sentence, from: usize) -> Option<(String, usize)> {
    let end = (from..sentence.toks.len()).find(|&a| sentence.toks[a].kind == TokenKind::Mark);
    let end = end.unwrap_or(sentence.toks.len());
    let times =
        |i: &Item| matches!(i.kind, ItemKind::Time(_) | ItemKind::Undated(_)) && i.first >= from && i.last <= end;
    if end <= from || end - from > DEED || sentence.items.iter().any(times) {
        return None;
    }
    let words = fold_words(sentence.span_of(from, end).of(view.text));
    let stated = words.iter().filter(|w| !matches!(w.as_str(), "the" | "a" | "an")).map(|w| content_lemma(w));
    Some((stated.collect::<Vec<_>>().join(" "), end))
}

/// Whether what is said ends before a token: at a mark, or where the next clause is joined.
fn closed(view: &DocumentView<'_>, sentence: &Sentence, at: usize) -> bool {
    let word = |a: usize| sentence.word(view.text, a).to_lowercase();
    let joins = matches!(word(at).as_str(), "and" | "but" | "while" | "when" | "after")
        && matches!(
            word(at + 1).as_str(),
            "is" | "was" | "has" | "had" | "will" | "it" | "he" | "she" | "they" | "its" | "the" | "can" | "carries"
        );
    at >= sentence.toks.len()
        || joins
        || matches!(sentence.mark(view.text, at), Some(',' | '.' | ';' | ':' | '!' | '—' | '–' | ')'))
}

/// The name that is said to be what begins at a token and ends before another, or to run, own or make it.
fn said_of<'s>(
    view: &DocumentView<'_>,
    sentence: &'s Sentence,
    at: usize,
    end: usize,
) -> Option<(&'s Item, Predication)> {
    let word = |a: usize| sentence.word(view.text, a).to_lowercase();
    let mut before = at.checked_sub(1)?;
    let refers = |i: &&Item| {
        matches!(i.kind, ItemKind::Name(_) | ItemKind::Pronoun(_) | ItemKind::Nominal { definite: true, .. })
            && i.entity.is_some()
            && !governed(view.text, sentence, i.first)
            && !sentence.toks[i.first].quoted
    };
    let ending = |last: usize| sentence.items.iter().filter(refers).find(|i| i.last == last);
    // "Norvik Bridge, the largest bridge in Lowmere, …".
    if sentence.mark(view.text, before) == Some(',') {
        let list = matches!(word(end).as_str(), "and" | "or");
        let name = ending(before).filter(|i| matches!(i.kind, ItemKind::Name(_)) && !list);
        return name.map(|i| (i, Predication { past: false, verb: None }));
    }
    if matches!(word(before).as_str(), "now" | "still" | "also" | "already" | "currently" | "today" | "thus") {
        before = before.checked_sub(1)?;
    }
    let said = match word(before).as_str() {
        "is" | "are" | "remains" | "becomes" | "became" => Predication { past: false, verb: None },
        "was" | "were" | "remained" => Predication { past: true, verb: None },
        verb => {
            let (_, term) = view.lookup.terms(RUNNING).at(&[sentence.toks[before].words], None)?;
            // "Runs", "has": as it is; "ran", "had": as it was; "run", "running": no clause of its own.
            let past = !verb.ends_with('s') && !verb.ends_with("ing") && verb != &*term.key;
            let finite = past || verb.ends_with('s');
            finite.then(|| Predication { past: past && &*term.class != "make", verb: Some(term.class.to_string()) })?
        }
    };
    // "Norvik Holdings, which runs the …".
    let which = before.checked_sub(1).filter(|&a| matches!(word(a).as_str(), "which" | "who"));
    let comma = which.and_then(|a| a.checked_sub(1)).filter(|&a| sentence.mark(view.text, a) == Some(','));
    ending(comma.unwrap_or(before)).map(|i| (i, said))
}

/// The claim about the name. That something was the first stays so; that it was the largest may have ended.
fn rank(
    view: &DocumentView<'_>,
    sentence: &Sentence,
    item: &Item,
    stated: &SuperlativePhrase,
    past: bool,
) -> Option<Claim> {
    if stated.sort == Sort::Rank && stated.ordinal {
        return None;
    }
    let value = sentence.span_of(stated.value.0, stated.value.1);
    let attribute = match stated.sort {
        Sort::Rank => "rank",
        Sort::Turn => "place in time",
        Sort::Only => "how many such",
    };
    let claim = claim(view, sentence, item, stated, past)?;
    Some(Claim {
        value_span: value,
        kind: Arc::from("ranking"),
        shape: Shape::Number,
        subject: view.context().subject(sentence, item),
        family: attribute.to_owned(),
        attribute: attribute.to_owned(),
        comparator: Comparator::Interval,
        value: Value::Quantity(stated.number.clone()),
        ..claim
    })
}

/// The same turned round: who is the largest.
fn turned(
    view: &DocumentView<'_>,
    sentence: &Sentence,
    item: &Item,
    stated: &SuperlativePhrase,
    past: bool,
) -> Option<Claim> {
    let subject = view.context().subject(sentence, item)?;
    let place = stated.scope.get(WHERE)?;
    let top = stated.number.number == Some(Decimal::ONE);
    if stated.sort != Sort::Rank || !top || subject.instance.is_some() || !matches!(item.kind, ItemKind::Name(_)) {
        return None;
    }
    let order: Vec<&str> =
        [AMONG, WHERE, BY, BY_VERB].iter().filter_map(|axis| stated.scope.get(*axis)).map(String::as_str).collect();
    let claim = claim(view, sentence, item, stated, past)?;
    let whole = Subject { name: format!("all of {place}"), kind: EntityType::Any, entity: None, instance: None };
    Some(Claim {
        value_span: item.span,
        kind: Arc::from("superlative"),
        shape: Shape::Text,
        subject: Some(whole),
        attribute: order[0].to_owned(),
        family: format!("holder: {}", order.join(" / ")),
        comparator: Comparator::Name,
        value: Value::Text(subject.name),
        scope: claim.scope.into_iter().filter(|(axis, _)| axis == "when").collect(),
        ..claim
    })
}

/// What both have in common.
fn claim(
    view: &DocumentView<'_>,
    sentence: &Sentence,
    item: &Item,
    stated: &SuperlativePhrase,
    past: bool,
) -> Option<Claim> {
    let factuality = factuality(&view.context(), sentence, stated.value.0, stated.value.1, view.lookup);
    if factuality.polarity == Polarity::Negative
        || !matches!(factuality.modality, Modality::Asserted | Modality::Reported)
    {
        return None;
    }
    let mut context_spans = vec![(ContextRole::Subject, item.span)];
    context_spans.extend(factuality.context_spans);
    context_spans.extend(stated.as_of.iter().map(|(span, _)| (ContextRole::Time, *span)));
    let mut scope = stated.scope.clone();
    if past && stated.sort != Sort::Turn {
        scope.insert("when".to_owned(), "past".to_owned());
    }
    Some(Claim {
        context_spans,
        single_valued: true,
        moves: if stated.sort == Sort::Turn { TimeNature::Timeless } else { TimeNature::State },
        as_of: stated.as_of.as_ref().map(|(_, value)| value.clone()),
        scope,
        modality: factuality.modality,
        polarity: factuality.polarity,
        attributed_to: factuality.attributed_to,
        rule: "superlative".to_owned(),
        noise: view.segment_of(sentence).noise,
        // What is said of whom, the two claims made of it fill in.
        ..Claim::plain("ranking", String::new(), (sentence.span, item.span), Value::Text(String::new()))
    })
}

/// On which further axes a rank is told whose words end at a token, and when it holds. For claims of ranks with an ordinal.
pub(super) fn axes(
    view: &DocumentView<'_>,
    sentence: &Sentence,
    mut at: usize,
) -> (BTreeMap<String, String>, Option<TimeValue>) {
    let (mut scope, mut as_of) = (BTreeMap::new(), None);
    while let Some(next) = qualifier(view, sentence, at, Sort::Rank, &mut scope, &mut as_of) {
        at = next;
    }
    (scope, as_of.map(|(_, value)| value))
}

#[cfg(test)]
mod tests {
    use crate::claim::Extractor;
    use crate::rule::Rules;
    use crate::source::Document;
    use crate::value::value_words;

    /// What is stated as a rank or the like, each as "subject: attribute = value (axes)".
    fn stated(text: &str) -> Vec<String> {
        let rules = Rules::embedded().unwrap();
        let claims = Extractor::new(&rules).extract(&Document::from_text("a.txt", text), None).claims;
        let ranks = claims.iter().filter(|c| &*c.kind == "ranking" && c.rule != "ranking");
        ranks
            .map(|c| {
                let axes: Vec<String> = c.scope.iter().map(|(axis, value)| format!("{axis} {value}")).collect();
                let subject = c.subject.as_ref().map_or("?", |s| &s.name);
                format!("{subject}: {} = {} ({})", c.attribute, value_words(&c.value), axes.join(", "))
            })
            .collect()
    }

    #[track_caller]
    fn check(text: &str, wanted: &[&str]) {
        assert_eq!(stated(text), wanted, "{text}");
    }

    #[test]
    fn ranks() {
        check(
            "The Norvik Bridge is the largest bridge in Lowmere.",
            &["Norvik Bridge: rank = 1 (among largest bridge, in lowmere)"],
        );
        check(
            "The Norvik Bridge is the second-largest bridge in Lowmere.",
            &["Norvik Bridge: rank = 2 (among largest bridge, in lowmere)"],
        );
        check(
            "Norvik Holdings, the largest ferry operator in Lowmere by revenue, grew.",
            &["Norvik Holdings: rank = 1 (among largest ferry operator, by revenue, in lowmere)"],
        );
        check(
            "The Norvik Bridge was the longest bridge in Lowmere.",
            &["Norvik Bridge: rank = 1 (among longest bridge, in lowmere, when past)"],
        );
        check(
            "The Norvik Bridge is Lowmere's largest bridge.",
            &["Norvik Bridge: rank = 1 (among largest bridge, in lowmere)"],
        );
        check(
            "The Norvik Bridge is the world's second-longest bridge.",
            &["Norvik Bridge: rank = 2 (among longest bridge, in world)"],
        );
    }

    #[test]
    fn what_somebody_runs_or_owns() {
        check(
            "Norvik Holdings runs the largest ferry line in Lowmere.",
            &["Norvik Holdings: rank = 1 (among largest ferry line, in lowmere)"],
        );
        check(
            "Norvik Holdings, which operated Lowmere's largest ferry line, was sold.",
            &["Norvik Holdings: rank = 1 (among largest ferry line, in lowmere, when past)"],
        );
        check(
            "Norvik Holdings has the second-largest fleet in Lowmere.",
            &["Norvik Holdings: rank = 2 (among largest fleet, in lowmere, verb own)"],
        );
        check("Norvik Holdings praised the largest ferry line in Lowmere.", &[]);
        check("The Norvik Bridge was last year's largest site.", &[]);
    }

    #[test]
    fn one_of_a_kind_and_the_first() {
        check(
            "Norvik Holdings is the only operator to carry trains.",
            &["Norvik Holdings: how many such = 1 (among operator, to carry train)"],
        );
        check(
            "Norvik Holdings is one of several operators to carry trains.",
            &["Norvik Holdings: how many such = at least 2 (among operator, to carry train)"],
        );
        check(
            "Ingrid Solberg became the second woman to cross the strait.",
            &["Ingrid Solberg: place in time = 2 (among woman, to cross strait)"],
        );
    }

    #[test]
    fn what_is_not_understood_is_left() {
        for text in [
            "The Norvik Bridge is among the largest bridges in Lowmere.",
            "The Norvik Bridge is one of the largest bridges in Lowmere.",
            "The Norvik Bridge is perhaps the largest bridge in Lowmere.",
            "The Norvik Bridge is not the largest bridge in Lowmere.",
            "The Norvik Bridge may be the largest bridge in Lowmere.",
            "The Norvik Bridge is the largest bridge that has ever been painted.",
            "The Norvik Bridge is the largest bridge in Lowmere without a toll.",
            "Of the Norvik Bridge, the largest part was painted.",
            "Omar Lund praised the largest bridge in Lowmere.",
            "Omar Lund was the first to speak.",
        ] {
            check(text, &[]);
        }
    }
}
