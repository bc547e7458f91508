//! "Once €600, now €720, 20 per cent more", "66,000 tonnes, 10 per cent more than in 2021, when it was 60,000 tonnes": a
//! change in per cent beside two figures of which no word before them says which is the old one.
//!
//! What stands before its figure ("from", "to") the formulas over roles settle. Here it is a word of time beside one of
//! them, the years in which they held, or a clause with "when" behind the change. The change may be a fraction in words.

use rust_decimal::Decimal;

use crate::rule::{Bind, CheckCode, CheckRule};
use crate::value::{Interval, Shape, Value};

use super::figures::{Figure, Sentence, plain, sentences};
use super::order::{End, alike, pairs};
use super::{Check, Checks, Scene};

/// See the module.
pub(super) struct ChangeTold;

/// Words behind a change, or right before it, that say that a figure has grown, and that it has shrunk.
const MORE: [&str; 4] = ["more", "higher", "up", "dearer"];
const LESS: [&str; 5] = ["less", "fewer", "lower", "cheaper", "down"];
/// Words before the old figure, and before the new one.
const ONCE: [&str; 5] = ["once", "previously", "formerly", "originally", "before"];
const NOW: [&str; 3] = ["now", "today", "currently"];
/// Most words between one of these and its figure, and between "when" and the old figure.
const NEAR: usize = 4;
/// Most words between a change and "when".
const WHEN: usize = 8;
/// Tenths by which a change in words may be off: "a quarter" is a way of speaking.
const LOOSE: i64 = 1;

/// What a share of the old figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    More,
    Less,
    Left,
}

impl How {
    fn word(self) -> &'static str {
        match self {
            How::More => "more",
            How::Less => "less",
            How::Left => "of it",
        }
    }
}

/// A change, the old figure, the new one, and whether it is a rise.
type Told<'f, 'a> = (&'f Figure<'a>, &'f Figure<'a>, &'f Figure<'a>, bool);

impl Check for ChangeTold {
    fn code(&self) -> CheckCode {
        CheckCode::ChangeTold
    }

    fn run(&self, scene: &Scene<'_>, rule: &CheckRule, found: &mut Checks) {
        for source in scene.sources() {
            for sentence in sentences(scene, source) {
                for at in 1..sentence.figures.len() {
                    let told = when(&sentence, at).or_else(|| then(&sentence, at));
                    if let Some((change, old, new, rise)) = told {
                        let whole = |f: &Figure<'_>| End::Whole(f.at);
                        say(
                            scene,
                            rule,
                            (change, whole(old), whole(new), if rise { How::More } else { How::Less }),
                            found,
                        );
                    } else if let Some(told) = from_to(scene, &sentence, at) {
                        say(scene, rule, told, found);
                    }
                }
            }
        }
    }
}

/// Whether a figure is a change, and whether it is a rise.
fn change(sentence: &Sentence<'_>, figure: &Figure<'_>) -> Option<bool> {
    let percent = figure.quantity.shape == Shape::Percent && &*figure.quantity.unit.name == "percent";
    if !(percent || fraction(figure)) || figure.number().is_none() {
        return None;
    }
    let behind = plain(sentence.behind(figure));
    let before = plain(sentence.before(figure));
    let told = behind.first().into_iter().chain(before.last());
    let rise = |w: &String| match w.as_str() {
        w if MORE.contains(&w) => Some(true),
        w if LESS.contains(&w) => Some(false),
        _ => None,
    };
    told.into_iter().find_map(rise)
}

fn fraction(figure: &Figure<'_>) -> bool {
    figure.counts() && figure.number().is_some_and(|n| n < Decimal::ONE)
}

/// Whether a change stands right behind its figure, parted by a comma or the like.
fn apposed(sentence: &Sentence<'_>, figure: &Figure<'_>, change: &Figure<'_>) -> bool {
    let gap = sentence.between(figure, change);
    gap.contains([',', '(', '–', '—']) && !gap.contains([';', ':']) && plain(gap).len() <= 2
}

/// "66,000 tonnes, 10 per cent more than in 2021, when it was 60,000 tonnes".
fn when<'f, 'a>(sentence: &'f Sentence<'a>, at: usize) -> Option<Told<'f, 'a>> {
    let (new, told) = (&sentence.figures[at - 1], &sentence.figures[at]);
    let old = sentence.figures.get(at + 1)?;
    let rise = change(sentence, told)?;
    let between = sentence.between(told, old);
    let words = plain(between);
    let clause = words.iter().position(|w| w == "when")?;
    let comma = between.contains(", when ") && !between.contains(';');
    let near = clause <= WHEN && words.len() - clause - 1 <= NEAR;
    (comma && near && apposed(sentence, new, told) && figures(new, old)).then_some((told, old, new, rise))
}

