//! What a number counts: the unit that tells which numbers can be held against each other, and the noun that says which
//! part of it is meant. Nouns for human beings are of one unit: 12 passengers and 12 Danes are 12 people.

use std::sync::Arc;

use crate::claim::view::DocumentView;
use crate::mention::Sentence;
use crate::rule::{ExtractRule, Lookup};
use crate::text::{fold, lemmas};
use crate::value::{Quantity, Shape, Unit};

use super::figure::Figure;

/// The lexicon of nouns for human beings, and how rules name it among what a number may count.
const PEOPLE: &str = "people";
const ANY_PEOPLE: &str = "@people";

/// The lexicon of nouns for groups of human beings.
const GROUPS: &str = "groups";

/// The class of its nouns that narrow nothing.
const ANYONE: &str = "anyone";

/// What the unit table adds to the units of ages.
const OF_AGE: &str = " of age";

/// Whether a figure is an age.
pub(super) fn age(figure: &Figure<'_>) -> bool {
    figure.quantity.unit.name.ends_with(OF_AGE)
}

/// Whether what a number counts is one of the nouns that a rule takes. A number that counts nothing fits any rule.
pub(super) fn fits(view: &DocumentView<'_>, figure: &Figure<'_>, rule: &ExtractRule) -> bool {
    let Some(head) = head(view, figure) else { return true };
    let counts = &rule.cues.counts;
    let mut known = counts.iter().any(|c| c == ANY_PEOPLE) && people(view, figure).is_some();
    lemmas(&head, |lemma| known |= counts.iter().any(|c| c == lemma));
    known
}

/// "8,200 flying hours", "three working days": a count of a unit of time is a length of time.
pub(super) fn timed(view: &DocumentView<'_>, figure: &Figure<'_>) -> Option<Quantity> {
    figure.noun.filter(|_| figure.quantity.shape == Shape::Number)?;
    let name = figure.quantity.unit.dimension.strip_prefix("count:")?;
    let unit = view.rules.measures().units.iter().find(|u| *u.unit.name == *name && u.shape == Shape::Duration)?;
    Some(Quantity { unit: unit.unit.clone(), shape: Shape::Duration, ..figure.quantity.clone() })
}

/// The quantity of a claim: a number of people is of people, whatever they are called; a number whose attribute a rule
/// tells counts that; a `bare_age` is stated in years.
pub(super) fn counted(
    view: &DocumentView<'_>,
    figure: &Figure<'_>,
    rule: Option<&ExtractRule>,
    attribute: &str,
    bare_age: bool,
) -> Quantity {
    let mut quantity = figure.quantity.clone();
    // "Solberg, 38": how long somebody has lived, in the unit of any other length of time.
    let lived = if bare_age { Some("year") } else { quantity.unit.name.strip_suffix(OF_AGE) };
    if let Some(unit) = lived.and_then(|name| view.rules.measures().units.iter().find(|u| *u.unit.name == *name)) {
        quantity.unit = unit.unit.clone();
        quantity.shape = unit.shape;
    }
    // "EPS of $4.93": what is stated per share says so once.
    if let Some((_, per)) = rule.and_then(|r| r.attribute.split_once(" per "))
        && quantity.shape == Shape::Money
        && !quantity.unit.name.contains('/')
    {
        let Unit { name, dimension, .. } = &quantity.unit;
        let (name, dimension) = (format!("{name}/{per}").into(), format!("{dimension}/{per}").into());
        quantity.unit = Unit { name, dimension, ..quantity.unit };
    }
    if quantity.shape != Shape::Number {
        return quantity;
    }
    // "Six engines were sent": what a rule counts besides people stays what it is.
    let other = |counts: &[String]| {
        let mut named = false;
        head(view, figure).iter().for_each(|head| lemmas(head, |lemma| named |= counts.iter().any(|c| c == lemma)));
        named
    };
    let counts = rule.map_or(&[][..], |r| &r.cues.counts);
    let takes_people = || counts.first().is_some_and(|c| c == ANY_PEOPLE) && !other(&counts[1..]);
    let anything = figure.noun.is_none() && quantity.unit.name.is_empty();
    // "A gang of four": what such a group counts is people, under no name of their own.
    if anything && view.lookup.term_of(GROUPS, attribute).is_some() {
        quantity.unit = Unit { dimension: Arc::from("count:people"), ..quantity.unit };
    } else if people(view, figure).is_some() || takes_people() {
        quantity.unit = Unit { name: Arc::from(PEOPLE), dimension: Arc::from("count:people"), ..quantity.unit };
    } else if let Some(rule) = rule.filter(|r| anything || !r.cues.counts.is_empty()) {
        quantity.unit = Unit { dimension: Arc::from(format!("count:{}", rule.attribute)), ..quantity.unit };
    }
    quantity
}

