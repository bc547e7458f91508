//! From what the words say to a value as exact as they allow: clock times, stretches and rhythms included.
//!
//! Where [`resolve`](super::resolve()) answers days for claims, this answers what a mention means on its own, in EDTF
//! level 1 with times of day. What EDTF has no word for is written as ISO 8601 has it: `T17:00` a time of day,
//! `17:00:00/18:00:00` a stretch of an unnamed day, `2026-W21` a week, `XXXX-WXX-1` any Monday and
//! `TMO` any morning (both as in ISO 24617-1, TimeML), `P1W` a period.
//!
//! The conventions, where words leave a choice:
//! - a month, a day or a holiday without a year is the nearest one ([`Lean::Near`]); a weekday is the last one. The verb
//!   nearest to it makes it the coming one ([`Lean::Ahead`]) or one that has passed ([`Lean::Behind`]), "since" the
//!   latest ([`Lean::Since`]);
//! - a text that is nothing but a time is an entry in a form ([`Lean::Entry`]): the coming one is meant, and a time of
//!   day without a day is the coming one as well. In running text such a time stays without a day;
//! - "next Friday" is that of next week, "last Friday" the latest one before the document;
//! - of a document that has a date alone, times are as coarse as they are stated, as in TimeML: a part of the day has no hours
//!   (`2026-05-19TMO`), "two years ago" is a year, "six months ago" a month, "a year ago today" a day, "now" `PRESENT_REF`;
//! - of a message, whose time of day is known, and of an entry, hours and days are wanted: morning from 8, afternoon from 12,
//!   evening from 16, night from 20; "two years ago" is that day two years before, and approximate; "now" is the moment;
//! - "the next two quarters" are those of the calendar, "the next two years" run from tomorrow;
//! - a holiday that falls twice into a year is the first of the two, and both are candidates;
//! - "a few" is three; "recently" is `PAST_REF`;
//! - a word counted from another time ("two weeks later") is counted from the time before it, if that is as fine as what
//!   is counted ([`Expression::counted_from`]), and from the document where no time stands before it.

mod context;
mod spell;

use jiff::civil::{Date, Time, Weekday};

use super::expression::Expression;
use super::holiday::days_of;
use super::resolve::{lasting, open};
use crate::rule::measure::{Grain, Measures};
use crate::text::Span;
use crate::value::TimeValue;

use context::ResolutionContext;
use spell::{daypart_code, face, period, stated};

/// What relative times are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    /// The day of the document.
    pub day: Date,
    /// The time of day, where it is known.
    pub time: Option<Time>,
    /// Minutes ahead of UTC, where they are known.
    pub offset: Option<i16>,
}

/// Which one is meant where several fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lean {
    /// The nearest; of weekdays the last.
    #[default]
    Near,
    /// The latest: "since".
    Since,
    /// The nearest, but for months and days that lie more than two months ahead: the words speak of what has happened, and
    /// of a year ago they would say "last March".
    Behind,
    /// The coming one: the words speak of the future.
    Ahead,
    /// The coming one: the text is nothing but this time.
    Entry,
}

/// The longest text before a time that can be nothing but words that introduce it, in bytes.
const LEAD: usize = 24;

/// How far back a word is looked for that speaks of the future, in bytes.
const SAID: usize = 160;

impl Lean {
    /// The lean of a time at `span` in a sentence of a text.
    pub fn of(text: &str, sentence: Span, span: Span, measures: &Measures) -> Lean {
        let is_lead = |w: &str| measures.sense(measures.id(&w.to_ascii_lowercase())).role.lead;
        let before = text.get(..span.start as usize).unwrap_or_default();
        let after = text.get(span.end as usize..).unwrap_or_default();
        if before.len() <= LEAD
            && before.split_whitespace().all(is_lead)
            && after.len() <= LEAD
            && after.split(|c: char| !c.is_alphanumeric()).all(|w| w.is_empty() || is_lead(w))
        {
            return Lean::Entry;
        }
        let behind = |w: &str| w.eq_ignore_ascii_case("since");
        let cut = |from: usize, to: usize| {
            let from = (from..=to).find(|i| text.is_char_boundary(*i)).unwrap_or(to);
            text.get(from..to).unwrap_or_default()
        };
        let start = span.start as usize;
        let said = cut(start.saturating_sub(SAID).max(sentence.start as usize), start);
        if said.split_whitespace().next_back().is_some_and(behind) {
            return Lean::Since;
        }
        let (end, last) = (span.end as usize, sentence.end as usize);
        let until = (end..=(end + SAID).min(last)).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(end);
        let follows = text.get(end..until).unwrap_or_default();
        // The verb that is nearest before it tells the tense, and where none is, the nearest behind it.
        let tense = |w: &str| tense(w, measures);
        said.split_whitespace()
            .rev()
            .find_map(tense)
            .or_else(|| follows.split_whitespace().find_map(tense))
            .unwrap_or_default()
    }
}

