//! From TOML to a checked configuration; every fault of the file is found, not the first alone.

use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use globset::{GlobBuilder, GlobMatcher};
use regex::{Regex, RegexBuilder};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::file::{MOST_TEXT, parse_size, size};
use crate::rule::{Fault, OwnAttribute, Placed, RuleFile, Severity};

use super::keys::{ATTRIBUTE, IGNORE, JSON, SOURCE, names};
use super::toml::{MOST_FAULTS, Toml};
use super::{Config, FailOn, IgnoreEntry, Named, SourceEntry};

const LEVELS: [&str; 4] = ["error", "warning", "note", "off"];
/// Most bytes of a compiled expression: large enough for any list of headings.
const REGEX_BYTES: usize = 1 << 20;
/// Most expressions, each of that size.
const MOST_EXPRESSIONS: usize = 200;
/// Longest pattern of paths.
const LONGEST_PATTERN: usize = 4096;
/// How deep braces stand in braces of one.
const DEEPEST_BRACES: usize = 16;
/// Wildcards of all patterns together.
const MOST_WILDCARDS: usize = 20_000;

pub(super) fn parse(shown: &str, text: &str) -> Result<Config, Vec<Fault>> {
    // Above every folder of rules: what a project says of its words outranks what belie knows of them.
    let layer = usize::MAX;
    let file = Arc::new(RuleFile { path: shown.to_owned(), below: "belie.toml".to_owned(), text: text.into(), layer });
    let (table, errors) = DeTable::parse_recoverable(text);
    let named = Named { file: Arc::clone(&file), rules: Vec::new(), formats: Vec::new() };
    let folder = Path::new(shown).parent().unwrap_or(Path::new("")).to_owned();
    let mut parser = ConfigParser { file: &file, folder, named, faults: Vec::new(), expressions: 0, wildcards: 0 };
    for error in errors.iter().take(MOST_FAULTS) {
        let span = error.span().unwrap_or(0..0);
        parser.fault(&span, error.message().to_owned());
    }
    let mut config = Config::default();
    // What a broken file goes on to say is guesswork: its syntax comes first.
    if errors.is_empty() {
        parser.top(table.get_ref(), &mut config);
    }
    config.named = Some(parser.named);
    if parser.faults.is_empty() { Ok(config) } else { Err(parser.faults) }
}

struct ConfigParser<'a> {
    file: &'a Arc<RuleFile>,
    /// That of the file: paths in it start there.
    folder: PathBuf,
    named: Named,
    faults: Vec<Fault>,
    /// Regular expressions so far, and wildcards of patterns: what they are compiled to is bounded.
    expressions: usize,
    wildcards: usize,
}

type Entry<'t, 'i> = (&'t Spanned<std::borrow::Cow<'i, str>>, &'t Spanned<DeValue<'i>>);

impl Toml for ConfigParser<'_> {
    fn file(&self) -> &RuleFile {
        self.file
    }

    fn faults(&mut self) -> &mut Vec<Fault> {
        &mut self.faults
    }
}

