//! "Of 1,204 households 234 (19.4 per cent)", "45 of the 60 pupils, or three quarters": a part, its whole, and its share.

use rust_decimal::Decimal;

use crate::rule::{CheckCode, CheckRule};
use crate::value::{Interval, Shape};

use super::figures::{Figure, Sentence, plain, sentences};
use super::{Check, CheckContext, Checks};

/// See the module.
pub(super) struct ShareStated;

/// Most words between the part and its share: "12 were contaminated, 15 per cent".
const APART: usize = 8;
/// Most words between the whole and its part where the whole comes first: "of 1,204 households, 234".
const NEAR: usize = 4;
/// Tenths by which a share in words may be off: "a quarter" is a way of speaking.
const LOOSE: i64 = 1;

impl Check for ShareStated {
    fn code(&self) -> CheckCode {
        CheckCode::ShareStated
    }

    fn run(&self, context: &CheckContext<'_>, rule: &CheckRule, found: &mut Checks) {
        for source in context.sources() {
            for sentence in sentences(context, source) {
                for three in sentence.figures.windows(3) {
                    if let Some((part, whole, share)) = stated(&sentence, &three[0], &three[1], &three[2]) {
                        say(context, rule, [part, whole, share], found);
                    }
                }
            }
        }
    }
}

/// Part, whole and share, if three figures that follow each other are stated as such.
fn stated<'f, 'a>(
    sentence: &Sentence<'a>,
    a: &'f Figure<'a>,
    b: &'f Figure<'a>,
    share: &'f Figure<'a>,
) -> Option<(&'f Figure<'a>, &'f Figure<'a>, &'f Figure<'a>)> {
    let percent = share.quantity.shape == Shape::Percent && &*share.quantity.unit.name == "percent";
    let (part, whole) = of(sentence, a, b)?;
    if !(percent || fraction(share)) || share.number().is_none() || part.number()? > whole.number()? {
        return None;
    }
    let last = if part.span.start < whole.span.start { whole } else { part };
    let gap = sentence.between(last, share);
    let apposed = gap.contains(['(', ',', '–', '—']);
    // "234 (19.4 % of the total)", "234, up 12 %", "234, 12 % more than …": of something else.
    let behind: Vec<String> = plain(sentence.behind(share)).into_iter().take(3).collect();
    let own = match behind.first().map(String::as_str) {
        Some("of") => behind.get(1).is_some_and(|w| matches!(w.as_str(), "them" | "all" | "these" | "those")),
        Some(word) => !matches!(word, "more" | "less" | "fewer" | "up" | "down" | "higher" | "lower" | "points"),
        None => true,
    };
    let plainly = !sentence.holds("change", None, gap) && !sentence.holds("compared", None, gap);
    (apposed && own && plainly && sentence.one_statement(gap, APART, &["or"])).then_some((part, whole, share))
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
    let words = plain(between);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if matches!(words.as_slice(), ["of"] | ["of", "the" | "its" | "their" | "his" | "her" | "our" | "all"])
        || matches!(words.as_slice(), ["out", "of"] | ["out", "of", "the" | "its" | "their" | "a"])
    {
        return Some((a, b));
    }
    // "1,200 strains, of which 48".
    if matches!(words.as_slice(), [.., "of", "which" | "whom" | "these" | "those" | "them"]) && words.len() <= NEAR + 1
    {
        return Some((b, a));
    }
    let before = plain(sentence.before(a));
    let led = match before.as_slice() {
        [.., of, the] if of == "of" => matches!(the.as_str(), "the" | "its" | "their" | "all" | "some"),
        [.., of] => of == "of",
        [] => false,
    };
    // What is "of" at the head of a statement, and no part of a noun before it.
    let opens = sentence.before(a).trim_start().to_lowercase().starts_with("of ") && before.len() <= 2;
    if led && opens && words.len() <= NEAR && !between.contains([';', ':']) {
        return Some((b, a));
    }
    let behind = plain(sentence.behind(b));
    let them = matches!(behind.as_slice(), [of, whom, ..] if of == "of" && matches!(whom.as_str(), "them" | "these" | "whom" | "those" | "which"));
    // "Checked 640 firms and found mistakes in 160 of them": no other figure is there that they could be of.
    let near = words.len() <= NEAR && between.contains([';', ',']) || words.len() <= NEAR + 3 && words.contains(&"and");
    (them && near).then_some((b, a))
}

fn fraction(figure: &Figure<'_>) -> bool {
    figure.counts() && figure.number().is_some_and(|n| n < Decimal::ONE)
}

fn say(context: &CheckContext<'_>, rule: &CheckRule, [part, whole, share]: [&Figure<'_>; 3], found: &mut Checks) {
    let hundred = Interval::point(Decimal::ONE_HUNDRED);
    let made = part.quantity.interval().mul(&hundred).and_then(|n| n.div(&whole.quantity.interval()));
    let stated = if fraction(share) {
        let wide = Interval::between(Decimal::new(10 - LOOSE, 1), Decimal::new(10 + LOOSE, 1));
        share.number().and_then(|n| Interval::point(n * Decimal::ONE_HUNDRED).mul(&wide))
    } else {
        Some(share.quantity.interval())
    };
    let (Some(made), Some(stated)) = (made, stated) else { return };
    let order = [share.at, part.at, whole.at];
    let ends: [(&str, &[u32]); 3] = [("share", &order[..1]), ("part", &order[1..2]), ("whole", &order[2..])];
    let claims = context.compare.claims;
    let right = made.shortest().map_or_else(|| made.to_string(), |n| n.round_dp(1).normalize().to_string());
    let left = context.words(context.claim(share.at));
    let because = format!("{} of {} is {right} per cent", words(context, part), words(context, whole));
    match (stated.overlaps(&made), &rule.holds_message) {
        (true, Some(template)) => {
            found.holds(rule, claims, &order, context.fill(template, &ends, left, &right), because);
        }
        (false, _) => found.fails(rule, claims, &order, context.fill(&rule.message, &ends, left, &right), because),
        _ => {}
    }
}

fn words<'a>(context: &CheckContext<'a>, figure: &Figure<'_>) -> &'a str {
    context.words(context.claim(figure.at))
}
