//! In which clause a date stands: which verb has it, where no lexicon knows that verb.
//!
//! A date belongs to the verb that it stands with. So the way from a date to a verb that tells of something ends at any
//! other verb, at a form of "be", and at a subject whose verb is not known for one.

use crate::claim::kind::quantity::{content, modifies, noun_like, verb_at};
use crate::mention::{ItemKind, Sentence};
use crate::text::TokenKind;

use super::happening::{Happening, Happenings};

/// What a token says of the clause that it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clause {
    /// It is a verb of its own.
    Verb,
    /// A form of "be" that helps no verb.
    Be,
    /// The subject, whose verb nobody knows.
    Subject,
}

/// Forms of "be".
const BE: [&str; 8] = ["is", "was", "are", "were", "am", "be", "been", "being"];

/// Words that are nothing but the subject of a clause.
const SUBJECTS: [&str; 8] = ["he", "she", "they", "we", "i", "who", "which", "whose"];

/// Subjects that begin a clause right behind its date.
pub(super) const OWN_SUBJECTS: [&str; 6] = ["he", "she", "they", "we", "i", "it"];

/// Words that part one clause from the next.
const JOINTS: [&str; 18] = [
    "and", "but", "or", "then", "that", "when", "where", "while", "as", "after", "before", "because", "since", "if",
    "although", "though", "until", "whereas",
];

/// Conjunctions behind which a clause begins, and that are no prepositions.
pub(super) const CONJUNCTIONS: [&str; 9] =
    ["but", "because", "while", "although", "though", "whereas", "if", "when", "where"];

/// Prepositions that lead on from a participle: "the yard built by Lund", "the firm based in Lowmere".
const ONWARD: [&str; 14] =
    ["in", "by", "at", "on", "from", "with", "for", "to", "near", "under", "of", "as", "into", "outside"];

/// Most words of what a date is counted from.
const FROM: usize = 6;

/// Words that may stand before a date that opens its sentence.
const OPENING: [&str; 12] = ["on", "in", "by", "since", "at", "early", "late", "when", "a", "the", "and", "but"];

impl Happenings<'_, '_> {
    /// Whether a date opens its sentence.
    pub(super) fn opens(&self, sentence: &Sentence, first: usize) -> bool {
        (0..first).all(|a| {
            let word = self.word(sentence, a);
            sentence.toks[a].kind == TokenKind::Mark || word == "then" || OPENING.contains(&word.as_str())
        })
    }

    /// "Lund, in 1998, opened a yard": whether commas set a date off from its clause, with what it is counted from: "two
    /// weeks before the fair, Lund opened a yard".
    pub(super) fn set_off(&self, sentence: &Sentence, first: usize, last: usize) -> bool {
        let comma = |a: usize| sentence.mark(self.view.text, a) == Some(',');
        let verb = |a: usize| self.stated(sentence, a).is_some() || self.says(sentence, a);
        let ends = |a: usize| a >= sentence.toks.len() || comma(a) || verb(a);
        let last = (last..last + FROM).find(|&a| ends(a)).unwrap_or(last);
        let led = first.checked_sub(1).filter(|&a| !comma(a)).and_then(|a| a.checked_sub(1));
        comma(last) && (led.is_some_and(comma) || first > 0 && comma(first - 1))
    }

    /// "President of the college from 1985 to 1989": whether a date says how long a post was held, with no verb beside it.
    pub(super) fn in_office(&self, sentence: &Sentence, first: usize, last: usize) -> bool {
        let led = first.checked_sub(1).map(|a| self.word(sentence, a)).unwrap_or_default();
        let joined =
            |a: usize| matches!(self.word(sentence, a).as_str(), "to" | "until" | "till" | "and" | "–" | "-" | "from");
        let lasts = matches!(led.as_str(), "from" | "since" | "between" | "until") || (first..last).any(joined);
        let part = (0..first).rev().take_while(|&a| sentence.mark(self.view.text, a).is_none_or(|m| m == '.'));
        let part: Vec<usize> = part.collect();
        let verb = |a: &usize| {
            self.stated(sentence, *a).is_some() || self.says(sentence, *a) || self.clause_at(sentence, *a).is_some()
        };
        let post = |a: &usize| {
            let words: Vec<_> = sentence.words_from(*a).take(4).collect();
            self.view.lookup.terms("titles").at(&words, None).is_some()
        };
        lasts && part.iter().any(post) && !part.iter().any(verb)
    }

    /// "Grew compared with the same quarter of 2023": a date that something is only measured against.
    pub(super) fn compared(&self, sentence: &Sentence, first: usize) -> bool {
        let word = |a: usize| self.word(sentence, a);
        let phrase = (first.saturating_sub(6)..first).rev().take_while(|&a| sentence.mark(self.view.text, a).is_none());
        phrase.into_iter().any(|a| {
            let with = || a > 0 && matches!(word(a - 1).as_str(), "compared" | "comparison");
            matches!(word(a).as_str(), "than" | "against" | "versus")
                || matches!(word(a).as_str(), "with" | "to") && with()
        })
    }

