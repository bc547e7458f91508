//! Check rules: consistency constraints over roles.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Checker, Head, Lexicon};
use crate::rule::fault::suggestion;
use crate::rule::formula::{Formula, RoleType, TimeUnit, is_reserved};
use crate::rule::frame::Lexicons;
use crate::rule::place::Placed;
use crate::rule::schema::{CheckExampleWire, CheckWire, PlacedWord, RoleWire};
use crate::rule::template::Template;
use crate::rule::vocabulary::{Bind, CheckCode, Expected, ListPart, Order, Severity, Shared};
use crate::value::{Interval, Quantity, Shape};

/// A checked check rule.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckRule {
    /// Id, summary, why, file.
    pub head: Head,
    /// How grave it is when the form fails.
    pub severity: Severity,
    /// What has to hold.
    pub form: Form,
    /// What to say when it fails: `{left}`, `{right}`, `{subject}`, `{attribute}`, `{unit}`, a role, or `{role.source}`.
    /// Every name in it can be filled.
    pub message: Template,
    /// What to say when it holds; `None` for code that can only fail.
    pub holds_message: Option<Template>,
    /// What to do when it fails: `{subject}`, `{attribute}`.
    pub help: Template,
    /// At least two on which it speaks and two on which it does not.
    pub examples: Vec<CheckExample>,
}

/// What a check computes.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// A formula over roles.
    Constraint(Constraint),
    /// What a formula cannot state.
    Code(CheckCode),
}

impl Form {
    /// The formula and its roles, if it is no code.
    pub fn constraint(&self) -> Option<&Constraint> {
        match self {
            Form::Constraint(form) => Some(form),
            Form::Code(_) => None,
        }
    }
}

/// A consistency constraint: a formula over roles, and where the roles are looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Constraint {
    /// Where the roles are looked for together.
    pub bind: Bind,
    /// What the claims bound to the roles have to share.
    pub same: Vec<Shared>,
    /// Terms beside which the form is not what is meant.
    pub unless: Option<Cue>,
    /// Whether a place that fails counts only where another place of its table holds.
    pub needs_support: bool,
    /// By name; every role of the formula is here.
    pub roles: BTreeMap<String, Role>,
    /// What has to hold.
    pub holds: Formula,
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
    /// The term, or one of the class, that its attribute is: what a date is of.
    pub event: Option<Cue>,
    /// The extract rule that the claim comes from.
    pub rule: Option<String>,
    /// Which of two claims takes it.
    pub order: Option<Order>,
    /// A term that has to stand beside it.
    pub cue: Option<Cue>,
    /// A term that its header has to hold.
    pub header: Option<Cue>,
    /// An axis of its scope, and what stands on it.
    pub scope: Option<(String, String)>,
    /// Where in a list or series it stands.
    pub at: Option<ListPart>,
    /// For a duration `day`, `month` or `year`; for a date `weekday`: the weekday that it names; otherwise the name of
    /// the unit.
    pub unit: Option<String>,
    /// Whether it is bound to a list.
    pub many: bool,
}

