//! `belie compare`: the pipeline of `check` on two short documents.

use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::app::input;
use crate::app::pipeline::analyse;
use crate::app::{Console, Error, Exit, Options, lines};
use crate::claim::Extractor;
use crate::finding::Analysis;
use crate::graph::{Link, Relation};
use crate::report::{card, grounds, place, safe};
use crate::source::Document;
use crate::text::{json_line, parser_words};

/// What two texts have to do with each other.
struct Comparison {
    relation: &'static str,
    /// The rule that decided, and why; `None` when no two claims met.
    decided: Option<(String, String)>,
}

/// Compares two texts. An argument that names a file is read; any other is the text itself.
///
/// # Errors
/// When a file cannot be read or standard output not be written.
pub fn run(a: &str, b: &str, options: &Options, console: &mut Console<'_>) -> Result<Exit, Error> {
    let analysis =
        both(document("a", a, options)?, document("b", b, options)?, &Extractor::new(&options.rules), options);
    let comparison = judge(&analysis);
    let mut out = String::new();
    for finding in &analysis.findings {
        out.push_str(&card(&analysis, finding, &options.style));
        out.push('\n');
    }
    if let Some(link) = decisive(&analysis) {
        let at = |claim| place(&analysis, claim).map(|p| p.to_string()).unwrap_or_default();
        out.push_str(&format!("{} against {}\n", at(link.a), at(link.b)));
        out.push_str(&grounds(&link.grounds, &options.style));
        out.push('\n');
    }
    out.push_str(&match &comparison.decided {
        Some((rule, because)) => format!("{} ({}: {})\n", comparison.relation, safe(rule), safe(because)),
        None => format!("{} (no two claims of the texts could be compared)\n", comparison.relation),
    });
    console.print(&out)?;
    console.flush()?;
    Ok(if comparison.relation == "conflict" { Exit::Findings } else { Exit::Clean })
}

/// The file that the argument names, or the argument. Whatever is read keeps its own reader's text.
fn document(id: &str, argument: &str, options: &Options) -> Result<Document, Error> {
    let path = Path::new(argument);
    // A text of several lines is no path, and asking the system about it is an error of its own on some.
    if argument.contains('\n') || argument.len() > 4096 || !path.is_file() {
        return Ok(Document::from_text(id, argument));
    }
    input::file(id, path, options)
}

fn both(a: Document, b: Document, extractor: &Extractor<'_>, options: &Options) -> Analysis {
    analyse(vec![a, b], Vec::new(), extractor, &options.settings)
}

/// One line in.
#[derive(Deserialize)]
struct Request {
    /// Any JSON value; given back as it came.
    id: serde_json::Value,
    premise: String,
    hypothesis: String,
}

/// One line out.
#[derive(Serialize)]
struct ComparisonLine {
    id: serde_json::Value,
    relation: &'static str,
    rule: Option<String>,
    because: Option<String>,
}

/// Answers `{"id","premise","hypothesis"}` with `{"id","relation","rule","because"}`, line by line.
///
/// # Errors
/// When standard input or output fails.
pub fn jsonl(input: impl io::Read, options: &Options, console: &mut Console<'_>) -> Result<Exit, Error> {
    let extractor = Extractor::new(&options.rules);
    let answer = |line: &[u8]| {
        let request: Request = serde_json::from_slice(line).map_err(|e| parser_words(&e.to_string()))?;
        let a = Document::from_text("a", &request.premise);
        let b = Document::from_text("b", &request.hypothesis);
        let Comparison { relation, decided } = judge(&both(a, b, &extractor, options));
        let (rule, because) = decided.unzip();
        Ok(json_line(&ComparisonLine { id: request.id, relation, rule, because }))
    };
    Ok(lines::each(input, console, options.settings.jobs, answer)?)
}

/// What a relation comes to when there are only three words; greater outranks smaller.
fn weight(relation: Relation) -> u8 {
    use Relation::*;
    match relation {
        Conflict | DerivedConflict => 3,
        Agree | Compatible | Refines | Updates | QuoteMatch | DerivedConsistent => 2,
        Unresolved | QuoteVariant | QuoteTruncated | SameOrigin => 1,
    }
}

/// The weightiest link between the two documents; of equals the first.
fn decisive(analysis: &Analysis) -> Option<&Link> {
    let source = |claim: &u32| analysis.claims.get(*claim as usize).map(|c| c.source);
    let joins = |link: &&Link| {
        let mut sources = [link.a, link.b].iter().chain(&link.also).filter_map(source).collect::<Vec<_>>();
        sources.sort_unstable();
        sources.dedup();
        sources.len() > 1
    };
    let mut best: Option<&Link> = None;
    for link in analysis.links.iter().filter(joins) {
        if best.is_none_or(|b| weight(link.relation) > weight(b.relation)) {
            best = Some(link);
        }
    }
    best
}

fn judge(analysis: &Analysis) -> Comparison {
    let Some(link) = decisive(analysis) else { return Comparison { relation: "unrelated", decided: None } };
    let relation = match weight(link.relation) {
        3 => "conflict",
        2 => "agree",
        _ => "unrelated",
    };
    let mut because = if link.grounds.because.is_empty() { link.message.clone() } else { link.grounds.because.clone() };
    if !link.grounds.missing.is_empty() {
        because = format!("missing {}; {because}", link.grounds.missing.join(", "));
    }
    Comparison { relation, decided: Some((link.rule.clone(), because)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    fn check(keep: &[Relation], same_source: bool) -> (&'static str, Option<String>) {
        let mut analysis = fixture::analysis();
        analysis.links.retain(|l| keep.contains(&l.relation));
        if same_source {
            analysis.claims.iter_mut().for_each(|c| c.source = 0);
        }
        let comparison = judge(&analysis);
        (comparison.relation, comparison.decided.map(|(_, because)| because))
    }

    #[test]
    fn the_weightiest_link_decides() {
        use Relation::*;
        assert_eq!(check(&[Conflict, Agree, Compatible], false), ("conflict", Some("14 May is not 12 May".into())));
        assert_eq!(check(&[Agree, Compatible], false), ("agree", Some("one day".into())));
        assert_eq!(check(&[], false), ("unrelated", None));
        // What one text says against itself is no answer to how two texts stand.
        assert_eq!(check(&[Conflict, Agree], true), ("unrelated", None));
    }

    #[test]
    fn what_is_missing_is_said() {
        let mut analysis = fixture::analysis();
        analysis.links.truncate(1);
        analysis.links[0].relation = Relation::Unresolved;
        analysis.links[0].grounds.missing = vec!["scope".to_owned()];
        let comparison = judge(&analysis);
        assert_eq!(comparison.relation, "unrelated");
        assert_eq!(comparison.decided.unwrap().1, "missing scope; 14 May is not 12 May");
    }
}
