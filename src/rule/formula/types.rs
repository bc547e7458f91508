//! Whether the dimensions of a formula fit, told from the shapes of its roles before any document is read.
//!
//! A dimension is a product of bases with exponents. Money, duration and measure are bases of their own; per cent,
//! counts, multiples and ratios are pure numbers of different kinds: they multiply freely, and add only with their own
//! kind or with a bare number. Quotients of one base are bare numbers. Whatever is added or compared is made *alike*:
//! at evaluation the quantities bound to such roles have to share their unit's dimension.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Comparison, Expression, Function, Kind, Operator, TimeUnit, shape_name};
use crate::rule::fault::{ExpressionError, suggestion};
use crate::value::Shape;

/// What a formula knows of a role.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RoleType {
    /// The shape of what is bound to it, where the rule says.
    pub shape: Option<Shape>,
    /// The unit in which it is wanted; for a duration `day`, `month`, …; `weekday` for the weekday that a date names.
    pub unit: Option<String>,
    /// Whether it is bound to a list.
    pub many: bool,
}

/// The unit that makes a role of shape date stand for the weekday named beside the date.
pub(super) const WEEKDAY: &str = "weekday";

#[derive(Debug, Clone, PartialEq, Eq)]
enum Type {
    /// A quantity: exponents by base variable, no zeros; the kind of number when there are none.
    Quantity {
        bases: BTreeMap<usize, i32>,
        kind: Option<Shape>,
    },
    Date,
    Weekday,
    Text,
}

/// What a base variable stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Base {
    /// Roles without a shape that share their unit.
    Open,
    Money,
    Duration(Option<TimeUnit>),
    Measure,
}

impl Base {
    fn name(self) -> String {
        match self {
            Base::Open => "the shared unit".to_owned(),
            Base::Money => "money".to_owned(),
            Base::Duration(None) => "duration".to_owned(),
            Base::Duration(Some(unit)) => format!("duration in {}s", unit.name()),
            Base::Measure => "measure".to_owned(),
        }
    }

    fn unify(self, other: Base) -> Option<Base> {
        match (self, other) {
            (Base::Open, b) | (b, Base::Open) => Some(b),
            (a, b) if a == b => Some(a),
            _ => None,
        }
    }
}

/// The groups of roles that have to be alike; every error in the formula otherwise.
pub(super) fn check(
    comparisons: &[Comparison],
    roles: &BTreeMap<String, RoleType>,
    same_unit: bool,
) -> Result<Vec<Vec<String>>, Vec<ExpressionError>> {
    let mut checker = Checker { roles, same_unit, open: None, bases: Vec::new(), of_role: BTreeMap::new() };
    let mut errors = Vec::new();
    for comparison in comparisons {
        if let Err(error) = checker.comparison(comparison) {
            errors.push(error);
        }
    }
    if errors.is_empty() { Ok(checker.alike()) } else { Err(errors) }
}

struct Checker<'a> {
    roles: &'a BTreeMap<String, RoleType>,
    same_unit: bool,
    /// The one variable of all roles without a shape.
    open: Option<usize>,
    /// Union-find: parent and what the root stands for.
    bases: Vec<(usize, Base)>,
    of_role: BTreeMap<String, usize>,
}

