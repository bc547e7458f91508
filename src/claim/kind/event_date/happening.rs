//! What a date dates: the event that a noun or a verb near it tells of.
//!
//! Comes in: a time in a sentence. Goes out: the event's family, where it is stated, and whether it needs no name beside it:
//! a crash is what it is, an acquisition is of somebody. A verb of saying takes the date for itself.

use crate::claim::extract::DocumentView;
use crate::mention::{ItemKind, Pronoun, Sentence};
use crate::text::TokenKind;

use crate::claim::kind::quantity::{content, modifies, noun_like, verb_at};

use super::clause::{CONJUNCTIONS, Clause, OWN_SUBJECTS};

/// The event that a date belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Happening {
    /// The token that tells it; `None` where another sentence does.
    pub(super) at: Option<usize>,
    /// Its family.
    pub(super) family: String,
    /// Whether it can happen once only to one thing.
    pub(super) once: bool,
    /// What it is itself, where it needs no name beside it.
    pub(super) own: Option<Own>,
}

/// An event that is its own subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Own {
    /// What it is called; empty where its family is the name.
    pub(super) name: &'static str,
    /// Whether it has one date: a blast has, a war has many.
    pub(super) momentary: bool,
    /// What sets it apart from the one that everybody means: "another", "second", "previous".
    pub(super) instance: Option<String>,
}

/// Furthest verb before a date, and behind one that opens its sentence.
const REACH: usize = 24;

/// Furthest noun that a date stands beside.
const BESIDE: usize = 8;

/// Furthest noun before a verb that says that something happened.
const SUBJECT: usize = 14;

/// Words that make an event another one than the one that everybody means.
const OTHER: [&str; 26] = [
    "another",
    "second",
    "third",
    "fourth",
    "fifth",
    "new",
    "previous",
    "earlier",
    "later",
    "former",
    "first",
    "last",
    "similar",
    "other",
    "next",
    "further",
    "fresh",
    "past",
    "subsequent",
    "separate",
    "worst",
    "deadliest",
    "attempted",
    "planned",
    "alleged",
    "any",
];

/// What is bought and merged, by whatever noun: one thing that is announced, signed and closed.
pub(super) const DEAL: &str = "deal";

/// The family of what is made known.
const ANNOUNCE: &str = "announce";

/// The family of the end of a quarter or year.
const PERIOD: &str = "period end";

/// What the words of a document say happened, read once.
pub(super) struct Happenings<'r, 's> {
    pub(super) view: &'r DocumentView<'s>,
    /// The event that the document names most, where it names one more than once.
    main: Option<String>,
}

impl<'r, 's> Happenings<'r, 's> {
    /// Reads the nouns of the document.
    pub(super) fn new(view: &'r DocumentView<'s>) -> Self {
        let mut all = Happenings { view, main: None };
        let mut counts: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
        for sentence in view.sentences.iter().filter(|s| !view.segment_of(s).noise) {
            for at in 0..sentence.toks.len() {
                if let Some((_, family, own)) = all.noun(sentence, at)
                    && own.is_some_and(|o| o.momentary && o.instance.is_none())
                {
                    *counts.entry(family).or_default() += 1;
                }
            }
        }
        let best = counts.into_iter().filter(|(_, n)| *n > 1).max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
        all.main = best.map(|(family, _)| family);
        all
    }

    /// Whether a noun beside a time says what it dates: "the 2004 quake".
    pub(super) fn names(&self, sentence: &Sentence, first: usize, last: usize) -> bool {
        self.beside(sentence, first, last).is_some()
    }

    /// What a time at tokens `first..last` dates.
    pub(super) fn of(&self, index: usize, sentence: &Sentence, first: usize, last: usize) -> Option<Happening> {
        if self.dateline(sentence, first, last) {
            return None;
        }
        self.period(sentence, first)
            .or_else(|| self.beside(sentence, first, last))
            .or_else(|| self.verb(index, sentence, first, last))
    }

    pub(super) fn word(&self, sentence: &Sentence, at: usize) -> String {
        sentence.word(self.view.text, at).to_lowercase()
    }

