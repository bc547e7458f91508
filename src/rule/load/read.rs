//! From a rule file to its wire type.
//!
//! serde stops at the first key that does not fit; here that key is taken out and reading goes on, so that one run
//! shows all faults of a file.

use std::ops::Range;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_spanned::Spanned;
use toml::de::{DeArray, DeTable, DeValue, Deserializer};

use crate::rule::fault::{Fault, MOST_FAULTS, nearest, suggestion};
use crate::rule::place::RuleFile;
use crate::rule::unpack::{unpack, value_of};
use crate::text::parser_words;

/// A file read as `T`, with the names of the keys that had to be taken out.
pub(super) struct Deserialized<T> {
    pub(super) wire: Option<T>,
    pub(super) gone: Vec<String>,
    pub(super) faults: Vec<Fault>,
}

/// The values of a rule file.
pub(super) enum Values<'f> {
    Packed(&'static [u8]),
    Written(Spanned<DeTable<'f>>),
}

impl<'f> Values<'f> {
    /// Those that were packed, or those of the text; or all its syntax faults: what is left of a text that is no TOML would
    /// only give faults that follow from the first.
    pub(super) fn new(file: &'f RuleFile, packed: &'static [u8]) -> Result<Values<'f>, Vec<Fault>> {
        if !packed.is_empty() {
            return Ok(Values::Packed(packed));
        }
        let (table, errors) = DeTable::parse_recoverable(&file.text);
        let fault = |error: toml::de::Error| {
            let end = file.text.len();
            Fault::at(file, error.span().unwrap_or(end..end), format!("no TOML: {}", error.message()))
        };
        let faults: Vec<Fault> = errors.into_iter().take(MOST_FAULTS).map(fault).collect();
        if faults.is_empty() { Ok(Values::Written(table)) } else { Err(faults) }
    }

    /// Whether a key is there.
    pub(super) fn has(&self, key: &str) -> bool {
        match self {
            Values::Packed(packed) => value_of::<IgnoredAny>(packed, key).is_some(),
            Values::Written(table) => table.get_ref().contains_key(key),
        }
    }

    /// The word that a key is set to.
    pub(super) fn word(&self, key: &str) -> Option<&str> {
        match self {
            Values::Packed(packed) => value_of(packed, key),
            Values::Written(table) => table.get_ref().get(key)?.get_ref().as_str(),
        }
    }

    /// Reads them as a wire type.
    pub(super) fn read<T: DeserializeOwned>(self, file: &RuleFile) -> Deserialized<T> {
        match self {
            Values::Packed(packed) => match unpack(packed) {
                Ok(wire) => Deserialized { wire: Some(wire), gone: Vec::new(), faults: Vec::new() },
                // What is at fault, the text tells.
                Err(_) => read(file, DeTable::parse_recoverable(&file.text).0),
            },
            Values::Written(table) => read(file, table),
        }
    }
}

fn read<T: DeserializeOwned>(file: &RuleFile, mut table: Spanned<DeTable<'_>>) -> Deserialized<T> {
    let (mut gone, mut faults) = (Vec::new(), Vec::new());
    while faults.len() < MOST_FAULTS {
        let error = match T::deserialize(Deserializer::from(table.clone())) {
            Ok(wire) => return Deserialized { wire: Some(wire), gone, faults },
            Err(error) => error,
        };
        let span = error.span().unwrap_or(0..0);
        faults.push(explain(file, &span, error.message()));
        gone.extend(meant(error.message()));
        match take_out(table.get_mut(), &span) {
            Some(key) => gone.push(key),
            None => break,
        }
    }
    Deserialized { wire: None, gone, faults }
}

/// The key that an unknown one is a typo of: it is not missing as well.
fn meant(message: &str) -> Option<String> {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let (key, known) = quoted.split_first().filter(|_| message.starts_with("unknown field"))?;
    nearest(key, known.iter().copied()).map(str::to_owned)
}

/// serde's words in ours.
fn explain(file: &RuleFile, span: &Range<usize>, message: &str) -> Fault {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    if let (true, Some((key, known))) = (message.starts_with("unknown field"), quoted.split_first()) {
        return Fault::at(file, span.clone(), format!("unknown key `{key}`"))
            .with_help(suggestion(key, known.iter().copied()));
    }
    Fault::at(file, span.clone(), parser_words(message))
}

/// Removes the entry whose key or value stands at `span`, and gives back the name of the key it stood under.
fn take_out(table: &mut DeTable<'_>, span: &Range<usize>) -> Option<String> {
    let hit = table.iter().find(|(key, value)| key.span() == *span || value.span() == *span).map(|(k, _)| k.clone());
    if let Some(key) = hit {
        table.remove(&key);
        return Some(key.get_ref().to_string());
    }
    let keys: Vec<_> = table.keys().cloned().collect();
    keys.into_iter().find_map(|key| {
        let name = key.get_ref().to_string();
        take_out_of(table.get_mut(&key)?.get_mut(), span, &name)
    })
}

#[expect(clippy::mem_replace_with_default, reason = "`take` would ask for the `'static` default and tie the lifetimes")]
fn take_out_of(value: &mut DeValue<'_>, span: &Range<usize>, name: &str) -> Option<String> {
    match value {
        DeValue::Table(table) => take_out(table, span),
        DeValue::Array(array) => {
            if array.iter().any(|item| item.span() == *span) {
                let old = std::mem::replace(array, DeArray::default());
                old.into_iter().filter(|item| item.span() != *span).for_each(|item| array.push(item));
                return Some(name.to_owned());
            }
            array.iter_mut().find_map(|item| take_out_of(item.get_mut(), span, name))
        }
        _ => None,
    }
}
