//! The JSON Schema of `--format json`: it describes the form, whatever the network.

use super::v1::Graph;
use super::{Form, Network};
use crate::text::json_pretty;

/// `--format json-schema`.
pub(super) struct JsonSchema;

impl Form for JsonSchema {
    fn name(&self) -> &'static str {
        "json-schema"
    }

    fn help(&self) -> &'static str {
        "the JSON Schema of the json format"
    }

    fn render(&self, _: &Network) -> String {
        json_pretty(&schemars::schema_for!(Graph<'static>))
    }
}
