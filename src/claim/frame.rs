//! Matching frames against sentences.
//!
//! A frame is tried only in sentences that hold one of its anchor words. Matching is by backtracking over at most forty
//! elements with gaps of at most twelve tokens, inside one sentence: the cost of a sentence is bounded by its length.

use std::collections::BTreeMap;

use crate::mention::{Item, ItemKind, Sentence};
use crate::rule::{Element, EntityType, ExtractRule, Lookup, SlotName, WordId};
use crate::text::TokenKind;
use crate::value::Shape;

/// An element with its words interned.
#[derive(Debug, Clone)]
enum El {
    Words(Vec<WordId>),
    Term { lexicon: String, class: Option<String> },
    Gap(u8, u8),
    Slot { name: SlotName, types: Vec<EntityType>, shapes: Vec<Shape> },
    Mark(char),
    Choice { arms: Vec<Vec<El>>, optional: bool },
    Capture(Vec<El>),
}

/// A frame ready to be matched.
#[derive(Debug, Clone)]
pub(super) struct Compiled {
    /// Index of its rule.
    pub(super) rule: usize,
    elements: Vec<El>,
}

/// What a frame bound.
#[derive(Debug, Clone, Default)]
pub(super) struct Bound {
    /// First and one past the last token of the match.
    pub(super) tokens: (usize, usize),
    /// Slots with the index of the item in each.
    pub(super) slots: Vec<(SlotName, usize)>,
    /// Tokens of the capture.
    pub(super) capture: Option<(usize, usize)>,
}

impl Bound {
    /// The item in a slot.
    pub(super) fn slot(&self, name: SlotName) -> Option<usize> {
        self.slots.iter().find(|(n, _)| *n == name).map(|(_, i)| *i)
    }
}

/// All frames of a rule set, found by their anchor words.
#[derive(Debug, Clone, Default)]
pub(super) struct Frames {
    all: Vec<Compiled>,
    by_anchor: BTreeMap<WordId, Vec<u32>>,
}

impl Frames {
    /// Compiles the frames of all rules; their words are added to the lookup.
    pub(super) fn new(rules: &[ExtractRule], lookup: &mut Lookup) -> Frames {
        let mut frames = Frames::default();
        for (at, rule) in rules.iter().enumerate() {
            for frame in &rule.frames {
                let elements = compile(&frame.elements, rule, lookup);
                let index = frames.all.len() as u32;
                for word in anchors(&elements, lookup) {
                    frames.by_anchor.entry(word).or_default().push(index);
                }
                frames.all.push(Compiled { rule: at, elements });
            }
        }
        frames
    }

    /// Every match in a sentence: by frame, then by place. At one place a frame matches once.
    pub(super) fn matches<'f>(
        &'f self,
        text: &str,
        sentence: &Sentence,
        lookup: &Lookup,
    ) -> Vec<(&'f Compiled, Bound)> {
        let mut wanted: Vec<u32> = sentence
            .toks
            .iter()
            .flat_map(|t| t.words.iter())
            .filter_map(|w| self.by_anchor.get(&w))
            .flatten()
            .copied()
            .collect();
        wanted.sort_unstable();
        wanted.dedup();
        let cx = Matcher { text, sentence, lookup };
        let mut out = Vec::new();
        for index in wanted {
            let frame = &self.all[index as usize];
            let mut from = 0;
            while from < sentence.toks.len() {
                let mut bound = Bound::default();
                let mut end = None;
                let steps = &mut 20_000;
                if cx.run(&frame.elements, from, &mut bound, steps, &mut |at, _| {
                    end = Some(at);
                    true
                }) && let Some(end) = end
                {
                    bound.tokens = (from, end);
                    from = end.max(from + 1);
                    out.push((frame, bound));
                } else {
                    from += 1;
                }
            }
        }
        out
    }
}

