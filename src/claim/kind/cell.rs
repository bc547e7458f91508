//! A figure that stands alone in a cell of a table. It says nothing by itself: its column says what it measures, its row
//! of what. It is compared with no other table's; checks add up the columns and hold the rows against each other.

use std::collections::BTreeMap;

use crate::claim::model::Claim;
use crate::claim::view::DocumentView;
use crate::mention::{ItemKind, Sentence};
use crate::segment::Cell;
use crate::text::{Span, fold};
use crate::value::{Quantity, Shape, Value};

use super::model::Kind;

/// See the module.
pub(super) struct Lone;

impl Kind for Lone {
    fn name(&self) -> &'static str {
        "cell"
    }

    fn extract(&self, view: &DocumentView<'_>, claims: &mut Vec<Claim>) {
        for sentence in view.sentences {
            let segment = view.segment_of(sentence);
            if let (Some(cell), Some((quantity, span))) = (segment.cell, lone(view, sentence)) {
                claims.extend(claim(view, sentence, cell, quantity, span));
            }
        }
    }
}

/// The bare number that is all there is in a cell, save marks and a bound.
fn lone<'s>(view: &DocumentView<'_>, sentence: &'s Sentence) -> Option<(&'s Quantity, Span)> {
    let mut items = sentence.items.iter().filter(|i| matches!(i.kind, ItemKind::Quantity { .. } | ItemKind::Time(_)));
    let (Some(item), None) = (items.next(), items.next()) else { return None };
    let ItemKind::Quantity { quantity, noun: None, bound } = &item.kind else { return None };
    let span = bound.map_or(item.span, |b| b.join(item.span));
    let text = view.text;
    let rest = [
        text.get(sentence.span.start as usize..span.start as usize)?,
        text.get(span.end as usize..sentence.span.end as usize)?,
    ];
    let alone = rest.iter().all(|r| !r.chars().any(char::is_alphanumeric));
    (alone && quantity.shape == Shape::Number && quantity.unit.name.is_empty()).then_some((quantity, span))
}

fn claim(
    view: &DocumentView<'_>,
    sentence: &Sentence,
    cell: Cell,
    quantity: &Quantity,
    value_span: Span,
) -> Option<Claim> {
    let segment = view.segment_of(sentence);
    let words = |span: Span| fold(span.of(view.text));
    let attribute = cell.column_header.or(cell.row_header).map(words).filter(|a| !a.is_empty())?;
    let mut scope = BTreeMap::from([("table".to_owned(), table(view, cell, segment.heading))]);
    scope.extend(cell.row_header.map(|row| ("row".to_owned(), words(row))));
    let mut quantity = quantity.clone();
    // "Change (%)" over a bare number is its unit.
    if let Some(name) = cell.column_header.and_then(|h| unit(h.of(view.text)))
        && let Some(entry) = view.rules.measures().units.iter().find(|u| &*u.unit.name == name)
    {
        quantity.unit = entry.unit.clone();
        quantity.shape = entry.shape;
    }
    Some(Claim {
        scope,
        noise: segment.noise,
        ..Claim::plain("cell", attribute, (sentence.span, value_span), Value::Quantity(quantity))
    })
}

/// What a table is called: its heading and its number in the document.
fn table(view: &DocumentView<'_>, cell: Cell, heading: Option<u32>) -> String {
    let heading = heading.and_then(|h| view.segments.get(h as usize)).map(|s| fold(s.span.of(view.text)));
    format!("{} {}", heading.unwrap_or_default(), cell.table + 1).trim().to_owned()
}

/// The unit that a header gives to the bare numbers below it: per cent, or percentage points.
fn unit(header: &str) -> Option<&'static str> {
    let header = header.to_lowercase();
    let word = |wanted: &str| header.split(|c: char| !c.is_alphanumeric()).any(|w| w == wanted);
    let points = word("pp") || word("pps") || word("ppt") || header.contains("percentage point");
    let changed = ["change", "difference", "diff", "gain", "swing"].into_iter().any(word);
    if points || changed && word("points") {
        return Some("percentage_point");
    }
    let percent =
        header.contains('%') || header.contains("per cent") || header.contains("percent") && !word("percentage");
    percent.then_some("percent")
}
