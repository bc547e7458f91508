//! Closed forms: what follows from arithmetic, counting and the calendar.
//!
//! Comes in: all claims, the links drawn between them, and the checks. Goes out: links that bear out or refute, checks
//! that hold, and those whose inputs were found but could not be decided. Several possible bindings of one check are
//! never guessed at.
//!
//! Checks that a formula can state are files of `rules/check/`; those that count words or sources are code, one file
//! each, in [`CHECKS`].

mod counted;
mod formula;
mod model;
mod named_sources;
mod overtaking;
mod weekday_told;

use crate::claim::Claim;
use crate::compare::Frozen;
use crate::graph::{Chains, Grounds, Link, Relation, Severity};

pub use model::{Checked, NotChecked};

/// What checks see.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// Claims, documents, entities, rules.
    pub frozen: Frozen<'a>,
    /// Which claims say the same.
    pub chains: &'a Chains,
    /// Origin of each document, as an index of documents.
    pub copies: &'a [u32],
}

/// What checks found.
#[derive(Debug, Clone, Default)]
pub struct Checks {
    /// Derived links.
    pub links: Vec<Link>,
    /// Faults of a single claim, which has nothing to be linked to: both ends are that claim. Findings only.
    pub lone: Vec<Link>,
    /// Checks that hold.
    pub checked: Vec<Checked>,
    /// Checks that could not be decided.
    pub not_checked: Vec<NotChecked>,
}

/// A check that needs code.
pub trait Check: Sync {
    /// Id of the check; also the name of its file, with `_` for `-`.
    fn id(&self) -> &'static str;
    /// One line: what it checks.
    fn summary(&self) -> &'static str;
    /// Adds what it finds.
    fn run(&self, scene: &Scene<'_>, found: &mut Checks);
}

/// All checks that need code, by id.
pub const CHECKS: &[&dyn Check] =
    &[&counted::Counted, &named_sources::NamedSources, &overtaking::Overtaking, &weekday_told::WeekdayTold];

/// Runs every check.
pub fn check(scene: &Scene<'_>) -> Checks {
    let mut found = Checks::default();
    for rule in &scene.frozen.rules.check {
        formula::run(scene, rule, &mut found);
    }
    for check in CHECKS {
        check.run(scene, &mut found);
    }
    let (lone, links) = std::mem::take(&mut found.links).into_iter().partition(|l| l.a == l.b);
    found.lone = lone;
    found.lone.retain(|l: &Link| l.relation == Relation::DerivedConflict);
    found.links = links;
    found.links.sort_by(|x, y| (x.a, x.b, x.relation, &x.rule).cmp(&(y.a, y.b, y.relation, &y.rule)));
    found.links.dedup_by(|x, y| (x.a, x.b, x.relation) == (y.a, y.b, y.relation));
    found.checked.sort_by(|x, y| (&x.rule, &x.claims).cmp(&(&y.rule, &y.claims)));
    found
}

/// A derived link between the first claim and the others.
fn link(
    claims: &[Claim],
    rule: &str,
    relation: Relation,
    severity: Severity,
    of: &[u32],
    message: String,
    because: String,
) -> Option<Link> {
    let (&a, rest) = of.split_first()?;
    let (&b, also) = rest.split_first().unwrap_or((&a, &[]));
    let id = |i: u32| claims[i as usize].id.as_str();
    Some(Link {
        id: crate::claim::hash(&[id(a), id(b), relation.name(), rule].join("\u{1f}")),
        relation,
        severity,
        a,
        b,
        also: also.to_vec(),
        rule: rule.to_owned(),
        message,
        grounds: Grounds {
            gates: Vec::new(),
            comparator: rule.to_owned(),
            judgement: None,
            because,
            missing: Vec::new(),
        },
    })
}
