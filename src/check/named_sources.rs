//! "Three independent sources": as many are named, or it cannot be told who they are.

use rust_decimal::Decimal;

use crate::claim::Claim;
use crate::graph::{Relation, Severity};
use crate::value::Value;

use super::{Check, Checks, Scene, link};

/// See the module.
pub(super) struct NamedSources;

impl Check for NamedSources {
    fn id(&self) -> &'static str {
        "named-sources"
    }

    fn summary(&self) -> &'static str {
        "sources that are counted as independent are named, in the text or in another of the run"
    }

    fn run(&self, scene: &Scene<'_>, found: &mut Checks) {
        let claims = scene.frozen.claims;
        let text = |c: &Claim| scene.frozen.documents[c.source as usize].text.as_str();
        for (at, count) in claims.iter().enumerate().filter(|(_, c)| !c.noise) {
            let Value::Quantity(q) = &count.value else { continue };
            let Some(number) = q.number.filter(|n| *n > Decimal::ONE && &*q.unit.dimension == "count:source") else {
                continue;
            };
            let sentence = crate::text::fold(count.span.of(text(count)));
            if !sentence.contains("independent") {
                continue;
            }
            // Reports that the document itself rests on by name.
            let named = |c: &&Claim| c.family == "reporter" && c.source == count.source;
            let own = claims.iter().filter(named).count();
            if Decimal::from(own as u64) >= number {
                continue;
            }
            // What the other documents rest on: the first claim of each outlet.
            let mut others: Vec<(String, u32)> = Vec::new();
            let who = |c: &Claim| {
                c.subject.as_ref().and_then(|s| s.entity).and_then(|e| scene.frozen.merged.global(c.source, e))
            };
            let about = |c: &Claim| who(c).is_some() && who(c) == who(count);
            for (i, c) in claims
                .iter()
                .enumerate()
                .filter(|(_, c)| c.family == "reporter" && c.source != count.source && !c.noise && about(c))
            {
                let outlet = crate::text::fold(c.value_span.of(text(c)));
                others.push((outlet, i as u32));
            }
            others.sort();
            if others.is_empty() {
                continue;
            }
            let mut outlets: Vec<&str> = others.iter().map(|(o, _)| o.as_str()).collect();
            outlets.dedup();
            if Decimal::from(outlets.len() as u64) >= number {
                continue;
            }
            let mut members = vec![at as u32];
            members.extend(others.iter().map(|(_, i)| *i));
            let words = count.value_span.of(text(count));
            let message = format!("“{words} independent sources” are not named");
            let because = format!("reports named in the whole set: {}", outlets.len());
            for &(_, other) in &others {
                let pair: Vec<u32> = [at as u32, other].into_iter().collect();
                found.links.extend(link(
                    claims,
                    self.id(),
                    Relation::SameOrigin,
                    Severity::Warning,
                    &pair,
                    message.clone(),
                    because.clone(),
                ));
            }
        }
    }
}
