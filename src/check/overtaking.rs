//! "A overtook B (34.4 % against 32.3 %)", "with 74 points Harrow overtook Leyton, who finished on 71", "900 litres, ahead of
//! Melde with 640": who is said to be ahead has the larger figure.

use crate::value::{Quantity, Shape, Value};

use super::CheckContext;
use super::equation::Equation;
use super::figures::{Figure, Sentence};
use super::pair::in_unit_of;

/// Most words between "ahead of" and the figure of the one behind: a name, and a word that leads to the figure.
const NAME: usize = 5;

/// The comparisons of a document, each with the figures of the two in its sentence; and two figures of which the words between
/// say who is ahead.
pub(super) fn equations(context: &CheckContext<'_>, source: u32) -> Vec<Equation<'static>> {
    let told = context.of_document(source).filter_map(|at| claimed(context, at));
    let sentences = context.sentences(source).filter(|s| s.prose);
    let said = sentences.flat_map(|s| s.figures.windows(2).filter_map(|two| ahead(context, s, &two[0], &two[1])));
    told.chain(said).collect()
}

/// A claim that one is ahead of another, with the only figure of each in its sentence.
fn claimed(context: &CheckContext<'_>, at: u32) -> Option<Equation<'static>> {
    let ahead = context.claim(at);
    let over = ahead.scope.get("over").filter(|_| &*ahead.kind == "comparison" && !ahead.noise)?;
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
        all.next().filter(|_| all.next().is_none())
    };
    let (first, second) = (figure(&ahead.subject.as_ref()?.name)?, figure(over)?);
    (first.1.unit.dimension == second.1.unit.dimension).then(|| larger(context, at, first, second)).flatten()
}

/// Two figures of which the words between say that who has the first is ahead of who has the second.
fn ahead(
    context: &CheckContext<'_>,
    sentence: &Sentence<'_>,
    a: &Figure<'_>,
    b: &Figure<'_>,
) -> Option<Equation<'static>> {
    let between = sentence.between(a, b);
    let words = between.lower();
    let unit = a.quantity.unit.dimension == b.quantity.unit.dimension || b.quantity.unit.name.is_empty();
    // What is stated as fewer, and a bare number ("a 68, ahead of Lund with 70"), may be the better for being less.
    let more = matches!(a.quantity.shape, Shape::Money | Shape::Measure | Shape::Percent | Shape::Number)
        && !a.quantity.unit.name.is_empty()
        && !sentence.from(a).head(NAME).holds("fewer-is-better", None);
    let leads = |from: usize| {
        let rest = &words[from..];
        rest.len() <= NAME && rest.iter().skip(1).any(|w| matches!(*w, "with" | "on" | "at" | "who"))
    };
    let of = words.windows(2).position(|w| matches!(w, ["ahead", "of"] | ["followed", "by"]));
    let over = words.iter().position(|w| matches!(*w, "overtook" | "overtaking" | "overtakes" | "beat"));
    let over = over.filter(|at| *at > 0 && sentence.before(a).lower() == ["with"]);
    let said = of.is_some_and(|at| leads(at + 2)) || over.is_some_and(|at| leads(at + 1));
    let fits = said && unit && more && a.number().is_some() && b.number().is_some();
    let second = in_unit_of(b.quantity, a.quantity);
    fits.then(|| larger(context, a.at, (a.at, a.quantity), (b.at, &second))).flatten()
}

/// The figure of the one ahead, held against that of the other; nothing where either may be the larger.
fn larger(
    context: &CheckContext<'_>,
    ahead: u32,
    (i, first): (u32, &Quantity),
    (j, second): (u32, &Quantity),
) -> Option<Equation<'static>> {
    let (p, q) = (first.interval(), second.interval());
    let words = |at: u32| context.words(context.claim(at));
    let roles = [("ahead", ahead), ("first", i), ("second", j)];
    let equation = Equation::new(roles, q.below(&p), words(j).to_owned()).stating(words(i));
    (p.below(&q) || q.below(&p)).then_some(equation)
}

#[cfg(test)]
mod tests {
    use crate::check::tests::check;

    #[test]
    fn who_is_ahead() {
        let cases = [
            ("Norvik sold 900 tonnes, ahead of Melde with 640.", Some(true)),
            ("Norvik sold 640 tonnes, ahead of Melde with 900.", Some(false)),
            ("With 71 tonnes Norvik overtook Melde, who sold 74 tonnes.", Some(false)),
            ("Norvik sold 640 tonnes, followed by Melde with 900.", Some(false)),
            ("Norvik sold 640 tonnes ahead of the feast with 900 guests.", None),
            ("Norvik had a 68, ahead of Melde with 70.", None),
        ];
        check("overtaking", &cases);
    }
}
