//! A small analysis made by hand: two accounts of a bridge against a third, with a note, a check and a problem.

use std::collections::BTreeMap;

use jiff::civil::{Weekday, date};
use rust_decimal::Decimal;

use crate::claim::{Claim, ContextRole, Modality, Subject, TimeNature};
use crate::entity::EntityType;
use crate::finding::{Analysis, Checked, Coverage, Finding, Group, Spoken, Status};
use crate::graph::{BasisKind, Gate, GateName, Grounds, Link, Relation, Severity, Verdict};
use crate::problem::{Level, Problem};
use crate::rule::Comparator;
use crate::source::Document;
use crate::text::Span;
use crate::value::{Bound, Judgement, Quantity, Shape, TimeValue, Unit, Value};

pub(crate) const HARBOUR: &str = "The Alder Bridge opened on 12 May 2021.\n\
     It cost $1.5 million and carries nearly 3,000 cars a day.\n";
const COUNCIL: &str =
    "Crowds came when the Alder Bridge opened on Friday, 14 May 2021.\nThe work cost 1.5 million dollars.\n";

/// One long line, an escape sequence in it, and a value near its end.
pub(crate) fn letters() -> String {
    let padding = "A reader remembers the old ferry, its horn and the queue on the quay – “every morning”, she says. ";
    format!(
        "{}\u{1b}[31mThe Alder Bridge opened on 14 May 2021\u{1b}[0m, {}and at least 2,900 cars cross it a day, under a sky that was grey.\n",
        padding.repeat(6),
        padding.repeat(6)
    )
}

fn find(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap();
    Span::new(start, start + words.len())
}

fn day(day: i8, weekday: Option<Weekday>) -> Value {
    let at = date(2021, 5, day);
    Value::Time(TimeValue {
        edtf: at.to_string(),
        earliest: Some(at),
        latest: Some(at),
        parts: (Some(2021), Some(5), Some(day)),
        weekday,
        bound: Bound::Exact,
        relative: false,
    })
}

pub(crate) fn quantity(shape: Shape, number: &str, step: &str, unit: Unit, bound: Bound) -> Value {
    let number: Decimal = number.parse().unwrap();
    let step = step.parse().unwrap();
    Value::Quantity(Quantity { shape, number: Some(number), min: None, max: None, step, unit, bound })
}

fn claim(document: (u32, &str), id: &str, line: &str, words: &str, attribute: &str, value: Value) -> Claim {
    let (source, text) = document;
    let shape = match &value {
        Value::Quantity(q) => q.shape,
        Value::Time(_) => Shape::Date,
        Value::Text(_) => Shape::Text,
    };
    Claim {
        id: id.to_owned(),
        source,
        context_spans: text
            .find("Alder Bridge")
            .map(|s| (ContextRole::Subject, Span::new(s, s + 12)))
            .into_iter()
            .collect(),
        subject: Some(Subject {
            name: "Alder Bridge".to_owned(),
            kind: EntityType::Place,
            entity: Some(0),
            instance: None,
        }),
        single_valued: true,
        moves: TimeNature::Event,
        comparator: Comparator::Date,
        rule: attribute.to_owned(),
        ..Claim::plain(shape.name(), attribute.to_owned(), (find(text, line), find(text, words)), value)
    }
}

fn link(id: &str, relation: Relation, severity: Severity, a: u32, b: u32, because: &str) -> Link {
    let gate = |gate, verdict, basis: &str| Gate {
        gate,
        verdict,
        a: "Alder Bridge".to_owned(),
        b: "Alder Bridge".to_owned(),
        basis: basis.to_owned(),
        basis_kind: BasisKind::Other,
    };
    Link {
        id: id.to_owned(),
        relation,
        severity,
        a,
        b,
        also: Vec::new(),
        confidence: 950,
        rule: "date-conflict".to_owned(),
        message: because.to_owned(),
        grounds: Grounds {
            gates: vec![
                gate(GateName::Entity, Verdict::Same, "one name"),
                gate(GateName::Time, Verdict::Unknown, "no as-of on either side"),
            ],
            comparator: "date".to_owned(),
            judgement: Some(Judgement::Disjoint),
            because: because.to_owned(),
            missing: Vec::new(),
        },
    }
}

fn group(value: &str, claims: &[u32], sources: &[u32], origins: &[&str]) -> Group {
    Group {
        value: value.to_owned(),
        claims: claims.to_vec(),
        sources: sources.to_vec(),
        origins: origins.iter().map(|o| (*o).to_owned()).collect(),
    }
}

fn finding(id: &str, severity: Severity, relation: Relation, attribute: &str, groups: Vec<Group>) -> Finding {
    let mut claims: Vec<u32> = groups.iter().flat_map(|g| g.claims.clone()).collect();
    claims.sort_unstable();
    Finding {
        id: id.to_owned(),
        rule: if relation == Relation::Conflict { "date-conflict" } else { "bound-fits" }.to_owned(),
        severity,
        relation,
        confidence: 950,
        subject: Some("Alder Bridge".to_owned()),
        attribute: attribute.to_owned(),
        scope: BTreeMap::from([("period".to_owned(), "2021".to_owned())]),
        as_of: None,
        primary: claims[0],
        claims,
        outlier: (relation == Relation::Conflict).then_some(1),
        groups,
        message: format!("two accounts of {attribute}: see both"),
        notes: vec!["both speak of the Alder Bridge".to_owned()],
        help: "find the record that dates it".to_owned(),
        fingerprint: "ff00".to_owned(),
        status: Status::New,
        settled: None,
    }
}

