//! "Of 1,204 households 234 (19.4 per cent)", "45 of the 60 pupils, or three quarters": a part, its whole, and its share.

use rust_decimal::Decimal;

use crate::value::Interval;

use super::CheckContext;
use super::equation::{Equation, rounded};
use super::figures::{Figure, Sentence};

/// Most words between the part and its share: "12 were contaminated, 15 per cent".
const APART: usize = 8;
/// Most words between the whole and its part where the whole comes first: "of 1,204 households, 234".
const NEAR: usize = 4;

/// A figure, the one behind it and a share: of the two one is said to be a part of the other.
pub(super) fn equation(_: &CheckContext<'_>, sentence: &Sentence<'_>, at: usize) -> Option<Equation<'static>> {
    let [a, b, share] = sentence.figures.get(at..at + 3)? else { return None };
    let (part, whole) = of(sentence, a, b)?;
    share.number()?;
    if !share.is_share() || part.number()? > whole.number()? || !said_of(sentence, b, share) {
        return None;
    }
    let hundred = Interval::point(Decimal::ONE_HUNDRED);
    let made = part.quantity.interval().mul(&hundred)?.div(&whole.quantity.interval())?;
    let right = rounded(&made, 1);
    let because = format!("{} of {} is {right} per cent", part.text, whole.text);
    let roles = [("share", share.at), ("part", part.at), ("whole", whole.at)];
    Some(Equation::new(roles, share.interval()?.overlaps(&made), right).because(because))
}

/// Whether a share is said of what stands before it, and of nothing else.
fn said_of(sentence: &Sentence<'_>, last: &Figure<'_>, share: &Figure<'_>) -> bool {
    let gap = sentence.between(last, share);
    // "234 (19.4 % of the total)", "234, up 12 %", "234, 12 % more than …": of something else.
    let own = match sentence.behind(share).head(2).lower()[..] {
        ["of", whom] => matches!(whom, "them" | "all" | "these" | "those"),
        ["of" | "more" | "less" | "fewer" | "up" | "down" | "higher" | "lower" | "points", ..] => false,
        _ => true,
    };
    let plainly = !gap.holds("change", None) && !gap.holds("compared", None);
    gap.has(&['(', ',', '–', '—']) && own && plainly && gap.one_statement(APART, &["or"])
}

/// Which of two figures is a part of the other: "45 of the 60", "of 60 pupils 45", "60 pupils; 45 of them".
fn of<'f, 'a>(
    sentence: &Sentence<'a>,
    a: &'f Figure<'a>,
    b: &'f Figure<'a>,
) -> Option<(&'f Figure<'a>, &'f Figure<'a>)> {
    if !a.counts() || !b.counts() {
        return None;
    }
    let between = sentence.between(a, b);
    let near = between.len() <= NEAR;
    match between.lower()[..] {
        ["of"] | ["of", "the" | "its" | "their" | "his" | "her" | "our" | "all"] => return Some((a, b)),
        ["out", "of"] | ["out", "of", "the" | "its" | "their" | "a"] => return Some((a, b)),
        _ => {}
    }
    // "1,200 strains, of which 48".
    if between.len() <= NEAR + 1 && between.tail(2).of_them() {
        return Some((b, a));
    }
    // What is "of" at the head of a statement, and no part of a noun before it.
    let opens = matches!(sentence.before(a).lower()[..], ["of"] | ["of", "the" | "its" | "their" | "all" | "some"]);
    if opens && near && !between.has(&[';', ':']) {
        return Some((b, a));
    }
    // "Checked 640 firms and found mistakes in 160 of them": no other figure is there that they could be of.
    let near = near && between.has(&[';', ',']) || between.len() <= NEAR + 3 && between.any(&["and"]);
    (near && sentence.behind(b).of_them()).then_some((b, a))
}

#[cfg(test)]
mod tests {
    use crate::check::tests::check;

    #[test]
    fn which_is_the_part() {
        let cases = [
            ("Some 30 of the 120 goats, or 25 percent, were sheared.", Some(true)),
            ("Some 30 of the 120 goats, or 35 percent, were sheared.", Some(false)),
            ("Of 120 goats, 30 (35 percent) were sheared.", Some(false)),
            ("They keep 120 goats, of which 30 (35 percent) are sheared.", Some(false)),
            ("They looked at 120 goats and sheared 30 of them, or 35 percent.", Some(false)),
        ];
        check("share-stated", &cases);
    }

    #[test]
    fn what_the_share_is_of() {
        let cases = [
            ("Of 120 goats, 30 (35 percent of them) were sheared.", Some(false)),
            ("Of 120 goats, 30 (35 percent of the herd) were sheared.", None),
            ("Of 120 goats, 30, up 35 percent, were sheared.", None),
            ("Of 120 goats, 30, 35 percent more than before, were sheared.", None),
            ("Some 30 of the 120 goats were sheared, while 35 percent were sold.", None),
        ];
        check("share-stated", &cases);
    }
}
