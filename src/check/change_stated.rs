//! "Once €600, now €720, 20 per cent more", "cut by a third, from 640 MB to 320 MB", "9,420 votes against 8,310, a margin of
//! 1,110": what is said of two figures that are stated against each other, by how much or how many times they differ.
//!
//! Which two are meant `pair` settles; here it is read what is said of them, and held against them. A share of change is
//! one of the larger figure where the words tell of a fall, of the smaller where they tell of a rise: so nothing rests on
//! which of the two is the old one.

use rust_decimal::Decimal;

use crate::rule::{CheckCode, CheckRule};
use crate::value::{Bound, Interval, Quantity, Shape, quantity_words};

use super::figures::{Figure, Sentence, plain, sentences};
use super::pair::{Pair, PairedFigure, pair};
use super::{Check, CheckContext, Checks};

/// See the module.
pub(super) struct ChangeStated;

/// Tenths by which a change in words may be off: "a quarter" is a way of speaking.
const LOOSE: i64 = 1;
/// Words before a change among which a verb of change stands: "cut by", "has fallen by about".
const VERB: usize = 4;
/// Most words between a change and a figure that it leads to.
const LEADS: usize = 4;
/// Most words between a change and the clause that tells the other figure.
const WHEN: usize = 8;
/// What a share is of that is left of something: "a quarter of its size".
const WHOLES: [&str; 14] = [
    "size", "time", "number", "value", "price", "cost", "length", "weight", "amount", "sum", "figure", "former",
    "previous", "original",
];
/// Units of points of per cent.
const POINTS: [&str; 2] = ["percentage_point", "point"];

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

impl Check for ChangeStated {
    fn code(&self) -> CheckCode {
        CheckCode::ChangeStated
    }

    fn run(&self, context: &CheckContext<'_>, rule: &CheckRule, found: &mut Checks) {
        for source in context.sources() {
            for sentence in sentences(context, source) {
                for at in 0..sentence.figures.len() {
                    let Some(said) = said(&sentence, at) else { continue };
                    let Some(pair) = pair(&sentence, at) else { continue };
                    if fits(&sentence, at, said, &pair) {
                        say(context, rule, (&sentence.figures[at], said, &pair), found);
                    }
                }
            }
        }
    }
}

/// A share in words: "a quarter".
fn fraction(figure: &Figure<'_>) -> bool {
    figure.counts() && figure.number().is_some_and(|n| n < Decimal::ONE)
}

/// What a figure says of two others, by the words beside it.
fn said(sentence: &Sentence<'_>, at: usize) -> Option<StatedChange> {
    let figure = &sentence.figures[at];
    figure.number()?;
    let clause = sentence.behind(figure);
    let clause = &clause[..clause.find([',', ';', ':', '(', ')', '—', '–']).unwrap_or(clause.len())];
    let (before, behind) = (plain(sentence.before(figure)), plain(clause));
    let class =
        |word: Option<&String>, class: &str| word.is_some_and(|w| sentence.holds("differences", Some(class), w));
    let of = before.last().is_some_and(|w| w == "of");
    let noun = before.len().checked_sub(2).and_then(|i| before.get(i)).filter(|_| of);
    let next = behind.first();
    // "A loss of 25 per cent", "a 25 per cent loss", "25 per cent smaller", "up 25 per cent", "cut by 25 per cent".
    let stated = |rise: &str, more: &str| {
        class(noun, rise)
            || class(next, rise)
            || class(next, more)
            || before.last().is_some_and(|w| w == more_word(more))
    };
    let verb = |wanted: &str| {
        let by = before.last().is_some_and(|w| w == "by");
        let from = before.len().saturating_sub(if by { VERB } else { 1 });
        before[from..].iter().any(|w| sentence.holds("change", Some(wanted), w))
    };
    // "From 80 to 96 cents, by a fifth".
    let apart = apposed(sentence, at)
        && before.last().is_some_and(|w| w == "by")
        && sentence.holds("change", None, sentence.text());
    let rise = if stated("rise", "more") || verb("rise") {
        Some(Some(true))
    } else if stated("fall", "less") || verb("fall") {
        Some(Some(false))
    } else if apart || class(noun, "either") || class(next, "either") {
        Some(None)
    } else {
        None
    };
    // A change on another base than the figures beside it; "from the quarter before, when it was" tells the base. "10 per cent
    // a year" is no change between two years.
    let other_base = || {
        let when = plain(sentence.behind(figure)).iter().take(WHEN).any(|w| w == "when");
        let yearly = matches!(next.map(String::as_str), Some("a" | "an" | "each" | "every" | "per"));
        yearly || !when && sentence.holds("bases", None, sentence.text())
    };
    let percent = figure.quantity.shape == Shape::Percent && &*figure.quantity.unit.name == "percent";
    let than = behind.get(1).is_some_and(|w| w == "than");
    if percent || fraction(figure) {
        let left = match behind.as_slice() {
            [of, that] if of == "of" => that == "that",
            [of, what, ..] if of == "of" && what == "what" => true,
            [of, whose, whole, ..] if of == "of" => {
                matches!(whose.as_str(), "its" | "their" | "the" | "that") && WHOLES.contains(&whole.as_str())
            }
            _ => false,
        };
        if left && apposed(sentence, at) {
            return Some(StatedChange::Left);
        }
        // A share of change is about the two, and about nothing beside them.
        return rise.filter(|_| !other_base()).map(StatedChange::Share);
    }
    if figure.quantity.shape == Shape::Multiple {
        return match behind.as_slice() {
            [as_, _, as_again, ..] if as_ == "as" && as_again == "as" => Some(StatedChange::Times),
            [next, ..] if class(Some(next), "more") || matches!(next.as_str(), "faster" | "quicker") => {
                Some(StatedChange::TimesMore)
            }
            [next, ..] if class(Some(next), "less") || next == "slower" => Some(StatedChange::TimesMore),
            _ => None,
        };
    }
    if figure.counts() && class(noun, "factor") {
        return Some(StatedChange::Times);
    }
    let shape = figure.quantity.shape;
    let points = POINTS.contains(&&*figure.quantity.unit.name);
    if points {
        return rise.filter(|_| !other_base()).map(|_| StatedChange::Points);
    }
    let plain_amount = matches!(shape, Shape::Number | Shape::Money | Shape::Measure | Shape::Duration);
    // "A margin of 300", "up by €5", "300 more than": of an amount more is asked, since any figure is one.
    let led = class(noun, "either") || class(noun, "rise") || class(noun, "fall");
    let by = before.last().is_some_and(|w| matches!(w.as_str(), "by" | "up" | "down")) && rise.is_some();
    (plain_amount && (led || by || than && rise.is_some()) && !other_base()).then_some(StatedChange::Amount)
}

