//! Evidence: what speaks for two values being of one thing, and what against it.
//!
//! Comes in: the candidates of a run. Goes out: for each what is seen of it, feature by feature, and what the weights of
//! `rules/lexicon/conflict-evidence.toml` and `agreement-evidence.toml` make of it: a confidence. Sums are of integers.

use std::collections::{BTreeMap, BTreeSet};

use crate::align::Neighbourhood;
use crate::candidate::{Candidate, dimension};
use crate::claim::{Claim, Modality};
use crate::graph::{GateName, Link, Relation, Verdict};
use crate::rule::{RelateRule, Rules};
use crate::value::{Judgement, Shape, TimeValue, Value};

use super::{CompareContext, Pair};

/// A candidate with what is seen of it.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The pair.
    pub candidate: Candidate,
    /// Whether the values exclude each other; `None` where that cannot be said.
    pub apart: Option<bool>,
    /// Name and size of each feature that is not 0.
    pub features: Vec<(&'static str, i32)>,
}

/// What is seen of every candidate.
pub fn observe(context: &CompareContext<'_>, candidates: &[Candidate], sides: &[Neighbourhood]) -> Vec<Seen> {
    let pairs: Vec<Pair<'_>> = candidates.iter().map(|c| Pair::new(context, c.a, c.b)).collect();
    // Of each claim and other document: its likest partners, and whether the document states its value.
    let mut best: BTreeMap<(u32, u32), (i32, i32)> = BTreeMap::new();
    let mut stated: BTreeMap<(u32, u32), i32> = BTreeMap::new();
    let source = |c: u32| context.claims[c as usize].source;
    for (c, pair) in candidates.iter().zip(&pairs) {
        for key in [(c.a, source(c.b)), (c.b, source(c.a))] {
            let (first, second) = best.entry(key).or_insert((-1, -1));
            if c.alike > *first {
                (*first, *second) = (c.alike, *first);
            } else {
                *second = c.alike.max(*second);
            }
            if same(pair) {
                let most = stated.entry(key).or_insert(-1);
                *most = c.alike.max(*most);
            }
        }
    }
    // All figures of a document, whatever they are of.
    let mut numbers: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    for claim in context.claims {
        numbers.entry(claim.source).or_default().extend(value_numbers(claim));
    }
    // The documents that state a value, whatever they state it of.
    let mut states: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for claim in context.claims.iter().filter(|c| !c.noise) {
        if let Some(key) = value_key(claim) {
            states.entry(key).or_default().insert(claim.source);
        }
    }
    // Values of a sentence.
    let mut beside: BTreeMap<(u32, u32), Vec<u32>> = BTreeMap::new();
    for (at, claim) in (0u32..).zip(context.claims) {
        if dimension(claim).is_some() && !claim.noise {
            beside.entry((claim.source, claim.span.start)).or_default().push(at);
        }
    }
    candidates
        .iter()
        .zip(&pairs)
        .map(|(c, pair)| {
            let (x, y) = (&context.claims[c.a as usize], &context.claims[c.b as usize]);
            let mut out: Vec<(&'static str, i32)> = Vec::with_capacity(40);
            let mut put = |name: &'static str, size: i32| {
                match out.iter_mut().find(|(n, _)| *n == name) {
                    Some((_, sum)) => *sum += size,
                    None if size != 0 => out.push((name, size)),
                    None => {}
                }
            };
            let yes = |is: bool| if is { 1000 } else { 0 };
            let (p, q) = (&sides[c.a as usize], &sides[c.b as usize]);
            put("near", p.near.alike(&q.near));
            put("tree", p.tree.alike(&q.tree));
            put("whole", p.whole.alike(&q.whole));
            put("wide", p.wide.alike(&q.wide));
            let both = |m: Option<u32>, n: Option<u32>, is: bool| yes(m.is_some() && n.is_some() && (m == n) == is);
            put("noun same", both(p.noun, q.noun, true));
            put("noun other", both(p.noun, q.noun, false));
            put("verb same", both(p.verb, q.verb, true));
            put("verb other", both(p.verb, q.verb, false));
            put("subject same", both(p.subject, q.subject, true));
            put("subject other", both(p.subject, q.subject, false));
            let likest = |key: (u32, u32)| best.get(&key).is_some_and(|(first, _)| c.alike >= *first);
            let taken = |key: (u32, u32)| !same(pair) && stated.contains_key(&key);
            let keys = [(c.a, y.source), (c.b, x.source)];
            put("sole", yes(keys.into_iter().all(|k| likest(k) && !taken(k))));
            // What the other document states elsewhere.
            for (key, own) in keys.map(|k| (k, c.alike)) {
                let elsewhere = stated.get(&key).copied();
                if let Some(n) = elsewhere.filter(|_| !same(pair)) {
                    put("stated elsewhere", 1000);
                    put("stated elsewhere, likelier", yes(n > own));
                }
                if let Some((first, second)) = best.get(&key) {
                    put("best partner", yes(own >= *first));
                    put("behind best", *first - own);
                    put("lead", if own >= *first { own - (*second).max(0) } else { 0 });
                }
            }
            for (gate, same, other) in [
                (GateName::Entity, "entity same", "entity other"),
                (GateName::Attribute, "attribute same", "attribute other"),
                (GateName::Scope, "scope same", "scope other"),
                (GateName::Time, "time same", "time other"),
                (GateName::Modality, "modality same", "modality other"),
            ] {
                match pair.seen(gate).0 {
                    Verdict::Same => put(same, 1000),
                    Verdict::Different => put(other, 1000),
                    Verdict::Unknown => {}
                }
            }
            let stands = |claim: &Claim, other: &Claim| {
                numbers.get(&other.source).is_some_and(|all| value_numbers(claim).iter().any(|n| all.contains(n)))
            };
            if !same(pair) {
                put("number in the other document", yes(stands(x, y)) + yes(stands(y, x)));
            }
            let who = |claim: &Claim| value_key(claim).and_then(|k| states.get(&k));
            if let (Some(a), Some(b)) = (who(x), who(y))
                && !same(pair)
            {
                let both = a.intersection(b).filter(|d| **d != x.source && **d != y.source).count();
                put("stated both by others", both.min(2) as i32 * 1000);
                put("stated by several", yes(a.len() > 1) + yes(b.len() > 1));
            }
            put("words", i32::try_from(p.words.min(q.words)).unwrap_or(0).min(8) * 125);
            put("standard on one side", yes(p.standard != q.standard));
            put("former on one side", yes(p.former != q.former));
            put("future on one side", yes((x.modality == Modality::Future) != (y.modality == Modality::Future)));
            put("polarity other", yes(x.polarity != y.polarity));
            put("kind same", yes(x.kind == y.kind));
            put(shape(x), 1000);
            // Other values of the sentences.
            let others = |at: u32, claim: &Claim| -> Vec<u32> {
                let all = beside.get(&(claim.source, claim.span.start));
                let rest = all.into_iter().flatten().copied().filter(|o| *o != at && !context.claims[*o as usize].value_span.overlaps(claim.value_span));
                rest.take(8).collect()
            };
            let (m, n) = (others(c.a, x), others(c.b, y));
            let (mut shared, mut differ) = (0, 0);
            for o in &m {
                let like = |r: &&u32| dimension(&context.claims[**r as usize]) == dimension(&context.claims[*o as usize]);
                let all: Vec<&u32> = n.iter().filter(like).collect();
                if all.iter().any(|r| same(&Pair::new(context, *o, **r))) {
                    shared += 1;
                } else if !all.is_empty() {
                    differ += 1;
                }
            }
            put("other values shared", shared.min(3) * 1000);
            put("other values apart", differ.min(3) * 1000);
            figures(x, y, &mut put);
            Seen { candidate: *c, apart: apart(pair), features: out }
        })
        .collect()
}