impl Checker<'_> {
    fn fresh(&mut self, base: Base) -> usize {
        self.bases.push((self.bases.len(), base));
        self.bases.len() - 1
    }

    fn root(&self, mut base: usize) -> usize {
        while self.bases[base].0 != base {
            base = self.bases[base].0;
        }
        base
    }

    fn comparison(&mut self, comparison: &Comparison) -> Result<(), ExpressionError> {
        let left = self.of(&comparison.left)?;
        let right = self.of(&comparison.right)?;
        let at = comparison.left.at.start..comparison.right.at.end;
        let fits = match (&left, &right) {
            (Type::Quantity { .. }, Type::Quantity { .. }) => self.unify(&left, &right).is_some(),
            _ => left == right,
        };
        if !fits {
            let message = format!("{} cannot be compared with {}", self.name(&left), self.name(&right));
            let error = ExpressionError::new(at, message);
            let durations = [&left, &right].iter().all(|t| self.is_duration(t));
            return Err(if durations {
                error.with_help("give the role of shape duration its unit: \"day\", \"month\" or \"year\"")
            } else {
                error
            });
        }
        if comparison.sign.orders() && matches!(left, Type::Weekday | Type::Text) {
            let message = format!("{} has no order", self.name(&left));
            return Err(ExpressionError::new(comparison.at.clone(), message).with_help("use `=`, `!=` or `~`"));
        }
        Ok(())
    }

    fn of(&mut self, expression: &Expression) -> Result<Type, ExpressionError> {
        match &expression.kind {
            Kind::Number(_) => Ok(pure(None)),
            Kind::Role(name) => self.role(name, &expression.at, false),
            Kind::Negative(inner) => {
                let inner = self.of(inner)?;
                self.quantity(inner, &expression.at, "turned negative")
            }
            Kind::Binary(operator, left, right) => {
                let (a, b) = (self.of(left)?, self.of(right)?);
                self.binary(*operator, &a, &b, &expression.at)
            }
            Kind::Call(function, arguments) => self.call(*function, arguments, &expression.at),
        }
    }

    fn role(&mut self, name: &str, at: &Range<usize>, in_list: bool) -> Result<Type, ExpressionError> {
        let Some(role) = self.roles.get(name) else {
            let help = suggestion(name, self.roles.keys().map(String::as_str));
            return Err(ExpressionError::new(at.clone(), format!("unknown role `{name}`")).with_help(help));
        };
        if role.many && !in_list {
            let error = ExpressionError::new(at.clone(), format!("role `{name}` is many"));
            return Err(error.with_help("use `sum`, `count`, `min` or `max`"));
        }
        let base = match role.shape {
            Some(Shape::Date) if role.unit.as_deref() == Some(WEEKDAY) => return Ok(Type::Weekday),
            Some(Shape::Date) => return Ok(Type::Date),
            Some(Shape::Text | Shape::Quote) => return Ok(Type::Text),
            Some(kind @ (Shape::Number | Shape::Percent | Shape::Multiple | Shape::Ratio)) => {
                return Ok(pure(Some(kind)));
            }
            Some(Shape::Money) => Base::Money,
            Some(Shape::Measure) => Base::Measure,
            Some(Shape::Duration) => Base::Duration(role.unit.as_deref().and_then(TimeUnit::parse)),
            None if self.same_unit => Base::Open,
            None => {
                let error = ExpressionError::new(at.clone(), format!("role `{name}` has no shape"));
                return Err(error.with_help("give it one, or put \"unit\" into `same`"));
            }
        };
        let variable = match self.of_role.get(name) {
            Some(variable) => *variable,
            None => {
                let variable = match (base, self.open) {
                    (Base::Open, Some(open)) => open,
                    _ => self.fresh(base),
                };
                if base == Base::Open {
                    self.open = Some(variable);
                }
                self.of_role.insert(name.to_owned(), variable);
                variable
            }
        };
        Ok(Type::Quantity { bases: BTreeMap::from([(variable, 1)]), kind: None })
    }

    fn binary(&mut self, operator: Operator, a: &Type, b: &Type, at: &Range<usize>) -> Result<Type, ExpressionError> {
        let (Type::Quantity { bases: left, .. }, Type::Quantity { bases: right, .. }) = (a, b) else {
            let message = format!("`{}` between {} and {}", operator.sign(), self.name(a), self.name(b));
            let error = ExpressionError::new(at.clone(), message);
            return Err(if *a == Type::Date && *b == Type::Date {
                error.with_help("the time between two dates is `days(a, b)`, `months(a, b)` or `years(a, b)`")
            } else {
                error
            });
        };
        match operator {
            Operator::Add | Operator::Subtract => self.unify(a, b).ok_or_else(|| {
                let message = format!("`{}` between {} and {}", operator.sign(), self.name(a), self.name(b));
                ExpressionError::new(at.clone(), message).with_help("only like can be added to like")
            }),
            Operator::Multiply | Operator::Divide => {
                let turn = if operator == Operator::Divide { -1 } else { 1 };
                let mut bases = BTreeMap::new();
                for (base, exponent) in
                    left.iter().map(|(b, e)| (*b, *e)).chain(right.iter().map(|(b, e)| (*b, e * turn)))
                {
                    *bases.entry(self.root(base)).or_insert(0) += exponent;
                }
                self.cancel(&mut bases);
                Ok(Type::Quantity { bases, kind: None })
            }
        }
    }

    /// Two bases of one sort that stand above and below the line cancel, and have to be alike for that.
    fn cancel(&mut self, bases: &mut BTreeMap<usize, i32>) {
        bases.retain(|_, exponent| *exponent != 0);
        let all: Vec<usize> = bases.keys().copied().collect();
        for (i, &a) in all.iter().enumerate() {
            for &b in &all[i + 1..] {
                let (ea, eb) = (bases.get(&a).copied().unwrap_or(0), bases.get(&b).copied().unwrap_or(0));
                let one_sort = self.bases[a].1 == self.bases[b].1 && self.bases[a].1 != Base::Open;
                if ea * eb < 0 && one_sort && self.merge(a, b) {
                    let root = self.root(a);
                    bases.remove(&a);
                    bases.remove(&b);
                    bases.insert(root, ea + eb);
                }
            }
        }
        bases.retain(|_, exponent| *exponent != 0);
    }

    fn call(
        &mut self,
        function: Function,
        arguments: &[Expression],
        at: &Range<usize>,
    ) -> Result<Type, ExpressionError> {
        let in_list = matches!(function, Function::Sum | Function::Count | Function::Min | Function::Max);
        if function == Function::Count {
            return match &arguments[0].kind {
                Kind::Role(name) if self.roles.contains_key(name) => Ok(pure(None)),
                Kind::Role(name) => self.role(name, &arguments[0].at, true),
                _ => Err(ExpressionError::new(arguments[0].at.clone(), "`count` takes a role")),
            };
        }
        let mut types = Vec::with_capacity(arguments.len());
        for argument in arguments {
            types.push(match &argument.kind {
                Kind::Role(name) => self.role(name, &argument.at, in_list)?,
                _ => self.of(argument)?,
            });
        }
        let wants = |checker: &Self, wanted: Type| match types.iter().position(|t| *t != wanted) {
            Some(i) => {
                let found = checker.name(&types[i]);
                let message = format!("`{}` takes {}, not {found}", function.name(), checker.name(&wanted));
                Err(ExpressionError::new(arguments[i].at.clone(), message))
            }
            None => Ok(()),
        };
        match function {
            Function::Sum | Function::Min | Function::Max => {
                let mut sum = self.quantity(types[0].clone(), &arguments[0].at, "summed or ranked")?;
                for (argument, next) in arguments.iter().zip(&types).skip(1) {
                    let Some(both) = self.unify(&sum, next) else {
                        let message = format!("`{}` of {} and {}", function.name(), self.name(&sum), self.name(next));
                        return Err(ExpressionError::new(argument.at.clone(), message));
                    };
                    sum = both;
                }
                Ok(sum)
            }
            Function::Abs => self.quantity(types[0].clone(), at, "made positive"),
            Function::Printed => self.quantity(types[0].clone(), at, "taken as printed"),
            Function::Weekday => wants(self, Type::Date).map(|()| Type::Weekday),
            Function::Sentences => wants(self, Type::Text).map(|()| pure(None)),
            Function::Days | Function::Months | Function::Years => {
                wants(self, Type::Date)?;
                let unit = match function {
                    Function::Days => TimeUnit::Day,
                    Function::Months => TimeUnit::Month,
                    _ => TimeUnit::Year,
                };
                let base = self.fresh(Base::Duration(Some(unit)));
                Ok(Type::Quantity { bases: BTreeMap::from([(base, 1)]), kind: None })
            }
            Function::Count => Ok(pure(None)),
        }
    }

    fn quantity(&self, found: Type, at: &Range<usize>, what: &str) -> Result<Type, ExpressionError> {
        match found {
            Type::Quantity { .. } => Ok(found),
            other => Err(ExpressionError::new(at.clone(), format!("{} cannot be {what}", self.name(&other)))),
        }
    }

    /// The type of a sum of the two; `None` when they cannot be added.
    fn unify(&mut self, a: &Type, b: &Type) -> Option<Type> {
        let (Type::Quantity { bases: left, kind: ka }, Type::Quantity { bases: right, kind: kb }) = (a, b) else {
            return None;
        };
        let kind = match (ka, kb) {
            (None, k) | (k, None) => *k,
            (Some(x), Some(y)) if x == y => *ka,
            _ => return None,
        };
        let left: Vec<(usize, i32)> = left.iter().map(|(b, e)| (self.root(*b), *e)).collect();
        let right: Vec<(usize, i32)> = right.iter().map(|(b, e)| (self.root(*b), *e)).collect();
        let mut rest = right.clone();
        for (base, exponent) in &left {
            // The same base first, then one that can be made the same.
            let found = rest.iter().position(|(b, e)| b == base && e == exponent).or_else(|| {
                rest.iter().position(|(b, e)| e == exponent && self.bases[*b].1.unify(self.bases[*base].1).is_some())
            })?;
            let (other, _) = rest.remove(found);
            if !self.merge(*base, other) {
                return None;
            }
        }
        rest.is_empty()
            .then(|| Type::Quantity { bases: left.into_iter().map(|(b, e)| (self.root(b), e)).collect(), kind })
    }

    fn merge(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        let Some(base) = self.bases[a].1.unify(self.bases[b].1) else { return false };
        self.bases[b].0 = a;
        self.bases[a].1 = base;
        true
    }

    fn is_duration(&self, found: &Type) -> bool {
        let Type::Quantity { bases, .. } = found else { return false };
        !bases.is_empty() && bases.keys().all(|b| matches!(self.bases[self.root(*b)].1, Base::Duration(_)))
    }

    fn name(&self, found: &Type) -> String {
        match found {
            Type::Date => "date".to_owned(),
            Type::Weekday => "weekday".to_owned(),
            Type::Text => "text".to_owned(),
            Type::Quantity { bases, kind } if bases.is_empty() => {
                kind.map_or("a bare number".to_owned(), |k| shape_name(Some(k)).to_owned())
            }
            Type::Quantity { bases, .. } => {
                let part = |(base, exponent): (&usize, &i32)| {
                    let name = self.bases[self.root(*base)].1.name();
                    if *exponent == 1 { name } else { format!("{name}^{exponent}") }
                };
                bases.iter().map(part).collect::<Vec<_>>().join(" × ")
            }
        }
    }

    fn alike(&self) -> Vec<Vec<String>> {
        let mut groups: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for (role, base) in &self.of_role {
            groups.entry(self.root(*base)).or_default().push(role.clone());
        }
        let mut out: Vec<Vec<String>> = groups.into_values().filter(|g| g.len() > 1).collect();
        out.sort();
        out
    }
}

fn pure(kind: Option<Shape>) -> Type {
    Type::Quantity { bases: BTreeMap::new(), kind }
}
