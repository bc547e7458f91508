//! "A overtook B (34.4 % against 32.3 %)", "with 74 points Harrow overtook Leyton, who finished on 71", "900 litres, ahead of
//! Melde with 640": who is said to be ahead has the larger figure.

use crate::rule::{CheckCode, CheckRule};
use crate::value::{Quantity, Shape, Value};

use super::figures::{Figure, Sentence, plain, sentences};
use super::pair::in_unit_of;
use super::{Check, CheckContext, Checks};

/// See the module.
pub(super) struct Overtaking;

/// Most words between "ahead of" and the figure of the one behind: a name, and a word that leads to the figure.
const NAME: usize = 5;

impl Check for Overtaking {
    fn code(&self) -> CheckCode {
        CheckCode::Overtaking
    }

    fn run(&self, context: &CheckContext<'_>, rule: &CheckRule, found: &mut Checks) {
        let claims = context.compare.claims;
        for (at, ahead) in claims.iter().enumerate().filter(|(_, c)| &*c.kind == "comparison" && !c.noise) {
            let (Some(first), Some(second)) = (&ahead.subject, ahead.scope.get("over")) else { continue };
            let figure = |name: &str| {
                let mut all = context.of_segment(ahead.source, ahead.span.start).filter_map(|i| {
                    let claim = context.claim(i);
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
            if let (Some((i, p)), Some((j, q))) = (figure(&first.name), figure(second))
                && p.unit.dimension == q.unit.dimension
            {
                say(context, rule, at as u32, ((i, p), (j, q)), found);
            }
        }
        for source in context.sources() {
            for sentence in sentences(context, source) {
                for two in sentence.figures.windows(2) {
                    if ahead(&sentence, &two[0], &two[1]) {
                        let (p, q) = (two[0].quantity, in_unit_of(two[1].quantity, two[0].quantity));
                        say(context, rule, two[0].at, ((two[0].at, p), (two[1].at, &q)), found);
                    }
                }
            }
        }
    }
}

/// Whether the words between two figures say that who has the first is ahead of who has the second: "900 litres, ahead of
/// Melde with 640", "with 74 points Harrow overtook Leyton, who finished on 71".
fn ahead(sentence: &Sentence<'_>, a: &Figure<'_>, b: &Figure<'_>) -> bool {
    let words = plain(sentence.between(a, b));
    let bare = b.quantity.unit.name.is_empty();
    let unit = a.quantity.unit.dimension == b.quantity.unit.dimension || bare;
    // What is stated as fewer, and a bare number ("a 68, ahead of Lund with 70"), may be the better for being less.
    let shape = matches!(a.quantity.shape, Shape::Money | Shape::Measure | Shape::Percent | Shape::Number);
    let noun = plain(sentence.from(a));
    let lookup = sentence.context().compare.lookup;
    let less = noun.iter().take(NAME).any(|w| lookup.is_in("fewer-is-better", w));
    let plain_unit = shape && !less && !a.quantity.unit.name.is_empty();
    let stated = |at: usize| {
        let rest = &words[at..];
        let leads = rest.iter().position(|w| matches!(w.as_str(), "with" | "on" | "at" | "who"));
        rest.len() <= NAME && leads.is_some_and(|l| l > 0)
    };
    let of = words.windows(2).position(|w| w[0] == "ahead" && w[1] == "of" || w[0] == "followed" && w[1] == "by");
    let over = words.iter().position(|w| matches!(w.as_str(), "overtook" | "overtaking" | "overtakes" | "beat"));
    let opens = plain(sentence.before(a)).as_slice() == ["with".to_owned()];
    let said = of.is_some_and(|at| stated(at + 2)) || opens && over.is_some_and(|at| at > 0 && stated(at + 1));
    said && unit && plain_unit && a.number().is_some() && b.number().is_some()
}

fn say(
    context: &CheckContext<'_>,
    rule: &CheckRule,
    at: u32,
    ((i, p), (j, q)): ((u32, &Quantity), (u32, &Quantity)),
    found: &mut Checks,
) {
    let claims = context.compare.claims;
    let (a, b) = (p.interval(), q.interval());
    let mut order = vec![at, i, j];
    order.dedup();
    let ends: [(&str, &[u32]); 3] = [("ahead", &[at]), ("first", &[i]), ("second", &[j])];
    let (left, right) = (context.words(context.claim(i)), context.words(context.claim(j)));
    if b.below(&a) {
        let Some(template) = &rule.holds_message else { return };
        let message = context.fill(template, &ends, left, right);
        found.holds(rule, claims, &order, message.clone(), message);
    } else if a.below(&b) {
        let message = context.fill(&rule.message, &ends, left, right);
        found.fails(rule, claims, &order, message.clone(), message);
    }
}