    /// "LOWMERE, June 13: …": names and a date before a mark that opens the text date the page.
    fn dateline(&self, sentence: &Sentence, first: usize, last: usize) -> bool {
        let mark = |a: usize| sentence.mark(self.view.text, a);
        let name = |a: usize| sentence.toks[a].kind == TokenKind::Mark || sentence.toks[a].capital;
        let opened = |a: usize| matches!(mark(a), Some(':' | '—' | '–' | '-' | '|'));
        first > 0 && first < 8 && (0..first).all(name) && (opened(last) || mark(last) == Some(',') && opened(last + 2))
    }

    /// "The quarter ended January 28", "for the three months to 31 March".
    fn period(&self, sentence: &Sentence, first: usize) -> Option<Happening> {
        let ends =
            |a: usize| matches!(self.word(sentence, a).as_str(), "ended" | "ending" | "ends" | "end" | "to" | "closed");
        let end = (first.saturating_sub(3)..first).rev().find(|&a| ends(a))?;
        let passed = |a: usize| matches!(self.word(sentence, a).as_str(), "on" | "the");
        if !(end + 1..first).all(passed) {
            return None;
        }
        // "The fourth quarter of fiscal 2024 (ending …": what stands between is a number or a name of the period.
        let head = |a: usize| {
            matches!(self.word(sentence, a).as_str(), "quarter" | "year" | "months" | "half" | "period" | "weeks")
        };
        let at = (end.saturating_sub(6)..end).rev().find(|&a| head(a))?;
        let timed = |a: usize| {
            let of =
                matches!(self.word(sentence, a).as_str(), "of" | "fiscal" | "which" | "that" | "financial" | "year");
            let time = sentence.items.iter().any(|i| matches!(i.kind, ItemKind::Time(_)) && i.first <= a && a < i.last);
            of || time || sentence.toks[a].kind == TokenKind::Mark || self.word(sentence, a).parse::<u32>().is_ok()
        };
        if !(at + 1..end).all(timed) {
            return None;
        }
        let long = matches!(self.word(sentence, at).as_str(), "year" | "half").then(|| "year".to_owned());
        let own = Own { name: "", momentary: true, instance: long };
        Some(Happening { at: Some(end), family: PERIOD.to_owned(), once: true, own: Some(own) })
    }

    /// The event that a noun beside the date names: "the robbery of Sunday, 19 May", "the crash in Lowmere on Thursday",
    /// "Thursday’s raid", "the 12 June crash".
    fn beside(&self, sentence: &Sentence, first: usize, last: usize) -> Option<Happening> {
        let toks = &sentence.toks;
        let behind = last + usize::from(toks.get(last).is_some_and(|t| t.kind == TokenKind::Possessive));
        let modifies =
            behind > last || first > 0 && matches!(self.word(sentence, first - 1).as_str(), "the" | "a" | "this");
        if modifies {
            let phrase = (behind..toks.len().min(behind + 4)).take_while(|&a| toks[a].kind == TokenKind::Word);
            let found = phrase.filter_map(|a| Some((a, self.noun(sentence, a)?))).last();
            if let Some((at, (_, family, own))) = found
                && (behind..at).all(|a| content(self.view, sentence, a))
            {
                return Some(Happening { at: Some(at), family, once: false, own });
            }
        }
        // Back over prepositions, other times and places.
        let inside = |a: usize| {
            sentence.items.iter().find(|i| i.first <= a && a < i.last).is_some_and(|i| match i.kind {
                ItemKind::Time(_) | ItemKind::Undated(_) => true,
                ItemKind::Name(_) => i.first.checked_sub(1).is_some_and(|b| {
                    matches!(self.word(sentence, b).as_str(), "in" | "at" | "near" | "off" | "outside" | "of" | "on")
                }),
                _ => false,
            })
        };
        let passed = |a: usize| {
            let word = self.word(sentence, a);
            let led = matches!(
                word.as_str(),
                "of" | "on" | "in" | "at" | "from" | "early" | "late" | "near" | "off" | "outside" | "around" | "about"
            );
            let equal =
                matches!(word.as_str(), "was" | "is" | "were" | "be") || sentence.mark(self.view.text, a) == Some(':');
            led && !toks[a].glued
                || equal
                || inside(a)
                || sentence.mark(self.view.text, a) == Some(',') && a > 0 && inside(a - 1)
        };
        // "Release date: 4 May".
        let dated = |a: usize| matches!(self.word(sentence, a).as_str(), "date" | "day" | "time");
        let end = (first.saturating_sub(BESIDE)..first).rev().find(|&a| !passed(a))?;
        if end + 1 == first && first > 0 {
            return None;
        }
        let end = if dated(end) { end.checked_sub(1)? } else { end };
        let (at, family, own) = self.noun_ending(sentence, end)?;
        // "Was caught after the raid on Sunday" may date either; the verb has it unless the date is the raid’s own: "of Sunday".
        let of = self.word(sentence, end + 1) == "of";
        if !of && self.governed(sentence, at) && self.stated_before(sentence, at) {
            return None;
        }
        Some(Happening { at: Some(at), family, once: false, own })
    }

