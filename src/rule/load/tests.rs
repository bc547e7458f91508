//! Whole rule files: what loads, what is merged, and that nothing panics.

mod faults;

use std::path::PathBuf;

use jiff::civil::Weekday;

use super::*;
use crate::rule::formula::{Operand, Outcome, evaluate};
use crate::rule::unpack::unpack;
use crate::rule::{Bind, CheckCode, Comparator, Form, Relation, TimeNature};
use crate::value::{Bound, Quantity, Shape, Unit};

const EXTRACT: &str = r#"id = "worth"
summary = "what something is worth"
why = "a test"
attribute = "worth"
kind = "money"
shape = "money"
subject = ["org"]
frames = ["<subject> be? valued at <value>"]
example = [
    { text = "It is valued at $3.", fires = true, value = "$3" },
    { text = "They are valued at $4.", fires = true },
    { text = "It is valued.", fires = false, why = "no value" },
    { text = "At $4.", fires = false, why = "no verb" },
]
"#;

const RELATE: &str = r#"id = "clash"
summary = "two values that cannot both hold"
why = "a test"
order = 10
relation = "conflict"
severity = "error"
message = "{a} against {b}"
help = "look at {a.source}"
when = { judgement = ["disjoint"], scope = ["same", "unknown"] }
example = [
    { a = "It has 3.", b = "It has 4.", fires = true },
    { a = "It has 5.", b = "It has 6.", fires = true },
    { a = "It has 3.", b = "It has 3.", fires = false, why = "the same" },
    { a = "It has 3.", b = "He has 4.", fires = false, why = "another subject" },
]
"#;

const CHECK: &str = r#"id = "total"
summary = "parts that do not add up"
why = "a test"
severity = "error"
bind = "list"
same = ["unit"]
roles = { total = {}, part = { many = true } }
holds = "total ~ sum(part)"
message = "{total} is not {right}"
holds_message = "adds up to {total}"
help = "add again"
example = [
    { text = "2 and 3 make 5.", outcome = "holds" },
    { documents = ["2 and 3", "make 6."], outcome = "fails" },
    { text = "2 and 3.", outcome = "silent", why = "no total" },
    { text = "5.", outcome = "silent", why = "no parts" },
]
"#;

const LEXICON: &str = r#"id = "titles"
summary = "titles"
why = "a test"
schema = "terms"
row = [
    { key = "chief executive officer", forms = ["ceo"], class = "executive" },
    { key = "clerk", class = "staff" },
]
example = [
    { text = "The CEO left.", fires = true },
    { text = "A clerk left.", fires = true, row = "clerk" },
    { text = "He left.", fires = false },
    { text = "She left.", fires = false },
]
"#;

const SCALE: &str = r#"id = "coinage"
summary = "who stands how near to the birth of a word"
why = "a test"
schema = "scale"
row = [
    { key = "coin", forms = ["invent"], axis = "authorship", rank = 3 },
    { key = "popularise", axis = "authorship", rank = 2 },
]
example = [
    { text = "She coined it.", fires = true },
    { text = "She popularised it.", fires = true },
    { text = "She read it.", fires = false },
    { text = "He read it.", fires = false },
]
"#;

fn file(layer: usize, below: &str, text: impl Into<String>) -> RuleFile {
    let folder = if layer == 0 { "rules" } else { "own" };
    RuleFile { path: format!("{folder}/{below}"), below: below.into(), text: Arc::from(text.into()), layer }
}

/// `text` with one part replaced, which has to be there.
fn with(text: &str, old: &str, new: &str) -> String {
    assert!(text.contains(old), "{old}");
    text.replacen(old, new, 1)
}

/// The five files that are without fault.
fn sound() -> Vec<RuleFile> {
    vec![
        file(0, "lexicon/titles.toml", LEXICON),
        file(0, "lexicon/coinage.toml", SCALE),
        file(0, "extract/worth.toml", EXTRACT),
        file(0, "relate/clash.toml", RELATE),
        file(0, "check/total.toml", CHECK),
    ]
}

#[test]
fn embedded_rules_are_without_fault() {
    if let Err(faults) = Rules::embedded() {
        panic!("{}", faults.iter().map(|f| f.render(false)).collect::<Vec<_>>().join("\n\n"));
    }
}

