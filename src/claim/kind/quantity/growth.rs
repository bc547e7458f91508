//! By how much something rose or fell, in per cent: what did, and against when.
//!
//! "Revenue rose 12 %", "revenue of 3 million, up 12 %", "a 12 % increase in revenue" all tell the growth of revenue. The
//! figure that a rate follows gives it its quantity, subject and scope; else the words of the change do.

use crate::claim::kind::word::content;
use crate::claim::model::{Claim, GROWTH, Subject};
use crate::claim::view::DocumentView;
use crate::mention::{Item, ItemKind, Pronoun};
use crate::text::{TokenKind, fold};
use crate::value::{Shape, Value};

use std::collections::BTreeMap;

use super::attribute::{noun_phrase_before, phrase_before};
use super::figure::{Figure, lead};
use super::role::{changed, measured_against, of_change};

/// The axis of what a change is counted from.
pub(super) const THAN: &str = "than";

/// Furthest figure that a rate can follow, and furthest words that say against when.
const NEAR: usize = 8;

/// Verbs of change by which somebody changes something else.
const TRANSITIVE: [&str; 14] = [
    "boost", "cut", "decrease", "expand", "halve", "improve", "increase", "lift", "lower", "raise", "reduce", "shrink",
    "slash", "trim",
];

/// A rate of change.
pub(super) struct Growth {
    /// What changed, with the word for a change.
    pub(super) attribute: String,
    /// That of the figure that the rate follows.
    pub(super) subject: Option<Subject>,
    /// Its scope, and against when the change is counted.
    pub(super) scope: BTreeMap<String, String>,
}

/// What a rate of change is of. `claims` are those that the sentence has given so far.
pub(super) fn growth(view: &DocumentView<'_>, figure: &Figure<'_>, claims: &[Claim]) -> Option<Growth> {
    if figure.quantity.shape != Shape::Percent || measured_against(view, figure) {
        return None;
    }
    let base = followed(view, figure, claims);
    let led = || lead(view, figure).is_some_and(|a| changes(view, figure, a));
    if base.is_none() && !changed(view, figure) && !led() {
        return None;
    }
    let mut growth = match base {
        // "Rose by 12 % in a year and 3 % in a quarter".
        Some(base) if base.attribute.ends_with(GROWTH) => {
            let mut scope = base.scope.clone();
            scope.remove(THAN);
            Growth { attribute: base.attribute.clone(), subject: base.subject.clone(), scope }
        }
        Some(base) => {
            let scope = base.scope.clone();
            Growth { attribute: named(&base.attribute), subject: base.subject.clone(), scope }
        }
        None => {
            let attribute = named(&changing(view, figure)?);
            Growth { attribute, subject: None, scope: BTreeMap::new() }
        }
    };
    if let Some(base) = against(view, figure) {
        growth.scope.insert(THAN.to_owned(), base.to_owned());
    }
    Some(growth)
}

fn named(what: &str) -> String {
    format!("{what}{GROWTH}")
}

/// Whether a token is a word of change; of a per cent all of them tell, "gained 12 %" as well.
fn changes(view: &DocumentView<'_>, figure: &Figure<'_>, at: usize) -> bool {
    let words: Vec<_> = figure.sentence.words_from(at).take(3).collect();
    view.lookup.terms("change").at(&words, None).is_some()
}