    /// Whether a preposition that only points at an event leads in its noun: "arrested for the robbery".
    fn governed(&self, sentence: &Sentence, at: usize) -> bool {
        let start =
            (at.saturating_sub(4)..at).rev().take_while(|&a| content(self.view, sentence, a)).last().unwrap_or(at);
        (start.saturating_sub(2)..start).any(|a| {
            matches!(
                self.word(sentence, a).as_str(),
                "after"
                    | "for"
                    | "into"
                    | "about"
                    | "over"
                    | "since"
                    | "before"
                    | "following"
                    | "from"
                    | "of"
                    | "to"
                    | "with"
            )
        })
    }

    /// Whether the clause has spoken of something before a token: then the date may be of that.
    fn stated_before(&self, sentence: &Sentence, at: usize) -> bool {
        let clause =
            (0..at).rev().take(REACH).take_while(|&a| !matches!(sentence.mark(self.view.text, a), Some(';' | ':')));
        clause.into_iter().any(|a| verb_at(self.view, sentence, a).is_some() || self.says(sentence, a))
    }

    /// The noun for an event that ends at a token.
    fn noun_ending(&self, sentence: &Sentence, end: usize) -> Option<(usize, String, Option<Own>)> {
        (end.saturating_sub(3)..=end).find_map(|at| {
            let (n, family, own) = self.noun(sentence, at)?;
            (at + n == end + 1).then_some((at, family, own))
        })
    }

    /// The noun for an event at a token, where it is the head of its phrase: its length, its family, and whether it is its
    /// own subject.
    fn noun(&self, sentence: &Sentence, at: usize) -> Option<(usize, String, Option<Own>)> {
        let view = self.view;
        let words: Vec<_> = sentence.words_from(at).take(4).collect();
        let (n, term) = view.lookup.terms("happenings").at(&words, None)?;
        let named = sentence.named(at);
        let led = at.checked_sub(1).map(|a| self.word(sentence, a)).unwrap_or_default();
        let verb = matches!(
            led.as_str(),
            "to" | "will" | "would" | "could" | "can" | "may" | "they" | "we" | "who" | "it" | "not"
        );
        // "The crash site": the noun only modifies.
        let modifies = content(view, sentence, at + n)
            && !matches!(self.word(sentence, at + n).as_str(), "date" | "day" | "time")
            && !sentence.toks[at + n].capital
            && verb_at(view, sentence, at + n).is_none()
            && !sentence.items.iter().any(|i| i.first == at + n);
        if named || verb || modifies || sentence.toks[at].quoted {
            return None;
        }
        let class = &*term.class;
        let own = matches!(class, "moment" | "lasting").then(|| {
            let last = self.word(sentence, at + n - 1);
            let several = last.ends_with('s') && !last.ends_with("ss") && !last.ends_with("is");
            let other =
                (at.saturating_sub(3)..at).map(|a| self.word(sentence, a)).find(|w| OTHER.contains(&w.as_str()));
            Own { name: "", momentary: class == "moment" && !several, instance: other }
        });
        Some((n, term.key.to_string(), own))
    }

