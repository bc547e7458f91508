//! From the text of a frame to its elements. One pass, no backtracking; depth is bounded by the number of elements.

use std::ops::Range;

use super::{Element, Lexicons, MAX_ELEMENTS, MAX_GAP, SlotName};
use crate::rule::fault::{ExpressionError, suggestion};

/// The elements, and errors that do not keep the rest from being read (unknown names).
pub(super) fn parse(
    source: &str,
    lexicons: &impl Lexicons,
) -> Result<(Vec<Element>, Vec<ExpressionError>), ExpressionError> {
    let mut parser = Parser { source, at: 0, count: 0, in_capture: false, lexicons, errors: Vec::new() };
    let elements = parser.sequence()?;
    if let Some(c) = parser.peek() {
        let at = parser.at..parser.at + c.len_utf8();
        return Err(match c {
            '|' => ExpressionError::new(at, "unexpected `|`").with_help("choices stand in brackets: `(a|b)`"),
            _ => ExpressionError::new(at, "bracket was never opened"),
        });
    }
    if elements.is_empty() {
        return Err(ExpressionError::new(0..source.len(), "frame is empty"));
    }
    Ok((elements, parser.errors))
}

struct Parser<'a, L> {
    source: &'a str,
    at: usize,
    count: usize,
    in_capture: bool,
    lexicons: &'a L,
    errors: Vec<ExpressionError>,
}

const MARK_HELP: &str = "a mark stands in quotation marks: `\",\"`";

