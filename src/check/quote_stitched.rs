//! Sentences that somebody said at two places, quoted as if they had been said in one breath.
//!
//! Where one quotation of a source holds both, comparison sees what is left out between. Here the source gives them in two
//! quotations, with something that the same person said in between: each sentence is where it stands verbatim, and no mark
//! says that anything is left out.

use std::collections::BTreeMap;

use crate::claim::Claim;
use crate::text::fold_words;
use crate::value::Value;

use super::CheckContext;
use super::equation::Equation;

/// Fewest words of a sentence by which it is known again.
const FEWEST: usize = 4;
/// A run of words in more quotations than this tells nothing of where they come from.
const COMMON: usize = 64;
/// Marks that say that something is left out.
const MARKS: [&str; 4] = ["…", "...", "[", ". . ."];

/// The quotations that were put together of two.
pub(super) fn equations(context: &CheckContext<'_>) -> Vec<Equation<'static>> {
    // By runs of words: the quotations that hold them. A quotation is looked for only where it can be.
    let mut holding: BTreeMap<Vec<String>, Vec<u32>> = BTreeMap::new();
    let mut said: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for (at, claim) in (0..).zip(context.compare.claims) {
        if let Some(words) = quoted(claim).map(fold_words) {
            for run in words.windows(FEWEST) {
                let all = holding.entry(run.to_vec()).or_default();
                if all.last() != Some(&at) {
                    all.push(at);
                }
            }
            said.insert(at, words);
        }
    }
    let stitched = |&at: &u32| {
        let text = quoted(context.claim(at))?;
        let sentences: Vec<Vec<String>> =
            text.split(['.', '!', '?']).map(fold_words).filter(|s| !s.is_empty()).collect();
        let marked = MARKS.iter().any(|m| text.contains(m));
        if sentences.len() < 2 || marked || sentences.iter().any(|s| s.len() < FEWEST) {
            return None;
        }
        let (first, second) = stitched(context, at, &sentences, &holding, &said)?;
        let roles = [("quote", at), ("first", first), ("second", second)];
        let because = "two quotations of the source are given as one".to_owned();
        Some(Equation::new(roles, false, String::new()).because(because))
    };
    said.keys().filter_map(stitched).collect()
}

/// The words of a quotation that links may join.
fn quoted(claim: &Claim) -> Option<&str> {
    match &claim.value {
        Value::Text(words) if &*claim.kind == "quote" && !claim.noise => Some(words),
        _ => None,
    }
}

/// Two quotations of another document that hold two sentences of a quotation which follow each other there, with a
/// quotation of the same person between that it leaves out.
fn stitched(
    context: &CheckContext<'_>,
    at: u32,
    sentences: &[Vec<String>],
    holding: &BTreeMap<Vec<String>, Vec<u32>>,
    said: &BTreeMap<u32, Vec<String>>,
) -> Option<(u32, u32)> {
    let own = context.claim(at);
    let held =
        |sentence: &[String], by: u32| said.get(&by).is_some_and(|w| w.windows(sentence.len()).any(|r| r == sentence));
    let places = |sentence: &[String]| -> Vec<u32> {
        // Words that stand in many quotations are a phrase of the language.
        let all = holding.get(&sentence[..FEWEST]).filter(|all| all.len() <= COMMON).into_iter().flatten().copied();
        all.filter(|&o| context.claim(o).source != own.source && held(sentence, o)).collect()
    };
    // A page that has them as they are quoted supports the quotation.
    let whole: Vec<String> = sentences.concat();
    if places(&whole).iter().any(|&o| held(&whole, o)) {
        return None;
    }
    sentences.windows(2).find_map(|pair| {
        let (firsts, seconds) = (places(&pair[0]), places(&pair[1]));
        firsts.into_iter().find_map(|first| {
            let source = context.claim(first).source;
            let second = *seconds.iter().find(|&&s| context.claim(s).source == source && s > first)?;
            let speaker = &context.claim(first).attributed_to;
            let same = speaker.is_some() && *speaker == context.claim(second).attributed_to;
            // Said in between by the same person, and not quoted.
            let between = (first + 1..second).any(|o| {
                let other = said.get(&o).filter(|w| w.len() >= FEWEST);
                let left = |w: &Vec<String>| !whole.windows(w.len()).any(|r| r == w.as_slice());
                context.claim(o).attributed_to == *speaker && other.is_some_and(left)
            });
            (same && between).then_some((first, second))
        })
    })
}
