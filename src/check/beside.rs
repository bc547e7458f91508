//! Which words stand beside a value: a term counts for the value that it is next to, not for all of its sentence.

use crate::claim::Claim;
use crate::rule::Cue;

use super::CheckContext;
use super::words::Stretch;

/// Words before a value among which a term is looked for.
const BEFORE: usize = 5;
/// Words behind it.
const BEHIND: usize = 3;

/// Whether a term stands beside the value of a claim. A number, a semicolon or a colon between the two parts them.
pub(super) fn beside(context: &CheckContext<'_>, cue: &Cue, claim: &Claim) -> bool {
    let Some((before, behind)) = around(context, claim) else { return false };
    let number = |w: &&str| w.starts_with(|c: char| c.is_ascii_digit());
    let words = before.lower();
    let own = words.iter().rposition(number).map_or(0, |at| at + 1);
    let before = before.slice(own.max(words.len().saturating_sub(BEFORE)), words.len());
    let other = behind.lower().iter().position(number).unwrap_or(BEHIND);
    let behind = behind.head(other.min(BEHIND));
    [before, behind].iter().any(|side| side.holds(&cue.lexicon, cue.class.as_deref()))
}

/// What stands before a value in its segment, as far as a semicolon or colon, and behind it, as far as a comma as well:
/// what comes after that says something of the next figure.
pub(super) fn around<'a>(context: &CheckContext<'a>, claim: &Claim) -> Option<(Stretch<'a>, Stretch<'a>)> {
    let sentence = context.sentence(claim)?;
    let before = sentence.cut(claim.span.start, claim.value_span.start).since(&[';', ':']);
    let behind = sentence.cut(claim.value_span.end, claim.span.end).until(&[';', ':', ',']);
    Some((before, behind))
}