fn more_word(class: &str) -> &'static str {
    if class == "more" { "up" } else { "down" }
}

/// Whether a figure stands behind a comma or the like, as something said of what stands before it.
fn apposed(sentence: &Sentence<'_>, at: usize) -> bool {
    let before = sentence.before(&sentence.figures[at]);
    let gap = before.rsplit([',', '(', '–', '—']).next().unwrap_or_default();
    gap.len() < before.len() && plain(gap).len() <= 2
}

/// Whether what is said can be of the two, and of nothing that stands behind it: "an increase of 5 per cent in volume".
fn fits(sentence: &Sentence<'_>, at: usize, said: StatedChange, (a, b): &Pair) -> bool {
    let figure = &sentence.figures[at];
    let alike = |p: &Quantity, q: &Quantity| super::order::alike(p, q);
    let percents = a.quantity.shape == Shape::Percent;
    let kind = match said {
        StatedChange::Amount => alike(&a.quantity, figure.quantity) || alike(&b.quantity, figure.quantity),
        StatedChange::Points => percents,
        StatedChange::Times | StatedChange::TimesMore | StatedChange::Left => true,
        StatedChange::Share(_) => !percents,
    };
    // "Rose 12 per cent to …", "3 more than last year, when it had …": the words behind lead to one of the two.
    let next = sentence.figures.get(at + 1).filter(|f| [a.at, b.at].contains(&f.at)).is_some_and(|f| {
        let gap = plain(sentence.between(figure, f));
        gap.len() <= LEADS || gap.iter().any(|w| w == "when")
    });
    let clause = sentence.behind(figure);
    let words = plain(&clause[..clause.find([',', ';', ':', '(', ')', '—', '–']).unwrap_or(clause.len())]);
    let free = match said {
        StatedChange::Share(_) | StatedChange::Amount | StatedChange::Points => next || closes(sentence, &words),
        StatedChange::Left | StatedChange::Times | StatedChange::TimesMore => true,
    };
    kind && free
}

/// Whether nothing behind a difference gives it to something else: the words end, or tell the time, or what it is held against.
fn closes(sentence: &Sentence<'_>, words: &[String]) -> bool {
    let own = |w: &String| {
        ["rise", "fall", "either", "more", "less"].iter().any(|c| sentence.holds("differences", Some(c), w))
    };
    let rest = match words {
        [first, rest @ ..] if own(first) => rest,
        all => all,
    };
    let time = |w: &str| {
        let year = w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit());
        let unit = ["year", "month", "week", "day", "decade", "season", "quarter", "winter", "summer"];
        year || unit.iter().any(|u| w.trim_end_matches('s') == *u)
    };
    match rest {
        [] => true,
        [than, before] if than == "than" => matches!(before.as_str(), "before" | "then" | "previously" | "earlier"),
        // "Within ten years": how long it took, not what it is held against.
        [within, .., last] if within == "in" || within == "within" => rest.len() <= 5 && time(last),
        // "30 per cent below those of 1990".
        [that, of, .., last] if matches!((that.as_str(), of.as_str()), ("that" | "those" | "the", "of" | "in")) => {
            rest.len() <= 4 && time(last)
        }
        // "Than in 2009": only where that time has been stated, as that of one of the two.
        [than, .., last] if matches!(than.as_str(), "than" | "over" | "on" | "since" | "from") => {
            let stated = plain(sentence.text()).iter().filter(|w| *w == last).count();
            rest.len() <= 5 && time(last) && stated > 1
        }
        _ => false,
    }
}

