//! "Three sentences", and the sentences are printed: the number counted against the number there; and words quoted
//! elsewhere from the same utterance that stand in none of them.

use crate::claim::Claim;
use crate::finding::Checked;
use crate::graph::{Relation, Severity};
use crate::text::fold_words;
use crate::value::{Bound, Value};

use super::{Check, Checks, Scene, link};

/// See the module.
pub(super) struct Counted;

/// How far below its count a quotation is looked for, in bytes.
const NEAR: u32 = 1_000;

impl Check for Counted {
    fn id(&self) -> &'static str {
        "counted"
    }

    fn summary(&self) -> &'static str {
        "a number of sentences counted fits those that are printed, and no words quoted from the same text stand outside"
    }

    fn run(&self, scene: &Scene<'_>, found: &mut Checks) {
        let claims = scene.frozen.claims;
        let text = |c: &Claim| c.value_span.of(&scene.frozen.documents[c.source as usize].text).to_owned();
        let quotes: Vec<(u32, &Claim)> = claims
            .iter()
            .enumerate()
            .filter(|(_, c)| &*c.kind == "quote" && !c.noise)
            .map(|(i, c)| (i as u32, c))
            .collect();
        for (at, count) in claims.iter().enumerate() {
            let Value::Quantity(q) = &count.value else { continue };
            let (Some(number), true) = (q.number, q.bound == Bound::Exact && &*q.unit.dimension == "count:sentence")
            else {
                continue;
            };
            // The longest quotation of the same speaker right below is what was counted.
            let person = |c: &Claim| {
                c.subject.as_ref().and_then(|s| s.entity).and_then(|e| scene.frozen.merged.global(c.source, e))
            };
            let Some(speaker) = person(count) else { continue };
            let near = |c: &Claim| {
                c.source == count.source && c.span.start >= count.span.start && c.span.start - count.span.start <= NEAR
            };
            let printed = quotes
                .iter()
                .filter(|(_, c)| near(c) && person(c).is_none_or(|p| p == speaker))
                .max_by_key(|(i, c)| (c.value_span.len(), std::cmp::Reverse(*i)));
            let Some(&(printed, whole)) = printed else { continue };
            let there = sentences(&text(whole));
            if u64::try_from(there).ok().map(rust_decimal::Decimal::from) != Some(number) {
                continue;
            }
            let members = [at as u32, printed];
            let message = format!("“{}” sentences counted, {there} printed", near_words(&text(count)));
            found.links.extend(link(
                claims,
                self.id(),
                Relation::DerivedConsistent,
                Severity::Note,
                &members,
                message.clone(),
                message.clone(),
            ));
            found.checked.push(Checked { rule: self.id().to_owned(), claims: members.to_vec(), message });
            // Words of the same utterance that are in none of the sentences printed as the whole.
            let all = fold_words(&text(whole));
            for &(other, quote) in &quotes {
                let same = person(quote) == Some(speaker)
                    && quote.subject.as_ref().and_then(|s| s.instance.as_deref())
                        == whole.subject.as_ref().and_then(|s| s.instance.as_deref());
                let words = fold_words(&text(quote));
                let inside = words.is_empty() || all.windows(words.len()).any(|w| w == words.as_slice());
                let shares = longest(&all, &words) * 2 >= words.len().max(1) && words.len() > 3;
                if other == printed || !same || inside || shares {
                    continue;
                }
                let message = format!(
                    "“{}” counted, but the same text holds more: “{}”",
                    near_words(&text(count)),
                    near_words(&text(quote))
                );
                let because = "the words are quoted from the same text and stand in none of the sentences printed as the whole of it".to_owned();
                found.links.extend(link(
                    claims,
                    self.id(),
                    Relation::DerivedConflict,
                    Severity::Warning,
                    &[at as u32, other],
                    message,
                    because,
                ));
            }
        }
    }
}

fn near_words(words: &str) -> String {
    words.trim_matches([',', '.']).chars().take(48).collect()
}

/// Length of the longest run of words that stands in both.
fn longest(a: &[String], b: &[String]) -> usize {
    (1..=b.len()).rev().find(|&n| b.windows(n).any(|w| a.windows(n).any(|v| v == w))).unwrap_or(0)
}

/// Number of sentences in quoted words.
fn sentences(words: &str) -> usize {
    sentencize::split(words).len()
}
