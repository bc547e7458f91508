//! A quantity in its place: its sentence, the noun that it counts, what it is some of, and the tokens right before and
//! behind its words.

use crate::claim::kind::word::content;
use crate::claim::view::DocumentView;
use crate::language::Tag;
use crate::mention::{Item, ItemKind, Sentence};
use crate::text::{Span, TokenKind};
use crate::value::{Bound, Quantity, Shape};

/// Most tokens of the words that open a sentence.
const OPENING: usize = 10;

/// Words before a figure that say how sure or how new it is, and lead in nothing.
const HEDGES: [&str; 28] = [
    "about",
    "some",
    "around",
    "nearly",
    "almost",
    "roughly",
    "approximately",
    "over",
    "than",
    "more",
    "less",
    "fewer",
    "just",
    "only",
    "an",
    "a",
    "another",
    "further",
    "additional",
    "estimated",
    "now",
    "still",
    "already",
    "then",
    "least",
    "most",
    "under",
    "exactly",
];

/// A quantity in its place.
#[derive(Clone, Copy)]
pub(super) struct Figure<'a> {
    /// Its sentence, and which one of the document that is.
    pub(super) sentence: &'a Sentence,
    pub(super) index: usize,
    /// Its item, and which one of the sentence that is.
    pub(super) item: &'a Item,
    pub(super) at: usize,
    pub(super) quantity: &'a Quantity,
    /// The noun that it counts.
    pub(super) noun: Option<Span>,
}

impl Figure<'_> {
    /// "Kept the twenty or so that …": a hedged number takes the noun counted before it in its sentence. Of what it is
    /// "of" it counts some: "three of the boats", "12 of them". "12 people in the north and 30 in the south": the same noun.
    pub(super) fn with_noun(mut self, view: &DocumentView<'_>) -> Self {
        if self.noun.is_some() || self.quantity.shape != Shape::Number || !self.quantity.unit.name.is_empty() {
            return self;
        }
        if let Some(noun) = self.parallel(view) {
            self.noun = Some(noun);
            return self;
        }
        let some = self.some_of(view);
        if self.quantity.bound == Bound::Approx || some.is_some() {
            let before = self.sentence.items.iter().rev().filter(|i| i.last <= self.item.first);
            self.noun = some.flatten().or_else(|| {
                before.into_iter().find_map(|i| match &i.kind {
                    ItemKind::Quantity { noun, .. } => *noun,
                    _ => None,
                })
            });
        }
        self
    }

    /// The noun of a number before this one that "and" joins, where the same word stands behind both.
    fn parallel(&self, view: &DocumentView<'_>) -> Option<Span> {
        let Figure { sentence, item, .. } = *self;
        let word = |a: usize| sentence.word(view.text, a).to_lowercase();
        let next = word(item.last);
        let joined = lead(view, self).is_some_and(|a| word(a) == "and");
        let preposition = sentence.node(item.last).is_some_and(|n| sentence.tree.tokens[n].tag == Tag::Adp);
        let noun = |i: &Item| match &i.kind {
            ItemKind::Quantity { noun: Some(noun), .. } => {
                let behind = sentence.toks.partition_point(|t| t.span.start < noun.end);
                (word(behind) == next).then_some(*noun)
            }
            _ => None,
        };
        // "Of" leads to the whole, not to the part that the number is.
        let before = sentence.items.iter().rev().filter(|i| i.last <= item.first);
        if joined && preposition && next != "of" { before.into_iter().find_map(noun) } else { None }
    }

    /// The number of all of which this one is some: the 51 of "23 of the 51 seats".
    pub(super) fn whole_behind(&self) -> Option<usize> {
        let next = [self.item.last + 1, self.item.last + 2];
        self.sentence.items.iter().position(|i| next.contains(&i.first) && number(i))
    }

    /// "Of the price, 3 million went to the tenants": what the opening words name is the whole of which this is some.
    pub(super) fn some_of_opening(&self, text: &str) -> bool {
        let comma = (1..self.item.first.min(OPENING)).find(|&a| self.sentence.mark(text, a) == Some(','));
        self.sentence.word(text, 0) == "Of" && comma.is_some()
    }

    /// Whether this is the number of all of which the one before it is some.
    pub(super) fn whole(&self, view: &DocumentView<'_>) -> bool {
        let word = |a: usize| self.sentence.word(view.text, a).to_lowercase();
        let end = self.item.first.checked_sub(1).map(|a| if word(a) == "the" { a } else { a + 1 });
        let of = end.and_then(|a| a.checked_sub(1)).filter(|&a| word(a) == "of");
        of.is_some_and(|of| self.sentence.items.iter().any(|i| i.last == of && number(i)))
    }

    /// What a number is some of, where it is: the noun behind "of the", or nothing nearer ("of them", "of the 97").
    pub(super) fn some_of(&self, view: &DocumentView<'_>) -> Option<Option<Span>> {
        let Figure { sentence, item, .. } = *self;
        let word = |a: usize| sentence.word(view.text, a).to_lowercase();
        // "Half of them" counts nobody.
        let whole = self.quantity.number.is_none_or(|n| n.fract().is_zero());
        if word(item.last) != "of" || !whole {
            return None;
        }
        // "23 of the 51 seats": behind the whole.
        let whole = self.whole_behind().map(|i| &self.sentence.items[i]);
        let first = whole.map_or(item.last + 2, |i| i.last);
        match word(item.last + 1).as_str() {
            "them" | "these" | "those" => Some(None),
            "the" | "its" | "their" | "his" | "her" | "our" => {
                // "Five of the museum's staff": behind an owner; "two of the thieves fled": not beyond the plural.
                let owner = (first..sentence.toks.len().min(first + 4))
                    .find(|&a| sentence.toks[a].kind == TokenKind::Possessive);
                let first = owner.map_or(first, |a| a + 1);
                let plural = |a: &usize| word(*a).ends_with('s') && !word(*a).ends_with("ss");
                let phrase = || (first..sentence.toks.len()).take(3).take_while(|&a| content(view, sentence, a));
                let last = phrase().find(plural).or_else(|| phrase().last());
                Some(last.map(|last| sentence.span_of(first, last + 1)))
            }
            _ => whole.map(|_| {
                let phrase = (first..sentence.toks.len()).take(3).take_while(|&a| content(view, sentence, a));
                phrase.last().map(|last| sentence.span_of(first, last + 1))
            }),
        }
    }
}

