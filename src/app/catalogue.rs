//! All rules of a run as one list, whatever their kind: what `rules`, `explain`, `--select` and the configuration name.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;

use crate::rule::{
    CheckRule, Expected, ExtractExample, ExtractRule, Form, Head, KindRule, Lexicon, Overridden, RelateRule, RuleFile,
    Rules, Severity, Template,
};

/// The four kinds of rule files, in the order in which they are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Words and their classes, units, calendars.
    Lexicon,
    /// Claims stated by wording.
    Extract,
    /// Judgements and gates to relations.
    Relate,
    /// Consistency constraints.
    Check,
}

impl Kind {
    /// The folder's name, which is the kind's.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Lexicon => "lexicon",
            Kind::Extract => "extract",
            Kind::Relate => "relate",
            Kind::Check => "check",
        }
    }
}

/// What an example is to bring about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The rule speaks: a claim, a link, a term.
    Fires,
    /// The consistency constraint holds.
    Holds,
    /// The consistency constraint is refuted.
    Fails,
    /// The rule stays silent.
    Silent,
}

impl Outcome {
    /// As `rules show` and `rules test` print it.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Fires => "fires",
            Outcome::Holds => "holds",
            Outcome::Fails => "fails",
            Outcome::Silent => "silent",
        }
    }

    fn of(fires: bool) -> Outcome {
        if fires { Outcome::Fires } else { Outcome::Silent }
    }
}

/// An example of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The documents it is run on, at least one.
    pub documents: Vec<String>,
    /// What is to happen.
    pub outcome: Outcome,
    /// Why, for those that stay silent.
    pub why: Option<String>,
    /// The words of the value that is to be read.
    pub value: Option<String>,
    /// The subject that is to be found.
    pub subject: Option<String>,
    /// The row of a lexicon that is to be found.
    pub row: Option<String>,
    /// Its bytes in the rule's file.
    pub place: Range<usize>,
}

/// A rule as people see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which kind.
    pub kind: Kind,
    /// Its id: the name of its file.
    pub id: String,
    /// One line.
    pub summary: String,
    /// Why it is there.
    pub why: String,
    /// How loudly it speaks, before the configuration; `None` for rules that do not.
    pub severity: Option<Severity>,
    /// What is particular to its kind: names and what they are set to.
    pub facts: Vec<(&'static str, String)>,
    /// Its examples.
    pub examples: Vec<Example>,
    /// What it has replaced: `row in FILE`, or the file of an earlier rule.
    pub overridden: Vec<String>,
    /// The file it was read from.
    pub file: Arc<RuleFile>,
}

impl Entry {
    /// What is particular to its kind by name; empty when it has no such thing.
    pub fn fact(&self, name: &str) -> &str {
        self.facts.iter().find(|(n, _)| *n == name).map_or("", |(_, value)| value)
    }
}

/// The rules, by kind and id.
pub fn catalogue(rules: &Rules) -> Vec<Entry> {
    let mut entries: Vec<Entry> = rules.lexicons.values().map(lexicon).collect();
    entries.extend(rules.measure_files.iter().filter_map(|file| measure(&file.path, &file.text)));
    entries.extend(rules.extract.iter().map(extract));
    entries.extend(rules.kinds.iter().map(kind));
    entries.extend(rules.relate.iter().map(relate));
    entries.extend(rules.check.iter().map(check));
    for entry in &mut entries {
        let of_entry = |o: &&Overridden| o.id == entry.id && (o.key.is_some() == (entry.kind == Kind::Lexicon));
        let words = |o: &Overridden| o.key.as_ref().map_or(o.old.clone(), |key| format!("{key} in {}", o.old));
        entry.overridden = rules.overridden.iter().filter(of_entry).map(words).collect();
    }
    entries.sort_by(|a, b| (a.kind, &a.id, &a.file.path).cmp(&(b.kind, &b.id, &b.file.path)));
    entries
}

/// The ids of all rules.
pub(super) fn ids(entries: &[Entry]) -> BTreeSet<&str> {
    entries.iter().map(|e| e.id.as_str()).collect()
}