/// What a word says of when its sentence plays: "will", "would" and "please" of the future, "was" and "opened" of the past.
fn tense(word: &str, measures: &Measures) -> Option<Lean> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    // "Lowmere United", "three hundred": names and numbers end so as well.
    let named = word.starts_with(char::is_uppercase) || word == "hundred";
    let word = word.to_ascii_lowercase();
    let role = measures.sense(measures.id(&word)).role;
    if role.future || role.hoped || word.ends_with("'ll") || word.ends_with("’ll") {
        Some(Lean::Ahead)
    } else if role.gone || !named && word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed") {
        Some(Lean::Behind)
    } else {
        None
    }
}

/// What a mention of a time means.
#[derive(Debug, Clone, PartialEq)]
pub struct Timex {
    /// The value; of a rhythm one of its times, or the period where none is named.
    pub value: TimeValue,
    /// The period of a rhythm, as an ISO 8601 duration.
    pub every: Option<String>,
    /// All values that the words can have, where they leave a choice that no convention settles: 03/04/2025, a holiday
    /// that falls twice into its year. Empty or at least two.
    pub candidates: Vec<String>,
}

impl Timex {
    /// Adds the other reading of a day and a month stated by digits alone; `words` are those of the mention.
    pub fn with_orders(mut self, words: &str) -> Timex {
        let mut digits = words.split('/').map(|d| d.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default());
        let mut small = || digits.next()?.parse::<i8>().ok().filter(|n| (1..=12).contains(n));
        let edtf = &self.value.edtf;
        if let (Some(a), Some(b), true) = (small(), small(), words.matches('/').count() == 2 && !edtf.contains("/"))
            && let (true, Some(year), Some(rest)) = (a != b, edtf.get(..4), edtf.get(10..))
            && edtf.get(4..10) == Some(&format!("-{a:02}-{b:02}"))
        {
            self.candidates = vec![edtf.clone(), format!("{year}-{b:02}-{a:02}{rest}")];
        }
        self
    }
}

/// The value of an expression against a reference; without one, relative times have an empty `edtf`.
pub fn timex(expression: &Expression, reference: Option<Reference>, lean: Lean) -> Timex {
    let context = ResolutionContext { reference, lean };
    match expression {
        Expression::Repeat { count, grain, of } => {
            let every = period(*count, *grain);
            let weekday = |day: Weekday| format!("XXXX-WXX-{}", day.to_monday_one_offset());
            let edtf = match of.as_deref() {
                Some(Expression::Date { weekday: Some(day), .. }) => weekday(*day),
                Some(Expression::Daypart { part, date, .. }) => match date.as_deref() {
                    Some(Expression::Date { weekday: Some(day), .. }) => weekday(*day) + daypart_code(*part),
                    _ => daypart_code(*part).to_owned(),
                },
                Some(Expression::Clock { time, date: Some(date) }) => match date.as_ref() {
                    Expression::Date { weekday: Some(day), .. } => format!("{}T{}", weekday(*day), face(*time)),
                    _ => format!("T{}", face(*time)),
                },
                Some(of) => ResolutionContext { reference: None, lean }.value(of).edtf,
                None if *grain == Grain::Weekend && *count == 1 => "XXXX-WXX-WE".to_owned(),
                None => every.clone(),
            };
            Timex { value: TimeValue { edtf, ..open() }, every: Some(every), candidates: Vec::new() }
        }
        expression => {
            let candidates = match expression {
                Expression::Holiday { holiday, year: Some(year), .. } => {
                    days_of(*holiday, *year).iter().map(|days| lasting(days.0, days.1).edtf).collect()
                }
                _ => Vec::new(),
            };
            let candidates = if candidates.len() > 1 { candidates } else { Vec::new() };
            Timex { value: stated(context.value(expression)), every: None, candidates }
        }
    }
}

#[cfg(test)]
mod tests;