#[test]
fn embedded_rules_are_packed_as_they_are_written() {
    let files: Vec<(RuleFile, &[u8])> = EMBEDDED.iter().map(|e| (in_memory(e.below, e.text), e.packed)).collect();
    assert_eq!(hash(&files, &[]), EMBEDDED_DIGEST);
    for (file, packed) in files {
        let values: toml::Value = unpack(packed).unwrap();
        assert_eq!(values, toml::from_str(&file.text).unwrap(), "{}", file.below);
        // With the places of all values, as far as rules keep them.
        let wires = |packed| {
            let mut shelf = Shelf::default();
            shelf.open(file.clone(), packed);
            fn all<T: std::fmt::Debug>(of: &[Opened<T>]) -> String {
                of.iter().map(|opened| format!("{:?}", opened.wire)).collect()
            }
            let Shelf { lexicon, extract, kinds, relate, check, .. } = shelf;
            [all(&lexicon), all(&extract), all(&kinds), all(&relate), all(&check)]
        };
        assert_eq!(wires(packed), wires(&[]), "{}", file.below);
    }
}

#[test]
fn sound_files_load() {
    let rules = build(&[], sound(), &[], Vec::new()).unwrap();
    let worth = &rules.extract[0];
    assert_eq!(
        (worth.family.as_str(), worth.comparator, worth.time),
        ("worth", Comparator::Interval, TimeNature::State)
    );
    assert_eq!(rules.relate[0].relation, Relation::Conflict);
    let total = rules.check[0].form.constraint().unwrap();
    assert_eq!(total.bind, Bind::List);
    assert_eq!(total.holds.alike, [["part", "total"]]);
    assert_eq!(rules.check[0].examples[1].documents.len(), 2);
    assert_eq!(rules.lexicons["titles"].rows["chief executive officer"].forms, ["chief executive officer", "ceo"]);
    assert_eq!(rules.lexicons["titles"].classes(), ["executive", "staff"]);
    assert!(rules.overridden.is_empty());
}

#[test]
fn hash_depends_on_texts_and_not_on_order_or_machine() {
    let hash = |files: Vec<RuleFile>| build(&[], files, &[], Vec::new()).unwrap().hash;
    let mut turned = sound();
    turned.reverse();
    turned[0].path = "/somewhere/else".to_owned();
    assert_eq!(hash(sound()), hash(turned));
    let mut changed = sound();
    changed[2].text = with(EXTRACT, "a test", "another test").into();
    assert_ne!(hash(sound()), hash(changed));
}

#[test]
fn relate_rules_stand_in_their_order() {
    let first = with(&with(RELATE, "order = 10", "order = 5"), "clash", "zero");
    let same = with(RELATE, "clash", "aaa");
    let mut files = sound();
    files.extend([file(0, "relate/zero.toml", first), file(0, "relate/aaa.toml", same)]);
    let rules = build(&[], files, &[], Vec::new()).unwrap();
    let ids: Vec<_> = rules.relate.iter().map(|r| r.head.id.as_str()).collect();
    assert_eq!(ids, ["zero", "aaa", "clash"]);
}

#[test]
fn later_folders_win_and_that_is_stated() {
    let more = with(&with(LEXICON, "\"executive\"", "\"chief\""), "\"clerk\", class", "\"scribe\", class");
    let more = with(&more, "row = \"clerk\"", "row = \"scribe\"");
    let rule = with(EXTRACT, "kind = \"money\"", "kind = \"price\"\nreplaces = true");
    let mut files = sound();
    files.extend([file(1, "lexicon/titles.toml", more), file(1, "extract/worth.toml", rule)]);
    let rules = build(&[], files, &[], Vec::new()).unwrap();
    assert_eq!(rules.extract.len(), 1);
    assert_eq!(rules.extract[0].kind, "price");
    assert_eq!(rules.lexicons["titles"].classes(), ["chief", "staff"]);
    assert_eq!(rules.lexicons["titles"].rows.len(), 3);
    let stated: Vec<_> = rules.overridden.iter().map(|o| (o.id.as_str(), o.key.as_deref(), o.new.as_str())).collect();
    assert_eq!(
        stated,
        [
            ("titles", Some("chief executive officer"), "own/lexicon/titles.toml"),
            ("worth", None, "own/extract/worth.toml")
        ]
    );
}

