//! Attributes that a rule knows by a noun or a verb beside the figure: "revenue of 3 million", "killed 12 people".
//!
//! Of several cues the one that the fewest words part from the figure is taken. What a figure is changed by ("rose by
//! 3 million") is not what it has.

use crate::claim::extract::Reading;
use crate::mention::{ItemKind, Sentence};
use crate::rule::{ExtractRule, Lookup, LookupRow, Terms, Words};
use crate::text::{TokenKind, fold_words, lemmas};
use crate::value::Shape;

use super::Figure;
use super::attribute::content;

/// The lexicon of all cues; no file can have this id.
const CUES: &str = "#cues";

/// Furthest noun before a figure, in tokens between them.
const NOUN_BEFORE: usize = 9;

/// Furthest verb before or behind a figure.
const VERB: usize = 5;

/// Most words of a cue.
const LONGEST: usize = 5;

/// What it costs to look past another figure: "killed 12 people in the north and 30 in the south".
const PAST_FIGURE: usize = 6;

/// What part of speech a cue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Noun,
    Verb,
}

impl Part {
    /// The class of its rows: cues of one shape do not hide those of another.
    fn class(self, shape: Shape) -> String {
        let part = if self == Part::Noun { "noun" } else { "verb" };
        format!("{part} {}", shape.name())
    }
}

/// A cue and the rule that it belongs to.
#[derive(Debug, Clone, Copy)]
pub(in crate::claim::kind) struct Cue<'r> {
    pub(super) rule: &'r ExtractRule,
    pub(super) part: Part,
    /// Its tokens.
    pub(super) first: usize,
    pub(super) last: usize,
    cost: usize,
}

/// Adds the cues of all rules to a lookup.
pub(in crate::claim) fn intern(rules: &[ExtractRule], lookup: &mut Lookup) {
    for (index, rule) in rules.iter().enumerate() {
        for (part, forms) in [(Part::Noun, &rule.cues.nouns), (Part::Verb, &rule.cues.verbs)] {
            lookup.add(LookupRow {
                lexicon: CUES,
                key: &index.to_string(),
                forms,
                class: &part.class(rule.shape),
                rank: None,
                bundles: true,
                exact: false,
            });
        }
    }
}

/// The nearest cue of a figure.
pub(super) fn cue<'r>(reading: &Reading<'r>, figure: &Figure<'_>) -> Option<Cue<'r>> {
    let Figure { sentence, item, .. } = *figure;
    if changed(reading, figure) {
        return None;
    }
    let table = Table::new(reading, figure);
    let mut best: Option<Cue<'r>> = None;
    let mut take = |cue: Option<Cue<'r>>| {
        if let Some(cue) = cue.filter(|c| counts(reading, figure, c))
            && best.is_none_or(|b| (cue.cost, b.last - b.first) < (b.cost, cue.last - cue.first))
        {
            best = Some(cue);
        }
    };
    // Behind: "12 dead", "3 million in revenue", "12 people were killed".
    let phrase =
        (item.last..sentence.toks.len().min(item.last + 5)).take_while(|&a| content(reading, sentence, a)).count();
    for at in item.last..sentence.toks.len().min(item.last + phrase + VERB + 1) {
        if sentence.mark(reading.text, at).is_some_and(|m| m != '-') || figure_at(sentence, at) {
            break;
        }
        let gap = at - item.last;
        if gap <= phrase || linked(reading, sentence, item.last + phrase, at) {
            take(table.at(at, Part::Noun, gap));
        }
        take(table.at(at, Part::Verb, 1 + gap.saturating_sub(phrase)));
    }
    // Before: "revenue rose 12 % to 3 million", "killed at least 12".
    let mut past = 0;
    for at in (item.first.saturating_sub(NOUN_BEFORE + PAST_FIGURE)..item.first).rev() {
        if matches!(sentence.mark(reading.text, at), Some(';' | '.' | '?' | '!' | ')' | '—')) {
            break;
        }
        // A rate of change on the way parts nothing: "revenue rose 12 % to 3 million".
        if let Some(ItemKind::Quantity { quantity, .. }) =
            sentence.items.iter().find(|i| i.first == at).map(|i| &i.kind)
            && (quantity.shape == figure.quantity.shape || quantity.shape != Shape::Percent)
        {
            past += PAST_FIGURE;
        }
        let gap = item.first - at;
        let comma = (at..item.first).filter(|&a| sentence.mark(reading.text, a) == Some(',')).count() * 2;
        let reach = |n: usize, most: usize| (gap >= n && gap - n <= most + past).then_some(gap - n + past + comma);
        for (part, most) in [(Part::Noun, NOUN_BEFORE), (Part::Verb, VERB)] {
            if let Some(found) = table.at(at, part, 0)
                && let Some(cost) = reach(found.last - found.first, most)
            {
                take(Some(Cue { cost: cost + 1, ..found }));
            }
        }
    }
    best
}

