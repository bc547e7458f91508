//! Every key of `belie.toml`: the one place that lists them. The parser refuses what is not here, the manual and the file
//! that `belie init` writes are held against it.

/// A key and what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// Where it stands: `""` for the top, `sources.*` for the entries of a table.
    pub section: &'static str,
    /// The key.
    pub name: &'static str,
    /// One line.
    pub help: &'static str,
}

const fn key(section: &'static str, name: &'static str, help: &'static str) -> Key {
    Key { section, name, help }
}

/// Entries of `[sources."GLOB"]`.
pub(super) const SOURCE: &str = "sources.*";
/// Entries of `[[ignore]]`.
pub(super) const IGNORE: &str = "ignore.*";
/// Entries of `[attributes.NAME]`.
pub(super) const ATTRIBUTE: &str = "attributes.*";
/// Entries of `[json]`.
pub(super) const JSON: &str = "json";

/// The table, by section and name.
pub const KEYS: &[Key] = &[
    key("", "aliases", "names and their other names"),
    key("", "as-of", "assumed date of documents that have none"),
    key("", "attributes", "attributes of figures that belie does not know"),
    key("", "fail-on", "lowest severity that makes a run exit with 1"),
    key("", "formats", "how `belie check` reports when no --format is given"),
    key("", "ignore", "regions of documents to leave out"),
    key("", "json", "which keys of JSON hold what, where not the usual ones do"),
    key("", "max-size", "largest file that is read"),
    key("", "rules", "folders of further rule files"),
    key("", "severity", "severities by rule"),
    key("", "sources", "what is known about documents"),
    key(ATTRIBUTE, "dimension", "what it is measured in"),
    key(ATTRIBUTE, "nouns", "nouns that name it"),
    key(ATTRIBUTE, "single_valued", "whether a subject has only one value at a time"),
    key(ATTRIBUTE, "verbs", "verbs that state it"),
    key(IGNORE, "files", "in which documents; all of them if missing"),
    key(IGNORE, "heading", "sections whose heading matches this expression"),
    key(IGNORE, "lines", "lines that match this expression"),
    key(JSON, "authors", "who wrote a document"),
    key(JSON, "language", "the language it is in"),
    key(JSON, "modified", "when it was last changed"),
    key(JSON, "published", "when it was published"),
    key(JSON, "publisher", "who publishes it"),
    key(JSON, "text", "its text"),
    key(JSON, "title", "its title"),
    key(JSON, "url", "where it was published"),
    key(SOURCE, "authors", "who wrote them"),
    key(SOURCE, "language", "the language they are in"),
    key(SOURCE, "modified", "when they were last changed"),
    key(SOURCE, "owner", "who owns them: sources of one owner count as one origin"),
    key(SOURCE, "published", "when they were published"),
    key(SOURCE, "publisher", "who publishes them"),
    key(SOURCE, "title", "their title"),
    key(SOURCE, "url", "where they were published"),
];

/// The names of a section's keys.
pub(super) fn names(section: &str) -> impl Iterator<Item = &'static str> + Clone {
    KEYS.iter().filter(move |k| k.section == section).map(|k| k.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, TEMPLATE};

    /// The template as it is when every example in it is turned on.
    fn uncommented() -> String {
        let setting = |l: &str| {
            l.starts_with('[') || l.split_once(" = ").is_some_and(|(k, _)| !k.contains(' ') || k.starts_with('"'))
        };
        let line = |l: &str| match l.strip_prefix("# ").or(l.strip_prefix('#')) {
            Some(rest) if setting(rest) => format!("{rest}\n"),
            _ => format!("{l}\n"),
        };
        TEMPLATE.lines().map(line).collect()
    }

    #[test]
    fn what_init_writes_changes_nothing_until_it_is_touched() {
        let config = Config::parse("belie.toml", TEMPLATE).unwrap();
        assert!(config.sources.is_empty() && config.severities.is_empty() && config.attributes.is_empty());
        assert!(config.fail_on.is_none() && config.formats.is_empty() && config.rules.is_empty());
    }

    #[test]
    fn every_key_stands_in_what_init_writes_and_its_examples_are_sound() {
        let text = uncommented();
        let faults = Config::parse("belie.toml", &text).err().unwrap_or_default();
        let faults: Vec<String> = faults.iter().map(|f| f.render(false)).collect();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        let table: toml::Table = toml::from_str(&text).unwrap();
        for k in KEYS {
            let found = match k.section.strip_suffix(".*") {
                None if k.section.is_empty() => table.contains_key(k.name),
                None => table[k.section].as_table().is_some_and(|t| t.contains_key(k.name)),
                Some(outer) => match &table[outer] {
                    toml::Value::Table(entries) => {
                        entries.values().any(|v| v.as_table().is_some_and(|t| t.contains_key(k.name)))
                    }
                    toml::Value::Array(entries) => {
                        entries.iter().any(|v| v.as_table().is_some_and(|t| t.contains_key(k.name)))
                    }
                    _ => false,
                },
            };
            assert!(found, "`{}` of `{}` is not in the template", k.name, k.section);
        }
    }

    #[test]
    fn every_key_is_in_the_manual() {
        let manual = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/configuration.md"));
        for k in KEYS {
            assert!(manual.contains(&format!("`{}`", k.name)), "docs/configuration.md does not tell of `{}`", k.name);
        }
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(KEYS.is_sorted_by_key(|k| (k.section, k.name)));
    }
}