impl ConfigParser<'_> {
    fn top(&mut self, table: &DeTable<'_>, config: &mut Config) {
        for (key, value) in in_order(table) {
            match key.get_ref().as_ref() {
                "fail-on" => config.fail_on = self.word(value, "severity", &FailOn::WORDS).and_then(FailOn::parse),
                "as-of" => config.as_of = self.date(value),
                "severity" => {
                    for (rule, level) in self.table(value) {
                        let id = rule.get_ref().as_ref();
                        self.named.rules.push(Placed { value: id.to_owned(), span: rule.span() });
                        if let Some(word) = self.word(level, "severity", &LEVELS) {
                            let named = |s: &Severity| s.name() == word;
                            let severity = [Severity::Note, Severity::Warning, Severity::Error].into_iter().find(named);
                            config.severities.insert(id.to_owned(), severity);
                        }
                    }
                }
                "sources" => {
                    for (pattern, entry) in self.table(value) {
                        if let Some(entry) = self.source(pattern, entry) {
                            config.sources.push(entry);
                        }
                    }
                }
                "aliases" => {
                    for (name, others) in self.table(value) {
                        if let Some(others) = self.strings(others) {
                            config.aliases.push((name.get_ref().to_string(), others));
                        }
                    }
                }
                "formats" => {
                    for word in self.placed(value) {
                        let (name, file) = word.value.split_once('=').unzip();
                        let name = name.unwrap_or(word.value.as_str()).to_owned();
                        match file.filter(|f| *f != "-") {
                            Some(file) => {
                                if let Some(path) = self.below(file, &word.span, true) {
                                    config.formats.push(format!("{name}={}", path.to_string_lossy()));
                                }
                            }
                            None => config.formats.push(word.value.clone()),
                        }
                        self.named.formats.push(Placed { value: name, span: word.span });
                    }
                }
                "max-size" => config.max_size = self.size(value),
                "json" => {
                    for (fact, keys) in self.table(value) {
                        match fact.get_ref().as_ref() {
                            known if names(JSON).any(|name| name == known) => {
                                config.json.extend(self.strings(keys).map(|keys| (known.to_owned(), keys)));
                            }
                            other => self.unknown(&fact.span(), "key", other, names(JSON)),
                        }
                    }
                }
                "rules" => {
                    let folders = self.placed(value);
                    config.rules = folders.iter().filter_map(|f| self.below(&f.value, &f.span, false)).collect();
                }
                "ignore" => {
                    let Some(entries) = value.get_ref().as_array() else {
                        self.wrong(value, "a list of tables, `[[ignore]]`,");
                        continue;
                    };
                    config.ignored = entries.iter().filter_map(|entry| self.ignored(entry)).collect();
                }
                "attributes" => {
                    for (name, entry) in self.table(value) {
                        config.attributes.extend(self.attribute(name, entry));
                    }
                }
                other => self.unknown(&key.span(), "key", other, names("")),
            }
        }
    }

    fn ignored(&mut self, value: &Spanned<DeValue<'_>>) -> Option<IgnoreEntry> {
        let mut entry = IgnoreEntry { files: Vec::new(), heading: None, lines: None };
        let found = self.faults.len();
        for (key, value) in self.table(value) {
            match key.get_ref().as_ref() {
                "files" => {
                    let patterns = self.placed(value);
                    entry.files = patterns.iter().filter_map(|p| self.glob(&p.value, &p.span)).collect();
                }
                "heading" => entry.heading = self.expression(value),
                "lines" => entry.lines = self.expression(value),
                other => self.unknown(&key.span(), "key", other, names(IGNORE)),
            }
        }
        if self.faults.len() > found {
            return None;
        }
        if entry.heading.is_none() && entry.lines.is_none() {
            self.fault(&value.span(), "has neither `heading` nor `lines`, so it ignores nothing");
            return None;
        }
        Some(entry)
    }

    fn attribute(
        &mut self,
        name: &Spanned<std::borrow::Cow<'_, str>>,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<OwnAttribute> {
        let found = self.faults.len();
        let mut own = OwnAttribute {
            name: Placed { value: name.get_ref().to_string(), span: name.span() },
            nouns: Vec::new(),
            verbs: Vec::new(),
            dimension: None,
            single_valued: false,
            file: Arc::clone(self.file),
        };
        for (key, value) in self.table(value) {
            match key.get_ref().as_ref() {
                "nouns" => own.nouns = self.lemmas(value),
                "verbs" => own.verbs = self.lemmas(value),
                "dimension" => {
                    let word = self.string(value).map(str::to_owned);
                    own.dimension = word.map(|word| Placed { value: word, span: value.span() });
                }
                "single_valued" => match value.get_ref().as_bool() {
                    Some(yes) => own.single_valued = yes,
                    None => self.wrong(value, "true or false"),
                },
                other => self.unknown(&key.span(), "key", other, names(ATTRIBUTE)),
            }
        }
        let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        if !own.name.value.split('-').all(|part| !part.is_empty() && part.chars().all(word)) {
            self.fault(&name.span(), "a name consists of lower-case words joined by hyphens, as `wing-span`");
        } else if self.faults.len() == found && own.nouns.is_empty() && own.verbs.is_empty() {
            self.fault(&name.span(), "has neither `nouns` nor `verbs`, so no text can state it");
        }
        (self.faults.len() == found).then_some(own)
    }

    /// Words as texts are searched for them.
    fn lemmas(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<String> {
        let mut words = Vec::new();
        for word in self.placed(value) {
            if word.value.trim().is_empty() {
                self.fault(&word.span, "an empty word is in every text");
            }
            words.push(word.value.trim().to_lowercase());
        }
        words
    }

    /// A path below the folder of the file. Configuration may have come with the sources: it names nothing elsewhere, and
    /// writes nothing that is hidden, where other programs keep what they act on.
    fn below(&mut self, path: &str, span: &Range<usize>, written: bool) -> Option<PathBuf> {
        let parts: Vec<Component<'_>> = Path::new(path).components().collect();
        let inside = |c: &Component<'_>| matches!(c, Component::Normal(_) | Component::CurDir);
        let hidden = |c: &Component<'_>| matches!(c, Component::Normal(n) if n.to_string_lossy().starts_with('.'));
        let why = if !parts.iter().all(inside) {
            "lies outside the folder of this file"
        } else if !parts.iter().any(|c| matches!(c, Component::Normal(_))) {
            "does not name a file or folder below this file"
        } else if written && parts.iter().any(hidden) {
            "is hidden; nothing is written there"
        } else {
            return Some(self.folder.join(path));
        };
        if self.faults.len() < MOST_FAULTS {
            let option = if written { "--format" } else { "--rules" };
            let fault = Fault::at(self.file, span.clone(), format!("`{path}` {why}"));
            self.faults
                .push(fault.with_help(format!("{option} may name any place; a configuration only those beside it")));
        }
        None
    }

    /// A size, no larger than what is read without it.
    fn size(&mut self, value: &Spanned<DeValue<'_>>) -> Option<u64> {
        let text = match value.get_ref() {
            DeValue::Integer(number) => number.as_str().to_owned(),
            _ => self.string(value)?.to_owned(),
        };
        match parse_size(&text) {
            None => self.fault(&value.span(), format!("`{text}` is not a size like 500K or 16M")),
            Some(most) if most > MOST_TEXT => {
                self.fault(
                    &value.span(),
                    format!("a configuration cannot allow more than {}; --max-size can", size(MOST_TEXT)),
                );
            }
            Some(most) => return Some(most),
        }
        None
    }

    fn glob(&mut self, pattern: &str, span: &Range<usize>) -> Option<GlobMatcher> {
        // Braces may stand in braces, and every wildcard is a table when it is compiled.
        let nested = pattern.bytes().fold((0_usize, 0_usize), |(depth, most), b| match b {
            b'{' => (depth + 1, most.max(depth + 1)),
            b'}' => (depth.saturating_sub(1), most),
            _ => (depth, most),
        });
        self.wildcards += pattern.bytes().filter(|b| b"*?[{".contains(b)).count();
        if nested.1 > DEEPEST_BRACES || pattern.len() > LONGEST_PATTERN || self.wildcards > MOST_WILDCARDS {
            self.fault(span, "too large a pattern, or too many of them");
            return None;
        }
        match GlobBuilder::new(pattern).literal_separator(true).build() {
            Ok(glob) => Some(glob.compile_matcher()),
            Err(e) => {
                self.fault(span, format!("not a pattern: {}", e.kind()));
                None
            }
        }
    }

    fn expression(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Regex> {
        let text = self.string(value)?;
        self.expressions += 1;
        if self.expressions > MOST_EXPRESSIONS {
            self.fault(&value.span(), format!("more than {MOST_EXPRESSIONS} regular expressions"));
            return None;
        }
        match RegexBuilder::new(text).size_limit(REGEX_BYTES).build() {
            Ok(regex) => Some(regex),
            Err(regex::Error::CompiledTooBig(_)) => {
                self.fault(&value.span(), "too large a regular expression");
                None
            }
            Err(e) => {
                // Its last line says what; those before it draw the expression, which the fault does as well.
                let message = e.to_string();
                let what = message.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
                self.fault(&value.span(), format!("not a regular expression: {what}"));
                None
            }
        }
    }

    fn source(
        &mut self,
        pattern: &Spanned<std::borrow::Cow<'_, str>>,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<SourceEntry> {
        let pattern = self.glob(pattern.get_ref(), &pattern.span())?;
        let mut entry = SourceEntry {
            pattern,
            title: None,
            language: None,
            publisher: None,
            published: None,
            modified: None,
            authors: None,
            url: None,
            owner: None,
        };
        for (key, value) in self.table(value) {
            match key.get_ref().as_ref() {
                "title" => entry.title = self.string(value).map(str::to_owned),
                "language" => entry.language = self.string(value).map(str::to_owned),
                "publisher" => entry.publisher = self.string(value).map(str::to_owned),
                "owner" => entry.owner = self.string(value).map(str::to_owned),
                "published" => entry.published = self.date(value),
                "modified" => entry.modified = self.date(value),
                "authors" => entry.authors = self.strings(value),
                "url" => entry.url = self.string(value).map(str::to_owned),
                other => self.unknown(&key.span(), "key", other, names(SOURCE)),
            }
        }
        Some(entry)
    }

    fn table<'t, 'i>(&mut self, value: &'t Spanned<DeValue<'i>>) -> Vec<Entry<'t, 'i>> {
        match value.get_ref().as_table() {
            Some(table) => in_order(table),
            None => {
                self.wrong(value, "a table");
                Vec::new()
            }
        }
    }

    fn strings(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Vec<String>> {
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(value, "a list of strings");
            return None;
        };
        items.iter().map(|item| self.string(item).map(str::to_owned)).collect()
    }

    /// The strings of a list, each with its place; one string is a list of one.
    fn placed(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<Placed<String>> {
        let one = std::slice::from_ref(value);
        let items: Vec<&Spanned<DeValue<'_>>> = match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            DeValue::String(_) => one.iter().collect(),
            _ => {
                self.wrong(value, "a string or a list of strings");
                Vec::new()
            }
        };
        let placed = |item: &Spanned<DeValue<'_>>, text: &str| Placed { value: text.to_owned(), span: item.span() };
        items.into_iter().filter_map(|item| self.string(item).map(|text| placed(item, text))).collect()
    }

    fn word<'t>(&mut self, value: &'t Spanned<DeValue<'_>>, what: &str, known: &[&'static str]) -> Option<&'t str> {
        let word = self.string(value)?;
        if known.contains(&word) {
            return Some(word);
        }
        self.unknown(&value.span(), what, word, known.iter().copied());
        None
    }
}

