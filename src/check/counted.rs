//! "Three sentences", and the sentences are printed: the number counted against the number there; and words quoted
//! elsewhere from the same utterance that stand in none of them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::claim::Claim;
use crate::text::fold_words;
use crate::value::{Bound, Value};

use super::CheckContext;
use super::equation::Equation;

/// How far below its count a quotation is looked for, in bytes.
const NEAR: u32 = 1_000;

/// Sentences counted and printed, and what is quoted elsewhere of the same utterance.
pub(super) fn equations(context: &CheckContext<'_>) -> Vec<Equation<'static>> {
    let claims = context.compare.claims;
    let quoted = |c: &Claim| &*c.kind == "quote" && !c.noise;
    // Quotations by speaker and by the utterance they are taken from.
    let mut of_speaker: BTreeMap<(u32, Option<&str>), Vec<u32>> = BTreeMap::new();
    for (at, quote) in claims.iter().enumerate().filter(|(_, c)| quoted(c)) {
        if let Some(speaker) = context.subject(quote) {
            of_speaker.entry((speaker, instance(quote))).or_default().push(at as u32);
        }
    }
    let mut out = Vec::new();
    for (at, count) in (0..).zip(claims) {
        let (Some(number), Some(speaker)) = (sentences_counted(count), context.subject(count)) else { continue };
        // The longest quotation of the same speaker right below is what was counted.
        let printed = context
            .claims_from(count.source, count.span.start)
            .take_while(|&i| context.claim(i).span.start - count.span.start <= NEAR)
            .filter(|&i| quoted(context.claim(i)) && context.subject(context.claim(i)).is_none_or(|p| p == speaker))
            .max_by_key(|&i| (context.claim(i).value_span.len(), std::cmp::Reverse(i)));
        let Some(printed) = printed else { continue };
        let whole = context.claim(printed);
        let there = sentencize::split(context.words(whole)).len();
        if Decimal::from(there) != number {
            continue;
        }
        let number = number.normalize().to_string();
        out.push(Equation::new([("count", at), ("printed", printed)], true, there.to_string()).stating(&number));
        // Words of the same utterance that are in none of the sentences printed as the whole.
        let all = fold_words(context.words(whole));
        for &other in of_speaker.get(&(speaker, instance(whole))).into_iter().flatten() {
            let words = fold_words(context.words(context.claim(other)));
            let inside = words.is_empty() || all.windows(words.len()).any(|w| w == words.as_slice());
            let shares = words.len() > 3 && longest(&all, &words) * 2 >= words.len();
            if other == printed || inside || shares {
                continue;
            }
            let because =
                "the words are quoted from the same text but are in none of the sentences printed as the complete text";
            let equation = Equation::new([("count", at), ("outside", other)], false, there.to_string());
            out.push(equation.stating(&number).because(because.to_owned()));
        }
    }
    out
}

/// How many sentences a claim counts.
fn sentences_counted(claim: &Claim) -> Option<Decimal> {
    match &claim.value {
        Value::Quantity(q) if q.bound == Bound::Exact && &*q.unit.dimension == "count:sentence" => q.number,
        _ => None,
    }
}

/// Which utterance of its subject a claim is taken from.
fn instance(claim: &Claim) -> Option<&str> {
    claim.subject.as_ref().and_then(|s| s.instance.as_deref())
}

/// Length of the longest run of words that stands in both.
fn longest(a: &[String], b: &[String]) -> usize {
    let mut best = 0;
    // Runs that end at each word of `b`, for the word of `a` at hand.
    let mut runs = vec![0; b.len() + 1];
    for word in a {
        for at in (0..b.len()).rev() {
            runs[at + 1] = if *word == b[at] { runs[at] + 1 } else { 0 };
            best = best.max(runs[at + 1]);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::longest;

    #[test]
    fn longest_run() {
        let check = |a: &str, b: &str, expected: usize| {
            let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(longest(&words(a), &words(b)), expected, "{a} | {b}");
            assert_eq!(longest(&words(b), &words(a)), expected, "{b} | {a}");
        };
        check("a b c d", "x b c y", 2);
        check("a b c", "a b c", 3);
        check("a a b", "a b a", 2);
        check("a", "b", 0);
    }
}