    /// The verb for an event at a token.
    pub(super) fn stated(&self, sentence: &Sentence, at: usize) -> Option<Happening> {
        let view = self.view;
        if sentence.toks[at].quoted || sentence.toks[at].kind != TokenKind::Word {
            return None;
        }
        // "With the beginning of the shift".
        let led = at.checked_sub(1).map(|a| self.word(sentence, a)).unwrap_or_default();
        let gerund = self.word(sentence, at).ends_with("ing")
            && matches!(led.as_str(), "the" | "a" | "its" | "their" | "his" | "her")
            && self.word(sentence, at + 1) == "of";
        // "Spent close to an hour": a verb has no verb right before it that is none of its helpers.
        let word = self.word(sentence, at);
        let plain = !["ed", "ing", "s"].iter().any(|e| word.ends_with(e));
        let base = plain && view.lookup.terms("irregular").at(&[sentence.toks[at].words], None).is_none();
        let behind = base && at > 0 && self.clause_at(sentence, at - 1) == Some(Clause::Verb);
        if behind || gerund || noun_like(view, sentence, at) || modifies(view, sentence, at) {
            return None;
        }
        // "the post", "his move": a noun of a thing, not what happened.
        let noun = |i: &crate::mention::Item| matches!(i.kind, ItemKind::Nominal { .. } | ItemKind::Name(_));
        if sentence.items.iter().any(|i| noun(i) && i.first <= at && at < i.last) {
            return None;
        }
        let words: Vec<_> = sentence.words_from(at).take(4).collect();
        let event = view.lookup.terms("events").at(&words, None);
        let happening = view.lookup.terms("happening-verbs").at(&words, None);
        match (event, happening) {
            (Some((n, event)), other) if other.is_none_or(|(m, _)| m <= n) => Some(Happening {
                at: Some(at),
                family: event.key.to_string(),
                once: &*event.class == "once",
                own: None,
            }),
            (_, Some((_, term))) => {
                // "The attack", "a crash": the noun has its own place.
                let led = at.checked_sub(1).map(|a| self.word(sentence, a)).unwrap_or_default();
                if matches!(led.as_str(), "the" | "a" | "an" | "this" | "of" | "in" | "after" | "before") {
                    return None;
                }
                let own = (&*term.class == "moment").then_some(Own { name: "", momentary: true, instance: None });
                Some(Happening { at: Some(at), family: term.key.to_string(), once: false, own })
            }
            _ => None,
        }
    }

    /// Whether a token is a verb of saying that tells of nothing itself: "said on Monday".
    pub(super) fn says(&self, sentence: &Sentence, at: usize) -> bool {
        let words: Vec<_> = sentence.words_from(at).take(2).collect();
        let class = |c: &str| self.view.lookup.terms("speech-verbs").at(&words, Some(c)).is_some();
        let led = at.checked_sub(1).map(|a| self.word(sentence, a)).unwrap_or_default();
        // "The report", "release notes": a form that is a noun as well is a verb behind its subject only.
        let word = self.word(sentence, at);
        let irregular = self.view.lookup.terms("irregular").at(&words[..words.len().min(1)], None);
        let past = word.ends_with("ed") || irregular.is_some_and(|(_, t)| *t.key != *word);
        let who = |i: &crate::mention::Item| {
            i.last == at && matches!(i.kind, ItemKind::Name(_) | ItemKind::Pronoun(_) | ItemKind::Nominal { .. })
        };
        if !past && !sentence.items.iter().any(who) {
            return false;
        }
        (class("neutral") || class("report")) && !matches!(led.as_str(), "the" | "a" | "an" | "to" | "that")
    }

