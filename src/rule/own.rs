//! Attributes of a project's own: extract rules in short, as a configuration states them.
//!
//! Comes in: names, nouns, verbs and what is measured, with their places. Goes out: extract rules like those of files, save
//! that they carry no examples: a project's own words are tried on its own documents.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::compile::{Cues, ExtractRule, Head};
use super::fault::{Fault, suggestion};
use super::place::{Placed, RuleFile};
use super::vocabulary::{Comparator, EntityType, TimeNature};
use crate::value::Shape;

/// What an attribute may be measured in besides the dimensions of the unit table: these are shapes of their own.
const SHAPES: [Shape; 6] =
    [Shape::Number, Shape::Money, Shape::Percent, Shape::Multiple, Shape::Ratio, Shape::Duration];

/// An attribute as a project describes it.
#[derive(Debug, Clone)]
pub struct OwnAttribute {
    /// What it is called: the id of its rule as well.
    pub name: Placed<String>,
    /// Nouns that name it, as lemmas; together with `verbs` at least one.
    pub nouns: Vec<String>,
    /// Verbs that tell it, as lemmas.
    pub verbs: Vec<String>,
    /// `number`, `money`, `percent`, `multiple`, `ratio`, `duration`, or a dimension of the unit table; a number if missing.
    pub dimension: Option<Placed<String>>,
    /// Whether a subject can have only one value at a time.
    pub single_valued: bool,
    /// Where it is described.
    pub file: Arc<RuleFile>,
}

impl OwnAttribute {
    /// What is part of the hash of the rules: all but the place.
    pub(super) fn hashed(&self) -> String {
        let dimension = self.dimension.as_ref().map(|d| &d.value);
        format!("{:?}", (&self.name.value, &self.nouns, &self.verbs, dimension, self.single_valued))
    }

    /// The rule that it stands for. `taken` are the ids of all other rules with their files, `dimensions` those of units.
    ///
    /// # Errors
    /// A name that a rule has, or an unknown dimension.
    pub(super) fn compile(
        &self,
        taken: &BTreeMap<String, String>,
        dimensions: &BTreeSet<&str>,
    ) -> Result<ExtractRule, Fault> {
        let fault = |span: &Range<usize>, message: String| Fault::at(&self.file, span.clone(), message);
        let name = &self.name.value;
        if let Some(path) = taken.get(name) {
            let help = "choose another name; to change a rule, write a rule file with `replaces = true`";
            return Err(fault(&self.name.span, format!("`{name}` is a rule of belie: {path}")).with_help(help));
        }
        let (shape, dimension) = match &self.dimension {
            None => (Shape::Number, None),
            Some(word) => match SHAPES.into_iter().find(|s| s.name() == word.value) {
                Some(shape) => (shape, None),
                None if dimensions.contains(word.value.as_str()) => (Shape::Measure, Some(word.value.clone())),
                None => {
                    let known = SHAPES.iter().map(|s| s.name()).chain(dimensions.iter().copied());
                    let help = suggestion(&word.value, known);
                    return Err(fault(&word.span, format!("unknown dimension `{}`", word.value)).with_help(help));
                }
            },
        };
        let kind = if shape == Shape::Number { "count" } else { shape.name() };
        Ok(ExtractRule {
            head: Head {
                id: name.clone(),
                summary: format!("{name}, an attribute of this project's own"),
                why: "the configuration names it".to_owned(),
                file: Arc::clone(&self.file),
                place: self.name.span.clone(),
            },
            attribute: name.clone(),
            called: None,
            kind: kind.to_owned(),
            shape,
            subject: vec![EntityType::Any],
            object: Vec::new(),
            object_axis: None,
            family: name.clone(),
            instance: None,
            single_valued: self.single_valued,
            time: TimeNature::State,
            scope_axes: Vec::new(),
            comparator: Comparator::default_for(shape),
            ladder: None,
            givers: None,
            modality: None,
            polarity: None,
            frames: Vec::new(),
            cues: Cues { nouns: self.nouns.clone(), verbs: self.verbs.clone(), dimension, ..Cues::default() },
            examples: Vec::new(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::Rules;

    fn attribute(text: &str, name: &str, dimension: Option<&str>) -> OwnAttribute {
        let file = RuleFile { path: "belie.toml".into(), below: "belie.toml".into(), text: text.into(), layer: 1 };
        let placed = |word: &str| {
            let start = text.find(word).unwrap();
            Placed { value: word.to_owned(), span: start..start + word.len() }
        };
        OwnAttribute {
            name: placed(name),
            nouns: vec!["wingspan".into()],
            verbs: Vec::new(),
            dimension: dimension.map(placed),
            single_valued: true,
            file: Arc::new(file),
        }
    }

    fn check(name: &str, dimension: Option<&str>) -> Result<Rules, String> {
        let text = format!("[attributes.{name}]\ndimension = \"{}\"\n", dimension.unwrap_or_default());
        let rules = Rules::load_with(&[], &[attribute(&text, name, dimension)]);
        rules.map_err(|faults| faults.iter().map(|f| f.render(false)).collect::<Vec<_>>().join("\n"))
    }

    #[test]
    fn an_attribute_is_a_rule_among_the_others() {
        let rules = check("wing-span", Some("length")).unwrap();
        let rule = rules.extract_rule("wing-span").unwrap();
        assert_eq!((rule.shape, rule.cues.dimension.as_deref()), (Shape::Measure, Some("length")));
        assert_ne!(rules.hash, Rules::embedded().unwrap().hash);
        let rules = check("wing-span", None).unwrap();
        assert_eq!(rules.extract_rule("wing-span").unwrap().shape, Shape::Number);
        let rules = check("wing-span", Some("money")).unwrap();
        assert_eq!(rules.extract_rule("wing-span").unwrap().kind, "money");
    }

    #[test]
    fn faults_have_their_place() {
        insta::assert_snapshot!(check("wing-span", Some("lenght")).unwrap_err(), @r#"
        error: unknown dimension `lenght`
         --> belie.toml:2:14
          |
        2 | dimension = "lenght"
          |              ^^^^^^
          |
          = help: did you mean `length`?
        "#);
        assert!(check("valuation", None).unwrap_err().contains("`valuation` is a rule of belie: rules/extract/"));
    }
}