fn entry(kind: Kind, head: &Head, severity: Option<Severity>, facts: Vec<(&'static str, String)>) -> Entry {
    Entry {
        kind,
        id: head.id.clone(),
        summary: head.summary.clone(),
        why: head.why.clone(),
        severity,
        facts,
        examples: Vec::new(),
        overridden: Vec::new(),
        file: Arc::clone(&head.file),
    }
}

fn example(documents: &[&String], outcome: Outcome, why: &Option<String>, place: &Range<usize>) -> Example {
    Example {
        documents: documents.iter().map(|d| (*d).clone()).collect(),
        outcome,
        why: why.clone(),
        value: None,
        subject: None,
        row: None,
        place: place.clone(),
    }
}

/// A message as it stands in its file.
fn source(template: &Template) -> String {
    template.render(|name| format!("{{{name}}}"))
}

fn names<T: Copy>(of: &[T], name: impl Fn(T) -> &'static str) -> String {
    of.iter().map(|&t| name(t)).collect::<Vec<_>>().join(", ")
}

fn lexicon(lexicon: &Lexicon) -> Entry {
    let facts = vec![("schema", lexicon.schema.name().to_owned()), ("rows", lexicon.rows.len().to_string())];
    let with_row = |x: &crate::rule::LexiconExample| Example {
        row: x.row.clone(),
        ..example(&[&x.text], Outcome::of(x.fires), &x.why, &x.place)
    };
    Entry {
        examples: lexicon.examples.iter().map(with_row).collect(),
        ..entry(Kind::Lexicon, &lexicon.head, None, facts)
    }
}

/// What a lexicon that the recogniser reads itself says of itself.
#[derive(Deserialize)]
struct MeasureHead {
    id: String,
    summary: String,
    why: String,
    schema: String,
    #[serde(default)]
    row: Vec<toml::Table>,
    #[serde(default)]
    example: Vec<Spanned<MeasureExample>>,
}

#[derive(Deserialize)]
struct MeasureExample {
    text: String,
    fires: bool,
    row: Option<String>,
    why: Option<String>,
}

fn measure(path: &str, text: &str) -> Option<Entry> {
    // A file that cannot be read is a fault, reported when the measures are built.
    let head: MeasureHead = toml::from_str(text).ok()?;
    let below = path.rsplit_once("lexicon/").map_or(path, |(_, name)| name);
    let file = RuleFile { path: path.to_owned(), below: format!("lexicon/{below}"), text: text.into(), layer: 0 };
    let examples = head.example.iter().map(|spanned| {
        let x = spanned.get_ref();
        Example { row: x.row.clone(), ..example(&[&x.text], Outcome::of(x.fires), &x.why, &spanned.span()) }
    });
    Some(Entry {
        kind: Kind::Lexicon,
        summary: head.summary,
        why: head.why,
        severity: None,
        facts: vec![("schema", head.schema), ("rows", head.row.len().to_string())],
        examples: examples.collect(),
        overridden: Vec::new(),
        file: Arc::new(file),
        id: head.id,
    })
}

fn extract(rule: &ExtractRule) -> Entry {
    let mut facts = vec![("attribute", rule.attribute.clone())];
    facts.extend(rule.called.iter().map(|words| ("called", words.clone())));
    facts.extend([
        ("kind", rule.kind.clone()),
        ("shape", rule.shape.name().to_owned()),
        ("subject", names(&rule.subject, |t| t.name())),
        ("time", rule.time.name().to_owned()),
        ("comparator", rule.comparator.name().to_owned()),
    ]);
    facts.extend(rule.frames.iter().map(|f| ("frame", f.source.clone())));
    for (name, words) in [("nouns", &rule.cues.nouns), ("verbs", &rule.cues.verbs)] {
        facts.extend((!words.is_empty()).then(|| (name, words.join(", "))));
    }
    facts.extend(rule.cues.dimension.iter().map(|d| ("dimension", d.clone())));
    Entry { examples: extracted(&rule.examples), ..entry(Kind::Extract, &rule.head, None, facts) }
}

fn kind(rule: &KindRule) -> Entry {
    let facts = vec![("code", rule.code.name().to_owned())];
    Entry { examples: extracted(&rule.examples), ..entry(Kind::Extract, &rule.head, None, facts) }
}

fn extracted(examples: &[ExtractExample]) -> Vec<Example> {
    let one = |x: &ExtractExample| Example {
        value: x.value.clone(),
        subject: x.subject.clone(),
        ..example(&[&x.text], Outcome::of(x.fires), &x.why, &x.place)
    };
    examples.iter().map(one).collect()
}

fn relate(rule: &RelateRule) -> Entry {
    let facts = vec![
        ("order", rule.order.to_string()),
        ("relation", rule.relation.name().to_owned()),
        ("message", source(&rule.message)),
        ("help", source(&rule.help)),
    ];
    let examples = rule.examples.iter().map(|x| example(&[&x.a, &x.b], Outcome::of(x.fires), &x.why, &x.place));
    Entry { examples: examples.collect(), ..entry(Kind::Relate, &rule.head, Some(rule.severity), facts) }
}

fn check(rule: &CheckRule) -> Entry {
    let mut facts = match &rule.form {
        Form::Constraint(form) => {
            let mut facts = vec![("bind", form.bind.name().to_owned())];
            if !form.same.is_empty() {
                facts.push(("same", names(&form.same, |s| s.name())));
            }
            facts.extend(form.unless.as_ref().map(|cue| ("unless", format!("@{}", cue.lexicon))));
            facts.push(("holds", form.holds.source.clone()));
            facts
        }
        Form::Code(code) => vec![("code", code.name().to_owned())],
    };
    facts.push(("message", source(&rule.message)));
    facts.push(("help", source(&rule.help)));
    let examples = rule.examples.iter().map(|x| {
        let outcome = match x.outcome {
            Expected::Holds => Outcome::Holds,
            Expected::Fails => Outcome::Fails,
            Expected::Silent => Outcome::Silent,
        };
        example(&x.documents.iter().collect::<Vec<_>>(), outcome, &x.why, &x.place)
    });
    Entry { examples: examples.collect(), ..entry(Kind::Check, &rule.head, Some(rule.severity), facts) }
}
