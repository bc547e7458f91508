//! What a date dates: the event that a noun or a verb near it tells of.
//!
//! Comes in: a time in a sentence. Goes out: the event's family, where it is told, and whether it needs no name beside it:
//! a crash is what it is, an acquisition is of somebody. A verb of saying takes the date for itself.

use crate::claim::extract::Reading;
use crate::mention::{ItemKind, Pronoun, Sentence};
use crate::text::TokenKind;

use crate::claim::kind::quantity::{content, verb_at};

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

/// The family of the end of a quarter or year.
const PERIOD: &str = "period end";

/// What the words of a document say happened, read once.
pub(super) struct Happenings<'r, 's> {
    reading: &'r Reading<'s>,
    /// The event that the document names most, where it names one more than once.
    main: Option<String>,
}

impl<'r, 's> Happenings<'r, 's> {
    /// Reads the nouns of the document.
    pub(super) fn new(reading: &'r Reading<'s>) -> Self {
        let mut all = Happenings { reading, main: None };
        let mut counts: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
        for sentence in reading.sentences.iter().filter(|s| !reading.segment_of(s).noise) {
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

    fn word(&self, sentence: &Sentence, at: usize) -> String {
        sentence.word(self.reading.text, at).to_lowercase()
    }

    /// "LOWMERE, June 13: …": names and a date before a mark that opens the text date the page.
    fn dateline(&self, sentence: &Sentence, first: usize, last: usize) -> bool {
        let mark = |a: usize| sentence.mark(self.reading.text, a);
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
                && (behind..at).all(|a| content(self.reading, sentence, a))
            {
                return Some(Happening { at: Some(at), family, once: false, own });
            }
        }
        // Back over prepositions, other times and places.
        let inside = |a: usize| {
            sentence.items.iter().find(|i| i.first <= a && a < i.last).is_some_and(|i| match i.kind {
                ItemKind::Time(_) | ItemKind::Moment(_) => true,
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
            let equal = matches!(word.as_str(), "was" | "is" | "were" | "be")
                || sentence.mark(self.reading.text, a) == Some(':');
            led && !toks[a].glued
                || equal
                || inside(a)
                || sentence.mark(self.reading.text, a) == Some(',') && a > 0 && inside(a - 1)
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
        if !of && self.governed(sentence, at) && self.told_before(sentence, at) {
            return None;
        }
        Some(Happening { at: Some(at), family, once: false, own })
    }

    /// Whether a preposition that only points at an event leads in its noun: "arrested for the robbery".
    fn governed(&self, sentence: &Sentence, at: usize) -> bool {
        let start =
            (at.saturating_sub(4)..at).rev().take_while(|&a| content(self.reading, sentence, a)).last().unwrap_or(at);
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

    /// Whether the clause has told of something before a token: then the date may be of that.
    fn told_before(&self, sentence: &Sentence, at: usize) -> bool {
        let clause =
            (0..at).rev().take(REACH).take_while(|&a| !matches!(sentence.mark(self.reading.text, a), Some(';' | ':')));
        clause.into_iter().any(|a| verb_at(self.reading, sentence, a).is_some() || self.says(sentence, a))
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
        let reading = self.reading;
        let words: Vec<_> = sentence.words_from(at).take(4).collect();
        let (n, term) = reading.lookup.terms("happenings").at(&words, None)?;
        let named = sentence.named(at);
        let led = at.checked_sub(1).map(|a| self.word(sentence, a)).unwrap_or_default();
        let verb = matches!(
            led.as_str(),
            "to" | "will" | "would" | "could" | "can" | "may" | "they" | "we" | "who" | "it" | "not"
        );
        // "The crash site": the noun only modifies.
        let modifies = content(reading, sentence, at + n)
            && !matches!(self.word(sentence, at + n).as_str(), "date" | "day" | "time")
            && !sentence.toks[at + n].capital
            && verb_at(reading, sentence, at + n).is_none()
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
    fn told(&self, sentence: &Sentence, at: usize) -> Option<Happening> {
        let reading = self.reading;
        if sentence.toks[at].quoted || sentence.toks[at].kind != TokenKind::Word {
            return None;
        }
        // "the post", "his move": a noun of a thing, not what happened.
        let noun = |i: &crate::mention::Item| matches!(i.kind, ItemKind::Nominal { .. } | ItemKind::Name(_));
        if sentence.items.iter().any(|i| noun(i) && i.first <= at && at < i.last) {
            return None;
        }
        let words: Vec<_> = sentence.words_from(at).take(4).collect();
        let event = reading.lookup.terms("events").at(&words, None);
        let happening = reading.lookup.terms("happening-verbs").at(&words, None);
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

    /// Whether a token is a past form with an object right behind it, so that it is the verb of its clause and no modifier:
    /// "the raid fuelled a strike", but not "the firm based in Lowmere".
    fn finite(&self, sentence: &Sentence, at: usize) -> bool {
        let word = self.word(sentence, at);
        let past = word.len() > 4 && word.ends_with("ed") && sentence.toks[at].kind == TokenKind::Word;
        let object = matches!(
            self.word(sentence, at + 1).as_str(),
            "the" | "a" | "an" | "its" | "his" | "her" | "their" | "this" | "that" | "what" | "it" | "them" | "him"
        );
        past && object && !sentence.toks[at].glued && !sentence.toks[at].quoted
    }

    /// Whether a token is a verb of saying that tells of nothing itself: "said on Monday".
    fn says(&self, sentence: &Sentence, at: usize) -> bool {
        let words: Vec<_> = sentence.words_from(at).take(2).collect();
        let class = |c: &str| self.reading.lookup.terms("speech-verbs").at(&words, Some(c)).is_some();
        let led = at.checked_sub(1).map(|a| self.word(sentence, a)).unwrap_or_default();
        (class("neutral") || class("report")) && !matches!(led.as_str(), "the" | "a" | "an" | "to" | "that")
    }

    /// The verb that a date belongs to: the nearest before it in its clause, or the first behind a date that opens the
    /// sentence. A verb of announcing takes the date of what it announces.
    fn verb(&self, index: usize, sentence: &Sentence, first: usize, last: usize) -> Option<Happening> {
        let text = self.reading.text;
        let opens = (0..first).all(|a| {
            sentence.toks[a].kind == TokenKind::Mark
                || matches!(
                    self.word(sentence, a).as_str(),
                    "on" | "in"
                        | "by"
                        | "since"
                        | "at"
                        | "early"
                        | "late"
                        | "when"
                        | "a"
                        | "the"
                        | "and"
                        | "but"
                        | "then"
                )
        });
        // "The agency on Friday condemned the raid": the verb right behind the date has it.
        let taken = || {
            let verb = (last..sentence.toks.len()).find(|&a| !self.word(sentence, a).ends_with("ly"));
            verb.is_some_and(|a| self.finite(sentence, a) && self.told(sentence, a).is_none())
        };
        let ahead = |reach: usize| {
            (last..sentence.toks.len().min(last + reach))
                .take_while(|&a| !self.says(sentence, a))
                .find_map(|a| self.told(sentence, a))
                .filter(|_| !taken())
        };
        // Whatever it was that "came" or "happened" is not known.
        let known = |h: &Happening| h.family != "happen";
        if opens {
            return ahead(REACH).map(|h| self.resolved(index, sentence, h)).filter(known);
        }
        let clause = (0..first).rev().take_while(|&a| !matches!(sentence.mark(text, a), Some(';' | ':' | '(')));
        let mut nearest: Option<Happening> = None;
        let near = |h: &Happening| h.at.unwrap_or(first);
        for a in clause.take(REACH) {
            if let Some(told) = self.told(sentence, a) {
                match &nearest {
                    None => nearest = Some(told),
                    Some(h) if told.family == "announce" && near(h) - a <= 4 => return Some(told),
                    Some(_) => break,
                }
            } else if nearest.as_ref().is_some_and(|h| near(h) - a > 4) {
                break;
            }
            if nearest.is_none()
                && (self.says(sentence, a) || self.finite(sentence, a) && self.told(sentence, a).is_none())
            {
                return None;
            }
            if nearest.is_none() && sentence.mark(text, a) == Some(',') && first - a > 14 {
                break;
            }
        }
        // Nothing has happened yet before the date: it belongs to what comes.
        nearest.or_else(|| ahead(12)).map(|h| self.resolved(index, sentence, h)).filter(known)
    }

    /// A verb that only says that something happened or struck becomes what it says that of: the noun before it in its
    /// sentence, that of the sentence before, or what the document is about.
    fn resolved(&self, index: usize, sentence: &Sentence, told: Happening) -> Happening {
        let Some(at) = told.at.filter(|_| matches!(told.family.as_str(), "happen" | "strike" | "start")) else {
            return told;
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
        if !(pronoun || this && told.family == "happen") {
            return told;
        }
        let last = index.checked_sub(1).and_then(|i| self.reading.sentences.get(i));
        let earlier = last.and_then(|s| (0..s.toks.len()).find_map(|a| self.noun(s, a)));
        match earlier
            .map(|(_, f, own)| (f, own))
            .or_else(|| Some((self.main.clone()?, Some(Own { name: "", momentary: true, instance: None }))))
        {
            Some((f, own)) => family((None, f, own)),
            None => told,
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
            let term = self.reading.lookup.terms("events").at(&words, None);
            term.is_some_and(|(_, t)| &*t.key == "acquire")
        };
        let stop = |a: &usize| !matches!(sentence.mark(self.reading.text, *a), Some(';' | ':' | ','));
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
