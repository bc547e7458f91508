//! "Once €600, now €720, 20 per cent more", "cut by a third, from 640 MB to 320 MB", "9,420 votes against 8,310, a margin of
//! 1,110": what is said of two figures that are stated against each other, by how much or how many times they differ.
//!
//! Which two are meant `pair` settles; here it is read what is said of them, and held against them. A share of change is
//! one of the larger figure where the words tell of a fall, of the smaller where they tell of a rise: so nothing rests on
//! which of the two is the old one.

use rust_decimal::Decimal;

use crate::value::{Bound, Interval, Quantity, Shape, quantity_words};

use super::CheckContext;
use super::equation::{Equation, rounded};
use super::figures::{Figure, Sentence, base};
use super::pair::{Pair, PairedFigure, pair};
use super::words::Stretch;

/// Words before a change among which a verb of change stands: "cut by", "has fallen by about".
const VERB: usize = 4;
/// Most words between a change and a figure that it leads to.
const LEADS: usize = 4;
/// Most words between a change and the clause that tells the other figure.
const WHEN: usize = 8;
/// The lexicon of words that say how two figures differ.
const DIFFERENCES: &str = "differences";
/// Units of points of per cent.
const POINTS: [&str; 2] = ["percentage_point", "point"];
/// Marks that end what is said of a figure.
const ENDS: [char; 7] = [',', ';', ':', '(', ')', '—', '–'];

/// What a figure says of two others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StatedChange {
    /// By what share of one of them they differ; whether that is a rise, where stated.
    Share(Option<bool>),
    /// What share of the larger the smaller is.
    Left,
    /// By how much they differ.
    Amount,
    /// By how many points of per cent.
    Points,
    /// How many times the smaller the larger is.
    Times,
    /// The same, or one more: "three times larger".
    TimesMore,
}

/// A figure that says how two others differ, with those two.
pub(super) fn equation(context: &CheckContext<'_>, sentence: &Sentence<'_>, at: usize) -> Option<Equation<'static>> {
    let stated = &sentence.figures[at];
    let said = said(sentence, at)?;
    let pair = pair(context, sentence, at)?;
    let (old, new) = &pair;
    let (from, to) = (base(&old.quantity)?, base(&new.quantity)?);
    if !fits(context, sentence, at, said, &pair) || from <= Decimal::ZERO || to <= Decimal::ZERO {
        return None;
    }
    let (small, large) = if from < to { (old, new) } else { (new, old) };
    let made = made(said, small, large)?;
    // A bare number is stated in the unit of the two.
    let bare = said == StatedChange::Amount && &*stated.quantity.unit.dimension == "number" && !stated.is_fraction();
    let unit = large.quantity.unit.clone();
    let change = if bare { Quantity { unit, ..stated.quantity.clone() }.interval() } else { stated.interval()? };
    let right = made.first().map_or("", |(_, words)| words);
    let words = |side: &PairedFigure| quantity_words(&side.quantity);
    let because = format!("{} and {} add up to {right}", words(old), words(new));
    let roles = [("change", stated.at), ("old", old.at), ("new", new.at)];
    let holds = made.iter().any(|(made, _)| change.overlaps(made));
    let mut equation = Equation::new(roles, holds, right.to_owned()).because(because);
    // One mention may give both: "from $4 to $5".
    if old.at == new.at {
        equation.parts.extend([("old".to_owned(), words(old)), ("new".to_owned(), words(new))]);
    }
    Some(equation)
}

