//! The formula language: consistency constraints over the roles of a check.
//!
//! Comes in: the text of a formula and the types of its roles. Goes out: a formula whose dimensions fit, or the errors
//! in it; and, with values for the roles, whether it holds. A formula cannot loop, call another, or read a document.
//!
//! ```text
//! pct ~ abs(new - old) / old * 100          ~ can be equal (intervals overlap); = != < <= > >= have to be certain
//! total ~ sum(part) and count(part) ~ n     `sum`, `count`, `min`, `max` take a role that is many
//! length ~ months(start, end)               `days`, `months`, `years` lie between two dates; `weekday(d)` of one
//! said ~ sentences(quotation)               number of sentences of quoted words
//! printed(a) != printed(b)                  the figures as they are printed, taken as exact
//! ```

mod calendar;
mod evaluate;
mod parse;
#[cfg(test)]
mod tests;
mod types;

use std::ops::Range;

use rust_decimal::Decimal;

use super::fault::ExpressionError;
use crate::value::Shape;

pub use calendar::{TimeUnit, days_between, months_between};
pub use evaluate::{Operand, Outcome, evaluate};
pub use types::RoleType;

/// A checked formula. Every role in it has a type, and all dimensions fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula {
    /// As written in the rule.
    pub source: String,
    /// All of them have to hold; at least one.
    pub(super) comparisons: Vec<Comparison>,
    /// Roles that are added or compared with each other: the quantities bound to those of one group must have one
    /// dimension. Sorted; groups of one are left out.
    pub alike: Vec<Vec<String>>,
}

/// The most steps of a formula; bounds depth as well.
pub const MAX_STEPS: usize = 60;

impl Formula {
    /// Reads and checks a formula.
    ///
    /// # Errors
    /// All errors found; a formula that cannot be read has exactly one.
    pub fn parse(
        source: &str,
        roles: &std::collections::BTreeMap<String, RoleType>,
        same_unit: bool,
    ) -> Result<Formula, Vec<ExpressionError>> {
        let comparisons = parse::parse(source).map_err(|error| vec![error])?;
        let alike = types::check(&comparisons, roles, same_unit)?;
        Ok(Formula { source: source.to_owned(), comparisons, alike })
    }

    /// The roles that occur in it, sorted.
    pub fn roles(&self) -> Vec<&str> {
        let mut out = Vec::new();
        for comparison in &self.comparisons {
            comparison.left.roles(&mut out);
            comparison.right.roles(&mut out);
        }
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// Whether `name` already means something in formulas, so that no role can have it.
pub(super) fn is_reserved(name: &str) -> bool {
    name == "and" || Function::parse(name).is_some()
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Comparison {
    left: Expression,
    sign: Sign,
    right: Expression,
    /// Bytes of the sign.
    at: Range<usize>,
}

#[derive(Debug, Clone, PartialEq)]
struct Expression {
    kind: Kind,
    /// Its bytes in the formula.
    at: Range<usize>,
}

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    Number(Decimal),
    Role(String),
    Negative(Box<Expression>),
    Binary(Operator, Box<Expression>, Box<Expression>),
    Call(Function, Vec<Expression>),
}

impl Expression {
    fn roles<'a>(&'a self, out: &mut Vec<&'a str>) {
        match &self.kind {
            Kind::Number(_) => {}
            Kind::Role(name) => out.push(name),
            Kind::Negative(inner) => inner.roles(out),
            Kind::Binary(_, left, right) => {
                left.roles(out);
                right.roles(out);
            }
            Kind::Call(_, arguments) => arguments.iter().for_each(|a| a.roles(out)),
        }
    }

    /// The roles whose whole interval counts: those that stand outside `printed`.
    fn loose_roles<'a>(&'a self, out: &mut Vec<&'a str>) {
        match &self.kind {
            Kind::Call(Function::Printed, _) => {}
            Kind::Number(_) | Kind::Role(_) => self.roles(out),
            Kind::Negative(inner) => inner.loose_roles(out),
            Kind::Binary(_, left, right) => {
                left.loose_roles(out);
                right.loose_roles(out);
            }
            Kind::Call(_, arguments) => arguments.iter().for_each(|a| a.loose_roles(out)),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
}

impl Operator {
    fn sign(self) -> char {
        match self {
            Operator::Add => '+',
            Operator::Subtract => '-',
            Operator::Multiply => '*',
            Operator::Divide => '/',
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Fits,
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Sign {
    /// Longer ones first.
    const ALL: [(&'static str, Sign); 7] = [
        ("!=", Sign::Unequal),
        ("<=", Sign::LessOrEqual),
        (">=", Sign::GreaterOrEqual),
        ("~", Sign::Fits),
        ("=", Sign::Equal),
        ("<", Sign::Less),
        (">", Sign::Greater),
    ];

    fn orders(self) -> bool {
        !matches!(self, Sign::Fits | Sign::Equal | Sign::Unequal)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Function {
    Sum,
    Count,
    Days,
    Months,
    Years,
    Weekday,
    Sentences,
    Min,
    Max,
    Abs,
    Printed,
}

impl Function {
    const ALL: [(&'static str, Function); 11] = [
        ("sum", Function::Sum),
        ("count", Function::Count),
        ("days", Function::Days),
        ("months", Function::Months),
        ("years", Function::Years),
        ("weekday", Function::Weekday),
        ("sentences", Function::Sentences),
        ("min", Function::Min),
        ("max", Function::Max),
        ("abs", Function::Abs),
        ("printed", Function::Printed),
    ];

    fn parse(name: &str) -> Option<Function> {
        Function::ALL.iter().find(|(n, _)| *n == name).map(|(_, f)| *f)
    }

    fn name(self) -> &'static str {
        Function::ALL.iter().find(|(_, f)| *f == self).map_or("", |(n, _)| n)
    }

    /// Exactly so many arguments; `None`: one or more.
    fn arity(self) -> Option<usize> {
        match self {
            Function::Sum | Function::Min | Function::Max => None,
            Function::Count | Function::Weekday | Function::Sentences | Function::Abs | Function::Printed => Some(1),
            Function::Days | Function::Months | Function::Years => Some(2),
        }
    }
}

/// The name of a shape where a formula's error speaks of it.
fn shape_name(shape: Option<Shape>) -> &'static str {
    shape.map_or("unknown", Shape::name)
}
