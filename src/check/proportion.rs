//! A rate and the two figures that it is the quotient of, in whatever order a sentence tells them: "180 km in four and a half
//! hours, an average of 40 km/h", "24 trucks carry 18 tonnes each, so that 432 tonnes leave", "8 per cent on goods worth
//! $25,000, which comes to $2,000".
//!
//! What is multiplied with what follows from the units; that the three belong together a word has to say, right before the
//! one that follows from the others. Comes in: a sentence. Goes out: what `rated` holds against each other.

use rust_decimal::Decimal;

use crate::text::content_lemma;
use crate::value::{Interval, Shape};

use super::figures::{Figure, Sentence};
use super::rated::{RESULTS, StatedRate};

/// Words before a figure among which one says that it follows from the others.
const NEAR: usize = 7;
/// Words behind a number among which its noun stands.
const NOUN: usize = 3;
/// What a share in per cent is a share of.
const HUNDRED: Decimal = Decimal::ONE_HUNDRED;

/// The only three figures of a sentence of which one is the product of the others.
pub(super) fn proportion<'f, 'a>(sentence: &'f Sentence<'a>, at: usize) -> Option<StatedRate<'f, 'a>> {
    let figure = &sentence.figures[at];
    figure.number()?;
    if figure.quantity.unit.dimension.contains('/') {
        return rate(sentence, at);
    }
    of_percent(sentence, at).or_else(|| per(sentence, at)).or_else(|| times(sentence, at))
}

