//! Values of a rule file together with the place where they stand.
//!
//! Comes in: what serde reads from TOML. Goes out: the value and its bytes in the file, so that every later fault can
//! point at it. Never reports anything itself.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer};

/// A value and the bytes of its file that say it, quotation marks included.
#[derive(Debug, Clone)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Its bytes in the file.
    pub span: Range<usize>,
}

/// Two are the same, and ordered, by their values alone.
impl<T: PartialEq> PartialEq for Placed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Placed<T> {}

impl<T: Ord> PartialOrd for Placed<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T: Ord> Ord for Placed<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value.cmp(&other.value)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Placed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = serde_spanned::Spanned::<T>::deserialize(deserializer)?;
        let span = spanned.span();
        Ok(Placed { value: spanned.into_inner(), span })
    }
}

/// The schema of the value: the place is no part of the file.
impl<T: JsonSchema> JsonSchema for Placed<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// A rule file as read. Shared by whatever comes from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFile {
    /// As shown to users: `rules/check/percent-change.toml`, or the path of a `--rules` folder joined with `below`.
    pub path: String,
    /// Path below the rules folder, `/`-separated: `check/percent-change.toml`. No machine name in it.
    pub below: String,
    /// The text.
    pub text: Arc<str>,
    /// 0 for embedded files, then one a `--rules` folder in the order given.
    pub layer: usize,
}

impl RuleFile {
    /// The file name without its ending: what `id` has to be.
    pub fn stem(&self) -> &str {
        let name = self.below.rsplit('/').next().unwrap_or(&self.below);
        name.strip_suffix(".toml").unwrap_or(name)
    }
}

/// Where bytes `inner` of a TOML string's value stand in the file, given the bytes of the string itself.
///
/// Escapes are longer in the file than in the value; a literal string (`'…'`) has none.
pub(super) fn inside(text: &str, string: &Range<usize>, inner: &Range<usize>) -> Range<usize> {
    let raw = text.get(string.clone()).unwrap_or_default();
    let quote = match raw.chars().next() {
        Some(c @ ('"' | '\'')) => c,
        _ => return string.clone(),
    };
    let marks = if raw.len() >= 6 && raw.starts_with(&quote.to_string().repeat(3)) { 3 } else { 1 };
    let mut at = marks;
    if marks == 3 {
        // A line break right behind the opening marks is no part of the value.
        at += if raw[at..].starts_with("\r\n") { 2 } else { usize::from(raw[at..].starts_with('\n')) };
    }
    let end = raw.len().saturating_sub(marks).max(at);
    let (mut value_at, mut start, mut stop) = (0, None, None);
    while at <= end {
        if value_at >= inner.end && (value_at > inner.start || inner.is_empty()) {
            stop = Some(at);
            break;
        }
        let rest = &raw[at..end];
        let Some(c) = rest.chars().next() else { break };
        let (raw_len, value_len) = if c == '\\' && quote == '"' { escape(rest) } else { (c.len_utf8(), c.len_utf8()) };
        // A folded line break says nothing: what begins behind it begins there.
        if value_at >= inner.start && start.is_none() && value_len > 0 {
            start = Some(at);
        }
        at += raw_len;
        value_at += value_len;
    }
    let start = start.or(stop).unwrap_or(end);
    string.start + start..string.start + stop.unwrap_or(end).max(start)
}

/// Length of the escape sequence that `rest` begins with, in the file and in the value.
fn escape(rest: &str) -> (usize, usize) {
    let hex = |digits: usize| {
        let code = rest.get(2..2 + digits).and_then(|h| u32::from_str_radix(h, 16).ok());
        (2 + digits, code.and_then(char::from_u32).map_or(1, char::len_utf8))
    };
    match rest.as_bytes().get(1) {
        Some(b'x') => {
            let (raw, value) = hex(2);
            (raw.min(rest.len()), value)
        }
        Some(b'u') => {
            let (raw, value) = hex(4);
            (raw.min(rest.len()), value)
        }
        Some(b'U') => {
            let (raw, value) = hex(8);
            (raw.min(rest.len()), value)
        }
        Some(c) if c.is_ascii_whitespace() => {
            (1 + rest[1..].find(|c: char| !c.is_ascii_whitespace()).unwrap_or(rest.len() - 1), 0)
        }
        Some(_) => (1 + rest[1..].chars().next().map_or(0, char::len_utf8), 1),
        None => (1, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(literal: &str, needle: &str, expected: &str) {
        #[derive(Deserialize)]
        struct One {
            key: Placed<String>,
        }
        let text = format!("key = {literal}\n");
        let one: One = toml::from_str(&text).unwrap();
        let at = one.key.value.find(needle).unwrap();
        let place = inside(&text, &one.key.span, &(at..at + needle.len()));
        assert_eq!(&text[place], expected);
    }

    #[test]
    fn places_inside_strings() {
        check(r#""a be? b""#, "be?", "be?");
        check(r#"'a "," b'"#, "b", "b");
        check(r#""a \",\" b""#, "b", "b");
        check(r#""a \",\" b""#, "\",\"", r#"\",\""#);
        check(r#""é \u00e9 \x41 z""#, "z", "z");
        check("\"\"\"\na b\"\"\"", "b", "b");
        check("\"\"\"a \\\n   b\"\"\"", "b", "b");
        check("'''\na 'q' b'''", "b", "b");
    }
}