fn base(side: &PairedFigure) -> Option<Decimal> {
    side.quantity.number?.checked_mul(side.quantity.unit.factor)
}

/// What the two figures make, in the unit of what is said, and the words for it.
fn made(said: StatedChange, small: &PairedFigure, large: &PairedFigure) -> Option<Vec<(Interval, String)>> {
    let hundred = Interval::point(Decimal::ONE_HUNDRED);
    let (low, high) = (small.quantity.interval(), large.quantity.interval());
    let words = |i: &Interval, end: &str| {
        let number = i.shortest().map_or_else(|| i.to_string(), |n| n.round_dp(2).normalize().to_string());
        format!("{number}{end}")
    };
    let gap = || high.sub(&low);
    let stated = |i: Option<Interval>, end: &str| i.map(|i| (words(&i, end), i)).map(|(w, i)| (i, w));
    let share = |of: &Interval| stated(gap().and_then(|g| g.mul(&hundred)).and_then(|g| g.div(of)), " per cent");
    let all = match said {
        StatedChange::Share(Some(true)) => vec![share(&low)?],
        StatedChange::Share(Some(false)) => vec![share(&high)?],
        StatedChange::Share(None) => vec![share(&low)?, share(&high)?],
        StatedChange::Left => vec![stated(low.mul(&hundred).and_then(|n| n.div(&high)), " per cent of it")?],
        StatedChange::Times => vec![stated(high.div(&low), " times")?],
        StatedChange::TimesMore => {
            let times = high.div(&low)?;
            let less = times.sub(&Interval::point(Decimal::ONE))?;
            vec![stated(Some(times), " times")?, stated(Some(less), " times")?]
        }
        StatedChange::Points => vec![stated(gap(), " points")?],
        StatedChange::Amount => {
            let unit = &large.quantity.unit;
            let number = base(large)?.checked_sub(base(small)?)?.checked_div(unit.factor)?;
            let shown =
                Quantity { number: Some(number), min: None, max: None, bound: Bound::Exact, ..large.quantity.clone() };
            vec![(gap()?, quantity_words(&shown))]
        }
    };
    Some(all)
}

fn say(
    context: &CheckContext<'_>,
    rule: &CheckRule,
    (stated, said, pair): (&Figure<'_>, StatedChange, &Pair),
    found: &mut Checks,
) {
    let (old, new) = pair;
    let (Some(from), Some(to)) = (base(old), base(new)) else { return };
    if from <= Decimal::ZERO || to <= Decimal::ZERO {
        return;
    }
    let (small, large) = if from < to { (old, new) } else { (new, old) };
    let Some(made) = made(said, small, large) else { return };
    let change = if fraction(stated) {
        let wide = Interval::between(Decimal::new(10 - LOOSE, 1), Decimal::new(10 + LOOSE, 1));
        stated.number().and_then(|n| n.checked_mul(Decimal::ONE_HUNDRED)).and_then(|n| Interval::point(n).mul(&wide))
    } else {
        // A bare number is stated in the unit of the two.
        let bare = said == StatedChange::Amount && &*stated.quantity.unit.dimension == "number";
        let unit = if bare { large.quantity.unit.clone() } else { stated.quantity.unit.clone() };
        Some(Quantity { unit, ..stated.quantity.clone() }.interval())
    };
    let Some(change) = change else { return };
    let mut order = vec![stated.at, old.at, new.at];
    // One mention may give both: "from $4 to $5".
    order.dedup();
    let ends: [(&str, &[u32]); 3] = [("change", &[stated.at]), ("old", &[old.at]), ("new", &[new.at])];
    let parts = [("old", old), ("new", new)].map(|(name, side)| (name.to_owned(), quantity_words(&side.quantity)));
    let parts = parts.into_iter().filter(|_| old.at == new.at).collect();
    let claims = context.compare.claims;
    let left = context.words(context.claim(stated.at));
    let right = made.first().map_or("", |(_, words)| words);
    let because = format!("{} and {} add up to {right}", quantity_words(&old.quantity), quantity_words(&new.quantity));
    let holds = made.iter().any(|(made, _)| change.overlaps(made));
    match (holds, &rule.holds_message) {
        (true, Some(template)) => {
            found.holds(rule, claims, &order, context.fill_with(template, &ends, &parts, left, right), because);
        }
        (false, _) => {
            let message = context.fill_with(&rule.message, &ends, &parts, left, right);
            found.fails(rule, claims, &order, message, because);
        }
        _ => {}
    }
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
