//! Sums in two currencies, through a rate that a page of the event cluster states: "£50 million" on one page, "$62 million" on
//! another, and "£1 = $1.25" or "€88m ($102m)" on a third.
//!
//! Without a stated rate nothing is said: what one currency is in another is not known here. With one, two sums that the
//! gates hold to be of one quantity, but for the currency, say the same where the printed precision of both and of the rate
//! leaves room for it. No conflict rests on a rate, which moves; but sums that fit once a power of ten is added or taken
//! away are shown to a reader.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::candidate::Stated;
use crate::claim::Claim;
use crate::compare::but_for_unit;
use crate::graph::{GateName, Grounds, Relation, Severity, Verdict};
use crate::rule::{CheckCode, CheckRule};
use crate::value::{Bound, Interval, Quantity, Shape, Value};

use super::converted::again;
use super::{Check, CheckContext, Checked, Checks};
use crate::text::one_line;

/// See the module.
pub(super) struct Exchanged;

/// Most rates of two currencies that an event cluster is asked for.
const RATES: usize = 16;
/// Powers of ten by which a typo shifts a sum: a digit too many, a thousand for a million, a billion for a million, …
const TYPOS: [u32; 4] = [1, 2, 3, 6];
/// The rule of claims that state a rate.
const EXCHANGE: &str = "exchange";

/// A rate that a page states: so many of the second currency for one of the first.
struct Rate {
    worth: Interval,
    /// The claims that state it: two sums, or twice the one of the rate.
    of: (u32, u32),
}

impl Check for Exchanged {
    fn code(&self) -> CheckCode {
        CheckCode::Exchanged
    }

    fn run(&self, context: &CheckContext<'_>, rule: &CheckRule, found: &mut Checks) {
        let (claims, event_clusters) = (context.compare.claims, context.compare.event_clusters);
        let sums = Stated::sums(claims, event_clusters, |c| Some(&*sum(c)?.unit.name));
        let mut rates: BTreeMap<u32, BTreeMap<(&str, &str), Vec<Rate>>> = BTreeMap::new();
        for source in 0..context.segments.len() as u32 {
            let Some(&event_cluster) = event_clusters.get(source as usize) else { continue };
            let all: Vec<u32> = context.of_document(source).filter(|&i| sum(context.claim(i)).is_some()).collect();
            let told = context.of_document(source).filter_map(|at| told(context, at));
            let beside = all.windows(2).filter_map(|pair| beside(context, pair[0], pair[1]));
            for (key, rate) in told.chain(beside) {
                let all = rates.entry(event_cluster).or_default().entry(key).or_default();
                if all.len() < RATES {
                    all.push(rate);
                }
            }
        }
        for (event_cluster, all) in rates {
            for ((one, other), all) in all {
                for pair in sums.in_two(event_cluster, one, other) {
                    held(context, rule, pair, &all, found);
                }
            }
        }
    }
}

/// Two sums of one event cluster against the rates of their currencies.
fn held(context: &CheckContext<'_>, rule: &CheckRule, (a, b): (u32, u32), rates: &[Rate], found: &mut Checks) {
    let (x, y) = (context.claim(a), context.claim(b));
    let told = |rate: &Rate| [rate.of.0, rate.of.1].iter().any(|end| *end == a || *end == b);
    let one_place = x.source == y.source && x.span == y.span;
    let (Some(p), Some(q)) = (sum(x), sum(y)) else { return };
    let at = |rate: &Rate| p.interval().mul(&rate.worth);
    let ten = |n: u32| (0..n).fold(Decimal::ONE, |ten, _| ten * Decimal::TEN);
    let shifted = |worth: &Interval| {
        TYPOS.into_iter().find(|&n| {
            let times = |by| worth.mul(&Interval::point(by)).is_some_and(|w| w.overlaps(&q.interval()));
            times(ten(n)) || Decimal::ONE.checked_div(ten(n)).is_some_and(times)
        })
    };
    let fits = rates.iter().find(|r| at(r).is_some_and(|worth| worth.overlaps(&q.interval())));
    let shift = || rates.iter().find_map(|r| Some((r, shifted(&at(r)?)?)));
    let (rate, shift) = match fits {
        Some(rate) => (rate, None),
        None => match shift() {
            Some((rate, n)) => (rate, Some(n)),
            None => return,
        },
    };
    if one_place || told(rate) && (x.source == y.source || shift.is_some()) {
        return;
    }
    let Some(grounds) = but_for_unit(&context.compare, a, b) else { return };
    say(context, rule, (a, b), rate, shift, grounds, found);
}