fn spoken(id: &str, summary: &str, why: &str, severity: Severity) -> Spoken {
    Spoken { id: id.to_owned(), summary: summary.to_owned(), why: why.to_owned(), severity }
}

/// No document at all.
pub(crate) fn empty() -> Analysis {
    Analysis {
        config: None,
        rules_hash: "abcd".to_owned(),
        documents: Vec::new(),
        origins: Vec::new(),
        behind: crate::origin::Origins::default(),
        entities: crate::entity::Merged::default(),
        claims: Vec::new(),
        links: Vec::new(),
        findings: Vec::new(),
        called: std::sync::Arc::default(),
        spoken: Vec::new(),
        gone: Vec::new(),
        checked: Vec::new(),
        coverage: Coverage::default(),
        problems: Vec::new(),
    }
}

/// Three documents, eight claims, one conflict, one note, one check that holds, one problem.
pub(crate) fn analysis() -> Analysis {
    let letters = letters();
    let (h, c, l) = ((1, HARBOUR), (0, COUNCIL), (2, letters.as_str()));
    let usd = || Unit::plain("USD", "money:USD");
    let cars = || Unit::plain("cars", "count:car");
    let money = || quantity(Shape::Money, "1500000", "100000", usd(), Bound::Exact);
    let first = "The Alder Bridge opened on 12 May 2021.";
    let second = "It cost $1.5 million and carries nearly 3,000 cars a day.";
    let council = "Crowds came when the Alder Bridge opened on Friday, 14 May 2021.";
    let letter = letters.trim_end();
    let mut claims = vec![
        claim(c, "c0", council, "Friday, 14 May 2021", "opened", day(14, Some(Weekday::Friday))),
        claim(c, "c1", "The work cost 1.5 million dollars.", "1.5 million dollars", "cost", money()),
        claim(h, "h0", first, "12 May 2021", "opened", day(12, None)),
        claim(h, "h1", second, "$1.5 million", "cost", money()),
        claim(h, "h2", second, "3,000", "traffic", quantity(Shape::Number, "3000", "1", cars(), Bound::Nearly)),
        claim(l, "l0", letter, "14 May 2021", "opened", day(14, None)),
        claim(l, "l1", letter, "2,900", "traffic", quantity(Shape::Number, "2900", "1", cars(), Bound::AtLeast)),
        claim(l, "l2", letter, "grey", "colour", Value::Text("grey".to_owned())),
    ];
    claims[7].subject = None;
    claims[6].modality = Modality::Reported;
    claims[6].attributed_to = Some("a reader".to_owned());
    let mut documents = vec![
        Document::from_text("council.txt", COUNCIL),
        Document::from_text("harbour.txt", HARBOUR),
        Document::from_text("letters.md", &letters),
    ];
    documents[0].publisher = Some("The Council".to_owned());
    documents[0].published = Some(date(2021, 6, 1));
    Analysis {
        config: Some(("belie.toml".to_owned(), "0123".to_owned())),
        origins: vec!["council.txt".to_owned(), "harbour.txt".to_owned(), "letters.md".to_owned()],
        documents,
        claims,
        links: vec![
            link("r0", Relation::Conflict, Severity::Error, 0, 2, "14 May is not 12 May"),
            link("r1", Relation::Agree, Severity::Note, 0, 5, "one day"),
            link("r2", Relation::Agree, Severity::Note, 1, 3, "one sum"),
            link("r3", Relation::Compatible, Severity::Note, 4, 6, "nearly 3,000 is at least 2,900"),
        ],
        findings: vec![
            finding(
                "f0",
                Severity::Error,
                Relation::Conflict,
                "opened",
                vec![
                    group("14 May 2021", &[0, 5], &[0, 2], &["council.txt", "letters.md"]),
                    group("12 May 2021", &[2], &[1], &["harbour.txt"]),
                ],
            ),
            finding(
                "f1",
                Severity::Note,
                Relation::Compatible,
                "traffic",
                vec![
                    group("nearly 3,000", &[4], &[1], &["harbour.txt"]),
                    group("at least 2,900", &[6], &[2], &["letters.md"]),
                ],
            ),
        ],
        called: std::sync::Arc::default(),
        spoken: vec![
            spoken("bound-fits", "a bound and a figure within it", "both can hold", Severity::Note),
            spoken("date-conflict", "two days for one event", "an event has one day", Severity::Error),
        ],
        checked: vec![Checked {
            rule: "weekday-date".to_owned(),
            claims: vec![0, 2],
            message: "14 May 2021 is a Friday".to_owned(),
        }],
        coverage: Coverage {
            documents: 3,
            claims: 8,
            pairs_considered: 6,
            stopped_by: BTreeMap::from([(GateName::Scope, 2)]),
            pairs_compared: 4,
            rules_run: 5,
            refused: vec![("scan.pdf".to_owned(), "binary".to_owned())],
            ..Coverage::default()
        },
        problems: vec![Problem::new(Level::Warning, "scan.pdf", "is binary, left out")],
        ..empty()
    }
}
