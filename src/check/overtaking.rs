//! "A overtook B (34.4 % against 32.3 %)": who is said to be ahead has the larger figure.

use crate::finding::Checked;
use crate::graph::{Relation, Severity};
use crate::value::Value;

use super::{Check, Checks, Scene, link};

/// See the module.
pub(super) struct Overtaking;

impl Check for Overtaking {
    fn id(&self) -> &'static str {
        "overtaking"
    }

    fn summary(&self) -> &'static str {
        "who is said to be ahead has the larger figure in the same sentence"
    }

    fn run(&self, scene: &Scene<'_>, found: &mut Checks) {
        let claims = scene.frozen.claims;
        for (at, ahead) in claims.iter().enumerate().filter(|(_, c)| &*c.kind == "comparison" && !c.noise) {
            let (Some(first), Some(second)) = (&ahead.subject, ahead.scope.get("over")) else { continue };
            let figure = |name: &str| {
                let mut all = claims.iter().enumerate().filter(|(_, c)| {
                    c.source == ahead.source
                        && c.span == ahead.span
                        && matches!(c.value, Value::Quantity(_))
                        && c.subject.as_ref().is_some_and(|s| s.name == name)
                });
                // Two figures of one side: it is not said which of them the comparison is about.
                match (all.next(), all.next()) {
                    (Some((i, c)), None) => Some((i as u32, c)),
                    _ => None,
                }
            };
            let (Some((i, x)), Some((j, y))) = (figure(&first.name), figure(second)) else { continue };
            let (Value::Quantity(p), Value::Quantity(q)) = (&x.value, &y.value) else { continue };
            if p.unit.dimension != q.unit.dimension {
                continue;
            }
            let (a, b) = (p.interval(), q.interval());
            let text =
                |c: &crate::claim::Claim| c.value_span.of(&scene.frozen.documents[c.source as usize].text).to_owned();
            let members = [at as u32, i, j];
            if b.below(&a) {
                let message = format!("“{}”: {} is more than {}", text(ahead), text(x), text(y));
                found.links.extend(link(
                    claims,
                    self.id(),
                    Relation::DerivedConsistent,
                    Severity::Note,
                    &members,
                    message.clone(),
                    message.clone(),
                ));
                found.checked.push(Checked { rule: self.id().to_owned(), claims: members.to_vec(), message });
            } else if a.below(&b) {
                let message = format!("“{}”, but {} is less than {}", text(ahead), text(x), text(y));
                found.links.extend(link(
                    claims,
                    self.id(),
                    Relation::DerivedConflict,
                    Severity::Error,
                    &members,
                    message.clone(),
                    message,
                ));
            }
        }
    }
}