#[test]
fn measure_lexicons_are_handed_on() {
    let mut files = sound();
    files.push(file(0, "lexicon/units.toml", include_str!("../../../rules/lexicon/units.toml")));
    let rules = build(&[], files.clone(), &[], Vec::new()).unwrap();
    assert_eq!(rules.measure_files.len(), 1);
    assert_eq!(rules.measure_files[0].path, "rules/lexicon/units.toml");
    // What the recognisers cannot read is a fault of that file.
    files.pop();
    files.push(file(0, "lexicon/units.toml", "id = \"units\"\nschema = \"units\"\nwhatever = 1\n"));
    let faults = build(&[], files, &[], Vec::new()).unwrap_err();
    assert_eq!(faults[0].path, "rules/lexicon/units.toml");
}

#[test]
fn schemas_name_every_folder_and_closed_set() {
    let schema = crate::rule::schema();
    for folder in ["lexicon", "extract", "extract-code", "relate", "check"] {
        assert!(schema[folder]["properties"]["id"].is_object(), "{folder}");
        assert_eq!(schema[folder]["additionalProperties"], false, "{folder}");
    }
    assert_eq!(schema["relate"]["properties"]["relation"]["enum"][0], "agree");
    let required = schema["check"]["required"].as_array().unwrap();
    for key in ["id", "severity", "message"] {
        assert!(required.contains(&key.into()), "{key}");
    }
    assert!(!required.contains(&"same".into()));
}

