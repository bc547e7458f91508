//! The answer to a statement that was checked against sources: a line of `belie verify --jsonl`, the object of `--format json`.

use serde::Serialize;

use crate::claim::place_of;
use crate::compare;
use crate::finding::{self, Analysis};
use crate::source::Document;

use super::fill::Ids;
use super::v1::{Claim, Relation, Span};

/// What the sources say of a statement.
#[derive(Debug, Clone, Serialize)]
pub struct Answer {
    /// The id that came with the statement, as it came; null where none did.
    pub id: serde_json::Value,
    /// The statement.
    pub text: String,
    /// supported, contradicted, disputed (sources are against each other), partly, unresolved, not_mentioned.
    pub verdict: &'static str,
    /// The places of the sources that the verdict rests on.
    pub evidence: Vec<Evidence>,
    /// The links that make them evidence, each once, with their grounds.
    pub relations: Vec<Relation>,
    /// The claims that the links join, those of the statement among them.
    pub claims: Vec<Claim>,
    /// The verdict on each sentence of the statement.
    pub sentences: Vec<Sentence>,
}

/// A sentence of a statement.
#[derive(Debug, Clone, Serialize)]
pub struct Sentence {
    /// Bytes of the statement.
    pub span: Span,
    /// As for the whole.
    pub verdict: &'static str,
    /// The passage of the sources that comes nearest, where the verdict rests on that alone; else null.
    pub nearest: Option<Nearest>,
}

/// The passage that comes nearest to a sentence.
#[derive(Debug, Clone, Serialize)]
pub struct Nearest {
    /// Id of its source.
    pub source: String,
    /// Its path as shown to users.
    pub path: String,
    /// Line of the passage, from 1.
    pub line: u32,
    /// Its column in Unicode scalars, from 1.
    pub column: u32,
    /// Its bytes.
    pub span: Span,
    /// The passage in words.
    pub text: String,
    /// How much of the sentence the passages near it have, from 0 to 1.
    pub held: f64,
}

/// A place in a source.
#[derive(Debug, Clone, Serialize)]
pub struct Evidence {
    /// How it stands to the statement: against, for, moved (for, as an earlier or later state), open.
    pub stance: &'static str,
    /// Id of the source.
    pub source: String,
    /// Its path as shown to users.
    pub path: String,
    /// Line of the words that count, from 1.
    pub line: u32,
    /// Their column in Unicode scalars, from 1.
    pub column: u32,
    /// The sentence of the source.
    pub span: Span,
    /// The words of it that count.
    pub value_span: Span,
    /// The sentence in words.
    pub text: String,
    /// The words of the statement that they stand against or for.
    pub statement_span: Span,
    /// The type of the link.
    pub relation: &'static str,
    /// Its id.
    pub relation_id: String,
    /// Its rule.
    pub rule: String,
    /// What the rule says of the two.
    pub message: String,
    /// What the comparator found.
    pub because: String,
}

impl Answer {
    /// Fills the wire types. `asked` is the document of the statement.
    pub fn new(id: serde_json::Value, analysis: &Analysis, query: u32, answer: &finding::Answer) -> Answer {
        let ids = Ids { analysis };
        let evidence = || answer.sentences.iter().flat_map(|s| &s.evidence);
        let mut links: Vec<usize> = evidence().map(|e| e.link).collect();
        links.sort_unstable();
        links.dedup();
        let links: Vec<_> = links.into_iter().filter_map(|at| analysis.links.get(at)).collect();
        let joined = links.iter().flat_map(|l| [l.a, l.b].into_iter().chain(l.also.iter().copied()));
        let mut claims: Vec<u32> = joined.chain(evidence().flat_map(|e| [e.own, e.other])).collect();
        claims.sort_unstable();
        claims.dedup();
        let document = |at: u32| analysis.documents.get(at as usize);
        let sentence = |s: &finding::Ruling| {
            let nearest = s.nearest.as_ref().and_then(|n| Some(Nearest::new(n, document(n.source)?)));
            Some(Sentence { span: Span::new(s.span, document(query)?), verdict: s.verdict.name(), nearest })
        };
        Answer {
            id,
            text: document(query).map(|d| d.text.clone()).unwrap_or_default(),
            verdict: answer.verdict.name(),
            evidence: evidence().filter_map(|e| Evidence::new(e, analysis)).collect(),
            relations: links.into_iter().map(|l| Relation::new(l, ids)).collect(),
            claims: claims
                .into_iter()
                .filter_map(|at| analysis.claims.get(at as usize))
                .filter_map(|c| Some(Claim::new(c, document(c.source)?)))
                .collect(),
            sentences: answer.sentences.iter().filter_map(sentence).collect(),
        }
    }
}

impl Nearest {
    fn new(nearest: &compare::Nearest, source: &Document) -> Nearest {
        let position = place_of(source, nearest.span).position;
        Nearest {
            source: source.id.clone(),
            path: source.path.clone(),
            line: position.line,
            column: position.column,
            span: Span::new(nearest.span, source),
            text: nearest.span.of(&source.text).to_owned(),
            held: f64::from(nearest.held) / 1000.0,
        }
    }
}

impl Evidence {
    fn new(evidence: &finding::Evidence, analysis: &Analysis) -> Option<Evidence> {
        let claim = |at: u32| analysis.claims.get(at as usize);
        let (own, other) = (claim(evidence.own)?, claim(evidence.other)?);
        let document = |at: u32| analysis.documents.get(at as usize);
        let link = analysis.links.get(evidence.link)?;
        let source = document(other.source)?;
        let place = Claim::new(other, source);
        Some(Evidence {
            stance: evidence.stance.name(),
            source: source.id.clone(),
            path: source.path.clone(),
            line: place.line,
            column: place.column,
            span: place.span,
            value_span: place.value_span,
            text: place.text,
            statement_span: Span::new(own.value_span, document(own.source)?),
            relation: link.relation.name(),
            relation_id: link.id.clone(),
            rule: link.rule.clone(),
            message: link.message.clone(),
            because: link.grounds.because.clone(),
        })
    }
}
