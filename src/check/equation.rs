//! What is stated and follows from something else that is stated, and what is said of it.
//!
//! A check tells which claims belong together and what they make, as an [`Equation`]: "234 of 1,204 (29.4 per cent)" is a
//! share, its part and its whole, and the two make 19.4 per cent. All that comes after it is here and the same for every
//! check, be it a formula or code: whether a link is drawn that supports or refutes the checked claim, and what it says.

use std::collections::BTreeMap;

use crate::rule::{CheckRule, Outcome};
use crate::value::Interval;

use super::{CheckContext, Checks, NotChecked};

/// A consistency constraint that was found in a text, and evaluated.
#[derive(Debug)]
pub(super) struct Equation<'r> {
    /// The roles of the rule with their claims. The first claim is the one that is checked.
    pub(super) roles: Vec<(&'r str, Vec<u32>)>,
    /// Whether it holds. No words left of the sign are those of the claim that is checked.
    pub(super) outcome: Outcome,
    /// What it rests on; without words, the message.
    pub(super) because: String,
    /// The words of roles that take a part of what their claim says, by role.
    pub(super) parts: BTreeMap<String, String>,
}

impl<'r> Equation<'r> {
    /// Claims that fit each other, or do not, and the words for what the first should be.
    pub(super) fn new<const N: usize>(roles: [(&'r str, u32); N], fits: bool, right: String) -> Equation<'r> {
        let outcome = if fits {
            Outcome::Holds { left: String::new(), right }
        } else {
            Outcome::Fails { left: String::new(), right }
        };
        let roles = roles.into_iter().map(|(name, at)| (name, vec![at])).collect();
        Equation { roles, outcome, because: String::new(), parts: BTreeMap::new() }
    }

    /// The same, resting on something that the message does not say.
    pub(super) fn because(self, because: String) -> Equation<'r> {
        Equation { because, ..self }
    }

    /// The same, with other words for what is stated than those of its claim.
    pub(super) fn stating(mut self, words: &str) -> Equation<'r> {
        if let Outcome::Holds { left, .. } | Outcome::Fails { left, .. } = &mut self.outcome {
            words.clone_into(left);
        }
        self
    }

    /// The same, resting on further claims in a role.
    pub(super) fn with(mut self, role: &'r str, claims: impl IntoIterator<Item = u32>) -> Equation<'r> {
        self.roles.push((role, claims.into_iter().collect()));
        self
    }

    /// Adds it to what was found, in the words of its rule.
    pub(super) fn settle(self, context: &CheckContext<'_>, rule: &CheckRule, found: &mut Checks) {
        let mut of: Vec<u32> = Vec::new();
        for &at in self.roles.iter().flat_map(|(_, claims)| claims) {
            if !of.contains(&at) {
                of.push(at);
            }
        }
        let (template, holds, left, right) = match (self.outcome, &rule.holds_message) {
            (Outcome::Holds { left, right }, Some(template)) => (template, true, left, right),
            (Outcome::Fails { left, right }, _) => (&rule.message, false, left, right),
            (Outcome::Holds { .. }, None) => return,
            (Outcome::Undecidable(reason), _) => {
                found.not_checked.push(NotChecked { rule: rule.head.id.clone(), claims: of, reason });
                return;
            }
        };
        let stated = || of.first().map_or("", |&at| context.words(context.claim(at)));
        let left = if left.is_empty() { stated() } else { &left };
        let ends: Vec<(&str, &[u32])> = self.roles.iter().map(|(name, claims)| (*name, claims.as_slice())).collect();
        let message = context.fill_with(template, &ends, &self.parts, left, &right);
        let because = if self.because.is_empty() { message.clone() } else { self.because };
        if holds {
            found.holds(rule, context.compare.claims, &of, message, because);
        } else {
            found.fails(rule, context.compare.claims, &of, message, because);
        }
    }
}

/// A number within an interval as a message gives it, with at most so many places behind the point.
pub(super) fn rounded(interval: &Interval, places: u32) -> String {
    interval.shortest().map_or_else(|| interval.to_string(), |n| n.round_dp(places).normalize().to_string())
}