fn number(item: &Item) -> bool {
    matches!(&item.kind, ItemKind::Quantity { quantity, .. } if quantity.shape == Shape::Number)
}

/// The last token before a figure that is neither of its bound nor a hedge.
pub(super) fn lead(view: &DocumentView<'_>, figure: &Figure<'_>) -> Option<usize> {
    let Figure { sentence, item, .. } = *figure;
    let bound = match &item.kind {
        ItemKind::Quantity { bound: Some(bound), .. } => sentence.toks.partition_point(|t| t.span.start < bound.start),
        _ => item.first,
    };
    let first = bound.min(item.first);
    (first.saturating_sub(4)..first).rev().find(|&a| {
        let word = sentence.word(view.text, a).to_lowercase();
        !HEDGES.contains(&word.as_str())
    })
}

/// The token behind a figure, and behind brackets that say it in another unit: "18 km (11 miles) deep".
pub(super) fn past_aside(view: &DocumentView<'_>, figure: &Figure<'_>) -> usize {
    let Figure { sentence, item, .. } = *figure;
    let opened = sentence.mark(view.text, item.last) == Some('(');
    let quantity = |i: &&crate::mention::Item| matches!(i.kind, ItemKind::Quantity { .. });
    let other = sentence.items.iter().filter(quantity).find(|i| i.first > item.last && i.first <= item.last + 3);
    let other = other.filter(|i| opened && sentence.mark(view.text, i.last) == Some(')'));
    other.map_or(item.last, |i| i.last + 1)
}
