//! The same input gives the same bytes, and what is found does not hang on order, names or copies.

use std::collections::BTreeSet;

use belie::app::pipeline::{Settings, analyse};
use belie::finding::{Analysis, Finding};
use belie::graph::Relation;
use belie::report::{FORMATS, Style};
use belie::source::Document;

use crate::given::{self, EXTRACTOR, analysed, documents, words};

/// Three reports of one flood: the second contradicts the first twice, the third is later and says more than both.
const NOTICE: &str = "---
published: 2031-04-02
---
The Sallow Trust was valued at $90 million in March 2031. Ada Sallow died on 4 May 1961. About 300 people left their homes.
The river board announced the repair on 1 April 2031.
";
const LETTER: &str = "---
published: 2031-04-02
---
The Sallow Trust was valued at $70 million in March 2031. Ada Sallow died on 9 May 1961, said Ruth Penhale, the
chief engineer of the River Board. More than 250 people left their homes.
";
const REVIEW: &str = "---
published: 2031-09-20
---
The Sallow Trust was valued at $95 million in September 2031. Ada Sallow died in May 1961. The river board
announced the repair on Tuesday, 1 April 2031. “Nobody slept that night,” said Ruth Penhale.
";

fn flood() -> Vec<Document> {
    documents(&[("letter.md", LETTER), ("notice.md", NOTICE), ("review.md", REVIEW)])
}

/// All formats of a report, one after the other.
fn bytes(documents: Vec<Document>, jobs: usize) -> String {
    let analysis = analyse(documents, Vec::new(), &EXTRACTOR, &Settings { jobs, ..Settings::default() });
    let style = Style { verbose: true, ..Style::default() };
    FORMATS.iter().map(|f| format!("== {}\n{}", f.name(), f.render(&analysis, &style))).collect()
}

#[track_caller]
fn same_bytes(documents: &[Document]) {
    let once = bytes(documents.to_vec(), 1);
    assert!(once.contains("\"relations\""));
    assert_eq!(once, bytes(documents.to_vec(), 1), "a second time");
    for jobs in [2, 8] {
        assert_eq!(once, bytes(documents.to_vec(), jobs), "with {jobs} threads");
    }
    let mut turned = documents.to_vec();
    turned.reverse();
    assert_eq!(once, bytes(turned, 2), "the other way round");
    let mut moved = documents.to_vec();
    moved.rotate_left(1);
    assert_eq!(once, bytes(moved, 2), "from the second on");
}

#[test]
fn same_bytes_for_a_few_documents() {
    same_bytes(&flood());
}

#[test]
fn same_bytes_for_every_seed() {
    for name in given::seeds() {
        same_bytes(&given::seed(&name));
    }
}

/// Relation and words of every link of some relations, ends unordered unless the relation has a direction.
fn links(analysis: &Analysis, of: &[Relation]) -> BTreeSet<(&'static str, String, String)> {
    let directed = |r: Relation| matches!(r, Relation::Updates | Relation::Refines | Relation::QuoteTruncated);
    let links = analysis.links.iter().filter(|l| of.contains(&l.relation));
    links
        .map(|l| {
            let end = |at: u32| {
                let claim = &analysis.claims[at as usize];
                format!("{}: {}", claim.attribute, words(analysis, claim))
            };
            let (a, b) = (end(l.a), end(l.b));
            let (a, b) = if directed(l.relation) || a <= b { (a, b) } else { (b, a) };
            (l.relation.name(), a, b)
        })
        .collect()
}

const OPPOSED: [Relation; 2] = [Relation::Conflict, Relation::DerivedConflict];
const PAIRED: [Relation; 9] = [
    Relation::Agree,
    Relation::Compatible,
    Relation::Refines,
    Relation::Updates,
    Relation::Conflict,
    Relation::Unresolved,
    Relation::QuoteMatch,
    Relation::QuoteVariant,
    Relation::QuoteTruncated,
];

/// Names order documents and nothing else: whoever comes first, the same words are linked in the same way, and what
/// updates has not become what is updated.
#[test]
fn links_do_not_depend_on_which_document_comes_first() {
    let pairs = [(LETTER, NOTICE), (NOTICE, REVIEW), (LETTER, REVIEW)];
    let mut conflicts = 0;
    let mut updates = 0;
    for (x, y) in pairs {
        let forth = analysed(documents(&[("a.md", x), ("b.md", y)]));
        let back = analysed(documents(&[("b.md", x), ("a.md", y)]));
        assert_eq!(links(&forth, &PAIRED), links(&back, &PAIRED));
        conflicts += links(&forth, &OPPOSED).len();
        updates += links(&forth, &[Relation::Updates]).len();
    }
    assert!(conflicts >= 2, "the set has lost its conflicts");
    assert!(updates >= 1, "the set has lost its updates");
}

/// What is opposed, by rule and by the words of each side.
fn opposed(analysis: &Analysis) -> Vec<(String, BTreeSet<String>)> {
    let findings = analysis.findings.iter().filter(|f| OPPOSED.contains(&f.relation));
    let members =
        |claims: &[u32]| claims.iter().map(|&c| words(analysis, &analysis.claims[c as usize]).to_owned()).collect();
    let mut out: Vec<_> = findings.map(|f| (f.rule.clone(), members(&f.claims))).collect();
    out.sort();
    out
}

#[test]
fn a_copy_adds_no_conflict() {
    let once = analysed(flood());
    assert!(opposed(&once).len() >= 2, "the set has lost its conflicts");
    for (name, text) in [("copy.md", LETTER), ("copy.md", NOTICE), ("zz.md", REVIEW)] {
        let mut more = flood();
        more.push(Document::from_text(name, text));
        assert_eq!(opposed(&once), opposed(&analysed(more)), "{name}");
    }
}

#[test]
fn a_copy_of_a_document_of_a_seed_adds_no_conflict() {
    for name in given::seeds() {
        let documents = given::seed(&name);
        let once = analysed(documents.clone());
        for document in &documents {
            let mut more = documents.clone();
            more.push(Document { id: format!("zz-{}", document.id), ..document.clone() });
            assert_eq!(opposed(&once), opposed(&analysed(more)), "{name}: a copy of {}", document.id);
        }
    }
}

#[test]
fn a_copy_is_no_witness() {
    let mut more = flood();
    more.push(Document::from_text("copy.md", LETTER));
    let analysis = analysed(more);
    let place = |id: &str| analysis.documents.iter().position(|d| d.id == id).unwrap();
    assert_eq!(analysis.origins[place("copy.md")], analysis.origins[place("letter.md")]);
    // It stands among the sources of a card and adds nothing to the number of its origins.
    let origins = |analysis: &Analysis| -> Vec<(String, Vec<usize>)> {
        let of = |f: &Finding| (f.rule.clone(), f.groups.iter().map(|g| g.origins.len()).collect());
        let mut all: Vec<_> = analysis.findings.iter().map(of).collect();
        all.sort();
        all
    };
    assert_eq!(origins(&analysed(flood())), origins(&analysis));
}

/// A document checked within itself has nothing to say that a second copy of it would change.
#[test]
fn two_copies_contradict_each_other_nowhere() {
    for text in [LETTER, NOTICE, REVIEW] {
        let analysis = analysed(documents(&[("a.md", text), ("b.md", text)]));
        assert_eq!(opposed(&analysis), []);
        assert!(analysis.links.iter().any(|l| l.relation == Relation::Agree), "copies agree");
    }
}
