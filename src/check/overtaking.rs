//! "A overtook B (34.4 % against 32.3 %)": who is said to be ahead has the larger figure.

use crate::rule::{CheckCode, CheckRule};
use crate::value::Value;

use super::{Check, Checks, Scene};

/// See the module.
pub(super) struct Overtaking;

impl Check for Overtaking {
    fn code(&self) -> CheckCode {
        CheckCode::Overtaking
    }

    fn run(&self, scene: &Scene<'_>, rule: &CheckRule, found: &mut Checks) {
        let claims = scene.frozen.claims;
        for (at, ahead) in claims.iter().enumerate().filter(|(_, c)| &*c.kind == "comparison" && !c.noise) {
            let (Some(first), Some(second)) = (&ahead.subject, ahead.scope.get("over")) else { continue };
            let figure = |name: &str| {
                let mut all = scene.of_segment(ahead.source, ahead.span.start).filter_map(|i| {
                    let claim = scene.claim(i);
                    let of = claim.span == ahead.span && claim.subject.as_ref().is_some_and(|s| s.name == name);
                    match &claim.value {
                        Value::Quantity(q) if of => Some((i, q)),
                        _ => None,
                    }
                });
                // Two figures of one side: it is not said which of them the comparison is about.
                match (all.next(), all.next()) {
                    (Some(one), None) => Some(one),
                    _ => None,
                }
            };
            let (Some((i, p)), Some((j, q))) = (figure(&first.name), figure(second)) else { continue };
            if p.unit.dimension != q.unit.dimension {
                continue;
            }
            let (a, b) = (p.interval(), q.interval());
            let order = [at as u32, i, j];
            let ends: [(&str, &[u32]); 3] = [("ahead", &order[..1]), ("first", &order[1..2]), ("second", &order[2..])];
            let (left, right) = (scene.words(scene.claim(i)), scene.words(scene.claim(j)));
            if b.below(&a) {
                let Some(template) = &rule.holds_message else { continue };
                let message = scene.fill(template, &ends, left, right);
                found.holds(rule, claims, &order, message.clone(), message);
            } else if a.below(&b) {
                let message = scene.fill(&rule.message, &ends, left, right);
                found.fails(rule, claims, &order, message.clone(), message);
            }
        }
    }
}
