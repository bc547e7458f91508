//! Kinds of claims that are found by code: what the file says of them, for people; the finding is in `claim/kind/`.

use super::extract::example;
use super::{Checker, ExtractExample, Head};
use crate::rule::schema::KindWire;
use crate::rule::vocabulary::KindCode;

/// What a file says of claims that code finds. Its id is the rule that such claims name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindRule {
    /// Id, summary, why, file.
    pub head: Head,
    /// Which code finds them.
    pub code: KindCode,
    /// At least two that fire and two that do not.
    pub examples: Vec<ExtractExample>,
}

pub(in crate::rule) fn compile(wire: KindWire, checker: &mut Checker<'_>) -> Option<KindRule> {
    let head = checker.head(wire.id, wire.summary, wire.why);
    let code = checker.one(wire.code, "code");
    let firing = wire.example.iter().filter(|e| e.value.fires.as_ref().is_some_and(|f| f.value)).count();
    checker.enough_examples(firing, wire.example.len() - firing);
    let examples = wire.example.into_iter().filter_map(|e| example(e, checker)).collect();
    Some(KindRule { head: head?, code: code?, examples })
}
