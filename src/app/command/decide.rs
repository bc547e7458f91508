//! `belie accept` and `belie dismiss`: a decision on one finding, with its reason.

use std::path::PathBuf;

use jiff::civil::Date;

use crate::app::guard;
use crate::app::input::{self, Input};
use crate::app::pipeline::analyse;
use crate::app::project::{Project, shown};
use crate::app::{Console, Error, Exit, Options};
use crate::claim::Extractor;
use crate::report::safe;
use crate::state::{Choice, Decision, Decisions};

use super::explain;

/// What was decided, but for what on.
#[derive(Debug, Clone)]
pub struct Ruling {
    /// Accepted or dismissed.
    pub choice: Choice,
    /// Why.
    pub reason: String,
    /// Who decides; may be empty.
    pub author: String,
    /// When; `None` is not written.
    pub date: Option<Date>,
    /// The last day on which it holds.
    pub until: Option<Date>,
}

impl Ruling {
    /// The ruling on a finding.
    pub(super) fn on(&self, finding: &crate::finding::Finding) -> Decision {
        let Ruling { choice, reason, author, date, until } = self.clone();
        Decision { author, date, until, ..Decision::on(finding, choice, &reason) }
    }
}

/// Looks for the finding in the paths and writes the decision on it.
///
/// # Errors
/// When there is no such finding or several, the reason is empty, or the file of decisions cannot be read or written.
pub fn run(
    name: &str,
    paths: &[PathBuf],
    ruling: &Ruling,
    options: &Options,
    console: &mut Console<'_>,
) -> Result<Exit, Error> {
    if ruling.reason.trim().is_empty() {
        return Err(Error::usage_with(
            "--reason is empty",
            "say why: whoever reads the decision later will want to know",
        ));
    }
    let project = Project::of(paths, options);
    // A file with faults is reported before the work is done.
    project.decisions()?;
    let input = input::read(paths, options);
    guard::written("--accepted", project.accepted_file(), &input, options)?;
    let Input { documents, problems, settings, .. } = input;
    let analysis = analyse(documents, problems, &Extractor::new(&options.rules), &settings);
    input::say(&analysis.problems, options, console);
    let Some(finding) = explain::named(name, &analysis.findings)? else {
        let help = "belie check --verbose gives the id of every finding, with the same paths";
        return Err(Error::usage_with(format!("no finding `{}` in the files that were read", safe(name)), help));
    };
    let added = [ruling.on(finding)];
    project.change_decisions(|text| match Decisions::with(text, &added) {
        Some(new) => Ok(Some(new)),
        None => Err(no_list(&project)),
    })?;
    console.print(&format!(
        "{} {}: {}\nwrote {}\n",
        ruling.choice.name(),
        safe(&finding.id),
        safe(&finding.message),
        safe(&shown(project.accepted_file()))
    ))?;
    console.flush()?;
    Ok(input::exit(&analysis.problems, options))
}

/// That the file of decisions holds something else: it has been read as decisions, so this should not come about.
pub(super) fn no_list(project: &Project) -> Error {
    Error::usage(format!("{}: `decision` is not a list of tables", safe(&shown(project.accepted_file()))))
}