/// The figure that a rate follows: "3 million, up 12 %", "3 million (up 12 % and 4 %)", "3 million, 12 % more". One whose
/// quantity has a name.
fn followed<'c>(view: &DocumentView<'_>, figure: &Figure<'_>, claims: &'c [Claim]) -> Option<&'c Claim> {
    let Figure { sentence, item, .. } = *figure;
    let word = |a: usize| sentence.word(view.text, a).to_lowercase();
    let led = lead(view, figure)?;
    let coordinated = word(led) == "and";
    let up = matches!(word(led).as_str(), "up" | "down");
    let more = matches!(word(item.last).as_str(), "more" | "less" | "higher" | "lower" | "above" | "below");
    if !(up || more || coordinated) {
        return None;
    }
    let claim_of =
        |other: &Item| claims.iter().rev().find(|c| c.span == sentence.span && c.value_span.overlaps(other.span));
    let mut edge = led;
    let mut rated = up || more;
    for other in sentence.items.iter().rev().filter(|i| i.last <= item.first) {
        let ItemKind::Quantity { quantity, .. } = &other.kind else { continue };
        if other.last + NEAR < edge {
            return None;
        }
        edge = other.first;
        if quantity.shape == Shape::Percent {
            // "Up 33 % and 12 %": the second rate is of what the first is of.
            let grown = claim_of(other).filter(|c| c.attribute.ends_with(GROWTH));
            if let Some(claim) = grown.filter(|_| coordinated) {
                return Some(claim);
            }
            rated |= other.first.checked_sub(1).is_some_and(|a| matches!(word(a).as_str(), "up" | "down"));
            continue;
        }
        // "22 % above the 3 months before": a length of time is no base.
        if quantity.shape == Shape::Duration {
            continue;
        }
        let claim = claim_of(other)?;
        let stated = matches!(claim.value, Value::Quantity(_)) && !claim.is_unnamed_figure();
        let next = sentence.mark(view.text, other.last);
        return (rated && stated && matches!(next, Some(',' | '(') | None)).then_some(claim);
    }
    None
}

/// What rises or falls: "a 12 % increase in revenue", "a 12 % revenue increase", "revenue rose 12 %".
fn changing(view: &DocumentView<'_>, figure: &Figure<'_>) -> Option<String> {
    let Figure { sentence, item, .. } = *figure;
    let text = view.text;
    let word = |a: usize| sentence.word(text, a).to_lowercase();
    let phrase = (item.last..sentence.toks.len().min(item.last + 5))
        .take_while(|&a| content(view, sentence, a) || sentence.toks[a].glued);
    let noun = phrase.filter(|&a| of_change(view, sentence, a)).last();
    if let Some(noun) = noun {
        if matches!(word(noun + 1).as_str(), "in" | "of") {
            let first =
                noun + 2 + usize::from(matches!(word(noun + 2).as_str(), "the" | "its" | "their" | "his" | "her"));
            let last = (first..sentence.toks.len().min(first + 4)).take_while(|&a| content(view, sentence, a)).last();
            return last.map(|last| fold(sentence.span_of(first, last + 1).of(text)));
        }
        let own = |a: &usize| !of_change(view, sentence, *a) && sentence.toks[*a].kind == TokenKind::Word;
        let bases = |a: &usize| {
            !matches!(word(*a).as_str(), "year" | "over" | "on" | "quarter" | "annual" | "yearly" | "daily")
        };
        let last = noun.checked_sub(1).filter(|a| *a >= item.last).filter(own).filter(bases)?;
        return Some(fold(sentence.span_of(item.last, last + 1).of(text)));
    }
    let lead = lead(view, figure)?;
    if let Some(object) = object(view, figure, lead) {
        return Some(object);
    }
    let at = (lead.saturating_sub(2)..item.first).rev().find(|&a| changes(view, figure, a))?;
    // "Was up 12 %", "went down by 12 %"; "makes up 12 %" changes nothing.
    let verb = match word(at).as_str() {
        "up" | "down" => at.checked_sub(1).filter(|&a| {
            matches!(word(a).as_str(), "is" | "are" | "was" | "were" | "be" | "been" | "go" | "goes" | "went" | "gone")
        })?,
        _ => at,
    };
    // "Shares of Norvik rose": the head of the phrase that opens the clause; "it rose" tells of nothing.
    let pronoun = sentence.items.iter().any(|i| {
        i.last == verb && matches!(i.kind, ItemKind::Pronoun(Pronoun::Thing | Pronoun::Many | Pronoun::Person))
    });
    phrase_before(view, sentence, verb).filter(|_| !pronoun)
}