    /// The first verb behind a date that tells of something, unless another verb comes before it. `beyond` where a comma
    /// does not end the search.
    pub(super) fn ahead(&self, sentence: &Sentence, last: usize, reach: usize, beyond: bool) -> Option<Happening> {
        let end = sentence.toks.len().min(last + reach);
        let comma = |a: usize| sentence.mark(self.view.text, a) == Some(',');
        let mut at = last;
        while at < end {
            if self.says(sentence, at) || comma(at) && !beyond {
                return None;
            }
            if let Some(stated) = self.stated(sentence, at) {
                return Some(stated);
            }
            // "The yard, which had built boats, opened": past the clause in between.
            let aside =
                comma(at) && matches!(self.word(sentence, at + 1).as_str(), "which" | "who" | "whose" | "where");
            if aside {
                at = (at + 2..end).find(|&a| comma(a))?;
            } else if self.clause_at(sentence, at) == Some(Clause::Verb) && !self.participle(sentence, at) {
                return None;
            }
            at += 1;
        }
        None
    }

    /// What a token says of its clause, where it is no verb that tells of something.
    pub(super) fn clause_at(&self, sentence: &Sentence, at: usize) -> Option<Clause> {
        let view = self.view;
        let tok = sentence.toks.get(at)?;
        let word = self.word(sentence, at);
        let noun = |i: &crate::mention::Item| matches!(i.kind, ItemKind::Nominal { .. } | ItemKind::Name(_));
        if tok.kind != TokenKind::Word
            || tok.quoted
            || tok.glued
            || sentence.items.iter().any(|i| noun(i) && i.first <= at && at < i.last)
        {
            return None;
        }
        if SUBJECTS.contains(&word.as_str()) {
            return Some(Clause::Subject);
        }
        if BE.contains(&word.as_str()) {
            return Some(Clause::Be);
        }
        verb_at(view, sentence, at)?;
        // "Capable of building boats": who does it, and when, is not said.
        let led = at.checked_sub(1).map(|a| self.word(sentence, a)).unwrap_or_default();
        let gerund = word.ends_with("ing")
            && matches!(led.as_str(), "of" | "for" | "by" | "in" | "from" | "with" | "without" | "to");
        if gerund || noun_like(view, sentence, at) || modifies(view, sentence, at) {
            return None;
        }
        // A form that could be a noun as well is a verb only behind its subject: "they light", "to build".
        let irregular = view.lookup.terms("irregular").at(&[tok.words], None);
        let base = irregular.is_some_and(|(_, t)| *t.key == *word);
        let helped = view.lookup.terms("auxiliaries").at(&[sentence.toks[at.saturating_sub(1)].words], None).is_some();
        let subject = || matches!(led.as_str(), "to" | "not" | "it") || SUBJECTS.contains(&led.as_str()) || helped;
        let named = || sentence.items.iter().any(|i| matches!(i.kind, ItemKind::Name(_)) && i.last == at);
        (!base || subject() || named() && at > 0).then_some(Clause::Verb)
    }

    /// Whether a verb right behind a noun leads on with a preposition, so that it may only describe that noun.
    fn participle(&self, sentence: &Sentence, at: usize) -> bool {
        let noun = at.checked_sub(1).is_some_and(|a| {
            sentence.named(a) || content(self.view, sentence, a) && !self.word(sentence, a).ends_with("ly")
        });
        noun && ONWARD.contains(&self.word(sentence, at + 1).as_str())
    }

    /// The verb of the clause, where the one at a token only describes a noun: "opened" of "opened a yard based in Lowmere".
    pub(super) fn describes(&self, sentence: &Sentence, at: usize) -> Option<usize> {
        if !self.participle(sentence, at) {
            return None;
        }
        let clause = (at.saturating_sub(12)..at).rev().take_while(|&a| {
            let word = self.word(sentence, a);
            sentence.mark(self.view.text, a).is_none()
                && !JOINTS.contains(&word.as_str())
                && !SUBJECTS.contains(&word.as_str())
                && !self.says(sentence, a)
        });
        clause.into_iter().find(|&a| self.stated(sentence, a).is_some_and(|h| h.family != "announce"))
    }

    /// What a date dates whose verb no lexicon knows: that verb in its own words.
    pub(super) fn word_of(&self, sentence: &Sentence, at: usize) -> Option<Happening> {
        let family = verb_at(self.view, sentence, at).or_else(|| self.says(sentence, at).then(|| "say".to_owned()))?;
        Some(Happening { at: Some(at), family, once: false, own: None })
    }
}