/// One row of the weights: what has to be seen, and what that adds.
#[derive(Debug, Clone)]
struct Weight {
    /// Names of features, each with how much of it there has to be. A feature alone counts by its size.
    seen: Vec<(String, Option<i32>)>,
    /// In thousandths of the natural logarithm of the odds.
    size: i64,
}

/// The weights of one kind of link.
#[derive(Debug, Clone, Default)]
struct Weights(Vec<Weight>);

impl Weights {
    /// From the rows of a lexicon: "sole & tree >= 100" with its weight as rank.
    fn new(rules: &Rules, lexicon: &str) -> Weights {
        let rows = rules.lexicons.get(lexicon).into_iter().flat_map(|l| l.rows.values());
        let weight = |(key, size): (&String, i64)| {
            let seen = key.split(" & ").map(|part| match part.split_once(" >= ") {
                Some((name, least)) => (name.to_owned(), least.parse().ok()),
                None => (part.to_owned(), None),
            });
            Weight { seen: seen.collect(), size }
        };
        Weights(rows.filter_map(|r| Some(weight((&r.key, r.rank?)))).collect())
    }

    /// What each row adds to the sum for a candidate, rows that add nothing left out.
    fn parts<'w>(&'w self, seen: &'w Seen) -> impl Iterator<Item = (&'w Weight, i64)> {
        self.0.iter().filter_map(move |w| {
            let size = |name: &str| match name {
                "base" => 1000,
                _ => seen.features.iter().find(|(n, _)| *n == name).map_or(0, |(_, s)| *s),
            };
            let part = match w.seen.as_slice() {
                [(name, None)] => w.size * i64::from(size(name)) / 1000,
                all if all.iter().all(|(name, least)| size(name) >= least.unwrap_or(1)) => w.size,
                _ => 0,
            };
            (part != 0).then_some((w, part))
        })
    }
}

