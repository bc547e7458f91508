//! Conflicts made of agreement: one of two values that are surely of one thing is changed, as a slip of the pen changes it.
//!
//! Comes in: documents that nobody has labelled. Goes out: what is seen of the two after the change. Two documents that differ mostly do so
//! throughout, so the value is changed wherever the second document has it; a document that contradicts itself does so in one place.

use std::collections::BTreeMap;

use belie::claim::{Claim, Extractor};
use belie::compare::Seen;
use belie::source::Document;
use belie::text::Span;
use belie::value::Value;
use serde_json::json;

use crate::{examined, value};

/// How sure the evidence is of two equal values that are taken to be of one thing, in thousandths.
const SURE: u16 = 900;
/// Slips of a folder for each of its documents: within one, and between two.
const SLIPS: usize = 1;

/// Words of which one takes the place of another.
const WORDS: [&[&str]; 3] = [
    &["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
    &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    &[
        "January",
        "February",
        "March",
        "April",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
];

/// Prints the slips of some documents, which are all that there is in `folder`.
pub fn slips(documents: &[Document], extractor: &Extractor<'_>, folder: &str) {
    let before = examined(documents.to_vec(), extractor);
    let claims = &before.analysis.claims;
    let of = |seen: &Seen| [&claims[seen.candidate.a as usize], &claims[seen.candidate.b as usize]];
    let mut rng =
        Rng(folder.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3)));
    let equal = |seen: &&Seen| {
        let [x, y] = of(seen);
        let same = match (&x.value, &y.value) {
            (Value::Quantity(p), Value::Quantity(q)) => {
                p.number.is_some() && p.number == q.number && p.bound == q.bound
            }
            (Value::Time(p), Value::Time(q)) => p.edtf == q.edtf,
            _ => false,
        };
        same && seen.apart == Some(false) && seen.confidence >= SURE && x.span != y.span
    };
    // Of the pairs of two documents, or of one and the same, some by chance.
    let mut by_documents: BTreeMap<bool, Vec<&Seen>> = BTreeMap::new();
    for seen in before.observed.iter().filter(equal) {
        let [x, y] = of(seen);
        by_documents.entry(x.source == y.source).or_default().push(seen);
    }
    for (within, mut all) in by_documents {
        for _ in 0..(SLIPS * documents.len()).min(all.len()) {
            let [x, y] = of(all.swap_remove(rng.below(all.len())));
            slip(documents, extractor, folder, within, [x, y], &mut rng);
        }
    }
}

fn slip(
    documents: &[Document],
    extractor: &Extractor<'_>,
    folder: &str,
    within: bool,
    [x, y]: [&Claim; 2],
    rng: &mut Rng,
) {
    let text = |c: &Claim| documents[c.source as usize].text.as_str();
    let own = y.value_span.of(text(y));
    let Some(changed) = change(own, rng) else { return };
    let there = if within {
        let Span { start, end } = y.value_span;
        format!("{}{changed}{}", &text(y)[..start as usize], &text(y)[end as usize..])
    } else {
        replaced(text(y), own, &changed)
    };
    let ids = [x, y].map(|c| documents[c.source as usize].id.clone());
    let documents = documents.iter().map(|d| match d.id == ids[1] {
        true => Document::from_text(&d.id, &there),
        false => d.clone(),
    });
    let after = examined(documents.collect(), extractor);
    let words = |at: u32| {
        let c = &after.analysis.claims[at as usize];
        let d = &after.analysis.documents[c.source as usize];
        (d.id.clone(), c.value_span.start, c.value_span.of(&d.text).to_owned())
    };
    let is_it = |seen: &&Seen| {
        let (a, b) = (words(seen.candidate.a), words(seen.candidate.b));
        let near = !within || b.1 == y.value_span.start;
        seen.apart == Some(true)
            && (&a.0, a.1) == (&ids[0], x.value_span.start)
            && b.0 == ids[1]
            && b.2 == changed
            && near
    };
    if let Some(seen) = after.observed.iter().find(is_it) {
        value(&after, seen, &json!(folder));
    }
}

/// A text with some words in the place of others wherever these stand by themselves.
fn replaced(text: &str, from: &str, to: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut end = 0;
    for (at, _) in text.match_indices(from) {
        let joined = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if joined(text[..at].chars().next_back()) || joined(text[at + from.len()..].chars().next()) {
            continue;
        }
        out.push_str(&text[end..at]);
        out.push_str(to);
        end = at + from.len();
    }
    out + &text[end..]
}

/// Another value in the place of one: a digit is another, two change places, or all are others; a day, a month or a small number in words is
/// another. Nothing where it has none of these.
fn change(words: &str, rng: &mut Rng) -> Option<String> {
    let mut out = words.as_bytes().to_vec();
    let digits: Vec<usize> = (0..out.len()).filter(|i| out[*i].is_ascii_digit()).collect();
    if let Some(&first) = digits.first() {
        let told: Vec<usize> = digits.iter().copied().filter(|i| out[*i] != b'0').collect();
        let swaps: Vec<&[usize]> =
            digits.windows(2).filter(|w| out[w[0]] != out[w[1]] && (w[0] != first || out[w[1]] != b'0')).collect();
        match rng.below(4) {
            0 if !swaps.is_empty() => {
                let at = swaps[rng.below(swaps.len())];
                out.swap(at[0], at[1]);
            }
            1 => told.iter().for_each(|i| out[*i] = b'1' + rng.below(9) as u8),
            _ if !told.is_empty() => {
                let at = told[rng.below(told.len())];
                out[at] = b'1' + rng.below(9) as u8;
            }
            _ => return None,
        }
        return String::from_utf8(out).ok().filter(|changed| changed != words);
    }
    WORDS.iter().find_map(|others| {
        let own = others.iter().find(|o| words.split(' ').any(|w| w.eq_ignore_ascii_case(o)))?;
        let other = others[rng.below(others.len())];
        let lower = words.to_lowercase();
        let at = lower.find(&own.to_lowercase())?;
        (other != *own).then(|| format!("{}{other}{}", &words[..at], &words[at + own.len()..]))
    })
}

/// Splitmix: the same on every machine.
struct Rng(u64);

impl Rng {
    /// A number below another, which is above 0.
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
}
