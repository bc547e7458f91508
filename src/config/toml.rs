//! Reading the values of a TOML file that a person has written: what a value should be is said with its place.
//!
//! Comes in: a value with its span. Goes out: what it says, or a fault of the file. `belie.toml` and the file of decisions
//! are read by it.

use std::ops::Range;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::DeValue;

use crate::rule::{Fault, RuleFile};

use super::suggestion;

/// Most faults that are reported for one file.
pub(crate) const MOST_FAULTS: usize = 50;

/// What reads one file, and gathers its faults.
pub(crate) trait Toml {
    /// The file that is read.
    fn file(&self) -> &RuleFile;

    /// The faults found so far.
    fn faults(&mut self) -> &mut Vec<Fault>;

    /// Notes a fault at a place. After so many nobody reads on, and each is looked up in the whole file.
    fn fault(&mut self, span: &Range<usize>, message: impl Into<String>) {
        if self.faults().len() >= MOST_FAULTS {
            return;
        }
        let fault = Fault::at(self.file(), span.clone(), message);
        self.faults().push(fault);
    }

    /// Notes a word that is none of those known, with the nearest of them.
    fn unknown<'w>(
        &mut self,
        span: &Range<usize>,
        what: &str,
        word: &str,
        known: impl IntoIterator<Item = &'w str> + Clone,
    ) {
        if self.faults().len() >= MOST_FAULTS {
            return;
        }
        let fault = Fault::at(self.file(), span.clone(), format!("unknown {what} `{word}`"));
        self.faults().push(fault.with_help(suggestion(word, known)));
    }

    /// Notes that a value is of another type than is wanted.
    fn wrong(&mut self, value: &Spanned<DeValue<'_>>, wanted: &str) {
        self.fault(&value.span(), format!("expected {wanted}, found {}", found(value.get_ref().type_str())));
    }

    /// A string.
    fn string<'t>(&mut self, value: &'t Spanned<DeValue<'_>>) -> Option<&'t str> {
        let found = value.get_ref().as_str();
        if found.is_none() {
            self.wrong(value, "a string");
        }
        found
    }

    /// A date, with or without quotation marks around it.
    fn date(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Date> {
        let text = match value.get_ref() {
            DeValue::Datetime(date) if date.time.is_none() => date.to_string(),
            DeValue::String(text) => text.to_string(),
            _ => {
                self.wrong(value, "a date like 2026-05-19");
                return None;
            }
        };
        let date = text.parse().ok();
        if date.is_none() {
            self.fault(&value.span(), format!("`{text}` is not a date like 2026-05-19"));
        }
        date
    }
}

/// What TOML calls a value, with its article.
fn found(kind: &str) -> &'static str {
    match kind {
        "string" => "a string",
        "integer" => "a whole number",
        "float" => "a number",
        "boolean" => "true or false",
        "datetime" => "a date",
        "array" => "a list",
        _ => "a table",
    }
}