/// Which of those that a rule counts: "children" of "12 children were killed", "gold" of "12 gold medals". `None` where the
/// noun says no more than the rule.
pub(super) fn part(
    view: &DocumentView<'_>,
    figure: &Figure<'_>,
    rule: &ExtractRule,
    cue: (usize, usize),
) -> Option<String> {
    let noun = figure.noun?;
    let head = head(view, figure)?;
    let mut own = noun.overlaps(figure.sentence.span_of(cue.0, cue.1));
    lemmas(&head, |lemma| own |= rule.cues.nouns.iter().any(|n| n == lemma));
    if own {
        let words = fold(noun.of(view.text));
        let (sort, _) = words.rsplit_once(' ')?;
        let named = |w: &str| rule.cues.nouns.iter().any(|n| n.split(' ').any(|n| n == w));
        return sort.split(' ').any(|w| !view.lookup.is_in("no-sorts", w) && !named(w)).then(|| sort.to_owned());
    }
    (people(view, figure).as_deref() != Some(ANYONE)).then(|| fold(noun.of(view.text)))
}

/// Of what sort are the things that a number counts: the words before the last of their noun phrase. "Display" of "three
/// display cases".
pub(super) fn sort(view: &DocumentView<'_>, figure: &Figure<'_>) -> Option<String> {
    let noun = figure.noun.filter(|_| figure.quantity.shape == Shape::Number)?;
    let mut words = crate::text::fold_words(noun.of(view.text));
    words.pop();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The compound participle right before a noun, which sets a sort apart from the rest of its kind: "risk-weighted assets",
/// "debt-financed purchases", "non-performing loans". `at` is the token of the noun.
pub(super) fn compounded(text: &str, sentence: &Sentence, at: usize, lookup: &Lookup) -> Option<String> {
    let end = sentence.toks.get(at)?.span.start as usize;
    let before = text.get(sentence.span.start as usize..end)?;
    let word = before.strip_suffix(' ')?.rsplit(char::is_whitespace).next()?.to_lowercase();
    let (first, last) = word.split_once('-')?;
    let sorted = first == "non" || ["ed", "based", "term"].iter().any(|e| last.ends_with(e));
    let plain = word.chars().all(|c| c.is_alphabetic() || c == '-');
    let judges = lookup.term_of("compounds", first).is_some_and(|t| &*t.class == "judging");
    (sorted && plain && !last.contains('-') && !first.ends_with("ly") && !judges).then_some(word)
}

/// The last word of the counted noun phrase.
fn head(view: &DocumentView<'_>, figure: &Figure<'_>) -> Option<String> {
    let noun = figure.noun.filter(|_| figure.quantity.shape == Shape::Number)?;
    let words = noun.of(view.text);
    let last = words.rsplit(char::is_whitespace).next().map(fold).unwrap_or_default();
    // "Great-grandchildren" are no grandchildren.
    let other = last.split_once('-').is_some_and(|(prefix, _)| {
        view.lookup.term_of("compounds", prefix).is_some_and(|t| &*t.class == "another thing")
    });
    if other { Some(last) } else { crate::text::fold_words(words).pop() }
}

/// The class of the noun for people that a number counts.
pub(super) fn people(view: &DocumentView<'_>, figure: &Figure<'_>) -> Option<Box<str>> {
    let sentence = figure.sentence;
    let noun = figure.noun.filter(|_| figure.quantity.shape == Shape::Number)?;
    let last = sentence.toks.partition_point(|t| t.span.start < noun.end).checked_sub(1)?;
    let words: Vec<_> = sentence.words_from(last).take(1).collect();
    view.lookup.terms(PEOPLE).at(&words, None).map(|(_, term)| term.class.clone())
}

#[cfg(test)]
mod tests {
    use crate::claim::given::EXTRACTOR;
    use crate::source::Document;
    use crate::value::Value;

    #[test]
    fn what_is_counted_beside_people_is_none() {
        for (text, units) in [
            ("The town sent 40 soldiers and six engines.", ["people", "engines"]),
            ("The storm displaced 900 people and 300 households.", ["people", "households"]),
        ] {
            let claims = EXTRACTOR.extract(&Document::from_text("a.txt", text), None).claims;
            let unit = |c: &crate::claim::Claim| match &c.value {
                Value::Quantity(q) => Some(q.unit.name.to_string()),
                _ => None,
            };
            assert_eq!(claims.iter().filter_map(unit).collect::<Vec<_>>(), units, "{text}");
        }
    }
}
