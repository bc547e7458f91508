//! What checks find.

use crate::claim::{Claim, hash};
use crate::graph::{Grounds, Link, Relation, Severity};
use crate::rule::CheckRule;

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

/// A consistency constraint that was evaluated and holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Id of the check.
    pub rule: String,
    /// The claims it rests on.
    pub claims: Vec<u32>,
    /// What holds, with the numbers.
    pub message: String,
}

/// A consistency constraint that found its inputs but could not be decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotChecked {
    /// Id of the check.
    pub rule: String,
    /// The claims it would have rested on.
    pub claims: Vec<u32>,
    /// Why it was refused.
    pub reason: String,
}

impl Checks {
    /// Notes that the rule supports what the claims say; the first of them is the one that was checked.
    pub(super) fn holds(&mut self, rule: &CheckRule, claims: &[Claim], of: &[u32], message: String, because: String) {
        self.link(rule, claims, Relation::DerivedConsistent, Severity::Note, of, message.clone(), because);
        self.checked.push(Checked { rule: rule.head.id.clone(), claims: of.to_vec(), message });
    }

    /// Notes that the rule refutes what the claims say; the first of them is the one that was checked.
    pub(super) fn fails(&mut self, rule: &CheckRule, claims: &[Claim], of: &[u32], message: String, because: String) {
        self.link(rule, claims, Relation::DerivedConflict, rule.severity, of, message, because);
    }

    /// Draws a derived link from the first claim to the second; it rests on the others as well.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn link(
        &mut self,
        rule: &CheckRule,
        claims: &[Claim],
        relation: Relation,
        severity: Severity,
        of: &[u32],
        message: String,
        because: String,
    ) {
        let Some((&a, rest)) = of.split_first() else { return };
        let (&b, also) = rest.split_first().unwrap_or((&a, &[]));
        let id = |i: u32| claims[i as usize].id.as_str();
        let rule = rule.head.id.clone();
        self.links.push(Link {
            id: hash(&[id(a), id(b), relation.name(), &rule].join("\u{1f}")),
            relation,
            severity,
            a,
            b,
            also: also.to_vec(),
            message,
            confidence: crate::graph::confidence_of(severity),
            grounds: Grounds {
                gates: Vec::new(),
                comparator: rule.clone(),
                judgement: None,
                because,
                missing: Vec::new(),
            },
            rule,
        });
    }
}