    /// The verb that a date belongs to: the nearest before it in its clause, or the first behind a date that opens the
    /// sentence. A verb of announcing takes the date of what it announces. A verb that no lexicon knows has its date all
    /// the same: nothing is looked for beyond it.
    fn verb(&self, index: usize, sentence: &Sentence, first: usize, last: usize) -> Option<Happening> {
        // Whatever it was that "came" or "happened" is not known.
        let known = |h: &Happening| h.family != "happen";
        let stated = |h: Happening| {
            let at = h.at;
            let own = || at.and_then(|a| self.word_of(sentence, a));
            Some(self.resolved(index, sentence, h)).filter(known).or_else(own)
        };
        if self.opens(sentence, first) {
            return self.ahead(sentence, last, REACH, true).and_then(stated);
        }
        // "…, and in 2011 she left", "not until May did the yard open": the clause of the date begins with it.
        let behind = self.word(sentence, last);
        let joint = |a: usize| {
            let word = self.word(sentence, a);
            matches!(word.as_str(), "and" | "but" | "or" | "that") || sentence.mark(self.view.text, a) == Some(',')
        };
        let begins = (first.saturating_sub(3)..first).any(joint);
        if begins && OWN_SUBJECTS.contains(&behind.as_str()) || matches!(behind.as_str(), "did" | "does" | "do") {
            return self.ahead(sentence, last, REACH, false).and_then(stated);
        }
        if self.in_office(sentence, first, last) || self.compared(sentence, first) {
            return None;
        }
        // "At 13:39 (08:09 UTC)": what stands in brackets behind a time says it once more.
        let opened = first.checked_sub(1).filter(|&a| sentence.mark(self.view.text, a) == Some('('));
        let timed = |i: &&crate::mention::Item| matches!(i.kind, ItemKind::Time(_) | ItemKind::Undated(_));
        let stated_before = opened.and_then(|open| sentence.items.iter().filter(timed).find(|i| i.last == open));
        let again = stated_before.is_some();
        let first = stated_before.map_or(first, |i| i.first);
        let mut nearest: Option<Happening> = None;
        let near = |h: &Happening| h.at.unwrap_or(first);
        let mut at = first;
        while let Some(a) = at.checked_sub(1).filter(|a| first - a <= REACH) {
            at = a;
            let mark = sentence.mark(self.view.text, a);
            // "…, but in 1998 the yard closed": the date opens a clause of its own.
            let stated_that = || a > 0 && !content(self.view, sentence, a - 1) && !sentence.named(a - 1);
            if nearest.is_none() && self.word(sentence, a) == "that" && stated_that() {
                break;
            }
            if nearest.is_none() && CONJUNCTIONS.contains(&self.word(sentence, a).as_str()) {
                break;
            }
            let beyond = nearest.as_ref().is_some_and(|h| near(h) - a > 4);
            if matches!(mark, Some(';' | ':' | '(')) || nearest.is_none() && mark == Some(',') && first - a > 14 {
                break;
            }
            match (self.stated(sentence, a), &nearest) {
                (Some(stated), None) => nearest = Some(stated),
                (Some(stated), Some(h)) if stated.family == ANNOUNCE && near(h) - a <= 4 => {
                    nearest = Some(stated);
                    break;
                }
                (Some(_), Some(_)) => break,
                (None, Some(_)) if beyond => break,
                (None, Some(_)) => {}
                (None, None) if self.says(sentence, a) => return self.word_of(sentence, a),
                (None, None) => match self.clause_at(sentence, a) {
                    // "It was on 12 June that the yard opened".
                    Some(Clause::Be) if matches!(self.word(sentence, last).as_str(), "that" | "when") => break,
                    // "Nine were killed on 12 June when a helicopter came down": the day is that of both.
                    Some(Clause::Verb) if self.word(sentence, last) == "when" => break,
                    Some(Clause::Verb) => match self.describes(sentence, a) {
                        Some(verb) => at = verb + 1,
                        None => return self.word_of(sentence, a),
                    },
                    Some(_) => return None,
                    None => {}
                },
            }
        }
        // "Confirmed its aim of 12 boats by May": what is announced is to be done by then.
        let due = first > 0 && self.word(sentence, first - 1) == "by" || self.word(sentence, first) == "by";
        if nearest.as_ref().is_some_and(|h| due && h.family == ANNOUNCE) {
            return None;
        }
        // Nothing has happened yet before the date: it belongs to what comes.
        let found = nearest.or_else(|| self.ahead(sentence, last, 12, self.set_off(sentence, first, last)));
        let once_more = |h: Happening| Happening { at: None, own: None, once: false, ..h };
        found.and_then(stated).map(|h| if again { once_more(h) } else { h })
    }

