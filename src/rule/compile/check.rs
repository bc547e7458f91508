//! Check rules: closed forms over roles.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Checker, Head, Lexicon};
use crate::rule::fault::suggestion;
use crate::rule::formula::{Formula, RoleType, TimeUnit, is_reserved};
use crate::rule::frame::Lexicons;
use crate::rule::place::Placed;
use crate::rule::schema::{CheckExampleWire, CheckWire, RoleWire, Word};
use crate::rule::template::Template;
use crate::rule::vocabulary::{Bind, Expected, Order, Severity, Shared};
use crate::value::{Interval, Quantity, Shape};

/// A checked check rule.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckRule {
    /// Id, summary, why, file.
    pub head: Head,
    /// How grave it is when the form fails.
    pub severity: Severity,
    /// Where the roles are looked for together.
    pub bind: Bind,
    /// What the claims bound to the roles have to share.
    pub same: Vec<Shared>,
    /// By name; every role of the formula is here.
    pub roles: BTreeMap<String, Role>,
    /// What has to hold.
    pub holds: Formula,
    /// What to say when it fails: `{left}`, `{right}`, `{subject}`, `{attribute}`, `{unit}`, a role, or `{role.source}`.
    pub message: Template,
    /// What to say when it holds.
    pub holds_message: Template,
    /// What to do when it fails.
    pub help: Template,
    /// At least two on which it speaks and two on which it does not.
    pub examples: Vec<CheckExample>,
}

/// What may be bound to a name of a formula. Conditions that are missing hold of everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// The shape of the value.
    pub shape: Option<Shape>,
    /// The kind of the claim.
    pub kind: Option<String>,
    /// The attribute of the claim.
    pub attribute: Option<String>,
    /// The extract rule that the claim comes from.
    pub rule: Option<String>,
    /// Which of two claims takes it.
    pub order: Option<Order>,
    /// A term that has to stand with it.
    pub cue: Option<Cue>,
    /// For a duration `day`, `month` or `year`; for a date `weekday`: the weekday that it names; otherwise the name of
    /// the unit.
    pub unit: Option<String>,
    /// Whether it is bound to a list.
    pub many: bool,
}

impl Role {
    /// The interval that a quantity gives to the formula: in the role's unit where it has one, otherwise in base units.
    /// `None` when the quantity cannot take the role: another shape, or no exact way to the unit.
    pub fn interval(&self, quantity: &Quantity) -> Option<Interval> {
        if self.shape.is_some_and(|shape| shape != quantity.shape) {
            return None;
        }
        let interval = quantity.interval();
        let Some(unit) = &self.unit else { return Some(interval) };
        match (self.shape, TimeUnit::parse(unit)) {
            (Some(Shape::Duration), Some(unit)) => {
                let (dimension, base) = unit.base();
                let whole = Interval::point(base);
                (*quantity.unit.dimension == *dimension).then(|| interval.div(&whole))?
            }
            _ => (*quantity.unit.name == **unit).then_some(interval),
        }
    }

    /// Whether it stands for the weekday that a date names rather than for the date. In one binding such a role and a
    /// date role without an order go to the same mention.
    pub fn is_weekday(&self) -> bool {
        self.shape == Some(Shape::Date) && self.unit.is_some()
    }
}

/// A term of a lexicon, or of one class of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// The lexicon; known when the rule was loaded.
    pub lexicon: String,
    /// The class; some row has it.
    pub class: Option<String>,
}

/// An example of a check rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckExample {
    /// The texts; at least one.
    pub documents: Vec<String>,
    /// What it comes to.
    pub outcome: Expected,
    /// Why it has to stay silent; set when it does.
    pub why: Option<String>,
    /// Its bytes in the file.
    pub place: Range<usize>,
}

pub(in crate::rule) fn compile(
    wire: CheckWire,
    lexicons: &BTreeMap<String, Lexicon>,
    extract_ids: &BTreeSet<String>,
    checker: &mut Checker<'_>,
) -> Option<CheckRule> {
    let head = checker.head(wire.id, wire.summary, wire.why);
    let severity = checker.one(wire.severity, "severity");
    let bind = checker.one(wire.bind, "bind");
    let same: Vec<Shared> = checker.some(&wire.same);
    if wire.roles.is_empty() {
        checker.need(None::<()>, "roles");
    }
    let mut roles = BTreeMap::new();
    for (name, wire) in wire.roles {
        role_name(&name, checker);
        roles.insert(name.value, role(wire, lexicons, extract_ids, checker));
    }
    let holds = checker.need(wire.holds, "holds").and_then(|word| {
        let types = roles.iter().map(|(name, role)| (name.clone(), role_type(role))).collect();
        match Formula::parse(&word.value, &types, same.contains(&Shared::Unit)) {
            Ok(formula) => Some(formula),
            Err(slips) => {
                slips.into_iter().for_each(|slip| checker.faults.slip(&word.span, slip));
                None
            }
        }
    });
    let sources: Vec<String> = roles.keys().map(|name| format!("{name}.source")).collect();
    let mut known = vec!["left", "right", "subject", "attribute", "unit"];
    known.extend(roles.keys().map(String::as_str));
    known.extend(sources.iter().map(String::as_str));
    let message = checker.template(wire.message, "message", &known);
    let holds_message = checker.template(wire.holds_message, "holds_message", &known);
    let help = checker.template(wire.help, "help", &known);
    let silent = wire.example.iter().filter(|e| e.value.outcome.as_ref().is_some_and(|o| o.value == "silent")).count();
    checker.enough_examples(wire.example.len() - silent, silent);
    let examples = wire.example.into_iter().filter_map(|e| example(e, checker)).collect();
    Some(CheckRule {
        head: head?,
        severity: severity?,
        bind: bind?,
        same,
        roles,
        holds: holds?,
        message: message?,
        holds_message: holds_message?,
        help: help?,
        examples,
    })
}

