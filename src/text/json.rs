//! JSON out, with nothing in it that a terminal, a page or a reader's eye could be misled by.

use std::io;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use super::safe::{is_plain, safe_char};

/// Writes strings with every character escaped that [`super::safe`] would replace: the value stays what it is.
struct Escaping<F>(F);

macro_rules! handed_on {
    ($($name:ident($($argument:ident: $kind:ty),*);)*) => {
        $(fn $name<W: ?Sized + io::Write>(&mut self, writer: &mut W $(, $argument: $kind)*) -> io::Result<()> {
            self.0.$name(writer $(, $argument)*)
        })*
    };
}

impl<F: Formatter> Formatter for Escaping<F> {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        if is_plain(fragment) {
            return writer.write_all(fragment.as_bytes());
        }
        let mut from = 0;
        for (at, c) in fragment.char_indices().filter(|(_, c)| safe_char(*c) != *c) {
            writer.write_all(&fragment.as_bytes()[from..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            from = at + c.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[from..])
    }

    handed_on! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first: bool);
        end_object_key();
        begin_object_value();
        end_object_value();
    }
}

/// JSON in one line, without its break, behind what is there.
///
/// # Errors
/// When the value cannot be serialised.
pub(crate) fn append_json<T: Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) -> serde_json::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Escaping(CompactFormatter)))
}

/// JSON in one line, without its break. The value is a wire type of ours: its keys are strings and its numbers finite
/// decimals, the two things that serialising to memory can fail on.
pub(crate) fn json_line<T: Serialize + ?Sized>(value: &T) -> String {
    let mut out = Vec::new();
    append_json(&mut out, value).expect("wire types serialise");
    String::from_utf8(out).expect("JSON is text")
}

/// The same, indented and with a final line break.
pub(crate) fn json_pretty<T: Serialize + ?Sized>(value: &T) -> String {
    let mut out = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut out, Escaping(PrettyFormatter::new()));
    value.serialize(&mut serializer).expect("wire types serialise");
    out.push(b'\n');
    String::from_utf8(out).expect("JSON is text")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_and_bytes_are_harmless() {
        let evil = "a\u{1b}\u{7f}\u{9b}31m\u{85}\u{202e}x\u{2028}\u{200b}\u{feff}“é”\u{1f600}\"\\\n\t";
        let value = serde_json::json!({"k": [evil, 1, null], evil: {}});
        for text in [json_line(&value), json_pretty(&value)] {
            assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
            assert!(text.chars().all(|c| c == '\n' || safe_char(c) == c), "{text:?}");
            assert!(text.contains("\\u202e") && text.contains("“é”\u{1f600}"), "{text}");
        }
        let plain = serde_json::json!({"a": ["b", {"c": 1.5}], "d": [], "e": {}});
        assert_eq!(json_line(&plain), serde_json::to_string(&plain).unwrap());
        assert_eq!(json_pretty(&plain), serde_json::to_string_pretty(&plain).unwrap() + "\n");
    }
}
