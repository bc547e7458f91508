//! The JSON Schema of `--format json`: it describes the format, whatever the analysis.

use crate::finding::Analysis;

use super::json::v1;
use super::{Format, Style};
use crate::text::json_pretty;

/// `--format json-schema`.
pub(super) struct JsonSchema;

impl Format for JsonSchema {
    fn name(&self) -> &'static str {
        "json-schema"
    }

    fn help(&self) -> &'static str {
        "the JSON Schema of the json format"
    }

    fn shows_claims(&self) -> bool {
        true
    }

    fn render(&self, _: &Analysis, _: &Style) -> String {
        json_pretty(&schemars::schema_for!(v1::Report))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;
    use serde_json::Value;

    /// Every key that a report has is named in the schema, and every required key is in the report.
    #[test]
    fn reports_keep_to_it() {
        let schema: Value = serde_json::from_str(&JsonSchema.render(&fixture::empty(), &Style::default())).unwrap();
        let report = serde_json::to_value(v1::Report::new(&fixture::analysis())).unwrap();
        let mut seen = 0;
        keeps_to(&schema, &schema, &report, "report", &mut seen);
        assert!(seen > 100, "only {seen} keys were looked at");
    }

    fn keeps_to(root: &Value, schema: &Value, value: &Value, at: &str, seen: &mut usize) {
        let schema = match schema.get("$ref").and_then(Value::as_str) {
            Some(name) => root.pointer(name.trim_start_matches('#')).unwrap(),
            None => schema,
        };
        if let Some(any) = schema.get("anyOf").and_then(Value::as_array) {
            if !value.is_null() {
                keeps_to(root, &any[0], value, at, seen);
            }
            return;
        }
        match value {
            Value::Object(map) => {
                for key in schema["required"].as_array().into_iter().flatten() {
                    assert!(map.contains_key(key.as_str().unwrap()), "{at} lacks {key}");
                }
                for (key, value) in map {
                    *seen += 1;
                    let part = schema["properties"].get(key).or(schema.get("additionalProperties"));
                    keeps_to(root, part.unwrap_or_else(|| panic!("{at}.{key}")), value, key, seen);
                }
            }
            Value::Array(items) => {
                for item in items {
                    keeps_to(root, &schema["items"], item, at, seen);
                }
            }
            _ => {}
        }
    }
}
