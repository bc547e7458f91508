//! An analysis as a network: sources, claims, entities and origins, and what joins them.
//!
//! Comes in: an [`Analysis`](crate::finding::Analysis) and the entities of its run. Goes out: a [`Network`], whole or
//! the part around a name, and its text in one of several forms. Nothing is found here that an analysis does not hold,
//! and no text of a source goes out unescaped.
//!
//! A new form is a file here (or a folder), its `mod` line, and its row in [`FORMS`].

use petgraph::graph::DiGraph;

mod around;
mod build;
mod dot;
mod graphml;
mod json;
mod json_schema;
mod svg;
pub mod v1;
mod xml;

pub use around::Unclear;

pub(crate) use svg::{picture, style_sheet};
pub(crate) use xml::escaped;

/// Sources, claims, entities and origins as nodes, in this order; relations, who says what about what, and who is behind it, as edges.
#[derive(Debug, Clone)]
pub struct Network {
    graph: DiGraph<v1::Node, v1::Edge>,
    /// What a part lies around; empty for the whole.
    around: Vec<String>,
}

impl Network {
    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.graph.node_count() == 0
    }
}

/// A way to write a network.
pub trait Form: Sync {
    /// The name that `--format` takes.
    fn name(&self) -> &'static str;
    /// One line for `--help`: lower case, no full stop.
    fn help(&self) -> &'static str;
    /// The whole text: whole lines, each with its line break.
    fn render(&self, network: &Network) -> String;
}

/// Every form. The one place that lists them: `--format`, `--help` and the tests read this table.
pub const FORMS: &[&dyn Form] = &[&dot::Dot, &graphml::GraphMl, &json::Json, &svg::Svg, &json_schema::JsonSchema];

/// The form of a name.
pub fn form(name: &str) -> Option<&'static dyn Form> {
    FORMS.iter().copied().find(|f| f.name() == name)
}
