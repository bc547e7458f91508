//! From the text of a formula to its tree, by precedence. Depth is bounded by the number of steps.

use super::{Comparison, Expression, Function, Kind, MAX_STEPS, Operator, Sign};
use crate::rule::fault::{ExpressionError, suggestion};

pub(super) fn parse(source: &str) -> Result<Vec<Comparison>, ExpressionError> {
    let mut parser = Parser { source, at: 0, steps: 0 };
    let mut out = vec![parser.comparison()?];
    while parser.rest().starts_with(|c: char| c.is_ascii_alphabetic()) {
        let from = parser.at;
        let word = parser.name();
        if word != "and" {
            return Err(ExpressionError::new(from..parser.at, format!("unexpected `{word}`"))
                .with_help("comparisons are joined by `and`"));
        }
        out.push(parser.comparison()?);
    }
    match parser.rest().chars().next() {
        None => Ok(out),
        Some(c) => {
            let error = ExpressionError::new(parser.at..parser.at + c.len_utf8(), format!("unexpected `{c}`"));
            Err(if parser.sign().is_some() { error.with_help("join comparisons by `and`") } else { error })
        }
    }
}

struct Parser<'a> {
    source: &'a str,
    at: usize,
    steps: usize,
}

impl<'a> Parser<'a> {
    /// What is left, blanks skipped.
    fn rest(&mut self) -> &'a str {
        let rest = &self.source[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        &self.source[self.at..]
    }

    fn name(&mut self) -> &'a str {
        let rest = self.rest();
        let len = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        self.at += len;
        &rest[..len]
    }

    fn take(&mut self, c: char) -> bool {
        let found = self.rest().starts_with(c);
        self.at += if found { c.len_utf8() } else { 0 };
        found
    }

    fn step(&mut self) -> Result<(), ExpressionError> {
        self.steps += 1;
        if self.steps > MAX_STEPS {
            let end = self.source[self.at..].chars().next().map_or(self.at, |c| self.at + c.len_utf8());
            return Err(ExpressionError::new(self.at..end, format!("formula has more than {MAX_STEPS} steps")));
        }
        Ok(())
    }

    fn sign(&mut self) -> Option<Sign> {
        let rest = self.rest();
        let (text, sign) = Sign::ALL.iter().find(|(text, _)| rest.starts_with(text))?;
        self.at += text.len();
        Some(*sign)
    }

    fn comparison(&mut self) -> Result<Comparison, ExpressionError> {
        let left = self.sum()?;
        self.rest();
        let from = self.at;
        let Some(sign) = self.sign() else {
            let end = self.source[from..].chars().next().map_or(from, |c| from + c.len_utf8());
            let message = match self.source[from..].chars().next() {
                Some(c) => format!("unexpected `{c}`"),
                None => "comparison is missing".to_owned(),
            };
            return Err(ExpressionError::new(from..end, message)
                .with_help("one of ~ = != < <= > >= stands between the two sides"));
        };
        let at = from..self.at;
        let right = self.sum()?;
        Ok(Comparison { left, sign, right, at })
    }

    fn sum(&mut self) -> Result<Expression, ExpressionError> {
        let mut left = self.product()?;
        loop {
            let operator = match self.rest().chars().next() {
                Some('+') => Operator::Add,
                Some('-') => Operator::Subtract,
                _ => return Ok(left),
            };
            self.at += 1;
            self.step()?;
            left = binary(operator, left, self.product()?);
        }
    }

    fn product(&mut self) -> Result<Expression, ExpressionError> {
        let mut left = self.unary()?;
        loop {
            let operator = match self.rest().chars().next() {
                Some('*') => Operator::Multiply,
                Some('/') => Operator::Divide,
                _ => return Ok(left),
            };
            self.at += 1;
            self.step()?;
            left = binary(operator, left, self.unary()?);
        }
    }

    fn unary(&mut self) -> Result<Expression, ExpressionError> {
        self.step()?;
        self.rest();
        let from = self.at;
        if self.take('-') {
            let inner = self.unary()?;
            return Ok(Expression { at: from..inner.at.end, kind: Kind::Negative(Box::new(inner)) });
        }
        if self.take('(') {
            let inner = self.sum()?;
            if !self.take(')') {
                return Err(ExpressionError::new(from..from + 1, "bracket is not closed"));
            }
            return Ok(Expression { at: from..self.at, kind: inner.kind });
        }
        match self.rest().chars().next() {
            Some(c) if c.is_ascii_digit() => self.number(),
            Some(c) if c.is_ascii_alphabetic() || c == '_' => self.named(),
            Some(c) => Err(ExpressionError::new(from..from + c.len_utf8(), format!("unexpected `{c}`"))
                .with_help("a number, a role, a function or a bracket stands here")),
            None => Err(ExpressionError::new(from..from, "formula ends too early")),
        }
    }

    fn number(&mut self) -> Result<Expression, ExpressionError> {
        let rest = self.rest();
        let len = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let at = self.at..self.at + len;
        self.at += len;
        match rest[..len].parse() {
            Ok(number) => Ok(Expression { kind: Kind::Number(number), at }),
            Err(_) => Err(ExpressionError::new(at, "number cannot be read")),
        }
    }

    fn named(&mut self) -> Result<Expression, ExpressionError> {
        let from = self.at;
        let name = self.name();
        let place = from..self.at;
        if !self.take('(') {
            if name == "and" || Function::parse(name).is_some() {
                let error = ExpressionError::new(place, format!("`{name}` is not a role"));
                return Err(error.with_help(format!("a function has brackets: `{name}(…)`")));
            }
            return Ok(Expression { kind: Kind::Role(name.to_owned()), at: place });
        }
        let open = self.at - 1;
        let Some(function) = Function::parse(name) else {
            let help = suggestion(name, Function::ALL.iter().map(|(n, _)| *n));
            return Err(ExpressionError::new(place, format!("unknown function `{name}`")).with_help(help));
        };
        let mut arguments = vec![self.sum()?];
        while self.take(',') {
            arguments.push(self.sum()?);
        }
        if !self.take(')') {
            return Err(ExpressionError::new(open..open + 1, "bracket is not closed"));
        }
        if let Some(arity) = function.arity()
            && arity != arguments.len()
        {
            let plural = if arity == 1 { "" } else { "s" };
            return Err(ExpressionError::new(from..self.at, format!("`{name}` takes {arity} argument{plural}")));
        }
        Ok(Expression { kind: Kind::Call(function, arguments), at: from..self.at })
    }
}

fn binary(operator: Operator, left: Expression, right: Expression) -> Expression {
    let at = left.at.start..right.at.end;
    Expression { kind: Kind::Binary(operator, Box::new(left), Box::new(right)), at }
}
