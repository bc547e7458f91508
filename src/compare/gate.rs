//! The first six gates. Each says same, unknown or different, what it saw on either side, and why.

use std::borrow::Cow;

use crate::claim::{Claim, FROM, GROWTH, Modality, TimeNature};
use crate::entity::EntityType;
use crate::graph::{BasisKind, Gate, GateName, Verdict};
use crate::rule::{Comparator, RelateRule};
use crate::text::fold_words;
use crate::value::{Judgement, Shape, Value};

use super::{CompareContext, condition, entity, judge_figures};

/// How many gates there are before that of the values.
pub(super) const GATES: usize = 6;

/// What a gate says of two claims, and why.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub verdict: Verdict,
    pub basis: Cow<'static, str>,
    pub kind: BasisKind,
}

impl Seen {
    /// The same for a reason by which something is decided.
    pub(super) fn of(self, kind: BasisKind) -> Seen {
        Seen { kind, ..self }
    }
}

/// A gate: what it says of two claims, and what it looks at on either side.
struct Look {
    name: GateName,
    see: fn(&CompareContext<'_>, &Claim, &Claim) -> Seen,
    show: fn(&CompareContext<'_>, &Claim) -> String,
}

/// In the order in which they are passed; that of the values follows.
const LOOKS: [Look; GATES] = [
    Look { name: GateName::Entity, see: entity::entity, show: |_, c| entity::shown(c) },
    Look { name: GateName::Attribute, see: attribute, show: |_, c| c.attribute.clone() },
    Look { name: GateName::Unit, see: |_, x, y| unit(x, y), show: |_, c| units(c).1.to_owned() },
    Look { name: GateName::Scope, see: scope, show: |_, c| scopes(c) },
    Look { name: GateName::Time, see: time, show: times },
    Look { name: GateName::Modality, see: modality, show: |_, c| c.modality.name().to_owned() },
];

/// Their names, in order.
pub(super) fn names() -> impl Iterator<Item = GateName> {
    LOOKS.iter().map(|look| look.name)
}

/// Where a gate stands; `None` for that of the values.
pub(super) fn place(name: GateName) -> Option<usize> {
    LOOKS.iter().position(|look| look.name == name)
}

/// What each says of two claims.
pub(super) fn see(context: &CompareContext<'_>, x: &Claim, y: &Claim) -> [Seen; GATES] {
    LOOKS.each_ref().map(|look| (look.see)(context, x, y))
}

/// The same with what each looked at, in words.
pub(super) fn stated(context: &CompareContext<'_>, x: &Claim, y: &Claim, seen: [Seen; GATES]) -> Vec<Gate> {
    let gate = |(look, seen): (&Look, Seen)| {
        let (a, b) = ((look.show)(context, x), (look.show)(context, y));
        Gate { gate: look.name, verdict: seen.verdict, a, b, basis: seen.basis.into_owned(), basis_kind: seen.kind }
    };
    LOOKS.iter().zip(seen).map(gate).collect()
}

/// The first gate that says *different* where no rule speaks of what it and those before it say: what most pairs end at,
/// before a word of their grounds is written.
pub(super) fn stopped(context: &CompareContext<'_>, x: &Claim, y: &Claim) -> Option<GateName> {
    let mut seen = [None; GATES];
    let mut different = None;
    for (at, look) in LOOKS.iter().enumerate() {
        let verdict = (look.see)(context, x, y).verdict;
        seen[at] = Some(verdict);
        if verdict == Verdict::Different {
            different = different.or(Some(look.name));
        }
        let open = |rule: &RelateRule| {
            let seen = LOOKS.iter().zip(seen).filter_map(|(look, verdict)| Some((look.name, verdict?)));
            condition::reads(rule, x, y) && condition::passes(rule, seen)
        };
        if different.is_some() && !context.rules.relate.iter().any(open) {
            return different;
        }
    }
    None
}

/// Whether a gate keeps two claims apart.
pub(super) fn apart(context: &CompareContext<'_>, x: &Claim, y: &Claim) -> bool {
    see(context, x, y).iter().any(|seen| seen.verdict == Verdict::Different)
}

/// Words on the axis of instances that always mean another one.
const ELSE: [&str; 3] = ["other", "previous", "following"];

/// Axes that say which of several things, or which part of one, a figure is of.
const SORTS: [&str; 5] = ["part", "instance", "side", "variant", "test"];

/// Whether the attribute's value moves in time.
pub(super) fn moves(claim: &Claim) -> bool {
    matches!(claim.moves, TimeNature::State | TimeNature::Cumulative)
}

pub(super) fn seen(verdict: Verdict, basis: impl Into<Cow<'static, str>>) -> Seen {
    Seen { verdict, basis: basis.into(), kind: BasisKind::Other }
}

fn attribute(context: &CompareContext<'_>, x: &Claim, y: &Claim) -> Seen {
    if x.family == y.family && x.family == "date" && context.same_event(x, y) {
        let basis = "nothing says what happened then";
        return seen(Verdict::Unknown, basis);
    }
    // A single word that counts nothing is the verb beside the figure, or its shape: two figures can share it by chance.
    let unnamed = |c: &Claim| {
        matches!(c.value, Value::Quantity(_))
            && c.is_unnamed_figure()
            && c.shape != Shape::Number
            && !c.attribute.contains(' ')
    };
    if x.family == y.family && unnamed(x) {
        return seen(Verdict::Unknown, "named only by the verb beside it");
    }
    // How far something is from somewhere: of what, has to be said.
    let of_nothing = |c: &Claim| placed(context, c) && c.subject.is_none();
    if x.family == y.family && (of_nothing(x) || of_nothing(y)) {
        return seen(Verdict::Unknown, "it is not stated of what");
    }
    // Two events that the lexicon tells apart are not one under two names.
    let event = |c: &Claim| {
        let own = c.subject.as_ref().is_some_and(|s| s.kind == EntityType::Event && s.entity.is_none());
        matches!(c.value, Value::Time(_)) && (own && c.single_valued || context.surroundings.family(&c.family).happens)
    };
    if x.family != y.family && event(x) && event(y) {
        return seen(Verdict::Different, "other events");
    }
    // "Lund, 20, …" states a figure of a person, whatever it stands beside.
    if (x.family == "age") != (y.family == "age") {
        return seen(Verdict::Different, "an age, and what is none");
    }
    if x.family != y.family && context.same_event(x, y) && !(context.stated(x) && context.stated(y)) {
        return seen(Verdict::Unknown, "no rule covers both of them");
    }
    let verdict = if x.family == y.family { Verdict::Same } else { Verdict::Different };
    match verdict {
        Verdict::Same if x.attribute == y.attribute => seen(verdict, "same attribute").of(BasisKind::Plain),
        Verdict::Same => seen(verdict, "one family of attributes"),
        _ => seen(verdict, "other attributes"),
    }
}

/// Whether two values are one, in whatever unit and at whatever precision they are printed.
pub(super) fn equal(x: &Claim, y: &Claim) -> bool {
    match (&x.value, &y.value) {
        (Value::Quantity(p), Value::Quantity(q)) => {
            matches!(judge_figures(p, q).judgement, Judgement::Equal | Judgement::Rounding)
        }
        (p, q) => p == q,
    }
}

/// Whether a rule tells how far something is from a place.
pub(super) fn placed(context: &CompareContext<'_>, claim: &Claim) -> bool {
    context.rules.extract_rule(&claim.rule).is_some_and(|r| r.has_axis(FROM))
}

/// The dimension and the unit of a claim's value.
fn units(claim: &Claim) -> (&str, &str) {
    match &claim.value {
        Value::Quantity(q) => (&q.unit.dimension, &q.unit.name),
        Value::Time(_) => ("date", "date"),
        Value::Text(_) => (claim.comparator.name(), "words"),
    }
}

fn unit(x: &Claim, y: &Claim) -> Seen {
    let ((a, p), (b, q)) = (units(x), units(y));
    let verdict = if a == b { Verdict::Same } else { Verdict::Different };
    match verdict {
        Verdict::Same if p == q => seen(verdict, "same unit").of(BasisKind::Plain),
        Verdict::Same => seen(verdict, "exact conversion"),
        _ => seen(verdict, "other dimensions"),
    }
}

/// The scope of a claim in words.
fn scopes(claim: &Claim) -> String {
    claim.scope.iter().map(|(k, v)| format!("{k} {v}")).collect::<Vec<_>>().join(", ")
}

fn scope(context: &CompareContext<'_>, x: &Claim, y: &Claim) -> Seen {
    let mut verdict = Verdict::Same;
    let mut basis: Option<Cow<'static, str>> = None;
    // A sentence or two, or a statement that is checked against the sources, leaves out what a page would say.
    let terse = context.query.is_some() || context.surroundings.brief(x, y);
    for axis in x.scope.keys().chain(y.scope.keys().filter(|k| !x.scope.contains_key(*k))) {
        // Two equal figures need not both say over what they are summed, nor say it in the same words.
        if axis == "stretch" && (terse || equal(x, y)) {
            continue;
        }
        match (x.scope.get(axis), y.scope.get(axis)) {
            (Some(a), Some(b)) => {
                let (p, q) = (fold_words(a), fold_words(b));
                // "200 of them", "30 of them": some people and other people.
                if p == q && axis == "part" && a == "some" && x.attribute == "people" && x.value != y.value {
                    return seen(Verdict::Different, "each is about a part, without saying which");
                }
                if p == q {
                    continue;
                }
                // "Crew" and "cabin crew", a quarter and its year: the one may be a part of the other.
                let within = if axis == "period" {
                    a.starts_with(b.as_str()) || b.starts_with(a.as_str())
                } else {
                    p.ends_with(&q) || q.ends_with(&p)
                };
                // A part of a part with another number contradicts nothing.
                if within && axis == "part" && x.value != y.value {
                    return seen(Verdict::Different, "one part may be within the other");
                }
                if within && (axis == "part" || axis == "period") {
                    verdict = Verdict::Unknown;
                    basis = Some(format!("one {axis} may be within the other").into());
                } else if !within {
                    return seen(Verdict::Different, format!("{axis} differs"));
                }
            }
            // "Two other fires" are not those that need no word, nor is a rise what it led to.
            (Some(said), None) | (None, Some(said))
                if axis == "change" || axis == "instance" && ELSE.contains(&said.as_str()) =>
            {
                return seen(Verdict::Different, format!("{axis} differs"));
            }
            // Another number of a part than of all, of the first quake than of a quake: two figures, and no word too few.
            (Some(_), None) | (None, Some(_)) if SORTS.contains(&axis.as_str()) && !terse && !equal(x, y) => {
                let basis = format!("only one of them says {axis}, and the figures are not the same");
                return seen(Verdict::Different, basis);
            }
            // Of one quarter or one year: which one is that of the event cluster.
            _ if axis == "period"
                && context.same_event(x, y)
                && x.scope.get("span").is_some_and(|s| Some(s) == y.scope.get("span")) => {}
            _ if context.same_event(x, y)
                && x.family == y.family
                && context
                    .event_clusters
                    .get(x.source as usize)
                    .is_some_and(|s| context.surroundings.goes_without_saying(*s, &x.family, axis)) => {}
            _ => {
                verdict = Verdict::Unknown;
                basis = Some(format!("only one of them says {axis}").into());
            }
        }
    }
    // What is summed over a time says nothing without that time.
    let flow = |c: &Claim| {
        let rule = context.rules.extract_rule(&c.rule);
        // What happened to so many is of what happened, unless a time is said.
        rule.is_some_and(|r| r.has_axis("span"))
            && !context.of_event(c)
            && !c.scope.contains_key("span")
            && !c.scope.contains_key("period")
    };
    // A statement without a time is checked against a source without one as it stands.
    let of_query = context.query.is_some_and(|a| a.is_own(x) != a.is_own(y)) && flow(x) && flow(y);
    // A rate of what is traded is of one day: "shares fell by 4 %".
    let traded = |c: &Claim| {
        let what = c.attribute.strip_suffix(GROWTH).and_then(|w| w.rsplit(' ').next());
        c.as_of.is_none() && what.is_some_and(|w| context.lookup.term_of("traded", w).is_some())
    };
    // How far something is says nothing without the place from which that is taken.
    let nowhere = |c: &Claim| placed(context, c) && !c.scope.contains_key(FROM);
    if nowhere(x) != nowhere(y) && !terse && !equal(x, y) {
        return seen(Verdict::Different, "the starting point is not stated");
    }
    let open = traded(x) && traded(y) || context.same_event(x, y) && (flow(x) || flow(y));
    if verdict == Verdict::Same && open && !of_query {
        verdict = Verdict::Unknown;
        basis = Some("the period is not stated".into());
    }
    if x.scope.is_empty() && y.scope.is_empty() && x.comparator == Comparator::Title {
        verdict = Verdict::Unknown;
        basis = Some("neither states a place".into());
    }
    match basis {
        Some(basis) => seen(verdict, basis),
        None => seen(verdict, "same scope").of(BasisKind::Plain),
    }
}

/// The time at which a claim holds, in words.
fn times(context: &CompareContext<'_>, claim: &Claim) -> String {
    match (&claim.as_of, context.published(claim)) {
        (Some(t), _) => t.edtf.clone(),
        (None, Some(d)) => format!("document of {d}"),
        (None, None) => "unknown".to_owned(),
    }
}

fn time(context: &CompareContext<'_>, x: &Claim, y: &Claim) -> Seen {
    let say = |verdict, basis: &'static str| seen(verdict, basis);
    // A day that is worked out from a weekday, and a time of day, are less sure than a date.
    let unsure = |c: &Claim| match &c.value {
        Value::Time(t) => t.weekday.is_some() && t.relative || t.edtf.starts_with('T'),
        _ => false,
    };
    if (unsure(x) || unsure(y)) && entity::one_date(context, x, y) {
        return say(Verdict::Unknown, "inferred from a weekday or a time of day");
    }
    // What no rule tells of may move where either side says how things stand.
    let stated = context.stated(x) || context.stated(y) || !matches!(x.value, Value::Quantity(_));
    if if stated { !moves(x) || !moves(y) } else { !moves(x) && !moves(y) } {
        return say(Verdict::Same, "does not change over time").of(BasisKind::Plain);
    }
    match (&x.as_of, &y.as_of) {
        (Some(p), Some(q)) => match (p.earliest, p.latest, q.earliest, q.latest) {
            (Some(a), Some(b), Some(c), Some(d)) if b < c => {
                let _ = (a, d);
                say(Verdict::Different, "the second is later")
            }
            (Some(a), _, _, Some(d)) if d < a => {
                say(Verdict::Different, "the second is earlier").of(BasisKind::SecondEarlier)
            }
            (Some(_), _, Some(_), _) if p.edtf == q.edtf => say(Verdict::Same, "same date"),
            (Some(_), _, Some(_), _) => say(Verdict::Same, "dates that overlap"),
            _ => say(Verdict::Unknown, "one date is open-ended"),
        },
        (None, None) if x.source == y.source => say(Verdict::Same, "one document, no dates"),
        (None, None) => match (context.published(x), context.published(y)) {
            (Some(a), Some(b)) if (a.until(b).map(|s| s.get_days()).unwrap_or(99)).abs() <= 7 => {
                say(Verdict::Same, "documents of one week")
            }
            (Some(a), Some(b)) if a < b => {
                say(Verdict::Different, "the second is later, by the dates of the documents")
            }
            (Some(_), Some(_)) => {
                let basis = "the second is earlier, by the dates of the documents";
                say(Verdict::Different, basis).of(BasisKind::SecondEarlier)
            }
            _ => say(Verdict::Unknown, "a document without a date"),
        },
        _ => say(Verdict::Unknown, "only one of them is dated"),
    }
}

fn modality(context: &CompareContext<'_>, x: &Claim, y: &Claim) -> Seen {
    let class = |m: Modality| match m {
        Modality::Asserted | Modality::Reported | Modality::Hedged | Modality::Negated => 0,
        Modality::Future => 1,
        Modality::Opinion => 2,
        Modality::Conditional => 3,
    };
    let (p, q) = (class(x.modality), class(y.modality));
    let (verdict, basis) = match (p, q) {
        // Two brief texts speak of one condition, if they speak of one thing.
        (3, 3) if !context.surroundings.brief(x, y) => (Verdict::Different, "each holds under a different condition"),
        _ if p == q => (Verdict::Same, "comparable modality"),
        (0, 1) | (1, 0) => (Verdict::Unknown, "a plan against a fact"),
        _ => (Verdict::Different, "an opinion or a condition against a statement"),
    };
    seen(verdict, basis)
}