/// The cues of a figure's shape, with the words of its sentence.
struct Table<'a, 'r> {
    reading: &'a Reading<'r>,
    sentence: &'a Sentence,
    terms: &'a Terms,
    words: Vec<Words>,
    noun: String,
    verb: String,
}

impl<'a, 'r> Table<'a, 'r> {
    fn new(reading: &'a Reading<'r>, figure: &Figure<'a>) -> Table<'a, 'r> {
        let (sentence, shape) = (figure.sentence, figure.quantity.shape);
        let (noun, verb) = (Part::Noun.class(shape), Part::Verb.class(shape));
        let words = sentence.words_from(0).collect();
        Table { reading, sentence, terms: reading.lookup.terms(CUES), words, noun, verb }
    }

    /// The cue that begins at a token.
    fn at(&self, at: usize, part: Part, cost: usize) -> Option<Cue<'r>> {
        let class = if part == Part::Noun { &self.noun } else { &self.verb };
        let words = &self.words[at..self.words.len().min(at + LONGEST)];
        let (n, term) = self.terms.at(words, Some(class))?;
        if part == Part::Verb && noun_like(self.reading, self.sentence, at) {
            return None;
        }
        let rule = self.reading.rules.extract.get(term.key.parse::<usize>().ok()?)?;
        Some(Cue { rule, part, first: at, last: at + n, cost })
    }
}

/// Whether a word that could be a verb is a noun here: "the value of", "a total cost", "Value: 3 million".
fn noun_like(reading: &Reading<'_>, sentence: &Sentence, at: usize) -> bool {
    let text = reading.text;
    let word = sentence.word(text, at).to_lowercase();
    if word.ends_with("ed") || word.ends_with("ing") {
        return false;
    }
    let determiner = ["the", "a", "an", "its", "his", "her", "their", "this", "that", "of", "in", "no"];
    let phrase = (0..at).rev().take_while(|&a| content(reading, sentence, a)).last().unwrap_or(at);
    let opened = phrase.checked_sub(1).is_some_and(|a| {
        let before = sentence.word(text, a).to_lowercase();
        determiner.contains(&before.as_str()) || sentence.toks[a].kind == TokenKind::Possessive
    });
    let inflected = word.ends_with('s') && phrase < at;
    opened && !inflected && phrase + 1 >= at || sentence.mark(text, at + 1) == Some(':')
}

/// Whether a figure stands at a token.
fn figure_at(sentence: &Sentence, at: usize) -> bool {
    sentence.items.iter().any(|i| matches!(i.kind, ItemKind::Quantity { .. }) && i.first == at)
}

/// "3 million in revenue", "3 million of damage": a preposition and words of a noun phrase between.
fn linked(reading: &Reading<'_>, sentence: &Sentence, from: usize, to: usize) -> bool {
    matches!(sentence.word(reading.text, from), "in" | "of" | "for")
        && (from + 1..to).all(|a| content(reading, sentence, a))
        && to > from
}

/// Whether what a number counts can be what the cue tells of: nothing, the cue itself, or one of the rule's words.
fn counts(reading: &Reading<'_>, figure: &Figure<'_>, cue: &Cue<'_>) -> bool {
    let Some(noun) = figure.noun.filter(|_| figure.quantity.shape == Shape::Number) else { return true };
    let within = figure.sentence.span_of(cue.first, cue.last);
    if noun.overlaps(within) {
        return true;
    }
    let Some(head) = fold_words(noun.of(reading.text)).pop() else { return true };
    let mut known = false;
    lemmas(&head, |lemma| known |= cue.rule.cues.counts.iter().any(|c| c == lemma));
    known
}

/// Whether a figure says by how much something changed, not what it came to: "by 3 million", "3 million more".
fn changed(reading: &Reading<'_>, figure: &Figure<'_>) -> bool {
    let Figure { sentence, item, .. } = *figure;
    let word = |a: usize| sentence.word(reading.text, a).to_lowercase();
    let by = (item.first.saturating_sub(3)..item.first).rev().find(|&a| {
        sentence.toks[a].kind != TokenKind::Word
            || !matches!(
                word(a).as_str(),
                "about" | "some" | "around" | "nearly" | "almost" | "roughly" | "over" | "than" | "more" | "less"
            )
    });
    by.is_some_and(|a| word(a) == "by")
        || matches!(
            word(item.last).as_str(),
            "more" | "fewer" | "less" | "higher" | "lower" | "up" | "down" | "earlier" | "later"
        )
}