/// The only figure but those named that fits.
fn one<'f, 'a>(
    sentence: &'f Sentence<'a>,
    not: &[usize],
    fits: &dyn Fn(&Figure<'_>) -> bool,
) -> Option<(usize, &'f Figure<'a>)> {
    let mut all = sentence.figures.iter().enumerate().filter(|(i, f)| !not.contains(i) && fits(f));
    let first = all.next()?;
    all.next().is_none().then_some(first).filter(|(_, f)| f.number().is_some())
}

/// "180 kilometres in 4 hours, an average of 45 km/h", "at 20 km/h it needs 15 hours for the 300 kilometres".
fn rate<'f, 'a>(sentence: &'f Sentence<'a>, at: usize) -> Option<StatedRate<'f, 'a>> {
    let rate = &sentence.figures[at];
    let (own, per) = rate.quantity.unit.dimension.rsplit_once('/')?;
    let noun = rate.quantity.unit.name.rsplit_once('/').map_or("", |(_, per)| per);
    let total = |f: &Figure<'_>| *f.quantity.unit.dimension == *own;
    let times = |f: &Figure<'_>| *f.quantity.unit.dimension == *per || f.counts() && counts(sentence, f, noun);
    let (i, total) = one(sentence, &[at], &total)?;
    let (j, times) = one(sentence, &[at, i], &times)?;
    let last = at.max(i).max(j);
    let joined = if at == last {
        // "With 31,200 people and €48 million, the town spends …".
        let with = sentence.before(&sentence.figures[i.min(j)]).first() == "with";
        let apposed = follows(sentence, rate) || led(sentence, rate, &["average", "speed", "rate", "pace"]);
        closes(sentence, rate) && (apposed && near(sentence, i, j) || with && last == i.max(j) + 1)
    } else if at < i.min(j) {
        let opens = led(sentence, rate, &["at"]) && sentence.before(rate).len() <= 2;
        // Nothing but a mark and a preposition parts it from the next.
        let quiet = sentence.between(rate, &sentence.figures[at + 1]).lower();
        let sets = matches!(quiet[..], ["over" | "in" | "for" | "within" | "after" | "during"]);
        let takes = led(sentence, total, &["for"]) || led(sentence, times, &["in", "within"]);
        // "It delivered": what a rate goes on to do, said of the same by a pronoun.
        let on = sentence.between(times, total);
        let goes = j < i && on.len() <= NOUN && matches!(on.first(), "it" | "they" | "this" | "she" | "he");
        let ends = closes(sentence, &sentence.figures[last]);
        // "For the 300 kilometres to Skerry".
        let way = matches!(sentence.behind(&sentence.figures[last]).first(), "to" | "from");
        opens && takes && (ends || way) || sets && goes && ends
    } else {
        false
    };
    joined.then(|| StatedRate { rate, times: (times.quantity.interval(), Some(times)), total })
}

/// "Twenty teachers for 480 pupils means 24 pupils per teacher".
fn per<'f, 'a>(sentence: &'f Sentence<'a>, at: usize) -> Option<StatedRate<'f, 'a>> {
    let rate = &sentence.figures[at];
    if !rate.counts() {
        return None;
    }
    let words = nouns(sentence, rate);
    let (own, noun) = match words.as_slice() {
        [own, per, noun] if per == "per" => (own.clone(), noun.clone()),
        _ => return None,
    };
    let (i, total) = one(sentence, &[at], &|f| f.counts() && counts(sentence, f, &own))?;
    let (j, times) = one(sentence, &[at, i], &|f| f.counts() && counts(sentence, f, &noun))?;
    let fits = at > i.max(j) && follows(sentence, rate) && near(sentence, i, j) && closes_at(sentence, rate, &noun);
    fits.then(|| StatedRate { rate, times: (times.quantity.interval(), Some(times)), total })
}

/// "8 per cent on goods worth $25,000, which comes to $2,000".
fn of_percent<'f, 'a>(sentence: &'f Sentence<'a>, at: usize) -> Option<StatedRate<'f, 'a>> {
    let share = &sentence.figures[at];
    let percent = share.quantity.shape == Shape::Percent && &*share.quantity.unit.name == "percent";
    let [.., of, part] = sentence.figures.iter().filter(|f| f.at != share.at).collect::<Vec<_>>()[..] else {
        return None;
    };
    if !percent || sentence.figures.len() != 3 || part.span.start < share.span.start {
        return None;
    }
    let money = |f: &Figure<'_>| f.quantity.shape == Shape::Money && f.number().is_some();
    let one_unit = of.quantity.unit.name == part.quantity.unit.name && of.quantity.number >= part.quantity.number;
    let on = matches!(sentence.behind(share).first(), "on" | "of");
    let at = led(sentence, share, &["at"]);
    let last = sentence.figures.last().is_some_and(|f| f.at == part.at);
    let worth = (on && of.span.start > share.span.start || at && of.span.start < share.span.start)
        && money(of)
        && money(part)
        && one_unit
        && last
        && follows(sentence, part)
        && !sentence.whole().holds("change", None);
    let hundredth = of.quantity.interval().div(&Interval::point(HUNDRED))?;
    worth.then_some(StatedRate { rate: share, times: (hundredth, Some(of)), total: part })
}

/// "60 rates of €45, or €2,700", "each of the 24 trucks carries 18 tonnes, so that 432 tonnes leave".
fn times<'f, 'a>(sentence: &'f Sentence<'a>, at: usize) -> Option<StatedRate<'f, 'a>> {
    let [many, share, total] = sentence.figures.get(at..at + 3)? else { return None };
    let whole = many.counts() && many.number().is_some_and(|n| n > Decimal::ONE && n.fract().is_zero());
    let one_unit = share.quantity.unit.dimension == total.quantity.unit.dimension;
    let amounts = matches!(share.quantity.shape, Shape::Money | Shape::Measure | Shape::Duration);
    let gap = sentence.between(many, share);
    let before = sentence.before(many).lower();
    let each = matches!(before[..], [.., "each", "of", "the" | "its" | "their" | "these"]) && gap.len() <= NOUN;
    // "Each of the 15 classes gets 30 tablets": things are counted, and named, on both sides.
    let amounts = amounts || each && share.counts() && !share.quantity.unit.name.is_empty();
    if !(whole && one_unit && amounts && share.number().is_some() && total.number().is_some()) {
        return None;
    }
    let of = gap.len() <= NOUN && matches!(gap.last(), "of" | "at");
    let result = sentence.between(share, total);
    // "30 tablets, so that 450 tablets": what is counted stands before the comma.
    let comma = result.text().find(',')?;
    let (noun, result) = (result.until(&[',']), result.bytes(comma, result.text().len()));
    let apposed = noun.len() < NOUN && follows(sentence, total);
    let alone = of && result.len() <= 3 && closes(sentence, total) || each && result.len() <= NOUN;
    (apposed && alone).then(|| StatedRate { rate: share, times: (many.quantity.interval(), Some(many)), total })
}

/// The first words behind a number, without those that say what kind of its noun is meant.
fn nouns(sentence: &Sentence<'_>, figure: &Figure<'_>) -> Vec<String> {
    sentence.from(figure).slice(1, 1 + NOUN).lower().into_iter().map(content_lemma).collect()
}

/// Whether a number counts what a noun names.
fn counts(sentence: &Sentence<'_>, figure: &Figure<'_>, noun: &str) -> bool {
    nouns(sentence, figure).first().is_some_and(|w| *w == content_lemma(noun))
}

/// Whether a word before a figure says that it follows from what stands before it: "so", "which comes to", "or". It stands
/// behind the last comma, so that "or" of another clause does not count.
fn follows(sentence: &Sentence<'_>, figure: &Figure<'_>) -> bool {
    let apposed = sentence.before(figure).since(&[';', '(', ':', ',']);
    let so = matches!(apposed.first(), "so" | "thus" | "hence" | "or" | "therefore" | "which" | "that");
    apposed.len() <= NEAR && (so || apposed.holds(RESULTS, None))
}

/// Whether one of some words stands right before a figure, or two words before it.
fn led(sentence: &Sentence<'_>, figure: &Figure<'_>, words: &[&str]) -> bool {
    sentence.before(figure).tail(NOUN).any(words)
}

/// Whether a figure ends its statement: another word behind it may give it to something else ("on schools").
fn closes(sentence: &Sentence<'_>, figure: &Figure<'_>) -> bool {
    let behind = sentence.behind(figure);
    behind.text().trim().is_empty() || behind.opens(&[',', '.', ';', ')', ':', '–', '—'])
}

/// The same where the noun that a rate is of stands behind it.
fn closes_at(sentence: &Sentence<'_>, figure: &Figure<'_>, noun: &str) -> bool {
    content_lemma(sentence.behind(figure).until(&[',', ';', ':', '(', ')']).last()) == noun
}

/// Whether two figures stand in one statement, with few words between them.
fn near(sentence: &Sentence<'_>, i: usize, j: usize) -> bool {
    let (a, b) = (&sentence.figures[i.min(j)], &sentence.figures[i.max(j)]);
    sentence.between(a, b).one_statement(NEAR, &[])
}

#[cfg(test)]
mod tests {
    use crate::check::tests::check;

    #[test]
    fn quotients() {
        let cases = [
            ("They rode 120 kilometres in 4 hours, an average of 30 km/h.", Some(true)),
            ("They rode 120 kilometres in 4 hours, an average of 50 km/h.", Some(false)),
            ("Thirty boats for 360 sailors means 12 sailors per boat.", Some(true)),
            ("Thirty boats for 360 sailors means 15 sailors per boat.", Some(false)),
        ];
        check("rated", &cases);
    }

    #[test]
    fn shares_and_multiples() {
        let cases = [
            ("They pay 8 percent on goods worth $50,000, which comes to $4,000.", Some(true)),
            ("They pay 8 percent on goods worth $50,000, which comes to $5,000.", Some(false)),
            ("Forty nights of $50, or $2,500, were booked.", Some(false)),
            ("Each of the 20 carts carries 12 tonnes, so that 340 tonnes leave.", Some(false)),
            ("Each of the 20 carts carries 12 tonnes, and 340 tonnes were left on the quay.", None),
        ];
        check("rated", &cases);
    }
}