/// What somebody makes rise or fall: "the drug cut the rate of attacks by 12 %".
fn object(view: &DocumentView<'_>, figure: &Figure<'_>, by: usize) -> Option<String> {
    let sentence = figure.sentence;
    let word = |a: usize| sentence.word(view.text, a).to_lowercase();
    let transitive = |a: usize| {
        let words: Vec<_> = sentence.words_from(a).take(3).collect();
        let term = view.lookup.terms("change").at(&words, None);
        term.is_some_and(|(_, t)| TRANSITIVE.contains(&&*t.key))
    };
    let clause = (by.saturating_sub(12)..by).rev().take_while(|&a| sentence.mark(view.text, a).is_none());
    let verb = clause.into_iter().find(|&a| transitive(a)).filter(|_| word(by) == "by")?;
    let (first, end) = noun_phrase_before(view, sentence, by).filter(|(first, _)| *first > verb)?;
    // "Increased sharply by", "increased year over year by": nothing is made to rise.
    let says = (first..end).any(|a| !word(a).ends_with("ly") && base(&word(a)).is_none());
    says.then(|| fold(sentence.span_of(first, end).of(view.text)))
}

/// Against when a change is counted: the words behind the figure, up to the next one, else those right before it.
fn against(view: &DocumentView<'_>, figure: &Figure<'_>) -> Option<&'static str> {
    let Figure { sentence, item, .. } = *figure;
    let base = |a: usize| base(&sentence.word(view.text, a).to_lowercase());
    let figure_at = |a: usize| {
        let other =
            |kind: &ItemKind| matches!(kind, ItemKind::Quantity { quantity, .. } if quantity.shape != Shape::Duration);
        sentence.items.iter().any(|i| i.first == a && i.first > item.first && other(&i.kind))
    };
    let behind = (item.last..sentence.toks.len().min(item.last + NEAR))
        .take_while(|&a| !figure_at(a) && !matches!(sentence.mark(view.text, a), Some(',' | ';' | ')' | '.')));
    let found: Vec<&str> = behind.filter_map(base).collect();
    // "Than in the same quarter last year" is against the year before.
    found.iter().copied().find(|b| *b == "year").or_else(|| found.first().copied())
}

/// The time before which a word compares.
fn base(word: &str) -> Option<&'static str> {
    match word {
        "year" | "years" | "yoy" | "y/y" | "annual" | "annually" | "yearly" | "twelvemonth" => Some("year"),
        "quarter" | "quarters" | "qoq" | "q/q" | "sequentially" | "sequential" | "quarterly" => Some("quarter"),
        "q1" | "q2" | "q3" | "q4" => Some("quarter"),
        "month" | "monthly" | "mom" => Some("month"),
        "week" | "weekly" => Some("week"),
        "day" | "daily" | "overnight" => Some("day"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::claim::Extractor;
    use crate::rule::Rules;
    use crate::source::Document;
    use crate::value::Shape;

    /// Attribute and base of the first per cent of a text.
    fn grown(text: &str) -> (String, Option<String>) {
        let rules = Rules::embedded().unwrap();
        let claims = Extractor::new(&rules).extract(&Document::from_text("a.txt", text), None).claims;
        let claim = claims.into_iter().find(|c| c.shape == Shape::Percent).unwrap();
        (claim.attribute.clone(), claim.scope.get(super::THAN).cloned())
    }

    #[test]
    fn whatever_the_words_it_is_one_growth() {
        for text in [
            "Revenue rose 12% from a year ago.",
            "The yard reported revenue of $3 million, up 12% on the year.",
            "The yard reported revenue of $3 million, 12% more than a year ago.",
            "There was a 12% increase in revenue over the year.",
        ] {
            assert_eq!(grown(text), ("revenue growth".to_owned(), Some("year".to_owned())), "{text}");
        }
    }

    #[test]
    fn against_when() {
        assert_eq!(grown("Revenue rose 12% in a quarter.").1.as_deref(), Some("quarter"));
        assert_eq!(grown("Revenue rose 12% from the same quarter last year.").1.as_deref(), Some("year"));
        assert_eq!(grown("Revenue rose 12%.").1, None);
    }

    #[test]
    fn a_share_is_no_growth() {
        assert_eq!(grown("Boats make up 12% of the total.").1, None);
        assert!(!grown("Boats make up 12% of the total.").0.ends_with("growth"));
    }
}