fn compile(elements: &[Element], rule: &ExtractRule, lookup: &mut Lookup) -> Vec<El> {
    elements
        .iter()
        .map(|e| match e {
            Element::Word(word) => El::Words(crate::rule::pieces(word).iter().map(|w| lookup.intern(w)).collect()),
            Element::Lexicon { id, class } => El::Term { lexicon: id.clone(), class: class.clone() },
            Element::Gap { min, max } => El::Gap(*min, *max),
            Element::Mark(c) => El::Mark(*c),
            Element::Choice { arms, optional } => {
                El::Choice { arms: arms.iter().map(|a| compile(a, rule, lookup)).collect(), optional: *optional }
            }
            Element::Capture(inner) => El::Capture(compile(inner, rule, lookup)),
            Element::Slot { name, types } => {
                let mut kinds: Vec<EntityType> =
                    types.iter().filter_map(|t| EntityType::ALL.iter().copied().find(|k| k.name() == t)).collect();
                let mut shapes: Vec<Shape> = types.iter().filter_map(|t| Shape::parse(t)).collect();
                match name {
                    SlotName::Subject if kinds.is_empty() => kinds = rule.subject.clone(),
                    SlotName::Object if kinds.is_empty() => kinds = rule.object.clone(),
                    SlotName::Value if shapes.is_empty() => shapes = vec![rule.shape],
                    SlotName::Person => kinds = vec![EntityType::Person],
                    SlotName::Org => kinds = vec![EntityType::Org],
                    SlotName::Place => kinds = vec![EntityType::Place],
                    _ => {}
                }
                El::Slot { name: *name, types: kinds, shapes }
            }
        })
        .collect()
}

/// Words of which one must stand in a sentence for the frame to match: those of the first element that is a word, a
/// term, or a choice made of them only.
fn anchors(elements: &[El], lookup: &Lookup) -> Vec<WordId> {
    let mut best: Option<Vec<WordId>> = None;
    for e in elements {
        let words = match e {
            El::Words(w) => w.first().map(|w| vec![*w]).unwrap_or_default(),
            El::Term { lexicon, .. } => lookup.terms(lexicon).first_words(),
            El::Choice { arms, optional: false } => {
                let all: Vec<Vec<WordId>> = arms.iter().map(|a| anchors(a, lookup)).collect();
                if all.iter().any(Vec::is_empty) { Vec::new() } else { all.concat() }
            }
            El::Capture(inner) => anchors(inner, lookup),
            _ => Vec::new(),
        };
        if !words.is_empty() && best.as_ref().is_none_or(|b| words.len() < b.len()) {
            best = Some(words);
        }
    }
    best.unwrap_or_default()
}

struct Matcher<'a> {
    text: &'a str,
    sentence: &'a Sentence,
    lookup: &'a Lookup,
}

type Next<'k> = &'k mut dyn FnMut(usize, &mut Bound) -> bool;

