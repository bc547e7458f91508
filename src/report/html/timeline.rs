//! Dated claims in the order of their dates.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::claim::Claim;
use crate::finding::Analysis;
use crate::value::{Bound, Value, value_words};

use super::marks::{Highlight, Marks};
use super::partner::{self, Place, Relations};

/// Most places of an entry.
const PLACES: usize = 6;

/// A year.
#[derive(Debug, Serialize)]
pub(super) struct Year {
    /// As people write it.
    pub year: String,
    /// What is dated in it.
    pub entries: Vec<Entry>,
}

/// What some sources date alike.
#[derive(Debug, Serialize)]
pub(super) struct Entry {
    /// The date in words.
    pub date: String,
    /// The same for programs, where it is a day, a month or a year.
    pub datetime: Option<String>,
    /// What is dated.
    pub subject: Option<String>,
    /// What of it.
    pub attribute: String,
    /// Who says so.
    pub places: Vec<Place>,
    /// How many more say so.
    pub more: usize,
    /// Class of the most telling highlight.
    pub class: &'static str,
    /// The same in words.
    pub said: &'static str,
    /// Number of a finding, from 1, where it is contested.
    pub finding: Option<usize>,
}

type Key<'a> = (Date, &'a str, Bound, Option<&'a str>, &'a str);

/// The claims whose value is a date that is known, boilerplate left out; what has one date, subject and attribute is
/// one entry.
pub(super) fn timeline(analysis: &Analysis, marks: &Marks, relations: &Relations<'_>) -> Vec<Year> {
    let mut by: BTreeMap<Key<'_>, Vec<u32>> = BTreeMap::new();
    for (at, claim) in (0..).zip(&analysis.claims).filter(|(_, c)| !c.noise) {
        if let Value::Time(time) = &claim.value
            && let Some(day) = time.earliest
        {
            let key = (day, time.edtf.as_str(), time.bound, subject(analysis, claim), claim.attribute.as_str());
            by.entry(key).or_default().push(at);
        }
    }
    let mut years: Vec<Year> = Vec::new();
    for ((day, edtf, _, subject, attribute), claims) in by {
        // Without the weekday, where one source gives none.
        let words = claims.iter().filter_map(|&c| analysis.claims.get(c as usize)).map(|c| value_words(&c.value));
        let date = words.min_by_key(String::len).unwrap_or_default();
        let highlight = claims.iter().map(|&c| marks.highlight[c as usize]).min().unwrap_or(Highlight::Alone);
        let contested = highlight <= Highlight::Doubtful;
        let card = claims.iter().flat_map(|&c| relations.cards(c)).min().filter(|_| contested);
        let mut places = partner::distinct(claims.iter().filter_map(|&c| relations.place(c)));
        let more = places.len().saturating_sub(PLACES);
        places.truncate(PLACES);
        let entry = Entry {
            date,
            datetime: is_plain(edtf).then(|| edtf.to_owned()),
            subject: subject.map(str::to_owned),
            attribute: analysis.called.attribute(attribute).into_owned(),
            places,
            more,
            class: highlight.class(),
            said: highlight.said(),
            finding: card.map(|at| at + 1),
        };
        let year = match day.year() {
            year if year > 0 => year.to_string(),
            year => format!("{} BC", 1 - i32::from(year)),
        };
        match years.last_mut() {
            Some(last) if last.year == year => last.entries.push(entry),
            _ => years.push(Year { year, entries: vec![entry] }),
        }
    }
    years
}

/// What a claim is about, by its name in the run.
fn subject<'a>(analysis: &'a Analysis, claim: &'a Claim) -> Option<&'a str> {
    let subject = claim.subject.as_ref()?;
    let entity = subject.entity.filter(|_| subject.instance.is_none());
    let global = entity.and_then(|e| analysis.entities.global(claim.source, e));
    let name = global.and_then(|g| analysis.entities.names.get(g as usize));
    Some(name.unwrap_or(&subject.name))
}

/// Whether a date is a day, a month or a year that HTML can write.
fn is_plain(edtf: &str) -> bool {
    let mut parts = edtf.split('-');
    let digits = |part: Option<&str>, n| part.is_none_or(|p| p.len() == n && p.bytes().all(|b| b.is_ascii_digit()));
    digits(parts.next(), 4) && digits(parts.next(), 2) && digits(parts.next(), 2) && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn one_entry_a_date() {
        let analysis = fixture::analysis();
        let marks = Marks::new(&analysis);
        let years = timeline(&analysis, &marks, &Relations::new(&analysis, &marks));
        assert_eq!(years.len(), 1);
        let said: Vec<String> =
            years[0].entries.iter().map(|e| format!("{} {} {}", e.date, e.attribute, e.places.len())).collect();
        assert_eq!(said, ["12 May 2021 opened 1", "14 May 2021 opened 2"]);
        assert_eq!(years[0].entries[0].finding, Some(1));
    }

    #[test]
    fn dates_for_programs() {
        assert!(["2021", "2021-05", "2021-05-12"].into_iter().all(is_plain));
        assert!(
            ["", "2021-05/2021-06", "../2028", "202X", "2021-05-12-01", "XXXX-05"].into_iter().all(|d| !is_plain(d))
        );
    }
}
