//! What a reader calls an attribute.
//!
//! Comes in: the attributes of extract rules and the rows of lexicons of what happens, with the words in `called` where
//! their own are none that a reader would use. Goes out: "date of opening" for "open date". Only reports that people read
//! ask here; what programs read, and what is compared, are the attributes themselves.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::compile::{ExtractRule, Lexicon};

/// The lexicons whose keys are what a date or a time of day is of, the one that knows the noun best first.
const EVENTS: [&str; 4] = ["events", "happenings", "happening-verbs", "irregular"];

/// What is no verb and no row of a lexicon: the last day of a reporting period.
const PERIOD: (&str, &str) = ("period end", "the period’s end");

/// What the attribute of a date ends in.
const DATE: &str = "date";

/// What a date or a time of day is of where the text has no verb for it.
const NOTHING: [&str; 2] = [DATE, "time"];

/// The words of readers for attributes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Called {
    /// By attribute. An attribute that a rule tells and that reads well is its own word.
    attributes: BTreeMap<String, String>,
    /// Nouns for what happens, by the key of its row.
    events: BTreeMap<String, String>,
    /// Verbs that double their last letter.
    doubling: BTreeSet<String>,
}

impl Called {
    pub(super) fn new(rules: &[ExtractRule], lexicons: &BTreeMap<String, Lexicon>) -> Called {
        let mut called = Called::default();
        for rule in rules {
            let word = rule.called.as_ref().unwrap_or(&rule.attribute);
            let known = called.attributes.entry(rule.attribute.clone()).or_insert_with(|| word.clone());
            // Several rules may tell one attribute; one of them says what it is called.
            if *known == rule.attribute {
                known.clone_from(word);
            }
        }
        for row in EVENTS.iter().filter_map(|id| lexicons.get(*id)).flat_map(|l| l.rows.values()) {
            if let Some(noun) = &row.called {
                called.events.entry(row.key.clone()).or_insert_with(|| noun.clone());
            }
        }
        let doubling = lexicons.get("doubling").into_iter().flat_map(|l| l.rows.values());
        called.doubling = doubling.flat_map(|row| row.forms.iter().cloned()).collect();
        called.events.insert(PERIOD.0.to_owned(), PERIOD.1.to_owned());
        called
    }

    /// What a reader calls an attribute: "people aboard" for "aboard", "date of opening" for "open date". Words of the
    /// text itself stay as they are.
    pub fn attribute<'a>(&'a self, attribute: &'a str) -> Cow<'a, str> {
        if let Some(known) = self.attributes.get(attribute) {
            return Cow::Borrowed(known);
        }
        match attribute.rsplit_once(' ') {
            Some((event, kind)) if NOTHING.contains(&kind) => match self.events.get(event) {
                _ if NOTHING.contains(&event) => Cow::Borrowed(kind),
                Some(noun) => format!("{kind} of {noun}").into(),
                None if kind == DATE => format!("{kind} of {}", doing(event, &self.doubling)).into(),
                // "Lap time" is a length of time, and no verb.
                None => Cow::Borrowed(attribute),
            },
            _ => Cow::Borrowed(attribute),
        }
    }

    /// What a finding is of, as far as the text tells: "Alder Bridge, date of opening". An event whose own date it is
    /// is not repeated.
    pub fn what(&self, subject: Option<&str>, attribute: &str) -> String {
        let own = |s: &str| attribute.strip_prefix(s).is_some_and(|rest| matches!(rest, " date" | " time"));
        match subject.filter(|s| !own(s)) {
            Some(subject) => format!("{subject}, {}", self.attribute(attribute)),
            None => self.attribute(attribute).into_owned(),
        }
    }
}

/// A verb as a noun: "opening", "running", "breaking out". A lemma that was cut from a past form ("fir", of "fired")
/// comes out right as well. `doubling` are the verbs of more than one syllable that double their last letter.
fn doing(verb: &str, doubling: &BTreeSet<String>) -> String {
    let (first, rest) = verb.split_once(' ').map_or((verb, String::new()), |(v, rest)| (v, format!(" {rest}")));
    let letters: Vec<char> = first.chars().collect();
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let stem = match letters.as_slice() {
        [head @ .., 'i', 'e'] if !head.is_empty() => format!("{}y", head.iter().collect::<String>()),
        [.., before, 'e'] if letters.len() > 2 && !matches!(before, 'e' | 'o' | 'y') => {
            letters[..letters.len() - 1].iter().collect()
        }
        [head @ .., middle, last] if vowel(*middle) && !vowel(*last) && !matches!(last, 'w' | 'x' | 'y' | 'h') => {
            // The "u" of "quit" is no vowel.
            let before = head.iter().rev().take(1).any(|c| vowel(*c)) && !head.ends_with(&['q', 'u']);
            let short = !head.iter().any(|c| vowel(*c)) || head.ends_with(&['q', 'u']);
            let whole = doubling.contains(first) || *last == 'l';
            let cut = *last == 'r' && matches!(middle, 'i' | 'o' | 'u');
            if !before && (short && !cut || whole) { format!("{first}{last}") } else { first.to_owned() }
        }
        _ => first.to_owned(),
    };
    format!("{stem}ing{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::Rules;

    #[test]
    fn attributes_are_called_what_a_reader_calls_them() {
        let rules = Rules::embedded().unwrap();
        let check = |attribute: &str, expected: &str| assert_eq!(rules.called.attribute(attribute), expected);
        check("open date", "date of opening");
        check("die date", "date of death");
        check("born date", "date of birth");
        check("announce date", "date of announcement");
        check("crash time", "time of the crash");
        check("rob date", "date of the robbery");
        check("swallow date", "date of swallowing");
        check("run date", "date of running");
        check("period end date", "date of the period’s end");
        check("date date", "date");
        check("date time", "time");
        check("lap time", "lap time");
        check("aboard", "people aboard");
        // A rule tells them, and they read well.
        check("founding date", "founding date");
        check("charging time", "charging time");
        check("deaths", "deaths");
        check("wing flaps", "wing flaps");
    }

    #[test]
    fn what_a_finding_is_of() {
        let rules = Rules::embedded().unwrap();
        let check = |subject, attribute, expected: &str| assert_eq!(rules.called.what(subject, attribute), expected);
        check(Some("Alder Bridge"), "open date", "Alder Bridge, date of opening");
        check(None, "deaths", "deaths");
        check(Some("rob"), "rob date", "date of the robbery");
        check(Some("run"), "duration", "run, duration");
    }

    #[test]
    fn verbs_as_nouns() {
        let rules = Rules::embedded().unwrap();
        let forms = [
            ("close", "closing"),
            ("lie", "lying"),
            ("see", "seeing"),
            ("quit", "quitting"),
            ("hit", "hitting"),
            ("begin", "beginning"),
            ("cancel", "cancelling"),
            ("cancell", "cancelling"),
            ("reveal", "revealing"),
            ("visit", "visiting"),
            ("fir", "firing"),
            ("explor", "exploring"),
            ("show", "showing"),
            ("break out", "breaking out"),
            ("é", "éing"),
        ];
        for (verb, expected) in forms {
            assert_eq!(doing(verb, &rules.called.doubling), expected, "{verb}");
        }
    }

    #[test]
    fn nouns_of_happenings_are_given() {
        // A noun is no verb that could be made one: "date of accidenting".
        let rules = Rules::embedded().unwrap();
        for id in ["events", "happenings"] {
            for row in rules.lexicons[id].rows.values() {
                assert!(row.called.is_some(), "{id}: {} has no `called`", row.key);
            }
        }
    }
}