    /// A verb that only says that something happened or struck becomes what it says that of: the noun before it in its
    /// sentence, that of the sentence before, or what the document is about.
    fn resolved(&self, index: usize, sentence: &Sentence, stated: Happening) -> Happening {
        let Some(at) = stated.at.filter(|_| matches!(stated.family.as_str(), "happen" | "strike" | "start")) else {
            return stated;
        };
        let family =
            |(at, family, own): (Option<usize>, String, Option<Own>)| Happening { at, family, once: false, own };
        let before = (at.saturating_sub(SUBJECT)..at).rev().find_map(|a| {
            let (_, family, own) = self.noun(sentence, a)?;
            (!self.governed(sentence, a)).then_some((Some(a), family, own))
        });
        // "The arrest for the robbery …, which happened": whatever stands right before "which".
        let which = (at.saturating_sub(3)..at).any(|a| self.word(sentence, a) == "which");
        let nearest = || {
            (at.saturating_sub(SUBJECT)..at).rev().find_map(|a| {
                let (_, family, own) = self.noun(sentence, a)?;
                Some((Some(a), family, own))
            })
        };
        let before = if which { nearest() } else { before };
        if let Some(found) = before {
            return family(found);
        }
        let pronoun = sentence
            .items
            .iter()
            .any(|i| matches!(i.kind, ItemKind::Pronoun(Pronoun::Thing)) && i.last <= at && at - i.last <= 2);
        let this = (at.saturating_sub(2)..at).any(|a| matches!(self.word(sentence, a).as_str(), "this" | "that"));
        if !(pronoun || this && stated.family == "happen") {
            return stated;
        }
        let last = index.checked_sub(1).and_then(|i| self.view.sentences.get(i));
        let earlier = last.and_then(|s| (0..s.toks.len()).find_map(|a| self.noun(s, a)));
        match earlier
            .map(|(_, f, own)| (f, own))
            .or_else(|| Some((self.main.clone()?, Some(Own { name: "", momentary: true, instance: None }))))
        {
            Some((f, own)) => family((None, f, own)),
            None => stated,
        }
    }

    /// Whether what a verb of announcing tells of is that somebody is bought: "the takeover was revealed", "announced that
    /// it would buy".
    pub(super) fn of_deal(&self, sentence: &Sentence, at: usize) -> bool {
        let deal = |a: usize| {
            matches!(
                self.word(sentence, a).as_str(),
                "deal" | "takeover" | "acquisition" | "merger" | "purchase" | "buyout" | "transaction" | "tie-up"
            )
        };
        let buys = |a: usize| {
            let words: Vec<_> = sentence.words_from(a).take(3).collect();
            let term = self.view.lookup.terms("events").at(&words, None);
            term.is_some_and(|(_, t)| &*t.key == "acquire")
        };
        let stop = |a: &usize| !matches!(sentence.mark(self.view.text, *a), Some(';' | ':' | ','));
        let before = (at.saturating_sub(5)..at).rev().take_while(stop).any(|a| deal(a) && !self.governed(sentence, a));
        before || (at + 1..sentence.toks.len().min(at + 12)).take_while(stop).any(|a| deal(a) || buys(a))
    }
}

#[cfg(test)]
mod tests {
    use crate::claim::Extractor;
    use crate::rule::Rules;
    use crate::source::Document;
    use crate::value::Value;

    /// What the times of a text date: attribute, instance, value.
    fn dated(text: &str) -> Vec<(String, Option<String>, String)> {
        let rules = Rules::embedded().unwrap();
        let claims = Extractor::new(&rules).extract(&Document::from_text("a.txt", text), None).claims;
        let times = claims.into_iter().filter_map(|c| {
            let Value::Time(t) = &c.value else { return None };
            Some((c.attribute.clone(), c.subject.and_then(|s| s.instance), t.edtf.clone()))
        });
        times.collect()
    }

    /// Asserts that the first time of a text dates an event.
    fn first(text: &str, attribute: &str) {
        let all = dated(text);
        assert_eq!(all.first().map(|d| d.0.as_str()), Some(attribute), "{text}: {all:?}");
    }

