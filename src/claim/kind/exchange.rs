//! What one of a currency is worth in another: "£1 was worth $1.25", "1.25 dollars to the pound", "the euro traded at $1.08".
//!
//! Comes in: sentences with a sum beside exactly one of another currency. Goes out: one claim a rate, of the currency that
//! it is the worth of, in a unit of its own (`USD/GBP`), so that no sum is held against it. It takes both sums: neither
//! says what anything in the text cost. Runs before the kinds that would.

use rust_decimal::Decimal;

use crate::claim::factuality::factuality;
use crate::claim::model::{Claim, Subject};
use crate::claim::scope::as_of;
use crate::claim::view::DocumentView;
use crate::mention::{Item, ItemKind, Sentence};
use crate::rule::EntityType;
use crate::value::{Bound, Quantity, Shape, Unit, Value};

use super::model::Kind;

/// See the module.
pub(super) struct Exchange;

/// The lexicon of words between one of a currency and what it is worth.
const WORTH: &str = "worth";
/// Most tokens of these words.
const BETWEEN: usize = 6;

impl Kind for Exchange {
    fn name(&self) -> &'static str {
        "exchange"
    }

    fn extract(&self, view: &DocumentView<'_>, claims: &mut Vec<Claim>) {
        for sentence in view.sentences {
            for item in &sentence.items {
                if let Some((sum, one)) = sum(item).and_then(|sum| Some((sum, one_beside(view, sentence, item, sum)?)))
                {
                    claims.push(claim(view, sentence, item, sum, &one));
                }
            }
        }
    }
}

/// One of a currency, and its tokens.
struct One<'a> {
    unit: &'a Unit,
    first: usize,
    last: usize,
}

/// A sum that may be a worth: "$1.25", "about $1.25", not "over $1".
fn sum(item: &Item) -> Option<&Quantity> {
    let ItemKind::Quantity { quantity, .. } = &item.kind else { return None };
    let plain = matches!(quantity.bound, Bound::Exact | Bound::Approx | Bound::Nearly);
    let known = quantity.number.is_some_and(|n| n.is_sign_positive() && !n.is_zero());
    (quantity.shape == Shape::Money && plain && known).then_some(quantity)
}

/// The one of another currency whose worth the sum of an item is: the one before it, with nothing but words of worth
/// between, or the one behind it, after "to the" or the like.
fn one_beside<'a>(view: &DocumentView<'a>, sentence: &'a Sentence, item: &Item, sum: &Quantity) -> Option<One<'a>> {
    let text = view.text;
    let word = |a: usize| sentence.word(text, a).to_lowercase();
    let other = |one: &One<'_>| one.unit.dimension != sum.unit.dimension;
    // "to the pound", "to one pound", "per dollar".
    if matches!(word(item.last).as_str(), "to" | "against" | "per" | "for") {
        let bare = word(item.last) == "per";
        // "$3 for a pound" buys what is weighed; "to the pound" is how rates are stated.
        let weighed = |at: usize| {
            let measures = view.rules.measures();
            word(item.last) != "to" && measures.money_measured(measures.id(&word(at))).is_some()
        };
        let behind = [item.last + 1, item.last + 2]
            .into_iter()
            .filter(|&at| !weighed(at))
            .find_map(|at| one(view, sentence, at, bare));
        if let Some(one) = behind.filter(|one| other(one) && (one.first == item.last + 1)) {
            return Some(one);
        }
    }
    let words = view.lookup.terms(WORTH);
    let mut at = item.first;
    while item.first - at < BETWEEN {
        if let Some(one) = at.checked_sub(1).and_then(|end| ending(view, sentence, end)).filter(|one| other(one)) {
            return (at < item.first).then_some(one);
        }
        let before = at.checked_sub(1)?;
        let stated =
            words.at(&[sentence.toks[before].words], None).is_some() || sentence.mark(text, before) == Some('=');
        if !stated {
            return None;
        }
        at = before;
    }
    None
}

/// The one of a currency that ends with a token.
fn ending<'a>(view: &DocumentView<'a>, sentence: &'a Sentence, end: usize) -> Option<One<'a>> {
    let counted = sentence.items.iter().filter(|i| i.last == end + 1).find_map(|i| exactly_one(view, i));
    counted.or_else(|| one(view, sentence, end, false))
}

/// "One pound", "the pound", and behind "per" the pound alone: the one of a currency whose name a token is.
fn one<'a>(view: &DocumentView<'a>, sentence: &'a Sentence, at: usize, bare: bool) -> Option<One<'a>> {
    let counted = sentence.items.iter().filter(|i| i.first <= at && i.last == at + 1);
    if let Some(one) = counted.filter_map(|i| exactly_one(view, i)).next() {
        return Some(one);
    }
    let unit = view.rules.measures().currency(sentence.word(view.text, at))?;
    let article = at
        .checked_sub(1)
        .filter(|&a| matches!(&*sentence.word(view.text, a).to_lowercase(), "the" | "a" | "one" | "each" | "every"));
    let first = article.or(bare.then_some(at))?;
    Some(One { unit, first, last: at + 1 })
}

/// "£1", "one euro": no rounded sum, and no million.
fn exactly_one<'a>(view: &DocumentView<'_>, item: &'a Item) -> Option<One<'a>> {
    let quantity = sum(item).filter(|q| q.number == Some(Decimal::ONE) && q.unit.factor == Decimal::ONE)?;
    let digits = item.span.of(view.text).chars().filter(char::is_ascii_digit).collect::<String>();
    matches!(digits.as_str(), "" | "1").then_some(One { unit: &quantity.unit, first: item.first, last: item.last })
}

fn claim(view: &DocumentView<'_>, sentence: &Sentence, item: &Item, sum: &Quantity, one: &One<'_>) -> Claim {
    let (first, last) = (one.first.min(item.first), one.last.max(item.last));
    let factuality = factuality(&view.context(), sentence, first, last, view.lookup);
    let unit = Unit {
        name: format!("{}/{}", sum.unit.name, one.unit.name).into(),
        dimension: format!("{}/{}", sum.unit.dimension, one.unit.dimension).into(),
        ..sum.unit.clone()
    };
    let value = Value::Quantity(Quantity { unit, ..sum.clone() });
    let name = one.unit.name.to_string();
    Claim {
        context_spans: factuality.context_spans,
        subject: Some(Subject { name, kind: EntityType::Any, entity: None, instance: None }),
        as_of: as_of(view, sentence, &[(first, last)]).map(|(_, time)| time),
        modality: factuality.modality,
        polarity: factuality.polarity,
        attributed_to: factuality.attributed_to,
        rule: "exchange".to_owned(),
        noise: view.segment_of(sentence).noise,
        ..Claim::plain("money", "exchange rate".to_owned(), (sentence.span, sentence.span_of(first, last)), value)
    }
}