/// The logistic function in thousandths at each half, from 0 to 6: `1000 / (1 + exp(-x))`.
const LOGISTIC: [i64; 13] = [500, 622, 731, 818, 881, 924, 953, 971, 982, 989, 993, 996, 998];

/// The confidence for a sum of evidence, both in thousandths.
fn logistic(sum: i64) -> u16 {
    let (at, rest) = ((sum.unsigned_abs() / 500) as usize, sum.abs() % 500);
    let here = LOGISTIC.get(at).copied().unwrap_or(999);
    let next = LOGISTIC.get(at + 1).copied().unwrap_or(999);
    let positive = here + (next - here) * rest / 500;
    (if sum < 0 { 1000 - positive } else { positive }) as u16
}

/// Links the candidates that no rule has linked, as far as the evidence goes. `linked` are the places that are joined already.
pub fn weigh(context: &CompareContext<'_>, observed: &[Seen], links: &[Link]) -> Vec<Link> {
    let conflict = Weights::new(context.rules, "conflict-evidence");
    let agreement = Weights::new(context.rules, "agreement-evidence");
    let place = |c: u32| (context.claims[c as usize].source, context.claims[c as usize].value_span);
    let joined: BTreeSet<_> = links
        .iter()
        .filter(|l| l.relation != Relation::Unresolved)
        .flat_map(|l| [(place(l.a), place(l.b)), (place(l.b), place(l.a))])
        .collect();
    let mut out = Vec::new();
    for seen in observed {
        let Candidate { a, b, .. } = seen.candidate;
        let Some(apart) = seen.apart else { continue };
        if joined.contains(&(place(a), place(b))) {
            continue;
        }
        let weights = if apart { &conflict } else { &agreement };
        let confidence = logistic(weights.parts(seen).map(|(_, n)| n).sum());
        let mut pair = Pair::new(context, a, b);
        pair.confidence = Some(confidence);
        let wanted = |r: &&RelateRule| (r.relation == Relation::Conflict) == apart && pair.holds_of_evidence(r);
        let Some(rule) = context.rules.relate.iter().filter(|r| r.when.confidence.is_some()).find(wanted) else {
            continue;
        };
        let (a, b) = (pair.a, pair.b);
        out.push(Link { confidence, ..super::link(context, rule, a, b, pair.grounds()) });
    }
    out
}

/// Whether two values say the same.
fn same(pair: &Pair<'_>) -> bool {
    apart(pair) == Some(false)
}

/// Whether two values exclude each other; `None` where that cannot be said.
fn apart(pair: &Pair<'_>) -> Option<bool> {
    match (&pair.x.value, &pair.y.value) {
        (Value::Time(p), Value::Time(q)) => times_apart(p, q),
        _ => match pair.found.judgement {
            Judgement::Disjoint => Some(true),
            Judgement::Unknown => None,
            _ => Some(false),
        },
    }
}

/// Whether no moment can be meant by both of two times.
fn times_apart(p: &TimeValue, q: &TimeValue) -> Option<bool> {
    if let (Some(a), Some(b)) = (p.edtf.strip_prefix('T'), q.edtf.strip_prefix('T')) {
        return Some(a.get(..5) != b.get(..5));
    }
    if let (Some(a), Some(b), Some(c), Some(d)) = (p.earliest, p.latest, q.earliest, q.latest) {
        return Some(b < c || d < a);
    }
    let (m, n) = (p.parts, q.parts);
    let differ = |a: Option<i16>, b: Option<i16>| a.zip(b).map(|(a, b)| a != b);
    let small = |a: Option<i8>| a.map(i16::from);
    let all = [differ(m.0, n.0), differ(small(m.1), small(n.1)), differ(small(m.2), small(n.2))];
    if all.iter().all(Option::is_none) {
        return p.weekday.zip(q.weekday).map(|(a, b)| a != b);
    }
    Some(all.contains(&Some(true)))
}

