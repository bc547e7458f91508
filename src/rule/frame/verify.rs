//! What has to hold on every path through a frame.

use super::{Element, SlotName};
use crate::rule::fault::ExpressionError;

/// The fewest and the most of something over all paths.
#[derive(Clone, Copy)]
struct Count {
    least: usize,
    most: usize,
}

/// Errors of the frame as a whole.
pub(super) fn verify(source: &str, elements: &[Element]) -> Vec<ExpressionError> {
    let whole = || 0..source.len();
    let mut errors = Vec::new();
    let values = count(elements, &|e| matches!(e, Element::Slot { name: SlotName::Value, .. } | Element::Capture(_)));
    let help = "write `<value>`, or `[…]` around the words that are the value";
    if value_in_capture(elements) {
        let error = ExpressionError::new(whole(), "a capture already is the value");
        errors.push(error.with_help("drop the brackets or the slot"));
    } else if values.most == 0 {
        errors.push(ExpressionError::new(whole(), "frame has no value").with_help(help));
    } else if values.least == 0 {
        errors.push(ExpressionError::new(whole(), "frame can match without a value").with_help(help));
    } else if values.most > 1 {
        errors.push(ExpressionError::new(whole(), "frame can match with more than one value"));
    }
    for name in [SlotName::Subject, SlotName::Object] {
        if count(elements, &|e| matches!(e, Element::Slot { name: n, .. } if *n == name)).most > 1 {
            errors.push(ExpressionError::new(whole(), format!("frame has two slots `<{}>` on one path", name.name())));
        }
    }
    let anchors = count(elements, &|e| matches!(e, Element::Word(_) | Element::Lexicon { .. }));
    if anchors.least == 0 && errors.is_empty() {
        let error = ExpressionError::new(whole(), "frame can match without a single word");
        errors.push(error.with_help("a word or a lexicon has to anchor it"));
    }
    if edge_gap(elements.iter().collect(), false) {
        errors.push(ExpressionError::new(whole(), "frame begins with a gap"));
    }
    if edge_gap(elements.iter().rev().collect(), true) {
        let error = ExpressionError::new(whole(), "frame ends with a gap");
        errors.push(error.with_help("only a capture may end with one: it then runs to the end of the clause"));
    }
    errors
}

/// How many elements that `is` holds for stand on a path; a capture counts itself and what is in it.
fn count(elements: &[Element], is: &impl Fn(&Element) -> bool) -> Count {
    elements.iter().fold(Count { least: 0, most: 0 }, |sum, element| {
        let own = usize::from(is(element));
        let inner = match element {
            Element::Capture(inner) => count(inner, is),
            Element::Choice { arms, optional } => {
                let arms: Vec<Count> = arms.iter().map(|arm| count(arm, is)).collect();
                let least = arms.iter().map(|c| c.least).min().unwrap_or(0);
                let most = arms.iter().map(|c| c.most).max().unwrap_or(0);
                Count { least: if *optional { 0 } else { least }, most }
            }
            _ => Count { least: 0, most: 0 },
        };
        Count { least: sum.least + own + inner.least, most: sum.most + own + inner.most }
    })
}

fn value_in_capture(elements: &[Element]) -> bool {
    elements.iter().any(|element| match element {
        Element::Capture(inner) => count(inner, &|e| matches!(e, Element::Slot { name: SlotName::Value, .. })).most > 0,
        Element::Choice { arms, .. } => arms.iter().any(|arm| value_in_capture(arm)),
        _ => false,
    })
}

/// Whether some path through `elements`, in the order given, meets a gap before anything else.
fn edge_gap(elements: Vec<&Element>, backwards: bool) -> bool {
    let inner = |sequence: &[Element]| {
        let mut sequence: Vec<Element> = sequence.to_vec();
        if backwards {
            sequence.reverse();
        }
        sequence
    };
    for element in elements {
        match element {
            Element::Gap { .. } => return true,
            // A capture that ends in a gap runs to the end of the clause.
            Element::Capture(sequence) => {
                if !backwards && edge_gap(inner(sequence).iter().collect(), backwards) {
                    return true;
                }
                if !passable(sequence) {
                    return false;
                }
            }
            Element::Choice { arms, optional } => {
                if arms.iter().any(|arm| edge_gap(inner(arm).iter().collect(), backwards)) {
                    return true;
                }
                if !optional && !arms.iter().any(|arm| passable(arm)) {
                    return false;
                }
            }
            Element::Word(_) | Element::Lexicon { .. } | Element::Slot { .. } | Element::Mark(_) => return false,
        }
    }
    false
}

/// Whether a sequence can match nothing at all.
fn passable(sequence: &[Element]) -> bool {
    sequence.iter().all(|element| match element {
        Element::Choice { arms, optional } => *optional || arms.iter().any(|arm| passable(arm)),
        Element::Capture(inner) => passable(inner),
        _ => false,
    })
}