/// What a figure says of two others, by the words beside it.
fn said(sentence: &Sentence<'_>, at: usize) -> Option<StatedChange> {
    let figure = &sentence.figures[at];
    figure.number()?;
    let (before, clause) = (sentence.before(figure), sentence.behind(figure).until(&ENDS));
    let (behind, last) = (clause.lower(), before.last());
    let next = clause.head(1);
    let noun = if last == "of" { before.tail(2).head(1) } else { before.head(0) };
    let is = |word: Stretch<'_>, class: &str| word.holds(DIFFERENCES, Some(class));
    // "A loss of 25 per cent", "a 25 per cent loss", "25 per cent smaller", "up 25 per cent", "cut by 25 per cent".
    let moved = |class: &str, more: &str, way: &str| {
        let verb = before.tail(if last == "by" { VERB } else { 1 }).holds("change", Some(class));
        is(noun, class) || is(next, class) || is(next, more) || last == way || verb
    };
    // "From 80 to 96 cents, by a fifth".
    let apart = apposed(sentence, figure) && last == "by" && sentence.whole().holds("change", None);
    let rise = if moved("rise", "more", "up") {
        Some(Some(true))
    } else if moved("fall", "less", "down") {
        Some(Some(false))
    } else if apart || is(noun, "either") || is(next, "either") {
        Some(None)
    } else {
        None
    };
    // A change on another base than the figures beside it; "from the quarter before, when it was" tells the base. "10 per cent
    // a year" is no change between two years.
    let other_base = || {
        let when = sentence.behind(figure).head(WHEN).any(&["when"]);
        let yearly = matches!(next.first(), "a" | "an" | "each" | "every" | "per");
        yearly || !when && sentence.whole().holds("bases", None)
    };
    if figure.is_share() {
        let left = match behind[..] {
            ["of", "that"] | ["of", "what", ..] => true,
            ["of", "its" | "their" | "the" | "that", _, ..] => is(clause.slice(2, 3), "whole"),
            _ => false,
        };
        if left && apposed(sentence, figure) {
            return Some(StatedChange::Left);
        }
        // A share of change is about the two, and about nothing beside them.
        return rise.filter(|_| !other_base()).map(StatedChange::Share);
    }
    if figure.quantity.shape == Shape::Multiple {
        return match behind[..] {
            ["as", _, "as", ..] => Some(StatedChange::Times),
            ["faster" | "quicker" | "slower", ..] => Some(StatedChange::TimesMore),
            _ if is(next, "more") || is(next, "less") => Some(StatedChange::TimesMore),
            _ => None,
        };
    }
    if figure.counts() && is(noun, "factor") {
        return Some(StatedChange::Times);
    }
    if POINTS.contains(&&*figure.quantity.unit.name) {
        return rise.filter(|_| !other_base()).map(|_| StatedChange::Points);
    }
    let amount = matches!(figure.quantity.shape, Shape::Number | Shape::Money | Shape::Measure | Shape::Duration);
    // "A margin of 300", "up by €5", "300 more than": of an amount more is asked, since any figure is one.
    let led = ["either", "rise", "fall"].iter().any(|class| is(noun, class));
    let by = matches!(last, "by" | "up" | "down") || behind.get(1) == Some(&"than");
    (amount && (led || by && rise.is_some()) && !other_base()).then_some(StatedChange::Amount)
}

/// Whether a figure stands behind a comma or the like, as something said of what stands before it.
fn apposed(sentence: &Sentence<'_>, figure: &Figure<'_>) -> bool {
    let before = sentence.before(figure);
    let gap = before.since(&[',', '(', '–', '—']);
    gap.text().len() < before.text().len() && gap.len() <= 2
}

/// Whether what is said can be of the two, and of nothing that stands behind it: "an increase of 5 per cent in volume".
fn fits(context: &CheckContext<'_>, sentence: &Sentence<'_>, at: usize, said: StatedChange, (a, b): &Pair) -> bool {
    let figure = &sentence.figures[at];
    let alike = |side: &PairedFigure| super::order::alike(&side.quantity, figure.quantity);
    let percents = a.quantity.shape == Shape::Percent;
    let kind = match said {
        StatedChange::Amount => alike(a) || alike(b),
        StatedChange::Points => percents,
        StatedChange::Share(_) => !percents,
        StatedChange::Times | StatedChange::TimesMore | StatedChange::Left => return true,
    };
    // "Rose 12 per cent to …", "3 more than last year, when it had …": the words behind lead to one of the two.
    let next = sentence.figures.get(at + 1).filter(|f| [a.at, b.at].contains(&f.at)).is_some_and(|f| {
        let gap = sentence.between(figure, f);
        gap.len() <= LEADS || gap.any(&["when"])
    });
    kind && (next || closes(context, sentence, sentence.behind(figure).until(&ENDS)))
}