/// A value in few words, the same for the same value.
fn value_key(claim: &Claim) -> Option<String> {
    let dimension = dimension(claim)?;
    match &claim.value {
        Value::Quantity(q) => Some(format!("{dimension} {}", q.number?.normalize())),
        Value::Time(t) => Some(format!("{dimension} {}", t.edtf)),
        Value::Text(_) => None,
    }
}

/// The figures of a value, without their unit; of one digit they tell nothing.
fn value_numbers(claim: &Claim) -> Vec<String> {
    let Value::Quantity(q) = &claim.value else { return Vec::new() };
    let all = [q.number, q.min, q.max].into_iter().flatten().map(|n| n.normalize().to_string());
    all.filter(|n| n.len() > 1).collect()
}

fn shape(claim: &Claim) -> &'static str {
    match claim.shape {
        Shape::Money => "of money",
        Shape::Percent => "of percent",
        Shape::Date => "of dates",
        Shape::Duration => "of durations",
        Shape::Measure => "of measures",
        _ => "of counts",
    }
}

/// What the figures themselves tell.
fn figures(x: &Claim, y: &Claim, put: &mut impl FnMut(&'static str, i32)) {
    let (Value::Quantity(p), Value::Quantity(q)) = (&x.value, &y.value) else {
        if let (Value::Time(p), Value::Time(q)) = (&x.value, &y.value) {
            let (m, n) = (p.parts, q.parts);
            put("year same", if m.0.is_some() && m.0 == n.0 { 1000 } else { 0 });
            put("month same", if m.1.is_some() && m.1 == n.1 { 1000 } else { 0 });
            put("day same", if m.2.is_some() && m.2 == n.2 { 1000 } else { 0 });
            put("precision same", if (m.1.is_some(), m.2.is_some()) == (n.1.is_some(), n.2.is_some()) { 1000 } else { 0 });
        }
        return;
    };
    put("unit same", if p.unit == q.unit { 1000 } else { 0 });
    let number = |q: &crate::value::Quantity| q.number.or(q.min).map(|n| n.normalize());
    let (Some(m), Some(n)) = (number(p), number(q)) else { return };
    if m.is_zero() || n.is_zero() || m.is_sign_negative() != n.is_sign_negative() {
        return;
    }
    let (m, n) = (m.abs(), n.abs());
    let (low, high) = if m < n { (m, n) } else { (n, m) };
    let within = |by: i64| high * rust_decimal::Decimal::from(10) <= low * rust_decimal::Decimal::from(by);
    put("within a tenth", if within(11) { 1000 } else { 0 });
    put("within a half", if within(15) { 1000 } else { 0 });
    put("within a double", if within(20) { 1000 } else { 0 });
    put("beyond five times", if within(50) { 0 } else { 1000 });
    let digits = |n: rust_decimal::Decimal| n.mantissa().unsigned_abs().to_string();
    let (a, b) = (digits(m), digits(n));
    let scale = |n: rust_decimal::Decimal| n.trunc().to_string().len();
    let sorted = |s: &str| {
        let mut all: Vec<u8> = s.trim_end_matches('0').bytes().collect();
        all.sort_unstable();
        all
    };
    let significant = |s: &str| s.trim_end_matches('0').len();
    let exact = p.number.is_some() && q.number.is_some();
    let transposed = exact && significant(&a) > 1 && sorted(&a) == sorted(&b) && scale(m) == scale(n);
    let shifted = exact && significant(&a) > 1 && a.trim_end_matches('0') == b.trim_end_matches('0') && scale(m) != scale(n);
    put("digits transposed", if transposed { 1000 } else { 0 });
    put("digits shifted", if shifted { 1000 } else { 0 });
    put("as many digits", if significant(&a) == significant(&b) { 1000 } else { 0 });
    let one = |a: &str, b: &str| a.len() == b.len() && a.len() > 1 && a.bytes().zip(b.bytes()).filter(|(p, q)| p != q).count() == 1;
    put("one digit apart", if one(&a, &b) { 1000 } else { 0 });
    put("small", if low < rust_decimal::Decimal::from(10) { 1000 } else { 0 });
}