impl Role {
    /// The interval that a quantity gives to the formula: in the role's unit where it has one, otherwise in base units.
    /// `None` when the quantity cannot take the role: another shape, or no exact way to the unit. A role without a shape
    /// takes what has a unit of its own; per cent, multiples and ratios of something have to be asked for.
    pub fn interval(&self, quantity: &Quantity) -> Option<Interval> {
        let pure = matches!(quantity.shape, Shape::Percent | Shape::Multiple | Shape::Ratio);
        if self.shape.map_or(pure, |shape| shape != quantity.shape) {
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

    /// Whether it is bound to the items of a list themselves, whatever they say.
    pub fn is_items(&self) -> bool {
        self.at == Some(ListPart::Item) && self.shape.is_none()
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
    let form = match wire.code {
        Some(word) => {
            let constraint = [
                wire.bind.as_ref().map(|w| ("bind", &w.span)),
                wire.same.first().map(|w| ("same", &w.span)),
                wire.unless.as_ref().map(|w| ("unless", &w.span)),
                wire.needs_support.as_ref().map(|w| ("needs_support", &w.span)),
                wire.roles.keys().next().map(|w| ("roles", &w.span)),
                wire.holds.as_ref().map(|w| ("holds", &w.span)),
            ];
            for (key, span) in constraint.into_iter().flatten() {
                checker.faults.push(span, format!("a check that is code has no `{key}`"));
            }
            checker.one(Some(word), "code").map(Form::Code)
        }
        None => {
            let wire = ConstraintWire {
                bind: wire.bind,
                same: wire.same,
                unless: wire.unless,
                needs_support: wire.needs_support,
                roles: wire.roles,
                holds: wire.holds,
            };
            constraint(wire, lexicons, extract_ids, checker).map(Form::Constraint)
        }
    };
    let (fails, holds) = form.as_ref().map_or((None, None), |f| (Some(names(f)), names_that_hold(f)));
    let mut template = |word: Option<PlacedWord>, key: &str, known: &[String]| {
        checker.template(word, key, &known.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let message = fails.as_ref().map(|known| template(wire.message, "message", known));
    let holds_message = match (&holds, wire.holds_message) {
        (Some(known), word) => template(word, "holds_message", known).map(Some),
        (None, Some(word)) if fails.is_some() => {
            checker.faults.push(&word.span, "this check can only fail and has no `holds_message`");
            None
        }
        (None, _) => Some(None),
    };
    let help = checker.template(wire.help, "help", &["subject", "attribute"]);
    let silent = wire.example.iter().filter(|e| e.value.outcome.as_ref().is_some_and(|o| o.value == "silent")).count();
    checker.enough_examples(wire.example.len() - silent, silent);
    let examples = wire.example.into_iter().filter_map(|e| example(e, checker)).collect();
    Some(CheckRule {
        head: head?,
        severity: severity?,
        form: form?,
        message: message??,
        holds_message: holds_message?,
        help: help?,
        examples,
    })
}

/// The names that a message may use when the check fails: all of them can be filled.
fn names(form: &Form) -> Vec<String> {
    match form {
        Form::Constraint(constraint) => {
            let mut known = vec!["left".to_owned(), "right".to_owned()];
            // Of items that carry no claim there is only their number.
            let claims = constraint.roles.iter().filter(|(_, role)| !role.is_items());
            known.extend(claims.flat_map(|(name, _)| [name.clone(), format!("{name}.source")]));
            let holders = constraint.roles.values().any(|role| !role.is_items());
            known.extend(["subject", "attribute"].iter().filter(|_| holders).map(|n| (*n).to_owned()));
            // Dates and words have no unit.
            let unit = constraint
                .roles
                .values()
                .any(|role| !role.is_items() && !matches!(role.shape, Some(Shape::Date | Shape::Text | Shape::Quote)));
            known.extend(unit.then(|| "unit".to_owned()));
            known
        }
        Form::Code(code) => ends(code.ends()),
    }
}

/// The same for when it holds; `None` when it never does.
fn names_that_hold(form: &Form) -> Option<Vec<String>> {
    match form {
        Form::Constraint(_) => Some(names(form)),
        Form::Code(code) => code.ends_that_hold().map(ends),
    }
}

fn ends(names: &[&str]) -> Vec<String> {
    let sides = ["left", "right", "subject", "attribute"].iter().map(|n| (*n).to_owned());
    sides.chain(names.iter().flat_map(|n| [(*n).to_owned(), format!("{n}.source")])).collect()
}

/// The keys of a check that is a formula.
struct ConstraintWire {
    bind: Option<PlacedWord>,
    same: Vec<PlacedWord>,
    unless: Option<PlacedWord>,
    needs_support: Option<Placed<bool>>,
    roles: BTreeMap<PlacedWord, RoleWire>,
    holds: Option<PlacedWord>,
}

fn constraint(
    wire: ConstraintWire,
    lexicons: &BTreeMap<String, Lexicon>,
    extract_ids: &BTreeSet<String>,
    checker: &mut Checker<'_>,
) -> Option<Constraint> {
    let bind: Option<Bind> = checker.one(wire.bind, "bind");
    let same: Vec<Shared> = checker.some(&wire.same);
    let unless = wire.unless.as_ref().and_then(|word| cue(word, lexicons, checker));
    if let (Some(word), Some(bind)) = (&wire.needs_support, bind)
        && !matches!(bind, Bind::Row | Bind::Column)
    {
        let message = format!("`needs_support` has no meaning where `bind` is \"{}\"", bind.name());
        checker.faults.push(&word.span, message);
    }
    if wire.roles.is_empty() {
        checker.need(None::<()>, "roles");
    }
    let mut roles = BTreeMap::new();
    for (name, wire) in wire.roles {
        role_name(&name, checker);
        for (word, key, binds) in [
            (&wire.header, "header", &[Bind::Row, Bind::Column, Bind::List, Bind::Series][..]),
            (&wire.at, "at", &[Bind::List, Bind::Series][..]),
        ] {
            if let (Some(word), Some(bind)) = (word, bind)
                && !binds.contains(&bind)
            {
                checker.faults.push(&word.span, format!("`{key}` has no meaning where `bind` is \"{}\"", bind.name()));
            }
        }
        roles.insert(name.value, role(wire, lexicons, extract_ids, checker));
    }
    let holds = checker.need(wire.holds, "holds").and_then(|word| {
        let types = roles.iter().map(|(name, role)| (name.clone(), role_type(role))).collect();
        match Formula::parse(&word.value, &types, same.contains(&Shared::Unit)) {
            Ok(formula) => Some(formula),
            Err(errors) => {
                errors.into_iter().for_each(|error| checker.faults.error(&word.span, error));
                None
            }
        }
    });
    let needs_support = wire.needs_support.is_some_and(|b| b.value);
    Some(Constraint { bind: bind?, same, unless, needs_support, roles, holds: holds? })
}

/// What the formula has to know of a role.
fn role_type(role: &Role) -> RoleType {
    RoleType { shape: role.shape, unit: role.unit.clone(), many: role.many }
}

fn role_name(name: &PlacedWord, checker: &mut Checker<'_>) {
    let value = &name.value;
    let inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if !value.starts_with(|c: char| c.is_ascii_lowercase()) || !value.chars().all(inner) {
        let help = "write lower-case letters, digits and `_`, a letter first";
        checker.faults.push_with(&name.span, format!("`{value}` cannot be the name of a role"), help);
    } else if is_reserved(value) {
        checker.faults.push(&name.span, format!("`{value}` already has a meaning in formulas"));
    } else if ["left", "right", "subject", "attribute", "unit"].contains(&value.as_str()) {
        checker.faults.push(&name.span, format!("`{value}` already has a meaning in messages"));
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
        event: wire.event.as_ref().and_then(|word| cue(word, lexicons, checker)),
        rule: wire.rule.map(|r| r.value),
        order: checker.maybe(wire.order.as_ref()),
        cue: wire.cue.as_ref().and_then(|word| cue(word, lexicons, checker)),
        header: wire.header.as_ref().and_then(|word| cue(word, lexicons, checker)),
        scope: wire.scope.as_ref().and_then(|word| scope(word, checker)),
        at: checker.maybe(wire.at.as_ref()),
        unit,
        many: wire.many,
    }
}

fn scope(word: &PlacedWord, checker: &mut Checker<'_>) -> Option<(String, String)> {
    let parts = word.value.split_once(':').map(|(axis, value)| (axis.trim().to_owned(), value.trim().to_owned()));
    let parts = parts.filter(|(axis, value)| !axis.is_empty() && !value.is_empty());
    if parts.is_none() {
        let help = "write the axis and its value: `money_stage: pre-money`".to_owned();
        checker.faults.push_with(&word.span, format!("`{}` is not an axis with a value", word.value), help);
    }
    parts
}

fn cue(word: &PlacedWord, lexicons: &BTreeMap<String, Lexicon>, checker: &mut Checker<'_>) -> Option<Cue> {
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
