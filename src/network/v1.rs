//! The wire types of `belie-graph/1`: what stands in a network, as programs read it.
//!
//! Apart from the types that stages hand on, so that those may change and these may not. Keys may be added; none
//! changes its meaning within a version.

use schemars::JsonSchema;
use serde::Serialize;

/// The name and version of the format.
pub const FORMAT: &str = "belie-graph/1";

/// A whole network.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Graph<'a> {
    /// Always `belie-graph/1`.
    pub format: &'static str,
    /// The names of what a part lies around; empty for the whole.
    pub around: &'a [String],
    /// Sources, claims, entities and origins, in this order.
    pub nodes: Vec<&'a Node>,
    /// What joins them.
    pub edges: Vec<Joined<'a>>,
}

/// An edge with its ends.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Joined<'a> {
    /// Id of the node that it leads from.
    pub from: &'a str,
    /// Id of the node that it leads to.
    pub to: &'a str,
    /// What it says.
    #[serde(flatten)]
    pub edge: &'a Edge,
}

/// What stands in a network.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Node {
    /// A document with what is known of its publication.
    Source(Source),
    /// What a source puts forward.
    Claim(Claim),
    /// What claims are about.
    Entity(Entity),
    /// Who stands behind sources and claims.
    Origin(Origin),
}

/// A document with what is known of its publication.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Source {
    /// `source:` and the id of the source in reports.
    pub id: String,
    /// Its title, else its id.
    pub label: String,
    /// Path as shown to users.
    pub path: String,
    /// Publisher.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Date of publication, ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
}

/// What a source puts forward.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Claim {
    /// `claim:` and the id of the claim in reports.
    pub id: String,
    /// Attribute and value.
    pub label: String,
    /// What of the subject.
    pub attribute: String,
    /// What a reader calls that: for pictures, programs have it in the label.
    #[serde(skip)]
    pub called: String,
    /// The value as a reader would write it.
    pub value: String,
    /// What it is about, with its instance, where the text tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Open set: money, percent, count, role, quote …
    pub kind: String,
    /// asserted, reported, hedged, opinion, future, conditional, negated.
    pub modality: &'static str,
    /// `positive` or `negative`.
    pub polarity: &'static str,
    /// Who the text says is speaking, where it is not the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributed_to: Option<String>,
    /// Path of its source as shown to users.
    pub path: String,
    /// Line of the value, from 1.
    pub line: u32,
    /// Column of the value in Unicode scalars, from 1.
    pub column: u32,
    /// The sentence, item or cell that carries it.
    pub text: String,
    /// Id of the extracting rule.
    pub rule: String,
}

/// What claims are about.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Entity {
    /// `entity:` and its name; of words that name nothing, with the source in which they stand.
    pub id: String,
    /// Its fullest name in the run.
    pub label: String,
    /// person, org, place, product …
    pub kind: &'static str,
}

/// Who stands behind sources and claims.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Origin {
    /// `origin:` and its name.
    pub id: String,
    /// The id of the source that stands behind others or itself, or whoever a claim is laid at the door of.
    pub label: String,
}

/// What joins two nodes.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Edge {
    /// `says` from a source to a claim; `about` from a claim to what it is about, `names` to an entity that is its value
    /// or that it holds for; `from` from a source or a claim to its
    /// origin; or between claims a relation: agree, compatible, refines, updates, conflict, unresolved, quote-match,
    /// quote-variant, quote-truncated, derived-consistent, derived-conflict, same-origin.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// What more is known of a relation; of `refines`, `updates` and `quote-truncated` the edge leads to the finer,
    /// later or shorter claim.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub relation: Option<Relation>,
}

/// What more is known of a relation.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Relation {
    /// Hash of both claims, type and rule.
    pub id: String,
    /// error, warning, note.
    pub severity: &'static str,
    /// Id of the rule that drew it.
    pub rule: String,
    /// The rule's message.
    pub message: String,
    /// What the comparison found.
    pub because: String,
    /// Ids of further claims that it rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
}

impl Node {
    /// Its id, unlike any other's in the network.
    pub fn id(&self) -> &str {
        match self {
            Node::Source(n) => &n.id,
            Node::Claim(n) => &n.id,
            Node::Entity(n) => &n.id,
            Node::Origin(n) => &n.id,
        }
    }

    /// What a reader calls it.
    pub fn label(&self) -> &str {
        match self {
            Node::Source(n) => &n.label,
            Node::Claim(n) => &n.label,
            Node::Entity(n) => &n.label,
            Node::Origin(n) => &n.label,
        }
    }

    /// What it is.
    pub fn kind(&self) -> &'static str {
        match self {
            Node::Source(_) => "source",
            Node::Claim(_) => "claim",
            Node::Entity(_) => "entity",
            Node::Origin(_) => "origin",
        }
    }
}