/// Whether nothing behind a difference gives it to something else: the words end, or tell the time, or what it is held against.
fn closes(context: &CheckContext<'_>, sentence: &Sentence<'_>, clause: Stretch<'_>) -> bool {
    let own = ["rise", "fall", "either", "more", "less"];
    let own = own.iter().any(|class| clause.head(1).holds(DIFFERENCES, Some(class)));
    let rest = clause.slice(usize::from(own), usize::MAX);
    let last = rest.last();
    let year = last.len() == 4 && last.bytes().all(|b| b.is_ascii_digit());
    let time = year || context.compare.lookup.is_in("time-nouns", last.trim_end_matches('s'));
    match rest.lower()[..] {
        [] => true,
        ["than", "before" | "then" | "previously" | "earlier"] => true,
        // "Within ten years": how long it took, not what it is held against.
        ["in" | "within", .., _] => rest.len() <= 5 && time,
        // "30 per cent below those of 1990".
        ["that" | "those" | "the", "of" | "in", .., _] => rest.len() <= 4 && time,
        // "Than in 2009": only where that time has been stated, as that of one of the two.
        ["than" | "over" | "on" | "since" | "from", .., _] => {
            let stated = sentence.whole().lower().iter().filter(|w| **w == last).count();
            rest.len() <= 5 && time && stated > 1
        }
        _ => false,
    }
}

/// What the two figures make, in the unit of what is said, and the words for it.
fn made(said: StatedChange, small: &PairedFigure, large: &PairedFigure) -> Option<Vec<(Interval, String)>> {
    let hundred = Interval::point(Decimal::ONE_HUNDRED);
    let (low, high) = (small.quantity.interval(), large.quantity.interval());
    let gap = high.sub(&low)?;
    let stated = |made: Interval, end: &str| (made, format!("{}{end}", rounded(&made, 2)));
    let share = |of: &Interval| Some(stated(gap.mul(&hundred)?.div(of)?, " per cent"));
    let all = match said {
        StatedChange::Share(Some(true)) => vec![share(&low)?],
        StatedChange::Share(Some(false)) => vec![share(&high)?],
        StatedChange::Share(None) => vec![share(&low)?, share(&high)?],
        StatedChange::Left => vec![stated(low.mul(&hundred)?.div(&high)?, " per cent of it")],
        StatedChange::Times => vec![stated(high.div(&low)?, " times")],
        StatedChange::TimesMore => {
            let times = high.div(&low)?;
            let less = times.sub(&Interval::point(Decimal::ONE))?;
            vec![stated(times, " times"), stated(less, " times")]
        }
        StatedChange::Points => vec![stated(gap, " points")],
        StatedChange::Amount => {
            let apart = base(&large.quantity)?.checked_sub(base(&small.quantity)?)?;
            let number = Some(apart.checked_div(large.quantity.unit.factor)?);
            let shown = Quantity { number, min: None, max: None, bound: Bound::Exact, ..large.quantity.clone() };
            vec![(gap, quantity_words(&shown))]
        }
    };
    Some(all)
}

#[cfg(test)]
mod tests {
    use crate::check::tests::outcome;

    /// Whether the check holds of a text, or fails; nothing where it is silent.
    #[track_caller]
    fn check(text: &str, holds: Option<bool>) {
        assert_eq!(outcome("change-stated", text), holds, "{text}");
    }

    #[test]
    fn shares_of_the_right_base() {
        check("The berth, once €600, is now €720, 20 percent more.", Some(true));
        check("The berth, once €600, is now €720, 30 percent more.", Some(false));
        check("The berth, once €600, is now €720, 30 percent more than planned.", None);
        check("At constant prices the berth, once €600, is now €720, 30 percent more.", None);
        check("On average the berth, once €600, is now €720, 30 percent more.", None);
        check("The berth, once €720, is now €600, a sixth less.", Some(true));
        check("The berth, once €720, is now €600, a third less.", Some(false));
        check("The file was cut by a third, from 640 MB to 320 MB.", Some(false));
        check("The northern berth costs €600, the southern one €720, 30 percent more.", None);
    }

    #[test]
    fn amounts_points_times_and_what_is_left() {
        check("Omar Lund won by 9,420 votes against 8,310, a margin of 1,110.", Some(true));
        check("Omar Lund won by 9,420 votes against 8,310, a margin of 1,310.", Some(false));
        check("The fee, once 3 percent, is now 5 percent, 4 percentage points more.", Some(false));
        check("The park, once 20 hectares, is now 60 hectares, two times larger.", Some(true));
        check("The park, once 20 hectares, is now 60 hectares, three times larger.", Some(true));
        check("The park, once 20 hectares, is now 60 hectares, five times larger.", Some(false));
        check("The herd, once 400, is now 100, a quarter of its size.", Some(true));
        check("The herd, once 400, is now 100, half of its size.", Some(false));
        check("The herd, once 400, is now 100, half of it sheep.", None);
    }
}