/// Keys in the order of the file: a later entry wins.
fn in_order<'t, 'i>(table: &'t DeTable<'i>) -> Vec<Entry<'t, 'i>> {
    let mut entries: Vec<Entry<'t, 'i>> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn check(text: &str) -> String {
        let known = (BTreeSet::from(["date-conflict", "bound-fits"]), BTreeSet::from(["json", "terminal"]));
        let checked = parse("docs/belie.toml", text).and_then(|c| c.check(&known.0, &known.1).map(|()| c));
        match checked {
            Ok(config) => format!(
                "{:?} {:?} {:?} {:?} {:?}\n{:?} {:?} {:?} {:?}",
                config.fail_on,
                config.as_of,
                config.severities,
                config.aliases,
                config
                    .sources
                    .iter()
                    .map(|s| (s.pattern.glob().glob(), &s.publisher, s.published, &s.owner, &s.title, &s.language))
                    .collect::<Vec<_>>(),
                config.formats,
                config.rules,
                config
                    .ignored
                    .iter()
                    .map(|i| (
                        i.files.len(),
                        i.heading.as_ref().map(Regex::as_str),
                        i.lines.as_ref().map(Regex::as_str)
                    ))
                    .collect::<Vec<_>>(),
                config
                    .attributes
                    .iter()
                    .map(|a| (
                        &a.name.value,
                        &a.nouns,
                        &a.verbs,
                        a.dimension.as_ref().map(|d| &d.value),
                        a.single_valued
                    ))
                    .collect::<Vec<_>>(),
            ),
            Err(faults) => faults.iter().map(|f| f.render(false)).collect::<Vec<_>>().join("\n\n"),
        }
    }

    #[test]
    fn all_keys() {
        insta::assert_snapshot!(check(
            "formats = [\"terminal\", \"json=out.json\"]\nrules = \"own\"\nfail-on = \"never\"\nas-of = 2026-05-22\n[severity]\ndate-conflict = \"warning\"\nbound-fits = \"off\"\n\
             [sources.\"news/*.txt\"]\npublisher = \"The Post\"\npublished = 2026-05-20\nowner = \"A\"\ntitle = \"T\"\nlanguage = \"en\"\n\
             [aliases]\n\"Alder Bridge\" = [\"the Alder\"]\n[[ignore]]\nfiles = \"*.md\"\nheading = \"^Old$\"\n[[ignore]]\nlines = '^Ad'\n\
             [attributes.wing-span]\nnouns = [\"Wingspan\"]\ndimension = \"length\"\nsingle_valued = true\n"
        ), @r#"
        Some(Never) Some(2026-05-22) {"bound-fits": None, "date-conflict": Some(Warning)} [("Alder Bridge", ["the Alder"])] [("news/*.txt", Some("The Post"), Some(2026-05-20), Some("A"), Some("T"), Some("en"))]
        ["terminal", "json=docs/out.json"] ["docs/own"] [(1, Some("^Old$"), None), (0, None, Some("^Ad"))] [("wing-span", ["wingspan"], [], Some("length"), true)]
        "#);
        assert!(check("").starts_with("None None {} [] []"));
    }

    #[test]
    fn faults() {
        insta::assert_snapshot!(check(
            "fail-om = \"error\"\nas-of = \"May\"\n[severity]\ndate-conflct = \"loud\"\n[sources.\"a[\"]\n\
             [sources.b]\npubliser = \"x\"\npublished = 3\n[aliases]\nx = \"y\"\n"
        ), @r#"
        error: unknown key `fail-om`
         --> docs/belie.toml:1:1
          |
        1 | fail-om = "error"
          | ^^^^^^^
          |
          = help: did you mean `fail-on`?

        error: `May` is not a date like 2026-05-19
         --> docs/belie.toml:2:9
          |
        2 | as-of = "May"
          |         ^^^^^

        error: unknown severity `loud`
         --> docs/belie.toml:4:16
          |
        4 | date-conflct = "loud"
          |                ^^^^^^
          |
          = help: known: `error`, `warning`, `note`, `off`

        error: not a pattern: unclosed character class; missing ']'
         --> docs/belie.toml:5:10
          |
        5 | [sources."a["]
          |          ^^^^

        error: unknown key `publiser`
         --> docs/belie.toml:7:1
          |
        7 | publiser = "x"
          | ^^^^^^^^
          |
          = help: did you mean `publisher`?

        error: expected a date like 2026-05-19, found a whole number
         --> docs/belie.toml:8:13
          |
        8 | published = 3
          |             ^

        error: expected a list of strings, found a string
          --> docs/belie.toml:10:5
           |
        10 | x = "y"
           |     ^^^
        "#);
    }

    #[test]
    fn faults_of_regions_and_attributes() {
        insta::assert_snapshot!(check(
            "formats = 3\n[[ignore]]\nheading = \"(\"\n[[ignore]]\nfiles = \"a\"\n[[ignore]]\nheadings = \"a\"\n\
             [attributes.Wing]\nnouns = [\"a\"]\n[attributes.span]\nsingle-valued = true\n[attributes.y]\n"
        ), @r#"
        error: expected a string or a list of strings, found a whole number
         --> docs/belie.toml:1:11
          |
        1 | formats = 3
          |           ^

        error: not a regular expression: unclosed group
         --> docs/belie.toml:3:11
          |
        3 | heading = "("
          |           ^^^

        error: has neither `heading` nor `lines`, so it ignores nothing
         --> docs/belie.toml:4:1
          |
        4 | [[ignore]]
          | ^^^^^^^^^^

        error: unknown key `headings`
         --> docs/belie.toml:7:1
          |
        7 | headings = "a"
          | ^^^^^^^^
          |
          = help: did you mean `heading`?

        error: a name consists of lower-case words joined by hyphens, as `wing-span`
         --> docs/belie.toml:8:13
          |
        8 | [attributes.Wing]
          |             ^^^^

        error: unknown key `single-valued`
          --> docs/belie.toml:11:1
           |
        11 | single-valued = true
           | ^^^^^^^^^^^^^
           |
           = help: did you mean `single_valued`?

        error: has neither `nouns` nor `verbs`, so no text can state it
          --> docs/belie.toml:12:13
           |
        12 | [attributes.y]
           |             ^
        "#);
    }

    #[test]
    fn what_is_named_has_to_be_there() {
        insta::assert_snapshot!(check("formats = [\"jsn=x\"]\n[severity]\ndate-conflct = \"note\"\n"), @r#"
        error: unknown format `jsn`
         --> docs/belie.toml:1:12
          |
        1 | formats = ["jsn=x"]
          |            ^^^^^^^
          |
          = help: did you mean `json`?

        error: unknown rule `date-conflct`
         --> docs/belie.toml:3:1
          |
        3 | date-conflct = "note"
          | ^^^^^^^^^^^^
          |
          = help: did you mean `date-conflict`?
        "#);
    }

    #[test]
    fn syntax() {
        insta::assert_snapshot!(check("fail-on = \"error\nas-of = 2026-05-22\n"), @r#"
        error: invalid basic string, expected `"`
         --> docs/belie.toml:1:17
          |
        1 | fail-on = "error
          |                 ^
        "#);
    }
}