fn say(
    context: &CheckContext<'_>,
    rule: &CheckRule,
    (a, b): (u32, u32),
    rate: &Rate,
    shift: Option<u32>,
    mut grounds: Grounds,
    found: &mut Checks,
) {
    let source = context.claim(rate.of.0).source;
    let stated =
        context.cut(source, context.claim(rate.of.0).value_span.start, context.claim(rate.of.1).value_span.end);
    let page = &context.compare.documents[source as usize].id;
    let basis = format!("at the rate that {page} states: {}", one_line(stated));
    for gate in grounds.gates.iter_mut().filter(|g| g.gate == GateName::Unit) {
        gate.verdict = Verdict::Same;
        gate.basis.clone_from(&basis);
    }
    let ends: [(&str, &[u32]); 2] = [("figure", &[a]), ("again", &[b])];
    let (left, right) = (context.words(context.claim(a)), context.words(context.claim(b)));
    let claims = context.compare.claims;
    let mut of = vec![a, b];
    of.extend([rate.of.0, rate.of.1].into_iter().filter(|end| *end != a && *end != b));
    of.dedup();
    let message = match (shift, &rule.holds_message) {
        (None, Some(template)) => {
            let message = context.fill(template, &ends, left, right);
            found.link(rule, claims, Relation::Agree, Severity::Note, &of, message.clone(), String::new());
            found.checked.push(Checked { rule: rule.head.id.clone(), claims: of.clone(), message: message.clone() });
            message
        }
        (Some(_), _) => {
            let message = context.fill(&rule.message, &ends, left, right);
            found.link(rule, claims, Relation::Unresolved, Severity::Note, &of, message.clone(), String::new());
            message
        }
        (None, None) => return,
    };
    if let Some(link) = found.links.last_mut() {
        let power = shift.map(|n| format!(", after removing a factor of 10^{n}"));
        link.grounds = Grounds {
            comparator: rule.head.id.clone(),
            judgement: None,
            because: format!("{message}: {basis}{}", power.unwrap_or_default()),
            missing: shift.map(|_| "unit".to_owned()).into_iter().collect(),
            gates: grounds.gates,
        };
    }
}

/// The rate that a claim states by itself: "£1 was worth $1.25".
fn told<'a>(context: &CheckContext<'a>, at: u32) -> Option<((&'a str, &'a str), Rate)> {
    let claim = context.claim(at);
    let Value::Quantity(q) = &claim.value else { return None };
    let (worth, one) = q.unit.name.split_once('/').filter(|_| claim.rule == EXCHANGE && !claim.noise)?;
    Some(((one, worth), Rate { worth: q.interval(), of: (at, at) }))
}

/// The rate that two sums beside each other state.
fn beside<'a>(context: &CheckContext<'a>, a: u32, b: u32) -> Option<((&'a str, &'a str), Rate)> {
    let (x, y) = (context.claim(a), context.claim(b));
    let (p, q) = (sum(x)?, sum(y)?);
    if p.unit.name == q.unit.name || x.span != y.span || !again(context, x, y) && !bracketed(context, x, y) {
        return None;
    }
    Some(((&p.unit.name, &q.unit.name), Rate { worth: q.interval().div(&p.interval())?, of: (a, b) }))
}

/// "(€88m; $102m)", "(€88m / $102m)": one sum twice between brackets.
fn bracketed(context: &CheckContext<'_>, x: &Claim, y: &Claim) -> bool {
    let open = context.cut(x.source, x.span.start, x.value_span.start).trim_end().ends_with('(');
    let closed = context.cut(y.source, y.value_span.end, y.span.end).trim_start().starts_with(')');
    let between = context.cut(x.source, x.value_span.end, y.value_span.start).trim();
    open && closed && matches!(between, ";" | "/" | "or" | ", or" | "=" | "; or" | "; about")
}

fn sum(claim: &Claim) -> Option<&Quantity> {
    match &claim.value {
        Value::Quantity(q) if !claim.noise && q.shape == Shape::Money => {
            let plain = matches!(q.bound, Bound::Exact | Bound::Approx | Bound::Nearly);
            let sum = plain && claim.rule != EXCHANGE;
            q.number.filter(|n| sum && n.is_sign_positive() && !n.is_zero()).map(|_| q)
        }
        _ => None,
    }
}
