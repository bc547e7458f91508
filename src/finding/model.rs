//! Findings: one incident, one card.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::check::{Checked, NotChecked};
use crate::claim::Claim;
use crate::config::FailOn;
use crate::entity::Merged;
use crate::graph::{GateName, Link, Relation, Severity};
use crate::origin::Origins;
use crate::problem::Problem;
use crate::rule::Called;
use crate::source::Document;

use super::spoken::Spoken;

/// Claims of one card that say the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The value as a reader would write it.
    pub value: String,
    /// Indices of the claims, in order of source and place.
    pub claims: Vec<u32>,
    /// Indices of their sources, sorted, each once.
    pub sources: Vec<u32>,
    /// Names of the independent origins behind them, sorted, each once.
    pub origins: Vec<String>,
}

/// How a finding stands to the accepted state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Not seen before (or there is nothing to compare with).
    New,
    /// Seen before with other members.
    Changed,
    /// Seen before.
    Known,
    /// Accepted by a person.
    Accepted,
    /// Dismissed by a person.
    Dismissed,
    /// In the snapshot and no longer found.
    Gone,
}

impl Status {
    /// Whether nobody has settled it and no snapshot knows it: such a finding fails a run.
    pub fn is_open(self) -> bool {
        matches!(self, Status::New | Status::Changed)
    }

    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Status::New => "new",
            Status::Changed => "changed",
            Status::Known => "known",
            Status::Accepted => "accepted",
            Status::Dismissed => "dismissed",
            Status::Gone => "gone",
        }
    }
}

/// What a person has decided on a finding, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Why; never empty.
    pub reason: String,
    /// Who; may be empty.
    pub author: String,
    /// When.
    pub date: Option<Date>,
    /// The last day on which it holds.
    pub until: Option<Date>,
}

impl Settled {
    /// In one line: the reason, and in brackets who decided, when, and until when it holds.
    pub fn words(&self) -> String {
        let author = (!self.author.is_empty()).then(|| self.author.clone());
        let rest = [author, self.date.map(|d| d.to_string()), self.until.map(|d| format!("until {d}"))];
        let rest: Vec<String> = rest.into_iter().flatten().collect();
        if rest.is_empty() { self.reason.clone() } else { format!("{} ({})", self.reason, rest.join(", ")) }
    }
}

/// A confidence in thousandths as people read it, from 0 to 1: "0.95".
pub(crate) fn confidence_shown(thousandths: u16) -> String {
    (f64::from(thousandths) / 1000.0).to_string()
}

/// A disagreement, a refinement worth a look, or a derived fault: all claims of one incident on one card.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Hash of the rule and its earliest opposing pair of claims.
    pub id: String,
    /// Id of the rule that speaks.
    pub rule: String,
    /// How loudly.
    pub severity: Severity,
    /// What it says of its groups.
    pub relation: Relation,
    /// How sure it is, in thousandths.
    pub confidence: u16,
    /// Common subject, where there is one.
    pub subject: Option<String>,
    /// Common attribute.
    pub attribute: String,
    /// Common known scope.
    pub scope: BTreeMap<String, String>,
    /// Common date, in EDTF.
    pub as_of: Option<String>,
    /// All claims, in order of source and place.
    pub claims: Vec<u32>,
    /// The claim that is shown first.
    pub primary: u32,
    /// The group that stands alone against two or more independent origins, by index into `groups`.
    pub outlier: Option<usize>,
    /// The values, largest group first.
    pub groups: Vec<Group>,
    /// One line: lower case, no full stop, both values in it.
    pub message: String,
    /// Why the claims are comparable.
    pub notes: Vec<String>,
    /// What to do.
    pub help: String,
    /// Hash of all members' sentences.
    pub fingerprint: String,
    /// How it stands to the accepted state.
    pub status: Status,
    /// What a person has decided on it, also where that has ended since.
    pub settled: Option<Settled>,
}

impl Finding {
    /// Whether it fails a run: nobody has settled it, and it is grave enough.
    pub fn fails(&self, fail_on: FailOn) -> bool {
        self.status.is_open() && fail_on.reached_by(self.severity)
    }
}

/// A finding that the snapshot has and the run has not. Its claims are ids, for the claims need not be there any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// Its id.
    pub id: String,
    /// Id of the rule that spoke.
    pub rule: String,
    /// How loudly it did.
    pub severity: Severity,
    /// What it said of its groups.
    pub relation: Relation,
    /// Common subject, where there was one.
    pub subject: Option<String>,
    /// Common attribute.
    pub attribute: String,
    /// Its line.
    pub message: String,
    /// Its fingerprint.
    pub fingerprint: String,
    /// The values, each with the ids of its claims and of their sources.
    pub groups: Vec<(String, Vec<String>, Vec<String>)>,
    /// Ids of those of its sources that are gone as well, sorted.
    pub missing: Vec<String>,
}

/// A block that was too large to be compared in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capped {
    /// The block's key.
    pub block: String,
    /// Clusters in it.
    pub clusters: usize,
    /// Clusters that were compared.
    pub compared: usize,
}

/// The denominators: what was looked at, and what was not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    /// Documents read.
    pub documents: usize,
    /// Documents that were refused, with the reason.
    pub refused: Vec<(String, String)>,
    /// Claims extracted, boilerplate left out.
    pub claims: usize,
    /// Pairs of clusters that shared a block.
    pub pairs_considered: usize,
    /// Of these, how many each gate stopped.
    pub stopped_by: BTreeMap<GateName, usize>,
    /// Pairs that reached the comparator.
    pub pairs_compared: usize,
    /// Pairs of values and of sentences that were set beside each other where no rule names what they are of.
    pub pairs_weighed: usize,
    /// Pairs left `unresolved`.
    pub unresolved: usize,
    /// Blocks compared in part.
    pub capped: Vec<Capped>,
    /// Rules that were loaded and run.
    pub rules_run: usize,
    /// Consistency constraints that could not be decided.
    pub not_checked: Vec<NotChecked>,
}

/// All that a run found; what every report format renders.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// Path (as given or discovered) and sha256 of the configuration that was read.
    pub config: Option<(String, String)>,
    /// Hash of all rules in force.
    pub rules_hash: String,
    /// The documents, sorted by id; claims refer to them by index.
    pub documents: Vec<Document>,
    /// Origin of each document, same index.
    pub origins: Vec<String>,
    /// Who stands behind documents and claims.
    pub behind: Origins,
    /// The entities of all documents, merged.
    pub entities: Merged,
    /// The claims, in order of document and place; links refer to them by index.
    pub claims: Vec<Claim>,
    /// The links, sorted by `a`, `b`, relation.
    pub links: Vec<Link>,
    /// The findings, loudest first, then by place.
    pub findings: Vec<Finding>,
    /// What readers call the attributes.
    pub called: Arc<Called>,
    /// The rules of the findings, sorted by id.
    pub spoken: Vec<Spoken>,
    /// Findings of the snapshot that are no longer found, by id; empty when there is nothing to compare with.
    pub gone: Vec<Gone>,
    /// Consistency constraints that hold.
    pub checked: Vec<Checked>,
    /// The denominators.
    pub coverage: Coverage,
    /// What went wrong with inputs.
    pub problems: Vec<Problem>,
}