/// What the formula has to know of a role.
fn role_type(role: &Role) -> RoleType {
    RoleType { shape: role.shape, unit: role.unit.clone(), many: role.many }
}

fn role_name(name: &Word, checker: &mut Checker<'_>) {
    let value = &name.value;
    let inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if !value.starts_with(|c: char| c.is_ascii_lowercase()) || !value.chars().all(inner) {
        let help = "write lower-case letters, digits and `_`, a letter first";
        checker.faults.push_with(&name.span, format!("`{value}` is no name for a role"), help);
    } else if is_reserved(value) {
        checker.faults.push(&name.span, format!("`{value}` already means something in formulas"));
    } else if ["left", "right", "subject", "attribute", "unit"].contains(&value.as_str()) {
        checker.faults.push(&name.span, format!("`{value}` already means something in messages"));
    }
}

fn role(
    wire: RoleWire,
    lexicons: &BTreeMap<String, Lexicon>,
    extract_ids: &BTreeSet<String>,
    checker: &mut Checker<'_>,
) -> Role {
    let shape = checker.maybe(wire.shape.as_ref());
    if let Some(rule) = &wire.rule
        && !extract_ids.contains(&rule.value)
    {
        checker.faults.unknown(&rule.span, "extract rule", &rule.value, extract_ids.iter().map(String::as_str));
    }
    let unit = wire.unit.as_ref().and_then(|word| {
        let days: Vec<&str> = TimeUnit::ALL.iter().map(|(_, name)| *name).collect();
        let known: &[&str] = match shape {
            Some(Shape::Duration) => &days,
            Some(Shape::Date) => &["weekday"],
            _ => return checker.not_empty(word, "unit"),
        };
        if !known.contains(&word.value.as_str()) {
            checker.faults.unknown(&word.span, "unit", &word.value, known.iter().copied());
        }
        Some(word.value.clone())
    });
    Role {
        shape,
        kind: checker.maybe_name(wire.kind.as_ref(), "kind"),
        attribute: checker.maybe_name(wire.attribute.as_ref(), "attribute"),
        rule: wire.rule.map(|r| r.value),
        order: checker.maybe(wire.order.as_ref()),
        cue: wire.cue.as_ref().and_then(|word| cue(word, lexicons, checker)),
        unit,
        many: wire.many,
    }
}

fn cue(word: &Word, lexicons: &BTreeMap<String, Lexicon>, checker: &mut Checker<'_>) -> Option<Cue> {
    let Some(name) = word.value.strip_prefix('@') else {
        let message = format!("cue `{}` names no lexicon", word.value);
        checker.faults.push_with(&word.span, message, "write `@lexicon` or `@lexicon:class`");
        return None;
    };
    let (lexicon, class) = name.split_once(':').map_or((name, None), |(l, c)| (l, Some(c)));
    let Some(classes) = lexicons.classes(lexicon) else {
        checker.faults.unknown(&word.span, "lexicon", lexicon, lexicons.ids());
        return None;
    };
    if let Some(class) = class
        && !classes.contains(&class)
    {
        let message = format!("lexicon `{lexicon}` has no class `{class}`");
        checker.faults.push_with(&word.span, message, suggestion(class, classes));
    }
    Some(Cue { lexicon: lexicon.to_owned(), class: class.map(str::to_owned) })
}

fn example(wire: Placed<CheckExampleWire>, checker: &mut Checker<'_>) -> Option<CheckExample> {
    let (place, wire) = (wire.span, wire.value);
    let documents: Vec<String> = match (wire.text, wire.documents) {
        (Some(text), None) => vec![text.value],
        (None, Some(documents)) if !documents.value.is_empty() => {
            documents.value.into_iter().map(|d| d.value).collect()
        }
        _ => {
            checker.faults.push(&place, "example has neither or both of `text` and `documents`");
            return None;
        }
    };
    let outcome = checker.need_in(wire.outcome, "outcome", &place)?;
    let outcome: Expected = checker.faults.word(&outcome)?;
    let why = checker.reason(wire.why.as_ref(), outcome == Expected::Silent, &place);
    Some(CheckExample { documents, outcome, why, place })
}
