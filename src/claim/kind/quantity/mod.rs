//! Every quantity that no frame has taken: its attribute comes from its own words, the counted noun first, then the
//! noun it qualifies, then the verb that governs it.

mod about;
mod attribute;
mod claim;
mod counted;
mod cue;
mod figure;
mod gapped;
mod growth;
mod holder;
mod role;
mod version;

use std::collections::BTreeMap;

use crate::claim::model::Claim;
use crate::claim::view::DocumentView;
use crate::mention::ItemKind;
use crate::text::Span;
use crate::value::Value;

use super::model::Kind;
use claim::claim;
use figure::Figure;

pub(in crate::claim) use cue::intern;

/// See the module.
pub(super) struct Measured;

impl Kind for Measured {
    fn name(&self) -> &'static str {
        "quantity"
    }

    fn extract(&self, view: &DocumentView<'_>, claims: &mut Vec<Claim>) {
        // Values that frames and dates have taken, by sentence.
        let mut taken: BTreeMap<Span, Vec<Span>> = BTreeMap::new();
        for c in claims.iter().filter(|c| !matches!(c.value, Value::Text(_))) {
            taken.entry(c.span).or_default().push(c.value_span);
        }
        for (index, sentence) in view.sentences.iter().enumerate() {
            for (at, item) in sentence.items.iter().enumerate() {
                let ItemKind::Quantity { quantity, noun, bound } = &item.kind else { continue };
                let span = bound.map_or(item.span, |b| b.join(item.span));
                let inside = |value: &Span| value.overlaps(item.span);
                if taken.get(&sentence.span).into_iter().flatten().any(inside) || sentence.toks[item.first].quoted {
                    continue;
                }
                let figure = Figure { sentence, index, item, at, quantity, noun: *noun };
                let claim = claim(view, figure, span, claims);
                if let Some(c) = &claim {
                    taken.entry(c.span).or_default().push(c.value_span);
                }
                claims.extend(claim);
            }
        }
    }
}