/// "Once €600, now €720, 20 per cent more", "in 2010 8,000, in 2020 10,000, 25 per cent more".
fn then<'f, 'a>(sentence: &'f Sentence<'a>, at: usize) -> Option<Told<'f, 'a>> {
    let told = &sentence.figures[at];
    let [.., old, new] = &sentence.figures[..at] else { return None };
    let rise = change(sentence, told)?;
    // Against something else: "20 per cent more than planned".
    let behind = plain(sentence.behind(told));
    let other = behind.get(1).is_some_and(|w| w == "than") || sentence.holds("bases", None, sentence.behind(told));
    // A third figure of their kind leaves it open which two are meant.
    let lone = sentence.figures.iter().filter(|f| alike(f.quantity, new.quantity)).count() == 2;
    let tail = |text: &str, words: &[&str]| plain(text).iter().rev().take(NEAR).any(|w| words.contains(&w.as_str()));
    let dated = sentence.dated(old, new);
    let marked = tail(sentence.before(old), &ONCE) || tail(sentence.between(old, new), &NOW) || dated;
    let told_so = apposed(sentence, new, told) && figures(old, new) && lone && marked && !other;
    told_so.then_some((told, old, new, rise))
}

/// "From £800,000 to £600,000, a quarter less", "from $4 to $5, a rise of a quarter": a change in words. One in per cent
/// is a formula's.
fn from_to<'f, 'a>(
    scene: &Scene<'_>,
    sentence: &'f Sentence<'a>,
    at: usize,
) -> Option<(&'f Figure<'a>, End, End, How)> {
    let (new, told) = (&sentence.figures[at - 1], &sentence.figures[at]);
    let gap = sentence.between(new, told);
    let noun = || {
        let words = plain(gap);
        let [.., noun, of] = words.as_slice() else { return None };
        let rise = |class: &str| sentence.holds("change", Some(class), noun);
        (of == "of" && (rise("rise") || rise("fall"))).then(|| rise("rise"))
    };
    if !fraction(told) || told.number().is_none() || !gap.contains([',', '(', '–', '—']) || gap.contains([';', ':'])
    {
        return None;
    }
    // "To 20 MB, a quarter of its size": what is left, not what is lost.
    let behind = plain(sentence.behind(told));
    let left = matches!(behind.as_slice(), [of, whose, ..] if of == "of" && matches!(whose.as_str(), "its" | "their" | "what" | "that"));
    let how = if left && plain(gap).len() <= 2 {
        How::Left
    } else if change(sentence, told).filter(|_| plain(gap).len() <= 2).or_else(noun)? {
        How::More
    } else {
        How::Less
    };
    let before: Vec<u32> = sentence.figures[..at].iter().map(|f| f.at).collect();
    let ends = pairs(scene, Bind::Sentence, &before);
    let [(old, last)] = ends.as_slice() else { return None };
    (last.claim() == new.at).then_some((told, *old, *last, how))
}

/// Whether two figures measure the same, and are amounts.
fn figures(a: &Figure<'_>, b: &Figure<'_>) -> bool {
    let pure = |f: &Figure<'_>| {
        matches!(f.quantity.shape, Shape::Percent | Shape::Multiple | Shape::Ratio | Shape::Duration) || fraction(f)
    };
    alike(a.quantity, b.quantity) && !pure(a) && !pure(b) && a.number().is_some() && b.number().is_some()
}

fn say(scene: &Scene<'_>, rule: &CheckRule, (told, old, new, how): (&Figure<'_>, End, End, How), found: &mut Checks) {
    let hundred = Interval::point(Decimal::ONE_HUNDRED);
    let figure = |end: End| match &scene.claim(end.claim()).value {
        Value::Quantity(q) => Some(end.figure(q).interval()),
        _ => None,
    };
    let (Some(from), Some(to)) = (figure(old), figure(new)) else { return };
    let by = match how {
        How::More => to.sub(&from),
        How::Less => from.sub(&to),
        How::Left => Some(to),
    };
    let made = by.and_then(|by| by.mul(&hundred)).and_then(|by| by.div(&from));
    let change = if fraction(told) {
        let wide = Interval::between(Decimal::new(10 - LOOSE, 1), Decimal::new(10 + LOOSE, 1));
        told.number().and_then(|n| Interval::point(n * Decimal::ONE_HUNDRED).mul(&wide))
    } else {
        Some(told.quantity.interval())
    };
    let (Some(made), Some(change)) = (made, change) else { return };
    let mut order = vec![told.at, old.claim(), new.claim()];
    let (change_end, old_end, new_end) = ([told.at], [old.claim()], [new.claim()]);
    let ends: [(&str, &[u32]); 3] = [("change", &change_end), ("old", &old_end), ("new", &new_end)];
    // One mention may give both: "from $4 to $5".
    order.dedup();
    let claims = scene.frozen.claims;
    let words = |at: u32| scene.words(scene.claim(at));
    let right = made.shortest().map_or_else(|| made.to_string(), |n| n.round_dp(1).normalize().to_string());
    let because = format!("from {} to {} is {right} per cent {}", words(old.claim()), words(new.claim()), how.word());
    match (change.overlaps(&made), &rule.holds_message) {
        (true, Some(template)) => {
            found.holds(rule, claims, &order, scene.fill(template, &ends, words(told.at), &right), because);
        }
        (false, _) => {
            found.fails(rule, claims, &order, scene.fill(&rule.message, &ends, words(told.at), &right), because)
        }
        _ => {}
    }
}