impl Matcher<'_> {
    /// Matches `els` from token `at`; `next` is asked at every end found until it says yes.
    fn run(&self, els: &[El], at: usize, bound: &mut Bound, steps: &mut u32, next: Next<'_>) -> bool {
        let Some((first, rest)) = els.split_first() else { return next(at, bound) };
        *steps = steps.saturating_sub(1);
        if *steps == 0 {
            return false;
        }
        match first {
            El::Words(words) => {
                let fits = words.iter().enumerate().all(|(i, w)| self.sentence.is(at + i, *w));
                // A compound is also written as one word.
                fits && self.run(rest, at + words.len(), bound, steps, next)
            }
            El::Term { lexicon, class } => {
                let words: Vec<_> = self.sentence.words_from(at).take(6).collect();
                match self.lookup.terms(lexicon).at(&words, class.as_deref()) {
                    Some((n, _)) => self.run(rest, at + n, bound, steps, next),
                    None => false,
                }
            }
            El::Gap(min, max) => {
                // Long first inside a capture that ends with the gap, so that the words run to the end of the clause.
                let reach = (0..usize::from(*max)).take_while(|n| self.passable(at + n)).count();
                if reach < usize::from(*min) {
                    return false;
                }
                let greedy = rest.is_empty();
                for step in 0..=(reach - usize::from(*min)) {
                    let n = if greedy { reach - step } else { usize::from(*min) + step };
                    if self.run(rest, at + n, bound, steps, next) {
                        return true;
                    }
                }
                false
            }
            El::Slot { name, types, shapes } => {
                let mut from = at;
                if self.determiner(at) {
                    from += 1;
                }
                for (index, item) in self.sentence.items.iter().enumerate() {
                    let quote = matches!(item.kind, ItemKind::Quote { .. })
                        && at + 1 == item.first
                        && self.sentence.mark(self.text, at).is_some();
                    if (item.first != at && item.first != from && !quote) || !self.fits(item, *name, types, shapes) {
                        continue;
                    }
                    bound.slots.push((*name, index));
                    if self.run(rest, item.last + usize::from(quote), bound, steps, next) {
                        return true;
                    }
                    // "Lovelace's chief executive": the ending is passed over.
                    let bare = matches!(self.sentence.mark(self.text, item.last), Some('\'' | '’'));
                    let owns =
                        bare || self.sentence.toks.get(item.last).is_some_and(|t| t.kind == TokenKind::Possessive);
                    if owns && self.run(rest, item.last + 1, bound, steps, next) {
                        return true;
                    }
                    bound.slots.pop();
                }
                false
            }
            El::Mark(c) => self.sentence.mark(self.text, at) == Some(*c) && self.run(rest, at + 1, bound, steps, next),
            El::Choice { arms, optional } => {
                for arm in arms {
                    let depth = bound.slots.len();
                    let left = std::cell::Cell::new(*steps);
                    let done = self.run(arm, at, bound, steps, &mut |end, b| {
                        let mut budget = left.get();
                        let ok = self.run(rest, end, b, &mut budget, &mut *next);
                        left.set(budget);
                        ok
                    });
                    if done {
                        return true;
                    }
                    bound.slots.truncate(depth);
                }
                *optional && self.run(rest, at, bound, steps, next)
            }
            El::Capture(inner) => {
                let budget = std::cell::Cell::new(*steps);
                self.run(inner, at, bound, steps, &mut |end, b| {
                    let before = b.capture.replace((at, end));
                    let mut left = budget.get();
                    if self.run(rest, end, b, &mut left, &mut *next) {
                        return true;
                    }
                    budget.set(left);
                    b.capture = before;
                    false
                })
            }
        }
    }

    /// Whether a gap may pass over the token: no punctuation, no quotation mark.
    fn passable(&self, at: usize) -> bool {
        self.sentence.toks.get(at).is_some_and(|t| {
            t.kind != TokenKind::Mark || matches!(t.span.of(self.text), "&" | "'" | "’" | "/" | "$" | "%")
        })
    }

    fn determiner(&self, at: usize) -> bool {
        matches!(
            self.sentence.word(self.text, at).to_lowercase().as_str(),
            "the" | "a" | "an" | "its" | "their" | "his" | "her" | "this" | "that" | "another"
        )
    }

    fn fits(&self, item: &Item, name: SlotName, types: &[EntityType], shapes: &[Shape]) -> bool {
        let typed = |kind: EntityType| {
            types.is_empty() || kind == EntityType::Any || types.contains(&kind) || types.contains(&EntityType::Any)
        };
        match (&item.kind, name) {
            (ItemKind::Quantity { quantity, .. }, SlotName::Value) => shapes.contains(&quantity.shape),
            (ItemKind::Time(_), SlotName::Value) => shapes.contains(&Shape::Date),
            (ItemKind::Time(_), SlotName::Time) => true,
            (ItemKind::Quote { .. }, SlotName::Value) => {
                shapes.contains(&Shape::Quote) || shapes.contains(&Shape::Text)
            }
            (ItemKind::Quote { .. }, SlotName::Quote | SlotName::Term) => true,
            (ItemKind::Quote { .. }, SlotName::Subject) => types.contains(&EntityType::Term),
            (
                ItemKind::Name(kind),
                SlotName::Subject
                | SlotName::Object
                | SlotName::Person
                | SlotName::Org
                | SlotName::Place
                | SlotName::Name,
            ) => typed(*kind),
            (ItemKind::Name(kind), SlotName::Value) => shapes.contains(&Shape::Text) && typed(*kind),
            (
                ItemKind::Nominal { kind, definite, .. },
                SlotName::Subject | SlotName::Object | SlotName::Person | SlotName::Org,
            ) => {
                *kind != EntityType::Term
                    && (*definite || *kind == EntityType::Team)
                    && !types.is_empty()
                    && (types.contains(kind) || types.contains(&EntityType::Any))
            }
            (ItemKind::Pronoun(which), SlotName::Subject | SlotName::Person) => {
                let thing = *which == crate::mention::Pronoun::Thing;
                item.entity.is_some()
                    && !(thing && (name == SlotName::Person || types == [EntityType::Person]))
                    && types.iter().any(|t| matches!(t, EntityType::Person | EntityType::Any | EntityType::Org))
            }
            _ => false,
        }
    }
}
