//! Messages with places to fill: `{a} against {b}`.
//!
//! Comes in: the text of a message and the names it may use. Goes out: its pieces, or the errors in it. `{{` and `}}`
//! stand for the brackets themselves.

use super::fault::{ExpressionError, suggestion};

/// A checked message. Every name in it is one of those allowed when it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Name(String),
}

impl Template {
    /// Reads a message whose places may have the names in `known`.
    ///
    /// # Errors
    /// Every place with another name, and brackets without their partner.
    pub fn parse(source: &str, known: &[&str]) -> Result<Template, Vec<ExpressionError>> {
        let mut pieces = Vec::new();
        let mut errors = Vec::new();
        let mut text = String::new();
        let mut at = 0;
        while let Some(c) = source[at..].chars().next() {
            let rest = &source[at..];
            if rest.starts_with("{{") || rest.starts_with("}}") {
                text.push(c);
                at += 2;
            } else if c == '{' {
                let Some(len) = rest.find('}') else {
                    errors.push(
                        ExpressionError::new(at..at + 1, "bracket is not closed")
                            .with_help("`{{` stands for the bracket"),
                    );
                    break;
                };
                let name = &rest[1..len];
                if !known.contains(&name) {
                    let error = ExpressionError::new(at..at + len + 1, format!("unknown placeholder `{{{name}}}`"));
                    errors.push(error.with_help(suggestion(name, known.iter().copied())));
                }
                pieces.push(Piece::Text(std::mem::take(&mut text)));
                pieces.push(Piece::Name(name.to_owned()));
                at += len + 1;
            } else if c == '}' {
                errors.push(
                    ExpressionError::new(at..at + 1, "bracket was never opened")
                        .with_help("`}}` stands for the bracket"),
                );
                at += 1;
            } else {
                text.push(c);
                at += c.len_utf8();
            }
        }
        pieces.push(Piece::Text(text));
        pieces.retain(|p| !matches!(p, Piece::Text(t) if t.is_empty()));
        if errors.is_empty() { Ok(Template { pieces }) } else { Err(errors) }
    }

    /// The message with its places filled; `fill` gives the words for a name.
    pub fn render(&self, mut fill: impl FnMut(&str) -> String) -> String {
        self.pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Name(name) => fill(name),
            })
            .collect()
    }

    /// The names in it, in order, with repetitions.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Name(name) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &str) {
        let actual = match Template::parse(source, &["a", "b", "a.source"]) {
            Ok(template) => template.render(|name| format!("<{name}>")),
            Err(errors) => errors.iter().map(|s| format!("{:?} {}", s.at, s.message)).collect::<Vec<_>>().join("; "),
        };
        assert_eq!(actual, expected);
    }

    #[test]
    fn places_are_filled() {
        check("", "");
        check("{a} against {b} in {a.source}", "<a> against <b> in <a.source>");
        check("{{a}} is {a}", "{a} is <a>");
        check("é {a}", "é <a>");
    }

    #[test]
    fn errors() {
        check("{a} {c}", "4..7 unknown placeholder `{c}`");
        check("{a", "0..1 bracket is not closed");
        check("a}", "1..2 bracket was never opened");
    }
}
