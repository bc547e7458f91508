//! Two names of people in one text that may be one name in two spellings: one part the same, the other a typo apart.

use std::collections::BTreeMap;

use crate::entity::{EntityType, spelt_alike};
use crate::text::fold_name;

use super::CheckContext;
use super::equation::Equation;

/// Most names of one document that share a given name or a surname and are compared each with each.
const NAMESAKES: usize = 20;

/// The names of people in a document that differ by a typo.
pub(super) fn equations(context: &CheckContext<'_>, source: u32) -> Vec<Equation<'static>> {
    // The first claim about each person, by name; a name is filed under its given name and its surname.
    let mut first: BTreeMap<String, (u32, &str)> = BTreeMap::new();
    for at in context.of_document(source).filter(|&at| !context.claim(at).noise) {
        let Some(subject) = &context.claim(at).subject else { continue };
        let whole = subject.entity.is_some() && subject.instance.is_none();
        if whole && matches!(subject.kind, EntityType::Person | EntityType::Any) {
            first.entry(fold_name(&subject.name)).or_insert((at, &subject.name));
        }
    }
    let mut shared: BTreeMap<(bool, &str), Vec<&str>> = BTreeMap::new();
    for name in first.keys() {
        let words: Vec<&str> = name.split(' ').collect();
        if let [given, .., surname] = words.as_slice() {
            shared.entry((true, given)).or_default().push(name);
            shared.entry((false, surname)).or_default().push(name);
        }
    }
    let person = |at: u32| context.claim(at).subject.as_ref().is_some_and(|s| s.kind == EntityType::Person);
    let mut out = Vec::new();
    for ((given, _), names) in shared.into_iter().filter(|(_, n)| n.len() <= NAMESAKES) {
        let pairs = names.iter().enumerate().flat_map(|(i, a)| names[i + 1..].iter().map(move |b| (*a, *b)));
        for (a, b) in pairs.filter(|(a, b)| spelt_alike(a, b) && (given || misspelt(context, a, b))) {
            let ((x, one), (y, other)) = (first[a], first[b]);
            if person(x) || person(y) {
                let equation = Equation::new([("first", x), ("second", y)], false, other.to_owned()).stating(one);
                out.push(equation.because("the two names look like two spellings of one name".to_owned()));
            }
        }
    }
    out
}

/// Whether one of two given names beside one surname is known and the other is not: two known ones are of two people.
fn misspelt(context: &CheckContext<'_>, a: &str, b: &str) -> bool {
    let lookup = context.compare.lookup;
    let known = |name: &str| {
        let given = name.split(' ').next().unwrap_or_default();
        lookup.term_of("given-names", given).is_some()
    };
    known(a) != known(b)
}