    #[test]
    fn a_noun_beside_the_date() {
        first("The crash of 12 June 2019 in Lowmere killed nine.", "crash date");
        first("The crash in Lowmere on 12 June 2019 killed nine.", "crash date");
        first("The heist was on 12 June 2019.", "rob date");
        first("The 12 June 2019 earthquake was felt in Upmere.", "quake date");
        first("The take-off was at 13:39.", "leave time");
        first("Release date: 12 June 2019.", "launch date");
    }

    #[test]
    fn a_verb_of_the_family() {
        first("The bank was robbed on 12 June 2019.", "rob date");
        first("Nine people were killed on 12 June 2019 when a helicopter came down near Lowmere.", "crash date");
        first("The ferry left the harbour at 13:39.", "leave time");
    }

    #[test]
    fn a_verb_of_happening_dates_its_subject() {
        first("The robbery of the bank, which happened on 12 June 2019, took six minutes.", "rob date");
        first("The bank was closed after a robbery. It happened on 12 June 2019.", "rob date");
        first("An earthquake struck Lowmere on 12 June 2019.", "quake date");
    }

    #[test]
    fn a_date_belongs_to_the_verb_that_it_stands_with() {
        for (text, attribute) in [
            ("Ingrid Solberg, who was born in Lowmere, graduated in 1963.", "graduate date"),
            ("Ingrid Solberg was born in Lowmere and taught from 1963.", "teach date"),
            ("Lund closed the bakery, where 230 people lost their jobs in August 2019.", "lose date"),
            ("Lund put their name on a list that they drew up in August 2019.", "draw date"),
            ("Norvik Holdings founded a yard based in Lowmere in 1998.", "found date"),
            ("The shares closed higher, having risen since August 2019.", "rise date"),
            ("She has worked on writing tablets since the yard opened in 2014.", "open date"),
            ("Lund said that in 1998 the yard opened.", "open date"),
            ("Lund Brothers said on Thursday it had secured the harbour.", "say date"),
            ("The members said yes, and on 12 June 2019 they returned to work.", "return date"),
        ] {
            first(text, attribute);
        }
    }

    #[test]
    fn a_date_beside_no_verb_dates_nothing_that_is_told_elsewhere() {
        for text in [
            "Solberg, president of the college from 1985 to 1989, died at home.",
            "She was president of the college from 1985 to 1989 and died at home.",
            "He has been dead since 2011, and she still sets out his pencils.",
            "The company confirmed its aim of 12 boats by the end of 2019.",
            "The yard was busy compared with the same months of 2019.",
            "2019: good news from the upper end of town.",
        ] {
            let all = dated(text);
            assert!(all.iter().all(|d| matches!(d.0.as_str(), "date date" | "grow date")), "{text}: {all:?}");
        }
    }

    #[test]
    fn a_noun_that_is_only_pointed_at_leaves_the_date_to_the_verb() {
        first("Two men were arrested for the robbery on 12 June 2019.", "arrest date");
        first("The minister spoke about the crash site on 12 June 2019.", "speak date");
    }

    #[test]
    fn a_date_of_saying_or_of_the_page_dates_no_event() {
        first("The bank was robbed, police said on 12 June 2019.", "say date");
        first("LOWMERE, 12 June 2019: A helicopter came down near the harbour.", "date date");
    }

    #[test]
    fn the_end_of_a_quarter() {
        first("In the quarter ended 31 March 2019 the yard built nine boats.", "period end date");
        let year = dated("For the fiscal year ended 31 March 2019 the yard built nine boats.");
        assert!(year.iter().any(|d| d.0 == "period end date" && d.1.as_deref() == Some("year")), "{year:?}");
    }

    #[test]
    fn another_event_is_set_apart() {
        let all = dated("A second explosion occurred on 12 June 2019.");
        assert_eq!(all[0].1.as_deref(), Some("second"), "{all:?}");
    }

    #[test]
    fn a_deal_is_announced_under_any_noun() {
        for text in [
            "The takeover of Norvik Holdings was revealed on 12 June 2019.",
            "On 12 June 2019 Lund Brothers announced that it would buy Norvik Holdings.",
        ] {
            first(text, "announce date");
        }
    }
}