impl<L: Lexicons> Parser<'_, L> {
    /// The next character that is no blank, moving up to it.
    fn peek(&mut self) -> Option<char> {
        let rest = &self.source[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        self.source[self.at..].chars().next()
    }

    /// Elements up to a closing bracket, a bar, or the end.
    fn sequence(&mut self) -> Result<Vec<Element>, ExpressionError> {
        let mut out = Vec::new();
        while let Some(c) = self.peek() {
            if matches!(c, ')' | ']' | '|') {
                break;
            }
            let from = self.at;
            self.count += 1;
            if self.count > MAX_ELEMENTS {
                let at = from..from + c.len_utf8();
                return Err(ExpressionError::new(at, format!("frame has more than {MAX_ELEMENTS} elements")));
            }
            let element = self.element(c)?;
            out.push(self.maybe_optional(element));
        }
        Ok(out)
    }

    fn maybe_optional(&mut self, element: Element) -> Element {
        if !self.source[self.at..].starts_with('?') {
            return element;
        }
        self.at += 1;
        match element {
            Element::Choice { arms, .. } => Element::Choice { arms, optional: true },
            element => Element::Choice { arms: vec![vec![element]], optional: true },
        }
    }

    fn element(&mut self, first: char) -> Result<Element, ExpressionError> {
        let from = self.at;
        match first {
            '(' => self.choice(),
            '[' => self.capture(),
            '{' => self.gap(),
            '<' => self.slot(),
            '@' => self.lexicon(),
            '"' => self.mark(),
            '?' => Err(ExpressionError::new(from..from + 1, "nothing to make optional")),
            c if c.is_alphanumeric() => self.word(),
            c => Err(ExpressionError::new(from..from + c.len_utf8(), format!("unexpected `{c}`")).with_help(MARK_HELP)),
        }
    }

    fn choice(&mut self) -> Result<Element, ExpressionError> {
        let open = self.at;
        self.at += 1;
        let mut arms = Vec::new();
        loop {
            let arm = self.sequence()?;
            let Some(c) = self.peek().filter(|c| *c != ']') else {
                return Err(ExpressionError::new(open..open + 1, "bracket is not closed"));
            };
            if arm.is_empty() {
                let error = ExpressionError::new(self.at..self.at + 1, "choice is empty");
                return Err(error.with_help("write `(…)?` for what may be missing"));
            }
            arms.push(arm);
            self.at += 1;
            if c == ')' {
                return Ok(Element::Choice { arms, optional: false });
            }
        }
    }

    fn capture(&mut self) -> Result<Element, ExpressionError> {
        let open = self.at;
        self.at += 1;
        let nested = std::mem::replace(&mut self.in_capture, true);
        let inner = self.sequence()?;
        self.in_capture = nested;
        if self.peek() != Some(']') {
            return Err(ExpressionError::new(open..open + 1, "bracket is not closed"));
        }
        self.at += 1;
        if nested {
            return Err(ExpressionError::new(open..self.at, "captures do not nest"));
        }
        if inner.is_empty() {
            return Err(ExpressionError::new(open..self.at, "capture is empty"));
        }
        Ok(Element::Capture(inner))
    }

    /// The text between here and `close`, both marks consumed.
    fn until(&mut self, close: char) -> Option<(Range<usize>, &str)> {
        let inner = self.at + 1;
        let len = self.source[inner..].find(close)?;
        self.at = inner + len + close.len_utf8();
        Some((inner..inner + len, &self.source[inner..inner + len]))
    }

    fn gap(&mut self) -> Result<Element, ExpressionError> {
        let open = self.at;
        let Some((inner, text)) = self.until('}') else {
            return Err(ExpressionError::new(open..open + 1, "bracket is not closed"));
        };
        let at = open..inner.end + 1;
        let ends = text.split_once(',').and_then(|(m, n)| Some((number(m)?, number(n)?)));
        match ends {
            None => Err(ExpressionError::new(at, "gap is not written `{m,n}`")),
            Some((min, max)) if min > max => Err(ExpressionError::new(at, "gap ends before it begins")),
            Some((_, max)) if max > u32::from(MAX_GAP) => {
                Err(ExpressionError::new(at, format!("gap is wider than {MAX_GAP}")))
            }
            Some((min, max)) => Ok(Element::Gap { min: min as u8, max: max as u8 }),
        }
    }

    fn slot(&mut self) -> Result<Element, ExpressionError> {
        let open = self.at;
        let Some((inner, text)) = self.until('>') else {
            let end = self.source[open..].find(char::is_whitespace).map_or(self.source.len(), |i| open + i);
            let written = &self.source[open..end];
            return Err(ExpressionError::new(open..end, "slot is not closed").with_help(format!("write `{written}>`")));
        };
        let (word, types) = text.split_once(':').map_or((text, None), |(w, t)| (w, Some(t)));
        let word_end = inner.start + word.len();
        let Some(name) = SlotName::parse(word) else {
            let help = suggestion(word, SlotName::ALL.iter().map(|(_, n)| *n));
            return Err(ExpressionError::new(inner.start..word_end, format!("unknown slot `{word}`")).with_help(help));
        };
        let mut found = Vec::new();
        let mut errors = Vec::new();
        let mut at = word_end + 1;
        for kind in types.into_iter().flat_map(|t| t.split('|')) {
            let place = at..at + kind.len();
            at += kind.len() + 1;
            let known = name.types();
            if known.contains(&kind) {
                found.push(kind.to_owned());
            } else if known.is_empty() {
                errors.push(ExpressionError::new(place, format!("slot `{word}` takes no types")));
            } else {
                let what = if name == SlotName::Value { "shape" } else { "entity type" };
                let error = ExpressionError::new(place, format!("unknown {what} `{kind}`"));
                errors.push(error.with_help(suggestion(kind, known)));
            }
        }
        self.errors.extend(errors);
        Ok(Element::Slot { name, types: found })
    }

    /// A run of letters, digits, `-`, `_`, apostrophes, `&` and full stops inside.
    fn run(&mut self) -> (Range<usize>, &str) {
        let from = self.at;
        let belongs = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '\'' | '’' | '&' | '.');
        let len = self.source[from..].find(|c: char| !belongs(c)).unwrap_or(self.source.len() - from);
        self.at += len;
        (from..from + len, &self.source[from..from + len])
    }

    fn word(&mut self) -> Result<Element, ExpressionError> {
        let (at, word) = self.run();
        let lower = word.to_lowercase();
        if word != lower {
            let help = format!("words are lemmas in lower case: `{lower}`");
            return Err(ExpressionError::new(at, "word in upper case").with_help(help));
        }
        Ok(Element::Word(lower))
    }

    fn lexicon(&mut self) -> Result<Element, ExpressionError> {
        self.at += 1;
        let (at, id) = self.run();
        let id = id.to_owned();
        let mut class = None;
        if self.source[self.at..].starts_with(':') {
            self.at += 1;
            let (place, word) = self.run();
            class = Some((place, word.to_owned()));
        }
        let Some(classes) = self.lexicons.classes(&id) else {
            let help = suggestion(&id, self.lexicons.ids());
            self.errors.push(ExpressionError::new(at, format!("unknown lexicon `{id}`")).with_help(help));
            return Ok(Element::Lexicon { id, class: class.map(|(_, c)| c) });
        };
        if let Some((place, word)) = &class
            && !classes.contains(&word.as_str())
        {
            let error = ExpressionError::new(place.clone(), format!("lexicon `{id}` has no class `{word}`"));
            self.errors.push(error.with_help(suggestion(word, classes)));
        }
        Ok(Element::Lexicon { id, class: class.map(|(_, c)| c) })
    }

    fn mark(&mut self) -> Result<Element, ExpressionError> {
        let open = self.at;
        let Some((inner, text)) = self.until('"') else {
            return Err(ExpressionError::new(open..open + 1, "mark is not closed").with_help(MARK_HELP));
        };
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if !c.is_alphanumeric() && !c.is_whitespace() => Ok(Element::Mark(c)),
            (Some(_), None) => Err(ExpressionError::new(open..inner.end + 1, "a letter, digit or blank is not a mark")),
            _ => Err(ExpressionError::new(open..inner.end + 1, "mark is not one character").with_help(MARK_HELP)),
        }
    }
}

fn number(text: &str) -> Option<u32> {
    let text = text.trim();
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}