#[test]
fn folders_are_read_below_their_root() {
    let root = std::env::temp_dir().join(format!("belie-rules-{}", std::process::id()));
    let put = |below: &str, bytes: &[u8]| {
        let path = root.join(below);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    put("relate/own/clash.toml", RELATE.as_bytes());
    put("relate/notes.md", b"no rule");
    put(".hidden/x.toml", b"no rule");
    let rules = Rules::load(std::slice::from_ref(&root));
    put("relate/bytes.toml", b"\xff\xfe");
    let faults = Rules::load(std::slice::from_ref(&root));
    std::fs::remove_dir_all(&root).unwrap();
    let rules = rules.unwrap();
    assert_eq!(rules.relate.iter().find(|r| r.head.id == "clash").unwrap().head.file.below, "relate/own/clash.toml");
    let faults = faults.unwrap_err();
    assert_eq!(faults.iter().map(|f| f.message.as_str()).collect::<Vec<_>>(), ["rule file is not UTF-8"]);
}

#[test]
fn unreadable_folder() {
    let faults = Rules::load(&[PathBuf::from("no/such/folder")]).unwrap_err();
    assert_eq!(faults.len(), 1);
    let rendered = faults[0].render(false);
    assert!(rendered.starts_with("error: folder of rules cannot be read: "), "{rendered}");
    assert!(rendered.contains("--> no/such/folder"), "{rendered}");
}

#[test]
fn a_broken_file_does_not_make_others_faulty() {
    let check = with(CHECK, "part = {", "part = { rule = \"worth\",");
    let broken = with(EXTRACT, "kind = \"money\"", "kind = \"money");
    let faults = faults::faults(vec![file(0, "extract/worth.toml", broken), file(0, "check/total.toml", check)]);
    assert_eq!(faults.matches("error: ").count(), 1, "{faults}");
}

#[test]
fn checks_that_are_code() {
    const COUNTED: &str = r#"
id = "counted"
summary = "s"
why = "w"
code = "counted"
severity = "warning"
message = "{count} {outside.source}"
holds_message = "{printed} {right}"
help = "{subject}"
example = [
    { text = "a", outcome = "holds" }, { text = "b", outcome = "fails" },
    { text = "c", outcome = "silent", why = "w" }, { text = "d", outcome = "silent", why = "w" },
]
"#;
    let load = |old: &str, new: &str| {
        let loaded = build(&[], vec![file(0, "check/counted.toml", with(COUNTED, old, new))], &[], Vec::new());
        loaded.map(|rules| rules.check[0].form.clone()).map_err(|faults| faults[0].message.clone())
    };
    assert_eq!(load("why", "why"), Ok(Form::Code(CheckCode::Counted)));
    let fault = |old: &str, new: &str| load(old, new).unwrap_err();
    assert_eq!(fault("{count}", "{printed}"), "unknown placeholder `{printed}`");
    assert_eq!(fault("{printed}", "{outside}"), "unknown placeholder `{outside}`");
    assert_eq!(fault("{subject}", "{count}"), "unknown placeholder `{count}`");
    assert_eq!(fault("severity", "bind = \"row\"\nseverity"), "a check that is code has no `bind`");
    assert_eq!(fault("code = \"counted\"", "code = \"countd\""), "unknown check that is code `countd`");
    assert_eq!(fault("code = \"counted\"", "code = \"named-sources\""), "unknown placeholder `{outside.source}`");
}

/// A message names nothing that could not be filled, a role no place that its binding does not have.
#[test]
fn checks_ask_for_what_there_is() {
    let rules = Rules::embedded().unwrap();
    let text = |id: &str| rules.check.iter().find(|r| r.head.id == id).unwrap().head.file.text.to_string();
    let fault = |id: &str, old: &str, new: &str| {
        let lexicons = ["totals", "rates"].map(|id| {
            let own = &rules.lexicons[id].head.file;
            file(0, &own.below, own.text.to_string())
        });
        let mut files = lexicons.to_vec();
        files.push(file(0, &format!("check/{id}.toml"), with(&text(id), old, new)));
        build(&[], files, &[], Vec::new()).unwrap_err()[0].message.clone()
    };
    assert_eq!(fault("weekday-date", "{day} is a {right}", "{unit}"), "unknown placeholder `{unit}`");
    assert_eq!(fault("weekday-date", "check whether", "{day}"), "unknown placeholder `{day}`");
    let header = fault("column-total", "bind = \"column\"", "bind = \"sentence\"");
    assert_eq!(header, "`header` has no meaning where `bind` is \"sentence\"");
}

#[test]
fn embedded_checks_evaluate() {
    let rules = Rules::embedded().unwrap();
    let quantity = |shape, number: &str, step: &str, unit| Quantity {
        shape,
        number: number.parse().ok(),
        min: None,
        max: None,
        step: step.parse().unwrap(),
        unit,
        bound: Bound::Exact,
    };
    let year = || Unit { factor: 12.into(), ..Unit::plain("year", "duration-months") };
    let months = |from: &str, to: &str| Operand::Dates { earliest: from.parse().unwrap(), latest: to.parse().unwrap() };
    let run = |id: &str, given: Vec<(&str, Operand)>| {
        let rule = rules.check.iter().find(|r| r.head.id == id).unwrap();
        match evaluate(
            &rule.form.constraint().unwrap().holds,
            &given.into_iter().map(|(n, o)| (n.to_owned(), o)).collect(),
        ) {
            Outcome::Holds { .. } => "holds",
            Outcome::Fails { .. } => "fails",
            Outcome::Undecidable(_) => "undecidable",
        }
    };
    let length = |number: &str, step: &str, unit: Unit| {
        let rule = rules.check.iter().find(|r| r.head.id == "duration-endpoints").unwrap();
        rule.form.constraint().unwrap().roles["length"]
            .interval(&quantity(Shape::Duration, number, step, unit))
            .map(Operand::Interval)
    };
    assert_eq!(length("3", "1", Unit::plain("day", "duration")), None, "days have no exact way to months");
    let closed = |number: &str, to: (&str, &str)| {
        let length = length(number, "0.1", year()).unwrap();
        run(
            "duration-endpoints",
            vec![("length", length), ("start", months("2021-01-01", "2021-01-31")), ("end", months(to.0, to.1))],
        )
    };
    assert_eq!(closed("1.5", ("2022-07-01", "2022-07-31")), "holds");
    assert_eq!(closed("1.5", ("2023-07-01", "2023-07-31")), "fails");
    let day = |named| {
        let named = Operand::Weekday(named);
        run("weekday-date", vec![("named", named), ("day", months("2026-05-19", "2026-05-19"))])
    };
    assert_eq!((day(Weekday::Tuesday), day(Weekday::Friday)), ("holds", "fails"));
}

proptest::proptest! {
    /// Whatever is written into a rule file, loading ends with an answer.
    #[test]
    fn never_panics(at in 0usize..600, text in "[ \\[\\]{}=\"',.a-z0-9\n<>@~é]{0,12}", which in 0usize..5) {
        let mut files = sound();
        let whole = files[which].text.to_string();
        let mut at = at.min(whole.len());
        while !whole.is_char_boundary(at) {
            at -= 1;
        }
        files[which].text = format!("{}{text}{}", &whole[..at], &whole[at..]).into();
        if let Err(faults) = build(&[], files, &[], Vec::new()) {
            for fault in faults {
                let _ = fault.render(false);
            }
        }
    }
}
